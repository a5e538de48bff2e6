// Whether two invoices say the same, in whatever syntax each is written: what a conversion has to keep.

import type { EInvoice } from './model.ts';
import { type Term, termsOf } from './terms.ts';

/** A term that two invoices state differently; one side is empty where only the other states it. */
export type Difference = {
  readonly id: string;
  readonly place: string;
  readonly first: string | undefined;
  readonly second: string | undefined;
};

/**
 * The terms in which two invoices differ, none where they mean the same. Amounts, rates and quantities are compared as
 * numbers (`10.00` is `10`), amounts with their currency, texts without regard to how they are broken into lines. The order
 * of lines, notes, taxes, allowances and charges counts; that of a party's identifiers does not.
 */
export function sameMeaning(first: EInvoice, second: EInvoice): Difference[] {
  const before = byPlace(termsOf(first));
  const after = byPlace(termsOf(second));
  const differences: Difference[] = [];
  for (const [key, term] of before) {
    const other = after.get(key);
    if (other?.value !== term.value) differences.push(difference(term, term.value, other?.value));
  }
  for (const [key, term] of after) {
    if (!before.has(key)) differences.push(difference(term, undefined, term.value));
  }
  return differences;
}

function byPlace(terms: readonly Term[]): Map<string, Term> {
  return new Map(terms.map((term) => [`${term.place}/${term.id}`, term]));
}

function difference({ id, place }: Term, first: string | undefined, second: string | undefined): Difference {
  return { id, place, first, second };
}
