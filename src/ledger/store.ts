// SQL of the ledger; open items and what is read of the journal have stores beside this. Rows in, domain values out.

import { type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import { q } from '#db/query.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { jsonText } from '#kernel/canonical.ts';
import type { ApplicationId, CompanyId, ItemId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { decimalText } from '#kernel/percent.ts';
import type { ChartRow } from './chart.ts';
import type { NewRate } from './exchange-rate.ts';
import type { Entry } from './journal.ts';
import type { Period } from './period.ts';
import type { Application, ApplicationMethod, DiscountTax, KeptBackKind } from './settlement.ts';
import type { Booked } from './settling.ts';

/** Adds entries with their lines; each statement holds whole entries, which the balance trigger checks. */
export function insertEntries(act: Act, entries: readonly Entry[]): void {
  act.insert(
    'journal_entry',
    entries.map((entry) => ({
      id: entry.id,
      company_id: entry.companyId,
      posted_on: entry.postedOn,
      recorded_at: act.now,
      kind: entry.kind,
      document_id: entry.documentId,
      reverses_id: entry.reversesId ?? null,
      command_id: act.commandId,
    })),
  );
  for (const rows of linesInWholeEntries(act, entries)) act.insert('journal_line', rows);
}

/** Lines below this number go in one statement; entries are never cut in two. */
const LINES_PER_STATEMENT = 4_900;

function* linesInWholeEntries(act: Act, entries: readonly Entry[]): Generator<NewRow<'journal_line'>[]> {
  let rows: NewRow<'journal_line'>[] = [];
  for (const entry of entries) {
    if (rows.length > 0 && rows.length + entry.lines.length > LINES_PER_STATEMENT) {
      yield rows;
      rows = [];
    }
    entry.lines.forEach((line, index) => {
      rows.push({
        entry_id: entry.id,
        line_no: index + 1,
        company_id: entry.companyId,
        account: line.account,
        customer_id: line.item?.customerId ?? null,
        item_id: line.item?.id ?? null,
        due_on: line.item?.dueOn ?? null,
        currency: line.amount.currency,
        amount_minor: line.amount.minor,
        functional_minor: line.functional.minor,
        posted_on: entry.postedOn,
        recorded_at: act.now,
      });
    });
  }
  if (rows.length > 0) yield rows;
}

/** Adds applications, each with the entry that books it. */
export function insertApplications(act: Act, booked: readonly Booked[]): void {
  act.insert(
    'application',
    booked.map(({ application: a, entryId }) => ({
      id: a.id,
      company_id: a.companyId,
      debit_item_id: a.debitItemId,
      credit_item_id: a.creditItemId,
      currency: a.amount.currency,
      amount_minor: a.amount.minor,
      discount_minor: a.discount.minor,
      discount_tax_minor: a.discountTax.minor,
      discount_taxes: a.discountTaxes.length === 0 ? null : taxesText(a.discountTaxes),
      difference_minor: a.difference.minor,
      difference_tax_minor: a.differenceTax.minor,
      difference_kind: a.differenceKind,
      debit_functional_minor: a.debitFunctional.minor,
      credit_functional_minor: a.creditFunctional.minor,
      method: a.method,
      evidence: a.evidence === null ? null : jsonText(a.evidence),
      applied_on: a.appliedOn,
      recorded_at: act.now,
      entry_id: entryId,
      reverses_id: a.reversesId,
    })),
  );
}

/** Taxes of a discount as they are kept: minor units as text. */
type KeptTax = {
  readonly category: string;
  readonly percent: string;
  readonly net: string;
  readonly tax: string;
};

function taxesText(taxes: readonly DiscountTax[]): string {
  return jsonText(
    taxes.map((row): KeptTax => ({ ...row, net: row.net.minor.toString(), tax: row.tax.minor.toString() })),
  );
}

function toTaxes(kept: unknown, currency: string): readonly DiscountTax[] {
  const amount = (minor: string) => money(BigInt(minor), currency);
  return ((kept ?? []) as readonly KeptTax[]).map((row) => ({
    ...row,
    net: amount(row.net),
    tax: amount(row.tax),
  }));
}

type ApplicationRow = Selectable<DB['application']> & { readonly functional_currency: string };

function toApplication(row: ApplicationRow): Application {
  return {
    id: row.id as ApplicationId,
    companyId: row.company_id as CompanyId,
    debitItemId: row.debit_item_id as ItemId,
    creditItemId: row.credit_item_id as ItemId,
    amount: money(row.amount_minor, row.currency),
    discount: money(row.discount_minor, row.currency),
    discountTax: money(row.discount_tax_minor, row.currency),
    discountTaxes: toTaxes(row.discount_taxes, row.currency),
    difference: money(row.difference_minor, row.currency),
    differenceTax: money(row.difference_tax_minor, row.currency),
    differenceKind: row.difference_kind as KeptBackKind,
    debitFunctional: money(row.debit_functional_minor, row.functional_currency),
    creditFunctional: money(row.credit_functional_minor, row.functional_currency),
    method: row.method as ApplicationMethod,
    evidence: row.evidence,
    appliedOn: row.applied_on,
    reversesId: row.reverses_id as ApplicationId | null,
  };
}

/** Applications that still stand: not reversals, and not reversed. Of given items, or with given ids. */
export async function findStandingApplications(
  tx: Tx,
  by: { readonly itemIds: readonly ItemId[] } | { readonly ids: readonly ApplicationId[] },
): Promise<readonly Application[]> {
  const items = 'itemIds' in by ? arrayLiteral(by.itemIds) : '{}';
  const ids = 'ids' in by ? arrayLiteral(by.ids) : '{}';
  const rows = await tx.run(sql<ApplicationRow>`
    select a.*, c.functional_currency from application a
    join company c on c.tenant_id = a.tenant_id and c.id = a.company_id
    where a.tenant_id = ${tx.tenantId} and a.reverses_id is null
      and (a.debit_item_id = any(${items}::uuid[]) or a.credit_item_id = any(${items}::uuid[]) or a.id = any(${ids}::uuid[]))
      and not exists (select 1 from application r where r.tenant_id = a.tenant_id and r.reverses_id = a.id)
    order by a.recorded_at, a.id`);
  return rows.map(toApplication);
}

/** Applications by id, those that took others back as well. */
export async function findApplications(
  tx: Tx,
  ids: readonly ApplicationId[],
): Promise<readonly Application[]> {
  const rows = await tx.run(sql<ApplicationRow>`
    select a.*, c.functional_currency from application a
    join company c on c.tenant_id = a.tenant_id and c.id = a.company_id
    where a.tenant_id = ${tx.tenantId} and a.id = any(${arrayLiteral(ids)}::uuid[])`);
  return rows.map(toApplication);
}

/** Takes the next `count` numbers of a series and gives the first; the row stays locked until commit, so that no gap can arise. */
export async function takeFromSeries(
  act: Act,
  series: {
    readonly companyId: CompanyId;
    readonly documentKind: string;
    readonly series: string;
    readonly count: number;
  },
): Promise<{ readonly first: bigint; readonly pattern: string } | undefined> {
  const rows = await act.run(sql<{ next_number: bigint; pattern: string }>`
    update number_series set next_number = next_number + ${series.count}::bigint
    where tenant_id = ${act.tenantId} and company_id = ${series.companyId}
      and document_kind = ${series.documentKind} and series = ${series.series}
    returning next_number, pattern`);
  const row = rows[0];
  return row && { first: row.next_number - BigInt(series.count), pattern: row.pattern };
}

/** Adds a company's accounts. */
export function insertAccounts(act: Act, companyId: CompanyId, chart: readonly ChartRow[]): void {
  act.insert(
    'ledger_account',
    chart.map((row) => ({
      company_id: companyId,
      account: row.account,
      code: row.code,
      name: row.name,
      kind: row.kind,
      control: row.control,
    })),
  );
}

/** Adds number series to a company. */
export function insertSeries(
  act: Act,
  companyId: CompanyId,
  series: readonly { readonly documentKind: string; readonly series: string; readonly pattern: string }[],
): void {
  act.insert(
    'number_series',
    series.map((s) => ({
      company_id: companyId,
      document_kind: s.documentKind,
      series: s.series,
      pattern: s.pattern,
      next_number: 1n,
    })),
  );
}

/**
 * The rate between two currencies in force on a day, as somebody stated it: the latest one valid on or before it, in
 * whichever direction, as last recorded.
 */
export async function findRate(
  tx: Tx,
  pair: { readonly from: string; readonly to: string; readonly on: PlainDate },
): Promise<{ readonly base: string; readonly rate: string } | undefined> {
  const latest = (base: string, quote: string) => sql`
    (select base, rate, valid_on, recorded_at from exchange_rate
     where tenant_id = ${tx.tenantId} and base = ${base} and quote = ${quote} and valid_on <= ${pair.on}
     order by valid_on desc, recorded_at desc limit 1)`;
  return tx.find(sql<{ base: string; rate: string }>`
    select base, rate from (${latest(pair.from, pair.to)} union all ${latest(pair.to, pair.from)}) as stated
    order by valid_on desc, recorded_at desc limit 1`);
}

/** The items of both sides of what an import applied and is still applied. */
export async function findImportedSides(tx: Tx, batchId: string): Promise<readonly ItemId[]> {
  const rows = await tx.run(sql<{ id: ItemId }>`
    with standing as materialized (select a.debit_item_id, a.credit_item_id from application a
      where ${importedStanding(tx, batchId)})
    select debit_item_id as id from standing union select credit_item_id from standing`);
  return rows.map((row) => row.id);
}

const importedStanding = (tx: Tx, batchId: string) => sql`
    a.tenant_id = ${tx.tenantId} and a.reverses_id is null and a.method = 'import' and a.evidence ->> 'batch' = ${batchId}
      and not exists (select 1 from application r where r.tenant_id = a.tenant_id and r.reverses_id = a.id)`;

/** Applications that an import made and that still stand. */
export async function findImportedApplications(tx: Tx, batchId: string): Promise<readonly Application[]> {
  const rows = await tx.run(sql<ApplicationRow>`
    select a.*, c.functional_currency from company c join application a on a.tenant_id = c.tenant_id and a.company_id = c.id
    where ${importedStanding(tx, batchId)}
    order by a.applied_on, a.id`);
  return rows.map(toApplication);
}

/** Adds exchange rates. */
export function insertRates(act: Act, rates: readonly (NewRate & { readonly id: string })[]): void {
  act.insert(
    'exchange_rate',
    rates.map((rate) => ({
      id: rate.id,
      base: rate.base,
      quote: rate.quote,
      valid_on: rate.validOn,
      rate: decimalText(rate.rate),
      source: rate.source,
      recorded_at: act.now,
    })),
  );
}

/** Exchange rates, newest day first. */
export async function findRates(
  tx: Tx,
  filter: {
    readonly base?: string | undefined;
    readonly quote?: string | undefined;
    readonly from?: PlainDate | undefined;
    readonly to?: PlainDate | undefined;
    readonly after: readonly [PlainDate, string] | undefined;
    readonly limit: number;
  },
): Promise<readonly Selectable<DB['exchange_rate']>[]> {
  let query = q.selectFrom('exchange_rate').selectAll().where('tenant_id', '=', tx.tenantId);
  if (filter.base !== undefined) query = query.where('base', '=', filter.base);
  if (filter.quote !== undefined) query = query.where('quote', '=', filter.quote);
  if (filter.from !== undefined) query = query.where('valid_on', '>=', filter.from);
  if (filter.to !== undefined) query = query.where('valid_on', '<=', filter.to);
  if (filter.after !== undefined) {
    const [day, id] = filter.after;
    query = query.where(sql<boolean>`(valid_on, id) < (${day}::date, ${id}::uuid)`);
  }
  return tx.run(query.orderBy('valid_on', 'desc').orderBy('id', 'desc').limit(filter.limit), {
    plan: 'fresh',
  });
}

function toPeriod(row: Selectable<DB['accounting_period']>): Period {
  return {
    id: row.id,
    companyId: row.company_id as CompanyId,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    lockedAt: row.locked_at,
    lockedBy: row.locked_by,
  };
}

/** One period by id. */
export async function findPeriod(tx: Tx, id: string): Promise<Period | undefined> {
  const row = await tx.find(
    q.selectFrom('accounting_period').selectAll().where('tenant_id', '=', tx.tenantId).where('id', '=', id),
  );
  return row && toPeriod(row);
}

/** Periods of a company, newest first, that start before a day. */
export async function findPeriods(
  tx: Tx,
  page: { readonly companyId: CompanyId; readonly before: PlainDate | undefined; readonly limit: number },
): Promise<readonly Period[]> {
  let query = q
    .selectFrom('accounting_period')
    .selectAll()
    .where('tenant_id', '=', tx.tenantId)
    .where('company_id', '=', page.companyId);
  if (page.before !== undefined) query = query.where('starts_on', '<', page.before);
  const rows = await tx.run(query.orderBy('starts_on', 'desc').limit(page.limit));
  return rows.map(toPeriod);
}

/** Adds a period. */
export function insertPeriod(act: Act, period: Period): void {
  act.insert('accounting_period', [
    {
      id: period.id,
      company_id: period.companyId,
      starts_on: period.startsOn,
      ends_on: period.endsOn,
      locked_at: period.lockedAt,
      locked_by: period.lockedBy,
    },
  ]);
}

/** Writes whether a period is locked. */
export function updatePeriodLock(
  act: Act,
  id: string,
  lock: { readonly at: Temporal.Instant | null; readonly by: string | null },
): void {
  act.write(
    q
      .updateTable('accounting_period')
      .set({ locked_at: lock.at, locked_by: lock.by })
      .where('tenant_id', '=', act.tenantId)
      .where('id', '=', id),
    { rows: 1, rule: 'the period to lock is there' },
  );
}

/**
 * Keeps others from posting in a company until the commit, and waits for those who are at it: every entry's foreign key
 * holds the company's row shared.
 */
export async function lockPostings(act: Act, companyId: CompanyId): Promise<void> {
  await act.run(
    q
      .selectFrom('company')
      .select('id')
      .where('tenant_id', '=', act.tenantId)
      .where('id', '=', companyId)
      .forUpdate(),
  );
}

/** The accounts of a company, by code. */
export async function findAccounts(
  tx: Tx,
  page: { readonly companyId: CompanyId; readonly after: string | undefined; readonly limit: number },
): Promise<readonly Selectable<DB['ledger_account']>[]> {
  return tx.run(
    q
      .selectFrom('ledger_account')
      .selectAll()
      .where('tenant_id', '=', tx.tenantId)
      .where('company_id', '=', page.companyId)
      .where('code', '>', page.after ?? '')
      .orderBy('code')
      .limit(page.limit),
  );
}

/** The number series of a company, by kind of document and name. */
export async function findSeries(
  tx: Tx,
  page: {
    readonly companyId: CompanyId;
    readonly after: readonly [string, string] | undefined;
    readonly limit: number;
  },
): Promise<readonly Selectable<DB['number_series']>[]> {
  const [kind, series] = page.after ?? ['', ''];
  return tx.run(sql<Selectable<DB['number_series']>>`
    select * from number_series where tenant_id = ${tx.tenantId} and company_id = ${page.companyId}
      and (document_kind, series) > (${kind}::text, ${series}::text)
    order by document_kind, series limit ${page.limit}`);
}
