// SQL of the accounts that companies are paid to by currency.

import { type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import type { CompanyId } from '#kernel/id.ts';
import type { PayAccount } from './pay-account.ts';

/** The accounts of companies, by company and currency. */
export async function findPayAccounts(
  tx: Tx,
  companyIds: readonly CompanyId[],
): Promise<readonly PayAccount[]> {
  const rows = await tx.run(sql<Selectable<DB['pay_account']>>`
    select * from pay_account where tenant_id = ${tx.tenantId} and company_id = any(${companyIds}::uuid[])
    order by company_id, currency`);
  return rows.map((row) => ({
    companyId: row.company_id as CompanyId,
    currency: row.currency,
    bankName: row.bank_name,
    iban: row.iban,
    bic: row.bic,
    accountNumber: row.account_number,
    routingNumber: row.routing_number,
  }));
}

/** The accounts of a company, locked with it, so that who changes one knows what was there before. */
export async function lockPayAccounts(act: Act, companyId: CompanyId): Promise<readonly PayAccount[]> {
  await act.run(sql`
    select from company where tenant_id = ${act.tenantId} and id = ${companyId} for no key update`);
  return findPayAccounts(act, [companyId]);
}

/** Puts an account in the place of the one that was there for its currency. */
export function savePayAccount(act: Act, account: PayAccount): void {
  const { companyId, currency, bankName, iban, bic, accountNumber, routingNumber } = account;
  act.write(sql`
    insert into pay_account (tenant_id, company_id, currency, bank_name, iban, bic, account_number, routing_number)
    values (${act.tenantId}, ${companyId}, ${currency}, ${bankName}, ${iban}, ${bic}, ${accountNumber}, ${routingNumber})
    on conflict (tenant_id, company_id, currency) do update set bank_name = excluded.bank_name, iban = excluded.iban,
      bic = excluded.bic, account_number = excluded.account_number, routing_number = excluded.routing_number`);
}

/** Takes the account of a currency away. */
export function removePayAccount(act: Act, companyId: CompanyId, currency: string): void {
  act.write(sql`
    delete from pay_account where tenant_id = ${act.tenantId} and company_id = ${companyId} and currency = ${currency}`);
}
