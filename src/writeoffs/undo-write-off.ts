// Taking a write-off back, when the money comes after all or it was a mistake.

import type { Command } from '#command/command.ts';
import { type Reopened, reopenRemedied } from '#disputes/close-dispute.ts';
import { present } from '#kernel/assert.ts';
import { isAfter, later, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, ItemId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type ShownMoney, shownMoney } from '#ledger/amount-text.ts';
import { postEntries } from '#ledger/post-entries.ts';
import { readStandingApplications } from '#ledger/read-items.ts';
import { settleItems, takeItems, unsettleItems } from '#ledger/settle-items.ts';
import { type ShownItem, shownItem } from '#ledger/shown-item.ts';
import { readRecovered } from './post-recoveries.ts';
import { undoRelief } from './post-relief.ts';
import { insertUndo, lockWriteOff } from './store.ts';
import { findReliefs } from './store-relief.ts';
import { mayUndo, undoPosting, type WriteOffKind } from './writing-off.ts';

export type UndoWriteOff = {
  readonly writeOffId: string;
  readonly reason: string;
  /** Business date; left out, today, or the last day on which the write-off or its relief was booked if that is later. */
  readonly on?: PlainDate | undefined;
};

export type WriteOffUndone = {
  readonly writeOffId: string;
  readonly undoneOn: string;
  readonly amount: ShownMoney;
  readonly items: readonly ShownItem[];
  /** The dispute that it had ended, which is open again. */
  readonly reopened: Reopened | null;
};

/**
 * Takes a write-off back: its items are open again with their first due dates, and the loss is reversed on the day of the
 * undoing, tax relief with it. A dispute that it had ended is open again in the same act, so that nothing is chased
 * that is not settled.
 *
 * Refuses: `write_off_not_found`, `write_off_undone`, `write_off_recovered` (its payments are taken back first),
 * `undone_in_future`, `reversed_too_early`, `period_locked`.
 */
export const undoWriteOff: Command<UndoWriteOff, WriteOffUndone> = {
  name: 'undo-write-off',
  permission: 'write_off.post',
  constraints: {
    application_tenant_id_reverses_id_key: 'changed_meanwhile',
    write_off_undo_pkey: 'write_off_undone',
  },
  async run(act, input) {
    const found = await lockWriteOff(act, input.writeOffId);
    if (!found) throw new Refusal('write_off_not_found', { writeOffId: input.writeOffId });
    const { writeOff, itemIds } = found;
    const recovered = [...(await readRecovered(act, writeOff.id)).values()].reduce(
      (total, one) => total + one,
      0n,
    );
    const may = mayUndo({ isUndone: found.isUndone, recovered });
    if (may !== true) throw new Refusal(may, { writeOffId: input.writeOffId });
    if (input.on !== undefined && isAfter(input.on, act.today))
      throw new Refusal('undone_in_future', { on: input.on.toString(), today: act.today.toString() });
    const standing = await readStandingApplications(act, { itemIds });
    const reliefs = await findReliefs(act, [writeOff.id]);
    const days = [...standing.map((a) => a.appliedOn), ...reliefs.map((row) => row.posted_on)];
    const on = input.on ?? days.reduce(later, act.today);

    const takenBack = await unsettleItems(
      act,
      { ids: standing.map((a) => a.id) },
      { documentId: writeOff.id, kind: 'unapplication', on },
    );
    await act.settle();
    const items = await takeItems(act, [...itemIds, ...takenBack.map((a) => a.debitItemId)]);
    const own = (id: ItemId): boolean => itemIds.includes(id);
    const credits = items.filter((item) => own(item.id));
    const posting = undoPosting({ id: writeOff.id, kind: writeOff.kind as WriteOffKind }, credits, on);
    postEntries(act, [posting.entry], posting.items);
    settleItems(act, [...credits, ...posting.items], posting.wanted, {
      documentId: writeOff.id,
      kind: 'void',
      on,
    });
    undoRelief(
      act,
      { id: writeOff.id, companyId: writeOff.company_id as CompanyId, on },
      reliefs,
      present(credits[0], 'a write-off has its items').functional.currency,
    );
    insertUndo(act, {
      write_off_id: writeOff.id,
      undone_on: on,
      reason: input.reason,
      recorded_at: act.now,
    });
    await act.settle();
    const [reopened = null] = await reopenRemedied(
      act,
      standing.map((a) => a.id),
      input.reason,
    );
    const undone = {
      writeOffId: writeOff.id,
      undoneOn: on.toString(),
      amount: shownMoney(money(writeOff.amount_minor, writeOff.currency)),
      items: items.filter((item) => !own(item.id)).map(shownItem),
      reopened,
    };
    act.record({
      type: 'write_off.undone',
      subjectId: writeOff.id,
      customerId: writeOff.customer_id,
      data: { ...undone, reason: input.reason },
    });
    return undone;
  },
};
