// How a run of write-offs stands, and when it may be taken back. Pure.

/** It works through its items, or has; it is being taken back, or was. */
export const RUN_STATES = ['running', 'done', 'undoing', 'undone'] as const;
export type RunState = (typeof RUN_STATES)[number];

/** How many items of a run ended how. `standing`: written off and not taken back since, by whatever way. */
export type Counts = {
  readonly waiting: number;
  readonly writtenOff: number;
  readonly leftOut: number;
  readonly standing: number;
};

/**
 * Whether a run can be taken back: `true`, or the refusal it would meet. What could not be taken back the first time can be
 * tried again.
 */
export function mayUndoRun(state: RunState, counts: Pick<Counts, 'standing'>): true | string {
  if (state === 'running' || state === 'undoing') return 'write_off_run_working';
  return counts.standing === 0 ? 'nothing_to_undo' : true;
}
