// HTTP of tags.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { changeTags } from './change-tags.ts';
import * as contract from './contract.ts';
import { listTags, readCustomerTags } from './read-tags.ts';

/** All routes of tags. */
export const routes: readonly Route[] = [
  route(contract.listTags, ({ door, context }) => readSnapshot(door, context, listTags)),
  route(contract.readCustomerTags, ({ door, context, params }) =>
    readSnapshot(door, context, (tx) => readCustomerTags(tx, params.customerId, context.permissions)),
  ),
  route(contract.changeTags, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, changeTags, body, { commandId, rehearse }),
  ),
];
