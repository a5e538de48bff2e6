// Which causes make a task, within how many hours of business it is to be done, and how long one takes. Pure.

import { decimalsOf } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';

/**
 * What a task is about. `due_today`: an account has much falling due today. `high_due`: a large item is about to fall due.
 * `broken_promise`: a promise was not kept. `bounce`: something we sent did not arrive. `step_for_person`: a step of a
 * policy waits for a person. `reply_waits`: a customer waits for an answer. `hold_ends`: a hold is about to end.
 * `dispute_waits`: nothing happened about a dispute for some days.
 */
export const CAUSE_KINDS = [
  'due_today',
  'high_due',
  'broken_promise',
  'bounce',
  'step_for_person',
  'reply_waits',
  'hold_ends',
  'dispute_waits',
] as const;
export type CauseKind = (typeof CAUSE_KINDS)[number];

/** All kinds; `manual` ones are made by people. */
export const TASK_KINDS = [...CAUSE_KINDS, 'manual'] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

export type TaskRule = {
  readonly kind: CauseKind;
  readonly isOn: boolean;
  /** `due_today`, `high_due`: from so many whole units of the currency in which the company keeps its books. */
  readonly amount?: number | undefined;
  /**
   * `high_due`: days before it is due. `hold_ends`: days before the end. `dispute_waits`: days without anything said
   * or done.
   */
  readonly days?: number | undefined;
  /** Hours of business within which it is to be done, and after which somebody higher hears of it. */
  readonly doneHours: number;
  readonly escalateHours: number;
  /** How long one takes, as far as loads are compared. */
  readonly minutes: number;
  readonly isUrgent: boolean;
};

/** What a rule of a kind needs besides hours and minutes, and nothing else. */
export const CAUSE_NEEDS: Readonly<Record<CauseKind, readonly ('amount' | 'days')[]>> = {
  due_today: ['amount'],
  high_due: ['amount', 'days'],
  broken_promise: [],
  bounce: [],
  step_for_person: [],
  reply_waits: [],
  hold_ends: ['days'],
  dispute_waits: ['days'],
};

const A_DAY = { doneHours: 24, escalateHours: 48, isOn: true, isUrgent: false, minutes: 10 } as const;

/** The rules Quittance comes with. */
export const FIRST_TASK_RULES: readonly TaskRule[] = [
  { kind: 'due_today', ...A_DAY, amount: 10_000, minutes: 5 },
  { kind: 'high_due', ...A_DAY, amount: 50_000, days: 3 },
  { kind: 'broken_promise', ...A_DAY, isUrgent: true },
  { kind: 'bounce', ...A_DAY, escalateHours: 72 },
  { kind: 'step_for_person', ...A_DAY },
  { kind: 'reply_waits', ...A_DAY },
  { kind: 'hold_ends', ...A_DAY, days: 3, escalateHours: 96, minutes: 5 },
  { kind: 'dispute_waits', ...A_DAY, days: 7, escalateHours: 96, minutes: 15 },
];

/** What holds for tasks that people make. */
export const MANUAL_MINUTES = 10;

/** The amount of a rule in minor units of a currency; nothing where it asks for none. */
export function leastOf({ amount }: Pick<TaskRule, 'amount'>, currency: string): bigint {
  return BigInt(amount ?? 0) * 10n ** BigInt(decimalsOf(currency));
}

/**
 * Checks rules: one for each kind, each with what its kind needs. Refuses: `task_rules_not_valid` (with what is wrong of
 * which).
 */
export function checkTaskRules(rules: readonly TaskRule[]): void {
  const kinds = rules.map(({ kind }) => kind);
  const missing = CAUSE_KINDS.filter((kind) => !kinds.includes(kind));
  const twice = kinds.filter((kind, index) => kinds.indexOf(kind) !== index);
  const problems = [
    ...missing.map((kind) => `${kind} is missing`),
    ...twice.map((kind) => `${kind} stands there twice`),
    ...rules.flatMap((rule) => {
      const needs = CAUSE_NEEDS[rule.kind];
      const given = (['amount', 'days'] as const).filter((key) => rule[key] !== undefined);
      return [
        ...needs.filter((key) => !given.includes(key)).map((key) => `${rule.kind}: ${key} is missing`),
        ...given
          .filter((key) => !needs.includes(key))
          .map((key) => `${rule.kind}: ${key} means nothing here`),
        ...(rule.escalateHours < rule.doneHours
          ? [`${rule.kind}: it escalates before it is to be done`]
          : []),
      ];
    }),
  ];
  if (problems.length > 0) throw new Refusal('task_rules_not_valid', { problems });
}
