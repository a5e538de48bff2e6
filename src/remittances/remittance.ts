// What a remittance is: a payer's word on what a payment is for. It changes nothing in the books by itself.

import type { PlainDate } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { REMITTANCE_LINES_MAX } from '#kernel/limits.ts';
import { type Money, money, toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';

/** Where a number stands: the line of the file or row of the sheet, and the column counted from 0. */
export type Place = { readonly line: number; readonly column: number };

/** The numbers of a line whose places are kept. */
export type PlacedPart =
  | 'document'
  | 'amount'
  | 'gross'
  | 'discount'
  | 'deduction'
  | 'reason'
  | 'claimNumber';

/** What the payer claims to pay of one document. All amounts are in the currency of the remittance. */
export type ClaimedLine = {
  /** The number as the payer writes it. */
  readonly document: string;
  /** Money paid for it; below zero where a credit was taken into account. */
  readonly amount: Money;
  /** Early-payment discount taken, on top of the money. */
  readonly discount: Money;
  /** Kept back and not to be paid, on top of the money. */
  readonly deduction: Money;
  /** Why it was kept back, in the payer's words. */
  readonly reason?: string | undefined;
  readonly claimNumber?: string | undefined;
  readonly claimCode?: string | undefined;
  readonly place?: Readonly<Partial<Record<PlacedPart, Place>>> | undefined;
};

/** All that is read of a remittance. */
export type Reading = {
  readonly customerId?: CustomerId | undefined;
  readonly payerName?: string | undefined;
  readonly currency: string;
  /** What the payer says the payment is, where that is said. */
  readonly total?: Money | undefined;
  readonly paidOn?: PlainDate | undefined;
  readonly paymentReference?: string | undefined;
  readonly lines: readonly ClaimedLine[];
};

/** What the lines say is paid, together: discounts and deductions are not. */
export function paidByLines(lines: readonly Pick<ClaimedLine, 'amount'>[], currency: string): Money {
  return money(
    lines.reduce((sum, line) => sum + line.amount.minor, 0n),
    currency,
  );
}

/**
 * Checks that a reading can be kept: it has lines, of one currency, with discounts and deductions of zero or more.
 *
 * Refuses: `remittance_without_lines`, `remittance_too_many_lines`, `wrong_currency`, `remittance_line_negative`.
 */
export function checkReading(reading: Reading): void {
  const { lines, currency, total } = reading;
  if (lines.length === 0) throw new Refusal('remittance_without_lines');
  if (lines.length > REMITTANCE_LINES_MAX)
    throw new Refusal('remittance_too_many_lines', { linesMax: REMITTANCE_LINES_MAX });
  const amounts = [...(total ? [total] : []), ...lines.flatMap((l) => [l.amount, l.discount, l.deduction])];
  const other = amounts.find((amount) => amount.currency !== currency);
  if (other) throw new Refusal('wrong_currency', { currency, given: other.currency });
  const negative = lines.find((line) => line.discount.minor < 0n || line.deduction.minor < 0n);
  if (negative)
    throw new Refusal('remittance_line_negative', {
      document: negative.document,
      discount: toDecimal(negative.discount),
      deduction: toDecimal(negative.deduction),
    });
}
