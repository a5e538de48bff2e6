// The product as a user runs it, in processes of its own, and how it is killed: SIGKILL, which nothing can catch. What was
// started is remembered, so that a test that fails leaves nothing behind.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopAbandoned } from '#db/embedded.ts';
import { SPARE_FOLDER } from '../../bin/test-run.ts';
import { REPOSITORY } from '../../bin/web-build.ts';

/** A process of the product that says that it is running. */
export type Program = {
  readonly pid: number;
  /** Where its server listens; empty where it has none. */
  readonly address: string;
  /** Settled when it has ended, with the exit code, or null where it was killed. */
  readonly ended: Promise<number | null>;
};

/** A folder for data, and the processes that work on it. */
export class Programs {
  /** Named as folders of test runs are, so that a later run sweeps up even after one that was itself killed. */
  readonly dataDir = mkdtempSync(join(tmpdir(), SPARE_FOLDER));
  readonly #children: ChildProcess[] = [];
  readonly #settings: Readonly<Record<string, string>>;

  constructor(settings: Readonly<Record<string, string>>) {
    this.#settings = settings;
    chmodSync(this.dataDir, 0o755); // The database server may run as another user.
  }

  /** Starts one by `bin/start.ts`, and waits until it runs. */
  async start(settings: Readonly<Record<string, string>> = {}): Promise<Program> {
    const child = spawn(process.execPath, ['bin/start.ts'], {
      cwd: REPOSITORY,
      env: {
        ...process.env,
        DATABASE_URL: '',
        QUITTANCE_DATA: this.dataDir,
        QUITTANCE_DEMO: 'off',
        QUITTANCE_BUILD_WEB: 'off',
        QUITTANCE_LOG: join(this.dataDir, 'quittance.log'),
        QUITTANCE_URL: '',
        ...this.#settings,
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#children.push(child);
    const ended = once(child, 'exit').then(([code]) => code as number | null);
    const said = await Promise.race([untilRunning(child), ended.then(() => 'It ended.')]);
    if (child.pid === undefined || !/running/.test(said)) throw new Error(`a program did not start: ${said}`);
    return { pid: child.pid, address: /http:\S+/.exec(said)?.[0] ?? '', ended };
  }

  /** Ends and removes everything, however it stands; the database as told, or as one that nobody owns any more. */
  async close(stopDatabase: () => Promise<unknown> = () => stopAbandoned(this.dataDir)): Promise<void> {
    for (const child of this.#children) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
    await stopDatabase();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/** What a program said up to the word that it is running, or to its last one. */
function untilRunning(child: ChildProcess): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      said += chunk;
      if (/running/.test(said)) resolve(said);
    });
  }
  child.once('close', () => resolve(said));
  return promise;
}

/** Kills processes at once, in the order given; one that has ended already is passed over. */
export function killAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

/** A PostgreSQL server and the processes it started, itself first, so that it starts no others while they are killed. */
export function serverFamily(pid: number): readonly number[] {
  return [pid, ...parents().flatMap(([child, parent]) => (parent === pid ? [child] : []))];
}

/** Each process of this machine with the one that started it. */
function parents(): readonly (readonly [child: number, parent: number])[] {
  if (process.platform === 'linux')
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(parentOf);
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  return stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map(([child = 0, parent = 0]) => [child, parent]);
}

function parentOf(name: string): readonly [number, number] {
  try {
    // After the name of the program, which may hold anything: state, parent, …
    const [, parent] = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return [Number(name), Number(parent)];
  } catch {
    return [Number(name), 0];
  }
}
