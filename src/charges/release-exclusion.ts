// Ending an exclusion from interest: interest runs again from the day after its last day, or, where the debtor was wrong from
// the start, for all of its days too.

import type { Act, Command } from '#command/command.ts';
import { isBefore, type PlainDate } from '#kernel/calendar.ts';
import { Refusal } from '#kernel/refusal.ts';
import { lockExclusion, updateReleased } from './store.ts';

export type ReleaseExclusion = {
  readonly exclusionId: string;
  /** The last day left out; left out, today. */
  readonly to?: PlainDate | undefined;
  /** As if it had never been: interest is caught up for its days. */
  readonly annul?: boolean | undefined;
};

/**
 * Ends an exclusion. For other modules as well.
 *
 * Refuses: `exclusion_not_found`, `exclusion_released`, `ends_before_start`.
 */
export async function endExclusion(act: Act, input: ReleaseExclusion): Promise<void> {
  const row = await lockExclusion(act, input.exclusionId);
  if (!row) throw new Refusal('exclusion_not_found', { exclusionId: input.exclusionId });
  if (row.released_at !== null) throw new Refusal('exclusion_released');
  const annulled = input.annul ?? false;
  const to = input.to ?? act.today;
  if (!annulled && isBefore(to, row.from_on))
    throw new Refusal('ends_before_start', { from: row.from_on.toString(), to: to.toString() });
  updateReleased(act, row.id, { to: annulled ? row.to_on : to, annulled });
  act.record({
    type: 'interest_exclusion.released',
    subjectId: row.item_id,
    data: { exclusionId: row.id, to: to.toString(), annulled },
  });
}

/** The same as a command. */
export const releaseExclusion: Command<ReleaseExclusion, { readonly exclusionId: string }> = {
  name: 'release-interest-exclusion',
  permission: 'charge.waive',
  async run(act, input) {
    await endExclusion(act, input);
    return { exclusionId: input.exclusionId };
  },
};
