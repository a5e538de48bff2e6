// What charges say, on paper and in the mail that carries them, in every language that documents are printed in.

import type { DocumentLanguage } from '#printing/language.ts';
import { el, hu, lt, lv, tr } from './charge-words-east.ts';
import { da, et, fi, nb, nl, sv } from './charge-words-north.ts';
import { ar, he, hi, ja, ko, zhHans, zhHant } from './charge-words-others.ts';
import { es, it, pt, ro } from './charge-words-romance.ts';
import { bg, hr, pl, sk, sl, uk } from './charge-words-slavic.ts';
import type { PartKind } from './charging.ts';

/** The fixed words of a charge. `{x}` is filled in. */
export type ChargeWords = {
  readonly title: string;
  readonly creditTitle: string;
  readonly through: string;
  readonly explained: string;
  readonly sheet: string;
  readonly days: string;
  readonly base: string;
  readonly rate: string;
  readonly interest: string;
  readonly dayRange: string;
  readonly feeTotal: string;
  readonly untaxed: string;
  readonly rounding: string;
  readonly kinds: Readonly<Record<PartKind, string>>;
  /** Fees of reminders are named by the phase of the reminder. */
  readonly phases: Readonly<Record<string, string>>;
  /** How the mail that carries a charge opens; places for facts in Liquid. */
  readonly mail: string;
  /** How the mail that carries a credit opens. */
  readonly creditMail: string;
};

const en: ChargeWords = {
  title: 'Interest and fees for late payment',
  creditTitle: 'Credit on interest and fees',
  through: 'Reckoned through',
  explained: 'The following was paid late or is overdue. For it we charge:',
  sheet: 'How the interest was reckoned',
  days: 'Days',
  base: 'Open amount',
  rate: 'Rate a year',
  interest: 'Interest',
  dayRange: '{from} to {to}',
  feeTotal: 'Fees',
  untaxed: 'Interest and compensation for late payment are outside the scope of value-added tax.',
  rounding:
    'Interest is reckoned by the day on the amount open, without interest on interest, and rounded once for each item.',
  kinds: {
    interest: 'Interest',
    fixed_sum: 'Fixed sum for recovery costs',
    reminder_fee: 'Reminder fee',
    return_fee: 'Fee for a returned payment',
    correction: 'Correction of interest',
    fee_correction: 'Correction of the fixed sum',
    waiver: 'Waived',
  },
  phases: { reminder: 'Reminder', demand: 'Demand', final_notice: 'Final notice' },
  mail: 'Some of your payments came late or are overdue. Please find attached our charge {{ document.number }} of {{ document.issued_on | date }} for {{ document.total | money }}, with the sheet that shows how it was reckoned.',
  creditMail:
    'Please find attached our credit {{ document.number }} of {{ document.issued_on | date }} for {{ document.total | money }} on interest and fees. There is nothing for you to pay.',
};

const de: ChargeWords = {
  title: 'Verzugszinsen und Gebühren',
  creditTitle: 'Gutschrift zu Zinsen und Gebühren',
  through: 'Berechnet bis',
  explained: 'Folgendes wurde verspätet bezahlt oder ist überfällig. Dafür berechnen wir:',
  sheet: 'So wurden die Zinsen berechnet',
  days: 'Tage',
  base: 'Offener Betrag',
  rate: 'Zinssatz p. a.',
  interest: 'Zinsen',
  dayRange: '{from} bis {to}',
  feeTotal: 'Gebühren',
  untaxed: 'Verzugszinsen und Schadenersatz für Zahlungsverzug unterliegen nicht der Umsatzsteuer.',
  rounding:
    'Die Zinsen werden taggenau vom offenen Betrag ohne Zinseszins berechnet und je Posten einmal gerundet.',
  kinds: {
    interest: 'Verzugszinsen',
    fixed_sum: 'Verzugspauschale',
    reminder_fee: 'Mahngebühr',
    return_fee: 'Gebühr für Rücklastschrift oder Rückgabe',
    correction: 'Berichtigung der Zinsen',
    fee_correction: 'Berichtigung der Pauschale',
    waiver: 'Erlassen',
  },
  phases: { reminder: 'Erinnerung', demand: 'Mahnung', final_notice: 'Letzte Mahnung' },
  mail: 'einige Ihrer Zahlungen kamen verspätet oder stehen noch aus. Anbei erhalten Sie unsere Abrechnung {{ document.number }} vom {{ document.issued_on | date }} über {{ document.total | money }} mit der Aufstellung, wie sie berechnet ist.',
  creditMail:
    'anbei erhalten Sie unsere Gutschrift {{ document.number }} vom {{ document.issued_on | date }} über {{ document.total | money }} zu Zinsen und Gebühren. Sie brauchen nichts zu zahlen.',
};

const fr: ChargeWords = {
  title: 'Pénalités et frais de retard',
  creditTitle: 'Avoir sur pénalités et frais',
  through: 'Calculé jusqu’au',
  explained: 'Les montants suivants ont été payés en retard ou sont échus. Nous vous facturons à ce titre :',
  sheet: 'Calcul des intérêts',
  days: 'Jours',
  base: 'Montant dû',
  rate: 'Taux annuel',
  interest: 'Intérêts',
  dayRange: '{from} au {to}',
  feeTotal: 'Frais',
  untaxed: 'Les pénalités et indemnités de retard n’entrent pas dans le champ d’application de la TVA.',
  rounding:
    'Les intérêts sont calculés au jour le jour sur le montant dû, sans capitalisation, et arrondis une fois par échéance.',
  kinds: {
    interest: 'Intérêts de retard',
    fixed_sum: 'Indemnité forfaitaire pour frais de recouvrement',
    reminder_fee: 'Frais de relance',
    return_fee: 'Frais de rejet de paiement',
    correction: 'Rectification des intérêts',
    fee_correction: 'Rectification de l’indemnité',
    waiver: 'Remise',
  },
  phases: { reminder: 'Relance', demand: 'Mise en demeure', final_notice: 'Dernier avis' },
  mail: 'Certains de vos règlements nous sont parvenus en retard ou sont échus. Vous trouverez en pièce jointe notre décompte {{ document.number }} du {{ document.issued_on | date }} d’un montant de {{ document.total | money }}, avec le détail de son calcul.',
  creditMail:
    'Vous trouverez en pièce jointe notre avoir {{ document.number }} du {{ document.issued_on | date }} d’un montant de {{ document.total | money }} sur pénalités et frais. Vous n’avez rien à payer.',
};

const cs: ChargeWords = {
  title: 'Úroky a poplatky z prodlení',
  creditTitle: 'Dobropis k úrokům a poplatkům',
  through: 'Vypočteno do',
  explained: 'Následující položky byly uhrazeny pozdě nebo jsou po splatnosti. Účtujeme za ně:',
  sheet: 'Výpočet úroků',
  days: 'Dny',
  base: 'Dlužná částka',
  rate: 'Sazba p. a.',
  interest: 'Úrok',
  dayRange: '{from} až {to}',
  feeTotal: 'Poplatky',
  untaxed: 'Úroky z prodlení a náhrada nákladů nejsou předmětem DPH.',
  rounding:
    'Úroky se počítají po dnech z dlužné částky, bez úroků z úroků, a zaokrouhlují se jednou za položku.',
  kinds: {
    interest: 'Úrok z prodlení',
    fixed_sum: 'Paušální náhrada nákladů',
    reminder_fee: 'Poplatek za upomínku',
    return_fee: 'Poplatek za vrácenou platbu',
    correction: 'Oprava úroků',
    fee_correction: 'Oprava paušálu',
    waiver: 'Prominuto',
  },
  phases: { reminder: 'Upomínka', demand: 'Výzva', final_notice: 'Poslední výzva' },
  mail: 'některé Vaše platby přišly pozdě nebo jsou po splatnosti. V příloze zasíláme vyúčtování {{ document.number }} ze dne {{ document.issued_on | date }} na částku {{ document.total | money }} i s výpočtem.',
  creditMail:
    'v příloze zasíláme dobropis {{ document.number }} ze dne {{ document.issued_on | date }} na částku {{ document.total | money }} k úrokům a poplatkům. Nemusíte nic platit.',
};

/** The words of charges, by language. */
export const CHARGE_WORDS: Readonly<Record<DocumentLanguage, ChargeWords>> = {
  ...{ en, de, fr, cs, es, it, pt, ro, nl, sv, da, nb, fi, et, pl, sk, sl, hr },
  ...{ bg, uk, hu, el, lv, lt, tr, ar, he, hi, 'zh-Hans': zhHans, 'zh-Hant': zhHant, ja, ko },
};
