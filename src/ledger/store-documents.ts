// SQL that lists documents by how their items stand: what is open, what is late, what is settled. Private like store.ts.

import { sql } from 'kysely';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';

/** Which documents. What is left out does not matter. */
export type DocumentFilter = {
  readonly kinds: readonly ('invoice' | 'credit_note')[];
  readonly companyId?: CompanyId | undefined;
  readonly customerId?: CustomerId | undefined;
  readonly issuedFrom?: PlainDate | undefined;
  readonly issuedTo?: PlainDate | undefined;
  /** A number that begins with one of these texts, or one of these customers. */
  readonly either?: DocumentSought | undefined;
};

/** What was typed into a search, understood: beginnings of document numbers, and customers. */
export type DocumentSought = {
  readonly numberStarts: readonly string[];
  readonly customerIds: readonly CustomerId[];
};

/** A document in a list: the day it is sorted by, and what tells equal days apart. */
export type DocumentKey = { readonly document_id: string; readonly day: PlainDate; readonly id: string };

type Page = { readonly after: readonly [PlainDate, string] | undefined; readonly limit: number };

function matches(tx: Tx, filter: DocumentFilter) {
  const { companyId, customerId, issuedFrom, issuedTo, either } = filter;
  const starts = (either?.numberStarts ?? []).map((text) => sql`i.reference ^@ ${text}`);
  const sought = [...starts, sql`i.customer_id = any(${arrayLiteral(either?.customerIds ?? [])}::uuid[])`];
  return sql.join(
    [
      sql`i.tenant_id = ${tx.tenantId}`,
      sql`i.kind = any(${arrayLiteral(filter.kinds)}::text[])`,
      ...(companyId ? [sql`i.company_id = ${companyId}`] : []),
      ...(customerId ? [sql`i.customer_id = ${customerId}`] : []),
      ...(issuedFrom ? [sql`i.posted_on >= ${issuedFrom}`] : []),
      ...(issuedTo ? [sql`i.posted_on <= ${issuedTo}`] : []),
      ...(either ? [sql`(${sql.join(sought, sql` or `)})`] : []),
    ],
    sql` and `,
  );
}

/**
 * Documents with something open, by the day their oldest open instalment is due, oldest first; only those due before a day,
 * if one is given.
 */
export async function findOpenDocuments(
  tx: Tx,
  filter: DocumentFilter & { readonly dueBefore?: PlainDate | undefined },
  page: Page,
): Promise<readonly DocumentKey[]> {
  const [day, id] = page.after ?? [];
  return tx.run(
    sql<DocumentKey>`
      select i.document_id, i.due_on as day, i.id from open_item i
      where ${matches(tx, filter)} and i.open_minor <> 0
        ${filter.dueBefore ? sql`and i.due_on < ${filter.dueBefore}` : sql``}
        ${page.after ? sql`and (i.due_on, i.id) > (${day}::date, ${id}::uuid)` : sql``}
        and not exists (
          select 1 from open_item e where e.tenant_id = i.tenant_id and e.document_id = i.document_id and e.kind = i.kind
            and e.open_minor <> 0 and (e.due_on, e.id) < (i.due_on, i.id))
      order by i.due_on, i.id limit ${page.limit}`,
    { plan: 'fresh' },
  );
}

/** Documents with nothing open that were not voided, by the day of issue, newest first. */
export async function findSettledDocuments(
  tx: Tx,
  filter: DocumentFilter,
  page: Page,
): Promise<readonly DocumentKey[]> {
  const [day, id] = page.after ?? [];
  return tx.run(
    sql<DocumentKey>`
      select i.document_id, i.posted_on as day, i.document_id as id from open_item i
      where ${matches(tx, filter)} and i.kind in ('invoice', 'credit_note') and i.open_minor = 0 and i.instalment = 1
        ${page.after ? sql`and (i.posted_on, i.document_id) < (${day}::date, ${id}::uuid)` : sql``}
        and not exists (
          select 1 from open_item e where e.tenant_id = i.tenant_id and e.document_id = i.document_id
            and (e.kind = 'void' or e.open_minor <> 0))
      order by i.posted_on desc, i.document_id desc limit ${page.limit}`,
    { plan: 'fresh' },
  );
}
