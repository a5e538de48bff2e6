// HTTP of the send gate: contract to command or reading, one line each.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import type { MessageId } from '#kernel/id.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { setSendGate } from './change-setting.ts';
import * as contract from './contract.ts';
import { readGateResults, readSendGate } from './read-results.ts';

export const routes: readonly Route[] = [
  route(contract.readSendGate, ({ door, context }) =>
    readSnapshot(door, context, (tx) => readSendGate(tx, context)),
  ),

  route(contract.setSendGate, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, setSendGate, body, { commandId, rehearse }),
  ),

  route(contract.listGateResults, ({ door, context, params }) =>
    readSnapshot(door, context, (tx) => readGateResults(tx, params.messageId as MessageId)),
  ),
];
