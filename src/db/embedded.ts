// The PostgreSQL that Quittance brings along: started when the program starts, shared by every process on the same data
// folder, stopped by the one that owns it. Whoever crashes, at most one server ever runs on a folder, and the next start
// finds it or starts it again. The program itself gets a role that row-level security binds; never the superuser.

import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { present } from '#kernel/assert.ts';
import { Refusal } from '#kernel/refusal.ts';
import { serverAccount } from './embedded-account.ts';
import { type Binaries, findBinaries } from './embedded-binaries.ts';
import {
  type Address,
  chooseAddress,
  type Durability,
  type Launch,
  type Layout,
  launch,
  layout,
  logSince,
  type Passwords,
  type Postmaster,
  places,
  prepareCluster,
  readPasswords,
  rotateLog,
  runningPostmaster,
  SUPERUSER,
} from './embedded-cluster.ts';
import { type FileLock, tryLock, waitForLock } from './file-lock.ts';

/** The role that owns the database, and the database: the program sees no other. */
const OWNER = 'quittance';

const POLL_MS = 15;
/** Another process may be making the database, or waiting for a recovery after a power cut. */
const START_LOCK_MS = 10 * 60_000;
const READY_MS = 10 * 60_000;
/** A recovery is worth a word when it takes longer than this. */
const QUIET_MS = 5_000;
/** Orphans of a killed server end their statement first; until then a new server refuses the folder. */
const ORPHANS_MS = 60_000;
/** A fast shutdown writes out what is in memory; after this it is cut short, which costs a recovery and no data. */
const STOP_MS = 60_000;
const KILLED_MS = 10_000;
/** Somebody may take a chosen port before the server does. */
const PORT_TRIES_MAX = 3;
const LOG_CHECK_MS = 60 * 60_000;

export type EmbeddedOptions = {
  /** Quittance's data folder; the database gets a folder `postgres` in it. */
  readonly dataDir: string;
  /** `test` is fast, lets the role make databases, and may lose everything at a power cut. Default `safe`. */
  readonly durability?: Durability;
  /** Leaves the server running when the process ends, for the next one to find. Default false. */
  readonly keepRunning?: boolean;
  /** Hears what takes long. */
  readonly log?: (line: string) => void;
  /** Hears that the server ended although nobody stopped it through this program. Only its owner is told. */
  readonly onLost?: () => void;
};

/** A server that runs, whoever started it. */
export type RunningServer = {
  /** For the role `quittance`, which is no superuser and sees through no wall. */
  readonly url: string;
  /** For making roles and taking backups only. */
  readonly superuserUrl: string;
  readonly pid: number;
};

export type EmbeddedServer = RunningServer & {
  /** Whether this process stops the server: it started it, or took it over from one that crashed. */
  readonly owned: boolean;
  /** Stops the server if this process owns it, and waits until it has ended. Does nothing otherwise, or twice. */
  stop(): Promise<void>;
  /** Tells a server that this process owns to stop, for somebody who cannot wait: at the very end of a process. */
  stopSoon(): void;
};

/**
 * The PostgreSQL of a data folder, running: made if the folder is new, started if it is not running, reused if it is.
 *
 * Reusing a server whose owner crashed takes it over. With `keepRunning` nobody owns it.
 *
 * Refuses: `data_dir_busy` (another process holds it too long, or one in another container uses it),
 * `postgres_did_not_start`, and what preparing can refuse: `data_dir_of_another_user`, `no_unprivileged_account`,
 * `embedded_postgres_missing`, `embedded_postgres_unusable`, `postgres_version_differs`, `initdb_failed`,
 * `data_dir_unreachable`, `database_passwords_missing`.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const place = layout(options.dataDir);
  serverAccount(place.data); // Says no before anything is touched that is not ours.
  return whileLocked(place, async () => {
    const running = await settled(place, options);
    return running === undefined ? startServer(place, options) : joinServer(place, running, options);
  });
}

/**
 * The server of a data folder if one is running and answers, for a process that only wants to use it: it neither starts
 * nor owns anything. Waits for one that is about to be ready.
 *
 * Refuses: `data_dir_of_another_user`, `database_passwords_missing`.
 */
export async function findRunning(dataDir: string): Promise<RunningServer | undefined> {
  const place = existingPlaces(dataDir);
  if (place === undefined) return undefined;
  serverAccount(place.data);
  const running = await settled(place, {});
  return running === undefined ? undefined : addresses(running, readPasswords(place));
}

/** Stops the server of a data folder if one runs there that no living process owns; says whether it did. */
export async function stopAbandoned(dataDir: string): Promise<boolean> {
  const place = existingPlaces(dataDir);
  if (place === undefined) return false;
  return whileLocked(place, async () => {
    const running = runningPostmaster(place);
    const ownership = tryLock(place.ownerLock);
    if (running !== undefined && ownership !== undefined) await shutDown(place, running);
    ownership?.release();
    return running !== undefined && ownership !== undefined;
  });
}

function existingPlaces(dataDir: string): Layout | undefined {
  try {
    return places(dataDir);
  } catch {
    return undefined;
  }
}

async function whileLocked<T>(place: Layout, act: () => Promise<T>): Promise<T> {
  const lock = await waitForLock(place.startLock, START_LOCK_MS);
  if (lock === undefined) throw busy(place);
  try {
    return await act();
  } finally {
    lock.release();
  }
}

function busy(place: Layout): Refusal {
  const todo =
    'Another Quittance uses this folder, perhaps in another container: stop it, or choose another QUITTANCE_DATA.';
  return new Refusal('data_dir_busy', { folder: place.home, todo });
}

/** The running server once it is ready, or nothing once it has ended: never one that is on its way. */
async function settled(
  place: Layout,
  { log }: Pick<EmbeddedOptions, 'log'>,
): Promise<Postmaster | undefined> {
  const begun = performance.now();
  let told = false;
  for (;;) {
    const running = runningPostmaster(place);
    if (running === undefined || running.status === 'ready') return running;
    const waited = performance.now() - begun;
    if (waited > READY_MS) throw busy(place);
    if (waited > QUIET_MS && !told)
      log?.(`PostgreSQL is ${running.status}; waiting for it (log: ${place.log})`);
    told ||= waited > QUIET_MS;
    await sleep(POLL_MS);
  }
}

async function joinServer(
  place: Layout,
  running: Postmaster,
  options: EmbeddedOptions,
): Promise<EmbeddedServer> {
  const passwords = readPasswords(place);
  await ensureDatabase(addresses(running, passwords), passwords, options);
  const ownership = options.keepRunning ? undefined : tryLock(place.ownerLock);
  return ownership ? own(place, running, ownership, options) : borrow(addresses(running, passwords));
}

async function startServer(place: Layout, options: EmbeddedOptions): Promise<EmbeddedServer> {
  // The folder looks idle from here; a live owner means a server that this process cannot see.
  const ownership = await waitForLock(place.ownerLock, STOP_MS);
  if (ownership === undefined) throw busy(place);
  try {
    const account = serverAccount(place.data);
    const binaries = findBinaries(account, place.home);
    const passwords = prepareCluster(place, binaries, account, options.durability ?? 'safe');
    const running = await launchUntilReady(place, binaries, options);
    await ensureDatabase(addresses(running, passwords), passwords, options);
    if (!options.keepRunning) return own(place, running, ownership, options);
    ownership.release();
    return borrow(addresses(running, passwords));
  } catch (error) {
    ownership.release();
    throw error;
  }
}

/** Starts until it runs: orphans of a killed server need a moment to end, and a chosen port may be taken. */
async function launchUntilReady(
  place: Layout,
  binaries: Binaries,
  options: EmbeddedOptions,
): Promise<Postmaster> {
  const account = serverAccount(place.data);
  const durability = options.durability ?? 'safe';
  const begun = performance.now();
  for (let tries = 1; ; tries += 1) {
    const address = await chooseAddress(place, account);
    const started = launch(place, binaries, account, { address, durability });
    const answer = await ready(place, started, options);
    if (typeof answer !== 'string') return answer;
    const hasOrphans =
      /shared memory block .* is still in use/.test(answer) && performance.now() - begun < ORPHANS_MS;
    const lostPort =
      address.socketDir === undefined && /could not bind/.test(answer) && tries < PORT_TRIES_MAX;
    if (!hasOrphans && !lostPort) {
      removeSocketDir(address);
      const todo = `Read ${place.log}; to use another server set DATABASE_URL.`;
      throw new Refusal('postgres_did_not_start', { said: answer, todo });
    }
    await sleep(100);
  }
}

/** Waits for a started server: itself once it is ready, or its last words when it ended. */
async function ready(
  place: Layout,
  { child, logStart }: Launch,
  options: EmbeddedOptions,
): Promise<Postmaster | string> {
  let trouble: string | undefined;
  child.once('error', (error) => {
    trouble = error.message;
  });
  for (;;) {
    await sleep(POLL_MS);
    if (trouble !== undefined) return trouble;
    if (child.exitCode !== null || child.signalCode !== null) return logSince(place, logStart);
    const running = await settled(place, options);
    if (running !== undefined) return running;
  }
}

/** A server that somebody else stops, or nobody. */
function borrow(server: RunningServer): EmbeddedServer {
  return { ...server, owned: false, stop: async () => {}, stopSoon: () => {} };
}

function own(
  place: Layout,
  running: Postmaster,
  ownership: FileLock,
  options: EmbeddedOptions,
): EmbeddedServer {
  const watch = setInterval(() => {
    if (runningPostmaster(place)?.pid === running.pid) return;
    clearInterval(watch);
    ownership.release();
    options.onLost?.();
  }, 1_000).unref();
  const logCheck = setInterval(() => rotateLog(place), LOG_CHECK_MS).unref();
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    clearInterval(watch);
    clearInterval(logCheck);
    await whileLocked(place, async () => {
      if (runningPostmaster(place)?.pid === running.pid) await shutDown(place, running);
    });
    ownership.release();
  };
  return {
    ...addresses(running, readPasswords(place)),
    owned: true,
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
    stopSoon: () => {
      if (runningPostmaster(place)?.pid === running.pid) signal(place, running.pid, 'fast');
    },
  };
}

async function shutDown(place: Layout, running: Postmaster): Promise<void> {
  signal(place, running.pid, 'fast');
  if (!(await hasEnded(place, running.pid, STOP_MS))) {
    signal(place, running.pid, 'immediate');
    await hasEnded(place, running.pid, KILLED_MS);
  }
  removeSocketDir(running);
}

function removeSocketDir({ socketDir }: Address): void {
  if (socketDir !== undefined) rmSync(socketDir, { recursive: true, force: true });
}

/** PostgreSQL's own modes: `fast` ends connections and writes everything out, `immediate` leaves that to recovery. */
function signal(place: Layout, pid: number, mode: 'fast' | 'immediate'): void {
  if (process.platform === 'win32') {
    const { bin } = findBinaries(undefined, place.home);
    spawnSync(join(bin, 'pg_ctl'), ['stop', '-W', '-m', mode, '-D', place.data], { windowsHide: true });
    return;
  }
  try {
    process.kill(pid, mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
  } catch {
    // It ended by itself between our look and our word.
  }
}

async function hasEnded(place: Layout, pid: number, withinMs: number): Promise<boolean> {
  const until = performance.now() + withinMs;
  while (performance.now() < until) {
    if (runningPostmaster(place)?.pid !== pid) return true;
    await sleep(POLL_MS);
  }
  return false;
}

function addresses(running: Address & { readonly pid: number }, passwords: Passwords): RunningServer {
  const at = (role: string, password: string, database: string) => {
    const url = new URL(`postgresql://${role}:${password}@localhost:${running.port}/${database}`);
    if (running.socketDir === undefined) url.hostname = '127.0.0.1';
    else url.searchParams.set('host', running.socketDir);
    return url.href;
  };
  return {
    url: at(OWNER, passwords.owner, OWNER),
    superuserUrl: at(SUPERUSER, passwords.superuser, 'postgres'),
    pid: running.pid,
  };
}

/** Makes the role and its database where they are missing, and takes away whatever the role should not have. */
async function ensureDatabase(
  server: RunningServer,
  passwords: Passwords,
  options: EmbeddedOptions,
): Promise<void> {
  const client = new pg.Client({
    connectionString: server.superuserUrl,
    application_name: 'quittance start',
  });
  await client.connect();
  try {
    const { rows } = await client.query<{ role: boolean; database: boolean }>(
      `select exists (select from pg_roles where rolname = $1) as role,
              exists (select from pg_database where datname = $1) as database`,
      [OWNER],
    );
    const has = present(rows[0], 'a question without from has one answer');
    const databases = options.durability === 'test' ? 'createdb' : 'nocreatedb';
    await client.query(
      `${has.role ? 'alter' : 'create'} role ${OWNER} login nosuperuser nobypassrls nocreaterole noreplication ${databases}
       password ${pg.escapeLiteral(passwords.owner)}`,
    );
    if (!has.database) await client.query(`create database ${OWNER} owner ${OWNER}`);
  } finally {
    await client.end();
  }
}
