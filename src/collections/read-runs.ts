// Reading what was seen for a run and not said by it.

import type { Tx } from '#db/transaction.ts';
import type { CustomerId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { findRun, findUnsaidLines } from './store-runs.ts';

/** A run with customers it said nothing to that were seen for it, from after one of them. Refuses: `run_not_found`. */
export async function readRunChanges(
  tx: Tx,
  runId: string,
  page: { readonly after: CustomerId | undefined; readonly limit: number },
) {
  const run = await findRun(tx, runId);
  if (!run) throw new Refusal('run_not_found', { runId });
  return { run, lines: run.finished_at === null ? [] : await findUnsaidLines(tx, runId, page) };
}
