// The languages that documents are printed in, by their English names.

import type { previewLook } from '#invoicing/contract.ts';

export type PrintLanguage = NonNullable<(typeof previewLook)['body']['_output']['language']>;

const LANGUAGES = [
  ...['ar', 'bg', 'cs', 'da', 'de', 'el', 'en', 'es', 'et', 'fi', 'fr', 'he', 'hi', 'hr', 'hu', 'it', 'ja'],
  ...['ko', 'lt', 'lv', 'nb', 'nl', 'pl', 'pt', 'ro', 'sk', 'sl', 'sv', 'tr', 'uk', 'zh-Hans', 'zh-Hant'],
] as const;

const names = new Intl.DisplayNames(['en'], { type: 'language' });

export const DOCUMENT_LANGUAGE_CHOICES: { value: PrintLanguage; label: string }[] = (
  LANGUAGES as readonly string[]
)
  .map((value) => ({ value: value as PrintLanguage, label: names.of(value) ?? value }))
  .sort((a, b) => a.label.localeCompare(b.label));
