// Printing invoices and credit notes: read in one transaction, drawn after it.

import { readAttachmentsOf } from '#attachments/read-attachments.ts';
import type { Tx } from '#db/transaction.ts';
import { present } from '#kernel/assert.ts';
import type { InvoiceId } from '#kernel/id.ts';
import { type Money, money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readItemsOfDocuments } from '#ledger/read-items.ts';
import type { Company } from '#parties/company.ts';
import { readAddresses } from '#parties/read-customer.ts';
import { listCompanies, readCustomers } from '#parties/take-party.ts';
import type { InvoiceDocument } from '#printing/invoice-document.ts';
import type { Language } from '#printing/language.ts';
import type { CompanyLook, PrintStyle } from '#printing/print-style.ts';
import { readLooks } from '#printing/read-looks.ts';
import { renderInvoicePdf } from '#printing/render-pdf.ts';
import { readItemDiscounts } from '#terms/read-terms.ts';
import type { Priced } from './document.ts';
import { contentAsOfNow } from './document-content.ts';
import { functionalParts } from './posting.ts';
import { printedInvoice } from './printed-invoice.ts';
import { findInvoices, findPriced, type InvoiceRow } from './store.ts';
import { findContents } from './store-content.ts';
import { findCreditReasons, findDiscountReversals } from './store-credits.ts';

/** What a printed document is told besides its id. */
export type PrintOptions = {
  /** The language of the message that carries it; left out, the customer's. */
  readonly language?: Language | undefined;
  /** Another look than the company's, to see what it would be like. */
  readonly style?: PrintStyle | undefined;
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
  const [pricedById, contents, items, invoices, customers, addresses, companies] = await Promise.all([
    findPriced(tx, [...rows.values()], ids),
    findContents(tx, ids),
    readItemsOfDocuments(tx, ids),
    findInvoices(tx, corrected),
    readCustomers(tx, customerIds),
    readAddresses(tx, customerIds),
    listCompanies(tx),
  ]);
  const creditNotes = [...rows.values()].filter((row) => row.kind === 'credit_note').map((row) => row.id);
  const [looks, files, reversals, ownReasons, rights] = await Promise.all([
    readLooks(tx, companies),
    readAttachmentsOf(tx, ids),
    findDiscountReversals(tx, creditNotes),
    creditNotes.length === 0 ? [] : findCreditReasons(tx),
    readItemDiscounts(
      tx,
      items.filter((item) => item.kind === 'invoice').map((item) => item.id),
    ),
  ]);
  const itemsOf = Map.groupBy(items, (item) => item.documentId);
  return ids.map((id) => {
    const row = present(rows.get(id), 'every document was found');
    const company = present(
      companies.find((each) => each.id === row.company_id),
      'a document has its company',
    );
    const customer = present(customers.get(row.customer_id), 'a document has its customer');
    return printedInvoice(
      {
        kind: row.kind,
        number: row.number,
        issuedOn: row.issued_on,
        dueOn: row.due_on,
        voidedOn: row.voided_on,
        correctedNumber: invoices.find((invoice) => invoice.id === row.corrects_id)?.number,
        purchaseOrder: row.purchase_order,
        paymentReference: row.payment_reference,
        note: row.note,
        reason: row.reason_code === null ? null : { code: row.reason_code, note: row.reason },
        ownReasons,
        attached: (files.get(id) ?? []).filter((file) => !file.isSupplement).map((file) => file.name),
        reversal: reversals.get(id),
        priced: present(pricedById.get(id), 'what was found has its amounts'),
        rights,
        items: (itemsOf.get(id) ?? []).filter((item) => item.kind === row.kind),
        // What was issued here reads as it did on its day; what was taken over only knows the parties of today.
        content: contents.get(id) ?? contentAsOfNow(company, customer, addresses),
        taxInFunctional: taxInFunctional(row, company, pricedById.get(id)),
        look: lookOf(looks.get(company.id), options.style),
      },
      options.language,
    );
  });
}

/** The look of the company, with another style where one is tried. */
function lookOf(look: CompanyLook | undefined, tried: PrintStyle | undefined): CompanyLook | undefined {
  return look && tried ? { ...look, style: tried } : look;
}

/** The tax in the company's own currency, where the document is in another and was issued here. */
function taxInFunctional(row: InvoiceRow, company: Company, priced: Priced | undefined): Money | undefined {
  if (row.currency === company.functionalCurrency || !priced || priced.lines.length === 0) return undefined;
  return functionalParts(priced, money(row.functional_minor, company.functionalCurrency)).tax;
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
