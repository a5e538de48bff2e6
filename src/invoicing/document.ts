// What an invoice or credit note comes to, before and after it has a number. Lines, allowances and charges are rounded one by
// one, tax per category and percentage over the sum of what it is taken of, half up (EN 16931, BR-CO-10 to BR-CO-17), so the
// parts sum to the total.

import type { WrittenProfile } from '#einvoice/written-profile.ts';
import { assert } from '#kernel/assert.ts';
import { isBefore, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, InvoiceId } from '#kernel/id.ts';
import { ALLOWANCES_MAX, INSTALMENTS_MAX, INVOICE_LINES_MAX } from '#kernel/limits.ts';
import {
  add,
  type Currency,
  decimalsOf,
  divideHalfUp,
  type Money,
  money,
  subtract,
  sum,
  toDecimal,
  zero,
} from '#kernel/money.ts';
import { type Decimal, decimalText, multiply, percentOf, powerOfTen } from '#kernel/percent.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { TermsInHand } from '#terms/read-terms.ts';
import type { PlannedDiscount } from '#terms/schedule.ts';
import {
  type Allowance,
  type DocumentAllowance,
  effectOf,
  type NewAllowance,
  type NewDocumentAllowance,
  priceAllowance,
  signedAmount,
} from './allowance.ts';
import type { DiscountReversal } from './discount-reversal.ts';
import type { DocumentContent } from './document-content.ts';
import type { GivenReason } from './reason-for-credit.ts';

export type DocumentKind = 'invoice' | 'credit_note';

/** A line as given: quantity and unit price exact, tax by category (UNCL 5305: S standard, Z zero, E exempt, AE reverse charge …). */
export type NewLine = {
  readonly description: string;
  readonly quantity: Decimal;
  readonly unit?: string | undefined;
  readonly unitPrice: Decimal;
  readonly taxCategory: string;
  readonly taxPercent: Decimal;
  /** More about what is sold, under its name. */
  readonly detail?: string | undefined;
  /** UN/ECE recommendation 20 (`C62` one piece, `HUR` hour), for machines; `unit` is for people. */
  readonly unitCode?: string | undefined;
  /** The price is for so many units; left out, for one. */
  readonly baseQuantity?: Decimal | undefined;
  readonly sellerItem?: string | undefined;
  readonly buyerItem?: string | undefined;
  readonly periodFrom?: PlainDate | undefined;
  readonly periodTo?: PlainDate | undefined;
  /** The line of the buyer's order. */
  readonly orderLine?: string | undefined;
  readonly note?: string | undefined;
  readonly allowances?: readonly NewAllowance[] | undefined;
};

/** A line with what it comes to: quantity × price ÷ base quantity, less allowances, with charges. */
export type PricedLine = Omit<NewLine, 'allowances'> & {
  readonly allowances?: readonly Allowance[] | undefined;
  readonly net: Money;
};

/** Why a category carries no tax: in words, and as a VATEX code for machines. */
export type Exemption = {
  readonly category: string;
  readonly reason?: string | undefined;
  readonly code?: string | undefined;
};

export type TaxRow = {
  readonly category: string;
  readonly percent: Decimal;
  readonly net: Money;
  readonly tax: Money;
  readonly exemptionReason?: string | undefined;
  readonly exemptionCode?: string | undefined;
};

/** What a document has besides its lines. */
export type Extras = {
  readonly allowances?: readonly NewDocumentAllowance[] | undefined;
  readonly exemptions?: readonly Exemption[] | undefined;
  /** The total is rounded to a multiple of this, as to 5 Rappen: in minor units. */
  readonly roundToMinor?: bigint | undefined;
};

/** The amounts of a document: lines, allowances and charges, tax by category and percentage, totals. */
export type Priced = {
  readonly lines: readonly PricedLine[];
  readonly allowances: readonly DocumentAllowance[];
  readonly taxes: readonly TaxRow[];
  readonly net: Money;
  readonly tax: Money;
  /** What the total was rounded by; zero for most. */
  readonly rounding: Money;
  readonly total: Money;
};

/** A part of a document with its own due date, and what paying it early saves. The parts sum to what the document gives. */
export type Instalment = {
  readonly dueOn: PlainDate;
  readonly amount: Money;
  readonly discounts?: readonly PlannedDiscount[] | undefined;
};

/** A file that a document is issued with, without its bytes. */
export type NamedFile = { readonly name: string; readonly mediaType: string };

/** A document ready to be issued: all but its number. */
export type ReadyDocument = {
  readonly id: InvoiceId;
  readonly kind: DocumentKind;
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly issuedOn: PlainDate;
  readonly priced: Priced;
  readonly instalments: readonly Instalment[];
  /** The payment terms the instalments were planned by, where they were. */
  readonly terms?: Pick<TermsInHand, 'terms' | 'policy'> | undefined;
  readonly purchaseOrder?: string | undefined;
  readonly paymentReference?: string | undefined;
  readonly note?: string | undefined;
  readonly externalId?: string | undefined;
  readonly correctsId?: InvoiceId | undefined;
  /** What a credit note that corrects an invoice says of it. */
  readonly corrected?: { readonly number: string; readonly issuedOn: PlainDate } | undefined;
  /** Why a credit note is given. */
  readonly reason?: GivenReason | undefined;
  /** What a credit note takes back of a discount: it gives its total less this. */
  readonly reversal?: DiscountReversal | undefined;
  /** The rate to book at, where it is not that of the day: a credit note undoes its invoice at the invoice's rate. */
  readonly rate?: Decimal | undefined;
  /** What it says besides; documents taken over from another system have none. */
  readonly content?: DocumentContent | undefined;
  /** Files it is issued with that an e-invoice carries; of them the rules look at names and types. */
  readonly files?: readonly NamedFile[] | undefined;
  /** The e-invoice its customer wants it to be; without one no rules are asked. */
  readonly eInvoice?: WrittenProfile | undefined;
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
 * Refuses: `too_many_lines`, `too_many_allowances`, `tax_percent_negative`, `tax_percent_too_high`,
 * `tax_percent_too_precise`, `tax_percent_not_zero`, `base_quantity_not_positive`, `period_ends_before_start`,
 * `amount_too_large`, what `priceAllowance` refuses.
 */
export function addUpLines(given: readonly NewLine[], currency: Currency, extras: Extras = {}): Priced {
  if (given.length > INVOICE_LINES_MAX) throw new Refusal('too_many_lines', { linesMax: INVOICE_LINES_MAX });
  const lines = given.map((line) => priceLine(line, currency));
  const ofLines = sum(
    lines.map((l) => l.net),
    currency,
  );
  const allowances = priceAllowances(extras.allowances ?? [], ofLines);
  const taxes = taxRows(lines, allowances, currency).map((row) =>
    withExemption(row, extras.exemptions ?? []),
  );
  const net = add(ofLines, effectOf(allowances, currency));
  const tax = sum(
    taxes.map((t) => t.tax),
    currency,
  );
  const exact = add(net, tax);
  const rounding = roundingOf(exact, extras.roundToMinor);
  const total = add(exact, rounding);
  for (const amount of [ofLines, net, total]) checkSize(amount);
  return { lines, allowances, taxes, net, tax, rounding, total };
}

/** The sum of the lines, before allowances and charges of the document (BT-106). */
export function linesTotal(priced: Pick<Priced, 'lines' | 'net'>): Money {
  return sum(
    priced.lines.map((line) => line.net),
    priced.net.currency,
  );
}

function priceLine(line: NewLine, currency: Currency): PricedLine {
  checkTax(line);
  if (line.periodFrom && line.periodTo && isBefore(line.periodTo, line.periodFrom))
    throw new Refusal('period_ends_before_start', {
      from: line.periodFrom.toString(),
      to: line.periodTo.toString(),
    });
  const gross = lineGross(line, currency);
  const { allowances: wanted, ...said } = line;
  if (wanted === undefined || wanted.length === 0) return { ...said, net: gross };
  checkCount(wanted);
  const allowances = wanted.map((allowance) => priceAllowance(allowance, gross));
  const net = add(gross, effectOf(allowances, currency));
  checkSize(net);
  return { ...said, allowances, net };
}

function priceAllowances(wanted: readonly NewDocumentAllowance[], of: Money): readonly DocumentAllowance[] {
  checkCount(wanted);
  return wanted.map((given) => {
    const { taxCategory, taxPercent } = given;
    checkTax({ description: given.reason ?? given.reasonCode ?? '', taxCategory, taxPercent });
    const allowance = priceAllowance(given, of);
    checkSize(allowance.amount);
    return { ...allowance, taxCategory, taxPercent };
  });
}

function checkCount(allowances: readonly unknown[]): void {
  if (allowances.length > ALLOWANCES_MAX)
    throw new Refusal('too_many_allowances', { allowancesMax: ALLOWANCES_MAX });
}

/** By how much an amount is rounded to the nearest multiple of a step, half away from zero. */
function roundingOf(amount: Money, stepMinor: bigint | undefined): Money {
  if (stepMinor === undefined) return zero(amount.currency);
  assert(stepMinor > 0n, 'a total is rounded to a step above zero', stepMinor);
  return money(divideHalfUp(amount.minor, stepMinor) * stepMinor - amount.minor, amount.currency);
}

function withExemption(row: TaxRow, exemptions: readonly Exemption[]): TaxRow {
  const exemption = exemptions.find((e) => e.category === row.category);
  return exemption ? { ...row, exemptionReason: exemption.reason, exemptionCode: exemption.code } : row;
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
export function priceLines(given: readonly NewLine[], currency: Currency, extras: Extras = {}): Priced {
  const priced = addUpLines(given, currency, extras);
  const refusal = pricedRefusal(priced);
  if (refusal) throw new Refusal(refusal, { total: toDecimal(priced.total), currency });
  return priced;
}

function checkTax(line: Pick<NewLine, 'description' | 'taxCategory' | 'taxPercent'>): void {
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
  return {
    lines: [],
    allowances: [],
    taxes: [],
    net: money(total.minor - tax.minor, total.currency),
    tax,
    rounding: zero(total.currency),
    total,
  };
}

/** Quantity × price ÷ base quantity, rounded once. */
function lineGross(line: NewLine, currency: Currency): Money {
  const exact = multiply(line.quantity, line.unitPrice);
  const base = line.baseQuantity ?? { digits: 1n, scale: 0 };
  if (base.digits <= 0n) throw new Refusal('base_quantity_not_positive', { baseQuantity: decimalText(base) });
  const gross = money(
    divideHalfUp(
      exact.digits * powerOfTen(decimalsOf(currency) + base.scale),
      powerOfTen(exact.scale) * base.digits,
    ),
    currency,
  );
  checkSize(gross);
  return gross;
}

function taxRows(
  lines: readonly PricedLine[],
  allowances: readonly DocumentAllowance[],
  currency: Currency,
): readonly TaxRow[] {
  const rows = new Map<string, { category: string; percent: Decimal; net: Money }>();
  const parts = [
    ...lines,
    ...allowances.map((a) => ({
      taxCategory: a.taxCategory,
      taxPercent: a.taxPercent,
      net: signedAmount(a),
    })),
  ];
  for (const part of parts) {
    const key = `${part.taxCategory} ${decimalText(part.taxPercent)}`;
    const known = rows.get(key);
    rows.set(key, {
      category: part.taxCategory,
      percent: part.taxPercent,
      net: add(known?.net ?? zero(currency), part.net),
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

/** What a document asks or gives: its total, less what a credit note takes back of a discount. */
export function givenBy(document: Pick<ReadyDocument, 'priced' | 'reversal'>): Money {
  const { total } = document.priced;
  return document.reversal ? subtract(total, document.reversal.discount) : total;
}
