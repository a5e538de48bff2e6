// An offer to take less from whoever pays early, by a yearly rate on the days gained: the sooner, the more. It stands until
// its day; the customer accepts it by naming the day on which it pays, and that is then fixed.

import { addDays, daysBetween, isAfter, isBefore, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';
import { divideHalfUp, type Money, money, subtract, toDecimal } from '#kernel/money.ts';
import { type Decimal, decimalText, powerOfTen } from '#kernel/percent.ts';
import { Refusal } from '#kernel/refusal.ts';
import { isDebit, type OpenItem } from '#ledger/open-item.ts';
import type { YearDays } from '#terms/discount-cost.ts';

export type Offer = {
  readonly id: string;
  readonly itemId: ItemId;
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  /** All of the item. */
  readonly amount: Money;
  /** Percent a year. */
  readonly apr: Decimal;
  readonly yearDays: YearDays;
  readonly dueOn: PlainDate;
  readonly offeredOn: PlainDate;
  /** The last day on which it can be accepted. */
  readonly expiresOn: PlainDate;
};

/** What became of an offer. */
export type Answer = {
  readonly answer: 'accepted' | 'withdrawn';
  readonly answeredOn: PlainDate;
  readonly payOn: PlainDate | null;
  readonly discount: Money | null;
};

export type OfferState = 'open' | 'accepted' | 'withdrawn' | 'expired';

/** What an offer has become by a day. */
export function offerState(
  offer: Pick<Offer, 'expiresOn'>,
  answer: Answer | undefined,
  today: PlainDate,
): OfferState {
  if (answer) return answer.answer;
  return isAfter(today, offer.expiresOn) ? 'expired' : 'open';
}

/** What is offered: a yearly rate, and of how many days a year is made. */
export type OfferRate = { readonly apr: Decimal; readonly yearDays: YearDays };

/**
 * What is saved for being paid so many days early: amount × rate × days ÷ days of the year, rounded half up (simple interest).
 * 10,000 at 18 % for 7 days of 360 are 35.00.
 */
export function discountForDays(amount: Money, { apr, yearDays }: OfferRate, days: number): Money {
  const divisor = 100n * powerOfTen(apr.scale) * BigInt(yearDays);
  const minor = days <= 0 ? 0n : divideHalfUp(amount.minor * apr.digits * BigInt(days), divisor);
  return money(minor, amount.currency);
}

/** Paying on a day: what is saved and what is then to be paid. */
export type Quote = {
  readonly payOn: PlainDate;
  readonly daysEarly: number;
  readonly discount: Money;
  readonly pay: Money;
};

/** What paying on a day would save. */
export function quoteOn(
  amount: Money,
  rate: OfferRate,
  when: { readonly payOn: PlainDate; readonly dueOn: PlainDate },
): Quote {
  const daysEarly = daysBetween(when.payOn, when.dueOn);
  const discount = discountForDays(amount, rate, daysEarly);
  return { payOn: when.payOn, daysEarly, discount, pay: subtract(amount, discount) };
}

/** Points of a picture of an offer; longer times are shown in wider steps. */
const QUOTES_MAX = 60;

/** What paying on each day from one to the due date would save, in as many steps as a picture shows. */
export function quotesUntilDue(
  amount: Money,
  rate: OfferRate,
  when: { readonly from: PlainDate; readonly dueOn: PlainDate },
): readonly Quote[] {
  const days = daysBetween(when.from, when.dueOn);
  const step = Math.max(1, Math.ceil(days / QUOTES_MAX));
  const count = Math.max(0, Math.ceil(days / step));
  return Array.from({ length: count }, (_, index) =>
    quoteOn(amount, rate, { payOn: addDays(when.from, index * step), dueOn: when.dueOn }),
  );
}

/** The most that an offer may give of an amount, in percent: more is a credit note. */
const OFFER_PERCENT_MAX = 20n;

/**
 * Makes sure that something can be offered on an item: a debt of a customer, nothing of which is settled, not due yet, and no
 * more off than a fifth even when paid at once.
 *
 * Refuses: `not_a_debit`, `item_without_customer`, `item_touched`, `item_due`, `offer_rate_not_valid`, `offer_too_large`.
 */
export function checkOffer(item: OpenItem, rate: OfferRate, today: PlainDate): void {
  const facts = { item: item.reference };
  if (!isDebit(item)) throw new Refusal('not_a_debit', facts);
  if (item.customerId === null) throw new Refusal('item_without_customer', facts);
  if (item.open.minor !== item.amount.minor) throw new Refusal('item_touched', facts);
  if (!isBefore(today, item.dueOn)) throw new Refusal('item_due', { ...facts, dueOn: item.dueOn.toString() });
  if (rate.apr.digits <= 0n || rate.apr.digits > 100n * powerOfTen(rate.apr.scale))
    throw new Refusal('offer_rate_not_valid', { apr: decimalText(rate.apr) });
  const { discount } = quoteOn(item.amount, rate, { payOn: today, dueOn: item.dueOn });
  if (discount.minor * 100n > item.amount.minor * OFFER_PERCENT_MAX)
    throw new Refusal('offer_too_large', {
      ...facts,
      discount: toDecimal(discount),
      percentMax: Number(OFFER_PERCENT_MAX),
    });
}

/**
 * What a customer gets that accepts an offer today and pays on a day.
 *
 * Refuses: `offer_answered`, `offer_expired`, `item_touched`, `pay_day_not_valid` (in the past, or not before the due date),
 * `nothing_saved`.
 */
export function decideAcceptance(
  offer: Offer,
  known: { readonly answer: Answer | undefined; readonly item: OpenItem; readonly today: PlainDate },
  payOn: PlainDate,
): Quote {
  const { answer, item, today } = known;
  const state = offerState(offer, answer, today);
  if (state === 'expired') throw new Refusal('offer_expired', { expiresOn: offer.expiresOn.toString() });
  if (state !== 'open') throw new Refusal('offer_answered', { state });
  if (item.open.minor !== offer.amount.minor) throw new Refusal('item_touched', { item: item.reference });
  if (isBefore(payOn, today) || !isBefore(payOn, offer.dueOn))
    throw new Refusal('pay_day_not_valid', {
      payOn: payOn.toString(),
      from: today.toString(),
      before: offer.dueOn.toString(),
    });
  const quote = quoteOn(offer.amount, offer, { payOn, dueOn: offer.dueOn });
  if (quote.discount.minor <= 0n) throw new Refusal('nothing_saved', { payOn: payOn.toString() });
  return quote;
}
