// Many drafts issued at once, as a run with its progress and what could not be issued.

import { z } from 'zod';
import { keptFindingShape } from '#checks/contract.ts';
import { idText, momentText, operation } from '#http/contract.ts';
import { ISSUE_RUN_NAMED_MAX } from '#kernel/limits.ts';
import { customerBrief } from '#parties/contract.ts';
import { draftIdIn, draftState, refusalReply, TAG } from './contract-shapes.ts';
import type { IssueRunId } from './draft.ts';

const runIdIn = idText.transform((text) => text as IssueRunId);

const runReply = z.object({
  id: z.string(),
  state: z.enum(['running', 'done']),
  drafts: z.number().int(),
  issued: z.number().int(),
  refused: z.number().int(),
  startedAt: momentText,
  finishedAt: momentText.nullable(),
});

export const startIssueRun = operation({
  id: 'start-issue-run',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/issue-runs',
  summary: 'Issues many drafts in the background, in the order they were begun; refused ones stay drafts.',
  tag: TAG,
  permission: 'invoice.issue',
  /** Without names, all that are open now. */
  body: z.object({ draftIds: z.array(draftIdIn).min(1).max(ISSUE_RUN_NAMED_MAX).optional() }),
  reply: z.object({ runId: z.string(), drafts: z.number().int() }),
  refusals: {
    no_drafts: [409, 'None of these drafts is open any more.'],
    too_many_drafts: [409, 'There are too many drafts for one run. Name some of them.'],
  },
});

export const listIssueRuns = operation({
  id: 'list-issue-runs',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/issue-runs',
  summary: 'Runs that issued many drafts, the newest first.',
  tag: TAG,
  permission: 'book.read',
  reply: z.object({ runs: z.array(runReply) }),
});

export const readIssueRun = operation({
  id: 'read-issue-run',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/issue-runs/:runId',
  summary: 'How far a run is, and which drafts it could not issue, and why.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ runId: runIdIn }),
  reply: runReply.extend({
    problems: z.array(
      z.object({
        draftId: z.string(),
        customer: customerBrief.nullable(),
        /** A draft may have been issued or thrown away since. */
        state: draftState,
        refusal: refusalReply,
      }),
    ),
    /** Invoices that were issued although something was doubtful, since nobody was there to ask. */
    doubtful: z.array(keptFindingShape.extend({ invoiceId: z.string() })),
  }),
  refusals: { issue_run_not_found: [404, 'There is no such run.'] },
});
