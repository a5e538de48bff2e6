// What was paid, came back and was paid again: on no day of the past was more settled of an invoice than it was for, however
// late and with whatever date it is recorded.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { creditInvoice } from '#invoicing/credit-invoice.ts';
import { voidInvoice } from '#invoicing/void-invoice.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { addBankAccount } from '#payments/add-bank-account.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { identifyPayment } from '#payments/identify-payment.ts';
import { importBankFile } from '#payments/import-bank-file.ts';
import { returnPayment } from '#payments/return-payment.ts';
import { unapplyPayment } from '#payments/unapply-payment.ts';
import { writeOffItems } from '#writeoffs/write-off-items.ts';
import { aCamt053, TEST_IBAN } from '../support/bank-files.ts';
import { proveBooks, refusesWithoutTrace } from '../support/books.ts';
import { aCompany, aCustomer, anInvoice, aPayment, type BuiltInvoice, itemsOf } from '../support/builders.ts';
import { newTenant, type TestTenant } from '../support/tenant.ts';

type Story = {
  readonly tenant: TestTenant;
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly invoice: BuiltInvoice;
};

const early = parseDate('2026-01-15');
const whole = money(100_00n, 'EUR');

/** An invoice of 2 January, paid on the 10th; on the 20th, which is today, the payment came back. */
async function paidAndCameBack(): Promise<Story> {
  const tenant = await newTenant({ on: '2026-01-10' });
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  const invoice = await anInvoice(tenant, { companyId, customerId });
  const allocations = [{ itemId: invoice.itemId, amount: whole }];
  const paid = await aPayment(tenant, { companyId, customerId, allocations });
  tenant.on('2026-01-20');
  await tenant.act('owner', returnPayment, { paymentId: paid.paymentId, reason: 'bounced' });
  return { tenant, companyId, customerId, invoice };
}

async function assertProven({ tenant }: Story): Promise<void> {
  await proveBooks(tenant, tenant.as('owner').today);
}

test('nothing is settled on a day on which the invoice was paid by what came back later', async () => {
  const story = await paidAndCameBack();
  const { tenant, companyId, customerId, invoice } = story;
  const second = await aPayment(tenant, { companyId, customerId, receivedOn: '2026-01-15' });
  const allocations = [{ itemId: invoice.itemId, amount: whole }];
  const { paymentId } = second;
  await refusesWithoutTrace(tenant, 'applied_too_early', () =>
    tenant.act('owner', applyPayment, { paymentId, allocations, on: early }),
  );
  await refusesWithoutTrace(tenant, 'applied_too_early', () =>
    tenant.act('owner', writeOffItems, {
      kind: 'goodwill',
      reason: 'r',
      items: [{ itemId: invoice.itemId }],
      on: early,
    }),
  );
  await refusesWithoutTrace(tenant, 'voided_too_early', () =>
    tenant.act('owner', voidInvoice, { invoiceId: invoice.invoiceId, reason: 'r', on: early }),
  );
  const applied = await tenant.act('owner', applyPayment, { paymentId, allocations });
  assert.equal(applied.on, '2026-01-20');
  await assertProven(story);
});

test('a payment recorded late with its value date settles the invoice on the day it was open again', async () => {
  const story = await paidAndCameBack();
  const { tenant, companyId, customerId, invoice } = story;
  const allocations = [{ itemId: invoice.itemId, amount: whole }];
  await aPayment(tenant, { companyId, customerId, receivedOn: '2026-01-15', allocations });
  assert.equal((await itemsOf(tenant, invoice.invoiceId))[0]?.open.minor, 0n);
  await assertProven(story);
});

test('a bank line with an earlier value date settles the invoice on the day it was open again', async () => {
  const story = await paidAndCameBack();
  const { tenant, companyId, invoice } = story;
  await tenant.act('owner', addBankAccount, { companyId, name: 'Bank', account: TEST_IBAN, currency: 'EUR' });
  const entries = [{ amount: '100.00', text: invoice.number, bookedOn: '2026-01-15', bankReference: 'B' }];
  const file = { name: 'statement.xml', bytes: aCamt053([{ entries }]) };
  const at = { door: tenant.door, context: tenant.as('cash_applier') };
  const { statements } = await importBankFile(at, file, { apply: true });
  assert.equal(statements[0]?.applied, 1);
  await assertProven(story);
});

test('a credit note dated before is applied on the day the invoice was open again', async () => {
  const story = await paidAndCameBack();
  const { tenant, invoice } = story;
  const credited = await tenant.act('owner', creditInvoice, {
    invoiceId: invoice.invoiceId,
    reason: 'return',
    issuedOn: early,
  });
  assert.equal(credited.applied, '100.00');
  await assertProven(story);
});

test('what was applied and taken back on one day was never there, and keeps no day from being used', async () => {
  const tenant = await newTenant({ on: '2026-01-20' });
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  const invoice = await anInvoice(tenant, { companyId, customerId });
  const allocations = [{ itemId: invoice.itemId, amount: whole }];
  const wrong = await aPayment(tenant, { companyId, customerId, receivedOn: '2026-01-20', allocations });
  await tenant.act('owner', returnPayment, { paymentId: wrong.paymentId, reason: 'typed twice' });
  const right = await aPayment(tenant, { companyId, customerId, receivedOn: '2026-01-15' });
  const applied = await tenant.act('owner', applyPayment, {
    paymentId: right.paymentId,
    allocations,
    on: early,
  });
  assert.equal(applied.on, '2026-01-15');
  await assertProven({ tenant, companyId, customerId, invoice });
});

test('nothing is settled, taken back, moved or voided on a day to come, where it would hide until then', async () => {
  const tenant = await newTenant({ on: '2026-01-20' });
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  const invoice = await anInvoice(tenant, { companyId, customerId });
  const other = await anInvoice(tenant, { companyId, customerId });
  const allocations = [{ itemId: invoice.itemId, amount: whole }];
  const { paymentId } = await aPayment(tenant, { companyId, customerId, allocations });
  const waiting = await aPayment(tenant, { companyId, customerId });
  const stranger = await aCustomer(tenant);
  const on = parseDate('2062-01-21');
  const toOther = { paymentId: waiting.paymentId, allocations: [{ itemId: other.itemId, amount: whole }] };
  const attempts: readonly (() => Promise<unknown>)[] = [
    () => tenant.act('owner', applyPayment, { ...toOther, on }),
    () => tenant.act('owner', unapplyPayment, { paymentId, on }),
    () => tenant.act('owner', identifyPayment, { paymentId: waiting.paymentId, customerId: stranger, on }),
    () => tenant.act('owner', voidInvoice, { invoiceId: other.invoiceId, reason: 'r', on }),
  ];
  for (const attempt of attempts) await refusesWithoutTrace(tenant, 'dated_in_future', attempt);
});
