// A payer's list whose headings say nothing to the program: said once, known from then on. And the address for remittances.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { done, heading, newJourney, row } from './journey.ts';

const listOf = (name: string, rows: string) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(`Payment run\n\nOur no.;Ref A;Sum Q;Cut\n${rows}`),
});

/** Chooses by keyboard: the first letters, then Enter. */
async function choose(page: Page, label: string, column: string): Promise<void> {
  const within = page.getByRole('region', { name: /^What the columns/ });
  const named = { name: label, exact: true } as const;
  const field = within.getByRole('combobox', named).or(within.getByRole('textbox', named)).first();
  await field.fill(column);
  await page.getByRole('option', { name: column }).first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
}

test('what the columns of a list mean is said once; the next list is read by it, and it can be forgotten', async () => {
  const journey = await newJourney();
  const page = await journey.pageOf('cash_applier', 'remittances');
  const drop = page.locator('input[type="file"]').first();
  // Files are taken once the company is chosen.
  const isReady = () => page.getByRole('button', { name: 'Type one in' }).click({ trial: true });
  await isReady();
  await drop.setInputFiles(listOf('first.csv', '1;INV-1;98,00;2,00\n2;INV-2;50,00;\n'));
  await page.getByRole('button', { name: 'Say what the columns mean' }).click();
  await page.getByText('Said once, it is used for each list').waitFor();
  await choose(page, 'Document', 'Ref A');
  await choose(page, 'Amount paid', 'Sum Q');
  await choose(page, 'Discount taken', 'Cut');
  await page.getByText('2 lines are read').waitFor();
  await page.getByRole('button', { name: 'Keep it and take the list in' }).click();
  await heading(page, 'first.csv').waitFor();
  await page.getByText('Its columns were said by a person (version 1)').waitFor();
  await page.goto(journey.url('remittances'));
  await isReady();
  await drop.setInputFiles(listOf('second.csv', '1;INV-3;10,00;\n'));
  await heading(page, 'second.csv').waitFor();
  await page.goto(journey.url('remittances'));
  await row(page, 'second.csv', '10.00').waitFor();
  await page.getByRole('button', { name: /^Change Document: Ref A/ }).click();
  await page.getByRole('button', { name: 'Forget it' }).click();
  await page.getByRole('region', { name: 'Columns as they were said' }).waitFor({ state: 'detached' });
  await done(page);
});

test('an address for remittances is opened, shown whole, and closed after a second press', async () => {
  const journey = await newJourney();
  const page = await journey.pageOf('owner', 'remittances');
  await page.getByRole('button', { name: 'Open an address' }).click();
  await page.getByRole('textbox', { name: 'Address' }).fill('remittance@mail.seller.example');
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  const address = page.getByLabel(/^Remittances to/);
  await address.waitFor();
  assert.match(await address.inputValue(), /^remittance\+[a-z2-7]{34}@mail\.seller\.example$/);
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await page.getByText('Mail to this address will be refused').waitFor();
  await page.getByRole('button', { name: 'Close it for good' }).click();
  await page.getByRole('button', { name: 'Open an address' }).waitFor();
  await done(page);
});
