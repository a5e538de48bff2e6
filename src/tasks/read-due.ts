// What fell due of late and can be asked for, for whoever tells people of due dates.

import type { Tx } from '#db/transaction.ts';
import { addDays, type PlainDate } from '#kernel/calendar.ts';
import { readPromisedOf } from '#promises/read-standings.ts';
import { type DueRow, findDueCustomers, findDueSums } from './store-causes.ts';

export type { DueRow };

/** Days after which a due date that nobody was told of is no news. */
const DAYS_BACK = 7;

/**
 * What is open of invoices whose due date arrived today or passed in the last days, by whoever the account is. What is on hold,
 * with an agency, in dispute, or promised and still to come is left out: nobody asks for that.
 */
export async function readDueSums(tx: Tx, today: PlainDate): Promise<readonly DueRow[]> {
  const due = { from: addDays(today, -DAYS_BACK), today };
  const promised = await readPromisedOf(tx, await findDueCustomers(tx, due), today);
  return findDueSums(tx, due, promised);
}
