// What to do next with an account: one act, with the reason. A proposal for a person; nothing happens by itself. Pure.

import type { NextWay } from './next-action.ts';

/**
 * `find_number`: nobody can be called. `mend_address`: what was sent did not arrive. `send_statement`, `wait`: a call brings
 * less, or may not be made now. `wait_for_day`: a day to look again was agreed. The others are calls about something.
 */
export const ACTIONS = [
  'find_number',
  'call_about_promise',
  'call_back',
  'call_about_dispute',
  'mend_address',
  'call',
  'send_statement',
  'wait',
  'wait_for_day',
  'look',
] as const;
export type Action = (typeof ACTIONS)[number];

/** What a suggestion goes by. */
export type Situation = {
  readonly hasNumber: boolean;
  readonly brokenDays: number | null;
  readonly closedDays: number | null;
  readonly isNextDay: boolean;
  /** A day to look again was agreed, and it is still to come. */
  readonly isAgreedLater: boolean;
  readonly problems: number;
  readonly overdueMinor: bigint;
  /** The ways that are open, the one that brings most first: see `rankActions`. */
  readonly open: readonly NextWay[];
};

/** Days for which a broken promise or a closed dispute is what a call is about. */
export const RECENT_DAYS = 14;

/**
 * The act that comes first. A day that was agreed is waited for; what was agreed goes before what is merely late; nothing
 * goes before a rule that forbids a call, and of what is late that comes first which is expected to bring most.
 */
export function suggest(seen: Situation): Action {
  const isRecent = (days: number | null): boolean => days !== null && days <= RECENT_DAYS;
  if (seen.isAgreedLater) return 'wait_for_day';
  if (!seen.hasNumber) return seen.problems > 0 ? 'mend_address' : 'find_number';
  if (!seen.open.includes('call')) return seen.open.includes('statement') ? 'send_statement' : 'wait';
  if (isRecent(seen.brokenDays)) return 'call_about_promise';
  if (seen.isNextDay) return 'call_back';
  if (isRecent(seen.closedDays)) return 'call_about_dispute';
  if (seen.overdueMinor > 0n) return seen.open[0] === 'statement' ? 'send_statement' : 'call';
  return seen.problems > 0 ? 'mend_address' : 'look';
}
