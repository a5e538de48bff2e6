// Reading drafts and runs for the pages about them.

import { readKeptFindings } from '#checks/read-checks.ts';
import type { Tx } from '#db/transaction.ts';
import type { Instant } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { FINDINGS_SHOWN_MAX, ISSUE_RUN_REFUSED_SHOWN, ISSUE_RUNS_SHOWN } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Customer } from '#parties/customer.ts';
import { readCustomers } from '#parties/take-party.ts';
import type { Draft, DraftId, IssueRunId } from './draft.ts';
import {
  countOpenDrafts,
  countOutcomes,
  findDraft,
  findDraftPage,
  findIssuedIn,
  findRefused,
  findRun,
  findRuns,
  type RefusedRow,
  type RunRow,
} from './store.ts';

export type ListedDraft = { readonly draft: Draft; readonly customer: Customer | undefined };

/** Open drafts, the one changed last first. */
export async function listDrafts(
  tx: Tx,
  filter: { readonly customerId?: CustomerId | undefined; readonly refused?: boolean | undefined },
  page: { readonly after: readonly [Instant, string] | undefined; readonly limit: number },
): Promise<{ readonly drafts: readonly ListedDraft[]; readonly open: number }> {
  const [drafts, open] = await Promise.all([findDraftPage(tx, filter, page), countOpenDrafts(tx)]);
  const customers = await readCustomers(tx, idsOf(drafts.map((draft) => draft.customerId)));
  return {
    open,
    drafts: drafts.map((draft) => ({
      draft,
      customer: customers.get(draft.customerId ?? ('' as CustomerId)),
    })),
  };
}

/** One draft. Refuses: `draft_not_found`. */
export async function readDraft(tx: Tx, id: DraftId): Promise<Draft> {
  const draft = await findDraft(tx, id);
  if (!draft) throw new Refusal('draft_not_found', { draftId: id });
  return draft;
}

export type ReadRun = {
  readonly run: RunRow;
  readonly issued: number;
  readonly refused: number;
};

/** The newest runs, with how far they are. */
export async function listRuns(tx: Tx): Promise<readonly ReadRun[]> {
  const runs = await findRuns(tx, ISSUE_RUNS_SHOWN);
  const outcomes = await countOutcomes(
    tx,
    runs.map((run) => run.id),
  );
  return runs.map((run) => ({ run, ...(outcomes.get(run.id) ?? { issued: 0, refused: 0 }) }));
}

/** One run, with the drafts it could not issue, and why. Refuses: `issue_run_not_found`. */
export async function readRun(
  tx: Tx,
  id: IssueRunId,
): Promise<
  ReadRun & {
    readonly problems: readonly (RefusedRow & { readonly customer: Customer | undefined })[];
    readonly doubtful: Awaited<ReturnType<typeof readKeptFindings>>;
  }
> {
  const [run, outcomes, problems, issued] = await Promise.all([
    findRun(tx, id),
    countOutcomes(tx, [id]),
    findRefused(tx, id, ISSUE_RUN_REFUSED_SHOWN),
    findIssuedIn(tx, id),
  ]);
  if (!run) throw new Refusal('issue_run_not_found', { runId: id });
  const [customers, doubtful] = await Promise.all([
    readCustomers(tx, idsOf(problems.map((problem) => problem.customer_id))),
    readKeptFindings(tx, issued, FINDINGS_SHOWN_MAX),
  ]);
  return {
    run,
    ...(outcomes.get(id) ?? { issued: 0, refused: 0 }),
    doubtful,
    problems: problems.map((problem) => ({
      ...problem,
      customer: customers.get(problem.customer_id ?? ('' as CustomerId)),
    })),
  };
}

function idsOf(ids: readonly (CustomerId | null)[]): readonly CustomerId[] {
  return [...new Set(ids.filter((id) => id !== null))];
}
