// Taking a waiver back: what it settled is open again, and the income is in the books as before.

import type { Command } from '#command/command.ts';
import { present } from '#kernel/assert.ts';
import { later } from '#kernel/calendar.ts';
import { money } from '#kernel/money.ts';
import { parseDecimal } from '#kernel/percent.ts';
import { Refusal } from '#kernel/refusal.ts';
import { creditOf } from '#ledger/granted-credit.ts';
import { postEntries } from '#ledger/post-entries.ts';
import { readItemsOfDocuments, readStandingApplications } from '#ledger/read-items.ts';
import { requireFreeCredit } from '#ledger/require-free-credit.ts';
import { settleItems, takeItems, unsettleItems } from '#ledger/settle-items.ts';
import { toFunctional } from '#ledger/take-rate.ts';
import { undonePosting } from './posting.ts';
import { insertUndo, isUndone, lockCharge } from './store.ts';

export type UndoWaiver = { readonly chargeId: string; readonly reason: string };

/**
 * Takes a waiver back (reinstates what was waived). Where part of it was paid out or applied elsewhere, that is taken back
 * as well; what is granted back as a refund and not paid yet stays.
 *
 * Refuses: `charge_not_found`, `not_a_waiver`, `waiver_undone`, `credit_granted_back`, `changed_meanwhile`, `period_locked`.
 */
export const undoWaiver: Command<UndoWaiver, { readonly chargeId: string; readonly undoneOn: string }> = {
  name: 'undo-waiver',
  permission: 'charge.waive',
  constraints: {
    charge_undo_pkey: 'waiver_undone',
    application_tenant_id_reverses_id_key: 'changed_meanwhile',
  },
  async run(act, input) {
    const row = await lockCharge(act, input.chargeId);
    if (!row) throw new Refusal('charge_not_found', { chargeId: input.chargeId });
    if (row.because !== 'waiver') throw new Refusal('not_a_waiver', { number: row.number });
    if (await isUndone(act, row.id)) throw new Refusal('waiver_undone', { number: row.number });
    const [own] = await readItemsOfDocuments(act, [row.id]);
    const itemId = present(own, 'a waiver has its item').id;
    const standing = await readStandingApplications(act, { itemIds: [itemId] });
    const held = await takeItems(act, [itemId, ...standing.map((a) => a.debitItemId)]);
    await requireFreeCredit(act, creditOf(held.filter((one) => one.id === itemId)));
    const on = standing.map((a) => a.appliedOn).reduce(later, later(act.today, row.charged_on));

    if (standing.length > 0)
      await unsettleItems(
        act,
        { ids: standing.map((a) => a.id) },
        { documentId: row.id, kind: 'unapplication', on },
      );
    await act.settle();
    const [item] = await takeItems(act, [itemId]);
    const whole = present(item, 'the waiver was read');
    const rate = { rate: parseDecimal(row.rate), functionalCurrency: whole.functional.currency };
    const interest = money(row.interest_minor, row.currency);
    const worth = {
      total: money(row.functional_minor, whole.functional.currency),
      interest: toFunctional(interest, rate),
    };
    const posting = undonePosting({ id: row.id, interest }, whole, worth, on);
    postEntries(act, [posting.entry], [posting.item]);
    const amount = money(row.total_minor, row.currency);
    settleItems(
      act,
      [whole, posting.item],
      [{ debitItemId: posting.item.id, creditItemId: whole.id, amount, method: 'void' }],
      { documentId: row.id, kind: 'void', on },
    );
    insertUndo(act, row.id, on, input.reason);
    act.record({
      type: 'charge.reinstated',
      subjectId: row.id,
      customerId: row.customer_id,
      data: { number: row.number, reason: input.reason, undoneOn: on.toString() },
    });
    return { chargeId: row.id, undoneOn: on.toString() };
  },
};
