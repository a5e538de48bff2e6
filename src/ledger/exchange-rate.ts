// Exchange rates as facts: on that day, one unit of the base currency was worth that many of the quoted one. Never changed;
// a rate recorded later for the same day counts instead.

import type { PlainDate } from '#kernel/calendar.ts';
import { type Decimal, decimalText, parseDecimal, powerOfTen } from '#kernel/percent.ts';
import { Refusal } from '#kernel/refusal.ts';

export type NewRate = {
  readonly base: string;
  readonly quote: string;
  readonly validOn: PlainDate;
  readonly rate: Decimal;
  /** Who says so: a bank, a list, `typed`. */
  readonly source: string;
};

/** Real rates lie between 10⁻⁷ and 10⁷ of each other; ten times beyond that on both sides, a rate is a slip. */
const FACTOR_MAX = 100_000_000n;

/**
 * Reads rates as given, many at once.
 *
 * Refuses: `rate_of_same_currency`, `number_not_decimal`, `rate_not_positive`, `rate_out_of_range`, `rate_named_twice`.
 */
export function readRates(
  given: readonly {
    readonly base: string;
    readonly quote: string;
    readonly validOn: PlainDate;
    readonly rate: string;
    readonly source?: string | undefined;
  }[],
): readonly NewRate[] {
  const seen = new Set<string>();
  return given.map(({ base, quote, validOn, rate: text, source }) => {
    if (base === quote) throw new Refusal('rate_of_same_currency', { currency: base });
    const rate = parseDecimal(text);
    const facts = { base, quote, rate: decimalText(rate) };
    if (rate.digits <= 0n) throw new Refusal('rate_not_positive', facts);
    const one = powerOfTen(rate.scale);
    if (rate.digits > FACTOR_MAX * one || rate.digits * FACTOR_MAX < one)
      throw new Refusal('rate_out_of_range', facts);
    const key = `${base} ${quote} ${validOn}`;
    if (seen.has(key)) throw new Refusal('rate_named_twice', { base, quote, validOn: validOn.toString() });
    seen.add(key);
    return { base, quote, validOn, rate, source: source ?? 'typed' };
  });
}
