// Getting in and out, the frame around the pages, and what a role shows and does not show.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  aCustomer,
  anInvoice,
  done,
  heading,
  newJourney,
  newPage,
  PASSWORD,
  passwordField,
  row,
  stage,
} from './journey.ts';

test('a wrong password is refused in words, the right one leads to where one wanted to go', async () => {
  const journey = await newJourney();
  const page = await newPage();
  await page.goto(journey.url('customers?q=nobody'));
  await heading(page, 'Quittance').waitFor();
  assert.match(await page.title(), /^Sign in/);
  await page.getByLabel('E-mail').fill(journey.tenant.owner.email);
  await passwordField(page).fill('not the password');
  await page.keyboard.press('Enter');
  await page.getByText('This e-mail address and password do not belong together.').waitFor();
  await passwordField(page).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await heading(page, 'Customers').waitFor();
  assert.equal(await page.getByRole('textbox', { name: 'Number or name' }).inputValue(), 'nobody');
  await page.getByText('No customer fits').waitFor();
  await page.getByRole('button', { name: /Signed in as/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL(/\/sign-in/);
  await page.goto(journey.url('customers'));
  await page.waitForURL(/\/sign-in/);
  await done(page);
});

test('somebody new chooses a password of their own before anything else', async () => {
  const { server } = await stage();
  const journey = await newJourney();
  const page = await journey.pageOf('owner', 'settings?tab=people');
  await page.getByRole('button', { name: 'Add a person' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Nora New');
  await dialog.getByLabel('E-mail').fill(`nora-${journey.tenant.slug}@people.example`);
  await dialog.getByRole('button', { name: 'Add' }).click();
  const secret = page.getByLabel(/^Password for/);
  const oneTime = await secret.inputValue();
  await row(page, 'Nora New').waitFor();
  await done(page);

  const nora = await newPage();
  await nora.goto(`${server.address}/sign-in`);
  await nora.getByLabel('E-mail').fill(`nora-${journey.tenant.slug}@people.example`);
  await passwordField(nora).fill(oneTime);
  await nora.keyboard.press('Enter');
  await nora.getByText('Choose one that only you know').waitFor();
  await nora.getByLabel('Present password').fill(oneTime);
  await nora.getByLabel(/^New password(?! once)/).fill('a password of my own');
  await nora.getByLabel('New password once more').fill('a password of my own');
  await nora.getByRole('button', { name: 'Change the password' }).click();
  await heading(nora, 'Dashboard').waitFor();
  await done(nora);
});

test('a viewer sees the books and no button that would change them, and is refused politely', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'K1', name: 'Kestrel Tools' });
  const { invoiceId } = await anInvoice(journey, {
    customerId,
    amount: '100.00',
    issuedOn: '2026-01-10',
    dueOn: '2026-02-10',
  });
  const page = await journey.pageOf('viewer', 'customers');
  await row(page, 'Kestrel Tools').waitFor();
  const nav = page.getByRole('navigation', { name: 'Main' });
  assert.equal(await nav.getByRole('link', { name: 'Import' }).count(), 0);
  const absent = async (...names: readonly string[]): Promise<void> => {
    for (const name of names) assert.equal(await page.getByRole('button', { name }).count(), 0, name);
  };
  await absent('Add a customer');
  await page.goto(journey.url(`customers/${customerId}?tab=contacts`));
  await page.getByText('Nobody yet.').waitFor();
  await absent('Hold', 'Record a payment', 'New invoice', 'Add a contact', 'Change', 'Archive');
  await page.goto(journey.url(`invoices/${invoiceId}`));
  await page.getByRole('tab', { name: /Paid by/ }).waitFor();
  await absent('Void', 'Credit');
  for (const path of ['invoices/new', 'payments/new', 'import']) {
    await page.goto(journey.url(path));
    await page.getByText('Your role does not allow this').waitFor();
  }
  await done(page);
});

test('the keyboard alone finds a customer and goes from page to page', async () => {
  const journey = await newJourney();
  await aCustomer(journey, { number: 'K-77', name: 'Lindqvist Textiles' });
  const page = await journey.pageOf('owner', 'dashboard');
  await heading(page, 'Dashboard').waitFor();
  await page.keyboard.press('/');
  await page.getByRole('textbox', { name: 'Search' }).waitFor();
  await page.keyboard.type('lindq');
  await page.getByRole('button', { name: /Lindqvist Textiles/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await heading(page, 'Lindqvist Textiles').waitFor();
  await page.getByRole('textbox', { name: 'Search' }).waitFor({ state: 'hidden' });
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await heading(page, 'Invoices').waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  await page.keyboard.press('Escape');
  await done(page);
});
