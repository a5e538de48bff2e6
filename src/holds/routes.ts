// HTTP of holds: contract to command or reading, one line each.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { extendHold, giveHold } from './change-hold.ts';
import { putHoldReason } from './change-reasons.ts';
import * as contract from './contract.ts';
import { placeHold } from './place-hold.ts';
import { readHoldList, readHoldOverview } from './read-holds.ts';
import { releaseHold } from './release-hold.ts';

/** All routes of holds. */
export const routes: readonly Route[] = [
  route(contract.listHolds, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readHoldList(tx, context, query)),
  ),

  route(contract.readHoldOverview, ({ door, context }) =>
    readSnapshot(door, context, (tx) => readHoldOverview(tx, context)),
  ),

  route(contract.placeHold, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, placeHold, body, { commandId, rehearse }),
  ),

  route(contract.extendHold, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, extendHold, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.giveHold, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, giveHold, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.releaseHold, ({ door, context, params, commandId, rehearse }) =>
    carryOut(door, context, releaseHold, params, { commandId, rehearse }),
  ),

  route(contract.putHoldReason, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, putHoldReason, body, { commandId, rehearse }),
  ),
];
