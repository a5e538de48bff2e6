// The kinds of templates and languages, in words people use.

export const KIND_WORDS = {
  invoice_mail: 'Mail of an invoice',
  credit_note_mail: 'Mail of a credit note',
  statement_mail: 'Mail of a statement of account',
  upcoming: 'Reminder: due soon',
  due_today: 'Reminder: due today',
  first_reminder: 'Reminder: first after the due day',
  second_reminder: 'Reminder: second',
  third_reminder: 'Reminder: third',
  sms_notice: 'Text message about a document',
} as const;

export type TemplateKind = keyof typeof KIND_WORDS;

export const LANGUAGE_WORDS = {
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
} as const;

export type TemplateLanguage = keyof typeof LANGUAGE_WORDS;

/** Whether a template speaks of all that is open rather than of one document. */
export function isAboutAccount(kind: TemplateKind): boolean {
  return !['invoice_mail', 'credit_note_mail', 'sms_notice'].includes(kind);
}

/** The words of a template as one types them; a part that is not there is empty. */
export type Words = { readonly subject: string; readonly text: string; readonly html: string };

/** The parts that are filled, as the server takes them. */
export function writtenWords(kind: TemplateKind, { subject, text, html }: Words) {
  if (kind === 'sms_notice') return { text };
  return { subject, text, ...(html.trim() === '' ? {} : { html }) };
}
