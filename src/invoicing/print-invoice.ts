// Printing invoices and credit notes: read in one transaction, drawn after it.

import { type Attachment, inEInvoice, withinPdf } from '#attachments/attachment.ts';
import { readAttachmentsOf, readContents } from '#attachments/read-attachments.ts';
import { paidIn } from '#banking/pay-account.ts';
import type { Tx } from '#db/transaction.ts';
import { hybridInvoice } from '#einvoice/factur-x.ts';
import type { EInvoice } from '#einvoice/model.ts';
import { present } from '#kernel/assert.ts';
import type { InvoiceId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readItemsOfDocuments } from '#ledger/read-items.ts';
import { readAddresses } from '#parties/read-customer.ts';
import { listCompanies, readCustomers } from '#parties/take-party.ts';
import type { InvoiceDocument } from '#printing/invoice-document.ts';
import { type DrawnBefore, drawnOnce, drawOnce, invoiceDrawing } from '#printing/keep-drawn.ts';
import type { DocumentLanguage } from '#printing/language.ts';
import type { Letterhead } from '#printing/letterhead.ts';
import type { PrintExtras } from '#printing/print-extras.ts';
import type { CompanyLook, PrintStyle } from '#printing/print-style.ts';
import { readCustomerLanguages, readLetterheadVersions, readLooks } from '#printing/read-looks.ts';
import { renderInvoicePdf } from '#printing/render-pdf.ts';
import { readAccountsByCustomer } from '#receiving/read-receiving.ts';
import { readItemDiscounts } from '#terms/read-terms.ts';
import { contentAsOfNow, type DocumentContent } from './document-content.ts';
import { dataForPdf } from './e-invoice-findings.ts';
import type { WithoutData } from './e-invoice-names.ts';
import { wholeOfRow } from './issued-whole.ts';
import { printedInvoice } from './printed-invoice.ts';
import { findInvoices, findPriced } from './store.ts';
import { findContents } from './store-content.ts';
import { findCreditReasons, findDiscountReversals } from './store-credits.ts';

/** What a printed document is told besides its id. */
export type PrintOptions = {
  /** The language of the message that carries it; left out, the customer's. */
  readonly language?: DocumentLanguage | undefined;
  /** Another look than the company's, to see what it would be like. */
  readonly style?: PrintStyle | undefined;
  /** Other additions than the company's, to see what they would be like; the customer's own second language is left aside. */
  readonly extras?: PrintExtras | undefined;
  /** Other words at head and foot than it was issued with, to see what they would be like. */
  readonly letterheads?: readonly Letterhead[] | undefined;
  /** Whether the data inside carry the files of the document too; not where many documents go into one mail. */
  readonly withFiles?: boolean | undefined;
};

/** A document to print: what stands on the pages, and the same as data (Factur-X), or why there is none. */
export type PrintableInvoice = {
  readonly document: InvoiceDocument;
  readonly data: EInvoice | WithoutData;
};

/** What is printed on documents, as `readPrintables` reads it, without the data. Refuses: `invoice_not_found`. */
export async function readInvoiceDocuments(
  tx: Tx,
  ids: readonly InvoiceId[],
  options: PrintOptions = {},
): Promise<readonly InvoiceDocument[]> {
  return (await readPrintables(tx, ids, options)).map(({ document }) => document);
}

/**
 * What is printed on documents and inside of them, as of now, in the order asked for; reading many costs as many round trips as
 * reading one.
 *
 * Refuses: `invoice_not_found`.
 */
export async function readPrintables(
  tx: Tx,
  ids: readonly InvoiceId[],
  options: PrintOptions = {},
): Promise<readonly PrintableInvoice[]> {
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
  const [accounts, letterheads] = await Promise.all([
    readAccountsByCustomer(tx, companies, customerIds),
    readLetterheadVersions(
      tx,
      [...contents.values()].flatMap(({ letterheadId }) => letterheadId ?? []),
    ),
  ]);
  const creditNotes = [...rows.values()].filter((row) => row.kind === 'credit_note').map((row) => row.id);
  const [looks, seconds, files, reversals, ownReasons, rights] = await Promise.all([
    readLooks(tx, companies),
    readCustomerLanguages(tx, customerIds),
    readAttachmentsOf(tx, ids),
    findDiscountReversals(tx, creditNotes),
    creditNotes.length === 0 ? [] : findCreditReasons(tx),
    readItemDiscounts(
      tx,
      items.filter((item) => item.kind === 'invoice').map((item) => item.id),
    ),
  ]);
  const carried = options.withFiles ? await readCarried(tx, ids, files) : new Map<InvoiceId, never>();
  const itemsOf = Map.groupBy(items, (item) => item.documentId);
  return ids.map((id) => {
    const row = present(rows.get(id), 'every document was found');
    const company = present(
      companies.find((each) => each.id === row.company_id),
      'a document has its company',
    );
    const customer = present(customers.get(row.customer_id), 'a document has its customer');
    const paidTo = present(accounts.get(customer.id), 'a customer has accounts to pay to');
    const priced = pricedById.get(id);
    const corrected = invoices.find((invoice) => invoice.id === row.corrects_id);
    const content = contents.get(id);
    const reversal = reversals.get(id);
    const parts = { company, priced, content, corrected, ownReasons, reversal, files: carried.get(id) };
    const whole = wholeOfRow(row, parts);
    const document = printedInvoice(
      {
        kind: row.kind,
        number: row.number,
        issuedOn: row.issued_on,
        dueOn: row.due_on,
        voidedOn: row.voided_on,
        correctedNumber: corrected?.number,
        purchaseOrder: row.purchase_order,
        paymentReference: row.payment_reference,
        note: row.note,
        reason: row.reason_code === null ? null : { code: row.reason_code, note: row.reason },
        ownReasons,
        attached: (files.get(id) ?? []).filter((file) => !file.isSupplement).map((file) => file.name),
        reversal,
        priced: present(priced, 'what was found has its amounts'),
        rights,
        items: (itemsOf.get(id) ?? []).filter((item) => item.kind === row.kind),
        // What was issued here reads as it did on its day; what was taken over only knows the parties of today.
        content: content ?? contentAsOfNow(paidIn(company, paidTo, row.currency), customer, addresses),
        taxInFunctional: whole?.taxInFunctional,
        look: lookOf(looks.get(company.id), { content, letterheads }, options),
        secondLanguage: options.extras ? undefined : seconds.get(row.customer_id),
      },
      options.language,
    );
    return { document, data: dataForPdf(row.voided_on, whole) };
  });
}

/** The files that go into the data of documents, with their bytes. */
async function readCarried(
  tx: Tx,
  ids: readonly InvoiceId[],
  files: ReadonlyMap<string, readonly Attachment[]>,
) {
  const wanted = ids.flatMap((id) => withinPdf(inEInvoice(files.get(id) ?? [])));
  const whole = await readContents(tx, wanted);
  return Map.groupBy(whole, (file) => file.documentId as InvoiceId);
}

/**
 * The look of the company as of now with the letterhead the document was issued with, and what is tried in place of what is
 * chosen. What was taken over from another system has the letterhead of today.
 */
function lookOf(
  look: CompanyLook | undefined,
  issued: {
    readonly content: DocumentContent | undefined;
    readonly letterheads: ReadonlyMap<string, readonly Letterhead[]>;
  },
  { style, extras, letterheads: tried }: PrintOptions,
): CompanyLook | undefined {
  if (!look) return undefined;
  const { content, letterheads } = issued;
  const kept = content ? (letterheads.get(content.letterheadId ?? '') ?? []) : look.letterheads.texts;
  return {
    ...look,
    ...(style ? { style } : {}),
    ...(extras ? { extras } : {}),
    letterheads: { ...look.letterheads, texts: tried ?? kept },
  };
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

/** One document to print with its files inside, as of now. Refuses: `invoice_not_found`. */
export async function readPrintable(
  tx: Tx,
  id: InvoiceId,
  options: PrintOptions = {},
): Promise<PrintableInvoice> {
  const [printable] = await readPrintables(tx, [id], { ...options, withFiles: true });
  return present(printable, 'one document asked for, one read');
}

/**
 * Draws documents as `printInvoice` does, in their order, until the taker has enough; those drawn before, and the same as then, are
 * taken from what is kept.
 */
export async function* printInvoicesOnce(
  printables: readonly PrintableInvoice[],
  before: DrawnBefore,
): AsyncGenerator<PrintedFile> {
  const drawings = printables.map(({ document, data }) => invoiceDrawing(document, hybridOf(data)));
  let at = 0;
  for await (const pdf of drawOnce(drawings, before)) {
    yield { fileName: fileNameOf(present(printables[at], 'each drawing is of a document').document), pdf };
    at += 1;
  }
}

/** One document drawn as `printInvoice` does; drawn before and the same as then, it is taken from what is kept. */
export async function printInvoiceOnce(
  { document, data }: PrintableInvoice,
  before: DrawnBefore,
): Promise<PrintedFile> {
  const pdf = await drawnOnce(invoiceDrawing(document, hybridOf(data)), before);
  return { fileName: fileNameOf(document), pdf };
}

const hybridOf = (data: PrintableInvoice['data'] | undefined) =>
  typeof data === 'object' ? hybridInvoice(data) : undefined;

const fileNameOf = ({ number }: InvoiceDocument) => `${number}.pdf`;

/**
 * Draws a document that was read before, with its data inside where it has them; outside of transactions, because it takes a
 * moment. The data are the XML of Factur-X, level EN 16931.
 */
export async function printInvoice({
  document,
  data,
}: Pick<PrintableInvoice, 'document'> & Partial<PrintableInvoice>): Promise<PrintedFile> {
  return { fileName: fileNameOf(document), pdf: await renderInvoicePdf(document, hybridOf(data)) };
}
