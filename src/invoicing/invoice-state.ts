// How a document stands, told from what is open and what settled it. Never stored: it follows from the facts.

/** All states, in the order of a document's life. A credit note is applied where an invoice is paid. */
export const DOCUMENT_STATES = [
  'issued',
  'partly_paid',
  'paid',
  'credited',
  'written_off',
  'partly_applied',
  'applied',
  'voided',
] as const;

export type DocumentState = (typeof DOCUMENT_STATES)[number];

/** What settled a document so far, without signs, in minor units of its currency; applications taken back left out. */
export type Settled = {
  /** By money: payments, and the discounts and small differences granted with them. */
  readonly byPayment: bigint;
  /** By credit notes. */
  readonly byCredit: bigint;
  readonly byWriteOff: bigint;
};

/**
 * The state of a document. A settled invoice is named after what settled the most of it; on a tie paid goes before
 * credited, and credited before written off.
 */
export function documentState(document: {
  readonly kind: 'invoice' | 'credit_note';
  readonly voided: boolean;
  /** Without signs, in minor units. */
  readonly total: bigint;
  readonly open: bigint;
  readonly settled: Settled;
}): DocumentState {
  if (document.voided) return 'voided';
  if (document.open === document.total) return 'issued';
  if (document.kind === 'credit_note') return document.open === 0n ? 'applied' : 'partly_applied';
  if (document.open > 0n) return 'partly_paid';
  const { byPayment, byCredit, byWriteOff } = document.settled;
  if (byPayment >= byCredit && byPayment >= byWriteOff) return 'paid';
  return byCredit >= byWriteOff ? 'credited' : 'written_off';
}
