// The mail that carries a charge or its credit.

import type { DocumentLanguage } from '#printing/language.ts';
import type { DocumentWords } from '#wording/built-in-template.ts';
import { CHARGE_WORDS } from './charge-words.ts';
import type { ChargeKind } from './posting.ts';

/** By which ways a charge goes: one shows it whole, or not at all; a short notice of interest would only puzzle. */
export const CHARGE_CHANNELS = ['email', 'post'] as const;
export type ChargeChannel = (typeof CHARGE_CHANNELS)[number];

/** What the mail says of the charge or credit it carries; places for facts in Liquid. */
export function chargeMail(kind: ChargeKind, language: DocumentLanguage): DocumentWords {
  const { title, creditTitle, mail, creditMail } = CHARGE_WORDS[language];
  return kind === 'charge'
    ? { subject: `${title} {{ document.number }}`, opening: mail }
    : { subject: `${creditTitle} {{ document.number }}`, opening: creditMail };
}
