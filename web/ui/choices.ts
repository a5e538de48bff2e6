// Lists to choose from that several forms share.

import { CURRENCIES } from '#kernel/money.ts';

/** What documents and messages are written in, by the name people of the language give it. */
export const LANGUAGES = [
  ['en', 'English'],
  ['de', 'Deutsch'],
  ['fr', 'Français'],
  ['cs', 'Čeština'],
  ['bg', 'Български'],
  ['da', 'Dansk'],
  ['et', 'Eesti'],
  ['el', 'Ελληνικά'],
  ['es', 'Español'],
  ['hr', 'Hrvatski'],
  ['it', 'Italiano'],
  ['lv', 'Latviešu'],
  ['lt', 'Lietuvių'],
  ['hu', 'Magyar'],
  ['nl', 'Nederlands'],
  ['nb', 'Norsk'],
  ['pl', 'Polski'],
  ['pt', 'Português'],
  ['ro', 'Română'],
  ['sk', 'Slovenčina'],
  ['sl', 'Slovenščina'],
  ['fi', 'Suomi'],
  ['sv', 'Svenska'],
  ['tr', 'Türkçe'],
  ['uk', 'Українська'],
  ['he', 'עברית'],
  ['ar', 'العربية'],
  ['hi', 'हिन्दी'],
  ['zh-CN', '简体中文'],
  ['zh-TW', '繁體中文'],
  ['ja', '日本語'],
  ['ko', '한국어'],
].map(([value = '', label = '']) => ({ value, label }));

/** The languages, and the one a thing has already if it is another. */
export function languagesWith(present: string | null): { value: string; label: string }[] {
  if (present === null || present === '' || LANGUAGES.some((l) => l.value === present)) return LANGUAGES;
  return [...LANGUAGES, { value: present, label: present }];
}

/** The currencies people meet most, then all others. */
const COMMON = ['EUR', 'USD', 'GBP', 'CHF', 'CZK', 'PLN'];

export const CURRENCY_CHOICES: string[] = [...COMMON, ...CURRENCIES.filter((code) => !COMMON.includes(code))];
