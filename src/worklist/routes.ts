// HTTP of the worklist: contract to command or reading, one line each.

import { type Command, carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { assignAccounts, balanceAccounts, setCollector } from './assign-accounts.ts';
import { setRules } from './change-rules.ts';
import * as contract from './contract.ts';
import { WORKLIST_QUEUE } from './jobs.ts';
import { readCollectors } from './read-collectors.ts';
import { readAccount, readList, readRules } from './read-list.ts';
import { readPreview } from './read-preview.ts';
import { finishAccount, snoozeAccounts } from './record-work.ts';
import { type Refreshed, refreshList } from './refresh-list.ts';
import { takeNext, takeOne } from './take-next.ts';

/** Brings the list up to date for whoever cannot wait: as much of it as is done at once; a job does the rest. */
const refresh: Command<Record<string, never>, Refreshed> = {
  name: 'refresh-worklist',
  permission: 'call.record',
  async run(act) {
    const refreshed = await refreshList(act, act);
    if (!refreshed.isWhole) act.enqueue({ queue: WORKLIST_QUEUE, payload: {}, key: 'worklist' });
    return refreshed;
  },
};

export const routes: readonly Route[] = [
  route(contract.listWorklist, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readList(tx, context, query)),
  ),

  route(contract.readWorklistRules, ({ door, context }) =>
    readSnapshot(door, context, (tx) => readRules(tx, context)),
  ),

  route(contract.setWorklistRules, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, setRules, body, { commandId, rehearse }),
  ),

  route(contract.previewWorklistRules, ({ door, context, body }) =>
    readSnapshot(door, context, (tx) => readPreview(tx, context, body.rules)),
  ),

  route(contract.refreshWorklist, ({ door, context, commandId, rehearse }) =>
    carryOut(door, context, refresh, {}, { commandId, rehearse }),
  ),

  route(contract.takeNextAccount, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, takeNext, body, { commandId, rehearse }),
  ),

  route(contract.snoozeAccounts, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, snoozeAccounts, body, { commandId, rehearse }),
  ),

  route(contract.assignAccounts, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, assignAccounts, body, { commandId, rehearse }),
  ),

  route(contract.balanceAccounts, async ({ door, context, commandId, rehearse }) => {
    const { people } = await carryOut(door, context, balanceAccounts, {}, { commandId, rehearse });
    return { people: [...people] };
  }),

  route(contract.listCollectors, ({ door, context }) =>
    readSnapshot(door, context, (tx) => readCollectors(tx, context)),
  ),

  route(contract.setCollector, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, setCollector, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.readWorklistAccount, ({ door, context, params }) =>
    readSnapshot(door, context, (tx) => readAccount(tx, context, params)),
  ),

  route(contract.takeAccount, ({ door, context, params, commandId, rehearse }) =>
    carryOut(door, context, takeOne, params, { commandId, rehearse }),
  ),

  route(contract.finishAccount, async ({ door, context, params, body, commandId, rehearse }) => {
    const { call } = await carryOut(
      door,
      context,
      finishAccount,
      { ...params, ...body },
      { commandId, rehearse },
    );
    const promise = call?.promise && { ...call.promise, replaces: [...call.promise.replaces] };
    return { call: call && { ...call, promise: promise ?? null } };
  }),
];
