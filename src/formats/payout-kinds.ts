// What a row of a gateway's payout report can be, for whoever reads one or says it.

/**
 * A `dispute` is a chargeback; a `reversal` gives back what a refund or dispute took; `carried` goes from one payout to the next;
 * `payout` is what was sent to the bank.
 */
export const PAYOUT_KINDS = [
  'charge',
  'refund',
  'dispute',
  'reversal',
  'fee',
  'payout',
  'carried',
  'other',
] as const;
export type PayoutKind = (typeof PAYOUT_KINDS)[number];

const TAKES_MONEY: ReadonlySet<PayoutKind> = new Set(['refund', 'dispute', 'payout']);

/** Whether a row of this kind can only take money from the account at the gateway. */
export function takesMoney(kind: PayoutKind): boolean {
  return TAKES_MONEY.has(kind);
}
