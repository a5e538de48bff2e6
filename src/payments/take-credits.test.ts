import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { parseDate } from '#kernel/calendar.ts';
import type { ItemId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { serveTo } from '../../test/support/ask.ts';
import { checkBooks } from '../../test/support/books.ts';
import { aCompany, aCustomer, anInvoice, aPayment, itemsOf } from '../../test/support/builders.ts';
import { creditAgainst } from '../../test/support/busy-ledger.ts';
import { race, runWhileHeld } from '../../test/support/race.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { applyPayment } from './apply-payment.ts';
import { applyReceipts } from './apply-receipts.ts';
import * as contract from './contract.ts';
import { identifyPayment } from './identify-payment.ts';
import { returnPayment } from './return-payment.ts';
import { routes } from './routes.ts';
import { unapplyPayment } from './unapply-payment.ts';

const eur = (minor: bigint) => money(minor, 'EUR');

async function setting() {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  const invoice = (minor: bigint, dueOn = '2026-02-01') =>
    anInvoice(tenant, { companyId, customerId, minor, dueOn });
  const note = async (minor: bigint, whose = customerId) => {
    const on = parseDate('2026-01-05');
    const given = { companyId, customerId: whose, minor, currency: 'EUR', on };
    const { creditNoteId } = await tenant.act('owner', creditAgainst, given);
    const [own] = await itemsOf(tenant, creditNoteId);
    assert.ok(own);
    return { creditNoteId, itemId: own.id, number: own.reference };
  };
  const payment = (minor: bigint) => aPayment(tenant, { companyId, customerId, minor });
  const openOf = async (documentId: string) =>
    (await itemsOf(tenant, documentId)).reduce((sum, one) => sum + one.open.minor, 0n);
  const opens = (...documentIds: readonly string[]) => Promise.all(documentIds.map(openOf));
  return { tenant, companyId, customerId, invoice, note, payment, openOf, opens };
}

test('an invoice less a credit note and money on account is settled in one act, and all of it is undone as one', async () => {
  const { tenant, invoice, note, payment, opens } = await setting();
  const bill = await invoice(100_00n);
  const credit = await note(15_00n);
  const earlier = await payment(5_00n);
  const paid = await payment(80_00n);
  const all = () => opens(bill.invoiceId, credit.creditNoteId, earlier.paymentId, paid.paymentId);
  const before = await checkBooks(tenant);

  const input = {
    paymentId: paid.paymentId,
    allocations: [{ itemId: bill.itemId, amount: eur(80_00n) }],
    credits: [
      { creditItemId: credit.itemId, itemId: bill.itemId, amount: eur(15_00n) },
      { creditItemId: earlier.itemId, itemId: bill.itemId, amount: eur(5_00n) },
    ],
  };
  const rehearsed = await tenant.act('cash_applier', applyPayment, input, { rehearse: true });
  assert.deepEqual(
    rehearsed.credits.map((one) => [one.credit, one.reference, one.amount.amount]),
    [
      [credit.number, bill.number, '15.00'],
      [earlier.number, bill.number, '5.00'],
    ],
  );
  assert.deepEqual(await all(), [100_00n, -15_00n, -5_00n, -80_00n], 'a rehearsal leaves nothing behind');

  const done = await tenant.act('cash_applier', applyPayment, input);
  assert.deepEqual(await all(), [0n, 0n, 0n, 0n]);
  assert.deepEqual(
    done.items.map((one) => [one.reference, one.open.amount]),
    [[bill.number, '0.00']],
  );
  await checkBooks(tenant);
  const ask = await serveTo(tenant, routes);
  const told = async () => {
    const { reply } = await ask('viewer', contract.getPayment, { params: { paymentId: paid.paymentId } });
    return reply.credits.map((one) => [
      ...[one.credit.reference, one.item.reference, one.amount.amount],
      one.takenBackOn !== null,
    ]);
  };
  assert.deepEqual(await told(), [
    [credit.number, bill.number, '15.00', false],
    [earlier.number, bill.number, '5.00', false],
  ]);

  const applicationIds = done.applications.map((one) => one.applicationId) as never;
  await tenant.act('cash_applier', unapplyPayment, { paymentId: paid.paymentId, applicationIds });
  assert.deepEqual(await all(), [100_00n, -15_00n, -5_00n, -80_00n]);
  assert.deepEqual(
    (await told()).map((one) => one.at(-1)),
    [true, true],
  );
  const after = await checkBooks(tenant);
  for (const account of Object.keys(after)) assert.equal(after[account], before[account] ?? 0n);
});

test('whatever is split: every cent of money and credits goes once, and taking back is the inverse', async () => {
  const { tenant, invoice, note, payment, opens } = await setting();
  const bills = [await invoice(60_00n), await invoice(40_00n), await invoice(25_01n)];
  const credits = [await note(30_00n), await note(12_34n)];
  const earlier = await payment(9_99n);
  const paid = await payment(90_00n);
  const sources = [...credits.map((one) => one.itemId), earlier.itemId];
  const all = () =>
    opens(
      ...bills.map((one) => one.invoiceId),
      ...credits.map((one) => one.creditNoteId),
      earlier.paymentId,
      paid.paymentId,
    );
  const before = await all();
  const part = fc.tuple(fc.nat(2), fc.integer({ min: 1, max: 100 }));
  await fc.assert(
    fc.asyncProperty(
      fc.array(part, { minLength: 1, maxLength: 4 }),
      fc.array(fc.tuple(fc.nat(2), part), { maxLength: 5 }),
      async (moneyParts, creditParts) => {
        // As much of each as there is room for, so that what is asked for can be.
        const room = before.map((minor) => (minor < 0n ? -minor : minor));
        const take = (from: number, to: number, percent: number): bigint => {
          const [has, open] = [room[from] ?? 0n, room[to] ?? 0n];
          const amount = ((has < open ? has : open) * BigInt(percent)) / 100n;
          room[from] = has - amount;
          room[to] = open - amount;
          return amount;
        };
        const given = creditParts.flatMap(([from, [to, percent]]) => {
          const amount = take(3 + from, to, percent);
          const creditItemId = sources[from] as ItemId;
          return amount > 0n
            ? [{ creditItemId, itemId: bills[to]?.itemId as ItemId, amount: eur(amount) }]
            : [];
        });
        const byBill = new Map<ItemId, bigint>();
        for (const [to, percent] of moneyParts) {
          const amount = take(6, to, percent);
          const itemId = bills[to]?.itemId as ItemId;
          if (amount > 0n) byBill.set(itemId, (byBill.get(itemId) ?? 0n) + amount);
        }
        fc.pre(byBill.size > 0);
        const allocations = [...byBill].map(([itemId, minor]) => ({ itemId, amount: eur(minor) }));
        await tenant.act('cash_applier', applyPayment, {
          paymentId: paid.paymentId,
          allocations,
          credits: given,
        });
        const settled = await all();
        assert.deepEqual(
          settled.map((minor) => (minor < 0n ? -minor : minor)),
          room,
        );
        assert.equal(
          settled.reduce((sum, minor) => sum + minor, 0n),
          before.reduce((sum, minor) => sum + minor, 0n),
        );
        await tenant.act('cash_applier', unapplyPayment, { paymentId: paid.paymentId });
        assert.deepEqual(await all(), before);
      },
    ),
    { numRuns: 20 },
  );
  await checkBooks(tenant);
});

for (const by of ['a person', 'the machine', 'the machine that found whose it is'] as const)
  test(`an invoice that ${by} settled by a credit alone is open again once nothing of the payment stands`, async () => {
    const { tenant, companyId, customerId, invoice, note, payment, opens } = await setting();
    const small = await invoice(20_00n, '2026-01-20');
    const large = await invoice(80_00n);
    const credit = await note(20_00n);
    const reference = `${small.number} ${large.number} ${credit.number}`;
    const paid =
      by === 'a person'
        ? await payment(80_00n)
        : await aPayment(tenant, {
            ...{ companyId, minor: 80_00n, reference },
            ...(by === 'the machine' ? { customerId } : {}),
          });
    const all = () => opens(small.invoiceId, large.invoiceId, credit.creditNoteId, paid.paymentId);
    if (by === 'a person')
      await tenant.act('cash_applier', applyPayment, {
        paymentId: paid.paymentId,
        allocations: [{ itemId: large.itemId, amount: eur(80_00n) }],
        credits: [{ creditItemId: credit.itemId, itemId: small.itemId, amount: eur(20_00n) }],
      });
    else await tenant.act('owner', applyReceipts, {});
    assert.deepEqual(await all(), [0n, 0n, 0n, 0n]);
    if (by === 'a person') await tenant.act('cash_applier', unapplyPayment, { paymentId: paid.paymentId });
    else await tenant.act('cash_applier', returnPayment, { paymentId: paid.paymentId, reason: 'AM04' });
    assert.deepEqual((await all()).slice(0, 3), [20_00n, 80_00n, -20_00n]);
    await checkBooks(tenant);
  });

test('of several acts of one payment only the credits of the one that is taken back go with it', async () => {
  const { tenant, invoice, note, payment, opens } = await setting();
  const [one, two] = [await invoice(50_00n), await invoice(60_00n)];
  const [first, second] = [await note(10_00n), await note(20_00n)];
  const paid = await payment(80_00n);
  const act = (bill: typeof one, credit: typeof first, minor: bigint, less: bigint) =>
    tenant.act('cash_applier', applyPayment, {
      paymentId: paid.paymentId,
      allocations: [{ itemId: bill.itemId, amount: eur(minor) }],
      credits: [{ creditItemId: credit.itemId, itemId: bill.itemId, amount: eur(less) }],
    });
  await act(one, first, 40_00n, 10_00n);
  const done = await act(two, second, 40_00n, 20_00n);
  const applicationIds = done.applications.map(({ applicationId }) => applicationId) as never;
  await tenant.act('cash_applier', unapplyPayment, { paymentId: paid.paymentId, applicationIds });
  assert.deepEqual(
    await opens(one.invoiceId, two.invoiceId, first.creditNoteId, second.creditNoteId, paid.paymentId),
    [0n, 60_00n, 0n, -20_00n, -40_00n],
  );
});

test('money on account that was moved meanwhile stands with whom it was moved to when it is given back', async () => {
  const { tenant, companyId, customerId, invoice, payment, openOf } = await setting();
  const bill = await invoice(100_00n);
  const [earlier, paid] = [await payment(30_00n), await payment(80_00n)];
  await tenant.act('cash_applier', applyPayment, {
    paymentId: paid.paymentId,
    allocations: [{ itemId: bill.itemId, amount: eur(80_00n) }],
    credits: [{ creditItemId: earlier.itemId, itemId: bill.itemId, amount: eur(20_00n) }],
  });
  const other = await aCustomer(tenant);
  await tenant.act('cash_applier', identifyPayment, { paymentId: earlier.paymentId, customerId: other });
  await tenant.act('cash_applier', unapplyPayment, { paymentId: paid.paymentId });
  assert.equal(await openOf(bill.invoiceId), 100_00n);
  const left = (await itemsOf(tenant, earlier.paymentId)).filter(({ open }) => open.minor !== 0n);
  assert.deepEqual([...new Set(left.map((item) => item.customerId))], [other]);
  assert.equal(await openOf(earlier.paymentId), -30_00n);
  assert.notEqual(other, customerId);
  assert.ok(companyId);
  const types = (await tenant.events()).map(({ type }) => type);
  assert.equal(types.filter((type) => type === 'payment.unapplied').length, 2, 'both payments say so');
  await checkBooks(tenant);
});

test('credits of others, of other companies or of too little are refused, and nothing half-done stays behind', async () => {
  const { tenant, invoice, note, payment, opens } = await setting();
  const bill = await invoice(100_00n);
  const mine = await note(10_00n);
  const strange = await note(10_00n, await aCustomer(tenant));
  const paid = await payment(80_00n);
  const ask = (creditItemId: ItemId, less: bigint, itemId = bill.itemId) =>
    tenant.act('cash_applier', applyPayment, {
      paymentId: paid.paymentId,
      allocations: [{ itemId: bill.itemId, amount: eur(80_00n) }],
      credits: [{ creditItemId, itemId, amount: eur(less) }],
    });
  await assert.rejects(ask(strange.itemId, 10_00n), { code: 'wrong_customer' });
  await assert.rejects(ask(mine.itemId, 10_01n), { code: 'exceeds_unapplied' });
  await assert.rejects(ask(mine.itemId, 0n), { code: 'nothing_to_apply' });
  await assert.rejects(ask(bill.itemId, 1n), { code: 'not_a_credit' });
  await assert.rejects(ask(paid.itemId, 1n), { code: 'own_item_named' });
  await assert.rejects(ask(mine.itemId, 1n, paid.itemId), { code: 'own_item_named' });
  await assert.rejects(ask(mine.itemId, 5_00n, strange.itemId), { code: 'wrong_customer' });
  const elsewhere = await aCompany(tenant);
  const far = await anInvoice(tenant, { companyId: elsewhere, customerId: bill.customerId });
  await assert.rejects(ask(mine.itemId, 5_00n, far.itemId), { code: 'wrong_company' });
  assert.deepEqual(await opens(bill.invoiceId, mine.creditNoteId, paid.paymentId), [
    100_00n,
    -10_00n,
    -80_00n,
  ]);
  await checkBooks(tenant);
});

test('eight who take the same credit note off beside payments of their own give no more than it has', async () => {
  const { tenant, invoice, note, payment, openOf } = await setting();
  const shared = await note(30_00n);
  const racers = [];
  for (let n = 0; n < 8; n += 1) {
    const [bill, own] = [await invoice(20_00n), await payment(10_00n)];
    racers.push(() =>
      tenant.act('cash_applier', applyPayment, {
        paymentId: own.paymentId,
        allocations: [{ itemId: bill.itemId, amount: eur(10_00n) }],
        credits: [{ creditItemId: shared.itemId, itemId: bill.itemId, amount: eur(10_00n) }],
      }),
    );
  }
  const { won, codes } = await race(tenant, racers);
  assert.equal(won, 3);
  assert.deepEqual(codes, Array(5).fill('exceeds_unapplied'));
  assert.equal(await openOf(shared.creditNoteId), 0n);
  await checkBooks(tenant);
});

for (const used of ['older', 'newer'] as const)
  test(`taking back waits for a payment (${used}) whose money was used beside it before it holds an item`, async () => {
    const { tenant, invoice, payment, opens } = await setting();
    const bill = await invoice(100_00n);
    const [first, second] = [await payment(80_00n), await payment(80_00n)];
    const [paid, beside] = used === 'older' ? [second, first] : [first, second];
    await tenant.act('cash_applier', applyPayment, {
      paymentId: paid.paymentId,
      allocations: [{ itemId: bill.itemId, amount: eur(80_00n) }],
      credits: [{ creditItemId: beside.itemId, itemId: bill.itemId, amount: eur(20_00n) }],
    });
    const { paymentId } = paid;
    await runWhileHeld(
      tenant,
      (tx) =>
        tx.run(
          sql`select from payment where tenant_id = ${tx.tenantId} and id = ${beside.paymentId} for update`,
        ),
      async () => {
        if (used === 'older') await tenant.act('cash_applier', unapplyPayment, { paymentId });
        else await tenant.act('cash_applier', returnPayment, { paymentId, reason: 'AM04' });
      },
      // Whoever has that payment in hand can go on to the items.
      (tx) =>
        tx.run(
          sql`select from open_item where tenant_id = ${tx.tenantId} and id = ${bill.itemId} for update nowait`,
        ),
    );
    assert.deepEqual(await opens(bill.invoiceId, beside.paymentId), [100_00n, -80_00n]);
    await checkBooks(tenant);
  });
