// The bank accounts that statements are of: found by number and currency, and locked, so that two imports of one account go
// one after the other. An account nobody knows is refused by name, or added where that was asked for.

import type { Act } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { type CompanyId, newId } from '#kernel/id.ts';
import { isCurrency } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCompany } from '#parties/take-party.ts';
import type { SurveyedStatement } from './read-statement.ts';
import { type BankAccountRow, findBankAccount, insertBankAccount, lockBankAccounts } from './store-bank.ts';

/** The account of a statement, and whether it was added just now. */
export type TakenAccount = { readonly account: BankAccountRow; readonly isNew: boolean };

type Named = Pick<SurveyedStatement, 'account' | 'currency' | 'owner'>;

/**
 * The account of each statement, in their order. `bankAccountId` says whose a file is that does not name its account.
 *
 * Refuses: `bank_account_not_found`, `bank_account_not_named`, `bank_account_differs`, `bank_account_unknown`,
 * `company_not_found`, `unknown_currency`.
 */
export async function takeBankAccounts(
  act: Act,
  statements: readonly Named[],
  asked: { readonly bankAccountId?: string | undefined; readonly addAccountsTo?: CompanyId | undefined },
): Promise<readonly TakenAccount[]> {
  const named =
    asked.bankAccountId === undefined ? undefined : await findBankAccount(act, asked.bankAccountId);
  if (asked.bankAccountId !== undefined && !named)
    throw new Refusal('bank_account_not_found', { bankAccountId: asked.bankAccountId });
  const numbers = statements.flatMap((s) => s.account ?? []);
  const known = [...(await lockBankAccounts(act, [...numbers, ...(named ? [named.account] : [])]))];
  const taken: TakenAccount[] = [];
  for (const statement of statements) {
    const found = matching(known, statement, named);
    const account = found ?? (await addAccount(act, statement, asked.addAccountsTo));
    if (!found) known.push(account);
    taken.push({ account, isNew: !found });
  }
  return taken;
}

function matching(
  known: readonly BankAccountRow[],
  statement: Named,
  named: BankAccountRow | undefined,
): BankAccountRow | undefined {
  const { account, currency } = statement;
  if (named !== undefined) {
    const fits =
      (account === undefined || account === named.account) &&
      (currency === undefined || currency === named.currency);
    if (!fits)
      throw new Refusal('bank_account_differs', {
        file: [account, currency].filter((text) => text !== undefined).join(' '),
        named: `${named.account} ${named.currency}`,
      });
    return named;
  }
  if (account === undefined) throw new Refusal('bank_account_not_named');
  const byNumber = known.filter((row) => row.account === account);
  if (currency === undefined) return byNumber.length === 1 ? byNumber[0] : undefined;
  return byNumber.find((row) => row.currency === currency);
}

async function addAccount(
  act: Act,
  { account, currency, owner }: Named,
  companyId: CompanyId | undefined,
): Promise<BankAccountRow> {
  const number = account ?? '';
  if (companyId === undefined)
    throw new Refusal('bank_account_unknown', {
      account: number,
      currency: currency ?? null,
      owner: owner ?? null,
    });
  if (currency !== undefined && !isCurrency(currency)) throw new Refusal('unknown_currency', { currency });
  const company = await takeCompany(act, companyId);
  const row = {
    id: newId<'bank_account'>() as string,
    company_id: company.id as string,
    name: (owner ?? company.name).slice(0, 100),
    account: number,
    currency: currency ?? company.functionalCurrency,
    created_at: act.now,
    csv_profile: null,
  };
  insertBankAccount(act, row);
  act.record({
    type: 'bank_account.added',
    subjectId: row.id,
    data: { account: row.account, currency: row.currency, name: row.name },
  });
  return { ...row, tenant_id: act.tenantId };
}

/** A bank account of ours. Refuses: `bank_account_not_found`. */
export async function takeBankAccount(tx: Tx, id: string): Promise<BankAccountRow> {
  const account = await findBankAccount(tx, id);
  if (!account) throw new Refusal('bank_account_not_found', { bankAccountId: id });
  return account;
}
