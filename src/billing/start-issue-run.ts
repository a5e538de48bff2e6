// Starting to issue many drafts: the run is written down with its drafts, and a worker takes them one after the other.

import type { Command } from '#command/command.ts';
import { newId } from '#kernel/id.ts';
import { ISSUE_RUN_DRAFTS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { DraftId, IssueRunId } from './draft.ts';
import { ISSUE_QUEUE } from './run-issue.ts';
import { findOpenIds, insertRun } from './store.ts';

export type StartIssueRun = {
  /** Left out: all that are open now. */
  readonly draftIds?: readonly DraftId[] | undefined;
};

/** Starts a run over drafts, in the order they were begun. Refuses: `no_drafts`, `too_many_drafts`. */
export const startIssueRun: Command<StartIssueRun, { readonly runId: string; readonly drafts: number }> = {
  name: 'start-issue-run',
  permission: 'invoice.issue',
  async run(act, input) {
    const drafts = await findOpenIds(act, input.draftIds ?? 'all', ISSUE_RUN_DRAFTS_MAX + 1);
    if (drafts.length === 0) throw new Refusal('no_drafts');
    if (drafts.length > ISSUE_RUN_DRAFTS_MAX)
      throw new Refusal('too_many_drafts', { draftsMax: ISSUE_RUN_DRAFTS_MAX });
    const runId: IssueRunId = newId();
    insertRun(act, runId, drafts);
    act.enqueue({ queue: ISSUE_QUEUE, payload: { runId } });
    act.record({ type: 'issue_run.started', subjectId: runId, data: { drafts: drafts.length } });
    return { runId, drafts: drafts.length };
  },
};
