// How a customer writes numbers of documents, tried on its past: what a piece of a text would have named among what was open on
// the day, beside what the money was for in the end. What is accepted is worth as much as it was right.

import { isBefore, type PlainDate } from '#kernel/calendar.ts';
import { Refusal } from '#kernel/refusal.ts';
import {
  formKey,
  formsOf,
  type NumberedDocument,
  numberKey,
  type WayForm,
  writtenFor,
} from '#matching/learnt-way.ts';
import { figuredTokens } from '#matching/references.ts';

/** A receipt of the customer of which something is applied. */
export type PastReceipt = {
  readonly paymentId: string;
  readonly number: string;
  readonly receivedOn: PlainDate;
  readonly texts: readonly string[];
  /** The documents that it settled, wholly or in part. */
  readonly paidIds: readonly string[];
  /** Whether a person said what it is for. */
  readonly isByHand: boolean;
};

/** A document of the customer. */
export type PastDocument = NumberedDocument & {
  readonly id: string;
  readonly postedOn: PlainDate;
  /** The day on which nothing was open of it any more. */
  readonly closedOn: PlainDate | null;
};

export const VERDICTS = ['right', 'wrong', 'tied'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What a form would have made of one piece of one receipt. */
export type Trial = {
  readonly receipt: PastReceipt;
  readonly written: string;
  readonly verdict: Verdict;
  /** What it would have named. */
  readonly meant: readonly PastDocument[];
};

/** How often a form was right, wrong, or fitted documents of which only some were paid. */
export type Tally = { readonly right: number; readonly wrong: number; readonly tied: number };

/** A form with its past, and the latest receipt that a person said so of. */
export type Proposal = Tally & { readonly form: WayForm; readonly paymentId: string | null };

/** Once is any number that was written once. */
const RIGHT_MIN = 2;
/** From this share on it is proposed by itself, as names and accounts are. */
const PROPOSED_FROM = 0.9;

/**
 * A form tried on receipts, the latest first: each piece written in it, with what was open on the value date that it fits.
 * Right is what names nothing but what was paid; tied, what names that and more; wrong, what names other things.
 */
export function tryForm(
  form: WayForm,
  receipts: readonly PastReceipt[],
  documents: readonly PastDocument[],
): readonly Trial[] {
  const numbers = new Set(documents.map(({ number = '' }) => numberKey(number)));
  return receipts.flatMap((receipt) => {
    const open = openOn(receipt, documents);
    const paid = new Set(receipt.paidIds);
    return figuredTokens(receipt.texts).flatMap((written): readonly Trial[] => {
      if (numbers.has(written)) return [];
      const meant = open.filter((document) => writtenFor(form, written, document));
      if (meant.length === 0) return [];
      const hits = meant.filter(({ id }) => paid.has(id)).length;
      const verdict = hits === meant.length ? 'right' : hits === 0 ? 'wrong' : 'tied';
      return [{ receipt, written, verdict, meant }];
    });
  });
}

/** The counts of trials. */
export function tallyOf(trials: readonly Trial[]): Tally {
  const of = (verdict: Verdict): number => trials.filter((one) => one.verdict === verdict).length;
  return { right: of('right'), wrong: of('wrong'), tied: of('tied') };
}

/**
 * Forms that what people applied by hand shows, and that the past speaks for, most often right first. Of forms that say the
 * same of every piece the first of `ending`, `series`, `order` is enough.
 */
export function proposePatterns(
  receipts: readonly PastReceipt[],
  documents: readonly PastDocument[],
): readonly Proposal[] {
  const byId = new Map(documents.map((document) => [document.id, document]));
  const shown = new Map<string, { readonly form: WayForm; readonly paymentId: string }>();
  for (const receipt of receipts.filter(({ isByHand }) => isByHand))
    for (const token of figuredTokens(receipt.texts))
      for (const document of receipt.paidIds.flatMap((id) => byId.get(id) ?? []))
        for (const form of formsOf(token, document)) {
          const key = formKey(form);
          if (!shown.has(key)) shown.set(key, { form, paymentId: receipt.paymentId });
        }
  const tried = [...shown.values()].map((one) => {
    const trials = tryForm(one.form, receipts, documents);
    return { ...one, ...tallyOf(trials), said: saidBy(trials) };
  });
  const worth = tried
    .filter(isWorthProposing)
    .sort((a, b) => b.right - a.right || RANK[a.form.kind] - RANK[b.form.kind]);
  const first = worth.filter((one, index) => worth.findIndex(({ said }) => said === one.said) === index);
  return first.map(({ said: _, ...proposal }) => proposal);
}

const RANK = { ending: 0, series: 1, order: 2 } as const;

/**
 * Forms of others (of customers above) tried on a customer's past: those that were right there, and nearly always. One case is
 * enough, because another's receipts speak for them already.
 */
export function inheritedPatterns<F extends { readonly form: WayForm }>(
  others: readonly F[],
  receipts: readonly PastReceipt[],
  documents: readonly PastDocument[],
): readonly (F & Proposal)[] {
  return others.flatMap((one): readonly (F & Proposal)[] => {
    const trials = tryForm(one.form, receipts, documents);
    const tally = tallyOf(trials);
    const latest = trials.find(({ verdict }) => verdict === 'right');
    if (latest === undefined || !isNearlyAlwaysRight(tally)) return [];
    return [{ ...one, ...tally, paymentId: latest.receipt.paymentId }];
  });
}

/** Two forms that read every piece alike are one to whoever looks at them. */
function saidBy(trials: readonly Trial[]): string {
  return trials
    .map(
      ({ receipt, written, meant }) => `${receipt.paymentId} ${written} ${meant.map(({ id }) => id).join()}`,
    )
    .join('\n');
}

/** Whether a form is worth proposing: right more than once, and nearly always. */
export function isWorthProposing(tally: Tally): boolean {
  return tally.right >= RIGHT_MIN && isNearlyAlwaysRight(tally);
}

function isNearlyAlwaysRight({ right, wrong, tied }: Tally): boolean {
  return right >= (right + wrong) * PROPOSED_FROM && right > tied;
}

/**
 * Whether a form may be taken for how a customer writes. Refuses: `pattern_not_supported` (no receipt speaks for it, or as many
 * speak against it).
 */
export function checkPattern(tally: Tally): void {
  if (tally.right === 0 || tally.right <= tally.wrong)
    throw new Refusal('pattern_not_supported', { ...tally });
}

/**
 * How probable it is that a number written so is what it seems to be: the share that was right, with half a case added on
 * either side (Jeffreys' prior), so that few cases are believed less than many. Ties count on neither side.
 */
export function rightShare({ right, wrong }: Pick<Tally, 'right' | 'wrong'>): number {
  return (right + 0.5) / (right + wrong + 1);
}

/** What of documents was open when a receipt came, and what it paid. */
function openOn(receipt: PastReceipt, documents: readonly PastDocument[]): readonly PastDocument[] {
  const { receivedOn } = receipt;
  const paid = new Set(receipt.paidIds);
  return documents.filter(
    ({ id, postedOn, closedOn }) =>
      paid.has(id) ||
      (!isBefore(receivedOn, postedOn) && (closedOn === null || !isBefore(closedOn, receivedOn))),
  );
}
