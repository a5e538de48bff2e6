// HTTP of what the columns of payout reports mean: contract to command or reading.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { endPayoutColumns, keepPayoutColumns } from './change-payout-columns.ts';
import * as contract from './contract.ts';
import { readPayoutColumns } from './read-payout-columns.ts';

export const routes: readonly Route[] = [
  route(contract.listPayoutColumns, ({ door, context }) => readSnapshot(door, context, readPayoutColumns)),

  route(contract.keepPayoutColumns, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, keepPayoutColumns, body, { commandId, rehearse }),
  ),

  route(contract.endPayoutColumns, ({ door, context, params, commandId, rehearse }) =>
    carryOut(door, context, endPayoutColumns, params, { commandId, rehearse }),
  ),
];
