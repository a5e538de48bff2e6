// What the columns of a gateway's payout report mean where a person said it: plain data, kept for the gateway. With it the report is read
// as those are that are known anyway, and proves itself in the same way.

import type { PlainDate } from '#kernel/calendar.ts';
import { Refusal } from '#kernel/refusal.ts';
import { plainName } from './bank-csv-profile.ts';
import { isAboveNothing, negatedText } from './bank-text.ts';
import {
  type ColumnGuess,
  type DateOrder,
  type DecimalMark,
  guessDateOrder,
  guessDecimalMark,
  readAmount,
  readDate,
} from './number-and-date-text.ts';
import { type PayoutKind, takesMoney } from './payout-kinds.ts';
import { type Cells, type PayoutRow, type PayoutShape, shapeOfHeadings } from './payout-shapes.ts';
import { amountsEqual, minusAmount } from './statement-tally.ts';

/** Columns that hold one thing each, by their name in the header. Only gross, fee and net together prove a row. */
const PAYOUT_COLUMNS_NEEDED = ['payout', 'id', 'on', 'type', 'gross', 'fee', 'net'] as const;
const PAYOUT_COLUMNS_MORE = ['payoutOn', 'charge', 'payer'] as const;

type Needed = { readonly [Column in (typeof PAYOUT_COLUMNS_NEEDED)[number]]: string };
type More = { readonly [Column in (typeof PAYOUT_COLUMNS_MORE)[number]]?: string | undefined };

/** A value that stands in a column, or is the same for the whole file. */
export type NamedOrFixed = { readonly column: string } | { readonly fixed: string };

/** How one gateway writes its payouts. Names of columns are compared without regard to case and spacing. */
export type PayoutColumns = Needed &
  More & {
    /** What was said about a payment; several columns are joined. */
    readonly texts: readonly string[];
    readonly currency: NamedOrFixed;
    /** Which account at the gateway it is, by its number. */
    readonly account?: NamedOrFixed | undefined;
    readonly dateOrder: DateOrder;
    readonly decimalMark: DecimalMark;
    /** Fees stand as what they change the balance by, so that gross and fee make net. */
    readonly isFeeNegative: boolean;
    /**
     * Refunds, chargebacks, payouts and fees by themselves stand without a minus: their type says that they take money. Left
     * out, they stand as what they change the balance by.
     */
    readonly isTakenPositive?: boolean | undefined;
    /** What each word of the column of types means; a word that is not named is refused, never guessed. */
    readonly words: readonly { readonly word: string; readonly kind: PayoutKind }[];
  };

/** Columns as they are kept, with the headings they are known again by. */
export type KeptPayoutColumns = { readonly key: string; readonly columns: PayoutColumns };

/** A row of headings for comparing: its names, whatever their order. */
export function payoutHeadingsKey(headings: readonly string[]): string {
  return headings
    .map(plainName)
    .filter((name) => name !== '')
    .sort()
    .join('|')
    .slice(0, KEY_CHARACTERS_MAX);
}

const KEY_CHARACTERS_MAX = 4_000;

/** All columns that are named, each once. */
function columnsNamed(columns: PayoutColumns): readonly string[] {
  const single = [...PAYOUT_COLUMNS_NEEDED, ...PAYOUT_COLUMNS_MORE].flatMap(
    (column) => columns[column] ?? [],
  );
  const either = [columns.currency, columns.account].flatMap((one) =>
    one && 'column' in one ? [one.column] : [],
  );
  return [...new Set([...single, ...either, ...columns.texts])];
}

/**
 * Checks that a report with these headings can be read so.
 *
 * Refuses: `payout_report_known`, `payout_columns_not_there`, `payout_column_doubled` (two headings of one name), `payout_word_twice`.
 */
export function checkPayoutColumns(headings: readonly string[], columns: PayoutColumns): void {
  if (shapeOfHeadings(headings) !== undefined) throw new Refusal('payout_report_known');
  const names = headings.map(plainName);
  const named = columnsNamed(columns);
  const missing = named.filter((name) => !names.includes(plainName(name)));
  if (missing.length > 0) throw new Refusal('payout_columns_not_there', { columns: missing });
  const doubled = named.filter((name) => names.filter((other) => other === plainName(name)).length > 1);
  if (doubled.length > 0) throw new Refusal('payout_column_doubled', { columns: doubled });
  const words = columns.words.map(({ word }) => plainName(word));
  const twice = words.find((word, index) => words.indexOf(word) !== index);
  if (twice !== undefined) throw new Refusal('payout_word_twice', { word: twice });
}

/** The report as its columns were said, to be read like those that are known. */
export function shapeOfColumns(columns: PayoutColumns): PayoutShape {
  const kinds = new Map(columns.words.map(({ word, kind }) => [plainName(word), kind]));
  return {
    name: 'payout_columns',
    marks: columnsNamed(columns).map(plainName),
    statesPayout: false,
    read: (cell, line) => readRow(columns, kinds, { cell, line }),
  };
}

type Place = { readonly cell: Cells; readonly line: number };

function readRow(
  columns: PayoutColumns,
  kinds: ReadonlyMap<string, PayoutKind>,
  { cell, line }: Place,
): PayoutRow {
  const at = (name: string | undefined): string => (name === undefined ? '' : cell(plainName(name)));
  const either = (one: NamedOrFixed | undefined): string =>
    one === undefined ? '' : 'fixed' in one ? one.fixed : at(one.column);
  const unreadable = (column: string, value: string): Refusal =>
    new Refusal('payout_row_unreadable', { line, column, value: value.slice(0, 100) });
  const needed = (column: string, value: string): string => {
    if (value === '') throw unreadable(column, value);
    return value;
  };
  const reading = <Value>(name: string, read: (text: string) => Value): Value => {
    try {
      return read(at(name));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw unreadable(name, at(name));
    }
  };
  const amount = (name: string): string =>
    reading(name, (text) => (text === '' ? '0' : readAmount(text, columns.decimalMark).decimal));
  const day = (name: string): PlainDate => reading(name, (text) => readDate(text, columns.dateOrder));
  const kind = kinds.get(plainName(at(columns.type)));
  if (kind === undefined) throw unreadable(columns.type, at(columns.type));
  const on = day(columns.on);
  const paidOn =
    at(columns.payoutOn) === '' || columns.payoutOn === undefined ? undefined : day(columns.payoutOn);
  const fee = amount(columns.fee);
  const written = {
    gross: amount(columns.gross),
    fee: columns.isFeeNegative ? negatedText(fee) : fee,
    net: amount(columns.net),
  };
  const id = needed(columns.id, at(columns.id));
  return {
    line,
    id,
    payout: at(columns.payout) || undefined,
    payoutOn: paidOn ?? (kind === 'payout' ? on : undefined),
    on,
    kind,
    currency: needed('currency', either(columns.currency)).toUpperCase(),
    ...(columns.isTakenPositive === true ? takenByKind(kind, written) : written),
    charge: at(columns.charge) || id,
    payer: at(columns.payer) || undefined,
    texts: columns.texts.map(at),
    account: either(columns.account) || undefined,
  };
}

type Amounts = Pick<PayoutRow, 'gross' | 'fee' | 'net'>;

/**
 * Amounts of a row whose kind says that it takes money, with the minus they were written without. Its fee was kept, or was given
 * back and stands without its minus, too: gross and net say which, since only one of the two makes them fit.
 */
function takenByKind(kind: PayoutKind, { gross, fee, net }: Amounts): Amounts {
  if (!takesMoney(kind) && kind !== 'fee') return { gross, fee, net };
  const below = (amount: string): string => (isAboveNothing(amount) ? negatedText(amount) : amount);
  const taken = { gross: below(gross), fee, net: below(net) };
  const of = (decimal: string) => ({ decimal, currency: '' });
  const isKept = amountsEqual(minusAmount(of(taken.gross), of(fee)), of(taken.net));
  return isKept ? taken : { ...taken, fee: negatedText(fee) };
}

/** Words by which gateways head their columns, the surest first. */
const HEADED: { readonly [Column in (typeof PAYOUT_COLUMNS_NEEDED)[number] | 'payoutOn' | 'payer']: RegExp } =
  {
    payoutOn: /^(payout|settle(ment|d)|transfer|deposit|paid ?out).*(date|day|on|at)$/,
    payout: /^(payout|settlement|transfer|batch|deposit)( (id|no|number|reference|ref))?$/,
    id: /^((transaction|balance transaction|payment|entry) )?(id|number|reference)$|^transaction$/,
    on: /^((transaction|created|creation|booking|value) ?)?(date|day|at|on)$|^created$/,
    type: /^((transaction|entry|reporting) )?(type|category|kind)$/,
    gross: /^(gross|brutto)( amount)?$|^amount( gross)?$/,
    fee: /^((total|processing|transaction) )?fees?( amount)?$|^(gebühr|gebühren|commission)$/,
    net: /^(net|netto)( amount)?$|^amount net$/,
    payer: /^(customer|payer|buyer|cardholder)( name)?$/,
  };

const CURRENCY = /^currency( code)?$|^währung$/;

/** What the headings say by themselves; a person completes it. */
export type PayoutProposal = { readonly [Column in keyof typeof HEADED]?: string } & {
  readonly currency?: string | undefined;
};

/** Proposes what columns mean by their headings; of two that fit one thing nothing is proposed. */
export function proposePayoutColumns(headings: readonly string[]): PayoutProposal {
  const plain = (name: string): string => plainName(name.replace(/[_-]+/g, ' ').replace(/[()]/g, ''));
  const only = (pattern: RegExp): string | undefined => {
    const fitting = headings.filter((name) => pattern.test(plain(name)));
    return fitting.length === 1 ? fitting[0] : undefined;
  };
  const found = Object.entries(HEADED).flatMap(([column, pattern]) => {
    const name = only(pattern);
    return name === undefined ? [] : [[column, name] as const];
  });
  const currency = only(CURRENCY);
  return { ...Object.fromEntries(found), ...(currency === undefined ? {} : { currency }) };
}

/** How dates and amounts are written in some cells, where that is certain. */
export function writtenHow(cells: {
  readonly dates: readonly string[];
  readonly amounts: readonly string[];
}): {
  readonly dateOrder: DateOrder | undefined;
  readonly decimalMark: DecimalMark | undefined;
} {
  const certain = <Value>(guess: ColumnGuess<Value>): Value | undefined =>
    guess.certain ? guess.value : undefined;
  return {
    dateOrder: certain(guessDateOrder(cells.dates)),
    decimalMark: certain(guessDecimalMark(cells.amounts)),
  };
}
