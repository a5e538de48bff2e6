// What comes of a claim with an agency: its statement is read, its columns are said once, and it is booked with the receipt.
// A colleague says something about the customer.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCustomer, anInvoice, barriers, choose, done, heading, newJourney, row, sent } from './journey.ts';

const CONDITIONS = ['notices_sent', 'final_notice_sent', 'notice_provable', 'days_waited', 'address_known'];

test('the statement of an agency is read, its columns are said once, and it is booked with its receipt', async () => {
  const journey = await newJourney();
  const { owner, companyId } = journey;
  const customerId = await aCustomer(journey, { number: 'K1', name: 'Hollenstein Machinery' });
  const days = { issuedOn: '2026-01-02', dueOn: '2026-01-31' };
  const { number, invoiceId } = await anInvoice(journey, { customerId, amount: '1000.00', ...days });
  const { agencyId } = await sent(owner, 'POST', '/api/v1/agencies', {
    kind: 'agency',
    name: 'Hansa Collect',
    fees: { shares: [{ upToDaysLate: null, percent: '20' }], taxPercent: '19' },
    remits: 'net',
  });
  const { body } = await owner(`/api/v1/customers/${customerId}/escalation`);
  const [account] = body.accounts as { items: { itemId: string; documentId: string }[] }[];
  const itemId = account?.items.find((item) => item.documentId === invoiceId)?.itemId;
  const { handOverId } = await sent(owner, 'POST', '/api/v1/hand-overs', {
    companyId,
    customerId,
    route: 'agency',
    agencyId,
    itemIds: [itemId],
    accepting: CONDITIONS,
    note: 'The firm is being wound up',
  });
  await sent(owner, 'POST', '/api/v1/payments', {
    companyId,
    receivedOn: '2026-03-13',
    amount: { amount: '762.00', currency: 'EUR' },
    reference: 'HC 2026-03',
  });
  const page = await journey.pageOf('owner', 'hand-overs?tab=statements');
  await page.getByText('No statements yet').waitFor();
  await page.getByRole('button', { name: 'Book a statement' }).click();
  await choose(page, 'Agency', 'Hansa Collect');
  await page.locator('input[type="file"]').setInputFiles({
    name: 'statement.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`Your case;In;Our share;VAT thereon;Out\n${number};1000,00;200,00;38,00;762,00\n`),
  });
  await page.getByText(/No row names the columns/).waitFor();
  for (const [label, title] of [
    ['Number of the invoice', 'Your case'],
    ['What the debtor paid', 'In'],
    ['Their fee', 'Our share'],
    ['Tax on the fee', 'VAT thereon'],
    ['What they pass on', 'Out'],
  ] as const)
    await choose(page, label, title);
  await page.getByRole('button', { name: 'Read it so' }).click();
  await row(
    page,
    number,
    'Hollenstein Machinery',
    '1,000.00',
    '200.00',
    '38.00',
    '762.00',
    'as agreed',
  ).waitFor();
  assert.deepEqual(await barriers(page), []);
  await page.getByLabel('Number of the statement').fill('2026-03');
  await page.getByLabel('Dated').fill('2026-03-14');
  await page.getByRole('button', { name: 'Book it' }).click();
  await row(page, '2026-03', 'Hansa Collect', '1,000.00', '762.00').waitFor();
  await page.goto(journey.url(`hand-overs/${handOverId}`));
  await heading(page, 'Hand-over 1').waitFor();
  await page.getByRole('button', { name: 'As CSV' }).waitFor();
  await page.goto(journey.url(`customers/${customerId}`));
  await page.getByRole('button', { name: 'Comment', exact: true }).click();
  await page.getByRole('textbox', { name: /^Comment/ }).fill('They merge in May');
  await page.getByRole('button', { name: 'Keep it' }).click();
  await page.getByText('They merge in May').waitFor();
  await done(page);
});

test('a list of what became of claims is read, its words are said once, and each line stands with its hand-over', async () => {
  const journey = await newJourney();
  const { owner, companyId } = journey;
  const days = { issuedOn: '2026-01-02', dueOn: '2026-01-31' };
  const { agencyId } = await sent(owner, 'POST', '/api/v1/agencies', {
    kind: 'agency',
    name: 'Hansa Collect',
    fees: { shares: [{ upToDaysLate: null, percent: '20' }], taxPercent: '19' },
    remits: 'net',
  });
  const handed = async (name: string) => {
    const customerId = await aCustomer(journey, { number: name, name: `Customer ${name}` });
    const { number, invoiceId } = await anInvoice(journey, { customerId, amount: '1000.00', ...days });
    const { body } = await owner(`/api/v1/customers/${customerId}/escalation`);
    const [account] = body.accounts as { items: { itemId: string; documentId: string }[] }[];
    const itemIds = account?.items.filter((item) => item.documentId === invoiceId).map((item) => item.itemId);
    const { handOverId } = await sent(owner, 'POST', '/api/v1/hand-overs', {
      companyId,
      customerId,
      route: 'agency',
      agencyId,
      itemIds,
      accepting: CONDITIONS,
      note: 'The firm is being wound up',
    });
    return { number, handOverId };
  };
  const [first, second] = [await handed('K1'), await handed('K2')];
  const page = await journey.pageOf('owner', 'hand-overs?tab=news');
  await choose(page, 'Agency', 'Hansa Collect');
  await page.locator('input[type="file"]').setInputFiles({
    name: 'list.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(
      `Your case;Stage;Day\n${first.number};titled;2026-03-12\n${second.number};gone away;2026-03-13\nX-999;titled;2026-03-13\n`,
    ),
  });
  for (const [label, title] of [
    ['Number of the invoice or hand-over', 'Your case'],
    ['What became of it', 'Stage'],
    ['Since when', 'Day'],
  ] as const)
    await choose(page, label, title);
  await page.getByRole('button', { name: 'Read it so' }).click();
  await row(page, 'X-999', 'not with this agency').waitFor();
  const keep = page.getByRole('button', { name: 'Keep 2 lines' });
  assert.ok(await keep.isDisabled(), 'words are not said yet, nor what happens to the line of no claim');
  await choose(page, '“titled” means', 'judgment');
  await choose(page, '“gone away” means', 'uncollectible');
  await row(page, first.number, 'titled', 'judgment').waitFor();
  assert.ok(await keep.isDisabled());
  assert.deepEqual(await barriers(page), []);
  await page.getByLabel('Leave out 1 line of no claim with this agency').check();
  await keep.click();
  await page.getByText('2 kept.').waitFor();
  await page.goto(journey.url(`hand-overs/${second.handOverId}`));
  await page.getByText('uncollectible').first().waitFor();
  await done(page);
});
