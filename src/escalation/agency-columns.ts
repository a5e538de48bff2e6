// Which columns of an agency's file say what, and reading its rows by that. Nothing is guessed: what could be meant in two ways
// is asked. Pure.

import { type DecimalMark, guessDecimalMark, readAmount } from '#formats/number-and-date-text.ts';
import { type Money, money, parseMoney } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { nameWords } from '#remittances/column-names.ts';
import type { StatedAmounts } from './agency-statement.ts';

/** What a file tells: amounts that were collected, or what became of claims. */
export type FileKind = 'statement' | 'status';

/** What columns of a statement hold. */
export const STATEMENT_ROLES = ['reference', 'collected', 'fee', 'tax', 'remitted'] as const;
/** What columns of a file of news hold. */
export const STATUS_ROLES = ['reference', 'status', 'on', 'number', 'note'] as const;
export type ColumnRole = (typeof STATEMENT_ROLES)[number] | (typeof STATUS_ROLES)[number];

/**
 * The heading under which each stands, as it is written in the file; and how amounts and dates are written, where that was
 * asked.
 */
export type AgencyColumns = {
  readonly headings: { readonly [role in ColumnRole]?: string | undefined };
  readonly decimal?: DecimalMark | undefined;
  readonly dateOrder?: 'day_month_year' | 'month_day_year' | 'year_month_day' | undefined;
  /** Their words for what becomes of a claim, and what we call it. */
  readonly statuses?: { readonly [word: string]: string } | undefined;
};

export type FileRow = { readonly line: number; readonly cells: readonly string[] };

/** The first rows of a file that are looked at for its headings. */
const HEADING_ROWS = 30;
/** So much of a row of headings is told by a refusal. */
const HEADINGS_TOLD = 50;
const HEADING_CHARACTERS = 100;

/** Headings as agencies write them. */
const NAMES: Readonly<Record<ColumnRole, readonly string[]>> = {
  reference: [
    'invoice',
    'invoice number',
    'invoice no',
    'our invoice',
    'client reference',
    'your reference',
    'document',
    'hand over',
    'rechnung',
    'rechnungsnummer',
    'rechnungsnr',
    'facture',
    'numero de facture',
    'factuur',
    'factuurnummer',
  ],
  collected: [
    'collected',
    'amount collected',
    'paid',
    'paid by debtor',
    'gross',
    'eingezogen',
    'zahlung schuldner',
    'brutto',
    'encaisse',
    'ontvangen',
  ],
  fee: ['fee', 'commission', 'our fee', 'provision', 'honorar', 'gebuhr', 'honoraires', 'provisie'],
  tax: ['tax', 'vat', 'vat on fee', 'tax on fee', 'ust', 'mwst', 'umsatzsteuer', 'tva', 'btw'],
  remitted: [
    'remitted',
    'net',
    'net amount',
    'payout',
    'transferred',
    'auszahlung',
    'netto',
    'verse',
    'net verse',
    'uitbetaald',
  ],
  status: ['status', 'state', 'stand', 'statut'],
  on: ['date', 'status date', 'datum', 'stand vom'],
  number: ['case', 'case number', 'file number', 'our reference', 'aktenzeichen', 'dossier', 'dossiernummer'],
  note: ['note', 'remark', 'comment', 'bemerkung', 'remarque', 'opmerking'],
};

/** A file with its headings found: which column holds what, and the rows below. */
export type FileTable = {
  readonly headings: readonly string[];
  readonly columns: ReadonlyMap<ColumnRole, number>;
  readonly rows: readonly FileRow[];
};

const ROLES: Readonly<Record<FileKind, readonly ColumnRole[]>> = {
  statement: STATEMENT_ROLES,
  status: STATUS_ROLES,
};
const NEEDED: Readonly<Record<FileKind, readonly ColumnRole[]>> = {
  statement: ['reference', 'collected'],
  status: ['reference', 'status'],
};

/**
 * Finds the headings: those that were said, else the first row that names what is needed.
 *
 * Refuses: `agency_headings_missing` (with the row that comes nearest, so that a person can say what it means),
 * `agency_heading_twice`.
 */
export function tableOf(rows: readonly FileRow[], kind: FileKind, said: AgencyColumns | null): FileTable {
  const looked = rows.slice(0, HEADING_ROWS);
  const found = looked.map((row) => ({ row, columns: columnsOf(row, kind, said) }));
  const at = found.findIndex(({ columns }) => NEEDED[kind].every((role) => columns.has(role)));
  const heading = found[at];
  if (!heading) {
    const nearest = found.toSorted((a, b) => b.columns.size - a.columns.size)[0]?.row.cells ?? [];
    throw new Refusal('agency_headings_missing', {
      needed: [...NEEDED[kind]],
      headings: nearest.slice(0, HEADINGS_TOLD).map((cell) => cell.slice(0, HEADING_CHARACTERS)),
    });
  }
  return { headings: heading.row.cells, columns: heading.columns, rows: rows.slice(at + 1) };
}

function columnsOf(
  row: FileRow,
  kind: FileKind,
  said: AgencyColumns | null,
): ReadonlyMap<ColumnRole, number> {
  const words = row.cells.map(nameWords);
  const columns = new Map<ColumnRole, number>();
  const isSaid = ROLES[kind].some((role) => said?.headings[role] !== undefined);
  for (const role of ROLES[kind]) {
    const own = said?.headings[role];
    const names = own === undefined ? (isSaid ? [] : NAMES[role]) : [nameWords(own)];
    const places = words.flatMap((word, place) => (names.includes(word) ? [place] : []));
    const [place, second] = places;
    if (second !== undefined && NEEDED[kind].includes(role))
      throw new Refusal('agency_heading_twice', { heading: row.cells[second] ?? '' });
    if (place !== undefined) columns.set(role, place);
  }
  return columns;
}

/** What a statement file says. */
export type StatementFile = {
  readonly lines: readonly (StatedAmounts & { readonly reference: string })[];
  readonly totals: Partial<StatedAmounts>;
};

type Amounts = { readonly currency: string; readonly mark: DecimalMark };

/**
 * The lines of a statement, and the totals below them: the first row without a number that holds amounts. Rows that hold no
 * amount are passed over; a line below the totals is refused, since it would be left out of what was counted. Where what is
 * passed on is not told, it is what is left of what was collected; of an agency that asks for its fee all of it.
 *
 * Refuses: `agency_decimal_unclear`, `agency_cell_not_readable` (with its line and heading), `agency_file_empty`,
 * `agency_line_below_totals`, `wrong_currency`.
 */
export function statementOf(
  table: FileTable,
  said: AgencyColumns | null,
  how: { readonly currency: string; readonly remits: 'net' | 'gross' },
): StatementFile {
  const rows = table.rows.filter((row) => holdsAmounts(table, row));
  const isSum = (row: FileRow): boolean => cellOf(table, row, 'reference') === '' || isTotal(table, row);
  const end = rows.findIndex(isSum);
  const body = end < 0 ? rows : rows.slice(0, end);
  if (body.length === 0) throw new Refusal('agency_file_empty');
  const below = end < 0 ? undefined : rows[end];
  const cut = end < 0 ? undefined : rows.slice(end).find((row) => !isSum(row));
  if (cut)
    throw new Refusal('agency_line_below_totals', {
      line: cut.line,
      reference: cellOf(table, cut, 'reference'),
    });
  const mark = said?.decimal ?? markOf(table);
  const amounts = { currency: how.currency, mark };
  const lines = body.map((row) => ({
    reference: cellOf(table, row, 'reference'),
    ...statedOf(table, row, { ...amounts, remits: how.remits }),
  }));
  return { lines, totals: below ? totalsOf(table, below, amounts) : {} };
}

/** Whether a row is a line, or holds sums: what has no number and no figures is text between them. */
function holdsAmounts(table: FileTable, row: FileRow): boolean {
  const cells = AMOUNTS.map((role) => cellOf(table, row, role));
  return cellOf(table, row, 'reference') === ''
    ? cells.some((cell) => /\d/.test(cell))
    : cells.some((cell) => cell !== '');
}

const TOTAL = /^(grand )?(total|totals|sum|summe|gesamt|totaal)\b/;

function isTotal(table: FileTable, row: FileRow): boolean {
  return TOTAL.test(nameWords(cellOf(table, row, 'reference')));
}

/** The headings of a file and what was found under which, for a refusal that asks how it is to be read. */
export function factsOf(table: FileTable): {
  readonly headings: readonly string[];
  readonly found: readonly { readonly role: string; readonly heading: string }[];
} {
  const headings = table.headings.slice(0, HEADINGS_TOLD).map((cell) => cell.slice(0, HEADING_CHARACTERS));
  const found = [...table.columns].map(([role, place]) => ({ role, heading: headings[place] ?? '' }));
  return { headings, found: found.filter(({ heading }) => heading !== '') };
}

/** The text of a cell; empty where there is no such column. */
export function cellOf(table: FileTable, row: FileRow, role: ColumnRole): string {
  const place = table.columns.get(role);
  return place === undefined ? '' : (row.cells[place] ?? '').trim();
}

const AMOUNTS = ['collected', 'fee', 'tax', 'remitted'] as const;

function markOf(table: FileTable): DecimalMark {
  const texts = table.rows.flatMap((row) => AMOUNTS.map((role) => cellOf(table, row, role)));
  const guessed = guessDecimalMark(texts.filter((text) => text !== ''));
  if (guessed.certain) return guessed.value;
  throw new Refusal('agency_decimal_unclear', { examples: [...guessed.examples], ...factsOf(table) });
}

function amountOf(
  table: FileTable,
  row: FileRow,
  role: ColumnRole,
  { currency, mark }: Amounts,
): Money | undefined {
  const text = cellOf(table, row, role);
  if (text === '') return undefined;
  const read = amountText(text, mark);
  if (read === undefined)
    throw new Refusal('agency_cell_not_readable', { line: row.line, column: role, text: text.slice(0, 60) });
  if (read.currency !== undefined && read.currency !== currency)
    throw new Refusal('wrong_currency', { item: `line ${row.line}`, wanted: currency, given: read.currency });
  const amount = parseMoney(read.decimal, currency);
  // Some write what they keep below zero.
  return role === 'fee' || role === 'tax'
    ? money(amount.minor < 0n ? -amount.minor : amount.minor, currency)
    : amount;
}

function amountText(text: string, mark: DecimalMark) {
  return /\d/.test(text) ? readAmount(text, mark) : undefined;
}

function statedOf(
  table: FileTable,
  row: FileRow,
  { remits, ...amounts }: Amounts & { readonly remits: 'net' | 'gross' },
): StatedAmounts {
  const none = money(0n, amounts.currency);
  const collected = amountOf(table, row, 'collected', amounts);
  if (!collected)
    throw new Refusal('agency_cell_not_readable', { line: row.line, column: 'collected', text: '' });
  const fee = amountOf(table, row, 'fee', amounts) ?? none;
  const tax = amountOf(table, row, 'tax', amounts) ?? none;
  const kept = remits === 'net' ? fee.minor + tax.minor : 0n;
  const left = money(collected.minor - kept, amounts.currency);
  return { collected, fee, tax, remitted: amountOf(table, row, 'remitted', amounts) ?? left };
}

function totalsOf(table: FileTable, row: FileRow, amounts: Amounts): Partial<StatedAmounts> {
  return Object.fromEntries(
    AMOUNTS.flatMap((role) => {
      const total = amountOf(table, row, role, amounts);
      return total ? [[role, total]] : [];
    }),
  );
}

/** Words for what becomes of a claim, as agencies write them, and what we call it. */
const STATUS_NAMES: Readonly<Record<string, readonly string[]>> = {
  accepted: ['accepted', 'received', 'angenommen', 'accepte', 'geaccepteerd'],
  rejected: ['rejected', 'declined', 'abgelehnt', 'refuse', 'geweigerd'],
  in_progress: ['in progress', 'open', 'active', 'in bearbeitung', 'en cours', 'in behandeling'],
  instalments: [
    'instalments',
    'instalment plan',
    'payment plan',
    'ratenzahlung',
    'echelonnement',
    'betalingsregeling',
  ],
  part_paid: [
    'part paid',
    'partly paid',
    'paid in part',
    'partial payment',
    'teilzahlung',
    'paiement partiel',
  ],
  paid: ['paid', 'paid in full', 'settled', 'bezahlt', 'erledigt', 'paye', 'betaald'],
  order_for_payment: ['order for payment', 'mahnbescheid', 'injonction de payer', 'betalingsbevel'],
  judgment: ['judgment', 'judgement', 'urteil', 'jugement', 'vonnis'],
  enforcement: ['enforcement', 'vollstreckung', 'execution'],
  insolvent: ['insolvent', 'insolvency', 'bankrupt', 'insolvenz', 'faillite', 'failliet'],
  uncollectible: ['uncollectible', 'irrecoverable', 'uneinbringlich', 'irrecouvrable', 'oninbaar'],
  returned: ['returned', 'given back', 'closed unpaid', 'zuruckgegeben', 'rendu', 'teruggegeven'],
};

/** What a word of theirs means: as it was said, else by the words that are known; nothing where it is neither. */
export function statusMeant(word: string, said: AgencyColumns | null): string | null {
  const name = nameWords(word);
  const own = Object.entries(said?.statuses ?? {}).find(([theirs]) => nameWords(theirs) === name);
  if (own) return own[1];
  return (
    Object.entries(STATUS_NAMES).find(([status, names]) => status === word || names.includes(name))?.[0] ??
    null
  );
}
