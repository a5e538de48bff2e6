// Reading which days of a company are locked, for whoever wants to say so before the database does.

import type { Tx } from '#db/transaction.ts';
import { isAfter, isBefore, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId } from '#kernel/id.ts';
import { PERIODS_MAX } from '#kernel/limits.ts';
import type { Period } from './period.ts';
import { findPeriods } from './store.ts';

/** The locked periods of a company as they are now; a lock that comes later is still seen by the database. */
export async function readLockedPeriods(tx: Tx, companyId: CompanyId): Promise<readonly Period[]> {
  const periods = await findPeriods(tx, { companyId, before: undefined, limit: PERIODS_MAX });
  return periods.filter((period) => period.lockedAt !== null);
}

/** The period that has a day, if one of them does. */
export function periodOf(periods: readonly Period[], day: PlainDate): Period | undefined {
  return periods.find((period) => !isBefore(day, period.startsOn) && !isAfter(day, period.endsOn));
}
