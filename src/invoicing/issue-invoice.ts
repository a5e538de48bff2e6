// Issuing one invoice: what a person or the API does. Load, decide, save: in that order, once.

import { recordFindings } from '#checks/record-findings.ts';
import { decideVerdict } from '#checks/verdict.ts';
import type { Act, Command } from '#command/command.ts';
import type { DeliveryPreference } from '#delivery/preference.ts';
import { readSetting } from '#delivery/read-reach.ts';
import { assert } from '#kernel/assert.ts';
import { addDays, type PlainDate } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, type InvoiceId, newId } from '#kernel/id.ts';
import { toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { archivedRefusal, type Customer } from '#parties/customer.ts';
import { readTermsFor, type TermsInHand } from '#terms/read-terms.ts';
import { planPayment } from '#terms/schedule.ts';
import {
  checkInstalments,
  type Extras,
  type Instalment,
  type NamedFile,
  type NewLine,
  type Priced,
  priceLines,
  type ReadyDocument,
} from './document.ts';
import type { DocumentContent } from './document-content.ts';
import { issueDocuments } from './issue-documents.ts';
import { type GivenContent, makeContent, takeParties } from './make-content.ts';
import { type OpenDraft, readCheckRules, readIssueFindings } from './read-issue-findings.ts';

export type IssueInvoice = Extras &
  GivenContent & {
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
    /**
     * Warnings somebody saw and issues in spite of, by their ids. Given, even empty, every other warning stops it; left out,
     * nobody is asked, and warnings are kept with the invoice as such.
     */
    readonly accept?: readonly string[] | undefined;
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
 * Issues an invoice: it gets the next number of its series and is then immutable. It is due when the caller says, in the
 * instalments the caller names, or else by the customer's payment terms or those the company gives by default.
 *
 * It is checked first, by the rules of the company and the customer (`checks`).
 *
 * Refuses: `company_not_found`, `customer_not_found`, `customer_archived`, `no_due_date`, `due_date_twice`,
 * `issued_too_far_ahead`, `external_id_taken`, `invoice_number_taken`, what `decideVerdict`, `makeContent`, pricing, instalments,
 * posting and the e-invoice its customer wants refuse.
 */
export const issueInvoice: Command<IssueInvoice, InvoiceIssued> = {
  name: 'issue-invoice',
  permission: 'invoice.issue',
  constraints: { invoice_external_id: 'external_id_taken', invoice_number: 'invoice_number_taken' },
  run: (act, input) => issueOne(act, input),
};

/** What is known of a draft that is issued: which others are open, and the files that become the invoice's. */
export type KnownOfDraft = {
  readonly others: readonly OpenDraft[];
  readonly files: readonly NamedFile[];
};

/** Issues one invoice as a part of a command. Refuses: what `issueInvoice` refuses. */
export async function issueOne(
  act: Act,
  input: IssueInvoice,
  known: KnownOfDraft = { others: [], files: [] },
): Promise<InvoiceIssued> {
  const [parties, setting, rules] = await Promise.all([
    takeParties(act, input),
    readSetting(act, input.companyId),
    readCheckRules(act, input.companyId, input.customerId),
  ]);
  const { company, customer } = parties;

  const isPlanned = input.dueOn === undefined && input.instalments === undefined;
  const terms = isPlanned ? await readTermsFor(act, { company, customer }, input.issuedOn) : undefined;

  const content = makeContent(parties, input);
  const { today } = act;
  const { files, others } = known;
  const document = decideInvoice(input, { today, customer, terms, content, wish: parties.wish, files });
  checkInstalments(document.instalments, document.priced.total, document.issuedOn);
  const findings = await readIssueFindings(act, document, parties, rules, {
    today,
    lock: true,
    drafts: others,
  });
  const kept = decideVerdict(findings, input.accept);

  const [issued] = await issueDocuments(act, company, [document], { series: input.series ?? '' });
  assert(issued !== undefined, 'one document in, one document out');
  recordFindings(act, document.id as InvoiceId, kept);
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
      ...(setting.deliversOnIssue ? { deliver: true } : {}),
    },
  });
  return {
    invoiceId: document.id,
    number: issued.number,
    total: toDecimal(total),
    currency: total.currency,
  };
}

/**
 * The document that an invoice request asks for. Pure.
 *
 * Refuses: `customer_archived`, `issued_too_far_ahead`, `no_due_date`, `due_date_twice`, what pricing refuses.
 */
export function decideInvoice(
  input: IssueInvoice,
  known: {
    readonly today: PlainDate;
    readonly customer: Customer;
    readonly terms: TermsInHand | undefined;
    readonly content: DocumentContent;
    readonly wish: Pick<DeliveryPreference, 'eInvoice' | 'purchaseOrder'>;
    readonly files: readonly NamedFile[];
  },
): ReadyDocument {
  const refusal = archivedRefusal(known.customer);
  if (refusal) throw new Refusal(refusal, { number: known.customer.number });
  checkIssueDay(input.issuedOn, known.today);
  const priced = priceLines(input.lines, input.currency, input);
  return {
    id: newId(),
    kind: 'invoice',
    companyId: input.companyId,
    customerId: input.customerId,
    issuedOn: input.issuedOn,
    priced,
    instalments: decideInstalments(input, priced, known.terms),
    terms: known.terms,
    purchaseOrder: input.purchaseOrder ?? known.wish.purchaseOrder ?? undefined,
    paymentReference: input.paymentReference,
    note: input.note,
    externalId: input.externalId,
    content: known.content,
    files: known.files,
    eInvoice: known.wish.eInvoice ?? undefined,
  };
}

/** Refuses: `issued_too_far_ahead`. */
function checkIssueDay(issuedOn: PlainDate, today: PlainDate): void {
  if (Temporal.PlainDate.compare(issuedOn, addDays(today, AHEAD_DAYS_MAX)) > 0)
    throw new Refusal('issued_too_far_ahead', { issuedOn: issuedOn.toString(), today: today.toString() });
}

function decideInstalments(
  input: Pick<IssueInvoice, 'instalments' | 'dueOn' | 'issuedOn'>,
  { total, net }: Priced,
  known: TermsInHand | undefined,
): readonly Instalment[] {
  if (input.instalments && input.dueOn) throw new Refusal('due_date_twice');
  if (input.instalments) return input.instalments;
  if (input.dueOn) return [{ dueOn: input.dueOn, amount: total }];
  if (!known) throw new Refusal('no_due_date');
  const { terms, calendar, policy } = known;
  return planPayment(terms.rules, { issuedOn: input.issuedOn, total, net, base: policy.base }, calendar);
}
