// The accounts a customer pays from. They are how its payments are recognised, so each is in use once per customer.

import type { Command } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { type CustomerId, newId } from '#kernel/id.ts';
import { CONTACTS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { CustomerBankAccount } from './customer.ts';
import { compactAccount, readAccount } from './iban.ts';
import {
  archiveRow,
  findBankAccounts,
  findByAccounts,
  insertBankAccounts,
  lockBankAccount,
  lockCustomer,
} from './store.ts';

export type AddBankAccount = { readonly customerId: CustomerId; readonly account: string };

/**
 * Adds a bank account that somebody typed.
 *
 * Refuses: `customer_not_found`, `iban_not_valid`, `bank_account_known`, `too_many_bank_accounts`.
 */
export const addCustomerBankAccount: Command<AddBankAccount, { readonly bankAccountId: string }> = {
  name: 'add-customer-bank-account',
  permission: 'customer.edit',
  async run(act, input) {
    // Locked, so that two who type the same account at once do not both believe they added it.
    const customer = await lockCustomer(act, input.customerId);
    if (!customer) throw new Refusal('customer_not_found', { customerId: input.customerId });
    const account = readAccount(input.account);
    const known = await findBankAccounts(act, [customer.id]);
    if (known.some((k) => k.account === account)) throw new Refusal('bank_account_known', { account });
    if (known.length >= CONTACTS_MAX)
      throw new Refusal('too_many_bank_accounts', { bankAccountsMax: CONTACTS_MAX });
    const id: string = newId();
    insertBankAccounts(act, [{ id, customerId: customer.id, account, source: 'typed' }]);
    act.record({
      type: 'customer_bank_account.added',
      subjectId: id,
      customerId: customer.id,
      data: { account, source: 'typed' },
    });
    return { bankAccountId: id };
  },
};

/** Archives a bank account: payments are no longer recognised by it. Refuses: `bank_account_not_found`. */
export const archiveCustomerBankAccount: Command<
  { readonly bankAccountId: string },
  { readonly bankAccountId: string }
> = {
  name: 'archive-customer-bank-account',
  permission: 'customer.edit',
  async run(act, input) {
    const account = await lockBankAccount(act, input.bankAccountId);
    if (!account) throw new Refusal('bank_account_not_found', { bankAccountId: input.bankAccountId });
    archiveRow(act, 'customer_bank_account', account.id);
    act.record({
      type: 'customer_bank_account.archived',
      subjectId: account.id,
      customerId: account.customerId,
      data: { account: account.account },
    });
    return { bankAccountId: account.id };
  },
};

/**
 * An account of a customer that is in use, with the day it became known.
 *
 * Refuses: `bank_account_not_found` (unknown, archived, or of another customer).
 */
export async function takeCustomerBankAccount(
  tx: Tx,
  customerId: CustomerId,
  id: string,
): Promise<CustomerBankAccount> {
  const account = (await findBankAccounts(tx, [customerId])).find((one) => one.id === id);
  if (!account) throw new Refusal('bank_account_not_found', { bankAccountId: id });
  return account;
}

/** Who pays from accounts: the customers of each, by the account in compact form. An account may serve several. */
export async function readPayersByAccount(
  tx: Tx,
  accounts: readonly string[],
): Promise<ReadonlyMap<string, readonly CustomerId[]>> {
  const payers = new Map<string, CustomerId[]>();
  for (const found of await findByAccounts(tx, accounts.map(compactAccount))) {
    payers.set(found.account, [...(payers.get(found.account) ?? []), found.customerId]);
  }
  return payers;
}
