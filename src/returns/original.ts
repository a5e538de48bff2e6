// Which payment came back. One that the bank names, or the only one of that account and amount of the last weeks; where two
// fit, a person says which.

import { addDays, isBefore, type PlainDate } from '#kernel/calendar.ts';
import type { CustomerId, PaymentId } from '#kernel/id.ts';
import type { Money } from '#kernel/money.ts';
import { matchKey } from '#ledger/match-key.ts';

/** A payment that may be the one: received by the company, in the currency, before it came back. */
export type Candidate = {
  readonly paymentId: PaymentId;
  readonly number: string;
  readonly customerId: CustomerId | null;
  readonly amount: Money;
  readonly receivedOn: PlainDate;
  readonly isReturned: boolean;
  /** A line of a statement shows that it came back. */
  readonly hasReturnLine: boolean;
  readonly endToEndId: string | null;
  /** By which it may be named otherwise: its number, what the bank called it, what the payer wrote. */
  readonly references: readonly string[];
  readonly payerName: string | null;
  readonly payerAccount: string | null;
};

/** What is told of the return, as far as it points at a payment. */
export type Told = {
  /** What came back, without the bank's fee. */
  readonly amount: Money;
  readonly returnedOn: PlainDate;
  readonly endToEndId: string | null;
  readonly references: readonly string[];
  readonly payerName: string | null;
  readonly payerAccount: string | null;
  readonly said: string;
  /** A line of a statement takes the money. */
  readonly isLine: boolean;
};

/** What speaks for a payment. */
export const SIGNS = ['reference', 'account', 'name', 'amount'] as const;
export type Sign = (typeof SIGNS)[number];

/** A payment that fits, with what speaks for it and what the bank then took on top. */
export type Fitting = {
  readonly candidate: Candidate;
  readonly signs: readonly Sign[];
  readonly feeMinor: bigint;
};

/** `act` where only one can be meant; else those that fit, the likeliest first. */
export type OriginalFound = {
  readonly decision: 'act' | 'propose' | 'nothing';
  readonly rule: 'reference' | 'account' | null;
  readonly fitting: readonly Fitting[];
};

/**
 * Days in which a debit may come back without a name: refunds of authorised ones are possible for eight weeks (SEPA core
 * rulebook), and the banks need some days besides.
 */
const UNNAMED_DAYS_MAX = 70;
/** A word of the payer that names a payment has at least so many characters. */
const NAMING_CHARACTERS_MIN = 6;

/** Finds the payment that a return takes back. */
export function findOriginal(told: Told, candidates: readonly Candidate[]): OriginalFound {
  const fitting = candidates.flatMap((candidate) => fit(told, candidate)).toSorted(likelierFirst);
  const whole = fitting.filter(({ feeMinor }) => feeMinor === 0n);
  const named = whole.filter(({ signs }) => signs.includes('reference'));
  if (named.length === 1) return { decision: 'act', rule: 'reference', fitting };
  if (named.length > 1) return { decision: 'propose', rule: null, fitting };
  // Named, but for less than the bank took: the rest may be a fee that it did not state.
  if (fitting.some(({ signs }) => signs.includes('reference')))
    return { decision: 'propose', rule: null, fitting };
  const recent = whole.filter(
    ({ candidate }) => !isBefore(candidate.receivedOn, addDays(told.returnedOn, -UNNAMED_DAYS_MAX)),
  );
  const ofAccount = recent.filter(({ signs }) => signs.includes('account'));
  // One of the same name whose account is not known may be meant as well.
  const rivals = recent.filter(
    ({ candidate, signs }) => signs.includes('name') && candidate.payerAccount === null,
  );
  if (ofAccount.length === 1 && rivals.length === 0) return { decision: 'act', rule: 'account', fitting };
  return { decision: fitting.length > 0 ? 'propose' : 'nothing', rule: null, fitting };
}

function fit(told: Told, candidate: Candidate): readonly Fitting[] {
  if (isBefore(told.returnedOn, candidate.receivedOn)) return [];
  // It came back already and a bank line shows it: another line cannot take it back again.
  if (candidate.isReturned && candidate.hasReturnLine && told.isLine) return [];
  const isNamed = isNamedBy(told, candidate);
  const feeMinor = told.amount.minor - candidate.amount.minor;
  if (feeMinor < 0n || (feeMinor > 0n && !isNamed)) return [];
  // Both have a name for the payment, and not the same: it is another one.
  const differs =
    !isNamed &&
    told.endToEndId !== null &&
    candidate.endToEndId !== null &&
    told.endToEndId !== candidate.endToEndId;
  if (differs) return [];
  const signs: Sign[] = [];
  if (isNamed) signs.push('reference');
  if (told.payerAccount !== null && told.payerAccount === candidate.payerAccount) signs.push('account');
  if (sameName(told.payerName, candidate.payerName)) signs.push('name');
  if (feeMinor === 0n) signs.push('amount');
  return [{ candidate, signs, feeMinor }];
}

function isNamedBy(told: Told, candidate: Candidate): boolean {
  const theirs = new Set([candidate.endToEndId, ...candidate.references].filter((text) => text !== null));
  if (told.endToEndId !== null && theirs.has(told.endToEndId)) return true;
  if (told.references.some((reference) => theirs.has(reference))) return true;
  const words = new Set(told.said.split(/[\s,;]+/));
  return [candidate.number, candidate.endToEndId].some(
    (name) => name !== null && name.length >= NAMING_CHARACTERS_MIN && words.has(name),
  );
}

function sameName(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && matchKey(a) !== '' && matchKey(a) === matchKey(b);
}

function likelierFirst(a: Fitting, b: Fitting): number {
  const weight = ({ signs, feeMinor }: Fitting): number =>
    SIGNS.reduce((sum, sign, index) => sum + (signs.includes(sign) ? 2 ** (SIGNS.length - index) : 0), 0) -
    (feeMinor === 0n ? 0 : 1);
  const later = (one: Fitting): string => one.candidate.receivedOn.toString();
  return weight(b) - weight(a) || (later(a) < later(b) ? 1 : later(a) > later(b) ? -1 : 0);
}
