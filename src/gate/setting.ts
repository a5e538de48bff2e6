// What a tenant asks before a reminder leaves. Pure.

import { Refusal } from '#kernel/refusal.ts';
import { RULE_PACKS } from './rule-packs.ts';

/** What happens where a company has no bank data: reminders go, and their result says so; or they wait. */
export const WITHOUT_BANK = ['send', 'hold'] as const;

/** Whose public holidays are quiet. */
export const QUIET_HOLIDAYS = ['none', 'company', 'customer', 'both'] as const;

/** Hours of a week. */
export const WEEK_HOURS = 168;

export type GateSetting = {
  /** Hours of bank business that the statements of a bank account may be old; null for any age. */
  readonly freshHours: number | null;
  readonly withoutBank: (typeof WITHOUT_BANK)[number];
  /** Bank accounts that nobody waits for. */
  readonly unwatched: readonly string[];
  /** So many contacts with a customer in so many days at most, of all companies and by all ways; null for any number. */
  readonly cap: { readonly contactsMax: number; readonly days: number } | null;
  /** One sign for each hour of a week from Monday 0:00 on, `1` where messages may leave, in the customer's time; null for all. */
  readonly openHours: string | null;
  readonly quietHolidays: (typeof QUIET_HOLIDAYS)[number];
  /** Codes of the rule packs that are kept. */
  readonly packs: readonly string[];
};

/**
 * What holds where nobody stated anything: statements may be three bank business days old, which a company that reads them daily
 * keeps easily; nothing else is asked.
 */
export const USUAL_SETTING: GateSetting = {
  freshHours: 72,
  withoutBank: 'send',
  unwatched: [],
  cap: null,
  openHours: null,
  quietHolidays: 'none',
  packs: [],
};

/** Makes sure a setting can be kept. Refuses: `hours_not_valid`, `no_hour_open`, `rule_pack_not_found` (with its code). */
export function checkSetting(setting: GateSetting): void {
  const { openHours, packs } = setting;
  if (openHours !== null && !/^[01]{168}$/.test(openHours)) throw new Refusal('hours_not_valid');
  if (openHours !== null && !openHours.includes('1')) throw new Refusal('no_hour_open');
  for (const code of packs)
    if (!RULE_PACKS.some((pack) => pack.code === code)) throw new Refusal('rule_pack_not_found', { code });
}
