// Lists to choose from that several forms share.

import { CURRENCIES } from '#kernel/money.ts';

export const LANGUAGES = [
  { value: 'en', label: 'English' },
  { value: 'de', label: 'Deutsch' },
  { value: 'fr', label: 'Français' },
  { value: 'cs', label: 'Čeština' },
];

/** The languages, and the one a thing has already if it is another. */
export function languagesWith(present: string | null): { value: string; label: string }[] {
  if (present === null || present === '' || LANGUAGES.some((l) => l.value === present)) return LANGUAGES;
  return [...LANGUAGES, { value: present, label: present }];
}

/** The currencies people meet most, then all others. */
const COMMON = ['EUR', 'USD', 'GBP', 'CHF', 'CZK', 'PLN'];

export const CURRENCY_CHOICES: string[] = [...COMMON, ...CURRENCIES.filter((code) => !COMMON.includes(code))];
