// SQL of matching: what a receipt could be for. Read by the columns and indexes made for it; each answer is bounded.

import { type Selectable, sql } from 'kysely';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { Json } from '#kernel/canonical.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';
import { CANDIDATES_MAX, MATCH_BELOW_MAX } from '#kernel/limits.ts';
import { type Money, money } from '#kernel/money.ts';
import type { MatchItem } from './receipt.ts';
import { type PaymentRow, uuids } from './store.ts';

/** Planned anew each time: a plan kept from when the tables were small reads them whole, again and again. */
const FRESH = { plan: 'fresh' } as const;

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

/** Items of invoices, credit notes and charges that stand, by keys of their numbers, at most `NAMED_ITEMS_MAX` for each key. */
export async function findItemsByKeys(
  tx: Tx,
  keys: readonly string[],
): Promise<readonly (readonly [key: string, item: MatchItem])[]> {
  const rows = await tx.run(
    sql<ItemRow & { key: string }>`
    select k.key, i.* from unnest(${arrayLiteral(keys)}::text[]) as k(key) cross join lateral (
      select ${itemColumns} from open_item i
      left join invoice v on v.tenant_id = i.tenant_id and v.id = i.document_id and v.voided_on is null
      where i.tenant_id = ${tx.tenantId} and i.reference_key = k.key
        and (i.kind in ('invoice', 'credit_note') and v.id is not null or i.kind = 'charge')
      limit ${NAMED_ITEMS_MAX}::int) i`,
    FRESH,
  );
  return rows.map((row) => [row.key, toMatchItem(row)]);
}

/** Items of invoices that stand, by the payment reference printed on them, as it was printed. */
export async function findItemsByPaymentReference(
  tx: Tx,
  references: readonly string[],
): Promise<readonly (readonly [reference: string, item: MatchItem])[]> {
  const rows = await tx.run(
    sql<ItemRow & { printed: string }>`
    select k.printed, i.* from unnest(${arrayLiteral(references)}::text[]) as k(printed) cross join lateral (
      select ${itemColumns} from invoice v
      join open_item i on i.tenant_id = v.tenant_id and i.document_id = v.id and i.kind = v.kind
      where v.tenant_id = ${tx.tenantId} and v.payment_reference = k.printed and v.voided_on is null
      limit ${NAMED_ITEMS_MAX}::int) i`,
    FRESH,
  );
  return rows.map((row) => [row.printed, toMatchItem(row)]);
}

/** Customers whose name begins to look like one of these, by name key or by the name itself; at most twenty for each. */
export async function findCustomersByName(
  tx: Tx,
  names: readonly { readonly key: string; readonly name: string }[],
): Promise<readonly { readonly asked: string; readonly id: CustomerId; readonly name: string }[]> {
  return tx.run(
    sql<{ asked: string; id: CustomerId; name: string }>`
    select n.name as asked, c.id, c.name
    from unnest(${arrayLiteral(names.map((n) => n.key))}::text[],
      ${arrayLiteral(names.map((n) => n.name))}::text[]) as n(key, name)
    cross join lateral (
      (select c.id, c.name from customer c where c.tenant_id = ${tx.tenantId} and c.name_key = n.key and n.key <> ''
        and c.archived_at is null limit ${CANDIDATES_MAX}::int)
      union (select c.id, c.name from customer c where c.tenant_id = ${tx.tenantId} and c.name = n.name
        and c.archived_at is null limit ${CANDIDATES_MAX}::int)) c`,
    FRESH,
  );
}

/** Customers read to find one by a name that is nearly its own; parts that fit more of them tell nothing. */
const ALIKE_MAX = 1_000;

/** Customers in whose name one of these parts of words stands, folded. Reads all names: only for what a person looks at. */
export async function findCustomersAlike(
  tx: Tx,
  parts: readonly string[],
): Promise<readonly { readonly id: CustomerId; readonly name: string }[]> {
  if (parts.length === 0) return [];
  const patterns = parts.map((part) => `%${part}%`);
  const rows = await tx.run(
    sql<{ id: CustomerId; name: string }>`select id, name from customer
      where tenant_id = ${tx.tenantId} and archived_at is null and search_text like any(${arrayLiteral(patterns)}::text[])
      limit ${ALIKE_MAX}::int`,
    FRESH,
  );
  return rows.length < ALIKE_MAX ? rows : [];
}

/** A customer of a company whose debts in a currency are looked for. */
export type SoughtDebts = {
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly currency: string;
};

/** All debts of customers, the oldest first, at most so many of each. */
export async function findDebts(
  tx: Tx,
  sought: readonly SoughtDebts[],
  limit: number,
): Promise<readonly MatchItem[]> {
  if (sought.length === 0) return [];
  const rows = await tx.run(
    sql<ItemRow>`
    select i.* from unnest(${uuids(sought.map((s) => s.companyId))}, ${uuids(sought.map((s) => s.customerId))},
      ${arrayLiteral(sought.map((s) => s.currency))}::text[]) as w(company_id, customer_id, currency)
    cross join lateral (
      select ${itemColumns} from open_item i
      where i.tenant_id = ${tx.tenantId} and i.customer_id = w.customer_id and i.open_minor <> 0 and i.open_minor > 0
        and i.account = 'receivables' and i.company_id = w.company_id and i.currency = w.currency
      order by i.due_on, i.id limit ${limit}::int) i`,
    FRESH,
  );
  return rows.map(toMatchItem);
}

/** Open credit notes of customers, the oldest first, at most so many of each. */
export async function findCredits(
  tx: Tx,
  sought: readonly SoughtDebts[],
  limit: number,
): Promise<readonly MatchItem[]> {
  if (sought.length === 0) return [];
  const rows = await tx.run(
    sql<ItemRow>`
    select i.* from unnest(${uuids(sought.map((s) => s.companyId))}, ${uuids(sought.map((s) => s.customerId))},
      ${arrayLiteral(sought.map((s) => s.currency))}::text[]) as w(company_id, customer_id, currency)
    cross join lateral (
      select ${itemColumns} from open_item i
      where i.tenant_id = ${tx.tenantId} and i.customer_id = w.customer_id and i.open_minor <> 0 and i.open_minor < 0
        and i.kind = 'credit_note' and i.company_id = w.company_id and i.currency = w.currency
      order by i.due_on, i.id limit ${limit}::int) i`,
    FRESH,
  );
  return rows.map(toMatchItem);
}

/**
 * Who owes exactly these amounts in one sum, by the place of the question; one more than candidates are shown tells that there
 * are too many.
 */
export async function findOwersOfAmount(
  tx: Tx,
  sought: readonly { readonly companyId: CompanyId; readonly amount: Money }[],
): Promise<readonly (readonly CustomerId[])[]> {
  if (sought.length === 0) return [];
  const rows = await tx.run(
    sql<{ place: bigint; customers: CustomerId[] }>`
    select w.place, array(
      select distinct customer_id from (
        select i.customer_id from open_item i
        where i.tenant_id = ${tx.tenantId} and i.open_minor = w.minor and i.open_minor > 0 and i.customer_id is not null
          and i.account = 'receivables' and i.company_id = w.company_id and i.currency = w.currency
        limit ${OWERS_READ_MAX}::int) o limit ${CANDIDATES_MAX + 1}::int)::text[] as customers
    from unnest(${uuids(sought.map((s) => s.companyId))}, ${arrayLiteral(sought.map((s) => s.amount.currency))}::text[],
      ${arrayLiteral(sought.map((s) => s.amount.minor))}::bigint[]) with ordinality as w(company_id, currency, minor, place)`,
    FRESH,
  );
  const byPlace = new Map(rows.map((row) => [Number(row.place) - 1, row.customers]));
  return sought.map((_, place) => byPlace.get(place) ?? []);
}

/** Debts of one amount that are read to see who owes it; where more are alike, the amount tells nothing. */
const OWERS_READ_MAX = 200;

/** Customers directly below these, by their parent; where one has more than are looked at, one more than that. */
export async function findBelow(
  tx: Tx,
  parentIds: readonly CustomerId[],
): Promise<ReadonlyMap<CustomerId, readonly CustomerId[]>> {
  if (parentIds.length === 0) return new Map();
  const rows = await tx.run(
    sql<{ parent_id: CustomerId; id: CustomerId }>`
    select c.parent_id, c.id from unnest(${uuids(parentIds)}) as p(id) cross join lateral (
      select parent_id, id from customer
      where tenant_id = ${tx.tenantId} and parent_id = p.id and archived_at is null
      order by id limit ${MATCH_BELOW_MAX + 1}::int) c`,
    FRESH,
  );
  const byParent = Map.groupBy(rows, (row) => row.parent_id);
  return new Map([...byParent].map(([parent, below]) => [parent, below.map((row) => row.id)]));
}

/** How many customers there are that could have paid. */
export async function countCustomers(tx: Tx): Promise<number> {
  const [row] = await tx.run(
    sql<{
      count: bigint;
    }>`select count(*) as count from customer where tenant_id = ${tx.tenantId} and archived_at is null`,
  );
  return Number(row?.count ?? 0n);
}

/** The purchase orders on documents of items; items without one are left out. */
export async function findOrders(
  tx: Tx,
  items: readonly Pick<MatchItem, 'id' | 'documentId'>[],
): Promise<ReadonlyMap<ItemId, readonly string[]>> {
  const rows = await tx.run(
    sql<{ id: string; purchase_order: string }>`select v.id, v.purchase_order from invoice v
      where v.tenant_id = ${tx.tenantId} and v.id = any(${uuids(items.map(({ documentId }) => documentId))})
        and v.purchase_order is not null`,
    FRESH,
  );
  const orders = new Map(rows.map((row) => [row.id, [row.purchase_order]]));
  return new Map(
    items.flatMap(({ id, documentId }) => {
      const some = orders.get(documentId);
      return some === undefined ? [] : [[id, some] as const];
    }),
  );
}

/** Debts of just this amount that a person may want to see for a receipt, whoever owes them. */
export async function findDebtsToShow(
  tx: Tx,
  receipt: { readonly companyId: CompanyId; readonly amount: Money },
): Promise<readonly MatchItem[]> {
  const { minor, currency } = receipt.amount;
  const rows = await tx.run(sql<ItemRow>`select ${itemColumns} from open_item i
    where i.tenant_id = ${tx.tenantId} and i.company_id = ${receipt.companyId} and i.currency = ${currency}
      and i.open_minor = ${minor} and i.open_minor > 0 limit ${CANDIDATES_MAX}::int`);
  return rows.map(toMatchItem);
}

/** A payment that waits, with what its bank line says. */
export type WaitingRow = Pick<
  PaymentRow,
  | 'id'
  | 'company_id'
  | 'customer_id'
  | 'currency'
  | 'amount_minor'
  | 'received_on'
  | 'payer_name'
  | 'payer_account'
  | 'reference'
> & {
  readonly structured_reference: string | null;
  readonly end_to_end_id: string | null;
  readonly remittance: string | null;
  readonly returned: boolean | null;
  /** What the bank said besides. */
  readonly details: Json | null;
};

const waitingColumns = sql`p.id, p.company_id, p.customer_id, p.currency, p.amount_minor, p.received_on, p.payer_name, p.payer_account, p.reference,
  l.structured_reference, l.end_to_end_id, l.remittance, l.returned, l.details`;

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
  return tx.run(
    sql<WaitingRow>`select ${waitingColumns} from payment p
    left join statement_line l on l.tenant_id = p.tenant_id and l.id = p.statement_line_id
    where p.tenant_id = ${tx.tenantId} and p.id = any(${uuids(ids)}) order by p.id`,
    FRESH,
  );
}
