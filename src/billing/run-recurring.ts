// What recurs is invoiced when its day has come: by the clock, every day, for each agreement what is due and was not yet done.

import { type Context, carryOut } from '#command/command.ts';
import { inTenant, type Tx } from '#db/transaction.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { uuidFrom } from '#jobs/job.ts';
import type { CommandId, TenantId } from '#kernel/id.ts';
import { RECURRING_PERIODS_MAX, RECURRING_TOGETHER } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { DraftId } from './draft.ts';
import { issueDraft, recordRefusal } from './issue-draft.ts';
import { issuePeriod } from './issue-period.ts';
import { duePeriods, type Period } from './recurrence.ts';
import type { Recurring } from './recurring.ts';
import { findInvoicedPeriods, findRunning, type InvoicedPeriod } from './store-recurring.ts';

/** The queue that looks what is due; see schedules. */
export const RECURRING_QUEUE = 'billing.run-recurring';

type Tools = Pick<JobTools, 'door' | 'contextOf'>;

/**
 * Invoices all periods that are due, of all agreements of a tenant, the oldest first. Done twice it does nothing more: each
 * period is invoiced once. What is refused is kept with its draft and waits for a person.
 */
export async function runRecurring(tools: Tools, tenantId: TenantId): Promise<void> {
  const context = await tools.contextOf(tenantId);
  const read = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTenant(tools.door.pool, tenantId, work);
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const page = { after, limit: RECURRING_TOGETHER };
    const some = await read((tx) => findRunning(tx, context.today, page));
    const done = await read((tx) =>
      findInvoicedPeriods(
        tx,
        some.map((each) => each.id),
      ),
    );
    for (const recurring of some)
      await runOne(tools, context, { recurring, done: done.get(recurring.id) ?? [] });
    const last = some.at(-1);
    if (!last || some.length < RECURRING_TOGETHER) return;
    after = last.id;
  }
}

async function runOne(
  tools: Tools,
  context: Context,
  { recurring, done }: { readonly recurring: Recurring; readonly done: readonly InvoicedPeriod[] },
): Promise<void> {
  // Drafts of periods whose issuing was cut off, say by a process that was killed.
  const left = done.filter((period) => period.state === 'open' && period.refusal === null);
  const isDone = (period: Period): boolean => done.some((one) => one.from.equals(period.from));
  const due = duePeriods(recurring, context.today, RECURRING_PERIODS_MAX).filter((period) => !isDone(period));
  const drafts = left.map((period) => period.draftId);
  for (const period of due) {
    try {
      const wish = { recurringId: recurring.id, from: period.from };
      drafts.push((await carryOut(tools.door, context, issuePeriod, wish)).draftId);
    } catch (error) {
      // Somebody else did it, paused it or changed it, or the customer has not paid: looked at again the next day.
      if (error instanceof Refusal) break;
      throw error;
    }
  }
  if (recurring.mode === 'issue') for (const draftId of drafts) await issueOne(tools, context, draftId);
}

async function issueOne({ door }: Tools, context: Context, draftId: DraftId): Promise<void> {
  const commandId = uuidFrom(`recurring\n${draftId}`) as CommandId;
  try {
    await carryOut(door, context, issueDraft, { draftId }, { commandId });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await carryOut(door, context, recordRefusal, {
      draftId,
      refusal: { code: error.code, facts: error.facts },
    });
  }
}
