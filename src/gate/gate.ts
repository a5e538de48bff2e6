// The send gate: what is asked in the moment a reminder is about to leave, and what becomes of it. Pure: facts in, a result out that
// says of each check what was seen.

import type { Instant } from '#kernel/calendar.ts';
import type { Json } from '#kernel/canonical.ts';
import { type HourRules, nextAllowed, troubleAt } from './contact-hours.ts';
import {
  type AskedItem,
  type Cover,
  coversOf,
  type PrintedKeys,
  type Settling,
  type WaitingMoney,
} from './cover.ts';
import type { GateSetting } from './setting.ts';

/** What is asked, in this order. */
export const GATE_CHECKS = [
  'balance',
  'disputes',
  'promises',
  'holds',
  'bank_data',
  'waiting_money',
  'address',
  'contacts',
  'hours',
] as const;
export type GateCheck = (typeof GATE_CHECKS)[number];

/** `passed`: nothing speaks against it. `held`: something does, of some items or of all. `not_asked`: the tenant does not ask. */
export type CheckVerdict = 'passed' | 'held' | 'not_asked';

export type CheckResult = {
  readonly check: GateCheck;
  readonly verdict: CheckVerdict;
  readonly seen: Readonly<Record<string, Json>>;
};

/** Why a whole message waits. */
export type WaitReason =
  | 'bank_data_old'
  | 'no_bank_data'
  | 'waiting_money'
  | 'too_many_contacts'
  | 'quiet_hour'
  | 'quiet_day';

export type GateResult = {
  readonly checks: readonly CheckResult[];
  /** Items left out because money that waits could pay them. */
  readonly covered: readonly Cover[];
  readonly waits: { readonly reason: WaitReason; readonly until: Instant } | undefined;
};

/** What was seen of the bank accounts of a company: the age of each in hours of bank business. */
export type SeenAccount = { readonly name: string; readonly upTo: string; readonly hours: number };

/** A cap on contacts with the moments of those that count, the earliest first. */
export type SeenCap = {
  readonly rule: string;
  readonly max: number;
  readonly days: number;
  readonly contacts: readonly Instant[];
};

/** All that is seen besides what reminding itself reads. */
export type GateFacts = {
  readonly setting: GateSetting;
  readonly accounts: readonly SeenAccount[];
  readonly waiting: readonly WaitingMoney[];
  /** By which sums items may have been paid. */
  readonly settling: Settling;
  readonly printed: PrintedKeys;
  readonly caps: readonly SeenCap[];
  readonly hours: HourRules;
};

/** What reminding found out: what is left to say, what was left out and why, and where it would go. */
export type Reviewed = {
  readonly items: readonly AskedItem[];
  readonly leftOut: readonly { readonly itemId: string; readonly reason: string }[];
  readonly recipient: string | undefined;
  readonly channel: string;
};

/** Whoever waits for something that is not known to end is looked at again each hour. */
const AGAIN_HOURS = 1;

/** Judges a reminder in the moment it is about to leave. */
export function judge(facts: GateFacts, reviewed: Reviewed, now: Instant): GateResult {
  const covered = coversOf(reviewed.items, facts.waiting, facts.settling, facts.printed);
  const caps = facts.caps.filter(({ contacts, max }) => contacts.length >= max);
  // A letter wakes nobody: hours and quiet days are for what rings.
  const rings = reviewed.channel !== 'post';
  const trouble = rings ? troubleAt(now, facts.hours) : undefined;
  const waits = reasonToWait({ facts, caps, trouble, allCovered: isAllCovered(reviewed, covered) }, now);
  return {
    checks: checksOf(facts, reviewed, { covered, caps, trouble: trouble ?? null, rings }),
    covered,
    waits,
  };
}

/**
 * Whether a message that asks for nothing may leave now: not in a quiet hour or day, nor beyond a cap on contacts. Neither
 * bank data nor money that waits speaks against it.
 */
export function judgeCourtesy(facts: Pick<GateFacts, 'caps' | 'hours'>, now: Instant): GateResult['waits'] {
  const free = fullUntil(facts.caps);
  if (free) return { reason: 'too_many_contacts', until: free };
  const trouble = troubleAt(now, facts.hours);
  return trouble && { reason: trouble, until: nextAllowed(now, facts.hours) };
}

function isAllCovered(reviewed: Reviewed, covered: readonly Cover[]): boolean {
  return reviewed.items.length > 0 && covered.length === reviewed.items.length;
}

function nextHour(now: Instant): Instant {
  const hour = AGAIN_HOURS * 3_600_000;
  return Temporal.Instant.fromEpochMilliseconds((Math.floor(now.epochMilliseconds / hour) + 1) * hour);
}

function reasonToWait(
  seen: {
    readonly facts: GateFacts;
    readonly caps: readonly SeenCap[];
    readonly trouble: 'quiet_hour' | 'quiet_day' | undefined;
    readonly allCovered: boolean;
  },
  now: Instant,
): GateResult['waits'] {
  const { facts, caps } = seen;
  const bank = bankTrouble(facts);
  if (bank) return { reason: bank, until: nextHour(now) };
  if (seen.allCovered) return { reason: 'waiting_money', until: nextHour(now) };
  const [cap] = caps
    .map((one) => freeAt(one))
    .sort(Temporal.Instant.compare)
    .reverse();
  if (cap) return { reason: 'too_many_contacts', until: cap };
  if (seen.trouble) return { reason: seen.trouble, until: nextAllowed(now, facts.hours) };
  return undefined;
}

/** Until when caps allow no contact more; undefined where all do. */
export function fullUntil(caps: readonly SeenCap[]): Instant | undefined {
  return caps
    .filter(({ contacts, max }) => contacts.length >= max)
    .map(freeAt)
    .sort(Temporal.Instant.compare)
    .at(-1);
}

/** When one contact fewer than the cap is left in its days: the moment the first that is too many is so old. */
function freeAt({ contacts, max, days }: SeenCap): Instant {
  const first = contacts[contacts.length - max] ?? contacts[0];
  return (first ?? Temporal.Instant.fromEpochMilliseconds(0)).add({ hours: days * 24 });
}

function bankTrouble({ setting, accounts }: GateFacts): WaitReason | undefined {
  if (accounts.length === 0) return setting.withoutBank === 'hold' ? 'no_bank_data' : undefined;
  if (setting.freshHours === null) return undefined;
  const allowed = setting.freshHours;
  return accounts.some(({ hours }) => hours > allowed) ? 'bank_data_old' : undefined;
}

function checksOf(
  facts: GateFacts,
  reviewed: Reviewed,
  found: {
    readonly covered: readonly Cover[];
    readonly caps: readonly SeenCap[];
    readonly trouble: string | null;
    readonly rings: boolean;
  },
): readonly CheckResult[] {
  const { setting, hours } = facts;
  const bank = bankTrouble(facts);
  const asksHours =
    found.rings && (hours.openHours !== null || hours.weeks.length > 0 || hours.quietDays.size > 0);
  const ofItems = (check: GateCheck, reasons: readonly string[]): CheckResult => {
    const items = reviewed.leftOut
      .filter(({ reason }) => reasons.includes(reason))
      .map(({ itemId }) => itemId);
    return { check, verdict: items.length > 0 ? 'held' : 'passed', seen: { leftOut: items } };
  };
  const balance = ofItems('balance', ['closed', 'covered_by_credit', 'below_minimum', 'said_later_step']);
  return [
    {
      ...balance,
      seen: {
        ...balance.seen,
        open: reviewed.items.map(({ reference, open }) => `${reference} ${open.minor} ${open.currency}`),
      },
    },
    ofItems('disputes', ['in_dispute', 'not_posted']),
    ofItems('promises', ['promised']),
    ofItems('holds', ['on_hold']),
    {
      check: 'bank_data',
      verdict: bank
        ? 'held'
        : facts.accounts.length === 0 || setting.freshHours === null
          ? 'not_asked'
          : 'passed',
      seen: { allowedHours: setting.freshHours, accounts: facts.accounts.map((one) => ({ ...one })) },
    },
    {
      check: 'waiting_money',
      verdict: found.covered.length > 0 ? 'held' : 'passed',
      seen: {
        looked: facts.waiting.length,
        covers: found.covered.map(({ itemId, money, reason }) => ({
          itemId,
          reason,
          source: money.source,
          money: money.name,
          moneyId: money.id,
        })),
      },
    },
    {
      check: 'address',
      verdict: reviewed.recipient === undefined ? 'held' : 'passed',
      seen: { channel: reviewed.channel, recipient: reviewed.recipient ?? null },
    },
    {
      check: 'contacts',
      verdict: found.caps.length > 0 ? 'held' : facts.caps.length === 0 ? 'not_asked' : 'passed',
      seen: {
        caps: facts.caps.map(({ rule, max, days, contacts }) => ({
          rule,
          max,
          days,
          contacts: contacts.length,
        })),
      },
    },
    {
      check: 'hours',
      verdict: found.trouble ? 'held' : asksHours ? 'passed' : 'not_asked',
      seen: { zones: [...hours.zones], why: found.trouble },
    },
  ];
}
