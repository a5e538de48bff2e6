// What every benchmark stands on: an embedded PostgreSQL of its own that loses nothing (fsync on), the program's own
// connections to it, plain connections for what is compared, and the real server in a process of its own.

import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Context, carryOut, type Door } from '#command/command.ts';
import { type EmbeddedServer, startEmbedded } from '#db/embedded.ts';
import { migrate } from '#db/migrate.ts';
import { openPool } from '#db/pool.ts';
import { openLog } from '#http/log.ts';
import { makeApiKey } from '#identity/make-api-key.ts';
import { makeKey } from '#identity/make-secret.ts';
import { permissionsOf } from '#identity/permission.ts';
import { openJobs } from '#jobs/queue.ts';
import type { TenantId } from '#kernel/id.ts';
import { react } from '../src/reactions.ts';

/** A database, a way in for commands, and a server. */
export type Ground = {
  readonly databaseUrl: string;
  readonly superuserUrl: string;
  readonly door: Door;
  /** Address of the real server, in a process of its own. */
  readonly address: string;
  /** A plain connection as the program's role, without pipelining, as the role that row-level security binds. */
  connect(): Promise<pg.Client>;
  /** A plain connection to the same database as superuser: COPY cannot go through row-level security. */
  connectSuperuser(): Promise<pg.Client>;
  close(): Promise<void>;
};

/** Sets up. With `keptIn` the database stays in that folder for the next run; else it is thrown away. */
export async function openGround(keptIn: string | undefined): Promise<Ground> {
  const dataDir = keptIn ?? (await mkdtemp(join(tmpdir(), 'quittance-bench-')));
  const closers: (() => Promise<unknown>)[] = [];
  if (keptIn === undefined) closers.push(() => rm(dataDir, { recursive: true, force: true }));
  const close = async () => {
    while (closers.length > 0) await closers.pop()?.();
  };
  try {
    const postgres = await startEmbedded({ dataDir });
    closers.push(() => postgres.stop());
    await migrate(postgres.url);
    const pool = openPool(postgres.url, { name: 'quittance bench' });
    closers.push(() => pool.end());
    const jobs = await openJobs(postgres.url, { log: openLog({ role: 'bench', level: 'silent' }) });
    closers.push(() => jobs.close());
    const server = await startServerProcess(postgres.url, dataDir);
    closers.push(() => server.stop());
    return {
      databaseUrl: postgres.url,
      superuserUrl: superuserUrlOf(postgres),
      door: { pool, enqueue: jobs.enqueue, react },
      address: server.address,
      connect: () => connect(postgres.url),
      connectSuperuser: () => connect(superuserUrlOf(postgres)),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The superuser's address names the database `postgres`; the work is in the program's. */
function superuserUrlOf(postgres: EmbeddedServer): string {
  const url = new URL(postgres.superuserUrl);
  url.pathname = new URL(postgres.url).pathname;
  return url.href;
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'quittance bench, straight' });
  await client.connect();
  return client;
}

type ServerProcess = { readonly address: string; stop(): Promise<void> };

/** The server runs in a process of its own, as it does in life; it ends when this one ends. */
async function startServerProcess(databaseUrl: string, dataDir: string): Promise<ServerProcess> {
  const child = fork(new URL('./serve.ts', import.meta.url), [databaseUrl, dataDir], {
    execArgv: process.env.BENCH_SERVER_FLAGS?.split(' ') ?? [],
  });
  const address = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => resolve(String(message)));
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return { address, stop: () => stopped(child) };
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  await new Promise((resolve) => {
    child.once('exit', resolve);
    child.disconnect();
  });
}

/** The system acting in a tenant, with every permission, now. */
export function contextIn(tenantId: TenantId): Context {
  const now = Temporal.Now.instant();
  return {
    tenantId,
    actor: { kind: 'system', id: 'bench', name: 'Benchmark' },
    role: 'owner',
    permissions: permissionsOf('owner'),
    now,
    today: now.toZonedDateTimeISO('UTC').toPlainDate(),
  };
}

/** A key that may do everything in a tenant, as it stands in the Authorization header. */
export async function makeOwnerKey(ground: Ground, tenantId: TenantId): Promise<string> {
  const key = makeKey();
  await carryOut(ground.door, contextIn(tenantId), makeApiKey(key), { name: 'bench', role: 'owner' });
  return key.text;
}
