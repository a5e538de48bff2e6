// Taking back is the inverse of applying. Whatever payments were applied to, in whatever order, and in whatever order and way
// they are taken back: in the end all is as it was, and nothing that follows from the books remembers it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { planCharges } from '#charges/plan-charges.ts';
import { READY_MADE } from '#charges/ready-made.ts';
import { replacePolicy } from '#charges/replace-policy.ts';
import { inTenant } from '#db/transaction.ts';
import { putTolerance } from '#differences/change-difference-rules.ts';
import { openDispute } from '#disputes/open-dispute.ts';
import { readAmounts, readDisputed } from '#disputes/read-amounts.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { ApplicationId, CompanyId, CustomerId, ItemId, PaymentId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { left } from '#ledger/open-item.ts';
import { readItems } from '#ledger/read-items.ts';
import { changeTermsSetting } from '#terms/change-terms-setting.ts';
import { DISCOUNT_POLICY } from '#terms/discount-policy.ts';
import { checkBooks, proveBooks } from '../../test/support/books.ts';
import { aCompany, aCustomer, aLine, aPayment, aRate } from '../../test/support/builders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { anInvoiceOnTerms, someTerms } from '../../test/support/terms.ts';
import { applyPayment } from './apply-payment.ts';
import { recordPayment } from './record-payment.ts';
import { returnPayment } from './return-payment.ts';
import { findLateDiscounts } from './store-discounts.ts';
import { unapplyPayment } from './unapply-payment.ts';

const RUNS = Number(process.env.TAKING_BACK_RUNS ?? 12);
const INVOICES = [1_190_00n, 333_33n, 70_07n] as const;
const PAYMENTS = [
  { minor: 1_166_20n, receivedOn: '2026-03-12' },
  { minor: 250_01n, receivedOn: '2026-03-13' },
  { minor: 2_000_00n, receivedOn: '2026-04-20' },
] as const;

type World = {
  readonly tenant: TestTenant;
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly currency: string;
  readonly itemIds: readonly ItemId[];
  readonly disputeIds: readonly string[];
};

/** Three invoices on 2/10 net 30 in that currency, one of them disputed in part; small differences may be dropped; interest is asked. */
async function makeWorld(currency: string): Promise<World> {
  const tenant = await newTenant({ on: '2026-05-04' });
  const companyId = await aCompany(tenant);
  for (const [on, rate] of [
    ['2026-01-01', '0.9137'],
    ['2026-03-11', '0.8711'],
    ['2026-04-01', '0.9503'],
  ] as const)
    await aRate(tenant, { base: 'USD', quote: 'EUR', on, rate });
  const german = READY_MADE.find((one) => one.code === 'de');
  assert.ok(german);
  await tenant.act('controller', replacePolicy, {
    companyId,
    validFrom: parseDate('2020-01-01'),
    terms: german.terms,
  });
  await tenant.act('owner', changeTermsSetting, {
    companyId,
    paymentTermsId: await someTerms(tenant, '2/10 net 30'),
    policy: DISCOUNT_POLICY,
    countries: [],
  });
  await tenant.act('controller', putTolerance, {
    companyId,
    currency,
    stance: 'limit',
    validFrom: parseDate('2026-01-01'),
    amountMax: money(5_00n, currency),
    percentMax: '3',
  });
  const customerId = await aCustomer(tenant);
  const itemIds: ItemId[] = [];
  for (const minor of INVOICES) {
    const lines = [aLine(minor, 0n, currency)];
    const issued = { companyId, customerId, lines, issuedOn: '2026-03-02', currency };
    itemIds.push((await anInvoiceOnTerms(tenant, issued)).itemId);
  }
  const { disputeId } = await tenant.act('collector', openDispute, {
    items: [{ itemId: itemIds[1] ?? ('' as ItemId), amount: money(100_00n, currency) }],
    reason: 'quality',
  });
  return { tenant, companyId, customerId, currency, itemIds, disputeIds: [disputeId] };
}

/** What the customer owes, may still take off, disputes and would be charged: all that taking back must restore. */
async function standing(world: World) {
  const { tenant, companyId, customerId } = world;
  const today = parseDate('2026-06-30');
  const known = await inTenant(tenant.pool, tenant.tenantId, async (tx) => ({
    items: (await readItems(tx, world.itemIds)).map(({ openSince: _, ...item }) => item),
    disputed: [...(await readDisputed(tx, world.itemIds))].sort(),
    disputes: [...(await readAmounts(tx, world.disputeIds))],
    open: await tx.run(sql<{ id: string }>`select d.id from dispute d where d.tenant_id = ${tx.tenantId}
      and not exists (select from dispute_closing c where c.tenant_id = d.tenant_id and c.dispute_id = d.id and c.reopened_at is null)
      order by d.id`),
    excluded: await tx.run(sql`select item_id, from_on, to_on, amount_minor from charge_exclusion
      where tenant_id = ${tx.tenantId} and not annulled order by item_id, from_on`),
    late: await findLateDiscounts(tx, { isOpen: true, customerId, limit: 50 }),
    planned: (await planCharges(tx, { companyId, through: today, today }, { after: undefined, limit: 9 }))
      .rows,
  }));
  return { ...known, offered: await offered(world) };
}

/** What each invoice still lets drop: discounts in time and too late, and a small difference; found by rehearsing. */
async function offered(world: World) {
  const { tenant, companyId, customerId, currency } = world;
  const items = await inTenant(tenant.pool, tenant.tenantId, (tx) => readItems(tx, world.itemIds));
  const told = [];
  for (const item of items.filter((one) => left(one) > 2_00n))
    for (const receivedOn of ['2026-03-10', '2026-05-01']) {
      const amount = money(left(item) - 1_50n, currency);
      const { applied } = await tenant.act(
        'cash_applier',
        recordPayment,
        {
          companyId,
          customerId,
          direction: 'received',
          receivedOn: parseDate(receivedOn),
          amount,
          method: 'transfer',
          reference: '',
          allocations: [{ itemId: item.id, amount }],
        },
        { rehearse: true },
      );
      told.push(applied?.discounts, applied?.differences);
    }
  return told;
}

type Step = {
  readonly payment: number;
  /** In hundredths of what is left of each invoice; nothing where it is not named. */
  readonly parts: readonly number[];
  readonly takesDiscounts: boolean;
  readonly takesTolerance: boolean;
  readonly deducts: boolean;
  readonly thenBack: boolean;
};

const step: fc.Arbitrary<Step> = fc.record({
  payment: fc.nat({ max: PAYMENTS.length - 1 }),
  parts: fc.array(fc.constantFrom(0, 0, 33, 60, 98, 100), { minLength: 3, maxLength: 3 }),
  takesDiscounts: fc.boolean(),
  takesTolerance: fc.boolean(),
  deducts: fc.boolean(),
  thenBack: fc.constantFrom(false, false, false, true),
});

const ending = fc.record({
  order: fc.shuffledSubarray([0, 1, 2], { minLength: 3, maxLength: 3 }),
  how: fc.array(fc.constantFrom('all', 'singly', 'return'), { minLength: 3, maxLength: 3 }),
  on: fc.constantFrom('2026-05-04', '2026-05-11'),
});

/** Refusals of steps that chance made senseless; anything else is a failure. */
const SENSELESS = new Set(['nothing_to_apply', 'exceeds_unapplied', 'exceeds_undisputed']);

async function apply(world: World, paymentId: PaymentId, one: Step): Promise<number> {
  const { tenant, currency, itemIds } = world;
  const items = await inTenant(tenant.pool, tenant.tenantId, (tx) => readItems(tx, itemIds));
  const payment = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<{ minor: bigint }>`select coalesce(-sum(open_minor), 0)::bigint as minor from open_item
      where tenant_id = ${tx.tenantId} and document_id = ${paymentId} and open_minor < 0`),
  );
  let rest = payment[0]?.minor ?? 0n;
  const allocations = itemIds.flatMap((itemId, index) => {
    const open = left(items.find((item) => item.id === itemId) ?? (items[0] as (typeof items)[number]));
    const wished = (open * BigInt(one.parts[index] ?? 0)) / 100n;
    const minor = wished < rest ? wished : rest;
    rest -= minor;
    return minor === 0n ? [] : [{ itemId, amount: money(minor, currency) }];
  });
  const short = allocations.find(({ itemId, amount }) =>
    items.some((item) => item.id === itemId && left(item) - amount.minor > 40_00n),
  );
  const deductions =
    one.deducts && short
      ? [{ itemId: short.itemId, amount: money(7_00n, currency), reason: 'pricing' }]
      : undefined;
  try {
    await tenant.act('cash_applier', applyPayment, {
      paymentId,
      allocations,
      takeDiscounts: one.takesDiscounts,
      takeTolerance: one.takesTolerance,
      deductions,
    });
    return 1;
  } catch (error) {
    if (!(error instanceof Refusal) || !SENSELESS.has(error.code)) throw error;
    return 0;
  }
}

async function takeBack(world: World, paymentId: PaymentId, how: string): Promise<void> {
  const { tenant } = world;
  if (how === 'return') {
    await tenant.act('controller', returnPayment, { paymentId, reason: 'AM04' });
    return;
  }
  const standingIds = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<{ id: ApplicationId }>`select a.id from application a
      join open_item i on i.tenant_id = a.tenant_id and i.id = a.credit_item_id and i.document_id = ${paymentId}
      where a.tenant_id = ${tx.tenantId} and a.reverses_id is null
        and not exists (select from application r where r.tenant_id = a.tenant_id and r.reverses_id = a.id)`),
  );
  if (standingIds.length === 0) return;
  if (how === 'all') await tenant.act('cash_applier', unapplyPayment, { paymentId });
  else
    for (const { id } of standingIds)
      await tenant.act('cash_applier', unapplyPayment, { paymentId, applicationIds: [id] });
}

test('whatever was applied and however it is taken back, all is as it was', async (t) => {
  let applied = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('EUR', 'USD'),
      fc.array(step, { minLength: 1, maxLength: 7 }),
      ending,
      async (currency, steps, end) => {
        const world = await makeWorld(currency);
        const { tenant, companyId, customerId } = world;
        const untouched = await standing(world);
        const paymentIds: PaymentId[] = [];
        const beforePaid = await checkBooks(tenant);
        for (const given of PAYMENTS)
          paymentIds.push((await aPayment(tenant, { companyId, customerId, currency, ...given })).paymentId);
        const before = await standing(world);
        const books = await checkBooks(tenant);

        for (const one of steps) {
          const paymentId = paymentIds[one.payment] as PaymentId;
          applied += await apply(world, paymentId, one);
          if (one.thenBack) await takeBack(world, paymentId, 'all');
        }
        tenant.on(end.on);
        for (const index of end.order)
          await takeBack(world, paymentIds[index] as PaymentId, end.how[index] ?? 'all');

        const { planned, ...after } = await standing(world);
        const { planned: plannedBefore, ...wanted } = before;
        assert.deepEqual(after, wanted);
        const returned = end.how.filter((how) => how === 'return').length;
        // Interest counts money from the day it was here: it is the same where the same money is still here.
        if (returned === 0) assert.deepEqual(planned, plannedBefore);
        if (returned === PAYMENTS.length) assert.deepEqual(planned, untouched.planned);
        const now = await checkBooks(tenant);
        for (const account of Object.keys(now)) {
          if (returned === 0) assert.equal(now[account], books[account] ?? 0n, account);
          if (returned === PAYMENTS.length) assert.equal(now[account], beforePaid[account] ?? 0n, account);
        }
        await proveBooks(tenant, parseDate('2026-05-11'));
      },
    ),
    { numRuns: RUNS },
  );
  assert.ok(applied >= RUNS, `enough was applied to be taken back: ${applied}`);
  t.diagnostic(`${applied} times applied`);
});
