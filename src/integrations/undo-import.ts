// Undoing an import: what it created is taken back on the days it was booked for, as long as nothing depends on it. The
// books keep both the import and its undoing.

import type { Command } from '#command/command.ts';
import { voidBatch } from '#invoicing/void-batch.ts';
import type { BatchId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { cancelBatch } from '#payments/cancel-batch.ts';
import { lockBatch, updateUndone } from './store.ts';

export type Undone = { readonly batchId: string; readonly undone: number };

/**
 * Takes an import back. Customers that came with it stay.
 *
 * Refuses: `batch_not_found`, `batch_already_undone`, `batch_in_use` (something was applied to its documents, or its
 * payments were applied otherwise since), `credit_granted_back`, `changed_meanwhile`, `period_locked`.
 */
export const undoImport: Command<{ readonly batchId: BatchId }, Undone> = {
  name: 'undo-import',
  permission: 'import.run',
  async run(act, { batchId }) {
    const batch = await lockBatch(act, batchId);
    if (!batch) throw new Refusal('batch_not_found', { batchId });
    if (batch.undone_at) throw new Refusal('batch_already_undone', { undoneAt: batch.undone_at.toString() });
    const undone =
      batch.kind === 'invoices' ? await voidBatch(act, batchId) : await cancelBatch(act, batchId);
    updateUndone(act, batchId);
    act.record({
      type: 'import.undone',
      subjectId: batchId,
      data: { kind: batch.kind, file: batch.file_name, undone },
    });
    return { batchId, undone };
  },
};
