// Checks in words: what each looks at.

import type { CheckCode } from '#checks/contract.ts';

type Words = {
  readonly label: string;
  readonly says: string;
  readonly measure?: 'pattern' | 'days' | 'factor';
};

export const CHECK_WORDS: Readonly<Record<string, Words>> = {
  purchase_order: {
    label: 'Purchase order',
    says: 'The invoice names the customer’s order, written as the pattern says if there is one.',
    measure: 'pattern',
  },
  buyer_reference: { label: 'Buyer reference', says: 'It names the reference the customer gave.' },
  buyer_tax_id: {
    label: 'Customer’s tax id',
    says: 'Its check digits are right, and it is there where the customer owes the tax.',
  },
  own_tax_id: { label: 'Own tax id', says: 'It is there where tax is charged.' },
  duplicate: {
    label: 'Asked twice',
    says: 'No invoice over the same total stands under the same reference.',
    measure: 'days',
  },
  alike: {
    label: 'Looks alike',
    says: 'No other invoice or draft has the very same lines.',
    measure: 'days',
  },
  bank_account: {
    label: 'Bank account',
    says: 'The account that is printed is valid and fits currency and reference.',
  },
  no_bank_account: { label: 'Account there', says: 'There is an account to print.' },
  recipient: { label: 'Reaches the customer', says: 'The way the customer wants can be gone.' },
  address: { label: 'Postal address', says: 'It is whole where the invoice goes by post.' },
  due_date: { label: 'Due date', says: 'It is not past when the invoice is issued.' },
  amount: { label: 'Usual amount', says: 'The total is not many times the usual one.', measure: 'factor' },
} satisfies Record<CheckCode, Words>;
