// SQL of refunds that we order. Whether a bank line shows one is read from the explanations of lines.

import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';
import { compactAccount } from '#parties/iban.ts';
import { USUAL_WAITING_DAYS } from './refund.ts';

/** A refund with what happened to it. */
export type RefundRow = Omit<Selectable<DB['refund']>, 'company_id' | 'customer_id'> & {
  readonly company_id: CompanyId;
  readonly customer_id: CustomerId;
  readonly shortened_by: string | null;
  readonly shortened_reason: string | null;
  readonly file_id: string | null;
  readonly payment_id: string | null;
  readonly payment_number: string | null;
  readonly withdrawn_reason: string | null;
  readonly ended_by: string | null;
  readonly is_shown: boolean;
  readonly returned_on: Temporal.PlainDate | null;
  readonly returned_reason: string | null;
};

/** Adds a refund. */
export function insertRefund(act: Act, row: NewRow<'refund'>): void {
  act.insert('refund', [row]);
}

/** Keeps that a refund need not wait. */
export function insertShortening(act: Act, row: NewRow<'refund_shortening'>): void {
  act.insert('refund_shortening', [row]);
}

/** Adds a file for the bank. */
export function insertFile(act: Act, row: NewRow<'refund_file'>): void {
  act.insert('refund_file', [row]);
}

/** Keeps how refunds ended. */
export function insertEnds(act: Act, rows: readonly NewRow<'refund_end'>[]): void {
  act.insert('refund_end', rows);
}

/** Adds a version of the waiting time. */
export function insertSetting(act: Act, row: NewRow<'refund_setting'>): void {
  act.insert('refund_setting', [row]);
}

/** Days a new account waits in a company. */
export async function findWaitingDays(tx: Tx, companyId: CompanyId): Promise<number> {
  const row = await tx.find(sql<{ waiting_days: number }>`
    select waiting_days from refund_setting where tenant_id = ${tx.tenantId} and company_id = ${companyId}
    order by recorded_at desc, id desc limit 1`);
  return row?.waiting_days ?? USUAL_WAITING_DAYS;
}

/** Locks refunds against being ended by another, in the order of their ids. */
export async function lockRefunds(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.run(sql`select id from refund where tenant_id = ${tx.tenantId} and id = any(${arrayLiteral(ids)}::uuid[])
    order by id for no key update`);
}

/** Which refunds to look for. */
export type RefundFilter = {
  readonly ids?: readonly string[] | undefined;
  readonly companyId?: CompanyId | undefined;
  readonly customerId?: CustomerId | undefined;
  /** Those neither paid nor withdrawn nor come back; one that is ordered is paid once a line of the bank shows it. */
  readonly isOpen?: boolean | undefined;
  readonly after?: readonly [recordedAt: string, id: string] | undefined;
  readonly limit: number;
};

/** A line of the bank shows the payment of a refund. */
const IS_SHOWN = sql`exists (select from explained_payment x
  join line_explanation l on l.tenant_id = x.tenant_id and l.id = x.explanation_id
  where x.tenant_id = e.tenant_id and x.payment_id = e.payment_id and l.undone_at is null)`;

/** Refunds, the newest first. */
export async function findRefunds(tx: Tx, filter: RefundFilter): Promise<readonly RefundRow[]> {
  const parts: RawBuilder<unknown>[] = [sql`f.tenant_id = ${tx.tenantId}`];
  if (filter.ids) parts.push(sql`f.id = any(${arrayLiteral(filter.ids)}::uuid[])`);
  if (filter.companyId) parts.push(sql`f.company_id = ${filter.companyId}`);
  if (filter.customerId) parts.push(sql`f.customer_id = ${filter.customerId}`);
  if (filter.isOpen)
    parts.push(
      sql`(e.refund_id is null or (e.file_id is not null and b.payment_id is null and not ${IS_SHOWN}))`,
    );
  if (filter.after) {
    const [at, id] = filter.after;
    parts.push(sql`(f.recorded_at, f.id) < (${at}::timestamptz, ${id}::uuid)`);
  }
  return tx.run(
    sql<RefundRow>`
      select f.*, s.shortened_by, s.reason as shortened_reason, e.file_id, e.payment_id, p.number as payment_number,
        e.withdrawn_reason, e.ended_by, b.returned_on, b.reason as returned_reason,
        ${IS_SHOWN} as is_shown
      from refund f
      left join refund_shortening s on s.tenant_id = f.tenant_id and s.refund_id = f.id
      left join refund_end e on e.tenant_id = f.tenant_id and e.refund_id = f.id
      left join payment p on p.tenant_id = f.tenant_id and p.id = e.payment_id
      left join payment_return b on b.tenant_id = f.tenant_id and b.payment_id = e.payment_id
      where ${sql.join(parts, sql` and `)} order by f.recorded_at desc, f.id desc limit ${filter.limit}::int`,
    { plan: 'fresh' },
  );
}

/** What is granted to a customer and neither paid nor withdrawn. */
export async function findGranted(
  tx: Tx,
  of: { readonly companyId: CompanyId; readonly customerId: CustomerId; readonly currency: string },
): Promise<bigint> {
  const row = await tx.find(sql<{ minor: bigint }>`
    select coalesce(sum(f.amount_minor), 0)::bigint as minor from refund f
    where f.tenant_id = ${tx.tenantId} and f.company_id = ${of.companyId} and f.customer_id = ${of.customerId}
      and f.currency = ${of.currency}
      and not exists (select from refund_end e where e.tenant_id = f.tenant_id and e.refund_id = f.id)`);
  return row?.minor ?? 0n;
}

/**
 * The credits of a customer that a refund can be taken from, and refunds whose credit was freed again, in the order of their
 * ids.
 */
export async function findCreditItemIds(
  tx: Tx,
  of: { readonly companyId: CompanyId; readonly customerId: CustomerId; readonly currency: string },
): Promise<readonly ItemId[]> {
  const rows = await tx.run(sql<{ id: ItemId }>`
    select id from open_item where tenant_id = ${tx.tenantId} and company_id = ${of.companyId}
      and customer_id = ${of.customerId} and currency = ${of.currency}
      and (open_minor < 0 or (kind = 'refund' and open_minor > 0)) order by id`);
  return rows.map((row) => row.id);
}

/** A company and currency in which a customer has credit, with what of it is promised already. */
export type CreditPlace = {
  readonly company_id: CompanyId;
  readonly currency: string;
  readonly credit_minor: bigint;
  readonly granted_minor: bigint;
  readonly oldest_on: Temporal.PlainDate;
};

/** Where a customer has credit that nothing was applied of. */
export async function findCreditPlaces(tx: Tx, customerId: CustomerId): Promise<readonly CreditPlace[]> {
  return tx.run(sql<CreditPlace>`
    select i.company_id, i.currency, -sum(i.open_minor)::bigint as credit_minor, min(i.posted_on) as oldest_on,
      coalesce((select sum(f.amount_minor) from refund f
        where f.tenant_id = ${tx.tenantId} and f.company_id = i.company_id and f.customer_id = ${customerId}
          and f.currency = i.currency
          and not exists (select from refund_end e where e.tenant_id = f.tenant_id and e.refund_id = f.id)), 0)::bigint
        as granted_minor
    from open_item i
    where i.tenant_id = ${tx.tenantId} and i.customer_id = ${customerId}
      and (i.open_minor < 0 or (i.kind = 'refund' and i.open_minor > 0))
    group by i.company_id, i.currency having sum(i.open_minor) < 0
    order by i.company_id, i.currency`);
}

/** Who said that an account is a customer's; nobody where a file or a payment did. */
export async function findAccountAdder(tx: Tx, bankAccountId: string): Promise<string | undefined> {
  const row = await tx.find(sql<{ actor: string }>`
    select actor from event where tenant_id = ${tx.tenantId} and type = 'customer_bank_account.added'
      and subject_id = ${bankAccountId} order by recorded_at limit 1`);
  return row?.actor;
}

/** A bank line that may show a refund or its return. */
export type RefundLine = {
  readonly id: string;
  readonly booked_on: Temporal.PlainDate;
  readonly payer_name: string | null;
  readonly payer_account: string | null;
  readonly remittance: string;
  /** What a bank kept of money that came back. */
  readonly kept_minor: bigint;
  /** Whether its receipt was applied; that is taken back before the line shows a refund. */
  readonly is_applied: boolean;
  /** Whether the bank says that it brings back this very refund. */
  readonly is_named: boolean;
};

/**
 * Bank lines of a refund's company, currency and amount that nobody explained, and whose receipt nobody applied: money out, or
 * money that came back, which may be less where the bank says that it is a return, or it came from the account that was paid;
 * such a line counts also where its receipt was applied since the refund left. What the bank says is this refund comes first, so
 * that it is not missed among many others, then those of the whole amount, then the newest.
 */
export async function findLinesOf(
  tx: Tx,
  refund: RefundRow,
  side: 'in' | 'out',
): Promise<readonly RefundLine[]> {
  const ofAmount =
    side === 'out'
      ? sql`l.amount_minor = ${-refund.amount_minor}`
      : sql`(l.amount_minor = ${refund.amount_minor} or (l.amount_minor between 1 and ${refund.amount_minor}
          and (l.returned or l.payer_account = ${compactAccount(refund.account)})))`;
  const mayBeApplied =
    side === 'out'
      ? sql`false`
      : sql`(l.returned or (l.payer_account = ${compactAccount(refund.account)} and l.amount_minor = ${refund.amount_minor}))
          and l.booked_on >= (select o.received_on from payment o
            where o.tenant_id = l.tenant_id and o.id = ${refund.payment_id}::uuid)`;
  return tx.run(sql<RefundLine>`
    select l.id, l.booked_on, l.payer_name, l.payer_account, l.remittance,
      (${refund.amount_minor}::bigint - abs(l.amount_minor))::bigint as kept_minor, not w.is_whole as is_applied,
      l.amount_minor > 0 and l.returned and l.end_to_end_id is not distinct from ${refund.payment_number}::text as is_named
    from statement_line l
    join bank_account b on b.tenant_id = l.tenant_id and b.id = l.bank_account_id and b.company_id = ${refund.company_id}
    left join payment p on p.tenant_id = l.tenant_id and p.statement_line_id = l.id
    cross join lateral (select p.id is null or (select coalesce(sum(i.open_minor), 0) from open_item i
      where i.tenant_id = l.tenant_id and i.document_id = p.id) = -p.amount_minor as is_whole) w
    where l.tenant_id = ${tx.tenantId} and l.currency = ${refund.currency} and ${ofAmount}
      and l.booked_on >= ${refund.granted_on}::date - 60 and p.returned_on is null
      and not exists (select from line_explanation x
        where x.tenant_id = l.tenant_id and x.statement_line_id = l.id and x.undone_at is null)
      and not exists (select from payment_return r where r.tenant_id = l.tenant_id and r.statement_line_id = l.id)
      and (w.is_whole or (${mayBeApplied}))
    order by is_named desc, abs(l.amount_minor) = ${refund.amount_minor} desc, l.booked_on desc, l.id
    limit ${LINES_SHOWN_MAX}::int`);
}

/** Lines among which a person chooses. */
const LINES_SHOWN_MAX = 20;

/** A file for the bank. */
export async function findFile(tx: Tx, id: string): Promise<Selectable<DB['refund_file']> | undefined> {
  return tx.find(
    sql<
      Selectable<DB['refund_file']>
    >`select * from refund_file where tenant_id = ${tx.tenantId} and id = ${id}`,
  );
}

/** Lines of the bank that nobody explained yet and that name a refund we ordered, to the cent. */
export async function findShowingLines(
  tx: Tx,
): Promise<readonly { readonly lineId: string; readonly paymentId: string }[]> {
  const rows = await tx.run(sql<{ line_id: string; payment_id: string }>`
    select l.id as line_id, p.id as payment_id from refund_end e
    join payment p on p.tenant_id = e.tenant_id and p.id = e.payment_id
    join statement_line l on l.tenant_id = p.tenant_id and l.end_to_end_id = p.number and l.currency = p.currency
      and l.amount_minor = -p.amount_minor
    join bank_account b on b.tenant_id = l.tenant_id and b.id = l.bank_account_id and b.company_id = p.company_id
    where e.tenant_id = ${tx.tenantId}
      and not exists (select from payment_return r where r.tenant_id = l.tenant_id and r.statement_line_id = l.id)
      and not exists (select from line_explanation x
        where x.tenant_id = l.tenant_id and x.statement_line_id = l.id and x.undone_at is null)
      and not exists (select from explained_payment y
        join line_explanation z on z.tenant_id = y.tenant_id and z.id = y.explanation_id
        where y.tenant_id = p.tenant_id and y.payment_id = p.id and z.undone_at is null)
    order by l.id limit 500`);
  return rows.map((row) => ({ lineId: row.line_id, paymentId: row.payment_id }));
}

/**
 * Lines of the bank that say that they bring back a refund, where that was recorded already and no line was named: of what came
 * back to the cent, explained by nobody, its receipt applied to nothing.
 */
export async function findReturningLines(
  tx: Tx,
): Promise<readonly { readonly lineId: string; readonly paymentId: string }[]> {
  const rows = await tx.run(sql<{ line_id: string; payment_id: string }>`
    select l.id as line_id, p.id as payment_id from refund_end e
    join payment p on p.tenant_id = e.tenant_id and p.id = e.payment_id
    join payment_return k on k.tenant_id = p.tenant_id and k.payment_id = p.id and k.statement_line_id is null
    join statement_line l on l.tenant_id = p.tenant_id and l.end_to_end_id = p.number and l.returned and l.currency = p.currency
      and l.amount_minor = p.amount_minor - k.fee_minor
    join bank_account b on b.tenant_id = l.tenant_id and b.id = l.bank_account_id and b.company_id = p.company_id
    left join payment r on r.tenant_id = l.tenant_id and r.statement_line_id = l.id
    where e.tenant_id = ${tx.tenantId}
      and (r.id is null or (r.returned_on is null and (select coalesce(sum(i.open_minor), 0) from open_item i
        where i.tenant_id = r.tenant_id and i.document_id = r.id) = -r.amount_minor))
      and not exists (select from payment_return o where o.tenant_id = l.tenant_id and o.statement_line_id = l.id)
      and not exists (select from line_explanation x
        where x.tenant_id = l.tenant_id and x.statement_line_id = l.id and x.undone_at is null)
      and not exists (select from explained_payment y
        join line_explanation z on z.tenant_id = y.tenant_id and z.id = y.explanation_id
        where y.tenant_id = p.tenant_id and y.payment_id = p.id and z.kind = 'return' and z.undone_at is null)
    order by l.id limit 500`);
  return rows.map((row) => ({ lineId: row.line_id, paymentId: row.payment_id }));
}
