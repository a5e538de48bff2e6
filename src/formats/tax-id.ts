// Tax ids that prove themselves: the VAT numbers of Europe, and the business numbers of other countries whose way of making
// check digits is published. A mistyped one costs the buyer the deduction and us the reverse charge, and shows before it leaves.
//
// Sources: European Commission, "VIES VAT number validation: algorithms" (BMF Austria, TAXUD); HMRC 97 and 9755; Swiss UID
// (BFS); Brønnøysund; ABN (Australian Business Register); GSTIN (GSTN); CNPJ (Receita Federal); the others at their registers.

import { remainder97 } from './check-digits.ts';

/** What can be said of a tax id by its own digits: whether anybody has it is not said. */
export type TaxIdVerdict =
  | 'right'
  /** The country writes its ids differently. */
  | 'wrong_form'
  /** Written as the country does, but the check digits are wrong: a digit is mistyped or two are swapped. */
  | 'wrong_digits'
  /** Nothing is known of the ids of this country. */
  | 'unknown';

type Rule = {
  readonly form: RegExp;
  /** Left out where no check digits are published, or not all ids follow them. */
  holds?(id: string): boolean;
};

const numbers = (id: string): readonly number[] => [...id].map(Number);

/** The sum of digits, each times its weight; digits without a weight do not count. */
export function weighedSum(id: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * Number(id[index] ?? '0'), 0);
}

const lastDigit = (id: string): number => Number(id.at(-1));

/** The sum of Luhn: from the right every second digit twice, and of what has two digits both added. */
export function luhnSum(id: string): number {
  return numbers(id)
    .toReversed()
    .reduce((sum, digit, index) => {
      const value = digit * (index % 2 === 1 ? 2 : 1);
      return sum + (value > 9 ? value - 9 : value);
    }, 0);
}

const isLuhn = (id: string): boolean => luhnSum(id) % 10 === 0;

/** ISO 7064 modulo 11,10: Germany, Croatia, Serbia. */
function isMod1110(id: string): boolean {
  let product = 10;
  for (const digit of numbers(id.slice(0, -1))) {
    const sum = (digit + product) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return (11 - product) % 10 === lastDigit(id);
}

/** The last digit is the remainder by 11 of the weighed sum; ten counts as `ten`, and as no id at all where that is undefined. */
function isRemainder11(id: string, weights: readonly number[], ten?: number): boolean {
  const rest = weighedSum(id, weights) % 11;
  return (rest === 10 ? ten : rest) === lastDigit(id);
}

/** The last digit is what lacks to a multiple of 11; eleven counts as 0, ten as `ten`. */
function isUpTo11(id: string, weights: readonly number[], ten?: number): boolean {
  const lacks = 11 - (weighedSum(id, weights) % 11);
  return (lacks === 11 ? 0 : lacks === 10 ? ten : lacks) === lastDigit(id);
}

const isAustrian = (id: string): boolean => {
  const digits = id.slice(1);
  const sum = numbers(digits.slice(0, 7)).reduce((total, digit, index) => {
    const value = index % 2 === 1 ? digit * 2 : digit;
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return (((10 - ((sum + 4) % 10)) % 10) + 10) % 10 === lastDigit(digits);
};

/** A Belgian enterprise number: ten digits, the last two are 97 less the remainder of the others by 97. */
export function isBelgian(id: string): boolean {
  return /^\d{10}$/.test(id) && 97 - (Number(id.slice(0, 8)) % 97) === Number(id.slice(8));
}

/** Companies have nine digits; people ten, of which not every series is published with a check. */
const isBulgarian = (id: string): boolean => {
  if (id.length === 10) return true;
  const first = weighedSum(id, [1, 2, 3, 4, 5, 6, 7, 8]) % 11;
  const rest = first === 10 ? weighedSum(id, [3, 4, 5, 6, 7, 8, 9, 10]) % 11 : first;
  return rest % 10 === lastDigit(id);
};

const CYPRIOT = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];

const isCypriot = (id: string): boolean => {
  const sum = numbers(id.slice(0, 8)).reduce(
    (total, digit, index) => total + (index % 2 === 0 ? (CYPRIOT[digit] ?? 0) : digit),
    0,
  );
  return String.fromCharCode(65 + (sum % 26)) === id[8];
};

/** Companies have eight digits; people nine or ten, by their date of birth. */
const isCzech = (id: string): boolean => {
  if (id.length === 8) {
    const lacks = 11 - (weighedSum(id, [8, 7, 6, 5, 4, 3, 2]) % 11);
    return (lacks === 11 ? 1 : lacks === 10 ? 0 : lacks) === lastDigit(id);
  }
  if (id.length === 9) return true;
  return Number(id) % 11 === 0 || (Number(id.slice(0, 9)) % 11 === 10 && id.endsWith('0'));
};

const isDanish = (id: string): boolean => weighedSum(id, [2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0;

/** A Greek tax number: nine digits, the first eight by powers of two, modulo 11. */
export function isGreek(id: string): boolean {
  if (!/^\d{9}$/.test(id)) return false;
  return (weighedSum(id, [256, 128, 64, 32, 16, 8, 4, 2]) % 11) % 10 === lastDigit(id);
}

const SPANISH_PERSON = 'TRWAGMYFPDXBNJZSQVHLCKE';

const isSpanish = (id: string): boolean => {
  if (/^[\dXYZ]/.test(id)) {
    const digits = id.slice(0, 8).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter)));
    return SPANISH_PERSON[Number(digits) % 23] === id[8];
  }
  if (/^[KLM]/.test(id)) return SPANISH_PERSON[Number(id.slice(1, 8)) % 23] === id[8];
  const sum = numbers(id.slice(1, 8)).reduce((total, digit, index) => {
    const value = index % 2 === 0 ? digit * 2 : digit;
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  const check = (10 - (sum % 10)) % 10;
  return id[8] === String(check) || id[8] === 'JABCDEFGHI'[check];
};

/** The key is known for companies whose key is two digits; newer keys with letters are taken as they are. */
const isFrench = (id: string): boolean => {
  const siren = id.slice(2);
  // Monaco's numbers begin with 000 and follow no check of Luhn.
  const isSiren = siren.startsWith('000') || isLuhn(siren);
  if (!/^\d{2}/.test(id)) return isSiren;
  return isSiren && Number(id.slice(0, 2)) === remainder97(`${siren}12`);
};

const isIrish = (id: string): boolean => {
  const letters = 'WABCDEFGHIJKLMNOPQRSTUV';
  if (/^\d[A-Z+*]/.test(id)) {
    const moved = `0${id.slice(2, 7)}${id[0]}`;
    return letters[weighedSum(moved, [8, 7, 6, 5, 4, 3, 2]) % 23] === id[7];
  }
  const second = id[8] === undefined || id[8] === 'W' ? 0 : id.charCodeAt(8) - 64;
  return letters[(weighedSum(id, [8, 7, 6, 5, 4, 3, 2]) + 9 * second) % 23] === id[7];
};

/** An Italian VAT number: eleven digits by Luhn. */
export function isItalian(id: string): boolean {
  return /^\d{11}$/.test(id) && isLuhn(id);
}

const isLithuanian = (id: string): boolean => {
  const body = id.slice(0, -1);
  const weigh = (from: number): number =>
    numbers(body).reduce((sum, digit, index) => sum + digit * (((index + from - 1) % 9) + 1), 0) % 11;
  const first = weigh(1);
  return (first === 10 ? weigh(3) % 10 : first) === lastDigit(id);
};

/** Companies; people have a date of birth, or 32 in front in newer numbers. */
const isLatvian = (id: string): boolean => {
  if (/^[0-3]/.test(id)) return true;
  const rest = 3 - (weighedSum(id, [9, 1, 4, 8, 3, 10, 2, 5, 7, 6]) % 11);
  return (rest < -1 ? rest + 11 : rest) === lastDigit(id);
};

/** The old number of a company has a check modulo 11; since 2020 sole traders have one modulo 97 with the letters. */
const isDutch = (id: string): boolean =>
  isRemainder11(id.slice(0, 9), [9, 8, 7, 6, 5, 4, 3, 2]) || remainder97(`NL${id}`) === 1;

const isRomanian = (id: string): boolean => {
  const whole = id.padStart(10, '0');
  return ((weighedSum(whole, [7, 5, 3, 2, 1, 7, 5, 3, 2]) * 10) % 11) % 10 === lastDigit(whole);
};

/** A Swedish organisation number: ten digits, by the algorithm of Luhn. */
export function isSwedish(id: string): boolean {
  return /^\d{10}$/.test(id) && isLuhn(id);
}

const isSlovak = (id: string): boolean => BigInt(id) % 11n === 0n;

const isFinnish = (id: string): boolean => isUpTo11(id, [7, 9, 10, 5, 8, 4, 2]);

/** The last two digits bring the weighed sum to a multiple of 97, or since 2010 55 less. */
const isBritish = (id: string): boolean => {
  if (/^(GD|HA)/.test(id)) return true;
  const sum = weighedSum(id, [8, 7, 6, 5, 4, 3, 2]) + Number(id.slice(7, 9));
  return sum % 97 === 0 || (sum + 55) % 97 === 0;
};

/** A Norwegian organisation number: nine digits, weights 3 2 7 6 5 4 3 2, modulo 11. */
export function isNorwegian(id: string): boolean {
  if (!/^\d{9}$/.test(id) || Number(id) === 0) return false;
  return isUpTo11(id, [3, 2, 7, 6, 5, 4, 3, 2]);
}

/** An Australian business number: eleven digits, one off the first, weighed, divisible by 89. */
export function isAustralian(id: string): boolean {
  if (!/^\d{11}$/.test(id)) return false;
  return (weighedSum(id, [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) - 10) % 89 === 0;
}

const BASE_36 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

const isIndian = (id: string): boolean => {
  const sum = [...id.slice(0, 14)].reduce((total, character, index) => {
    const product = BASE_36.indexOf(character) * (index % 2 === 0 ? 1 : 2);
    return total + Math.floor(product / 36) + (product % 36);
  }, 0);
  return BASE_36[(36 - (sum % 36)) % 36] === id[14];
};

const isBrazilian = (id: string): boolean => {
  const values = [...id].map((character) => character.charCodeAt(0) - 48);
  const digit = (count: number): number => {
    const sum = values
      .slice(0, count)
      .reduce((total, value, index) => total + value * (((count - index - 1) % 8) + 2), 0);
    const rest = sum % 11;
    return rest < 2 ? 0 : 11 - rest;
  };
  return digit(12) === values[12] && digit(13) === values[13];
};

const isJapanese = (id: string): boolean => {
  const sum = numbers(id.slice(1))
    .toReversed()
    .reduce((total, digit, index) => total + digit * (index % 2 === 0 ? 1 : 2), 0);
  return 9 - (sum % 9) === Number(id[0]);
};

const isNewZealand = (id: string): boolean => {
  const whole = id.padStart(9, '0');
  const value = Number(id);
  if (value < 10_000_000 || value > 150_000_000) return false;
  const lacks = (weights: readonly number[]): number => {
    const rest = weighedSum(whole, weights) % 11;
    return rest === 0 ? 0 : 11 - rest;
  };
  const first = lacks([3, 2, 7, 6, 5, 4, 3, 2]);
  return (first === 10 ? lacks([7, 4, 3, 2, 5, 2, 7, 6]) : first) === lastDigit(whole);
};

const isTurkish = (id: string): boolean => {
  const sum = numbers(id.slice(0, 9)).reduce((total, digit, index) => {
    const shifted = (digit + 9 - index) % 10;
    if (shifted === 0) return total;
    return total + ((shifted * 2 ** (9 - index)) % 9 || 9);
  }, 0);
  return (10 - (sum % 10)) % 10 === lastDigit(id);
};

/** Prefixes that the US tax authority gives to no employer (IRS, "How EINs are assigned"). */
const EIN_UNUSED = new Set('00 07 08 09 17 18 19 28 29 49 69 70 78 79 89 96 97'.split(' '));

const RULES: Readonly<Record<string, Rule>> = {
  AT: { form: /^U\d{8}$/, holds: isAustrian },
  BE: { form: /^[01]\d{9}$/, holds: isBelgian },
  BG: { form: /^\d{9,10}$/, holds: isBulgarian },
  CY: { form: /^[0-59]\d{7}[A-Z]$/, holds: isCypriot },
  CZ: { form: /^\d{8,10}$/, holds: isCzech },
  DE: { form: /^[1-9]\d{8}$/, holds: isMod1110 },
  DK: { form: /^[1-9]\d{7}$/, holds: isDanish },
  EE: {
    form: /^10\d{7}$/,
    holds: (id) => (10 - (weighedSum(id, [3, 7, 1, 3, 7, 1, 3, 7]) % 10)) % 10 === lastDigit(id),
  },
  EL: { form: /^\d{9}$/, holds: isGreek },
  ES: { form: /^[A-HJ-NP-SUVW]\d{7}[\dA-J]$|^[\dXYZKLM]\d{7}[A-Z]$/, holds: isSpanish },
  FI: { form: /^\d{8}$/, holds: isFinnish },
  FR: { form: /^[\dA-HJ-NP-Z]{2}\d{9}$/, holds: isFrench },
  HR: { form: /^\d{11}$/, holds: isMod1110 },
  HU: { form: /^[1-9]\d{7}$/, holds: (id) => weighedSum(id, [9, 7, 3, 1, 9, 7, 3, 1]) % 10 === 0 },
  IE: { form: /^\d{7}[A-W][A-IW]?$|^[7-9][A-Z+*]\d{5}[A-W]$/, holds: isIrish },
  IT: { form: /^\d{11}$/, holds: isItalian },
  LT: { form: /^\d{7}1\d$|^\d{10}1\d$/, holds: isLithuanian },
  LU: { form: /^\d{8}$/, holds: (id) => Number(id.slice(0, 6)) % 89 === Number(id.slice(6)) },
  LV: { form: /^\d{11}$/, holds: isLatvian },
  MT: {
    form: /^[1-9]\d{7}$/,
    holds: (id) => 37 - (weighedSum(id, [3, 4, 6, 7, 8, 9]) % 37) === Number(id.slice(6)),
  },
  NL: { form: /^\d{9}B\d{2}$/, holds: isDutch },
  PL: { form: /^\d{10}$/, holds: (id) => isRemainder11(id, [6, 5, 7, 2, 3, 4, 5, 6, 7]) },
  PT: { form: /^[1-9]\d{8}$/, holds: (id) => isUpTo11(id, [9, 8, 7, 6, 5, 4, 3, 2], 0) },
  RO: { form: /^[1-9]\d{1,9}$/, holds: isRomanian },
  SE: { form: /^\d{10}01$/, holds: (id) => isSwedish(id.slice(0, 10)) },
  SI: {
    form: /^[1-9]\d{7}$/,
    holds: (id) =>
      11 - (weighedSum(id, [8, 7, 6, 5, 4, 3, 2]) % 11) !== 11 && isUpTo11(id, [8, 7, 6, 5, 4, 3, 2], 0),
  },
  SK: { form: /^[1-9]\d[2-47-9]\d{7}$/, holds: isSlovak },
  XI: { form: /^(\d{9}|\d{12}|(GD|HA)\d{3})$/, holds: isBritish },
  GB: { form: /^(\d{9}|\d{12}|(GD|HA)\d{3})$/, holds: isBritish },
  CH: {
    form: /^E\d{9}(MWST|TVA|IVA|VAT)?$/,
    holds: (id) => isUpTo11(id.slice(1, 10), [5, 4, 3, 2, 7, 6, 5, 4]),
  },
  NO: { form: /^\d{9}(MVA)?$/, holds: (id) => isNorwegian(id.slice(0, 9)) },
  RS: { form: /^[1-9]\d{8}$/, holds: isMod1110 },
  TR: { form: /^\d{10}$/, holds: isTurkish },
  AU: { form: /^\d{11}$/, holds: isAustralian },
  NZ: { form: /^\d{8,9}$/, holds: isNewZealand },
  US: { form: /^\d{9}$/, holds: (id) => !EIN_UNUSED.has(id.slice(0, 2)) },
  CA: { form: /^\d{9}(RT\d{4})?$/, holds: (id) => isLuhn(id.slice(0, 9)) },
  IN: { form: /^\d{2}[A-Z]{5}\d{4}[A-Z][1-9A-Z]Z[\dA-Z]$/, holds: isIndian },
  BR: { form: /^[\dA-Z]{12}\d{2}$/, holds: isBrazilian },
  JP: { form: /^T?[1-9]\d{12}$/, holds: (id) => isJapanese(id.replace('T', '')) },
  ZA: { form: /^4\d{9}$/ },
};

/** ISO 3166-1 codes of countries whose ids begin otherwise. */
const PREFIX_OF: Readonly<Record<string, string>> = { GR: 'EL' };

/** The id as the registers write it: capital letters and digits only. */
export function plainTaxId(text: string): string {
  return text.toUpperCase().replace(/[\s.\-/]/g, '');
}

/**
 * What can be said of a tax id without asking anybody. `country` is the party's, for ids written without a prefix; an id that
 * begins with the letters of a country known here goes by that country, since a business may be registered abroad.
 */
export function judgeTaxId(text: string, country: string | null): TaxIdVerdict {
  const id = plainTaxId(text);
  const home = country === null ? undefined : (PREFIX_OF[country] ?? country);
  const prefix = id.slice(0, 2);
  const own = home === undefined ? undefined : RULES[home];
  const prefixed = /^[A-Z]{2}/.test(id) ? RULES[prefix] : undefined;
  const asOwn = own && (prefix !== home || own.form.test(id)) ? verdictOf(own, id) : 'unknown';
  if (asOwn === 'right') return asOwn;
  const asPrefixed = prefixed ? verdictOf(prefixed, id.slice(2)) : 'unknown';
  return asPrefixed === 'unknown' ? asOwn : asPrefixed;
}

function verdictOf(rule: Rule, id: string): TaxIdVerdict {
  if (!rule.form.test(id)) return 'wrong_form';
  return rule.holds?.(id) === false ? 'wrong_digits' : 'right';
}

/** Countries whose tax ids are checked, by the letters they begin with. */
export const TAX_ID_COUNTRIES: readonly string[] = Object.keys(RULES);
