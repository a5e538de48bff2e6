// One document on its way into a customer's portal. What it stands at follows from the steps taken, in their order; the
// last one can be taken back, so that no step ever loses what stands on it. Pure.

import {
  addBusinessDays,
  type BusinessCalendar,
  isAfter,
  isBefore,
  later,
  type PlainDate,
} from '#kernel/calendar.ts';
import { Refusal } from '#kernel/refusal.ts';

/**
 * `waiting`: to be posted. `uploaded`: posted, the portal said nothing yet. `accepted`, `rejected`: what the portal said; a
 * rejected one is to be posted anew. `not_needed`: a person said why it is not posted. `closed`: there is nothing to post
 * any more, by itself.
 */
export const UPLOAD_STATES = ['waiting', 'uploaded', 'accepted', 'rejected', 'not_needed', 'closed'] as const;
export type UploadState = (typeof UPLOAD_STATES)[number];

/** What can be done or said, besides taking the last of it back. */
export const STEP_KINDS = ['uploaded', 'accepted', 'rejected', 'not_needed', 'closed'] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** Why a portal rejects a document; the distinctions are those of the clarifications of Peppol's invoice response. */
export const REJECTION_REASONS = [
  'references',
  'duplicate',
  'prices',
  'quantities',
  'items',
  'delivery',
  'payment_terms',
  'receiver',
  'legal',
  'file',
  'other',
] as const;
export type RejectionReason = (typeof REJECTION_REASONS)[number];

/** Why an upload ended by itself. */
export const CLOSED_REASONS = ['voided', 'credited', 'nothing_to_correct', 'portal_ended'] as const;
export type ClosedReason = (typeof CLOSED_REASONS)[number];

/** One step, or the taking back of one. */
export type Step = {
  readonly stepNo: number;
  readonly kind: StepKind | 'undone';
  readonly happenedOn: PlainDate;
  readonly portalNumber: string | null;
  readonly reason: string | null;
  readonly note: string | null;
  /** The message of delivery that an upload is. */
  readonly messageId: string | null;
  /** Of a rejection: by when it is to be posted anew. */
  readonly dueOn: PlainDate | null;
  readonly undoesNo: number | null;
};

/** Where an upload stands. */
export type Standing = {
  readonly state: UploadState;
  /** The day by which it is to be posted, or was. */
  readonly dueOn: PlainDate;
  /** How often it was posted; what was taken back does not count. */
  readonly attempts: number;
  /** The latest posting, and what the portal calls it. */
  readonly messageId: string | null;
  readonly portalNumber: string | null;
  /** The step that can be taken back. */
  readonly last: Step | undefined;
};

/** The steps that stand: each `undone` takes the last one off. */
export function standingSteps(steps: readonly Step[]): readonly Step[] {
  const stack: Step[] = [];
  for (const step of steps) {
    if (step.kind !== 'undone') stack.push(step);
    else if (stack.at(-1)?.stepNo === step.undoesNo) stack.pop();
  }
  return stack;
}

/** Where an upload stands that was first to be posted by a day. */
export function standingOf(firstDueOn: PlainDate, steps: readonly Step[]): Standing {
  const stack = standingSteps(steps);
  const last = stack.at(-1);
  const posted = stack.filter((step) => step.kind === 'uploaded');
  const rejected = stack.findLast((step) => step.kind === 'rejected');
  return {
    state: last === undefined ? 'waiting' : (last.kind as UploadState),
    dueOn: rejected?.dueOn ?? firstDueOn,
    attempts: posted.length,
    messageId: posted.at(-1)?.messageId ?? null,
    portalNumber: stack.findLast((step) => step.portalNumber !== null)?.portalNumber ?? null,
    last,
  };
}

/**
 * What can follow in each state. A portal may change its mind: what was accepted is rejected by the people behind it, and
 * the reverse.
 */
const FOLLOWING: Readonly<Record<UploadState, readonly StepKind[]>> = {
  waiting: ['uploaded', 'not_needed', 'closed'],
  uploaded: ['accepted', 'rejected', 'closed'],
  accepted: ['rejected'],
  rejected: ['uploaded', 'accepted', 'not_needed', 'closed'],
  not_needed: [],
  closed: [],
};

/** Whether a step can be taken in a state. */
export function mayFollow(state: UploadState, kind: StepKind): boolean {
  return FOLLOWING[state].includes(kind);
}

/** States in which somebody has to post the document. */
export const TO_POST: readonly UploadState[] = ['waiting', 'rejected'];

/** Whether a document should have been posted before a day. */
export function isLate(upload: Pick<Standing, 'state' | 'dueOn'>, today: PlainDate): boolean {
  return TO_POST.includes(upload.state) && isBefore(upload.dueOn, today);
}

/** The day by which something is to be posted that was to be known of on a day: so many days of business later. */
export function dueAfter(day: PlainDate, withinDays: number, calendar: BusinessCalendar): PlainDate {
  return addBusinessDays(day, withinDays, calendar);
}

/** The day from which the first posting is counted: the issue, or the day we learned that it is wanted, if later. */
export function countedFrom(issuedOn: PlainDate, today: PlainDate): PlainDate {
  return later(issuedOn, today);
}

/**
 * Makes sure that a step can be taken in a state, on a day.
 *
 * Refuses: `upload_step_not_possible` (document, state, wanted), `dated_in_future`, `uploaded_before_issue` (posting only).
 */
export function checkStep(
  upload: { readonly number: string; readonly issuedOn: PlainDate; readonly state: UploadState },
  wanted: { readonly kind: StepKind; readonly on: PlainDate },
  today: PlainDate,
): void {
  const { number, state } = upload;
  if (!mayFollow(state, wanted.kind))
    throw new Refusal('upload_step_not_possible', { number, state, wanted: wanted.kind });
  if (isAfter(wanted.on, today)) throw new Refusal('dated_in_future', { on: wanted.on.toString() });
  if (wanted.kind === 'uploaded' && isBefore(wanted.on, upload.issuedOn))
    throw new Refusal('uploaded_before_issue', { number, issuedOn: upload.issuedOn.toString() });
}

/** Whether the last step can be taken back, or the code of the reason why not. What closed by itself opens by itself. */
export function mayUndo(standing: Pick<Standing, 'last'>): true | string {
  if (standing.last === undefined) return 'upload_nothing_to_undo';
  return standing.last.kind === 'closed' ? 'upload_closed_by_itself' : true;
}

/** What is known of a document that decides whether there is something to post. */
export type DocumentFacts = {
  readonly isVoided: boolean;
  /** Credit notes correct the whole of it. */
  readonly isCredited: boolean;
  /** A credit note whose invoice was never posted and is credited or voided. */
  readonly correctsUnposted: boolean;
  readonly portalEnded: boolean;
};

/**
 * Why an upload ends by itself, as things are; undefined where it goes on. A voided document ends it also when it was
 * posted: what the portal says of it counts no more. Everything else only ends what was still to be posted.
 */
export function closingReason(state: UploadState, facts: DocumentFacts): ClosedReason | undefined {
  if (facts.isVoided) return 'voided';
  if (state === 'uploaded') return undefined;
  if (facts.isCredited) return 'credited';
  if (facts.correctsUnposted) return 'nothing_to_correct';
  return facts.portalEnded ? 'portal_ended' : undefined;
}
