import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';
import { MATCH_BELOW_MAX } from '#kernel/limits.ts';
import { money } from '#kernel/money.ts';
import { START_RULES } from '#paying/matching-rules.ts';
import { replaceMatchingRules } from '#paying/replace-matching-rules.ts';
import { checkBooks } from '../../test/support/books.ts';
import { aCompany, aCustomer, anInvoice, aPayment, itemsOf } from '../../test/support/builders.ts';
import { creditAgainst } from '../../test/support/busy-ledger.ts';
import { newTenant } from '../../test/support/tenant.ts';
import type { Allocation } from './allocation.ts';
import { applyPayment } from './apply-payment.ts';
import { applyReceipts } from './apply-receipts.ts';
import { type Netting, netCredits } from './netting.ts';
import { readPayment } from './read-lists.ts';
import type { MatchItem } from './receipt.ts';
import { unapplyPayment } from './unapply-payment.ts';

const eur = (minor: bigint) => money(minor, 'EUR');

async function setting(groupPayments: 'never' | 'debts' | 'net') {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const rules = { ...START_RULES, groupPayments };
  await tenant.act('owner', replaceMatchingRules, { companyId, rules });
  const parent = await aCustomer(tenant, { name: 'Holding Nord SE' });
  const one = await aCustomer(tenant, { name: 'Nord Print GmbH', parentId: parent });
  const two = await aCustomer(tenant, { name: 'Nord Foods GmbH', parentId: parent });
  const stranger = await aCustomer(tenant, { name: 'Ostrava Foods' });
  const invoice = (
    customerId: CustomerId,
    minor: bigint,
    given: { companyId?: CompanyId; dueOn?: string } = {},
  ) => anInvoice(tenant, { companyId, customerId, minor, ...given });
  const note = async (customerId: CustomerId, minor: bigint) => {
    const on = parseDate('2026-01-05');
    const { creditNoteId } = await tenant.act('owner', creditAgainst, {
      ...{ companyId, customerId, minor, currency: 'EUR', on },
    });
    const [own] = await itemsOf(tenant, creditNoteId);
    assert.ok(own);
    return { creditNoteId, itemId: own.id, number: own.reference };
  };
  const paid = (minor: bigint, reference: string) =>
    aPayment(tenant, { companyId, minor, reference, payerName: 'Holding Nord SE' });
  const match = async () => (await tenant.act('owner', applyReceipts, {})).applied;
  const openOf = async (documentId: string) =>
    (await itemsOf(tenant, documentId)).reduce((sum, item) => sum + item.open.minor, 0n);
  const opens = (...ids: readonly string[]) => Promise.all(ids.map(openOf));
  const certificates = () =>
    inTenant(tenant.pool, tenant.tenantId, (tx) =>
      tx.run(
        sql<{
          rule: string;
          by: string;
          led: string;
          paid_for: string[];
        }>`select rule, certificate ->> 'paidBy' as by,
          certificate ->> 'ledBy' as led, certificate -> 'paidFor' as paid_for
        from match_certificate where tenant_id = ${tx.tenantId}`,
      ),
    );
  return { tenant, companyId, parent, one, two, stranger, invoice, note, paid, match, opens, certificates };
}

test('a parent that names documents of its subsidiaries pays them where the company lets that be, and it says for whom', async () => {
  const { tenant, one, two, invoice, paid, match, opens, certificates } = await setting('debts');
  const [a, b] = [await invoice(one, 60_07n), await invoice(two, 40_11n)];
  const { paymentId } = await paid(100_18n, `${a.number} ${b.number}`);
  const before = await checkBooks(tenant);
  assert.equal(await match(), 1);
  assert.deepEqual(await opens(a.invoiceId, b.invoiceId, paymentId), [0n, 0n, 0n]);
  assert.deepEqual(await certificates(), [
    {
      rule: 'reference_sum_of_group',
      by: 'Holding Nord SE',
      led: 'Holding Nord SE',
      paid_for: ['Nord Print GmbH', 'Nord Foods GmbH'],
    },
  ]);
  await checkBooks(tenant);
  await tenant.act('cash_applier', unapplyPayment, { paymentId });
  assert.deepEqual(await opens(a.invoiceId, b.invoiceId, paymentId), [60_07n, 40_11n, -100_18n]);
  const after = await checkBooks(tenant);
  for (const account of Object.keys(after)) assert.equal(after[account], before[account] ?? 0n);
});

test('where the company states nothing, or who is named is of no group with the payer, a person looks at it', async () => {
  const never = await setting('never');
  const [a, b] = [await never.invoice(never.one, 60_07n), await never.invoice(never.two, 40_11n)];
  await never.paid(100_18n, `${a.number} ${b.number}`);
  assert.equal(await never.match(), 0);

  const may = await setting('net');
  const [c, d] = [await may.invoice(may.one, 60_07n), await may.invoice(may.stranger, 40_11n)];
  await may.paid(100_18n, `${c.number} ${d.number}`);
  const little = await may.invoice(may.two, 40_11n);
  await may.paid(100_17n, `${c.number} ${little.number}`);
  assert.equal(await may.match(), 0, 'neither a stranger nor a cent short');
});

test('a credit of one is taken off what another of the group owes only where the company says so', async () => {
  for (const [how, applied] of [
    ['debts', 0],
    ['net', 1],
  ] as const) {
    const { tenant, one, two, invoice, note, paid, match, opens } = await setting(how);
    const a = await invoice(one, 60_07n);
    const credit = await note(two, 20_02n);
    const { paymentId } = await paid(40_05n, `${a.number} less ${credit.number}`);
    assert.equal(await match(), applied);
    const expected = applied === 1 ? [0n, 0n, 0n] : [60_07n, -20_02n, -40_05n];
    assert.deepEqual(await opens(a.invoiceId, credit.creditNoteId, paymentId), expected);
    await checkBooks(tenant);

    // By hand it is the same policy.
    const byHand = await invoice(one, 30_00n);
    const other = await note(two, 10_00n);
    const { paymentId: money } = await paid(20_00n, '');
    const ask = tenant.act('cash_applier', applyPayment, {
      paymentId: money,
      allocations: [{ itemId: byHand.itemId, amount: eur(20_00n) }],
      credits: [{ creditItemId: other.itemId, itemId: byHand.itemId, amount: eur(10_00n) }],
    });
    if (how === 'net') await ask;
    else await assert.rejects(ask, { code: 'wrong_customer' });
    await checkBooks(tenant);
  }
});

test('unnamed, a sum over several of the group is applied only where it is the only one; of two as good none', async () => {
  const { one, two, invoice, paid, match, opens, certificates } = await setting('debts');
  const [a, b] = [await invoice(one, 60_07n), await invoice(two, 40_11n)];
  const { paymentId } = await paid(100_18n, 'thanks');
  assert.equal(await match(), 1);
  assert.deepEqual(await opens(a.invoiceId, b.invoiceId, paymentId), [0n, 0n, 0n]);
  const [kept] = await certificates();
  assert.equal(kept?.rule, 'only_sum_of_group');
  assert.deepEqual(kept?.paid_for.toSorted(), ['Nord Foods GmbH', 'Nord Print GmbH']);

  const cross = await setting('debts');
  await cross.invoice(cross.one, 60_07n);
  await cross.invoice(cross.two, 40_11n);
  await cross.invoice(cross.one, 30_05n);
  await cross.invoice(cross.two, 70_13n);
  await cross.paid(100_18n, 'thanks');
  assert.equal(await cross.match(), 0, 'two sums over both');

  const tie = await setting('debts');
  await tie.invoice(tie.one, 60_07n);
  await tie.invoice(tie.two, 60_07n, { dueOn: '2026-01-20' });
  await tie.invoice(tie.two, 40_11n);
  await tie.paid(100_18n, 'thanks');
  assert.equal(await tie.match(), 0, 'what one of them owes alone is no better than what both owe');
});

test('what another company of ours is owed is never paid with it', async () => {
  const { tenant, one, two, invoice, paid, match, opens } = await setting('net');
  const elsewhere = await aCompany(tenant);
  const rules = { ...START_RULES, groupPayments: 'net' as const };
  await tenant.act('owner', replaceMatchingRules, { companyId: elsewhere, rules });
  const [a, b] = [await invoice(one, 60_07n), await invoice(two, 40_11n, { companyId: elsewhere })];
  const { paymentId } = await paid(100_18n, `${a.number} ${b.number}`);
  assert.equal(await match(), 0);
  assert.deepEqual(await opens(a.invoiceId, b.invoiceId, paymentId), [60_07n, 40_11n, -100_18n]);
});

test('in a group credits go to their own customer first, every cent of all is used once, and none crosses where it may not', () => {
  const minor = fc.bigInt({ min: 1n, max: 50_000n });
  const one = (id: string, whose: number, open: bigint): MatchItem => ({
    id: id as ItemId,
    companyId: 'c' as MatchItem['companyId'],
    customerId: `k${whose}` as CustomerId,
    kind: open < 0n ? 'credit_note' : 'invoice',
    documentId: id,
    reference: id,
    amount: eur(open),
    open: eur(open),
    postedOn: parseDate('2026-01-01'),
    dueOn: parseDate('2026-02-01'),
  });
  const several = fc.array(fc.tuple(fc.nat(2), minor), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(several, several, fc.boolean(), (owed, less, across) => {
      const items = [
        ...owed.map(([whose, open], n) => one(`d${n}`, whose, open)),
        ...less.map(([whose, open], n) => one(`c${n}`, whose, -open)),
      ];
      const total = items.reduce((sum, item) => sum + item.open.minor, 0n);
      fc.pre(total > 0n);
      const netted = netCredits({ amount: eur(total) }, items, { customerId: 'p' as CustomerId, across });
      const sumOf = (whose: number, sign: (open: bigint) => boolean): bigint =>
        items
          .filter((item) => item.customerId === `k${whose}` && sign(item.open.minor))
          .reduce((sum, item) => sum + item.open.minor, 0n);
      const isWithin = [0, 1, 2].every(
        (whose) => sumOf(whose, () => true) >= 0n || sumOf(whose, (o) => o < 0n) === 0n,
      );
      assert.equal(netted !== undefined, across || isWithin);
      if (netted === undefined) return;
      for (const item of items) {
        const parts: readonly (Netting | Allocation)[] = [...netted.nettings, ...netted.allocations].filter(
          (part) =>
            'itemId' in part
              ? part.itemId === item.id
              : part.creditItemId === item.id || part.debitItemId === item.id,
        );
        const given: bigint = parts.reduce((sum, part) => sum + part.amount.minor, 0n);
        assert.equal(given, item.open.minor < 0n ? -item.open.minor : item.open.minor);
      }
      const whoseOf = (id: string) => items.find((item) => item.id === id)?.customerId;
      for (const whose of [0, 1, 2]) {
        const own: readonly Netting[] = netted.nettings.filter(
          (part) => whoseOf(part.creditItemId) === `k${whose}` && whoseOf(part.debitItemId) === `k${whose}`,
        );
        const given: bigint = own.reduce((sum, part) => sum + part.amount.minor, 0n);
        const [debts, credits] = [sumOf(whose, (o) => o > 0n), -sumOf(whose, (o) => o < 0n)];
        assert.equal(given, debts < credits ? debts : credits, 'its own come first');
      }
    }),
    { numRuns: 300 },
  );
});

test('of a payer with very many below it all are looked at, or nothing is applied by itself', async () => {
  const { tenant, parent, invoice, paid, match, opens } = await setting('debts');
  // More than are shown as candidates: the one that owes the same is the last of them.
  const more: CustomerId[] = [];
  for (let n = 0; n < 24; n += 1)
    more.push(await aCustomer(tenant, { name: `Below ${n} GmbH`, parentId: parent }));
  const [first, last] = [more[0] as CustomerId, more.at(-1) as CustomerId];
  const [a, b] = [await invoice(first, 73_31n), await invoice(last, 73_31n)];
  await paid(73_31n, 'thanks');
  assert.equal(await match(), 0, 'two of them owe it');
  assert.deepEqual(await opens(a.invoiceId, b.invoiceId), [73_31n, 73_31n]);
  const only = await invoice(last, 19_57n);
  await paid(19_57n, 'thanks');
  assert.equal(await match(), 1, 'one of them alone does, and it is not among the first twenty');
  assert.deepEqual(await opens(only.invoiceId), [0n]);
});

test('of more below a payer than are looked at a receipt that names nothing waits, and says so', async () => {
  const { tenant, parent, one, invoice, paid, match, opens } = await setting('debts');
  await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql`insert into customer (tenant_id, id, number, name, parent_id)
      select ${tx.tenantId}::uuid, gen_random_uuid(), 'B' || n, 'Below ' || n, ${parent}::uuid
      from generate_series(1, ${MATCH_BELOW_MAX}::int) n`),
  );
  const a = await invoice(one, 73_31n);
  const { paymentId } = await paid(73_31n, 'thanks');
  assert.equal(await match(), 0);
  const found = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readPayment(tx, tenant.as('viewer'), paymentId),
  );
  assert.equal(found.match?.rule, 'too_many_candidates');
  await paid(73_31n, a.number);
  assert.equal(await match(), 1, 'what is named is applied however many there are');
  assert.deepEqual(await opens(a.invoiceId), [0n]);
});
