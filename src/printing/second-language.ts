// A second language on printed documents: which one it is, and how the words of two languages stand together.

import { type DocumentLanguage, isRightToLeft, type SecondLanguage } from './language.ts';
import { PRINT_LABELS, type PrintLabels } from './print-labels.ts';

/** The languages of one document, the first of them for figures, days and what can be said only once. */
export type WrittenIn = {
  readonly language: DocumentLanguage;
  readonly secondLanguage?: DocumentLanguage | undefined;
};

/** The languages of a document by what was chosen; one where both are the same. */
export function writtenIn(
  choice: SecondLanguage,
  { ours, theirs }: { readonly ours: DocumentLanguage; readonly theirs: DocumentLanguage },
): WrittenIn {
  const [language, second] = {
    none: [theirs, theirs],
    company: [theirs, ours],
    english: [theirs, 'en'] as const,
    customer: [ours, theirs],
  }[choice] as readonly [DocumentLanguage, DocumentLanguage];
  return language === second ? { language } : { language, secondLanguage: second };
}

/** Words that keep their own direction beside those of the first language. */
function besides(words: string, { language, secondLanguage }: WrittenIn): string {
  const turns = secondLanguage !== undefined && isRightToLeft(language) !== isRightToLeft(secondLanguage);
  return turns ? `\u2068${words}\u2069` : words;
}

/** The same said in each language, as one: `Rechnung / Invoice`; once where it is the same. */
export function saidTogether(say: (language: DocumentLanguage) => string, written: WrittenIn): string {
  const { language, secondLanguage } = written;
  const first = say(language);
  const second = secondLanguage && say(secondLanguage);
  return second === undefined || second === first ? first : `${first} / ${besides(second, written)}`;
}

/** The same said in each language, one after the other; once where it is the same. */
export function saidInTurn(say: (language: DocumentLanguage) => string, written: WrittenIn): string[] {
  const { language, secondLanguage } = written;
  const first = say(language);
  const second = secondLanguage && say(secondLanguage);
  return second === undefined || second === first ? [first] : [first, besides(second, written)];
}

/** The head of a column, over two lines where there are two languages; `after` stands with the first, a currency say. */
export function titleInTurn(
  say: (language: DocumentLanguage) => string,
  written: WrittenIn,
  after = '',
): string | readonly [string, string] {
  const [first = '', second] = saidInTurn(say, written);
  return second === undefined ? `${first}${after}` : [`${first}${after}`, second];
}

/** The head of a column that one of the fixed words says. */
export function columnTitle(
  label: keyof PrintLabels,
  written: WrittenIn,
  after = '',
): string | readonly [string, string] {
  return titleInTurn((language) => PRINT_LABELS[language][label], written, after);
}

/**
 * The fixed words of a document in its languages, as one. A phrase with places for facts stays in the first language, because
 * facts are put into each language by itself; but for the page number, whose places are filled by the layout.
 */
export function labelsIn(written: WrittenIn): PrintLabels {
  const first = PRINT_LABELS[written.language];
  if (written.secondLanguage === undefined) return first;
  const joined = (Object.keys(first) as (keyof PrintLabels)[]).map((key) => [
    key,
    first[key].includes('{') && key !== 'page'
      ? first[key]
      : saidTogether((language) => PRINT_LABELS[language][key], written),
  ]);
  return Object.fromEntries(joined) as PrintLabels;
}
