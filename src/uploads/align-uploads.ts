// Uploads follow documents: one is made for each document that its customer wants in a portal, and ends when there is
// nothing to post any more. Done however often, late or at once by several workers, it comes to the same.

import { type Act, actorText, type Command } from '#command/command.ts';
import { present } from '#kernel/assert.ts';
import { UPLOADS_ALIGNED_BATCH } from '#kernel/limits.ts';
import { readCalendar } from '#terms/find-holidays.ts';
import {
  findFacts,
  findSteps,
  findWanted,
  insertUploads,
  lockUploads,
  saveStep,
  type UploadFacts,
  type WantedDocument,
} from './store.ts';
import {
  type ClosedReason,
  closingReason,
  countedFrom,
  dueAfter,
  mayFollow,
  type Standing,
  type Step,
  standingOf,
  standingSteps,
} from './upload.ts';

export type UploadsAligned = {
  readonly made: number;
  readonly closed: number;
  readonly reopened: number;
  /** Whether there may be more than one transaction looks at. */
  readonly hasMore: boolean;
};

/** Brings uploads in line with documents: those named and what corrects them, or all. */
export const alignUploads: Command<{ readonly documentIds?: readonly string[] | undefined }, UploadsAligned> =
  {
    name: 'align-uploads',
    permission: 'reminder.send',
    async run(act, { documentIds }) {
      const wanted = await findWanted(act, documentIds, UPLOADS_ALIGNED_BATCH);
      const made = await makeUploads(act, wanted);
      const facts = await findFacts(act, documentIds, UPLOADS_ALIGNED_BATCH);
      const { closed, reopened } = await followDocuments(act, facts);
      const hasMore = wanted.length === UPLOADS_ALIGNED_BATCH || facts.length === UPLOADS_ALIGNED_BATCH;
      return { made, closed, reopened, hasMore: hasMore && documentIds === undefined };
    },
  };

async function makeUploads(act: Act, wanted: readonly WantedDocument[]): Promise<number> {
  const uploads = await Promise.all(
    wanted.map(async (document) => {
      const from = countedFrom(document.issued_on, act.today);
      const sides = { company: document.country, customer: null };
      const calendar = await readCalendar(act, 'company', sides, [from.year, from.year + 1]);
      return {
        documentId: document.id,
        companyId: document.company_id,
        customerId: document.customer_id,
        issuedOn: document.issued_on,
        dueOn: dueAfter(from, document.within_days, calendar),
      };
    }),
  );
  const made = await insertUploads(act, uploads);
  wanted.forEach((document, index) => {
    if (!made.has(document.id)) return;
    act.record({
      type: 'upload.wanted',
      subjectId: document.id,
      customerId: document.customer_id,
      data: {
        number: document.number,
        portal: document.portal,
        dueOn: present(uploads[index], 'each document has its upload').dueOn.toString(),
      },
    });
  });
  return made.size;
}

/** Ends uploads whose documents leave nothing to post, and opens them again where that is no longer so. */
async function followDocuments(act: Act, found: readonly UploadFacts[]) {
  const ids = found.map((facts) => facts.document_id);
  // What was found before the lock may be others by now: a step of somebody else, a setting that came back.
  const locked = await lockUploads(act, ids);
  const [facts, steps] = await Promise.all([findFacts(act, ids, undefined), findSteps(act, ids)]);
  const factsOf = new Map(facts.map((each) => [each.document_id, each]));
  let closed = 0;
  let reopened = 0;
  for (const upload of locked) {
    const now = factsOf.get(upload.document_id);
    if (!now) continue;
    const taken = steps.get(upload.document_id) ?? [];
    const next = nextStep(taken, upload.first_due_on, now, act.today);
    if (!next) continue;
    saveStep(act, upload.document_id, { ...next.step, takenBy: actorText(act.actor) }, next.after);
    if (next.step.kind === 'closed') closed += 1;
    else reopened += 1;
    act.record({
      ...(next.step.kind === 'closed' ? { type: 'upload.closed' } : { type: 'upload.reopened' }),
      subjectId: upload.document_id,
      customerId: upload.customer_id,
      data: { number: upload.number, reason: next.step.reason },
    });
  }
  return { closed, reopened };
}

/** The step that brings one upload in line with its document; nothing where it is. Pure. */
function nextStep(
  taken: readonly Step[],
  firstDueOn: Temporal.PlainDate,
  facts: UploadFacts,
  today: Temporal.PlainDate,
): { readonly step: Step; readonly after: Standing } | undefined {
  const standing = standingOf(firstDueOn, taken);
  const { last, state } = standing;
  const isClosed = state === 'closed';
  // A closed upload is looked at as if it were not: does what closed it still hold?
  const before = isClosed ? standingOf(firstDueOn, standingSteps(taken).slice(0, -1)).state : state;
  const reason: ClosedReason | undefined = closingReason(before, {
    isVoided: facts.is_voided,
    isCredited: facts.is_credited,
    correctsUnposted: facts.corrects_unposted,
    portalEnded: facts.portal_ended,
  });
  if ((reason !== undefined) === isClosed || (!isClosed && !mayFollow(state, 'closed'))) return undefined;
  const step: Step = {
    stepNo: taken.length + 1,
    kind: isClosed ? 'undone' : 'closed',
    happenedOn: today,
    portalNumber: null,
    reason: reason ?? null,
    note: null,
    messageId: null,
    dueOn: null,
    undoesNo: isClosed ? (last?.stepNo ?? null) : null,
  };
  return { step, after: standingOf(firstDueOn, [...taken, step]) };
}
