// What a line of a bank statement is, whatever the format: one sum that moved, in the currency of the account, with all that
// was said about it. An entry booked as a batch is taken apart when its parts add up to it; else it stays one line.

import {
  counterpartyOf,
  entryIdentity,
  type StatementAmount,
  type StatementDetail,
  type StatementEntry,
  type StatementHead,
  type StatementSummary,
  statementMoney,
} from '#formats/bank-statement-shape.ts';
import type { PayoutKind } from '#formats/payout-kinds.ts';
import { paymentsOf } from '#formats/statement-tally.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { Json } from '#kernel/canonical.ts';
import { isCurrency, type Money, zero } from '#kernel/money.ts';
import type { Problem } from '#kernel/refusal.ts';
import { compactAccount } from '#parties/iban.ts';
import { type BankReading, bankReadingOf } from '#remittances/bank-reading.ts';

/** A line ready to be stored. */
export type ReadyLine = {
  readonly bookedOn: PlainDate;
  readonly valueOn: PlainDate;
  /** Money in is positive. */
  readonly amount: Money;
  readonly payerName: string | null;
  readonly payerAccount: string | null;
  readonly endToEndId: string | null;
  readonly bankReference: string | null;
  readonly structuredReference: string | null;
  readonly remittance: string;
  /** The bank takes an earlier payment back, or reverses an earlier entry. */
  readonly returned: boolean;
  readonly details: Json;
  /** What it is, where a gateway says what it paid out. */
  readonly payoutKind?: PayoutKind | undefined;
  /** What the bank told of the documents it is for, where it told that completely. */
  readonly claimed?: BankReading | undefined;
};

/** The lines of one entry, with what tells the entry from others; equal ones are counted by the caller. */
export type ReadyEntry = { readonly identity: string; readonly lines: readonly ReadyLine[] };

/** Texts and details kept of one line; banks send pages of them with collective bookings. */
const REMITTANCE_CHARACTERS_MAX = 4_000;
const REFERENCE_CHARACTERS_MAX = 500;
const DETAILS_KEPT_MAX = 100;

/**
 * The lines of a booked entry, or what stands in the way of storing them exactly as they are. `otherwiseOn` is the day for
 * entries that have none: the day of the statement.
 */
export function linesOf(
  entry: StatementEntry,
  otherwiseOn: PlainDate | undefined,
): ReadyEntry | { readonly problem: Problem } {
  const bookedOn = entry.bookingDate ?? entry.valueDate ?? otherwiseOn;
  if (bookedOn === undefined) {
    const message = 'The entry has no booking date and no value date, and its statement has no day either.';
    return { problem: { code: 'entry_without_date', message, line: entry.line } };
  }
  const lines: ReadyLine[] = [];
  for (const payment of paymentsOf(entry)) {
    const read = statementMoney(payment.amount, entry.line);
    if ('problem' in read) return read;
    const what = describeDetails(entry, payment.details);
    const valueOn = entry.valueDate ?? bookedOn;
    const told = { ...what, amount: read.money, paidOn: valueOn };
    const claimed = what.returned ? undefined : bankReadingOf(entry, payment.details, told);
    const { payoutKind } = entry;
    lines.push({ ...what, amount: read.money, bookedOn, valueOn, payoutKind, claimed });
  }
  return { identity: entryIdentity(entry), lines };
}

function describeDetails(
  entry: StatementEntry,
  details: readonly StatementDetail[],
): Omit<ReadyLine, 'amount' | 'bookedOn' | 'valueOn'> {
  const parties = details.map((detail) => counterpartyOf(entry, detail));
  const references = details.flatMap((detail) => [
    ...detail.structured.map((s) => s.reference),
    ...detail.documents.map((d) => d.number),
  ]);
  return {
    payerName: oneOf(
      parties.map((p) => p?.name),
      200,
    ),
    payerAccount: oneOf(
      parties.map((p) => {
        const account = p?.iban ?? p?.otherAccount;
        return account === undefined ? undefined : compactAccount(account);
      }),
      64,
    ),
    endToEndId: oneOf(
      details.map((d) => d.endToEndId),
      100,
    ),
    bankReference:
      oneOf([entry.bankReference], 100) ??
      oneOf(
        details.map((d) => d.bankReference),
        100,
      ),
    structuredReference: joined(references, ', ', REFERENCE_CHARACTERS_MAX) || null,
    remittance: joined(
      [...details.flatMap((d) => [d.text, d.info]), entry.info],
      ' ',
      REMITTANCE_CHARACTERS_MAX,
    ),
    returned: entry.isReversal || details.some((d) => d.returned !== undefined),
    details: keptDetails(entry, details),
  };
}

/** The value that all which have one agree on. */
function oneOf(values: readonly (string | undefined)[], charactersMax: number): string | null {
  const different = new Set(values.filter((v) => v !== undefined && v.trim() !== ''));
  const [only] = different;
  return different.size === 1 && only !== undefined ? only.trim().slice(0, charactersMax) : null;
}

function joined(values: readonly (string | undefined)[], by: string, charactersMax: number): string {
  const different = new Set(values.filter((v) => v !== undefined && v.trim() !== ''));
  return [...different].join(by).slice(0, charactersMax);
}

/** What the bank said besides, kept for people and for the full matcher; of a very large batch the first parts. */
function keptDetails(entry: StatementEntry, details: readonly StatementDetail[]): Json {
  const { reference, status, isReversal, code, amount, accountAmount, amounts, charges, batches } = entry;
  const { explainedBy } = entry;
  return JSON.parse(
    JSON.stringify({
      entry: {
        ...{ reference, status, isReversal, code, amount, accountAmount, amounts, charges, batches },
        ...(explainedBy === undefined ? {} : { explainedBy }),
      },
      details: details.slice(0, DETAILS_KEPT_MAX),
      detailCount: details.length,
    }),
  ) as Json;
}

/** What a stored line says that can contradict another with the same identity. */
export type SaidOfLine = Pick<ReadyLine, 'endToEndId' | 'structuredReference' | 'payerAccount'>;

/**
 * Whether two lines that share bank reference, day and amount are nevertheless two: both say something, and not the same.
 * Banks that give one reference to many bookings of a day are met this way; nothing received is taken for known.
 */
export function contradicts(a: SaidOfLine, b: SaidOfLine): boolean {
  const differ = (one: string | null, other: string | null): boolean =>
    one !== null && other !== null && one !== other;
  return (
    differ(a.endToEndId, b.endToEndId) ||
    differ(a.structuredReference, b.structuredReference) ||
    differ(a.payerAccount, b.payerAccount)
  );
}

/** Whether two lines say the same in all that can contradict. */
export function saysTheSame(a: SaidOfLine, b: SaidOfLine): boolean {
  return (
    a.endToEndId === b.endToEndId &&
    a.structuredReference === b.structuredReference &&
    a.payerAccount === b.payerAccount
  );
}

/** The account a statement is of: its number in the form accounts are kept in, and its currency, as far as told. */
export function accountOf(head: StatementHead): {
  readonly number: string | undefined;
  readonly currency: string | undefined;
} {
  const { iban, otherId, currency } = head.account;
  const number = compactAccount(iban ?? otherId ?? '');
  const booked = head.balances.find((b) => ['OPBD', 'PRCD', 'CLBD'].includes(b.type));
  return { number: number === '' ? undefined : number, currency: currency ?? booked?.amount.currency };
}

/** What a whole statement comes to, in the currency of its account. */
export type StatementFigures = {
  readonly opening: Money | null;
  readonly closing: Money | null;
  readonly entries: Money;
  /** Opening + entries − closing, when the statement gives both balances and all entries in one currency. */
  readonly difference: Money | null;
};

/** Reads the figures of a summary; those in another currency than the account's are left out, never converted. */
export function figuresOf(summary: StatementSummary, currency: string): StatementFigures {
  const read = (amount: StatementAmount | undefined): Money | null => {
    if (amount === undefined || amount.currency !== currency || !isCurrency(currency)) return null;
    const money = statementMoney(amount);
    return 'money' in money ? money.money : null;
  };
  return {
    opening: read(summary.opening?.amount),
    closing: read(summary.closing?.amount),
    entries: read(summary.bookedNet) ?? zero(currency),
    difference: read(summary.difference),
  };
}
