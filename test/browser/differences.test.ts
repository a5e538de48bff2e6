// What may be dropped when payments are short is stated in the settings, with an example that is worked out while one types.

import { test } from 'node:test';
import { aCustomer, done, newJourney, row } from './journey.ts';

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
