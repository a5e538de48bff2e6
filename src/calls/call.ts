// A call: somebody spoke with a customer, or tried to. What came of it says what may follow and what must be said. Pure.

import { addDays, isAfter, isBefore, type PlainDate } from '#kernel/calendar.ts';
import { CALL_NEXT_DAYS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';

/** Who began it: we, or the customer. */
export const CALL_DIRECTIONS = ['out', 'in'] as const;
export type CallDirection = (typeof CALL_DIRECTIONS)[number];

/** How people spoke. Messages are kept as messages. */
export const CALL_WAYS = ['phone', 'visit', 'video', 'other'] as const;
export type CallWay = (typeof CALL_WAYS)[number];

/** Whether a telephone rings at the customer's. */
function isRung(way: string): boolean {
  return way === 'phone' || way === 'video';
}

/** Whether rules on calls are about a call: we rang. */
export function isOurs({ direction, way }: { readonly direction: string; readonly way: string }): boolean {
  return direction === 'out' && isRung(way);
}

/**
 * What came of it. `reached`: somebody was spoken to, nothing more. `promised`, `disputed`: taken with the call. `refused`: will
 * not pay and says no reason that is a dispute. `call_back`: asked to be called another day. The others spoke to nobody.
 */
export const CALL_OUTCOMES = [
  'reached',
  'no_answer',
  'voicemail',
  'wrong_number',
  'promised',
  'disputed',
  'refused',
  'call_back',
] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

/** Outcomes by which the customer was spoken to: those that count as a contact. */
export const SPOKEN: readonly CallOutcome[] = ['reached', 'promised', 'disputed', 'refused', 'call_back'];

/** Whether the customer was spoken to. */
export function isSpoken(outcome: CallOutcome): boolean {
  return SPOKEN.includes(outcome);
}

/** What is said of a call, as far as it is decided about. */
export type CallSaid = {
  readonly outcome: CallOutcome;
  readonly number: string | undefined;
  readonly nextOn: PlainDate | undefined;
  readonly on: PlainDate;
  readonly takesPromise: boolean;
  readonly opensDispute: boolean;
};

/**
 * Checks that what is said of a call fits together.
 *
 * Refuses: `promise_missing`, `dispute_missing`, `promise_not_outcome`, `dispute_not_outcome`, `next_day_missing` (of somebody
 * who is to be called back), `next_day_past`, `next_day_too_far`, `number_missing` (of a wrong one), `call_in_future`.
 */
export function checkCall(said: CallSaid, today: PlainDate): void {
  const { outcome, nextOn } = said;
  if (isAfter(said.on, today)) throw new Refusal('call_in_future', { on: said.on.toString() });
  if (outcome === 'promised' && !said.takesPromise) throw new Refusal('promise_missing');
  if (outcome === 'disputed' && !said.opensDispute) throw new Refusal('dispute_missing');
  if (outcome !== 'promised' && said.takesPromise) throw new Refusal('promise_not_outcome', { outcome });
  if (outcome !== 'disputed' && said.opensDispute) throw new Refusal('dispute_not_outcome', { outcome });
  if (outcome === 'wrong_number' && said.number === undefined) throw new Refusal('number_missing');
  if (outcome === 'call_back' && nextOn === undefined) throw new Refusal('next_day_missing');
  if (nextOn === undefined) return;
  if (isBefore(nextOn, today)) throw new Refusal('next_day_past', { nextOn: nextOn.toString() });
  if (isAfter(nextOn, addDays(today, CALL_NEXT_DAYS_MAX)))
    throw new Refusal('next_day_too_far', { nextOn: nextOn.toString(), daysMax: CALL_NEXT_DAYS_MAX });
}
