import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { creditInvoice } from '#invoicing/credit-invoice.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { ItemId, PaymentId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { returnPayment } from '#payments/return-payment.ts';
import { unapplyPayment } from '#payments/unapply-payment.ts';
import { writeOffItems } from '#writeoffs/write-off-items.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer, aLine, anInvoice, aPaidRefund, aPayment } from '../../test/support/builders.ts';
import { RACERS, race, raceHeld } from '../../test/support/race.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { recordRemedy } from './change-dispute.ts';
import { putClaimCode, putDisputeReason } from './change-reasons.ts';
import { closeDispute, releaseDispute, reopenDispute } from './close-dispute.ts';
import * as contract from './contract.ts';
import { openDispute } from './open-dispute.ts';
import { readAmounts, readDisputed } from './read-amounts.ts';
import { routes } from './routes.ts';
import { sumOf } from './standing.ts';

const eur = (minor: bigint) => money(minor, 'EUR');

async function setting() {
  const tenant = await newTenant({ on: '2026-03-10' });
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  const invoice = await anInvoice(tenant, {
    companyId,
    customerId,
    minor: 1_000_00n,
    issuedOn: '2026-01-10',
    dueOn: '2026-02-09',
  });
  const open = async (minor?: bigint, itemId: ItemId = invoice.itemId, more = {}) =>
    (
      await tenant.act('collector', openDispute, {
        items: [{ itemId, ...(minor === undefined ? {} : { amount: eur(minor) }) }],
        reason: 'quality',
        ...more,
      })
    ).disputeId;
  const standing = (disputeId: string, past = {}) =>
    inTenant(tenant.pool, tenant.tenantId, async (tx) => {
      const items = (await readAmounts(tx, [disputeId], past)).get(disputeId) ?? [];
      const { original, open, paid, credited, writtenOff, released } = sumOf(items.map((i) => i.amounts));
      assert.equal(original, open + paid + credited + writtenOff + released);
      return { open, paid, credited, writtenOff, released };
    });
  const disputed = (past = {}) =>
    inTenant(
      tenant.pool,
      tenant.tenantId,
      async (tx) => (await readDisputed(tx, [invoice.itemId], past)).get(invoice.itemId)?.minor,
    );
  const pay = async (minor: bigint) => {
    const { paymentId } = await aPayment(tenant, { companyId, customerId, minor, receivedOn: '2026-03-01' });
    await tenant.act('cash_applier', applyPayment, {
      paymentId,
      allocations: [{ itemId: invoice.itemId, amount: eur(minor) }],
    });
    return paymentId as PaymentId;
  };
  return { tenant, companyId, customerId, invoice, open, standing, disputed, pay };
}

const none = { open: 0n, paid: 0n, credited: 0n, writtenOff: 0n, released: 0n };

test('part of an invoice is disputed, paid round, and taken back exactly', async () => {
  const { tenant, open, standing, disputed, pay } = await setting();
  const id = await open(300_00n);
  assert.equal(await disputed(), 300_00n);
  const first = await pay(700_00n);
  assert.deepEqual(await standing(id), { ...none, open: 300_00n });
  const second = await pay(120_00n);
  assert.deepEqual(await standing(id), { ...none, open: 180_00n, paid: 120_00n });
  await tenant.act('cash_applier', unapplyPayment, { paymentId: second });
  assert.deepEqual(await standing(id), { ...none, open: 300_00n });
  await tenant.act('cash_applier', unapplyPayment, { paymentId: first });
  assert.deepEqual(await standing(id), { ...none, open: 300_00n });
});

test('no more is disputed than is open and not in dispute yet', async () => {
  const { open, pay } = await setting();
  await open(300_00n);
  await pay(600_00n);
  await assert.rejects(open(100_01n), { code: 'exceeds_undisputed' });
  await open(100_00n);
  await assert.rejects(open(), { code: 'exceeds_undisputed' });
});

test('a credit note for the dispute takes the disputed part, and the dispute can then be decided for the customer', async () => {
  const { tenant, invoice, open, standing } = await setting();
  const id = await open(300_00n);
  await assert.rejects(tenant.act('controller', closeDispute, { disputeId: id, outcome: 'valid' }), {
    code: 'dispute_still_open',
  });
  const note = await tenant.act('controller', creditInvoice, {
    invoiceId: invoice.invoiceId,
    reason: 'quality',
    lines: [aLine(300_00n)],
  });
  assert.deepEqual(await standing(id), { ...none, open: 300_00n });
  await tenant.act('controller', recordRemedy, { disputeId: id, documentId: note.creditNoteId });
  assert.deepEqual(await standing(id), { ...none, credited: 300_00n });
  await assert.rejects(
    tenant.act('controller', recordRemedy, { disputeId: id, documentId: note.creditNoteId }),
    { code: 'remedy_taken' },
  );
  await tenant.act('controller', closeDispute, { disputeId: id, outcome: 'valid', rootCause: 'delivery' });
  assert.deepEqual(await standing(id), { ...none, credited: 300_00n });
});

test('decided against the customer all is owed again; the decision can be taken back', async () => {
  const { tenant, open, standing, disputed } = await setting();
  const id = await open(300_00n);
  tenant.on('2026-03-20');
  await tenant.act('controller', closeDispute, { disputeId: id, outcome: 'invalid' });
  assert.deepEqual(await standing(id), { ...none, released: 300_00n });
  assert.equal(await disputed(), undefined);
  assert.equal(await disputed({ asOf: parseDate('2026-03-19') }), 300_00n);
  assert.equal(await disputed({ asOf: parseDate('2026-03-09') }), undefined);
  await assert.rejects(tenant.act('controller', closeDispute, { disputeId: id, outcome: 'invalid' }), {
    code: 'dispute_closed',
  });
  await tenant.act('controller', reopenDispute, { disputeId: id, note: 'New photographs' });
  assert.deepEqual(await standing(id), { ...none, open: 300_00n });
});

test('a collector opens disputes and does not decide them', async () => {
  const { tenant, open } = await setting();
  const id = await open(10_00n);
  await assert.rejects(tenant.act('collector', closeDispute, { disputeId: id, outcome: 'invalid' }), {
    code: 'not_permitted',
  });
});

test('part of a dispute is given up', async () => {
  const { tenant, invoice, open, standing } = await setting();
  const id = await open(300_00n);
  const release = (minor: bigint) =>
    tenant.act('controller', releaseDispute, {
      disputeId: id,
      items: [{ itemId: invoice.itemId, amount: eur(minor) }],
      note: 'Two of three pieces were found',
    });
  assert.equal((await release(200_00n)).open.amount, '100.00');
  await assert.rejects(release(100_01n), { code: 'exceeds_disputed' });
  assert.deepEqual(await standing(id), { ...none, open: 100_00n, released: 200_00n });
});

test('the disputed part bears no interest while it is disputed', async () => {
  const { tenant, invoice, open } = await setting();
  const id = await open(300_00n);
  const exclusions = () =>
    inTenant(tenant.pool, tenant.tenantId, async (tx) => {
      return tx.run(sql<{
        amount_minor: bigint;
        from_on: Temporal.PlainDate;
        to_on: Temporal.PlainDate | null;
        annulled: boolean;
      }>`
        select amount_minor, from_on, to_on, annulled from charge_exclusion
        where tenant_id = ${tenant.tenantId} and item_id = ${invoice.itemId} order by recorded_at`);
    });
  assert.deepEqual(
    (await exclusions()).map((e) => [e.amount_minor, e.from_on.toString(), e.to_on]),
    [[300_00n, '2026-03-10', null]],
  );
  tenant.on('2026-03-20');
  await tenant.act('controller', releaseDispute, {
    disputeId: id,
    items: [{ itemId: invoice.itemId, amount: eur(100_00n) }],
    note: 'Agreed',
  });
  assert.deepEqual(
    (await exclusions()).map((e) => [e.amount_minor, e.from_on.toString(), e.to_on?.toString() ?? null]),
    [
      [300_00n, '2026-03-10', '2026-03-19'],
      [200_00n, '2026-03-20', null],
    ],
  );
  tenant.on('2026-03-25');
  await tenant.act('controller', closeDispute, { disputeId: id, outcome: 'withdrawn' });
  assert.equal((await exclusions()).at(-1)?.to_on?.toString(), '2026-03-24');
});

test('a claim made before is refused by its number, unless it is another one', async () => {
  const { open } = await setting();
  const id = await open(50_00n, undefined, { claimNumber: 'DN-4711' });
  await assert.rejects(
    open(20_00n, undefined, { claimNumber: 'dn 4711' }),
    (error: { code: string; facts: object }) => {
      assert.equal(error.code, 'claim_known');
      assert.deepEqual((error.facts as { disputeId: string }).disputeId, id);
      return true;
    },
  );
  await open(20_00n, undefined, { claimNumber: 'dn 4711', acceptDuplicate: true });
});

test('deductions of a short payment name a claim made before, and vanish with what the payment settled', async () => {
  const { tenant, companyId, invoice, customerId, standing, disputed } = await setting();
  await tenant.act('owner', putDisputeReason, { code: 'late_truck', name: 'Truck came late', inUse: true });
  await tenant.act('owner', putClaimCode, { customerId, code: 'C-17', reason: 'late_truck' });
  const { paymentId } = await aPayment(tenant, {
    companyId,
    customerId,
    minor: 900_00n,
    receivedOn: '2026-03-01',
  });
  const claim = { itemId: invoice.itemId, claimNumber: '88', claimCode: 'c17' };
  const { deductions } = await tenant.act('cash_applier', applyPayment, {
    paymentId,
    allocations: [{ itemId: invoice.itemId, amount: eur(900_00n) }],
    deductions: [
      { ...claim, amount: eur(60_00n) },
      { ...claim, amount: eur(40_00n) },
    ],
  });
  const [first, second] = deductions;
  assert.ok(first && second);
  assert.equal(first.reason, 'late_truck');
  assert.deepEqual(second.duplicateOf, { disputeId: first.disputeId, number: first.number });
  assert.equal(await disputed(), 100_00n);
  await tenant.act('cash_applier', unapplyPayment, { paymentId });
  assert.equal(await disputed(), undefined);
  assert.deepEqual(await standing(first.disputeId), { ...none, released: 60_00n });
  await assert.rejects(tenant.act('controller', reopenDispute, { disputeId: first.disputeId, note: 'no' }), {
    code: 'dispute_undone',
  });
});

test('a returned payment takes its deductions with it, but not one that was credited meanwhile', async () => {
  const { tenant, companyId, invoice, customerId, standing, disputed } = await setting();
  const { paymentId } = await aPayment(tenant, {
    companyId,
    customerId,
    minor: 900_00n,
    receivedOn: '2026-03-01',
  });
  const { deductions } = await tenant.act('cash_applier', applyPayment, {
    paymentId,
    allocations: [{ itemId: invoice.itemId, amount: eur(900_00n) }],
    deductions: [
      { itemId: invoice.itemId, amount: eur(60_00n), reason: 'pricing' },
      { itemId: invoice.itemId, amount: eur(40_00n), reason: 'delivery' },
    ],
  });
  const [kept, gone] = deductions;
  assert.ok(kept && gone);
  const note = await tenant.act('controller', creditInvoice, {
    invoiceId: invoice.invoiceId,
    reason: 'price',
    lines: [aLine(60_00n)],
  });
  await tenant.act('controller', recordRemedy, { disputeId: kept.disputeId, documentId: note.creditNoteId });
  await tenant.act('cash_applier', returnPayment, { paymentId, reason: 'AC04' });
  assert.deepEqual(await standing(kept.disputeId), { ...none, credited: 60_00n });
  assert.deepEqual(await standing(gone.disputeId), { ...none, released: 40_00n });
  assert.equal(await disputed(), undefined);
});

test('what a customer was granted is not chased when the money that had settled it comes back', async () => {
  const { tenant, open, standing, disputed, pay } = await setting();
  const id = await open(300_00n);
  await pay(700_00n);
  const rest = await pay(300_00n);
  await tenant.act('controller', closeDispute, { disputeId: id, outcome: 'valid' });
  assert.equal(await disputed(), undefined);
  await tenant.act('controller', returnPayment, { paymentId: rest, reason: 'AC04' });
  assert.equal(await disputed(), 300_00n);
  assert.deepEqual(await standing(id), { ...none, open: 300_00n });
  const reopened = (await tenant.events()).filter((e) => e.type === 'dispute.reopened');
  assert.equal(reopened.length, 1);
});

test('of two payments whichever comes back leaves what was granted unchased, and asks for the rest', async () => {
  const { tenant, open, disputed, pay } = await setting();
  const id = await open(300_00n);
  const first = await pay(700_00n);
  await pay(300_00n);
  await tenant.act('controller', closeDispute, { disputeId: id, outcome: 'goodwill' });
  await tenant.act('cash_applier', unapplyPayment, { paymentId: first });
  assert.equal(await disputed(), 300_00n, 'of 700.00 that are open, 400.00 are asked for');
});

test('paid means paid: what was settled so and comes back is owed, and what was released before stays released', async () => {
  const { tenant, open, disputed, pay, invoice } = await setting();
  const id = await open(300_00n);
  await tenant.act('controller', releaseDispute, {
    disputeId: id,
    items: [{ itemId: invoice.itemId, amount: eur(100_00n) }],
    note: 'our mistake in part',
  });
  const all = await pay(1_000_00n);
  await tenant.act('controller', closeDispute, { disputeId: id, outcome: 'settled' });
  await tenant.act('cash_applier', unapplyPayment, { paymentId: all });
  assert.equal(await disputed(), undefined);
  await tenant.act('controller', reopenDispute, { disputeId: id, note: 'again' });
  const again = await pay(1_000_00n);
  await tenant.act('controller', closeDispute, { disputeId: id, outcome: 'valid' });
  await tenant.act('controller', returnPayment, { paymentId: again, reason: 'AC04' });
  assert.equal(await disputed(), 200_00n);
});

test('what a dispute lost to another one that was opened again is no ground to open it when money goes', async () => {
  const { tenant, open, standing, pay } = await setting();
  const before = await open(1_000_00n);
  await tenant.act('controller', closeDispute, { disputeId: before, outcome: 'invalid' });
  const granted = await open(300_00n);
  await tenant.act('controller', reopenDispute, { disputeId: before, note: 'New photographs' });
  assert.deepEqual(await standing(granted), { ...none, released: 300_00n });
  await tenant.act('controller', closeDispute, { disputeId: granted, outcome: 'valid' });
  const other = await pay(100_00n);
  await tenant.act('cash_applier', unapplyPayment, { paymentId: other });
  const reopened = (await tenant.events()).filter((e) => e.type === 'dispute.reopened');
  assert.deepEqual(
    reopened.map((e) => e.subjectId),
    [before],
    'only by hand',
  );
});

test('a credit note that a decision rests on stays its ground when the payment beside it comes back', async () => {
  const { tenant, companyId, customerId, invoice, standing, disputed } = await setting();
  const { paymentId } = await aPayment(tenant, {
    companyId,
    customerId,
    minor: 900_00n,
    receivedOn: '2026-03-01',
  });
  const { deductions } = await tenant.act('cash_applier', applyPayment, {
    paymentId,
    allocations: [{ itemId: invoice.itemId, amount: eur(900_00n) }],
    deductions: [{ itemId: invoice.itemId, amount: eur(100_00n), reason: 'pricing' }],
  });
  const disputeId = deductions[0]?.disputeId ?? '';
  // Nobody says that it is made for the deduction.
  await tenant.act('controller', creditInvoice, {
    invoiceId: invoice.invoiceId,
    reason: 'price',
    lines: [aLine(100_00n)],
  });
  await tenant.act('controller', closeDispute, { disputeId, outcome: 'valid' });
  await tenant.act('controller', returnPayment, { paymentId, reason: 'AC04' });
  assert.deepEqual(await standing(disputeId), { ...none, credited: 100_00n });
  assert.equal(await disputed(), undefined, 'of 900.00 that are open all are owed: the 100.00 are credited');
});

test('a deduction ends when what began it is taken back from the other side: from a refund it was paid for', async () => {
  const { tenant, companyId, customerId } = await setting();
  const payment = (minor: bigint) =>
    aPayment(tenant, { companyId, customerId, minor, receivedOn: '2026-03-01' });
  const first = await payment(100_00n);
  const refund = await aPaidRefund(tenant, { companyId, customerId, paidOn: '2026-03-01' });
  await tenant.act('cash_applier', unapplyPayment, { paymentId: first.paymentId });
  const second = await payment(60_00n);
  const { deductions } = await tenant.act('cash_applier', applyPayment, {
    paymentId: second.paymentId,
    allocations: [{ itemId: refund.itemId, amount: eur(60_00n) }],
    deductions: [{ itemId: refund.itemId, amount: eur(40_00n), reason: 'terms' }],
  });
  await tenant.act('cash_applier', unapplyPayment, { paymentId: refund.paymentId });
  const ask = await serveTo(tenant, routes);
  const disputeId = deductions[0]?.disputeId ?? '';
  const { reply } = await ask('viewer', contract.readDispute, { params: { disputeId } });
  assert.deepEqual([reply.state, reply.outcome], ['closed', 'undone']);
});

test('a deduction is of an item that the payment settles, and no more than it leaves open', async () => {
  const { tenant, companyId, invoice, customerId } = await setting();
  const other = await anInvoice(tenant, { companyId, customerId });
  const { paymentId } = await aPayment(tenant, {
    companyId,
    customerId,
    minor: 900_00n,
    receivedOn: '2026-03-01',
  });
  const apply = (itemId: ItemId, minor: bigint) =>
    tenant.act('cash_applier', applyPayment, {
      paymentId,
      allocations: [{ itemId: invoice.itemId, amount: eur(900_00n) }],
      deductions: [{ itemId, amount: eur(minor), reason: 'pricing' }],
    });
  await assert.rejects(apply(other.itemId, 10_00n), { code: 'deduction_of_other_item' });
  await assert.rejects(apply(invoice.itemId, 100_01n), { code: 'exceeds_undisputed' });
});

test('disputes are read over HTTP with what may be done', async () => {
  const { tenant, customerId, invoice, open } = await setting();
  const ask = await serveTo(tenant, routes);
  const id = await open(300_00n, undefined, { note: 'Scratched', claimNumber: 'DN 1' });
  const { reply: list } = await ask('viewer', contract.listDisputes, { query: { customerId } });
  assert.deepEqual(
    list.rows.map((row) => [row.number, row.state, row.amounts.open.amount, row.references]),
    [['D-2026-00001', 'open', '300.00', [invoice.number]]],
  );
  const { reply: one } = await ask('viewer', contract.readDispute, { params: { disputeId: id } });
  assert.deepEqual(one.may, {
    record: 'not_permitted',
    decide: 'not_permitted',
    credit: 'not_permitted',
    reopen: 'not_permitted',
  });
  assert.deepEqual(
    one.history.map((event) => event.type),
    ['dispute.opened'],
  );
  const { reply: found } = await ask('viewer', contract.listDisputes, {
    query: { search: 'dn1', state: 'closed' },
  });
  assert.deepEqual(found.rows, []);
});

// Seen to fail with the lock on the items taken out.
test('eight who dispute the same money at once get what is open once', async () => {
  const { tenant, open, disputed } = await setting();
  const { won, codes } = await race(
    tenant,
    Array.from({ length: RACERS }, () => () => open(300_00n)),
  );
  assert.equal(won, 3);
  assert.deepEqual(codes, Array(RACERS - 3).fill('exceeds_undisputed'));
  assert.equal(await disputed(), 900_00n);
});

test('two disputes that one write-off settled, decided at once: one rests on it, the other is told to repeat', async () => {
  const { tenant, companyId, customerId, invoice, open } = await setting();
  const other = await anInvoice(tenant, { companyId, customerId, minor: 50_00n, issuedOn: '2026-01-10' });
  const disputes = [await open(), await open(undefined, other.itemId)];
  await tenant.act('controller', writeOffItems, {
    kind: 'goodwill',
    reason: 'both',
    items: [
      { itemId: invoice.itemId, amount: eur(1_000_00n) },
      { itemId: other.itemId, amount: eur(50_00n) },
    ],
  });
  const close = (disputeId: string) =>
    tenant.act('controller', closeDispute, { disputeId, outcome: 'goodwill' });
  const outcome = await raceHeld(
    tenant,
    disputes.map((id) => () => close(id)),
  );
  assert.deepEqual([outcome.won, outcome.codes], [1, ['changed_meanwhile']]);
  const again = await Promise.allSettled(disputes.map((id) => close(id)));
  assert.deepEqual(again.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected']);
});
