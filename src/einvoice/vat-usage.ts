// How a document uses each tax category: in how many places, and what they come to. Added up in one pass over the lines.

import { type Exact, minus, NOTHING, plus, readExact, textOf } from './exact.ts';
import type { EInvoice } from './model.ts';

/** What of one category a document has. */
export type Usage = {
  lines: number;
  allowances: number;
  charges: number;
  breakdowns: number;
  /** Net amounts of lines plus charges less allowances, whatever their rate. */
  sum: Exact;
  /** The same for each rate, by the rate as plain text (`19.00`). */
  readonly byRate: Map<string, Exact>;
};

/** Usages by the code of the category. */
export type Usages = ReadonlyMap<string, Usage>;

/** Adds up how the document uses each category that stands anywhere in it. */
export function addUp(invoice: EInvoice): Usages {
  const usages = new Map<string, Usage>();
  for (const { vatCategory, vatRate, net } of invoice.lines) {
    const usage = usageOf(usages, vatCategory);
    if (usage === undefined) continue;
    usage.lines += 1;
    add(usage, vatRate, readExact(net?.value) ?? NOTHING);
  }
  for (const { kind, vatCategory, vatRate, amount } of invoice.allowancesCharges) {
    const usage = usageOf(usages, vatCategory);
    if (usage === undefined) continue;
    const value = readExact(amount?.value) ?? NOTHING;
    if (kind === 'allowance') usage.allowances += 1;
    else usage.charges += 1;
    add(usage, vatRate, kind === 'allowance' ? minus(NOTHING, value) : value);
  }
  for (const { category } of invoice.vat) {
    const usage = usageOf(usages, category);
    if (usage !== undefined) usage.breakdowns += 1;
  }
  return usages;
}

function usageOf(usages: Map<string, Usage>, category: string | undefined): Usage | undefined {
  const code = category?.trim() ?? '';
  if (code === '') return undefined;
  const known = usages.get(code);
  if (known !== undefined) return known;
  const fresh = { lines: 0, allowances: 0, charges: 0, breakdowns: 0, sum: NOTHING, byRate: new Map() };
  usages.set(code, fresh);
  return fresh;
}

function add(usage: Usage, rateText: string | undefined, amount: Exact): void {
  usage.sum = plus(usage.sum, amount);
  const rate = readExact(rateText);
  if (rate === undefined) return;
  const key = textOf(rate);
  usage.byRate.set(key, plus(usage.byRate.get(key) ?? NOTHING, amount));
}
