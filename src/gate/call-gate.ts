// Whether a customer may be called now by the rule packs that are kept: how many attempts there were, how long ago
// somebody spoke with them, and what hour it is where they are. Pure.

import { dayIn, type Instant, type PlainDate } from '#kernel/calendar.ts';
import { type HourRules, nextAllowed, troubleAt } from './contact-hours.ts';
import type { RulePack } from './rule-packs.ts';

/**
 * A contact with a customer that counts: a reminder that left, an attempt of ours to call, or a conversation by
 * telephone, whoever began it.
 */
export type Contact = {
  readonly kind: 'message' | 'call' | 'conversation';
  readonly at: Instant;
  /** Begun by us. */
  readonly isOurs: boolean;
  /** The customer asked to be called back on that day, which permits it then. */
  readonly wishedOn: PlainDate | null;
};

/** What can speak against a call. */
export const CALL_BARS = [
  'too_many_calls',
  'spoken_lately',
  'too_many_contacts',
  'quiet_hour',
  'quiet_day',
] as const;

/** What speaks against a call by the hour it is made at, and not by those before it. */
export function isOfHour({ reason }: Pick<CallBar, 'reason'>): boolean {
  return reason === 'quiet_hour' || reason === 'quiet_day';
}

/** The moment before which a customer is not called: when the last thing that speaks against it ends. */
export function notBefore(bars: readonly CallBar[]): Instant | undefined {
  return bars
    .map(({ until }) => until)
    .toSorted(Temporal.Instant.compare)
    .at(-1);
}

/** Why a customer is not called now, by which pack, and until when. */
export type CallBar = {
  readonly reason: (typeof CALL_BARS)[number];
  /** The name of the pack. */
  readonly pack: string;
  readonly until: Instant;
  /** How many of how many were counted in how many days; nothing of hours. */
  readonly counted: number | null;
  readonly max: number | null;
  readonly days: number | null;
};

const HOURS_A_DAY = 24;

/** What is seen of a customer before they are called. */
export type CallFacts = {
  readonly packs: readonly RulePack[];
  readonly contacts: readonly Contact[];
  readonly hours: HourRules;
};

/**
 * All that speaks against calling a customer at a moment; nothing where they may be called. Days are of 24 hours,
 * back from the moment. Who asked to be called back on this day may be called although somebody spoke with them
 * lately.
 */
export function barsToCall({ packs, contacts, hours }: CallFacts, now: Instant): readonly CallBar[] {
  const bars = packs.flatMap((pack): readonly CallBar[] => {
    const attempts = contacts.filter(({ kind, isOurs }) => kind !== 'message' && isOurs);
    const ours = contacts.filter(({ isOurs }) => isOurs);
    const { calls } = pack;
    return [
      ...(calls ? capBar(attempts, calls, { reason: 'too_many_calls', pack: pack.name }, now) : []),
      ...(calls
        ? spokenBar(contacts, calls.afterConversationDays, pack.name, { now, zones: hours.zones })
        : []),
      ...pack.contacts.flatMap((cap) =>
        capBar(ours, cap, { reason: 'too_many_contacts', pack: pack.name }, now),
      ),
    ];
  });
  const trouble = packs.length === 0 ? undefined : troubleAt(now, hours);
  if (trouble === undefined) return bars;
  const none = { counted: null, max: null, days: null };
  const until = nextAllowed(now, hours);
  return [...bars, { reason: trouble, pack: packs.map(({ name }) => name).join(', '), until, ...none }];
}

function capBar(
  contacts: readonly Contact[],
  { max, days }: { readonly max: number; readonly days: number },
  named: Pick<CallBar, 'reason' | 'pack'>,
  now: Instant,
): readonly CallBar[] {
  const from = now.subtract({ hours: days * HOURS_A_DAY });
  const counted = contacts.filter(({ at }) => Temporal.Instant.compare(at, from) > 0).toSorted(byTime);
  const freed = counted[counted.length - max];
  if (freed === undefined) return [];
  return [
    { ...named, until: freed.at.add({ hours: days * HOURS_A_DAY }), counted: counted.length, max, days },
  ];
}

function spokenBar(
  contacts: readonly Contact[],
  days: number,
  pack: string,
  { now, zones }: { readonly now: Instant; readonly zones: readonly string[] },
): readonly CallBar[] {
  const last = contacts
    .filter(({ kind }) => kind === 'conversation')
    .toSorted(byTime)
    .at(-1);
  if (last === undefined) return [];
  const until = last.at.add({ hours: days * HOURS_A_DAY });
  if (Temporal.Instant.compare(until, now) <= 0) return [];
  const { wishedOn } = last;
  if (wishedOn !== null && zones.some((zone) => dayIn(zone, now).equals(wishedOn))) return [];
  return [{ reason: 'spoken_lately', pack, until, counted: 1, max: 1, days }];
}

function byTime(a: Contact, b: Contact): number {
  return Temporal.Instant.compare(a.at, b.at);
}
