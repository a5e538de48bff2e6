// Issuing a credit note that corrects no invoice in particular: a bonus, a goodwill gesture. It stands as an open credit.

import { requireApproval } from '#approvals/require-approval.ts';
import type { Command } from '#command/command.ts';
import { present } from '#kernel/assert.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, newId } from '#kernel/id.ts';
import { toDecimal, zero } from '#kernel/money.ts';
import { businessDay } from '#ledger/settle-items.ts';
import { takeWorth } from '#ledger/take-rate.ts';
import { type CreditNoteIssued, recordCreditNote, takeReason } from './credit-invoice.ts';
import { creditMatter } from './crediting.ts';
import { type Extras, type NewLine, priceLines, type ReadyDocument } from './document.ts';
import { issueDocuments } from './issue-documents.ts';
import { type GivenContent, makeContent, takeParties } from './make-content.ts';

export type IssueCreditNote = Extras &
  GivenContent & {
    readonly companyId: CompanyId;
    readonly customerId: CustomerId;
    readonly currency: string;
    /** Left out, today. */
    readonly issuedOn?: PlainDate | undefined;
    /** A code, and words beside it; `other` needs them. */
    readonly reason: string;
    readonly reasonNote?: string | undefined;
    readonly lines: readonly NewLine[];
    readonly note?: string | undefined;
    readonly externalId?: string | undefined;
    readonly series?: string | undefined;
  };

/**
 * Issues a credit note of its own. An archived customer can be given one: what it is owed must be booked.
 *
 * Refuses: `company_not_found`, `customer_not_found`, `dated_in_future`, `external_id_taken`, what `checkReason`, pricing,
 * posting and `requireApproval` refuse.
 */
export const issueCreditNote: Command<IssueCreditNote, CreditNoteIssued> = {
  name: 'issue-credit-note',
  permission: 'invoice.credit',
  constraints: { invoice_external_id: 'external_id_taken', invoice_number: 'invoice_number_taken' },
  async run(act, input) {
    const [parties, reason] = await Promise.all([takeParties(act, input), takeReason(act, input)]);
    const { company, customer } = parties;

    const issuedOn = businessDay(input.issuedOn, act.today);
    const priced = priceLines(input.lines, input.currency, input);
    const document: ReadyDocument = {
      id: newId(),
      kind: 'credit_note',
      companyId: company.id,
      customerId: customer.id,
      issuedOn,
      priced,
      instalments: [{ dueOn: issuedOn, amount: priced.total }],
      purchaseOrder: parties.wish.purchaseOrder ?? undefined,
      note: input.note,
      externalId: input.externalId,
      reason,
      content: makeContent(parties, input),
      eInvoice: parties.wish.eInvoice ?? undefined,
    };

    await requireApproval(act, creditMatter(document, customer.name), takeWorth);

    const [issued] = await issueDocuments(act, company, [document], { series: input.series ?? '' });
    const result: CreditNoteIssued = {
      creditNoteId: document.id,
      number: present(issued, 'one document in, one document out').number,
      total: toDecimal(priced.total),
      currency: input.currency,
      applied: toDecimal(zero(input.currency)),
      open: toDecimal(priced.total),
      discount: toDecimal(zero(input.currency)),
      items: [],
    };
    await recordCreditNote(act, document, result);
    return result;
  },
};
