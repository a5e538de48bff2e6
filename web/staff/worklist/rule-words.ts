// Rules of the worklist in words people use.

import type { RULE_KINDS, readWorklistRules } from '#worklist/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { countText } from '../../lib/format.ts';

export type Rule = Reply<typeof readWorklistRules>['rules'][number];
export type RuleKind = (typeof RULE_KINDS)[number];

/** What rules may ask, as one chooses it. */
export const KIND_WORDS: Readonly<Record<RuleKind, string>> = {
  overdue: 'So much is overdue',
  oldest: 'Something has been overdue for so long',
  newly_overdue: 'A large item became overdue lately',
  no_contact: 'Nobody was spoken to for so long',
  broken_promise: 'A promise was broken lately',
  dispute_closed: 'A dispute was closed lately',
  next_day: 'The day to look again has come',
  at_risk: 'Much of it will likely not come by itself',
  delivery_problem: 'Something we sent did not arrive',
  step_for_person: 'A step of the policy waits for a person',
  reply_waits: 'A mail of the customer waits for an answer',
};

/** What the fields of a rule are called, by what it asks. */
export const DAYS_WORDS: Partial<Readonly<Record<RuleKind, string>>> = {
  oldest: 'For at least so many days',
  no_contact: 'For at least so many days',
  reply_waits: 'For at least so many days',
  newly_overdue: 'Within so many days',
  broken_promise: 'Within so many days',
  dispute_closed: 'Within so many days',
};

const days = (count: number | undefined): string =>
  `${countText(count ?? 0)} ${count === 1 ? 'day' : 'days'}`;

/** What a rule asks, as one reads it. */
export function ruleWords(rule: Rule): string {
  const from = rule.onlyFrom === undefined ? '' : `, where at least ${countText(rule.onlyFrom)} is overdue`;
  return `${conditionWords(rule)}${from}`;
}

function conditionWords(rule: Rule): string {
  switch (rule.when) {
    case 'overdue':
      return `at least ${countText(rule.amount ?? 0)} is overdue`;
    case 'oldest':
      return `overdue for at least ${days(rule.days)}`;
    case 'newly_overdue':
      return `an item of at least ${countText(rule.amount ?? 0)} became overdue within ${days(rule.days)}`;
    case 'no_contact':
      return `nobody was spoken to for ${days(rule.days)}, or ever`;
    case 'broken_promise':
      return `a promise was broken within ${days(rule.days)}`;
    case 'dispute_closed':
      return `a dispute was closed within ${days(rule.days)}`;
    case 'next_day':
      return 'the day agreed in a call is here';
    case 'at_risk':
      return `at least ${countText(rule.percent ?? 0)} % of what is due is likely unpaid in two weeks`;
    case 'delivery_problem':
      return 'something did not arrive, and nobody dealt with it';
    case 'step_for_person':
      return 'a step of its policy waits for a person';
    case 'reply_waits':
      return rule.days
        ? `a mail has waited for an answer for ${days(rule.days)}`
        : 'a mail waits for an answer';
  }
}
