// The words of statements on pages.

import type { readCustomerStatement } from '#statements/contract.ts';
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
  charge: 'interest and fees',
  charge_credit: 'interest and fees given back',
  discount: 'early-payment discount',
  difference: 'small difference dropped',
  settlement: 'settled with another account',
};
