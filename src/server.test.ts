import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { openLog } from '#http/log.ts';
import { openJobs } from '#jobs/queue.ts';
import { type Clone, cloneDatabase } from '../test/support/database.ts';
import { startTestServer, type TestServer } from '../test/support/server.ts';

let server: TestServer;
let database: Clone;
let webDir: string;
const lines: string[] = [];

before(async () => {
  webDir = await mkdtemp(join(tmpdir(), 'quittance-web-'));
  await mkdir(join(webDir, 'assets'));
  await writeFile(join(webDir, 'index.html'), '<!doctype html><title>App</title>');
  await writeFile(join(webDir, 'assets', 'app-1a2b3c4d.js'), 'export {};');
  await writeFile(join(webDir, 'assets', 'app-1a2b3c4d.js.br'), brotliCompressSync('export {};'));
  await writeFile(join(webDir, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  const log = openLog({ role: 'test', level: 'debug', stream: { write: (line) => void lines.push(line) } });
  database = await cloneDatabase();
  server = await startTestServer({ databaseUrl: database.url, webDir, log });
});

after(async () => {
  await server.close();
  await database.drop();
  await rm(webDir, { recursive: true });
});

const header = async (path: string, name: string) => (await server.anonymous(path)).headers.get(name);

test('every place inside the app is the app, also when opened directly', async () => {
  for (const path of ['/', '/customers', '/customers/0192?tab=items', '/a/b/c']) {
    const answer = await server.anonymous(path);
    assert.equal(answer.status, 200, path);
    assert.match(String(answer.body.text), /<title>App<\/title>/);
    assert.equal(answer.headers.get('cache-control'), 'no-cache', path);
  }
});

test('files named after their content are kept by browsers, others are asked for again', async () => {
  assert.equal(
    await header('/assets/app-1a2b3c4d.js', 'cache-control'),
    'public, max-age=31536000, immutable',
  );
  assert.equal(await header('/icon.svg', 'cache-control'), 'no-cache');
});

// Seen to fail with `preCompressed` taken out of the web app's files.
test('a file of which a packed copy lies beside it is sent packed to browsers that can read that, and kept as long', async () => {
  const path = '/assets/app-1a2b3c4d.js';
  const encodingOf = async (accepted: string) =>
    (await server.anonymous(path, { headers: { 'accept-encoding': accepted } })).headers.get(
      'content-encoding',
    );
  assert.equal(await encodingOf('gzip, deflate, br'), 'br');
  assert.equal(await encodingOf('identity'), null);
  const { headers, body } = await server.anonymous(path, { headers: { 'accept-encoding': 'br' } });
  assert.equal(body.text, 'export {};');
  assert.match(headers.get('content-type') ?? '', /^(text|application)\/javascript/);
  assert.equal(headers.get('cache-control'), 'public, max-age=31536000, immutable');
  assert.match(headers.get('vary') ?? '', /accept-encoding/i);
  assert.equal(await header('/icon.svg', 'content-encoding'), null, 'nothing lies beside this one');
});

test('what is not there is a problem document, not the app', async () => {
  for (const path of ['/assets/app-gone.js', '/api/v1/nothing', '/api/auth/nothing', '/robots.txt']) {
    const answer = await server.anonymous(path);
    assert.deepEqual([answer.status, answer.body.code], [404, 'not_found'], path);
    assert.match(answer.headers.get('content-type') ?? '', /application\/problem\+json/);
  }
  assert.equal((await server.anonymous('/customers', { method: 'POST', body: {} })).status, 404);
});

test('nothing outside the folder of the web app is served', async () => {
  for (const path of ['/../secret', '/%2e%2e/secret', '/assets/..%2f..%2fsecret', '/.%2e/secret']) {
    const response = await fetch(server.address + path);
    assert.ok(!(await response.text()).match(/[0-9a-f]{64}/), path);
  }
});

test('pages run only our own scripts and stand in nobody else’s frame', async () => {
  const policy = (await header('/', 'content-security-policy')) ?? '';
  assert.match(policy, /script-src 'self'(;|$)/);
  assert.match(policy, /frame-ancestors 'none'/);
  assert.match(policy, /style-src 'self' 'unsafe-inline'/);
  assert.equal(await header('/', 'x-frame-options'), 'DENY');
  assert.equal(await header('/', 'x-content-type-options'), 'nosniff');
  assert.equal(await header('/api/v1/me', 'cache-control'), 'no-store');
  assert.equal(await header('/', 'strict-transport-security'), null, 'not over http');
});

test('the API is described by a document and a page, both from here', async () => {
  const document = await server.anonymous('/api/v1/openapi.json');
  assert.equal(document.body.openapi, '3.1.0');
  assert.ok((document.body.paths as Record<string, unknown>)['/api/v1/me']);
  const page = String((await server.anonymous('/api/docs')).body.text);
  const links = [...page.matchAll(/(?:href|src)="([^"]+)"/g)].map((m) => m[1] ?? '');
  assert.ok(links.length >= 4);
  for (const link of links) {
    const path = new URL(link, `${server.address}/api/docs/`);
    assert.equal(path.origin, server.address);
    assert.equal((await server.anonymous(path.pathname)).status, 200, link);
  }
});

test('health is told to machines', async () => {
  assert.deepEqual((await server.anonymous('/healthz')).body, { status: 'up' });
  const ready = await server.anonymous('/readyz');
  assert.equal(ready.status, 200);
  assert.deepEqual(
    { ...ready.body, workers: undefined },
    { status: 'ready', database: 'up', pendingMigrations: [], workers: undefined, jobs: { dead: 0 } },
  );
});

test('a server whose database lacks a migration, or is gone, is not ready', async () => {
  const clone = await cloneDatabase();
  const own = await startTestServer({ databaseUrl: clone.url });
  try {
    const jobs = await openJobs(clone.url, { log: { error() {}, warn() {}, info() {} }, worker: true });
    const withWorker = await own.anonymous('/readyz');
    assert.equal((withWorker.body.workers as { live: number }).live, 1);
    await jobs.close();
    await own.door.pool.query(`delete from schema_migration where name = '0007_auth.sql'`);
    const behind = await own.anonymous('/readyz');
    assert.deepEqual([behind.status, behind.body.pendingMigrations], [503, ['0007_auth.sql']]);
    await clone.drop();
    const gone = await own.anonymous('/readyz');
    assert.deepEqual([gone.status, gone.body.database], [503, 'down']);
    assert.equal((await own.anonymous('/healthz')).status, 200);
  } finally {
    await own.close();
    await clone.drop();
  }
});

test('each request is one line of JSON without anything secret', async () => {
  lines.length = 0;
  const secret = `qt_abcdefgh_${'x'.repeat(43)}`;
  await server.anonymous('/api/v1/me?token=hidden', {
    headers: { authorization: `Bearer ${secret}`, cookie: 'quittance.session_token=hidden.hidden' },
  });
  await server.anonymous('/api/auth/sign-in/email', {
    method: 'POST',
    body: { email: 'a@people.example', password: 'hidden password' },
  });
  const written = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  const request = written.find((line) => line.path === '/api/v1/me');
  assert.deepEqual([request?.level, request?.method, request?.status], ['info', 'GET', 401]);
  assert.match(String(request?.reqId), /^[0-9a-f-]{36}$/);
  assert.match(String(request?.time), /^\d{4}-\d\d-\d\dT.*Z$/);
  const all = lines.join('');
  assert.ok(!all.includes('hidden') && !all.includes(secret.slice(12)), all);
});

test('secrets are taken out of whatever is logged', () => {
  const seen: string[] = [];
  const log = openLog({ role: 'test', level: 'info', stream: { write: (line) => void seen.push(line) } });
  log.info({ password: 'p1', user: { token: 'p2' }, request: { headers: { cookie: 'p3' } } }, 'look');
  assert.ok(!/p[123]/.test(seen.join('')));
  assert.match(seen.join(''), /redacted/);
});

test('a defect of ours shows a number and nothing else, and the log has the rest under that number', async () => {
  const tenant = await server.newTenant();
  await server.door.pool.query(`alter table event rename to event_away`);
  lines.length = 0;
  try {
    const answer = await tenant.owner('/api/v1/events');
    assert.deepEqual([answer.status, answer.body.code], [500, 'internal_error']);
    assert.ok(
      !JSON.stringify(answer.body).includes('event_away') &&
        !JSON.stringify(answer.body).includes('relation'),
    );
    const id = String(answer.body.instance).replace('urn:uuid:', '');
    assert.ok(lines.some((line) => line.includes(id) && line.includes('does not exist')));
  } finally {
    await server.door.pool.query(`alter table event_away rename to event`);
  }
});

test('a server that ends lets running requests finish and takes no more', async () => {
  const own = await startTestServer({ databaseUrl: database.url });
  const tenant = await own.newTenant();
  const viewer = await tenant.as('viewer');
  const client = await server.door.pool.connect();
  try {
    await client.query('begin');
    await client.query(`select set_config('app.tenant_id', $1, true)`, [tenant.tenantId]);
    await client.query('select 1 from member for update');
    const running = tenant.owner(`/api/v1/members/${viewer.userId}`, {
      method: 'PATCH',
      body: { role: 'owner' },
    });
    await waitForLock();
    const closing = own.close();
    await assert.rejects(fetch(`${own.address}/healthz`));
    await client.query('commit');
    assert.equal((await running).status, 200);
    await closing;
  } finally {
    client.release();
  }
});

async function waitForLock(): Promise<void> {
  for (;;) {
    const { rows } = await server.door.pool.query(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (rows.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
