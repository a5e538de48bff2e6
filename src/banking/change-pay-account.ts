// Setting to which account a company is paid in a currency. Documents issued before keep the account they were issued with.

import type { Command } from '#command/command.ts';
import type { CompanyId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { compactAccount } from '#parties/iban.ts';
import { takeCompany } from '#parties/take-party.ts';
import { type AccountDetails, checkPayAccount, detailsOf } from './pay-account.ts';
import { lockPayAccounts, removePayAccount as remove, savePayAccount } from './store.ts';

export type ChangePayAccount = AccountDetails & {
  readonly companyId: CompanyId;
  readonly currency: string;
};

type Of = { readonly companyId: string; readonly currency: string };

/** Sets the account for a currency. Refuses: `company_not_found`, what `checkPayAccount` refuses. */
export const changePayAccount: Command<ChangePayAccount, Of> = {
  name: 'change-pay-account',
  permission: 'company.manage',
  async run(act, { companyId, currency, ...given }) {
    const company = await takeCompany(act, companyId);
    const accounts = await lockPayAccounts(act, company.id);
    const account = detailsOf({ ...given, iban: given.iban && compactAccount(given.iban) });
    checkPayAccount(currency, account);
    const before = accounts.find((each) => each.currency === currency);
    savePayAccount(act, { ...account, companyId: company.id, currency });
    act.record({
      type: 'company.pay_account_changed',
      subjectId: company.id,
      data: { currency, from: before ? detailsOf(before) : null, to: account },
    });
    return { companyId: company.id, currency };
  },
};

/** Takes the account of a currency away: it is paid to the usual one again. Refuses: `company_not_found`, `pay_account_not_found`. */
export const removePayAccount: Command<Of & { readonly companyId: CompanyId }, Of> = {
  name: 'remove-pay-account',
  permission: 'company.manage',
  async run(act, { companyId, currency }) {
    const company = await takeCompany(act, companyId);
    const accounts = await lockPayAccounts(act, company.id);
    const before = accounts.find((each) => each.currency === currency);
    if (!before) throw new Refusal('pay_account_not_found', { companyId, currency });
    remove(act, company.id, currency);
    act.record({
      type: 'company.pay_account_removed',
      subjectId: company.id,
      data: { currency, from: detailsOf(before) },
    });
    return { companyId: company.id, currency };
  },
};
