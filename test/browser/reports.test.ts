// Figures that open their rows: the dashboard, aging as of a past day, DSO, and the proof of the books.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  aCustomer,
  anInvoice,
  aPayment,
  done,
  heading,
  type Journey,
  newJourney,
  row,
  sent,
} from './journey.ts';

/** Two invoices: one late, one paid on 2 March after being late; and money that is not applied. */
async function someBusiness(journey: Journey): Promise<{ readonly late: string; readonly paid: string }> {
  const customerId = await aCustomer(journey, { number: 'K1', name: 'Dornfeld Packaging' });
  const late = await anInvoice(journey, {
    customerId,
    amount: '700.00',
    issuedOn: '2026-01-05',
    dueOn: '2026-02-04',
  });
  const paid = await anInvoice(journey, {
    customerId,
    amount: '300.00',
    issuedOn: '2026-01-05',
    dueOn: '2026-01-25',
  });
  const { body } = await journey.owner(`/api/v1/invoices/${paid.invoiceId}`);
  const [item] = body.items as { id: string }[];
  await sent(journey.owner, 'POST', '/api/v1/payments', {
    companyId: journey.companyId,
    customerId,
    receivedOn: '2026-03-02',
    amount: { amount: '300.00', currency: 'EUR' },
    allocations: [{ itemId: item?.id, amount: { amount: '300.00', currency: 'EUR' } }],
  });
  await aPayment(journey, { customerId, amount: '25.00', on: '2026-03-10', reference: 'on account' });
  return { late: late.number, paid: paid.number };
}

test('every figure of the dashboard opens the rows behind it', async () => {
  const journey = await newJourney();
  const { late } = await someBusiness(journey);
  const page = await journey.pageOf('owner', 'dashboard');
  await page
    .getByRole('button', { name: /^Overdue/ })
    .filter({ hasText: '700.00' })
    .click();
  await heading(page, 'Invoices').waitFor();
  assert.match(page.url(), /state=overdue/);
  await row(page, late, '40 days late', '700.00').waitFor();
  await page.goBack();
  await page.getByRole('button', { name: /^Unapplied cash/ }).click();
  await heading(page, 'Payments').waitFor();
  await row(page, 'Dornfeld Packaging', '25.00').waitFor();
  await page.goBack();
  await page.getByRole('button', { name: /31–60 days late/ }).click();
  const items = page.getByRole('dialog');
  await items.getByRole('row').filter({ hasText: late }).filter({ hasText: '700.00' }).waitFor();
  await page.goto(journey.url('dashboard'));
  const toApply = page.getByRole('listitem').filter({ hasText: /1 payments? to apply/ });
  assert.match((await toApply.textContent()) ?? '', /to apply25\.00/, 'what is to be applied has no minus');
  await toApply.getByRole('link').click();
  await row(page, 'Dornfeld Packaging', '25.00').waitFor();
  await done(page);
});

test('aging as of a past day shows what was open then, paid meanwhile or not, and its items', async () => {
  const journey = await newJourney();
  const { late, paid } = await someBusiness(journey);
  const page = await journey.pageOf('viewer', 'reports/aging');
  await page
    .getByRole('button', { name: /^Invoices/ })
    .filter({ hasText: '700.00' })
    .waitFor();
  await page.getByLabel('As of').fill('15 Feb 2026');
  await page.keyboard.press('Tab');
  await page.waitForURL(/asOf=2026-02-15/);
  await page
    .getByRole('button', { name: /^Invoices/ })
    .filter({ hasText: '1,000.00' })
    .click();
  const items = page.getByRole('dialog');
  const then = items.getByRole('row').filter({ hasText: paid });
  await then.filter({ hasText: '21 days late' }).waitFor();
  assert.deepEqual((await then.getByRole('cell').allTextContents()).slice(-2), ['300.00EUR', '0.00']);
  await items.getByRole('button', { name: late }).click();
  await heading(page, `Invoice ${late}`).waitFor();
  await page.goto(journey.url('reports/aging?asOf=2025-12-31'));
  await page.getByText('Nothing was open then').waitFor();
  const saved = page.waitForEvent('download');
  await page.goto(journey.url('reports/aging?asOf=2026-02-15'));
  await row(page, 'Dornfeld Packaging').waitFor();
  await page.getByRole('button', { name: 'CSV' }).click();
  assert.match((await saved).suggestedFilename(), /\.csv$/);
  await done(page);
});

test('DSO stands with its variants, and the proof of the books holds', async () => {
  const journey = await newJourney();
  await someBusiness(journey);
  const page = await journey.pageOf('viewer', 'reports/dso');
  await page.getByRole('region', { name: /Main Company/ }).waitFor();
  await row(page, '90 days', '1,000.00').waitFor();
  await page.goto(journey.url('reports/verify'));
  await page.getByText('Every rule holds').waitFor();
  await row(page, 'Every entry has two lines or more.').waitFor();
  await row(page, '28 Feb 2026', 'MAIN', '1,000.00').waitFor();
  assert.equal(await page.getByLabel('does not hold').count(), 0);
  await done(page);
});
