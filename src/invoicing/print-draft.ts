// What an invoice would look like if it were issued now, drawn from what is written so far; nothing is stored and no number taken.

import type { Tx } from '#db/transaction.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { InvoiceDocument } from '#printing/invoice-document.ts';
import { readCustomerLanguages, readLooks } from '#printing/read-looks.ts';
import { lastDue } from './document.ts';
import { draftNumber } from './document-words.ts';
import { documentPosting } from './posting.ts';
import { printedInvoice } from './printed-invoice.ts';
import { type PlannedInvoice, readPlanned } from './read-planned.ts';

/**
 * The document as it would be printed, in the customer's language, with a word in the place of its number.
 *
 * Refuses: what issuing it would refuse before a number is taken.
 */
export async function readDraftDocument(
  tx: Tx,
  input: PlannedInvoice,
  today: PlainDate,
): Promise<InvoiceDocument> {
  const { parties, content, document, attached } = await readPlanned(tx, input, today);
  const { priced, instalments } = document;
  const number = draftNumber(parties.customer.language);
  // The items it would have: what is open of them is what is printed as due.
  const { items } = documentPosting(document, number, priced.total);
  const [looks, seconds] = await Promise.all([
    readLooks(tx, [parties.company]),
    readCustomerLanguages(tx, [parties.customer.id]),
  ]);
  return printedInvoice({
    kind: document.kind,
    number,
    issuedOn: document.issuedOn,
    dueOn: lastDue(instalments),
    voidedOn: null,
    correctedNumber: undefined,
    purchaseOrder: document.purchaseOrder ?? null,
    paymentReference: document.paymentReference ?? null,
    note: document.note ?? null,
    reason: null,
    attached,
    priced,
    items,
    content,
    taxInFunctional: undefined,
    look: looks.get(parties.company.id),
    secondLanguage: seconds.get(parties.customer.id),
  });
}
