// The payment code of the European Payments Council (EPC069-12): the text that a banking app reads from the QR
// code on an invoice to fill in a SEPA credit transfer. Euro only; nothing is invented, a payment that does not
// fit has no code.

import { compactReference, isReference } from '#formats/payment-reference.ts';
import { type Money, toDecimal } from '#kernel/money.ts';
import { compactAccount, isIban } from '#parties/iban.ts';

/** What the payer's app should fill in. */
export type EpcPayment = {
  readonly holder: string;
  readonly iban: string;
  readonly bic?: string | undefined;
  readonly amount: Money;
  readonly reference?: string | undefined;
};

const HOLDER_CHARACTERS_MAX = 70;
const REMITTANCE_CHARACTERS_MAX = 140;
/** 999,999,999.99 euro, in cents. */
const AMOUNT_MINOR_MAX = 99_999_999_999n;
const PAYLOAD_BYTES_MAX = 331;

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/**
 * The text of the payment code, or nothing where there cannot be one: another currency than the euro, nothing to pay,
 * an amount beyond the scheme's, an IBAN that does not check, a reference too long to be carried whole.
 *
 * A creditor reference goes into the structured field, any other reference into the free text, never both. Lines
 * after the last one filled are left out, as the guideline asks.
 */
export function epcPayload(payment: EpcPayment): string | undefined {
  const { amount } = payment;
  if (amount.currency !== 'EUR' || amount.minor <= 0n || amount.minor > AMOUNT_MINOR_MAX) return undefined;
  if (!isIban(payment.iban)) return undefined;
  const holder = [...oneLine(payment.holder)].slice(0, HOLDER_CHARACTERS_MAX).join('');
  if (holder === '') return undefined;
  const reference = oneLine(payment.reference ?? '');
  // A name may be cut, a reference may not: the payment would not be recognised.
  if ([...reference].length > REMITTANCE_CHARACTERS_MAX) return undefined;
  const structured = isReference('rf', reference);
  const lines = [
    'BCD',
    '002',
    '1',
    'SCT',
    payment.bic?.replace(/\s+/g, '').toUpperCase() ?? '',
    holder,
    compactAccount(payment.iban),
    `EUR${toDecimal(amount)}`,
    '',
    structured ? compactReference(reference) : '',
    structured ? '' : reference,
  ];
  while (lines.at(-1) === '') lines.pop();
  const payload = lines.join('\n');
  return new TextEncoder().encode(payload).length <= PAYLOAD_BYTES_MAX ? payload : undefined;
}
