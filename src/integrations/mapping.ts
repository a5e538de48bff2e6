// Which column of a file is which field. Guessed from the header, shown, changed by a person if need be, and stored for
// the next file with the same header.

import type { DateOrder, DecimalMark } from '#formats/number-and-date-text.ts';
import { Refusal } from '#kernel/refusal.ts';
import { STAND_INS, usualNames } from './field-names.ts';

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
  | 'credit_reason'
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
  { field: 'credit_reason', title: 'Reason of a credit note', required: false },
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

/** A header cell without case, marks and punctuation, so that `Document_No.` and `document no` are the same. */
export function plainName(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Diacritic}/gu, '')
    .replace(/ß/g, 'ss')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
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
    const found = usualNames(kind, field)
      .map((name) => byName.get(name))
      .find((title) => title !== undefined && !taken.has(title));
    if (found === undefined) continue;
    taken.add(found);
    const more = (STAND_INS[field] ?? [])
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

/**
 * A mapping that was made for a header like this one, with the columns as this header writes them. Columns that are not
 * there stay as they are, and `checkMapping` tells.
 */
export function fitMapping(mapping: Mapping, header: readonly string[]): Mapping {
  const fit = (column: string): string =>
    header.includes(column) ? column : (header.find((t) => plainName(t) === plainName(column)) ?? column);
  const fields = Object.fromEntries(
    Object.entries(mapping.fields).map(([field, columns]) => [field, (columns ?? []).map(fit)]),
  );
  return { ...mapping, fields };
}

/** Columns of a mapping that a header has twice, so that nobody can say which is meant. */
export function doubtfulColumns(mapping: Mapping, header: readonly string[]): readonly string[] {
  const used = new Set(Object.values(mapping.fields).flatMap((columns) => columns ?? []));
  return [...used].filter((column) => header.indexOf(column) !== header.lastIndexOf(column));
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
