// The end of a run: none of its drafts waits any more.

import type { Command } from '#command/command.ts';
import type { IssueRunId } from './draft.ts';
import { countOutcomes, updateRunDone } from './store.ts';

/** Notes that a run is over, and says what became of its drafts. */
export const endIssueRun: Command<
  { readonly runId: IssueRunId },
  { readonly issued: number; readonly refused: number }
> = {
  name: 'end-issue-run',
  permission: 'invoice.issue',
  async run(act, { runId }) {
    updateRunDone(act, runId);
    const { issued, refused } = (await countOutcomes(act, [runId])).get(runId) ?? { issued: 0, refused: 0 };
    act.record({ type: 'issue_run.ended', subjectId: runId, data: { issued, refused } });
    return { issued, refused };
  },
};
