// Payout reports of gateways, read as statements of the account we have at the gateway: what customers paid came in gross, fees,
// refunds and chargebacks went out, and the payout left for the bank. So each payout begins and ends at nothing, and proves itself.

import { PAYOUT_ROWS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { plainName } from './bank-csv-profile.ts';
import type {
  StatementAmount,
  StatementBalance,
  StatementDetail,
  StatementEntry,
  StatementEvent,
} from './bank-statement-shape.ts';
import { isAboveNothing, negatedText } from './bank-text.ts';
import { type CsvRow, openCsv } from './csv.ts';
import { type PayoutKind, takesMoney } from './payout-kinds.ts';
import { type PayoutRow, type PayoutShape, shapeOfHeadings } from './payout-shapes.ts';
import { amountsEqual, minusAmount, plusAmount, StatementTally } from './statement-tally.ts';
import type { ByteSource } from './text-encoding.ts';

/** Whether a file begins as a payout report does: its first line has all columns of one kind of report. */
export function looksLikePayoutReport(begin: string): boolean {
  const cells = begin.split(/\r\n|\r|\n/, 1)[0]?.split(/[,;\t]/) ?? [];
  return shapeOfHeadings(cells.map((cell) => cell.replace(/^"|"$/g, ''))) !== undefined;
}

/**
 * Reads a payout report. Each payout is a statement that is booked on its day, each row has its own day as value date; what waits
 * for a payout is told, and not booked. The fees of a payout are one entry. `said`: what a person said of its columns, instead of what
 * is known of them.
 *
 * Refuses: `payout_report_unknown`, `payout_row_unreadable`, `payout_row_differs` (gross less fee is not net), `payout_sign_differs`
 * (a refund, chargeback or payout that brings money), `payout_differs`
 * (the rows of a payout do not come to it), `payout_currencies_mixed`, `payout_without_day`, `payout_report_too_long`, and what
 * reading delimited text refuses.
 */
export async function* readPayoutReport(
  source: ByteSource,
  said?: PayoutShape,
): AsyncGenerator<StatementEvent> {
  const csv = await openCsv(source, { columns: 'any' });
  try {
    const first = await csv.rows.next();
    const header: readonly string[] = first.done ? [] : first.value.cells;
    const shape = said ?? shapeOfHeadings(header);
    if (shape === undefined) throw new Refusal('payout_report_unknown', { found: header.slice(0, 30) });
    yield { kind: 'file', file: { format: 'payout', version: shape.name } };
    const { payouts, waiting } = await gather(csv.rows, header, shape);
    for (const [id, rows] of payouts) yield* payoutStatement(id, rows, shape);
    for (const rows of waiting.values()) yield* waitingStatement(rows);
  } finally {
    await csv.close();
  }
}

type Gathered = {
  readonly payouts: ReadonlyMap<string, readonly PayoutRow[]>;
  /** Rows that no payout has yet, by their currency. */
  readonly waiting: ReadonlyMap<string, readonly PayoutRow[]>;
};

async function gather(
  rows: AsyncGenerator<CsvRow>,
  header: readonly string[],
  shape: PayoutShape,
): Promise<Gathered> {
  const places = new Map(header.map((name, index) => [plainName(name), index]));
  const payouts = new Map<string, PayoutRow[]>();
  const waiting = new Map<string, PayoutRow[]>();
  let count = 0;
  for await (const { cells, line } of rows) {
    if (cells.every((cell) => cell.trim() === '')) continue;
    count += 1;
    if (count > PAYOUT_ROWS_MAX)
      throw new Refusal('payout_report_too_long', { line, rowsMax: PAYOUT_ROWS_MAX });
    const row = shape.read((name) => (cells[places.get(name) ?? -1] ?? '').trim(), line);
    requireNet(row);
    requireSign(row);
    const [of, key] = row.payout === undefined ? [waiting, row.currency] : [payouts, row.payout];
    const group = of.get(key);
    if (group === undefined) of.set(key, [row]);
    else group.push(row);
  }
  return { payouts, waiting };
}

/** Refuses a row whose gross less its fee is not what it says it comes to. */
function requireNet({ line, currency, gross, fee, net }: PayoutRow): void {
  const reached = minusAmount({ decimal: gross, currency }, { decimal: fee, currency });
  if (amountsEqual(reached, { decimal: net, currency })) return;
  const difference = minusAmount(reached, { decimal: net, currency }).decimal;
  throw new Refusal('payout_row_differs', { line, gross, fee, net, difference });
}

/**
 * Refuses a row that takes money and stands with a plus: where the payout has no row of its own nothing else would show it, and a
 * refund would be booked as a receipt.
 */
function requireSign({ line, kind, gross, net }: PayoutRow): void {
  // What is left of a refund after a fee that was given back may be above nothing; what was paid out may not.
  const amounts = kind === 'payout' ? [gross, net] : [gross];
  if (takesMoney(kind) && amounts.some(isAboveNothing))
    throw new Refusal('payout_sign_differs', { line, type: kind, gross });
}

/** Refuses a payout that is not the sum of its rows, or has rows of two currencies. */
function requireWhole(payout: string, rows: readonly PayoutRow[], shape: PayoutShape): StatementAmount {
  const currency = rows[0]?.currency ?? '';
  const other = rows.find((row) => row.currency !== currency);
  if (other)
    throw new Refusal('payout_currencies_mixed', { payout, line: other.line, currency: other.currency });
  const sum = rows.reduce((all, { net }) => plusAmount(all, { decimal: net, currency }), {
    decimal: '0',
    currency,
  });
  const isStated = shape.statesPayout || rows.some(({ kind }) => kind === 'payout');
  if (isStated && !amountsEqual(sum, { decimal: '0', currency })) {
    const sent = rows.filter(({ kind }) => kind === 'payout').map(({ net }) => negatedText(net));
    throw new Refusal('payout_differs', { payout, difference: sum.decimal, currency, sent });
  }
  return sum;
}

function* payoutStatement(
  payout: string,
  rows: readonly PayoutRow[],
  shape: PayoutShape,
): Generator<StatementEvent> {
  const sum = requireWhole(payout, rows, shape);
  const { currency } = sum;
  const days = rows.flatMap(({ payoutOn }) => payoutOn ?? []);
  const latest = rows.map(({ on }) => on).reduce((a, b) => (Temporal.PlainDate.compare(a, b) < 0 ? b : a));
  // A batch that is carried over as a whole has no payout, and its day is that of its last row.
  const day = days[0] ?? (shape.statesPayout ? latest : undefined);
  if (day === undefined) throw new Refusal('payout_without_day', { payout, line: rows[0]?.line ?? 0 });
  const nothing = (type: string): StatementBalance => ({
    type,
    amount: { decimal: '0', currency },
    date: day,
  });
  const balances = [nothing('OPBD'), nothing('CLBD')];
  const account = { otherId: rows[0]?.account, currency };
  const on = day.toString();
  const line = rows[0]?.line ?? 1;
  yield { kind: 'statement', statement: { id: payout, from: on, to: on, account, balances, line } };
  const tally = new StatementTally();
  for (const entry of entriesOf(payout, rows, { day, sum })) {
    const numbered = { ...entry, ordinal: tally.entries + 1 };
    tally.add(numbered);
    yield { kind: 'entry', entry: numbered };
  }
  yield { kind: 'summary', summary: tally.summary(balances) };
}

/** What waits for a payout: told, so that nobody thinks it lost, and booked once it was paid out. */
function* waitingStatement(rows: readonly PayoutRow[]): Generator<StatementEvent> {
  const [first] = rows;
  const account = { otherId: first?.account, currency: first?.currency };
  yield { kind: 'statement', statement: { account, balances: [], line: first?.line ?? 1 } };
  const tally = new StatementTally();
  for (const row of rows) {
    const entry = { ...entryOf(row, row.on), ordinal: tally.entries + 1, status: 'PDNG', mayBook: false };
    tally.add(entry);
    yield { kind: 'entry', entry };
  }
  yield { kind: 'summary', summary: tally.summary([]) };
}

type PayoutDay = { readonly day: Temporal.PlainDate; readonly sum: StatementAmount };

function* entriesOf(
  payout: string,
  rows: readonly PayoutRow[],
  { day, sum }: PayoutDay,
): Generator<StatementEntry> {
  const { currency } = sum;
  let fees: StatementAmount = { decimal: '0', currency };
  let charged = 0;
  for (const row of rows) {
    const fee = { decimal: row.fee, currency };
    if (!isNothing(fee)) charged += 1;
    fees = plusAmount(fees, fee);
    const entry = entryOf(row, day);
    if (!isNothing(entry.amount)) yield entry;
  }
  const line = rows.at(-1)?.line ?? 1;
  const whole = { line, day, on: day };
  if (!isNothing(fees)) {
    const amount = { decimal: negatedText(fees.decimal), currency };
    const text = `Fees of ${charged} rows of payout ${payout}`;
    yield plainEntry({ ...whole, kind: 'fee', reference: `${payout} fees`, amount, text });
  }
  if (rows.some(({ kind }) => kind === 'payout') || isNothing(sum)) return;
  const amount = { decimal: negatedText(sum.decimal), currency };
  yield plainEntry({
    ...whole,
    kind: 'payout',
    reference: `${payout} payout`,
    amount,
    text: `Payout ${payout}`,
  });
}

function isNothing(amount: StatementAmount): boolean {
  return amountsEqual(amount, { decimal: '0', currency: amount.currency });
}

/** What a row is by itself; its fee is in the one of its payout. */
function entryOf(row: PayoutRow, day: Temporal.PlainDate): StatementEntry {
  const { kind, currency, payer, charge } = row;
  const texts = row.texts.map((text) => text.trim()).filter((text) => text !== '');
  const text = kind === 'payout' ? `Payout ${row.payout}` : [...new Set(texts)].join(' ');
  const plain = plainEntry({
    line: row.line,
    day,
    on: Temporal.PlainDate.compare(row.on, day) > 0 ? day : row.on,
    kind,
    reference: row.id,
    amount: { decimal: row.gross, currency },
    text,
  });
  const detail: StatementDetail = {
    ...detailOf(plain.amount, text),
    ...(charge === undefined || !NAMES_CHARGE.has(kind) ? {} : { endToEndId: charge }),
    ...(payer === undefined ? {} : { debtor: { name: payer } }),
    ...(TAKES_BACK.has(kind) ? { returned: { info: [kind] } } : {}),
  };
  return { ...plain, details: [detail], isReversal: TAKES_BACK.has(kind) };
}

/** Kinds that are about one charge, and those of them that take it back. */
const NAMES_CHARGE: ReadonlySet<PayoutKind> = new Set(['charge', 'refund', 'dispute', 'reversal']);
const TAKES_BACK: ReadonlySet<PayoutKind> = new Set(['refund', 'dispute']);

function plainEntry(said: {
  readonly line: number;
  readonly day: Temporal.PlainDate;
  readonly on: Temporal.PlainDate;
  readonly kind: PayoutKind;
  readonly reference: string;
  readonly amount: StatementAmount;
  readonly text: string;
}): StatementEntry {
  return {
    ordinal: 0,
    line: said.line,
    bankReference: said.reference,
    amount: said.amount,
    accountAmount: said.amount,
    isReversal: false,
    status: 'BOOK',
    mayBook: true,
    bookingDate: said.day,
    valueDate: said.on,
    payoutKind: said.kind,
    amounts: {},
    charges: [],
    batches: [],
    details: [detailOf(said.amount, said.text)],
    problems: [],
  };
}

function detailOf(amount: StatementAmount, text: string): StatementDetail {
  return {
    amount,
    amounts: {},
    structured: [],
    documents: [],
    unstructured: text === '' ? [] : [text],
    text,
    charges: [],
  };
}
