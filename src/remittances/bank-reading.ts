// What a bank's own data says of the documents one payment is for: as a reading of a remittance, with the lines of the file its
// numbers stand on. Nothing is guessed: where one document has no amount, or an amount could be of two, there is no reading.

import type {
  ReferredDocument,
  StatementAmount,
  StatementDetail,
  StatementEntry,
} from '#formats/bank-statement-shape.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { REMITTANCE_LINES_MAX } from '#kernel/limits.ts';
import { type Money, money, parseMoney, zero } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { listedDocuments } from './listed-documents.ts';
import type { ClaimedLine, Place, PlacedPart, Reading } from './remittance.ts';
import type { SourceRow } from './table-reading.ts';

/** A reading of what a bank said of one payment, and the lines of the file it was read from. */
export type BankReading = { readonly reading: Reading; readonly rows: readonly SourceRow[] };

/** The payment that a bank told of. */
export type ToldPayment = {
  readonly amount: Money;
  readonly paidOn: PlainDate;
  readonly payerName: string | null;
  readonly endToEndId: string | null;
};

/** Codes of documents that lower what is paid (ISO 20022, DocumentType6Code): a credit note, and one of an adjustment. */
const CREDITS: ReadonlySet<string> = new Set(['CREN', 'CNFA']);

/**
 * What the details of one payment say it is for: documents with their amounts (ISO 20022, RfrdDocInf and RfrdDocAmt), else a
 * list of numbers with amounts in the payer's words that come to the payment. One document without anything taken off says
 * no more than its number does, and is left to matching.
 *
 * Amounts are in the currency of the payment. A credit note is a line below zero; what was taken off for a credit note or
 * by an adjustment is kept back (deduction) with the payer's reason.
 */
export function bankReadingOf(
  entry: Pick<StatementEntry, 'line'>,
  details: readonly StatementDetail[],
  payment: ToldPayment,
): BankReading | undefined {
  const [detail, other] = details;
  if (detail === undefined || other !== undefined || payment.amount.minor <= 0n) return undefined;
  const rows = new FileRows();
  try {
    const lines =
      detail.documents.length > 0
        ? linesOfDocuments(detail, payment.amount.currency, rows)
        : linesOfWords(entry, detail, payment.amount, rows);
    if (lines === undefined || lines.length === 0 || lines.length > REMITTANCE_LINES_MAX) return undefined;
    return { reading: readingWith(lines, payment), rows: rows.all() };
  } catch (error) {
    // An amount that is no money of its currency: the payer's numbers stay words beside the payment.
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function readingWith(lines: readonly ClaimedLine[], payment: ToldPayment): Reading {
  return {
    currency: payment.amount.currency,
    lines,
    total: payment.amount,
    paidOn: payment.paidOn,
    payerName: payment.payerName?.slice(0, 200) || undefined,
    paymentReference: payment.endToEndId?.slice(0, 140) || undefined,
  };
}

/** Cells by the line of the file they stand on: what a value is, and the value as the file has it. */
class FileRows {
  readonly #cells = new Map<number, string[]>();

  put(line: number, name: string, value: string): Place {
    const cells = this.#cells.get(line) ?? [];
    this.#cells.set(line, cells);
    cells.push(name, value);
    return { line, column: cells.length - 1 };
  }

  putWords(line: number, words: readonly string[]): void {
    this.#cells.set(line, [...words]);
  }

  all(): readonly SourceRow[] {
    return [...this.#cells].map(([line, cells]) => ({ line, cells })).toSorted((a, b) => a.line - b.line);
  }
}

function linesOfDocuments(
  detail: StatementDetail,
  currency: string,
  rows: FileRows,
): readonly ClaimedLine[] | undefined {
  const lines: ClaimedLine[] = [];
  for (const index of detail.documents.keys()) {
    const line = lineOfDocument(detail, index, currency, rows);
    if (line === undefined) return undefined;
    lines.push(line);
  }
  const [only, second] = lines;
  const saysMore =
    second !== undefined || (only?.discount.minor ?? 0n) > 0n || (only?.deduction.minor ?? 0n) > 0n;
  return saysMore || lines.some((line) => line.amount.minor <= 0n) ? lines : undefined;
}

function lineOfDocument(
  detail: StatementDetail,
  index: number,
  currency: string,
  rows: FileRows,
): ClaimedLine | undefined {
  const document = detail.documents[index];
  const number = document?.number?.trim().slice(0, 140);
  const isCredit = CREDITS.has(document?.type ?? '');
  const stated = isCredit ? (document?.amount ?? document?.credited) : document?.amount;
  if (document === undefined || !number || stated === undefined) return undefined;
  // Something added to a document is no claim about it that could be applied.
  const adjustments = document.adjustments ?? [];
  if (adjustments.some(({ amount }) => !amount.decimal.startsWith('-'))) return undefined;
  const at = detail.places?.documentAmounts?.[index];
  const numberLine = detail.places?.documents[index] ?? 0;
  const place: Partial<Record<PlacedPart, Place>> = { document: rows.put(numberLine, 'Number', number) };
  const put = (part: PlacedPart, line: number | undefined, name: string, value: StatementAmount): void => {
    place[part] ??= rows.put(line ?? numberLine, name, `${value.decimal} ${value.currency}`);
  };
  put('amount', at?.amount ?? at?.credited, isCredit ? 'Credited' : 'Paid', stated);
  if (document.discount) put('discount', at?.discount, 'Discount', document.discount);
  if (document.credited && !isCredit) put('deduction', at?.credited, 'Credit note', document.credited);
  for (const [which, { amount }] of adjustments.entries())
    put('deduction', at?.adjustments[which], 'Adjustment', amount);
  const amount = worth(stated, currency);
  const credited = isCredit ? zero(currency) : worth(document.credited, currency);
  const kept = adjustments.reduce((sum, one) => sum + size(worth(one.amount, currency)), size(credited));
  return {
    document: number,
    amount: isCredit ? money(-size(amount), currency) : amount,
    discount: money(size(worth(document.discount, currency)), currency),
    deduction: money(kept, currency),
    reason: reasonOf(document),
    claimCode: adjustments[0]?.reason?.slice(0, 50) || undefined,
    place,
  };
}

/** The payer's reasons for what is kept back. */
function reasonOf(document: ReferredDocument): string | undefined {
  const credit = document.credited && !CREDITS.has(document.type ?? '') ? ['Credit note taken off'] : [];
  const others = (document.adjustments ?? []).map(({ info, reason }) => info || reason || 'Adjustment');
  return [...credit, ...others].join(', ').slice(0, 500) || undefined;
}

/** An amount as money of the payment's currency. Refuses: what is in another, or has more decimals than its currency. */
function worth(amount: StatementAmount | undefined, currency: string): Money {
  if (amount === undefined) return zero(currency);
  if (amount.currency !== currency) throw new Refusal('wrong_currency', { currency, given: amount.currency });
  return parseMoney(amount.decimal, currency);
}

const size = ({ minor }: Money): bigint => (minor < 0n ? -minor : minor);

function linesOfWords(
  entry: Pick<StatementEntry, 'line'>,
  detail: StatementDetail,
  paid: Money,
  rows: FileRows,
): readonly ClaimedLine[] | undefined {
  const listed = listedDocuments(detail.text, paid);
  if (listed === undefined) return undefined;
  const line = detail.places?.unstructured[0] ?? entry.line;
  rows.putWords(line, listed.words);
  return listed.documents.map(({ document, amount, at }) => ({
    document,
    amount,
    discount: zero(paid.currency),
    deduction: zero(paid.currency),
    place: { document: { line, column: at.document }, amount: { line, column: at.amount } },
  }));
}
