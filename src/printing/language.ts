// The languages in which documents and messages can be written, and how one is chosen for a reader.

/** The languages that every printed label and every built-in text exists in, of letters, statements and messages too. */
export const LANGUAGES = ['en', 'de', 'fr', 'cs'] as const;

/** One of the languages that everything we write exists in. */
export type Language = (typeof LANGUAGES)[number];

/** The languages that invoices and credit notes are printed in; Chinese in both of its scripts. */
export const DOCUMENT_LANGUAGES = [
  ...LANGUAGES,
  ...(['es', 'it', 'pt', 'ro', 'nl', 'sv', 'da', 'nb', 'fi', 'et', 'pl', 'sk', 'sl', 'hr'] as const),
  ...([
    'bg',
    'uk',
    'hu',
    'el',
    'lv',
    'lt',
    'tr',
    'ar',
    'he',
    'hi',
    'zh-Hans',
    'zh-Hant',
    'ja',
    'ko',
  ] as const),
] as const;

/** One of the languages that invoices and credit notes are printed in. */
export type DocumentLanguage = (typeof DOCUMENT_LANGUAGES)[number];

/**
 * What is printed beside the customer's language: nothing, the company's own, English; or `customer`: the company's own comes
 * first and the customer's second, for places where the law asks for a language of the country.
 */
export const SECOND_LANGUAGES = ['none', 'company', 'english', 'customer'] as const;
export type SecondLanguage = (typeof SECOND_LANGUAGES)[number];

/** The language used when nobody in the chain speaks one of ours. */
export const LANGUAGE_DEFAULT: Language = 'en';

/** Whether everything we write exists in this language. */
export function isLanguage(text: string): text is Language {
  return (LANGUAGES as readonly string[]).includes(text);
}

/** Whether invoices and credit notes are printed in this language. */
export function isDocumentLanguage(text: string): text is DocumentLanguage {
  return (DOCUMENT_LANGUAGES as readonly string[]).includes(text);
}

/**
 * The language to write letters and messages in: the first of the wanted ones that we have, in the order contact, customer,
 * company.
 *
 * A tag with a region or script counts as its language (`de-AT` and `de_AT` are German). An unknown one is passed
 * over, so that a Polish contact of a French customer is written to in French rather than English.
 */
export function chooseLanguage(wanted: readonly (string | null | undefined)[]): Language {
  return wanted.map(languageOf).find(isLanguage) ?? LANGUAGE_DEFAULT;
}

/** The language to print a document in, chosen as `chooseLanguage` does, from more languages. */
export function chooseDocumentLanguage(wanted: readonly (string | null | undefined)[]): DocumentLanguage {
  return wanted.map(languageOf).find(isDocumentLanguage) ?? LANGUAGE_DEFAULT;
}

/** Places that write Chinese in the traditional characters. */
const TRADITIONAL = ['hant', 'tw', 'hk', 'mo'];

function languageOf(tag: string | null | undefined): string {
  const [language = '', ...parts] = tag?.trim().toLowerCase().split(/[-_]/) ?? [];
  if (language === 'zh') return parts.some((part) => TRADITIONAL.includes(part)) ? 'zh-Hant' : 'zh-Hans';
  // Norwegian in its two forms: the labels are in bokmål, which every reader of Norwegian reads.
  if (language === 'no' || language === 'nn') return 'nb';
  // What Hebrew was called before 1989, and what some systems still say.
  return language === 'iw' ? 'he' : language;
}

/** Whether the lines of a language run from right to left. */
export function isRightToLeft(language: DocumentLanguage): boolean {
  return language === 'ar' || language === 'he';
}
