// HTTP of how customers pay: contract to command or reading.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { acceptAlias, revokeAlias } from './change-aliases.ts';
import * as contract from './contract.ts';
import { readAliasPage, readAliasProposals } from './read-aliases.ts';
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

  route(contract.listAliasProposals, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readAliasProposals(tx, query)),
  ),

  route(contract.listAliases, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readAliasPage(tx, query)),
  ),

  route(contract.acceptAlias, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, acceptAlias, body, { commandId, rehearse }),
  ),

  route(contract.revokeAlias, ({ door, context, params, commandId, rehearse }) =>
    carryOut(door, context, revokeAlias, params, { commandId, rehearse }),
  ),
];
