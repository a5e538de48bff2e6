// The real server on a port of this machine, against the test database, once for each test file that asks; with people of
// every role who signed in, the way browsers do.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLog } from '#http/log.ts';
import { createTenant } from '#identity/create-tenant.ts';
import { createUser } from '#identity/create-user.ts';
import type { Role } from '#identity/permission.ts';
import { assert } from '#kernel/assert.ts';
import type { Instant } from '#kernel/calendar.ts';
import { newId, type TenantId, type UserId } from '#kernel/id.ts';
import { type RunningServer, type ServerOptions, startServer } from '../../src/server.ts';
import { atEnd } from './at-end.ts';
import { testDatabaseUrl } from './database.ts';

const PASSWORD = 'correct horse battery';

/** Asks the server like a page of the web app does. */
export type Ask = (
  path: string,
  options?: {
    readonly method?: string;
    readonly body?: unknown;
    readonly headers?: Readonly<Record<string, string>>;
  },
) => Promise<Answer>;

/** An answer, its JSON read. */
export type Answer = {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly headers: Headers;
};

export type TestServer = RunningServer & {
  /** A person who is signed in. */
  readonly signedIn: (email: string, password?: string) => Promise<Ask>;
  /** Asks as nobody. */
  readonly anonymous: Ask;
  /** A new tenant with its owner, signed in. */
  newTenant(options?: { readonly timeZone?: string }): Promise<ServedTenant>;
  /** Puts the clock of the server somewhere; it stands there. Without it the clock is the real one. */
  setClock(moment: string | undefined): void;
};

export type ServedTenant = {
  readonly tenantId: TenantId;
  readonly slug: string;
  readonly owner: Ask & { readonly email: string; readonly userId: UserId };
  /** Somebody new in that role, added by the owner, signed in with a password of their own. */
  as(role: Role): Promise<Ask & { readonly email: string; readonly userId: UserId }>;
};

let running: Promise<TestServer> | undefined;

atEnd(async () => {
  await (await running)?.close();
});

/** The server of this test file. */
export function testServer(): Promise<TestServer> {
  running ??= startTestServer();
  return running;
}

/** A server of one's own, for tests of its start, end and limits; to be closed by the one who asked. */
export async function startTestServer(options: Partial<ServerOptions> = {}): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'quittance-test-server-'));
  let fixed: Instant | undefined;
  const server = await startServer({
    databaseUrl: await testDatabaseUrl(),
    port: 0,
    host: '127.0.0.1',
    dataDir,
    webDir: dataDir,
    log: openLog({ role: 'test', level: 'silent' }),
    clock: () => fixed ?? Temporal.Now.instant(),
    limits: { requestsPerMinute: 1e9, signInsPerMinute: 1e9, signInsPerPerson: 1e9 },
    ...options,
  });
  const signedIn = (email: string, password = PASSWORD) => signIn(server.address, email, password);
  return {
    ...server,
    signedIn,
    anonymous: asker(server.address, {}),
    newTenant: (given) => newServedTenant(server, signedIn, given?.timeZone ?? 'UTC'),
    setClock: (moment) => {
      fixed = moment === undefined ? undefined : Temporal.Instant.from(moment);
    },
    close: async () => {
      await server.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

/** Asks with headers that every request carries. */
export function asker(address: string, common: Readonly<Record<string, string>>): Ask {
  return async (path, { method = 'GET', body, headers = {} } = {}) => {
    const answer = await fetch(address + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
        ...(method === 'GET' ? {} : { origin: address }),
        ...common,
        ...headers,
      },
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json') ?? false;
    return {
      status: answer.status,
      body: isJson ? (JSON.parse(text) as Record<string, unknown>) : { text },
      headers: answer.headers,
    };
  };
}

async function signIn(address: string, email: string, password: string): Promise<Ask> {
  const answer = await asker(address, {})('/api/auth/sign-in/email', {
    method: 'POST',
    body: { email, password },
  });
  assert(answer.status === 200, 'the person of a test can sign in', answer.body);
  return asker(address, { cookie: cookieOf(answer.headers) });
}

/** The cookies of an answer as the next request sends them. */
export function cookieOf(headers: Headers): string {
  return headers
    .getSetCookie()
    .map((cookie) => cookie.replace(/;.*$/s, ''))
    .join('; ');
}

async function newServedTenant(
  server: RunningServer,
  signedIn: TestServer['signedIn'],
  timeZone: string,
): Promise<ServedTenant> {
  const { door } = server;
  const slug = `s-${newId()}`;
  const newPerson = async () => {
    const email = `${newId()}@people.example`;
    const { userId } = await createUser(door.pool, { email, name: 'Somebody', password: PASSWORD });
    return { email, userId };
  };
  const first = await newPerson();
  const tenantId = await createTenant(
    door,
    { slug, name: 'Served tenant', timeZone, ownerId: first.userId },
    Temporal.Now.instant(),
  );
  const owner = Object.assign(await signedIn(first.email), first);
  return {
    tenantId,
    slug,
    owner,
    as: async (role) => {
      const person = await newPerson();
      const added = await owner('/api/v1/members', {
        method: 'POST',
        body: { email: person.email, name: 'Somebody', role },
      });
      assert(added.status === 200, 'an owner can add members', added.body);
      return Object.assign(await signedIn(person.email), person);
    },
  };
}
