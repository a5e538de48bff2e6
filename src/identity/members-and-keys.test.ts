import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTenant } from '#db/transaction.ts';
import { newId } from '#kernel/id.ts';
import { type Ask, asker, testServer } from '../../test/support/server.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { checkRemoval, checkRoleChange, type Member } from './member.ts';
import { removeMember } from './remove-member.ts';

type Body = Record<string, unknown>;
const post = (ask: Ask, path: string, body: unknown, headers: Record<string, string> = {}) =>
  ask(path, { method: 'POST', body, headers });

const person = (role: Member['role']): Member => ({ userId: newId(), role });

test('a tenant keeps at least one owner', () => {
  const first = person('owner');
  const second = person('owner');
  const viewer = person('viewer');
  assert.throws(() => checkRemoval([first, viewer], first.userId), { code: 'last_owner' });
  assert.throws(() => checkRoleChange([first, viewer], first.userId, 'controller'), { code: 'last_owner' });
  assert.equal(checkRemoval([first, second], first.userId), first);
  assert.equal(checkRoleChange([first, second], first.userId, 'viewer'), first);
  assert.equal(checkRemoval([first, viewer], viewer.userId), viewer);
});

test('only members can get another role or be removed, and the role must be another', () => {
  const viewer = person('viewer');
  assert.throws(() => checkRemoval([viewer], newId()), { code: 'member_unknown' });
  assert.throws(() => checkRoleChange([viewer], newId(), 'owner'), { code: 'member_unknown' });
  assert.throws(() => checkRoleChange([viewer], viewer.userId, 'viewer'), { code: 'role_unchanged' });
});

test('an owner adds somebody new, whose one-time password is shown in the first answer only', async () => {
  const server = await testServer();
  const { owner } = await server.newTenant();
  const body = { email: `New-${newId()}@People.Example`, name: '  New Person ', role: 'collector' };
  const headers = { 'idempotency-key': crypto.randomUUID() };
  const rehearsed = await post(owner, '/api/v1/members?rehearse=1', body);
  assert.deepEqual([rehearsed.status, rehearsed.body.oneTimePassword], [200, null]);

  const added = await post(owner, '/api/v1/members', body, headers);
  assert.match(String(added.body.oneTimePassword), /^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
  const repeated = await post(owner, '/api/v1/members', body, headers);
  assert.deepEqual(repeated.body, { userId: added.body.userId, oneTimePassword: null });
  await server.signedIn(body.email, String(added.body.oneTimePassword));

  const { rows } = (await owner('/api/v1/members')).body as { rows: Body[] };
  assert.deepEqual(rows.map((m) => [m.name, m.role]).sort(), [
    ['New Person', 'collector'],
    ['Somebody', 'owner'],
  ]);
  assert.equal((await post(owner, '/api/v1/members', body)).body.code, 'already_member');
});

test('somebody who can sign in already is linked, keeps name and password, and chooses the tenant by header', async () => {
  const server = await testServer();
  const [one, two] = [await server.newTenant(), await server.newTenant()];
  const body = { email: one.owner.email, name: 'Another name', role: 'viewer' };
  const added = await post(two.owner, '/api/v1/members', body);
  assert.deepEqual(added.body, { userId: one.owner.userId, oneTimePassword: null });

  const me = async (slug?: string) =>
    (await one.owner('/api/v1/me', { headers: slug === undefined ? {} : { 'quittance-tenant': slug } })).body;
  assert.equal(((await me()).tenant as Body).slug, one.slug, 'without the header: the first joined');
  assert.deepEqual(((await me(two.slug)).tenant as Body).role, 'viewer');
  assert.deepEqual(
    ((await me()).tenants as Body[]).map((t) => [t.slug, t.role]),
    [
      [one.slug, 'owner'],
      [two.slug, 'viewer'],
    ],
  );
  assert.equal(((await me()).user as Body).name, 'Somebody');
});

test('a role that changes, and a membership that ends, count from the next request on', async () => {
  const server = await testServer();
  const tenant = await server.newTenant();
  const collector = await tenant.as('collector');
  const keys = () => collector('/api/v1/api-keys');
  assert.deepEqual((await keys()).body.facts, { permission: 'api_key.manage' });

  const path = `/api/v1/members/${collector.userId}`;
  const change = (role: string) => tenant.owner(path, { method: 'PATCH', body: { role } });
  assert.equal((await change('owner')).status, 200);
  assert.equal((await keys()).status, 200);
  assert.equal((await change('owner')).body.code, 'role_unchanged');

  assert.equal((await tenant.owner(path, { method: 'DELETE' })).status, 200);
  assert.deepEqual((await keys()).body.code, 'tenant_unknown');
  assert.equal((await tenant.owner(path, { method: 'DELETE' })).body.code, 'member_unknown');
  const own = await tenant.owner(`/api/v1/members/${tenant.owner.userId}`, { method: 'DELETE' });
  assert.deepEqual([own.status, own.body.code], [409, 'last_owner']);

  const again = await post(tenant.owner, '/api/v1/members', {
    email: collector.email,
    name: 'x',
    role: 'viewer',
  });
  assert.equal(again.status, 200, 'who was removed can be let in again');
  assert.equal(((await collector('/api/v1/me')).body.tenant as Body).role, 'viewer');
});

test('of eight owners who remove each other at once one stays', async () => {
  const { tenantId, pool, act } = await newTenant();
  const owners = Array.from({ length: 8 }, () => newId<'user'>());
  await inTenant(pool, tenantId, async (tx) =>
    tx.insert(
      'member',
      owners.map((userId) => ({ user_id: userId, role: 'owner' })),
    ),
  );
  await Promise.all(owners.map(() => inTenant(pool, tenantId, (tx) => tx.settle())));
  const outcomes = await Promise.allSettled(owners.map((userId) => act('owner', removeMember, { userId })));
  const refused = outcomes.filter((o) => o.status === 'rejected');
  assert.deepEqual(
    refused.map((o) => o.reason.code),
    ['last_owner'],
  );
});

test('a key is shown once, opens its tenant with its role, and closes when revoked', async () => {
  const server = await testServer();
  const tenant = await server.newTenant();
  const body = { name: 'ERP', role: 'controller' };
  const headers = { 'idempotency-key': crypto.randomUUID() };
  const made = await post(tenant.owner, '/api/v1/api-keys', body, headers);
  const key = String(made.body.key);
  assert.match(key, /^qt_[a-z0-9]{8}_[\w-]{43}$/);
  assert.ok(key.startsWith(`qt_${made.body.prefix}_`));
  const repeated = await post(tenant.owner, '/api/v1/api-keys', body, headers);
  assert.deepEqual(repeated.body, { ...made.body, key: null });

  const machine = asker(server.address, { authorization: `Bearer ${key}` });
  const me = await machine('/api/v1/me');
  assert.equal(me.status, 200);
  assert.deepEqual(me.body.apiKey, { id: made.body.apiKeyId, name: 'ERP' });
  assert.equal((me.body.tenant as Body).slug, tenant.slug);
  assert.equal((me.body.tenant as Body).role, 'controller');
  assert.equal((await machine('/api/v1/api-keys')).body.code, 'not_permitted');

  const listed = (await tenant.owner('/api/v1/api-keys')).body.rows as Body[];
  assert.ok(!JSON.stringify(listed).includes(key.slice(12)), 'the secret part is nowhere');
  const path = `/api/v1/api-keys/${made.body.apiKeyId}`;
  assert.equal((await tenant.owner(path, { method: 'DELETE' })).status, 200);
  assert.deepEqual((await machine('/api/v1/me')).body.code, 'not_signed_in');
  assert.equal((await tenant.owner(path, { method: 'DELETE' })).body.code, 'api_key_already_revoked');
  const unknown = await tenant.owner(`/api/v1/api-keys/${newId()}`, { method: 'DELETE' });
  assert.deepEqual([unknown.status, unknown.body.code], [404, 'api_key_unknown']);
});

test('a key opens until the moment it expires, and cannot be made expired', async () => {
  const server = await testServer();
  const tenant = await server.newTenant();
  const make = (expiresAt: string) =>
    post(tenant.owner, '/api/v1/api-keys', { name: 'k', role: 'viewer', expiresAt });
  server.setClock('2026-06-01T12:00:00Z');
  try {
    assert.equal((await make('2026-06-01T12:00:00Z')).body.code, 'expiry_not_in_future');
    assert.equal((await make('soon')).status, 400);
    const { body } = await make('2026-06-02T00:00:00Z');
    const machine = asker(server.address, { authorization: `Bearer ${body.key}` });
    server.setClock('2026-06-01T23:59:59Z');
    assert.equal((await machine('/api/v1/me')).status, 200);
    server.setClock('2026-06-02T00:00:00Z');
    assert.equal((await machine('/api/v1/me')).status, 401);
  } finally {
    server.setClock(undefined);
  }
});

test('the last use of a key is written down, exact to a minute', async () => {
  const server = await testServer();
  const tenant = await server.newTenant();
  const { body } = await post(tenant.owner, '/api/v1/api-keys', { name: 'k', role: 'viewer' });
  const machine = asker(server.address, { authorization: `Bearer ${body.key}` });
  const lastUsed = async () =>
    ((await tenant.owner('/api/v1/api-keys')).body.rows as Body[])[0]?.lastUsedAt as string | null;
  const until = async (wanted: string) => {
    for (let n = 0; n < 100 && (await lastUsed()) !== wanted; n += 1)
      await new Promise((r) => setTimeout(r, 10));
    assert.equal(await lastUsed(), wanted);
  };
  assert.equal(await lastUsed(), null);
  try {
    server.setClock('2026-06-01T12:00:00Z');
    await machine('/api/v1/me');
    await until('2026-06-01T12:00:00Z');
    server.setClock('2026-06-01T12:00:59Z');
    await machine('/api/v1/me');
    server.setClock('2026-06-01T12:01:00Z');
    await machine('/api/v1/me');
    await until('2026-06-01T12:01:00Z');
  } finally {
    server.setClock(undefined);
  }
});

test('what is no key, or a key changed in one letter, opens nothing', async () => {
  const server = await testServer();
  const tenant = await server.newTenant();
  const { body } = await post(tenant.owner, '/api/v1/api-keys', { name: 'k', role: 'owner' });
  const key = String(body.key);
  const flipped = key.slice(0, -2) + (key.at(-2) === 'a' ? 'b' : 'a') + key.slice(-1);
  for (const text of ['Bearer ', 'Bearer qt_', `Bearer ${flipped}`, `Basic ${key}`, key.slice(3)]) {
    const answer = await server.anonymous('/api/v1/me', { headers: { authorization: text } });
    assert.deepEqual([answer.status, answer.body.code], [401, 'not_signed_in'], text.slice(0, 12));
  }
});

test('a key of one tenant opens no other', async () => {
  const server = await testServer();
  const [one, two] = [await server.newTenant(), await server.newTenant()];
  const { body } = await post(one.owner, '/api/v1/api-keys', { name: 'k', role: 'owner' });
  const machine = asker(server.address, { authorization: `Bearer ${body.key}` });
  const answer = await machine('/api/v1/me', { headers: { 'quittance-tenant': two.slug } });
  assert.deepEqual([answer.status, answer.body.code], [404, 'tenant_unknown']);
});

test('the audit trail tells who did what, the latest first, in pages, by subject, and to its tenant only', async () => {
  const server = await testServer();
  const [tenant, stranger] = [await server.newTenant(), await server.newTenant()];
  const viewer = await tenant.as('viewer');
  const { body: made } = await post(tenant.owner, '/api/v1/api-keys', { name: 'ERP', role: 'owner' });
  const machine = asker(server.address, { authorization: `Bearer ${made.key}` });
  await machine(`/api/v1/members/${viewer.userId}`, { method: 'PATCH', body: { role: 'collector' } });

  const read = async (query: string, ask: Ask = viewer) =>
    (await ask(`/api/v1/events?${query}`)).body as { rows: Body[]; next: string | null };
  const all = await read('');
  assert.deepEqual(
    all.rows.map((e) => [e.type, (e.actor as Body).kind, (e.actor as Body).name]),
    [
      ['member.role_changed', 'api_key', 'ERP'],
      ['api_key.made', 'user', 'Somebody'],
      ['member.added', 'user', 'Somebody'],
      ...all.rows.slice(3).map((e) => [e.type, 'system', 'Quittance']),
    ],
  );
  assert.deepEqual(
    all.rows
      .slice(3)
      .map((e) => e.type)
      .sort(),
    ['member.added', 'tenant.created'],
  );
  const first = await read('limit=2');
  assert.equal(first.rows.length, 2);
  const second = await read(`limit=3&after=${first.next}`);
  assert.deepEqual([...first.rows, ...second.rows], all.rows);
  assert.equal(second.next, null);
  assert.deepEqual(
    (await read(`subjectId=${viewer.userId}`)).rows.map((e) => e.type),
    ['member.role_changed', 'member.added'],
  );
  assert.deepEqual((await read(`customerId=${newId()}`)).rows, []);
  assert.deepEqual((await read(`subjectId=${viewer.userId}`, stranger.owner)).rows, []);
  assert.equal((await viewer('/api/v1/events?after=nonsense')).status, 400);
});

test('no secret is kept in results, events or logs of commands', async () => {
  const server = await testServer();
  const tenant = await server.newTenant();
  const { body: key } = await post(tenant.owner, '/api/v1/api-keys', { name: 'k', role: 'viewer' });
  const email = `${newId()}@people.example`;
  const { body: member } = await post(tenant.owner, '/api/v1/members', { email, name: 'n', role: 'viewer' });
  const client = await server.door.pool.connect();
  try {
    await client.query('begin');
    await client.query(`select set_config('app.tenant_id', $1, true)`, [tenant.tenantId]);
    const { rows } = await client.query<{ text: string }>(
      `select coalesce(string_agg(r::text, ' '), '') as text from (
         select c::text as r from command_log c union all select e::text from event e union all select k::text from api_key k) x`,
    );
    const text = rows[0]?.text ?? '';
    assert.ok(text.includes('make-api-key'), 'the rows were read');
    assert.ok(!text.includes(String(key.key)) && !text.includes(String(key.key).slice(12)));
    assert.ok(!text.includes(String(member.oneTimePassword)));
  } finally {
    await client.query('rollback');
    client.release();
  }
});
