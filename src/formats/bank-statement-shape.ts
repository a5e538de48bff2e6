// What a bank statement is, whatever the format it came in: a stream of events, one entry at a time. Amounts are
// decimal text exactly as the bank wrote them, signed as the account holder sees them: money in is positive.

import type { PlainDate } from '#kernel/calendar.ts';
import { type Money, parseMoney } from '#kernel/money.ts';
import { type Problem, Refusal } from '#kernel/refusal.ts';
import type { PayoutKind } from './payout-kinds.ts';

/** A signed amount as plain decimal text, all its decimals kept, and its currency code. */
export type StatementAmount = { readonly decimal: string; readonly currency: string };

/** What a statement comes in. */
export type StatementFormat =
  | 'camt.052'
  | 'camt.053'
  | 'camt.054'
  | 'csv'
  | 'mt940'
  | 'mt942'
  | 'bai2'
  | 'ofx'
  /** What a gateway paid out, and of what. */
  | 'payout';

/** Formats that announce or explain what a statement books later. Nothing of them may be posted. */
export const ANNOUNCING_FORMATS: ReadonlySet<StatementFormat> = new Set(['camt.052', 'camt.054', 'mt942']);

/** What kind of message a file is. Only a statement is booked; those of `ANNOUNCING_FORMATS` announce or explain. */
export type StatementFile = {
  /** Name of the file, within the archive it came in where it came in one. */
  readonly name?: string | undefined;
  readonly format: StatementFormat;
  /** As written in the namespace: `08`. */
  readonly version?: string | undefined;
  readonly messageId?: string | undefined;
  /** When the bank made it, as written. */
  readonly createdAt?: string | undefined;
  /** Page of a message that came in several files. */
  readonly page?: StatementPage | undefined;
};

export type StatementPage = { readonly number: string; readonly isLast: boolean };

export type StatementAccount = {
  readonly iban?: string | undefined;
  /** The bank's own number where there is no IBAN. */
  readonly otherId?: string | undefined;
  readonly currency?: string | undefined;
  readonly owner?: string | undefined;
  readonly bankBic?: string | undefined;
};

/** A balance the bank states. Only OPBD, PRCD and CLBD are booked; ITBD, OPAV, CLAV, FWAV and others are not. */
export type StatementBalance = {
  readonly type: string;
  readonly subtype?: string | undefined;
  readonly amount: StatementAmount;
  readonly date?: PlainDate | undefined;
  /** Date and time as written, where the bank gives a time. */
  readonly at?: string | undefined;
  readonly line?: number | undefined;
};

/** One statement of one account. Its balances come before its entries. */
export type StatementHead = {
  readonly id?: string | undefined;
  readonly electronicSequence?: string | undefined;
  readonly legalSequence?: string | undefined;
  readonly page?: StatementPage | undefined;
  readonly createdAt?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly account: StatementAccount;
  readonly balances: readonly StatementBalance[];
  readonly line: number;
};

export type StatementParty = {
  readonly name?: string | undefined;
  readonly iban?: string | undefined;
  readonly otherAccount?: string | undefined;
  readonly bic?: string | undefined;
};

/** A creditor reference: SCOR (ISO 11649), QRR, ISR, or a national one; the type as the bank names it. */
export type StructuredReference = {
  readonly type?: string | undefined;
  readonly issuer?: string | undefined;
  readonly reference: string;
};

/** More or less than the document says, and why. What is taken off is negative, whichever way the payment goes. */
export type DocumentAdjustment = {
  readonly amount: StatementAmount;
  readonly reason?: string | undefined;
  readonly info?: string | undefined;
};

/**
 * A document the payer names: an invoice number, with what the payer says of its amounts. They are of this document only
 * where one alone is named; where a payer names several together, their amounts stand with none of them.
 */
export type ReferredDocument = {
  readonly type?: string | undefined;
  readonly number?: string | undefined;
  readonly date?: string | undefined;
  /** What is paid of it, else what is due. */
  readonly amount?: StatementAmount | undefined;
  /** What it asks for, before anything is taken off. */
  readonly due?: StatementAmount | undefined;
  /** Taken off for paying early; without sign. */
  readonly discount?: StatementAmount | undefined;
  /** Taken off for a credit note; without sign. */
  readonly credited?: StatementAmount | undefined;
  readonly adjustments?: readonly DocumentAdjustment[] | undefined;
};

/** A charge; money that went out is negative. `isIncluded`: it is already taken off the amount beside it. */
export type StatementCharge = {
  readonly amount: StatementAmount;
  readonly isIncluded?: boolean | undefined;
  readonly type?: string | undefined;
};

export type ExchangeRate = {
  readonly source?: string | undefined;
  readonly target?: string | undefined;
  readonly unit?: string | undefined;
  readonly rate?: string | undefined;
};

/** The bank's code for what kind of booking it is. */
export type BankTransactionCode = {
  readonly domain?: string | undefined;
  readonly family?: string | undefined;
  readonly subfamily?: string | undefined;
  readonly proprietary?: string | undefined;
};

/** Amounts beside the booked one: what was ordered, what was transferred, its value in another currency. */
export type AmountDetails = {
  readonly instructed?: StatementAmount | undefined;
  readonly transaction?: StatementAmount | undefined;
  readonly counterValue?: StatementAmount | undefined;
  readonly exchange?: ExchangeRate | undefined;
};

/** Why a payment came back. */
export type StatementReturn = {
  readonly code?: string | undefined;
  readonly info: readonly string[];
};

/** Lines of the file that the amounts of a document stand on. */
export type DocumentPlaces = {
  readonly amount?: number | undefined;
  readonly discount?: number | undefined;
  readonly credited?: number | undefined;
  readonly adjustments: readonly number[];
};

/** Where a payer's numbers and words stand in the file. */
export type RemittancePlaces = {
  readonly structured: readonly number[];
  readonly documents: readonly number[];
  /** Of amounts beside documents; what was kept before they were told has none. */
  readonly documentAmounts?: readonly DocumentPlaces[] | undefined;
  readonly unstructured: readonly number[];
};

/** One payment within an entry. */
export type StatementDetail = {
  readonly amount?: StatementAmount | undefined;
  readonly amounts: AmountDetails;
  readonly endToEndId?: string | undefined;
  readonly bankReference?: string | undefined;
  readonly instructionId?: string | undefined;
  readonly paymentInformationId?: string | undefined;
  readonly transactionId?: string | undefined;
  readonly mandateId?: string | undefined;
  readonly uetr?: string | undefined;
  readonly structured: readonly StructuredReference[];
  readonly documents: readonly ReferredDocument[];
  /** The payer's words, line by line as sent, and joined. Lines may be cut in the middle of a word. */
  readonly unstructured: readonly string[];
  readonly text: string;
  /** Lines of the file that references, documents and words stand on, each list in the order of theirs. */
  readonly places?: RemittancePlaces | undefined;
  readonly debtor?: StatementParty | undefined;
  readonly ultimateDebtor?: StatementParty | undefined;
  readonly creditor?: StatementParty | undefined;
  readonly ultimateCreditor?: StatementParty | undefined;
  readonly charges: readonly StatementCharge[];
  readonly returned?: StatementReturn | undefined;
  readonly code?: BankTransactionCode | undefined;
  readonly purpose?: string | undefined;
  readonly info?: string | undefined;
};

/** A payment order booked as one sum. */
export type StatementBatch = {
  readonly messageId?: string | undefined;
  readonly paymentInformationId?: string | undefined;
  readonly count?: string | undefined;
  readonly total?: StatementAmount | undefined;
};

export type StatementEntry = {
  /** 1-based place within its statement. */
  readonly ordinal: number;
  readonly line: number;
  readonly reference?: string | undefined;
  /** The bank's own reference (AcctSvcrRef): the same when the bank sends the entry again. */
  readonly bankReference?: string | undefined;
  readonly amount: StatementAmount;
  /** The amount in the currency of the account; missing when the entry is in another and the bank does not tell. */
  readonly accountAmount?: StatementAmount | undefined;
  /** Information only: the sign of the amount is right as it stands. */
  readonly isReversal: boolean;
  /** As the bank says: BOOK, PDNG, INFO. */
  readonly status: string;
  /** Whether it may be posted: booked, and in a statement rather than a notification. */
  readonly mayBook: boolean;
  readonly bookingDate?: PlainDate | undefined;
  readonly valueDate?: PlainDate | undefined;
  readonly code?: BankTransactionCode | undefined;
  readonly amounts: AmountDetails;
  readonly charges: readonly StatementCharge[];
  readonly batches: readonly StatementBatch[];
  /** The message that gives the details of this entry, where the bank sends them apart (AddtlInfInd). */
  readonly explainedBy?: string | undefined;
  readonly details: readonly StatementDetail[];
  /** What the row is, where a gateway says what it paid out. */
  readonly payoutKind?: PayoutKind | undefined;
  readonly info?: string | undefined;
  /** The balance after this entry, where the file has a column of it. */
  readonly balanceAfter?: StatementAmount | undefined;
  readonly problems: readonly Problem[];
};

/** What entries of one currency add up to; both are written without sign. */
export type CurrencyTotal = { readonly currency: string; readonly credit: string; readonly debit: string };

export type StatementSummary = {
  readonly opening?: StatementBalance | undefined;
  readonly closing?: StatementBalance | undefined;
  /** All booked entries together, in the currency of the account. */
  readonly bookedNet?: StatementAmount | undefined;
  /** Opening + booked entries − closing; told whenever it can be computed, also when it is zero. */
  readonly difference?: StatementAmount | undefined;
  readonly check: 'agrees' | 'differs' | 'no_balances' | 'currencies_differ' | 'amount_missing';
  /** All entries, whatever their status, by the currency they are in. */
  readonly totals: readonly CurrencyTotal[];
  readonly entries: number;
  readonly details: number;
  readonly reversals: number;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly problems: readonly Problem[];
};

/**
 * What comes out of a reader, in order: the file, then for each statement its head, its entries and its summary.
 */
export type StatementEvent =
  | { readonly kind: 'file'; readonly file: StatementFile }
  | { readonly kind: 'statement'; readonly statement: StatementHead }
  | { readonly kind: 'entry'; readonly entry: StatementEntry }
  /** A row that could not be read. */
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'summary'; readonly summary: StatementSummary };

/**
 * The other side of an entry or payment: who paid us, or whom we paid. The one it is for stands before the one who
 * pays. A reversal names the parties of the payment it takes back, whose direction was the other one.
 */
export function counterpartyOf(entry: StatementEntry, detail: StatementDetail): StatementParty | undefined {
  const debtor = partyOf(detail.debtor, detail.ultimateDebtor);
  const creditor = partyOf(detail.creditor, detail.ultimateCreditor);
  const isIncoming = !entry.amount.decimal.startsWith('-');
  if (entry.isReversal) return isIncoming ? (creditor ?? debtor) : (debtor ?? creditor);
  return isIncoming ? debtor : creditor;
}

function partyOf(
  direct: StatementParty | undefined,
  ultimate: StatementParty | undefined,
): StatementParty | undefined {
  if (direct === undefined && ultimate === undefined) return undefined;
  return { ...direct, name: ultimate?.name ?? direct?.name };
}

/**
 * What tells an entry from others of its account when a bank sends it again: its own reference, else everything
 * that was said about it, with amount and booking date. Value date and running balance are left out: banks change
 * them in a second edition. Equal entries of one day are counted by the caller (first, second, …), who also hashes.
 */
export function entryIdentity(entry: StatementEntry): string {
  const { amount, bookingDate } = entry;
  const core = [amount.currency, normalText(amount.decimal), bookingDate?.toString() ?? ''];
  if (entry.bankReference !== undefined) return JSON.stringify(['bank', entry.bankReference, ...core]);
  const said = entry.details.flatMap((detail) => [
    detail.bankReference ?? '',
    detail.endToEndId ?? '',
    ...detail.structured.map((reference) => reference.reference),
    detail.text,
    counterpartyOf(entry, detail)?.name ?? '',
  ]);
  return JSON.stringify(['said', ...core, entry.reference ?? '', entry.info ?? '', ...said]);
}

/** 8.850 and 8.85 are one amount. */
function normalText(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}

/**
 * An amount as money of the books, or what stands in the way: a currency we do not know, or decimals beyond the
 * currency that are not zero, which are never rounded away.
 */
export function statementMoney(
  amount: StatementAmount,
  line?: number,
): { money: Money } | { problem: Problem } {
  try {
    return { money: parseMoney(amount.decimal, amount.currency) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const message = `The amount ${amount.decimal} ${amount.currency} cannot be booked as it is (${error.code}).`;
    return {
      problem: { code: error.code, message, value: amount.decimal, ...(line === undefined ? {} : { line }) },
    };
  }
}
