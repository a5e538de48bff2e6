// HTTP of checks: contract to command or reading.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import * as contract from './contract.ts';
import { readCompanyRules, readCustomerRules } from './read-checks.ts';
import { replaceCompanyRules, replaceCustomerRules } from './replace-rules.ts';

export const routes: readonly Route[] = [
  route(contract.readCompanyRules, ({ door, context, params }) =>
    readSnapshot(door, context, (tx) => readCompanyRules(tx, params.companyId)),
  ),

  route(contract.replaceCompanyRules, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, replaceCompanyRules, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.readCustomerRules, ({ door, context, params }) =>
    readSnapshot(door, context, async (tx) => ({
      stated: (await readCustomerRules(tx, params.customerId)).stated,
    })),
  ),

  route(contract.replaceCustomerRules, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, replaceCustomerRules, { ...params, ...body }, { commandId, rehearse }),
  ),
];
