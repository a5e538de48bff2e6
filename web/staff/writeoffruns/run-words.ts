// What is said of runs of write-offs.

import type { listWriteOffRuns, planWriteOffRun } from '#writeoffruns/contract.ts';
import type { Reply } from '../../lib/api.ts';

export type Run = Reply<typeof listWriteOffRuns>['runs'][number];
export type PlannedItem = Reply<typeof planWriteOffRun>['rows'][number];

/** Why an item is left out, as a badge says it. */
export const OBSTACLE_WORDS: Readonly<Record<NonNullable<PlannedItem['obstacle']>, string>> = {
  changed: 'changed',
  in_run: 'in another run',
  disputed: 'disputed',
  promised: 'promised',
  handed_over: 'handed over',
  money_waits: 'credit waits',
};

/** How a run stands. */
export const STATE_WORDS: Readonly<Record<Run['state'], string>> = {
  running: 'being written off',
  done: 'written off',
  undoing: 'being taken back',
  undone: 'taken back',
};
export const STATE_COLOURS: Readonly<Record<Run['state'], string>> = {
  running: 'blue',
  done: 'teal',
  undoing: 'blue',
  undone: 'gray',
};

/** Whether a worker is at it. */
export function isAtWork(run: Pick<Run, 'state'>): boolean {
  return run.state === 'running' || run.state === 'undoing';
}
