// Words for returns: what a reason asks for, and what speaks for a payment.

import type { listReturnedPayments, listReturnNotices } from '#returns/contract.ts';
import type { Reply } from '../../lib/api.ts';

export type Returned = Reply<typeof listReturnedPayments>['rows'][number];
export type Notice = Reply<typeof listReturnNotices>['rows'][number];
export type Suggestion = Notice['suggestions'][number];
export type Reason = Returned['reason'];

export const NEXT_WORDS: Readonly<Record<Reason['next'], string>> = {
  retry: 'Try again later',
  stop_mandate: 'Stop collecting from this account',
  ask_customer: 'Ask the customer',
  mend_data: 'Mend the data, then try again',
  ask_bank: 'Ask our bank',
  none: 'Nothing to do',
};

export const RISK_COLORS: Readonly<Record<Reason['risk'], string>> = {
  strong: 'red',
  weak: 'orange',
  none: 'gray',
};

export const SIGN_WORDS: Readonly<Record<Suggestion['signs'][number], string>> = {
  reference: 'named by the bank',
  account: 'same account',
  name: 'same name',
  amount: 'same amount',
};

export const ORIGIN_WORDS: Readonly<Record<Notice['origin'], string>> = {
  bank_line: 'line of a bank statement',
  ach: 'file of the clearing house',
};

export const KIND_WORDS: Readonly<Record<Notice['kind'], string>> = {
  return: 'Came back',
  dishonoured: 'Return dishonoured',
  contested: 'Dishonour contested',
};

/** `AM04 · Not enough money in the account`. */
export function reasonWords({ code, meaning }: Reason): string {
  return code === '' ? meaning : `${code} · ${meaning}`;
}
