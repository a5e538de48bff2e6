// A run of write-offs, or the refusal that there is none.

import type { Act } from '#command/command.ts';
import { Refusal } from '#kernel/refusal.ts';
import { findRun, lockRun, type RunRow } from './store.ts';

/** A run; locked, where its state is to change. Refuses: `write_off_run_not_found`. */
export async function takeRun(act: Act, runId: string, how: 'read' | 'lock' = 'read'): Promise<RunRow> {
  const run = await (how === 'lock' ? lockRun(act, runId) : findRun(act, runId));
  if (!run) throw new Refusal('write_off_run_not_found', { runId });
  return run;
}
