// Bank accounts as people and files write them. An IBAN is checked by its country's length and by its check digits
// (ISO 13616, ISO 7064 mod 97-10), which find every single wrong digit and nearly every swap.

import { remainder97 } from '#formats/check-digits.ts';
import { Refusal } from '#kernel/refusal.ts';

/** Lengths of IBANs by country: SWIFT IBAN registry, release 99 (2024). */
const LENGTHS: Readonly<Record<string, number>> = {
  AD: 24,
  AE: 23,
  AL: 28,
  AT: 20,
  AZ: 28,
  BA: 20,
  BE: 16,
  BG: 22,
  BH: 22,
  BI: 27,
  BR: 29,
  BY: 28,
  CH: 21,
  CR: 22,
  CY: 28,
  CZ: 24,
  DE: 22,
  DJ: 27,
  DK: 18,
  DO: 28,
  EE: 20,
  EG: 29,
  ES: 24,
  FI: 18,
  FK: 18,
  FO: 18,
  FR: 27,
  GB: 22,
  GE: 22,
  GI: 23,
  GL: 18,
  GR: 27,
  GT: 28,
  HN: 28,
  HR: 21,
  HU: 28,
  IE: 22,
  IL: 23,
  IQ: 23,
  IS: 26,
  IT: 27,
  JO: 30,
  KW: 30,
  KZ: 20,
  LB: 28,
  LC: 32,
  LI: 21,
  LT: 20,
  LU: 20,
  LV: 21,
  LY: 25,
  MC: 27,
  MD: 24,
  ME: 22,
  MK: 19,
  MN: 20,
  MR: 27,
  MT: 31,
  MU: 30,
  NI: 28,
  NL: 18,
  NO: 15,
  OM: 23,
  PK: 24,
  PL: 28,
  PS: 29,
  PT: 25,
  QA: 29,
  RO: 24,
  RS: 22,
  RU: 33,
  SA: 24,
  SC: 31,
  SD: 18,
  SE: 24,
  SI: 19,
  SK: 24,
  SM: 27,
  SO: 23,
  ST: 25,
  SV: 28,
  TL: 23,
  TN: 24,
  TR: 26,
  UA: 29,
  VA: 22,
  VG: 24,
  XK: 20,
  YE: 30,
};

const SHAPE = /^[A-Z]{2}\d{2}[A-Z0-9]{1,30}$/;

/** The one form an account is kept and compared in: capitals, without blanks, dots and hyphens. */
export function compactAccount(text: string): string {
  return text.toUpperCase().replace(/[\s.\-\u00a0]/g, '');
}

/** Whether the text, blanks aside, is an IBAN without a mistake. */
export function isIban(text: string): boolean {
  const iban = compactAccount(text);
  return (
    SHAPE.test(iban) &&
    LENGTHS[iban.slice(0, 2)] === iban.length &&
    remainder97(iban.slice(4) + iban.slice(0, 4)) === 1
  );
}

/**
 * The account in the form it is kept. Text that sets out like an IBAN must be one; anything else is taken as the account
 * number of a country without IBANs.
 *
 * Refuses: `iban_not_valid`.
 */
export function readAccount(text: string): string {
  const account = compactAccount(text);
  const claimsIban = /^[A-Z]{2}\d{2}[A-Z0-9]/.test(account) && account.slice(0, 2) in LENGTHS;
  if ((claimsIban && !isIban(account)) || account === '')
    throw new Refusal('iban_not_valid', { iban: text.slice(0, 42) });
  return account;
}

/** Whether the text is a bank identifier code (ISO 9362): bank, country, place, and a branch or none. */
export function isBic(text: string): boolean {
  return /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(text);
}
