// SQL that reads the books back: entries with their lines, and what was applied to items. Private like store.ts.

import { sql } from 'kysely';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, EntryId, ItemId } from '#kernel/id.ts';
import type { Account } from './chart.ts';
import type { EntryKind } from './journal.ts';
import type { ItemKind } from './open-item.ts';

/** Which entries: of a document and of all that touched its items, or of a customer. */
export type EntriesOf = { readonly documentId: string } | { readonly customerId: CustomerId };

/** The place of an entry in a list: newest first. */
export type EntryKey = { readonly id: string; readonly posted_on: PlainDate };

/** Ids of entries, newest first. */
export async function findEntryKeys(
  tx: Tx,
  of: EntriesOf,
  page: { readonly after: readonly [PlainDate, string] | undefined; readonly limit: number },
): Promise<readonly EntryKey[]> {
  const [day, id] = page.after ?? [null, null];
  const all =
    'documentId' in of
      ? sql`select e.id, e.posted_on from journal_entry e where e.tenant_id = ${tx.tenantId} and e.document_id = ${of.documentId}
          union select l.entry_id as id, l.posted_on from open_item i
          join journal_line l on l.tenant_id = i.tenant_id and l.item_id = i.id
          where i.tenant_id = ${tx.tenantId} and i.document_id = ${of.documentId}`
      : sql`select distinct l.entry_id as id, l.posted_on from journal_line l
          where l.tenant_id = ${tx.tenantId} and l.customer_id = ${of.customerId} and l.item_id is not null`;
  return tx.run(
    sql<EntryKey>`
      select id, posted_on from (${all}) as found
      where ${day}::date is null or (posted_on, id) < (${day}::date, ${id}::uuid)
      order by posted_on desc, id desc limit ${page.limit}`,
  );
}

/** A line with its entry, the account's name, and the document whose item it moves. */
export type EntryLineRow = {
  readonly entry_id: string;
  readonly company_id: string;
  readonly kind: EntryKind;
  readonly document_id: string;
  readonly posted_on: PlainDate;
  readonly recorded_at: Temporal.Instant;
  readonly reverses_id: string | null;
  readonly functional_currency: string;
  readonly line_count: bigint;
  readonly account: string;
  readonly code: string;
  readonly name: string;
  readonly currency: string;
  readonly amount_minor: bigint;
  readonly functional_minor: bigint;
  readonly item_id: string | null;
  readonly reference: string | null;
};

/** Entries with their lines, `shown` of each at most: those on items of the document named first, then in their order. */
export async function findEntryLines(
  tx: Tx,
  entryIds: readonly string[],
  given: { readonly shown: number; readonly documentId: string | undefined },
): Promise<readonly EntryLineRow[]> {
  return tx.run(sql<EntryLineRow>`
    select l.entry_id, e.company_id, e.kind, e.document_id, e.posted_on, e.recorded_at, e.reverses_id, c.functional_currency,
      l.line_count, l.account, a.code, a.name, l.currency, l.amount_minor, l.functional_minor, l.item_id, l.reference
    from (
      select l.*, i.reference, count(*) over (partition by l.entry_id) as line_count,
        row_number() over (partition by l.entry_id
          order by (i.document_id is not distinct from ${given.documentId ?? null}::uuid) desc, l.line_no) as place
      from journal_line l
      left join open_item i on i.tenant_id = l.tenant_id and i.id = l.item_id
      where l.tenant_id = ${tx.tenantId} and l.entry_id in (select unnest(${arrayLiteral(entryIds)}::uuid[]))
    ) as l
    join journal_entry e on e.tenant_id = l.tenant_id and e.id = l.entry_id
    join company c on c.tenant_id = e.tenant_id and c.id = e.company_id
    join ledger_account a on a.tenant_id = l.tenant_id and a.company_id = l.company_id and a.account = l.account
    where l.place <= ${given.shown}
    order by e.posted_on desc, e.id desc, l.line_no`);
}

/** An application as seen from one of its items, with what stands on the other side. */
export type AppliedRow = {
  readonly id: string;
  readonly item_id: ItemId;
  readonly other_id: ItemId;
  readonly other_kind: ItemKind;
  readonly other_document_id: string;
  readonly other_reference: string;
  readonly currency: string;
  readonly amount_minor: bigint;
  readonly discount_minor: bigint;
  readonly difference_minor: bigint;
  readonly method: string;
  readonly applied_on: PlainDate;
  readonly recorded_at: Temporal.Instant;
  readonly reverses_id: string | null;
  readonly reversed: boolean;
};

const sides = (tx: Tx, itemIds: readonly ItemId[]) => sql`
  (select a.*, a.debit_item_id as item_id, a.credit_item_id as other_id from application a
   where a.tenant_id = ${tx.tenantId} and a.debit_item_id in (select unnest(${arrayLiteral(itemIds)}::uuid[]))
   union all
   select a.*, a.credit_item_id, a.debit_item_id from application a
   where a.tenant_id = ${tx.tenantId} and a.credit_item_id in (select unnest(${arrayLiteral(itemIds)}::uuid[])))`;

/** What was applied to items and taken back, both ways, the latest first. */
export async function findApplied(
  tx: Tx,
  itemIds: readonly ItemId[],
  limit: number,
): Promise<readonly AppliedRow[]> {
  return tx.run(sql<AppliedRow>`
    select a.id, a.item_id, a.other_id, o.kind as other_kind, o.document_id as other_document_id,
      o.reference as other_reference, a.currency, a.amount_minor, a.discount_minor, a.difference_minor, a.method,
      a.applied_on, a.recorded_at, a.reverses_id,
      exists (select 1 from application r where r.tenant_id = a.tenant_id and r.reverses_id = a.id) as reversed
    from ${sides(tx, itemIds)} as a
    join open_item o on o.tenant_id = a.tenant_id and o.id = a.other_id
    order by a.recorded_at desc, a.id desc limit ${limit}`);
}

/** How much of each item was settled, by what kind of item; what was taken back counts against it. */
export async function findSettledByKind(
  tx: Tx,
  itemIds: readonly ItemId[],
): Promise<
  readonly { readonly document_id: string; readonly other_kind: ItemKind; readonly settled_minor: bigint }[]
> {
  return tx.run(sql<{ document_id: string; other_kind: ItemKind; settled_minor: bigint }>`
    select i.document_id, o.kind as other_kind,
      sum(a.amount_minor + case when i.amount_minor > 0 then a.discount_minor + a.difference_minor else 0 end)::bigint
        as settled_minor
    from ${sides(tx, itemIds)} as a
    join open_item i on i.tenant_id = a.tenant_id and i.id = a.item_id
    join open_item o on o.tenant_id = a.tenant_id and o.id = a.other_id
    group by i.document_id, o.kind`);
}

/** An entry that posted a document. */
export type PostingRow = {
  readonly id: EntryId;
  readonly company_id: CompanyId;
  readonly kind: EntryKind;
  readonly document_id: string;
  readonly posted_on: PlainDate;
  readonly functional_currency: string;
};

/** The entries that posted invoices and credit notes. */
export async function findPostings(tx: Tx, documentIds: readonly string[]): Promise<readonly PostingRow[]> {
  return tx.run(
    sql<PostingRow>`
      select e.id, e.company_id, e.kind, e.document_id, e.posted_on, c.functional_currency
      from journal_entry e join company c on c.tenant_id = e.tenant_id and c.id = e.company_id
      where e.tenant_id = ${tx.tenantId} and e.document_id = any(${arrayLiteral(documentIds)}::uuid[])
        and e.kind in ('invoice', 'credit_note')`,
    { plan: 'fresh' },
  );
}

/** A line of an entry as it was posted. */
export type PostingLineRow = {
  readonly entry_id: EntryId;
  readonly account: Account;
  readonly currency: string;
  readonly amount_minor: bigint;
  readonly functional_minor: bigint;
  readonly item_id: ItemId | null;
  readonly customer_id: CustomerId | null;
  readonly due_on: PlainDate | null;
};

/** The lines of entries, in order. Apart from the entries, so that tens of thousands are read in one pass over each table. */
export async function findPostingLines(
  tx: Tx,
  entryIds: readonly EntryId[],
): Promise<readonly PostingLineRow[]> {
  return tx.run(
    sql<PostingLineRow>`
      select entry_id, account, currency, amount_minor, functional_minor, item_id, customer_id, due_on
      from journal_line where tenant_id = ${tx.tenantId} and entry_id = any(${arrayLiteral(entryIds)}::uuid[])
      order by entry_id, line_no`,
    { plan: 'fresh' },
  );
}
