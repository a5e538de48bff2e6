// What is in dispute bears no interest: the parts left out of interest follow what is disputed, from today on. Days before
// are not touched; what was left out of them stays so unless the dispute was a mistake from the start.

import { excludeFromInterest } from '#charges/place-exclusion.ts';
import { resumeInterest } from '#charges/release-exclusion.ts';
import type { Act } from '#command/command.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { ItemId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { readItems } from '#ledger/read-items.ts';
import { findExclusions, insertExclusions } from './store.ts';

/** Which dispute, what is open of it by item now, and from which day on that holds. */
export type Aligning = {
  readonly disputeId: string;
  readonly number: string;
  readonly currency: string;
  readonly open: ReadonlyMap<ItemId, bigint>;
  readonly from: PlainDate;
  /** The customer was wrong: interest runs as if there had been no dispute. */
  readonly annul?: boolean;
};

/** Leaves exactly what is in dispute out of interest. Items that bear none are passed over. */
export async function alignExclusions(act: Act, aligning: Aligning): Promise<void> {
  const { disputeId, open, from, annul } = aligning;
  const standing = await findExclusions(act, disputeId);
  const kept = new Set<ItemId>();
  for (const exclusion of standing) {
    if (open.get(exclusion.itemId) === exclusion.minor) kept.add(exclusion.itemId);
    else await resumeInterest(act, { exclusionId: exclusion.exclusionId, from, annul });
  }
  const wanted = [...open].filter(([itemId, minor]) => minor > 0n && !kept.has(itemId));
  const items = await readItems(
    act,
    wanted.map(([itemId]) => itemId),
  );
  const bearing = new Set(items.filter((item) => item.kind === 'invoice').map((item) => item.id));
  const placed = [];
  for (const [itemId, minor] of wanted) {
    if (!bearing.has(itemId)) continue;
    const amount = money(minor, aligning.currency);
    const reason = `In dispute: ${aligning.number}`;
    const exclusionId = await excludeFromInterest(act, { itemId, amount, from, reason });
    placed.push({
      exclusion_id: exclusionId,
      dispute_id: disputeId,
      item_id: itemId,
      amount_minor: minor,
      recorded_at: act.now,
    });
  }
  insertExclusions(act, placed);
}
