// An announcement: what a bank tells of a sum beside the statement that books it. It is never booked; it says what a booked
// sum is made of, and what is still to come.

import type { StatementEntry, StatementFormat } from '#formats/bank-statement-shape.ts';
import type { LockboxCheck } from '#formats/lockbox.ts';
import { assert } from '#kernel/assert.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { type Money, money } from '#kernel/money.ts';
import type { Problem } from '#kernel/refusal.ts';
import { linesOf, type ReadyLine } from '#payments/statement.ts';

export type AnnouncementOrigin = 'camt.052' | 'camt.054' | 'mt942' | 'lockbox';

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

/**
 * The deposit of one box on one day: each cheque is a payment, with the numbers that stood on the papers beside it. The bank
 * sends the cheques of a day once; the same ones again are the same deposit.
 */
export function depositOf(checks: readonly LockboxCheck[], worth: (cents: bigint) => Money): Announced {
  const [first] = checks;
  assert(first?.depositedOn !== undefined, 'a deposit has a cheque and a day');
  const on = first.depositedOn;
  const parts = checks.map((check): ReadyLine => {
    const numbers = check.remittance.map(({ text }) => text);
    return {
      bookedOn: on,
      valueOn: on,
      amount: worth(check.cents),
      payerName: check.sender?.slice(0, 200) ?? null,
      payerAccount: [check.routing, check.account].filter((text) => text).join('/') || null,
      endToEndId: null,
      bankReference: check.number ?? null,
      structuredReference: numbers.join(', ').slice(0, 500) || null,
      remittance: check.number === undefined ? 'Cheque' : `Cheque ${check.number}`,
      returned: false,
      details: { batch: check.batch, item: check.item, line: check.line },
    };
  });
  const told = checks.map((c) => [c.batch, c.item, c.cents.toString(), c.routing, c.account, c.number]);
  return {
    origin: 'lockbox',
    status: 'deposited',
    identity: JSON.stringify(['lockbox', first.box ?? '', on.toString(), ...told]),
    bookedOn: on,
    valueOn: on,
    amount: worth(checks.reduce((sum, check) => sum + check.cents, 0n)),
    bankReference: null,
    batchMessageId: null,
    batchPaymentId: null,
    messageId: null,
    parts,
  };
}

/**
 * An announcement and a booked line of the same amount that may be one, and how they are known: by a reference, by the message
 * the announcement came in, or (a lockbox, whose file names nothing of the bank's) by account, amount and days alone.
 */
export type Pair = {
  readonly announcementId: string;
  readonly lineId: string;
  readonly rule: 'reference' | 'message' | 'amount';
};

/**
 * The pairs that are certain: an announcement and a line that have nobody else. Those known by a reference come first; what
 * they take is no rival to those that are known by less.
 */
export function certainPairs(pairs: readonly Pair[]): readonly Pair[] {
  const certain: Pair[] = [];
  for (const rule of ['reference', 'message', 'amount'] as const) {
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
