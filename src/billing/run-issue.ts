// Issuing the drafts of a run, one command for each. What is done is written down with it, so a run whose worker was killed
// goes on where it was, and two workers over one run issue nothing twice: each draft has one command id in its run.

import { type Context, carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { uuidFrom } from '#jobs/job.ts';
import type { CommandId, TenantId } from '#kernel/id.ts';
import { ISSUE_RUN_TOGETHER } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { DraftId, IssueRunId } from './draft.ts';
import { endIssueRun } from './end-issue-run.ts';
import { issueDraft, recordRefusal } from './issue-draft.ts';
import { findRun, findWaiting } from './store.ts';

/** The queue of runs. */
export const ISSUE_QUEUE = 'billing.issue-drafts';

type Work = { readonly tenantId: TenantId; readonly runId: IssueRunId };

/**
 * Issues what waits in a run, in order. A draft that is refused keeps why, and the run goes on; trouble that may pass is
 * thrown, so that the job is tried again.
 */
export async function runIssue(tools: Pick<JobTools, 'door' | 'contextOf'>, work: Work): Promise<void> {
  const { pool } = tools.door;
  const run = await inTenant(pool, work.tenantId, (tx) => findRun(tx, work.runId));
  if (!run || run.state === 'done') return;
  const system = await tools.contextOf(work.tenantId);
  const context: Context = { ...system, actor: actorOf(run.started_by) };
  for (;;) {
    const waiting = await inTenant(pool, work.tenantId, (tx) =>
      findWaiting(tx, work.runId, ISSUE_RUN_TOGETHER),
    );
    if (waiting.length === 0) break;
    for (const draftId of waiting) await issueOne(tools, context, { runId: work.runId, draftId });
  }
  await carryOut(tools.door, context, endIssueRun, { runId: work.runId });
}

async function issueOne(
  { door }: Pick<JobTools, 'door'>,
  context: Context,
  one: { readonly runId: IssueRunId; readonly draftId: DraftId },
): Promise<void> {
  const commandId = uuidFrom(`issue-run\n${one.runId}\n${one.draftId}`) as CommandId;
  try {
    await carryOut(door, context, issueDraft, one, { commandId });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await carryOut(door, context, recordRefusal, {
      ...one,
      refusal: { code: error.code, facts: error.facts },
    });
  }
}

/** Who started a run, as written in it; names change, ids do not. */
function actorOf(text: string): Context['actor'] {
  const [kind = '', ...id] = text.split(':');
  return { kind: kind === 'user' || kind === 'api_key' ? kind : 'system', id: id.join(':'), name: '' };
}
