// A pack is asked for: noted, and left for a worker to draw (`draw-pack`). Of one thing one is drawn at a time.

import { actorText, type Command } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import type { HandOverFacts } from '#escalation/hand-over-file.ts';
import { readHandOverFacts } from '#escalation/read-hand-over-file.ts';
import type { Instant } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, newId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readOwed } from './read-pack.ts';
import { insertPack, lockOpenPack, type PackRow, type PackSubject, updateAskedAgain } from './store.ts';

/** The queue whose handler draws packs. */
export const DRAW_QUEUE = 'evidence.draw-pack';

/** What is asked for: all that a customer owes a company, or what an agency or lawyers are given of a hand-over. */
export type PackAsked =
  | { readonly companyId: CompanyId; readonly customerId: CustomerId }
  | { readonly handOverId: string };

/** What a pack is about, and the invoices it is kept to; of a hand-over, those that were not taken back or closed. */
export type PackScope = {
  readonly subject: PackSubject;
  readonly documentIds: readonly string[] | undefined;
  /** The claim, which goes along as data. */
  readonly claim: HandOverFacts | undefined;
};

/** Reads what a pack is about. Refuses: `hand_over_not_found`. */
export async function readScope(tx: Tx, asked: PackAsked): Promise<PackScope> {
  if (!('handOverId' in asked))
    return { subject: { ...asked, handOverId: null }, documentIds: undefined, claim: undefined };
  const claim = await readHandOverFacts(tx, asked.handOverId);
  return {
    subject: { companyId: claim.company.id, customerId: claim.customer.id, handOverId: asked.handOverId },
    documentIds: claim.items.filter(({ ended }) => ended === null).map((item) => item.document_id),
    claim,
  };
}

/** Minutes without a sign of a worker after which a pack can be asked for again: reading a large one takes one. */
const PACK_SILENT_MINUTES = 5;

/** Since when nobody has worked at a pack that is still to be drawn; nothing while somebody does. */
export function stalledSince(
  pack: Pick<PackRow, 'ended_at' | 'worked_at'>,
  now: Instant,
): Instant | undefined {
  if (pack.ended_at !== null) return undefined;
  const silentFrom = pack.worked_at.add({ minutes: PACK_SILENT_MINUTES });
  return Temporal.Instant.compare(now, silentFrom) < 0 ? undefined : pack.worked_at;
}

/**
 * Has a pack drawn by a worker. Where one of the same is being drawn, that one is meant; where nobody has worked at it for some
 * minutes, it is drawn from the beginning.
 *
 * Refuses: `hand_over_not_found`, and what `readOwed` refuses.
 */
export const askForPack: Command<PackAsked, { readonly packId: string }> = {
  name: 'ask-for-pack',
  permission: 'reminder.send',
  async run(act, asked) {
    const { subject, documentIds } = await readScope(act, asked);
    const { owed } = await readOwed(act, { ...subject, documentIds });
    const packId = newId<'evidence_pack'>();
    const isNew = await insertPack(act, {
      id: packId,
      company_id: subject.companyId,
      customer_id: subject.customerId,
      hand_over_id: subject.handOverId,
      asked_by: actorText(act.actor),
      asked_at: act.now,
      worked_at: act.now,
    });
    const record = (type: string, id: string): void => {
      act.enqueue({ queue: DRAW_QUEUE, payload: { packId: id }, key: id });
      const { companyId, handOverId, customerId } = subject;
      const data = { companyId, handOverId, items: owed.length };
      act.record({ type, subjectId: id, customerId, data });
    };
    if (isNew) {
      record('evidence_pack.asked', packId);
      return { packId };
    }
    const open = await lockOpenPack(act, subject);
    // It ended in this very moment: whoever asked may have it.
    if (!open) throw new Refusal('pack_just_drawn');
    if (stalledSince(open, act.now)) {
      updateAskedAgain(act, open.id);
      record('evidence_pack.asked_again', open.id);
    }
    return { packId: open.id };
  },
};
