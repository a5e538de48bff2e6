// The payment slip of the Swiss QR-bill as it is printed: receipt and payment part, in the four languages it exists in.

import { printedReference } from '#formats/payment-reference.ts';
import { type Money, toDecimal } from '#kernel/money.ts';
import type { DocumentLanguage } from './language.ts';
import { formatIban } from './print-format.ts';
import { qrCode, qrSvg } from './qr-code.ts';
import { type CodeAddress, type SwissPayment, swissCode } from './swiss-code.ts';

/** The words of the slip, prescribed to the letter (SIX, implementation guidelines 2.3, annex D). */
type SlipWords = {
  readonly receipt: string;
  readonly paymentPart: string;
  readonly account: string;
  readonly reference: string;
  readonly information: string;
  readonly currency: string;
  readonly amount: string;
  readonly payableBy: string;
  /** Where the payer writes name and address by hand. */
  readonly payableByBlank: string;
  readonly acceptance: string;
  readonly separate: string;
};

const WORDS: Readonly<Record<'en' | 'de' | 'fr' | 'it', SlipWords>> = {
  en: {
    receipt: 'Receipt',
    paymentPart: 'Payment part',
    account: 'Account / Payable to',
    reference: 'Reference',
    information: 'Additional information',
    currency: 'Currency',
    amount: 'Amount',
    payableBy: 'Payable by',
    payableByBlank: 'Payable by (name/address)',
    acceptance: 'Acceptance point',
    separate: 'Separate before paying in',
  },
  de: {
    receipt: 'Empfangsschein',
    paymentPart: 'Zahlteil',
    account: 'Konto / Zahlbar an',
    reference: 'Referenz',
    information: 'Zusätzliche Informationen',
    currency: 'Währung',
    amount: 'Betrag',
    payableBy: 'Zahlbar durch',
    payableByBlank: 'Zahlbar durch (Name/Adresse)',
    acceptance: 'Annahmestelle',
    separate: 'Vor der Einzahlung abzutrennen',
  },
  fr: {
    receipt: 'Récépissé',
    paymentPart: 'Section paiement',
    account: 'Compte / Payable à',
    reference: 'Référence',
    information: 'Informations supplémentaires',
    currency: 'Monnaie',
    amount: 'Montant',
    payableBy: 'Payable par',
    payableByBlank: 'Payable par (nom/adresse)',
    acceptance: 'Point de dépôt',
    separate: 'A détacher avant le versement',
  },
  it: {
    receipt: 'Ricevuta',
    paymentPart: 'Sezione pagamento',
    account: 'Conto / Pagabile a',
    reference: 'Riferimento',
    information: 'Informazioni supplementari',
    currency: 'Valuta',
    amount: 'Importo',
    payableBy: 'Pagabile da',
    payableByBlank: 'Pagabile da (nome/indirizzo)',
    acceptance: 'Punto di accettazione',
    separate: 'Da staccare prima del versamento',
  },
};

/** A slip ready to be drawn: finished texts and the code. */
export type SwissBill = {
  readonly type: 'swiss_bill';
  readonly words: SlipWords;
  readonly account: readonly string[];
  readonly reference: string | undefined;
  readonly information: string | undefined;
  readonly currency: string;
  /** Absent where the payer fills it in. */
  readonly amount: string | undefined;
  readonly debtor: readonly string[] | undefined;
  readonly qrSvg: string;
};

const lettersOf = (address: CodeAddress): string[] =>
  [
    address.name,
    [address.street, address.houseNumber].filter(Boolean).join(' '),
    `${address.postalCode} ${address.city}`,
  ].filter((line) => line.trim() !== '');

/** Thousands apart by a blank, a point before the cents, as the guidelines want it in every language. */
const slipAmount = (amount: Money): string =>
  toDecimal(amount).replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, '\u00a0');

/** The slip of a payment; nothing where there cannot be a code. A language without a slip of its own gets the English one. */
export function swissBill(payment: SwissPayment, language: DocumentLanguage): SwissBill | undefined {
  const code = swissCode(payment);
  if (!code) return undefined;
  const { creditor, debtor, amount } = payment;
  const scheme = /^RF/.test(code.reference) ? 'rf' : 'ch_qrr';
  return {
    type: 'swiss_bill',
    words: language in WORDS ? WORDS[language as keyof typeof WORDS] : WORDS.en,
    account: [formatIban(payment.iban), ...lettersOf(creditor)],
    reference: code.reference === '' ? undefined : printedReference(scheme, code.reference),
    information: code.message === '' ? undefined : code.message,
    currency: payment.currency,
    amount: amount && slipAmount(amount),
    debtor: debtor && lettersOf(debtor),
    qrSvg: qrSvg(qrCode(new TextEncoder().encode(code.payload)), 0),
  };
}
