// HTTP of how customers write numbers: contract to command or reading.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { acceptPattern, revokePattern } from './change-patterns.ts';
import * as contract from './contract.ts';
import { readPatternPage, readPatternProposals, readTrials } from './read-patterns.ts';

export const routes: readonly Route[] = [
  route(contract.listPatternProposals, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readPatternProposals(tx, query)),
  ),

  route(contract.tryPattern, ({ door, context, params, body }) =>
    readSnapshot(door, context, (tx) => readTrials(tx, { ...params, ...body })),
  ),

  route(contract.listPatterns, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readPatternPage(tx, query)),
  ),

  route(contract.acceptPattern, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, acceptPattern, body, { commandId, rehearse }),
  ),

  route(contract.revokePattern, ({ door, context, params, commandId, rehearse }) =>
    carryOut(door, context, revokePattern, params, { commandId, rehearse }),
  ),
];
