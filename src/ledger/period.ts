// Accounting periods: spans of days of a company that do not overlap. Nothing is posted on the days of a locked one; days
// in no period are open.

import { type Instant, isBefore, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';

export type Period = {
  readonly id: string;
  readonly companyId: CompanyId;
  readonly startsOn: PlainDate;
  /** Its last day. */
  readonly endsOn: PlainDate;
  readonly lockedAt: Instant | null;
  readonly lockedBy: string | null;
};

/** Refuses: `period_ends_before_start`. */
export function checkPeriod(period: Pick<Period, 'startsOn' | 'endsOn'>): void {
  if (isBefore(period.endsOn, period.startsOn)) {
    throw new Refusal('period_ends_before_start', {
      startsOn: period.startsOn.toString(),
      endsOn: period.endsOn.toString(),
    });
  }
}

/** Why a period cannot be locked, if so. */
export function lockRefusal(period: Pick<Period, 'lockedAt'>): 'period_locked_already' | undefined {
  return period.lockedAt === null ? undefined : 'period_locked_already';
}

/** Why a period cannot be unlocked, if so. */
export function unlockRefusal(period: Pick<Period, 'lockedAt'>): 'period_not_locked' | undefined {
  return period.lockedAt === null ? 'period_not_locked' : undefined;
}
