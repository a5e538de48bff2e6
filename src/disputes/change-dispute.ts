// What is understood of a dispute later: its reason, words about it, and documents that were made for it.

import { actorText, type Command } from '#command/command.ts';
import { newId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type ShownMoney, shownMoney } from '#ledger/amount-text.ts';
import { alignExclusions } from './align-exclusions.ts';
import { openOf } from './close-dispute.ts';
import { checkReason, reasonKinds } from './reason.ts';
import { findReasonKinds, findRemedyItems, insertReason, insertRemedy } from './store.ts';
import { takeDispute } from './take-dispute.ts';

export type ChangeDisputeReason = {
  readonly disputeId: string;
  readonly reason: string;
  readonly note?: string | undefined;
};

/**
 * Says what a dispute is really about. What the customer stated first stays known.
 *
 * Refuses: `dispute_not_found`, `dispute_closed`, what `checkReason` refuses.
 */
export const changeDisputeReason: Command<ChangeDisputeReason, { readonly disputeId: string }> = {
  name: 'change-dispute-reason',
  permission: 'dispute.record',
  async run(act, input) {
    const { dispute, number, closing } = await takeDispute(act, input.disputeId);
    if (closing) throw new Refusal('dispute_closed');
    checkReason(input.reason, input.note, reasonKinds(await findReasonKinds(act)));
    insertReason(act, {
      id: newId(),
      dispute_id: dispute.id,
      reason: input.reason,
      note: input.note ?? null,
      stated_by: actorText(act.actor),
      recorded_at: act.now,
    });
    act.record({
      type: 'dispute.reason_changed',
      subjectId: dispute.id,
      customerId: dispute.customerId,
      data: { number, reason: input.reason, note: input.note ?? null },
    });
    return { disputeId: dispute.id };
  },
};

export type NoteDispute = { readonly disputeId: string; readonly note: string };

/** Keeps words about a dispute: what was said on the telephone, what a colleague found. Refuses: `dispute_not_found`. */
export const noteDispute: Command<NoteDispute, { readonly disputeId: string }> = {
  name: 'note-dispute',
  permission: 'dispute.record',
  async run(act, input) {
    const { dispute, number } = await takeDispute(act, input.disputeId);
    act.record({
      type: 'dispute.noted',
      subjectId: dispute.id,
      customerId: dispute.customerId,
      data: { number, note: input.note },
    });
    return { disputeId: dispute.id };
  },
};

export type RecordRemedy = { readonly disputeId: string; readonly documentId: string };

/**
 * Says that a credit note or write-off was made for a dispute: what it took off the dispute's items is taken off the disputed
 * part, not off what is owed anyway.
 *
 * Refuses: `dispute_not_found`, `dispute_closed`, `remedy_not_found` (neither a credit note nor a write-off),
 * `remedy_taken` (it was made for a dispute already), `remedy_of_other_items` (it settles nothing of this dispute's items).
 */
export const recordRemedy: Command<RecordRemedy, { readonly disputeId: string; readonly open: ShownMoney }> =
  {
    name: 'record-dispute-remedy',
    permission: 'dispute.record',
    constraints: { dispute_remedy_pkey: 'remedy_taken' },
    async run(act, input) {
      const { dispute, number, closing, items } = await takeDispute(act, input.disputeId);
      if (closing) throw new Refusal('dispute_closed');
      const remedy = await findRemedyItems(act, input.documentId);
      if (!remedy) throw new Refusal('remedy_not_found', { documentId: input.documentId });
      if (remedy.takenBy !== null) throw new Refusal('remedy_taken');
      const own = new Set(items.map((item) => item.itemId));
      if (!remedy.itemIds.some((id) => own.has(id))) throw new Refusal('remedy_of_other_items');
      insertRemedy(act, {
        dispute_id: dispute.id,
        document_id: input.documentId,
        recorded_by: actorText(act.actor),
        recorded_at: act.now,
      });
      const after = await takeDispute(act, dispute.id);
      await alignExclusions(act, {
        disputeId: dispute.id,
        number,
        currency: dispute.currency,
        open: openOf(after),
        from: act.today,
      });
      act.record({
        type: 'dispute.remedied',
        subjectId: dispute.id,
        customerId: dispute.customerId,
        data: { number, documentId: input.documentId },
      });
      return { disputeId: dispute.id, open: shownMoney(money(after.amounts.open, dispute.currency)) };
    },
  };
