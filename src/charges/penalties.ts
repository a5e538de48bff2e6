// What late payment brings by the terms, told before it comes: by which rate and from which day on, which fixed sum, which fee for a
// reminder. Nothing is owed by being told. Pure.

import { earlier, type PlainDate } from '#kernel/calendar.ts';
import type { Money } from '#kernel/money.ts';
import { type Decimal, decimalText } from '#kernel/percent.ts';
import { Refusal } from '#kernel/refusal.ts';
import { firstInterestDay, rateOf } from './accrual.ts';
import type { DebtorKind, Rules } from './policy.ts';
import type { RateHistory } from './reference-rate.ts';

/** What is told; what the terms do not ask, or is not known, is absent. */
export type Penalties = {
  /** Percent a year, as decimal text, in force on the day it is told or from the first day of interest on. */
  readonly rate?: string | undefined;
  /** The first day on which interest runs, of the item that is due first. */
  readonly from?: PlainDate | undefined;
  readonly fixedSum?: Money | undefined;
  readonly reminderFee?: Money | undefined;
};

/** Of what it is told: items of one customer in one set of terms, and what the next reminders would cost. */
export type Threatened = {
  readonly items: readonly { readonly dueOn: PlainDate; readonly open: Money }[];
  readonly debtor: DebtorKind;
  readonly day: PlainDate;
};

/**
 * What the terms ask for items that are or would be paid late. Interest: the yearly rate, with the first day for the item
 * that is due first; left out where a reference rate is not known. The fixed sum is that of the smallest item, so that no
 * more is told than is asked at least; never of consumers. The fee is the least of the terms' reminders.
 */
export function penaltiesOf(
  rules: Rules,
  rates: ReadonlyMap<string, RateHistory>,
  { items, debtor, day }: Threatened,
): Penalties {
  const [first, ...others] = items;
  if (!first || !rules.debtors.includes(debtor)) return {};
  const dueOn = others.reduce((soonest, item) => earlier(soonest, item.dueOn), first.dueOn);
  const from = firstInterestDay(dueOn, rules);
  const percent = rateOn(rules, rates, { from, day });
  const isAsked = percent !== undefined && percent.digits > 0n;
  return {
    ...(isAsked ? { rate: decimalText(percent), from } : {}),
    fixedSum: debtor === 'consumer' ? undefined : leastSum(rules, items),
    reminderFee: least(rules.reminderFees.map(({ fee }) => fee).filter((fee) => fee.minor > 0n)),
  };
}

function rateOn(
  rules: Rules,
  rates: ReadonlyMap<string, RateHistory>,
  { from, day }: { readonly from: PlainDate; readonly day: PlainDate },
): Decimal | undefined {
  try {
    return rateOf(rules, rates, earlier(from, day), day).percent;
  } catch (error) {
    // What cannot be reckoned is not told; anything else that goes wrong is a fault.
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** The fixed sum of each item by its size, of which the least is told; nothing where one of them has none. */
function leastSum(rules: Rules, items: Threatened['items']): Money | undefined {
  const sums = items.map(({ open }) =>
    rules.fixedSums
      .filter(({ from }) => from.currency === open.currency && from.minor <= open.minor)
      .reduce<{ readonly from: Money; readonly fee: Money } | undefined>(
        (best, one) => (best === undefined || one.from.minor > best.from.minor ? one : best),
        undefined,
      ),
  );
  if (sums.some((sum) => sum === undefined)) return undefined;
  return least(sums.flatMap((sum) => (sum && sum.fee.minor > 0n ? [sum.fee] : [])));
}

/** The least of amounts, where they are in one currency. */
function least(amounts: readonly Money[]): Money | undefined {
  const [first, ...others] = amounts;
  if (!first || others.some(({ currency }) => currency !== first.currency)) return undefined;
  return others.reduce((smallest, one) => (one.minor < smallest.minor ? one : smallest), first);
}
