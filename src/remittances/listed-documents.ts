// Document numbers with their amounts in a payer's words: `INV-17 60,00 INV-18 40,00`. A list counts only when nothing of it is
// left over and its amounts are the payment to the cent, so that a chance of numbers does not become a claim.

import { decimalsOf, isCurrency, type Money, parseMoney } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';

/** A document with what is paid of it, and the places of both among the words, from 0. */
export type ListedDocument = {
  readonly document: string;
  readonly amount: Money;
  readonly at: { readonly document: number; readonly amount: number };
};

/** A document number has this many letters and digits at least; `17` beside an amount could be anything. */
const NUMBER_CHARACTERS_MIN = 4;
const DATE = /^(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2})[.,]?$/;

/**
 * The documents that words list, with the words they are among; nothing where fewer than two are listed, a number has no
 * amount or an amount no number, a number comes twice, or the amounts are not the payment. Words without digits, dates and
 * the currency may stand between; the payment itself may stand once more as the total.
 */
export function listedDocuments(
  text: string,
  paid: Money,
): { readonly words: readonly string[]; readonly documents: readonly ListedDocument[] } | undefined {
  const words = text
    .split(/[\s;|]+/)
    .map((word) => word.replace(/^[(:]+|[):,]+$/g, ''))
    .filter((word) => word !== '');
  const documents: ListedDocument[] = [];
  const seen = new Set<string>();
  let waiting: { readonly document: string; readonly at: number } | undefined;
  let totals = 0;
  for (const [at, word] of words.entries()) {
    if (isFiller(word)) continue;
    const amount = amountIn(word, paid.currency);
    if (amount !== undefined && waiting) {
      documents.push({ document: waiting.document, amount, at: { document: waiting.at, amount: at } });
      waiting = undefined;
    } else if (amount !== undefined) {
      if (amount.minor !== paid.minor) return undefined;
      totals += 1;
    } else {
      const key = word.toUpperCase();
      if (waiting || seen.has(key) || word.replace(/[^\p{L}\d]/gu, '').length < NUMBER_CHARACTERS_MIN)
        return undefined;
      seen.add(key);
      waiting = { document: word.slice(0, 140), at };
    }
  }
  const sum = documents.reduce((total, one) => total + one.amount.minor, 0n);
  if (waiting || totals > 1 || documents.length < 2 || sum !== paid.minor) return undefined;
  return { words, documents };
}

/** A word that names and counts nothing, a date, or the currency. */
function isFiller(word: string): boolean {
  return !/\d/.test(word) || DATE.test(word) || isCurrency(word.toUpperCase());
}

/** An amount with all its decimals, with or without marks between thousands and a sign on either side. */
function amountIn(word: string, currency: string): Money | undefined {
  const decimals = decimalsOf(currency);
  if (decimals === 0) return undefined;
  const plain = word.replace(/^(?:[A-Z]{3}|€|\$|£)(?=[-+\d])|(?:[A-Z]{3}|€|\$|£)$/g, '');
  const [, sign = '', whole = '', cents = '', after = ''] =
    /^([-+]?)(\d{1,3}(?:[.,'’]\d{3})+|\d+)[.,](\d+)(-?)$/.exec(plain) ?? [];
  if (whole === '' || cents.length !== decimals) return undefined;
  try {
    const minus = sign === '-' || after === '-' ? '-' : '';
    return parseMoney(`${minus}${whole.replace(/\D/g, '')}.${cents}`, currency);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
