// Ending an exclusion from interest: interest runs again from the day after its last day, or, where the debtor was wrong from
// the start, for all of its days too.

import type { Act, Command } from '#command/command.ts';
import { addDays, isBefore, type PlainDate } from '#kernel/calendar.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type ExclusionRow, lockExclusion, updateReleased } from './store.ts';

export type ReleaseExclusion = {
  readonly exclusionId: string;
  /** The last day left out; left out, today. */
  readonly to?: PlainDate | undefined;
  /** As if it had never been: interest is caught up for its days. */
  readonly annul?: boolean | undefined;
};

/** An exclusion, locked. Refuses: `exclusion_not_found`. */
async function takeExclusion(act: Act, exclusionId: string): Promise<ExclusionRow> {
  const row = await lockExclusion(act, exclusionId);
  if (!row) throw new Refusal('exclusion_not_found', { exclusionId });
  return row;
}

/**
 * Lets interest run again from a day on where another module left an item out of it: an exclusion that began no earlier counts as
 * never having been, another ends the day before. One that somebody ended by hand stays as it is.
 *
 * Refuses: `exclusion_not_found`.
 */
export async function resumeInterest(
  act: Act,
  {
    exclusionId,
    from,
    annul,
  }: { readonly exclusionId: string; readonly from: PlainDate; readonly annul?: boolean | undefined },
): Promise<void> {
  const row = await takeExclusion(act, exclusionId);
  if (row.released_at !== null) return;
  const to = addDays(from, -1);
  saveEnd(act, row, { to, annulled: annul === true || isBefore(to, row.from_on) });
}

function saveEnd(
  act: Act,
  row: ExclusionRow,
  { to, annulled }: { readonly to: PlainDate; readonly annulled: boolean },
): void {
  updateReleased(act, row.id, { to: annulled ? row.to_on : to, annulled });
  act.record({
    type: 'interest_exclusion.released',
    subjectId: row.item_id,
    data: { exclusionId: row.id, to: to.toString(), annulled },
  });
}

/**
 * Ends an exclusion.
 *
 * Refuses: `exclusion_not_found`, `exclusion_released`, `ends_before_start`.
 */
export const releaseExclusion: Command<ReleaseExclusion, { readonly exclusionId: string }> = {
  name: 'release-interest-exclusion',
  permission: 'charge.waive',
  async run(act, input) {
    const row = await takeExclusion(act, input.exclusionId);
    if (row.released_at !== null) throw new Refusal('exclusion_released');
    const annulled = input.annul ?? false;
    const to = input.to ?? act.today;
    if (!annulled && isBefore(to, row.from_on))
      throw new Refusal('ends_before_start', { from: row.from_on.toString(), to: to.toString() });
    saveEnd(act, row, { to, annulled });
    return { exclusionId: row.id };
  },
};
