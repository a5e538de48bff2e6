// HTTP of addresses for remittances: contract to command or reading.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { closeMailbox, openMailbox } from './change-mailboxes.ts';
import * as contract from './contract.ts';
import { readMailboxes } from './read-mailboxes.ts';

export const routes: readonly Route[] = [
  route(contract.listMailboxes, ({ door, context }) => readSnapshot(door, context, readMailboxes)),

  route(contract.openMailbox, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, openMailbox, body, { commandId, rehearse }),
  ),

  route(contract.closeMailbox, ({ door, context, params, commandId, rehearse }) =>
    carryOut(door, context, closeMailbox, params, { commandId, rehearse }),
  ),
];
