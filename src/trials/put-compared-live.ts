// Putting a set of policies in force by what somebody saw of it: the comparison is made anew, before anything is locked, and must be
// the same.

import { type CarryOutOptions, type Context, carryOut, type Door } from '#command/command.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { putPoliciesLive } from '#policies/change-policies.ts';
import { takeSet } from '#policies/take-policies.ts';
import { readComparison } from './read-comparison.ts';

/**
 * Refuses: `comparison_changed` (with the fingerprint of now), and what `putPoliciesLive` refuses: that the set in force is still
 * the one compared with is looked at under its lock.
 */
export async function putComparedLive(
  door: Door,
  context: Context,
  wanted: { readonly setId: string; readonly replaces: string | null; readonly fingerprint: string },
  options: CarryOutOptions,
): Promise<{ readonly setId: string }> {
  const { setId, replaces } = wanted;
  const { set, fingerprint } = await readSnapshot(door, context, async (tx) => {
    const found = await takeSet(tx, setId);
    return { set: found, ...(await readComparison(tx, { file: found.file, now: context.now })) };
  });
  const isUsed = set.stage === 'draft' || set.stage === 'shadow';
  if (isUsed && fingerprint !== wanted.fingerprint) throw new Refusal('comparison_changed', { fingerprint });
  return carryOut(door, context, putPoliciesLive, { setId, replaces, revision: set.revision }, options);
}
