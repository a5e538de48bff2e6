// HTTP of numbers that are given to customers: contract to command or reading.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { addReceivingAccounts, giveReceivingAccount, retireReceivingAccount } from './add-accounts.ts';
import * as contract from './contract.ts';
import { readReceivingPage } from './read-receiving.ts';

export const routes: readonly Route[] = [
  route(contract.addReceivingAccounts, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, addReceivingAccounts, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.giveReceivingAccount, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, giveReceivingAccount, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.retireReceivingAccount, ({ door, context, params, commandId, rehearse }) =>
    carryOut(door, context, retireReceivingAccount, params, { commandId, rehearse }),
  ),

  route(contract.listReceivingAccounts, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readReceivingPage(tx, query)),
  ),
];
