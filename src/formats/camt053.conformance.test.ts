// Every public camt sample against figures computed by an independent reader (expect.json beside the samples).

import assert from 'node:assert/strict';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type {
  StatementEntry,
  StatementEvent,
  StatementHead,
  StatementSummary,
} from './bank-statement-shape.ts';
import { readCamt } from './camt053.ts';

const shared = process.env.QUITTANCE_SHARED_DATA ?? join(import.meta.dirname, '../../../shared/data');
const folder = join(shared, 'bank');
const isThere = existsSync(join(folder, 'expect.json'));

type Sample = {
  file: string;
  format: string;
  expect: { message: string; statements: Record<string, unknown>[] };
};

type Seen = { head: StatementHead; entries: StatementEntry[]; summary: StatementSummary };

/** The statements of a file, each complete: a head, entries, a summary. */
function statementsOf(events: readonly StatementEvent[]): Seen[] {
  const seen: Seen[] = [];
  let head: StatementHead | undefined;
  let entries: StatementEntry[] = [];
  for (const event of events) {
    if (event.kind === 'statement') [head, entries] = [event.statement, []];
    if (event.kind === 'entry') entries.push(event.entry);
    if (event.kind === 'summary' && head) seen.push({ head, entries, summary: event.summary });
  }
  return seen;
}

/**
 * The types of balance the independent reader lists; the file that has all ten is looked at again in the unit
 * tests.
 */
const BALANCES = ['OPBD', 'PRCD', 'OPAV', 'CLBD', 'CLAV', 'ITBD', 'FWAV'] as const;

/** The same figures as the independent reader gives, in its form: what is zero or absent is left out. */
function figuresOf({ head, entries, summary }: Seen): Record<string, unknown> {
  const details = entries.flatMap((entry) => entry.details);
  const nonZero = (sums: readonly (readonly [string, string])[]) => {
    const kept = sums.filter(([, sum]) => /[1-9]/.test(sum));
    return kept.length > 0 ? Object.fromEntries(kept) : undefined;
  };
  const count = (number: number) => (number > 0 ? number : undefined);
  const withCharges = [...entries, ...details].filter((part) => part.charges.length > 0);
  const foreign = entries.flatMap((entry) =>
    [entry, ...entry.details].filter(
      ({ amounts: { instructed } }) => instructed && instructed.currency !== entry.amount.currency,
    ),
  );
  const figures: Record<string, unknown> = {
    id: head.id,
    account: head.account.iban ?? head.account.otherId,
    acctCcy: head.account.currency,
    entries: summary.entries,
    txDtls: count(summary.details),
    creditSum: nonZero(summary.totals.map((total) => [total.currency, total.credit] as const)),
    debitSum: nonZero(summary.totals.map((total) => [total.currency, total.debit] as const)),
    reversals: count(summary.reversals),
    batchEntries: count(entries.filter((entry) => entry.batches.length > 0).length),
    returns: count(details.filter((detail) => detail.returned).length),
    withCharges: count(withCharges.length),
    foreignInstdAmt: count(foreign.length),
    structuredRefs: count(details.filter((detail) => detail.structured.length > 0).length),
    entriesWithoutDetails: count(entries.filter((entry) => entry.details.length === 0).length),
    maxTxPerEntry: count(Math.max(0, ...entries.map((entry) => entry.details.length))),
    status: entries.length > 0 ? { ...summary.byStatus } : undefined,
  };
  for (const type of BALANCES) {
    const balance = head.balances.findLast((candidate) => candidate.type === type);
    if (!balance) continue;
    const { amount, at, date } = balance;
    figures[type] = { amount: amount.decimal, ccy: amount.currency, date: at ?? date?.toString() };
  }
  if (summary.check !== 'no_balances') figures.openPlusEntriesEqualsClose = summary.check === 'agrees';
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== undefined));
}

const samples: Sample[] = isThere
  ? (JSON.parse(readFileSync(join(folder, 'expect.json'), 'utf8')) as Sample[]).filter(({ format }) =>
      /^camt\.05/.test(format),
    )
  : [];

test('public samples of camt are all read with the figures an independent reader gives', {
  skip: isThere ? false : `no samples at ${folder}`,
}, async (context) => {
  assert.ok(samples.length >= 28, `only ${samples.length} samples`);
  for (const sample of samples) {
    await context.test(sample.file, async () => {
      const read = () => Array.fromAsync(readCamt(createReadStream(join(folder, sample.file))));
      if (sample.expect.statements.length === 0) {
        await assert.rejects(read(), { code: 'camt_without_statement' });
        return;
      }
      const events = await read();
      const [first] = events;
      assert.ok(first?.kind === 'file');
      assert.equal(`${first.file.format}.001.${first.file.version}`, sample.expect.message);
      assert.deepEqual(statementsOf(events).map(figuresOf), sample.expect.statements);
    });
  }
});
