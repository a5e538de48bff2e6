// Rules of payment terms while somebody writes them: what the editor holds, and fresh pieces of it.

import type { addPaymentTerms } from '#terms/contract.ts';
import type { Input } from '../../lib/api.ts';

export type Rules = NonNullable<NonNullable<Input<typeof addPaymentTerms>['body']>['rules']>;
export type Due = Rules['instalments'][number]['due'];
export type Instalment = Rules['instalments'][number];
export type Tier = NonNullable<Rules['discounts']>[number];

export const DUE_KINDS = [
  { value: 'days', label: 'days after issue' },
  { value: 'months', label: 'months after issue' },
  { value: 'month_end', label: 'end of a month' },
  { value: 'fixed_day', label: 'a fixed day of a month' },
];

/** A due rule of that kind to start from. */
export function newDue(kind: string): Due {
  if (kind === 'months') return { kind: 'months', months: 1 };
  if (kind === 'month_end')
    return { kind: 'month_end', daysBefore: 0, months: 0, daysAfter: 30, cutOffDay: null };
  if (kind === 'fixed_day')
    return { kind: 'fixed_day', days: [15], daysBefore: 0, months: 1, cutOffDay: null };
  return { kind: 'days', days: 30 };
}

export const NET_30: Rules = {
  instalments: [{ share: { weight: '1' }, due: { kind: 'days', days: 30 } }],
  discounts: [],
  graceDays: 0,
  shift: 'none',
  calendar: 'none',
};

export const SHIFT_CHOICES = [
  { value: 'none', label: 'Leave dates as they fall' },
  { value: 'following', label: 'Next business day' },
  { value: 'modified_following', label: 'Next business day of the same month' },
  { value: 'preceding', label: 'Business day before' },
];

export const CALENDAR_CHOICES = [
  { value: 'none', label: 'Weekends only' },
  { value: 'company', label: 'Our country' },
  { value: 'customer', label: 'The customer’s country' },
  { value: 't2', label: 'T2 (euro settlement)' },
  { value: 'fed', label: 'Federal Reserve (US dollar)' },
  { value: 'bacs', label: 'Bacs (pound sterling)' },
  { value: 'sic', label: 'SIC (Swiss franc)' },
];
