// The payment code of the Swiss QR-bill (SIX implementation guidelines 2.3): the text in the code, and the words around it.
// Francs and euro to an account in Switzerland or Liechtenstein; addresses in structured form only, as 2.3 asks.

import { compactReference, isQrIban, isReference } from '#formats/payment-reference.ts';
import { type Money, toDecimal } from '#kernel/money.ts';
import { compactAccount, isIban } from '#parties/iban.ts';

/** An address in its parts; the number of the house may stand with the street. */
export type CodeAddress = {
  readonly name: string;
  readonly street?: string | undefined;
  readonly houseNumber?: string | undefined;
  readonly postalCode: string;
  readonly city: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
};

/** What the payer's bank should fill in. */
export type SwissPayment = {
  readonly creditor: CodeAddress;
  readonly iban: string;
  readonly currency: string;
  /** Absent where the payer decides how much. */
  readonly amount?: Money | undefined;
  readonly debtor?: CodeAddress | undefined;
  readonly reference?: string | undefined;
  readonly message?: string | undefined;
};

/** What the code says, and how the reference in it is called: `QRR`, `SCOR`, or `NON` for none. */
export type SwissCode = { readonly payload: string; readonly reference: string; readonly message: string };

const NAME_MAX = 70;
const MESSAGE_MAX = 140;
const PAYLOAD_CHARACTERS_MAX = 997;
const AMOUNT_MINOR_MAX = 99_999_999_999n;

/** Letters the guidelines allow: Basic Latin, Latin-1, Latin Extended-A, four Romanian letters and the euro sign. */
const NOT_ALLOWED = /[^\u0020-\u007e\u00a0-\u017f\u0218-\u021b\u20ac]/gu;

/** One line of allowed letters; of what is not allowed the letter without its marks, else a point. */
function codeText(text: string | undefined, length: number): string {
  const line = (text ?? '').normalize('NFC').replace(/\s+/g, ' ').trim();
  const plain = line.replace(NOT_ALLOWED, (letter) => {
    const bare = letter.normalize('NFKD').replace(/\p{M}/gu, '');
    return bare.replace(NOT_ALLOWED, '.');
  });
  return plain.slice(0, length).trim();
}

/** A house number at the end of a street: `Rue du Lac 22a` is `Rue du Lac` and `22a`. */
export function splitStreet(street: string): { readonly street: string; readonly houseNumber: string } {
  const [, name = '', number = ''] =
    /^(.*\D)\s+(\d+\s?[a-zA-Z]?(?:[-/]\d+\s?[a-zA-Z]?)?)$/.exec(street.trim()) ?? [];
  return number === ''
    ? { street: street.trim(), houseNumber: '' }
    : { street: name.trim(), houseNumber: number };
}

function addressLines(address: CodeAddress | undefined): readonly string[] | undefined {
  if (!address) return ['', '', '', '', '', '', ''];
  const lines = [
    'S',
    codeText(address.name, NAME_MAX),
    codeText(address.street, NAME_MAX),
    codeText(address.houseNumber, 16),
    codeText(address.postalCode, 16),
    codeText(address.city, 35),
    address.country,
  ];
  const [, name, , , postalCode, city, country = ''] = lines;
  return name && postalCode && city && /^[A-Z]{2}$/.test(country) ? lines : undefined;
}

/** An account for QR references takes those only; any other takes a creditor reference or none. */
function referenceLines(iban: string, given: string): readonly [string, string] | undefined {
  if (isQrIban(iban)) return isReference('ch_qrr', given) ? ['QRR', compactReference(given)] : undefined;
  return isReference('rf', given) ? ['SCOR', compactReference(given)] : ['NON', ''];
}

/**
 * The code of a Swiss QR-bill, or nothing where there cannot be one: another currency, an account elsewhere, an amount beyond
 * the scheme's, an address with a gap, a QR-IBAN without its reference. A reference of another kind is told in the message,
 * so that it reaches us all the same.
 */
export function swissCode(payment: SwissPayment): SwissCode | undefined {
  const iban = compactAccount(payment.iban);
  const { amount, currency } = payment;
  if (!/^(CH|LI)/.test(iban) || !isIban(iban) || !['CHF', 'EUR'].includes(currency)) return undefined;
  if (amount && (amount.currency !== currency || amount.minor <= 0n || amount.minor > AMOUNT_MINOR_MAX))
    return undefined;
  const creditor = addressLines(payment.creditor);
  const debtor = addressLines(payment.debtor) ?? addressLines(undefined);
  const reference = referenceLines(iban, payment.reference ?? '');
  if (!creditor || !debtor || !reference) return undefined;
  const told = reference[0] === 'NON' ? [payment.reference, payment.message] : [payment.message];
  const message = codeText(told.filter(Boolean).join(' '), MESSAGE_MAX);
  const lines = [
    ...['SPC', '0200', '1', iban],
    ...creditor,
    // The ultimate creditor is not in use.
    ...['', '', '', '', '', '', ''],
    ...[amount ? toDecimal(amount) : '', currency],
    ...debtor,
    ...reference,
    ...[message, 'EPD'],
  ];
  const payload = lines.join('\n');
  if (payload.length > PAYLOAD_CHARACTERS_MAX) return undefined;
  return { payload, reference: reference[1], message };
}
