// HTTP of skips.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import * as contract from './contract.ts';
import { skipReminders, takeSkipBack } from './place-skips.ts';
import { readSkipList } from './read-skips.ts';

/** All routes of skips. */
export const routes: readonly Route[] = [
  route(contract.listReminderSkips, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readSkipList(tx, context, query)),
  ),
  route(contract.skipReminders, async ({ door, context, body, commandId, rehearse }) => {
    const { skipIds } = await carryOut(door, context, skipReminders, body, { commandId, rehearse });
    return { skipIds: [...skipIds] };
  }),
  route(contract.takeSkipBack, ({ door, context, params, commandId, rehearse }) =>
    carryOut(door, context, takeSkipBack, params, { commandId, rehearse }),
  ),
];
