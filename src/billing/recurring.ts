// An invoice that comes again and again: what is agreed once, and what the invoice of one period says. Prices may change from
// given days on and every year; a period shorter than whole costs its share of days.

import { addDays, type PlainDate } from '#kernel/calendar.ts';
import type { Json } from '#kernel/canonical.ts';
import type { CompanyId, CustomerId, Id } from '#kernel/id.ts';
import { decimalsOf, divideHalfUp } from '#kernel/money.ts';
import { type Decimal, decimalText, parseDecimal, powerOfTen } from '#kernel/percent.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type DraftBody, requestOf } from './draft.ts';
import { checkRecurrence, type Period, periodsOf, type Recurrence } from './recurrence.ts';

export type RecurringId = Id<'recurring_invoice'>;

/** From a day on, prices are so many per cent higher (lower, where negative) than before. */
export type PriceStep = { readonly from: PlainDate; readonly percent: Decimal };

/** What is agreed. */
export type Agreement = Recurrence & {
  readonly name: string;
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  /**
   * What an invoice over a whole period says, without its dates: the request of `issue-invoice`. It is due by the customer's
   * terms, or `dueDays` after it is issued.
   */
  readonly body: DraftBody;
  /** Whether the first and last period cost their share of days where they are shorter. */
  readonly prorates: boolean;
  readonly priceSteps: readonly PriceStep[];
  /** Prices rise by so many per cent at each anniversary of the start. */
  readonly yearlyPercent?: Decimal | undefined;
  /** Issued by itself, or left as a draft for a person to look at. */
  readonly mode: 'draft' | 'issue';
  /** No further invoice while one before is overdue. */
  readonly stopsWhenUnpaid: boolean;
};

export type Recurring = Agreement & {
  readonly id: RecurringId;
  readonly pausedOn: PlainDate | null;
  readonly version: number;
};

const PRICE_STEPS_MAX = 100;
/** No index doubles a price within a year or gives it away. */
const PERCENT_MAX = 100n;

/**
 * Makes sure that an agreement can be invoiced.
 *
 * Refuses: what `checkRecurrence` refuses, `too_many_price_steps`, `price_step_not_valid`, `draft_incomplete`.
 */
export function checkAgreement(agreement: Agreement): void {
  checkRecurrence(agreement);
  if (agreement.priceSteps.length > PRICE_STEPS_MAX)
    throw new Refusal('too_many_price_steps', { stepsMax: PRICE_STEPS_MAX });
  const yearly = agreement.yearlyPercent ? [agreement.yearlyPercent] : [];
  for (const percent of [...agreement.priceSteps.map((step) => step.percent), ...yearly]) {
    const bound = PERCENT_MAX * powerOfTen(percent.scale);
    if (percent.digits > bound || percent.digits <= -bound)
      throw new Refusal('price_step_not_valid', { percent: decimalText(percent) });
  }
  const [first] = periodsOf(agreement, 1);
  if (first) requestOf(bodyOfPeriod(agreement, first));
}

/** What an invoice of a period is made of; whom it is for stands in the body until it is agreed. */
type Priceable = Pick<Agreement, 'body' | 'startsOn' | 'priceSteps' | 'yearlyPercent' | 'prorates'> &
  Partial<Pick<Agreement, 'companyId' | 'customerId'>>;

/** What the invoice of a period says: dated, with the period, at the prices of its first day, for its share of days. */
export function bodyOfPeriod(agreement: Priceable, period: Period): DraftBody {
  const { dueDays, ...body } = agreement.body;
  const [periodFrom, periodTo] = [period.from.toString(), period.to.toString()];
  return {
    ...body,
    ...(typeof dueDays === 'number' ? { dueOn: addDays(period.issueOn, dueDays).toString() } : {}),
    ...(agreement.companyId ? { companyId: agreement.companyId } : {}),
    ...(agreement.customerId ? { customerId: agreement.customerId } : {}),
    issuedOn: period.issueOn.toString(),
    lines: listOf(body.lines).map((line) => ({
      ...atPrice(agreement, period, line, 'unitPrice'),
      ...(line.allowances === undefined
        ? {}
        : { allowances: listOf(line.allowances).map((each) => atPrice(agreement, period, each, 'amount')) }),
      periodFrom,
      periodTo,
    })),
    ...(body.allowances === undefined
      ? {}
      : { allowances: listOf(body.allowances).map((each) => atPrice(agreement, period, each, 'amount')) }),
    delivery: { ...(body.delivery as object | undefined), periodFrom, periodTo },
  };
}

type Part = { readonly [key: string]: Json | undefined };

function listOf(value: Json | undefined): readonly Part[] {
  return Array.isArray(value) ? (value as readonly Part[]) : [];
}

/** A line or allowance with its price as it is in a period; what has none (a percentage) stays. */
function atPrice(agreement: Priceable, period: Period, part: Part, field: 'unitPrice' | 'amount'): Part {
  const price = part[field];
  if (typeof price !== 'string') return part;
  const { currency } = agreement.body;
  const decimals = typeof currency === 'string' ? decimalsOf(currency) : 2;
  return { ...part, [field]: decimalText(priceIn(agreement, period, parseDecimal(price), decimals)) };
}

/**
 * A price in a period: raised by every step and anniversary up to its first day, one after the other, then cut to the
 * period's share of days. Each is rounded half up to the decimals of the currency, or of the price where it has more.
 */
export function priceIn(
  agreement: Pick<Agreement, 'startsOn' | 'priceSteps' | 'yearlyPercent' | 'prorates'>,
  period: Pick<Period, 'from' | 'days' | 'ofDays'>,
  price: Decimal,
  decimals: number,
): Decimal {
  const scale = Math.max(price.scale, decimals);
  let digits = price.digits * powerOfTen(scale - price.scale);
  for (const { percent } of raisesUntil(agreement, period.from)) {
    const unit = 100n * powerOfTen(percent.scale);
    digits = divideHalfUp(digits * (unit + percent.digits), unit);
  }
  if (agreement.prorates && period.days < period.ofDays)
    digits = divideHalfUp(digits * BigInt(period.days), BigInt(period.ofDays));
  return { digits, scale };
}

/** Every change of price up to a day, in order of their days. */
function raisesUntil(
  agreement: Pick<Agreement, 'startsOn' | 'priceSteps' | 'yearlyPercent'>,
  day: PlainDate,
): readonly PriceStep[] {
  const raises = [...agreement.priceSteps];
  const { yearlyPercent, startsOn } = agreement;
  if (yearlyPercent) {
    const years = startsOn.until(day, { largestUnit: 'years' }).years;
    for (let year = 1; year <= years; year += 1)
      raises.push({ from: startsOn.add({ years: year }), percent: yearlyPercent });
  }
  return raises
    .filter((raise) => Temporal.PlainDate.compare(raise.from, day) <= 0)
    .sort((a, b) => Temporal.PlainDate.compare(a.from, b.from));
}
