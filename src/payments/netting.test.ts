import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { recordRemedy } from '#disputes/change-dispute.ts';
import { closeDispute } from '#disputes/close-dispute.ts';
import { openDispute } from '#disputes/open-dispute.ts';
import { readDisputed } from '#disputes/read-amounts.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { CustomerId, ItemId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { serveTo } from '../../test/support/ask.ts';
import { checkBooks } from '../../test/support/books.ts';
import { aCompany, aCustomer, anInvoice, aPayment, itemsOf } from '../../test/support/builders.ts';
import { creditAgainst } from '../../test/support/busy-ledger.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { applyReceipts } from './apply-receipts.ts';
import * as contract from './contract.ts';
import { netCredits } from './netting.ts';
import type { MatchItem } from './receipt.ts';
import { returnPayment } from './return-payment.ts';
import { routes } from './routes.ts';
import { unapplyPayment } from './unapply-payment.ts';

const eur = (minor: bigint) => money(minor, 'EUR');

const item = (id: string, minor: bigint, given: Partial<MatchItem> = {}): MatchItem => ({
  id: id as ItemId,
  companyId: 'c' as MatchItem['companyId'],
  customerId: 'k' as CustomerId,
  kind: minor < 0n ? 'credit_note' : 'invoice',
  documentId: id,
  reference: id,
  amount: eur(minor),
  open: eur(minor),
  postedOn: parseDate('2026-01-01'),
  dueOn: parseDate('2026-02-01'),
  ...given,
});

test('whatever debts and credits: every cent of both is used, none twice, and the money pays the rest', () => {
  const minor = fc.bigInt({ min: 1n, max: 100_000n });
  fc.assert(
    fc.property(
      fc.array(minor, { minLength: 1, maxLength: 6 }),
      fc.array(minor, { maxLength: 4 }),
      (debts, credits) => {
        const items = [
          ...debts.map((open, index) => item(`d${index}`, open)),
          ...credits.map((open, index) => item(`c${index}`, -open)),
        ];
        const total = items.reduce((sum, one) => sum + one.open.minor, 0n);
        fc.pre(total > 0n);
        const netted = netCredits({ amount: eur(total) }, items);
        assert.ok(netted);
        for (const { id, open } of items) {
          const given: bigint = [...netted.nettings, ...netted.allocations].reduce((sum: bigint, part) => {
            const isIts =
              'itemId' in part ? part.itemId === id : part.creditItemId === id || part.debitItemId === id;
            return isIts ? sum + part.amount.minor : sum;
          }, 0n);
          assert.equal(given, open.minor < 0n ? -open.minor : open.minor);
        }
        assert.equal(netCredits({ amount: eur(total + 1n) }, items), undefined);
      },
    ),
    { numRuns: 300 },
  );
});

test('debts of several customers, and credits alone, are never netted', () => {
  const other = item('b', 50n, { customerId: 'l' as CustomerId });
  assert.equal(netCredits({ amount: eur(140n) }, [item('a', 100n), other, item('c', -10n)]), undefined);
  assert.equal(netCredits({ amount: eur(-10n) }, [item('c', -10n)]), undefined);
});

async function setting() {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  const invoice = (minor: bigint) => anInvoice(tenant, { companyId, customerId, minor });
  const credit = async (minor: bigint) => {
    const on = parseDate('2026-01-05');
    const given = { companyId, customerId, minor, currency: 'EUR', on };
    const { creditNoteId } = await tenant.act('owner', creditAgainst, given);
    const [own] = await itemsOf(tenant, creditNoteId);
    return { creditNoteId, number: own?.reference ?? '' };
  };
  const openOf = async (documentId: string) =>
    (await itemsOf(tenant, documentId)).reduce((sum, one) => sum + one.open.minor, 0n);
  const match = () => tenant.act('owner', applyReceipts, {});
  const certificates = () =>
    inTenant(tenant.pool, tenant.tenantId, (tx) =>
      tx.run(sql<{ rule: string; netted: unknown }>`select rule, certificate -> 'creditsNetted' as netted
        from match_certificate where tenant_id = ${tx.tenantId}`),
    );
  return { tenant, companyId, customerId, invoice, credit, openOf, match, certificates };
}

for (const named of [true, false])
  test(`a payment less an open credit note settles both, and taken back all is as it was: ${named ? 'named' : 'the only sum'}`, async () => {
    const { tenant, companyId, customerId, invoice, credit, openOf, match, certificates } = await setting();
    const [one, other] = [await invoice(100_03n), await invoice(61_11n)];
    const note = await credit(20_02n);
    const reference = named ? `${one.number} less ${note.number}` : 'thanks';
    const { paymentId } = await aPayment(tenant, { companyId, customerId, minor: 80_01n, reference });
    const before = await checkBooks(tenant);
    const all = [one.invoiceId, other.invoiceId, note.creditNoteId];
    const open = async () => Promise.all(all.map(openOf));
    assert.equal((await match()).applied, 1);
    assert.deepEqual(await open(), [0n, 61_11n, 0n]);
    assert.equal(await openOf(paymentId), 0n);
    assert.deepEqual(await certificates(), [
      {
        rule: named ? 'reference_sum_less_credit' : 'only_sum_less_credit',
        netted: [{ credit: note.number, of: one.number, amount: '20.02' }],
      },
    ]);
    await checkBooks(tenant);
    if (named) await tenant.act('cash_applier', unapplyPayment, { paymentId });
    else await tenant.act('cash_applier', returnPayment, { paymentId, reason: 'AM04' });
    assert.deepEqual(await open(), [100_03n, 61_11n, -20_02n]);
    const after = await checkBooks(tenant);
    if (named) for (const account of Object.keys(after)) assert.equal(after[account], before[account] ?? 0n);
  });

for (const back of ['unapplied', 'returned'] as const)
  test(`a payment that is ${back} takes a netted credit note off again, and the dispute that it had ended is open`, async () => {
    const { tenant, companyId, customerId, invoice, credit, match } = await setting();
    const { itemId, number } = await invoice(100_03n);
    const note = await credit(20_02n);
    const { disputeId } = await tenant.act('collector', openDispute, {
      items: [{ itemId, amount: eur(20_02n) }],
      reason: 'quality',
    });
    const reference = `${number} less ${note.number}`;
    const { paymentId } = await aPayment(tenant, { companyId, customerId, minor: 80_01n, reference });
    assert.equal((await match()).applied, 1);
    await tenant.act('collector', recordRemedy, { disputeId, documentId: note.creditNoteId });
    await tenant.act('controller', closeDispute, { disputeId, outcome: 'valid' });
    if (back === 'unapplied') await tenant.act('cash_applier', unapplyPayment, { paymentId });
    else await tenant.act('cash_applier', returnPayment, { paymentId, reason: 'AM04' });
    const disputed = await inTenant(tenant.pool, tenant.tenantId, (tx) => readDisputed(tx, [itemId]));
    assert.equal(disputed.get(itemId)?.minor, 20_02n);
    assert.ok((await tenant.events()).some(({ type }) => type === 'dispute.reopened'));
    await checkBooks(tenant);
  });

test('where another choice comes to the amount as well, nothing is applied and both are shown', async () => {
  const { tenant, companyId, customerId, invoice, credit, openOf, match } = await setting();
  const [one, other] = [await invoice(100_03n), await invoice(90_02n)];
  await credit(20_02n);
  await credit(10_01n);
  const { paymentId } = await aPayment(tenant, {
    ...{ companyId, customerId, minor: 80_01n },
    reference: 'thanks',
  });
  assert.equal((await match()).applied, 0);
  const open = await Promise.all([one.invoiceId, other.invoiceId, paymentId].map(openOf));
  assert.deepEqual(open, [100_03n, 90_02n, -80_01n]);
  const ask = await serveTo(tenant, routes);
  const { reply } = await ask('viewer', contract.getPayment, { params: { paymentId } });
  const sums = reply.match?.suggestions.filter(({ kind }) => kind === 'sum') ?? [];
  const shown = sums.map(({ allocations }) =>
    allocations.map(({ reference, amount }) => [reference, amount.amount]),
  );
  assert.deepEqual(shown.toSorted(), [[[one.number, '80.01']], [[other.number, '80.01']]]);
  for (const { credits } of sums) assert.equal(credits.length, 1, 'it says which credit the sum is less');
});
