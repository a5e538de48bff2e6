// Numbers that carry their own proof: check digits of parties, accounts and addresses. Those of tax ids are in formats/tax-id.ts.

import { isItalian } from '#formats/tax-id.ts';

/** The remainder of a long number of decimal digits, taken piece by piece. */
function remainderOf(digits: string, divisor: number): number {
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % divisor;
  return rest;
}

/** A to Z as 10 to 35, digits as they are (ISO 7064); nothing where something else stands in between. */
function asDigits(text: string): string | undefined {
  if (!/^[0-9A-Z]*$/.test(text)) return undefined;
  return text.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
}

/** A number of GS1 such as a GLN: weights 3 and 1 in turns from the right, the last digit fills up to ten. */
export function isGln(text: string): boolean {
  if (!/^\d{2,}$/.test(text)) return false;
  let sum = 0;
  for (const [index, digit] of [...text.slice(0, -1)].reverse().entries()) {
    sum += Number(digit) * (index % 2 === 0 ? 3 : 1);
  }
  return (10 - (sum % 10)) % 10 === Number(text.at(-1));
}

/** An Italian VAT number, eleven digits by Luhn; with a country before it other than IT it is not looked at. */
export function isItalianVat(text: string): boolean {
  if (text.slice(0, 2).toUpperCase() !== 'IT') return true;
  return isItalian(text.slice(2));
}

/** The form of an Italian tax code: eleven digits of a company, or sixteen characters of a person. */
export function isItalianTaxCode(text: string): boolean {
  return /^\d{11}$/.test(text) || /^[A-Z]{6}\d{2}[A-Z]\d{2}.{3}\d[A-Z]$/i.test(text);
}

/** An IBAN by its form and check digits (ISO 13616), as BR-DE-19 and BR-DE-20 look at it: lengths by country are not looked at. */
export function isIbanByDigits(text: string): boolean {
  const plain = text.replace(/\s/g, '');
  if (!/^[A-Z]{2}\d{2}[A-Za-z0-9]{1,30}$/.test(plain)) return false;
  const digits = asDigits((plain.slice(4) + plain.slice(0, 4)).toUpperCase());
  return digits !== undefined && remainderOf(digits, 97) === 1;
}

const LEITWEG = /^\d{2,12}(?:-[0-9A-Za-z]{1,30})?-\d{2}$/;

/** Whether a text has the form of a Leitweg-ID, the address of German authorities: coarse, perhaps fine, check digits. */
export function looksLikeLeitweg(text: string): boolean {
  return LEITWEG.test(text);
}

/** Whether the check digits of a Leitweg-ID are right: all of it as digits leaves one when divided by 97 (ISO 7064). */
export function isLeitweg(text: string): boolean {
  const digits = asDigits(text.replaceAll('-', '').toUpperCase());
  return looksLikeLeitweg(text) && digits !== undefined && remainderOf(digits, 97) === 1;
}
