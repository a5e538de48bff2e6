// The fixed words of statements of account, in the languages of our documents.

import type { Language } from './language.ts';

/** What a line of a statement can speak of. */
export const STATEMENT_ROW_KINDS = [
  'invoice',
  'credit_note',
  'payment',
  'refund',
  'write_off',
  'void',
  'return',
  'transfer',
  'charge',
  'charge_credit',
  'discount',
  'difference',
  'settlement',
] as const;
export type StatementRowKind = (typeof STATEMENT_ROW_KINDS)[number];

/** Words of a statement. `{x}` is filled in by `fill`. */
export type StatementLabels = {
  readonly kinds: Readonly<Record<StatementRowKind, string>>;
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
    invoice: 'Invoice',
    credit_note: 'Credit note',
    payment: 'Payment',
    refund: 'Refund',
    write_off: 'Write-off',
    void: 'Voided',
    return: 'Payment returned',
    transfer: 'Payment assigned',
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
    invoice: 'Rechnung',
    credit_note: 'Rechnungskorrektur',
    payment: 'Zahlung',
    refund: 'Erstattung',
    write_off: 'Ausbuchung',
    void: 'Storno',
    return: 'Rückgabe einer Zahlung',
    transfer: 'Zugeordnete Zahlung',
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
    invoice: 'Facture',
    credit_note: 'Avoir',
    payment: 'Paiement',
    refund: 'Remboursement',
    write_off: 'Passage en perte',
    void: 'Annulation',
    return: 'Paiement rejeté',
    transfer: 'Paiement attribué',
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
    invoice: 'Faktura',
    credit_note: 'Opravný daňový doklad',
    payment: 'Platba',
    refund: 'Vrácení přeplatku',
    write_off: 'Odpis',
    void: 'Storno',
    return: 'Vrácená platba',
    transfer: 'Přiřazená platba',
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

export const STATEMENT_LABELS: Readonly<Record<Language, StatementLabels>> = { en, de, fr, cs };
