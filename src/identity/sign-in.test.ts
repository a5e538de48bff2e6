import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { newId } from '#kernel/id.ts';
import { asker, cookieOf, startTestServer, testServer } from '../../test/support/server.ts';
import { createUser, resetPassword } from './create-user.ts';
import { keepServerSecret } from './make-secret.ts';

const signInPath = '/api/auth/sign-in/email';
const PASSWORD = 'correct horse battery';

test('who is signed in learns who they are, for which tenant, what is allowed and which day it is', async () => {
  const server = await testServer();
  const tenant = await server.newTenant({ timeZone: 'Pacific/Auckland' });
  server.setClock('2026-03-01T11:30:00Z');
  const { status, body } = await tenant.owner('/api/v1/me');
  server.setClock(undefined);
  assert.equal(status, 200);
  assert.equal((body.user as { email: string }).email, tenant.owner.email);
  assert.equal((body.tenant as { slug: string }).slug, tenant.slug);
  assert.equal((body.tenants as unknown[]).length, 1);
  assert.ok((body.permissions as string[]).includes('tenant.manage'));
  assert.equal(body.today, '2026-03-02', 'in Auckland it is the next day already');
});

test('the session cookie cannot be read by scripts and is not sent from other sites', async () => {
  const server = await testServer();
  const { owner } = await server.newTenant();
  const answer = await server.anonymous(signInPath, {
    method: 'POST',
    body: { email: owner.email, password: PASSWORD },
  });
  const cookie = answer.headers.getSetCookie().find((c) => c.startsWith('quittance.session_token='));
  assert.match(cookie ?? '', /HttpOnly/i);
  assert.match(cookie ?? '', /SameSite=Lax/i);
  assert.match(cookie ?? '', /Path=\//i);
  assert.equal(answer.headers.get('cache-control'), 'no-store');
});

test('a server reached by https sends its cookie over https only', async () => {
  const server = await startTestServer({ publicUrl: 'https://ar.example.com' });
  try {
    const email = `${newId()}@people.example`;
    await createUser(server.door.pool, { email, name: 'Somebody', password: PASSWORD });
    const answer = await server.anonymous(signInPath, {
      method: 'POST',
      body: { email, password: PASSWORD },
    });
    assert.match(answer.headers.getSetCookie()[0] ?? '', /^__Secure-quittance\.session_token=.*; Secure/);
    assert.equal(answer.headers.get('strict-transport-security'), 'max-age=31536000');
    const me = await server.anonymous('/api/v1/me', { headers: { cookie: cookieOf(answer.headers) } });
    assert.equal(me.body.code, 'tenant_unknown', 'the cookie was understood: only the membership is missing');
  } finally {
    await server.close();
  }
});

test('a wrong password, an unknown address and no session get in nowhere, and look alike', async () => {
  const server = await testServer();
  const { owner } = await server.newTenant();
  const wrong = await server.anonymous(signInPath, {
    method: 'POST',
    body: { email: owner.email, password: 'not the password' },
  });
  const unknown = await server.anonymous(signInPath, {
    method: 'POST',
    body: { email: 'nobody@people.example', password: 'not the password' },
  });
  assert.deepEqual([wrong.status, wrong.body.code], [401, 'invalid_email_or_password']);
  assert.deepEqual({ ...wrong.body, instance: '' }, { ...unknown.body, instance: '' });
  assert.equal((await server.anonymous('/api/v1/me')).body.code, 'not_signed_in');
});

test('nobody signs up by themselves, and what we do not use of the library is not there', async () => {
  const server = await testServer();
  for (const path of [
    'sign-up/email',
    'delete-user',
    'update-user',
    'request-password-reset',
    'sign-in/social',
    'ok',
  ]) {
    const answer = await server.anonymous(`/api/auth/${path}`, {
      method: 'POST',
      body: { email: 'me@people.example', password: PASSWORD, name: 'Me' },
    });
    assert.equal(answer.status, 404, path);
  }
});

test('guessing passwords is stopped, for the right one too, and says for how long', async () => {
  const server = await startTestServer({ limits: { signInsPerPerson: 3, signInsPerMinute: 100 } });
  try {
    const email = `${newId()}@people.example`;
    await createUser(server.door.pool, { email, name: 'Somebody', password: PASSWORD });
    const attempt = (password: string, who = email, path = signInPath) =>
      server.anonymous(path, { method: 'POST', body: { email: who, password } });
    for (const guess of ['guess number one', 'guess number two', 'guess number three'])
      assert.equal((await attempt(guess)).status, 401);
    const stopped = await attempt(PASSWORD, email.toUpperCase());
    assert.deepEqual([stopped.status, stopped.body.code], [429, 'too_many_requests']);
    assert.ok(Number(stopped.headers.get('retry-after')) > 200);
    for (const path of [
      '/api/auth/sign-in/email?x=/sign-out',
      '/%61pi/auth/sign-in/email',
      '/api/auth/sign-%69n/email',
    ])
      assert.ok([404, 429].includes((await attempt(PASSWORD, email, path)).status), path);
    assert.equal((await attempt('guess', 'other@people.example')).status, 401, 'others are not locked out');
  } finally {
    await server.close();
  }
});

test('one address cannot try many people, nor ask without end', async () => {
  const server = await startTestServer({ limits: { signInsPerMinute: 2, requestsPerMinute: 6 } });
  try {
    const attempt = () =>
      server.anonymous(signInPath, {
        method: 'POST',
        body: { email: `${newId()}@x.example`, password: 'guessing it' },
      });
    assert.deepEqual(
      [(await attempt()).status, (await attempt()).status, (await attempt()).status],
      [401, 401, 429],
    );
    const statuses = [];
    for (let n = 0; n < 5; n += 1) statuses.push((await server.anonymous('/api/v1/me')).status);
    assert.deepEqual(statuses, [401, 401, 401, 429, 429]);
    assert.equal((await server.anonymous('/%61pi/v1/me')).status, 429, 'however the address is written');
    assert.equal((await server.anonymous('/healthz')).status, 200, 'health is always told');
  } finally {
    await server.close();
  }
});

test('a session ends when it expires, and when its person signs out', async () => {
  const server = await testServer();
  const { owner } = await server.newTenant();
  const second = await server.signedIn(owner.email);
  const expire = (interval: string) =>
    server.door.pool.query(
      `update auth."session" set "expiresAt" = now() + $2::interval where "userId" = $1`,
      [owner.userId, interval],
    );
  await expire('1 minute');
  assert.equal((await owner('/api/v1/me')).status, 200);
  assert.equal((await second('/api/auth/sign-out', { method: 'POST', body: {} })).status, 200);
  assert.equal((await second('/api/v1/me')).status, 401);
  assert.equal((await owner('/api/v1/me')).status, 200, 'the other session goes on');
  await expire('-1 second');
  assert.equal((await owner('/api/v1/me')).status, 401);
});

test('a session that is used is prolonged, and the browser is told', async () => {
  const server = await testServer();
  const { owner } = await server.newTenant();
  await server.door.pool.query(
    `update auth."session" set "expiresAt" = now() + interval '3 days', "updatedAt" = now() - interval '4 days'
     where "userId" = $1`,
    [owner.userId],
  );
  const answer = await owner('/api/v1/me');
  assert.match(answer.headers.getSetCookie().join(), /quittance\.session_token=.*Max-Age=604800/);
  const { rows } = await server.door.pool.query<{ isLong: boolean }>(
    `select "expiresAt" > now() + interval '6 days' as "isLong" from auth."session" where "userId" = $1`,
    [owner.userId],
  );
  assert.equal(rows[0]?.isLong, true);
});

test('a forged cookie is no session', async () => {
  const server = await testServer();
  const { owner } = await server.newTenant();
  const { rows } = await server.door.pool.query<{ token: string }>(
    `select "token" from auth."session" where "userId" = $1`,
    [owner.userId],
  );
  const token = rows[0]?.token ?? '';
  const signature = createHmac('sha256', 'another secret').update(token).digest('base64');
  for (const value of [token, `${token}.${encodeURIComponent(signature)}`]) {
    const answer = await server.anonymous('/api/v1/me', {
      headers: { cookie: `quittance.session_token=${value}` },
    });
    assert.equal(answer.status, 401);
  }
});

test('with a temporary password nothing is allowed but changing it, which ends all other sessions', async () => {
  const server = await testServer();
  const { owner } = await server.newTenant();
  const email = `${newId()}@people.example`;
  const added = await owner('/api/v1/members', {
    method: 'POST',
    body: { email, name: 'New', role: 'viewer' },
  });
  const temporary = String(added.body.oneTimePassword);
  const person = await server.signedIn(email, temporary);
  const other = await server.signedIn(email, temporary);
  const me = await person('/api/v1/me');
  assert.equal((me.body.user as { passwordIsTemporary: boolean }).passwordIsTemporary, true);
  assert.deepEqual((await person('/api/v1/events')).body.code, 'password_change_needed');

  const change = (newPassword: string) =>
    person('/api/auth/change-password', {
      method: 'POST',
      body: { currentPassword: temporary, newPassword },
    });
  assert.equal((await change(temporary)).body.code, 'password_unchanged');
  assert.equal((await change('short')).body.code, 'password_too_short');
  assert.equal((await change('x'.repeat(257))).body.code, 'password_too_long');
  const changed = await change('my own password');
  assert.equal(changed.status, 200);
  const again = asker(server.address, { cookie: cookieOf(changed.headers) });
  assert.equal((await again('/api/v1/events')).status, 200);
  assert.equal((await other('/api/v1/me')).status, 401);
  assert.equal((await person('/api/v1/me')).status, 401);
});

test('a password that was reset replaces the old one and ends the sessions', async () => {
  const server = await testServer();
  const { owner } = await server.newTenant();
  const { password } = await resetPassword(server.door.pool, owner.email.toUpperCase());
  assert.equal((await owner('/api/v1/me')).status, 401);
  await assert.rejects(server.signedIn(owner.email));
  const again = await server.signedIn(owner.email, password);
  assert.equal((await again('/api/v1/events')).body.code, 'password_change_needed');
  await assert.rejects(resetPassword(server.door.pool, 'nobody@people.example'), { code: 'user_unknown' });
});

test('a second factor, once set up, is asked for', async () => {
  const server = await testServer();
  const { owner } = await server.newTenant();
  const enabled = await owner('/api/auth/two-factor/enable', {
    method: 'POST',
    body: { password: PASSWORD, method: 'totp' },
  });
  const secret = new URL(String(enabled.body.totpURI)).searchParams.get('secret') ?? '';
  const verified = await owner('/api/auth/two-factor/verify-totp', {
    method: 'POST',
    body: { code: totp(secret, Date.now()) },
  });
  assert.equal(verified.status, 200);

  const first = await server.anonymous(signInPath, {
    method: 'POST',
    body: { email: owner.email, password: PASSWORD },
  });
  assert.equal(first.body.twoFactorRedirect, true);
  const half = asker(server.address, { cookie: cookieOf(first.headers) });
  assert.equal((await half('/api/v1/me')).status, 401, 'the password alone is not enough');
  const wrong = await half('/api/auth/two-factor/verify-totp', { method: 'POST', body: { code: '000000' } });
  assert.equal(wrong.status, 401);
  const right = await half('/api/auth/two-factor/verify-totp', {
    method: 'POST',
    body: { code: totp(secret, Date.now()) },
  });
  const whole = asker(server.address, { cookie: cookieOf(right.headers) });
  assert.equal((await whole('/api/v1/me')).status, 200);
});

/** The code of a moment (RFC 6238: SHA-1, 30 seconds, six digits) from a secret in base 32. */
function totp(secret: string, moment: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((c) => alphabet.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(moment / 30_000)));
  const digest = createHmac('sha1', key).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

test('a page of another site can change nothing, neither by signing in nor with the cookie', async () => {
  const server = await testServer();
  const { owner } = await server.newTenant();
  const add = (headers: Record<string, string>) =>
    owner('/api/v1/members', {
      method: 'POST',
      body: { email: `${newId()}@people.example`, name: 'New', role: 'viewer' },
      headers,
    });
  for (const headers of [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://127.0.0.1:1' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ]) {
    const answer = await add(headers as Record<string, string>);
    assert.deepEqual([answer.status, answer.body.code], [403, 'cross_site_request'], JSON.stringify(headers));
  }
  assert.equal((await add({ 'sec-fetch-site': 'same-origin' })).status, 200);
  const foreign = await server.anonymous(signInPath, {
    method: 'POST',
    body: { email: owner.email, password: PASSWORD },
    headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' },
  });
  assert.equal(foreign.status, 403);
});

test('users have valid, unique addresses and passwords of sensible length', async () => {
  const { door } = await testServer();
  const create = (email: string, password?: string, name = 'Somebody') =>
    createUser(door.pool, { email, name, password });
  const email = `Mixed.Case-${newId()}@People.Example`;
  await create(email, PASSWORD);
  await assert.rejects(create(email.toLowerCase()), { code: 'email_taken' });
  await assert.rejects(create('no address'), { code: 'email_not_valid' });
  await assert.rejects(create('a@b'), { code: 'email_not_valid' });
  await assert.rejects(create('new@people.example', 'short'), { code: 'password_length_not_valid' });
  await assert.rejects(create('new@people.example', PASSWORD, ' '), { code: 'name_not_valid' });
});

test('the secret of a server is made once, whole, and for its owner only', async () => {
  const dataDir = join(await mkdtemp(join(tmpdir(), 'quittance-secret-')), 'data');
  try {
    const secrets = await Promise.all(Array.from({ length: 8 }, () => keepServerSecret(dataDir, undefined)));
    assert.equal(new Set(secrets).size, 1);
    assert.equal((await readFile(join(dataDir, 'secret'), 'utf8')).trim(), secrets[0]);
    assert.equal((await stat(join(dataDir, 'secret'))).mode & 0o777, 0o600);
    assert.equal(await keepServerSecret(dataDir, 'x'.repeat(32)), 'x'.repeat(32), 'a setting goes first');
    await assert.rejects(keepServerSecret(dataDir, 'too short'), { code: 'secret_too_short' });
  } finally {
    await rm(join(dataDir, '..'), { recursive: true });
  }
});
