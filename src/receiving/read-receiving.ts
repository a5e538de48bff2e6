// Numbers given to customers, for whoever issues documents, looks who paid, or shows them.

import type { z } from 'zod';
import { type PayAccount, paidIn } from '#banking/pay-account.ts';
import { readPayAccounts } from '#banking/read-pay-accounts.ts';
import type { Tx } from '#db/transaction.ts';
import { present } from '#kernel/assert.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import type { Company } from '#parties/company.ts';
import { idKey, pageOfRows, readCursor } from '#parties/page-cursor.ts';
import { takeCompany } from '#parties/take-party.ts';
import type * as contract from './contract.ts';
import { accountsPaidBy } from './receiving-account.ts';
import { countFree, findAccounts, findGiven, findShown, type Pool } from './store.ts';

/**
 * The accounts by currency that a customer pays companies to: its own numbers first, then the accounts of the companies. Whoever
 * prints for a customer or writes to it asks for these.
 */
export async function readAccountsPaidBy(
  tx: Tx,
  companies: readonly Company[],
  customerId: CustomerId,
): Promise<readonly PayAccount[]> {
  const accounts = await readAccountsByCustomer(tx, companies, [customerId]);
  return present(accounts.get(customerId), 'every customer asked for has accounts');
}

/** The same of several customers. */
export async function readAccountsByCustomer(
  tx: Tx,
  companies: readonly Company[],
  customerIds: readonly CustomerId[],
): Promise<ReadonlyMap<CustomerId, readonly PayAccount[]>> {
  const companyIds = [...new Set(companies.map(({ id }) => id))];
  const [accounts, shown] = await Promise.all([
    readPayAccounts(tx, companyIds),
    findShown(tx, companyIds, customerIds),
  ]);
  const ofCustomer = Map.groupBy(shown, ({ customerId }) => customerId);
  return new Map(
    customerIds.map((id) => [id, accountsPaidBy(companies, accounts, ofCustomer.get(id) ?? [])] as const),
  );
}

/**
 * A company with the account a customer pays to in a currency: the customer's own number, else the account of the company.
 * Refuses: `company_not_found`.
 */
export async function takeCompanyPaidBy(
  tx: Tx,
  of: { readonly companyId: CompanyId; readonly customerId: CustomerId; readonly currency: string },
): Promise<Company> {
  const [company, accounts, own] = await Promise.all([
    takeCompany(tx, of.companyId),
    readPayAccounts(tx, [of.companyId]),
    findShown(tx, [of.companyId], [of.customerId]),
  ]);
  return paidIn(company, accountsPaidBy([company], accounts, own), of.currency);
}

/** To whom numbers of a company in a currency were given, by number. */
export async function readGiven(
  tx: Tx,
  pool: Pool,
  accounts: readonly string[],
): Promise<ReadonlyMap<string, CustomerId>> {
  return accounts.length === 0 ? new Map() : findGiven(tx, pool, accounts);
}

/** A page of numbers, with how many are free. Refuses: `bad_input` (an `after` we never gave out). */
export async function readReceivingPage(
  tx: Tx,
  query: z.output<typeof contract.listReceivingAccounts.query>,
): Promise<z.input<typeof contract.listReceivingAccounts.reply>> {
  const { limit, after, ...filter } = query;
  const [found, free] = await Promise.all([
    findAccounts(tx, { ...filter, after: readCursor(after, [String, idKey]), limit: limit + 1 }),
    countFree(tx),
  ]);
  const { rows, next } = pageOfRows(found, limit, (last) => [last.account, last.id]);
  return {
    rows: rows.map((row) => ({
      accountId: row.id,
      companyId: row.company_id,
      companyName: row.company_name,
      currency: row.currency,
      account: row.account,
      customer:
        row.customer_id === null ? null : { customerId: row.customer_id, name: row.customer_name ?? '' },
      state:
        row.customer_id === null
          ? ('free' as const)
          : row.retired
            ? ('retired' as const)
            : ('shown' as const),
    })),
    next,
    free: free.map((one) => ({ ...one })),
  };
}
