// Which column of a file is which field. Guessed from the header, shown, changed by a person if need be, and stored for
// the next file with the same header.

import type { DateOrder, DecimalMark } from '#formats/number-and-date-text.ts';
import { Refusal } from '#kernel/refusal.ts';

export type ImportKind = 'invoices' | 'payments';

/** A field that a file can give. */
export type Field =
  | 'document_number'
  | 'customer_number'
  | 'customer_name'
  | 'customer_email'
  | 'issue_date'
  | 'due_date'
  | 'amount'
  | 'tax_amount'
  | 'currency'
  | 'document_type'
  | 'purchase_order'
  | 'payment_reference'
  | 'external_id'
  | 'paid_date'
  | 'payment_id'
  | 'payer_account';

/** How a file is read: for each field its columns (the first one that is filled counts), and how numbers and dates are written. */
export type Mapping = {
  readonly fields: { readonly [F in Field]?: readonly string[] };
  readonly decimalMark?: DecimalMark | undefined;
  readonly dateOrder?: DateOrder | undefined;
  /** For rows without a currency. */
  readonly currency?: string | undefined;
  /** Amounts with more decimals than their currency has are problems, unless a person says to round them (half up, each listed). */
  readonly excessDecimals?: 'refuse' | 'round' | undefined;
  /** How rows of a payment file make payments: rows with one payment id, or one customer's rows of a day, or each row. */
  readonly group?: 'payment_id' | 'customer_day' | 'row' | undefined;
};

/** What a field is called, and whether a kind of import can do without it. */
export type FieldInfo = { readonly field: Field; readonly title: string; readonly required: boolean };

const INVOICE_FIELDS: readonly FieldInfo[] = [
  { field: 'document_number', title: 'Document number', required: true },
  { field: 'customer_number', title: 'Customer number', required: true },
  { field: 'issue_date', title: 'Issue date', required: true },
  { field: 'due_date', title: 'Due date', required: true },
  { field: 'amount', title: 'Total amount', required: true },
  { field: 'currency', title: 'Currency', required: false },
  { field: 'document_type', title: 'Document type', required: false },
  { field: 'tax_amount', title: 'Tax in the total', required: false },
  { field: 'customer_name', title: 'Customer name', required: false },
  { field: 'customer_email', title: 'Customer e-mail', required: false },
  { field: 'purchase_order', title: 'Purchase order', required: false },
  { field: 'payment_reference', title: 'Payment reference', required: false },
  { field: 'external_id', title: 'Id in the other system', required: false },
];

const PAYMENT_FIELDS: readonly FieldInfo[] = [
  { field: 'customer_number', title: 'Customer number', required: true },
  { field: 'paid_date', title: 'Payment date', required: true },
  { field: 'amount', title: 'Amount', required: true },
  { field: 'document_number', title: 'Document paid', required: false },
  { field: 'currency', title: 'Currency', required: false },
  { field: 'payment_id', title: 'Payment id', required: false },
  { field: 'payment_reference', title: 'Payment reference', required: false },
  { field: 'payer_account', title: 'Payer’s bank account', required: false },
];

/** The fields of a kind of import, in the order they are shown. */
export function fieldsOf(kind: ImportKind): readonly FieldInfo[] {
  return kind === 'invoices' ? INVOICE_FIELDS : PAYMENT_FIELDS;
}

/** What columns are usually called, in English, German, French, Czech, Dutch, Spanish and Italian; compared without marks and case. */
const NAMES: Readonly<Record<Field, readonly string[]>> = {
  document_number: [
    'document no',
    'document number',
    'doc no',
    'doc id',
    'invoice no',
    'invoice number',
    'invoice id',
    'invoice',
    'number',
    'belegnummer',
    'rechnungsnummer',
    'rechnung',
    'rechnungsnr',
    'belegnr',
    'numero de facture',
    'no facture',
    'facture',
    'cislo dokladu',
    'cislo faktury',
    'faktura',
    'factuurnummer',
    'factuur',
    'numero de factura',
    'factura',
    'numero fattura',
    'fattura',
  ],
  customer_number: [
    'customer id',
    'customer no',
    'customer number',
    'customer code',
    'cust number',
    'customer',
    'account no',
    'account number',
    'debtor',
    'debtor no',
    'client',
    'kundennummer',
    'kundennr',
    'kunde',
    'debitor',
    'debitornummer',
    'numero client',
    'code client',
    'cislo zakaznika',
    'zakaznik',
    'odberatel',
    'klantnummer',
    'klant',
    'debiteur',
    'cliente',
    'numero de cliente',
    'codice cliente',
  ],
  customer_name: [
    'customer name',
    'name',
    'company',
    'company name',
    'kundenname',
    'firma',
    'nom client',
    'raison sociale',
    'nazev',
    'jmeno zakaznika',
    'klantnaam',
    'nombre',
    'ragione sociale',
  ],
  customer_email: ['email', 'e mail', 'customer email', 'mail', 'courriel', 'correo'],
  issue_date: [
    'issue date',
    'invoice date',
    'document date',
    'date',
    'issued',
    'posting date',
    'document create date',
    'belegdatum',
    'rechnungsdatum',
    'datum',
    'date de facture',
    'date facture',
    'datum vystaveni',
    'vystaveno',
    'factuurdatum',
    'fecha',
    'fecha de factura',
    'data fattura',
    'received date',
  ],
  due_date: [
    'due date',
    'due',
    'due on',
    'payment due',
    'due in date',
    'falligkeit',
    'falligkeitsdatum',
    'fallig am',
    'echeance',
    'date echeance',
    'splatnost',
    'datum splatnosti',
    'vervaldatum',
    'vencimiento',
    'scadenza',
  ],
  amount: [
    'amount',
    'total',
    'total amount',
    'gross',
    'gross amount',
    'total open amount',
    'open amount',
    'invoice amount',
    'value',
    'betrag',
    'summe',
    'bruttobetrag',
    'brutto',
    'montant',
    'montant ttc',
    'total ttc',
    'castka',
    'celkem',
    'bedrag',
    'totaal',
    'importe',
    'importo',
    'totale',
    'paid amount',
    'payment amount',
  ],
  tax_amount: [
    'tax',
    'tax amount',
    'vat',
    'vat amount',
    'mwst',
    'ust',
    'steuer',
    'tva',
    'montant tva',
    'dph',
    'btw',
    'iva',
  ],
  currency: [
    'currency',
    'currency code',
    'invoice currency',
    'wahrung',
    'waehrung',
    'devise',
    'mena',
    'valuta',
    'moneda',
    'divisa',
  ],
  document_type: [
    'document type',
    'type',
    'doc type',
    'kind',
    'belegart',
    'typ',
    'art',
    'type de document',
    'typ dokladu',
    'tipo',
    'soort',
  ],
  purchase_order: [
    'purchase order',
    'po',
    'po number',
    'order number',
    'bestellnummer',
    'bestellung',
    'bon de commande',
    'objednavka',
    'ordernummer',
    'pedido',
    'ordine',
  ],
  payment_reference: [
    'payment reference',
    'reference',
    'variable symbol',
    'variabilni symbol',
    'vs',
    'zahlungsreferenz',
    'verwendungszweck',
    'referenz',
    'betalingskenmerk',
    'referencia',
    'riferimento',
  ],
  external_id: ['external id', 'id', 'uuid', 'guid', 'erp id', 'system id'],
  paid_date: [
    'paid date',
    'payment date',
    'clear date',
    'clearing date',
    'paid on',
    'paid',
    'value date',
    'zahlungsdatum',
    'bezahlt am',
    'zahldatum',
    'date de paiement',
    'datum uhrady',
    'uhrazeno',
    'betaaldatum',
    'fecha de pago',
    'data pagamento',
  ],
  payment_id: [
    'payment id',
    'payment no',
    'payment number',
    'receipt no',
    'receipt number',
    'transaction id',
    'zahlungsnummer',
    'zahlungs id',
  ],
  payer_account: [
    'iban',
    'payer iban',
    'payer account',
    'bank account',
    'konto',
    'bankverbindung',
    'rekening',
    'cuenta',
  ],
};

/** Columns that stand in for another when the first is empty. */
const FALLBACKS: { readonly [F in Field]?: readonly string[] } = {
  issue_date: ['received date', 'posting date', 'datum prijeti'],
};

/** A header cell without case, marks and punctuation, so that `Document_No.` and `document no` are the same. */
export function plainName(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Diacritic}/gu, '')
    .replace(/ß/g, 'ss')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/**
 * Guesses which column is which field. A column serves one field; of several candidates the name that stands earlier in the
 * list of usual names wins. Fields for which nothing fits stay open for a person.
 */
export function guessMapping(kind: ImportKind, header: readonly string[]): Mapping {
  const byName = new Map<string, string>();
  for (const title of header) {
    const name = plainName(title);
    if (name !== '' && !byName.has(name)) byName.set(name, title);
  }
  const taken = new Set<string>();
  const fields: { [F in Field]?: readonly string[] } = {};
  for (const { field } of fieldsOf(kind)) {
    const found = NAMES[field]
      .map((name) => byName.get(name))
      .find((title) => title !== undefined && !taken.has(title));
    if (found === undefined) continue;
    taken.add(found);
    const more = (FALLBACKS[field] ?? [])
      .map((name) => byName.get(name))
      .filter((t): t is string => t !== undefined && !taken.has(t));
    for (const title of more) taken.add(title);
    fields[field] = [found, ...more];
  }
  if (kind === 'payments') return { fields, group: fields.payment_id ? 'payment_id' : 'customer_day' };
  return { fields };
}

/**
 * Makes sure that a mapping can be used with a header.
 *
 * Refuses: `mapping_incomplete` (required fields without a column), `mapping_unknown_column`, `mapping_unknown_field`.
 */
export function checkMapping(kind: ImportKind, mapping: Mapping, header: readonly string[]): void {
  const known = new Map(fieldsOf(kind).map((info) => [info.field, info]));
  for (const [field, columns] of Object.entries(mapping.fields)) {
    if (!known.has(field as Field)) throw new Refusal('mapping_unknown_field', { field });
    const missing = (columns ?? []).filter((column) => !header.includes(column));
    if (missing.length > 0)
      throw new Refusal('mapping_unknown_column', { field, columns: missing, header: [...header] });
  }
  const open = fieldsOf(kind).filter(
    (info) => info.required && (mapping.fields[info.field] ?? []).length === 0,
  );
  if (open.length > 0)
    throw new Refusal('mapping_incomplete', { fields: open.map((info) => info.title), header: [...header] });
}

/** Reads the cell of a field: the first of its columns that is filled. Made once per file, used for every row. */
export function cellReader(
  mapping: Mapping,
  header: readonly string[],
): (cells: readonly string[], field: Field) => Cell {
  const indexes = new Map<Field, readonly { readonly column: string; readonly index: number }[]>();
  for (const [field, columns] of Object.entries(mapping.fields)) {
    indexes.set(
      field as Field,
      (columns ?? []).map((column) => ({ column, index: header.indexOf(column) })),
    );
  }
  return (cells, field) => {
    const places = indexes.get(field) ?? [];
    for (const place of places) {
      const text = (cells[place.index] ?? '').trim();
      if (text !== '') return { column: place.column, text };
    }
    return { column: places[0]?.column ?? '', text: '' };
  };
}

/** The text of a field in a row, and the column it stood in. */
export type Cell = { readonly column: string; readonly text: string };
