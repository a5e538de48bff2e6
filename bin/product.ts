// The whole product in one process: database, migrations, web app, demo company, worker and server, opened
// in this order and closed in the opposite one. Several such processes may share one database.

import { mkdirSync, renameSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import type { FastifyBaseLogger } from 'fastify';
import { startEmbedded } from '#db/embedded.ts';
import { migrate } from '#db/migrate.ts';
import { openLog } from '#http/log.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type RunningServer, type ServerOptions, startServer } from '#server.ts';
import { startWorker } from '#worker.ts';
import type { ensureDemo } from '../seed/demo.ts';
import { readSettings, type Settings } from './settings.ts';
import { explain, Shutdown } from './shutdown.ts';
import { buildWebIfStale, WEB_DIR } from './web-build.ts';

/** How far above the usual port a free one is looked for. */
const PORTS_TRIED_MAX = 50;
/** Looked at when starting only. */
const LOG_BYTES_MAX = 64 * 1024 * 1024;
/** With the database gone nothing can finish properly, so nothing is waited for. */
const LOST_SECONDS = 5;

const say = (line: string) => console.log(line);
const shutdown = new Shutdown(say);

try {
  await start(readSettings(process.env, process.stdout.isTTY));
} catch (error) {
  if (!shutdown.begun) {
    console.error(`\nQuittance did not start: ${explain(error)}`);
    await shutdown.end(1);
  }
}

async function start(settings: Settings): Promise<void> {
  mkdirSync(settings.dataDir, { recursive: true });
  const log = openLogFor(settings.log);
  const [databaseUrl] = await Promise.all([
    openDatabase(settings),
    settings.server && settings.buildsWeb ? buildWebIfStale(say) : undefined,
  ]);
  const demo = settings.demo
    ? await opened('The demo company', makeDemo(databaseUrl, settings.dataDir, log), async () => {})
    : undefined;
  const { dataDir } = settings;
  if (settings.worker) {
    await opened('The worker', startWorker({ databaseUrl, dataDir, log }), (it) => it.close());
  }
  if (!settings.server) return say('A Quittance worker is running. Ctrl-C stops it.');
  const starting = startOnFreePort(settings, { databaseUrl, dataDir, webDir: WEB_DIR, log });
  const server = await opened('The server', starting, (it) => it.close());
  greet(publicAddress(server.address), demo?.signIn ?? [], settings);
}

/** Opens the database with the present schema, and says where it is. */
async function openDatabase({ databaseUrl, dataDir }: Settings): Promise<string> {
  const url = databaseUrl ?? (await openEmbedded(dataDir));
  const { applied } = await opened('The migration', migrate(url), async () => {});
  if (applied.length > 0)
    say(`Database: ${applied.length} migration${applied.length === 1 ? '' : 's'} applied.`);
  return url;
}

async function openEmbedded(dataDir: string): Promise<string> {
  const onLost = () => {
    say('The database ended unexpectedly. What was committed is safe; start Quittance again.');
    void shutdown.end(1, LOST_SECONDS);
  };
  const database = await opened('The database', startEmbedded({ dataDir, log: say, onLost }), (it) =>
    it.stop(),
  );
  if (database.owned) process.once('exit', () => database.stopSoon());
  return database.url;
}

/**
 * Waits for a part to open and remembers to close it. After Ctrl-C a part that is just opening still does, and is then
 * closed, so that nothing is left half done; but nothing more is opened, so this does not return.
 */
async function opened<T>(name: string, part: Promise<T>, close: (part: T) => Promise<void>): Promise<T> {
  shutdown.add(name, () => part.then(close, () => {}));
  const result = await part;
  return shutdown.begun ? new Promise(() => {}) : result;
}

type Demo = Awaited<ReturnType<typeof ensureDemo>>;

/** Loaded only when wanted: a real installation has no use for it. */
async function makeDemo(databaseUrl: string, dataDir: string, log: FastifyBaseLogger): Promise<Demo> {
  const seed = await import('../seed/demo.ts');
  return seed.ensureDemo({ databaseUrl, dataDir, log, say });
}

/** Lines of JSON, in a file beside the data or on standard output. A file that has grown large is put aside. */
function openLogFor(target: string): FastifyBaseLogger {
  if (target === '-') return openLog({ role: 'quittance' });
  if ((statSync(target, { throwIfNoEntry: false })?.size ?? 0) > LOG_BYTES_MAX)
    renameSync(target, `${target}.1`);
  return openLog({ role: 'quittance', file: target });
}

/**
 * Starts the server on the port asked for, or on the first free one from the usual one on. Another may take a port that
 * was free a moment ago; then it is tried further. Refuses: `port_taken`.
 */
async function startOnFreePort(
  { host, port: first, portMayMove }: Settings,
  options: Omit<ServerOptions, 'host' | 'port'>,
): Promise<RunningServer> {
  for (let port = first; port < first + (portMayMove ? PORTS_TRIED_MAX : 1); port += 1) {
    if (!(await isFree(host, port))) continue;
    try {
      return await startServer({ ...options, host, port });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
  throw new Refusal('port_taken', {
    host,
    port: first,
    todo: 'Stop what listens there, or set PORT to another number.',
  });
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer().once('error', () => resolve(false));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}

/** What a person types into a browser. Passkeys and cookies want a name, so this machine is called localhost. */
function publicAddress(address: string): string {
  return process.env.QUITTANCE_URL || address.replace('//127.0.0.1:', '//localhost:');
}

function greet(address: string, signIn: Demo['signIn'], settings: Settings): void {
  say(`\nQuittance is running at ${address}\n`);
  if (signIn.length > 0) say('Sign in to the demo company as');
  for (const { email, password, role } of signIn) say(`  ${email}  password ${password}  (${role})`);
  say(`\nData: ${settings.databaseUrl === undefined ? settings.dataDir : 'the database of DATABASE_URL'}`);
  if (settings.log !== '-') say(`Log:  ${settings.log}`);
  say('Ctrl-C stops it.\n');
}
