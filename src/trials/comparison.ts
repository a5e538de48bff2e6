// What two sets of policies say of the same accounts on the same day: who moves to which policy, and what would be said more, less or
// otherwise. Pure.

import { canonicalJson } from '#kernel/canonical.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { add, type Currency, type Money, zero } from '#kernel/money.ts';

/** One message to an account. */
export type ToldMessage = {
  readonly phase: string;
  readonly template: string;
  readonly channel: string;
  readonly recipient: string;
  /** In whose name, where it is not the company's: name and address. */
  readonly sender: readonly string[];
  /** Whether it tells what late payment has cost. */
  /** What it tells and carries besides its items. */
  readonly besides: Readonly<Record<string, unknown>>;
  /** By item, the day of the step, as `item day`; in no order. */
  readonly steps: readonly string[];
};

/** What an account would be told; nothing at all is `undefined`. */
export type Told = {
  /** The one that is furthest first, the others in no order. */
  readonly messages: readonly [ToldMessage, ...ToldMessage[]];
  readonly totals: readonly Money[];
};

/** An account under both sets. */
export type Pair = {
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly from: string;
  readonly to: string;
  readonly open: readonly Money[];
  readonly before: Told | undefined;
  readonly after: Told | undefined;
};

/** `more`: it hears something where it heard nothing; `less`: the other way round; `otherwise`: other steps, words, ways or readers. */
export const DIFFERENCES = ['more', 'less', 'otherwise', 'same'] as const;
export type Difference = (typeof DIFFERENCES)[number];

/** How what an account hears differs; undefined where it hears nothing under either. */
export function differenceOf({ before, after }: Pick<Pair, 'before' | 'after'>): Difference | undefined {
  if (!before && !after) return undefined;
  if (!before) return 'more';
  if (!after) return 'less';
  return toldText(before) === toldText(after) ? 'same' : 'otherwise';
}

/** What is told, as one line: the same exactly where an account hears the same. Amounts are those of the account, not of a set. */
function toldText({ messages }: Told): string {
  return canonicalJson(
    messages.map((one) => canonicalJson({ ...one, steps: one.steps.toSorted() })).toSorted(),
  );
}

/** The line of an account that a fingerprint is taken of; none where nothing changes for it. */
export function lineOf(pair: Pair): string | undefined {
  const difference = differenceOf(pair);
  if (pair.from === pair.to && (difference === undefined || difference === 'same')) return undefined;
  const { companyId, customerId, from, to, before, after } = pair;
  return JSON.stringify([
    companyId,
    customerId,
    from,
    to,
    before && toldText(before),
    after && toldText(after),
  ]);
}

/** Accounts with what they owe, one sum for each currency. */
export type Tally = { accounts: number; messages: number; readonly sums: Map<Currency, Money> };

/** An empty tally. */
export const newTally = (): Tally => ({ accounts: 0, messages: 0, sums: new Map() });

/** Adds an account to a tally. */
export function countInto(tally: Tally, messages: number, amounts: readonly Money[]): void {
  tally.accounts += 1;
  tally.messages += messages;
  for (const sum of amounts)
    tally.sums.set(sum.currency, add(tally.sums.get(sum.currency) ?? zero(sum.currency), sum));
}

/** What an account hears under whichever set it hears more. */
export function loudest({ before, after }: Pick<Pair, 'before' | 'after'>): Told | undefined {
  return after ?? before;
}
