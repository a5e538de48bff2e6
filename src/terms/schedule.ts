// The schedule of an invoice: what is due when, and what paying early saves. Instalments sum to the total and discounts to
// the percentage of it, to the minor unit.

import {
  type BusinessCalendar,
  earlier,
  later,
  type PlainDate,
  shiftToBusinessDay,
} from '#kernel/calendar.ts';
import { allocate, type Money, money, parseMoney, subtract, sum } from '#kernel/money.ts';
import { type Decimal, parseDecimal, percentOf, powerOfTen } from '#kernel/percent.ts';
import { dayByRule } from './due-rule.ts';
import type { Share, TermsRules } from './payment-terms.ts';

/** What of an amount a discount percentage is taken of: with tax, or without. */
export type DiscountBase = 'gross' | 'net';

/** A discount for paying an instalment by a day: what is saved, and what is then to be paid. */
export type PlannedDiscount = {
  readonly untilOn: PlainDate;
  readonly percent: string;
  readonly discount: Money;
  readonly pay: Money;
};

/** An instalment with its due date and its discounts, the earliest first. */
export type PlannedInstalment = {
  readonly dueOn: PlainDate;
  readonly amount: Money;
  readonly discounts: readonly PlannedDiscount[];
};

/** What is planned for. */
export type Planned = {
  readonly issuedOn: PlainDate;
  readonly total: Money;
  /** The total without tax. */
  readonly net: Money;
  readonly base: DiscountBase;
};

/**
 * Plans the payment of a total above zero by terms. Due dates and discount dates are moved to business days as the terms say,
 * and never before the day of issue; a discount ends at the latest when the instalment is due. Parts that come to nothing,
 * because fixed amounts use a small total up, are left out.
 *
 * Refuses: `amount_too_many_decimals` for a fixed amount that the currency cannot write.
 */
export function planPayment(
  rules: TermsRules,
  planned: Planned,
  calendar: BusinessCalendar,
): readonly PlannedInstalment[] {
  const { issuedOn, total, net, base } = planned;
  const moved = (day: PlainDate): PlainDate =>
    later(issuedOn, shiftToBusinessDay(day, rules.shift, calendar));
  const amounts = splitByShares(
    total,
    rules.instalments.map((instalment) => instalment.share),
  );
  const parts = amounts.flatMap((amount, index) => {
    const rule = rules.instalments[index];
    return rule && amount.minor > 0n ? [{ amount, dueOn: moved(dayByRule(rule.due, issuedOn)) }] : [];
  });
  const weights = parts.map((part) => part.amount.minor);
  const tiers = rules.discounts.map(({ percent, until }) => ({
    percent,
    untilOn: moved(dayByRule(until, issuedOn)),
    discounts: allocate(percentOf(base === 'net' ? net : total, parseDecimal(percent)), weights),
  }));
  return parts.map(({ amount, dueOn }, index) => ({
    dueOn,
    amount,
    discounts: tiers
      .map(({ percent, untilOn, discounts }) => {
        const discount = discounts[index] ?? money(0n, amount.currency);
        return { untilOn: earlier(untilOn, dueOn), percent, discount, pay: subtract(amount, discount) };
      })
      .filter(({ discount }) => discount.minor > 0n)
      .sort((a, b) => Temporal.PlainDate.compare(a.untilOn, b.untilOn)),
  }));
}

/** Splits a total: fixed amounts first, in their order, as far as it goes; the weights share what is left. */
export function splitByShares(total: Money, shares: readonly Share[]): readonly Money[] {
  let rest = total.minor;
  const fixed = shares.map((share) => {
    if (!('amount' in share)) return undefined;
    const wanted = parseMoney(share.amount, total.currency).minor;
    const taken = wanted < rest ? wanted : rest;
    rest -= taken;
    return money(taken, total.currency);
  });
  const weights = wholeWeights(
    shares.flatMap((share) => ('weight' in share ? [parseDecimal(share.weight)] : [])),
  );
  const shared = [...allocate(money(rest, total.currency), weights)];
  return fixed.map((amount) => amount ?? shared.shift() ?? money(0n, total.currency));
}

function wholeWeights(weights: readonly Decimal[]): readonly bigint[] {
  const scale = Math.max(0, ...weights.map((weight) => weight.scale));
  return weights.map((weight) => weight.digits * powerOfTen(scale - weight.scale));
}

/**
 * Splits components (net first, then the tax of each rate) over rows of given amounts so that both rows and components add up:
 * each tax by largest remainder, and the net of a row is what its taxes leave. Gives a list of components for each row.
 */
export function splitOverRows(
  rows: readonly Money[],
  components: readonly [net: Money, ...taxes: Money[]],
): readonly (readonly Money[])[] {
  const [, ...taxes] = components;
  const weights = rows.map((row) => row.minor);
  const split = taxes.map((tax) => allocate(tax, weights));
  return rows.map((row, index) => {
    const own = split.map((parts) => parts[index] ?? money(0n, row.currency));
    return [subtract(row, sum(own, row.currency)), ...own];
  });
}
