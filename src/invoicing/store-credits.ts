// SQL of what only credit notes have: reasons of the tenant's own, and what was taken back of discounts.

import { sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import { jsonText } from '#kernel/canonical.ts';
import { money } from '#kernel/money.ts';
import type { DiscountReversal } from './discount-reversal.ts';
import type { OwnReason } from './reason-for-credit.ts';

/** The tenant's own reasons, in the order they are offered. */
export async function findCreditReasons(tx: Tx): Promise<readonly OwnReason[]> {
  return tx.run(sql<OwnReason>`
    select code, label, names from credit_reason where tenant_id = ${tx.tenantId} order by position`);
}

/** Puts these reasons in place of all that the tenant had of its own. */
export function replaceCreditReasonRows(act: Act, reasons: readonly OwnReason[]): void {
  act.write(sql`delete from credit_reason where tenant_id = ${act.tenantId}`);
  act.insert(
    'credit_reason',
    reasons.map(({ code, label, names }, index) => ({
      code,
      label,
      names: jsonText(names ?? {}),
      position: index + 1,
    })),
  );
}

/** Keeps what credit notes take back of discounts. */
export function insertDiscountReversals(
  act: Act,
  reversals: readonly { readonly creditNoteId: string; readonly reversal: DiscountReversal }[],
): void {
  act.insert(
    'discount_reversal',
    reversals.map(({ creditNoteId, reversal }) => ({
      credit_note_id: creditNoteId,
      currency: reversal.discount.currency,
      discount_minor: reversal.discount.minor,
      tax_minor: reversal.tax.minor,
      taxes: reversal.taxes.length === 0 ? null : taxesText(reversal),
      functional_minor: reversal.functional.minor,
      recorded_at: act.now,
    })),
  );
}

/** Taxes as they are kept: minor units as text. */
type KeptTax = {
  readonly category: string;
  readonly percent: string;
  readonly net: string;
  readonly tax: string;
};

function taxesText(reversal: DiscountReversal): string {
  return jsonText(
    reversal.taxes.map(
      (row): KeptTax => ({ ...row, net: row.net.minor.toString(), tax: row.tax.minor.toString() }),
    ),
  );
}

type ReversalRow = {
  readonly credit_note_id: string;
  readonly currency: string;
  readonly functional_currency: string;
  readonly discount_minor: bigint;
  readonly tax_minor: bigint;
  readonly functional_minor: bigint;
  readonly taxes: readonly KeptTax[] | null;
};

/** What credit notes took back of discounts, by credit note, as far as they did. */
export async function findDiscountReversals(
  tx: Tx,
  creditNoteIds: readonly string[],
): Promise<ReadonlyMap<string, DiscountReversal>> {
  if (creditNoteIds.length === 0) return new Map();
  const rows = await tx.run(sql<ReversalRow>`
    select r.*, c.functional_currency from discount_reversal r
    join invoice v on v.tenant_id = r.tenant_id and v.id = r.credit_note_id
    join company c on c.tenant_id = v.tenant_id and c.id = v.company_id
    where r.tenant_id = ${tx.tenantId} and r.credit_note_id = any(${arrayLiteral(creditNoteIds)}::uuid[])`);
  return new Map(rows.map((row) => [row.credit_note_id, toReversal(row)]));
}

function toReversal(row: ReversalRow): DiscountReversal {
  return {
    discount: money(row.discount_minor, row.currency),
    tax: money(row.tax_minor, row.currency),
    functional: money(row.functional_minor, row.functional_currency),
    taxes: (row.taxes ?? []).map((tax) => ({
      ...tax,
      net: money(BigInt(tax.net), row.currency),
      tax: money(BigInt(tax.tax), row.currency),
    })),
  };
}

/** Of invoices: what their credit notes that stand took back of discounts, in minor units, with their numbers. */
export async function findReversedDiscounts(
  tx: Tx,
  invoiceIds: readonly string[],
): Promise<readonly { readonly invoice_id: string; readonly minor: bigint; readonly numbers: string }[]> {
  return tx.run(sql<{ invoice_id: string; minor: bigint; numbers: string }>`
    select v.corrects_id as invoice_id, sum(r.discount_minor)::bigint as minor, string_agg(v.number, ', ' order by v.number) as numbers
    from invoice v join discount_reversal r on r.tenant_id = v.tenant_id and r.credit_note_id = v.id
    where v.tenant_id = ${tx.tenantId} and v.corrects_id = any(${arrayLiteral(invoiceIds)}::uuid[]) and v.voided_on is null
    group by v.corrects_id`);
}
