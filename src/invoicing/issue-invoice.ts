// Issuing one invoice: what a person or the API does. Load, decide, save: in that order, once.

import type { Command } from '#command/command.ts';
import { assert } from '#kernel/assert.ts';
import { addDays, type PlainDate } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, newId } from '#kernel/id.ts';
import { toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCompany, takeCustomer } from '#parties/take-party.ts';
import { type Instalment, type NewLine, priceLines, type ReadyDocument } from './document.ts';
import { issueDocuments } from './issue-documents.ts';

export type IssueInvoice = {
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly issuedOn: PlainDate;
  /** When all of it is due; left out, the instalments say. */
  readonly dueOn?: PlainDate | undefined;
  readonly instalments?: readonly Instalment[] | undefined;
  readonly currency: string;
  readonly lines: readonly NewLine[];
  readonly purchaseOrder?: string | undefined;
  readonly paymentReference?: string | undefined;
  readonly note?: string | undefined;
  readonly externalId?: string | undefined;
  readonly series?: string | undefined;
};

export type InvoiceIssued = {
  readonly invoiceId: string;
  readonly number: string;
  readonly total: string;
  readonly currency: string;
};

/** How far ahead an invoice may be dated: a slip of the year is caught, a month-end run is not. */
const AHEAD_DAYS_MAX = 366;

/**
 * Issues an invoice: it gets the next number of its series and is then immutable.
 *
 * Refuses: `company_not_found`, `customer_not_found`, `no_due_date`, `issued_too_far_ahead`, `external_id_taken`, what
 * pricing, instalments and posting refuse.
 */
export const issueInvoice: Command<IssueInvoice, InvoiceIssued> = {
  name: 'issue-invoice',
  permission: 'invoice.issue',
  constraints: { invoice_external_id: 'external_id_taken', invoice_number: 'invoice_number_taken' },
  async run(act, input) {
    const [company, customer] = await Promise.all([
      takeCompany(act, input.companyId),
      takeCustomer(act, input.customerId),
    ]);

    const document = decideInvoice(input, act.today);

    const [issued] = await issueDocuments(act, company, [document], { series: input.series ?? '' });
    assert(issued !== undefined, 'one document in, one document out');
    const total = document.priced.total;
    act.record({
      type: 'invoice.issued',
      subjectId: document.id,
      customerId: customer.id,
      data: {
        number: issued.number,
        total: toDecimal(total),
        currency: total.currency,
        dueOn: issued.items.at(-1)?.dueOn.toString(),
      },
    });
    return {
      invoiceId: document.id,
      number: issued.number,
      total: toDecimal(total),
      currency: total.currency,
    };
  },
};

/** The document that an invoice request asks for. Pure. */
function decideInvoice(input: IssueInvoice, today: PlainDate): ReadyDocument {
  if (Temporal.PlainDate.compare(input.issuedOn, addDays(today, AHEAD_DAYS_MAX)) > 0) {
    throw new Refusal('issued_too_far_ahead', {
      issuedOn: input.issuedOn.toString(),
      today: today.toString(),
    });
  }
  const priced = priceLines(input.lines, input.currency);
  const instalments =
    input.instalments ?? (input.dueOn ? [{ dueOn: input.dueOn, amount: priced.total }] : undefined);
  if (!instalments) throw new Refusal('no_due_date');
  return {
    id: newId(),
    kind: 'invoice',
    companyId: input.companyId,
    customerId: input.customerId,
    issuedOn: input.issuedOn,
    priced,
    instalments,
    purchaseOrder: input.purchaseOrder,
    paymentReference: input.paymentReference,
    note: input.note,
    externalId: input.externalId,
  };
}
