// Lists to choose from that several forms share.

import { CURRENCIES } from '#kernel/money.ts';
import { DOCUMENT_LANGUAGES, LANGUAGE_NAMES } from '#printing/contract.ts';

/** The scripts of Chinese by a place that writes them, as the tags of people and companies have it. */
const TAGS: Readonly<Record<string, string>> = { 'zh-Hans': 'zh-CN', 'zh-Hant': 'zh-TW' };

/** What people and companies are written to in, by the name people of the language give it. */
export const LANGUAGES = DOCUMENT_LANGUAGES.map((language) => ({
  value: TAGS[language] ?? language,
  label: LANGUAGE_NAMES[language],
})).sort((a, b) => a.label.localeCompare(b.label));

const names = new Intl.DisplayNames(['en'], { type: 'language' });

/** The same by their English names, for people who set up what is printed in languages they may not read. */
export const LANGUAGES_IN_ENGLISH = DOCUMENT_LANGUAGES.map((value) => ({
  value,
  label: names.of(value) ?? value,
})).sort((a, b) => a.label.localeCompare(b.label));

/** The languages, and the one a thing has already if it is another. */
export function languagesWith(present: string | null): { value: string; label: string }[] {
  if (present === null || present === '' || LANGUAGES.some((l) => l.value === present)) return LANGUAGES;
  return [...LANGUAGES, { value: present, label: present }];
}

/** The currencies people meet most, then all others. */
const COMMON = ['EUR', 'USD', 'GBP', 'CHF', 'CZK', 'PLN'];

export const CURRENCY_CHOICES: string[] = [...COMMON, ...CURRENCIES.filter((code) => !COMMON.includes(code))];

/** The time zones this browser knows, UTC first, and the one a thing has already if it is another. */
export function timeZonesWith(present: string): string[] {
  const others = Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC');
  return [...new Set(['UTC', ...(present === '' ? [] : [present]), ...others])];
}
