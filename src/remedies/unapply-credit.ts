// Taking an application of a credit note back: both sides are open again as before, and a dispute that it had ended too.

import type { Command } from '#command/command.ts';
import { type Reopened, reopenRemedied } from '#disputes/close-dispute.ts';
import { openText, takeCreditNote } from '#invoicing/apply-credit.ts';
import { later, type PlainDate } from '#kernel/calendar.ts';
import type { ApplicationId, InvoiceId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readStandingApplications } from '#ledger/read-items.ts';
import { businessDay, takeItems, unsettleItems } from '#ledger/settle-items.ts';

export type UnapplyCredit = {
  readonly creditNoteId: InvoiceId;
  readonly applicationId: ApplicationId;
  /** Business date; left out, today, or the day of the application if that is later. */
  readonly on?: PlainDate | undefined;
};

export type CreditUnapplied = {
  readonly creditNoteId: string;
  readonly open: string;
  readonly currency: string;
  /** The dispute that it had ended, which is open again. */
  readonly reopened: Reopened | null;
};

/**
 * Takes one application of a credit note back. A dispute of that item which the credit note had ended is open again in the
 * same act: what the customer was right about is not settled any more, and must not be chased.
 *
 * Refuses: `credit_note_not_found`, `invoice_voided`, `application_not_found` (unknown, of another document, or taken back
 * already), `reversed_too_early`, `dated_in_future`, `changed_meanwhile`.
 */
export const unapplyCredit: Command<UnapplyCredit, CreditUnapplied> = {
  name: 'unapply-credit',
  permission: 'payment.apply',
  constraints: { application_tenant_id_reverses_id_key: 'changed_meanwhile' },
  async run(act, input) {
    const { row, ownIds } = await takeCreditNote(act, input.creditNoteId);
    const [application] = await readStandingApplications(act, { ids: [input.applicationId] });
    if (!application || !ownIds.includes(application.creditItemId))
      throw new Refusal('application_not_found', { applications: [input.applicationId] });

    const on = businessDay(input.on, later(act.today, application.appliedOn));
    await unsettleItems(act, { ids: [application.id] }, { documentId: row.id, kind: 'unapplication', on });

    await act.settle();
    const open = openText(await takeItems(act, ownIds), row.currency);
    const note = `Credit note ${row.number} was taken off.`;
    const [reopened = null] = await reopenRemedied(act, [application.id], note);
    act.record({
      type: 'credit.unapplied',
      subjectId: row.id,
      customerId: row.customer_id,
      data: {
        number: row.number,
        applicationId: application.id,
        itemId: application.debitItemId,
        open,
        on: on.toString(),
        reopened,
      },
    });
    return { creditNoteId: row.id, open, currency: row.currency, reopened };
  },
};
