// A hold: who or what is left alone, why, whose it is, and until when. It always ends by itself.

import { addDays, daysBetween, isAfter, isBefore, type PlainDate } from '#kernel/calendar.ts';
import { HOLD_DAYS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';

/** How far a hold reaches, the widest first. */
export const HOLD_SCOPES = ['tenant', 'company', 'customer', 'item', 'contact'] as const;
export type HoldScope = (typeof HOLD_SCOPES)[number];

/** What a hold is about: nothing named is everything. */
export type HoldTarget = {
  readonly companyId?: string | undefined;
  readonly customerId?: string | undefined;
  readonly itemId?: string | undefined;
  readonly contactId?: string | undefined;
};

/**
 * How far a hold with such a target reaches.
 *
 * Refuses: `hold_of_nothing` (nothing named, and not said to be of everything), `hold_of_several` (a company with a
 * customer, an item with a contact, or everything with something named), `hold_customer_missing`.
 */
export function scopeOf(target: HoldTarget, everything: boolean): HoldScope {
  const { companyId, customerId, itemId, contactId } = target;
  const named = [companyId, customerId, itemId, contactId].filter((id) => id !== undefined);
  if (named.length === 0 && !everything) throw new Refusal('hold_of_nothing');
  const isMixed = companyId !== undefined && named.length > 1;
  if (isMixed || (itemId !== undefined && contactId !== undefined) || (everything && named.length > 0))
    throw new Refusal('hold_of_several');
  if ((itemId !== undefined || contactId !== undefined) && customerId === undefined)
    throw new Refusal('hold_customer_missing');
  if (itemId !== undefined) return 'item';
  if (contactId !== undefined) return 'contact';
  if (customerId !== undefined) return 'customer';
  return companyId === undefined ? 'tenant' : 'company';
}

/** Whether a hold of this reach is for those who say when everybody is reminded, not for any collector. */
export function isWide(scope: HoldScope): boolean {
  return scope === 'tenant' || scope === 'company';
}

/** Refuses a last day that is over (`hold_ends_before_start`) or more than a year ahead (`hold_too_long`). */
export function checkEnd(until: PlainDate, today: PlainDate): void {
  const facts = { until: until.toString(), today: today.toString() };
  if (isBefore(until, today)) throw new Refusal('hold_ends_before_start', facts);
  if (isAfter(until, addDays(today, HOLD_DAYS_MAX)))
    throw new Refusal('hold_too_long', { ...facts, daysMax: HOLD_DAYS_MAX });
}

/** Refuses an end that is no later than the one it takes the place of (`hold_not_extended`), or that `checkEnd` refuses. */
export function checkExtension(endsOn: PlainDate, until: PlainDate, today: PlainDate): void {
  if (!isAfter(until, endsOn))
    throw new Refusal('hold_not_extended', { until: until.toString(), endsOn: endsOn.toString() });
  checkEnd(until, today);
}

/** Days before its end in which a hold is said to run out. */
export const SOON_DAYS = 7;
/** Days after which a hold that still stands is said to be old: somebody should look whether it is still meant. */
export const OLD_DAYS = 60;
/** Days before the end on which the owner is told. */
export const TOLD_DAYS = 3;

/** `over`: it ended by its last day and nobody released it. */
export const HOLD_STATES = ['in_force', 'running_out', 'over', 'released'] as const;
export type HoldState = (typeof HOLD_STATES)[number];

/** How a hold stands on a day. */
export function holdState(
  hold: { readonly endsOn: PlainDate; readonly isReleased: boolean },
  on: PlainDate,
): HoldState {
  if (hold.isReleased) return 'released';
  const left = daysBetween(on, hold.endsOn);
  if (left < 0) return 'over';
  return left < SOON_DAYS ? 'running_out' : 'in_force';
}
