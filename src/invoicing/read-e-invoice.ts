// Reading an issued document as an electronic invoice, and what the rules say of it.

import { inEInvoice } from '#attachments/attachment.ts';
import { readAttachments, readContents } from '#attachments/read-attachments.ts';
import type { Tx } from '#db/transaction.ts';
import { readPreference } from '#delivery/read-reach.ts';
import type { Finding } from '#einvoice/judge.ts';
import type { EInvoice } from '#einvoice/model.ts';
import { validate } from '#einvoice/validate.ts';
import { writeEInvoice } from '#einvoice/write.ts';
import type { WrittenProfile } from '#einvoice/written-profile.ts';
import type { InvoiceId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCompany } from '#parties/take-party.ts';
import { checkEInvoice } from './e-invoice-findings.ts';
import type { EInvoiceProfile } from './e-invoice-names.ts';
import { type EInvoiceForm, eInvoiceAs, eInvoiceOf, type IssuedWhole } from './e-invoice-of.ts';
import { wholeOfRow } from './issued-whole.ts';
import { findInvoice, findInvoices, findPriced } from './store.ts';
import { findContents } from './store-content.ts';
import { findCreditReasons, findDiscountReversals } from './store-credits.ts';

/**
 * All that a document says, as it was issued. Where it was issued before its customer had an electronic address, it goes to the
 * one of today.
 *
 * Refuses: `invoice_not_found`, `invoice_without_content` (taken over from another system: what it said is not known here).
 */
async function readWhole(tx: Tx, id: InvoiceId): Promise<IssuedWhole> {
  const row = await findInvoice(tx, id);
  if (!row) throw new Refusal('invoice_not_found', { invoiceId: id });
  const [company, pricedById, contents, corrects, reversals, ownReasons, files, wish] = await Promise.all([
    takeCompany(tx, row.company_id),
    findPriced(tx, [row], [id]),
    findContents(tx, [id]),
    row.corrects_id === null ? [] : findInvoices(tx, [row.corrects_id]),
    findDiscountReversals(tx, row.kind === 'credit_note' ? [id] : []),
    row.reason_code === null ? [] : findCreditReasons(tx),
    readAttachments(tx, { documentId: id }),
    readPreference(tx, row.customer_id),
  ]);
  const [corrected] = corrects;
  const parts = {
    company,
    priced: pricedById.get(id),
    content: contents.get(id),
    corrected,
    ownReasons,
    reversal: reversals.get(id),
    files: await readContents(tx, inEInvoice(files)),
  };
  const whole = wholeOfRow(row, parts);
  if (!whole) throw new Refusal('invoice_without_content', { number: row.number });
  const { buyer, seller } = whole.content;
  const content = {
    ...whole.content,
    buyer: { ...buyer, networkAddress: buyer.networkAddress ?? wish.networkAddress },
    seller: { ...seller, networkAddress: seller.networkAddress ?? company.networkAddress },
  };
  return { ...whole, content };
}

/** A document in the terms of EN 16931. Refuses: what `readWhole` refuses. */
export async function readEInvoice(tx: Tx, id: InvoiceId, form: EInvoiceForm): Promise<EInvoice> {
  return eInvoiceOf(await readWhole(tx, id), form);
}

/**
 * A document as the XML that its customer wants.
 *
 * Refuses: what `readWhole` refuses, `einvoice_not_valid` (what breaks the rules is sent to nobody as data).
 */
export async function readXml(tx: Tx, id: InvoiceId, profile: WrittenProfile): Promise<string> {
  const whole = await readWhole(tx, id);
  checkEInvoice(whole, profile);
  return writeEInvoice(eInvoiceAs(whole, profile));
}

/** What the rules of a profile say of a document. Refuses: what `readEInvoice` refuses. */
export async function readFindings(
  tx: Tx,
  id: InvoiceId,
  profile: EInvoiceProfile,
): Promise<readonly Finding[]> {
  return validate(await readEInvoice(tx, id, { syntax: 'ubl', profile }), profile);
}
