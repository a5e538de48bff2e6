// What is compared with: the strategies that receivables systems use, as plainly as they can be written. Each sees the
// customer's open documents in due order and the amount, and gives the documents it would apply, or nothing.

import type { Payment } from './replay.ts';
import { twinKey } from './replay.ts';
import type { Row } from './rows.ts';

/** A way to choose the documents of a payment. */
export type Strategy = {
  readonly name: string;
  readonly choose: (payment: Pick<Payment, 'open' | 'amount' | 'day'>) => readonly Row[] | undefined;
};

/** More open documents than this are not enumerated. */
const SUBSET_DOCUMENTS_MAX = 24;

/** Balance, single, group by due or issue day or month, run, subset; abstains otherwise. */
export const CASCADE: Strategy = {
  name: 'cascade',
  choose: ({ open, amount }) => cascade(open, amount),
};

/** The strategies of the table, in its order. */
export const BASELINES: readonly Strategy[] = [
  { name: 'one exact document, unique', choose: ({ open, amount }) => single(open, amount) },
  { name: 'whole balance', choose: ({ open, amount }) => whole(open, amount) },
  { name: 'oldest-first prefix sums exactly', choose: ({ open, amount }) => prefix(open, amount) },
  { name: 'oldest-first fill, always applies', choose: ({ open, amount }) => fill(open, amount) },
  { name: 'one contiguous run in due order, unique', choose: ({ open, amount }) => run(open, amount) },
  { name: 'unique subset sum (n ≤ 24)', choose: ({ open, amount }) => subset(open, amount) },
  CASCADE,
];

function sumOf(rows: readonly Row[]): number {
  return rows.reduce((sum, row) => sum + row.amount, 0);
}

/** The one of several choices, if all are the same but for twins. */
function only(choices: readonly (readonly Row[])[]): readonly Row[] | undefined {
  const keys = new Set(choices.map((rows) => rows.map(twinKey).sort().join()));
  return keys.size === 1 ? choices[0] : undefined;
}

function single(open: readonly Row[], amount: number): readonly Row[] | undefined {
  const same = open.filter((row) => row.amount === amount);
  return same.length === 1 ? same : undefined;
}

function whole(open: readonly Row[], amount: number): readonly Row[] | undefined {
  return sumOf(open) === amount ? open : undefined;
}

function prefix(open: readonly Row[], amount: number): readonly Row[] | undefined {
  let sum = 0;
  for (const [index, row] of open.entries()) {
    sum += row.amount;
    if (sum === amount) return open.slice(0, index + 1);
  }
  return undefined;
}

/** Fills from the oldest until the money is used up; the last document may be paid in part. */
function fill(open: readonly Row[], amount: number): readonly Row[] {
  const taken: Row[] = [];
  let left = amount;
  for (const row of open) {
    if (left <= 0) break;
    taken.push(row);
    left -= row.amount;
  }
  return taken;
}

function runs(open: readonly Row[], amount: number): (readonly Row[])[] {
  const found: (readonly Row[])[] = [];
  for (let from = 0; from < open.length; from += 1) {
    let sum = 0;
    for (let to = from; to < open.length; to += 1) {
      sum += open[to]?.amount ?? 0;
      if (sum === amount) found.push(open.slice(from, to + 1));
    }
  }
  return found;
}

function run(open: readonly Row[], amount: number): readonly Row[] | undefined {
  return only(runs(open, amount));
}

/** The only subset with the sum; each group of twins is taken so many times. */
function subset(open: readonly Row[], amount: number): readonly Row[] | undefined {
  if (open.length > SUBSET_DOCUMENTS_MAX) return undefined;
  const groups = [...Map.groupBy(open, twinKey).values()];
  const found: Row[][] = [];
  const rest = groups.map((_, index) => {
    const sums = groups.slice(index).map((group) => sumOf(group));
    return {
      least: sums.reduce((sum, value) => sum + Math.min(value, 0), 0),
      most: sums.reduce((sum, value) => sum + Math.max(value, 0), 0),
    };
  });
  const take = (index: number, left: number, taken: readonly Row[]): void => {
    if (found.length > 1) return;
    const group = groups[index];
    if (group === undefined) {
      if (left === 0 && taken.length > 0) found.push([...taken]);
      return;
    }
    const bounds = rest[index];
    if (bounds === undefined || left < bounds.least || left > bounds.most) return;
    for (let count = 0; count <= group.length; count += 1)
      take(index + 1, left - count * (group[0]?.amount ?? 0), [...taken, ...group.slice(0, count)]);
  };
  take(0, amount, []);
  return found.length === 1 ? found[0] : undefined;
}

function grouped(
  open: readonly Row[],
  amount: number,
  by: (row: Row) => number | string,
): (readonly Row[])[] {
  return [...Map.groupBy(open, by).values()].filter((rows) => sumOf(rows) === amount);
}

/** The first rule that finds anything decides; where what it found is not one thing, nothing is applied. */
function cascade(open: readonly Row[], amount: number): readonly Row[] | undefined {
  const balance = whole(open, amount);
  if (balance !== undefined) return balance;
  const rules = [
    () => open.filter((row) => row.amount === amount).map((row) => [row]),
    () => [
      ...grouped(open, amount, (row) => row.due),
      ...grouped(open, amount, (row) => row.issued),
      ...grouped(open, amount, (row) => monthOf(row.due)),
      ...grouped(open, amount, (row) => monthOf(row.issued)),
    ],
    () => runs(open, amount),
  ];
  for (const rule of rules) {
    const found = rule();
    if (found.length > 0) return only(found);
  }
  return subset(open, amount);
}

function monthOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 7);
}
