// What is looked at before an invoice is issued: a warning that is accepted, and a refusal that is mended.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { aCustomer, done, heading, newJourney, sent } from './journey.ts';

async function writeLine(page: Page): Promise<void> {
  await page.getByLabel('Description of line 1').fill('Turbine');
  await page.getByLabel('Price of line 1').fill('100');
  await page.getByLabel('Tax per cent of line 1').fill('19');
}

test('a warning stands beside its field, is accepted by keyboard, and is kept with the invoice', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'K1', name: 'Morava Energy' });
  const page = await journey.pageOf('owner', `invoices/new?customer=${customerId}`);
  await writeLine(page);
  await page.getByLabel('Due', { exact: true }).fill('15 Apr 2026');
  const warning = page.getByText('Morava Energy cannot be reached by e-mail, nor in any other way.');
  await warning.first().waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: 'Issue it all the same' }).waitFor();
  await page.keyboard.press('Enter');
  await heading(page, /^Invoice INV/).waitFor();
  await page.getByText('Issued in spite of').waitFor();
  await warning.first().waitFor();
  await done(page);
});

test('what is refused is mended where it stands, and issued', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'K2', name: 'Kestrel Tools' });
  const page = await journey.pageOf('owner', `customers/${customerId}?tab=checks`);
  await page.getByLabel('Reaches the customer').selectOption('off');
  await page.getByLabel('Purchase order', { exact: true }).selectOption('refuse');
  await page.getByLabel('Purchase order: pattern').fill('PO-####');
  await page.getByRole('button', { name: 'Save' }).click();
  const read = () => sent(journey.owner, 'GET', `/api/v1/customers/${customerId}/check-rules`);
  await page.waitForResponse((response) => response.url().endsWith('/check-rules') && response.ok());
  assert.deepEqual((await read()).stated, {
    recipient: { mode: 'off' },
    purchase_order: { mode: 'refuse', pattern: 'PO-####' },
  });
  await page.goto(journey.url(`invoices/new?customer=${customerId}`));
  await writeLine(page);
  await page.getByLabel('Due', { exact: true }).fill('15 Apr 2026');
  await page.getByLabel('Purchase order').fill('PO-12');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('alert').getByText('is not written like PO-####').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Issue it all the same' }).count(), 0);
  await page.getByLabel('Purchase order').fill('PO-1234');
  await page.keyboard.press('Control+Enter');
  await heading(page, /^Invoice INV/).waitFor();
  await done(page);
});

test('rows of a spreadsheet become lines once they were looked at, and lines move by keyboard', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'K3', name: 'Lindqvist Textiles' });
  const page = await journey.pageOf('owner', `invoices/new?customer=${customerId}`);
  await page.getByLabel('Description of line 1').focus();
  const copied = 'Item\tQty\tPrice\nWool\t2\tkg\t10,50\t19 %\nSilk\t1\tm\t30\t19\n';
  await page.evaluate(`{
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', ${JSON.stringify(copied)});
    document.activeElement.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  }`);
  await page.getByText('Add these 2 lines?').waitFor();
  await page.getByRole('button', { name: 'Add them' }).click();
  assert.equal(await page.getByLabel('Description of line 2').inputValue(), 'Silk');
  await page.getByLabel('Description of line 2').press('Alt+ArrowUp');
  assert.equal(await page.getByLabel('Description of line 1').inputValue(), 'Silk');
  assert.equal(await page.getByLabel('Price of line 2').inputValue(), '10.50');
  await done(page);
});
