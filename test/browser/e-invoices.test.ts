// While an invoice is written, what its e-invoice lacks leads to the very field, also behind the "more" of a line; why no tax is
// charged and to what the total is rounded are written in the form; footnotes and reasons of one's own have their pages.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCustomer, done, heading, newJourney, quiet, sent } from './journey.ts';

test('a finding opens the line it is about and puts the cursor into its field', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'K1', name: 'Region Nord' });
  await sent(journey.owner, 'PUT', `/api/v1/customers/${customerId}/delivery`, {
    eInvoice: 'peppol',
    networkAddress: '0088:7300010000001',
    buyerReference: 'B-7',
  });
  const line = { description: 'Course', quantity: '1', unitPrice: '100', taxCategory: 'E', taxPercent: '0' };
  const { draftId } = await sent(journey.owner, 'POST', '/api/v1/invoice-drafts', {
    body: {
      ...{ companyId: journey.companyId, customerId, currency: 'EUR' },
      ...{ issuedOn: '2026-03-10', dueOn: '2026-04-09' },
      // The line begins before the period of the invoice.
      delivery: { periodFrom: '2026-03-01', periodTo: '2026-03-31' },
      lines: [{ ...line, periodFrom: '2026-02-01', periodTo: '2026-03-31' }],
    },
  });
  const page = await journey.pageOf('owner', `invoices/new?draft=${draftId}&customer=${customerId}`);
  await heading(page, 'Draft invoice').waitFor();
  await page
    .getByRole('button', { name: /^Line 1: .*period/ })
    .first()
    .click();
  const focused = await page.evaluate('document.activeElement.getAttribute("data-path")');
  assert.match(String(focused), /^line\/\d+\/periodFrom$/);
  assert.equal(await page.getByLabel('Buyer reference (Leitweg-ID)').getAttribute('placeholder'), 'B-7');
  await page.getByLabel('Exempt: why, in words').fill('Education');
  await page.getByLabel('Code of Exempt').fill('vatex-eu-132');
  await page.getByRole('combobox', { name: 'Round the total' }).click();
  await page.getByRole('option', { name: 'To 0.05 EUR' }).click();
  await page.getByText('Saved').first().waitFor();
  await quiet(page);
  const saved = (await sent(journey.owner, 'GET', `/api/v1/invoice-drafts/${draftId}`)) as {
    readonly body?: Readonly<Record<string, unknown>>;
  };
  assert.deepEqual(saved.body?.exemptions, [{ category: 'E', reason: 'Education', code: 'VATEX-EU-132' }]);
  assert.equal(saved.body?.roundToMinor, 5);
  await done(page);
});

test('footnotes and reasons of one’s own are written in the settings, and a word in braces nobody knows is refused', async () => {
  const journey = await newJourney();
  const page = await journey.pageOf('owner', 'settings?tab=footnotes');
  await page.getByRole('button', { name: 'Add a footnote' }).click();
  await page.getByLabel('Text of footnote 1').fill('Please quote {nummer}.');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('A word in braces is none that a footnote knows').waitFor();
  await page.getByLabel('Text of footnote 1').fill('Please quote {number}.');
  await page.getByRole('button', { name: 'Save' }).click();
  await quiet(page);
  const { footnotes } = await sent(journey.owner, 'GET', `/api/v1/companies/${journey.companyId}/footnotes`);
  assert.deepEqual(footnotes, [{ language: 'en', text: 'Please quote {number}.' }]);

  await page.goto(journey.url('settings?tab=credit-reasons'));
  await page.getByRole('button', { name: 'Add a reason' }).click();
  await page.getByLabel('Reason 1', { exact: true }).fill('Volume bonus');
  await page.getByRole('button', { name: 'Save' }).click();
  await quiet(page);
  const { reasons } = (await sent(journey.owner, 'GET', '/api/v1/credit-reasons')) as {
    readonly reasons?: readonly { readonly code: string; readonly own: boolean }[];
  };
  assert.deepEqual(
    reasons?.filter(({ own }) => own).map(({ code }) => code),
    ['volume-bonus'],
  );
  await done(page);
});
