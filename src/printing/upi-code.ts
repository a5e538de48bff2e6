// The payment code of India's Unified Payments Interface: a link `upi://pay?…` that banking apps read from a QR code. Rupees only.
// Parameters as in the UPI linking specification of the National Payments Corporation of India.

import { type Money, toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';

/** What the payer's app should fill in. */
export type UpiPayment = {
  readonly upiId: string;
  readonly name: string;
  readonly amount: Money;
  readonly reference?: string | undefined;
};

/** Name and handle of a bank, as `shop@bank`. */
const UPI_ID = /^[a-z0-9._-]{1,255}@[a-z][a-z0-9.-]{1,63}$/i;
/** The transaction reference takes letters and digits, and so many. */
const REFERENCE = /^[a-z0-9]{1,35}$/i;
const NOTE_CHARACTERS_MAX = 80;

/** Refuses: `upi_id_not_valid` for what is no address of UPI. */
export function checkUpiId(upiId: string): void {
  if (!UPI_ID.test(upiId)) throw new Refusal('upi_id_not_valid', { upiId });
}

/**
 * The text of the code, or nothing where there cannot be one: another currency than the rupee, nothing to pay, a reference
 * too long to be carried whole. The reference is in the note, which payer and payee see; in the transaction reference
 * too where it fits there.
 */
export function upiPayload({ upiId, name, amount, reference = '' }: UpiPayment): string | undefined {
  if (amount.currency !== 'INR' || amount.minor <= 0n || !UPI_ID.test(upiId)) return undefined;
  const compact = reference.replace(/\s+/g, '');
  if (reference.length > NOTE_CHARACTERS_MAX) return undefined;
  const parts = [
    ['pa', upiId],
    ['pn', name],
    ['am', toDecimal(amount)],
    ['cu', 'INR'],
    ...(REFERENCE.test(compact) ? [['tr', compact]] : []),
    ...(reference === '' ? [] : [['tn', reference]]),
  ];
  // The at sign of the address stays readable: apps that do not decode it exist, and it is allowed in a query (RFC 3986).
  const written = (value: string): string => encodeURIComponent(value).replaceAll('%40', '@');
  return `upi://pay?${parts.map(([key, value = '']) => `${key}=${written(value)}`).join('&')}`;
}
