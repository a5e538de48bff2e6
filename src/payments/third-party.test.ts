// A factor, an insurer, a shared service centre: whoever pays for customers that have nothing to do with each other.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CustomerId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { acceptAlias } from '#paying/change-aliases.ts';
import { START_RULES } from '#paying/matching-rules.ts';
import { replaceMatchingRules } from '#paying/replace-matching-rules.ts';
import { serveTo } from '../../test/support/ask.ts';
import { checkBooks } from '../../test/support/books.ts';
import { aCompany, aCustomer, anInvoice, aPayment, itemsOf } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { applyPayment } from './apply-payment.ts';
import { applyReceipts } from './apply-receipts.ts';
import * as contract from './contract.ts';
import { identifyPayment } from './identify-payment.ts';
import { routes } from './routes.ts';
import { unapplyPayment } from './unapply-payment.ts';

const FACTOR = 'Faktura Inkasso AG';
const ACCOUNT = 'CH9300762011623852957';

async function setting(groupPayments: 'never' | 'debts' | 'net' = 'net') {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const rules = { ...START_RULES, groupPayments };
  await tenant.act('owner', replaceMatchingRules, { companyId, rules });
  const one = await aCustomer(tenant, { name: 'Nord Print GmbH' });
  const two = await aCustomer(tenant, { name: 'Ostrava Foods' });
  const invoice = (customerId: CustomerId, minor: bigint) =>
    anInvoice(tenant, { companyId, customerId, minor });
  const paid = (minor: bigint, reference: string) =>
    aPayment(tenant, { companyId, minor, reference, payerName: FACTOR, payerAccount: ACCOUNT });
  const match = async () => (await tenant.act('owner', applyReceipts, {})).applied;
  const ask = await serveTo(tenant, routes);
  const seen = async (paymentId: string) =>
    (await ask('cash_applier', contract.getPayment, { params: { paymentId } })).reply;
  const openOf = async (documentId: string) => (await itemsOf(tenant, documentId))[0]?.open.minor;
  return { tenant, companyId, one, two, invoice, paid, match, seen, openOf };
}

test('documents of customers that are no group are never applied together by itself; what was named is suggested as a whole', async () => {
  const { tenant, one, two, invoice, paid, match, seen, openOf } = await setting();
  const [a, b] = [await invoice(one, 60_07n), await invoice(two, 40_11n)];
  const { paymentId } = await paid(100_18n, `${a.number} ${b.number}`);
  assert.equal(await match(), 0);
  const { match: found } = await seen(paymentId);
  assert.equal(found?.rule, 'reference_of_several_customers');
  const [suggestion] = found?.suggestions ?? [];
  assert.deepEqual(
    suggestion?.allocations.map((one) => one.reference).sort(),
    [a.number, b.number].sort(),
    'a person takes it by one key',
  );
  const before = await checkBooks(tenant);
  await tenant.act('cash_applier', applyPayment, {
    paymentId,
    allocations: [
      { itemId: a.itemId, amount: money(60_07n, 'EUR') },
      { itemId: b.itemId, amount: money(40_11n, 'EUR') },
    ],
  });
  assert.deepEqual([await openOf(a.invoiceId), await openOf(b.invoiceId)], [0n, 0n]);
  await checkBooks(tenant);
  await tenant.act('cash_applier', unapplyPayment, { paymentId });
  assert.deepEqual([await openOf(a.invoiceId), await openOf(b.invoiceId)], [60_07n, 40_11n]);
  const after = await checkBooks(tenant);
  for (const account of Object.keys(after)) assert.equal(after[account], before[account] ?? 0n);
});

test('a cent short of what was named, or a document of a third, nothing is suggested as a whole', async () => {
  const { one, two, invoice, paid, match, seen } = await setting();
  const [a, b] = [await invoice(one, 60_07n), await invoice(two, 40_11n)];
  const { paymentId } = await paid(100_17n, `${a.number} ${b.number}`);
  assert.equal(await match(), 0);
  const { match: found } = await seen(paymentId);
  assert.deepEqual([found?.rule, found?.suggestions], ['reference_of_several_customers', []]);
  assert.deepEqual(
    found?.candidates.map(({ reference }) => reference).sort(),
    [a.number, b.number].sort(),
    'both are there to choose from',
  );
});

test('who pays for two customers from one account is neither of them: without a number in the text nothing is applied', async () => {
  const { tenant, one, two, invoice, paid, match, seen, openOf } = await setting();
  const [a, b] = [await invoice(one, 60_07n), await invoice(two, 60_07n)];
  // It paid for each of them before, and somebody said so.
  for (const customerId of [one, two]) {
    const before = await paid(1_00n, 'before');
    await tenant.act('cash_applier', identifyPayment, { paymentId: before.paymentId, customerId });
  }
  const { paymentId } = await paid(60_07n, 'thank you');
  assert.equal(await match(), 0, 'two owe just that');
  assert.deepEqual([await openOf(a.invoiceId), await openOf(b.invoiceId)], [60_07n, 60_07n]);
  assert.equal((await seen(paymentId)).customer, null, 'and nobody is said to have paid');
});

test('a third party that is known as one customer pays what it names of another: the document says for whom', async () => {
  const { tenant, one, two, invoice, paid, match, seen, openOf } = await setting();
  const first = await paid(1_00n, 'before');
  await tenant.act('cash_applier', identifyPayment, { paymentId: first.paymentId, customerId: one });
  await tenant.act('cash_applier', acceptAlias, { kind: 'account', written: ACCOUNT, customerId: one });
  const [mine, theirs] = [await invoice(one, 60_07n), await invoice(two, 60_07n)];
  const { paymentId } = await paid(60_07n, `for ${theirs.number}`);
  assert.equal(await match(), 1);
  assert.deepEqual([await openOf(mine.invoiceId), await openOf(theirs.invoiceId)], [60_07n, 0n]);
  assert.equal((await seen(paymentId)).customer?.id, two);
  await checkBooks(tenant);
});
