// Accounts that customers pay to, over HTTP.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import type { CompanyId } from '#kernel/id.ts';
import { mayDo } from '#parties/may.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { takeCompany } from '#parties/take-party.ts';
import { changePayAccount, removePayAccount } from './change-pay-account.ts';
import * as contract from './contract.ts';
import { detailsOf, hasAccount } from './pay-account.ts';
import { readPayAccounts } from './read-pay-accounts.ts';

export const routes: readonly Route[] = [
  route(contract.listPayAccounts, ({ door, context, params }) =>
    readSnapshot(door, context, async (tx) => {
      const company = await takeCompany(tx, params.companyId as CompanyId);
      const accounts = await readPayAccounts(tx, [company.id]);
      return {
        usual: hasAccount(company) ? detailsOf(company) : null,
        accounts: accounts.map((account) => ({ currency: account.currency, ...detailsOf(account) })),
        may: { change: mayDo(context, 'company.manage') },
      };
    }),
  ),

  route(contract.changePayAccount, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, changePayAccount, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.removePayAccount, ({ door, context, params, commandId, rehearse }) =>
    carryOut(door, context, removePayAccount, params, { commandId, rehearse }),
  ),
];
