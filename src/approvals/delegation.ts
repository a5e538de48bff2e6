// Duties handed to somebody else from one day to another, both included. Who is away cannot decide twice by it: the one
// person counts once, and never about what either of them asked for.

import { addDays, type Instant, isAfter, isBefore, type PlainDate } from '#kernel/calendar.ts';
import { Refusal } from '#kernel/refusal.ts';

export type Delegation = {
  readonly id: string;
  readonly fromUser: string;
  readonly toUser: string;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate;
  readonly endedAt: Instant | null;
};

/** How long duties can be delegated at a time. */
export const DELEGATION_DAYS_MAX = 366;

/** Whether a delegation holds on a day. */
export function isInForce(delegation: Delegation, on: PlainDate): boolean {
  return delegation.endedAt === null && !isBefore(on, delegation.startsOn) && !isAfter(on, delegation.endsOn);
}

/**
 * Checks a delegation that somebody wants.
 *
 * Refuses: `delegation_to_oneself`, `delegation_ends_before_it_starts`, `delegation_in_past`, `delegation_too_long`.
 */
export function checkDelegation(
  wanted: Pick<Delegation, 'fromUser' | 'toUser' | 'startsOn' | 'endsOn'>,
  today: PlainDate,
): void {
  const { startsOn, endsOn } = wanted;
  if (wanted.fromUser === wanted.toUser) throw new Refusal('delegation_to_oneself');
  if (isBefore(endsOn, startsOn))
    throw new Refusal('delegation_ends_before_it_starts', { endsOn: endsOn.toString() });
  if (isBefore(endsOn, today)) throw new Refusal('delegation_in_past', { endsOn: endsOn.toString() });
  if (isAfter(endsOn, addDays(startsOn, DELEGATION_DAYS_MAX)))
    throw new Refusal('delegation_too_long', { daysMax: DELEGATION_DAYS_MAX });
}

/** Why somebody cannot end a delegation, if so. */
export function endRefusal(
  delegation: Delegation,
  userId: string,
  permissions: ReadonlySet<string>,
): 'delegation_ended' | 'not_your_delegation' | undefined {
  if (delegation.endedAt !== null) return 'delegation_ended';
  const isTheirs = delegation.fromUser === userId || delegation.toUser === userId;
  return isTheirs || permissions.has('approval.manage') ? undefined : 'not_your_delegation';
}
