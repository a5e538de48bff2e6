// Finding customers among many, and writing an invoice without touching the mouse.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import {
  aCustomer,
  anInvoice,
  done,
  heading,
  holds,
  type Journey,
  newJourney,
  row,
  sent,
} from './journey.ts';

const MANY = 130;

async function manyCustomers(journey: Journey): Promise<void> {
  const numbers = Array.from({ length: MANY }, (_, i) => String(i + 1).padStart(3, '0'));
  await Promise.all(
    [0, 1, 2, 3].map(async (lane) => {
      for (const n of numbers.filter((_, i) => i % 4 === lane))
        await aCustomer(journey, { number: `K${n}`, name: `Customer ${n} Ltd` });
    }),
  );
}

test('customers are found, filtered and scrolled through, and the address says what is shown', async () => {
  const journey = await newJourney();
  await manyCustomers(journey);
  const late = await aCustomer(journey, { number: 'Z1', name: 'Zwickau Furniture' });
  await anInvoice(journey, {
    customerId: late,
    amount: '250.00',
    issuedOn: '2026-01-10',
    dueOn: '2026-02-09',
  });
  const page = await journey.pageOf('owner', 'customers');
  const list = page.getByRole('region', { name: 'Customers' });
  await row(page, 'Customer 001 Ltd').waitFor();
  assert.ok((await page.getByRole('row').count()) < MANY / 2, 'only rows in sight are drawn');
  const last = row(page, `Customer ${MANY} Ltd`);
  while ((await last.count()) === 0) {
    const shown = await page.getByRole('row').last().textContent();
    await list.evaluate((box) => box.scrollTo(0, box.scrollHeight));
    await holds(
      page,
      `[...document.querySelectorAll('tr')].at(-1)?.textContent !== ${JSON.stringify(shown)}`,
    );
  }
  await last.click();
  await heading(page, `Customer ${MANY} Ltd`).waitFor();
  await page.goBack();
  await last.waitFor();
  await page.getByRole('textbox', { name: 'Number or name' }).fill('customer 07');
  await row(page, 'Customer 079 Ltd').waitFor();
  await page.waitForURL(/q=customer\+07/);
  assert.equal(await row(page, 'Ltd').count(), 10);
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await page.getByText('Overdue', { exact: true }).first().click();
  await page.waitForURL(/hasOverdue=true/);
  await row(page, 'Customer 001 Ltd').waitFor({ state: 'detached' });
  await row(page, 'Zwickau Furniture', '250.00', '35 days late').waitFor();
  const shared = page.url();
  await done(page);

  const other = await journey.pageOf('viewer', shared.slice(journey.url('').length));
  await row(other, 'Zwickau Furniture').focus();
  await other.keyboard.press('Enter');
  await heading(other, 'Zwickau Furniture').waitFor();
  await row(other, '250.00', '35 days late').waitFor();
  await done(other);
});

test('customers are sorted by number and by what is overdue', async () => {
  const journey = await newJourney();
  const [small, large] = [
    await aCustomer(journey, { number: 'B2', name: 'Aldera Printing' }),
    await aCustomer(journey, { number: 'A1', name: 'Brevik Medical' }),
  ];
  const days = { issuedOn: '2026-01-10', dueOn: '2026-02-09' };
  await anInvoice(journey, { customerId: small, amount: '10.00', ...days });
  await anInvoice(journey, { customerId: large, amount: '900.00', ...days });
  const page = await journey.pageOf('owner', 'customers');
  const first = page.getByRole('row').nth(1);
  await first.filter({ hasText: 'Aldera' }).waitFor();
  await page.getByRole('button', { name: 'Number' }).click();
  await first.filter({ hasText: 'Brevik' }).waitFor();
  await page.getByRole('button', { name: 'Customer', exact: true }).click();
  await first.filter({ hasText: 'Aldera' }).waitFor();
  await page.getByRole('button', { name: 'Overdue' }).click();
  await first.filter({ hasText: 'Brevik' }).waitFor();
  await done(page);
});

/** Goes on with Tab until the field is reached. */
async function tabTo(page: Page, label: string): Promise<void> {
  for (let presses = 0; presses < 15; presses += 1) {
    const focused = await page.evaluate('document.activeElement?.getAttribute("aria-label")');
    if (focused === label) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab does not reach ${label}`);
}

/** Types texts into fields one after the other; an empty one is left as it is. */
async function typeAlong(page: Page, texts: readonly string[]): Promise<void> {
  for (const [index, text] of texts.entries()) {
    if (index > 0) await page.keyboard.press('Tab');
    if (text !== '') await page.keyboard.type(text);
  }
}

test('an invoice is written and issued by keyboard, and what is missing stands beside its field', async () => {
  const journey = await newJourney();
  await aCustomer(journey, { number: 'K7', name: 'Lindqvist Textiles' });
  const page = await journey.pageOf('owner', 'invoices/new');
  await page.getByRole('textbox', { name: 'Customer' }).focus();
  await page.keyboard.type('lindq');
  await page.getByRole('option', { name: /Lindqvist Textiles/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(/customer=/);
  await tabTo(page, 'Description of line 1');
  await typeAlong(page, ['Weaving', '', '', '100', '', '21']);
  await page.keyboard.press('Enter');
  await page.getByLabel('Description of line 2').waitFor();
  await typeAlong(page, ['Dyeing', '', '', '49.95']);
  await row(page, 'Total', '181.44').waitFor();
  await page.keyboard.press('Control+s');
  await page.getByText('Saved as a draft').waitFor();
  await page.waitForURL(/draft=/);
  await page.getByRole('link', { name: 'Customers' }).click();
  await heading(page, 'Customers').waitFor();
  await page.goto(journey.url('invoices/drafts'));
  await row(page, 'Lindqvist Textiles', '181.44').click();
  await row(page, 'Total', '181.44').waitFor();
  await page.getByLabel('Description of line 2').focus();
  await page.keyboard.press('Control+Enter');
  await page.getByText('Say when the invoice is due').waitFor();
  assert.equal(await page.getByLabel('Due', { exact: true }).getAttribute('aria-invalid'), 'true');
  await page.getByLabel('Due', { exact: true }).focus();
  await page.keyboard.type('15 Apr 2026');
  const printed = page.waitForResponse((answer) => answer.url().endsWith('/pdf'));
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: 'Issue it all the same' }).waitFor();
  await page.keyboard.press('Enter');
  await heading(page, /^Invoice INV-2026-00001/).waitFor();
  await row(page, 'Weaving', '100.00').waitFor();
  await row(page, 'Total', '181.44').waitFor();
  assert.equal((await printed).headers()['content-type'], 'application/pdf');
  const paper = page.getByRole('region', { name: 'PDF' });
  await paper.getByRole('link', { name: 'Save' }).waitFor();
  await page.getByRole('tab', { name: 'Journal' }).click();
  await row(page, 'Trade receivables', '181.44').waitFor();
  await done(page);
});

test('what is behind "more" is priced and kept, and a copy of an invoice begins a draft', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'K8', name: 'Morava Energy' });
  const page = await journey.pageOf('owner', `invoices/new?customer=${customerId}`);
  await page.getByLabel('Description of line 1').fill('Turbine');
  await page.getByLabel('Price of line 1').fill('100');
  await page.getByLabel('Tax per cent of line 1').fill('21');
  await page.getByRole('button', { name: 'More of line 1' }).click();
  await page.getByLabel('Discount, % of line 1').fill('10');
  await page.getByRole('button', { name: /^More ?: discounts/ }).click();
  await page.getByRole('button', { name: 'Add a surcharge' }).click();
  await page.getByRole('textbox', { name: 'Surcharge 1' }).fill('Freight');
  await page.getByLabel('Per cent', { exact: true }).last().fill('50');
  await page.getByLabel('Due', { exact: true }).fill('15 Apr 2026');
  // 90 and half of it, with 21 % tax.
  await row(page, 'Total', '163.35').waitFor();
  await page.getByRole('button', { name: 'Issue it', exact: true }).click();
  // The customer has no address to send to: that is told, and issued all the same.
  await page.getByRole('button', { name: 'Issue it all the same' }).click();
  await heading(page, /^Invoice INV/).waitFor();
  await row(page, 'Freight, 50 %', '45.00').waitFor();
  await page.getByRole('button', { name: 'Copy' }).click();
  await heading(page, 'Draft invoice').waitFor();
  await row(page, 'Total', '163.35').waitFor();
  await done(page);
});

test('a total is split into instalments by percentage, to the cent', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'K8', name: 'Morava Energy' });
  const page = await journey.pageOf('owner', `invoices/new?customer=${customerId}`);
  await page.getByLabel('Description of line 1').fill('Turbine');
  await page.getByLabel('Price of line 1').fill('100,01');
  await page.getByLabel('Tax per cent of line 1').fill('0');
  await page.getByText('In instalments').click();
  await page.getByRole('button', { name: 'Add an instalment' }).click();
  const [one, two, three] = [0, 1, 2].map((i) => page.getByLabel('Part, %').nth(i));
  for (const part of [one, two, three]) await part?.fill('33.3');
  for (const [index, day] of ['1 Apr 2026', '1 May 2026', '1 Jun 2026'].entries())
    await page.getByLabel(`Due ${index + 1}`).fill(day);
  await page.getByText('33.34').first().waitFor();
  await page.getByRole('button', { name: 'Issue it', exact: true }).click();
  // The customer has no address to send to: that is told, and issued all the same.
  await page.getByRole('button', { name: 'Issue it all the same' }).click();
  await heading(page, /^Invoice INV/).waitFor();
  await row(page, '1 Apr 2026', '33.34').waitFor();
  await row(page, '1 Jun 2026', '33.33').waitFor();
  await done(page);
});

test('an invoice is credited in part and voided only while nothing is applied', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'K9', name: 'Kestrel Tools' });
  const { invoiceId, number } = await anInvoice(journey, {
    customerId,
    amount: '300.00',
    issuedOn: '2026-03-01',
    dueOn: '2026-03-31',
  });
  const page = await journey.pageOf('owner', `invoices/${invoiceId}`);
  await page.getByRole('button', { name: 'Credit', exact: true }).click();
  await heading(page, `Credit ${number}`).waitFor();
  await page.getByText('An amount', { exact: true }).click();
  await page.getByLabel('Net amount (EUR)').fill('50');
  await page.getByRole('combobox', { name: 'Reason' }).click();
  await page.getByRole('option', { name: 'Other' }).click();
  await page.getByLabel('In words').fill('One was broken');
  // What it does is told before it is done.
  await row(page, 'Open of the invoice', '250.00').waitFor();
  await page.getByRole('button', { name: 'Issue the credit note' }).click();
  await heading(page, /^Credit note CN-/).waitFor();
  await page.getByText('One was broken').first().waitFor();
  await page.goto(journey.url(`invoices/${invoiceId}`));
  await page.getByText('250.00').first().waitFor();
  const voidButton = page.getByRole('button', { name: 'Void' });
  assert.equal(await voidButton.getAttribute('aria-disabled'), 'true');
  await voidButton.hover();
  await page.getByText(/Something is applied to this document|Credit notes correct this invoice/).waitFor();
  const { body } = await journey.owner(`/api/v1/invoices/${invoiceId}`);
  assert.deepEqual(body.open, { amount: '250.00', currency: 'EUR' }, number);
  await done(page);
});

test('a customer is put on hold and its statement of a past day shows what was open then', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'K3', name: 'Castellan Chemicals' });
  const { invoiceId } = await anInvoice(journey, {
    customerId,
    amount: '80.00',
    issuedOn: '2026-01-05',
    dueOn: '2026-02-04',
  });
  const item = (await journey.owner(`/api/v1/invoices/${invoiceId}`)).body.items as { id: string }[];
  await sent(journey.owner, 'POST', '/api/v1/payments', {
    companyId: journey.companyId,
    customerId,
    receivedOn: '2026-03-02',
    amount: { amount: '80.00', currency: 'EUR' },
    allocations: [{ itemId: item[0]?.id, amount: { amount: '80.00', currency: 'EUR' } }],
  });
  const page = await journey.pageOf('owner', `customers/${customerId}?tab=statement`);
  await page.getByText('Nothing was open').waitFor();
  await page.goto(journey.url(`customers/${customerId}?tab=statement&asOf=2026-02-10`));
  await row(page, 'invoice', '80.00').waitFor();
  await page.getByText('6 days late', { exact: true }).waitFor();
  await page.getByText('Balance forward').click();
  await row(page, 'Balance brought forward', '80.00').waitFor();
  await page.goto(journey.url(`customers/${customerId}?tab=statement&asOf=2026-03-10&kind=balance_forward`));
  await row(page, 'Balance brought forward', '80.00').waitFor();
  await row(page, 'payment', '80.00').waitFor();
  await page.getByRole('button', { name: 'Hold', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Why').fill('talks');
  await page.getByRole('option', { name: /In talks/ }).click();
  await dialog.getByLabel(/^Until/).fill('30 Apr 2026');
  await dialog.getByRole('button', { name: 'Put on hold' }).click();
  await page.getByText('On hold: no reminders go out').waitFor();
  await page.getByRole('button', { name: 'Release the hold of Castellan Chemicals' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Release it' }).click();
  await page.getByText('On hold: no reminders go out').waitFor({ state: 'detached' });
  await done(page);
});
