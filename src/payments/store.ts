// All SQL of payments. Rows in, domain values out.

import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import { q } from '#db/query.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { ApplicationId, CompanyId, CustomerId, ItemId, PaymentId } from '#kernel/id.ts';
import { ALLOCATIONS_MAX, CANDIDATES_MAX } from '#kernel/limits.ts';
import { type Money, money } from '#kernel/money.ts';
import type { MatchItem } from './matching.ts';
import type { ReadyPayment } from './payment.ts';
import type { ReadyWriteOff } from './writing-off.ts';

/** A stored payment. */
export type PaymentRow = Selectable<DB['payment']>;
export type WriteOffRow = Selectable<DB['write_off']>;

const uuids = (ids: readonly string[]): RawBuilder<string[]> => sql`${arrayLiteral(ids)}::uuid[]`;

// — payments —

/** Adds payments. */
export function insertPayments(act: Act, payments: readonly NewRow<'payment'>[]): void {
  act.insert('payment', payments);
}

/**
 * One payment, locked against being applied, returned or moved by another, with the items it stands in (the first one first)
 * and how many items its moves have made. The items are read by a statement of their own, after the lock is there: read
 * with it, those that another move has just made would be missed.
 */
export async function lockPayment(
  tx: Tx,
  id: PaymentId,
): Promise<
  | { readonly payment: PaymentRow; readonly itemIds: readonly ItemId[]; readonly transfers: number }
  | undefined
> {
  const [payment, items] = await Promise.all([
    tx.find(
      q
        .selectFrom('payment')
        .selectAll()
        .where('tenant_id', '=', tx.tenantId)
        .where('id', '=', id)
        .forUpdate(),
    ),
    tx.run(sql<{ id: ItemId; kind: string; amount_minor: bigint }>`
      select id, kind, amount_minor from open_item
      where tenant_id = ${tx.tenantId} and document_id = ${id} and kind in ('payment', 'refund', 'transfer')
      order by kind = 'transfer', instalment`),
  ]);
  if (!payment) return undefined;
  const isOwn = (minor: bigint): boolean => minor > 0n === (payment.direction === 'refunded');
  return {
    payment,
    itemIds: items.filter((i) => isOwn(i.amount_minor)).map((i) => i.id),
    transfers: items.filter((i) => i.kind === 'transfer').length,
  };
}

/** Payments by external id that still stand, in a company. */
export async function findByExternalIds(
  tx: Tx,
  companyId: string,
  externalIds: readonly string[],
): Promise<readonly PaymentRow[]> {
  return tx.run(
    q
      .selectFrom('payment')
      .selectAll()
      .where('tenant_id', '=', tx.tenantId)
      .where('company_id', '=', companyId)
      .where('external_id', 'in', sql<string>`(select unnest(${arrayLiteral(externalIds)}::text[]))`)
      .where('returned_on', 'is', null),
  );
}

/** Notes on which day payments came back. */
export function updateReturned(act: Act, ids: readonly PaymentId[], on: PlainDate): void {
  act.write(
    sql`update payment set returned_on = ${on} where tenant_id = ${act.tenantId} and id = any(${uuids(ids)}) and returned_on is null`,
    { rows: ids.length, rule: 'every payment to return stands' },
  );
}

/** Keeps why a payment came back. */
export function insertReturn(act: Act, row: NewRow<'payment_return'>): void {
  act.insert('payment_return', [row]);
}

/** Notes whose payments are. */
export function updateCustomers(
  act: Act,
  moved: readonly { readonly id: PaymentId; readonly customerId: CustomerId }[],
): void {
  if (moved.length === 0) return;
  act.write(
    sql`update payment set customer_id = n.customer_id
      from unnest(${uuids(moved.map((m) => m.id))}, ${uuids(moved.map((m) => m.customerId))}) as n(id, customer_id)
      where payment.tenant_id = ${act.tenantId} and payment.id = n.id and payment.returned_on is null`,
    { rows: moved.length, rule: 'every payment to move stands' },
  );
}

/** An application that stands: not a reversal, and not reversed. */
export type StandingApplication = {
  readonly id: ApplicationId;
  readonly debitItemId: ItemId;
  readonly creditItemId: ItemId;
  readonly appliedOn: PlainDate;
};

/** What of items is applied now; what closed them in returns, moves and undoings is left out. */
export async function findStanding(
  tx: Tx,
  itemIds: readonly ItemId[],
): Promise<readonly StandingApplication[]> {
  const rows = await tx.run(sql<{ id: string; debit: string; credit: string; applied_on: PlainDate }>`
    select a.id, a.debit_item_id as debit, a.credit_item_id as credit, a.applied_on from application a
    where a.tenant_id = ${tx.tenantId} and a.reverses_id is null and a.method not in ('return', 'transfer', 'void')
      and (a.debit_item_id = any(${uuids(itemIds)}) or a.credit_item_id = any(${uuids(itemIds)}))
      and not exists (select 1 from application r where r.tenant_id = a.tenant_id and r.reverses_id = a.id)
    order by a.id`);
  return rows.map((row) => ({
    id: row.id as ApplicationId,
    debitItemId: row.debit as ItemId,
    creditItemId: row.credit as ItemId,
    appliedOn: row.applied_on,
  }));
}

/** The credits a customer has in a company and currency, oldest first: what a refund can be taken from. */
export async function findCreditIds(
  tx: Tx,
  of: Pick<ReadyPayment, 'companyId' | 'customerId' | 'amount'>,
): Promise<readonly ItemId[]> {
  const rows = await tx.run(sql<{ id: ItemId }>`
    select id from open_item
    where tenant_id = ${tx.tenantId} and customer_id = ${of.customerId} and company_id = ${of.companyId}
      and currency = ${of.amount.currency} and open_minor < 0
    order by posted_on, id limit ${ALLOCATIONS_MAX}::int`);
  return rows.map((row) => row.id);
}

// — write-offs —

/** Adds write-offs with their numbers. */
export function insertWriteOffs(
  act: Act,
  writeOffs: readonly {
    readonly writeOff: ReadyWriteOff;
    readonly number: string;
    readonly reason: string;
  }[],
): void {
  act.insert(
    'write_off',
    writeOffs.map(({ writeOff, number, reason }) => ({
      id: writeOff.id,
      company_id: writeOff.companyId,
      customer_id: writeOff.customerId,
      number,
      kind: writeOff.kind,
      reason,
      currency: writeOff.amount.currency,
      amount_minor: writeOff.amount.minor,
      functional_minor: writeOff.functional.minor,
      written_off_on: writeOff.on,
      recorded_at: act.now,
    })),
  );
}

/** One write-off, locked, with its credit items and whether it was undone (read after the lock is there). */
export async function lockWriteOff(
  tx: Tx,
  id: string,
): Promise<
  | { readonly writeOff: WriteOffRow; readonly itemIds: readonly ItemId[]; readonly isUndone: boolean }
  | undefined
> {
  const [writeOff, items, undone] = await Promise.all([
    tx.find(
      q
        .selectFrom('write_off')
        .selectAll()
        .where('tenant_id', '=', tx.tenantId)
        .where('id', '=', id)
        .forUpdate(),
    ),
    tx.run(sql<{ id: ItemId }>`
      select id from open_item where tenant_id = ${tx.tenantId} and document_id = ${id} and kind = 'write_off' order by instalment`),
    tx.find(sql`select 1 from write_off_undo where tenant_id = ${tx.tenantId} and write_off_id = ${id}`),
  ]);
  return writeOff && { writeOff, itemIds: items.map((i) => i.id), isUndone: undone !== undefined };
}

/** Keeps that a write-off was taken back. */
export function insertUndo(act: Act, row: NewRow<'write_off_undo'>): void {
  act.insert('write_off_undo', [row]);
}

// — bank —

export type StatementLineRow = Selectable<DB['statement_line']> & {
  readonly company_id: string;
  readonly payment_id: string | null;
  readonly returns_payment_id: string | null;
};

const lineColumns = sql`l.*, b.company_id, p.id as payment_id, r.payment_id as returns_payment_id`;
const lineTables = sql`statement_line l
  join bank_account b on b.tenant_id = l.tenant_id and b.id = l.bank_account_id
  left join payment p on p.tenant_id = l.tenant_id and p.statement_line_id = l.id
  left join payment_return r on r.tenant_id = l.tenant_id and r.statement_line_id = l.id`;

/** One line of a bank statement, with the payment it became or the payment it took back. */
export async function findStatementLine(tx: Tx, id: string): Promise<StatementLineRow | undefined> {
  return tx.find(
    sql<StatementLineRow>`select ${lineColumns} from ${lineTables} where l.tenant_id = ${tx.tenantId} and l.id = ${id}`,
  );
}

// — what a receipt could be for: read by the columns and indexes made for it, each answer bounded —

/** Items read for one document number; an invoice has at most sixty instalments. */
export const NAMED_ITEMS_MAX = 100;

const itemColumns = sql`i.id, i.company_id, i.customer_id, i.kind, i.document_id, i.reference, i.currency, i.amount_minor,
  i.open_minor, i.posted_on, i.due_on`;

type ItemRow = Pick<
  Selectable<DB['open_item']>,
  | 'id'
  | 'company_id'
  | 'customer_id'
  | 'kind'
  | 'document_id'
  | 'reference'
  | 'currency'
  | 'amount_minor'
  | 'open_minor'
  | 'posted_on'
  | 'due_on'
>;

function toMatchItem(row: ItemRow): MatchItem {
  return {
    id: row.id as ItemId,
    companyId: row.company_id as CompanyId,
    customerId: row.customer_id as CustomerId | null,
    kind: row.kind as MatchItem['kind'],
    documentId: row.document_id,
    reference: row.reference,
    amount: money(row.amount_minor, row.currency),
    open: money(row.open_minor, row.currency),
    postedOn: row.posted_on,
    dueOn: row.due_on,
  };
}

/** Items of invoices and credit notes that stand, by keys of their numbers, at most `NAMED_ITEMS_MAX` for each key. */
export async function findItemsByKeys(
  tx: Tx,
  keys: readonly string[],
): Promise<readonly (readonly [key: string, item: MatchItem])[]> {
  const rows = await tx.run(sql<ItemRow & { key: string }>`
    select k.key, i.* from unnest(${arrayLiteral(keys)}::text[]) as k(key) cross join lateral (
      select ${itemColumns} from open_item i
      join invoice v on v.tenant_id = i.tenant_id and v.id = i.document_id and v.voided_on is null
      where i.tenant_id = ${tx.tenantId} and i.reference_key = k.key and i.kind in ('invoice', 'credit_note')
      limit ${NAMED_ITEMS_MAX}::int) i`);
  return rows.map((row) => [row.key, toMatchItem(row)]);
}

/** Items of invoices that stand, by the payment reference printed on them, as it was printed. */
export async function findItemsByPaymentReference(
  tx: Tx,
  references: readonly string[],
): Promise<readonly (readonly [reference: string, item: MatchItem])[]> {
  const rows = await tx.run(sql<ItemRow & { printed: string }>`
    select k.printed, i.* from unnest(${arrayLiteral(references)}::text[]) as k(printed) cross join lateral (
      select ${itemColumns} from invoice v
      join open_item i on i.tenant_id = v.tenant_id and i.document_id = v.id and i.kind = v.kind
      where v.tenant_id = ${tx.tenantId} and v.payment_reference = k.printed and v.voided_on is null
      limit ${NAMED_ITEMS_MAX}::int) i`);
  return rows.map((row) => [row.printed, toMatchItem(row)]);
}

/** Customers whose name begins to look like one of these, by name key or by the name itself; at most twenty for each. */
export async function findCustomersByName(
  tx: Tx,
  names: readonly { readonly key: string; readonly name: string }[],
): Promise<readonly { readonly asked: string; readonly id: CustomerId; readonly name: string }[]> {
  return tx.run(sql<{ asked: string; id: CustomerId; name: string }>`
    select n.name as asked, c.id, c.name
    from unnest(${arrayLiteral(names.map((n) => n.key))}::text[], ${arrayLiteral(names.map((n) => n.name))}::text[]) as n(key, name)
    cross join lateral (
      (select c.id, c.name from customer c where c.tenant_id = ${tx.tenantId} and c.name_key = n.key and n.key <> ''
        and c.archived_at is null limit ${CANDIDATES_MAX}::int)
      union (select c.id, c.name from customer c where c.tenant_id = ${tx.tenantId} and c.name = n.name
        and c.archived_at is null limit ${CANDIDATES_MAX}::int)) c`);
}

/** A debt that is looked for: so much open, of that customer. */
export type SoughtDebt = {
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly amount: Money;
};

/** Debts of customers with exactly these amounts open, by the place of the question; at most twenty for each. */
export async function findDebtsOfAmount(
  tx: Tx,
  sought: readonly SoughtDebt[],
): Promise<readonly (readonly [place: number, item: MatchItem])[]> {
  const rows = await tx.run(sql<ItemRow & { place: bigint }>`
    select w.place, i.* from unnest(${uuids(sought.map((s) => s.companyId))}, ${uuids(sought.map((s) => s.customerId))},
      ${arrayLiteral(sought.map((s) => s.amount.currency))}::text[], ${arrayLiteral(sought.map((s) => s.amount.minor))}::bigint[])
      with ordinality as w(company_id, customer_id, currency, minor, place)
    cross join lateral (
      select ${itemColumns} from open_item i
      where i.tenant_id = ${tx.tenantId} and i.open_minor = w.minor and i.open_minor > 0 and i.customer_id = w.customer_id
        and i.company_id = w.company_id and i.currency = w.currency
      order by i.due_on, i.id limit ${CANDIDATES_MAX}::int) i`);
  return rows.map((row) => [Number(row.place) - 1, toMatchItem(row)]);
}

/** Debts a person may want to see for one receipt: of this amount whoever owes them, and the oldest of the payer. */
export async function findDebtsToShow(
  tx: Tx,
  receipt: { readonly companyId: CompanyId; readonly amount: Money },
  customerId: CustomerId | undefined,
): Promise<readonly MatchItem[]> {
  const { minor, currency } = receipt.amount;
  const where = sql`i.tenant_id = ${tx.tenantId} and i.company_id = ${receipt.companyId} and i.currency = ${currency}`;
  const [sameAmount, ofPayer] = await Promise.all([
    tx.run(sql<ItemRow>`select ${itemColumns} from open_item i where ${where} and i.open_minor = ${minor} and i.open_minor > 0
      limit ${CANDIDATES_MAX}::int`),
    customerId === undefined
      ? []
      : tx.run(sql<ItemRow>`select ${itemColumns} from open_item i where ${where} and i.customer_id = ${customerId}
          and i.open_minor > 0 and i.open_minor <> 0 order by i.due_on, i.id limit ${CANDIDATES_MAX}::int`),
  ]);
  return [...sameAmount, ...ofPayer].map(toMatchItem);
}

/** A payment that waits, with what its bank line says. */
export type WaitingRow = Pick<
  PaymentRow,
  | 'id'
  | 'company_id'
  | 'customer_id'
  | 'currency'
  | 'amount_minor'
  | 'payer_name'
  | 'payer_account'
  | 'reference'
> & {
  readonly structured_reference: string | null;
  readonly end_to_end_id: string | null;
  readonly remittance: string | null;
  readonly returned: boolean | null;
};

const waitingColumns = sql`p.id, p.company_id, p.customer_id, p.currency, p.amount_minor, p.payer_name, p.payer_account, p.reference,
  l.structured_reference, l.end_to_end_id, l.remittance, l.returned`;

/**
 * Receipts that nothing was ever applied from, by id after the one given. What a person took back is not among them: the
 * machine does not do again what a person undid.
 */
export async function findWaiting(
  tx: Tx,
  page: {
    readonly companyId?: string | undefined;
    readonly after?: string | undefined;
    readonly limit: number;
  },
): Promise<readonly WaitingRow[]> {
  const ofCompany = page.companyId === undefined ? sql`` : sql`and p.company_id = ${page.companyId}`;
  const after = page.after === undefined ? sql`` : sql`and i.document_id > ${page.after}`;
  return tx.run(
    sql<WaitingRow>`select ${waitingColumns} from open_item i
    join payment p on p.tenant_id = i.tenant_id and p.id = i.document_id
    left join statement_line l on l.tenant_id = p.tenant_id and l.id = p.statement_line_id
    where i.tenant_id = ${tx.tenantId} and i.account = 'unapplied-cash' and i.open_minor <> 0 and i.open_minor = -p.amount_minor
      and p.returned_on is null ${ofCompany} ${after}
      and not exists (select 1 from open_item o join application a on a.tenant_id = o.tenant_id and a.credit_item_id = o.id
        where o.tenant_id = i.tenant_id and o.document_id = i.document_id and a.method <> 'transfer')
    order by i.document_id limit ${page.limit}::int`,
    { plan: 'fresh' },
  );
}

/** Receipts by id, as they would be matched. */
export async function findReceipts(tx: Tx, ids: readonly string[]): Promise<readonly WaitingRow[]> {
  return tx.run(sql<WaitingRow>`select ${waitingColumns} from payment p
    left join statement_line l on l.tenant_id = p.tenant_id and l.id = p.statement_line_id
    where p.tenant_id = ${tx.tenantId} and p.id = any(${uuids(ids)}) order by p.id`);
}

/** Payments with the one item each that has something left, locked by id; those with none or several are left out. */
export async function lockWhole(
  tx: Tx,
  ids: readonly PaymentId[],
): Promise<
  readonly {
    readonly id: PaymentId;
    readonly itemId: ItemId;
    readonly customerId: CustomerId | null;
    readonly transfers: number;
  }[]
> {
  const [, rows] = await Promise.all([
    tx.run(
      sql`select id from payment where tenant_id = ${tx.tenantId} and id = any(${uuids(ids)}) order by id for update`,
    ),
    tx.run(sql<{ id: PaymentId; item_id: ItemId; customer_id: CustomerId | null; transfers: number }>`
      select p.id, i.id as item_id, i.customer_id, (select count(*)::int from open_item t
          where t.tenant_id = p.tenant_id and t.document_id = p.id and t.kind = 'transfer') as transfers
      from payment p join open_item i on i.tenant_id = p.tenant_id and i.document_id = p.id and i.open_minor = -p.amount_minor
      where p.tenant_id = ${tx.tenantId} and p.id = any(${uuids(ids)}) and p.returned_on is null and p.direction = 'received'
      order by p.id`),
  ]);
  return rows.map((row) => ({
    id: row.id,
    itemId: row.item_id,
    customerId: row.customer_id,
    transfers: row.transfers,
  }));
}
