// Accounting periods as acts: adding, locking, unlocking. Once a lock is committed, no entry is in its days that was not
// there before: postings hold their company's row shared, and locking takes it for itself.

import { type Act, actorText, type Command } from '#command/command.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { type CompanyId, newId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCompany } from '#parties/take-party.ts';
import { checkPeriod, lockRefusal, type Period, unlockRefusal } from './period.ts';
import { findPeriod, insertPeriod, lockPostings, updatePeriodLock } from './store.ts';

export type AddPeriod = {
  readonly companyId: CompanyId;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate;
};

/** Adds a period, open. Refuses: `company_not_found`, `period_ends_before_start`, `period_overlaps`. */
export const addPeriod: Command<AddPeriod, { readonly periodId: string }> = {
  name: 'add-period',
  permission: 'period.lock',
  constraints: { accounting_period_tenant_id_company_id_daterange_excl: 'period_overlaps' },
  async run(act, input) {
    const company = await takeCompany(act, input.companyId);
    checkPeriod(input);
    const period: Period = { ...input, id: newId(), companyId: company.id, lockedAt: null, lockedBy: null };
    insertPeriod(act, period);
    record(act, 'period.added', period, {});
    return { periodId: period.id };
  },
};

/**
 * Locks a period. Waits for postings of the company that are under way; later ones see the lock.
 *
 * Refuses: `period_not_found`, `period_locked_already`.
 */
export const lockPeriod: Command<{ readonly periodId: string }, { readonly periodId: string }> = {
  name: 'lock-period',
  permission: 'period.lock',
  async run(act, input) {
    const period = await takePeriod(act, input.periodId);
    const refusal = lockRefusal(period);
    if (refusal) throw new Refusal(refusal, { lockedAt: period.lockedAt?.toString() ?? null });
    updatePeriodLock(act, period.id, { at: act.now, by: actorText(act.actor) });
    record(act, 'period.locked', period, {});
    return { periodId: period.id };
  },
};

/** Unlocks a period for posting. Refuses: `period_not_found`, `period_not_locked`. */
export const unlockPeriod: Command<
  { readonly periodId: string; readonly reason: string },
  { readonly periodId: string }
> = {
  name: 'unlock-period',
  permission: 'period.lock',
  async run(act, input) {
    const period = await takePeriod(act, input.periodId);
    const refusal = unlockRefusal(period);
    if (refusal) throw new Refusal(refusal);
    updatePeriodLock(act, period.id, { at: null, by: null });
    record(act, 'period.unlocked', period, { reason: input.reason });
    return { periodId: period.id };
  },
};

/** The period, with its company closed to postings by others until the commit. */
async function takePeriod(act: Act, id: string): Promise<Period> {
  const found = await findPeriod(act, id);
  if (!found) throw new Refusal('period_not_found', { periodId: id });
  await lockPostings(act, found.companyId);
  // Read again: whoever held the company may have locked or unlocked this very period.
  const period = await findPeriod(act, id);
  if (!period) throw new Refusal('period_not_found', { periodId: id });
  return period;
}

function record(act: Act, type: string, period: Period, data: { readonly reason?: string }): void {
  act.record({
    type,
    subjectId: period.id,
    data: {
      ...data,
      companyId: period.companyId,
      startsOn: period.startsOn.toString(),
      endsOn: period.endsOn.toString(),
    },
  });
}
