// What a credit note would look like if it were issued now; nothing is stored and no number taken.

import type { Tx } from '#db/transaction.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { InvoiceDocument } from '#printing/invoice-document.ts';
import { readCustomerLanguages, readLooks } from '#printing/read-looks.ts';
import { draftNumber } from './document-words.ts';
import { documentPosting } from './posting.ts';
import { printedInvoice } from './printed-invoice.ts';
import { type DraftCredit, readPlannedCredit } from './read-planned-credit.ts';
import { findCreditReasons } from './store-credits.ts';

/**
 * A credit note as it would be printed, in the customer's language, with a word in the place of its number.
 *
 * Refuses: what `readPlannedCredit` refuses.
 */
export async function readCreditDraft(
  tx: Tx,
  input: DraftCredit,
  today: PlainDate,
): Promise<InvoiceDocument> {
  const [{ document: planned, parties }, ownReasons] = await Promise.all([
    readPlannedCredit(tx, input, today),
    findCreditReasons(tx),
  ]);
  const { issuedOn, priced, reversal, content, corrected } = planned;
  // Drawn in the currency of the document alone: what the books make of it is not on paper.
  const document = {
    ...planned,
    rate: undefined,
    reversal: reversal && { ...reversal, functional: reversal.discount },
  };
  const number = draftNumber(parties.customer.language);
  const given = planned.instalments.some(({ amount }) => amount.minor !== 0n);
  const items = given ? documentPosting(document, number, priced.total).items : [];
  const [looks, seconds] = await Promise.all([
    readLooks(tx, [parties.company]),
    readCustomerLanguages(tx, [parties.customer.id]),
  ]);
  return printedInvoice({
    kind: 'credit_note',
    number,
    issuedOn,
    dueOn: issuedOn,
    voidedOn: null,
    correctedNumber: corrected?.number,
    purchaseOrder: planned.purchaseOrder ?? null,
    paymentReference: null,
    note: planned.note ?? null,
    reason: planned.reason ?? null,
    ownReasons,
    reversal,
    priced,
    items,
    content,
    taxInFunctional: undefined,
    look: looks.get(parties.company.id),
    secondLanguage: seconds.get(parties.customer.id),
  });
}
