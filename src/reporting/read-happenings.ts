// All that happened with a customer, for modules that tell it from the first day on.

import type { Tx } from '#db/transaction.ts';
import { Refusal } from '#kernel/refusal.ts';
import { listTimeline, type TimelineOf } from './store-timeline.ts';
import { type TimelineRow, TOLD_TO_OTHERS } from './timeline.ts';

/** Something that happened, as the timeline of a customer has it. */
export type Happening = TimelineRow;

/**
 * What happened with a customer, or between it and one company, the earliest first, without what our own people noted for each
 * other.
 *
 * Refuses: `evidence_too_large` where it is more than the limit.
 */
export async function readHappenings(
  tx: Tx,
  of: Omit<TimelineOf, 'kinds'>,
  limit: number,
): Promise<readonly Happening[]> {
  const rows = await listTimeline(tx, { ...of, kinds: TOLD_TO_OTHERS }, { limit });
  if (rows.length > limit) throw new Refusal('evidence_too_large', { happeningsMax: limit });
  return rows.toReversed();
}
