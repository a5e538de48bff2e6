// Opening a company's books: the legal entity, its accounts and its number series.

import type { Command } from '#command/command.ts';
import { addCompany, type NewCompany } from '#parties/add-company.ts';
import { CHART } from './chart.ts';
import { checkPattern } from './number-pattern.ts';
import { insertAccounts, insertSeries } from './store.ts';

/** The series a new company numbers its documents in; `main` is the one used when none is named. */
const SERIES = [
  { documentKind: 'invoice', series: 'main', pattern: 'INV-{year}-{nnnnn}' },
  { documentKind: 'credit_note', series: 'main', pattern: 'CN-{year}-{nnnnn}' },
  { documentKind: 'payment', series: 'main', pattern: 'PAY-{year}-{nnnnn}' },
  { documentKind: 'write_off', series: 'main', pattern: 'WO-{year}-{nnnnn}' },
  { documentKind: 'charge', series: 'main', pattern: 'LC-{year}-{nnnnn}' },
  { documentKind: 'charge_credit', series: 'main', pattern: 'LCC-{year}-{nnnnn}' },
  { documentKind: 'dispute', series: 'main', pattern: 'D-{year}-{nnnnn}' },
] as const;

/**
 * Adds a company with the accounts receivables need and its number series.
 *
 * Refuses: `company_code_taken`, and what `checkCompany` refuses.
 */
export const openCompany: Command<NewCompany, { readonly companyId: string }> = {
  name: 'open-company',
  permission: 'company.manage',
  constraints: { company_tenant_id_code_key: 'company_code_taken' },
  async run(act, input) {
    const company = addCompany(act, input);
    for (const series of SERIES) checkPattern(series.pattern);
    insertAccounts(act, company.id, CHART);
    insertSeries(act, company.id, SERIES);
    act.record({
      type: 'company.opened',
      subjectId: company.id,
      data: { code: company.code, name: company.name },
    });
    return { companyId: company.id };
  },
};
