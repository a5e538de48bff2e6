// How payers name the columns and labels of remittances, in the languages that real ones are written in.

/** What a column of a remittance holds. */
export const COLUMN_ROLES = [
  'document',
  'amount',
  'gross',
  'discount',
  'deduction',
  'reason',
  'claimNumber',
  'claimCode',
] as const;
export type ColumnRole = (typeof COLUMN_ROLES)[number];

/** What a label beside a value names. */
export type LabelRole = 'total' | 'paidOn' | 'paymentReference' | 'payerName' | 'currency';

/** A name for comparing: lower case, no accents, letters and digits only, single blanks between words. */
export function nameWords(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Names as `nameWords` gives them; a column has the role whose name it bears exactly. */
const COLUMNS: Readonly<Record<ColumnRole, readonly string[]>> = {
  document: [
    ...[
      'invoice',
      'invoice number',
      'invoice no',
      'invoice nr',
      'invoice id',
      'inv no',
      'inv number',
      'bill number',
    ],
    ...[
      'document',
      'document number',
      'document no',
      'doc no',
      'reference',
      'your reference',
      'supplier reference',
    ],
    ...[
      'rechnung',
      'rechnungsnummer',
      'rechnungsnr',
      'rechnung nr',
      'rechnungs nr',
      'beleg',
      'belegnummer',
      'belegnr',
    ],
    ...[
      'facture',
      'numero de facture',
      'n facture',
      'no facture',
      'factura',
      'numero de factura',
      'fattura',
      'numero fattura',
    ],
    ...['factuur', 'factuurnummer', 'faktura', 'cislo faktury', 'faktura c'],
  ],
  amount: [
    ...[
      'amount',
      'amount paid',
      'paid',
      'paid amount',
      'payment amount',
      'net',
      'net amount',
      'net paid',
      'payment',
    ],
    ...['betrag', 'zahlbetrag', 'zahlungsbetrag', 'bezahlt', 'netto', 'nettobetrag', 'zahlung'],
    ...['montant', 'montant paye', 'net a payer', 'importe', 'importe pagado', 'importo', 'importo pagato'],
    ...['bedrag', 'betaald', 'castka', 'uhrazeno'],
  ],
  gross: [
    ...[
      'gross',
      'gross amount',
      'invoice amount',
      'original amount',
      'invoice total',
      'amount due',
      'document amount',
    ],
    ...[
      'brutto',
      'bruttobetrag',
      'rechnungsbetrag',
      'montant brut',
      'montant facture',
      'importe factura',
      'importe bruto',
    ],
    ...['importo fattura', 'factuurbedrag', 'castka faktury'],
  ],
  discount: [
    ...[
      'discount',
      'discount taken',
      'cash discount',
      'disc',
      'skonto',
      'skontobetrag',
      'escompte',
      'descuento',
      'sconto',
    ],
    ...['korting', 'sleva'],
  ],
  deduction: [
    ...[
      'deduction',
      'deductions',
      'deduction amount',
      'adjustment',
      'adjustment amount',
      'chargeback',
      'short paid',
    ],
    ...[
      'abzug',
      'abzuge',
      'kurzung',
      'belastung',
      'deduccion',
      'retenue',
      'deduction montant',
      'trattenuta',
      'inhouding',
      'srazka',
    ],
  ],
  reason: [
    ...['reason', 'deduction reason', 'comment', 'comments', 'description', 'note', 'remark', 'remarks'],
    ...['grund', 'abzugsgrund', 'bemerkung', 'motif', 'motivo', 'reden', 'duvod'],
  ],
  claimNumber: [
    ...[
      'claim',
      'claim number',
      'claim no',
      'debit note',
      'debit memo',
      'debit memo number',
      'chargeback number',
    ],
    ...['reklamation', 'reklamationsnummer', 'belastungsanzeige', 'lastschriftanzeige'],
  ],
  claimCode: ['reason code', 'adjustment code', 'deduction code', 'code', 'grundcode', 'abzugscode'],
};

const LABELS: Readonly<Record<LabelRole, readonly string[]>> = {
  total: [
    ...[
      'total',
      'grand total',
      'total paid',
      'total amount',
      'total payment',
      'payment total',
      'payment amount',
      'totals',
    ],
    ...[
      'summe',
      'gesamt',
      'gesamtbetrag',
      'gesamtsumme',
      'zahlbetrag',
      'montant total',
      'totale',
      'totaal',
      'celkem',
    ],
  ],
  paidOn: [
    ...[
      'payment date',
      'date of payment',
      'paid on',
      'value date',
      'pay date',
      'zahlungsdatum',
      'zahltag',
      'valuta',
    ],
    ...['date de paiement', 'fecha de pago', 'data pagamento', 'betaaldatum', 'datum platby'],
  ],
  paymentReference: [
    ...[
      'payment reference',
      'payment ref',
      'payment number',
      'payment no',
      'trace number',
      'check number',
      'cheque number',
    ],
    ...[
      'eft number',
      'end to end id',
      'zahlungsreferenz',
      'zahlungsnummer',
      'reference de paiement',
      'referencia de pago',
    ],
  ],
  payerName: [
    'payer',
    'paid by',
    'from',
    'payer name',
    'zahler',
    'auftraggeber',
    'payeur',
    'pagador',
    'betaler',
    'platce',
  ],
  currency: ['currency', 'payment currency', 'wahrung', 'devise', 'moneda', 'valuta code', 'mena'],
};

function byName<T extends string>(names: Readonly<Record<T, readonly string[]>>): ReadonlyMap<string, T> {
  const entries = Object.entries(names) as [T, readonly string[]][];
  return new Map(entries.flatMap(([role, all]) => all.map((name) => [name, role] as const)));
}

const COLUMN_OF_NAME = byName(COLUMNS);
const LABEL_OF_NAME = byName(LABELS);

/** A currency written after a name, as in `Amount (EUR)`, says nothing about the role. */
const CURRENCY_AT_END = / (?:[a-z]{3})$/;

/** What a column with this heading holds, if the heading is known. */
export function columnRole(heading: string): ColumnRole | undefined {
  const name = nameWords(heading);
  return COLUMN_OF_NAME.get(name) ?? COLUMN_OF_NAME.get(name.replace(CURRENCY_AT_END, ''));
}

/** What a label names, if it is known. */
export function labelRole(label: string): LabelRole | undefined {
  const name = nameWords(label);
  return LABEL_OF_NAME.get(name) ?? LABEL_OF_NAME.get(name.replace(CURRENCY_AT_END, ''));
}
