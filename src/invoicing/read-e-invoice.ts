// Reading an issued document as an electronic invoice, and what the rules say of it.

import type { Attachment } from '#attachments/attachment.ts';
import { mayBeInEInvoice } from '#attachments/file-kind.ts';
import { readAttachments, readContents } from '#attachments/read-attachments.ts';
import type { Tx } from '#db/transaction.ts';
import type { Finding } from '#einvoice/judge.ts';
import type { EInvoice } from '#einvoice/model.ts';
import { validate } from '#einvoice/validate.ts';
import { present } from '#kernel/assert.ts';
import type { InvoiceId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCompany } from '#parties/take-party.ts';
import { type EInvoiceForm, type EInvoiceProfile, eInvoiceOf } from './e-invoice-of.ts';
import { functionalParts } from './posting.ts';
import { findInvoice, findInvoices, findPriced } from './store.ts';
import { findContents } from './store-content.ts';
import { findCreditReasons, findDiscountReversals } from './store-credits.ts';

/**
 * A document in the terms of EN 16931, as it was issued.
 *
 * Refuses: `invoice_not_found`, `invoice_without_content` (taken over from another system: what it said is not known here).
 */
export async function readEInvoice(tx: Tx, id: InvoiceId, form: EInvoiceForm): Promise<EInvoice> {
  const row = await findInvoice(tx, id);
  if (!row) throw new Refusal('invoice_not_found', { invoiceId: id });
  const [company, pricedById, contents, corrects, reversals, ownReasons, files] = await Promise.all([
    takeCompany(tx, row.company_id),
    findPriced(tx, [row], [id]),
    findContents(tx, [id]),
    row.corrects_id === null ? [] : findInvoices(tx, [row.corrects_id]),
    findDiscountReversals(tx, row.kind === 'credit_note' ? [id] : []),
    row.reason_code === null ? [] : findCreditReasons(tx),
    readAttachments(tx, { documentId: id }),
  ]);
  const priced = present(pricedById.get(id), 'what was found has its amounts');
  const content = contents.get(id);
  if (!content || priced.lines.length === 0)
    throw new Refusal('invoice_without_content', { number: row.number });
  const [corrected] = corrects;
  const isForeign = row.currency !== company.functionalCurrency;
  const functional = money(row.functional_minor, company.functionalCurrency);
  return eInvoiceOf(
    {
      kind: row.kind,
      number: row.number,
      issuedOn: row.issued_on,
      dueOn: row.due_on,
      purchaseOrder: row.purchase_order,
      paymentReference: row.payment_reference,
      note: row.note,
      reason: row.reason_code === null ? null : { code: row.reason_code, note: row.reason },
      ownReasons,
      reversal: reversals.get(id),
      files: await readContents(tx, files.filter(isCarried)),
      priced,
      content,
      corrected: corrected && { number: corrected.number, issuedOn: corrected.issued_on },
      taxInFunctional: isForeign ? functionalParts(priced, functional).tax : undefined,
    },
    form,
  );
}

/** What the rules of a profile say of a document. Refuses: what `readEInvoice` refuses. */
export async function readFindings(
  tx: Tx,
  id: InvoiceId,
  profile: EInvoiceProfile,
): Promise<readonly Finding[]> {
  return validate(await readEInvoice(tx, id, { syntax: 'ubl', profile }), profile);
}

/** Files that the e-invoice carries inside: those it was issued with, of kinds the standard allows. */
function isCarried(file: Attachment): boolean {
  return !file.isSupplement && mayBeInEInvoice(file.mediaType);
}
