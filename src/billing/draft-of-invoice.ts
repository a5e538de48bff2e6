// A draft like an invoice that was issued before: the same for the same customer, dated anew, without what is its alone.

import type { Allowance } from '#invoicing/allowance.ts';
import type { Priced } from '#invoicing/document.ts';
import type { DocumentContent } from '#invoicing/document-content.ts';
import type { Json } from '#kernel/canonical.ts';
import { toDecimal } from '#kernel/money.ts';
import { decimalText } from '#kernel/percent.ts';
import type { DraftBody } from './draft.ts';

/** What is copied of an invoice. */
export type Copied = {
  readonly companyId: string;
  readonly customerId: string;
  readonly currency: string;
  readonly note: string | null;
  readonly purchaseOrder: string | null;
  readonly priced: Priced;
  readonly content: DocumentContent | undefined;
};

/**
 * The body of a draft that says the same. Dates, instalments, delivery and payment reference are of the one invoice and left
 * out; a percentage is taken anew of its own base.
 */
export function draftOfInvoice(invoice: Copied): DraftBody {
  const { priced, content } = invoice;
  return pruned({
    companyId: invoice.companyId,
    customerId: invoice.customerId,
    currency: invoice.currency,
    purchaseOrder: invoice.purchaseOrder,
    note: invoice.note,
    lines: priced.lines.map((line) =>
      pruned({
        description: line.description,
        quantity: decimalText(line.quantity),
        unit: line.unit,
        unitPrice: decimalText(line.unitPrice),
        taxCategory: line.taxCategory,
        taxPercent: decimalText(line.taxPercent),
        detail: line.detail,
        unitCode: line.unitCode,
        baseQuantity: line.baseQuantity && decimalText(line.baseQuantity),
        sellerItem: line.sellerItem,
        buyerItem: line.buyerItem,
        orderLine: line.orderLine,
        note: line.note,
        allowances: line.allowances?.map(allowanceBody),
      }),
    ),
    allowances:
      priced.allowances.length === 0
        ? undefined
        : priced.allowances.map((allowance) => ({
            ...allowanceBody(allowance),
            taxCategory: allowance.taxCategory,
            taxPercent: decimalText(allowance.taxPercent),
          })),
    exemptions: exemptionsOf(priced),
    references: content && pruned({ ...content.references }),
    footnotes: content?.footnotesChosen ? [...content.footnotes] : undefined,
  });
}

function allowanceBody(allowance: Allowance): { readonly [key: string]: Json | undefined } {
  const { kind, percent, reason, reasonCode } = allowance;
  return pruned({
    kind,
    ...(percent ? { percent: decimalText(percent) } : { amount: toDecimal(allowance.amount) }),
    reason,
    reasonCode,
  });
}

function exemptionsOf(priced: Priced): Json | undefined {
  const told = priced.taxes.filter(
    (row) => row.exemptionReason !== undefined || row.exemptionCode !== undefined,
  );
  if (told.length === 0) return undefined;
  return told.map((row) =>
    pruned({ category: row.category, reason: row.exemptionReason, code: row.exemptionCode }),
  );
}

/** Without what says nothing. */
function pruned(values: { readonly [key: string]: Json | null | undefined }): {
  readonly [key: string]: Json | undefined;
} {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== null),
  );
}
