// Looking afterwards for reminders that should not have been sent: plain loops over facts. It shares no code with what decides
// before a message leaves, so that a defect there is seen here. Pure.

import { addDays, type Instant, isBefore, type PlainDate } from '#kernel/calendar.ts';
import type { Json } from '#kernel/canonical.ts';

/**
 * What went wrong. `paid`: money with a value date up to the day had paid the item wholly. `overstated`: more was asked for
 * than was open. `promised`, `disputed`: what was promised for a day to come, or disputed, was asked for. `held`: it was on
 * hold. `stopped_address`: nothing was to be sent there. `too_many`: more contacts than allowed. `quiet_hour`: not in an hour
 * that was open. `twice`: a message reached the customer twice, or two spoke about one item within a day. `not_judged`: it
 * left without a result of the send gate.
 */
export const BREACH_KINDS = [
  'paid',
  'overstated',
  'promised',
  'disputed',
  'held',
  'stopped_address',
  'too_many',
  'quiet_hour',
  'twice',
  'not_judged',
] as const;
export type BreachKind = (typeof BREACH_KINDS)[number];

export type Breach = {
  readonly messageId: string;
  /** The item, or the message. */
  readonly subjectId: string;
  readonly kind: BreachKind;
  /** What speaks against it was recorded before the message left, with minutes to spare. */
  readonly wasKnowable: boolean;
  readonly seen: Readonly<Record<string, Json>>;
};

/** Money, credit or discount applied to an item; minor units, negative where it takes one back. */
export type Move = {
  readonly minor: bigint;
  readonly at: Instant;
  /** Money: the day it was received, and when it was recorded. Null for credits, write-offs and the like. */
  readonly money: { readonly on: PlainDate; readonly at: Instant } | null;
  /** Neither taken back nor taking back. */
  readonly stands: boolean;
};

/** Something that stopped an item, from when to when; `minor` of it, or all. */
export type Stop = {
  readonly kind: 'promised' | 'disputed' | 'held';
  readonly id: string;
  readonly minor: bigint | null;
  readonly at: Instant;
  readonly endedAt: Instant | null;
  /** The last day it counts. */
  readonly until: PlainDate | null;
};

export type SaidItem = {
  readonly itemId: string;
  readonly reference: string;
  readonly amount: bigint;
  /** What was asked for. */
  readonly said: bigint;
  readonly moves: readonly Move[];
  readonly stops: readonly Stop[];
  /** Other messages that spoke about it within the day before. */
  readonly alsoIn: readonly string[];
};

/** A reminder that left, with what is known of it now. */
export type Left = {
  readonly messageId: string;
  readonly at: Instant;
  /** The day where the company is. */
  readonly on: PlainDate;
  readonly channel: string;
  readonly zone: string | null;
  /** Times it was handed over and taken. */
  readonly takenTimes: number;
  readonly isJudged: boolean;
  readonly items: readonly SaidItem[];
  /** When its address was stopped, if it was stopped when it left. */
  readonly stoppedAt: Instant | null;
  /** Other contacts with the customer before it, within the days of the cap. */
  readonly contactsBefore: number;
  readonly contactsMax: number | null;
  /** Hours of the week that were open, as stated when it left. */
  readonly openHours: string | null;
};

/** What is recorded in the last minutes before a message leaves may not be seen yet: another transaction was still under way. */
const GRACE_MINUTES = 5;

const isUpTo = (moment: Instant, limit: Instant): boolean => Temporal.Instant.compare(moment, limit) <= 0;

/** Everything that was wrong with a reminder that left. */
export function breachesOf(left: Left): readonly Breach[] {
  const found: Breach[] = [];
  const known = left.at.subtract({ minutes: GRACE_MINUTES });
  const add = (kind: BreachKind, subjectId: string, wasKnowable: boolean, seen: Breach['seen'] = {}): void =>
    void found.push({ messageId: left.messageId, subjectId, kind, wasKnowable, seen });

  for (const item of left.items) {
    const { itemId, reference, said } = item;
    const openKnown = openAt(item, known);
    if (said > openKnown)
      add('overstated', itemId, true, { reference, said: `${said}`, open: `${openKnown}` });
    const paid = paidLater(item, left);
    const openThen = openAt(item, left.at);
    if (openThen > 0n && paid.all >= openThen)
      add('paid', itemId, paid.known >= openThen, { reference, said: `${said}`, paid: `${paid.all}` });
    for (const kind of ['promised', 'disputed', 'held'] as const) {
      const stops = item.stops.filter((stop) => stop.kind === kind && isInForce(stop, left, left.at));
      const seen = { reference, by: stops.map(({ id }) => id) };
      if (asksTooMuch(item, openThen, stops))
        add(
          kind,
          itemId,
          asksTooMuch(
            item,
            openKnown,
            stops.filter(({ at }) => isUpTo(at, known)),
          ),
          seen,
        );
    }
    if (item.alsoIn.length > 0) add('twice', itemId, true, { reference, alsoIn: [...item.alsoIn] });
  }
  const { messageId } = left;
  if (left.takenTimes > 1) add('twice', messageId, true, { times: left.takenTimes });
  if (left.stoppedAt) add('stopped_address', messageId, isUpTo(left.stoppedAt, known));
  if (left.contactsMax !== null && left.contactsBefore >= left.contactsMax)
    add('too_many', messageId, true, { before: left.contactsBefore, allowed: left.contactsMax });
  if (isQuiet(left)) add('quiet_hour', messageId, true, { zone: left.zone });
  if (!left.isJudged) add('not_judged', messageId, true);
  return found;
}

/** What was open of an item by what had been recorded up to a moment. */
function openAt(item: SaidItem, moment: Instant): bigint {
  let open = item.amount;
  for (const move of item.moves) if (isUpTo(move.at, moment)) open -= move.minor;
  return open;
}

/**
 * Money received up to the day that was applied after the message left and still stands; of it what had been recorded
 * when it left.
 */
function paidLater(item: SaidItem, left: Left): { readonly all: bigint; readonly known: bigint } {
  const known = left.at.subtract({ minutes: GRACE_MINUTES });
  let all = 0n;
  let ofKnown = 0n;
  for (const { at, money, minor, stands } of item.moves) {
    if (!stands || money === null || isUpTo(at, left.at) || isBefore(left.on, money.on)) continue;
    all += minor;
    if (isUpTo(money.at, known)) ofKnown += minor;
  }
  return { all, known: ofKnown };
}

function isInForce(stop: Stop, left: Left, moment: Instant): boolean {
  return (
    isUpTo(stop.at, moment) &&
    (stop.endedAt === null || !isUpTo(stop.endedAt, left.at)) &&
    (stop.until === null || !isBefore(stop.until, left.on))
  );
}

/** Whether more was asked for than was left besides what was stopped, of which what was paid since counts as done. */
function asksTooMuch(item: SaidItem, open: bigint, stops: readonly Stop[]): boolean {
  let stopped = 0n;
  for (const stop of stops) {
    if (stop.minor === null) return true;
    let rest = stop.minor;
    if (stop.kind === 'promised')
      for (const move of item.moves) if (move.stands && !isUpTo(move.at, stop.at)) rest -= move.minor;
    if (rest > 0n) stopped += rest;
  }
  return stopped > 0n && item.said > 0n && item.said > open - stopped;
}

const HOURS_A_DAY = 24;

/** Letters do not ask for the hour, and where nobody stated a zone nothing can be said of it. */
function isQuiet({ at, channel, openHours, zone }: Left): boolean {
  if (openHours === null || zone === null || channel === 'post') return false;
  const local = at.toZonedDateTimeISO(zone);
  return openHours.charAt((local.dayOfWeek - 1) * HOURS_A_DAY + local.hour) !== '1';
}

/** The Monday of the week a day is in. */
export function weekOf(day: PlainDate): PlainDate {
  return addDays(day, 1 - day.dayOfWeek);
}
