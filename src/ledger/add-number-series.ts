// A further series of document numbers, beside `main`: for a branch, a shop, a kind of business.

import type { Command } from '#command/command.ts';
import type { CompanyId } from '#kernel/id.ts';
import { takeCompany } from '#parties/take-party.ts';
import { checkPattern, formatNumber, type NumberedKind } from './number-pattern.ts';
import { insertSeries } from './store.ts';

export type AddNumberSeries = {
  readonly companyId: CompanyId;
  readonly documentKind: NumberedKind;
  readonly series: string;
  readonly pattern: string;
};

/**
 * Adds a number series; it counts from 1 without gaps.
 *
 * Refuses: `company_not_found`, `series_taken`, `number_pattern_taken`, what `checkPattern` refuses.
 */
export const addNumberSeries: Command<
  AddNumberSeries,
  { readonly series: string; readonly firstNumber: string }
> = {
  name: 'add-number-series',
  permission: 'company.manage',
  constraints: { number_series_pkey: 'series_taken', number_series_pattern: 'number_pattern_taken' },
  async run(act, input) {
    const company = await takeCompany(act, input.companyId);
    checkPattern(input.pattern);
    const { documentKind, series, pattern } = input;
    insertSeries(act, company.id, [{ documentKind, series, pattern }]);
    act.record({
      type: 'number_series.added',
      subjectId: company.id,
      data: { documentKind, series, pattern },
    });
    return { series, firstNumber: formatNumber(pattern, 1n, act.today.year) };
  },
};
