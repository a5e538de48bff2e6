// The people of a tenant, for modules that ask who may decide, and who stands behind an actor.

import { type Actor, actorFrom, actorText } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { present } from '#kernel/assert.ts';
import { PEOPLE_LOOKED_AT_MAX } from '#kernel/limits.ts';
import { isUsable } from './api-key.ts';
import type { Role } from './permission.ts';
import { findActorNames, findAddressOf, findKey, findMailboxes, findPeople, findTenant } from './store.ts';

/** A member by the name people know them by. */
export type Person = { readonly userId: string; readonly role: Role; readonly name: string };

/** The members in one of the roles, by name. */
export function readPeople(tx: Tx, roles: readonly string[]): Promise<readonly Person[]> {
  return findPeople(tx, { roles, limit: PEOPLE_LOOKED_AT_MAX });
}

/** The members with these ids that are members still. */
export function readMembers(tx: Tx, userIds: readonly string[]): Promise<readonly Person[]> {
  return findPeople(tx, { userIds, limit: PEOPLE_LOOKED_AT_MAX });
}

/** The members in one of the roles or with one of the ids, with where mail reaches them. */
export function readMailboxes(
  tx: Tx,
  which: { readonly roles: readonly string[]; readonly userIds: readonly string[] },
): Promise<readonly (Person & { readonly email: string })[]> {
  return findMailboxes(tx, { ...which, limit: PEOPLE_LOOKED_AT_MAX });
}

/** What the tenant is called in addresses. */
export async function readTenantSlug(tx: Tx): Promise<string> {
  return present(await findTenant(tx), 'a transaction is in a tenant').slug;
}

/** The time zone of the tenant, by which its own days begin and end. */
export async function readTenantZone(tx: Tx): Promise<string> {
  return present(await findTenant(tx), 'a transaction is in a tenant').timeZone;
}

/** The names people know actors by (`user:…`, `api_key:…`), past members too. */
export function readActorNames(tx: Tx, actors: readonly string[]): Promise<ReadonlyMap<string, string>> {
  return findActorNames(tx, [...new Set(actors)]);
}

/** What an actor is called where it is told: by the names that were read; what nobody did, Quittance did. */
export function actorNameOf(names: ReadonlyMap<string, string>, actor: string): string {
  return names.get(actor) ?? (actor.startsWith('system:') ? 'Quittance' : actor);
}

/**
 * The person behind an actor: themselves, or who made the key. Null where no person is: the system, and keys that the system
 * made.
 */
export async function readPersonBehind(tx: Tx, actor: Pick<Actor, 'kind' | 'id'>): Promise<string | null> {
  if (actor.kind === 'user') return actor.id;
  if (actor.kind === 'system') return null;
  const [kind, id] = ((await findKey(tx, actor.id))?.createdBy ?? '').split(':');
  return kind === 'user' && id ? id : null;
}

/** Whether an actor is the same person as another (`user:…`, `api_key:…`), by themselves or by a key of theirs. */
export async function isSamePerson(tx: Tx, actor: Actor, other: string): Promise<boolean> {
  if (other === actorText(actor)) return true;
  const [them, me] = await Promise.all([readPersonBehind(tx, actorFrom(other)), readPersonBehind(tx, actor)]);
  return them !== null && them === me;
}

/** The role an actor has now; undefined for a member who was removed and a key that was revoked or has expired. */
export async function readRoleNow(
  tx: Tx,
  actor: Pick<Actor, 'kind' | 'id'>,
  now: Temporal.Instant,
): Promise<Role | undefined> {
  if (actor.kind === 'system') return 'owner';
  if (actor.kind === 'user') return (await readMembers(tx, [actor.id]))[0]?.role;
  const key = await findKey(tx, actor.id);
  return key && isUsable(key, now) ? key.role : undefined;
}

/** The mail address of the person who acts; nothing where a machine does. */
export async function readOwnAddress(tx: Tx, actor: Pick<Actor, 'kind' | 'id'>): Promise<string | undefined> {
  return actor.kind === 'user' ? findAddressOf(tx, actor.id) : undefined;
}
