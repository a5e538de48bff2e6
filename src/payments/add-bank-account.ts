// A bank account of a company, typed in, and what the columns of its CSV files mean.

import type { Command } from '#command/command.ts';
import type { BankCsvProfile } from '#formats/bank-csv-profile.ts';
import { type CompanyId, newId } from '#kernel/id.ts';
import { isCurrency } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readAccount } from '#parties/iban.ts';
import { takeCompany } from '#parties/take-party.ts';
import { findBankAccount, insertBankAccount, updateCsvProfile } from './store-bank.ts';

export type AddBankAccount = {
  readonly companyId: CompanyId;
  readonly name: string;
  /** IBAN, or the number the bank writes in its statements. */
  readonly account: string;
  readonly currency: string;
};

/**
 * Adds a bank account, so that statements of it are known.
 *
 * Refuses: `company_not_found`, `iban_not_valid`, `unknown_currency`, `bank_account_taken`.
 */
export const addBankAccount: Command<AddBankAccount, { readonly bankAccountId: string }> = {
  name: 'add-bank-account',
  permission: 'bank.import',
  constraints: { bank_account_tenant_id_account_currency_key: 'bank_account_taken' },
  async run(act, input) {
    const company = await takeCompany(act, input.companyId);
    if (!isCurrency(input.currency)) throw new Refusal('unknown_currency', { currency: input.currency });
    const id = newId<'bank_account'>();
    const account = readAccount(input.account);
    insertBankAccount(act, {
      id,
      company_id: company.id,
      name: input.name,
      account,
      currency: input.currency,
      created_at: act.now,
      csv_profile: null,
    });
    act.record({
      type: 'bank_account.added',
      subjectId: id,
      data: { account, currency: input.currency, name: input.name },
    });
    return { bankAccountId: id };
  },
};

/**
 * Keeps what the columns of an account's CSV files mean.
 *
 * Refuses: `bank_account_not_found`.
 */
export const setCsvProfile: Command<
  { readonly bankAccountId: string; readonly profile: BankCsvProfile },
  { readonly bankAccountId: string }
> = {
  name: 'set-csv-profile',
  permission: 'bank.import',
  async run(act, input) {
    if (!(await findBankAccount(act, input.bankAccountId)))
      throw new Refusal('bank_account_not_found', { bankAccountId: input.bankAccountId });
    updateCsvProfile(act, input.bankAccountId, input.profile);
    act.record({
      type: 'bank_account.csv_profile_set',
      subjectId: input.bankAccountId,
      data: { profile: JSON.stringify(input.profile) },
    });
    return { bankAccountId: input.bankAccountId };
  },
};
