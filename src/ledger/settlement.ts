// Settling: a credit item pays a part of a debit item. Pure rules for what that does to both items and to the books, and
// for taking it back. A credit never gives more than it has left, a debit never takes more than is open, and taking back
// restores both sides and the books exactly.

import { assert, present } from '#kernel/assert.ts';
import { isBefore, later, type PlainDate } from '#kernel/calendar.ts';
import { type ApplicationId, type CompanyId, type ItemId, newId } from '#kernel/id.ts';
import { type Money, money, proportional, subtract, toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Account } from './chart.ts';
import { credit, debit, type Line, reversed } from './journal.ts';
import { giveBack, isDebit, left, lineItem, type OpenItem, takePart } from './open-item.ts';

export type ApplicationMethod =
  | 'manual'
  | 'reference'
  | 'amount'
  | 'import'
  | 'credit'
  | 'write_off'
  | 'void'
  | 'return'
  | 'transfer'
  | 'agency'
  | 'handover';

/** What a difference that is dropped is: a little that is not worth asking for, or what banks kept of a payment on its way. */
export const DIFFERENCE_KINDS = ['small_balance', 'bank_charge'] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/** What an item loses beside the money: what is dropped, or what an agency kept of what the customer paid it. */
export const KEPT_BACK_KINDS = [...DIFFERENCE_KINDS, 'agency_fee'] as const;
export type KeptBackKind = (typeof KEPT_BACK_KINDS)[number];

/** The part of a discount that falls on one tax: of the price, and of the tax at its percentage. */
export type DiscountTax = {
  readonly category: string;
  readonly percent: string;
  readonly net: Money;
  readonly tax: Money;
};

/** What somebody wants settled: this much of that credit item against that debit item. Minor units, none negative. */
export type Wanted = {
  readonly debitItemId: ItemId;
  readonly creditItemId: ItemId;
  /** What the credit item gives. */
  readonly amount: Money;
  /** Early-payment discount granted on top: the debit item loses it, the credit item does not give it. */
  readonly discount?: Money | undefined;
  /** How the discount divides over the taxes of the document, where it lowers them; left out, it is all net. */
  readonly discountTaxes?: readonly DiscountTax[] | undefined;
  /** What is dropped on top: the debit item loses it, the credit item does not give it. */
  readonly difference?: Money | undefined;
  /** What of the difference is tax that we may deduct; left out, nothing. */
  readonly differenceTax?: Money | undefined;
  /** Left out, a small balance. */
  readonly differenceKind?: KeptBackKind | undefined;
  readonly method: ApplicationMethod;
  /** Why a machine decided this, kept with the fact. */
  readonly evidence?: unknown;
};

/** The fact that a credit item settled part of a debit item; a reversal has the signs changed and names what it reverses. */
export type Application = {
  readonly id: ApplicationId;
  readonly companyId: CompanyId;
  readonly debitItemId: ItemId;
  readonly creditItemId: ItemId;
  readonly amount: Money;
  readonly discount: Money;
  /** What of the discount is tax, in all and by tax; none where it is all net. */
  readonly discountTax: Money;
  readonly discountTaxes: readonly DiscountTax[];
  readonly difference: Money;
  /** What of the difference is tax that we may deduct. */
  readonly differenceTax: Money;
  readonly differenceKind: KeptBackKind;
  readonly debitFunctional: Money;
  readonly creditFunctional: Money;
  readonly method: ApplicationMethod;
  readonly evidence: unknown;
  readonly appliedOn: PlainDate;
  readonly reversesId: ApplicationId | null;
};

/** What a settlement does: facts to keep, items as they are afterwards, lines for the books. */
export type Settlement = {
  readonly applications: readonly Application[];
  readonly items: readonly OpenItem[];
  readonly lines: readonly Line[];
  /** The same lines by application, in their order; each application's balance by themselves. */
  readonly linesOf: readonly (readonly Line[])[];
};

/** All that the debit item loses by an application: what was given, the discount and the difference. */
export function settledMinor(application: Pick<Application, 'amount' | 'discount' | 'difference'>): bigint {
  return application.amount.minor + application.discount.minor + application.difference.minor;
}

/**
 * Decides what settling `wanted` on a day does. Items keep their order, so that saving them in that order keeps locks in
 * order. Several parts may touch the same item; they are taken one after the other.
 *
 * Refuses: `nothing_to_apply`, `wrong_company`, `wrong_currency`, `not_a_debit`, `not_a_credit`, `applied_too_early`
 * (before either item was open), `exceeds_open`, `exceeds_unapplied`.
 */
export function decideSettlement(
  items: readonly OpenItem[],
  wanted: readonly Wanted[],
  on: PlainDate,
): Settlement {
  if (wanted.length === 0) throw new Refusal('nothing_to_apply');
  const now = new Map(items.map((item) => [item.id, item]));
  const applications: Application[] = [];
  const linesOf: (readonly Line[])[] = [];
  for (const part of wanted) {
    const debitItem = present(now.get(part.debitItemId), 'the items of a settlement were read');
    const creditItem = present(now.get(part.creditItemId), 'the items of a settlement were read');
    checkPair(debitItem, creditItem, part, on);
    const currency = debitItem.amount.currency;
    const none = money(0n, currency);
    const discount = part.discount ?? none;
    const difference = part.difference ?? none;
    const differenceTax = part.differenceTax ?? none;
    assert(
      differenceTax.minor >= 0n && differenceTax.minor <= difference.minor,
      'the tax of a difference lies within it',
    );
    const settled = part.amount.minor + discount.minor + difference.minor;
    checkRoom(debitItem, creditItem, part.amount, money(settled, currency));
    const debitTaken = takePart(debitItem, settled);
    const creditTaken = takePart(creditItem, part.amount.minor);
    now.set(debitItem.id, debitTaken.after);
    now.set(creditItem.id, creditTaken.after);
    const functionalCurrency = debitItem.functional.currency;
    const application: Application = {
      id: newId(),
      companyId: debitItem.companyId,
      debitItemId: debitItem.id,
      creditItemId: creditItem.id,
      amount: part.amount,
      discount,
      discountTax: taxOf(discount, part.discountTaxes),
      discountTaxes: part.discountTaxes ?? [],
      difference,
      differenceTax,
      differenceKind: part.differenceKind ?? 'small_balance',
      debitFunctional: money(debitTaken.functional, functionalCurrency),
      creditFunctional: money(creditTaken.functional, functionalCurrency),
      method: part.method,
      evidence: part.evidence ?? null,
      appliedOn: on,
      reversesId: null,
    };
    applications.push(application);
    linesOf.push(applicationLines(application, debitItem, creditItem));
  }
  const after = items.map((item) => present(now.get(item.id), 'no item is lost'));
  return { applications, items: after, lines: linesOf.flat(), linesOf };
}

/** The tax in a discount. Its parts lie within it: they come from our own split of it. */
function taxOf(discount: Money, taxes: readonly DiscountTax[] = []): Money {
  const tax = taxes.reduce((total, row) => total + row.tax.minor, 0n);
  const net = taxes.reduce((total, row) => total + row.net.minor, 0n);
  const isWithin = taxes.every((row) => row.tax.minor >= 0n && row.net.minor >= 0n);
  assert(isWithin && tax + net <= discount.minor, 'the taxes of a discount lie within it', taxes);
  return money(tax, discount.currency);
}

function checkPair(debitItem: OpenItem, creditItem: OpenItem, part: Wanted, on: PlainDate): void {
  if (!isDebit(debitItem)) throw new Refusal('not_a_debit', { item: debitItem.reference });
  if (isDebit(creditItem)) throw new Refusal('not_a_credit', { item: creditItem.reference });
  if (debitItem.companyId !== creditItem.companyId) {
    throw new Refusal('wrong_company', { item: debitItem.reference, credit: creditItem.reference });
  }
  const currency = debitItem.amount.currency;
  for (const amount of [creditItem.amount, part.amount, part.discount, part.difference]) {
    if (amount && amount.currency !== currency) {
      throw new Refusal('wrong_currency', {
        item: debitItem.reference,
        wanted: currency,
        given: amount.currency,
      });
    }
  }
  if (isBefore(on, debitItem.openSince) || isBefore(on, creditItem.openSince)) {
    throw new Refusal('applied_too_early', {
      item: debitItem.reference,
      credit: creditItem.reference,
      on: on.toString(),
    });
  }
}

function checkRoom(debitItem: OpenItem, creditItem: OpenItem, given: Money, settled: Money): void {
  const currency = given.currency;
  if (given.minor < 0n || settled.minor <= 0n || settled.minor < given.minor)
    throw new Refusal('nothing_to_apply', { item: debitItem.reference });
  if (settled.minor > left(debitItem)) {
    throw new Refusal('exceeds_open', {
      item: debitItem.reference,
      open: toDecimal(money(left(debitItem), currency)),
      wanted: toDecimal(settled),
      currency,
    });
  }
  if (given.minor > left(creditItem)) {
    throw new Refusal('exceeds_unapplied', {
      credit: creditItem.reference,
      unapplied: toDecimal(money(left(creditItem), currency)),
      wanted: toDecimal(given),
      currency,
    });
  }
}

/** Which account bears a difference. */
const ACCOUNT_OF: Readonly<Record<KeptBackKind, Account>> = {
  small_balance: 'small-differences',
  bank_charge: 'bank-charges',
  agency_fee: 'collection-costs',
};

/**
 * The lines of one application: the credit item's account is debited with what it gave, the debit item's account credited
 * with all it lost; discount (its tax part against tax), difference (its tax part against input tax) and the realised exchange
 * difference make up the rest.
 */
function applicationLines(
  application: Application,
  debitItem: OpenItem,
  creditItem: OpenItem,
): readonly Line[] {
  const { amount, discount, discountTax, difference, differenceTax } = application;
  const { debitFunctional, creditFunctional } = application;
  const settled = settledMinor(application);
  const functionalOf = (part: Money): Money =>
    money(
      part.minor === 0n ? 0n : proportional(debitFunctional.minor, part.minor, settled),
      debitFunctional.currency,
    );
  const discountFunctional = functionalOf(discount);
  const taxOfPart = (whole: Money, functional: Money, tax: Money): Money =>
    money(
      tax.minor === 0n ? 0n : proportional(functional.minor, tax.minor, whole.minor),
      debitFunctional.currency,
    );
  const taxFunctional = taxOfPart(discount, discountFunctional, discountTax);
  const differenceFunctional = functionalOf(difference);
  const inputFunctional = taxOfPart(difference, differenceFunctional, differenceTax);
  const exchange =
    debitFunctional.minor - creditFunctional.minor - discountFunctional.minor - differenceFunctional.minor;
  const lines = [
    debit(creditItem.account, amount, creditFunctional, lineItem(creditItem)),
    credit(debitItem.account, money(settled, amount.currency), debitFunctional, lineItem(debitItem)),
    debit('discounts', subtract(discount, discountTax), subtract(discountFunctional, taxFunctional)),
    debit('tax', discountTax, taxFunctional),
    debit(
      ACCOUNT_OF[application.differenceKind],
      subtract(difference, differenceTax),
      subtract(differenceFunctional, inputFunctional),
    ),
    debit('input-tax', differenceTax, inputFunctional),
    debit('fx-differences', money(0n, amount.currency), money(exchange, debitFunctional.currency)),
  ];
  return lines.filter((line) => line.amount.minor !== 0n || line.functional.minor !== 0n);
}

/** The lines that an application was booked with, also of one that took another back. */
export function bookedLines(
  application: Application,
  debitItem: OpenItem,
  creditItem: OpenItem,
): readonly Line[] {
  return application.reversesId === null
    ? applicationLines(application, debitItem, creditItem)
    : reversed(applicationLines(negated(application), debitItem, creditItem));
}

/**
 * Takes applications back on a day: reversing facts, both items as they were but for what happened since, and the
 * reversed lines. The former application stays on record.
 *
 * Refuses: `already_reversed` is for the caller to know (it has the reversals); `reversed_too_early` when the day is
 * before the application's own.
 */
export function decideReversal(
  items: readonly OpenItem[],
  applications: readonly Application[],
  on: PlainDate,
): Settlement {
  const now = new Map(items.map((item) => [item.id, item]));
  const reversals: Application[] = [];
  const linesOf: (readonly Line[])[] = [];
  for (const application of applications) {
    assert(application.reversesId === null, 'a reversal is not reversed itself', application.id);
    if (isBefore(on, application.appliedOn)) {
      throw new Refusal('reversed_too_early', {
        on: on.toString(),
        appliedOn: application.appliedOn.toString(),
      });
    }
    const debitItem = present(now.get(application.debitItemId), 'the items of a reversal were read');
    const creditItem = present(now.get(application.creditItemId), 'the items of a reversal were read');
    const { amount, debitFunctional, creditFunctional, appliedOn } = application;
    const debitAfter = giveBack(debitItem, settledMinor(application), debitFunctional.minor);
    const creditAfter = giveBack(creditItem, amount.minor, creditFunctional.minor);
    now.set(debitItem.id, reopened(debitAfter, appliedOn, on));
    now.set(creditItem.id, reopened(creditAfter, appliedOn, on));
    reversals.push(reversalOf(application, on));
    linesOf.push(reversed(applicationLines(application, debitItem, creditItem)));
  }
  const after = items.map((item) => present(now.get(item.id), 'no item is lost'));
  return { applications: reversals, items: after, lines: linesOf.flat(), linesOf };
}

/** Taken back on the day it was applied, an application was there on no day; later, the item was not open until then. */
function reopened(item: OpenItem, appliedOn: PlainDate, on: PlainDate): OpenItem {
  return isBefore(appliedOn, on) ? { ...item, openSince: later(item.openSince, on) } : item;
}

function reversalOf(application: Application, on: PlainDate): Application {
  return {
    ...negated(application),
    id: newId(),
    evidence: null,
    appliedOn: on,
    reversesId: application.id,
  };
}

/** The same application with the signs changed. */
function negated(application: Application): Application {
  const minus = (amount: Money): Money => money(-amount.minor, amount.currency);
  return {
    ...application,
    amount: minus(application.amount),
    discount: minus(application.discount),
    discountTax: minus(application.discountTax),
    discountTaxes: application.discountTaxes.map((row) => ({
      ...row,
      net: minus(row.net),
      tax: minus(row.tax),
    })),
    difference: minus(application.difference),
    differenceTax: minus(application.differenceTax),
    debitFunctional: minus(application.debitFunctional),
    creditFunctional: minus(application.creditFunctional),
  };
}
