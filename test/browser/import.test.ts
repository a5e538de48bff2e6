// Importing invoices: what is unclear is asked, every bad row is named before anything is created, and it can be undone.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { done, heading, newJourney, row } from './journey.ts';

const HEADER = 'Invoice No;Customer ID;Customer Name;Invoice Date;Due Date;Amount;Currency';

function csv(...rows: readonly string[]) {
  return {
    name: 'open-items.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from([HEADER, ...rows, ''].join('\n')),
  };
}

test('a file with a bad row creates nothing and names the row; the mended one is imported and undone', async () => {
  const journey = await newJourney();
  const page = await journey.pageOf('owner', 'import');
  const hand = page.locator('input[type="file"]');
  await hand.setInputFiles(
    csv(
      'A-1;C1;Aldera Printing;13.01.2026;12.02.2026;1.200,50;EUR',
      'A-2;C2;Brevik Medical;14.01.2026;30.02.2026;80,00;EUR',
      'A-3;C1;Aldera Printing;15.01.2026;14.02.2026;99,999;EUR',
    ),
  );
  await page.getByText('guessed from the header').waitFor();
  await row(page, 'Document number', 'A-1').waitFor();
  await page.getByRole('button', { name: 'Check what would happen' }).click();
  await page.getByText('2 rows cannot be taken over').waitFor();
  const bad = page.getByRole('region', { name: 'Rows that cannot be taken over' }).first();
  await bad.getByRole('row').filter({ hasText: 'Due Date' }).filter({ hasText: '30.02.2026' }).waitFor();
  await bad.getByRole('row').filter({ hasText: 'Amount' }).filter({ hasText: '99,999' }).waitFor();
  assert.equal(await page.getByRole('button', { name: /^Import/ }).isDisabled(), true);
  const before = await journey.owner('/api/v1/invoices');
  assert.deepEqual(before.body.rows, []);

  await page.getByRole('button', { name: 'Start again' }).click();
  await hand.setInputFiles(
    csv(
      'A-1;C1;Aldera Printing;13.01.2026;12.02.2026;1.200,50;EUR',
      'A-2;C2;Brevik Medical;14.01.2026;28.02.2026;80,00;EUR',
      'A-3;C1;Aldera Printing;15.01.2026;14.02.2026;99,99;EUR',
    ),
  );
  await page.getByRole('button', { name: 'Check what would happen' }).click();
  await row(page, 'EUR', '1,380.49').waitFor();
  await row(page, 'A-2').waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Import 3' }).click();
  await page.getByText('It is in the books').waitFor();
  await page.getByRole('button', { name: 'See the invoices' }).click();
  await heading(page, 'Invoices').waitFor();
  await row(page, 'A-1', 'Aldera Printing', '1,200.50').waitFor();

  await page.goto(journey.url('import'));
  await page.getByRole('button', { name: 'Undo the import of open-items.csv' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Undo it' }).click();
  await row(page, 'open-items.csv', 'undone').waitFor();
  await page.goto(journey.url('invoices?state=open'));
  await page.getByText('No invoice fits').waitFor();
  await done(page);
});

test('days and decimals that can be read in two ways are asked for, not guessed', async () => {
  const journey = await newJourney();
  const page = await journey.pageOf('owner', 'import');
  await page
    .locator('input[type="file"]')
    .setInputFiles(csv('B-1;C1;Aldera Printing;01/02/2026;03/04/2026;1,234;EUR'));
  await page.getByText('Say in which order day, month and year stand.').waitFor();
  await page.getByText('Say whether the point or the comma is the decimal mark.').waitFor();
  const check = page.getByRole('button', { name: 'Check what would happen' });
  assert.equal(await check.isDisabled(), true);
  await page.getByRole('combobox', { name: 'Days' }).click();
  await page.getByRole('option', { name: /Day, month, year/ }).click();
  await page.getByRole('combobox', { name: 'Decimal mark' }).click();
  await page.getByRole('option', { name: /Point/ }).click();
  await check.click();
  await row(page, 'EUR', '1,234.00').waitFor();
  await row(page, 'B-1', '2026-04-03').waitFor();
  await done(page);
});

test('a column that is needed and was not found has to be chosen', async () => {
  const journey = await newJourney();
  const page = await journey.pageOf('owner', 'import');
  const text = 'Nr;Customer ID;Invoice Date;Due Date;Amount\nX-1;C1;2026-01-13;2026-02-12;10.00\n';
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: 'odd.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await page.getByText('Still needed: Document number.').waitFor();
  await page.getByRole('combobox', { name: 'Column for Document number, needed' }).click();
  await page.getByRole('option', { name: 'Nr', exact: true }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Check what would happen' }).click();
  await row(page, 'X-1').waitFor();
  await done(page);
});
