// Whether statements of an account go on where the one before ended. Lines come in once, whatever file they are in, so balances
// are compared with the lines that are there: what a statement says stood on the account must be what the last balance and the
// lines since come to. A balance that does not is off by exactly what is missing or too much, and counting goes on from it.

import { addDays, isAfter, isBefore, type PlainDate } from '#kernel/calendar.ts';

/** What a statement says. Its days and balances may be missing. */
export type StatedBalance = {
  readonly statementId: string;
  readonly reference: string;
  readonly sequenceNo: string | null;
  readonly from: PlainDate | null;
  readonly to: PlainDate | null;
  readonly openingMinor: bigint | null;
  readonly closingMinor: bigint | null;
};

/** Balances of a day, with what they are off by; all in minor units of the account's currency. */
export type DayBalances = {
  readonly day: PlainDate;
  /** Null while no statement has said a balance. */
  readonly openingMinor: bigint | null;
  readonly linesMinor: bigint;
  readonly closingMinor: bigint | null;
  /** Opening said by a statement less closing of the day before: not nothing where a statement is missing. */
  readonly carriedOffMinor: bigint;
  /** Closing said less opening and lines: not nothing where lines are missing or too many. */
  readonly closingOffMinor: bigint;
  /** A balance the bank said, on this day or after it, was reached exactly. */
  readonly isProved: boolean;
};

/** Something about the row of statements that wants a look. */
export type StatementFinding = {
  readonly kind: 'numbers_missing' | 'overlap' | 'contradiction';
  readonly day: PlainDate;
  readonly statementId: string;
  /** For missing numbers: the first and the last of them. */
  readonly numbers: readonly [number, number] | null;
};

export type Continuity = {
  readonly days: readonly DayBalances[];
  readonly findings: readonly StatementFinding[];
};

type Anchor = { readonly minor: bigint; readonly isDisputed: boolean };

/**
 * The one balance a chain of statements of one day begins or ends with: what is said and taken up by no other of them. Several
 * that differ contradict each other, and the last one counts.
 */
function endOf(said: readonly bigint[], taken: readonly bigint[]): Anchor | undefined {
  const left = [...taken];
  const free = said.filter((minor) => {
    const at = left.indexOf(minor);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  const ends = free.length === 0 ? said : free;
  const last = ends.at(-1);
  return last === undefined ? undefined : { minor: last, isDisputed: new Set(ends).size > 1 };
}

function balancesSaid(
  statements: readonly StatedBalance[],
  day: PlainDate,
): {
  readonly opening: Anchor | undefined;
  readonly closing: Anchor | undefined;
} {
  const isOn = (date: PlainDate | null): boolean => date?.equals(day) ?? false;
  const within = statements.filter((s) => isOn(s.from) && isOn(s.to));
  const present = (minors: readonly (bigint | null)[]): readonly bigint[] =>
    minors.filter((minor) => minor !== null);
  return {
    opening: endOf(
      present(statements.filter((s) => isOn(s.from)).map((s) => s.openingMinor)),
      present(within.map((s) => s.closingMinor)),
    ),
    closing: endOf(
      present(statements.filter((s) => isOn(s.to)).map((s) => s.closingMinor)),
      present(within.map((s) => s.openingMinor)),
    ),
  };
}

/**
 * Follows an account from its first day on. `statements` in the order they came in; `lines` is what the lines of a day come to,
 * by its text `2026-01-05`. Days on which nothing was said and nothing moved are left out.
 */
export function followBalances(
  statements: readonly StatedBalance[],
  lines: ReadonlyMap<string, bigint>,
): Continuity {
  const named = statements.flatMap((s) => [s.from, s.to]).filter((day) => day !== null);
  const days = [...new Set([...named.map(String), ...lines.keys()])].sort();
  const findings = [...missingNumbers(statements), ...overlaps(statements)];
  const followed: DayBalances[] = [];
  let balance: bigint | null = null;
  for (const text of days) {
    const day = Temporal.PlainDate.from(text);
    const linesMinor = lines.get(text) ?? 0n;
    const said = balancesSaid(statements, day);
    if (said.closing?.isDisputed) findings.push(contradiction(statements, day));
    // The first balance ever said may be a closing one: what stood before follows from it.
    const known: bigint | null =
      balance ?? (said.closing && !said.opening ? said.closing.minor - linesMinor : null);
    const openingMinor: bigint | null = said.opening?.minor ?? known;
    const reached: bigint | null = openingMinor === null ? null : openingMinor + linesMinor;
    const closingMinor: bigint | null = said.closing?.minor ?? reached;
    followed.push({
      day,
      openingMinor,
      linesMinor,
      closingMinor,
      carriedOffMinor: said.opening && balance !== null ? said.opening.minor - balance : 0n,
      closingOffMinor: said.closing && reached !== null ? said.closing.minor - reached : 0n,
      isProved: said.closing !== undefined,
    });
    balance = closingMinor;
  }
  return { days: proveBackwards(followed, statements), findings };
}

/** A day without a balance of its own is proved by the next one that was said, if the lines reach it exactly. */
function proveBackwards(
  days: readonly DayBalances[],
  statements: readonly StatedBalance[],
): readonly DayBalances[] {
  const proved: DayBalances[] = [];
  let isReached = false;
  for (const day of days.toReversed()) {
    isReached = (day.isProved || isReached) && day.closingOffMinor === 0n;
    proved.push({ ...day, isProved: isReached });
    // What an opening says proves the day before it.
    const opens = statements.some((s) => s.from?.equals(day.day) && s.openingMinor !== null);
    isReached = opens ? day.carriedOffMinor === 0n : isReached;
  }
  return proved.reverse();
}

function contradiction(statements: readonly StatedBalance[], day: PlainDate): StatementFinding {
  const last = statements.findLast((s) => s.to?.equals(day) && s.closingMinor !== null);
  return { kind: 'contradiction', day, statementId: last?.statementId ?? '', numbers: null };
}

/** A statement's number as the bank counts: the first digits of it (`12/1` is part 1 of number 12). */
function numberOf(statement: StatedBalance): number | undefined {
  const digits = /^\D{0,10}(\d{1,9})/.exec(statement.sequenceNo ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Numbers that were left out between two statements of one year; banks begin again with each year, some with each month. */
function missingNumbers(statements: readonly StatedBalance[]): readonly StatementFinding[] {
  const numbered = statements.flatMap((s) => {
    const number = numberOf(s);
    return number === undefined || s.to === null ? [] : [{ ...s, number, to: s.to, from: s.from ?? s.to }];
  });
  const ordered = numbered.toSorted((a, b) => Temporal.PlainDate.compare(a.to, b.to) || a.number - b.number);
  return ordered.flatMap((statement, index): readonly StatementFinding[] => {
    const before = ordered[index - 1];
    if (!before || before.to.year !== statement.to.year || statement.number <= before.number + 1) return [];
    const numbers = [before.number + 1, statement.number - 1] as const;
    return [{ kind: 'numbers_missing', day: statement.from, statementId: statement.statementId, numbers }];
  });
}

/** Statements whose days begin before another one's end: their lines came in once all the same. */
function overlaps(statements: readonly StatedBalance[]): readonly StatementFinding[] {
  const spans = statements.flatMap((s) => (s.from && s.to ? [{ ...s, from: s.from, to: s.to }] : []));
  const ordered = spans.toSorted(
    (a, b) => Temporal.PlainDate.compare(a.from, b.from) || Temporal.PlainDate.compare(a.to, b.to),
  );
  let reach: PlainDate | undefined;
  const found: StatementFinding[] = [];
  for (const statement of ordered) {
    // Several statements of one and the same day are parts of a day, not the same days twice.
    const isPart = statement.from.equals(statement.to);
    if (reach && !isAfter(statement.from, reach) && !isPart)
      found.push({ kind: 'overlap', day: statement.from, statementId: statement.statementId, numbers: null });
    if (!reach || isBefore(reach, statement.to)) reach = statement.to;
  }
  return found;
}

/** The balance at the end of a day: that of the last day on or before it of which something is known. */
export function balanceOn(days: readonly DayBalances[], day: PlainDate): DayBalances | undefined {
  return days.findLast((one) => isBefore(one.day, addDays(day, 1)));
}
