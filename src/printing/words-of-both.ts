// One document said in two languages: facts and figures once, words of both.

import type { InvoiceDocument, InvoiceDocumentLine } from './invoice-document.ts';
import { saidTogether, type WrittenIn } from './second-language.ts';

/**
 * A document in two languages, made of the same document in each of them. What differs between them is said in both, under or
 * beside one another; figures, days and names stay as the first has them.
 */
export function wordsOfBoth(first: InvoiceDocument, second: InvoiceDocument): InvoiceDocument {
  const written = { language: first.language, secondLanguage: second.language };
  const both = (one: string, other: string | undefined): string =>
    saidTogether((language) => (language === first.language ? one : (other ?? one)), written);
  const bothOf = (one: string | undefined, other: string | undefined): string | undefined =>
    one === undefined ? undefined : both(one, other);
  return {
    ...first,
    secondLanguage: second.language,
    references: first.references?.map(({ label, value }, at) => ({
      label: both(label, second.references?.[at]?.label),
      value,
    })),
    lines: first.lines.map((line, at) => lineOfBoth(line, second.lines[at], written)),
    adjustments: first.adjustments?.map((adjustment, at) => ({
      ...adjustment,
      label: both(adjustment.label, second.adjustments?.[at]?.label),
    })),
    taxes: first.taxes.map((tax, at) => ({ ...tax, note: bothOf(tax.note, second.taxes[at]?.note) })),
    before: inTurn(first.before, second.before),
    after: inTurn(first.after, second.after),
    footnotes: first.footnotes.flatMap((text, at) => {
      const other = second.footnotes[at];
      return other === undefined || other === text ? [text] : [text, other];
    }),
  };
}

/** Paragraphs of both, each once: where a company says nothing in the second language, its own words come from there too. */
function inTurn(first: readonly string[] = [], second: readonly string[] = []): readonly string[] {
  return [...new Set([...first, ...second])];
}

/** A line with what is said under it, line by line. */
function lineOfBoth(
  line: InvoiceDocumentLine,
  other: InvoiceDocumentLine | undefined,
  written: WrittenIn,
): InvoiceDocumentLine {
  const together = (one: string, two: string | undefined): string =>
    saidTogether((language) => (language === written.language ? one : (two ?? one)), written);
  const others = other?.detail?.split('\n');
  return {
    ...line,
    description: together(line.description, other?.description),
    detail: line.detail
      ?.split('\n')
      .map((text, at) => together(text, others?.[at]))
      .join('\n'),
  };
}
