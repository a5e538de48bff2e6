// SQL of what pages show: lists by keyset, and one thing with all about it. Reads only.

import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { CANDIDATES_MAX } from '#kernel/limits.ts';
import { besidePayment, type PaymentRow } from './store.ts';
import type { BankAccountRow, StatementLineRow } from './store-bank.ts';

/** A payment with what is not applied of it, without sign. */
export type ListedPayment = PaymentRow & { readonly unapplied_minor: bigint };

/** A filter of a list: each part narrows it. */
type Where = readonly RawBuilder<unknown>[];

const all = (parts: Where): RawBuilder<unknown> => sql.join(parts, sql` and `);

const paymentColumns = sql`p.*, coalesce((select sum(abs(i.open_minor)) from open_item i
  where i.tenant_id = p.tenant_id and i.document_id = p.id), 0)::bigint as unapplied_minor`;

const unapplied = sql`exists (select 1 from open_item i
  where i.tenant_id = p.tenant_id and i.document_id = p.id and i.account = 'unapplied-cash' and i.open_minor <> 0)`;

/** Which payments a list shows, and after which it goes on. */
export type PaymentFilter = {
  readonly state?: 'unapplied' | 'applied' | 'returned' | undefined;
  readonly direction?: string | undefined;
  readonly companyId?: string | undefined;
  readonly customerId?: string | undefined;
  readonly isUnidentified?: boolean | undefined;
  readonly from?: PlainDate | undefined;
  readonly to?: PlainDate | undefined;
  /** How number, payer or reference begin, as match keys do; and how the account begins. */
  readonly search?: { readonly key: string; readonly account: string } | undefined;
  readonly after?: readonly [receivedOn: PlainDate, id: string] | undefined;
  readonly limit: number;
};

/** Payments, newest value date first. */
export async function findPayments(tx: Tx, filter: PaymentFilter): Promise<readonly ListedPayment[]> {
  const parts = [sql`p.tenant_id = ${tx.tenantId}`, ...paymentParts(filter)];
  return tx.run(
    sql<ListedPayment>`select ${paymentColumns} from payment p where ${all(parts)}
      order by p.received_on desc, p.id desc limit ${filter.limit}::int`,
    { plan: 'fresh' },
  );
}

function paymentParts(filter: PaymentFilter): Where {
  const { state, search, after } = filter;
  const parts: RawBuilder<unknown>[] = [];
  if (state === 'returned') parts.push(sql`p.returned_on is not null`);
  if (state === 'unapplied') parts.push(sql`p.returned_on is null and ${unapplied}`);
  if (state === 'applied') parts.push(sql`p.returned_on is null and not ${unapplied}`);
  if (filter.direction !== undefined) parts.push(sql`p.direction = ${filter.direction}`);
  if (filter.companyId !== undefined) parts.push(sql`p.company_id = ${filter.companyId}`);
  if (filter.customerId !== undefined) parts.push(sql`p.customer_id = ${filter.customerId}`);
  if (filter.isUnidentified) parts.push(sql`p.customer_id is null`);
  if (filter.from !== undefined) parts.push(sql`p.received_on >= ${filter.from}`);
  if (filter.to !== undefined) parts.push(sql`p.received_on <= ${filter.to}`);
  if (search !== undefined) parts.push(searchPart(search));
  if (after !== undefined) parts.push(sql`(p.received_on, p.id) < (${after[0]}, ${after[1]}::uuid)`);
  return parts;
}

/** Each side of the `or` has an index of its own; a text without letters and digits finds nothing. */
function searchPart(search: { readonly key: string; readonly account: string }): RawBuilder<unknown> {
  if (search.key === '') return sql`false`;
  return sql`(p.number_key ^@ ${search.key} or (p.payer_key <> '' and p.payer_key ^@ ${search.key})
    or (p.reference_key <> '' and p.reference_key ^@ ${search.key})
    or (p.payer_account is not null and p.payer_account collate "C" ^@ ${search.account}))`;
}

/** One payment with why and by which line it came back, if it did. */
export async function findPayment(
  tx: Tx,
  id: string,
): Promise<
  | (ListedPayment & {
      readonly return_reason: string | null;
      readonly return_line_id: string | null;
      readonly functional_currency: string;
    })
  | undefined
> {
  return tx.find(sql`select ${paymentColumns}, r.reason as return_reason, r.statement_line_id as return_line_id, c.functional_currency
    from payment p join company c on c.tenant_id = p.tenant_id and c.id = p.company_id
    left join payment_return r on r.tenant_id = p.tenant_id and r.payment_id = p.id
    where p.tenant_id = ${tx.tenantId} and p.id = ${id}`);
}

/** An application of a payment, with the item on the other side. */
export type ShownApplication = Selectable<DB['application']> & {
  readonly item_id: string;
  readonly item_kind: string;
  readonly item_document_id: string;
  readonly item_reference: string;
  readonly item_customer_id: string | null;
  readonly item_due_on: PlainDate;
  readonly taken_back_on: PlainDate | null;
};

/** Applications shown with a payment; an import may have more, a person does not read them. */
const APPLICATIONS_SHOWN_MAX = 1_000;
/** Things that happened, shown with a payment: the latest. */
const EVENTS_SHOWN_MAX = 200;

/** What a payment was applied to, taken back or not, in the order it happened; moves to another customer or company left out. */
export async function findApplications(tx: Tx, paymentId: string): Promise<readonly ShownApplication[]> {
  return tx.run(sql<ShownApplication>`
    with own as (select id from open_item where tenant_id = ${tx.tenantId} and document_id = ${paymentId}
      and kind in ('payment', 'refund', 'transfer', 'handover'))
    select a.*, o.id as item_id, o.kind as item_kind, o.document_id as item_document_id, o.reference as item_reference,
      o.customer_id as item_customer_id, o.due_on as item_due_on, r.applied_on as taken_back_on
    from (
      select a.*, a.debit_item_id as other_id from application a join own on a.credit_item_id = own.id
      where a.tenant_id = ${tx.tenantId}
      union all
      select a.*, a.credit_item_id as other_id from application a join own on a.debit_item_id = own.id
      where a.tenant_id = ${tx.tenantId}
    ) a
    join open_item o on o.tenant_id = a.tenant_id and o.id = a.other_id
    left join application r on r.tenant_id = a.tenant_id and r.reverses_id = a.id
    where a.reverses_id is null and a.method not in ('transfer', 'handover')
    order by a.recorded_at, a.id limit ${APPLICATIONS_SHOWN_MAX}::int`);
}

/** A credit that settled a part of an item beside a payment, in the same act. */
export type ShownNetting = Selectable<DB['application']> & {
  readonly credit_kind: string;
  readonly credit_document_id: string;
  readonly credit_reference: string;
  readonly item_kind: string;
  readonly item_document_id: string;
  readonly item_reference: string;
  readonly taken_back_on: PlainDate | null;
};

/** Credits that settled items beside a payment, taken back or not, in the order it happened. */
export async function findNettings(tx: Tx, paymentId: string): Promise<readonly ShownNetting[]> {
  return tx.run(sql<ShownNetting>`
    select a.*, c.kind as credit_kind, c.document_id as credit_document_id, c.reference as credit_reference,
      d.kind as item_kind, d.document_id as item_document_id, d.reference as item_reference, r.applied_on as taken_back_on
    from ${besidePayment(tx, paymentId)} a
    join open_item c on c.tenant_id = ${tx.tenantId} and c.id = a.credit_item_id
    join open_item d on d.tenant_id = ${tx.tenantId} and d.id = a.debit_item_id
    left join application r on r.tenant_id = ${tx.tenantId} and r.reverses_id = a.id
    order by a.recorded_at, c.kind, c.reference, a.id limit ${APPLICATIONS_SHOWN_MAX}::int`);
}

/** What happened to a thing, the earliest first. */
export async function findEvents(tx: Tx, subjectId: string): Promise<readonly Selectable<DB['event']>[]> {
  const rows = await tx.run(sql<Selectable<DB['event']>>`select * from event
    where tenant_id = ${tx.tenantId} and subject_id = ${subjectId} order by recorded_at desc, id desc limit ${EVENTS_SHOWN_MAX}::int`);
  return rows.toReversed();
}

/** Payments that a line of money going back may be the return of: as much, not long before, same payer first. */
export async function findReturnable(tx: Tx, line: StatementLineRow): Promise<readonly ListedPayment[]> {
  const isOut = line.amount_minor < 0n;
  return tx.run(sql<ListedPayment>`select ${paymentColumns} from payment p
    left join statement_line l on l.tenant_id = p.tenant_id and l.id = p.statement_line_id
    where p.tenant_id = ${tx.tenantId} and p.company_id = ${line.company_id} and p.currency = ${line.currency}
      and p.amount_minor = ${isOut ? -line.amount_minor : line.amount_minor} and p.direction = ${isOut ? 'received' : 'refunded'}
      and p.returned_on is null and p.received_on between ${line.booked_on.subtract({ days: RETURN_DAYS })} and ${line.booked_on}
    order by (l.end_to_end_id is not distinct from ${line.end_to_end_id}::text and l.end_to_end_id is not null) desc,
      (p.payer_account is not distinct from ${line.payer_account}::text and p.payer_account is not null) desc,
      p.received_on desc, p.id limit ${CANDIDATES_MAX}::int`);
}

/** A SEPA direct debit can be taken back for thirteen months. */
const RETURN_DAYS = 400;

// — bank —

/** A bank account, with the day its statements reach to and what stood on it then. */
export async function findBankAccounts(
  tx: Tx,
  companyId: string | undefined,
): Promise<
  readonly (BankAccountRow & {
    readonly last_to: PlainDate | null;
    readonly last_closing_minor: bigint | null;
  })[]
> {
  const ofCompany = companyId === undefined ? sql`` : sql`and b.company_id = ${companyId}`;
  return tx.run(sql`select b.*, s.to_on as last_to, s.closing_minor as last_closing_minor from bank_account b
    left join lateral (select s.to_on, s.closing_minor from bank_statement s
      where s.tenant_id = b.tenant_id and s.bank_account_id = b.id
      order by s.to_on desc nulls last, s.recorded_at desc, s.id desc limit 1) s on true
    where b.tenant_id = ${tx.tenantId} ${ofCompany} order by b.name, b.id limit ${BANK_ACCOUNTS_MAX}::int`);
}

/** Bank accounts shown at once; a tenant has a handful, a provider's largest client some hundred. */
const BANK_ACCOUNTS_MAX = 1_000;

/** A statement with its account. */
export type ListedStatement = Selectable<DB['bank_statement']> & {
  readonly account: string;
  readonly account_name: string;
  readonly company_id: string;
};

const statements = sql`select s.*, b.account, b.name as account_name, b.company_id from bank_statement s
  join bank_account b on b.tenant_id = s.tenant_id and b.id = s.bank_account_id`;

/** Statements, the latest imported first. */
export async function findStatements(
  tx: Tx,
  filter: {
    readonly bankAccountId?: string | undefined;
    readonly isDiffering?: boolean | undefined;
    readonly after?: string | undefined;
    readonly limit: number;
  },
): Promise<readonly ListedStatement[]> {
  const parts = [sql`s.tenant_id = ${tx.tenantId}`];
  if (filter.bankAccountId !== undefined) parts.push(sql`s.bank_account_id = ${filter.bankAccountId}`);
  if (filter.isDiffering) parts.push(sql`s.difference_minor <> 0`);
  if (filter.after !== undefined) parts.push(sql`s.id < ${filter.after}::uuid`);
  return tx.run(
    sql<ListedStatement>`${statements} where ${all(parts)} order by s.id desc limit ${filter.limit}::int`,
    { plan: 'fresh' },
  );
}

/** One statement. */
export async function findStatement(tx: Tx, id: string): Promise<ListedStatement | undefined> {
  return tx.find(sql<ListedStatement>`${statements} where s.tenant_id = ${tx.tenantId} and s.id = ${id}`);
}

/** Lines of a statement in the order of the bank. */
export async function findLines(
  tx: Tx,
  statementId: string,
  page: { readonly after: number; readonly limit: number },
): Promise<readonly StatementLineRow[]> {
  return tx.run(sql<StatementLineRow>`
    select l.*, b.company_id, p.id as payment_id, r.payment_id as returns_payment_id from statement_line l
    join bank_account b on b.tenant_id = l.tenant_id and b.id = l.bank_account_id
    left join payment p on p.tenant_id = l.tenant_id and p.statement_line_id = l.id
    left join payment_return r on r.tenant_id = l.tenant_id and r.statement_line_id = l.id
    where l.tenant_id = ${tx.tenantId} and l.statement_id = ${statementId} and l.line_no > ${page.after}::int
    order by l.line_no limit ${page.limit}::int`);
}
