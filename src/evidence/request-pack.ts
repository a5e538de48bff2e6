// A pack is asked for: noted, and left for a worker to draw (`draw-pack`). Of one thing one is drawn at a time.

import { type Act, actorText, type Command } from '#command/command.ts';
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

/**
 * Minutes without a sign of a worker after which a pack can be asked for again: reading a large one takes one. One that no worker
 * began waits for its turn, behind others that take minutes each.
 */
const PACK_SILENT_MINUTES = 5;
const PACK_WAITING_MINUTES = 60;

/** Since when nobody has worked at a pack that is still to be drawn; nothing while somebody does. */
export function stalledSince(
  pack: Pick<PackRow, 'drawing_no' | 'ended_at' | 'worked_at'>,
  now: Instant,
): Instant | undefined {
  if (pack.ended_at !== null) return undefined;
  const minutes = pack.drawing_no === 0 ? PACK_WAITING_MINUTES : PACK_SILENT_MINUTES;
  const silentFrom = pack.worked_at.add({ minutes });
  return Temporal.Instant.compare(now, silentFrom) < 0 ? undefined : pack.worked_at;
}

/**
 * Has a pack drawn by a worker. Where one of the same is being drawn, that one is meant, whatever is owed by now; where nobody
 * has worked at it for too long, it is drawn from the beginning.
 *
 * Refuses: `hand_over_not_found`, `pack_just_drawn`, and what `readOwed` refuses.
 */
export const askForPack: Command<PackAsked, { readonly packId: string }> = {
  name: 'ask-for-pack',
  permission: 'reminder.send',
  async run(act, asked) {
    const { subject, documentIds } = await readScope(act, asked);
    const { companyId, customerId, handOverId } = subject;
    const before = await lockOpenPack(act, subject);
    if (before && stalledSince(before, act.now)) {
      updateAskedAgain(act, before.id);
      leaveToWorker(act, before.id);
      const data = { companyId, handOverId };
      act.record({ type: 'evidence_pack.asked_again', subjectId: before.id, customerId, data });
    }
    if (before) return { packId: before.id };
    const { owed } = await readOwed(act, { ...subject, documentIds });
    const packId = newId<'evidence_pack'>();
    const isNew = await insertPack(act, {
      id: packId,
      company_id: companyId,
      customer_id: customerId,
      hand_over_id: handOverId,
      asked_by: actorText(act.actor),
      asked_at: act.now,
      worked_at: act.now,
    });
    if (isNew) {
      leaveToWorker(act, packId);
      const data = { companyId, handOverId, items: owed.length };
      act.record({ type: 'evidence_pack.asked', subjectId: packId, customerId, data });
      return { packId };
    }
    // Another asked in this very moment. Where it ended since then, whoever asked may have it.
    const open = await lockOpenPack(act, subject);
    if (!open) throw new Refusal('pack_just_drawn');
    return { packId: open.id };
  },
};

function leaveToWorker(act: Act, packId: string): void {
  act.enqueue({ queue: DRAW_QUEUE, payload: { packId }, key: packId });
}
