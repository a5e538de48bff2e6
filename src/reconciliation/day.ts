// One day of one bank account: what moved at the bank, what it was, what the books say of it, and whether all of it meets.

import type { PlainDate } from '#kernel/calendar.ts';
import type { DayBalances } from './continuity.ts';
import { LINE_KINDS, type LineKind } from './line-kind.ts';

/** Lines of one kind on a day. Money in is positive. */
export type KindSum = {
  readonly kind: LineKind;
  readonly lines: number;
  readonly minor: bigint;
  /** What the journal has on the bank account for these lines. */
  readonly bookedMinor: bigint;
  /** Of receipts: what is not applied yet. */
  readonly unappliedMinor: bigint;
  readonly unapplied: number;
};

export type DaySums = {
  readonly day: PlainDate;
  readonly kinds: readonly KindSum[];
  readonly otherCurrency: number;
};

/**
 * `tied`: everything meets and the bank said so. `open`: something is not explained, or no balance proves the day. `off`: two
 * figures that have to be the same are not.
 */
export const DAY_STATES = ['tied', 'open', 'off'] as const;
export type DayState = (typeof DAY_STATES)[number];

/** Why a day is not tied. */
export const DAY_REASONS = [
  'statement_missing',
  'balance_differs',
  'books_differ',
  'lines_unexplained',
  'other_currency',
  'balance_unknown',
] as const;
export type DayReason = (typeof DAY_REASONS)[number];

export type TiedDay = DayBalances & {
  readonly kinds: readonly KindSum[];
  readonly lines: number;
  readonly explainedMinor: bigint;
  readonly unexplainedMinor: bigint;
  readonly unexplained: number;
  readonly otherCurrency: number;
  /** What the books have on the bank account for the lines of the day. */
  readonly bookedMinor: bigint;
  /** Explained lines less what the books have of them. */
  readonly booksOffMinor: bigint;
  readonly state: DayState;
  readonly reasons: readonly DayReason[];
};

/** Puts the balances of a day and its lines together. */
export function tieDay(balances: DayBalances, sums: DaySums | undefined): TiedDay {
  const kinds = (sums?.kinds ?? []).toSorted(
    (a, b) => LINE_KINDS.indexOf(a.kind) - LINE_KINDS.indexOf(b.kind),
  );
  const waiting = kinds.find((sum) => sum.kind === 'unexplained');
  const otherCurrency = sums?.otherCurrency ?? 0;
  const total = (of: (sum: KindSum) => bigint): bigint => kinds.reduce((all, sum) => all + of(sum), 0n);
  const unexplainedMinor = waiting?.minor ?? 0n;
  const explainedMinor = total((sum) => sum.minor) - unexplainedMinor;
  const bookedMinor = total((sum) => sum.bookedMinor);
  const booksOffMinor = explainedMinor - bookedMinor;
  const isOff: readonly (readonly [DayReason, boolean])[] = [
    ['statement_missing', balances.carriedOffMinor !== 0n],
    ['balance_differs', balances.closingOffMinor !== 0n],
    ['books_differ', booksOffMinor !== 0n],
  ];
  const isOpen: readonly (readonly [DayReason, boolean])[] = [
    ['lines_unexplained', (waiting?.lines ?? 0) > 0],
    ['other_currency', otherCurrency > 0],
    ['balance_unknown', !balances.isProved && balances.closingOffMinor === 0n],
  ];
  const holding = (pairs: typeof isOff): readonly DayReason[] =>
    pairs.filter(([, holds]) => holds).map(([reason]) => reason);
  const reasons = [...holding(isOff), ...holding(isOpen)];
  return {
    ...balances,
    kinds,
    lines: kinds.reduce((all, sum) => all + sum.lines, otherCurrency),
    explainedMinor,
    unexplainedMinor,
    unexplained: waiting?.lines ?? 0,
    otherCurrency,
    bookedMinor,
    booksOffMinor,
    state: holding(isOff).length > 0 ? 'off' : reasons.length > 0 ? 'open' : 'tied',
    reasons,
  };
}

/**
 * Why a day cannot be signed off; undefined when it can. `closingMinor` is what the signer saw at the bank, where no statement
 * says a balance: with it the day has to come out exactly.
 */
export function signRefusal(
  day: TiedDay,
  given: { readonly today: PlainDate; readonly closingMinor: bigint | null; readonly isSigned: boolean },
): 'day_signed_already' | 'day_not_over' | 'day_not_tied' | 'closing_differs' | undefined {
  if (given.isSigned) return 'day_signed_already';
  if (Temporal.PlainDate.compare(day.day, given.today) >= 0) return 'day_not_over';
  if (given.closingMinor !== null && day.closingMinor !== null && given.closingMinor !== day.closingMinor)
    return 'closing_differs';
  const reasons = day.reasons.filter((reason) => reason !== 'balance_unknown' || given.closingMinor === null);
  return reasons.length > 0 ? 'day_not_tied' : undefined;
}

/** The figures somebody vouches for with a signature, as text that is hashed: amounts in minor units, kinds in order. */
export function signedFigures(day: TiedDay, lineHash: string): Readonly<Record<string, unknown>> {
  return {
    day: day.day.toString(),
    opening: day.openingMinor?.toString() ?? null,
    lines: day.linesMinor.toString(),
    closing: day.closingMinor?.toString() ?? null,
    booked: day.bookedMinor.toString(),
    kinds: day.kinds.map((sum) => ({ kind: sum.kind, lines: sum.lines, minor: sum.minor.toString() })),
    // SHA-256 of all lines of the day with what each is.
    content: lineHash,
  };
}
