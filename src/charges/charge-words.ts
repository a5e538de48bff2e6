// What charges say on paper, in every language we print.

import type { Language } from '#printing/language.ts';
import type { PartKind } from './charging.ts';

/** The fixed words of a charge. `{x}` is filled in. */
export type ChargeWords = {
  readonly title: string;
  readonly creditTitle: string;
  readonly number: string;
  readonly through: string;
  readonly explained: string;
  readonly creditExplained: string;
  readonly sheet: string;
  readonly days: string;
  readonly base: string;
  readonly rate: string;
  readonly interest: string;
  readonly dayRange: string;
  readonly interestTotal: string;
  readonly feeTotal: string;
  readonly untaxed: string;
  readonly rounding: string;
  readonly kinds: Readonly<Record<PartKind, string>>;
  /** Fees of reminders are named by the phase of the reminder. */
  readonly phases: Readonly<Record<string, string>>;
};

export const CHARGE_WORDS: Readonly<Record<Language, ChargeWords>> = {
  en: {
    title: 'Interest and fees for late payment',
    creditTitle: 'Credit on interest and fees',
    number: 'Number',
    through: 'Reckoned through',
    explained: 'The following was paid late or is overdue. For it we charge:',
    creditExplained: 'This amount is credited to you. Please do not pay it.',
    sheet: 'How the interest was reckoned',
    days: 'Days',
    base: 'Open amount',
    rate: 'Rate a year',
    interest: 'Interest',
    dayRange: '{from} to {to}',
    interestTotal: 'Interest',
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
  },
  de: {
    title: 'Verzugszinsen und Gebühren',
    creditTitle: 'Gutschrift zu Zinsen und Gebühren',
    number: 'Belegnummer',
    through: 'Berechnet bis',
    explained: 'Folgendes wurde verspätet bezahlt oder ist überfällig. Dafür berechnen wir:',
    creditExplained: 'Dieser Betrag wird Ihnen gutgeschrieben. Bitte zahlen Sie ihn nicht.',
    sheet: 'So wurden die Zinsen berechnet',
    days: 'Tage',
    base: 'Offener Betrag',
    rate: 'Zinssatz p. a.',
    interest: 'Zinsen',
    dayRange: '{from} bis {to}',
    interestTotal: 'Zinsen',
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
  },
  fr: {
    title: 'Pénalités et frais de retard',
    creditTitle: 'Avoir sur pénalités et frais',
    number: 'Numéro',
    through: 'Calculé jusqu’au',
    explained:
      'Les montants suivants ont été payés en retard ou sont échus. Nous vous facturons à ce titre :',
    creditExplained: 'Ce montant vous est crédité. Merci de ne pas le payer.',
    sheet: 'Calcul des intérêts',
    days: 'Jours',
    base: 'Montant dû',
    rate: 'Taux annuel',
    interest: 'Intérêts',
    dayRange: '{from} au {to}',
    interestTotal: 'Intérêts',
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
  },
  cs: {
    title: 'Úroky a poplatky z prodlení',
    creditTitle: 'Dobropis k úrokům a poplatkům',
    number: 'Číslo dokladu',
    through: 'Vypočteno do',
    explained: 'Následující položky byly uhrazeny pozdě nebo jsou po splatnosti. Účtujeme za ně:',
    creditExplained: 'Tato částka je vám připsána. Prosíme, neplaťte ji.',
    sheet: 'Výpočet úroků',
    days: 'Dny',
    base: 'Dlužná částka',
    rate: 'Sazba p. a.',
    interest: 'Úrok',
    dayRange: '{from} až {to}',
    interestTotal: 'Úroky',
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
  },
};
