// Taking a whole run back: asked for here, and worked through by a worker, write-off after write-off.

import type { Command } from '#command/command.ts';
import { Refusal } from '#kernel/refusal.ts';
import { WRITE_OFF_RUN_QUEUE } from './run-write-offs.ts';
import { mayUndoRun } from './state-of-run.ts';
import { countItems, sumCounts, updateRunUndoing } from './store.ts';
import { takeRun } from './take-run.ts';

/**
 * Begins to take back what stands of a run. One of which money came after all stays, and says why.
 *
 * Refuses: `write_off_run_not_found`, `write_off_run_working`, `nothing_to_undo`.
 */
export const undoWriteOffRun: Command<
  { readonly runId: string; readonly reason: string },
  { readonly runId: string; readonly items: number }
> = {
  name: 'undo-write-off-run',
  permission: 'write_off.post',
  async run(act, { runId, reason }) {
    const run = await takeRun(act, runId, 'lock');
    const counts = sumCounts(await countItems(act, [runId]));
    const may = mayUndoRun(run.state, counts);
    if (may !== true) throw new Refusal(may, { runId });
    updateRunUndoing(act, runId, reason);
    act.enqueue({ queue: WRITE_OFF_RUN_QUEUE, payload: { runId } });
    act.record({
      type: 'write_off_run.undo_started',
      subjectId: runId,
      data: { reason, items: counts.standing },
    });
    return { runId, items: counts.standing };
  },
};
