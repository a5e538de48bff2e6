// What people do in portals, noted here: a document was posted, the portal accepted or rejected it, it need not be posted;
// and the last of these taken back. Many at once, all or none.

import { type Act, actorText, type Command } from '#command/command.ts';
import { recordPortalAnswer, recordPosted, takeBackPosted } from '#delivery/record-posted.ts';
import { present } from '#kernel/assert.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { InvoiceId, MessageId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCompany, takeCustomer } from '#parties/take-party.ts';
import { readCalendar } from '#terms/find-holidays.ts';
import {
  findSettings,
  findSteps,
  type LockedUpload,
  lockUploads,
  saveStep,
  type TakenStep,
} from './store.ts';
import {
  checkStep,
  dueAfter,
  mayUndo,
  type RejectionReason,
  type Standing,
  type Step,
  type StepKind,
  standingOf,
  type UploadState,
} from './upload.ts';

/** Uploads as they stand after what was noted. */
export type UploadsRecorded = {
  readonly uploads: readonly {
    readonly documentId: string;
    readonly number: string;
    readonly state: UploadState;
    readonly attempts: number;
  }[];
};

/** An upload in the hands of a command: locked, with where it stands. */
type Taken = {
  readonly upload: LockedUpload;
  readonly steps: readonly TakenStep[];
  readonly standing: Standing;
};

/** Locks uploads, in the order they were named. Refuses: `upload_not_found`, `upload_named_twice`. */
async function takeUploads(act: Act, documentIds: readonly string[]): Promise<readonly Taken[]> {
  if (new Set(documentIds).size !== documentIds.length) throw new Refusal('upload_named_twice');
  const locked = await lockUploads(act, documentIds);
  act.moveOn();
  const steps = await findSteps(act, documentIds);
  return documentIds.map((documentId) => {
    const upload = locked.find((one) => one.document_id === documentId);
    if (!upload) throw new Refusal('upload_not_found', { documentId });
    const own = steps.get(documentId) ?? [];
    return { upload, steps: own, standing: standingOf(upload.first_due_on, own) };
  });
}

const HAPPENED: Readonly<Record<StepKind, { readonly type: string }>> = {
  uploaded: { type: 'upload.posted' },
  accepted: { type: 'upload.accepted' },
  rejected: { type: 'upload.rejected' },
  not_needed: { type: 'upload.not_needed' },
  closed: { type: 'upload.closed' },
};

type Wanted = { readonly kind: StepKind; readonly on: PlainDate } & Partial<
  Pick<Step, 'portalNumber' | 'reason' | 'note' | 'messageId' | 'dueOn'>
>;

/** Takes a step that was checked. */
function save(act: Act, { upload, steps }: Taken, wanted: Wanted): UploadsRecorded['uploads'][number] {
  const {
    kind,
    on,
    portalNumber = null,
    reason = null,
    note = null,
    messageId = null,
    dueOn = null,
  } = wanted;
  const stepNo = steps.length + 1;
  const step: Step = {
    stepNo,
    kind,
    happenedOn: on,
    portalNumber,
    reason,
    note,
    messageId,
    dueOn,
    undoesNo: null,
  };
  const after = standingOf(upload.first_due_on, [...steps, step]);
  saveStep(act, upload.document_id, { ...step, takenBy: actorText(act.actor) }, after);
  const { number } = upload;
  act.record({
    ...HAPPENED[kind],
    subjectId: upload.document_id,
    customerId: upload.customer_id,
    data: { number, on: on.toString(), portalNumber, reason, note, messageId, attempt: after.attempts },
  });
  return { documentId: upload.document_id, number, state: after.state, attempts: after.attempts };
}

function check(act: Act, { upload, standing }: Taken, kind: StepKind, on: PlainDate): void {
  const { number, issued_on: issuedOn } = upload;
  checkStep({ number, issuedOn, state: standing.state }, { kind, on }, act.today);
}

export type RecordPosted = {
  readonly uploads: readonly {
    readonly documentId: InvoiceId;
    /** What the portal calls the document. */
    readonly portalNumber?: string | undefined;
  }[];
  /** The day on which they were posted; left out, today. */
  readonly on?: PlainDate | undefined;
  readonly note?: string | undefined;
};

/**
 * Notes that documents were posted in the portals of their customers. Each is a message of delivery from then on, with what
 * its person states as the proof; after a rejection it is another attempt.
 *
 * Refuses: `upload_not_found`, `upload_named_twice`, what `checkStep` refuses.
 */
export const recordUploaded: Command<RecordPosted, UploadsRecorded> = {
  name: 'record-uploaded',
  permission: 'reminder.send',
  async run(act, { uploads, on = act.today, note = null }) {
    const taken = await takeUploads(
      act,
      uploads.map((one) => one.documentId),
    );
    const settings = await findSettings(
      act,
      taken.map(({ upload }) => upload.document_id),
    );
    for (const one of taken) check(act, one, 'uploaded', on);
    const recorded: UploadsRecorded['uploads'][number][] = [];
    for (const [index, one] of taken.entries()) {
      const { upload } = one;
      const portalNumber = uploads[index]?.portalNumber ?? null;
      const setting = present(settings.get(upload.document_id), 'an upload was wanted by a setting');
      const [company, customer] = await Promise.all([
        takeCompany(act, upload.company_id),
        takeCustomer(act, upload.customer_id),
      ]);
      const messageId = recordPosted(act, {
        ...{
          company,
          customer,
          documentId: upload.document_id,
          number: upload.number,
          portalNumber,
          note,
          on,
        },
        ...{ portal: setting.portal, address: setting.address, supplierNumber: setting.supplierNumber },
      });
      recorded.push(save(act, one, { kind: 'uploaded', on, portalNumber, note, messageId }));
    }
    return { uploads: recorded };
  },
};

export type RecordAnswer = {
  readonly documentIds: readonly InvoiceId[];
  readonly answer: 'accepted' | 'rejected';
  /** Why it was rejected; `other` needs words. */
  readonly reason?: RejectionReason | undefined;
  /** The words of the portal. */
  readonly note?: string | undefined;
  readonly on?: PlainDate | undefined;
};

/**
 * Notes what the portal said of documents that were posted. What it rejected is to be posted anew, within as many days of
 * business as after the issue.
 *
 * Refuses: `upload_not_found`, `upload_named_twice`, `rejection_without_reason`, `rejection_without_words`, what
 * `checkStep` refuses.
 */
export const recordAnswer: Command<RecordAnswer, UploadsRecorded> = {
  name: 'record-upload-answer',
  permission: 'reminder.send',
  async run(act, { documentIds, answer, reason, note, on = act.today }) {
    if (answer === 'rejected' && reason === undefined) throw new Refusal('rejection_without_reason');
    if (reason === 'other' && note === undefined) throw new Refusal('rejection_without_words');
    const taken = await takeUploads(act, documentIds);
    for (const one of taken) check(act, one, answer, on);
    const recorded: UploadsRecorded['uploads'][number][] = [];
    for (const one of taken) {
      const messageId = present(one.standing.messageId, 'what is answered was posted') as MessageId;
      const said = answer === 'rejected' ? [reason, note].filter(Boolean).join(': ') : (note ?? '');
      recordPortalAnswer(act, messageId, answer, said);
      const dueOn = answer === 'rejected' ? await dueAnew(act, one.upload, on) : null;
      recorded.push(
        save(act, one, {
          kind: answer,
          on,
          reason: answer === 'rejected' ? (reason ?? null) : null,
          note: note ?? null,
          dueOn,
        }),
      );
    }
    return { uploads: recorded };
  },
};

/** By when a rejected document is to be posted anew. */
async function dueAnew(act: Act, upload: LockedUpload, on: PlainDate): Promise<PlainDate> {
  const [company, settings] = await Promise.all([
    takeCompany(act, upload.company_id),
    findSettings(act, [upload.document_id]),
  ]);
  const { withinDays } = present(settings.get(upload.document_id), 'an upload was wanted by a setting');
  const sides = { company: company.country, customer: null };
  const calendar = await readCalendar(act, 'company', sides, [on.year, on.year + 1]);
  return dueAfter(on, withinDays, calendar);
}

/**
 * Notes why documents need not be posted after all.
 *
 * Refuses: `upload_not_found`, `upload_named_twice`, what `checkStep` refuses.
 */
export const recordNotNeeded: Command<
  { readonly documentIds: readonly InvoiceId[]; readonly note: string },
  UploadsRecorded
> = {
  name: 'record-upload-not-needed',
  permission: 'reminder.send',
  async run(act, { documentIds, note }) {
    const taken = await takeUploads(act, documentIds);
    for (const one of taken) check(act, one, 'not_needed', act.today);
    return { uploads: taken.map((one) => save(act, one, { kind: 'not_needed', on: act.today, note })) };
  },
};

/**
 * Takes back what was noted last of an upload, because it was a mistake. What was posted is then a message that was
 * dropped; nothing is deleted.
 *
 * Refuses: `upload_not_found`, `upload_nothing_to_undo`, `upload_closed_by_itself`.
 */
export const undoStep: Command<
  { readonly documentId: InvoiceId; readonly reason?: string | undefined },
  UploadsRecorded
> = {
  name: 'undo-upload-step',
  permission: 'reminder.send',
  async run(act, { documentId, reason }) {
    const [one] = await takeUploads(act, [documentId]);
    const { upload, steps, standing } = present(one, 'one upload asked for, one taken');
    const may = mayUndo(standing);
    const { last } = standing;
    if (may !== true || !last)
      throw new Refusal(may === true ? 'upload_nothing_to_undo' : may, { number: upload.number });
    await takeBackFromDelivery(act, standing, last, reason ?? 'Noted by mistake');
    const step: Step = {
      ...{ stepNo: steps.length + 1, kind: 'undone', happenedOn: act.today, undoesNo: last.stepNo },
      ...{ portalNumber: null, reason: null, note: reason ?? null, messageId: null, dueOn: null },
    };
    const after = standingOf(upload.first_due_on, [...steps, step]);
    saveStep(act, upload.document_id, { ...step, takenBy: actorText(act.actor) }, after);
    const { number } = upload;
    act.record({
      type: 'upload.undone',
      subjectId: upload.document_id,
      customerId: upload.customer_id,
      data: { number, undone: last.kind, reason: reason ?? null },
    });
    return { uploads: [{ documentId, number, state: after.state, attempts: after.attempts }] };
  },
};

async function takeBackFromDelivery(act: Act, standing: Standing, last: Step, why: string): Promise<void> {
  if (last.kind === 'uploaded')
    await takeBackPosted(act, present(last.messageId, 'what was posted is a message') as MessageId, why);
  if ((last.kind === 'accepted' || last.kind === 'rejected') && standing.messageId !== null)
    recordPortalAnswer(act, standing.messageId as MessageId, 'taken_back', why);
}
