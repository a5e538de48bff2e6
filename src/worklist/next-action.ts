// Which contact with an account comes next: ranked by the money it is expected to bring, among those that nothing forbids.
// What a cap forbids is no matter of money: it is never ranked. Pure; a proposal for a person.

import type { Instant } from '#kernel/calendar.ts';

/** Ways to go on with an account: a call, the statement of account, or nothing for now. */
export const NEXT_WAYS = ['call', 'statement', 'wait'] as const;
export type NextWay = (typeof NEXT_WAYS)[number];
export type ContactWay = Exclude<NextWay, 'wait'>;

/**
 * What can speak against a contact. `agreed_later`: a day to look again was agreed and is still to come; `nothing_late`: there is
 * nothing to ask for yet; `too_many_contacts`: a cap is reached; `call_rules`: a rule on calls.
 */
export const NEXT_BARS = [
  'agreed_later',
  'nothing_late',
  'no_number',
  'no_way_open',
  'on_hold',
  'call_rules',
  'too_many_contacts',
  'written_lately',
] as const;

/** Why a way is not open, and until when; null where time alone does not end it. */
export type NextBar = { readonly reason: (typeof NEXT_BARS)[number]; readonly until: Instant | null };

/** Days after a reminder or statement in which another is not proposed: an answer takes a few. Stated, not measured. */
export const WRITTEN_LATELY_DAYS = 7;

/** How many past contacts of a way were looked at, and of how many a payment came in the two weeks before and after it. */
export type Followed = { readonly contacts: number; readonly before: number; readonly after: number };

/** What a way brings of money that does not come by itself, and how many contacts it was learnt from. */
export type Lift = { readonly share: number; readonly learntFrom: number };

/**
 * What a way brings where little was seen: of money that would not come by itself, a quarter by a call and a tenth by a letter or
 * mail. Stated, not measured; it counts as much as so many contacts.
 */
export const LIFT_STATED: Readonly<Record<ContactWay, number>> = { call: 0.25, statement: 0.1 };
const STATED_WEIGHT = 50;

/**
 * The share of money not coming by itself that a way brings: by how much more often a payment came after contacts than before
 * them, of those where none had come. From 0 to 1. Who is contacted has just not paid, so this is more than a comparison by
 * chance would show: it is for the order, not for a promise.
 */
export function liftOf(way: ContactWay, { contacts, before, after }: Followed): Lift {
  const rest = contacts - before;
  const seen = rest > 0 ? Math.min(1, Math.max(0, (after - before) / rest)) : 0;
  const share = (LIFT_STATED[way] * STATED_WEIGHT + seen * contacts) / (STATED_WEIGHT + contacts);
  return { share, learntFrom: contacts };
}

/** A way with what it is expected to bring, in minor units, and what speaks against it. */
export type NextAction = {
  readonly way: NextWay;
  readonly upliftMinor: bigint;
  readonly learntFrom: number;
  /** Empty where it is open. */
  readonly bars: readonly NextBar[];
};

const PARTS = 1_000_000n;

/** Part of an amount, rounded down to a whole minor unit. */
function partOf(minor: bigint, share: number): bigint {
  return (minor * BigInt(Math.floor(share * Number(PARTS)))) / PARTS;
}

/**
 * All ways, those that are open first, by what each is expected to bring of the money that is likely unpaid two weeks on; to wait
 * brings nothing more and is always open. What is barred stands last, in the order of the ways, however much it would bring.
 */
export function rankActions(
  expectedMinor: bigint,
  ways: Readonly<Record<ContactWay, { readonly lift: Lift; readonly bars: readonly NextBar[] }>>,
): readonly NextAction[] {
  const all = NEXT_WAYS.map((way): NextAction => {
    if (way === 'wait') return { way, upliftMinor: 0n, learntFrom: 0, bars: [] };
    const { lift, bars } = ways[way];
    const upliftMinor = expectedMinor > 0n ? partOf(expectedMinor, lift.share) : 0n;
    return { way, upliftMinor, learntFrom: lift.learntFrom, bars };
  });
  const open = all.filter(({ bars }) => bars.length === 0);
  const barred = all.filter(({ bars }) => bars.length > 0);
  return [...open.toSorted((a, b) => compare(b.upliftMinor, a.upliftMinor)), ...barred];
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
