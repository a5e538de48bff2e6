// The languages in which documents and messages can be written, and how one is chosen for a reader.

/** The languages that everything we write exists in: documents, letters, messages, pages behind links; Chinese in both scripts. */
export const DOCUMENT_LANGUAGES = [
  ...([
    'en',
    'de',
    'fr',
    'cs',
    'es',
    'it',
    'pt',
    'ro',
    'nl',
    'sv',
    'da',
    'nb',
    'fi',
    'et',
    'pl',
    'sk',
  ] as const),
  ...(['sl', 'hr', 'bg', 'uk', 'hu', 'el', 'lv', 'lt', 'tr', 'ar', 'he', 'hi'] as const),
  ...(['zh-Hans', 'zh-Hant', 'ja', 'ko'] as const),
] as const;

/** One of the languages that we write. */
export type DocumentLanguage = (typeof DOCUMENT_LANGUAGES)[number];

/** The languages by the names that people of the language give them. */
export const LANGUAGE_NAMES: Readonly<Record<DocumentLanguage, string>> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  cs: 'Čeština',
  ar: 'العربية',
  bg: 'Български',
  da: 'Dansk',
  el: 'Ελληνικά',
  es: 'Español',
  et: 'Eesti',
  fi: 'Suomi',
  he: 'עברית',
  hi: 'हिन्दी',
  hr: 'Hrvatski',
  hu: 'Magyar',
  it: 'Italiano',
  ja: '日本語',
  ko: '한국어',
  lt: 'Lietuvių',
  lv: 'Latviešu',
  nb: 'Norsk',
  nl: 'Nederlands',
  pl: 'Polski',
  pt: 'Português',
  ro: 'Română',
  sk: 'Slovenčina',
  sl: 'Slovenščina',
  sv: 'Svenska',
  tr: 'Türkçe',
  uk: 'Українська',
  'zh-Hans': '简体中文',
  'zh-Hant': '繁體中文',
};

/**
 * What is printed beside the customer's language: nothing, the company's own, English; or `customer`: the company's own comes
 * first and the customer's second, for places where the law asks for a language of the country.
 */
export const SECOND_LANGUAGES = ['none', 'company', 'english', 'customer'] as const;
export type SecondLanguage = (typeof SECOND_LANGUAGES)[number];

/** The language used when nobody in the chain speaks one of ours. */
export const LANGUAGE_DEFAULT: DocumentLanguage = 'en';

/** Whether we write this language. */
export function isDocumentLanguage(text: string): text is DocumentLanguage {
  return (DOCUMENT_LANGUAGES as readonly string[]).includes(text);
}

/**
 * The language to write in: the first of the wanted ones that we have, in the order contact, customer, company.
 *
 * A tag with a region or script counts as its language (`de-AT` and `de_AT` are German). An unknown one is passed
 * over, so that an Icelandic contact of a French customer is written to in French rather than English.
 */
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
