// Taking back the documents of an import.

import type { Act } from '#command/command.ts';
import { isBefore } from '#kernel/calendar.ts';
import type { BatchId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { findBatch } from './store.ts';
import { takeVoidable, voidTaken } from './void-documents.ts';
import { voidableSince, voidRefusal } from './voiding.ts';

/** Documents named when a batch is in use; enough to look at. */
const NAMED_MAX = 20;

/**
 * Voids what an import issued, inside a command, and says how many documents that were. Each is voided on its own day of
 * issue, so that no later report shows what should never have been there. Documents voided before stay as they are.
 *
 * Refuses: `batch_in_use` (something is applied to some of them, or was until a later day, or a credit note corrects
 * them), `credit_granted_back`, `period_locked`.
 */
export async function voidBatch(act: Act, batchId: BatchId): Promise<number> {
  const taken = await takeVoidable(act, await findBatch(act, batchId));
  const standing = taken.filter((document) => document.voidedOn === null);
  const inUse = standing.filter(
    (document) => voidRefusal(document) !== undefined || isBefore(document.issuedOn, voidableSince(document)),
  );
  if (inUse.length > 0) {
    throw new Refusal('batch_in_use', {
      count: inUse.length,
      documents: inUse.slice(0, NAMED_MAX).map((document) => document.number),
    });
  }
  await voidTaken(act, standing, 'day of issue');
  return standing.length;
}
