// Taking a write-off back, when the money comes after all or it was a mistake.

import type { Command } from '#command/command.ts';
import { isAfter, later, type PlainDate } from '#kernel/calendar.ts';
import type { ItemId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { postEntries } from '#ledger/post-entries.ts';
import { settleItems, takeItems, unsettleItems } from '#ledger/settle-items.ts';
import { type ShownItem, shownItem } from './apply-payment.ts';
import { type ShownMoney, shown } from './payment.ts';
import { findStanding, insertUndo, lockWriteOff } from './store.ts';
import { refuseUnless } from './take-payment.ts';
import { otherSides } from './unapply-payment.ts';
import { mayUndo, undoPosting, type WriteOffKind } from './writing-off.ts';

export type UndoWriteOff = {
  readonly writeOffId: string;
  readonly reason: string;
  /** Business date; left out, today, or the day of the write-off if that is later. */
  readonly on?: PlainDate | undefined;
};

export type WriteOffUndone = {
  readonly writeOffId: string;
  readonly undoneOn: string;
  readonly amount: ShownMoney;
  readonly items: readonly ShownItem[];
};

/**
 * Takes a write-off back: its items are open again with their first due dates, and the loss is reversed on the day of the
 * undoing.
 *
 * Refuses: `write_off_not_found`, `write_off_undone`, `undone_in_future`, `reversed_too_early`, `period_locked`.
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
    refuseUnless(mayUndo({ isUndone: found.isUndone }));
    if (input.on !== undefined && isAfter(input.on, act.today))
      throw new Refusal('undone_in_future', { on: input.on.toString(), today: act.today.toString() });
    const standing = await findStanding(act, itemIds);
    const on = input.on ?? standing.map((a) => a.appliedOn).reduce(later, act.today);

    const takenBack = await unsettleItems(
      act,
      { ids: standing.map((a) => a.id) },
      { documentId: writeOff.id, kind: 'unapplication', on },
    );
    await act.settle();
    const items = await takeItems(act, [...itemIds, ...otherSides(takenBack, itemIds)]);
    const own = (id: ItemId): boolean => itemIds.includes(id);
    const credits = items.filter((item) => own(item.id));
    const posting = undoPosting({ id: writeOff.id, kind: writeOff.kind as WriteOffKind }, credits, on);
    postEntries(act, [posting.entry], posting.items);
    settleItems(act, [...credits, ...posting.items], posting.wanted, {
      documentId: writeOff.id,
      kind: 'void',
      on,
    });
    insertUndo(act, {
      write_off_id: writeOff.id,
      undone_on: on,
      reason: input.reason,
      recorded_at: act.now,
    });
    const undone = {
      writeOffId: writeOff.id,
      undoneOn: on.toString(),
      amount: shown(money(writeOff.amount_minor, writeOff.currency)),
      items: items.filter((item) => !own(item.id)).map(shownItem),
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
