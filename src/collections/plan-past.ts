// A day that is past, planned once more by what was known then: by the very reading and deciding of runs, in a transaction that sees
// every row as it was known at that moment.

import type { Context, Door } from '#command/command.ts';
import { inTenant, type Tx } from '#db/transaction.ts';
import { addDays, dayIn, type Instant, isBefore, type PlainDate } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { REMINDER_CUSTOMERS_PLANNED } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Company } from '#parties/company.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { takeCompany } from '#parties/take-party.ts';
import { readPolicies } from '#policies/take-policies.ts';
import { customersToPlan, type PlanFor, type PlannedReminder, planFor } from './plan-reminders.ts';
import type { RunRow } from './store-runs.ts';
import { findFirstRun, findKeptSince, findTold, findToldCustomers } from './store-told.ts';
import type { ToldItem } from './told.ts';

/** A day of a company that is past, and the moment by whose knowledge it is planned. */
export type PastDay = {
  readonly company: Company;
  readonly on: PlainDate;
  /**
   * The moment before the first run that began on that day; where none did, the end of the day. What runs said themselves was
   * not known yet.
   */
  readonly knownAt: Instant;
  /** The run before which that moment is. */
  readonly run: RunRow | undefined;
  /** The moment at which the day was over where the company is. */
  readonly over: Instant;
  /** From when on rows that are overwritten are kept: of an earlier moment, some are read as they were then. */
  readonly keptSince: Instant | undefined;
};

/** Reads by whose knowledge a past day of a company is planned. Refuses: `day_not_past`. */
export async function readPastDay(tx: Tx, company: Company, on: PlainDate, now: Instant): Promise<PastDay> {
  const today = dayIn(company.timeZone, now);
  if (!isBefore(on, today)) throw new Refusal('day_not_past', { on: on.toString(), today: today.toString() });
  const [first, keptSince] = await Promise.all([findFirstRun(tx, company.id, on), findKeptSince(tx)]);
  const run = first && dayIn(company.timeZone, first.started_at).equals(on) ? first : undefined;
  const over = addDays(on, 1).toZonedDateTime(company.timeZone).toInstant();
  const knownAt = (run ? run.started_at : over).subtract({ microseconds: 1 });
  return { company, on, knownAt, run, over, keptSince };
}

/** Does what it is given in a transaction that reads what was known at the moment of a past day. Nothing can be written. */
export function lookBack<T>(
  door: Pick<Door, 'pool'>,
  { tenantId }: Pick<Context, 'tenantId'>,
  { knownAt }: Pick<PastDay, 'knownAt'>,
  work: (then: Tx) => Promise<T>,
): Promise<T> {
  return inTenant(door.pool, tenantId, work, { knownAt });
}

/** What to plan a past day by, in a transaction that looks back: the company and the policies as they were. */
export async function whatWasToPlan(then: Tx, { company, on, knownAt, run }: PastDay): Promise<PlanFor> {
  const [{ policies }, was] = [await readPolicies(then), await takeCompany(then, company.id)];
  return { company: was, policies, on, now: knownAt, approved: run?.approved ?? false };
}

/** One customer of a past day: what would be said, and what was. Where nothing would be, there is no plan. */
export type PastCustomer = {
  readonly customerId: CustomerId;
  readonly planned: PlannedReminder | undefined;
  readonly told: readonly ToldItem[];
};

/** Some customers of a past day. `last`: the one that was looked at last, after whom the next page begins. */
export type PastPage<T> = {
  readonly rows: readonly PastCustomer[];
  readonly looked: T;
  readonly hasMore: boolean;
  readonly last: CustomerId | undefined;
};

/**
 * Customers of a past day by id, from after one of them: those with a step due by what was known then, and those that runs
 * for that day had something to say to. `look` sees the plans while what was known then is still being read.
 */
export async function readPastCustomers<T>(
  door: Door,
  who: Context,
  past: PastDay,
  page: { readonly after: CustomerId | undefined; readonly limit: number },
  look: (then: Tx, what: PlanFor, planned: readonly PlannedReminder[]) => Promise<T>,
): Promise<PastPage<T>> {
  const { company, on } = past;
  const sought = { after: page.after, limit: page.limit + 1 };
  const toldIds = await readSnapshot(door, who, (tx) => findToldCustomers(tx, company.id, on, sought));
  const { ids, planned, looked, hasMore } = await lookBack(door, who, past, async (then) => {
    const what = await whatWasToPlan(then, past);
    const due = await customersToPlan(then, what, sought);
    const all = [...new Set([...due, ...toldIds])].sort();
    const ids = all.slice(0, page.limit);
    const planned: PlannedReminder[] = [];
    for (let start = 0; start < ids.length; start += REMINDER_CUSTOMERS_PLANNED)
      planned.push(...(await planFor(then, what, ids.slice(start, start + REMINDER_CUSTOMERS_PLANNED))));
    const something = planned.filter(({ plan }) => plan.items.length > 0 || plan.leftOut.length > 0);
    return {
      ids,
      planned: new Map(something.map((one) => [one.customer.id, one])),
      looked: await look(then, what, something),
      hasMore: all.length > page.limit,
    };
  });
  const told = await readSnapshot(door, who, (tx) => findTold(tx, company.id, on, ids));
  const toldOf = Map.groupBy(told, (one) => one.customerId);
  const rows = ids.map((customerId) => ({
    customerId,
    planned: planned.get(customerId),
    told: toldOf.get(customerId) ?? [],
  }));
  return {
    rows: rows.filter((row) => row.planned || row.told.length > 0),
    looked,
    hasMore,
    last: ids.at(-1),
  };
}
