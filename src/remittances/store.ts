// SQL of remittances: rows in, domain values out.

import { type RawBuilder, sql } from 'kysely';
import { type Act, actorText } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { Instant, PlainDate } from '#kernel/calendar.ts';
import { jsonText } from '#kernel/canonical.ts';
import { type CompanyId, type CustomerId, newId, type PaymentId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { type ClaimedLine, paidByLines, type Reading } from './remittance.ts';

/** How a remittance and a payment came together. */
export type JoinRule = 'person' | 'payment_reference' | 'payer_amount_date' | 'bank_line';

/** How a remittance came in: `bank` is what the bank's own data says of a receipt. */
export type Origin = 'upload' | 'typed' | 'mail' | 'bank';

/** A remittance with its latest reading and the payment it is joined to, without its lines. */
export type RemittanceRow = {
  readonly id: string;
  readonly company_id: CompanyId;
  readonly origin: Origin;
  readonly file_name: string | null;
  readonly received_on: PlainDate;
  readonly recorded_at: Instant;
  readonly recorded_by: string;
  readonly reading_id: string;
  readonly revision: number;
  readonly customer_id: CustomerId | null;
  readonly payer_name: string | null;
  readonly currency: string;
  readonly total_minor: bigint;
  readonly total_stated: boolean;
  readonly paid_on: PlainDate | null;
  readonly payment_reference: string | null;
  readonly payment_id: PaymentId | null;
  readonly join_rule: JoinRule | null;
};

const columns = sql`r.id, r.company_id, r.origin, r.file_name, r.received_on, r.recorded_at, r.recorded_by,
  g.id as reading_id, g.revision, g.customer_id, g.payer_name, g.currency, g.total_minor, g.total_stated, g.paid_on,
  g.payment_reference, j.payment_id, j.rule as join_rule`;

const tables = sql`remittance r
  join lateral (select * from remittance_reading g where g.tenant_id = r.tenant_id and g.remittance_id = r.id
    order by g.revision desc limit 1) g on true
  left join remittance_join j on j.tenant_id = r.tenant_id and j.remittance_id = r.id and j.parted_at is null`;

// — writing —

/** Adds a remittance; its reading comes with `insertReading`. */
export function insertRemittance(act: Act, row: NewRow<'remittance'>): void {
  act.insert('remittance', [row]);
}

/** Adds what is read of a remittance from now on. */
export function insertReading(act: Act, remittanceId: string, revision: number, reading: Reading): void {
  const id = newId<'remittance_reading'>();
  const total = reading.total ?? paidByLines(reading.lines, reading.currency);
  act.insert('remittance_reading', [
    {
      id,
      remittance_id: remittanceId,
      revision,
      customer_id: reading.customerId ?? null,
      payer_name: reading.payerName ?? null,
      currency: reading.currency,
      total_minor: total.minor,
      total_stated: reading.total !== undefined,
      paid_on: reading.paidOn ?? null,
      payment_reference: reading.paymentReference ?? null,
      recorded_by: actorText(act.actor),
      recorded_at: act.now,
    },
  ]);
  act.insert(
    'remittance_line',
    reading.lines.map((line, index) => ({
      reading_id: id,
      position: index + 1,
      document: line.document,
      amount_minor: line.amount.minor,
      discount_minor: line.discount.minor,
      deduction_minor: line.deduction.minor,
      reason: line.reason ?? null,
      claim_number: line.claimNumber ?? null,
      claim_code: line.claimCode ?? null,
      place: line.place ? jsonText(line.place) : null,
    })),
  );
}

/** Adds that a remittance is about a payment. */
export function insertJoin(
  act: Act,
  join: { readonly remittanceId: string; readonly paymentId: PaymentId; readonly rule: JoinRule },
): void {
  act.insert('remittance_join', [
    {
      id: newId<'remittance_join'>(),
      remittance_id: join.remittanceId,
      payment_id: join.paymentId,
      rule: join.rule,
      joined_by: actorText(act.actor),
      joined_at: act.now,
      parted_by: null,
      parted_at: null,
    },
  ]);
}

/** Notes that a remittance is not about its payment after all. */
export function updateParted(act: Act, remittanceId: string): void {
  act.write(
    sql`update remittance_join set parted_by = ${actorText(act.actor)}, parted_at = ${act.now}
      where tenant_id = ${act.tenantId} and remittance_id = ${remittanceId} and parted_at is null`,
    { rows: 1, rule: 'the remittance that is parted was joined' },
  );
}

// — reading —

/** One remittance; with `lock`, nobody else changes it meanwhile. */
export async function findRemittance(
  tx: Tx,
  id: string,
  options: { readonly lock?: boolean } = {},
): Promise<RemittanceRow | undefined> {
  // The lock comes first and by itself, so that what is read after it is what the one before left behind.
  if (options.lock)
    await tx.find(sql`select id from remittance where tenant_id = ${tx.tenantId} and id = ${id} for update`);
  return tx.find(
    sql<RemittanceRow>`select ${columns} from ${tables} where r.tenant_id = ${tx.tenantId} and r.id = ${id}`,
  );
}

/** The remittance of a company with the same content; whoever brings the same at once waits here. */
export async function findByContent(
  tx: Tx,
  companyId: CompanyId,
  sha256: string,
): Promise<string | undefined> {
  await tx.run(
    sql`select pg_advisory_xact_lock(hashtextextended(${`remittance ${tx.tenantId} ${companyId} ${sha256}`}, 0))`,
  );
  const row = await tx.find(
    sql<{ id: string }>`select id from remittance
      where tenant_id = ${tx.tenantId} and company_id = ${companyId} and sha256 = ${sha256}`,
  );
  return row?.id;
}

/** The remittance that a payment is joined to. */
export async function findByPayment(tx: Tx, paymentId: PaymentId): Promise<string | undefined> {
  const row = await tx.find(
    sql<{ id: string }>`select remittance_id as id from remittance_join
      where tenant_id = ${tx.tenantId} and payment_id = ${paymentId} and parted_at is null`,
  );
  return row?.id;
}

/** What became of a remittance, and what speaks against relying on it. */
export type Standing = {
  readonly is_applied: boolean;
  /** Its lines do not make the payment that it states. */
  readonly differs: boolean;
  /** The number of one of its documents is that of several. */
  readonly is_ambiguous: boolean;
  /** Its money has not come for so many days that it may never. */
  readonly is_late: boolean;
};

/** Days after which a remittance without its receipt is in doubt: payments that are announced arrive within a week or two. */
const LATE_DAYS = 10;

/** Applied is a remittance whose receipt is used up, and neither came back nor was merely moved. */
const standing = (today: PlainDate): RawBuilder<unknown> => sql`(select
  coalesce((select sum(a.amount_minor) from open_item o
      join application a on a.tenant_id = o.tenant_id and a.credit_item_id = o.id and a.method not in ('transfer', 'return', 'handover')
      where o.tenant_id = r.tenant_id and o.document_id = j.payment_id), 0) > 0
    and not exists (select from open_item o
      where o.tenant_id = r.tenant_id and o.document_id = j.payment_id and o.open_minor <> 0) as is_applied,
  g.total_minor <> coalesce((select sum(c.amount_minor) from remittance_line c
    where c.tenant_id = g.tenant_id and c.reading_id = g.id), 0) as differs,
  exists (select from remittance_line c join open_item i on i.tenant_id = c.tenant_id and i.reference_key = c.document_key
    where c.tenant_id = g.tenant_id and c.reading_id = g.id and c.document_key <> '' and i.company_id = r.company_id
      and i.kind in ('invoice', 'credit_note', 'charge')
    group by c.position having count(distinct i.document_id) > 1) as is_ambiguous,
  j.payment_id is null and r.received_on <= ${today}::date - ${LATE_DAYS}::int as is_late)`;

/** What became of remittances, by their ids. */
export async function findStandings(
  tx: Tx,
  ids: readonly string[],
  today: PlainDate,
): Promise<ReadonlyMap<string, Standing>> {
  const rows = await tx.run(
    sql<Standing & { id: string }>`select r.id, s.* from ${tables} cross join lateral ${standing(today)} s
      where r.tenant_id = ${tx.tenantId} and r.id = any(${arrayLiteral(ids)}::uuid[])`,
    { plan: 'fresh' },
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Which remittances a list shows. */
export type RemittanceFilter = {
  readonly companyId?: CompanyId | undefined;
  readonly paymentId?: string | undefined;
  readonly isJoined?: boolean | undefined;
  /** `applied`; `in_doubt`: not applied, and something speaks against relying on it. */
  readonly standing?: { readonly is: 'applied' | 'in_doubt'; readonly today: PlainDate } | undefined;
  readonly after?: readonly [receivedOn: PlainDate, id: string] | undefined;
  readonly limit: number;
};

/** Remittances, the latest first. */
export async function findRemittances(tx: Tx, filter: RemittanceFilter): Promise<readonly RemittanceRow[]> {
  const { after } = filter;
  const parts: RawBuilder<unknown>[] = [sql`r.tenant_id = ${tx.tenantId}`];
  if (filter.companyId !== undefined) parts.push(sql`r.company_id = ${filter.companyId}`);
  if (filter.paymentId !== undefined) parts.push(sql`j.payment_id = ${filter.paymentId}`);
  if (filter.isJoined !== undefined)
    parts.push(filter.isJoined ? sql`j.payment_id is not null` : sql`j.payment_id is null`);
  if (filter.standing !== undefined) {
    const { is, today } = filter.standing;
    parts.push(sql`(select ${is === 'applied' ? sql`s.is_applied` : sql`not s.is_applied and (s.differs or s.is_ambiguous or s.is_late)`}
      from ${standing(today)} s)`);
  }
  if (after !== undefined) parts.push(sql`(r.received_on, r.id) < (${after[0]}, ${after[1]}::uuid)`);
  return tx.run(
    sql<RemittanceRow>`select ${columns} from ${tables} where ${sql.join(parts, sql` and `)}
      order by r.received_on desc, r.id desc limit ${filter.limit}::int`,
    { plan: 'fresh' },
  );
}

/** A line with its place among the others, from 1. */
export type PlacedLine = ClaimedLine & { readonly position: number };

/** The lines of readings, in their order, by reading. */
export async function findLines(
  tx: Tx,
  readings: readonly Pick<RemittanceRow, 'reading_id' | 'currency'>[],
): Promise<ReadonlyMap<string, readonly PlacedLine[]>> {
  type Row = {
    reading_id: string;
    position: number;
    document: string;
    amount_minor: bigint;
    discount_minor: bigint;
    deduction_minor: bigint;
    reason: string | null;
    claim_number: string | null;
    claim_code: string | null;
    place: ClaimedLine['place'] | null;
  };
  const rows = await tx.run(
    sql<Row>`select * from remittance_line
      where tenant_id = ${tx.tenantId} and reading_id = any(${arrayLiteral(readings.map((r) => r.reading_id))}::uuid[])
      order by reading_id, position`,
  );
  const currencies = new Map(readings.map((r) => [r.reading_id, r.currency]));
  const lines = rows.map((row) => {
    const currency = currencies.get(row.reading_id) ?? '';
    return {
      readingId: row.reading_id,
      line: {
        position: row.position,
        document: row.document,
        amount: money(row.amount_minor, currency),
        discount: money(row.discount_minor, currency),
        deduction: money(row.deduction_minor, currency),
        reason: row.reason ?? undefined,
        claimNumber: row.claim_number ?? undefined,
        claimCode: row.claim_code ?? undefined,
        place: row.place ?? undefined,
      },
    };
  });
  return new Map(
    [...Map.groupBy(lines, (one) => one.readingId)].map(([id, all]) => [id, all.map((one) => one.line)]),
  );
}

/** The source of a remittance as it was kept, and whether its file was kept too. */
export async function findSource(
  tx: Tx,
  id: string,
): Promise<{ readonly source: unknown; readonly hasFile: boolean } | undefined> {
  return tx.find(
    sql<{
      source: unknown;
      hasFile: boolean;
    }>`select source, original is not null as "hasFile" from remittance
      where tenant_id = ${tx.tenantId} and id = ${id}`,
  );
}

/** The file of a remittance; no bytes where it came without one. */
export async function findOriginal(
  tx: Tx,
  id: string,
): Promise<{ readonly name: string | null; readonly content: Uint8Array | null } | undefined> {
  return tx.find(
    sql<{ name: string | null; content: Uint8Array | null }>`select file_name as name, original as content
      from remittance where tenant_id = ${tx.tenantId} and id = ${id}`,
  );
}
