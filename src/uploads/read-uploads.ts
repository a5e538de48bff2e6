// Reading portal uploads for people: the list of work, how many wait, and what happened to one.

import type { z } from 'zod';
import { readProofs } from '#attachments/read-attachments.ts';
import type { Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { actorNameOf, readActorNames, readMembers, readPeople } from '#identity/read-people.ts';
import { present } from '#kernel/assert.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { CustomerId, InvoiceId } from '#kernel/id.ts';
import { UPLOAD_STEPS_SHOWN } from '#kernel/limits.ts';
import { money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { mayDo } from '#parties/may.ts';
import { idKey, pageOfRows, readCursor } from '#parties/page-cursor.ts';
import { takeCustomer } from '#parties/take-party.ts';
import type * as contract from './contract.ts';
import type { PortalSetting } from './portal.ts';
import {
  countUploads,
  findStated,
  findSteps,
  findUploads,
  hasDocument,
  messagesOf,
  type TakenStep,
  type UploadFilter,
  type UploadRow,
} from './store.ts';
import { isLate, mayFollow, mayUndo, type Standing, type StepKind, standingOf, TO_POST } from './upload.ts';

/** Roles that can be given uploads: those that may send. */
const UPLOADING = ['owner', 'controller', 'collector'] as const;

type View = z.output<typeof contract.listUploads.query>['show'];

/** What a view of the list asks for. */
function filterOf(show: View, today: Temporal.PlainDate): Pick<UploadFilter, 'states' | 'dueBefore'> {
  switch (show) {
    case 'to_post':
      return { states: TO_POST };
    case 'late':
      return { states: TO_POST, dueBefore: today };
    case 'done':
      return { states: ['accepted', 'not_needed', 'closed'] };
    case 'all':
      return {};
    default:
      return { states: [show] };
  }
}

/** What who looks may do with an upload. */
function mayOf(context: Context, standing: Pick<Standing, 'state' | 'last'>) {
  const may = (kind: StepKind): true | string =>
    mayDo(context, 'reminder.send', mayFollow(standing.state, kind) ? undefined : 'upload_step_not_possible');
  const undo = mayUndo(standing);
  return {
    upload: may('uploaded'),
    accept: may('accepted'),
    reject: may('rejected'),
    dropNeed: may('not_needed'),
    undo: mayDo(context, 'reminder.send', undo === true ? undefined : undo),
  };
}

/** Rows of uploads as replies show them, in their order. */
async function describe(
  tx: Tx,
  context: Context,
  rows: readonly UploadRow[],
  steps: ReadonlyMap<string, readonly TakenStep[]>,
) {
  const members = await readMembers(tx, [...new Set(rows.flatMap((row) => row.user_id ?? []))]);
  const nameOf = new Map(members.map((member) => [member.userId, member.name]));
  return rows.map((row) => {
    const standing = standingOf(row.due_on, steps.get(row.document_id) ?? []);
    const { last } = standing;
    return {
      documentId: row.document_id,
      kind: row.kind,
      number: row.number,
      issuedOn: row.issued_on.toString(),
      amount: shownMoney(money(row.total_minor, row.currency)),
      companyId: row.company_id,
      customer: { id: row.customer_id, number: row.customer_number, name: row.customer_name },
      portal: row.portal,
      address: row.address,
      supplierNumber: row.supplier_number,
      state: row.state,
      dueOn: row.due_on.toString(),
      isLate: isLate({ state: row.state, dueOn: row.due_on }, context.today),
      attempts: row.attempts,
      portalNumber: standing.portalNumber,
      reason: last?.reason ?? null,
      note: last?.note ?? null,
      owner:
        row.user_id === null
          ? null
          : { userId: row.user_id, name: nameOf.get(row.user_id) ?? 'a former member' },
      may: mayOf(context, standing),
    };
  });
}

/** A page of uploads, those to be posted first first. Refuses: `bad_input` (an `after` we never gave out). */
export async function readUploadPage(
  tx: Tx,
  context: Context,
  query: z.output<typeof contract.listUploads.query>,
): Promise<z.input<typeof contract.listUploads.reply>> {
  const { show, portal, customerId, companyId, yours, after, limit } = query;
  const userId = yours === 'true' ? context.actor.id : undefined;
  const found = await findUploads(
    tx,
    { ...filterOf(show, context.today), portal, customerId, companyId, userId },
    { after: readCursor(after, [parseDate, idKey]), limit: limit + 1 },
  );
  const page = pageOfRows(found, limit, (last) => [last.due_on, last.document_id]);
  const steps = await findSteps(
    tx,
    page.rows.map((row) => row.document_id),
  );
  return { rows: await describe(tx, context, page.rows, steps), next: page.next };
}

/** How many uploads wait, altogether and by portal. */
export async function readUploadCounts(
  tx: Tx,
  context: Context,
): Promise<z.input<typeof contract.countUploads.reply>> {
  const userId = context.actor.kind === 'user' ? context.actor.id : null;
  const portals = await countUploads(tx, context.today, userId);
  const total = (of: 'waiting' | 'rejected' | 'late' | 'uploaded' | 'yours'): number =>
    portals.reduce((sum, portal) => sum + portal[of], 0);
  return {
    ...{ waiting: total('waiting'), rejected: total('rejected'), late: total('late') },
    ...{ uploaded: total('uploaded'), yours: total('yours') },
    portals: [...portals],
  };
}

/**
 * The upload of one document with all that happened; null where its customer wants none in a portal.
 *
 * Refuses: `document_not_found`.
 */
export async function readUpload(
  tx: Tx,
  context: Context,
  documentId: InvoiceId,
): Promise<z.input<typeof contract.readUpload.reply>> {
  const rows = await findUploads(tx, { documentIds: [documentId] }, { after: undefined, limit: 1 });
  const steps = await findSteps(tx, [documentId]);
  const [row] = await describe(tx, context, rows, steps);
  if (!row) {
    if (!(await hasDocument(tx, documentId))) throw new Refusal('document_not_found', { documentId });
    return { upload: null };
  }
  const taken = (steps.get(documentId) ?? []).slice(-UPLOAD_STEPS_SHOWN);
  const undone = new Set(taken.flatMap((step) => step.undoesNo ?? []));
  const [names, proofs] = await Promise.all([
    readActorNames(
      tx,
      taken.map((step) => step.takenBy),
    ),
    readProofs(tx, messagesOf(taken)),
  ]);
  return {
    upload: {
      ...row,
      steps: taken.map((step) => ({
        stepNo: step.stepNo,
        kind: step.kind,
        happenedOn: step.happenedOn.toString(),
        portalNumber: step.portalNumber,
        reason: step.reason,
        note: step.note,
        messageId: step.messageId,
        isUndone: undone.has(step.stepNo),
        by: actorNameOf(names, step.takenBy),
        recordedAt: step.recordedAt.toString(),
        proofs: (proofs.get(step.messageId ?? '') ?? []).map(({ id, name, bytes }) => ({ id, name, bytes })),
      })),
    },
  };
}

function shownSetting(setting: PortalSetting | undefined) {
  if (!setting?.isInUse) return null;
  return {
    portal: setting.portal,
    address: setting.address,
    supplierNumber: setting.supplierNumber,
    userId: setting.userId,
    withinDays: setting.withinDays,
    uploads: [...setting.uploads],
    from: setting.from.toString(),
    instead: setting.instead,
    chasesUnposted: setting.chasesUnposted,
  };
}

/** What a customer wants of its portals, and who can be given uploads. Refuses: `customer_not_found`. */
export async function readPortal(
  tx: Tx,
  context: Context,
  customerId: CustomerId,
): Promise<z.input<typeof contract.readPortal.reply>> {
  await takeCustomer(tx, customerId);
  const [stated, people] = await Promise.all([findStated(tx, customerId), readPeople(tx, UPLOADING)]);
  const all = stated.get(null);
  const own = [...stated.values()].filter((setting) => setting.companyId !== null && !setting.follows);
  const mayChange = mayDo(context, 'customer.edit');
  const isInUse = [...stated.values()].some((setting) => setting.isInUse);
  return {
    setting: shownSetting(all),
    own: own.map((setting) => ({
      companyId: present(setting.companyId, 'what is of its own is of a company'),
      setting: shownSetting(setting),
    })),
    people: people.map(({ userId, name }) => ({ userId, name })),
    may: {
      change: mayChange,
      end: mayDo(context, 'customer.edit', isInUse ? undefined : 'portal_not_in_use'),
    },
  };
}
