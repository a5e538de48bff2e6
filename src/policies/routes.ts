// Policies over HTTP.

import { type Command, carryOut } from '#command/command.ts';
import type { Operation } from '#http/contract.ts';
import { type Call, type Route, route } from '#http/route.ts';
import type { Json } from '#kernel/canonical.ts';
import type { CustomerId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { cursorText, readCursor } from '#parties/page-cursor.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import {
  acceptPolicies,
  changePolicies,
  dropPolicies,
  importPolicies,
  shadowPolicies,
  unshadowPolicies,
} from './change-policies.ts';
import * as contract from './contract.ts';
import { readChoices } from './read-choices.ts';
import { countSegments, listSets, readReadyPolicies, readSet } from './read-policies.ts';

function carry<O extends Operation, I, R extends Json>(call: Call<O>, command: Command<I, R>, input: I) {
  const { commandId, rehearse } = call;
  return carryOut(call.door, call.context, command, input, { commandId, rehearse });
}

/** Reads the number of a set out of a cursor. Refuses: `bad_input`. */
function numberKey(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Refusal('bad_input');
  return Number(text);
}

/** All routes of policies. */
export const routes: readonly Route[] = [
  route(contract.listPolicySets, ({ door, context, query }) =>
    readSnapshot(door, context, async (tx) => {
      const from = readCursor<readonly [number]>(query.after, [numberKey]);
      const page = { before: from?.[0], limit: query.limit };
      const { rows, last } = await listSets(tx, context.permissions, page);
      return { rows, next: last === undefined ? null : cursorText([String(last)]) };
    }),
  ),
  route(contract.getPolicySet, ({ door, context, params }) =>
    readSnapshot(door, context, (tx) => readSet(tx, params.setId, context.permissions)),
  ),
  route(contract.listReadyPolicies, readReadyPolicies),
  route(contract.checkPolicies, async ({ body }) => {
    const { name, policies, tests } = acceptPolicies(body.file);
    return { name, policies: policies.length, tests: tests.length };
  }),
  route(contract.countSegments, ({ door, context, body }) =>
    readSnapshot(door, context, (tx) => countSegments(tx, body.file, context)),
  ),
  route(contract.explainPolicies, ({ door, context, params }) =>
    readSnapshot(door, context, (tx) => readChoices(tx, params.customerId as CustomerId, context.now)),
  ),
  route(contract.importPolicies, (call) => carry(call, importPolicies, call.body)),
  route(contract.changePolicies, (call) => carry(call, changePolicies, { ...call.params, ...call.body })),
  route(contract.dropPolicies, (call) => carry(call, dropPolicies, call.params)),
  route(contract.shadowPolicies, (call) => carry(call, shadowPolicies, call.params)),
  route(contract.unshadowPolicies, (call) => carry(call, unshadowPolicies, call.params)),
];
