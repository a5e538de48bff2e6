// What a conversation comes to: what was asked, promised and disputed, by whom and when, and what of it is still open. Each line
// cites the words it was read from and the row it became; nothing is said that stands in neither. Pure.

import type { Proposed } from './proposal.ts';

/** Under what a line stands. */
export const SUMMARY_TOPICS = ['asked', 'promised', 'disputed', 'paid', 'told'] as const;
export type SummaryTopic = (typeof SUMMARY_TOPICS)[number];

const TOPIC_OF: Readonly<Record<Proposed, SummaryTopic>> = {
  promise: 'promised',
  dispute: 'disputed',
  paid_already: 'paid',
  remittance: 'paid',
  copy_request: 'asked',
  contact_change: 'asked',
  stop: 'asked',
  insolvency: 'told',
  away: 'told',
};

/** Under what an intent stands. */
export function topicOf(intent: Proposed): SummaryTopic {
  return TOPIC_OF[intent];
}

/**
 * How a line stands. `undecided`: nobody decided yet whether the mail means it. `open`: it became a promise that can still be kept,
 * or a dispute of which something is in dispute. `broken`: the promise was not kept, or in part. `done`: kept, decided, or done when it was
 * accepted.
 */
export const SUMMARY_STATES = ['undecided', 'open', 'broken', 'done'] as const;
export type SummaryState = (typeof SUMMARY_STATES)[number];

/** What a proposal became: the state of its promise or dispute, where it became one. */
export type Became = { readonly promise?: string | undefined; readonly dispute?: string | undefined };

/** How a line stands that was not rejected. */
export function stateOf(decision: 'accepted' | null, { promise, dispute }: Became): SummaryState {
  if (decision === null) return 'undecided';
  if (promise !== undefined) {
    if (promise === 'open') return 'open';
    return promise === 'broken' || promise === 'partly_kept' ? 'broken' : 'done';
  }
  return dispute === 'open' ? 'open' : 'done';
}
