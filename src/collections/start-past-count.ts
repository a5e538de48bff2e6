// Counting what a past day comes to: a few customers at once where there are few; of many by a worker, step by step, so that nobody
// waits for an answer and the next worker goes on where one died.

import type { Command, Context, Door } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import type { Job } from '#jobs/job.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, TenantId } from '#kernel/id.ts';
import { listCompanies, takeCompany } from '#parties/take-party.ts';
import { countStateOf, NO_COUNTS, type PastCounts, withCustomer } from './past-counts.ts';
import { type PastCustomer, type PastDay, readPastCustomers, readPastDay } from './plan-past.ts';
import { messagesIn } from './plan-reminders.ts';
import { beginPastCount, deletePastCounts, findPastCount, updatePastCount } from './store-past-counts.ts';
import { type Difference, differencesOf } from './told.ts';

/** The queue that counts what past days come to. */
export const PAST_COUNT_QUEUE = 'collections.count-past';

/** Customers of a past day looked at in one step; where there are no more, they are counted at once. */
export const PAST_CUSTOMERS_A_STEP = 2_000;
const HOURS_KEPT = 24;

/** Where what a customer was told on a past day differs from what would have been said. */
export function differencesFor({ planned, told }: PastCustomer, past: PastDay): readonly Difference[] {
  const would = planned
    ? { messages: messagesIn(planned), leftOut: planned.plan.leftOut }
    : { messages: [], leftOut: [] };
  return differencesOf(would, told, { first: past.run?.id, over: past.over });
}

/** One step of counting: the customers after one, added to what was counted before. */
export async function countStep(
  door: Door,
  who: Context,
  past: PastDay,
  {
    from,
    after,
    limit,
  }: { readonly from: PastCounts; readonly after: CustomerId | undefined; readonly limit: number },
) {
  const page = await readPastCustomers(door, who, past, { after, limit }, async () => undefined);
  const counts = page.rows.reduce((sum, row) => {
    const leftOut = row.planned?.plan.leftOut ?? [];
    return withCustomer(sum, {
      messages: row.planned ? messagesIn(row.planned).length : 0,
      items: row.planned?.plan.items.length ?? 0,
      leftOut: leftOut.map(({ reason }) => reason),
      isDiffering: differencesFor(row, past).length > 0,
    });
  }, from);
  return { counts, looked: page.rows.length, hasMore: page.hasMore, last: page.last };
}

const countJob = (companyId: CompanyId, on: PlainDate): Job => ({
  queue: PAST_COUNT_QUEUE,
  payload: { companyId, on: on.toString() },
  key: `${companyId} ${on}`,
});

/**
 * Has a worker count what a past day comes to, of all companies or of one; one that is counted or being counted is left as it is,
 * and one that nobody went on with is counted anew.
 *
 * Refuses: `company_not_found`, `day_not_past`.
 */
export const startPastCount: Command<
  { readonly on: PlainDate; readonly companyId?: CompanyId | undefined },
  { readonly begun: number }
> = {
  name: 'start-past-count',
  permission: 'reminder.send',
  async run(act, { on, companyId }) {
    const companies =
      companyId === undefined ? await listCompanies(act) : [await takeCompany(act, companyId)];
    deletePastCounts(act, act.now.subtract({ hours: HOURS_KEPT }));
    let begun = 0;
    for (const company of companies) {
      await readPastDay(act, company, on, act.now);
      const known = await findPastCount(act, company.id, on);
      if (known && countStateOf(known, act.now) !== 'to_count') continue;
      beginPastCount(act, company.id, on);
      act.enqueue(countJob(company.id, on));
      begun += 1;
    }
    return { begun };
  },
};

/** Counts a past day to its end, from where it was left. `limit`: customers a step. */
export async function performPastCount(
  tools: Pick<JobTools, 'door' | 'contextOf'>,
  tenantId: TenantId,
  { companyId, on }: { readonly companyId: CompanyId; readonly on: PlainDate },
  limit = PAST_CUSTOMERS_A_STEP,
): Promise<void> {
  const { door } = tools;
  for (let hasMore = true; hasMore; ) {
    const who = await tools.contextOf(tenantId);
    const { row, past } = await inTenant(door.pool, tenantId, async (tx) => ({
      row: await findPastCount(tx, companyId, on),
      past: await readPastDay(tx, await takeCompany(tx, companyId), on, who.now),
    }));
    if (!row || row.finished_at !== null) return;
    const after = (row.after_id ?? undefined) as CustomerId | undefined;
    const step = await countStep(door, who, past, { from: row.counts, after, limit });
    ({ hasMore } = step);
    const { now } = await tools.contextOf(tenantId);
    const further = { counts: step.counts, looked: row.looked + step.looked, after: step.last, now };
    await inTenant(door.pool, tenantId, async (tx) =>
      updatePastCount(tx, row, { ...further, isWhole: !step.hasMore }),
    );
  }
}

/** How far the count of a past day is: as it was kept, else at once where there are few customers. `limit`: how many are few. */
export async function readPastCount(
  door: Door,
  context: Context,
  past: PastDay,
  limit = PAST_CUSTOMERS_A_STEP,
) {
  const row = await inTenant(door.pool, context.tenantId, (tx) =>
    findPastCount(tx, past.company.id, past.on),
  );
  const state = row && countStateOf(row, context.now);
  if (row && state && state !== 'to_count') return { state, counts: row.counts, looked: row.looked };
  const { counts, looked, hasMore } = await countStep(door, context, past, {
    from: NO_COUNTS,
    after: undefined,
    limit,
  });
  return { state: hasMore ? ('to_count' as const) : ('counted' as const), counts, looked };
}
