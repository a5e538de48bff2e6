// Issuing many drafts at once, and agreeing on an invoice that recurs.

import { test } from 'node:test';
import { aCustomer, anInvoice, done, heading, newJourney, row, sent } from './journey.ts';

test('all drafts are issued together; one that cannot be says why, is mended and issued', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'K7', name: 'Lindqvist Textiles' });
  const line = { description: 'Weaving', quantity: '1', unitPrice: '100', taxPercent: '21' };
  const body = {
    companyId: journey.companyId,
    customerId,
    issuedOn: '2026-03-16',
    dueOn: '2026-04-15',
    currency: 'EUR',
    lines: [line],
  };
  for (const lines of [[line], [line], []])
    await sent(journey.owner, 'POST', '/api/v1/invoice-drafts', { body: { ...body, lines } });
  const page = await journey.pageOf('owner', 'invoices');
  await page.getByRole('button', { name: 'Drafts' }).click();
  await heading(page, 'Drafts').waitFor();
  await page.getByRole('button', { name: 'Issue all 3' }).click();
  await page.getByRole('button', { name: 'Issue them' }).click();
  await page.getByText('2 issued', { exact: true }).waitFor();
  await page.getByText('1 not issued', { exact: true }).waitFor();
  await row(page, 'Lindqvist Textiles', 'at least one line').getByRole('link').click();
  await page.getByLabel('Description of line 1').fill('Weaving');
  await page.getByLabel('Price of line 1').fill('50');
  await page.getByLabel('Tax per cent of line 1').fill('21');
  await row(page, 'Total', '60.50').waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: 'Issue it all the same' }).click();
  await heading(page, /^Invoice INV-2026-00003/).waitFor();
  await done(page);
});

test('a recurring invoice is agreed on with its periods in view, and paused', async () => {
  const journey = await newJourney();
  await aCustomer(journey, { number: 'K8', name: 'Morava Energy' });
  const page = await journey.pageOf('owner', 'invoices/recurring');
  await page.getByRole('button', { name: 'New recurring invoice' }).first().click();
  await page.getByLabel('Name').fill('Hosting');
  await page.getByRole('textbox', { name: 'Customer' }).fill('morava');
  await page.getByRole('option', { name: /Morava Energy/ }).click();
  await page.getByLabel('Periods begin on day').fill('1');
  await page.getByLabel('Description of line 1').fill('Hosting');
  await page.getByLabel('Price of line 1').fill('100');
  await page.getByLabel('Tax per cent of line 1').fill('21');
  await page.getByLabel('Due after, days').fill('14');
  // 16 of 31 days of March, then whole months.
  await page.getByText('16 of 31 days').waitFor();
  await page.getByText('62.45').waitFor();
  await page.getByRole('button', { name: 'Agree' }).click();
  await heading(page, 'Hosting').waitFor();
  await page.getByText('16 of 31 days').waitFor();
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('button', { name: 'Go on' }).waitFor();
  await page.goto(journey.url('invoices/recurring'));
  await row(page, 'Hosting', 'Paused').waitFor();
  await done(page);
});

test('the next invoice begins as the last one, by one press of keys', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'K1', name: 'Birch & Oak Interiors' });
  const { number } = await anInvoice(journey, {
    customerId,
    amount: '480.00',
    issuedOn: '2026-02-16',
    dueOn: '2026-03-18',
  });
  const page = await journey.pageOf('owner', `invoices/new?customer=${customerId}`);
  await page.getByRole('button', { name: new RegExp(`^As last time ?: ${number}`) }).waitFor();
  await page.keyboard.press('Alt+l');
  await heading(page, 'Draft invoice').waitFor();
  await page.getByText('480.00').first().waitFor();
  await done(page);
});
