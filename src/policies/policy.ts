// A policy says how the accounts of a segment are asked for what they owe. A set of policies is an order of them: the first whose
// rule is true of an account is the one that counts, and the last is for everybody.

import { assert } from '#kernel/assert.ts';
import type { Account } from './account.ts';
import type { AfterCarrier, Steps } from './cadence.ts';
import { FIRST_CADENCE } from './cadence.ts';
import type { DisputePauses, PlanRules, PromisePauses } from './reminder.ts';
import {
  type AmountText,
  currenciesOf,
  type Explained,
  explainSegment,
  isTrueOf,
  moneyOf,
  type Segment,
} from './segment.ts';
import type { Rates } from './worth.ts';

/** Whether a customer hears one message about everything, or one about each invoice. */
export const GROUPINGS = ['customer', 'invoice'] as const;

export type Grouping = (typeof GROUPINGS)[number];

/**
 * Whether a customer is thanked for a payment that settles something: never, only while nothing else is overdue, or always.
 */
export const THANKS = ['never', 'nothing_overdue', 'always'] as const;

export type Thanks = (typeof THANKS)[number];

export type Policy = {
  /** Its name within the set, for people and files: `key_account`. */
  readonly code: string;
  readonly name: string;
  readonly segment: Segment;
  readonly steps: Steps;
  /** Days between two messages to a customer at least, whatever they are about; 0 for no matter. */
  readonly minimumGapDays: number;
  /** What may be asked for must come to so much. */
  readonly minimumAmount: AmountText | null;
  readonly grouping: Grouping;
  readonly afterCarrier: AfterCarrier;
  readonly promisePauses: PromisePauses;
  readonly disputePauses: DisputePauses;
  readonly thanks: Thanks;
};

/** Policies in their order, and when their reminders go out. */
export type Policies = {
  readonly name: string;
  /** Whether reminders go out by themselves, and from what time of the company's day on, as `07:00`. */
  readonly runsDaily: boolean;
  readonly runsAt: string;
  readonly policies: readonly Policy[];
};

/** What planning goes by. */
export function planRulesOf(policy: Policy): PlanRules {
  const { steps, afterCarrier, minimumGapDays, minimumAmount, promisePauses, disputePauses } = policy;
  return {
    cadence: { steps, afterCarrier },
    minimumGapDays,
    minimumAmount: minimumAmount && moneyOf(minimumAmount),
    promisePauses,
    disputePauses,
  };
}

/** The policy of an account: the first whose rule is true of it. */
export function choosePolicy<P extends Pick<Policy, 'segment'>>(
  policies: readonly P[],
  account: Account,
  rates: Rates,
): P {
  const found = policies.find(({ segment }) => isTrueOf(segment, account, rates) === true);
  assert(found !== undefined, 'the last policy of a set is for everybody');
  return found;
}

/** Why an account has its policy: each policy up to the one that counts, with what was seen. */
export function explainChoice(
  policies: readonly Policy[],
  account: Account,
  rates: Rates,
): readonly { readonly code: string; readonly name: string; readonly explained: Explained }[] {
  const chosen = choosePolicy(policies, account, rates);
  return policies
    .slice(0, policies.indexOf(chosen) + 1)
    .map(({ code, name, segment }) => ({ code, name, explained: explainSegment(segment, account, rates) }));
}

/** The currencies that policies speak of, which amounts are reckoned in. */
export function currenciesNamed(policies: readonly Policy[]): readonly string[] {
  const named = policies.flatMap(({ segment, minimumAmount }) => [
    ...currenciesOf(segment),
    ...(minimumAmount ? [minimumAmount.currency] : []),
  ]);
  return [...new Set(named)];
}

/** What Quittance goes by where nobody has said otherwise: one policy for everybody. */
export const FIRST_POLICIES: Policies = {
  name: FIRST_CADENCE.name,
  runsDaily: true,
  runsAt: '07:00',
  policies: [onePolicy(FIRST_CADENCE.name, FIRST_CADENCE.steps)],
};

/** A policy for everybody that has nothing but steps. */
export function onePolicy(name: string, steps: Steps): Policy {
  return {
    code: 'everybody',
    name,
    segment: 'everybody',
    steps,
    minimumGapDays: 0,
    minimumAmount: null,
    grouping: 'customer',
    afterCarrier: 'resume_by_age',
    promisePauses: 'promised_part',
    disputePauses: 'disputed_part',
    thanks: 'never',
  };
}
