// Printing invoices and credit notes: read in one transaction, drawn after it.

import type { Tx } from '#db/transaction.ts';
import type { InvoiceDocument } from '#delivery/invoice-document.ts';
import type { Language } from '#delivery/language.ts';
import { renderInvoicePdf } from '#delivery/render-pdf.ts';
import { present } from '#kernel/assert.ts';
import type { InvoiceId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readItemsOfDocuments } from '#ledger/read-items.ts';
import { readAddresses } from '#parties/read-customer.ts';
import { listCompanies, readCustomers } from '#parties/take-party.ts';
import { printedInvoice } from './printed-invoice.ts';
import { findInvoices, findLines, findTaxes, pricedFrom } from './store.ts';

/** What a printed document is told besides its id. */
export type PrintOptions = {
  /** The language of the message that carries it; left out, the customer's. */
  readonly language?: Language | undefined;
};

/**
 * What is printed on documents, as of now, in the order asked for; reading many costs as many round trips as reading one.
 *
 * Refuses: `invoice_not_found`.
 */
export async function readInvoiceDocuments(
  tx: Tx,
  ids: readonly InvoiceId[],
  options: PrintOptions = {},
): Promise<readonly InvoiceDocument[]> {
  const rows = new Map((await findInvoices(tx, ids)).map((row) => [row.id, row]));
  const missing = ids.filter((id) => !rows.has(id));
  if (missing.length > 0) throw new Refusal('invoice_not_found', { invoices: missing.slice(0, 20) });
  const corrected = [...rows.values()].flatMap((row) => row.corrects_id ?? []);
  const customerIds = [...new Set([...rows.values()].map((row) => row.customer_id))];
  const [lines, taxes, items, invoices, customers, addresses, companies] = await Promise.all([
    findLines(tx, ids),
    findTaxes(tx, ids),
    readItemsOfDocuments(tx, ids),
    findInvoices(tx, corrected),
    readCustomers(tx, customerIds),
    readAddresses(tx, customerIds),
    listCompanies(tx),
  ]);
  const linesOf = Map.groupBy(lines, (line) => line.invoice_id);
  const taxesOf = Map.groupBy(taxes, (tax) => tax.invoice_id);
  const itemsOf = Map.groupBy(items, (item) => item.documentId);
  return ids.map((id) => {
    const row = present(rows.get(id), 'every document was found');
    return printedInvoice(
      {
        kind: row.kind,
        number: row.number,
        issuedOn: row.issued_on,
        voidedOn: row.voided_on,
        correctedNumber: invoices.find((invoice) => invoice.id === row.corrects_id)?.number,
        purchaseOrder: row.purchase_order,
        paymentReference: row.payment_reference,
        note: row.note,
        reason: row.reason,
        priced: pricedFrom(row, linesOf.get(id) ?? [], taxesOf.get(id) ?? []),
        items: (itemsOf.get(id) ?? []).filter((item) => item.kind === row.kind),
        company: present(
          companies.find((company) => company.id === row.company_id),
          'a document has its company',
        ),
        customer: present(customers.get(row.customer_id), 'a document has its customer'),
        addresses: addresses.filter((address) => address.customerId === row.customer_id),
      },
      options.language,
    );
  });
}

/** What is printed on one document, as of now. Refuses: `invoice_not_found`. */
export async function readInvoiceDocument(
  tx: Tx,
  id: InvoiceId,
  options: PrintOptions = {},
): Promise<InvoiceDocument> {
  const [document] = await readInvoiceDocuments(tx, [id], options);
  return present(document, 'one document asked for, one read');
}

/** A printed document: what it is called as a file, and its PDF/A. */
export type PrintedFile = { readonly fileName: string; readonly pdf: Uint8Array };

/** Draws a document that was read before; outside of transactions, because it takes a moment. */
export async function printInvoice(document: InvoiceDocument): Promise<PrintedFile> {
  return { fileName: `${document.number}.pdf`, pdf: await renderInvoicePdf(document) };
}
