// The decision that ends a remedy: made in the same act, where it is asked for and nothing is disputed any more.

import type { Act } from '#command/command.ts';
import { closeDispute } from '#disputes/close-dispute.ts';
import type { StatedOutcome } from '#disputes/dispute.ts';
import { parseMoney } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { ShownMoney } from '#ledger/amount-text.ts';

/** The decision as it is asked for. */
export type Decision = {
  /** What really went wrong, one of the reasons. */
  readonly rootCause?: string | undefined;
  readonly note?: string | undefined;
};

/**
 * Makes sure that who acts may do what belongs to a remedy besides the document. Where others are asked to approve it, theirs is
 * the right to the document, and this goes with it.
 *
 * Refuses: `not_permitted`.
 */
export function requireRemedying(act: Act, decision: Decision | undefined): void {
  if (act.review) return;
  for (const permission of decision
    ? (['dispute.record', 'dispute.decide'] as const)
    : (['dispute.record'] as const))
    if (!act.permissions.has(permission)) throw new Refusal('not_permitted', { permission });
}

/** Decides a dispute of which nothing is open any more; says whether it did. Refuses what `closeDispute` refuses. */
export async function decideRemedied(
  act: Act,
  dispute: { readonly disputeId: string; readonly open: ShownMoney },
  outcome: StatedOutcome,
  decision: Decision | undefined,
): Promise<boolean> {
  const { disputeId, open } = dispute;
  if (!decision || parseMoney(open.amount, open.currency).minor > 0n) return false;
  await closeDispute.run(act, { disputeId, outcome, ...decision });
  return true;
}
