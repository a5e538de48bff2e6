// From rows to amounts and words of documents, and the SQL of what they say besides their amounts.

import { type Selectable, sql } from 'kysely';
import type { NewRow } from '#db/insert.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import { jsonText } from '#kernel/canonical.ts';
import type { InvoiceId } from '#kernel/id.ts';
import { type Money, money } from '#kernel/money.ts';
import { type Decimal, parseDecimal } from '#kernel/percent.ts';
import type { Allowance, AllowanceKind, DocumentAllowance } from './allowance.ts';
import type { Priced, PricedLine } from './document.ts';
import type { BuyerAtIssue, DeliveryPlace, DocumentContent, SellerAtIssue } from './document-content.ts';
import type { AllowanceRow, InvoiceRow, LineRow, TaxRowStored } from './store.ts';

/** What a document says, as it is kept. */
export function contentRow(id: InvoiceId, content: DocumentContent): NewRow<'invoice_content'> {
  const { references, delivery } = content;
  return {
    invoice_id: id,
    buyer_reference: references.buyerReference ?? null,
    sales_order: references.salesOrder ?? null,
    contract: references.contract ?? null,
    project: references.project ?? null,
    despatch_advice: references.despatchAdvice ?? null,
    receiving_advice: references.receivingAdvice ?? null,
    object: references.object ?? null,
    delivered_on: delivery.deliveredOn ?? null,
    period_from: delivery.periodFrom ?? null,
    period_to: delivery.periodTo ?? null,
    tax_point_on: delivery.taxPointOn ?? null,
    delivery: delivery.delivery ? jsonText(delivery.delivery) : null,
    seller: jsonText(content.seller),
    buyer: jsonText(content.buyer),
    footnotes: jsonText(content.footnotes),
    footnotes_chosen: content.footnotesChosen,
    letterhead_id: content.letterheadId ?? null,
  };
}

type ContentRow = Selectable<DB['invoice_content']>;

/** What documents say, by id; those taken over from another system say nothing. */
export async function findContents(
  tx: Tx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, DocumentContent>> {
  const rows = await tx.run(sql<ContentRow>`
    select * from invoice_content where tenant_id = ${tx.tenantId}
      and invoice_id = any(${arrayLiteral(ids)}::uuid[])`);
  return new Map(rows.map((row) => [row.invoice_id, contentFrom(row)]));
}

function contentFrom(row: ContentRow): DocumentContent {
  return {
    references: {
      buyerReference: row.buyer_reference ?? undefined,
      salesOrder: row.sales_order ?? undefined,
      contract: row.contract ?? undefined,
      project: row.project ?? undefined,
      despatchAdvice: row.despatch_advice ?? undefined,
      receivingAdvice: row.receiving_advice ?? undefined,
      object: row.object ?? undefined,
    },
    delivery: {
      deliveredOn: row.delivered_on ?? undefined,
      periodFrom: row.period_from ?? undefined,
      periodTo: row.period_to ?? undefined,
      taxPointOn: row.tax_point_on ?? undefined,
      delivery: (row.delivery as DeliveryPlace | null) ?? undefined,
    },
    seller: row.seller as SellerAtIssue,
    buyer: row.buyer as BuyerAtIssue,
    footnotes: row.footnotes as readonly string[],
    footnotesChosen: row.footnotes_chosen,
    letterheadId: row.letterhead_id,
  };
}

/** The stored parts of one document that its amounts are made of. */
export type StoredParts = {
  readonly lines: readonly LineRow[];
  readonly taxes: readonly TaxRowStored[];
  readonly allowances: readonly AllowanceRow[];
};

/** The amounts of a document as they were priced. */
export function pricedFrom(row: InvoiceRow, parts: StoredParts): Priced {
  const amount = (minor: bigint) => money(minor, row.currency);
  const allowancesOf = Map.groupBy(parts.allowances, (allowance) => allowance.line_no);
  return {
    lines: parts.lines.map((line) => ({
      ...lineFrom(line),
      ...(allowancesOf.has(line.line_no)
        ? { allowances: (allowancesOf.get(line.line_no) ?? []).map((a) => allowanceFrom(a, amount)) }
        : {}),
      net: amount(line.net_minor),
    })),
    allowances: (allowancesOf.get(0) ?? []).map(
      (allowance): DocumentAllowance => ({
        ...allowanceFrom(allowance, amount),
        taxCategory: allowance.tax_category ?? '',
        taxPercent: parseDecimal(allowance.tax_percent ?? '0'),
      }),
    ),
    taxes: parts.taxes.map((tax) => ({
      category: tax.tax_category,
      percent: parseDecimal(tax.tax_percent),
      net: amount(tax.net_minor),
      tax: amount(tax.tax_minor),
      ...(tax.exemption_reason === null ? {} : { exemptionReason: tax.exemption_reason }),
      ...(tax.exemption_code === null ? {} : { exemptionCode: tax.exemption_code }),
    })),
    net: amount(row.net_minor),
    tax: amount(row.tax_minor),
    rounding: amount(row.rounding_minor),
    total: amount(row.total_minor),
  };
}

function lineFrom(line: LineRow): Omit<PricedLine, 'net' | 'allowances'> {
  const base = parseDecimal(line.base_quantity);
  return {
    description: line.description,
    quantity: parseDecimal(line.quantity),
    unit: line.unit ?? undefined,
    unitPrice: parseDecimal(line.unit_price),
    taxCategory: line.tax_category,
    taxPercent: parseDecimal(line.tax_percent),
    detail: line.detail ?? undefined,
    unitCode: line.unit_code ?? undefined,
    baseQuantity: isOne(base) ? undefined : base,
    sellerItem: line.seller_item ?? undefined,
    buyerItem: line.buyer_item ?? undefined,
    periodFrom: line.period_from ?? undefined,
    periodTo: line.period_to ?? undefined,
    orderLine: line.order_line ?? undefined,
    note: line.note ?? undefined,
  };
}

function isOne(value: Decimal): boolean {
  return value.digits === 10n ** BigInt(value.scale);
}

function allowanceFrom(row: AllowanceRow, amount: (minor: bigint) => Money): Allowance {
  return {
    kind: row.kind as AllowanceKind,
    amount: amount(row.amount_minor),
    base: row.base_minor === null ? undefined : amount(row.base_minor),
    percent: row.percent === null ? undefined : parseDecimal(row.percent),
    reason: row.reason ?? undefined,
    reasonCode: row.reason_code ?? undefined,
  };
}
