// The fixed words of printed documents, in every language we write. A language without a word does not compile.

import { ar, he, hi, ja, ko, zhHans, zhHant } from './labels-east.ts';
import { da, et, fi, nb, nl, sv } from './labels-north.ts';
import { el, hu, lt, lv, tr } from './labels-others.ts';
import { es, it, pt, ro } from './labels-romance.ts';
import { bg, hr, pl, sk, sl, uk } from './labels-slavic.ts';
import type { DocumentLanguage } from './language.ts';

/** Each fixed word or phrase on an invoice, credit note, statement or letter. `{x}` is filled in by `fill`. */
export type PrintLabels = {
  readonly invoice: string;
  readonly creditNote: string;
  readonly statement: string;
  readonly invoiceNumber: string;
  readonly creditNoteNumber: string;
  readonly correctedInvoice: string;
  readonly date: string;
  readonly asOf: string;
  readonly dueDate: string;
  readonly customerNumber: string;
  readonly customerTaxId: string;
  readonly purchaseOrder: string;
  readonly reference: string;
  readonly delivery: string;
  readonly contact: string;
  readonly description: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly tax: string;
  readonly net: string;
  readonly broughtForward: string;
  readonly carriedForward: string;
  readonly linesTotal: string;
  readonly netTotal: string;
  readonly rounding: string;
  /** A tax of {percent} on {base}; the name of the tax comes from the document or is `tax`. */
  readonly taxOn: string;
  /** Over the table of several taxes, and its columns. */
  readonly taxSummary: string;
  readonly taxRate: string;
  readonly taxable: string;
  readonly total: string;
  readonly creditTotal: string;
  readonly paid: string;
  readonly discountTaken: string;
  readonly amountDue: string;
  readonly creditLeft: string;
  readonly payment: string;
  readonly payTo: string;
  readonly bank: string;
  readonly account: string;
  readonly routing: string;
  readonly paymentReference: string;
  readonly scanToPay: string;
  readonly payOnline: string;
  readonly instalments: string;
  /** Early payment: pay {amount} until {date} ({percent} off). */
  readonly discount: string;
  readonly nothingToPay: string;
  readonly creditExplained: string;
  readonly taxId: string;
  readonly page: string;
  readonly number: string;
  readonly issued: string;
  readonly due: string;
  readonly daysLate: string;
  readonly amount: string;
  readonly open: string;
  readonly disputed: string;
  readonly currency: string;
  readonly aging: string;
  readonly sum: string;
  readonly notDue: string;
  /** {from}–{to} days late. */
  readonly bucket: string;
  /** More than {days} days late. */
  readonly bucketOver: string;
  readonly noItems: string;
  readonly statementExplained: string;
};

const en: PrintLabels = {
  invoice: 'Invoice',
  creditNote: 'Credit note',
  statement: 'Statement of account',
  invoiceNumber: 'Invoice number',
  creditNoteNumber: 'Credit note number',
  correctedInvoice: 'For invoice',
  date: 'Date',
  asOf: 'As of',
  dueDate: 'Due date',
  customerNumber: 'Customer number',
  customerTaxId: 'Your VAT number',
  purchaseOrder: 'Your order',
  reference: 'Your reference',
  delivery: 'Delivery',
  contact: 'Contact',
  description: 'Description',
  quantity: 'Quantity',
  unitPrice: 'Unit price',
  tax: 'VAT',
  net: 'Amount',
  broughtForward: 'Brought forward',
  carriedForward: 'Carried forward',
  linesTotal: 'Sum of lines',
  rounding: 'Rounding',
  netTotal: 'Net total',
  taxOn: '{tax} {percent} on {base}',
  taxSummary: 'VAT summary',
  taxRate: 'VAT rate',
  taxable: 'Net',
  total: 'Total',
  creditTotal: 'Total credit',
  paid: 'Already paid or credited',
  discountTaken: 'Discount taken when paying',
  amountDue: 'Amount due',
  creditLeft: 'Credit remaining',
  payment: 'Payment',
  payTo: 'Pay to',
  bank: 'Bank',
  account: 'Account',
  routing: 'Bank code',
  paymentReference: 'Payment reference',
  scanToPay: 'Scan to pay',
  payOnline: 'Pay online',
  instalments: 'Instalments',
  discount: 'Pay {amount} by {date} and save {percent}.',
  nothingToPay: 'Nothing is left to pay. Thank you.',
  creditExplained: 'This amount is credited to you. Please do not pay it.',
  taxId: 'VAT number',
  page: 'Page {page} of {pages}',
  number: 'Number',
  issued: 'Date',
  due: 'Due',
  daysLate: 'Days late',
  amount: 'Amount',
  open: 'Open',
  disputed: 'in dispute',
  currency: 'Currency',
  aging: 'By age',
  sum: 'Total',
  notDue: 'Not due',
  bucket: '{from}–{to} days',
  bucketOver: 'Over {days} days',
  noItems: 'Nothing is open. Thank you.',
  statementExplained:
    'These items are open on your account as of {date}. Please tell us if your records differ.',
};

const de: PrintLabels = {
  invoice: 'Rechnung',
  creditNote: 'Rechnungskorrektur',
  statement: 'Kontoauszug',
  invoiceNumber: 'Rechnungsnummer',
  creditNoteNumber: 'Belegnummer',
  correctedInvoice: 'Zu Rechnung',
  date: 'Datum',
  asOf: 'Stand',
  dueDate: 'Fällig am',
  customerNumber: 'Kundennummer',
  customerTaxId: 'Ihre USt-IdNr.',
  purchaseOrder: 'Ihre Bestellung',
  reference: 'Ihr Zeichen',
  delivery: 'Lieferung',
  contact: 'Ansprechpartner',
  description: 'Bezeichnung',
  quantity: 'Menge',
  unitPrice: 'Einzelpreis',
  tax: 'USt.',
  net: 'Betrag',
  broughtForward: 'Übertrag',
  carriedForward: 'Zwischensumme',
  linesTotal: 'Summe der Positionen',
  rounding: 'Rundung',
  netTotal: 'Nettobetrag',
  taxOn: '{tax} {percent} auf {base}',
  taxSummary: 'Umsatzsteuer nach Sätzen',
  taxRate: 'Steuersatz',
  taxable: 'Netto',
  total: 'Gesamtbetrag',
  creditTotal: 'Gutschriftsbetrag',
  paid: 'Bereits bezahlt oder verrechnet',
  discountTaken: 'Bei Zahlung abgezogenes Skonto',
  amountDue: 'Zu zahlen',
  creditLeft: 'Verbleibendes Guthaben',
  payment: 'Zahlung',
  payTo: 'Empfänger',
  bank: 'Bank',
  account: 'Konto',
  routing: 'Bankleitzahl',
  paymentReference: 'Verwendungszweck',
  scanToPay: 'Scannen und zahlen',
  payOnline: 'Online bezahlen',
  instalments: 'Raten',
  discount: 'Bei Zahlung bis {date} zahlen Sie {amount} ({percent} Skonto).',
  nothingToPay: 'Es ist nichts mehr zu zahlen. Vielen Dank.',
  creditExplained: 'Dieser Betrag wird Ihnen gutgeschrieben. Bitte nicht bezahlen.',
  taxId: 'USt-IdNr.',
  page: 'Seite {page} von {pages}',
  number: 'Nummer',
  issued: 'Datum',
  due: 'Fällig',
  daysLate: 'Tage überfällig',
  amount: 'Betrag',
  open: 'Offen',
  disputed: 'in Klärung',
  currency: 'Währung',
  aging: 'Nach Alter',
  sum: 'Gesamt',
  notDue: 'Nicht fällig',
  bucket: '{from}–{to} Tage',
  bucketOver: 'Über {days} Tage',
  noItems: 'Es ist nichts offen. Vielen Dank.',
  statementExplained:
    'Diese Posten sind zum {date} auf Ihrem Konto offen. Bitte melden Sie sich, wenn Ihre ' +
    'Unterlagen abweichen.',
};

const fr: PrintLabels = {
  invoice: 'Facture',
  creditNote: 'Avoir',
  statement: 'Relevé de compte',
  invoiceNumber: 'Numéro de facture',
  creditNoteNumber: 'Numéro d’avoir',
  correctedInvoice: 'Sur facture',
  date: 'Date',
  asOf: 'Situation au',
  dueDate: 'Échéance',
  customerNumber: 'Numéro de client',
  customerTaxId: 'Votre n° de TVA',
  purchaseOrder: 'Votre commande',
  reference: 'Votre référence',
  delivery: 'Livraison',
  contact: 'Contact',
  description: 'Désignation',
  quantity: 'Quantité',
  unitPrice: 'Prix unitaire',
  tax: 'TVA',
  net: 'Montant HT',
  broughtForward: 'Report',
  carriedForward: 'À reporter',
  linesTotal: 'Total des lignes',
  rounding: 'Arrondi',
  netTotal: 'Total HT',
  taxOn: '{tax} {percent} sur {base}',
  taxSummary: 'Récapitulatif de la TVA',
  taxRate: 'Taux',
  taxable: 'Base HT',
  total: 'Total TTC',
  creditTotal: 'Total de l’avoir',
  paid: 'Déjà payé ou crédité',
  discountTaken: 'Escompte déduit au paiement',
  amountDue: 'Net à payer',
  creditLeft: 'Solde de l’avoir',
  payment: 'Paiement',
  payTo: 'Bénéficiaire',
  bank: 'Banque',
  account: 'Compte',
  routing: 'Code banque',
  paymentReference: 'Référence à rappeler',
  scanToPay: 'Scanner pour payer',
  payOnline: 'Payer en ligne',
  instalments: 'Échéancier',
  discount: 'Réglez {amount} au plus tard le {date} et bénéficiez de {percent} d’escompte.',
  nothingToPay: 'Il ne reste rien à payer. Merci.',
  creditExplained: 'Ce montant est porté à votre crédit. Merci de ne pas le payer.',
  taxId: 'N° de TVA',
  page: 'Page {page} sur {pages}',
  number: 'Numéro',
  issued: 'Date',
  due: 'Échéance',
  daysLate: 'Jours de retard',
  amount: 'Montant',
  open: 'Restant dû',
  disputed: 'en litige',
  currency: 'Devise',
  aging: 'Par ancienneté',
  sum: 'Total',
  notDue: 'Non échu',
  bucket: '{from}–{to} jours',
  bucketOver: 'Plus de {days} jours',
  noItems: 'Aucun montant n’est dû. Merci.',
  statementExplained:
    'Les postes suivants sont ouverts sur votre compte au {date}. Merci de nous signaler toute différence.',
};

const cs: PrintLabels = {
  invoice: 'Faktura',
  creditNote: 'Opravný daňový doklad',
  statement: 'Výpis z účtu zákazníka',
  invoiceNumber: 'Číslo faktury',
  creditNoteNumber: 'Číslo dokladu',
  correctedInvoice: 'K faktuře',
  date: 'Datum vystavení',
  asOf: 'Stav ke dni',
  dueDate: 'Datum splatnosti',
  customerNumber: 'Číslo zákazníka',
  customerTaxId: 'Vaše DIČ',
  purchaseOrder: 'Vaše objednávka',
  reference: 'Vaše značka',
  delivery: 'Datum plnění',
  contact: 'Kontakt',
  description: 'Popis',
  quantity: 'Množství',
  unitPrice: 'Cena za jednotku',
  tax: 'DPH',
  net: 'Částka',
  broughtForward: 'Převod z předchozí strany',
  carriedForward: 'Převod na další stranu',
  linesTotal: 'Součet položek',
  rounding: 'Zaokrouhlení',
  netTotal: 'Celkem bez DPH',
  taxOn: '{tax} {percent} ze základu {base}',
  taxSummary: 'Rekapitulace DPH',
  taxRate: 'Sazba',
  taxable: 'Základ',
  total: 'Celkem',
  creditTotal: 'Celkem k dobru',
  paid: 'Již uhrazeno nebo započteno',
  discountTaken: 'Skonto uplatněné při platbě',
  amountDue: 'Zbývá uhradit',
  creditLeft: 'Zbývá k dobru',
  payment: 'Platba',
  payTo: 'Příjemce',
  bank: 'Banka',
  account: 'Účet',
  routing: 'Kód banky',
  paymentReference: 'Reference platby',
  scanToPay: 'Naskenujte a zaplaťte',
  payOnline: 'Zaplatit online',
  instalments: 'Splátky',
  discount: 'Při platbě do {date} zaplatíte {amount} (sleva {percent}).',
  nothingToPay: 'Nic dalšího není k úhradě. Děkujeme.',
  creditExplained: 'Tato částka je ve váš prospěch. Prosíme, neplaťte ji.',
  taxId: 'DIČ',
  page: 'Strana {page} z {pages}',
  number: 'Číslo',
  issued: 'Vystaveno',
  due: 'Splatnost',
  daysLate: 'Dnů po splatnosti',
  amount: 'Částka',
  open: 'Zbývá uhradit',
  disputed: 'v reklamaci',
  currency: 'Měna',
  aging: 'Podle stáří',
  sum: 'Celkem',
  notDue: 'Před splatností',
  bucket: '{from}–{to} dnů',
  bucketOver: 'Nad {days} dnů',
  noItems: 'Nic není otevřeno. Děkujeme.',
  statementExplained:
    'K {date} jsou na vašem účtu otevřeny tyto položky. Pokud se vaše evidence liší, dejte nám prosím vědět.',
};

/** The fixed words by language. */
export const PRINT_LABELS: Readonly<Record<DocumentLanguage, PrintLabels>> = {
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

/**
 * Puts facts into the braces of a phrase: `fill('Page {page}', { page: '2' })`. A brace without a fact stays as
 * it is.
 */
export function fill(phrase: string, facts: Readonly<Record<string, string>>): string {
  return phrase.replace(/\{(\w+)\}/g, (brace, name: string) => facts[name] ?? brace);
}
