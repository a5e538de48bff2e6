// What of issued documents is tax, for whoever takes off or gives back a part of them.

import type { Tx } from '#db/transaction.ts';
import { money } from '#kernel/money.ts';
import { decimalText, parseDecimal } from '#kernel/percent.ts';
import type { TaxShare } from './discount-taxes.ts';
import { findInvoices, findTaxes, findTaxLeft } from './store.ts';

/** The rates of documents that are invoices or credit notes, by document. */
export async function readTaxShares(
  tx: Tx,
  documentIds: readonly string[],
): Promise<ReadonlyMap<string, readonly TaxShare[]>> {
  const ids = [...new Set(documentIds)];
  if (ids.length === 0) return new Map();
  const [documents, taxes] = await Promise.all([findInvoices(tx, ids), findTaxes(tx, ids)]);
  const taxesOf = Map.groupBy(taxes, (row) => row.invoice_id);
  return new Map(
    documents.map((document) => {
      const amount = (minor: bigint) => money(minor, document.currency);
      const rows = (taxesOf.get(document.id) ?? []).map((row) => ({
        category: row.tax_category,
        percent: decimalText(parseDecimal(row.tax_percent)),
        net: amount(row.net_minor),
        tax: amount(row.tax_minor),
      }));
      const inOneSum = {
        category: '',
        percent: '',
        net: amount(document.net_minor),
        tax: amount(document.tax_minor),
      };
      return [document.id, rows.length > 0 ? rows : [inOneSum]];
    }),
  );
}

/** What of a document is tax, and of how much, in minor units of its currency. */
export type TaxLeft = { readonly tax: bigint; readonly total: bigint };

/** What of invoices is still tax: of the invoice, less its credit notes that stand. Documents that are no invoices are left out. */
export async function readTaxLeft(
  tx: Tx,
  documentIds: readonly string[],
): Promise<ReadonlyMap<string, TaxLeft>> {
  const ids = [...new Set(documentIds)];
  if (ids.length === 0) return new Map();
  return new Map((await findTaxLeft(tx, ids)).map((row) => [row.id, { tax: row.tax, total: row.total }]));
}
