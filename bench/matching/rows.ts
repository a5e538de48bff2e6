// The two public ledgers of the matching benchmark, read by the rules of its protocol: which rows are dropped, which day
// counts as the day of issue. Nothing of them is part of the repository.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

/** One document. Days are counted from 1 January 1970, amounts are whole minor units (negative for a credit note). */
export type Row = {
  readonly id: string;
  readonly customer: string;
  readonly amount: number;
  readonly issued: number;
  readonly due: number;
  readonly paid: number;
  readonly type: string;
  readonly terms: string;
  /** What the payer wrote on the transfer; empty where the ledger does not say. */
  readonly reference: string;
};

/** A ledger with the window of days whose payments are judged; earlier days may be learnt from. */
export type Ledger = {
  readonly name: 'HighRadius' | 'mfcr';
  readonly rows: readonly Row[];
  readonly from: number;
  readonly to: number;
};

const SHARED = process.env.QUITTANCE_SHARED_DATA ?? join(import.meta.dirname, '../../../shared/data');

/** The folder that holds the ledgers, as far as they are there. */
export const LEDGER_FOLDER = join(SHARED, 'receivables');

/** Whether both ledgers are there to be read. */
export function hasLedgers(): boolean {
  return ['highradius.csv', 'mfcr.csv'].every((name) => existsSync(join(LEDGER_FOLDER, name)));
}

/** HighRadius: rows without amount and exact repeats (customer, paid, due, amount) are dropped. */
export function readHighRadius(): Ledger {
  const seen = new Set<string>();
  const rows = records('highradius.csv').flatMap((r): Row[] => {
    const key = [r.customer_id, r.paid_date, r.due_date, r.amount].join('|');
    if (!r.amount || seen.has(key)) return [];
    seen.add(key);
    return [rowOf(r, dayNumber(r.issue_date))];
  });
  return { name: 'HighRadius', rows, from: dayNumber('2019-10-01'), to: dayNumber('2020-02-26') };
}

/** mfcr: Czech crowns only; the day of issue is the later of issue and receipt. */
export function readMfcr(): Ledger {
  const rows = records('mfcr.csv').flatMap((r): Row[] => {
    if (!r.amount || r.currency !== 'CZK') return [];
    const days = [r.issue_date, r.received_date].filter((day) => day !== '').map(dayNumber);
    return [rowOf(r, Math.max(...days))];
  });
  return { name: 'mfcr', rows, from: dayNumber('2013-01-01'), to: dayNumber('2014-12-31') };
}

type CsvRecord = Readonly<Record<string, string>>;

function records(name: string): readonly CsvRecord[] {
  return parse(readFileSync(join(LEDGER_FOLDER, name)), { columns: true });
}

function rowOf(r: CsvRecord, issued: number): Row {
  const paid = dayNumber(r.paid_date);
  return {
    id: r.document_no ?? '',
    customer: r.customer_id ?? '',
    amount: Math.round(Number(r.amount) * 100),
    issued: Math.min(issued, paid),
    due: dayNumber(r.due_date),
    paid,
    type: r.document_type ?? '',
    terms: r.terms_code ?? '',
    reference: r.payment_reference ?? '',
  };
}

function dayNumber(text: string | undefined): number {
  return Date.parse(`${text}T00:00:00Z`) / 86_400_000;
}
