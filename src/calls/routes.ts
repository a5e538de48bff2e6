// HTTP of calls: contract to command or reading, one line each.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { mayDo } from '#parties/may.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { correctCall, setSoftPhone } from './change-call.ts';
import * as contract from './contract.ts';
import { readCalling, readCallPage, readSoftPhone, readWrongNumbers } from './read-calls.ts';
import { recordCall } from './record-call.ts';

export const routes: readonly Route[] = [
  route(contract.recordCall, async ({ door, context, body, commandId, rehearse }) => {
    const done = await carryOut(door, context, recordCall, body, { commandId, rehearse });
    const { promise } = done;
    return { ...done, promise: promise && { ...promise, replaces: [...promise.replaces] } };
  }),

  route(contract.readCalling, ({ door, context, params }) =>
    readSnapshot(door, context, (tx) => readCalling(tx, context, params.customerId)),
  ),

  route(contract.correctCall, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, correctCall, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.listCalls, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readCallPage(tx, context, query)),
  ),

  route(contract.listWrongNumbers, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readWrongNumbers(tx, query.customerId)),
  ),

  route(contract.readSoftPhone, ({ door, context }) =>
    readSnapshot(door, context, async (tx) => ({
      template: await readSoftPhone(tx),
      may: { set: mayDo(context, 'company.manage') },
    })),
  ),

  route(contract.setSoftPhone, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, setSoftPhone, body, { commandId, rehearse }),
  ),
];
