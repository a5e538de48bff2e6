// One item of a run is written off or left out, once, with the note how it ended in the same transaction.

import type { Command } from '#command/command.ts';
import { later } from '#kernel/calendar.ts';
import type { ItemId } from '#kernel/id.ts';
import { takeItems } from '#ledger/settle-items.ts';
import { postWriteOffs } from '#writeoffs/post-write-offs.ts';
import { decideWriteOffs } from '#writeoffs/writing-off.ts';
import { type KeptObstacle, obstacleOf } from './obstacle.ts';
import { readCircumstances } from './read-circumstances.ts';
import { lockRunItem, lookedAt, updateOutcome } from './store.ts';
import { takeRun } from './take-run.ts';

export type RunItem = { readonly runId: string; readonly itemId: ItemId };

/** How it ended; `ended_before` where another worker was first. */
type Ended = { readonly outcome: 'written_off' | 'left_out' | 'ended_before' };

/**
 * Writes one waiting item of a run off, as it was approved. The item is locked before it is looked at, so that whatever happens
 * to it at the same moment comes before and is seen, or after and finds nothing open.
 *
 * Refuses: `write_off_run_not_found`, and what posting a write-off refuses.
 */
export const writeOffRunItem: Command<RunItem, Ended> = {
  name: 'write-off-run-item',
  permission: 'write_off.post',
  async run(act, one) {
    const [run, row] = [await takeRun(act, one.runId), await lockRunItem(act, one.runId, one.itemId)];
    if (row?.outcome !== 'waiting') return { outcome: 'ended_before' };
    const items = await takeItems(act, [one.itemId]);
    const circumstances = await readCircumstances(act, items, act.today, one.runId);
    const amount = lookedAt(row);
    const obstacle = items[0] && obstacleOf(items[0], circumstances, amount);
    if (obstacle) {
      updateOutcome(act, one, { obstacle });
      return { outcome: 'left_out' };
    }
    const on = items.map((item) => item.openSince).reduce(later, act.today);
    const ready = decideWriteOffs(items, [{ itemId: one.itemId, amount }], run.kind, on);
    const [posted] = await postWriteOffs(act, items, ready, run);
    updateOutcome(act, one, { writeOffId: posted?.writeOffId ?? '' });
    return { outcome: 'written_off' };
  },
};

/** Notes that an item of a run could not be written off, and why. */
export const recordLeftOut: Command<RunItem & { readonly obstacle: KeptObstacle }, Ended> = {
  name: 'record-left-out',
  permission: 'write_off.post',
  async run(act, { obstacle, ...one }) {
    updateOutcome(act, one, { obstacle });
    return { outcome: 'left_out' };
  },
};
