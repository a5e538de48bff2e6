// The API of identity: each route joins a contract to what carries it out.

import { type Actor, actorFrom, type Context, carryOut, type Door } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { type Route, route } from '#http/route.ts';
import { present } from '#kernel/assert.ts';
import type { UserId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { addMember } from './add-member.ts';
import { changeMemberRole } from './change-member-role.ts';
import * as contract from './contract.ts';
import { makeApiKey } from './make-api-key.ts';
import { makeKey, makePassword } from './make-secret.ts';
import { PERMISSIONS } from './permission.ts';
import { removeMember } from './remove-member.ts';
import { revokeApiKey } from './revoke-api-key.ts';
import {
  type EventRow,
  findActorNames,
  findEvents,
  findKey,
  findKeys,
  findMembers,
  findMemberships,
  findTenant,
  findUser,
} from './store.ts';

export const routes: readonly Route[] = [
  route(contract.me, ({ context, door }) => readMe(door, context)),

  route(contract.listMembers, async ({ context, door, query }) => {
    const rows = await inTenant(door.pool, context.tenantId, (tx) =>
      findMembers(tx, { limit: query.limit + 1, after: query.after }),
    );
    return page(
      rows.map((m) => ({ ...m, since: m.since.toString() })),
      query.limit,
      (m) => m.userId,
    );
  }),

  route(contract.addMember, async ({ context, door, body, commandId, rehearse }) => {
    const password = await makePassword();
    const options = { commandId, rehearse };
    const { userId, passwordMark } = await carryOut(door, context, addMember(password), body, options);
    const isShown = !rehearse && passwordMark === password.mark;
    return { userId, oneTimePassword: isShown ? password.text : null };
  }),

  route(contract.changeMemberRole, ({ context, door, params, body, commandId, rehearse }) => {
    const input = { userId: params.userId as UserId, role: body.role };
    return carryOut(door, context, changeMemberRole, input, { commandId, rehearse });
  }),

  route(contract.removeMember, ({ context, door, params, commandId, rehearse }) =>
    carryOut(door, context, removeMember, { userId: params.userId as UserId }, { commandId, rehearse }),
  ),

  route(contract.listApiKeys, async ({ context, door, query }) => {
    const rows = await inTenant(door.pool, context.tenantId, (tx) =>
      findKeys(tx, { limit: query.limit + 1, after: query.after }),
    );
    const shown = rows.map((key) => ({
      ...key,
      createdAt: key.createdAt.toString(),
      expiresAt: key.expiresAt?.toString() ?? null,
      revokedAt: key.revokedAt?.toString() ?? null,
      lastUsedAt: key.lastUsedAt?.toString() ?? null,
    }));
    return page(shown, query.limit, (key) => key.id);
  }),

  route(contract.makeApiKey, async ({ context, door, body, commandId, rehearse }) => {
    const key = makeKey();
    const options = { commandId, rehearse };
    const made = await carryOut(door, context, makeApiKey(key), body, options);
    return { ...made, key: !rehearse && made.prefix === key.prefix ? key.text : null };
  }),

  route(contract.revokeApiKey, ({ context, door, params, commandId, rehearse }) =>
    carryOut(door, context, revokeApiKey, params, { commandId, rehearse }),
  ),

  route(contract.listEvents, async ({ context, door, query }) => {
    const { rows, names } = await inTenant(door.pool, context.tenantId, async (tx) => {
      const found = await findEvents(tx, { ...query, limit: query.limit + 1, after: query.after });
      return { rows: found, names: await findActorNames(tx, [...new Set(found.map((e) => e.actor))]) };
    });
    const events = rows.map((event) => ({
      ...event,
      actor: actorOf(event, names),
      data: event.data as Record<string, unknown>,
      recordedAt: event.recordedAt.toString(),
    }));
    return page(events, query.limit, (event) => event.id);
  }),
];

/** Cuts the row that was read to see whether there are more. */
function page<T>(rows: readonly T[], limit: number, idOf: (row: T) => string) {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > limit && last !== undefined ? idOf(last) : null };
}

const SYSTEM_NAME = 'Quittance';

function actorOf(event: EventRow, names: ReadonlyMap<string, string>): Actor {
  const { kind, id } = actorFrom(event.actor);
  return { kind, id, name: kind === 'system' ? SYSTEM_NAME : (names.get(event.actor) ?? id) };
}

async function readMe(door: Door, context: Context) {
  const who = context.actor.kind === 'user' ? await asPerson(door, context) : await asKey(door, context);
  return {
    ...who,
    permissions: PERMISSIONS.filter((permission) => context.permissions.has(permission)),
    today: context.today.toString(),
  };
}

async function asPerson(door: Door, context: Context) {
  const userId = context.actor.id as UserId;
  const [user, tenants] = await Promise.all([
    findUser(door.pool, userId),
    findMemberships(door.pool, userId),
  ]);
  const tenant = tenants.find((found) => found.id === context.tenantId);
  // Removed since the request came in.
  if (!tenant) throw new Refusal('tenant_unknown');
  return { user: present(user, 'who signed in is a user'), apiKey: null, tenant, tenants: [...tenants] };
}

async function asKey(door: Door, context: Context) {
  const [key, found] = await inTenant(door.pool, context.tenantId, (tx) =>
    Promise.all([findKey(tx, context.actor.id), findTenant(tx)]),
  );
  const { id, name, role } = present(key, 'a key that acts is there');
  const tenant = { ...present(found, 'the tenant of a key is there'), role };
  return { user: null, apiKey: { id, name }, tenant, tenants: [tenant] };
}
