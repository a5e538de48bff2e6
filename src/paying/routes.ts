// HTTP of how customers pay: contract to command or reading.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import * as contract from './contract.ts';
import { readCompanyMatchingRules, readOneMatching } from './read-matching-rules.ts';
import { replaceCustomerMatching, replaceMatchingRules } from './replace-matching-rules.ts';

export const routes: readonly Route[] = [
  route(contract.getMatchingRules, ({ door, context, params }) =>
    readSnapshot(door, context, (tx) => readCompanyMatchingRules(tx, params.companyId)),
  ),

  route(contract.replaceMatchingRules, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(
      door,
      context,
      replaceMatchingRules,
      { companyId: params.companyId, rules: body },
      {
        commandId,
        rehearse,
      },
    ),
  ),

  route(contract.getCustomerMatching, ({ door, context, params }) =>
    readSnapshot(door, context, (tx) => readOneMatching(tx, params.customerId)),
  ),

  route(contract.replaceCustomerMatching, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(
      door,
      context,
      replaceCustomerMatching,
      { customerId: params.customerId, matching: body },
      {
        commandId,
        rehearse,
      },
    ),
  ),
];
