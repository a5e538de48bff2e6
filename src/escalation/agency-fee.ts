// What an agency keeps or asks for: a share of what it brings in, by how late the item was when it was handed over, and tax on it.

import { Refusal } from '#kernel/refusal.ts';

/** Shares by age: the first that the item is no older than counts; the last has no limit. */
export type AgencyFees = {
  readonly shares: readonly { readonly upToDaysLate: number | null; readonly percent: string }[];
  /** Tax on the fee, in per cent; `0` where none is asked for. */
  readonly taxPercent: string;
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
 * Refuses shares that are not percentages, that come to more than everything with the tax on them, or whose ages do not rise
 * to one without limit (`fee_not_valid`).
 */
export function checkFees(fees: AgencyFees): void {
  const tax = basisPoints(fees.taxPercent);
  for (const { percent } of fees.shares)
    if (basisPoints(percent) * (10_000n + tax) > 100_000_000n)
      throw new Refusal('fee_not_valid', { percent, taxPercent: fees.taxPercent });
  const ages = fees.shares.map(({ upToDaysLate }) => upToDaysLate);
  const rises = ages.every((age, index) => {
    const before = index === 0 ? -1 : (ages[index - 1] ?? Number.POSITIVE_INFINITY);
    return index === ages.length - 1 ? age === null : age !== null && age > before;
  });
  if (ages.length === 0 || !rises) throw new Refusal('fee_not_valid', { ages: ages.map(String) });
}

/** Half up, of an amount that is not negative. */
function partOf(minor: bigint, points: bigint): bigint {
  return (minor * points + 5_000n) / 10_000n;
}

/**
 * What of an amount brought in is fee, tax on it, and ours. Fee and tax are rounded half up, each once, as an invoice of theirs
 * would have them. Where both were rounded up to a cent more than came in, the one with the smaller remainder is rounded down.
 */
export function splitFee(gross: bigint, daysLate: number, fees: AgencyFees): FeeSplit {
  const share = fees.shares.find(({ upToDaysLate }) => upToDaysLate === null || daysLate <= upToDaysLate);
  const [feePoints, taxPoints] = [basisPoints(share?.percent ?? '0'), basisPoints(fees.taxPercent)];
  const fee = partOf(gross, feePoints);
  const tax = partOf(fee, taxPoints);
  if (fee + tax <= gross) return { gross, fee, tax, net: gross - fee - tax };
  const isFeeLess = (gross * feePoints) % 10_000n < (fee * taxPoints) % 10_000n;
  return isFeeLess ? { gross, fee: fee - 1n, tax, net: 0n } : { gross, fee, tax: tax - 1n, net: 0n };
}
