// HTTP of evidence packs.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import * as contract from './contract.ts';
import { readKept, readPackFile, readPacks } from './read-kept.ts';
import { askForPack } from './request-pack.ts';

/** All routes of evidence packs. */
export const routes: readonly Route[] = [
  route(contract.askForPack, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, askForPack, body, { commandId, rehearse }),
  ),

  route(contract.listPacks, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readPacks(tx, context, query)),
  ),

  route(contract.getPack, ({ door, context, params }) =>
    readSnapshot(door, context, (tx) => readKept(tx, context, params.packId)),
  ),

  route(contract.downloadPack, ({ door, context, params }) => readPackFile(door, context, params.packId)),
];
