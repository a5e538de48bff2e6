// Refusals beside the fields they speak of; what belongs to no field is shown above the form.

import type { ApiProblem } from './api.ts';

const WORDS: Readonly<Record<string, string>> = {
  amount_not_decimal: 'Write an amount such as 1234.50.',
  amount_too_many_decimals: 'That is more decimals than the currency has.',
  amount_too_large: 'The amount is too large.',
  number_not_decimal: 'Write a number such as 12.5.',
  unknown_currency: 'Choose a currency.',
  country_not_valid: 'Write two capital letters, like DE.',
  language_not_valid: 'Write a language like en or de-AT.',
  company_code_not_valid: 'Up to 20 capital letters, digits, - and _.',
  series_name_not_valid: 'Up to 20 small letters, digits, - and _.',
  date_not_valid: 'Choose a day.',
  moment_not_valid: 'Choose a day.',
  id_not_valid: 'Choose one.',
  'Invalid URL': 'Write an address that begins with https://.',
  text_has_control_characters: 'This holds characters that cannot be printed.',
};

/** A finding of the server on a field, in words. */
export function findingWords(message: string): string {
  const known = WORDS[message];
  if (known !== undefined) return known;
  const tooLong = /^Too big: expected string to have <=(\d+) characters/.exec(message);
  if (tooLong) return `At most ${tooLong[1]} characters.`;
  const tooShort = /^Too small: expected string to have >=(\d+) characters/.exec(message);
  if (tooShort && Number(tooShort[1]) > 1) return `At least ${tooShort[1]} characters.`;
  if (/^Too small: expected array to have >=1 /.test(message)) return 'Choose one at least.';
  if (/^(Too small: expected string|Invalid input: expected \w+, received (undefined|null))/.test(message))
    return 'Fill this in.';
  return message;
}

export type PlacedTrouble = {
  /** What is wrong with a field, e.g. `lines/0/quantity`. */
  at(field: string): string | undefined;
  /** The problem, if some of it stands beside no field. */
  readonly rest: ApiProblem | null;
};

/**
 * Puts a problem beside fields. `codes` names the field that a refusal is about; a field of `fields` that ends in a slash
 * stands for all fields below it.
 */
export function placeTrouble(
  problem: ApiProblem | null,
  fields: readonly string[],
  codes: Readonly<Record<string, string>> = {},
): PlacedTrouble {
  const shows = (field: string): boolean =>
    fields.some((f) => f === field || (f.endsWith('/') && field.startsWith(f)));
  const findings = (problem?.errors ?? []).map((error) => ({
    field: error.pointer.replace(/^\/(body|query|path)\//, ''),
    words: findingWords(error.message),
  }));
  const isPlaced =
    problem !== null &&
    (findings.length > 0 ? findings.every((f) => shows(f.field)) : shows(codes[problem.code] ?? ''));
  return {
    at: (field) =>
      findings.find((f) => f.field === field)?.words ??
      (problem !== null && codes[problem.code] === field ? problem.message : undefined),
    rest: isPlaced ? null : problem,
  };
}
