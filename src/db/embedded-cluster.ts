// The folder of an embedded database: what lies where in it, how it is made, with which settings a server is started
// on it, and how to tell whether one is running. Knows nothing of who starts, shares or stops the server.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { Refusal } from '#kernel/refusal.ts';
import { canReach, giveAllTo, giveTo, runAs, type ServerAccount } from './embedded-account.ts';
import type { Binaries } from './embedded-binaries.ts';

const MEBIBYTE = 1024 * 1024;
/** The log starts anew above this size, and the one before it is kept. */
const LOG_BYTES_MAX = 16 * MEBIBYTE;
/** How much of the log an explanation quotes. */
const LOG_TAIL_BYTES = 2_000;
/** A socket's path must fit into 104 bytes on macOS and 108 on Linux, ending included. */
const SOCKET_PATH_BYTES_MAX = 100;
/** A server on a socket of its own disturbs nobody, so it keeps the usual number. */
const SOCKET_PORT = 5432;

export const SUPERUSER = 'postgres';

/** `safe` loses nothing that was committed; `test` trades that for speed. */
export type Durability = 'safe' | 'test';

export type Passwords = { readonly superuser: string; readonly owner: string };

/** Where everything lies in a data folder. */
export type Layout = {
  readonly home: string;
  readonly data: string;
  readonly passwords: string;
  readonly log: string;
  /** Held while a server is being started, found or stopped. */
  readonly startLock: string;
  /** Held by the process that will stop the server, as long as it lives. */
  readonly ownerLock: string;
};

/** Names the places in a Quittance data folder, making the folder of the database if it is missing. */
export function layout(dataDir: string): Layout {
  mkdirSync(join(dataDir, 'postgres'), { recursive: true });
  return places(dataDir);
}

/** Names the places in a data folder that exists. */
export function places(dataDir: string): Layout {
  const home = realpathSync(join(dataDir, 'postgres'));
  const at = (name: string) => join(home, name);
  return {
    home,
    data: at('data'),
    passwords: at('passwords.json'),
    log: at('server.log'),
    startLock: at('start.lock'),
    ownerLock: at('owner.lock'),
  };
}

/** Where a server listens: a folder with its socket, or nothing but a port on the loopback address. */
export type Address = { readonly socketDir: string | undefined; readonly port: number };

/** What a running server says of itself in `postmaster.pid`. */
export type Postmaster = Address & { readonly pid: number; readonly status: string };

/** The server that the folder's `postmaster.pid` speaks of, whether it still runs or not. */
function readPostmaster(place: Layout): Postmaster | undefined {
  let text: string;
  try {
    text = readFileSync(join(place.data, 'postmaster.pid'), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  const [pid, , , port, socketDir, , , status] = text.split('\n');
  return {
    pid: Number(pid),
    port: Number(port),
    socketDir: socketDir || undefined,
    status: (status ?? '').trim(),
  };
}

/** The running server of exactly this folder. A number that another program got since does not count. */
export function runningPostmaster(place: Layout): Postmaster | undefined {
  const postmaster = readPostmaster(place);
  return postmaster !== undefined && isServerOf(place, postmaster.pid) ? postmaster : undefined;
}

function isServerOf(place: Layout, pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    if (process.platform === 'linux') return readlinkSync(`/proc/${pid}/cwd`) === place.data;
    process.kill(pid, 0);
  } catch {
    return false;
  }
  if (process.platform === 'win32')
    return programOf('tasklist', ['/FI', `PID eq ${pid}`, '/NH']).includes('postgres');
  return programOf('ps', ['-p', String(pid), '-o', 'command=']).includes(place.data);
}

function programOf(tool: string, flags: readonly string[]): string {
  return spawnSync(tool, flags, { encoding: 'utf8', windowsHide: true }).stdout ?? '';
}

/** The passwords of this database. Refuses: `database_passwords_missing`. */
export function readPasswords(place: Layout): Passwords {
  try {
    return JSON.parse(readFileSync(place.passwords, 'utf8'));
  } catch {
    const todo = 'Put the file back from a backup, and run as the user that started Quittance first.';
    throw new Refusal('database_passwords_missing', { file: place.passwords, todo });
  }
}

/**
 * Makes the database's folder if it is not there, and sees to it that the server's account may use it.
 *
 * A new one is built beside its place and renamed, so that a crash half way leaves nothing that looks finished.
 *
 * Refuses: `postgres_version_differs`, `initdb_failed`, `data_dir_unreachable`, `database_passwords_missing`.
 */
export function prepareCluster(
  place: Layout,
  binaries: Binaries,
  account: ServerAccount,
  durability: Durability,
): Passwords {
  chmodSync(place.home, 0o711);
  if (!existsSync(place.data)) createCluster(place, binaries, account, durability);
  const found = readFileSync(join(place.data, 'PG_VERSION'), 'utf8').trim();
  if (found !== String(binaries.major)) {
    const todo =
      `Start the Quittance version that made this folder (or a PostgreSQL ${found} server on it with DATABASE_URL), ` +
      `dump the database, move ${place.home} away, and restore into a new one.`;
    throw new Refusal('postgres_version_differs', { data: place.data, found, brought: binaries.major, todo });
  }
  const { uid, mode } = statSync(place.data);
  if (account !== undefined && uid !== account.uid) giveAllTo(account, place.data);
  if (process.platform !== 'win32' && (mode & 0o027) !== 0) chmodSync(place.data, 0o700);
  return readPasswords(place);
}

function createCluster(
  place: Layout,
  binaries: Binaries,
  account: ServerAccount,
  durability: Durability,
): void {
  const passwords: Passwords = { superuser: secret(), owner: secret() };
  writeFileSync(place.passwords, JSON.stringify(passwords), { mode: 0o600 });
  const fresh = `${place.data}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  giveTo(account, fresh);
  const passwordFile = join(place.home, 'initdb.password');
  writeFileSync(passwordFile, passwords.superuser, { mode: 0o600 });
  giveTo(account, passwordFile);
  const flags = [
    '--pgdata',
    serverPath(fresh, account),
    '--username',
    SUPERUSER,
    '--pwfile',
    '../initdb.password',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--data-checksums',
    '--no-instructions',
    ...(durability === 'test' ? ['--no-sync'] : []),
  ];
  const done = spawnSync(join(binaries.bin, 'initdb'), flags, { ...runAs(account, fresh), encoding: 'utf8' });
  rmSync(passwordFile);
  if (done.status !== 0) {
    const said = done.error?.message ?? (done.stderr || done.stdout).trim().slice(-LOG_TAIL_BYTES);
    throw new Refusal('initdb_failed', {
      data: place.data,
      said,
      todo: 'Mend what it says, or set DATABASE_URL.',
    });
  }
  renameSync(fresh, place.data);
}

function secret(): string {
  return randomBytes(24).toString('base64url');
}

/**
 * The path by which the server's account reaches a folder. Where a parent is closed to it (root's home), Linux lets a
 * process go through its own current folder, which we set while we were still root.
 */
function serverPath(folder: string, account: ServerAccount): string {
  if (canReach(account, folder)) return folder;
  if (process.platform === 'linux') return '/proc/self/cwd';
  const todo =
    'Set QUITTANCE_DATA to a folder whose parents every user may enter (chmod o+x), or start Quittance as another user than root.';
  throw new Refusal('data_dir_unreachable', { folder, todo });
}

/**
 * Chooses where the server will listen. The socket's folder is named after the data folder, so that the address stays
 * the same over restarts; TCP on the loopback address is the fallback and the way of Windows.
 */
export async function chooseAddress(place: Layout, account: ServerAccount): Promise<Address> {
  if (process.platform !== 'win32') {
    const name = `quittance-${createHash('sha256').update(place.data).digest('hex').slice(0, 12)}`;
    for (const parent of new Set([tmpdir(), '/tmp'])) {
      const socketDir = join(parent, name);
      const length = Buffer.byteLength(join(socketDir, `.s.PGSQL.${SOCKET_PORT}`));
      if (length <= SOCKET_PATH_BYTES_MAX && makeSocketDir(socketDir, parent, account))
        return { socketDir, port: SOCKET_PORT };
    }
  }
  return { socketDir: undefined, port: await freePort() };
}

/** Everybody may write into the temporary folder, so a folder of this name that is not our own is left alone. */
function makeSocketDir(socketDir: string, parent: string, account: ServerAccount): boolean {
  try {
    if (!canReach(account, parent)) return false;
    const there = lstatSync(socketDir, { throwIfNoEntry: false });
    const self = process.getuid?.();
    if (there && (!there.isDirectory() || (there.uid !== self && there.uid !== account?.uid))) return false;
    rmSync(socketDir, { recursive: true, force: true });
    mkdirSync(socketDir, { mode: 0o700 });
    giveTo(account, socketDir);
    return true;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** A server process that was just started, and the place in the log where its words begin. */
export type Launch = { readonly child: ChildProcess; readonly logStart: number };

/**
 * Starts a server process. It gets a process group of its own, so that Ctrl-C reaches us and not the database under us.
 * It outlives us if we crash; the next start finds it.
 */
export function launch(
  place: Layout,
  binaries: Binaries,
  account: ServerAccount,
  { address, durability }: { readonly address: Address; readonly durability: Durability },
): Launch {
  disownStalePid(place);
  rotateLog(place);
  const log = openSync(place.log, 'a', 0o600);
  const logStart = fstatSync(log).size;
  const flags = Object.entries(settings(address, durability)).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const child = spawn(join(binaries.bin, 'postgres'), ['-D', serverPath(place.data, account), ...flags], {
    ...runAs(account, place.data),
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.unref();
  return { child, logStart };
}

/**
 * After a reboot, or in a container, the number in a left-over `postmaster.pid` may belong to some other program of the
 * same user, and PostgreSQL would then refuse to start. A number of its own parent does not worry it, and it still
 * looks for orphaned processes of the old server by shared memory, which removing the file would prevent.
 */
function disownStalePid(place: Layout): void {
  if (process.platform === 'win32' || readPostmaster(place) === undefined) return;
  const path = join(place.data, 'postmaster.pid');
  const [, ...rest] = readFileSync(path, 'utf8').split('\n');
  writeFileSync(path, [process.pid, ...rest].join('\n'));
}

/** Starts the log anew when it has grown large. Copied and emptied, since a running server holds the file open. */
export function rotateLog(place: Layout): void {
  if ((statSync(place.log, { throwIfNoEntry: false })?.size ?? 0) <= LOG_BYTES_MAX) return;
  writeFileSync(`${place.log}.1`, readFileSync(place.log), { mode: 0o600 });
  writeFileSync(place.log, '');
}

/** What the server wrote since it was started, at most a screen of it. */
export function logSince(place: Layout, start: number): string {
  const file = openSync(place.log, 'r');
  const from = Math.max(start, fstatSync(file).size - LOG_TAIL_BYTES);
  const buffer = Buffer.alloc(LOG_TAIL_BYTES);
  const length = readSync(file, buffer, 0, LOG_TAIL_BYTES, from);
  closeSync(file);
  return buffer.toString('utf8', 0, length).trim();
}

function settings(address: Address, durability: Durability): Readonly<Record<string, string | number>> {
  return {
    port: address.port,
    listen_addresses: address.socketDir === undefined ? '127.0.0.1' : '',
    unix_socket_directories: address.socketDir === undefined ? '' : `"${address.socketDir}"`,
    max_connections: 100,
    ...memorySettings(),
    // Reports are many and short here; compiling their plans costs more than it saves.
    jit: 'off',
    random_page_cost: 1.1,
    max_parallel_workers_per_gather: Math.min(2, availableParallelism() - 1),
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(durability === 'safe' ? SAFE : TEST),
  };
}

const SAFE = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  wal_level: 'replica',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
} as const;

const TEST = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: 0,
  max_wal_size: '1GB',
  io_method: 'sync',
  shared_buffers: '128MB',
} as const;

/** A quarter of the memory for shared buffers, up to 512 MB: the embedded server shares its machine with the program. */
function memorySettings(): Readonly<Record<string, string>> {
  const limit = process.constrainedMemory();
  const memory = Math.floor(Math.min(totalmem(), limit > 0 ? limit : Number.POSITIVE_INFINITY) / MEBIBYTE);
  const within = (least: number, wanted: number, most: number) =>
    `${Math.max(least, Math.min(Math.floor(wanted), most))}MB`;
  return {
    shared_buffers: within(32, memory / 4, 512),
    effective_cache_size: within(64, memory / 2, 65_536),
    maintenance_work_mem: within(32, memory / 16, 256),
    work_mem: '32MB',
    ...(hasSmallSharedMemory() ? { dynamic_shared_memory_type: 'mmap' } : {}),
  };
}

/** Containers often get 64 MB of shared memory, which one parallel query can exhaust. */
function hasSmallSharedMemory(): boolean {
  if (process.platform !== 'linux') return false;
  try {
    const { bsize, blocks } = statfsSync('/dev/shm');
    return bsize * blocks < 256 * MEBIBYTE;
  } catch {
    return true;
  }
}
