// Money: recorded by hand and applied after a rehearsal, brought by the bank's statement, taken back again.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCamt053 } from '../support/bank-files.ts';
import { aCustomer, anInvoice, aPayment, done, heading, newJourney, row } from './journey.ts';

test('a payment is recorded, applied by keyboard after a rehearsal, and taken back', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'K1', name: 'Granath Printing' });
  const days = { issuedOn: '2026-02-01', dueOn: '2026-03-03' };
  const first = await anInvoice(journey, { customerId, amount: '120.00', ...days });
  const second = await anInvoice(journey, { customerId, amount: '80.00', ...days });
  const page = await journey.pageOf('cash_applier', `payments/new?customer=${customerId}`);
  await page.getByLabel('Amount').fill('150');
  await page.getByLabel('Reference').fill('two invoices');
  await page.getByRole('button', { name: 'Record it' }).click();
  await heading(page, /^Payment PAY-/).waitFor();
  const amountOf = (number: string) => page.getByLabel(`Amount for ${number}`);
  await amountOf(first.number).focus();
  await page.keyboard.press('Space');
  assert.equal(await amountOf(first.number).inputValue(), '120.00');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  assert.equal(await amountOf(second.number).inputValue(), '30.00', 'the rest, not the whole item');
  await page.keyboard.press('Control+Enter');
  const preview = page.getByRole('alert', { name: 'What would happen' });
  await preview.getByRole('row').filter({ hasText: second.number }).filter({ hasText: '50.00' }).waitFor();
  const { body } = await journey.owner(`/api/v1/invoices/${first.invoiceId}`);
  assert.deepEqual(body.open, { amount: '120.00', currency: 'EUR' }, 'a rehearsal changes nothing');
  await page.keyboard.press('Control+Enter');
  await page.getByText('Applied to 2 items').waitFor();
  const applied = page.getByRole('region', { name: 'Applied to' });
  await applied.getByRole('link', { name: first.number }).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await applied.getByText('taken back').first().waitFor();
  await amountOf(first.number).waitFor();
  const after = await journey.owner(`/api/v1/invoices/${first.invoiceId}`);
  assert.deepEqual(after.body.open, { amount: '120.00', currency: 'EUR' });
  await done(page);
});

test('more than is open is refused where it is typed, and nothing is applied', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'K2', name: 'Beskid Furniture' });
  const { number } = await anInvoice(journey, {
    customerId,
    amount: '40.00',
    issuedOn: '2026-02-01',
    dueOn: '2026-03-03',
  });
  const paymentId = await aPayment(journey, { customerId, amount: '100.00', on: '2026-03-10' });
  const page = await journey.pageOf('owner', `payments/${paymentId}`);
  await page.getByLabel(`Amount for ${number}`).fill('60');
  await page.getByRole('button', { name: 'Show what would happen' }).click();
  await page.getByText('More is given than is open on the item').waitFor();
  await page.getByLabel(`Amount for ${number}`).fill('abc');
  await page.getByText('not an amount').waitFor();
  const show = page.getByRole('button', { name: 'Show what would happen' });
  assert.equal(await show.isDisabled(), true);
  await done(page);
});

test('a bank statement brings receipts: what is certain is applied, the rest waits, twice changes nothing', async () => {
  const journey = await newJourney();
  const customerId = await aCustomer(journey, { number: 'K3', name: 'Ostrava Foods' });
  const days = { issuedOn: '2026-02-01', dueOn: '2026-03-03' };
  const { number, invoiceId } = await anInvoice(journey, { customerId, amount: '61.50', ...days });
  const file = {
    name: 'statement.xml',
    mimeType: 'application/xml',
    buffer: aCamt053([
      {
        day: '2026-03-13',
        opening: '1000.00',
        closing: '1071.50',
        entries: [
          { amount: '61.50', text: `Payment of ${number}`, payer: 'Ostrava Foods', bankReference: 'B1' },
          { amount: '10.00', text: 'no idea', payer: 'Somebody', bankReference: 'B2' },
        ],
      },
    ]),
  };
  const page = await journey.pageOf('owner', 'bank');
  await page.locator('input[type="file"]').setInputFiles(file);
  await page.getByText('The file is of an account that is not known').waitFor();
  await page.getByRole('button', { name: 'Add the account and go on' }).click();
  await page.getByRole('region', { name: 'Read as camt.053: statement.xml' }).waitFor();
  assert.equal(((await journey.owner('/api/v1/payments')).body.rows as unknown[]).length, 0);
  await page.getByRole('button', { name: 'Book it' }).click();
  const result = page.getByRole('region', { name: 'Imported: statement.xml' });
  await result.getByText('Waiting for you').waitFor();
  await result.getByLabel('agrees').waitFor();
  await page.getByText('closing balance of 13 Mar 2026').waitFor();
  await result.getByRole('link', { name: 'See its lines' }).click();
  await heading(page, /^Statement/).waitFor();
  await row(page, 'Somebody', '10.00').waitFor();
  await row(page, 'Ostrava Foods', '61.50').getByRole('link', { name: 'payment' }).click();
  await heading(page, /^Payment PAY-/).waitFor();
  const applied = page.getByRole('region', { name: 'Applied to' });
  await applied.getByRole('link', { name: number }).click();
  await heading(page, `Invoice ${number}`).waitFor();
  assert.ok(page.url().endsWith(`invoices/${invoiceId}`));
  await page.goto(journey.url('payments?state=unapplied'));
  await row(page, 'Somebody', '10.00').waitFor();
  assert.equal(await row(page, 'Ostrava').count(), 0);
  await page.goto(journey.url('bank'));
  await page.locator('input[type="file"]').setInputFiles({ ...file, name: 'again.xml' });
  await page.getByText('Nothing in it is new').waitFor();
  await page.getByRole('button', { name: 'Book it' }).click();
  await page.getByText('Nothing in it was new').waitFor();
  const { body } = await journey.owner('/api/v1/payments');
  assert.equal((body.rows as unknown[]).length, 2);
  await done(page);
});

test('a statement whose balances and entries do not agree says by how much', async () => {
  const journey = await newJourney();
  const page = await journey.pageOf('owner', 'bank');
  await page.getByRole('button', { name: 'Add an account' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('House bank');
  await dialog.getByLabel('IBAN or account number').fill('DE89370400440532013001');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await dialog.getByText('This IBAN has a mistake').waitFor();
  await dialog.getByLabel('IBAN or account number').fill('DE89370400440532013000');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.locator('input[type="file"]').setInputFiles({
    name: 'short.xml',
    mimeType: 'application/xml',
    buffer: aCamt053([
      {
        day: '2026-03-12',
        opening: '100.00',
        closing: '175.00',
        entries: [{ amount: '70.00', text: 'x', payer: 'Somebody', bankReference: 'C1' }],
      },
    ]),
  });
  await page.getByRole('alert').filter({ hasText: 'The statement is off by' }).waitFor();
  await page.getByRole('button', { name: 'Book it' }).click();
  await page.getByRole('region', { name: 'Imported: short.xml' }).waitFor();
  await page.getByText('Only those that do not agree').click();
  await page.waitForURL(/differing=true/);
  const line = row(page, 'House bank', 'off by');
  assert.match((await line.textContent()) ?? '', /5\.00/);
  await done(page);
});
