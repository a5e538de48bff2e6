// Receivables of real businesses, taken over, reported as of past days, taken over again and taken back. What must come out is
// worked out from the files by plain loops. The files are not part of the repository.

// In a process of its own: it takes minutes, so that it goes first.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openPool, type Pool } from '#db/pool.ts';
import { inTenant } from '#db/transaction.ts';
import { present } from '#kernel/assert.ts';
import { type Instant, parseDate } from '#kernel/calendar.ts';
import type { BatchId, CompanyId } from '#kernel/id.ts';
import { type Money, toDecimal } from '#kernel/money.ts';
import { recordRates } from '#ledger/record-rates.ts';
import { type AgingTotal, readAging } from '#reporting/read-aging.ts';
import { readDso } from '#reporting/read-dso.ts';
import { verifyBooks } from '#reporting/verify-books.ts';
import { countRows } from '../../test/support/books.ts';
import { aCompany } from '../../test/support/builders.ts';
import { type Clone, cloneDatabase } from '../../test/support/database.ts';
import {
  agingOn,
  amountText,
  customersOn,
  dsoOn,
  holdingsOf,
  type RateOf,
  type RealRow,
  readRealRows,
  transfersOf,
} from '../../test/support/real-receivables.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { ImportProblems } from './end-import.ts';
import type { ImportResult } from './import-result.ts';
import { guessMapping, type ImportKind } from './mapping.ts';
import { importTable, sourceOfPath } from './run-import.ts';
import { undoImport } from './undo-import.ts';

const SHARED = process.env.QUITTANCE_SHARED_DATA ?? join(import.meta.dirname, '../../../shared/data');
const FOLDER = join(SHARED, 'receivables');

/** Days looked at while nothing is paid: what is open is most of the file then, and looking at it takes long. */
const UNPAID_DAYS = 3;
/** A minute on a quiet machine; a busy one takes its time. */
const PATIENCE_MS = 900_000;

function unlessThere(file: string): false | string {
  return existsSync(join(FOLDER, file)) ? false : `no ${file} in ${FOLDER}`;
}

/** These books are too large to lie about in the database that tests share. */
let clone: Clone | undefined;
let pool: Pool | undefined;

before(async () => {
  if (unlessThere('highradius.csv') && unlessThere('mfcr.csv')) return;
  clone = await cloneDatabase();
  pool = openPool(clone.url, { name: 'quittance test' });
});

after(async () => {
  await pool?.end();
  await clone?.drop();
});

type Books = {
  readonly tenant: TestTenant;
  readonly companyId: CompanyId;
  readonly path: string;
  readonly rows: readonly RealRow[];
  readonly days: readonly string[];
  readonly rateOf: RateOf;
  /** Amounts that their currency cannot hold, which are rounded because the mapping says so. */
  readonly rounded: number;
};

async function take(books: Books, kind: ImportKind, rounds = books.rounded > 0): Promise<ImportResult> {
  const { tenant, companyId, path } = books;
  const bytes = readFileSync(path);
  const [header = ''] = bytes.toString('utf8', 0, 1_000).split(/\r?\n/);
  const guessed = guessMapping(kind, header.split(','));
  const mapping = rounds ? { ...guessed, excessDecimals: 'round' as const } : guessed;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const file = { companyId, fileName: 'real.csv', sha256, mapping, commit: true };
  return importTable(tenant.door, tenant.as('owner'), { kind, file, source: sourceOfPath(path) });
}

type Count = { readonly currency: string; readonly count: number; readonly amount: string };

function totalsOf(amounts: readonly Pick<RealRow, 'currency' | 'minor'>[]): readonly Count[] {
  const groups = [...Map.groupBy(amounts, (a) => a.currency)].sort(([a], [b]) => (a < b ? -1 : 1));
  return groups.map(([currency, some]) => ({
    currency,
    count: some.length,
    amount: amountText(
      some.reduce((sum, a) => sum + a.minor, 0n),
      currency,
    ),
  }));
}

async function takeAll(books: Books): Promise<Record<ImportKind, BatchId> & { readonly between: Instant }> {
  const { rows, tenant } = books;
  const invoices = await take(books, 'invoices');
  assert.equal(invoices.rows, rows.length);
  assert.equal(invoices.created, rows.length);
  assert.equal(invoices.unchanged, 0);
  assert.equal(invoices.customersCreated, new Set(rows.map((row) => row.customer)).size);
  assert.deepEqual(invoices.totals, totalsOf(rows));
  const dueBeforeIssue = rows.filter((row) => row.due < row.issued).length;
  assert.equal(invoices.warningCount, dueBeforeIssue + books.rounded);
  await reportsSay({ ...books, days: books.days.slice(0, UNPAID_DAYS) }, 'unpaid');

  const between = tenant.clock();
  const payments = await take(books, 'payments');
  const transfers = transfersOf(rows).map((members) => ({
    currency: members[0]?.currency ?? '',
    minor: members.reduce((sum, row) => sum + row.minor, 0n),
  }));
  assert.equal(payments.rows, rows.length);
  assert.equal(payments.created, transfers.length);
  assert.equal(payments.applied, transfers.length);
  assert.deepEqual(payments.totals, totalsOf(transfers));
  const batch = (result: ImportResult): BatchId => present(result.batchId, 'it was committed') as BatchId;
  return { invoices: batch(invoices), payments: batch(payments), between };
}

function columnsOf({ figures }: Pick<AgingTotal, 'figures'>): string {
  return [...figures.buckets, figures.credits, figures.unapplied].map(toDecimal).join(' | ');
}

/** Aging by currency and of every customer, and DSO, as of the days: to the cent what the file says. */
async function reportsSay(books: Books, paid: 'paid' | 'unpaid', knownAt?: Instant): Promise<void> {
  const { tenant, companyId, days, rows, rateOf } = books;
  const holdings = holdingsOf(rows, paid);
  for (const day of days) {
    const when = { companyId, asOf: parseDate(day), knownAt };
    const [aging, [dso]] = await inTenant(tenant.pool, tenant.tenantId, async (tx) => [
      await readAging(tx, { ...when, limit: rows.length }),
      await readDso(tx, when),
    ]);
    const totals = new Map(aging.totals.map((total) => [total.currency, columnsOf(total)]));
    const wanted = agingOn(holdings, day);
    assert.ok(wanted.size > 0, `something was open on ${day}`);
    assert.deepEqual(totals, wanted, `aging of ${day}`);
    const customers = aging.rows.map(({ customer, currency, figures }) => [
      `${customer?.number} ${currency}`,
      toDecimal(figures.net),
    ]);
    customers.sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
    assert.deepEqual(
      new Map(customers as [string, string][]),
      customersOn(holdings, day),
      `customers on ${day}`,
    );
    // Where nothing was ever paid, countback reaches further back than the report looks.
    if (paid === 'paid') assertDso(present(dso, 'there is one company'), dsoOn(holdings, day, rateOf), day);
  }
}

function assertDso(
  dso: Awaited<ReturnType<typeof readDso>>[number],
  wanted: ReturnType<typeof dsoOn>,
  day: string,
): void {
  const standard = dso.windows.map(({ window, standard: figure }) => [window, figure.value]);
  const got = {
    balance: dso.balance.minor.toString(),
    standard: Object.fromEntries(standard.filter(([window]) => (window as string) in wanted.standard)),
    monthly: dso.countbackMonthly.total.value,
    daily: dso.countbackDaily.total.value,
  };
  assert.deepEqual(got, wanted, `DSO of ${day}`);
}

async function assertProven({ tenant, days }: Books): Promise<void> {
  const { now, today } = tenant.as('owner');
  const dates = days.map(parseDate);
  const proof = await verifyBooks(tenant.pool, tenant.tenantId, { now, today, dates });
  assert.deepEqual(
    proof.checks.filter((check) => !check.holds).map((check) => [check.rule, check.examples]),
    [],
  );
  assert.equal(proof.holds, true);
}

/** What stands open in the books on a day, in all columns. */
async function openOn(
  { tenant, companyId }: Books,
  asOf = tenant.as('owner').today,
): Promise<readonly Money[]> {
  const aging = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readAging(tx, { companyId, asOf, limit: 10 }),
  );
  assert.deepEqual(aging.rows, []);
  return aging.totals.map((total) => total.figures.net);
}

async function bookedRows(tenant: TestTenant): Promise<Readonly<Record<string, bigint>>> {
  const { event: _, command_log: __, ...booked } = await countRows(tenant);
  return booked;
}

/** The whole story of a file, from taking it over to taking it back. */
async function prove(books: Books): Promise<void> {
  const { tenant, rows, days } = books;
  const { invoices, payments, between } = await takeAll(books);
  await reportsSay(books, 'paid');
  await reportsSay({ ...books, days: days.slice(-1) }, 'unpaid', between);
  assert.deepEqual(await openOn(books), [], 'today all is paid');
  await assertProven(books);

  const before = await bookedRows(tenant);
  for (const kind of ['invoices', 'payments'] as const) {
    const again = await take(books, kind);
    assert.deepEqual([again.created, again.unchanged, again.totals], [0, rows.length, []], `${kind} again`);
  }
  assert.deepEqual(await bookedRows(tenant), before, 'the same file again changes nothing');

  await tenant.act('owner', undoImport, { batchId: payments });
  await reportsSay({ ...books, days: days.slice(0, UNPAID_DAYS) }, 'unpaid');
  await tenant.act('owner', undoImport, { batchId: invoices });
  for (const day of days)
    assert.deepEqual(await openOn(books, parseDate(day)), [], `nothing is left on ${day}`);
  await assertProven(books);
}

async function booksOf(
  file: string,
  given: Pick<Books, 'days' | 'rateOf' | 'rounded'> & { readonly currency: string; readonly today: string },
): Promise<Books> {
  const tenant = await newTenant({ on: given.today, pool: present(pool, 'the files are there') });
  const companyId = await aCompany(tenant, { currency: given.currency });
  const path = join(FOLDER, file);
  return { ...given, tenant, companyId, path, rows: readRealRows(path, given.currency) };
}

test('forty thousand paid invoices of a manufacturer: as of any day the books say what its file says', {
  skip: unlessThere('highradius.csv'),
  timeout: PATIENCE_MS,
}, async () => {
  const books = await booksOf('highradius.csv', {
    currency: 'USD',
    today: '2020-06-30',
    days: ['2019-01-31', '2019-02-14', '2019-03-31', '2019-08-17', '2019-12-31', '2020-02-29', '2020-05-10'],
    rateOf: () => 10_000n,
    rounded: 0,
  });
  assert.equal(books.rows.length, 40_000);
  await prove(books);
});

/** Made up for the test: what a unit was worth in koruna, in ten-thousandths, and how much more each year. */
const MADE_UP: Readonly<Record<string, readonly [perUnit: bigint, moreEachYear: bigint]>> = {
  CZK: [10_000n, 0n],
  EUR: [251_234n, 1_301n],
  USD: [190_017n, 2_203n],
  GBP: [300_333n, 1_777n],
  CHF: [205_091n, 907n],
  JPY: [2_213n, 11n],
  CAD: [181_409n, 713n],
  DKK: [33_587n, 101n],
  SEK: [27_911n, 89n],
  PLN: [61_003n, 97n],
  HUF: [853n, 3n],
};
const RATE_YEARS = [2004, 2009, 2010, 2011, 2012, 2013, 2014, 2015] as const;

const madeUpRate: RateOf = (currency, day) => {
  const year = RATE_YEARS.findLast((y) => y <= Number(day.slice(0, 4))) ?? RATE_YEARS[0];
  const [perUnit, more] = present(MADE_UP[currency], `a rate of ${currency} was made up`);
  return perUnit + more * BigInt(year - RATE_YEARS[0]);
};

test('five years of a public payer, credit notes and eleven currencies: as of any day the books say what its file says', {
  skip: unlessThere('mfcr.csv'),
  timeout: PATIENCE_MS,
}, async () => {
  const books = await booksOf('mfcr.csv', {
    currency: 'CZK',
    today: '2015-02-28',
    days: ['2010-01-31', '2010-06-15', '2011-12-31', '2012-02-29', '2013-08-08', '2014-12-19', '2014-12-31'],
    rateOf: madeUpRate,
    rounded: 7,
  });
  assert.equal(books.rows.length, 44_765);
  assert.equal(new Set(books.rows.map((row) => row.currency)).size, 11);
  const rates = Object.keys(MADE_UP)
    .filter((currency) => currency !== 'CZK')
    .flatMap((base) =>
      RATE_YEARS.map((year) => {
        const perUnit = madeUpRate(base, `${year}-01-01`);
        const text = perUnit.toString().padStart(5, '0');
        const rate = `${text.slice(0, -4)}.${text.slice(-4)}`;
        return { base, quote: 'CZK', validOn: parseDate(`${year}-01-01`), rate };
      }),
    );
  await books.tenant.act('owner', recordRates, { rates });

  const empty = await bookedRows(books.tenant);
  const stopped = await take(books, 'invoices', false).catch((error: unknown) => error);
  assert.ok(stopped instanceof ImportProblems, 'yen with decimals are not rounded unasked');
  assert.equal(stopped.result.problemCount, books.rounded);
  assert.deepEqual(
    new Set(stopped.result.problems.map((p) => p.code)),
    new Set(['amount_too_many_decimals']),
  );
  assert.deepEqual(await bookedRows(books.tenant), empty, 'all or nothing');
  await prove(books);
});
