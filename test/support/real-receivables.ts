// What real receivables come to, worked out from their file by plain loops and by nothing of the product: the other side of a
// proof must not share its reasoning. Days are text, which sorts as days do; amounts are whole minor units with their sign.

import { readFileSync } from 'node:fs';

/** A document with the day it was paid, as a row of the file says it; a credit note is negative. */
export type RealRow = {
  readonly customer: string;
  readonly currency: string;
  readonly minor: bigint;
  readonly issued: string;
  readonly due: string;
  readonly paid: string;
};

/** Reads a file whose cells have no quotes, each row once and in order. What its currency cannot hold is rounded, half up. */
export function readRealRows(path: string, currency: string): readonly RealRow[] {
  const [header = '', ...lines] = readFileSync(path, 'utf8').trimEnd().split(/\r?\n/);
  const names = header.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    const cell = (name: string): string => cells[names.indexOf(name)] ?? '';
    const own = cell('currency') || currency;
    return {
      customer: cell('customer_id'),
      currency: own,
      minor: minorOf(cell('amount'), own),
      issued: cell('issue_date') || cell('received_date'),
      due: cell('due_date'),
      paid: cell('paid_date'),
    };
  });
}

function decimals(currency: string): number {
  return currency === 'JPY' ? 0 : 2;
}

function minorOf(text: string, currency: string): bigint {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const hundredths = BigInt(whole + fraction.padEnd(2, '0'));
  const size = decimals(currency) === 2 ? hundredths : (hundredths + 50n) / 100n;
  return text.startsWith('-') ? -size : size;
}

/** An amount as people write it. */
export function amountText(minor: bigint, currency: string): string {
  const size = minor < 0n ? -minor : minor;
  const places = decimals(currency);
  const digits = size.toString().padStart(places + 1, '0');
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  return minor < 0n ? `-${text}` : text;
}

const DAY_MS = 86_400_000;

function plusDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

function daysFromTo(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS;
}

/** Something that is open for a time: a document, or the money of a customer's day. */
type Holding = {
  readonly of: 'invoice' | 'credit' | 'money';
  readonly customer: string;
  readonly currency: string;
  readonly due: string;
  readonly from: string;
  readonly minor: bigint;
  readonly settled: { readonly on: string; readonly minor: bigint }[];
};

/** The rows that one customer paid on one day in one currency: one transfer of their sum. */
export function transfersOf(rows: readonly RealRow[]): readonly (readonly RealRow[])[] {
  return [...Map.groupBy(rows, (row) => `${row.customer} ${row.paid} ${row.currency}`).values()];
}

function documentOf(row: RealRow): Holding {
  const of = row.minor > 0n ? 'invoice' : 'credit';
  const { customer, currency, due, minor } = row;
  return { of, customer, currency, due, from: row.issued, minor, settled: [] };
}

/**
 * All that was ever open. A transfer settles its rows: credits are used up first, then the money, in the order of the rows,
 * each on the day from which both sides exist.
 */
export function holdingsOf(rows: readonly RealRow[], paid: 'paid' | 'unpaid'): readonly Holding[] {
  if (paid === 'unpaid') return rows.map(documentOf);
  return transfersOf(rows).flatMap((members) => {
    const documents = members.map(documentOf);
    const net = members.reduce((sum, row) => sum + row.minor, 0n);
    const { customer = '', currency = '', paid: day = '' } = members[0] ?? {};
    const money: Holding = { of: 'money', customer, currency, due: day, from: day, minor: -net, settled: [] };
    const all = [...documents, money];
    settle(
      all.filter((holding) => holding.minor > 0n),
      all.filter((holding) => holding.minor < 0n),
      day,
    );
    return all;
  });
}

function settle(debits: readonly Holding[], credits: readonly Holding[], day: string): void {
  const rest = (holding: Holding): bigint =>
    holding.minor - holding.settled.reduce((s, p) => s + p.minor, 0n);
  for (const debit of debits) {
    for (const credit of credits) {
      const [owed, given] = [rest(debit), -rest(credit)];
      const part = owed < given ? owed : given;
      if (part <= 0n) continue;
      const on = [day, debit.from, credit.from].sort().at(-1) ?? day;
      debit.settled.push({ on, minor: part });
      credit.settled.push({ on, minor: -part });
    }
  }
}

function openOn(holding: Holding, day: string): bigint {
  if (holding.from > day) return 0n;
  let open = holding.minor;
  for (const part of holding.settled) if (part.on <= day) open -= part.minor;
  return open;
}

/** The last day of each bucket; what is later is in the bucket after the last, what is not due yet in the first. */
const BUCKET_ENDS = [0, 30, 60, 90];

/** What is open at the end of a day, each currency as `current | 1-30 | 31-60 | 61-90 | older | credits | unapplied`. */
export function agingOn(holdings: readonly Holding[], day: string): ReadonlyMap<string, string> {
  const columns = new Map<string, bigint[]>();
  for (const holding of holdings) {
    const open = openOn(holding, day);
    if (open === 0n) continue;
    const own = columns.get(holding.currency) ?? new Array<bigint>(BUCKET_ENDS.length + 3).fill(0n);
    columns.set(holding.currency, own);
    const late = daysFromTo(holding.due, day);
    const bucket = BUCKET_ENDS.filter((end) => late > end).length;
    const at = { invoice: bucket, credit: BUCKET_ENDS.length + 1, money: BUCKET_ENDS.length + 2 }[holding.of];
    own[at] = (own[at] ?? 0n) + open;
  }
  const lines = [...columns].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(lines.map(([code, own]) => [code, own.map((minor) => amountText(minor, code)).join(' | ')]));
}

/** What each customer has open net in each currency, as `number currency` to the amount; those with nothing open at all are left out. */
export function customersOn(holdings: readonly Holding[], day: string): ReadonlyMap<string, string> {
  const nets = new Map<string, { currency: string; minor: bigint }>();
  for (const holding of holdings) {
    const open = openOn(holding, day);
    if (open === 0n) continue;
    const key = `${holding.customer} ${holding.currency}`;
    const known = nets.get(key) ?? { currency: holding.currency, minor: 0n };
    known.minor += open;
    nets.set(key, known);
  }
  const sorted = [...nets].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(sorted.map(([key, { currency, minor }]) => [key, amountText(minor, currency)]));
}

/** How many ten-thousandths of the functional currency a unit of another is worth on a day. */
export type RateOf = (currency: string, day: string) => bigint;

function worth(minor: bigint, currency: string, perUnit: bigint): bigint {
  const size = minor < 0n ? -minor : minor;
  const hundredths = decimals(currency) === 0 ? size * 100n : size;
  const rounded = (hundredths * perUnit + 5_000n) / 10_000n;
  return minor < 0n ? -rounded : rounded;
}

/** DSO of a day: the balance, and figures with two decimals. */
export type RealDso = {
  readonly balance: string;
  /** Nothing where nothing was sold in the window. */
  readonly standard: Readonly<Record<string, string | null>>;
  readonly monthly: string;
  readonly daily: string;
};

/**
 * DSO of what invoices and credit notes have open: balance ÷ sales × days of a window, and by countback over months and days. A
 * window that begins before the first invoice has the days since that. In the functional currency, in which a document
 * is worth what it was on the day of its issue until it is settled; those in other currencies must be settled in one go.
 */
export function dsoOn(holdings: readonly Holding[], day: string, rateOf: RateOf): RealDso {
  let balance = 0n;
  const sales = new Map<string, bigint>();
  for (const holding of holdings) {
    if (holding.of === 'money' || holding.from > day) continue;
    const perUnit = rateOf(holding.currency, holding.from);
    const open = openOn(holding, day);
    if (open !== 0n && open !== holding.minor && perUnit !== 10_000n)
      throw new Error(`a document in ${holding.currency} is open in part on ${day}`);
    balance += worth(open, holding.currency, perUnit);
    const sold = worth(holding.minor, holding.currency, perUnit);
    sales.set(holding.from, (sales.get(holding.from) ?? 0n) + sold);
  }
  const first = holdings.reduce((least, h) => (h.of === 'invoice' && h.from < least ? h.from : least), day);
  const windows = {
    '30_days': plusDays(day, -29),
    '90_days': plusDays(day, -89),
    '365_days': plusDays(day, -364),
    month: `${day.slice(0, 8)}01`,
  };
  const standard = Object.entries(windows).map(([name, from]) => {
    const days = first > from ? daysFromTo(first, day) : daysFromTo(from, day) + 1;
    let sold = 0n;
    for (const [on, minor] of sales) if (on >= from) sold += minor;
    return [name, sold > 0n ? hundredthsText(halfUp(balance * BigInt(days) * 100n, sold)) : null];
  });
  return {
    balance: balance.toString(),
    standard: Object.fromEntries(standard),
    monthly: countback(
      balance,
      first,
      periodsBack(day, (end) => `${end.slice(0, 8)}01`),
      sales,
    ),
    daily: countback(
      balance,
      first,
      periodsBack(day, (end) => end),
      sales,
    ),
  };
}

type Period = { readonly from: string; readonly to: string };

function* periodsBack(day: string, beginOf: (end: string) => string): Generator<Period> {
  for (let to = day; ; ) {
    const from = beginOf(to);
    yield { from, to };
    to = plusDays(from, -1);
  }
}

function countback(
  balance: bigint,
  first: string,
  periods: Iterable<Period>,
  sales: ReadonlyMap<string, bigint>,
): string {
  let rest = balance;
  let days = 0n;
  for (const { from, to } of periods) {
    if (rest === 0n || to < first) break;
    let sold = 0n;
    for (let on = from; on <= to; on = plusDays(on, 1)) sold += sales.get(on) ?? 0n;
    const length = BigInt(daysFromTo(from, to) + 1);
    if (sold > rest) return hundredthsText(days * 100n + halfUp(rest * length * 100n, sold));
    rest -= sold;
    days += length;
  }
  return hundredthsText(days * 100n);
}

function halfUp(numerator: bigint, denominator: bigint): bigint {
  return (2n * numerator + denominator) / (2n * denominator);
}

function hundredthsText(count: bigint): string {
  return amountText(count, 'EUR');
}
