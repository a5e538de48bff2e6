// What an agency keeps or asks for: a share of what it brings in, by how late and how large the item was when it was handed over,
// a least and a fixed sum, and tax on it.

import { compare, isCurrency, type Money, parseMoney } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';

/** A share: of items no older and no larger than this. Null: without limit. */
export type FeeShare = {
  readonly upToDaysLate: number | null;
  /** Of what was open when it was handed over, as decimal text in the currency of the fees. */
  readonly upToAmount?: string | null | undefined;
  readonly percent: string;
};

/** Shares in their order: the first that an item fits counts; the last has no limit. */
export type AgencyFees = {
  readonly shares: readonly FeeShare[];
  /** Tax on the fee, in per cent; `0` where none is asked for. */
  readonly taxPercent: string;
  /** Of the amounts below and of `upToAmount`; needed where there is any. */
  readonly currency?: string | undefined;
  /** The least that is taken of each payment of a debtor. */
  readonly least?: string | undefined;
  /** A fixed sum for each item, taken with the first that comes in of it. */
  readonly fixed?: string | undefined;
  /** Who bears the fee: we, or the debtor, who pays it on top. Left out, we. */
  readonly bearer?: 'us' | 'debtor' | undefined;
};

/** What of an item a fee goes by. */
export type FeeClaim = {
  /** Days late when it was handed over. */
  readonly daysLate: number;
  /** What was open then. */
  readonly handed: Money;
  /** Whether nothing of it came in before. */
  readonly isFirst: boolean;
};

/** What is taken of an amount that was brought in. All in minor units; gross is fee, tax and net together. */
export type FeeSplit = {
  readonly gross: bigint;
  readonly fee: bigint;
  readonly tax: bigint;
  readonly net: bigint;
};

/** A percentage as hundredths of a per cent. Refuses: `fee_not_valid` (no number from 0 to 100 with two decimals). */
function basisPoints(percent: string): bigint {
  const parts = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(percent);
  const points = parts ? BigInt(parts[1] ?? '0') * 100n + BigInt((parts[2] ?? '').padEnd(2, '0')) : -1n;
  if (points < 0n || points > 10_000n) throw new Refusal('fee_not_valid', { percent });
  return points;
}

/**
 * Refuses shares that are not percentages, that come to more than everything with the tax on them, or of which one is never
 * reached or the last has a limit; and amounts without a currency, or below nothing (`fee_not_valid`).
 */
export function checkFees(fees: AgencyFees): void {
  const tax = basisPoints(fees.taxPercent);
  for (const { percent } of fees.shares)
    if (basisPoints(percent) * (10_000n + tax) > 100_000_000n)
      throw new Refusal('fee_not_valid', { percent, taxPercent: fees.taxPercent });
  checkAmounts(fees);
  const bounds = fees.shares.map((share) => ({
    days: share.upToDaysLate ?? Number.POSITIVE_INFINITY,
    amount: share.upToAmount == null ? null : parseMoney(share.upToAmount, fees.currency ?? ''),
  }));
  const last = bounds.at(-1);
  const isReached = bounds.every(({ days, amount }, index) =>
    bounds.slice(0, index).every((before) => {
      const isOlder = days > before.days;
      const isLarger = before.amount !== null && (amount === null || compare(amount, before.amount) > 0);
      return isOlder || isLarger;
    }),
  );
  const isOpen = last?.days === Number.POSITIVE_INFINITY && last.amount === null;
  if (!isReached || !isOpen)
    throw new Refusal('fee_not_valid', { ages: fees.shares.map(({ upToDaysLate }) => String(upToDaysLate)) });
}

function checkAmounts({ shares, currency, least, fixed }: AgencyFees): void {
  const amounts = [...shares.map(({ upToAmount }) => upToAmount), least, fixed].filter((one) => one != null);
  if (amounts.length === 0) return;
  if (currency === undefined || !isCurrency(currency))
    throw new Refusal('fee_not_valid', { currency: currency ?? null });
  for (const amount of amounts)
    if (parseMoney(amount, currency).minor < 0n) throw new Refusal('fee_not_valid', { amount });
}

/** Whether fees can be reckoned of claims in a currency: amounts among them are in one. */
export function isReckoned(fees: AgencyFees, currency: string): boolean {
  return fees.currency === undefined || fees.currency === currency;
}

/** Half up, of an amount that is not negative. */
function partOf(minor: bigint, points: bigint): bigint {
  return (minor * points + 5_000n) / 10_000n;
}

/**
 * What of an amount brought in is fee, tax on it, and ours, by what was agreed. Fee and tax are rounded half up, each once, as an
 * invoice of theirs would have them. Where both were rounded up to a cent more than came in, the one with the smaller
 * remainder is rounded down; a least or a fixed sum takes no more than came in, with its tax.
 */
export function splitFee(gross: bigint, claim: FeeClaim, fees: AgencyFees): FeeSplit {
  const amountOf = (text: string): Money => parseMoney(text, fees.currency ?? claim.handed.currency);
  const share = fees.shares.find(
    ({ upToDaysLate, upToAmount }) =>
      (upToDaysLate === null || claim.daysLate <= upToDaysLate) &&
      (upToAmount == null || compare(claim.handed, amountOf(upToAmount)) <= 0),
  );
  const [feePoints, taxPoints] = [basisPoints(share?.percent ?? '0'), basisPoints(fees.taxPercent)];
  const shared = partOf(gross, feePoints);
  const least = fees.least === undefined ? 0n : amountOf(fees.least).minor;
  const fixed = fees.fixed === undefined || !claim.isFirst ? 0n : amountOf(fees.fixed).minor;
  const fee = (shared > least ? shared : least) + fixed;
  const tax = partOf(fee, taxPoints);
  if (fee + tax <= gross) return { gross, fee, tax, net: gross - fee - tax };
  if (fee > shared) {
    const most = (gross * 10_000n + (10_000n + taxPoints) / 2n) / (10_000n + taxPoints);
    return { gross, fee: most, tax: gross - most, net: 0n };
  }
  const isFeeLess = (gross * feePoints) % 10_000n < (fee * taxPoints) % 10_000n;
  return isFeeLess ? { gross, fee: fee - 1n, tax, net: 0n } : { gross, fee, tax: tax - 1n, net: 0n };
}
