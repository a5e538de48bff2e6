// How much somebody may write off of an item without anybody else: by role or person, kind and currency, from a least to a
// most. What lies outside needs others, whatever the rules of approvals let who acts decide alone.

import { type PlainDate, versionOn } from '#kernel/calendar.ts';
import { type Money, toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { WriteOffKind } from './writing-off.ts';

/** What a version of a limit says: so much, or nothing any more. */
export const LIMIT_STANCES = ['limit', 'withdrawn'] as const;

/** A version of a limit. One of role and user is stated. */
export type WriteOffLimit = {
  readonly id: string;
  readonly role: string | null;
  readonly userId: string | null;
  readonly currency: string;
  /** Null: every kind of which nothing else is said. */
  readonly kind: WriteOffKind | null;
  readonly stance: (typeof LIMIT_STANCES)[number];
  /** The least that may be written off of an item alone; null: there is no least. */
  readonly amountMin: Money | null;
  /** The most; stated unless withdrawn. */
  readonly amountMax: Money | null;
  readonly validFrom: PlainDate;
};

/** Who writes off. A key or the machine has a role only. */
export type Writer = { readonly role: string; readonly userId: string | null };

/**
 * The limit of somebody on a day: their own before their role's, and of each the one for the kind before the one for all
 * kinds. Nothing where none is in force. Limits stand in the order in which they were recorded; of two from the same
 * day the later counts.
 */
export function limitOn(
  limits: readonly WriteOffLimit[],
  who: Writer,
  of: { readonly kind: WriteOffKind; readonly currency: string; readonly on: PlainDate },
): WriteOffLimit | undefined {
  const fits = limits.filter((one) => one.currency === of.currency);
  const isOwn = (one: WriteOffLimit): boolean => who.userId !== null && one.userId === who.userId;
  const isRoles = (one: WriteOffLimit): boolean => one.role === who.role;
  for (const isWhose of [isOwn, isRoles])
    for (const kind of [of.kind, null]) {
      const ofKind = fits.filter((one) => isWhose(one) && one.kind === kind);
      const found = versionOn(ofKind, of.on);
      if (found?.stance === 'limit') return found;
    }
  return undefined;
}

/** Whether an amount lies within a limit, both ends included. */
export function isWithin(limit: WriteOffLimit, amount: Money): boolean {
  const { amountMin, amountMax } = limit;
  if (amountMin !== null && amount.minor < amountMin.minor) return false;
  return amountMax !== null && amount.minor <= amountMax.minor;
}

/** Part of an item that is written off, with what of the item is written off already. */
export type Weighed = { readonly amount: Money; readonly before: Money };

/**
 * Whether who acts may go on alone by their limits: yes where every part lies within, no where one does not, and nothing is
 * said (`undefined`) where there is no limit for one of them. What was written off of an item before counts towards
 * the most, so that a large one cannot be written off in small parts.
 */
export function mayAlone(
  parts: readonly Weighed[],
  limitOf: (currency: string) => WriteOffLimit | undefined,
): boolean | undefined {
  const verdicts = parts.map(({ amount, before }) => {
    const limit = limitOf(amount.currency);
    if (!limit) return undefined;
    return isWithin(limit, { ...amount, minor: amount.minor + before.minor });
  });
  if (verdicts.includes(false)) return false;
  return verdicts.includes(undefined) ? undefined : true;
}

/**
 * Reads the amounts of a limit as somebody states them.
 *
 * Refuses: `limit_without_most`, `amount_negative`, `wrong_currency`, `limit_upside_down` (the least is above the most).
 */
export function readAmounts(
  stated: { readonly amountMin?: Money | null | undefined; readonly amountMax?: Money | null | undefined },
  currency: string,
): Pick<WriteOffLimit, 'amountMin' | 'amountMax'> {
  const amountMin = stated.amountMin ?? null;
  const amountMax = stated.amountMax ?? null;
  if (amountMax === null) throw new Refusal('limit_without_most');
  for (const amount of [amountMin, amountMax]) {
    if (amount === null) continue;
    if (amount.currency !== currency)
      throw new Refusal('wrong_currency', { wanted: currency, given: amount.currency });
    if (amount.minor < 0n) throw new Refusal('amount_negative', { amount: toDecimal(amount) });
  }
  if (amountMin && amountMin.minor > amountMax.minor)
    throw new Refusal('limit_upside_down', { least: toDecimal(amountMin), most: toDecimal(amountMax) });
  return { amountMin, amountMax };
}
