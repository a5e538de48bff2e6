// By which names, accounts and words in their texts somebody pays for a customer besides their own. A person accepts each; how often it would have
// been right on the receipts there were is counted before and kept with it.

import { Refusal } from '#kernel/refusal.ts';

/** A `word` stands in what payers write: a contract, a project, a number of their own. */
export const ALIAS_KINDS = ['name', 'account', 'word'] as const;
export type AliasKind = (typeof ALIAS_KINDS)[number];

/** How often payments with a sign were of one customer, of how many in all whose customer is known. */
export type Replay = { readonly right: number; readonly asked: number };

/** From this share on a sign is proposed by itself: what is wrong one time in ten would teach mistakes. */
export const PROPOSED_FROM = 0.9;

/** Receipts of one customer that a word must have stood on: one alone is any number that was written once. */
const WORD_SEEN_MIN = 2;

/** Whether a sign is worth proposing: it was right before, and nearly always; a word, more than once. */
export function isWorthProposing({ right, asked, kind }: Replay & { readonly kind?: AliasKind }): boolean {
  return right >= (kind === 'word' ? WORD_SEEN_MIN : 1) && right >= asked * PROPOSED_FROM;
}

/**
 * Whether a sign may be taken for a customer. A person may accept what was right in most cases, for reasons that the past does
 * not know; what pointed elsewhere as often as here would only bring ties.
 *
 * Refuses: `alias_not_supported` (no receipt speaks for it, or half of them speak against it).
 */
export function checkAlias({ right, asked }: Replay): void {
  if (right === 0 || right * 2 <= asked) throw new Refusal('alias_not_supported', { right, asked });
}
