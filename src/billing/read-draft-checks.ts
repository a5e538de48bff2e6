// Looking at open drafts before they are issued: which are ready, which are doubtful, and which would be refused.

import type { Finding } from '#checks/invoice-checks.ts';
import type { Tx } from '#db/transaction.ts';
import { readPlannedFindings } from '#invoicing/read-planned.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { DRAFTS_CHECKED_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Customer } from '#parties/customer.ts';
import { readCustomers } from '#parties/take-party.ts';
import { type Draft, type DraftId, type KeptRefusal, requestOf } from './draft.ts';
import { countOpenDrafts, findDrafts, findOpenIds, findOthers } from './store.ts';

/** What issuing a draft would say. */
export type CheckedDraft = {
  readonly draft: Draft;
  readonly customer: Customer | undefined;
  /** `ready`: nothing is found. `doubtful`: there are warnings. `refused`: it would not be issued. */
  readonly verdict: 'ready' | 'doubtful' | 'refused';
  readonly findings: readonly Finding[];
  /** Why it cannot be issued at all, where it lacks something or cannot be booked. */
  readonly refusal: KeptRefusal | null;
};

/**
 * What issuing open drafts would say, in the order they were begun: those named, or the first of all. Nothing is stored.
 */
export async function readDraftChecks(
  tx: Tx,
  among: readonly DraftId[] | 'all',
  today: PlainDate,
): Promise<{ readonly open: number; readonly drafts: readonly CheckedDraft[] }> {
  const [ids, open] = await Promise.all([findOpenIds(tx, among, DRAFTS_CHECKED_MAX), countOpenDrafts(tx)]);
  const drafts = await findDrafts(tx, ids);
  const customers = await readCustomers(tx, [
    ...new Set(drafts.flatMap((draft) => (draft.customerId === null ? [] : [draft.customerId]))),
  ]);
  const checked: CheckedDraft[] = [];
  for (const draft of drafts) {
    const customer = draft.customerId === null ? undefined : customers.get(draft.customerId);
    checked.push({ draft, customer, ...(await checkedAs(tx, draft, today)) });
  }
  return { open, drafts: checked };
}

async function checkedAs(
  tx: Tx,
  draft: Draft,
  today: PlainDate,
): Promise<Pick<CheckedDraft, 'verdict' | 'findings' | 'refusal'>> {
  try {
    const request = requestOf(draft.body);
    const findings = await readPlannedFindings(tx, request, today, await findOthers(tx, draft));
    const isRefused = findings.some((finding) => finding.mode === 'refuse');
    const verdict = isRefused ? 'refused' : findings.length > 0 ? 'doubtful' : 'ready';
    return { verdict, findings, refusal: null };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { verdict: 'refused', findings: [], refusal: { code: error.code, facts: error.facts } };
  }
}
