// SQL of open items: reading and locking them, adding new ones, writing what is left.

import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { DB } from '#db/tables.ts';
import type { RunOptions, Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import { type Instant, later, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';
import { BULK_ROWS } from '#kernel/limits.ts';
import { money } from '#kernel/money.ts';
import type { ControlAccount } from './chart.ts';
import type { ItemKind, OpenItem } from './open-item.ts';

type ItemRow = Selectable<DB['open_item']> & {
  readonly functional_currency: string;
  readonly reopened_on: PlainDate | null;
};

function toOpenItem(row: ItemRow): OpenItem {
  return {
    id: row.id as ItemId,
    companyId: row.company_id as CompanyId,
    customerId: row.customer_id as CustomerId | null,
    kind: row.kind as ItemKind,
    documentId: row.document_id,
    instalment: row.instalment,
    reference: row.reference,
    account: row.account as ControlAccount,
    amount: money(row.amount_minor, row.currency),
    open: money(row.open_minor, row.currency),
    functional: money(row.functional_minor, row.functional_currency),
    openFunctional: money(row.open_functional_minor, row.functional_currency),
    postedOn: row.posted_on,
    openSince: row.reopened_on === null ? row.posted_on : later(row.posted_on, row.reopened_on),
    dueOn: row.due_on,
  };
}

/** Items for which a condition on `open_item` holds, in an order. */
async function findItemsWhere(
  tx: Tx,
  condition: RawBuilder<unknown>,
  order: RawBuilder<unknown>,
  ids: readonly string[],
): Promise<readonly OpenItem[]> {
  const many = ids.length > KEPT_PLAN_IDS_MAX;
  const rows = await tx.run(
    many ? selectMany(tx, condition, order) : selectFew(tx, condition, order),
    planFor(ids),
  );
  return rows.map(toOpenItem);
}

const selectFew = (tx: Tx, condition: RawBuilder<unknown>, order: RawBuilder<unknown>) => sql<ItemRow>`
  select open_item.*, company.functional_currency, ${REOPENED_ON} as reopened_on
  from open_item join company on company.tenant_id = open_item.tenant_id and company.id = open_item.company_id
  where open_item.tenant_id = ${tx.tenantId} and ${condition} order by ${order}`;

/** The last day on which more was given back to an item than was applied to it. */
const REOPENED_ON = sql<PlainDate | null>`(select max(given.applied_on) from (
    select a.applied_on from application a where a.tenant_id = open_item.tenant_id and a.debit_item_id = open_item.id
    group by a.applied_on having sum(a.amount_minor + a.discount_minor + a.difference_minor) < 0
    union all
    select a.applied_on from application a where a.tenant_id = open_item.tenant_id and a.credit_item_id = open_item.id
    group by a.applied_on having sum(a.amount_minor) < 0) as given)`;

/** The same of tens of thousands: their applications are gone through once, in place of two look-ups for each item. */
const selectMany = (tx: Tx, condition: RawBuilder<unknown>, order: RawBuilder<unknown>) => sql<ItemRow>`
  with item as materialized (select * from open_item where tenant_id = ${tx.tenantId} and ${condition}),
  reopened as materialized (
    select id, max(applied_on) as reopened_on from (
      select item.id, a.applied_on from item join application a on a.tenant_id = ${tx.tenantId} and a.debit_item_id = item.id
      group by item.id, a.applied_on having sum(a.amount_minor + a.discount_minor + a.difference_minor) < 0
      union all
      select item.id, a.applied_on from item join application a on a.tenant_id = ${tx.tenantId} and a.credit_item_id = item.id
      group by item.id, a.applied_on having sum(a.amount_minor) < 0) as given group by id)
  select item.*, company.functional_currency, reopened.reopened_on
  from item join company on company.tenant_id = item.tenant_id and company.id = item.company_id
  left join reopened on reopened.id = item.id order by ${order}`;

/**
 * Reads and locks items in id order, so that two writers wait for each other and never deadlock. What is open is read by a
 * statement of its own, after the locks are there: read with them, what was applied or taken back meanwhile would be missed.
 */
export async function lockItems(tx: Tx, ids: readonly ItemId[]): Promise<readonly OpenItem[]> {
  const wanted = sql`id = any(${arrayLiteral(ids)}::uuid[])`;
  const [, items] = await Promise.all([
    tx.run(
      sql`select id from open_item where tenant_id = ${tx.tenantId} and ${wanted} order by id for update`,
      planFor(ids),
    ),
    findItems(tx, ids),
  ]);
  return items;
}

/** Holds what is open of customers until the transaction ends, in id order; read after that, it is what nobody changes meanwhile. */
export async function lockOpenItemsOf(tx: Tx, customerIds: readonly CustomerId[]): Promise<void> {
  await tx.run(
    sql`select id from open_item where tenant_id = ${tx.tenantId} and open_minor <> 0
      and customer_id = any(${arrayLiteral(customerIds)}::uuid[]) order by id for update`,
    planFor(customerIds),
  );
}

/** When the books last moved any of these items after a moment, if so: for what is about to be recorded under that moment. */
export async function findMovedSince(
  tx: Tx,
  ids: readonly ItemId[],
  moment: Instant,
): Promise<Instant | undefined> {
  const rows = await tx.run(
    sql<{ moved_at: Instant | null }>`select max(recorded_at) as moved_at from journal_line
      where tenant_id = ${tx.tenantId} and item_id = any(${arrayLiteral(ids)}::uuid[]) and recorded_at > ${moment}::timestamptz`,
    planFor(ids),
  );
  return rows[0]?.moved_at ?? undefined;
}

/**
 * How a look-up of many ids is planned. Planned afresh, the ids are known and looked up in a hash table whatever way the
 * rows are reached, so that it takes one pass at worst; joined, or with a kept plan, an import right before it (no
 * statistics yet) could cost the product of rows and ids.
 */
function planFor(ids: readonly string[]): RunOptions {
  return { plan: ids.length > KEPT_PLAN_IDS_MAX ? 'fresh' : 'kept' };
}

/** Beyond so many ids planning afresh costs less than comparing. */
const KEPT_PLAN_IDS_MAX = 50;

/** The items of documents, without locks, in order of instalment. */
export async function findItemsOfDocuments(
  tx: Tx,
  documentIds: readonly string[],
): Promise<readonly OpenItem[]> {
  const theirs = sql`document_id = any(${arrayLiteral(documentIds)}::uuid[])`;
  return findItemsWhere(tx, theirs, sql`document_id, instalment`, documentIds);
}

/** An item of a document by its id, for who locks it before looking. */
export type ItemOfDocument = {
  readonly id: ItemId;
  readonly documentId: string;
  readonly kind: ItemKind;
};

/** Which items documents have, in order of instalment. */
export async function findItemIdsOfDocuments(
  tx: Tx,
  documentIds: readonly string[],
): Promise<readonly ItemOfDocument[]> {
  return tx.run(
    sql<ItemOfDocument>`select id, document_id as "documentId", kind from open_item
      where tenant_id = ${tx.tenantId} and document_id = any(${arrayLiteral(documentIds)}::uuid[])
      order by document_id, instalment`,
    planFor(documentIds),
  );
}

/** Items by id, in order of their ids, without locks. */
export async function findItems(tx: Tx, ids: readonly ItemId[]): Promise<readonly OpenItem[]> {
  return findItemsWhere(tx, sql`open_item.id = any(${arrayLiteral(ids)}::uuid[])`, sql`id`, ids);
}

/** What is open for a customer, oldest due first. */
export async function findOpenItemsOfCustomer(tx: Tx, customerId: CustomerId): Promise<readonly OpenItem[]> {
  const theirs = sql`customer_id = ${customerId} and open_minor <> 0`;
  return findItemsWhere(tx, theirs, sql`due_on, id`, [customerId]);
}

/** Adds new items. */
export function insertItems(act: Act, items: readonly OpenItem[]): void {
  act.insert(
    'open_item',
    items.map((item) => ({
      id: item.id,
      company_id: item.companyId,
      customer_id: item.customerId,
      kind: item.kind,
      document_id: item.documentId,
      instalment: item.instalment,
      reference: item.reference,
      account: item.account,
      currency: item.amount.currency,
      amount_minor: item.amount.minor,
      open_minor: item.open.minor,
      functional_minor: item.functional.minor,
      open_functional_minor: item.openFunctional.minor,
      posted_on: item.postedOn,
      due_on: item.dueOn,
      recorded_at: act.now,
    })),
  );
}

/** Writes what is left of items that were locked before. */
export function updateItems(act: Act, items: readonly OpenItem[]): void {
  for (let start = 0; start < items.length; start += BULK_ROWS)
    updateSome(act, items.slice(start, start + BULK_ROWS));
}

function updateSome(act: Act, items: readonly OpenItem[]): void {
  act.write(
    sql`update open_item set open_minor = n.open_minor, open_functional_minor = n.open_functional_minor
      from unnest(${arrayLiteral(items.map((i) => i.id))}::uuid[], ${arrayLiteral(items.map((i) => i.open.minor))}::bigint[],
        ${arrayLiteral(items.map((i) => i.openFunctional.minor))}::bigint[]) as n(id, open_minor, open_functional_minor)
      where open_item.tenant_id = ${act.tenantId} and open_item.id = n.id`,
    { rows: items.length, rule: 'every settled item is there to be written' },
  );
}
