import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { type Act, type Command, carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import { type ApplicationId, type ItemId, newId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { checkBooks, refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, aCustomer, anInvoice, aPayment, aRate, itemsOf } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { readItems } from './read-items.ts';
import { postAndSettle, settleItems, takeItems, unsettleItems } from './settle-items.ts';
import type { Wanted } from './settlement.ts';
import type { SettlementWish } from './settling.ts';

const day = parseDate('2026-02-01');
const occasion = { documentId: newId(), kind: 'application', on: day } as const;

/** Work on items as a command does it, with what it gave as text. */
function doing<T>(
  work: (act: Act) => Promise<T>,
  give: (done: T) => readonly string[],
): Command<object, readonly string[]> {
  return { name: 'do-something', permission: 'payment.apply', run: async (act) => give(await work(act)) };
}

function wish(debitItemId: ItemId, creditItemId: ItemId, minor: bigint, currency = 'EUR'): Wanted {
  return { debitItemId, creditItemId, amount: money(minor, currency), method: 'manual' };
}

async function setting(currency = 'EUR') {
  const tenant = await newTenant({ on: '2026-02-01' });
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  if (currency !== 'EUR') {
    await aRate(tenant, { base: currency, quote: 'EUR', on: '2026-01-01', rate: '0.9' });
    await aRate(tenant, { base: currency, quote: 'EUR', on: '2026-01-08', rate: '0.8333' });
  }
  const invoice = await anInvoice(tenant, { companyId, customerId, currency });
  const payment = await aPayment(tenant, { companyId, customerId, currency, minor: 100_00n });
  const settle = (wanted: readonly Wanted[], ids: readonly ItemId[] = [invoice.itemId, payment.itemId]) =>
    tenant.act(
      'owner',
      doing(
        async (act) => settleItems(act, await takeItems(act, ids), wanted, occasion),
        (settled) => settled.applications.map((a) => a.id),
      ),
      {},
    );
  const unsettle = (by: Parameters<typeof unsettleItems>[1], on = day) =>
    tenant.act(
      'owner',
      doing(
        (act) => unsettleItems(act, by, { ...occasion, kind: 'unapplication', on }),
        (taken) => taken.map((a) => a.id),
      ),
      {},
    );
  return { tenant, companyId, customerId, invoice, payment, settle, unsettle };
}

test('what was settled in parts and taken back is as it was, items and books, in both currencies', async () => {
  const { tenant, invoice, payment, settle, unsettle } = await setting('USD');
  const items = async () => [
    ...(await itemsOf(tenant, invoice.invoiceId)),
    ...(await itemsOf(tenant, payment.paymentId)),
  ];
  const before = await items();
  const books = await checkBooks(tenant);
  await settle([wish(invoice.itemId, payment.itemId, 33_33n, 'USD')]);
  await settle([wish(invoice.itemId, payment.itemId, 33_33n, 'USD')]);
  await settle([wish(invoice.itemId, payment.itemId, 33_34n, 'USD')]);
  assert.deepEqual(
    (await items()).map((i) => [i.open.minor, i.openFunctional.minor]),
    [
      [0n, 0n],
      [0n, 0n],
    ],
  );
  const settled = await checkBooks(tenant);
  assert.equal(
    settled['fx-differences'],
    90_00n - 83_33n,
    'what it was worth when issued less what it was worth when paid',
  );
  const taken = await unsettle({ itemIds: [invoice.itemId] });
  assert.equal(taken.length, 3);
  assert.deepEqual(await items(), before);
  assert.deepEqual({ ...(await checkBooks(tenant)) }, { ...books, 'fx-differences': 0n });
});

test('an application is taken back once, by its id, and not before it was made', async () => {
  const { tenant, invoice, payment, settle, unsettle } = await setting();
  const [id] = (await settle([wish(invoice.itemId, payment.itemId, 1n)])) as readonly ApplicationId[];
  const ids = [id ?? newId<'application'>()];
  await refusesWithoutTrace(tenant, 'reversed_too_early', () => unsettle({ ids }, day.subtract({ days: 1 })));
  assert.deepEqual(await unsettle({ ids }), ids);
  await refusesWithoutTrace(tenant, 'application_not_found', () => unsettle({ ids }));
  await refusesWithoutTrace(tenant, 'application_not_found', () =>
    unsettle({ ids: [newId<'application'>()] }),
  );
  assert.deepEqual(await unsettle({ itemIds: [invoice.itemId] }), []);
  await refusesWithoutTrace(tenant, 'item_not_found', () => settle([], [newId<'open_item'>()]));
});

// Seen to fail with what a debit was given left out of the reading of many.
test('an item is read alike alone and among many, with the day on which it was given back what was applied', async () => {
  const { tenant, invoice, payment, settle, unsettle } = await setting();
  await settle([wish(invoice.itemId, payment.itemId, 60_00n)]);
  await unsettle({ itemIds: [invoice.itemId] }, parseDate('2026-02-03'));
  const ids = [invoice.itemId, payment.itemId];
  const others = Array.from({ length: 100 }, () => newId<'open_item'>());
  const [alone, amongMany] = await inTenant(tenant.pool, tenant.tenantId, async (tx) => [
    await readItems(tx, ids),
    await readItems(tx, [...ids, ...others]),
  ]);
  assert.deepEqual(amongMany, alone);
  assert.deepEqual(
    alone?.map((item) => item.openSince.toString()),
    ['2026-02-03', '2026-02-03'],
  );
});

test('many settlements over the same items see what those before them did, each with an entry of its own', async () => {
  const { tenant, invoice, payment } = await setting();
  const many = (parts: readonly bigint[]) =>
    tenant.act(
      'owner',
      doing(
        async (act) => {
          const items = await takeItems(act, [invoice.itemId, payment.itemId]);
          const wishes = parts.map(
            (minor): SettlementWish => ({ wanted: [wish(invoice.itemId, payment.itemId, minor)], occasion }),
          );
          return postAndSettle(act, [], items, wishes);
        },
        (settled) => settled.flatMap((s) => s.applications.map((a) => a.id)),
      ),
      {},
    );
  await refusesWithoutTrace(tenant, 'exceeds_open', () => many([60_00n, 40_01n]));
  assert.equal((await many([60_00n, 40_00n])).length, 2);
  assert.deepEqual(
    (await itemsOf(tenant, invoice.invoiceId)).map((i) => i.open.minor),
    [0n],
  );
  await checkBooks(tenant);
});

test('of eight who settle the same item at once, each cent is given once', async () => {
  const { tenant, companyId, customerId, invoice, settle } = await setting();
  const payments = await Promise.all(
    Array.from({ length: 8 }, () => aPayment(tenant, { companyId, customerId, minor: 30_00n })),
  );
  const tries = await Promise.allSettled(
    payments.map((p) => settle([wish(invoice.itemId, p.itemId, 30_00n)], [invoice.itemId, p.itemId])),
  );
  assert.equal(tries.filter((t) => t.status === 'fulfilled').length, 3);
  for (const t of tries) if (t.status === 'rejected') assert.equal(t.reason.code, 'exceeds_open');
  await checkBooks(tenant);
});

test('of eight who take the same application back at once, one does', async () => {
  const { tenant, invoice, payment, settle, unsettle } = await setting();
  const ids = (await settle([wish(invoice.itemId, payment.itemId, 1n)])) as readonly ApplicationId[];
  const tries = await Promise.allSettled(Array.from({ length: 8 }, () => unsettle({ ids })));
  assert.equal(tries.filter((t) => t.status === 'fulfilled').length, 1);
  for (const t of tries) if (t.status === 'rejected') assert.equal(t.reason.code, 'application_not_found');
  await checkBooks(tenant);
});

test('a command that has written and then takes what was moved meanwhile begins anew, and is recorded as a whole after that', async () => {
  const { tenant, companyId, customerId, invoice, payment, settle, unsettle } = await setting();
  const first = await anInvoice(tenant, { companyId, customerId });
  const own = await aPayment(tenant, { companyId, customerId, minor: 60_00n });
  let runs = 0;
  await tenant.act(
    'owner',
    doing(
      async (act) => {
        runs += 1;
        const begun = await takeItems(act, [first.itemId, own.itemId]);
        settleItems(act, begun, [wish(first.itemId, own.itemId, 60_00n)], occasion);
        // Only the first time: the invoice is settled and opened again by others.
        if (runs === 1) {
          await settle([wish(invoice.itemId, payment.itemId, 100_00n)]);
          await unsettle({ itemIds: [invoice.itemId] });
        }
        const items = await takeItems(act, [invoice.itemId, payment.itemId]);
        return settleItems(act, items, [wish(invoice.itemId, payment.itemId, 40_00n)], occasion);
      },
      (settled) => settled.applications.map((a) => a.id),
    ),
    {},
  );
  assert.equal(runs, 2);
  const moments = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<{ n: number; last: boolean }>`
      select count(*)::int as n, recorded_at = max(recorded_at) over () as last from application
      where tenant_id = ${tx.tenantId} group by recorded_at order by recorded_at`),
  );
  assert.deepEqual(moments, [
    { n: 1, last: false },
    { n: 1, last: false },
    { n: 2, last: true },
  ]);
  await checkBooks(tenant);
});

test('what another process moved whose clock is ahead is recorded before a command that has to begin anew', async () => {
  const { tenant, companyId, customerId, invoice, payment } = await setting();
  const own = await aPayment(tenant, { companyId, customerId, minor: 60_00n });
  const ahead = { ...tenant.as('owner'), now: tenant.clock().add({ minutes: 1 }), clock: undefined };
  const settling = (creditItemId: ItemId, minor: bigint, before = async (_act: Act) => {}) =>
    doing(
      async (act) => {
        await before(act);
        const items = await takeItems(act, [invoice.itemId, creditItemId]);
        return settleItems(act, items, [wish(invoice.itemId, creditItemId, minor)], occasion);
      },
      (settled) => settled.applications.map((a) => a.id),
    );
  let runs = 0;
  const first = await anInvoice(tenant, { companyId, customerId });
  await tenant.act(
    'owner',
    settling(own.itemId, 40_00n, async (act) => {
      runs += 1;
      const items = await takeItems(act, [first.itemId, own.itemId]);
      settleItems(act, items, [wish(first.itemId, own.itemId, 20_00n)], occasion);
      if (runs === 1) await carryOut(tenant.door, ahead, settling(payment.itemId, 50_00n), {});
    }),
    {},
  );
  assert.equal(runs, 2);
  const recorded = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<{ minor: bigint; isAfter: boolean }>`
      select amount_minor as minor, recorded_at > ${ahead.now}::timestamptz as "isAfter" from application
      where tenant_id = ${tx.tenantId} order by amount_minor`),
  );
  assert.deepEqual(recorded, [
    { minor: 20_00n, isAfter: true },
    { minor: 40_00n, isAfter: true },
    { minor: 50_00n, isAfter: false },
  ]);
  await checkBooks(tenant);
});
