// HTTP of the workbench: contract to command or reading.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import * as contract from './contract.ts';
import { readColleagues, readQueue } from './read-queue.ts';
import { endMark, markReceipt } from './record-mark.ts';

export const routes: readonly Route[] = [
  route(contract.listWaitingReceipts, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readQueue(tx, context, query)),
  ),

  route(contract.listColleagues, ({ door, context }) => readSnapshot(door, context, readColleagues)),

  route(contract.markReceipt, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, markReceipt, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.endMark, ({ door, context, params, commandId, rehearse }) =>
    carryOut(door, context, endMark, params, { commandId, rehearse }),
  ),
];
