// Check digits: what makes a mistyped number show itself. Each takes the digits before the check digit.

const digitsOf = (text: string): number[] => [...text].map(Number);

/** The remainder modulo 97 of digits and letters (A is 10), read as one long number (ISO 7064). */
export function remainder97(text: string): number {
  let rest = 0;
  for (const character of text) {
    for (const digit of String(Number.parseInt(character, 36))) rest = (rest * 10 + Number(digit)) % 97;
  }
  return rest;
}

/** Luhn's check digit, modulo 10: each second digit from the right doubled. Norway (KID), Sweden (OCR), Denmark (FIK). */
export function luhnDigit(digits: string): string {
  const sum = digitsOf(digits)
    .reverse()
    .reduce((total, digit, at) => {
      const weighed = at % 2 === 0 ? digit * 2 : digit;
      return total + (weighed > 9 ? weighed - 9 : weighed);
    }, 0);
  return String((10 - (sum % 10)) % 10);
}

/** Where each digit leads from each carry, in the recursive check of Swiss payment slips. */
const RECURSIVE_TABLE = [0, 9, 4, 6, 8, 2, 7, 1, 3, 5] as const;

/** The check digit modulo 10, recursive, of Swiss QR references. */
export function recursiveDigit(digits: string): string {
  const carry = digitsOf(digits).reduce((kept, digit) => RECURSIVE_TABLE[(kept + digit) % 10] ?? 0, 0);
  return String((10 - carry) % 10);
}

/** The check digit of Finnish references: weights 7, 3, 1 from the right, up to the next ten. */
export function sevenThreeOneDigit(digits: string): string {
  const sum = digitsOf(digits)
    .reverse()
    .reduce((total, digit, at) => total + digit * ([7, 3, 1][at % 3] ?? 0), 0);
  return String((10 - (sum % 10)) % 10);
}

/** Eleven less the remainder modulo 11 of the digits, weighed from the right: 1 to 11. */
export function elevenLess(digits: string, weights: readonly number[]): number {
  const sum = digitsOf(digits)
    .reverse()
    .reduce((total, digit, at) => total + digit * (weights[at % weights.length] ?? 0), 0);
  return 11 - (sum % 11);
}
