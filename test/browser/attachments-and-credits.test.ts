// A file dragged into an invoice goes with it; lines of it are credited for a reason, and what was paid with a discount gives back
// what was paid.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { aCustomer, done, heading, type Journey, newJourney, row, sent } from './journey.ts';

const LINES = [
  { description: 'Oak table', quantity: '2', unitPrice: '300.00', taxPercent: '19' },
  { description: 'Oak chair', quantity: '6', unitPrice: '80.00', taxPercent: '19' },
  { description: 'Delivery', quantity: '1', unitPrice: '45.00', taxPercent: '19' },
];

/** Drags a file onto the place for attachments. */
async function drag(page: Page, name: string, content: string): Promise<void> {
  const transfer = await page.evaluateHandle(`(() => {
    const data = new DataTransfer();
    data.items.add(new File([${JSON.stringify(content)}], ${JSON.stringify(name)}));
    return data;
  })()`);
  await page.locator('.drop-area').first().dispatchEvent('drop', { dataTransfer: transfer });
}

async function draft(journey: Journey, customerId: string): Promise<string> {
  const body = {
    ...{ companyId: journey.companyId, customerId, currency: 'EUR' },
    ...{ issuedOn: '2026-03-10', dueOn: '2026-04-09', lines: LINES },
  };
  const { draftId } = await sent(journey.owner, 'POST', '/api/v1/invoice-drafts', { body });
  return String(draftId);
}

async function choose(page: Page, reason: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Reason' }).click();
  await page.getByRole('option', { name: reason }).click();
}

test('a file is dragged in, one is removed and put back, and the invoice is issued with them', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'K1', name: 'Birch & Oak Interiors' });
  const draftId = await draft(journey, customerId);
  const page = await journey.pageOf('owner', `invoices/new?draft=${draftId}&customer=${customerId}`);
  await heading(page, 'Draft invoice').waitFor();
  await drag(page, 'delivery note.pdf', '%PDF-1.4\n%%EOF\n');
  await row(page, 'delivery note.pdf').waitFor();
  await drag(page, 'setup.pdf', 'MZ\u0000\u0001');
  await page.getByText('Programs are not attached').waitFor();
  await drag(page, 'hours.csv', 'day;hours\n2026-03-02;8\n');
  await row(page, 'hours.csv').waitFor();
  await page.getByRole('button', { name: 'Remove hours.csv' }).click();
  await page.getByText('hours.csv is removed.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await row(page, 'hours.csv').waitFor();
  await page.getByRole('button', { name: 'Issue it' }).click();
  // The customer has no address to send to: that is told, and issued all the same.
  await page.getByRole('button', { name: 'Issue it all the same' }).click();
  await heading(page, /^Invoice INV/).waitFor();
  await page.getByRole('heading', { name: 'Attachments (2)' }).waitFor();
  await drag(page, 'acceptance.txt', 'Accepted.\n');
  await page.getByText('Supplements, added after it was issued').waitFor();
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download acceptance.txt' }).click();
  assert.equal((await saved).suggestedFilename(), 'acceptance.txt');
  await done(page);
});

test('two lines are credited for a reason, and the discount taken when it was paid is taken back', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'K1', name: 'Birch & Oak Interiors' });
  const draftId = await draft(journey, customerId);
  const issued = await sent(journey.owner, 'POST', `/api/v1/invoice-drafts/${draftId}/invoice`, {});
  const invoiceId = String(issued.invoiceId);
  const { body } = await journey.owner(`/api/v1/invoices/${invoiceId}`);
  const [item] = body.items as { id: string }[];
  // 1,338.75 less 2 %.
  const amount = { amount: '1311.97', currency: 'EUR' };
  await sent(journey.owner, 'POST', '/api/v1/payments', {
    ...{ companyId: journey.companyId, customerId, receivedOn: '2026-03-12', amount },
    allocations: [{ itemId: item?.id, amount, discount: { amount: '26.78', currency: 'EUR' } }],
  });
  const page = await journey.pageOf('owner', `invoices/${invoiceId}`);
  await page.getByRole('button', { name: 'Credit', exact: true }).click();
  await page.getByText('Some lines', { exact: true }).click();
  await page.getByLabel('Credit Oak table').check();
  await page.getByLabel('Quantity of Oak table').fill('1');
  await page.getByLabel('Credit Delivery').check();
  // 345.00 and 19 % tax; 2 % of it was never paid.
  await row(page, 'Credit note', '410.55').waitFor();
  await row(page, 'Less the discount', '8.21').waitFor();
  await row(page, 'Left as a credit', '402.34').waitFor();
  await choose(page, 'Quality complaint');
  await page.getByLabel('In words').fill('Scratched on arrival');
  await page
    .getByTitle('Preview of the credit note')
    .or(page.getByRole('link', { name: 'Open it' }))
    .waitFor();
  await page.getByRole('button', { name: 'Issue the credit note' }).click();
  await heading(page, /^Credit note CN-/).waitFor();
  await page.getByText('Quality complaint: Scratched on arrival').first().waitFor();
  await page.getByText('402.34').first().waitFor();
  await done(page);
});

test('a credit without an invoice is given from the customer', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'K1', name: 'Birch & Oak Interiors' });
  const page = await journey.pageOf('owner', `customers/${customerId}`);
  await page.getByRole('button', { name: 'Credit note' }).click();
  await heading(page, 'New credit note').waitFor();
  await page.getByLabel('Description of line 1').fill('Bonus 2025');
  await page.getByLabel('Price of line 1').fill('25');
  await page.getByLabel('Tax per cent of line 1').fill('0');
  await choose(page, 'Goodwill');
  await page.getByRole('button', { name: 'Issue the credit note' }).click();
  await heading(page, /^Credit note CN-/).waitFor();
  await page.getByText('Goodwill').first().waitFor();
  await done(page);
});
