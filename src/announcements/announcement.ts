// An announcement: what a bank tells of a sum beside the statement that books it. It is never booked; it says what a booked
// sum is made of, and what is still to come.

import type { StatementEntry, StatementFormat } from '#formats/bank-statement-shape.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { type Money, money } from '#kernel/money.ts';
import type { Problem } from '#kernel/refusal.ts';
import { linesOf, type ReadyLine } from '#payments/statement.ts';

export type AnnouncementOrigin = 'camt.052' | 'camt.054' | 'mt942';

/** An entry that is announced, with the payments it is made of: one, or several that add up to it exactly. */
export type Announced = {
  readonly origin: AnnouncementOrigin;
  readonly status: string;
  /** What tells it from others, as of a booked entry; equal ones are counted by the caller. */
  readonly identity: string;
  readonly bookedOn: PlainDate;
  readonly valueOn: PlainDate;
  readonly amount: Money;
  readonly bankReference: string | null;
  readonly batchMessageId: string | null;
  readonly batchPaymentId: string | null;
  readonly messageId: string | null;
  readonly parts: readonly ReadyLine[];
};

/** Reads an announced entry, or says what stands in the way of keeping it exactly as it is. */
export function announcedOf(
  entry: StatementEntry,
  within: {
    /** The day of entries that have none. */
    readonly otherwiseOn: PlainDate | undefined;
    readonly format: StatementFormat;
    readonly messageId: string | undefined;
  },
): Announced | { readonly problem: Problem } {
  const read = linesOf(entry, within.otherwiseOn);
  if ('problem' in read) return read;
  const [first] = read.lines;
  if (first === undefined) {
    return { problem: { code: 'entry_empty', message: 'The entry says nothing.', line: entry.line } };
  }
  const total = read.lines.reduce((sum, line) => sum + line.amount.minor, 0n);
  const [batch] = entry.batches;
  const key = (text: string | undefined): string | null => text?.trim().slice(0, 100) || null;
  return {
    origin: within.format as AnnouncementOrigin,
    status: entry.status.slice(0, 20),
    identity: read.identity,
    bookedOn: first.bookedOn,
    valueOn: first.valueOn,
    amount: money(total, first.amount.currency),
    bankReference: key(entry.bankReference),
    batchMessageId: key(batch?.messageId),
    batchPaymentId: key(batch?.paymentInformationId),
    messageId: key(within.messageId),
    parts: read.lines,
  };
}

/** An announcement and a booked line of the same amount that may be one, and how they are known: by a reference, or by its message. */
export type Pair = {
  readonly announcementId: string;
  readonly lineId: string;
  readonly rule: 'reference' | 'message';
};

/**
 * The pairs that are certain: an announcement and a line that have nobody else. Those known by a reference come first; what
 * they take is no rival to those that are known by the message they came in only.
 */
export function certainPairs(pairs: readonly Pair[]): readonly Pair[] {
  const certain: Pair[] = [];
  for (const rule of ['reference', 'message'] as const) {
    const free = pairs.filter(
      (pair) =>
        pair.rule === rule &&
        !certain.some((c) => c.announcementId === pair.announcementId || c.lineId === pair.lineId),
    );
    const rivals = (of: Pair): number =>
      free.filter((pair) => pair.announcementId === of.announcementId || pair.lineId === of.lineId).length;
    certain.push(...free.filter((pair) => rivals(pair) === 1));
  }
  return certain;
}
