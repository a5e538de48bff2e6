// A credit note as it would be issued now: to be looked at and to be judged; nothing is stored and no number taken.

import type { Tx } from '#db/transaction.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, type InvoiceId, newId } from '#kernel/id.ts';
import { parseDecimal } from '#kernel/percent.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readItemsOfDocuments } from '#ledger/read-items.ts';
import { readCreditable, readReversal } from './credit-invoice.ts';
import { type Extras, givenBy, type NewLine, priceLines, type ReadyDocument } from './document.ts';
import type { DocumentContent } from './document-content.ts';
import { type GivenContent, makeContent, type Parties, takeParties } from './make-content.ts';
import { findInvoice, type InvoiceRow } from './store.ts';
import { findContents } from './store-content.ts';

export type DraftCredit = Extras &
  GivenContent & {
    /** The invoice it corrects; without one it stands by itself. */
    readonly invoiceId?: InvoiceId | undefined;
    readonly companyId: CompanyId;
    readonly customerId: CustomerId;
    readonly currency: string;
    readonly issuedOn?: PlainDate | undefined;
    readonly reason: string;
    readonly reasonNote?: string | undefined;
    /** Left out, the whole invoice. */
    readonly lines?: readonly NewLine[] | undefined;
    readonly note?: string | undefined;
  };

export type PlannedCredit = {
  readonly document: ReadyDocument & { readonly content: DocumentContent };
  readonly parties: Parties;
};

/**
 * The document that issuing this would make. It may be more than its invoice while it is being written: issuing it says no
 * to that.
 *
 * Refuses: `invoice_not_found`, `company_not_found`, `customer_not_found`, what pricing and `makeContent` refuse.
 */
export async function readPlannedCredit(
  tx: Tx,
  input: DraftCredit,
  today: PlainDate,
): Promise<PlannedCredit> {
  const [of, parties] = await Promise.all([
    input.invoiceId === undefined ? undefined : readCorrected(tx, input.invoiceId),
    takeParties(tx, input),
  ]);
  const issuedOn = input.issuedOn ?? today;
  const priced =
    input.lines === undefined && of
      ? of.known.invoice.priced
      : priceLines(input.lines ?? [], input.currency, input);
  const reversal = of && (await readReversal(tx, { ...of.known, items: of.items, ...parties, priced }));
  return {
    parties,
    document: {
      id: newId(),
      kind: 'credit_note',
      companyId: parties.company.id,
      customerId: parties.customer.id,
      issuedOn,
      priced,
      instalments: [{ dueOn: issuedOn, amount: givenBy({ priced, reversal }) }],
      purchaseOrder: (of ? of.row.purchase_order : parties.wish.purchaseOrder) ?? undefined,
      note: input.note,
      reason: { code: input.reason, note: input.reasonNote ?? null },
      reversal,
      content: makeContent(parties, of ? { references: of.references, footnotes: input.footnotes } : input),
      eInvoice: parties.wish.eInvoice ?? undefined,
      ...(of ? correctionOf(of.row) : {}),
    },
  };
}

/** What a credit note takes from the invoice it corrects. */
function correctionOf(row: InvoiceRow): Pick<ReadyDocument, 'correctsId' | 'corrected' | 'rate'> {
  return {
    correctsId: row.id,
    corrected: { number: row.number, issuedOn: row.issued_on },
    rate: parseDecimal(row.rate),
  };
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
    row,
    known,
    items: items.filter((item) => item.kind === 'invoice'),
    references: contents.get(id)?.references,
  };
}
