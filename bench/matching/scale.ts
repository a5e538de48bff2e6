// Scale: ten thousand lines of statements against a million open documents, in one process, with all of them in memory.

import { noAmounts } from '../../src/matching/amounts.ts';
import { USUAL_POLICY } from '../../src/matching/decision.ts';
import { noHabits } from '../../src/matching/habits.ts';
import { matchReceipt } from '../../src/matching/receipt.ts';
import { seeded } from './disturb.ts';
import { OpenLedger } from './open-ledger.ts';
import type { Row } from './rows.ts';

export type Scale = { readonly documents: number; readonly lines: number };

export type Measured = {
  readonly documents: number;
  readonly lines: number;
  readonly applied: number;
  readonly right: number;
  readonly seconds: number;
  /** Of one processor; more than the seconds where the garbage is collected beside. */
  readonly cpuSeconds: number;
  /** The most memory the process held, in MiB, and how much of it was the open documents with their indexes. */
  readonly peakMiB: number;
  readonly ledgerMiB: number;
};

const TODAY = 20_000;
const STRANGER = noHabits();
const MEAN_DOCUMENTS = 25;
const MIB = 2 ** 20;
/** Of the lines, so many are of an unknown payer and name their documents; the others have a known payer and no text. */
const UNKNOWN_SHARE = 0.3;

type Line = { readonly customer: string; readonly paid: readonly Row[]; readonly isKnown: boolean };

/** Decides all lines and says how long it took. Amounts, dates and habits are made by a seed. */
export function measureScale({ documents, lines }: Scale): Measured {
  const random = seeded(20_260_103);
  const before = process.memoryUsage().rss;
  const rows = someRows(documents, random);
  const open = new OpenLedger(rows);
  open.goTo(TODAY);
  const ledgerMiB = (process.memoryUsage().rss - before) / MIB;
  const asked = Array.from({ length: lines }, () => someLine(rows, open, random));
  const known = { pool: noHabits(), amounts: noAmounts(), customers: open.customers };
  let [applied, right, peak] = [0, 0, process.memoryUsage().rss];
  const begun = performance.now();
  const cpu = process.cpuUsage();
  for (const [index, line] of asked.entries()) {
    const chosen = decide(line, open, known);
    if (index % 200 === 0) peak = Math.max(peak, process.memoryUsage().rss);
    if (chosen === undefined) continue;
    applied += 1;
    const paid = new Set(line.paid.map(({ id }) => id));
    if (chosen.length === paid.size && chosen.every((id) => paid.has(id))) right += 1;
  }
  const seconds = (performance.now() - begun) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  const cpuSeconds = (user + system) / 1_000_000;
  return {
    documents: rows.length,
    lines,
    applied,
    right,
    seconds,
    cpuSeconds,
    peakMiB: peak / MIB,
    ledgerMiB,
  };
}

function decide(
  line: Line,
  open: OpenLedger,
  known: Parameters<typeof matchReceipt>[2],
): readonly string[] | undefined {
  const amount = line.paid.reduce((sum, row) => sum + row.amount, 0);
  const words = line.isKnown ? [] : line.paid.map(({ reference }) => reference);
  const customers = line.isKnown ? [line.customer] : open.candidates(amount, words);
  const candidates = customers.map((customer) => ({
    customer,
    open: open.openOf(customer).map((row) => ({ ...row, number: row.reference })),
    own: STRANGER,
    isSaid: line.isKnown,
  }));
  const receipt = { amount, day: TODAY, texts: [words.join(' ')] };
  const decision = matchReceipt(receipt, candidates, known, USUAL_POLICY);
  return decision.outcome === 'apply' ? decision.documents.map(({ id }) => id) : undefined;
}

/** Customers have from one document to several hundred open; amounts spread over four orders of magnitude, with cents. */
function someRows(count: number, random: () => number): readonly Row[] {
  const rows: Row[] = [];
  for (let customer = 0; rows.length < count; customer += 1) {
    const size = Math.ceil((MEAN_DOCUMENTS / 3) * Math.exp(1.5 * bell(random)));
    for (let n = 0; n < Math.min(size, 500) && rows.length < count; n += 1) {
      const issued = TODAY - Math.floor(random() * 60);
      rows.push({
        id: String(rows.length),
        customer: String(customer),
        amount: Math.ceil(100_000 * Math.exp(1.6 * bell(random))),
        issued,
        due: issued + 30,
        paid: TODAY + 1,
        type: 'INV',
        terms: '',
        reference: `RE${10_000_000 + rows.length}`,
      });
    }
  }
  return rows;
}

/** Near enough to the normal distribution: the sum of twelve even chances. */
function bell(random: () => number): number {
  let sum = -6;
  for (let n = 0; n < 12; n += 1) sum += random();
  return sum;
}

/** One document, all that is due, all of one day, or a few. */
function someLine(rows: readonly Row[], open: OpenLedger, random: () => number): Line {
  // All customers pay about equally often; who has more open pays more at once.
  const last = Number(rows.at(-1)?.customer ?? 0);
  const theirs = open.openOf(String(Math.floor(random() * (last + 1))));
  const one = theirs[Math.floor(random() * theirs.length)] as Row;
  const kind = random();
  const paid =
    kind < 0.6
      ? [one]
      : kind < 0.75
        ? theirs.filter(({ due }) => due <= one.due)
        : kind < 0.9
          ? theirs.filter(({ due }) => due === one.due)
          : [one, ...theirs.filter((row) => row !== one && random() < 0.15)];
  return { customer: one.customer, paid, isKnown: random() >= UNKNOWN_SHARE };
}
