// SQL of how customers pay: versions of rules, and habits.

import { sql } from 'kysely';
import { type Act, actorText } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { Instant } from '#kernel/calendar.ts';
import { jsonText } from '#kernel/canonical.ts';
import { type CompanyId, type CustomerId, newId } from '#kernel/id.ts';
import type { AmountHabits } from '#matching/amounts.ts';
import type { Habits } from '#matching/habits.ts';
import type {
  CustomerMatching,
  GroupPayments,
  MatchingRules,
  Method,
  UnknownPayers,
} from './matching-rules.ts';

/** Adds a version of a company's rules; gives its id. */
export function insertRules(act: Act, companyId: CompanyId, rules: MatchingRules): string {
  const id = newId<'matching_rules'>();
  act.insert('matching_rules', [
    {
      id,
      company_id: companyId,
      apply_from: rules.applyFrom,
      suggest_from: rules.suggestFrom,
      unknown_payers: rules.unknownPayers,
      group_payments: rules.groupPayments,
      recorded_by: actorText(act.actor),
      recorded_at: act.now,
    },
  ]);
  return id;
}

/** Adds a version of how a customer's receipts are applied; gives its id. */
export function insertMatching(act: Act, customerId: CustomerId, matching: CustomerMatching): string {
  const id = newId<'customer_matching'>();
  act.insert('customer_matching', [
    {
      id,
      customer_id: customerId,
      method: matching.method,
      with_disputed: matching.withDisputed,
      recorded_by: actorText(act.actor),
      recorded_at: act.now,
    },
  ]);
  return id;
}

/** What companies state now; those that state nothing are left out. */
export async function findRules(
  tx: Tx,
  companyIds: readonly CompanyId[],
): Promise<ReadonlyMap<CompanyId, MatchingRules>> {
  const rows = await tx.run(
    sql<{
      company_id: CompanyId;
      apply_from: number;
      suggest_from: number;
      unknown_payers: UnknownPayers;
      group_payments: GroupPayments;
    }>`select r.* from unnest(${arrayLiteral(companyIds)}::uuid[]) as c(id) cross join lateral (
        select company_id, apply_from, suggest_from, unknown_payers, group_payments from matching_rules
        where tenant_id = ${tx.tenantId} and company_id = c.id order by recorded_at desc, id desc limit 1) r`,
  );
  return new Map(
    rows.map((row) => [
      row.company_id,
      {
        applyFrom: row.apply_from,
        suggestFrom: row.suggest_from,
        unknownPayers: row.unknown_payers,
        groupPayments: row.group_payments,
      },
    ]),
  );
}

/** What is stated of customers now; those of whom nothing is stated are left out. */
export async function findMatching(
  tx: Tx,
  customerIds: readonly CustomerId[],
): Promise<ReadonlyMap<CustomerId, CustomerMatching>> {
  const rows = await tx.run(
    sql<{ customer_id: CustomerId; method: Method; with_disputed: boolean }>`
      select m.* from unnest(${arrayLiteral(customerIds)}::uuid[]) as c(id) cross join lateral (
        select customer_id, method, with_disputed from customer_matching
        where tenant_id = ${tx.tenantId} and customer_id = c.id order by recorded_at desc, id desc limit 1) m`,
    { plan: 'fresh' },
  );
  return new Map(
    rows.map((row) => [row.customer_id, { method: row.method, withDisputed: row.with_disputed }]),
  );
}

// — habits —

/** A customer of a company. */
export type PayerOf = { readonly companyId: CompanyId; readonly customerId: CustomerId };

/** The habits kept of customers; those who have not paid yet are left out. */
export async function findHabits(
  tx: Tx,
  payers: readonly PayerOf[],
): Promise<readonly (PayerOf & { readonly habits: Habits })[]> {
  const rows = await tx.run(
    sql<{ company_id: CompanyId; customer_id: CustomerId; habits: Habits }>`
      select h.company_id, h.customer_id, h.habits
      from unnest(${arrayLiteral(payers.map((one) => one.companyId))}::uuid[],
        ${arrayLiteral(payers.map((one) => one.customerId))}::uuid[]) as p(company_id, customer_id)
      join payer_habit h on h.tenant_id = ${tx.tenantId} and h.company_id = p.company_id and h.customer_id = p.customer_id`,
    { plan: 'fresh' },
  );
  return rows.map((row) => ({ companyId: row.company_id, customerId: row.customer_id, habits: row.habits }));
}

/** How far was learnt: by the moment of recording, then by the payment. */
export type LearntTo = { readonly at: Instant; readonly paymentId: string };

/** What is kept of all customers of a company, and how far its applications were learnt from. */
export type Pool = {
  readonly companyId: CompanyId;
  readonly habits: Habits;
  readonly amounts: AmountHabits;
  readonly learntTo: LearntTo | null;
};

/** The pools kept of companies; all there are when none is named. */
export async function findPools(
  tx: Tx,
  companyIds: readonly CompanyId[] | undefined,
): Promise<readonly Pool[]> {
  const some =
    companyIds === undefined ? sql`` : sql`and company_id = any(${arrayLiteral(companyIds)}::uuid[])`;
  const rows = await tx.run(
    sql<{
      company_id: CompanyId;
      habits: Habits;
      amounts: AmountHabits;
      learnt_moment: Instant | null;
      learnt_payment: string | null;
    }>`select company_id, habits, amounts, learnt_moment, learnt_payment from payer_habit_pool where tenant_id = ${tx.tenantId} ${some}
      order by company_id`,
  );
  return rows.map((row) => ({
    companyId: row.company_id,
    habits: row.habits,
    amounts: row.amounts,
    learntTo:
      row.learnt_moment === null || row.learnt_payment === null
        ? null
        : { at: row.learnt_moment, paymentId: row.learnt_payment },
  }));
}

/** One who learns the habits of a company at a time. Held until the commit. */
export async function lockLearning(act: Act, companyId: CompanyId): Promise<void> {
  await act.run(
    sql`select pg_advisory_xact_lock(hashtextextended(${`payer habits ${act.tenantId} ${companyId}`}, 0))`,
  );
}

/** Keeps habits in place of those kept before. */
export function saveHabits(act: Act, companyId: CompanyId, habits: ReadonlyMap<CustomerId, Habits>): void {
  if (habits.size === 0) return;
  const all = [...habits];
  act.write(sql`insert into payer_habit (tenant_id, company_id, customer_id, payments, habits, learnt_at)
    select ${act.tenantId}, ${companyId}::uuid, h.customer_id, h.payments, h.habits, ${act.now}
    from unnest(${arrayLiteral(all.map(([id]) => id))}::uuid[],
      ${arrayLiteral(all.map(([, one]) => Math.round(one.payments)))}::int[],
      ${arrayLiteral(all.map(([, one]) => jsonText(one)))}::jsonb[]) as h(customer_id, payments, habits)
    on conflict (tenant_id, company_id, customer_id)
      do update set payments = excluded.payments, habits = excluded.habits, learnt_at = excluded.learnt_at`);
}

/** Keeps the pool of a company in place of the one kept before. */
export function savePool(act: Act, pool: Pool): void {
  act.write(sql`insert into payer_habit_pool (tenant_id, company_id, habits, amounts, learnt_moment,
      learnt_payment, learnt_at)
    values (${act.tenantId}, ${pool.companyId}, ${jsonText(pool.habits)}::jsonb, ${jsonText(pool.amounts)}::jsonb,
      ${pool.learntTo?.at ?? null}::timestamptz, ${pool.learntTo?.paymentId ?? null}::uuid, ${act.now})
    on conflict (tenant_id, company_id) do update set habits = excluded.habits, amounts = excluded.amounts,
      learnt_moment = excluded.learnt_moment, learnt_payment = excluded.learnt_payment, learnt_at = excluded.learnt_at`);
}

/** Forgets the habits of a company, to learn them anew. */
export function deleteHabits(act: Act, companyId: CompanyId): void {
  act.write(sql`delete from payer_habit where tenant_id = ${act.tenantId} and company_id = ${companyId}`);
  act.write(
    sql`delete from payer_habit_pool where tenant_id = ${act.tenantId} and company_id = ${companyId}`,
  );
}
