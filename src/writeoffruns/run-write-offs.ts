// Working through a run, one command for each item. What is done is noted with it, so a run whose worker was killed goes on
// where it was, and two workers over one run write nothing off twice.

import { actorFrom, type Command, type Context, carryOut } from '#command/command.ts';
import { inTenant, type Tx } from '#db/transaction.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { uuidFrom } from '#jobs/job.ts';
import type { Json } from '#kernel/canonical.ts';
import type { CommandId, ItemId, TenantId } from '#kernel/id.ts';
import { WRITE_OFF_RUN_TOGETHER } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { endWriteOffRun, endWriteOffRunUndo } from './end-write-off-run.ts';
import type { KeptObstacle } from './obstacle.ts';
import { findRun, findStanding, findWaiting } from './store.ts';
import { recordKept, undoRunItem } from './undo-run-item.ts';
import { type RunItem, recordLeftOut, writeOffRunItem } from './write-off-run-item.ts';

/** The queue of runs. */
export const WRITE_OFF_RUN_QUEUE = 'writeoffruns.work';

type Work = { readonly tenantId: TenantId; readonly runId: string };
type Tools = Pick<JobTools, 'door' | 'contextOf'>;

/** What is done with each item of a run, and how its refusal is kept. */
type Deed = {
  readonly name: string;
  readonly find: (tx: Tx, runId: string, limit: number) => Promise<readonly ItemId[]>;
  readonly command: Command<RunItem, Json>;
  readonly keep: Command<RunItem & { readonly obstacle: KeptObstacle }, Json>;
  readonly end: Command<{ readonly runId: string }, Json>;
};

/**
 * Writes off what waits in a run, or takes back what stands of it, in order and in the name of who asked. An item that is refused
 * keeps why, and the run goes on; trouble that may pass is thrown, so that the job is tried again.
 */
export async function runWriteOffs(tools: Tools, work: Work): Promise<void> {
  const { pool } = tools.door;
  const run = await inTenant(pool, work.tenantId, (tx) => findRun(tx, work.runId));
  if (run?.state !== 'running' && run?.state !== 'undoing') return;
  const system = await tools.contextOf(work.tenantId);
  const who = run.state === 'running' ? run.started_by : (run.undone_by ?? run.started_by);
  const context: Context = { ...system, actor: { ...actorFrom(who), name: '' } };
  const deed: Deed =
    run.state === 'running'
      ? {
          name: 'write-off-run',
          find: findWaiting,
          command: writeOffRunItem,
          keep: recordLeftOut,
          end: endWriteOffRun,
        }
      : {
          name: `undo-write-off-run\n${run.undos}`,
          find: findStanding,
          command: undoRunItem,
          keep: recordKept,
          end: endWriteOffRunUndo,
        };
  for (;;) {
    const next = await inTenant(pool, work.tenantId, (tx) =>
      deed.find(tx, work.runId, WRITE_OFF_RUN_TOGETHER),
    );
    if (next.length === 0) break;
    for (const itemId of next) await doOne(tools, context, deed, { runId: work.runId, itemId });
  }
  await carryOut(tools.door, context, deed.end, { runId: work.runId });
}

async function doOne({ door }: Tools, context: Context, deed: Deed, one: RunItem): Promise<void> {
  const commandId = uuidFrom(`${deed.name}\n${one.runId}\n${one.itemId}`) as CommandId;
  try {
    await carryOut(door, context, deed.command, one, { commandId });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const obstacle: KeptObstacle = { code: error.code, facts: factsText(error.facts) };
    await carryOut(door, context, deed.keep, { ...one, obstacle });
  }
}

/** The facts of a refusal as they are kept. */
function factsText(facts: Refusal['facts']): KeptObstacle['facts'] {
  return Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, String(value)]));
}
