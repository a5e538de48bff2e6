// HTTP of promises: contract to command or reading, one line each.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { takeCompany } from '#parties/take-party.ts';
import * as contract from './contract.ts';
import { readPromisable, readPromiseList, readReliability } from './read-promises.ts';
import { setTolerance } from './record-breaks.ts';
import { findTolerance } from './store.ts';
import { takePromise } from './take-promise.ts';
import { withdrawPromise } from './withdraw-promise.ts';

export const routes: readonly Route[] = [
  route(contract.takePromise, async ({ door, context, body, commandId, rehearse }) => {
    const taken = await carryOut(door, context, takePromise, body, { commandId, rehearse });
    return { ...taken, replaces: [...taken.replaces] };
  }),

  route(contract.listPromises, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readPromiseList(tx, context, query)),
  ),

  route(contract.listPromisable, ({ door, context, params }) =>
    readSnapshot(door, context, (tx) => readPromisable(tx, params.customerId)),
  ),

  route(contract.withdrawPromise, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, withdrawPromise, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.readReliability, ({ door, context, params }) =>
    readSnapshot(door, context, (tx) => readReliability(tx, context.today, params.customerId)),
  ),

  route(contract.readTolerance, ({ door, context, params }) =>
    readSnapshot(door, context, async (tx) => {
      await takeCompany(tx, params.companyId);
      return { days: await findTolerance(tx, params.companyId) };
    }),
  ),

  route(contract.setTolerance, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, setTolerance, { ...params, ...body }, { commandId, rehearse }),
  ),
];
