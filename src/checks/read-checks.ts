// Reading the rules of an invoice and what invoices were issued in spite of.

import type { Tx } from '#db/transaction.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { takeCompany, takeCustomer } from '#parties/take-party.ts';
import { type CheckRules, rulesFor, type StatedRules } from './check-rules.ts';
import { type FindingRow, findFindings, findRules } from './store.ts';

/** The rules for an invoice of a company to a customer, as they are now. */
export async function readRules(tx: Tx, companyId: CompanyId, customerId: CustomerId): Promise<CheckRules> {
  const { company, customer } = await findRules(tx, companyId, customerId);
  return rulesFor(company, customer);
}

/** What a company states, and what counts by it. Refuses: `company_not_found`. */
export async function readCompanyRules(
  tx: Tx,
  companyId: CompanyId,
): Promise<{ readonly stated: StatedRules; readonly rules: CheckRules }> {
  const [{ company }] = await Promise.all([findRules(tx, companyId, null), takeCompany(tx, companyId)]);
  return { stated: company, rules: rulesFor(company, {}) };
}

/** What a customer states for itself. Refuses: `customer_not_found`. */
export async function readCustomerRules(
  tx: Tx,
  customerId: CustomerId,
): Promise<{ readonly stated: StatedRules; readonly rules: CheckRules }> {
  const [{ customer }] = await Promise.all([findRules(tx, null, customerId), takeCustomer(tx, customerId)]);
  return { stated: customer, rules: rulesFor({}, customer) };
}

/** What invoices were issued in spite of: at most so many findings. */
export function readKeptFindings(
  tx: Tx,
  invoiceIds: readonly string[],
  limit: number,
): Promise<readonly FindingRow[]> {
  return findFindings(tx, invoiceIds, limit);
}
