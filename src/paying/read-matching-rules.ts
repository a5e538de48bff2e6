// Reading what companies and customers state about their receipts, and how customers pay.

import type { Tx } from '#db/transaction.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { type AmountHabits, noAmounts } from '#matching/amounts.ts';
import { type Habits, noHabits } from '#matching/habits.ts';
import { takeCompany, takeCustomer } from '#parties/take-party.ts';
import { type CustomerMatching, type MatchingRules, START_MATCHING, START_RULES } from './matching-rules.ts';
import { findHabits, findMatching, findPools, findRules, type PayerOf } from './store.ts';

/** The rules of companies, as they are now: what each states, or what everybody starts with. */
export async function readMatchingRules(
  tx: Tx,
  companyIds: readonly CompanyId[],
): Promise<(companyId: CompanyId) => MatchingRules> {
  const rules = await findRules(tx, [...new Set(companyIds)]);
  return (companyId) => rules.get(companyId) ?? START_RULES;
}

/** How the receipts of customers are applied now. */
export async function readCustomerMatching(
  tx: Tx,
  customerIds: readonly CustomerId[],
): Promise<(customerId: CustomerId) => CustomerMatching> {
  const matching = await findMatching(tx, [...new Set(customerIds)]);
  return (customerId) => matching.get(customerId) ?? START_MATCHING;
}

/** A company's rules, and whether it stated them. Refuses: `company_not_found`. */
export async function readCompanyMatchingRules(
  tx: Tx,
  companyId: CompanyId,
): Promise<MatchingRules & { readonly isStated: boolean }> {
  const [rules] = await Promise.all([findRules(tx, [companyId]), takeCompany(tx, companyId)]);
  const stated = rules.get(companyId);
  return { ...(stated ?? START_RULES), isStated: stated !== undefined };
}

/** How a customer's receipts are applied. Refuses: `customer_not_found`. */
export async function readOneMatching(tx: Tx, customerId: CustomerId): Promise<CustomerMatching> {
  const [matching] = await Promise.all([findMatching(tx, [customerId]), takeCustomer(tx, customerId)]);
  return matching.get(customerId) ?? START_MATCHING;
}

/** How customers of companies pay, and all customers of each together; nobody has habits before the first payment. */
export type KnownHabits = {
  readonly own: (payer: PayerOf) => Habits;
  readonly pool: (companyId: CompanyId) => { readonly habits: Habits; readonly amounts: AmountHabits };
};

/** The habits of these customers, and of all customers of their companies. */
export async function readHabits(
  tx: Tx,
  companyIds: readonly CompanyId[],
  payers: readonly PayerOf[],
): Promise<KnownHabits> {
  const [rows, pools] = await Promise.all([findHabits(tx, payers), findPools(tx, [...new Set(companyIds)])]);
  const key = ({ companyId, customerId }: PayerOf): string => `${companyId} ${customerId}`;
  const own = new Map(rows.map((row) => [key(row), row.habits]));
  const pool = new Map(pools.map((one) => [one.companyId, one]));
  const [nobody, nothing] = [noHabits(), noAmounts()];
  return {
    own: (payer) => own.get(key(payer)) ?? nobody,
    pool: (companyId) => pool.get(companyId) ?? { habits: nobody, amounts: nothing },
  };
}
