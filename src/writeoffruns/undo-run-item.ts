// One write-off of a run is taken back, once, with the note how that ended in the same transaction.

import type { Command } from '#command/command.ts';
import { undoWriteOff } from '#writeoffs/undo-write-off.ts';
import type { KeptObstacle } from './obstacle.ts';
import { lockRunItem, updateUndoOutcome } from './store.ts';
import { takeRun } from './take-run.ts';
import type { RunItem } from './write-off-run-item.ts';

/** Takes the write-off of one item of a run back. Refuses what `undoWriteOff` refuses. */
export const undoRunItem: Command<RunItem, { readonly undone: boolean }> = {
  name: 'undo-run-item',
  permission: 'write_off.post',
  constraints: { ...undoWriteOff.constraints },
  async run(act, one) {
    const run = await takeRun(act, one.runId);
    const row = await lockRunItem(act, one.runId, one.itemId);
    if (!row?.write_off_id || row.undo_outcome !== null || run.state !== 'undoing') return { undone: false };
    await undoWriteOff.run(act, { writeOffId: row.write_off_id, reason: run.undo_reason ?? '' });
    updateUndoOutcome(act, one, null);
    return { undone: true };
  },
};

/** Notes that a write-off of a run stays, and why. */
export const recordKept: Command<
  RunItem & { readonly obstacle: KeptObstacle },
  { readonly undone: boolean }
> = {
  name: 'record-kept-write-off',
  permission: 'write_off.post',
  async run(act, { obstacle, ...one }) {
    updateUndoOutcome(act, one, obstacle);
    return { undone: false };
  },
};
