// Why an account is looked at before another: rules that give points for what is so of it. Points add up; each row
// says which rules gave what. Pure.

import { daysBetween, type Instant, isAfter, type PlainDate } from '#kernel/calendar.ts';
import { decimalsOf, money, toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';

/**
 * What a rule asks. `overdue`: at least so much can be asked for. `oldest`: overdue for at least so many days.
 * `newly_overdue`: one item of at least so much became overdue within days. `no_contact`: nobody was spoken to for so
 * many days, or ever. `broken_promise`, `dispute_closed`: within days. `next_day`: the day to look again has come.
 * `at_risk`: of the money asked for, at least so many percent are likely to be unpaid in 14 days. `delivery_problem`:
 * something did not arrive and waits for a person. `step_for_person`: a step of the policy waits for a person to take
 * it. `reply_waits`: a mail of the customer has waited for an answer for so many days.
 */
export const RULE_KINDS = [
  'overdue',
  'oldest',
  'newly_overdue',
  'no_contact',
  'broken_promise',
  'dispute_closed',
  'next_day',
  'at_risk',
  'delivery_problem',
  'step_for_person',
  'reply_waits',
] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

/** One rule. Amounts are whole units of the currency in which the company keeps its books. */
export type PointRule = {
  readonly name: string;
  readonly when: RuleKind;
  readonly points: number;
  /** `overdue`, `newly_overdue`. */
  readonly amount?: number | undefined;
  /** `oldest`, `no_contact`, `reply_waits`: at least; `newly_overdue`, `broken_promise`, `dispute_closed`: within. */
  readonly days?: number | undefined;
  /** `at_risk`. */
  readonly percent?: number | undefined;
  /** Counts only where at least so much can be asked for. */
  readonly onlyFrom?: number | undefined;
};

/** What has to be given with a rule of a kind, and nothing else. */
export const RULE_NEEDS: Readonly<Record<RuleKind, readonly ('amount' | 'days' | 'percent')[]>> = {
  overdue: ['amount'],
  oldest: ['days'],
  newly_overdue: ['amount', 'days'],
  no_contact: ['days'],
  broken_promise: ['days'],
  dispute_closed: ['days'],
  next_day: [],
  at_risk: ['percent'],
  delivery_problem: [],
  step_for_person: [],
  reply_waits: ['days'],
};

/** The rules Quittance comes with: what people who collect look at first. */
export const FIRST_RULES: readonly PointRule[] = [
  { name: 'The day to look again has come', when: 'next_day', points: 50 },
  { name: 'A reply waits for an answer', when: 'reply_waits', days: 0, points: 30 },
  { name: 'A step waits for a person', when: 'step_for_person', points: 25 },
  { name: 'A promise was broken within two weeks', when: 'broken_promise', days: 14, points: 40 },
  { name: 'A dispute was closed within two weeks', when: 'dispute_closed', days: 14, points: 25 },
  { name: '100,000 or more overdue', when: 'overdue', amount: 100_000, points: 20 },
  { name: '10,000 or more overdue', when: 'overdue', amount: 10_000, points: 15 },
  { name: '1,000 or more overdue', when: 'overdue', amount: 1000, points: 10 },
  {
    name: 'A large item became overdue this week',
    when: 'newly_overdue',
    amount: 25_000,
    days: 7,
    points: 20,
  },
  { name: 'Overdue for 60 days', when: 'oldest', days: 60, points: 15 },
  { name: 'Overdue for 30 days', when: 'oldest', days: 30, points: 10 },
  { name: 'Overdue for more than a week', when: 'oldest', days: 8, points: 5 },
  { name: 'Nobody was spoken to for two weeks', when: 'no_contact', days: 14, points: 10 },
  { name: 'Most of it will likely not come by itself', when: 'at_risk', percent: 70, points: 15 },
  { name: 'Something we sent did not arrive', when: 'delivery_problem', points: 10 },
];

/** What is so of an account on a day. Amounts are minor units of the company's currency. */
export type AccountFacts = {
  readonly currency: string;
  /** Overdue and neither promised, disputed nor covered by credit. */
  readonly overdueMinor: bigint;
  readonly overdueItems: number;
  readonly oldestDueOn: PlainDate | null;
  /** Days since then; 0 where nothing is overdue. */
  readonly daysLate: number;
  /** The largest item that became overdue, by how many days ago. */
  readonly newly: readonly { readonly days: number; readonly minor: bigint }[];
  readonly lastSpokenOn: PlainDate | null;
  readonly nextOn: PlainDate | null;
  readonly brokenAt: Instant | null;
  readonly brokenOn: PlainDate | null;
  readonly closedAt: Instant | null;
  readonly closedOn: PlainDate | null;
  /** Money likely past due and unpaid 14 days on. */
  readonly expectedMinor: bigint;
  /** What will be past due by then if nothing is paid. */
  readonly dueThenMinor: bigint;
  readonly problems: number;
  /** Steps of a policy that wait for a person. */
  readonly steps: number;
  /** Since when the oldest mail waits for an answer. */
  readonly replyOn: PlainDate | null;
};

/** A rule that gave points, with what was seen. */
export type PointReason = { readonly name: string; readonly points: number; readonly seen: string };

/** Which rules give an account points today, the most first. */
export function reasonsOf(
  rules: readonly PointRule[],
  facts: AccountFacts,
  today: PlainDate,
): readonly PointReason[] {
  return rules
    .flatMap((rule): readonly PointReason[] => {
      if (rule.onlyFrom !== undefined && facts.overdueMinor < minorOf(rule.onlyFrom, facts.currency))
        return [];
      const seen = seenBy(rule, facts, today);
      return seen === undefined ? [] : [{ name: rule.name, points: rule.points, seen }];
    })
    .toSorted((a, b) => b.points - a.points);
}

/** The points of an account: those of its reasons together. */
export function pointsOf(reasons: readonly PointReason[]): number {
  return reasons.reduce((sum, one) => sum + one.points, 0);
}

const text = (minor: bigint, currency: string): string => `${toDecimal(money(minor, currency))} ${currency}`;

/** What a rule sees where it is true; undefined where it is not. */
function seenBy(rule: PointRule, facts: AccountFacts, today: PlainDate): string | undefined {
  const { currency } = facts;
  const amount = rule.amount === undefined ? 0n : minorOf(rule.amount, currency);
  const days = rule.days ?? 0;
  const within = (on: PlainDate | null): string | undefined =>
    on !== null && daysBetween(on, today) <= days ? on.toString() : undefined;
  switch (rule.when) {
    case 'overdue':
      return facts.overdueMinor > 0n && facts.overdueMinor >= amount
        ? text(facts.overdueMinor, currency)
        : undefined;
    case 'oldest':
      return facts.daysLate >= days && facts.daysLate > 0 ? `${facts.daysLate} days` : undefined;
    case 'newly_overdue': {
      const largest = facts.newly
        .filter((one) => one.days <= days)
        .reduce((most, one) => (one.minor > most ? one.minor : most), 0n);
      return largest > 0n && largest >= amount ? text(largest, currency) : undefined;
    }
    case 'no_contact': {
      if (facts.lastSpokenOn === null) return 'never';
      const since = daysBetween(facts.lastSpokenOn, today);
      return since >= days ? `${since} days` : undefined;
    }
    case 'broken_promise':
      return within(facts.brokenOn);
    case 'dispute_closed':
      return within(facts.closedOn);
    case 'next_day':
      return facts.nextOn !== null && !isAfter(facts.nextOn, today) ? facts.nextOn.toString() : undefined;
    case 'at_risk': {
      if (facts.dueThenMinor <= 0n) return undefined;
      const share = Number((facts.expectedMinor * 100n) / facts.dueThenMinor);
      return share >= (rule.percent ?? 0) ? `${share} %` : undefined;
    }
    case 'step_for_person':
      return facts.steps > 0 ? String(facts.steps) : undefined;
    case 'reply_waits':
      return facts.replyOn !== null && daysBetween(facts.replyOn, today) >= days
        ? facts.replyOn.toString()
        : undefined;
    case 'delivery_problem':
      return facts.problems > 0 ? String(facts.problems) : undefined;
  }
}

/** Whole units of a currency in its minor units. */
function minorOf(units: number, currency: string): bigint {
  return BigInt(units) * 10n ** BigInt(decimalsOf(currency));
}

/** Rules of one set at most: more are not read by anybody. */
const RULES_MAX = 50;

/** Checks a set of rules. Refuses: `worklist_rules_not_valid` (with each rule that is wrong, and what is). */
export function checkRules(rules: readonly PointRule[]): void {
  const problems = rules.flatMap((rule, index): readonly { at: number; wrong: string }[] => {
    const needs = RULE_NEEDS[rule.when];
    const given = (['amount', 'days', 'percent'] as const).filter((key) => rule[key] !== undefined);
    const wrong = [
      ...needs.filter((key) => !given.includes(key)).map((key) => `${key} is missing`),
      ...given.filter((key) => !needs.includes(key)).map((key) => `${key} means nothing here`),
    ];
    return wrong.map((one) => ({ at: index + 1, wrong: one }));
  });
  const names = new Set(rules.map((rule) => rule.name));
  if (names.size !== rules.length) problems.push({ at: 0, wrong: 'two rules have one name' });
  if (rules.length === 0 || rules.length > RULES_MAX)
    problems.push({ at: 0, wrong: `there are 1 to ${RULES_MAX} rules` });
  if (problems.length > 0)
    throw new Refusal('worklist_rules_not_valid', {
      problems: problems.map(({ at, wrong }) => (at === 0 ? wrong : `rule ${at}: ${wrong}`)),
    });
}
