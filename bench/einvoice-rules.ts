// What judging e-invoices costs: twenty lines and a thousand, by each profile. Nothing is measured beside it; the aim is
// absolute, and the thousand lines show that the work grows with the lines and no faster.

import { anInvoice, type Draft } from '../src/einvoice/invoices-for-tests.ts';
import type { EInvoice } from '../src/einvoice/model.ts';
import type { Profile } from '../src/einvoice/profile.ts';
import { validate } from '../src/einvoice/validate.ts';
import { median } from './measure.ts';
import { type ResultRow, remark, shownMs } from './results.ts';

const PROFILES: readonly Profile[] = ['en16931', 'peppol', 'xrechnung'];
const ROUNDS = 15;

/** The rows of the table: one for each profile at twenty lines, and one for a thousand. */
export async function measureRules(): Promise<readonly ResultRow[]> {
  const small = withLines(20);
  const large = withLines(1_000);
  const rows = PROFILES.map((profile) => {
    const ms = timeOf(() => validate(small, profile), 400);
    const text = `${shownMs(ms)} for an invoice of 20 lines by ${profile}`;
    return remark('e-invoice rules', text, { msMax: 1 }, ms);
  });
  const ms = timeOf(() => validate(large, 'peppol'), 10);
  const text = `${shownMs(ms)} for an invoice of 1,000 lines by peppol`;
  return [...rows, remark('e-invoice rules', text, { msMax: 50 }, ms)];
}

function withLines(count: number): EInvoice {
  return anInvoice((draft: Draft<EInvoice>) => {
    const pair = draft.lines;
    draft.lines = Array.from({ length: count }, (_, index) => {
      const line = pair[index % pair.length] ?? draft.lines[0];
      return { ...structuredClone(line), id: String(index + 1) } as Draft<EInvoice>['lines'][number];
    });
  });
}

/** The median of the rounds, of one piece of work in milliseconds; the first rounds warm up. */
function timeOf(work: () => unknown, times: number): number {
  const all: number[] = [];
  for (let round = -3; round < ROUNDS; round += 1) {
    const begun = performance.now();
    for (let time = 0; time < times; time += 1) work();
    if (round >= 0) all.push((performance.now() - begun) / times);
  }
  return median(all);
}
