// What may be dropped when payments are short is stated in the settings, with an example that is worked out while one types.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCustomer, anInvoice, aPayment, barriers, done, heading, newJourney, row } from './journey.ts';

test('a tolerance is stated with its example, a customer is excepted, and a role gets a limit', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'K1', name: 'Vltava Packaging' });
  const page = await journey.pageOf('owner', 'settings?tab=differences');
  await page.getByText('Nothing is dropped by rule').waitFor();
  await page.getByRole('button', { name: 'State a tolerance' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/While nothing is stated/).waitFor();
  await dialog.getByLabel('Amount').fill('5');
  await dialog.getByText(/The item is settled/).waitFor();
  await dialog.getByLabel('Percent of the item').fill('0,2');
  await dialog.getByText(/more than the rule lets drop/).waitFor();
  await dialog.getByLabel('Arrives').fill('998');
  await dialog.getByText(/The item is settled/).waitFor();
  await dialog.getByRole('button', { name: 'State it' }).click();
  await row(page, 'all customers', 'up to 5.00 EUR, and no more than 0.2 % of the item').waitFor();

  await page.getByRole('button', { name: 'State a limit' }).click();
  await page.getByRole('dialog').getByLabel('Amount').fill('10');
  await page
    .getByRole('dialog')
    .getByText(/Within the limit/)
    .waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'State it' }).click();
  await row(page, 'Cash applier', 'up to 10.00 EUR').waitFor();

  await page.goto(journey.url(`customers/${customerId}?tab=receipts`));
  await page.getByText('As for all customers:').waitFor();
  await page.getByRole('button', { name: 'Say otherwise' }).click();
  await page.getByRole('dialog').getByText('Drop nothing').click();
  await page.getByRole('dialog').getByRole('button', { name: 'State it' }).click();
  await page.getByText('Said of this customer:').waitFor();
  await done(page);
});

test('in each row of the apply screen it is said what is missing: a bank charge, a deduction, or more than one may drop', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'K1', name: 'Vltava Packaging' });
  const invoice = (amount: string) =>
    anInvoice(journey, { customerId, amount, issuedOn: '2026-01-05', dueOn: '2026-02-04' });
  const [first, second] = [await invoice('100.00'), await invoice('500.00')];
  const paymentId = await aPayment(journey, { customerId, amount: '558.00', on: '2026-03-10' });
  await journey.tenant.as('controller');
  const page = await journey.pageOf('owner', `payments/${paymentId}`);
  await page.getByLabel(`Amount for ${first.number}`).fill('98');
  await page.getByLabel(`What is missing of ${first.number}`).selectOption('charge');
  await page.getByLabel(`Amount for ${second.number}`).fill('460');
  await page.getByLabel(`What is missing of ${second.number}`).selectOption('deduction');
  await page.getByLabel(`Why ${second.number} was kept back`).selectOption({ index: 1 });
  await page.getByRole('button', { name: 'Show what would happen' }).click();
  await page.getByText('bank charge dropped within your limit').waitFor();
  await page.getByText(/a deduction is opened/).waitFor();
  await page.getByRole('button', { name: 'Apply it' }).click();
  await row(page, first.number, '98.00', '+ bank charge 2.00').waitFor();

  // The rest of another is written off with the payment, within what a controller may alone.
  const fourth = await invoice('90.00');
  const part = await aPayment(journey, { customerId, amount: '70.00', on: '2026-03-11' });
  await page.goto(journey.url(`payments/${part}`));
  await page.getByLabel(`Amount for ${fourth.number}`).fill('70');
  await page.getByLabel(`What is missing of ${fourth.number}`).selectOption('written_off');
  await page.getByText(/20\.00.* is written off, and owed again/).waitFor();
  await page.getByLabel('Why it is written off').fill('The firm is closed');
  assert.deepEqual(await barriers(page), []);
  await page.getByLabel('Why it is written off').press('Control+Enter');
  await page.getByText('written off as small balance').waitFor();
  await page.getByLabel('Why it is written off').press('Control+Enter');
  await row(page, fourth.number, '70.00').waitFor();

  const third = await invoice('100.00');
  const short = await aPayment(journey, { customerId, amount: '80.00', on: '2026-03-11' });
  await done(page);
  const applier = await journey.pageOf('cash_applier', `payments/${short}`);
  await applier.getByLabel(`Amount for ${third.number}`).fill('80');
  await applier.getByLabel(`What is missing of ${third.number}`).selectOption('small');
  await applier.getByText('Others decide about this').waitFor();
  await applier.getByLabel('Why').last().fill('Not worth arguing');
  await applier.getByRole('button', { name: 'Ask for it' }).click();
  await heading(applier, /small balance/i).waitFor();
  await done(applier);
});
