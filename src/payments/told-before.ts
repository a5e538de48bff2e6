// Whether days of a statement are there already though nothing in them is met by its reference or words: as MT940 yesterday and as
// camt.053 today, or in a second edition with other texts. Balances tell: where the account stood at the same sum before a day,
// and the lines that are there come to what the statement has on it, its lines are these. Once more would contradict the bank.

import { type PlainDate, parseDate } from '#kernel/calendar.ts';

/** What is booked on one day of one account, in minor units of its currency: in all, and of it what came in. */
export type BookedDay = { netMinor: bigint; inMinor: bigint };

/** By the text of the day, `2026-01-05`. */
export type BookedDays = ReadonlyMap<string, Readonly<BookedDay>>;

/** A stored statement whose balances are explained by its own entries. */
export type StoredSpan = {
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly openingMinor: bigint;
  readonly closingMinor: bigint;
};

/** Counts one line to its day. */
export function addLine(days: Map<string, BookedDay>, on: PlainDate, minor: bigint): void {
  const day = days.get(on.toString()) ?? { netMinor: 0n, inMinor: 0n };
  day.netMinor += minor;
  if (minor > 0n) day.inMinor += minor;
  days.set(on.toString(), day);
}

/** How far back a balance is followed to the first day of a statement. */
export const FOLLOWED_DAYS_MAX = 100;

/**
 * The last day up to which what a statement has is there already, in minor units of one currency; nothing where its first day
 * is not. A day is there if the account stood where the statement opens, and as much is booked on it, as the statement says.
 */
export function toldThrough(
  statement: { readonly openingMinor: bigint; readonly days: BookedDays },
  stored: { readonly spans: readonly StoredSpan[]; readonly days: BookedDays },
): PlainDate | undefined {
  const named = [...statement.days.keys()].sort();
  const [first] = named;
  if (first === undefined || balanceBefore(parseDate(first), stored) !== statement.openingMinor)
    return undefined;
  const last = named.at(-1) ?? first;
  const between = [...stored.days.keys()].filter((day) => day >= first && day <= last);
  let through: string | undefined;
  for (const day of [...new Set([...named, ...between])].sort()) {
    if (!isSameDay(statement.days.get(day), stored.days.get(day))) break;
    through = day;
  }
  return through === undefined ? undefined : parseDate(through);
}

/** As much in and as much out: of a day of which more is told later, what came in and went out again is no repetition. */
function isSameDay(one: BookedDay | undefined, other: BookedDay | undefined): boolean {
  return one?.netMinor === other?.netMinor && one?.inMinor === other?.inMinor && one !== undefined;
}

/** Where the account stood before a day, by the stored statements that began last; they begin on one day. */
function balanceBefore(
  day: PlainDate,
  { spans, days }: { readonly spans: readonly StoredSpan[]; readonly days: BookedDays },
): bigint | undefined {
  const openings = new Set(
    spans.filter((span) => isFirstOfDay(span, spans)).map((span) => span.openingMinor),
  );
  const [opening] = openings;
  // Several that differ contradict each other: then nothing is known.
  if (opening === undefined || openings.size > 1) return undefined;
  const until = [...days].filter(([on]) => on < day.toString());
  return until.reduce((sum, [, { netMinor }]) => sum + netMinor, opening);
}

/** Of parts of one day, the one with whose opening no other part closes. */
function isFirstOfDay(span: StoredSpan, spans: readonly StoredSpan[]): boolean {
  return !spans.some(
    (other) =>
      other.from.equals(span.from) &&
      other.to.equals(other.from) &&
      other.closingMinor === span.openingMinor &&
      other.openingMinor !== other.closingMinor &&
      !(other.openingMinor === span.openingMinor && other.closingMinor === span.closingMinor),
  );
}
