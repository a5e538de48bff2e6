// HTTP of billing: contract to command or reading.

import { keepContent } from '#attachments/keep-content.ts';
import { readAttachments } from '#attachments/read-attachments.ts';
import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { keptFindingReply } from '#invoicing/invoice-reply.ts';
import { present } from '#kernel/assert.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { idKey, pageOfRows, readCursor } from '#parties/page-cursor.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { addDraftFile, removeDraftFile, undoDraftFile } from './add-draft-file.ts';
import {
  customerBrief,
  draftReply,
  draftRowReply,
  invoicedReply,
  nextReply,
  recurringReply,
  refusalReply,
  runReply,
} from './billing-reply.ts';
import * as contract from './contract.ts';
import { issueDraft } from './issue-draft.ts';
import { issuePeriod } from './issue-period.ts';
import { keepDraft } from './keep-draft.ts';
import { keepRecurring, pauseRecurring } from './keep-recurring.ts';
import { makeDraft } from './make-draft.ts';
import { readDraftChecks } from './read-draft-checks.ts';
import { listDrafts, listRuns, readDraft, readRun } from './read-drafts.ts';
import { listRecurring, nextPeriods, readRecurring } from './read-recurring.ts';
import { checkRecurrence } from './recurrence.ts';
import { removeDraft } from './remove-draft.ts';
import { startIssueRun } from './start-issue-run.ts';

const momentKey = (text: string) => Temporal.Instant.from(text);

/** How many periods a preview shows. */
const PREVIEW_PERIODS = 12;

export const routes: readonly Route[] = [
  route(contract.keepDraft, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, keepDraft, body, { commandId, rehearse }),
  ),

  route(contract.changeDraft, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, keepDraft, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.copyInvoice, ({ door, context, params, commandId, rehearse }) =>
    carryOut(door, context, makeDraft, params, { commandId, rehearse }),
  ),

  route(contract.addDraftFile, async ({ door, context, params, upload, commandId, rehearse }) => {
    const file = await keepContent(door.pool, context, present(upload, 'the operation carries a file'));
    return carryOut(door, context, addDraftFile, { ...params, file }, { commandId, rehearse });
  }),

  route(contract.removeDraftFile, ({ door, context, params, commandId, rehearse }) =>
    carryOut(door, context, removeDraftFile, params, { commandId, rehearse }),
  ),

  route(contract.undoDraftFile, ({ door, context, params, commandId, rehearse }) =>
    carryOut(door, context, undoDraftFile, params, { commandId, rehearse }),
  ),

  route(contract.listDrafts, ({ door, context, query }) =>
    readSnapshot(door, context, async (tx) => {
      const { limit, after, customerId, refused } = query;
      const { drafts, open } = await listDrafts(
        tx,
        { customerId, refused: refused === 'true' },
        { after: readCursor(after, [momentKey, idKey]), limit: limit + 1 },
      );
      const page = pageOfRows(drafts, limit, ({ draft }) => [draft.changedAt, draft.id]);
      return { rows: page.rows.map(draftRowReply), next: page.next, open };
    }),
  ),

  route(contract.readDraft, ({ door, context, params }) =>
    readSnapshot(door, context, async (tx) => {
      const draft = await readDraft(tx, params.draftId);
      return draftReply(draft, await readAttachments(tx, { draftId: draft.id }));
    }),
  ),

  route(contract.removeDraft, ({ door, context, params, commandId, rehearse }) =>
    carryOut(door, context, removeDraft, params, { commandId, rehearse }),
  ),

  route(contract.issueDraft, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, issueDraft, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.startIssueRun, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, startIssueRun, body, { commandId, rehearse }),
  ),

  route(contract.listIssueRuns, ({ door, context }) =>
    readSnapshot(door, context, async (tx) => ({ runs: (await listRuns(tx)).map(runReply) })),
  ),

  route(contract.readIssueRun, ({ door, context, params }) =>
    readSnapshot(door, context, async (tx) => {
      const read = await readRun(tx, params.runId);
      return {
        ...runReply(read),
        problems: read.problems.map((problem) => ({
          draftId: problem.draft_id,
          customer: problem.customer ? customerBrief(problem.customer) : null,
          state: problem.state,
          refusal: refusalReply(problem.refusal),
        })),
        doubtful: read.doubtful.map((row) => ({ ...keptFindingReply(row), invoiceId: row.invoice_id })),
      };
    }),
  ),

  route(contract.checkDrafts, ({ door, context, body }) =>
    readSnapshot(door, context, async (tx) => {
      const { open, drafts } = await readDraftChecks(tx, body.draftIds ?? 'all', context.today);
      return {
        open,
        drafts: drafts.map(({ draft, customer, verdict, findings, refusal }) => ({
          draftId: draft.id,
          customer: customer ? customerBrief(customer) : null,
          total: draft.total ? shownMoney(draft.total) : null,
          verdict,
          findings: [...findings],
          refusal: refusal ? refusalReply(refusal) : null,
        })),
      };
    }),
  ),

  route(contract.addRecurring, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, keepRecurring, { agreement: body }, { commandId, rehearse }),
  ),

  route(contract.changeRecurring, ({ door, context, params, body, commandId, rehearse }) => {
    const { version, ...agreement } = body;
    return carryOut(door, context, keepRecurring, { ...params, version, agreement }, { commandId, rehearse });
  }),

  route(contract.pauseRecurring, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, pauseRecurring, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.issuePeriod, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, issuePeriod, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.listRecurring, ({ door, context, query }) =>
    readSnapshot(door, context, async (tx) => {
      const { limit, after, ...filter } = query;
      const found = await listRecurring(tx, filter, {
        after: readCursor(after, [momentKey, idKey]),
        limit: limit + 1,
      });
      const page = pageOfRows(found, limit, (each) => [each.createdAt, each.recurring.id]);
      return { rows: page.rows.map(recurringReply), next: page.next };
    }),
  ),

  route(contract.readRecurring, ({ door, context, params }) =>
    readSnapshot(door, context, async (tx) => {
      const read = await readRecurring(tx, params.recurringId);
      return { ...recurringReply(read), invoiced: read.invoiced.map(invoicedReply) };
    }),
  ),

  route(contract.previewRecurring, async ({ body }) => {
    const { currency, body: says, ...recurrence } = body;
    checkRecurrence(recurrence);
    const next = nextPeriods({ ...recurrence, body: { ...says, currency } }, [], PREVIEW_PERIODS);
    return { next: next.map(nextReply) };
  }),
];
