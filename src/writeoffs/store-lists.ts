// SQL of what pages show of write-offs. Reads only.

import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#db/transaction.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { WriteOffRow } from './store.ts';

const all = (parts: readonly RawBuilder<unknown>[]): RawBuilder<unknown> => sql.join(parts, sql` and `);

/** A write-off, with the day it was undone. */
export type ListedWriteOff = WriteOffRow & {
  readonly undone_on: PlainDate | null;
  readonly undone_reason: string | null;
  readonly functional_currency: string;
};

const writeOffs = sql`select w.*, u.undone_on, u.reason as undone_reason, c.functional_currency from write_off w
  join company c on c.tenant_id = w.tenant_id and c.id = w.company_id
  left join write_off_undo u on u.tenant_id = w.tenant_id and u.write_off_id = w.id`;

/** Write-offs, the latest recorded first. */
export async function findWriteOffs(
  tx: Tx,
  filter: {
    readonly companyId?: string | undefined;
    readonly customerId?: string | undefined;
    readonly kind?: string | undefined;
    readonly from?: PlainDate | undefined;
    readonly to?: PlainDate | undefined;
    readonly after?: string | undefined;
    readonly limit: number;
  },
): Promise<readonly ListedWriteOff[]> {
  const parts = [sql`w.tenant_id = ${tx.tenantId}`];
  if (filter.companyId !== undefined) parts.push(sql`w.company_id = ${filter.companyId}`);
  if (filter.customerId !== undefined) parts.push(sql`w.customer_id = ${filter.customerId}`);
  if (filter.kind !== undefined) parts.push(sql`w.kind = ${filter.kind}`);
  if (filter.from !== undefined) parts.push(sql`w.written_off_on >= ${filter.from}`);
  if (filter.to !== undefined) parts.push(sql`w.written_off_on <= ${filter.to}`);
  if (filter.after !== undefined) parts.push(sql`w.id < ${filter.after}::uuid`);
  return tx.run(
    sql<ListedWriteOff>`${writeOffs} where ${all(parts)} order by w.id desc limit ${filter.limit}::int`,
    { plan: 'fresh' },
  );
}

/** One write-off. */
export async function findWriteOff(tx: Tx, id: string): Promise<ListedWriteOff | undefined> {
  return tx.find(sql<ListedWriteOff>`${writeOffs} where w.tenant_id = ${tx.tenantId} and w.id = ${id}`);
}

/** The items that a write-off closed or reduced. */
export async function findWrittenOff(
  tx: Tx,
  id: string,
): Promise<
  readonly {
    readonly item_id: string;
    readonly kind: string;
    readonly document_id: string;
    readonly reference: string;
    readonly due_on: PlainDate;
    readonly amount_minor: bigint;
  }[]
> {
  return tx.run(sql`select i.id as item_id, i.kind, i.document_id, i.reference, i.due_on, a.amount_minor
    from open_item w join application a on a.tenant_id = w.tenant_id and a.credit_item_id = w.id and a.method = 'write_off'
      and a.reverses_id is null
    join open_item i on i.tenant_id = a.tenant_id and i.id = a.debit_item_id
    where w.tenant_id = ${tx.tenantId} and w.document_id = ${id} and w.kind = 'write_off' order by w.instalment`);
}

/** What a company lost in a time and got back, in its functional currency, by the day it was posted. */
export type BadDebtRow = {
  readonly written: bigint;
  readonly undone: bigint;
  readonly recovered: bigint;
  readonly relief: bigint;
  readonly invoiced: bigint;
};

/** The figures of bad debt by the journal: of accounts, so that they are what the books say. */
export async function findBadDebt(
  tx: Tx,
  of: { readonly companyId: string; readonly from: PlainDate; readonly to: PlainDate },
): Promise<BadDebtRow | undefined> {
  return tx.find(sql<BadDebtRow>`
    select coalesce(sum(l.functional_minor) filter (where l.account = 'bad-debt' and e.kind = 'write_off'), 0)::bigint as written,
      coalesce(-sum(l.functional_minor) filter (where l.account = 'bad-debt' and e.kind = 'void'), 0)::bigint as undone,
      coalesce(-sum(l.functional_minor) filter (where l.account = 'bad-debt-recovered'), 0)::bigint as recovered,
      coalesce(sum(l.functional_minor) filter (where l.account = 'tax-relief'), 0)::bigint as relief,
      coalesce(sum(l.functional_minor) filter (where l.account = 'receivables' and e.kind in ('invoice', 'credit_note')), 0)::bigint
        as invoiced
    from journal_line l join journal_entry e on e.tenant_id = l.tenant_id and e.id = l.entry_id
    where l.tenant_id = ${tx.tenantId} and l.company_id = ${of.companyId} and l.posted_on between ${of.from} and ${of.to}
      and l.account in ('bad-debt', 'bad-debt-recovered', 'tax-relief', 'receivables')`);
}
