// Numbers that carry their own proof: check digits of parties, accounts and addresses.

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

/** The sum of each digit times its weight. */
function weigh(digits: string, weights: readonly number[]): number {
  let sum = 0;
  for (const [index, weight] of weights.entries()) sum += Number(digits[index] ?? '0') * weight;
  return sum;
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

/** A Norwegian organisation number: nine digits, weights 3 2 7 6 5 4 3 2, modulo 11. */
export function isNorwegian(text: string): boolean {
  if (!/^\d{9}$/.test(text) || Number(text) === 0) return false;
  return (11 - (weigh(text, [3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11 === Number(text.at(-1));
}

/** A Belgian enterprise number: ten digits, the last two are 97 less the remainder of the others by 97. */
export function isBelgian(text: string): boolean {
  return /^\d{10}$/.test(text) && 97 - (Number(text.slice(0, 8)) % 97) === Number(text.slice(8));
}

/** A Swedish organisation number: ten digits, by the algorithm of Luhn. */
export function isSwedish(text: string): boolean {
  return /^\d{10}$/.test(text) && luhn(text) % 10 === 0;
}

/** The sum of Luhn: from the right every second digit twice, and of what has two digits both added. */
function luhn(digits: string): number {
  let sum = 0;
  for (const [index, digit] of [...digits].reverse().entries()) {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum;
}

/** An Australian business number: eleven digits, one off the first, weighed, divisible by 89. */
export function isAustralian(text: string): boolean {
  if (!/^\d{11}$/.test(text)) return false;
  return (weigh(text, [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) - 10) % 89 === 0;
}

/** An Italian VAT number, eleven digits by Luhn; with a country before it other than IT it is not looked at. */
export function isItalianVat(text: string): boolean {
  if (text.slice(0, 2).toUpperCase() !== 'IT') return true;
  const digits = text.slice(2);
  return /^\d{11}$/.test(digits) && luhn(digits) % 10 === 0;
}

/** The form of an Italian tax code: eleven digits of a company, or sixteen characters of a person. */
export function isItalianTaxCode(text: string): boolean {
  return /^\d{11}$/.test(text) || /^[A-Z]{6}\d{2}[A-Z]\d{2}.{3}\d[A-Z]$/i.test(text);
}

/** A Greek tax number: nine digits, the first eight by powers of two, modulo 11. */
export function isGreek(text: string): boolean {
  if (!/^\d{9}$/.test(text)) return false;
  return (weigh(text, [256, 128, 64, 32, 16, 8, 4, 2]) % 11) % 10 === Number(text.at(-1));
}

/** An IBAN by its form and check digits (ISO 13616), spaces left out. */
export function isIban(text: string): boolean {
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
