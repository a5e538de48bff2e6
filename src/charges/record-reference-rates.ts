// Stating reference rates: what a central bank's rate was from a day on, with who says so. Never changed; stated again, the
// later statement counts.

import type { Command } from '#command/command.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { decimalText, parseDecimal } from '#kernel/percent.ts';
import { Refusal } from '#kernel/refusal.ts';
import { PERCENT_DECIMALS_MAX } from './policy.ts';
import { insertReferenceRates } from './store.ts';

export type RecordReferenceRates = {
  readonly rates: readonly {
    readonly code: string;
    readonly validFrom: PlainDate;
    readonly percent: string;
    readonly source: string;
  }[];
};

/** Beyond so many percent, above or below nothing, a reference rate is a slip. */
const PERCENT_MAX = 100n;

/**
 * Records reference rates.
 *
 * Refuses: `number_not_decimal`, `rate_too_precise`, `rate_too_high`, `rate_named_twice`.
 */
export const recordReferenceRates: Command<RecordReferenceRates, { readonly recorded: number }> = {
  name: 'record-reference-rates',
  permission: 'charge.configure',
  async run(act, input) {
    const seen = new Set<string>();
    const rates = input.rates.map((given) => {
      const percent = parseDecimal(given.percent);
      if (percent.scale > PERCENT_DECIMALS_MAX)
        throw new Refusal('rate_too_precise', { percent: given.percent, decimalsMax: PERCENT_DECIMALS_MAX });
      const most = PERCENT_MAX * 10n ** BigInt(percent.scale);
      if (percent.digits > most || percent.digits < -most)
        throw new Refusal('rate_too_high', { percent: given.percent, yearlyMax: String(PERCENT_MAX) });
      const key = `${given.code} ${given.validFrom}`;
      if (seen.has(key))
        throw new Refusal('rate_named_twice', { code: given.code, validFrom: given.validFrom.toString() });
      seen.add(key);
      return { ...given, percent };
    });
    insertReferenceRates(act, rates);
    act.record({
      type: 'reference_rates.recorded',
      subjectId: act.commandId,
      data: {
        rates: rates.map((r) => ({
          code: r.code,
          validFrom: r.validFrom.toString(),
          percent: decimalText(r.percent),
          source: r.source,
        })),
      },
    });
    return { recorded: rates.length };
  },
};
