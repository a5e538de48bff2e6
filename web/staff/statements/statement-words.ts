// The words of statements on pages.

import type {
  listRunStatements,
  listStatementSchedules,
  readCustomerStatement,
} from '#statements/contract.ts';
import type { Reply } from '../../lib/api.ts';

type LineKind = Reply<
  typeof readCustomerStatement
>['sections'][number]['accounts'][number]['lines'][number]['kind'];

/** What a line of a statement speaks of. */
export const LINE_WORDS: Readonly<Record<LineKind, string>> = {
  invoice: 'invoice',
  credit_note: 'credit note',
  payment: 'payment',
  refund: 'refund',
  write_off: 'write-off',
  void: 'voided',
  return: 'payment returned',
  transfer: 'payment assigned',
  handover: 'payment between companies',
  charge: 'interest and fees',
  charge_credit: 'interest and fees given back',
  discount: 'early-payment discount',
  difference: 'small difference dropped',
  settlement: 'settled with another account',
};

export type Schedule = Reply<typeof listStatementSchedules>['rows'][number];
export type StatementRow = Reply<typeof listRunStatements>['rows'][number];
export type Run = Reply<typeof listRunStatements>['run'];
export type Kind = Schedule['kind'];
export type LeftOutReason = NonNullable<StatementRow['reason']>;

export const KIND_WORDS: Readonly<Record<Kind, string>> = {
  open_item: 'Open items',
  balance_forward: 'Balance forward',
};

/** `Open items, whole group, all companies`. */
export function kindWords(row: Pick<StatementRow, 'kind' | 'isGroup' | 'allCompanies'>): string {
  return [
    KIND_WORDS[row.kind],
    ...(row.isGroup ? ['whole group'] : []),
    ...(row.allCompanies ? ['all companies'] : []),
  ].join(', ');
}

export const KIND_CHOICES = Object.entries(KIND_WORDS).map(([value, label]) => ({
  value: value as Kind,
  label,
}));

export const RHYTHM_CHOICES: { value: Schedule['rhythm']; label: string }[] = [
  { value: 'weekly', label: 'Every week' },
  { value: 'monthly', label: 'Every month' },
  { value: 'month_end', label: 'Last business day of each month' },
  { value: 'quarter_end', label: 'Last business day of each quarter' },
];

export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

export const AUDIENCE_CHOICES: { value: Schedule['audience']; label: string }[] = [
  { value: 'with_balance', label: 'Whoever has something open' },
  { value: 'with_overdue', label: 'Whoever is overdue' },
  { value: 'all', label: 'Everybody who ever had an account' },
  { value: 'chosen', label: 'Those I choose' },
];

const AUDIENCE_WORDS: Readonly<Record<Schedule['audience'], string>> = {
  with_balance: 'whoever has something open',
  with_overdue: 'whoever is overdue',
  all: 'everybody who ever had an account',
  chosen: 'chosen customers',
};

/** Why somebody gets none. */
export const REASON_WORDS: Readonly<Record<LeftOutReason, string>> = {
  not_wanted: 'wants none',
  too_large: 'the group is larger than a statement has room for',
  nothing_open: 'nothing is open',
  nothing_overdue: 'nothing is overdue',
  below_minimum: 'owes less than the minimum',
  unchanged: 'nothing changed since the last one',
  no_way: 'cannot be reached by mail or post',
  left_out_by_hand: 'left out by hand',
};

export const RUN_WORDS: Readonly<Record<Run['state'], string>> = {
  planning: 'looking at customers',
  waiting: 'waits for you',
  sending: 'being sent',
  done: 'done',
};

/** `Every week on Friday`. */
export function rhythmWords({ rhythm, day }: Pick<Schedule, 'rhythm' | 'day'>): string {
  if (rhythm === 'weekly') return `Every week on ${WEEKDAYS[(day ?? 1) - 1]}`;
  if (rhythm === 'monthly') return `Every month on day ${day}`;
  return RHYTHM_CHOICES.find(({ value }) => value === rhythm)?.label ?? rhythm;
}

/** `to whoever is overdue`. */
export function audienceWords({ audience, customerIds }: Pick<Schedule, 'audience' | 'customerIds'>): string {
  return audience === 'chosen' ? `to ${customerIds.length} chosen` : `to ${AUDIENCE_WORDS[audience]}`;
}
