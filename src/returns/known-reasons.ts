// Looking a code up, and finding one in what a bank wrote.

import { RETURN_REASONS } from './code-table.ts';
import { type ReturnReason, unknownReason } from './reason.ts';

const BY_CODE: ReadonlyMap<string, ReturnReason> = new Map(
  RETURN_REASONS.map((reason) => [reason.code, reason]),
);

/** What a code means; of one that is not known, that it has to be asked for. */
export function reasonOf(code: string | null): ReturnReason {
  return (code === null ? undefined : BY_CODE.get(code)) ?? unknownReason(code);
}

/** What German banks number as 912 is the payer's objection, which SEPA calls MD06 (appendix 3 of the DFÜ agreement). */
const GERMAN: Readonly<Record<string, string>> = { 'reason 912': 'MD06' };

/** Codes that are words of a language too are taken only where the bank gives them as codes. */
const WORDS: ReadonlySet<string> = new Set(['CUST', 'TECH', 'NSF', 'DISPUTED', 'REFUNDED']);

/**
 * The code that a bank's words name: as a whole word, one alone. Where two are named, nothing is taken: the words may speak of
 * another payment.
 */
export function codeInWords(texts: readonly string[]): string | null {
  const said = texts.join(' ');
  const german = Object.entries(GERMAN).find(([word]) => said.includes(word));
  if (german) return german[1];
  const found = new Set(
    (said.match(/\b[A-Z]{2}\d{2}\b|\bR\d{2}\b|\b[A-Z]{4}\b/g) ?? []).filter(
      (word) => BY_CODE.has(word) && !WORDS.has(word),
    ),
  );
  const [only] = found;
  return found.size === 1 && only !== undefined ? only : null;
}
