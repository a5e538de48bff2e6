// SQL that reads charges for people: lists, one charge with its parts and sheet, exclusions of an invoice.

import { sql } from 'kysely';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { parseDecimal } from '#kernel/percent.ts';
import type { Span } from './accrual.ts';
import type { Part, PartKind } from './charging.ts';
import type { ChargeRow, ExclusionRow } from './store.ts';

/** A charge with what is open of it (signed as in the books) and when it was taken back, if it was. */
export type ListedCharge = ChargeRow & {
  readonly item_id: ItemId;
  readonly open_minor: bigint;
  readonly undone_on: PlainDate | null;
};

const listed = (tx: Tx, where: ReturnType<typeof sql>) => sql<ListedCharge>`
  select c.*, i.id as item_id, i.open_minor, u.undone_on from charge c
  join open_item i on i.tenant_id = c.tenant_id and i.document_id = c.id and i.kind = c.kind
  left join charge_undo u on u.tenant_id = c.tenant_id and u.charge_id = c.id
  where c.tenant_id = ${tx.tenantId} and ${where}`;

/** A page of charges, the latest first. */
export async function findChargePage(
  tx: Tx,
  filter: {
    readonly companyId?: CompanyId | undefined;
    readonly customerId?: CustomerId | undefined;
    readonly openOnly: boolean;
  },
  page: { readonly after: readonly [PlainDate, string] | undefined; readonly limit: number },
): Promise<readonly ListedCharge[]> {
  const [day, id] = page.after ?? [];
  const conditions = [
    sql`true`,
    ...(filter.companyId ? [sql`c.company_id = ${filter.companyId}`] : []),
    ...(filter.customerId ? [sql`c.customer_id = ${filter.customerId}`] : []),
    ...(filter.openOnly ? [sql`i.open_minor <> 0`] : []),
    ...(day && id ? [sql`(c.charged_on, c.id) < (${day}, ${id}::uuid)`] : []),
  ];
  return tx.run(
    sql<ListedCharge>`${listed(tx, sql.join(conditions, sql` and `))}
      order by c.charged_on desc, c.id desc limit ${page.limit}`,
    { plan: 'fresh' },
  );
}

/** One charge, with the waivers of it, the earliest first; the charge itself stands first. */
export async function findChargeWithWaivers(tx: Tx, id: string): Promise<readonly ListedCharge[]> {
  return tx.run(
    sql<ListedCharge>`${listed(tx, sql`(c.id = ${id} or c.corrects_id = ${id})`)}
      order by c.id <> ${id}, c.recorded_at, c.id`,
  );
}

/** Charges by id. */
export async function findCharges(tx: Tx, ids: readonly string[]): Promise<readonly ListedCharge[]> {
  return tx.run(sql<ListedCharge>`${listed(tx, sql`c.id = any(${arrayLiteral(ids)}::uuid[])`)}`);
}

/** The parts of a charge with their sheets, in order. */
export async function findParts(
  tx: Tx,
  charge: Pick<ChargeRow, 'id' | 'currency'>,
): Promise<readonly Part[]> {
  const [parts, spans] = await Promise.all([
    tx.run(
      sql<{
        part_no: number;
        kind: PartKind;
        item_id: ItemId | null;
        document_id: string | null;
        fee_id: string | null;
        reference: string;
        from_on: PlainDate | null;
        to_on: PlainDate | null;
        amount_minor: bigint;
        policy_id: string | null;
      }>`select * from charge_part where tenant_id = ${tx.tenantId} and charge_id = ${charge.id} order by part_no`,
    ),
    tx.run(sql<{
      part_no: number;
      from_on: PlainDate;
      to_on: PlainDate;
      days: number;
      year_days: Span['yearDays'];
      base_minor: bigint;
      percent: string;
      source: string;
      exact: string;
    }>`select part_no, from_on, to_on, days, year_days, base_minor, percent::text as percent, source, exact::text as exact
      from charge_span where tenant_id = ${tx.tenantId} and charge_id = ${charge.id} order by part_no, line_no`),
  ]);
  const spansOf = Map.groupBy(spans, (span) => span.part_no);
  return parts.map((part) => ({
    kind: part.kind,
    itemId: part.item_id,
    documentId: part.document_id,
    feeId: part.fee_id,
    reference: part.reference,
    from: part.from_on,
    to: part.to_on,
    amount: money(part.amount_minor, charge.currency),
    policyId: part.policy_id,
    spans: (spansOf.get(part.part_no) ?? []).map((span) => ({
      from: span.from_on,
      to: span.to_on,
      days: span.days,
      yearDays: span.year_days,
      baseMinor: span.base_minor,
      percent: parseDecimal(span.percent),
      source: span.source,
      exact: BigInt(span.exact),
    })),
  }));
}

/** What of items is or was left out of interest, the latest first. */
export async function findAllExclusions(
  tx: Tx,
  itemIds: readonly ItemId[],
): Promise<readonly (ExclusionRow & { readonly currency: string })[]> {
  return tx.run(sql<ExclusionRow & { readonly currency: string }>`
    select e.*, i.currency from charge_exclusion e
    join open_item i on i.tenant_id = e.tenant_id and i.id = e.item_id
    where e.tenant_id = ${tx.tenantId} and e.item_id = any(${arrayLiteral(itemIds)}::uuid[])
    order by e.recorded_at desc, e.id desc`);
}

/** The fixed sum charged for an invoice less what was given back, minor units. */
export async function findFixedSum(tx: Tx, documentId: string): Promise<bigint> {
  const row = await tx.find(sql<{ minor: bigint }>`
    select coalesce(sum(amount_minor), 0)::bigint as minor from charge_part
    where tenant_id = ${tx.tenantId} and document_id = ${documentId} and kind in ('fixed_sum', 'fee_correction')`);
  return row?.minor ?? 0n;
}
