// HTTP of payouts: contract to command or reading.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import * as contract from './contract.ts';
import { joinPayout } from './join-payout.ts';
import { readPayoutPage } from './read-payouts.ts';

export const routes: readonly Route[] = [
  route(contract.listPayouts, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readPayoutPage(tx, query)),
  ),

  route(contract.joinPayout, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, joinPayout, { ...params, ...body }, { commandId, rehearse }),
  ),
];
