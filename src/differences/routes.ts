// HTTP of differences: contract to command or reading.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { putDifferenceLimit, putTolerance } from './change-difference-rules.ts';
import * as contract from './contract.ts';
import { readCompanyDifferenceRules } from './read-difference-rules.ts';

export const routes: readonly Route[] = [
  route(contract.getDifferenceRules, ({ door, context, params }) =>
    readSnapshot(door, context, (tx) => readCompanyDifferenceRules(tx, params.companyId, context.today)),
  ),

  route(contract.putTolerance, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, putTolerance, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.putDifferenceLimit, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, putDifferenceLimit, { ...params, ...body }, { commandId, rehearse }),
  ),
];
