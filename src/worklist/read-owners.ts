// Whose accounts a member works on today: their own, and those of whom they stand in for.

import type { Tx } from '#db/transaction.ts';
import { isAfter, isBefore, type PlainDate } from '#kernel/calendar.ts';
import { type CollectorRow, findCollectors } from './store-people.ts';

/** Whether a collector is away on a day and somebody stands in. */
export function isAway(row: Pick<CollectorRow, 'away_from' | 'away_to'>, on: PlainDate): boolean {
  return (
    row.away_from !== null &&
    row.away_to !== null &&
    !isBefore(on, row.away_from) &&
    !isAfter(on, row.away_to)
  );
}

/** Whose accounts a member works on: their own unless somebody stands in for them, and those of whom they stand in for. */
export async function readOwnersFor(tx: Tx, userId: string, on: PlainDate): Promise<readonly string[]> {
  const away = (await findCollectors(tx)).filter((row) => isAway(row, on));
  const others = away.filter((row) => row.substitute_id === userId).map((row) => row.user_id);
  return away.some((row) => row.user_id === userId) ? others : [userId, ...others];
}
