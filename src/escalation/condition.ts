// Whether a claim may go to an agency or a court: condition by condition, what is asked for, what was found, and the proof.
// Pure: everything that is looked at is an argument.

import { addDays, daysBetween, earlier, isAfter, isBefore, type PlainDate } from '#kernel/calendar.ts';
import type { ItemId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { LegalPack, Limitation } from './legal-pack.ts';

/** The phases of an account, from the friendliest to the firmest. */
export const ESCALATION_PHASES = [
  'not_chased',
  'reminder',
  'demand',
  'final_notice',
  'agency',
  'legal',
] as const;
export type EscalationPhase = (typeof ESCALATION_PHASES)[number];

/** Where a claim can go. */
export const ROUTES = ['agency', 'legal'] as const;
export type Route = (typeof ROUTES)[number];

/** A notice that was sent about an item. */
export type Notice = {
  readonly messageId: string;
  readonly phase: string;
  readonly sentOn: PlainDate;
  /** By which news we could prove that it arrived or was handed over: `delivered`, `posted` …; null where there is none. */
  readonly proof: string | null;
};

/** What is looked at of an item. */
export type ClaimItem = {
  readonly id: ItemId;
  readonly reference: string;
  readonly dueOn: PlainDate;
  readonly notices: readonly Notice[];
  readonly isDisputed: boolean;
  readonly isPromised: boolean;
  readonly isOnHold: boolean;
  /** With whom it is already. */
  readonly standing: Route | null;
};

/** What is looked at of an account. */
export type ClaimFacts = {
  readonly items: readonly ClaimItem[];
  /** The lines of the postal address; empty where there is none. */
  readonly address: readonly string[];
  readonly today: PlainDate;
};

export const CONDITION_CODES = [
  'overdue',
  'notices_sent',
  'final_notice_sent',
  'notice_provable',
  'days_waited',
  'address_known',
  'not_disputed',
  'not_promised',
  'not_on_hold',
  'not_time_barred',
  'not_elsewhere',
] as const;
export type ConditionCode = (typeof CONDITION_CODES)[number];

/** Conditions that nobody may pass over: the matter itself is not ripe, or is decided elsewhere. */
const FIRM: ReadonlySet<ConditionCode> = new Set([
  'overdue',
  'not_disputed',
  'not_promised',
  'not_on_hold',
  'not_elsewhere',
]);

export type Condition = {
  readonly code: ConditionCode;
  readonly isMet: boolean;
  /** Nobody may pass over it. */
  readonly isFirm: boolean;
  /** What is asked for, and what was found: figures, days or names. */
  readonly needed: string;
  readonly found: string;
  /** The messages that prove it. */
  readonly messageIds: readonly string[];
  /** The items it fails for, by number. */
  readonly failing: readonly string[];
  readonly source: string | null;
};

/** Notices before a claim goes anywhere: the last of them is the final notice. */
export const NOTICES_NEEDED = 2;

/** The last day on which a claim due on a day can be enforced without more. */
export function limitationDay(dueOn: PlainDate, { years, from }: Limitation): PlainDate {
  const start = from === 'due' ? dueOn : dueOn.with({ month: 12, day: 31 });
  return start.add({ years });
}

/** All conditions for handing items over, in the order people read them. */
export function conditionsOf(facts: ClaimFacts, pack: LegalPack): readonly Condition[] {
  const { items, today } = facts;
  const finals = items.map((item) => lastFinal(item));
  const waited = finals.map((final) => (final ? daysBetween(final.sentOn, today) : undefined));
  const fewest = items.reduce((least, item) => Math.min(least, item.notices.length), Infinity);
  const provable = items.map((item) =>
    item.notices.find(({ phase, proof }) => phase === 'final_notice' && proof),
  );
  const lastDays = items.map((item) => limitationDay(item.dueOn, pack.limitation));
  const failing = (isMet: (item: ClaimItem, index: number) => boolean): readonly string[] =>
    items.filter((item, index) => !isMet(item, index)).map((item) => item.reference);
  const one = (
    code: ConditionCode,
    fails: readonly string[],
    said: { readonly needed?: string; readonly found?: string; readonly source?: string },
    messageIds: readonly (string | undefined)[] = [],
  ): Condition => ({
    code,
    isMet: fails.length === 0 && items.length > 0,
    isFirm: FIRM.has(code),
    needed: said.needed ?? '',
    found: said.found ?? '',
    messageIds: [...new Set(messageIds.filter((id) => id !== undefined))],
    failing: fails,
    source: said.source ?? null,
  });
  const shortest = waited.includes(undefined) ? undefined : Math.min(...waited.map((days) => days ?? 0));
  const lastDay = lastDays.length > 0 ? lastDays.reduce(earlier) : undefined;
  return [
    one(
      'overdue',
      failing((item) => isBefore(item.dueOn, today)),
      {},
    ),
    one(
      'notices_sent',
      failing((item) => item.notices.length >= NOTICES_NEEDED),
      { needed: String(NOTICES_NEEDED), found: String(Number.isFinite(fewest) ? fewest : 0) },
      items.flatMap((item) => item.notices.map(({ messageId }) => messageId)),
    ),
    one(
      'final_notice_sent',
      failing((_, index) => finals[index] !== undefined),
      { found: latest(finals.map((final) => final?.sentOn)) },
      finals.map((final) => final?.messageId),
    ),
    one(
      'notice_provable',
      failing((_, index) => provable[index] !== undefined),
      { found: [...new Set(provable.map((notice) => notice?.proof ?? '–'))].join(', ') },
      provable.map((notice) => notice?.messageId),
    ),
    one(
      'days_waited',
      failing((_, index) => (waited[index] ?? -1) >= pack.waitDays),
      {
        needed: String(pack.waitDays),
        found: shortest === undefined ? '–' : String(shortest),
        source: pack.waitSource,
      },
    ),
    one('address_known', facts.address.length > 1 ? [] : items.map((item) => item.reference), {
      found: facts.address.join(', '),
    }),
    one(
      'not_disputed',
      failing((item) => !item.isDisputed),
      {},
    ),
    one(
      'not_promised',
      failing((item) => !item.isPromised),
      {},
    ),
    one(
      'not_on_hold',
      failing((item) => !item.isOnHold),
      {},
    ),
    one(
      'not_time_barred',
      failing((_, index) => !isAfter(today, lastDays[index] ?? today)),
      {
        needed: `${pack.limitation.years} years from ${pack.limitation.from === 'due' ? 'the due date' : 'the end of the year it is due in'}`,
        found: lastDay?.toString() ?? '–',
        source: pack.limitation.source,
      },
    ),
    one(
      'not_elsewhere',
      failing((item) => item.standing === null),
      {},
    ),
  ];
}

function lastFinal(item: ClaimItem): Notice | undefined {
  return item.notices
    .filter(({ phase }) => phase === 'final_notice')
    .reduce<Notice | undefined>(
      (last, one) => (last && isAfter(last.sentOn, one.sentOn) ? last : one),
      undefined,
    );
}

function latest(days: readonly (PlainDate | undefined)[]): string {
  const known = days.filter((day) => day !== undefined);
  return known.length === 0 ? '–' : known.reduce((a, b) => (isAfter(a, b) ? a : b)).toString();
}

/**
 * Lets a hand-over go on where each condition is met, or passed over by name with a note where that may be.
 *
 * Refuses: `hand_over_not_ripe` (with the codes that fail), `hand_over_note_missing` (passed over without saying why).
 */
export function checkConditions(
  conditions: readonly Condition[],
  accepting: readonly string[],
  note: string | undefined,
): void {
  const unmet = conditions.filter(({ isMet }) => !isMet);
  const standing = unmet.filter(({ code, isFirm }) => isFirm || !accepting.includes(code));
  if (standing.length > 0)
    throw new Refusal('hand_over_not_ripe', {
      conditions: standing.map(({ code }) => code),
      items: [...new Set(standing.flatMap(({ failing }) => failing))],
    });
  if (unmet.length > 0 && note === undefined) throw new Refusal('hand_over_note_missing');
}

/** The phase of an account: the firmest of its items. */
export function phaseOf(items: readonly Pick<ClaimItem, 'notices' | 'standing'>[]): EscalationPhase {
  const phases = items.flatMap((item): readonly string[] => [
    item.standing ?? 'not_chased',
    ...item.notices.map(({ phase }) => phase),
  ]);
  return ESCALATION_PHASES.findLast((phase) => phases.includes(phase)) ?? 'not_chased';
}

/** The first day on which the wait after the final notice is over, where one was sent about every item. */
export function ripeOn(items: readonly ClaimItem[], pack: LegalPack): PlainDate | undefined {
  const finals = items.map((item) => lastFinal(item)?.sentOn);
  if (finals.length === 0 || finals.includes(undefined)) return undefined;
  const last = finals.filter((day) => day !== undefined).reduce((a, b) => (isAfter(a, b) ? a : b));
  return addDays(last, pack.waitDays);
}
