// Planned reminders in words.

import type { listPastReminders, planReminders } from '#collections/contract.ts';
import type { Reply } from '../../lib/api.ts';

export type Planned = Reply<typeof planReminders>['rows'][number];

/** A customer of a past day: what would have been said by what was known then, and what was. */
export type Past = Reply<typeof listPastReminders>['rows'][number];

/** A day, and whether the steps that wait for a person are said too. */
export type OfDay = { readonly on: string; readonly isApproved: boolean };

/** The day as the plan is asked for. */
export const planOf = ({ on, isApproved }: OfDay) => ({
  on,
  ...(isApproved ? { approved: 'true' as const } : {}),
});

/** What tells a row of the plan from the others. */
export const keyOf = (row: Pick<Planned, 'companyId' | 'customerId'>): string =>
  `${row.companyId} ${row.customerId}`;

/** Why something is left out. */
export const REASONS: Readonly<Record<string, string>> = {
  no_email: 'no address to write to',
  on_hold: 'on hold',
  in_dispute: 'in dispute',
  not_posted: 'not posted in the customer’s portal, or rejected there',
  promised: 'promised for a day to come',
  covered_by_credit: 'paid by credit that is not applied yet',
  closed: 'settled meanwhile',
  said_later_step: 'a firmer step was said already',
  too_soon: 'heard from us too short a time ago',
  below_minimum: 'less than the policy asks for',
  for_person: 'waits for a person',
  held_out: 'part of an experiment, and not told this step, or not yet',
  money_waits: 'money waits that could pay it',
  handed_over: 'with an agency or a lawyer',
  skipped: 'skipped by a person',
};

/** Why something is left out, in words. */
export const reasonWords = (reason: string): string => REASONS[reason] ?? reason.replaceAll('_', ' ');

/** The ways reminders go, in words. */
export const CHANNEL_WORDS: Readonly<Record<string, string>> = {
  email: 'by mail',
  post: 'by post',
  sms: 'by SMS',
};

/** The colour that stands beside the word of a phase. */
export const PHASE_COLORS: Readonly<Record<string, string>> = {
  upcoming: 'gray',
  due: 'blue',
  reminder: 'indigo',
  demand: 'orange',
  final_notice: 'red',
};
