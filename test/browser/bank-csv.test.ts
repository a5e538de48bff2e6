// A CSV of a bank whose columns nobody knows: said once, seen as it will be booked, and known from then on.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choose, done, newJourney } from './journey.ts';

const fileOf = (name: string, rows: string) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(`Datum;Vorgang;Wert;Stand\n${rows}`),
});

test('what the columns of a CSV mean is said once, with the signs proved by the balances', async () => {
  const journey = await newJourney();
  const page = await journey.pageOf('owner', 'bank');
  await page.getByRole('button', { name: 'Add an account' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('House bank');
  await dialog.getByLabel('IBAN or account number').fill('DE89370400440532013000');
  await dialog.getByRole('button', { name: /Add/ }).click();
  await page.getByRole('region', { name: 'House bank' }).waitFor();

  const first = fileOf('march.csv', '05.03.2026;Shop;9,50;90,50\n06.03.2026;Nordlicht;-60,00;150,50\n');
  await page.locator('input[type="file"]').setInputFiles(first);
  await page.getByRole('button', { name: 'Go on with this account' }).click();
  await page.getByText('No row names a date and an amount').waitFor();
  const keep = page.getByRole('button', { name: 'Keep it and go on' });
  assert.equal(await keep.isDisabled(), true);
  await choose(page, 'Booking date', /Datum/);
  await choose(page, 'Amount', /Wert/);
  await choose(page, 'Text', /Vorgang/);
  await page.keyboard.press('Escape');
  await choose(page, 'Balance after the entry', /Stand/);
  await page.getByText('The signs stand the wrong way round').waitFor();
  assert.equal(await keep.isDisabled(), true, 'what is proved wrong is not kept');
  await page.getByRole('button', { name: 'Turn them round' }).click();
  await page.getByText('The balances prove it').waitFor();
  await page.getByRole('row').filter({ hasText: 'Nordlicht' }).filter({ hasText: '60.00' }).waitFor();
  await keep.click();
  await page.getByRole('region', { name: 'Read as CSV: march.csv' }).waitFor();
  await page.getByRole('button', { name: 'Book it' }).click();
  await page.getByRole('region', { name: 'Imported: march.csv' }).waitFor();

  const next = fileOf('april.csv', '02.04.2026;Muster;-10,00;160,50\n');
  await page.locator('input[type="file"]').setInputFiles(next);
  await page.getByRole('button', { name: 'Go on with this account' }).click();
  const read = page.getByRole('region', { name: 'Read as CSV: april.csv' });
  await read.waitFor();
  await page.getByRole('button', { name: 'Change what the columns mean' }).click();
  await page.getByText('The balances prove it').waitFor();
  const { body } = await journey.owner('/api/v1/payments');
  const amounts = (body.rows as { amount: { amount: string } }[]).map((one) => one.amount.amount);
  assert.deepEqual(amounts, ['60.00'], 'money in is money in');
  await done(page);
});
