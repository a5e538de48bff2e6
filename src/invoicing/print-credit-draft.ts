// What a credit note would look like if it were issued now; nothing is stored and no number taken.

import type { Tx } from '#db/transaction.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, type InvoiceId, newId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readItemsOfDocuments } from '#ledger/read-items.ts';
import type { InvoiceDocument } from '#printing/invoice-document.ts';
import { readLooks } from '#printing/read-looks.ts';
import { readCreditable, readReversal } from './credit-invoice.ts';
import { type Extras, givenBy, type NewLine, priceLines, type ReadyDocument } from './document.ts';
import { draftNumber } from './document-words.ts';
import { makeContent, takeParties } from './make-content.ts';
import { documentPosting } from './posting.ts';
import { printedInvoice } from './printed-invoice.ts';
import { findInvoice } from './store.ts';
import { findContents } from './store-content.ts';
import { findCreditReasons } from './store-credits.ts';

export type DraftCredit = Extras & {
  readonly invoiceId?: InvoiceId | undefined;
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly currency: string;
  readonly issuedOn?: PlainDate | undefined;
  readonly reason: string;
  readonly reasonNote?: string | undefined;
  readonly lines?: readonly NewLine[] | undefined;
  readonly note?: string | undefined;
};

/**
 * A credit note as it would be printed, in the customer's language, with a word in the place of its number. It may be more than
 * its invoice while it is being written: issuing it says no to that.
 *
 * Refuses: `invoice_not_found`, `company_not_found`, `customer_not_found`, what pricing refuses.
 */
export async function readCreditDraft(
  tx: Tx,
  input: DraftCredit,
  today: PlainDate,
): Promise<InvoiceDocument> {
  const [of, parties, ownReasons] = await Promise.all([
    input.invoiceId === undefined ? undefined : readCorrected(tx, input.invoiceId),
    takeParties(tx, input.companyId, input.customerId),
    findCreditReasons(tx),
  ]);
  const issuedOn = input.issuedOn ?? today;
  const priced =
    input.lines === undefined && of
      ? of.known.invoice.priced
      : priceLines(input.lines ?? [], input.currency, input);
  const content = makeContent(parties, { references: of?.references });
  const reversal = of && (await readReversal(tx, { ...of.known, items: of.items, ...parties, priced }));
  const given = givenBy({ priced, reversal });
  const document: ReadyDocument = {
    id: newId(),
    kind: 'credit_note',
    companyId: parties.company.id,
    customerId: parties.customer.id,
    issuedOn,
    priced,
    instalments: [{ dueOn: issuedOn, amount: given }],
    // Drawn in the currency of the document alone: what the books make of it is not on paper.
    reversal: reversal && { ...reversal, functional: reversal.discount },
  };
  const number = draftNumber(parties.customer.language);
  const items = given.minor === 0n ? [] : documentPosting(document, number, priced.total).items;
  return printedInvoice({
    kind: 'credit_note',
    number,
    issuedOn,
    dueOn: issuedOn,
    voidedOn: null,
    correctedNumber: of?.known.invoice.number,
    purchaseOrder: null,
    paymentReference: null,
    note: input.note ?? null,
    reason: { code: input.reason, note: input.reasonNote ?? null },
    ownReasons,
    reversal,
    priced,
    items,
    content,
    taxInFunctional: undefined,
    look: (await readLooks(tx, [parties.company])).get(parties.company.id),
  });
}

async function readCorrected(tx: Tx, id: InvoiceId) {
  const row = await findInvoice(tx, id);
  if (!row) throw new Refusal('invoice_not_found', { invoiceId: id });
  const [known, items, contents] = await Promise.all([
    readCreditable(tx, row),
    readItemsOfDocuments(tx, [id]),
    findContents(tx, [id]),
  ]);
  return {
    known,
    items: items.filter((item) => item.kind === 'invoice'),
    references: contents.get(id)?.references,
  };
}
