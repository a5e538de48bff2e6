// A collector puts a customer on hold for a while, sees it where it matters, extends it and releases it.

import { test } from 'node:test';
import { aCustomer, anInvoice, done, heading, newJourney, row } from './journey.ts';

test('a customer is put on hold, which is told on its page and on its invoice, extended, and released', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'K1', name: 'Hollenstein Machinery' });
  const days = { issuedOn: '2026-01-02', dueOn: '2026-01-31' };
  const { invoiceId } = await anInvoice(journey, { customerId, amount: '1000.00', ...days });
  const page = await journey.pageOf('collector', `customers/${customerId}`);
  await page.getByRole('button', { name: 'Hold', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Why').fill('talks');
  await page.getByRole('option', { name: /In talks/ }).click();
  await dialog.getByLabel('Note').fill('The director calls on Monday');
  await dialog.getByLabel(/^Until/).fill('2026-03-17');
  await dialog.getByRole('button', { name: 'Put on hold' }).click();
  await page.getByText('On hold: no reminders go out').waitFor();
  await page.goto(journey.url(`invoices/${invoiceId}`));
  await page.getByText('The director calls on Monday').waitFor();

  await page.goto(journey.url('holds'));
  await heading(page, 'Holds').waitFor();
  await row(page, 'Hollenstein Machinery', 'ends soon').getByText('1,000.00').waitFor();
  await page.getByRole('button', { name: 'Extend the hold of Hollenstein Machinery' }).click();
  await dialog.getByLabel(/^Until/).fill('2026-05-01');
  await dialog.getByRole('button', { name: 'Extend it' }).click();
  await row(page, 'Hollenstein Machinery', 'on hold').waitFor();
  await page.getByRole('button', { name: 'Release the hold of Hollenstein Machinery' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Release it' }).click();
  await page.getByText('No holds here').waitFor();
  await page.getByText('Released', { exact: true }).click();
  await row(page, 'Hollenstein Machinery', 'released').waitFor();

  // The timeline tells it, alone where only such things are chosen, and the keyboard walks through.
  await page.goto(journey.url(`customers/${customerId}?tab=timeline`));
  await page.getByRole('link', { name: /^Invoice / }).waitFor();
  await page.getByText('Promises and disputes', { exact: true }).click();
  await page.getByText('The director calls on Monday').waitFor();
  await page.getByRole('link', { name: /^Invoice / }).waitFor({ state: 'detached' });
  await done(page);
});
