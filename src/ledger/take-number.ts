// Numbers without gaps: taken in the transaction that issues the document, from a row that stays locked until it commits.

import type { Act } from '#command/command.ts';
import type { CompanyId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { formatNumber, type NumberedKind } from './number-pattern.ts';
import { takeFromSeries } from './store.ts';

/** A number as taken: the count in its series, and what is printed. */
export type TakenNumber = { readonly count: bigint; readonly text: string };

/**
 * Takes the next numbers of a company's series for documents of a kind, one after the other. If the transaction does not
 * commit, they were never taken. Take them as late as possible: others issuing in the same series wait until the commit.
 *
 * Refuses: `series_not_found`.
 */
export async function takeNumbers(
  act: Act,
  wanted: {
    readonly companyId: CompanyId;
    readonly documentKind: NumberedKind;
    readonly series: string;
    /** Year of issue of each document, in order; their number is how many are taken. */
    readonly years: readonly number[];
  },
): Promise<readonly TakenNumber[]> {
  if (wanted.years.length === 0) return [];
  const taken = await takeFromSeries(act, { ...wanted, count: wanted.years.length });
  if (!taken)
    throw new Refusal('series_not_found', { documentKind: wanted.documentKind, series: wanted.series });
  return wanted.years.map((year, index) => {
    const count = taken.first + BigInt(index);
    return { count, text: formatNumber(taken.pattern, count, year) };
  });
}
