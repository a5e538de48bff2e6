// Recording exchange rates, one or a year of them.

import type { Command } from '#command/command.ts';
import { newId } from '#kernel/id.ts';
import { readRates } from './exchange-rate.ts';
import { insertRates } from './store.ts';

export type RecordRates = { readonly rates: Parameters<typeof readRates>[0] };

/** Records exchange rates. What was issued or received before keeps the rate it has. Refuses what `readRates` refuses. */
export const recordRates: Command<RecordRates, { readonly recorded: number }> = {
  name: 'record-exchange-rates',
  permission: 'rate.record',
  async run(act, input) {
    const rates = readRates(input.rates).map((rate) => ({ ...rate, id: newId() as string }));
    insertRates(act, rates);
    const [first] = rates;
    if (first) {
      act.record({
        type: 'exchange_rates.recorded',
        subjectId: first.id,
        data: {
          recorded: rates.length,
          pairs: [...new Set(rates.map((rate) => `${rate.base}/${rate.quote}`))].slice(0, PAIRS_SHOWN),
        },
      });
    }
    return { recorded: rates.length };
  },
};

/** Pairs named in the event; enough to see what the list was about. */
const PAIRS_SHOWN = 20;
