// What a company asks for late payment, and by which right. Terms are plain facts, kept as they were agreed; an item goes by
// the terms in force on the day its document was issued, because those are the terms it was sold under.

import { type PlainDate, type Shift, versionOn } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { type Money, parseMoney } from '#kernel/money.ts';
import { type Decimal, parseDecimal } from '#kernel/percent.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { SettlementCalendar } from '#terms/settlement-calendar.ts';
import type { DayCount } from './day-count.ts';
import type { ReferenceDay } from './reference-rate.ts';

/** Who owes: the law of late payment treats them differently. */
export const DEBTOR_KINDS = ['business', 'authority', 'consumer'] as const;
export type DebtorKind = (typeof DEBTOR_KINDS)[number];

export type AmountText = { readonly amount: string; readonly currency: string };

/** How the yearly rate comes about. Percentages are decimal texts. */
export type RateTerms =
  | { readonly mode: 'fixed'; readonly percent: string }
  /** So much a month: twelve times that a year, on any count of days. */
  | { readonly mode: 'monthly'; readonly percent: string }
  | {
      readonly mode: 'reference';
      readonly code: string;
      readonly margin: string;
      /** Anew for each half-year (European Union), or once for the life of the debt (United Kingdom). */
      readonly moves: 'each_half_year' | 'fixed_at_start';
      readonly referenceDay: ReferenceDay;
    };

/** A fixed sum for debts of so much or more, in the currency of the debt. */
export type FixedSum = { readonly from: AmountText; readonly fee: AmountText };

export type Terms = {
  readonly name: string;
  readonly basis: 'contract' | 'statutory';
  /** The law or clause it rests on, as text. */
  readonly legalSource: string;
  readonly rate: RateTerms;
  readonly dayCount: DayCount;
  /** Days after the due date in which nothing is asked. */
  readonly graceDays: number;
  /** Whether interest, once the grace is over, runs from the day after the due date or from the day after the grace. */
  readonly startRule: 'day_after_due' | 'day_after_grace';
  /** Where a due date that is no business day moves to before anything is late. */
  readonly dueShift: Shift;
  /** Whose closing days are no business days, besides Saturdays and Sundays; terms of before this was asked have none. */
  readonly dueCalendar?: SettlementCalendar | null | undefined;
  /** Whether the day money is received still bears interest on it. */
  readonly receiptDay: 'free' | 'charged';
  /** Whether a credit note lowers what bears interest from its own day, or from the start (it corrects an error). */
  readonly creditNotes: 'from_their_day' | 'from_start';
  /** Whether money and credit not applied yet lower what bears interest, the oldest debt first. */
  readonly netCredits: boolean;
  /** Whether what was paid late in the meantime is charged too. */
  readonly paidLate: boolean;
  readonly debtors: readonly DebtorKind[];
  /** Below it nothing is charged yet; the days stay open until more has come together. One for each currency. */
  readonly minimums: readonly AmountText[];
  /** The most that is asked on one item as interest: percent of its amount, and amounts by currency. */
  readonly capPercent: string | null;
  readonly capAmounts: readonly AmountText[];
  /** Interest ends so many days after the due date. */
  readonly maxDays: number | null;
  /** Fixed sums for each invoice paid late, by the size of the debt; never asked of consumers. */
  readonly fixedSums: readonly FixedSum[];
  /** Fees for reminders, by their phase. */
  readonly reminderFees: readonly { readonly phase: string; readonly fee: AmountText }[];
  /** Days until a charge is due itself. */
  readonly paymentDays: number;
};

/** Terms as they are reckoned with. */
export type Rules = Omit<
  Terms,
  'rate' | 'minimums' | 'capPercent' | 'capAmounts' | 'fixedSums' | 'reminderFees'
> & {
  readonly rate:
    | { readonly mode: 'fixed'; readonly percent: Decimal }
    | {
        readonly mode: 'reference';
        readonly code: string;
        readonly margin: Decimal;
        readonly moves: 'each_half_year' | 'fixed_at_start';
        readonly referenceDay: ReferenceDay;
      };
  readonly minimums: readonly Money[];
  readonly capPercent: Decimal | undefined;
  readonly capAmounts: readonly Money[];
  readonly fixedSums: readonly { readonly from: Money; readonly fee: Money }[];
  readonly reminderFees: readonly { readonly phase: string; readonly fee: Money }[];
};

/** Decimals of a rate that are reckoned with; no law or clause has more. */
export const PERCENT_DECIMALS_MAX = 6;

/** No rate beyond this a year is anything but a slip. */
const YEARLY_PERCENT_MAX = 100n;

/**
 * Reads terms as they are reckoned with.
 *
 * Refuses: `number_not_decimal`, `rate_too_precise`, `rate_too_high`, `rate_negative`, `cap_not_positive`,
 * `fixed_sum_twice`, `amount_negative`, `currency_twice`, and what reading an amount refuses.
 */
export function readTerms(terms: Terms): Rules {
  const capPercent = terms.capPercent === null ? undefined : parseDecimal(terms.capPercent);
  if (capPercent && capPercent.digits <= 0n)
    throw new Refusal('cap_not_positive', { percent: terms.capPercent });
  const fixedSums = terms.fixedSums.map(({ from, fee }) => ({ from: amountOf(from), fee: amountOf(fee) }));
  const tiers = fixedSums.map(({ from }) => `${from.currency} ${from.minor}`);
  if (new Set(tiers).size < tiers.length) throw new Refusal('fixed_sum_twice', { tiers });
  return {
    ...terms,
    rate: readRate(terms.rate),
    minimums: oneForEachCurrency(terms.minimums),
    capPercent,
    capAmounts: oneForEachCurrency(terms.capAmounts),
    fixedSums,
    reminderFees: terms.reminderFees.map(({ phase, fee }) => ({ phase, fee: amountOf(fee) })),
  };
}

function readRate(rate: RateTerms): Rules['rate'] {
  if (rate.mode === 'reference') {
    const margin = percentOf(rate.margin);
    return { ...rate, margin };
  }
  const percent = percentOf(rate.percent);
  if (percent.digits < 0n) throw new Refusal('rate_negative', { percent: rate.percent });
  const yearly = rate.mode === 'monthly' ? { ...percent, digits: percent.digits * 12n } : percent;
  if (yearly.digits > YEARLY_PERCENT_MAX * 10n ** BigInt(yearly.scale))
    throw new Refusal('rate_too_high', { percent: rate.percent, yearlyMax: String(YEARLY_PERCENT_MAX) });
  return { mode: 'fixed', percent: yearly };
}

function percentOf(text: string): Decimal {
  const percent = parseDecimal(text);
  if (percent.scale > PERCENT_DECIMALS_MAX)
    throw new Refusal('rate_too_precise', { percent: text, decimalsMax: PERCENT_DECIMALS_MAX });
  return percent;
}

function amountOf(given: AmountText): Money {
  const amount = parseMoney(given.amount, given.currency);
  if (amount.minor < 0n) throw new Refusal('amount_negative', { amount: given.amount });
  return amount;
}

function oneForEachCurrency(given: readonly AmountText[]): readonly Money[] {
  const currencies = given.map((amount) => amount.currency);
  if (new Set(currencies).size < currencies.length) throw new Refusal('currency_twice', { currencies });
  return given.map(amountOf);
}

/** A version of a policy: terms from a day on, for everybody or one customer. */
export type PolicyVersion = {
  readonly id: string;
  /** Null: everybody without terms of their own. */
  readonly customerId: CustomerId | null;
  readonly validFrom: PlainDate;
  /** Null: nothing is asked; of a customer's own version, that the company's terms count again. */
  readonly terms: Terms | null;
  /** Whether a customer's own version without terms means that nothing is asked of them. */
  readonly exempt: boolean;
};

/**
 * The version an item goes by: the customer's own in force on the day of issue, else the company's. Of two from the same
 * day the one that stands later in the list (recorded later) counts. Nothing when nothing is asked.
 */
export function policyOn(
  versions: readonly PolicyVersion[],
  customerId: CustomerId,
  issuedOn: PlainDate,
): (PolicyVersion & { readonly terms: Terms }) | undefined {
  const own = versionOn(
    versions.filter((v) => v.customerId === customerId),
    issuedOn,
  );
  if (own?.exempt) return undefined;
  const found = own?.terms
    ? own
    : versionOn(
        versions.filter((v) => v.customerId === null),
        issuedOn,
      );
  return found?.terms ? { ...found, terms: found.terms } : undefined;
}
