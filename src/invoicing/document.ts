// What an invoice or credit note says, before and after it has a number. Lines are rounded one by one, tax per category
// and percentage over the sum of its lines, half up (EN 16931, BR-CO-10 to BR-CO-17), so the parts sum to the total.

import { assert } from '#kernel/assert.ts';
import { isBefore, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, InvoiceId } from '#kernel/id.ts';
import { INSTALMENTS_MAX, INVOICE_LINES_MAX } from '#kernel/limits.ts';
import {
  add,
  type Currency,
  decimalsOf,
  divideHalfUp,
  type Money,
  money,
  sum,
  toDecimal,
  zero,
} from '#kernel/money.ts';
import { type Decimal, decimalText, multiply, percentOf, powerOfTen } from '#kernel/percent.ts';
import { Refusal } from '#kernel/refusal.ts';

export type DocumentKind = 'invoice' | 'credit_note';

/** A line as given: quantity and unit price exact, tax by category (UNCL 5305: S standard, Z zero, E exempt, AE reverse charge …). */
export type NewLine = {
  readonly description: string;
  readonly quantity: Decimal;
  readonly unit?: string | undefined;
  readonly unitPrice: Decimal;
  readonly taxCategory: string;
  readonly taxPercent: Decimal;
};

export type PricedLine = NewLine & { readonly net: Money };

export type TaxRow = {
  readonly category: string;
  readonly percent: Decimal;
  readonly net: Money;
  readonly tax: Money;
};

/** The amounts of a document: lines, tax by category and percentage, totals. */
export type Priced = {
  readonly lines: readonly PricedLine[];
  readonly taxes: readonly TaxRow[];
  readonly net: Money;
  readonly tax: Money;
  readonly total: Money;
};

/** A part of a document with its own due date. The parts sum to the total. */
export type Instalment = { readonly dueOn: PlainDate; readonly amount: Money };

/** A document ready to be issued: all but its number. */
export type ReadyDocument = {
  readonly id: InvoiceId;
  readonly kind: DocumentKind;
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly issuedOn: PlainDate;
  readonly priced: Priced;
  readonly instalments: readonly Instalment[];
  readonly purchaseOrder?: string | undefined;
  readonly paymentReference?: string | undefined;
  readonly note?: string | undefined;
  readonly externalId?: string | undefined;
  readonly correctsId?: InvoiceId | undefined;
  readonly reason?: string | undefined;
  /** The rate to book at, where it is not that of the day: a credit note undoes its invoice at the invoice's rate. */
  readonly rate?: Decimal | undefined;
};

/** The largest amount of a line or document, in minor units: what the books hold with room for sums over a ledger. */
const MINOR_MAX = 10n ** 15n;

/** Decimals a tax percentage is kept with. */
const PERCENT_SCALE_MAX = 4;

/** Categories of UNCL 5305 that carry a percentage: standard, and the taxes of the Canaries and of Ceuta and Melilla. */
const RATED: ReadonlySet<string> = new Set(['S', 'L', 'M']);

/**
 * Adds lines up in a currency, whatever the sign of the result: what an editor shows while somebody types.
 *
 * Refuses: `too_many_lines`, `tax_percent_negative`, `tax_percent_too_high`, `tax_percent_too_precise`,
 * `tax_percent_not_zero`, `amount_too_large`.
 */
export function addUpLines(given: readonly NewLine[], currency: Currency): Priced {
  if (given.length > INVOICE_LINES_MAX) throw new Refusal('too_many_lines', { linesMax: INVOICE_LINES_MAX });
  const lines = given.map((line) => {
    checkTax(line);
    return { ...line, net: lineNet(line, currency) };
  });
  const taxes = taxRows(lines, currency);
  const net = sum(
    lines.map((l) => l.net),
    currency,
  );
  const tax = sum(
    taxes.map((t) => t.tax),
    currency,
  );
  const total = add(net, tax);
  for (const amount of [net, total]) checkSize(amount);
  return { lines, taxes, net, tax, total };
}

/** Why a document with these amounts cannot be issued, if so. */
export function pricedRefusal(priced: Priced): 'no_lines' | 'total_not_positive' | undefined {
  if (priced.lines.length === 0) return 'no_lines';
  const { net, tax, total } = priced;
  return total.minor <= 0n || net.minor < 0n || tax.minor < 0n ? 'total_not_positive' : undefined;
}

/**
 * Prices the lines of a document to be issued.
 *
 * Refuses: `no_lines`, `total_not_positive`, what `addUpLines` refuses.
 */
export function priceLines(given: readonly NewLine[], currency: Currency): Priced {
  const priced = addUpLines(given, currency);
  const refusal = pricedRefusal(priced);
  if (refusal) throw new Refusal(refusal, { total: toDecimal(priced.total), currency });
  return priced;
}

function checkTax(line: NewLine): void {
  const { digits, scale } = line.taxPercent;
  const facts = {
    description: line.description.slice(0, 60),
    taxPercent: decimalText(line.taxPercent),
    taxCategory: line.taxCategory,
  };
  if (digits < 0n) throw new Refusal('tax_percent_negative', facts);
  if (digits > 100n * powerOfTen(scale)) throw new Refusal('tax_percent_too_high', facts);
  if ((digits * powerOfTen(PERCENT_SCALE_MAX)) % powerOfTen(scale) !== 0n)
    throw new Refusal('tax_percent_too_precise', facts);
  if (digits > 0n && !RATED.has(line.taxCategory)) throw new Refusal('tax_percent_not_zero', facts);
}

function checkSize(amount: Money): void {
  if (amount.minor > MINOR_MAX || amount.minor < -MINOR_MAX)
    throw new Refusal('amount_too_large', { amount: toDecimal(amount), currency: amount.currency });
}

/**
 * A document known by its totals only, as taken over from another system, whose rows were checked before.
 *
 * Refuses: `total_not_positive`.
 */
export function pricedByTotal(total: Money, tax: Money = zero(total.currency)): Priced {
  if (total.minor <= 0n)
    throw new Refusal('total_not_positive', { total: toDecimal(total), currency: total.currency });
  assert(tax.minor >= 0n && tax.minor <= total.minor, 'a total has no more tax than itself', [tax, total]);
  return { lines: [], taxes: [], net: money(total.minor - tax.minor, total.currency), tax, total };
}

function lineNet(line: NewLine, currency: Currency): Money {
  const exact = multiply(line.quantity, line.unitPrice);
  const net = money(
    divideHalfUp(exact.digits * powerOfTen(decimalsOf(currency)), powerOfTen(exact.scale)),
    currency,
  );
  checkSize(net);
  return net;
}

function taxRows(lines: readonly PricedLine[], currency: Currency): readonly TaxRow[] {
  const rows = new Map<string, { category: string; percent: Decimal; net: Money }>();
  for (const line of lines) {
    const key = `${line.taxCategory} ${decimalText(line.taxPercent)}`;
    const known = rows.get(key);
    rows.set(key, {
      category: line.taxCategory,
      percent: line.taxPercent,
      net: add(known?.net ?? zero(currency), line.net),
    });
  }
  return [...rows.values()].map((row) => ({ ...row, tax: percentOf(row.net, row.percent) }));
}

/**
 * Makes sure that instalments are what they should be. Documents taken over from another system may be due before they
 * were issued, as real ones are; for those no day of issue is given.
 *
 * Refuses: `no_instalments`, `too_many_instalments`, `instalment_currency`, `instalment_not_positive`,
 * `instalments_not_total`, `due_before_issue`.
 */
export function checkInstalments(
  instalments: readonly Instalment[],
  total: Money,
  issuedOn: PlainDate | undefined,
): void {
  if (instalments.length === 0) throw new Refusal('no_instalments');
  if (instalments.length > INSTALMENTS_MAX)
    throw new Refusal('too_many_instalments', { instalmentsMax: INSTALMENTS_MAX });
  for (const instalment of instalments) {
    if (instalment.amount.currency !== total.currency)
      throw new Refusal('instalment_currency', { given: instalment.amount.currency, wanted: total.currency });
    if (instalment.amount.minor <= 0n)
      throw new Refusal('instalment_not_positive', { amount: toDecimal(instalment.amount) });
    if (issuedOn && isBefore(instalment.dueOn, issuedOn)) {
      throw new Refusal('due_before_issue', {
        dueOn: instalment.dueOn.toString(),
        issuedOn: issuedOn.toString(),
      });
    }
  }
  const given = sum(
    instalments.map((i) => i.amount),
    total.currency,
  );
  if (given.minor !== total.minor)
    throw new Refusal('instalments_not_total', { instalments: toDecimal(given), total: toDecimal(total) });
}

/** The last of the due dates: when the document as a whole is due. */
export function lastDue(instalments: readonly Instalment[]): PlainDate {
  const days = instalments.map((i) => i.dueOn).sort(Temporal.PlainDate.compare);
  const last = days.at(-1);
  assert(last !== undefined, 'a document has an instalment');
  return last;
}
