// Whether the accounting system of a company has a receipt, its return, or money between companies: to be posted, sent, posted or
// refused there.

/**
 * What is posted by itself: a receipt and that it came back; in the company that received it, that a part of it went to another
 * one and that this came back; in the other, that money received elsewhere settled what it is owed, and that this was taken back.
 */
export const POSTING_PARTS = [
  'receipt',
  'return',
  'handover',
  'handover_back',
  'elsewhere',
  'elsewhere_back',
] as const;
export type PostingPart = (typeof POSTING_PARTS)[number];

/** Whether it is money between companies, as the company books it that received it. */
export function isHandedOver(part: PostingPart): boolean {
  return part === 'handover' || part === 'handover_back';
}

export const POSTING_STATES = ['to_post', 'sent', 'posted', 'refused'] as const;
export type PostingState = (typeof POSTING_STATES)[number];

/** What the accounting system says of one receipt. */
export type Answer = {
  /** Our number of it. */
  readonly number: string;
  readonly part: PostingPart;
  readonly state: 'posted' | 'refused';
  /** Where it is posted: the number it has there. */
  readonly reference?: string | undefined;
  /** Where it is refused: why. */
  readonly reason?: string | undefined;
  readonly postedOn?: Temporal.PlainDate | undefined;
  /** The export that it answers; left out, it is taken for an answer to the last one. */
  readonly exportId?: string | undefined;
};

/** How a receipt, or its return, stands before an answer is taken. */
export type Standing = {
  readonly paymentId: string;
  /** The handing over or taking back that it is of, where it is of one. */
  readonly handoverId: string | null;
  readonly state: PostingState;
  readonly reference: string | null;
  readonly reason: string | null;
  /** The exports it was handed out with, the last one first. */
  readonly exportIds: readonly string[];
};

/** What is wrong with an answer; its place is counted from one. */
export type WrongAnswer = {
  readonly row: number;
  readonly number: string;
  readonly why:
    | 'not_expected'
    | 'reference_missing'
    | 'reason_missing'
    | 'posted_under_other_reference'
    | 'answered_twice'
    | 'not_in_export';
};

/** An answer that changes something. */
export type NewStep = Answer & Pick<Standing, 'paymentId' | 'handoverId'>;

/**
 * Which answers say something new, and what is wrong with the others. The answer that stands says nothing when it comes again;
 * what is posted under one number is not posted under another until it was refused, so that nothing is posted twice unseen.
 * That it was refused of an earlier export than the last one is *outdated*: it went out again since. That it is posted of an
 * earlier one counts: it stands there.
 */
export function decideAnswers(
  answers: readonly Answer[],
  standingOf: (answer: Answer) => Standing | undefined,
): {
  readonly steps: readonly NewStep[];
  readonly unchanged: number;
  readonly outdated: number;
  readonly wrong: readonly WrongAnswer[];
} {
  const steps: NewStep[] = [];
  const wrong: WrongAnswer[] = [];
  const seen = new Set<string>();
  let unchanged = 0;
  let outdated = 0;
  answers.forEach((answer, index) => {
    const standing = standingOf(answer);
    const key = `${answer.number} ${answer.part}`;
    const why = seen.has(key) ? 'answered_twice' : wrongWith(answer, standing);
    seen.add(key);
    if (why !== undefined || standing === undefined)
      wrong.push({ row: index + 1, number: answer.number, why: why ?? 'not_expected' });
    else if (isOutdated(answer, standing)) outdated += 1;
    else if (isSame(answer, standing)) unchanged += 1;
    else steps.push({ ...answer, paymentId: standing.paymentId, handoverId: standing.handoverId });
  });
  return { steps, unchanged, outdated, wrong };
}

function wrongWith(answer: Answer, standing: Standing | undefined): WrongAnswer['why'] | undefined {
  if (standing === undefined) return 'not_expected';
  if (answer.exportId !== undefined && !standing.exportIds.includes(answer.exportId)) return 'not_in_export';
  if (answer.state === 'posted' && !answer.reference) return 'reference_missing';
  if (answer.state === 'refused' && !answer.reason) return 'reason_missing';
  if (isOutdated(answer, standing)) return undefined;
  const isElsewhere = standing.state === 'posted' && standing.reference !== answer.reference;
  return answer.state === 'posted' && isElsewhere ? 'posted_under_other_reference' : undefined;
}

/** Refused of an export after which it was handed out again. */
function isOutdated({ state, exportId }: Answer, { exportIds }: Standing): boolean {
  return state === 'refused' && exportId !== undefined && exportId !== exportIds[0];
}

function isSame(answer: Answer, standing: Standing): boolean {
  if (answer.state !== standing.state) return false;
  return answer.state === 'posted'
    ? answer.reference === standing.reference
    : answer.reason === standing.reason;
}
