// What terms would mean for an invoice, without storing anything: the live picture beside their editor.

import type { Tx } from '#db/transaction.ts';
import { daysBetween, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { type Money, toDecimal } from '#kernel/money.ts';
import { decimalText, parseDecimal } from '#kernel/percent.ts';
import { Refusal } from '#kernel/refusal.ts';
import { listCompanies, takeCompany, takeCustomer } from '#parties/take-party.ts';
import { annualCost } from './discount-cost.ts';
import { checkCalendar } from './find-holidays.ts';
import { parseNotation } from './notation.ts';
import { checkRules, type TermsRules } from './payment-terms.ts';
import { readRulesCalendar } from './read-terms.ts';
import { type PlannedInstalment, planPayment } from './schedule.ts';
import { describeTerms, type WordingLanguage } from './wording.ts';

/** Rules as given: themselves, or in the short notation. */
export type GivenRules = {
  readonly rules?: TermsRules | undefined;
  readonly notation?: string | undefined;
};

/** The rules that were given, one way or the other. Refuses: `rules_missing` for none or both, `terms_not_understood`. */
export function rulesOf(given: GivenRules): TermsRules {
  if ((given.rules === undefined) === (given.notation === undefined)) throw new Refusal('rules_missing');
  return given.rules ?? parseNotation(given.notation ?? '');
}

export type PreviewTerms = GivenRules & {
  readonly issuedOn: PlainDate;
  readonly amount: Money;
  readonly companyId?: CompanyId | undefined;
  readonly customerId?: CustomerId | undefined;
  readonly language: WordingLanguage;
};

export type TermsPreview = {
  readonly rules: TermsRules;
  readonly words: string;
  readonly issuedOn: PlainDate;
  readonly instalments: readonly PlannedInstalment[];
  readonly costs: readonly {
    readonly percent: string;
    readonly daysEarlier: number;
    readonly on365: string;
    readonly on360: string;
  }[];
};

/**
 * Plans an invoice over an amount, all of it without tax. Without a company the first one's country counts.
 *
 * Refuses: `rules_missing`, `terms_not_understood`, `calendar_not_valid`, `amount_not_positive`, `company_not_found`,
 * `customer_not_found`, what `checkRules` and planning refuse.
 */
export async function calculatePreview(tx: Tx, input: PreviewTerms): Promise<TermsPreview> {
  const rules = rulesOf(input);
  checkRules(rules);
  await checkCalendar(rules.calendar);
  if (input.amount.minor <= 0n) throw new Refusal('amount_not_positive', { amount: toDecimal(input.amount) });
  const company = input.companyId ? await takeCompany(tx, input.companyId) : (await listCompanies(tx))[0];
  const customer = input.customerId ? await takeCustomer(tx, input.customerId) : undefined;
  const { issuedOn, amount } = input;
  const sides = { company: company?.country ?? 'DE', customer: customer?.country ?? null };
  const calendar = await readRulesCalendar(tx, rules, { issuedOn, sides });
  const instalments = planPayment(rules, { issuedOn, total: amount, net: amount, base: 'gross' }, calendar);
  return {
    rules,
    words: describeTerms(rules, input.language),
    issuedOn,
    instalments,
    costs: costsOf(instalments[0]),
  };
}

function costsOf(instalment: PlannedInstalment | undefined): TermsPreview['costs'] {
  return (instalment?.discounts ?? []).flatMap(({ percent, untilOn }) => {
    const daysEarlier = daysBetween(untilOn, instalment?.dueOn ?? untilOn);
    const value = parseDecimal(percent);
    const [on365, on360] = [annualCost(value, daysEarlier, 365), annualCost(value, daysEarlier, 360)];
    if (!on365 || !on360) return [];
    return [{ percent, daysEarlier, on365: decimalText(on365), on360: decimalText(on360) }];
  });
}
