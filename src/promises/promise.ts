// A promise to pay: amounts of items by days. Whether it was kept follows from the money that came, each time it is asked:
// money taken back takes back that it was kept. Pure.

import { addDays, daysBetween, isAfter, isBefore, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';
import { PROMISE_AHEAD_DAYS_MAX, PROMISE_DAYS_MAX, PROMISE_ITEMS_MAX } from '#kernel/limits.ts';
import { type Money, money, toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { isDebit, type OpenItem } from '#ledger/open-item.ts';

/** By which way somebody promised. */
export const PROMISE_WAYS = ['phone', 'mail', 'letter', 'meeting', 'portal', 'other'] as const;
export type PromiseWay = (typeof PROMISE_WAYS)[number];

/**
 * `open`: can still be kept. `kept`: all came in time. `partly_kept`, `broken`: a day passed with less, or with nothing.
 * `relieved`: what was promised is credited or written off. `replaced`: a later promise says otherwise. `withdrawn`: taken
 * back by whoever promised.
 */
export const PROMISE_STATES = [
  'open',
  'kept',
  'partly_kept',
  'broken',
  'relieved',
  'replaced',
  'withdrawn',
] as const;
export type PromiseState = (typeof PROMISE_STATES)[number];

/** Days money may be late where a company states nothing: a transfer over a weekend. */
export const TOLERANCE_DAYS_DEFAULT = 3;

/** An amount of an item by a day; minor units. */
export type PromisedPart = {
  readonly itemId: ItemId;
  readonly on: PlainDate;
  readonly minor: bigint;
  /** What was open of the item when it was promised. */
  readonly openMinor: bigint;
};

/** What came about an item since it was promised; minor units without sign. Money has the day it was received. */
export type Since = {
  readonly itemId: ItemId;
  readonly kind: 'money' | 'relief';
  readonly on: PlainDate;
  readonly minor: bigint;
};

/** A part with what became of it: `promised` is less than was said where the item was credited. */
export type StandingPart = PromisedPart & {
  readonly promised: bigint;
  readonly kept: bigint;
  /** The last day on which money for it counts. */
  readonly until: PlainDate;
};

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);
const sumOf = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, one) => sum + one, 0n);

/**
 * What became of the parts of a promise. Money for an item counts for its parts in the order of their days, each as far as
 * it came by its day and the days of tolerance; so the order in which things happened makes no difference. What is credited
 * takes what was not promised first, then the latest parts.
 */
export function standingParts(
  parts: readonly PromisedPart[],
  since: readonly Since[],
  toleranceDays: number,
): readonly StandingPart[] {
  return [...Map.groupBy(parts, (part) => part.itemId)].flatMap(([itemId, own]) => {
    const ordered = own.toSorted((a, b) => (isBefore(a.on, b.on) ? -1 : 1));
    const happened = since.filter((one) => one.itemId === itemId);
    const relief = sumOf(happened.filter((one) => one.kind === 'relief').map((one) => one.minor));
    const said = sumOf(ordered.map((part) => part.minor));
    let toRelieve = larger(0n, relief - ((ordered[0]?.openMinor ?? 0n) - said));
    const promised = ordered
      .toReversed()
      .map((part) => {
        const taken = smaller(part.minor, toRelieve);
        toRelieve -= taken;
        return part.minor - taken;
      })
      .toReversed();
    let before = 0n;
    return ordered.map((part, index): StandingPart => {
      const until = addDays(part.on, toleranceDays);
      const came = sumOf(
        happened.filter((one) => one.kind === 'money' && !isAfter(one.on, until)).map((one) => one.minor),
      );
      const wanted = promised[index] ?? 0n;
      const kept = smaller(wanted, larger(0n, came - before));
      before += wanted;
      return { ...part, promised: wanted, kept, until };
    });
  });
}

/** Items about which a later promise took the place of one, and the days it did. */
export type Replaced = ReadonlyMap<ItemId, PlainDate>;

/**
 * The parts of a promise once later ones took its place about some items: what was still to come of these is theirs, and only
 * what had come stands. A day that had passed by then stays as it was, and so do the parts about other items.
 */
export function withoutReplaced<P extends StandingPart>(
  parts: readonly P[],
  replaced: Replaced,
): readonly P[] {
  return parts.map((part) => {
    const on = replaced.get(part.itemId);
    return on !== undefined && !isBefore(part.until, on) ? { ...part, promised: part.kept } : part;
  });
}

/** A promise with what became of it, in minor units. */
export type PromiseStanding = {
  readonly state: PromiseState;
  readonly promised: bigint;
  readonly kept: bigint;
  /** What is missing of days that passed. */
  readonly short: bigint;
  /** The next day on which something is to come; null where nothing is. */
  readonly next: PlainDate | null;
};

/** How a person's act ended a promise, and when. */
export type PromiseEnd = { readonly kind: 'withdrawn' | 'replaced'; readonly on: PlainDate };

/**
 * How a promise stands on a day. One that a person ended stands as it did on that day: what came, or did not come, later
 * says nothing of it.
 */
export function promiseStanding(
  parts: readonly StandingPart[],
  today: PlainDate,
  ended: PromiseEnd | undefined,
): PromiseStanding {
  const day = ended && isBefore(ended.on, today) ? ended.on : today;
  const promised = sumOf(parts.map((part) => part.promised));
  const kept = sumOf(parts.map((part) => part.kept));
  const short = sumOf(
    parts.filter((part) => isBefore(part.until, day)).map((part) => part.promised - part.kept),
  );
  const waiting = parts.filter((part) => part.kept < part.promised && !isBefore(part.until, day));
  const next = ended
    ? null
    : waiting
        .map((part) => part.on)
        .reduce<PlainDate | null>((first, on) => (first === null || isBefore(on, first) ? on : first), null);
  return { state: stateOf({ promised, kept, short }, ended?.kind), promised, kept, short, next };
}

function stateOf(
  { promised, kept, short }: Pick<PromiseStanding, 'promised' | 'kept' | 'short'>,
  ended: 'withdrawn' | 'replaced' | undefined,
): PromiseState {
  if (promised === 0n) return 'relieved';
  if (kept === promised) return 'kept';
  if (short > 0n) return kept > 0n ? 'partly_kept' : 'broken';
  return ended ?? 'open';
}

/** What of items is promised and still to come on a day, by item, where the promise can still be kept. */
export function pausedOf(parts: readonly StandingPart[], today: PlainDate): ReadonlyMap<ItemId, bigint> {
  const paused = new Map<ItemId, bigint>();
  if (promiseStanding(parts, today, undefined).state !== 'open') return paused;
  for (const part of parts) {
    const rest = part.promised - part.kept;
    if (rest > 0n) paused.set(part.itemId, (paused.get(part.itemId) ?? 0n) + rest);
  }
  return paused;
}

/** The level of a promise in the place of others: one that was kept is no reason to count up. */
export function nextLevel(
  replaced: readonly { readonly level: number; readonly state: PromiseState }[],
): number {
  return replaced.reduce(
    (level, one) => Math.max(level, one.state === 'kept' ? one.level : one.level + 1),
    1,
  );
}

/** What is promised of an item; without an amount all of it that is not disputed. */
export type PromiseWish = {
  readonly itemId: ItemId;
  readonly on: PlainDate;
  readonly amount?: Money | undefined;
};

/** What was decided: whose promise, and its parts. */
export type DecidedPromise = {
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly currency: string;
  readonly parts: readonly PromisedPart[];
};

/**
 * Decides what a promise says about items that are locked. `disputed` is what of them is in dispute, which nobody promises.
 *
 * Refuses: `nothing_promised`, `promise_too_long`, `item_not_found`, `not_a_debit`, `item_without_customer`,
 * `promise_of_several` (items
 * of several companies, customers or currencies), `promised_day_past`, `promised_too_far_ahead`, `promised_day_twice`,
 * `wrong_currency`, `amount_not_positive`, `exceeds_open` (with what can be promised).
 */
export function decidePromise(
  items: readonly OpenItem[],
  wishes: readonly PromiseWish[],
  disputed: ReadonlyMap<ItemId, bigint>,
  today: PlainDate,
): DecidedPromise {
  if (wishes.length === 0) throw new Refusal('nothing_promised');
  if (items.length > PROMISE_ITEMS_MAX)
    throw new Refusal('promise_too_long', { itemsMax: PROMISE_ITEMS_MAX });
  for (const { on } of wishes) checkDay(on, today);
  const byId = new Map(items.map((item) => [item.id, item]));
  const parts = [...Map.groupBy(wishes, (wish) => wish.itemId)].flatMap(([itemId, own]) => {
    const item = byId.get(itemId);
    if (!item) throw new Refusal('item_not_found', { items: [itemId] });
    return partsOf(item, own, disputed.get(itemId) ?? 0n);
  });
  const [first] = items;
  if (!first) throw new Refusal('nothing_promised');
  const { companyId, customerId } = first;
  if (customerId === null) throw new Refusal('item_without_customer', { item: first.reference });
  const other = items.find(
    (item) =>
      item.companyId !== companyId ||
      item.customerId !== customerId ||
      item.open.currency !== first.open.currency,
  );
  if (other) throw new Refusal('promise_of_several', { items: [first.reference, other.reference] });
  return { companyId, customerId, currency: first.open.currency, parts };
}

function checkDay(on: PlainDate, today: PlainDate): void {
  if (isBefore(on, today)) throw new Refusal('promised_day_past', { on: on.toString() });
  if (daysBetween(today, on) > PROMISE_AHEAD_DAYS_MAX)
    throw new Refusal('promised_too_far_ahead', { on: on.toString(), daysMax: PROMISE_AHEAD_DAYS_MAX });
}

function partsOf(item: OpenItem, wishes: readonly PromiseWish[], disputed: bigint): readonly PromisedPart[] {
  const facts = { item: item.reference };
  if (!isDebit(item)) throw new Refusal('not_a_debit', facts);
  if (wishes.length > PROMISE_DAYS_MAX) throw new Refusal('promise_too_long', { daysMax: PROMISE_DAYS_MAX });
  if (new Set(wishes.map((wish) => wish.on.toString())).size !== wishes.length)
    throw new Refusal('promised_day_twice', facts);
  const most = money(item.open.minor - disputed, item.open.currency);
  const parts = wishes.map(({ on, amount = most }): PromisedPart => {
    if (amount.currency !== most.currency)
      throw new Refusal('wrong_currency', { ...facts, wanted: most.currency, given: amount.currency });
    if (amount.minor <= 0n) throw new Refusal('amount_not_positive', { ...facts, amount: toDecimal(amount) });
    return { itemId: item.id, on, minor: amount.minor, openMinor: item.open.minor };
  });
  const given = money(sumOf(parts.map((part) => part.minor)), most.currency);
  if (given.minor > most.minor)
    throw new Refusal('exceeds_open', { ...facts, given: toDecimal(given), most: toDecimal(most) });
  return parts;
}
