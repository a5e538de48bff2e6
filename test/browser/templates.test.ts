// The words of messages: written, checked as they are typed, looked at on a real invoice, kept, compared and taken back.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCustomer, anInvoice, done, newJourney, row } from './journey.ts';

test('words are written with a fact put in by a click, checked, seen on a real invoice, kept and taken back', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, {
    number: 'K1',
    name: 'Hollenstein Machinery',
    email: 'pay@hollenstein.example',
  });
  const { number } = await anInvoice(journey, {
    customerId,
    amount: '480.00',
    issuedOn: '2026-02-01',
    dueOn: '2026-03-07',
  });
  const page = await journey.pageOf('owner', 'templates');
  await page.getByText('As it comes with the program').waitFor();
  await page.frameLocator('iframe').getByText('480.00').first().waitFor();

  await page.getByLabel('Subject').fill('Your bill {{ document.numbr }}');
  await page.getByText('Subject, line 1, character 14').waitFor();
  await page.getByRole('button', { name: 'Save these words' }).click();
  await page.getByText('The words cannot be used').first().waitFor();

  await page.getByLabel('Subject').fill('Your bill ');
  await page.getByLabel('Subject').focus();
  await page.getByRole('tab', { name: 'Facts to insert' }).click();
  await page.getByRole('button', { name: 'Insert document.number' }).click();
  assert.equal(await page.getByLabel('Subject').inputValue(), 'Your bill {{ document.number }}');
  await page.getByText('Nothing is wrong with these words').waitFor();
  await page.getByRole('tab', { name: 'How it looks' }).click();
  await page.getByText(`Your bill ${number}`).waitFor();
  await page.getByRole('button', { name: 'Save these words' }).click();
  await page.getByText('Your words, version 1').waitFor();

  await page.getByRole('button', { name: 'Send it to me as a test' }).click();
  await page.getByText('No mail server is set up here').waitFor();

  await page.getByRole('tab', { name: 'Versions' }).click();
  await page.getByRole('button', { name: 'Compare' }).last().click();
  await page.getByText('+ Your bill {{ document.number }}').waitFor();
  await page.getByRole('button', { name: 'Back to the built-in words' }).click();
  await page.getByText('As it comes with the program').waitFor();
  await done(page);
});

test('many invoices are chosen, who is reached is seen before anything is sent, then they are sent', async () => {
  const journey = await newJourney();
  const reached = await aCustomer(journey, {
    number: 'K1',
    name: 'Hollenstein',
    email: 'pay@hollenstein.example',
  });
  const silent = await aCustomer(journey, { number: 'K2', name: 'Nobody To Write To' });
  for (const customerId of [reached, silent])
    await anInvoice(journey, { customerId, amount: '48.00', issuedOn: '2026-02-01', dueOn: '2026-03-07' });
  const page = await journey.pageOf('collector', 'invoices?state=open');
  await page.getByRole('button', { name: 'Send many' }).click();
  await page.getByLabel('Choose all that are listed').check();
  await page.getByRole('button', { name: 'See who is reached and how' }).click();
  await row(page, 'Hollenstein', 'e-mail: pay@hollenstein.example').waitFor();
  await row(page, 'Nobody To Write To', 'cannot be reached').waitFor();
  await page.getByText('Nothing is sent yet').waitFor();
  await page.getByRole('button', { name: 'Send 1' }).click();
  await page.getByText('1 on their way').waitFor();
  await page.goto(journey.url('outbox'));
  await row(page, 'Hollenstein', 'sent').waitFor();
  await done(page);
});
