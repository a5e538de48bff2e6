// The tie-out in words and colours: states of days, why a day is not tied, and what bank lines are.

import type { listTieOut, listTieOutLines } from '#reconciliation/contract.ts';
import type { Reply } from '../../lib/api.ts';

export type Day = Reply<typeof listTieOut>['accounts'][number]['days'][number];
export type Finding = Reply<typeof listTieOut>['accounts'][number]['findings'][number];
export type Line = Reply<typeof listTieOutLines>['rows'][number];
export type Kind = Line['kind'];

export const STATE_WORDS: Readonly<Record<Day['state'], string>> = {
  tied: 'tied',
  open: 'open',
  off: 'off',
};

export const STATE_COLORS: Readonly<Record<Day['state'], string>> = {
  tied: 'var(--mantine-color-teal-6)',
  open: 'var(--mantine-color-yellow-5)',
  off: 'var(--mantine-color-red-6)',
};

export const BADGE_COLORS: Readonly<Record<Day['state'], string>> = {
  tied: 'teal',
  open: 'yellow',
  off: 'red',
};

export const REASON_WORDS: Readonly<Record<Day['reasons'][number], string>> = {
  statement_missing:
    'The opening balance is not where the statement before ended: one is missing, or a line too many is there',
  balance_differs: 'Opening balance and lines do not come to the closing balance that the bank says',
  books_differ: 'The books have something else on the bank account than the lines of this day',
  lines_unexplained: 'Lines wait for somebody to say what they are',
  other_currency: 'Lines in another currency than the account wait for somebody to say what they are',
  balance_unknown: 'No balance of the bank proves this day yet',
};

export const KIND_WORDS: Readonly<Record<Kind, string>> = {
  receipt: 'Receipts',
  deposit: 'Deposits recorded by hand',
  refund: 'Refunds',
  return: 'Returned payments',
  fee: 'Bank fees',
  interest: 'Interest',
  transfer: 'Transfers',
  sweep: 'Sweeps',
  other: 'Of other books',
  unexplained: 'Not explained',
};

export const KIND_COLORS: Readonly<Record<Kind, string>> = {
  receipt: 'var(--mantine-color-teal-6)',
  deposit: 'var(--mantine-color-cyan-6)',
  refund: 'var(--mantine-color-grape-6)',
  return: 'var(--mantine-color-pink-6)',
  fee: 'var(--mantine-color-gray-6)',
  interest: 'var(--mantine-color-indigo-5)',
  transfer: 'var(--mantine-color-blue-5)',
  sweep: 'var(--mantine-color-blue-8)',
  other: 'var(--mantine-color-gray-5)',
  unexplained: 'var(--mantine-color-yellow-5)',
};

/** Whether an amount is nothing. */
export const isNothing = (amount: string): boolean => /^-?[0.]+$/.test(amount);

/** Something about the row of statements, as a sentence. */
export function findingWords(finding: Finding): string {
  if (finding.kind === 'overlap')
    return 'A statement covers days that another covers too; its lines came in once.';
  if (finding.kind === 'contradiction') return 'Two statements say different closing balances of this day.';
  const [first, last] = finding.numbers ?? [0, 0];
  return first === last
    ? `Statement number ${first} is missing before this one.`
    : `Statement numbers ${first} to ${last} are missing before this one.`;
}
