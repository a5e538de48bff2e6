// An account on the list: what can be asked for, whether it is listed at all, until when it is put off and what brings it back. Pure.

import { addDays, daysBetween, type Instant, isAfter, isBefore, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import type { CustomerDelays } from '#prediction/delays.ts';
import type { AccountFacts } from './points.ts';
import { type DueAmount, worthOf } from './value.ts';

/** Days since 1 January 1970, as prediction counts them. */
export function dayNumber(day: PlainDate): number {
  return daysBetween(EPOCH, day);
}

const EPOCH = Temporal.PlainDate.from('1970-01-01');

/** What can be asked for on one due date: together, its largest item, how many. */
export type AskedAmount = DueAmount & { readonly largest: bigint; readonly items: number };

/** Money of the customer that is not applied pays what is due first, as it will be applied. */
export function lessCredit(asked: readonly AskedAmount[], credit: bigint): readonly AskedAmount[] {
  const earliest = asked.toSorted((a, b) => a.due - b.due);
  if (credit === 0n) return earliest;
  let left = credit;
  return earliest.flatMap((one): readonly AskedAmount[] => {
    const taken = one.minor < left ? one.minor : left;
    left -= taken;
    const minor = one.minor - taken;
    return minor === 0n ? [] : [{ ...one, minor, largest: one.largest < minor ? one.largest : minor }];
  });
}

/** What happened with an account. */
export type Happened = {
  readonly lastSpokenOn: PlainDate | null;
  readonly nextOn: PlainDate | null;
  readonly nextSaidAt: Instant | null;
  readonly brokenAt: Instant | null;
  readonly brokenOn: PlainDate | null;
  readonly closedAt: Instant | null;
  readonly closedOn: PlainDate | null;
  readonly problems: number;
  readonly steps: number;
  readonly replyOn: PlainDate | null;
  readonly isHeld: boolean;
  readonly doneOn: PlainDate | null;
};

/** An account as it is looked at. */
export type SeenAccount = {
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly currency: string;
  readonly asked: readonly AskedAmount[];
  readonly credit: bigint;
  readonly happened: Happened;
};

/** A row of the list before its points. */
export type Candidate = {
  readonly facts: AccountFacts;
  /** Put off until this day, by what was agreed in a call. */
  readonly hiddenUntil: PlainDate | null;
  /** The last thing that brings the account back although it was done or put off. */
  readonly wokeAt: Instant | null;
};

/** Days for which items that became overdue are told one by one: more than any rule asks. */
const NEWLY_DAYS_MAX = 60;

/**
 * An account as a candidate of the list; undefined where nobody is to look at it: nothing can be asked for and no day
 * to look again has
 * come, or the customer is on hold.
 */
export function candidateOf(
  account: SeenAccount,
  delays: CustomerDelays,
  today: PlainDate,
): Candidate | undefined {
  const { happened } = account;
  if (happened.isHeld) return undefined;
  const now = dayNumber(today);
  const asked = lessCredit(account.asked, account.credit);
  const overdue = asked.filter((one) => one.due < now);
  const nextOn = isNextDone(happened) ? null : happened.nextOn;
  const isWanted = nextOn !== null && !isAfter(nextOn, today) && asked.length > 0;
  if (overdue.length === 0 && !isWanted) return undefined;
  const oldest = overdue[0];
  const facts: AccountFacts = {
    currency: account.currency,
    overdueMinor: overdue.reduce((sum, one) => sum + one.minor, 0n),
    overdueItems: overdue.reduce((sum, one) => sum + one.items, 0),
    oldestDueOn: oldest === undefined ? null : addDays(today, oldest.due - now),
    daysLate: oldest === undefined ? 0 : now - oldest.due,
    newly: overdue
      .filter((one) => now - one.due <= NEWLY_DAYS_MAX)
      .map((one) => ({ days: now - one.due, minor: one.largest })),
    lastSpokenOn: happened.lastSpokenOn,
    nextOn,
    brokenAt: happened.brokenAt,
    brokenOn: happened.brokenOn,
    closedAt: happened.closedAt,
    closedOn: happened.closedOn,
    ...worthOf(asked, delays, now),
    problems: happened.problems,
    steps: happened.steps,
    replyOn: happened.replyOn,
  };
  const wokeAt = latest(happened.brokenAt, happened.closedAt);
  const isOff = nextOn !== null && isAfter(nextOn, today) && !isLater(wokeAt, happened.nextSaidAt);
  return { facts, hiddenUntil: isOff ? nextOn : null, wokeAt };
}

/** The day to look again was kept: the account was dealt with on it or later. */
function isNextDone({ nextOn, doneOn }: Happened): boolean {
  return nextOn !== null && doneOn !== null && !isBefore(doneOn, nextOn);
}

function latest(a: Instant | null, b: Instant | null): Instant | null {
  return isLater(a, b) ? a : b;
}

function isLater(a: Instant | null, b: Instant | null): boolean {
  return a !== null && (b === null || Temporal.Instant.compare(a, b) > 0);
}
