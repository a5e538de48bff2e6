// Structured payment references: what a payer copies and a bank carries whole, with check digits so that a slip is seen at
// once. One for all of SEPA (ISO 11649), one for Swiss QR-bills, and those that banks of some countries know of old.

import { elevenLess, luhnDigit, recursiveDigit, remainder97, sevenThreeOneDigit } from './check-digits.ts';

/**
 * `rf` creditor reference (ISO 11649), `ch_qrr` Swiss QR reference, `fi` viitenumero, `no_kid` Norway, `be_ogm` Belgium
 * (OGM-VCS), `se_ocr` Sweden, `dk_fik` Denmark (card type 71), `nl` betalingskenmerk, `si` Slovenia (model 12), `hr` Croatia
 * (model 01).
 */
export const REFERENCE_SCHEMES = [
  'rf',
  'ch_qrr',
  'fi',
  'no_kid',
  'be_ogm',
  'se_ocr',
  'dk_fik',
  'nl',
  'si',
  'hr',
] as const;
export type ReferenceScheme = (typeof REFERENCE_SCHEMES)[number];

type Scheme = {
  /** Characters of the number at most, check digits aside. */
  readonly longest: number;
  /** The number with its check digits; of digits only, but for `rf`. */
  readonly make: (number: string) => string;
  /** What a reference without blanks and marks looks like, before its check digits are looked at. */
  readonly shape: RegExp;
  /** The number inside a reference. */
  readonly inside: (reference: string) => string;
  /** As it is printed. */
  readonly print: (reference: string) => string;
};

const padded = (digits: string, length: number): string => digits.padStart(length, '0');
const withoutZeros = (digits: string): string => digits.replace(/^0+(?=.)/, '');
const groups = (text: string, size: number): string =>
  text.replace(new RegExp(`(.{${size}})(?=.)`, 'g'), '$1\u00a0');
const groupsFromRight = (text: string, size: number): string =>
  text.replace(new RegExp(`(?<=.)(?=(.{${size}})+$)`, 'g'), '\u00a0');
const allButLast = (reference: string): string => reference.slice(0, -1);

/** Eleven less the remainder, where both ten and eleven are written as nought. */
const elevenOrNought = (number: string): string => {
  const left = elevenLess(number, [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
  return left > 9 ? '0' : String(left);
};
/** The weights of the Dutch payment reference, from the right. */
const DUTCH_WEIGHTS = [2, 4, 8, 5, 10, 9, 7, 3, 6, 1] as const;

const SCHEMES: Readonly<Record<ReferenceScheme, Scheme>> = {
  rf: {
    longest: 21,
    make: (number) => `RF${padded(String(98 - remainder97(`${number}RF00`)), 2)}${number}`,
    shape: /^RF\d{2}[A-Z0-9]{1,21}$/,
    inside: (reference) => reference.slice(4),
    print: (reference) => groups(reference, 4),
  },
  ch_qrr: {
    longest: 26,
    make: (number) => padded(number, 26) + recursiveDigit(padded(number, 26)),
    shape: /^\d{27}$/,
    inside: (reference) => withoutZeros(allButLast(reference)),
    print: (reference) => `${reference.slice(0, 2)}\u00a0${groups(reference.slice(2), 5)}`,
  },
  fi: {
    longest: 19,
    make: (number) => padded(number, 3) + sevenThreeOneDigit(padded(number, 3)),
    shape: /^\d{4,20}$/,
    inside: (reference) => withoutZeros(allButLast(reference)),
    print: (reference) => groupsFromRight(reference.replace(/^0+(?=\d{4})/, ''), 5),
  },
  no_kid: {
    longest: 24,
    make: (number) => number + luhnDigit(number),
    shape: /^\d{2,25}$/,
    inside: allButLast,
    print: (reference) => reference,
  },
  be_ogm: {
    longest: 10,
    make: (number) => {
      const ten = padded(number, 10);
      return ten + padded(String(remainder97(ten) || 97), 2);
    },
    shape: /^\d{12}$/,
    inside: (reference) => withoutZeros(reference.slice(0, 10)),
    print: (reference) => `+++${reference.slice(0, 3)}/${reference.slice(3, 7)}/${reference.slice(7)}+++`,
  },
  se_ocr: {
    longest: 24,
    make: (number) => number + luhnDigit(number),
    shape: /^\d{2,25}$/,
    inside: allButLast,
    print: (reference) => reference,
  },
  dk_fik: {
    longest: 14,
    make: (number) => padded(number, 14) + luhnDigit(padded(number, 14)),
    shape: /^\d{15}$/,
    inside: (reference) => withoutZeros(allButLast(reference)),
    print: (reference) => `+71<${reference}`,
  },
  nl: {
    longest: 15,
    make: (number) => {
      const left = elevenLess(padded(number, 15), DUTCH_WEIGHTS);
      return `${left === 11 ? 0 : left === 10 ? 1 : left}${padded(number, 15)}`;
    },
    shape: /^\d{16}$/,
    inside: (reference) => withoutZeros(reference.slice(1)),
    print: (reference) => groups(reference, 4),
  },
  si: {
    longest: 12,
    make: (number) => `SI12${padded(number, 12)}${elevenOrNought(padded(number, 12))}`,
    shape: /^SI12\d{13}$/,
    inside: (reference) => withoutZeros(reference.slice(4, -1)),
    print: (reference) => `SI12\u00a0${reference.slice(4)}`,
  },
  hr: {
    longest: 12,
    make: (number) => `HR01${number}${elevenOrNought(number)}`,
    shape: /^HR01\d{2,13}$/,
    inside: (reference) => reference.slice(4, -1),
    print: (reference) => `HR01\u00a0${reference.slice(4)}`,
  },
};

/** The one form in which a reference is kept and compared: capitals, without blanks and the marks of its print. */
export function compactReference(text: string): string {
  return text
    .toUpperCase()
    .replace(/[\s\u00a0+/.-]/g, '')
    .replace(/^71</, '');
}

/** Whether the text, blanks and marks aside, is a reference of the scheme whose check digits fit. */
export function isReference(scheme: ReferenceScheme, text: string): boolean {
  const reference = compactReference(text);
  const { shape, make, inside } = SCHEMES[scheme];
  if (!shape.test(reference)) return false;
  if (scheme === 'rf') return remainder97(reference.slice(4) + reference.slice(0, 4)) === 1;
  if (scheme === 'fi') return sevenThreeOneDigit(allButLast(reference)) === reference.at(-1);
  return make(inside(reference)) === reference;
}

/**
 * The reference of a scheme for a document number: letters and digits of the number for `rf`, its digits for the others.
 * Nothing for a number without any, or with more than the scheme has room for.
 */
export function makeReference(scheme: ReferenceScheme, number: string): string | undefined {
  const kept = scheme === 'rf' ? number.toUpperCase().replace(/[^A-Z0-9]/g, '') : number.replace(/\D/g, '');
  return kept === '' || kept.length > SCHEMES[scheme].longest ? undefined : SCHEMES[scheme].make(kept);
}

/** A reference as payers read it: in the groups of its scheme; text that is no reference of the scheme stays as it is. */
export function printedReference(scheme: ReferenceScheme, text: string): string {
  return isReference(scheme, text) ? SCHEMES[scheme].print(compactReference(text)) : text;
}

/**
 * How a reference may stand on an invoice that a bank carries in its compact form: as it is printed in each scheme whose check
 * digits fit, with blanks of either kind, and a Finnish one without the noughts that banks fill it up with. None where none fit.
 */
export function writtenForms(compact: string): readonly string[] {
  const fitting = REFERENCE_SCHEMES.filter((scheme) => isReference(scheme, compact));
  const forms = fitting.flatMap((scheme) => {
    const plain = scheme === 'fi' ? compact.replace(/^0+(?=\d{4})/, '') : compact;
    const printed = SCHEMES[scheme].print(plain);
    return [plain, printed, printed.replaceAll('\u00a0', ' ')];
  });
  return [...new Set(forms)];
}

/** The number inside a reference whose check digits fit. */
export function numberInside(scheme: ReferenceScheme, text: string): string | undefined {
  return isReference(scheme, text) ? SCHEMES[scheme].inside(compactReference(text)) : undefined;
}

/**
 * The scheme a text is printed by where it shows itself: creditor references by their letters, Slovenian and Croatian ones by
 * theirs, Belgian ones by their marks, Swiss ones by their length. Other figures could be anything.
 */
export function evidentScheme(text: string): ReferenceScheme | undefined {
  if (isReference('rf', text)) return 'rf';
  if (isReference('si', text)) return 'si';
  if (isReference('hr', text)) return 'hr';
  if (isReference('ch_qrr', text)) return 'ch_qrr';
  return /^\+{3}.*\+{3}$/.test(text.trim()) && isReference('be_ogm', text) ? 'be_ogm' : undefined;
}

/** The references that only a Swiss account for them may carry: its bank number lies between 30000 and 31999. */
export function isQrIban(iban: string): boolean {
  const compact = iban.replace(/\s/g, '').toUpperCase();
  const bank = Number(compact.slice(4, 9));
  return /^(CH|LI)\d{7}/.test(compact) && bank >= 30_000 && bank <= 31_999;
}
