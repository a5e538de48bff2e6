// The fixed words of statements of account, in the languages of our documents.

import type { DocumentLanguage } from './language.ts';
import { PRINT_LABELS } from './print-labels.ts';
import { ar, he, hi, ja, ko, zhHans, zhHant } from './statement-labels-east.ts';
import { da, et, fi, nb, nl, sv } from './statement-labels-north.ts';
import { el, hu, lt, lv, tr } from './statement-labels-others.ts';
import { es, it, pt, ro } from './statement-labels-romance.ts';
import { bg, hr, pl, sk, sl, uk } from './statement-labels-slavic.ts';

/** Documents have a name of their own on every print; what else a line can speak of is named here. */
export const STATEMENT_ROW_KINDS = [
  'payment',
  'refund',
  'write_off',
  'void',
  'return',
  'transfer',
  'handover',
  'charge',
  'charge_credit',
  'discount',
  'difference',
  'settlement',
] as const;
type OtherRowKind = (typeof STATEMENT_ROW_KINDS)[number];

/** What a line of a statement can speak of. */
export type StatementRowKind = 'invoice' | 'credit_note' | OtherRowKind;

/** Words of a statement. `{x}` is filled in by `fill`. */
export type StatementLabels = {
  readonly kinds: Readonly<Record<OtherRowKind, string>>;
  readonly document: string;
  readonly period: string;
  /** From {from} to {to}. */
  readonly span: string;
  readonly forwardExplained: string;
  readonly opening: string;
  readonly closing: string;
  readonly owedBy: string;
  readonly owedTo: string;
  readonly charged: string;
  readonly credited: string;
  readonly balance: string;
  readonly subtotal: string;
  readonly overdue: string;
  readonly inDispute: string;
  readonly charges: string;
  readonly credits: string;
  readonly unapplied: string;
};

const en: StatementLabels = {
  kinds: {
    payment: 'Payment',
    refund: 'Refund',
    write_off: 'Write-off',
    void: 'Voided',
    return: 'Payment returned',
    transfer: 'Payment assigned',
    handover: 'Payment between companies',
    charge: 'Interest and fees',
    charge_credit: 'Interest and fees given back',
    discount: 'Early-payment discount',
    difference: 'Small difference dropped',
    settlement: 'Settled with another account',
  },
  document: 'Document',
  period: 'Period',
  span: '{from} to {to}',
  forwardExplained: 'What moved your account from {from} to {to}. Please tell us if your records differ.',
  opening: 'Balance brought forward',
  closing: 'Closing balance',
  owedBy: 'You owe',
  owedTo: 'In your favour',
  charged: 'Charged',
  credited: 'Credited',
  balance: 'Balance',
  subtotal: 'Sum of {name}',
  overdue: 'of this overdue',
  inDispute: 'of this in dispute',
  charges: 'of this interest and fees',
  credits: 'Credits',
  unapplied: 'Payments not applied',
};

const de: StatementLabels = {
  kinds: {
    payment: 'Zahlung',
    refund: 'Erstattung',
    write_off: 'Ausbuchung',
    void: 'Storno',
    return: 'Rückgabe einer Zahlung',
    transfer: 'Zugeordnete Zahlung',
    handover: 'Zahlung zwischen Gesellschaften',
    charge: 'Zinsen und Kosten',
    charge_credit: 'Erlassene Zinsen und Kosten',
    discount: 'Skonto',
    difference: 'Kleindifferenz',
    settlement: 'Ausgleich mit anderem Konto',
  },
  document: 'Beleg',
  period: 'Zeitraum',
  span: '{from} bis {to}',
  forwardExplained:
    'Die Bewegungen Ihres Kontos vom {from} bis zum {to}. Bitte sagen Sie uns, wenn Ihre Bücher abweichen.',
  opening: 'Saldovortrag',
  closing: 'Endsaldo',
  owedBy: 'Zu Ihren Lasten',
  owedTo: 'Zu Ihren Gunsten',
  charged: 'Soll',
  credited: 'Haben',
  balance: 'Saldo',
  subtotal: 'Summe {name}',
  overdue: 'davon überfällig',
  inDispute: 'davon strittig',
  charges: 'davon Zinsen und Kosten',
  credits: 'Gutschriften',
  unapplied: 'Nicht zugeordnete Zahlungen',
};

const fr: StatementLabels = {
  kinds: {
    payment: 'Paiement',
    refund: 'Remboursement',
    write_off: 'Passage en perte',
    void: 'Annulation',
    return: 'Paiement rejeté',
    transfer: 'Paiement attribué',
    handover: 'Paiement entre sociétés',
    charge: 'Intérêts et frais',
    charge_credit: 'Intérêts et frais remis',
    discount: 'Escompte',
    difference: 'Petit écart abandonné',
    settlement: 'Réglé avec un autre compte',
  },
  document: 'Pièce',
  period: 'Période',
  span: 'du {from} au {to}',
  forwardExplained:
    'Les mouvements de votre compte du {from} au {to}. Merci de nous signaler tout écart avec vos livres.',
  opening: 'Solde reporté',
  closing: 'Solde final',
  owedBy: 'En notre faveur',
  owedTo: 'En votre faveur',
  charged: 'Débit',
  credited: 'Crédit',
  balance: 'Solde',
  subtotal: 'Total {name}',
  overdue: 'dont échu',
  inDispute: 'dont contesté',
  charges: 'dont intérêts et frais',
  credits: 'Avoirs',
  unapplied: 'Paiements non imputés',
};

const cs: StatementLabels = {
  kinds: {
    payment: 'Platba',
    refund: 'Vrácení přeplatku',
    write_off: 'Odpis',
    void: 'Storno',
    return: 'Vrácená platba',
    transfer: 'Přiřazená platba',
    handover: 'Platba mezi společnostmi',
    charge: 'Úroky a poplatky',
    charge_credit: 'Prominuté úroky a poplatky',
    discount: 'Skonto',
    difference: 'Drobný rozdíl',
    settlement: 'Vyrovnáno s jiným účtem',
  },
  document: 'Doklad',
  period: 'Období',
  span: '{from} až {to}',
  forwardExplained:
    'Pohyby na vašem účtu od {from} do {to}. Dejte nám prosím vědět, pokud se vaše evidence liší.',
  opening: 'Počáteční zůstatek',
  closing: 'Konečný zůstatek',
  owedBy: 'K úhradě',
  owedTo: 'Ve váš prospěch',
  charged: 'Má dáti',
  credited: 'Dal',
  balance: 'Zůstatek',
  subtotal: 'Součet {name}',
  overdue: 'z toho po splatnosti',
  inDispute: 'z toho sporné',
  charges: 'z toho úroky a poplatky',
  credits: 'Dobropisy',
  unapplied: 'Nepřiřazené platby',
};

export const STATEMENT_LABELS: Readonly<Record<DocumentLanguage, StatementLabels>> = {
  en,
  de,
  fr,
  cs,
  es,
  it,
  pt,
  ro,
  nl,
  sv,
  da,
  nb,
  fi,
  et,
  pl,
  sk,
  sl,
  hr,
  bg,
  uk,
  hu,
  el,
  lv,
  lt,
  tr,
  ar,
  he,
  hi,
  'zh-Hans': zhHans,
  'zh-Hant': zhHant,
  ja,
  ko,
};

/** What a line is called. */
export function rowKindLabel(kind: StatementRowKind, language: DocumentLanguage): string {
  if (kind === 'invoice') return PRINT_LABELS[language].invoice;
  if (kind === 'credit_note') return PRINT_LABELS[language].creditNote;
  return STATEMENT_LABELS[language].kinds[kind];
}
