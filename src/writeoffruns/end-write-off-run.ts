// The end of a run, and the end of taking one back: nothing of it waits any more.

import type { Command } from '#command/command.ts';
import { countItems, sumCounts, updateRunDone, updateRunUndone } from './store.ts';
import { takeRun } from './take-run.ts';

type Run = { readonly runId: string };

/** Notes that a run is over, and says what became of its items. Refuses: `write_off_run_not_found`. */
export const endWriteOffRun: Command<Run, { readonly writtenOff: number; readonly leftOut: number }> = {
  name: 'end-write-off-run',
  permission: 'write_off.post',
  async run(act, { runId }) {
    const run = await takeRun(act, runId, 'lock');
    const { writtenOff, leftOut } = sumCounts(await countItems(act, [runId]));
    if (run.state === 'running') {
      updateRunDone(act, runId);
      act.record({ type: 'write_off_run.ended', subjectId: runId, data: { writtenOff, leftOut } });
    }
    return { writtenOff, leftOut };
  },
};

/** Notes that a run was taken back, and how many of its write-offs stand still. Refuses: `write_off_run_not_found`. */
export const endWriteOffRunUndo: Command<Run, { readonly standing: number }> = {
  name: 'end-write-off-run-undo',
  permission: 'write_off.post',
  async run(act, { runId }) {
    const run = await takeRun(act, runId, 'lock');
    const { standing } = sumCounts(await countItems(act, [runId]));
    if (run.state === 'undoing') {
      updateRunUndone(act, runId);
      act.record({ type: 'write_off_run.undone', subjectId: runId, data: { standing } });
    }
    return { standing };
  },
};
