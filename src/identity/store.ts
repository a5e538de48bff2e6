// All SQL of identity: tenants, members, keys, the audit trail, and the people of the sign-in library that belong to them.

import { type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { Pool } from '#db/pool.ts';
import { compile, q } from '#db/query.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import { withoutTenant } from '#db/without-tenant.ts';
import { assert } from '#kernel/assert.ts';
import type { Instant } from '#kernel/calendar.ts';
import type { Json } from '#kernel/canonical.ts';
import type { UserId } from '#kernel/id.ts';
import type { ApiKey } from './api-key.ts';
import type { Member, Tenant } from './member.ts';
import { isRole, type Role } from './permission.ts';

function toRole(text: string): Role {
  assert(isRole(text), 'the table keeps known roles only', text);
  return text;
}

// — tenants —

/** Adds the tenant of this transaction. */
export function insertTenant(act: Act, tenant: Tenant): void {
  act.write(
    q.insertInto('tenant').values({
      id: tenant.id,
      slug: tenant.slug,
      name: tenant.name,
      time_zone: tenant.timeZone,
      created_at: act.now,
    }),
  );
}

const tenantColumns = ['t.id', 't.slug', 't.name', 't.time_zone as timeZone'] as const;

/** The tenant of this transaction. */
export async function findTenant(tx: Tx): Promise<Tenant | undefined> {
  return tx.find(q.selectFrom('tenant as t').select(tenantColumns).where('t.id', '=', tx.tenantId));
}

/** All tenants, for what the system does for each of them. */
export async function findEveryTenant(pool: Pool): Promise<readonly Tenant[]> {
  return withoutTenant(pool, { everyTenant: 'yes' }, (read) =>
    read(q.selectFrom('tenant as t').select(tenantColumns).orderBy('t.id')),
  );
}

/** A tenant a person is a member of, and as what. */
export type Membership = Tenant & { readonly role: Role };

/** Where a person is a member, the longest first. */
export async function findMemberships(pool: Pool, userId: UserId): Promise<readonly Membership[]> {
  const rows = await withoutTenant(pool, { userId }, (read) =>
    read(
      q
        .selectFrom('member as m')
        .innerJoin('tenant as t', 't.id', 'm.tenant_id')
        .select([...tenantColumns, 'm.role'])
        .where('m.user_id', '=', userId)
        .where('m.removed_at', 'is', null)
        .orderBy('m.created_at')
        .orderBy('t.id'),
    ),
  );
  return rows.map((row) => ({ ...row, role: toRole(row.role) }));
}

// — members —

/** Reads and locks all members, so that two owners cannot remove each other at once. */
export async function lockMembers(act: Act): Promise<readonly Member[]> {
  const rows = await act.run(
    q
      .selectFrom('member')
      .select(['user_id', 'role'])
      .where('tenant_id', '=', act.tenantId)
      .where('removed_at', 'is', null)
      .orderBy('user_id')
      .forUpdate(),
  );
  return rows.map((row) => ({ userId: row.user_id as UserId, role: toRole(row.role) }));
}

/** A member with what people know about them. */
export type MemberRow = Member & { readonly name: string; readonly email: string; readonly since: Instant };

/** The members of the tenant, by name; one page. */
export async function findMembers(
  tx: Tx,
  page: { readonly limit: number; readonly after: string | undefined },
): Promise<readonly MemberRow[]> {
  const rows = await tx.run(sql<{
    user_id: string;
    role: string;
    name: string;
    email: string;
    created_at: Instant;
  }>`select m.user_id, m.role, u."name" as name, u."email" as email, m.created_at
    from member m join auth."user" u on u."id" = m.user_id::uuid
    where m.tenant_id = ${tx.tenantId} and m.removed_at is null and m.user_id > ${page.after ?? ''}
    order by m.user_id limit ${page.limit}`);
  return rows.map((row) => ({
    userId: row.user_id as UserId,
    role: toRole(row.role),
    name: row.name,
    email: row.email,
    since: row.created_at,
  }));
}

/** Members in one of the roles, or with one of the ids, by name. */
export async function findPeople(
  tx: Tx,
  which: { readonly limit: number } & (
    | { readonly roles: readonly string[] }
    | { readonly userIds: readonly string[] }
  ),
): Promise<readonly (Member & { readonly name: string })[]> {
  const those =
    'roles' in which
      ? sql`m.role = any(${arrayLiteral(which.roles)}::text[])`
      : sql`m.user_id = any(${arrayLiteral(which.userIds)}::text[])`;
  const rows = await tx.run(sql<{ user_id: string; role: string; name: string }>`
    select m.user_id, m.role, u."name" as name from member m join auth."user" u on u."id" = m.user_id::uuid
    where m.tenant_id = ${tx.tenantId} and m.removed_at is null and ${those}
    order by u."name", m.user_id limit ${which.limit}`);
  return rows.map((row) => ({ userId: row.user_id as UserId, role: toRole(row.role), name: row.name }));
}

/** Members in one of the roles or with one of the ids, with where mail reaches them. */
export async function findMailboxes(
  tx: Tx,
  which: { readonly roles: readonly string[]; readonly userIds: readonly string[]; readonly limit: number },
): Promise<readonly (Member & { readonly name: string; readonly email: string })[]> {
  const rows = await tx.run(sql<{ user_id: string; role: string; name: string; email: string }>`
    select m.user_id, m.role, u."name" as name, u."email" as email
    from member m join auth."user" u on u."id" = m.user_id::uuid
    where m.tenant_id = ${tx.tenantId} and m.removed_at is null
      and (m.role = any(${arrayLiteral(which.roles)}::text[]) or m.user_id = any(${arrayLiteral(which.userIds)}::text[]))
    order by u."name", m.user_id limit ${which.limit}`);
  return rows.map(({ user_id, role, name, email }) => ({
    userId: user_id as UserId,
    role: toRole(role),
    name,
    email,
  }));
}

/** Adds a member, or lets one in again who was removed. */
export function saveMember(act: Act, member: Member): void {
  const row = { user_id: member.userId, role: member.role, created_at: act.now, removed_at: null };
  act.write(
    q
      .insertInto('member')
      .values({ tenant_id: act.tenantId, ...row })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'user_id']).doUpdateSet(row)),
  );
}

/** Gives a member another role. */
export function updateRole(act: Act, member: Member): void {
  act.write(
    q
      .updateTable('member')
      .set({ role: member.role })
      .where('tenant_id', '=', act.tenantId)
      .where('user_id', '=', member.userId)
      .where('removed_at', 'is', null),
    { rows: 1, rule: 'the member whose role changes is there' },
  );
}

/** Ends a membership; the row stays, because events name the person. */
export function endMembership(act: Act, userId: UserId): void {
  act.write(
    q
      .updateTable('member')
      .set({ removed_at: act.now })
      .where('tenant_id', '=', act.tenantId)
      .where('user_id', '=', userId)
      .where('removed_at', 'is', null),
    { rows: 1, rule: 'the member to remove is there' },
  );
}

// — people —

export type User = {
  readonly id: UserId;
  readonly name: string;
  readonly email: string;
  readonly twoFactor: boolean;
  readonly passwordIsTemporary: boolean;
};

const userColumns = sql.raw(
  `"id", "name", "email", coalesce("twoFactorEnabled", false) as "twoFactor", "passwordIsTemporary"`,
);

/** A person by e-mail address, whatever tenants they belong to. */
export async function findUserByEmail(tx: Tx, email: string): Promise<User | undefined> {
  return tx.find(sql<User>`select ${userColumns} from auth."user" where "email" = ${email.toLowerCase()}`);
}

/** The mail address a person signs in with. */
export async function findAddressOf(tx: Tx, userId: string): Promise<string | undefined> {
  const row = await tx.find(sql<{ email: string }>`
    select u."email" as email from member m join auth."user" u on u."id" = m.user_id::uuid
    where m.tenant_id = ${tx.tenantId} and m.user_id = ${userId} and m.removed_at is null`);
  return row?.email;
}

/** A person by id. */
export async function findUser(pool: Pool, userId: UserId): Promise<User | undefined> {
  const rows = await withoutTenant(pool, { userId }, (read) =>
    read(sql<User>`select ${userColumns} from auth."user" where "id" = ${userId}`),
  );
  return rows[0];
}

/** A person to be; the password comes hashed. */
export type NewUser = {
  readonly id: UserId;
  readonly name: string;
  readonly email: string;
  readonly passwordHash: string;
  readonly passwordIsTemporary: boolean;
};

/** The statement that adds a person who signs in by password. An address that is taken violates `user_email_key`. */
export function insertUserQuery(user: NewUser) {
  return sql<{ id: string }>`with person as (
      insert into auth."user" ("id", "name", "email", "emailVerified", "passwordIsTemporary")
      values (${user.id}, ${user.name}, ${user.email.toLowerCase()}, false, ${user.passwordIsTemporary}) returning "id")
    insert into auth."account" ("accountId", "providerId", "userId", "password", "updatedAt")
    select "id"::text, 'credential', "id", ${user.passwordHash}, now() from person returning "userId" as id`;
}

/** Adds a person outside of any tenant: the first start does. */
export async function insertUser(pool: Pool, user: NewUser): Promise<void> {
  const { sql: text, parameters } = compile(insertUserQuery(user));
  await pool.query(text, [...parameters]);
}

/** Gives a person another password and ends their sessions. False when there is no such person. */
export async function replacePassword(
  pool: Pool,
  email: string,
  password: { readonly hash: string; readonly isTemporary: boolean },
): Promise<boolean> {
  const { sql: text, parameters } = compile(sql`with person as (
      update auth."user" set "passwordIsTemporary" = ${password.isTemporary}, "updatedAt" = now()
      where "email" = ${email.toLowerCase()} returning "id"),
    ended as (delete from auth."session" where "userId" in (select "id" from person))
    update auth."account" set "password" = ${password.hash}, "updatedAt" = now()
    where "providerId" = 'credential' and "userId" in (select "id" from person)`);
  const result = await pool.query(text, [...parameters]);
  return result.rowCount === 1;
}

// — keys —

function toKey(row: Omit<Selectable<DB['api_key']>, 'key_hash'>): ApiKey {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    role: toRole(row.role),
    createdBy: row.created_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    lastUsedAt: row.last_used_at,
  };
}

const keyColumns = [
  'tenant_id',
  'id',
  'name',
  'prefix',
  'role',
  'created_by',
  'created_at',
  'expires_at',
  'revoked_at',
  'last_used_at',
] as const;

/** The key with that hash and the tenant it opens, in one round trip. */
export async function findKeyByHash(
  pool: Pool,
  hash: Uint8Array,
): Promise<{ readonly key: ApiKey; readonly tenant: Tenant } | undefined> {
  const keyHash = Buffer.from(hash).toString('hex');
  const [[row], [tenant]] = await withoutTenant(pool, { keyHash }, (read) =>
    Promise.all([
      read(
        q
          .selectFrom('api_key')
          .select([...keyColumns, sql`set_config('app.tenant_id', tenant_id::text, true)`.as('opened')])
          .where('key_hash', '=', sql<Uint8Array>`decode(${keyHash}, 'hex')`),
      ),
      read(
        q.selectFrom('tenant as t').select(tenantColumns).where('t.id', '=', sql<string>`current_tenant()`),
      ),
    ]),
  );
  return row && tenant && { key: toKey(row), tenant };
}

/** Adds a key. */
export function insertKey(
  act: Act,
  key: {
    readonly id: string;
    readonly name: string;
    readonly prefix: string;
    readonly hash: Uint8Array;
    readonly role: Role;
    readonly createdBy: string;
    readonly expiresAt: Instant | null;
  },
): void {
  act.insert('api_key', [
    {
      id: key.id,
      name: key.name,
      prefix: key.prefix,
      key_hash: key.hash,
      role: key.role,
      created_by: key.createdBy,
      created_at: act.now,
      expires_at: key.expiresAt,
    },
  ]);
}

const keyById = (tx: Tx, id: string) =>
  q.selectFrom('api_key').select(keyColumns).where('tenant_id', '=', tx.tenantId).where('id', '=', id);

/** One key. */
export async function findKey(tx: Tx, id: string): Promise<ApiKey | undefined> {
  const row = await tx.find(keyById(tx, id));
  return row && toKey(row);
}

/** One key, locked. */
export async function lockKey(act: Act, id: string): Promise<ApiKey | undefined> {
  const row = await act.find(keyById(act, id).forUpdate());
  return row && toKey(row);
}

/** The keys of the tenant, revoked ones too, the newest first; one page. */
export async function findKeys(
  tx: Tx,
  page: { readonly limit: number; readonly after: string | undefined },
): Promise<readonly ApiKey[]> {
  let query = q.selectFrom('api_key').select(keyColumns).where('tenant_id', '=', tx.tenantId);
  if (page.after !== undefined) query = query.where('id', '<', page.after);
  const rows = await tx.run(query.orderBy('id', 'desc').limit(page.limit));
  return rows.map(toKey);
}

/** Makes a key useless from now on. */
export function updateKeyRevoked(act: Act, id: string): void {
  act.write(
    q
      .updateTable('api_key')
      .set({ revoked_at: act.now })
      .where('tenant_id', '=', act.tenantId)
      .where('id', '=', id)
      .where('revoked_at', 'is', null),
    { rows: 1, rule: 'the key to revoke is there and not revoked' },
  );
}

/** Writes down that a key was used. */
export function updateKeyUsed(tx: Tx, id: string, at: Instant): void {
  tx.write(
    q
      .updateTable('api_key')
      .set({ last_used_at: at })
      .where('tenant_id', '=', tx.tenantId)
      .where('id', '=', id),
  );
}

// — what happened —

export type EventRow = {
  readonly id: string;
  readonly type: string;
  readonly subjectId: string;
  readonly customerId: string | null;
  /** Kind and id, e.g. `user:0192…`. */
  readonly actor: string;
  readonly commandId: string;
  readonly data: Json;
  readonly recordedAt: Instant;
};

export type EventFilter = {
  readonly subjectId?: string | undefined;
  readonly customerId?: string | undefined;
  readonly limit: number;
  readonly after: string | undefined;
};

/** What happened, the latest first; one page. */
export async function findEvents(tx: Tx, filter: EventFilter): Promise<readonly EventRow[]> {
  let query = q.selectFrom('event').selectAll().where('tenant_id', '=', tx.tenantId);
  if (filter.subjectId !== undefined) query = query.where('subject_id', '=', filter.subjectId);
  if (filter.customerId !== undefined) query = query.where('customer_id', '=', filter.customerId);
  if (filter.after !== undefined) query = query.where('id', '<', filter.after);
  const rows = await tx.run(query.orderBy('id', 'desc').limit(filter.limit), { plan: 'fresh' });
  return rows.map((row) => ({
    id: row.id,
    type: row.type,
    subjectId: row.subject_id,
    customerId: row.customer_id,
    actor: row.actor,
    commandId: row.command_id,
    data: row.data as Json,
    recordedAt: row.recorded_at,
  }));
}

/** The names people know actors by: of members, past ones too, and of keys. */
export async function findActorNames(
  tx: Tx,
  actors: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.run(sql<{ actor: string; name: string }>`
    select 'user:' || m.user_id as actor, u."name" as name
    from member m join auth."user" u on u."id" = m.user_id::uuid
    where m.tenant_id = ${tx.tenantId} and 'user:' || m.user_id = any(${arrayLiteral(actors)}::text[])
    union all
    select 'api_key:' || k.id, k.name from api_key k
    where k.tenant_id = ${tx.tenantId} and 'api_key:' || k.id = any(${arrayLiteral(actors)}::text[])`);
  return new Map(rows.map((row) => [row.actor, row.name]));
}
