// Reading a remittance out of the segments of an X12 820, as sent by itself or in the addenda of an ACH payment. Each number
// keeps its place: the segment, and the element in it.

import { adviceOfSegments, type RemittanceAdvice, type RemittanceLine } from '#formats/remittance-820.ts';
import { isCurrency, type Money, money, parseMoney, zero } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type ClaimedLine, checkReading, type Place, type Reading } from './remittance.ts';
import type { ReadingHints, SourceRow } from './table-reading.ts';

/** What is wrong with an advice as a whole, so that its lines cannot be relied on. That they miss the payment is shown instead. */
const BROKEN: ReadonlySet<string> = new Set([
  'remittance_cut_off',
  'remittance_count_differs',
  'remittance_amount_wrong',
]);

/** Elements of a line (RMR) by what they hold, counted from the id of the segment. */
const ELEMENT = { document: 2, amount: 4, gross: 5, discount: 6 } as const;
/** Elements of an adjustment (ADX). */
const ADJUSTED = { deduction: 1, reason: 2, claimNumber: 4 } as const;

/**
 * Reads an advice. What a document is paid net of its adjustments, or before them, is told by the payment: the lines are read
 * in the way in which they make it, and as net where neither does. An adjustment that belongs to no document becomes a line
 * of its own, which a person has to look at.
 *
 * Refuses: `remittance_edi_not_whole` (says why, and the segment), `remittance_adjustment_not_readable`,
 * `remittance_cell_not_readable`, what `checkReading` refuses.
 */
export function readSegments(rows: readonly SourceRow[], hints: ReadingHints): Reading {
  const segments = rows.map(({ line, cells: [id = '', ...elements] }) => ({ id, elements, ordinal: line }));
  const advice = adviceOfSegments(segments);
  if (advice === undefined) throw new Refusal('remittance_edi_without_advice');
  const broken = advice.problems.find((problem) => BROKEN.has(problem.code));
  if (broken)
    throw new Refusal('remittance_edi_not_whole', {
      because: broken.code,
      segment: broken.position ?? 0,
      value: broken.value ?? '',
    });
  const said = advice.currency?.toUpperCase();
  const currency = said !== undefined && isCurrency(said) ? said : hints.currency;
  const net = linesOf(advice, currency, false);
  const total = amountOf(advice.amount, currency, 0);
  const before = linesOf(advice, currency, true);
  const reading: Reading = {
    currency,
    lines: total && !makes(net, total) && makes(before, total) ? before : net,
    total,
    paidOn: advice.effectiveDate,
    paymentReference: advice.trace?.slice(0, 140),
    payerName: advice.payer?.slice(0, 200),
  };
  checkReading(reading);
  return reading;
}

function makes(lines: readonly ClaimedLine[], total: Money): boolean {
  return lines.reduce((sum, line) => sum + line.amount.minor, 0n) === total.minor;
}

function linesOf(advice: RemittanceAdvice, currency: string, isBefore: boolean): readonly ClaimedLine[] {
  const loose = advice.adjustments.map(({ amount, reason, reference, segment }) => ({
    document: reference || `ADX ${reason}`,
    amount: amountOf(amount, currency, segment) ?? zero(currency),
    discount: zero(currency),
    deduction: zero(currency),
    reason: `Adjustment ${reason}`,
    place: { amount: { line: segment, column: ADJUSTED.deduction } },
  }));
  return [...advice.lines.map((line) => lineOf(line, currency, isBefore)), ...loose];
}

function lineOf(line: RemittanceLine, currency: string, isBefore: boolean): ClaimedLine {
  const { segment } = line;
  const paid = amountOf(line.paid, currency, segment);
  const gross = amountOf(line.original, currency, segment);
  const discount = size(amountOf(line.discount, currency, segment), currency);
  const off = line.adjustments.map((one) => {
    const amount = amountOf(one.amount, currency, one.segment) ?? zero(currency);
    // Something added to a document is no claim about it that could be applied.
    if (amount.minor > 0n)
      throw new Refusal('remittance_adjustment_not_readable', { segment: one.segment, reason: one.reason });
    return -amount.minor;
  });
  const deducted = off.reduce((sum, minor) => sum + minor, 0n);
  const net = paid
    ? paid.minor - (isBefore ? deducted : 0n)
    : (gross?.minor ?? 0n) - discount.minor - deducted;
  const [first] = line.adjustments;
  const at = (column: number): Place => ({ line: segment, column });
  const part = (column: number): Place => ({ line: first?.segment ?? segment, column });
  return {
    document: line.number.slice(0, 140) || line.type || 'RMR',
    amount: money(net, currency),
    discount,
    deduction: money(deducted, currency),
    reason: first
      ? `Adjustment ${line.adjustments.map((one) => one.reason).join(', ')}`.slice(0, 500)
      : undefined,
    claimNumber: first?.reference?.slice(0, 100),
    claimCode: first?.reason.slice(0, 50) || undefined,
    place: {
      document: at(ELEMENT.document),
      ...(paid ? { amount: at(ELEMENT.amount) } : {}),
      ...(gross ? { gross: at(ELEMENT.gross) } : {}),
      ...(line.discount === undefined ? {} : { discount: at(ELEMENT.discount) }),
      ...(first ? { deduction: part(ADJUSTED.deduction), reason: part(ADJUSTED.reason) } : {}),
      ...(first?.reference ? { claimNumber: part(ADJUSTED.claimNumber) } : {}),
    },
  };
}

function size(amount: Money | undefined, currency: string): Money {
  const minor = amount?.minor ?? 0n;
  return money(minor < 0n ? -minor : minor, currency);
}

function amountOf(decimal: string | undefined, currency: string, segment: number): Money | undefined {
  if (decimal === undefined) return undefined;
  try {
    return parseMoney(decimal, currency);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal('remittance_cell_not_readable', {
      line: segment,
      column: 1,
      text: decimal.slice(0, 60),
      because: error.code,
    });
  }
}
