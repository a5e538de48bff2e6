// When people pay: for each day counted from the due date, how probable it is that what is still open is paid on that day.
// A customer's own days speak where there are enough of them; what is usual for all speaks where there are not.
//
// It is a discrete hazard. Items that are still open count as looked at on every day they were open, so a customer who stopped
// paying is not mistaken for one who pays early, as it happens when only paid invoices are learnt from. Days are whole
// numbers counted from 1 January 1970, a Thursday.

/** An item that has been open: from when, when it was due, and when it was settled, if it is. */
export type PastItem = {
  readonly issued: number;
  readonly due: number;
  /** The day it was wholly settled by money; undefined where it is open still. */
  readonly settled: number | undefined;
  /** As many items alike; one where nothing is said. */
  readonly times?: number | undefined;
};

/** What is usual for all customers together: a hazard for each weekday of the due date and each day from it. */
export type UsualDelays = { readonly asOf: number; readonly hazards: readonly Hazards[] };

/** How one customer pays: the hazard of items due on a day, so many days from it (see `place`). */
export type CustomerDelays = { hazard(due: number, at: number): number };

type Hazards = Float64Array;
type Counts = { readonly paid: Float64Array; readonly open: Float64Array };

/** Days before and after the due date that are told apart; what is open longer than that shares one hazard. */
const FIRST = -60;
const LAST = 150;
const TAIL = LAST - FIRST + 1;
const SIZE = TAIL + 1;

const WEEKDAYS = 7;
/** 1 January 1970 was a Thursday, the fourth day of the week that begins on Monday. */
const WEEKDAY_OF_DAY_ZERO = 3;

/** Days after which what happened counts half: habits change, and a year with its seasons should still be heard. */
const HALF_LIFE = 240;

/** So many days at risk does the next wider circle count: all weekdays for one, a customer's days for a weekday of theirs. */
const USUAL_WEIGHT = 50;
const CUSTOMER_WEIGHT = 1.5;
const WEEKDAY_WEIGHT = 14;

/** What is assumed of a day that nobody has ever seen: one in a hundred, as if two had been looked at. */
const UNSEEN = { paid: 0.02, open: 2 } as const;
const HAZARD_MAX = 0.99;

/** The weekday of a day, Monday 0 to Sunday 6. */
export function weekdayOf(day: number): number {
  return (((day + WEEKDAY_OF_DAY_ZERO) % WEEKDAYS) + WEEKDAYS) % WEEKDAYS;
}

/**
 * What is usual when all customers are taken together, from what was known before a day: payments on or after it and items
 * issued on or after it are not looked at. The order of the items changes nothing.
 */
export function learnUsualDelays(past: Iterable<PastItem>, asOf: number): UsualDelays {
  const byWeekday = Array.from({ length: WEEKDAYS }, noCounts);
  for (const item of past) count(byWeekday, item, asOf);
  for (const counts of byWeekday) addUp(counts);
  const all = noCounts();
  for (const counts of byWeekday) merge(all, counts);
  const whole = hazardsBy((at) => (paidAt(all, at) + UNSEEN.paid) / (openAt(all, at) + UNSEEN.open));
  const hazards = byWeekday.map((counts) =>
    hazardsBy((at) => {
      const counted = { paid: paidAt(counts, at), open: openAt(counts, at) };
      return shrunk(counted, { to: hazardAt(whole, at), weight: USUAL_WEIGHT });
    }),
  );
  return { asOf, hazards };
}

/**
 * How one customer pays, from their own items and from what is usual; without items of their own, as is usual. Only
 * the days that are asked for are worked out: of a hundred thousand customers, each is asked about a few.
 */
export function delaysOfCustomer(usual: UsualDelays, own: Iterable<PastItem>): CustomerDelays {
  const spells = [...own].flatMap((item) => spellOf(item, usual.asOf) ?? []);
  const known = new Map<number, number>();
  const hazard = (due: number, at: number): number => {
    const weekday = weekdayOf(due);
    const key = weekday * SIZE + at;
    const seen = known.get(key);
    if (seen !== undefined) return seen;
    const found = hazardOf(usual, spells, { weekday, at });
    known.set(key, found);
    return found;
  };
  return { hazard };
}

/**
 * A customer's hazard for due dates of one weekday: how many times the usual they pay on that day from the due date, over
 * all weekdays, and then their own count for this weekday (payment runs have their days).
 */
function hazardOf(
  usual: UsualDelays,
  spells: readonly Spell[],
  { weekday, at }: { readonly weekday: number; readonly at: number },
): number {
  const own = { paid: 0, open: 0 };
  let paid = 0;
  let expected = 0;
  for (const spell of spells) {
    const open = openIn(spell, at);
    if (open === 0) continue;
    const left = spell.paidAt === at ? spell.weight : 0;
    paid += left;
    expected += open * hazardAt(hazardsIn(usual.hazards, spell.weekday), at);
    if (spell.weekday !== weekday) continue;
    own.paid += left;
    own.open += open;
  }
  const base = hazardAt(hazardsIn(usual.hazards, weekday), at);
  const prior = CUSTOMER_WEIGHT * base;
  const times = bounded((base * (paid + prior)) / (expected + prior));
  return bounded(shrunk(own, { to: times, weight: WEEKDAY_WEIGHT }));
}

/** An item whose payment is looked ahead to: when it is due, and that it is unpaid as its day `from` begins. */
export type OpenItem = { readonly due: number; readonly from: number };

/** How probable it is that an item that is unpaid as `from` begins is unpaid still when `day` ends; 1 for days before. */
export function unpaidChance(delays: CustomerDelays, item: OpenItem, day: number): number {
  let chance = 1;
  for (let at = Math.max(item.from - item.due, FIRST); at <= day - item.due; at += 1) {
    chance *= 1 - delays.hazard(item.due, place(at));
  }
  return chance;
}

/** Days after which nobody says when something will be paid. */
const YEARS_AHEAD = 730;

/** The day by which it is as probable as not that the item is paid; undefined where that is not within two years. */
export function likelyDay(delays: CustomerDelays, item: OpenItem): number | undefined {
  let chance = 1;
  const first = Math.max(item.from, item.due + FIRST);
  for (let day = first; day <= first + YEARS_AHEAD; day += 1) {
    chance *= 1 - delays.hazard(item.due, place(day - item.due));
    if (chance <= 0.5) return day;
  }
  return undefined;
}

function noCounts(): Counts {
  return { paid: new Float64Array(SIZE), open: new Float64Array(SIZE + 1) };
}

/** The days on which an item was open, by their place from the due date, and where it was paid. */
type Spell = {
  readonly weekday: number;
  /** What a day of it counts today. */
  readonly weight: number;
  /** First and last day before the tail; none where the first is after the last. */
  readonly first: number;
  readonly last: number;
  /** Days in the tail, which are counted each: they share one hazard. */
  readonly tailDays: number;
  readonly paidAt: number | undefined;
};

/** What was seen of an item before a day; undefined where nothing was. */
function spellOf(item: PastItem, asOf: number): Spell | undefined {
  if (item.issued >= asOf) return undefined;
  const isPaid = item.settled !== undefined && item.settled < asOf;
  const last = isPaid ? (item.settled ?? asOf) : asOf - 1;
  if (!isPaid && last - item.due < FIRST) return undefined;
  const end = Math.max(last - item.due, FIRST);
  const begin = Math.min(Math.max(item.issued - item.due, FIRST), end);
  return {
    weekday: weekdayOf(item.due),
    weight: (item.times ?? 1) * 2 ** ((last - asOf) / HALF_LIFE),
    first: begin - FIRST,
    last: Math.min(end, LAST) - FIRST,
    tailDays: end > LAST ? end - Math.max(begin - 1, LAST) : 0,
    paidAt: isPaid ? place(end) : undefined,
  };
}

/** Days at risk of an item at a place, weighted. */
function openIn({ first, last, tailDays, weight }: Spell, at: number): number {
  if (at === TAIL) return weight * tailDays;
  return first <= at && at <= last ? weight : 0;
}

/** Counts an item: in `open` as a difference where it begins and ends, which `addUp` makes into counts of days. */
function count(byWeekday: readonly Counts[], item: PastItem, asOf: number): void {
  const spell = spellOf(item, asOf);
  const counts = spell && byWeekday[spell.weekday];
  if (spell === undefined || counts === undefined) return;
  const { weight, first, last, tailDays, paidAt } = spell;
  if (first <= last) {
    add(counts.open, first, weight);
    add(counts.open, last + 1, -weight);
  }
  add(counts.open, TAIL, weight * tailDays);
  add(counts.open, TAIL + 1, -weight * tailDays);
  if (paidAt !== undefined) add(counts.paid, paidAt, weight);
}

function addUp({ open }: Counts): void {
  for (let at = 1; at < open.length; at += 1) add(open, at, open[at - 1] ?? 0);
}

function merge(into: Counts, counts: Counts): void {
  for (let at = 0; at < SIZE; at += 1) {
    add(into.paid, at, paidAt(counts, at));
    add(into.open, at, openAt(counts, at));
  }
}

function add(counts: Float64Array, at: number, weight: number): void {
  counts[at] = (counts[at] ?? 0) + weight;
}

/** What was counted, with what is expected of a wider circle added as if so many days had been looked at. */
function shrunk(
  counted: { readonly paid: number; readonly open: number },
  wider: { readonly to: number; readonly weight: number },
): number {
  return (counted.paid + wider.weight * wider.to) / (counted.open + wider.weight);
}

function hazardsBy(rate: (at: number) => number): Hazards {
  return Float64Array.from({ length: SIZE }, (_, at) => bounded(rate(at)));
}

function bounded(rate: number): number {
  return Math.min(Math.max(rate, 0), HAZARD_MAX);
}

/** Where a day from the due date is kept. */
function place(fromDue: number): number {
  return fromDue > LAST ? TAIL : Math.max(fromDue, FIRST) - FIRST;
}

function hazardsIn(hazards: readonly Hazards[], weekday: number): Hazards {
  return hazards[weekday] ?? new Float64Array(SIZE);
}

function hazardAt(hazards: Hazards, at: number): number {
  return hazards[at] ?? 0;
}

function paidAt({ paid }: Counts, at: number): number {
  return paid[at] ?? 0;
}

/** Days at risk; sums of differences may fall a hair below zero. */
function openAt({ open }: Counts, at: number): number {
  return Math.max(open[at] ?? 0, 0);
}
