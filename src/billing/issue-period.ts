// Writing the invoice of one period of a recurring invoice: a draft, once for each period.

import type { Act, Command } from '#command/command.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { type InvoiceId, newId } from '#kernel/id.ts';
import { RECURRING_PERIODS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { isDebit, left } from '#ledger/open-item.ts';
import { readItemsOfDocuments } from '#ledger/read-items.ts';
import type { DraftId } from './draft.ts';
import { duePeriods } from './recurrence.ts';
import { bodyOfPeriod, type RecurringId } from './recurring.ts';
import { insertDraft } from './store.ts';
import { findInvoicedPeriods, insertPeriod, lockRecurring } from './store-recurring.ts';

export type IssuePeriod = { readonly recurringId: RecurringId; readonly from: PlainDate };

/**
 * Writes the draft of a period that is due. The agreement is locked, so of two who do it at once one is refused.
 *
 * Refuses: `recurring_not_found`, `recurring_paused`, `period_not_due`, `period_already_invoiced`, `previous_unpaid` (an invoice
 * before is overdue, and the agreement says to stop then).
 */
export const issuePeriod: Command<IssuePeriod, { readonly draftId: DraftId }> = {
  name: 'issue-period',
  permission: 'invoice.issue',
  constraints: { recurring_period_pkey: 'period_already_invoiced' },
  async run(act, { recurringId, from }) {
    const recurring = await lockRecurring(act, recurringId);
    if (!recurring) throw new Refusal('recurring_not_found', { recurringId });
    if (recurring.pausedOn) throw new Refusal('recurring_paused', { since: recurring.pausedOn.toString() });
    const period = duePeriods(recurring, act.today, RECURRING_PERIODS_MAX).find((p) => p.from.equals(from));
    if (!period) throw new Refusal('period_not_due', { from: from.toString() });
    const invoiced = (await findInvoicedPeriods(act, [recurringId])).get(recurringId) ?? [];
    if (invoiced.some((p) => p.from.equals(from)))
      throw new Refusal('period_already_invoiced', { from: from.toString() });
    if (recurring.stopsWhenUnpaid)
      await checkPaid(
        act,
        invoiced.flatMap((p) => p.invoiceId ?? []),
      );

    const draftId: DraftId = newId();
    insertDraft(act, { id: draftId, body: bodyOfPeriod(recurring, period), source: 'recurring' });
    insertPeriod(act, { recurringId, from: period.from, to: period.to, draftId });
    act.record({
      type: 'recurring.invoiced',
      subjectId: recurringId,
      customerId: recurring.customerId,
      data: { draftId, from: period.from.toString(), to: period.to.toString() },
    });
    return { draftId };
  },
};

/** Refuses: `previous_unpaid`. */
async function checkPaid(act: Act, invoiceIds: readonly InvoiceId[]): Promise<void> {
  const items = await readItemsOfDocuments(act, invoiceIds);
  const overdue = items.find(
    (item) => isDebit(item) && left(item) > 0n && Temporal.PlainDate.compare(item.dueOn, act.today) < 0,
  );
  if (overdue) throw new Refusal('previous_unpaid', { invoice: overdue.reference });
}
