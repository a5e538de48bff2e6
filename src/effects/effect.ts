// What collecting brought: contacts, the promises and the money that followed them. Each cent is credited once, to the last
// contact before it. Pure: it is given sums by what contacts have in common, and puts them together by one of these traits.

import { type Money, money } from '#kernel/money.ts';

/**
 * By which rule money is credited to contacts; a change of the rule gets another number.
 *
 * Money is what a payment of a customer was applied with to an invoice or charge, by its value date, in the functional currency
 * of the company; discounts and differences are none. It is credited to the last contact that reached the customer about that
 * item, made before the value date and at most the window of days before it. A contact is a reminder that left and did not come
 * back, or a call or visit of ours in which somebody was spoken to. A call that names no items is about all that was due by its
 * day. Money without such a contact is credited to none. Taken back, it is taken off again, from the same contact.
 */
export const EFFECT_FORMULA = 'cash-after-contact/1';

/** What contacts have in common, by which the report is read. */
export const DIMENSIONS = ['step', 'template', 'channel', 'policy', 'collector'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** How a contact was made: `step` as `reminder:7`, the phase with days after the due date, or `call`. Null: it has none. */
export type Traits = {
  readonly currency: string;
  readonly step: string;
  readonly template: string | null;
  readonly channel: string;
  readonly policy: string | null;
  /** Who made it: `user:…`, or `automatic` where nobody did. */
  readonly collector: string;
};

/** Contacts that are alike, and how many of them reached somebody, were followed by a promise, by money. */
export type ContactSum = Traits & {
  readonly contacts: number;
  readonly reached: number;
  readonly withPromise: number;
  readonly withCash: number;
};

/** Money that came so many days after contacts that are alike; minor units of the functional currency. */
export type CashSum = Traits & { readonly lagDays: number; readonly minor: bigint };

/** Promises that followed contacts that are alike. */
export type PromiseSum = Traits & {
  readonly promises: number;
  readonly promised: bigint;
  readonly kept: bigint;
};

/** Everything the report is made of. */
export type EffectSums = {
  readonly contacts: readonly ContactSum[];
  readonly cash: readonly CashSum[];
  readonly promises: readonly PromiseSum[];
};

/** What contacts brought. `meanDays`: from the contact to the money, weighted by it; null where none came. */
export type Effect = {
  readonly contacts: number;
  readonly reached: number;
  readonly withPromise: number;
  readonly withCash: number;
  readonly promises: number;
  readonly promised: Money;
  readonly kept: Money;
  readonly cash: Money;
  readonly meanDays: number | null;
};

/** An effect of all contacts with one value of a dimension; the key is null where contacts have none. */
export type EffectRow = Effect & { readonly key: string | null };

/** The currencies in which something happened, in their order. */
export function currenciesOf(sums: EffectSums): readonly string[] {
  return [...new Set([...sums.contacts, ...sums.cash, ...sums.promises].map((one) => one.currency))].sort();
}

/** All of it in one currency. */
export function totalOf(sums: EffectSums, currency: string): Effect {
  const own = ofCurrency(sums, currency);
  const total = (of: keyof Pick<ContactSum, 'contacts' | 'reached' | 'withPromise' | 'withCash'>) =>
    own.contacts.reduce((sum, one) => sum + one[of], 0);
  const cash = own.cash.reduce((sum, one) => sum + one.minor, 0n);
  const days = own.cash.reduce((sum, one) => sum + one.minor * BigInt(one.lagDays), 0n);
  return {
    contacts: total('contacts'),
    reached: total('reached'),
    withPromise: total('withPromise'),
    withCash: total('withCash'),
    promises: own.promises.reduce((sum, one) => sum + one.promises, 0),
    promised: money(
      own.promises.reduce((sum, one) => sum + one.promised, 0n),
      currency,
    ),
    kept: money(
      own.promises.reduce((sum, one) => sum + one.kept, 0n),
      currency,
    ),
    cash: money(cash, currency),
    meanDays: cash > 0n ? Number((days * 10n + cash / 2n) / cash) / 10 : null,
  };
}

/** The same, apart for each value of a dimension; those with most contacts first. Their sums are the total, whatever the dimension. */
export function effectBy(sums: EffectSums, currency: string, by: Dimension): readonly EffectRow[] {
  const own = ofCurrency(sums, currency);
  const keys = new Set([...own.contacts, ...own.cash, ...own.promises].map((one) => one[by]));
  const rows = [...keys].map((key) => {
    const of = <T extends Traits>(list: readonly T[]) => list.filter((one) => one[by] === key);
    const part = { contacts: of(own.contacts), cash: of(own.cash), promises: of(own.promises) };
    return { key, ...totalOf(part, currency) };
  });
  return rows.toSorted((a, b) => b.contacts - a.contacts || (`${a.key}` < `${b.key}` ? -1 : 1));
}

/** How much came on each day after the contact, from the first to the last of the window. */
export function cashByLag(sums: EffectSums, currency: string, windowDays: number): readonly Money[] {
  const own = ofCurrency(sums, currency).cash;
  return Array.from({ length: windowDays }, (_, at) =>
    money(
      own.reduce((sum, one) => (one.lagDays === at + 1 ? sum + one.minor : sum), 0n),
      currency,
    ),
  );
}

/** The same sums with the names of collectors left out that are not for the reader: all but their own become `others`. */
export function withoutOthers(sums: EffectSums, own: string): EffectSums {
  const veil = <T extends Traits>(list: readonly T[]) =>
    list.map((one) => ({ ...one, collector: veiled(one.collector, own) }));
  return { contacts: veil(sums.contacts), cash: veil(sums.cash), promises: veil(sums.promises) };
}

/** What a collector is called to somebody who may not see who each is. */
export function veiled(collector: string, own: string): string {
  return collector === 'automatic' || collector === own ? collector : 'others';
}

/** What people call a step: `Reminder, 7 days after the due date`. */
export function stepLabel(key: string): string {
  const [phase = '', days] = key.split(':');
  const name = phase.charAt(0).toUpperCase() + phase.slice(1).replaceAll('_', ' ');
  if (days === undefined) return name;
  const count = Number(days);
  if (count === 0) return `${name}, on the due date`;
  const many = `${Math.abs(count)} ${Math.abs(count) === 1 ? 'day' : 'days'}`;
  return `${name}, ${many} ${count < 0 ? 'before' : 'after'} the due date`;
}

function ofCurrency(sums: EffectSums, currency: string): EffectSums {
  const of = <T extends Traits>(list: readonly T[]) => list.filter((one) => one.currency === currency);
  return { contacts: of(sums.contacts), cash: of(sums.cash), promises: of(sums.promises) };
}
