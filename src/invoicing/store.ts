// All SQL of invoicing. Rows in, domain values out.

import { type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { BatchId, CompanyId, CustomerId, InvoiceId } from '#kernel/id.ts';
import { BULK_ROWS } from '#kernel/limits.ts';
import { decimalText } from '#kernel/percent.ts';
import type { DocumentFilter } from '#ledger/list-documents.ts';
import type { Allowance, DocumentAllowance } from './allowance.ts';
import type { DocumentKind, Priced, ReadyDocument } from './document.ts';
import { contentRow, pricedFrom } from './store-content.ts';

/** A stored invoice or credit note. */
export type InvoiceRow = Omit<
  Selectable<DB['invoice']>,
  'id' | 'kind' | 'company_id' | 'customer_id' | 'corrects_id'
> & {
  readonly id: InvoiceId;
  readonly kind: DocumentKind;
  readonly company_id: CompanyId;
  readonly customer_id: CustomerId;
  readonly corrects_id: InvoiceId | null;
};

export type LineRow = Selectable<DB['invoice_line']>;
export type TaxRowStored = Selectable<DB['invoice_tax']>;
export type AllowanceRow = Selectable<DB['invoice_allowance']>;

/** Adds documents with all they say. */
export function insertDocuments(
  act: Act,
  invoices: readonly NewRow<'invoice'>[],
  documents: readonly ReadyDocument[],
): void {
  act.insert('invoice', invoices);
  act.insert('invoice_line', documents.flatMap(lineRows));
  act.insert('invoice_tax', documents.flatMap(taxRows));
  act.insert('invoice_allowance', documents.flatMap(allowanceRows));
  act.insert(
    'invoice_content',
    documents.flatMap((document) => (document.content ? [contentRow(document.id, document.content)] : [])),
  );
}

function lineRows(document: ReadyDocument): readonly NewRow<'invoice_line'>[] {
  return document.priced.lines.map((line, index) => ({
    invoice_id: document.id,
    line_no: index + 1,
    description: line.description,
    quantity: decimalText(line.quantity),
    unit: line.unit ?? null,
    unit_price: decimalText(line.unitPrice),
    tax_category: line.taxCategory,
    tax_percent: decimalText(line.taxPercent),
    net_minor: line.net.minor,
    detail: line.detail ?? null,
    unit_code: line.unitCode ?? null,
    base_quantity: line.baseQuantity ? decimalText(line.baseQuantity) : '1',
    seller_item: line.sellerItem ?? null,
    buyer_item: line.buyerItem ?? null,
    period_from: line.periodFrom ?? null,
    period_to: line.periodTo ?? null,
    order_line: line.orderLine ?? null,
    note: line.note ?? null,
  }));
}

function taxRows(document: ReadyDocument): readonly NewRow<'invoice_tax'>[] {
  return document.priced.taxes.map((row) => ({
    invoice_id: document.id,
    tax_category: row.category,
    tax_percent: decimalText(row.percent),
    net_minor: row.net.minor,
    tax_minor: row.tax.minor,
    exemption_reason: row.exemptionReason ?? null,
    exemption_code: row.exemptionCode ?? null,
  }));
}

function allowanceRows(document: ReadyDocument): readonly NewRow<'invoice_allowance'>[] {
  const { lines, allowances } = document.priced;
  const row = (allowance: Allowance & Partial<DocumentAllowance>, lineNo: number, index: number) => ({
    invoice_id: document.id,
    line_no: lineNo,
    allowance_no: index + 1,
    kind: allowance.kind,
    amount_minor: allowance.amount.minor,
    base_minor: allowance.base?.minor ?? null,
    percent: allowance.percent ? decimalText(allowance.percent) : null,
    reason: allowance.reason ?? null,
    reason_code: allowance.reasonCode ?? null,
    tax_category: allowance.taxCategory ?? null,
    tax_percent: allowance.taxPercent ? decimalText(allowance.taxPercent) : null,
  });
  return [
    ...allowances.map((allowance, index) => row(allowance, 0, index)),
    ...lines.flatMap((line, at) =>
      (line.allowances ?? []).map((allowance, index) => row(allowance, at + 1, index)),
    ),
  ];
}

/** One document by id. */
export async function findInvoice(tx: Tx, id: InvoiceId): Promise<InvoiceRow | undefined> {
  return tx.find(sql<InvoiceRow>`select * from invoice where tenant_id = ${tx.tenantId} and id = ${id}`);
}

/** Documents that have a number, whosever company it is, voided ones too; the newest first. */
export async function findInvoicesByNumber(tx: Tx, number: string): Promise<readonly InvoiceRow[]> {
  return tx.run(sql<InvoiceRow>`
    select * from invoice where tenant_id = ${tx.tenantId} and number = ${number} order by recorded_at desc, id desc`);
}

/** Documents by id, in no order. */
export async function findInvoices(tx: Tx, ids: readonly string[]): Promise<readonly InvoiceRow[]> {
  return tx.run(
    sql<InvoiceRow>`
      select * from invoice where tenant_id = ${tx.tenantId} and id = any(${arrayLiteral(ids)}::uuid[])`,
    planFor(ids),
  );
}

/** Tax and total of invoices less their credit notes that stand. */
export async function findTaxLeft(
  tx: Tx,
  ids: readonly string[],
): Promise<readonly { readonly id: string; readonly tax: bigint; readonly total: bigint }[]> {
  return tx.run(
    sql<{ id: string; tax: bigint; total: bigint }>`
      select v.id, (v.tax_minor - coalesce(sum(c.tax_minor), 0))::bigint as tax,
        (v.total_minor - coalesce(sum(c.total_minor), 0))::bigint as total
      from invoice v
      left join invoice c on c.tenant_id = v.tenant_id and c.corrects_id = v.id and c.kind = 'credit_note' and c.voided_on is null
      where v.tenant_id = ${tx.tenantId} and v.id = any(${arrayLiteral(ids)}::uuid[]) and v.kind = 'invoice'
      group by v.id, v.tax_minor, v.total_minor`,
    planFor(ids),
  );
}

/** Documents by id, locked against being credited and voided by others, in order of id. */
export async function lockInvoices(tx: Tx, ids: readonly InvoiceId[]): Promise<readonly InvoiceRow[]> {
  return tx.run(
    sql<InvoiceRow>`
      select * from invoice where tenant_id = ${tx.tenantId} and id = any(${arrayLiteral(ids)}::uuid[])
      order by id for update`,
    planFor(ids),
  );
}

/**
 * How a look-up of many ids is planned. Planned afresh, the ids are known and looked up in a hash table whatever way the
 * rows are reached; with a kept plan each row would be compared with each id.
 */
function planFor(ids: readonly string[]): { readonly plan: 'kept' | 'fresh' } {
  return { plan: ids.length > KEPT_PLAN_IDS_MAX ? 'fresh' : 'kept' };
}

/** Beyond so many ids planning afresh costs less than comparing. */
const KEPT_PLAN_IDS_MAX = 50;

/** The lines of documents, in order. */
export async function findLinesOf(tx: Tx, ids: readonly string[]): Promise<readonly LineRow[]> {
  return tx.run(
    sql<LineRow>`
      select * from invoice_line where tenant_id = ${tx.tenantId}
        and invoice_id = any(${arrayLiteral(ids)}::uuid[]) order by invoice_id, line_no`,
    planFor(ids),
  );
}

/** The tax rows of documents, the highest percentage first. */
export async function findTaxes(tx: Tx, ids: readonly string[]): Promise<readonly TaxRowStored[]> {
  return tx.run(
    sql<TaxRowStored>`
      select * from invoice_tax where tenant_id = ${tx.tenantId}
        and invoice_id = any(${arrayLiteral(ids)}::uuid[])
      order by invoice_id, tax_percent desc, tax_category`,
    planFor(ids),
  );
}

/** Credit notes that correct invoices, voided ones too, the latest first. */
export async function findCorrections(tx: Tx, ids: readonly string[]): Promise<readonly InvoiceRow[]> {
  return tx.run(
    sql<InvoiceRow>`
      select * from invoice where tenant_id = ${tx.tenantId} and corrects_id = any(${arrayLiteral(ids)}::uuid[])
      order by recorded_at desc, id desc`,
    planFor(ids),
  );
}

/** Documents by day of issue, newest first; only voided ones, or all. */
export async function findDocumentPage(
  tx: Tx,
  filter: DocumentFilter & { readonly voided: boolean },
  page: { readonly after: readonly [PlainDate, string] | undefined; readonly limit: number },
): Promise<readonly InvoiceRow[]> {
  const { companyId, customerId, issuedFrom, issuedTo, either } = filter;
  const sought = [
    ...(either?.numberStarts ?? []).map((text) => sql`number ^@ ${text}`),
    sql`customer_id = any(${arrayLiteral(either?.customerIds ?? [])}::uuid[])`,
  ];
  const [day, id] = page.after ?? [];
  const conditions = [
    sql`tenant_id = ${tx.tenantId}`,
    ...(filter.kinds.length === 1 ? [sql`kind = ${filter.kinds[0]}`] : []),
    ...(filter.voided ? [sql`voided_on is not null`] : []),
    ...(companyId ? [sql`company_id = ${companyId}`] : []),
    ...(customerId ? [sql`customer_id = ${customerId}`] : []),
    ...(issuedFrom ? [sql`issued_on >= ${issuedFrom}`] : []),
    ...(issuedTo ? [sql`issued_on <= ${issuedTo}`] : []),
    ...(either ? [sql`(${sql.join(sought, sql` or `)})`] : []),
    ...(page.after ? [sql`(issued_on, id) < (${day}::date, ${id}::uuid)`] : []),
  ];
  return tx.run(
    sql<InvoiceRow>`
      select * from invoice where ${sql.join(conditions, sql` and `)}
      order by issued_on desc, id desc limit ${page.limit}`,
    { plan: 'fresh' },
  );
}

/** The documents of an import. */
export async function findBatch(tx: Tx, batchId: BatchId): Promise<readonly InvoiceId[]> {
  const rows = await tx.run(
    sql<{ id: InvoiceId }>`select id from invoice where tenant_id = ${tx.tenantId} and batch_id = ${batchId}`,
  );
  return rows.map((row) => row.id);
}

/** The amounts of documents as they were priced, by id. */
export async function findPriced(
  tx: Tx,
  rows: readonly InvoiceRow[] | Promise<readonly InvoiceRow[]>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Priced>> {
  const [found, lines, taxes, allowances] = await Promise.all([
    rows,
    findLinesOf(tx, ids),
    findTaxes(tx, ids),
    findAllowances(tx, ids),
  ]);
  const linesOf = Map.groupBy(lines, (line) => line.invoice_id);
  const taxesOf = Map.groupBy(taxes, (tax) => tax.invoice_id);
  const allowancesOf = Map.groupBy(allowances, (allowance) => allowance.invoice_id);
  return new Map(
    found.map((row) => [
      row.id,
      pricedFrom(row, {
        lines: linesOf.get(row.id) ?? [],
        taxes: taxesOf.get(row.id) ?? [],
        allowances: allowancesOf.get(row.id) ?? [],
      }),
    ]),
  );
}

/** Allowances and charges of documents and of their lines, in order. */
async function findAllowances(tx: Tx, ids: readonly string[]): Promise<readonly AllowanceRow[]> {
  return tx.run(
    sql<AllowanceRow>`
      select * from invoice_allowance where tenant_id = ${tx.tenantId}
        and invoice_id = any(${arrayLiteral(ids)}::uuid[]) order by invoice_id, line_no, allowance_no`,
    planFor(ids),
  );
}

/** Documents by external id that still stand, in a company. */
export async function findByExternalIds(
  tx: Tx,
  companyId: string,
  externalIds: readonly string[],
): Promise<readonly InvoiceRow[]> {
  return tx.run(sql<InvoiceRow>`
    select * from invoice where tenant_id = ${tx.tenantId} and company_id = ${companyId} and voided_on is null
      and external_id in (select unnest(${arrayLiteral(externalIds)}::text[]))`);
}

/** Notes on which day each document was voided. */
export function updateVoided(
  act: Act,
  voids: readonly { readonly id: InvoiceId; readonly on: PlainDate }[],
): void {
  for (let start = 0; start < voids.length; start += BULK_ROWS) {
    const some = voids.slice(start, start + BULK_ROWS);
    act.write(
      sql`update invoice set voided_on = v.voided_on
        from unnest(${arrayLiteral(some.map((v) => v.id))}::uuid[], ${arrayLiteral(some.map((v) => v.on))}::date[])
          as v(id, voided_on)
        where invoice.tenant_id = ${act.tenantId} and invoice.id = v.id and invoice.voided_on is null`,
      { rows: some.length, rule: 'every document to void stands' },
    );
  }
}

/** Documents of a company by printed number that still stand. */
export async function findByNumbers(
  tx: Tx,
  companyId: string,
  numbers: readonly string[],
): Promise<readonly InvoiceRow[]> {
  return tx.run(sql<InvoiceRow>`
    select * from invoice where tenant_id = ${tx.tenantId} and company_id = ${companyId} and voided_on is null
      and kind in ('invoice', 'credit_note') and number in (select unnest(${arrayLiteral(numbers)}::text[]))`);
}
