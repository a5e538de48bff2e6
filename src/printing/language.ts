// The languages in which letters and messages can be written, and how one is chosen for a reader.
// A document and the message that carries it are always written in the same language, because both are chosen here.

/** The languages that every printed label and every built-in text exists in. */
export const LANGUAGES = ['en', 'de', 'fr', 'cs'] as const;

/** One of the languages that everything we print exists in. */
export type Language = (typeof LANGUAGES)[number];

/** The language used when nobody in the chain speaks one of ours. */
export const LANGUAGE_DEFAULT: Language = 'en';

/** Whether everything we print exists in this language. */
export function isLanguage(text: string): text is Language {
  return (LANGUAGES as readonly string[]).includes(text);
}

/**
 * The language to write in: the first of the wanted ones that we have, in the order contact, customer, company.
 *
 * A tag with a region or script counts as its language (`de-AT` and `de_AT` are German). An unknown one is passed
 * over, so that a Polish contact of a French customer is written to in French rather than English.
 */
export function chooseLanguage(wanted: readonly (string | null | undefined)[]): Language {
  for (const tag of wanted) {
    const language = tag?.trim().toLowerCase().split(/[-_]/)[0] ?? '';
    if (isLanguage(language)) return language;
  }
  return LANGUAGE_DEFAULT;
}
