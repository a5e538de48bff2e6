// Crediting an invoice, wholly or in part: a credit note that names it, applied to it at once as far as it is open.

import { requireApproval } from '#approvals/require-approval.ts';
import type { Act, Command } from '#command/command.ts';
import { present } from '#kernel/assert.ts';
import { later, type PlainDate } from '#kernel/calendar.ts';
import { type InvoiceId, newId } from '#kernel/id.ts';
import { type Money, money, toDecimal } from '#kernel/money.ts';
import { parseDecimal } from '#kernel/percent.ts';
import { Refusal } from '#kernel/refusal.ts';
import { left, type OpenItem } from '#ledger/open-item.ts';
import { readItemsOfDocuments } from '#ledger/read-items.ts';
import { businessDay, settleItems, takeItems } from '#ledger/settle-items.ts';
import { takeWorth } from '#ledger/take-rate.ts';
import { type Creditable, creditMatter, creditToOwnInvoice, decideCredit } from './crediting.ts';
import type { Extras, NewLine, ReadyDocument } from './document.ts';
import { type IssuedDocument, issueDocuments } from './issue-documents.ts';
import { makeContent, takeParties } from './make-content.ts';
import { findCorrections, findPriced, type InvoiceRow, lockInvoices } from './store.ts';
import { findContents } from './store-content.ts';

export type CreditInvoice = Extras & {
  readonly invoiceId: InvoiceId;
  /** Left out, today, or the day of the invoice if that is later. */
  readonly issuedOn?: PlainDate | undefined;
  readonly reason: string;
  /** Left out, the whole invoice. */
  readonly lines?: readonly NewLine[] | undefined;
  readonly note?: string | undefined;
  readonly externalId?: string | undefined;
  readonly series?: string | undefined;
};

/** A credit note as issued: what was applied at once, and what is left of it. */
export type CreditNoteIssued = {
  readonly creditNoteId: string;
  readonly number: string;
  readonly total: string;
  readonly currency: string;
  readonly applied: string;
  readonly open: string;
};

/**
 * Credits an invoice. It is booked at the invoice's own exchange rate, since it takes back what was booked then. What the
 * invoice has no more open stays an open credit of the customer.
 *
 * Refuses: `invoice_not_found`, what `decideCredit` refuses, `dated_in_future`, `external_id_taken`, what posting and
 * `requireApproval` refuse.
 */
export const creditInvoice: Command<CreditInvoice, CreditNoteIssued> = {
  name: 'credit-invoice',
  permission: 'invoice.credit',
  constraints: { invoice_external_id: 'external_id_taken', invoice_number: 'invoice_number_taken' },
  async run(act, input) {
    // The invoice is locked first, so that two credit notes at once cannot be more than it together.
    const [row] = await lockInvoices(act, [input.invoiceId]);
    if (!row) throw new Refusal('invoice_not_found', { invoiceId: input.invoiceId });
    const [invoice, parties, contents, items] = await Promise.all([
      readCreditable(act, row),
      takeParties(act, row.company_id, row.customer_id),
      findContents(act, [row.id]),
      lockOwnItems(act, row.id),
    ]);

    const issuedOn = businessDay(input.issuedOn, later(act.today, row.issued_on));
    const document = correcting(row, input, {
      issuedOn,
      priced: decideCredit(invoice, input, issuedOn),
      content: makeContent(parties, { references: contents.get(row.id)?.references }),
    });

    await requireApproval(act, creditMatter(document, row.number), takeWorth);

    const [issued] = await issueDocuments(act, parties.company, [document], { series: input.series ?? '' });
    return applyAndRecord(act, present(issued, 'one document in, one document out'), items);
  },
};

async function readCreditable(act: Act, row: InvoiceRow): Promise<Creditable> {
  const [priced, corrections] = await Promise.all([
    findPriced(act, [row], [row.id]),
    findCorrections(act, [row.id]),
  ]);
  return {
    id: row.id,
    kind: row.kind,
    number: row.number,
    issuedOn: row.issued_on,
    voidedOn: row.voided_on,
    priced: present(priced.get(row.id), 'what was asked for is there'),
    credited: creditedBy(corrections, row.currency),
  };
}

/** What credit notes that stand take off together. */
export function creditedBy(corrections: readonly InvoiceRow[], currency: string): Money {
  const standing = corrections.filter((row) => row.voided_on === null);
  return money(
    standing.reduce((total, row) => total + row.total_minor, 0n),
    currency,
  );
}

async function lockOwnItems(act: Act, invoiceId: string): Promise<readonly OpenItem[]> {
  const items = await readItemsOfDocuments(act, [invoiceId]);
  const own = items.filter((item) => item.kind === 'invoice');
  return takeItems(
    act,
    own.map((item) => item.id),
  );
}

function correcting(
  row: InvoiceRow,
  input: CreditInvoice,
  decided: Pick<ReadyDocument, 'issuedOn' | 'priced' | 'content'>,
): ReadyDocument {
  return {
    ...decided,
    id: newId(),
    kind: 'credit_note',
    companyId: row.company_id,
    customerId: row.customer_id,
    instalments: [{ dueOn: decided.issuedOn, amount: decided.priced.total }],
    purchaseOrder: row.purchase_order ?? undefined,
    note: input.note,
    externalId: input.externalId,
    correctsId: row.id,
    reason: input.reason,
    rate: parseDecimal(row.rate),
  };
}

function applyAndRecord(
  act: Act,
  issued: IssuedDocument,
  invoiceItems: readonly OpenItem[],
): CreditNoteIssued {
  const { document, number } = issued;
  const creditItem = present(issued.items[0], 'a credit note has an item');
  const wanted = creditToOwnInvoice(creditItem, invoiceItems);
  const after =
    wanted.length === 0
      ? creditItem
      : present(
          settleItems(act, [...invoiceItems, creditItem], wanted, {
            documentId: document.id,
            kind: 'application',
            on: invoiceItems.map((item) => item.openSince).reduce(later, document.issuedOn),
          }).items.find((item) => item.id === creditItem.id),
          'the credit note is among the settled items',
        );
  const { total } = document.priced;
  const result: CreditNoteIssued = {
    creditNoteId: document.id,
    number,
    total: toDecimal(total),
    currency: total.currency,
    applied: toDecimal(money(left(creditItem) - left(after), total.currency)),
    open: toDecimal(money(left(after), total.currency)),
  };
  recordCreditNote(act, document, result);
  return result;
}

/** Records that a credit note was issued. */
export function recordCreditNote(act: Act, document: ReadyDocument, result: CreditNoteIssued): void {
  const { number, total, currency, applied, open } = result;
  act.record({
    type: 'credit_note.issued',
    subjectId: document.id,
    customerId: document.customerId,
    data: {
      number,
      total,
      currency,
      applied,
      open,
      correctsId: document.correctsId,
      reason: document.reason,
    },
  });
}
