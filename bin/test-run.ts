// A run of checks and tests: tools beside each other, then sections of tests one after the other, each in a process of its
// own, under one time limit, summed up in one line. Whatever ends the run (a failure, Ctrl-C, the limit), what it started
// is ended with it.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, globSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedServer, findRunning, startEmbedded, stopAbandoned } from '#db/embedded.ts';
import { prepareTestDatabase } from '../test/support/database.ts';
import { type Failure, readTally } from './count-tests.ts';
import { dealTests } from './test-batches.ts';
import { REPOSITORY } from './web-build.ts';

/** A run that takes longer hangs, also on a machine half as fast as usual; CI would be cut off later without a word. */
const RUN_MINUTES_MAX = 60;
/** A single test that takes longer hangs. */
const TEST_MINUTES_MAX = 5;
/** Processes of tests at a time. */
const LANES = Math.min(4, availableParallelism());
const SHARE = join(REPOSITORY, 'bin', 'test-share.ts');
const COMPARE_DATES = new URL('../test/support/compare-dates.ts', import.meta.url).href;
export const SPARE_FOLDER = 'quittance-run-';
/** What Node compiled for one process of tests, kept for the next: they load the same modules. */
const COMPILED = join(REPOSITORY, '.tmp', 'compiled');
/** A folder this old with no server is the rest of a killed run. */
const SPARE_MINUTES = 30;

/** One part of a run, by its heading: a tool that passes or fails as a whole, or test files. */
export type Section = Tool | Tests;

type Tool = { readonly title: string; readonly tool: readonly string[] };
type Tests = {
  readonly title: string;
  readonly files: readonly string[];
  readonly flags?: readonly string[];
  /** Whether files share processes; without, each has one of its own. */
  readonly shared?: true | undefined;
};

const tool = (path: string) => join(REPOSITORY, 'node_modules', path);

export const FORMAT: Section = {
  title: 'Format and lint',
  tool: [tool('@biomejs/biome/bin/biome'), 'check', '.'],
};

/** The type checks: the server and tools, and the web app, which has another world around it. */
export function typeChecks(): readonly Section[] {
  const projects = ['tsconfig.json', 'web/tsconfig.json'].filter((path) =>
    existsSync(join(REPOSITORY, path)),
  );
  return projects.map((path) => ({
    title: `Types of ${path}`,
    tool: [tool('typescript/bin/tsc'), '--noEmit', '-p', path],
  }));
}

/** Test files of the repository that match, in a stable order. */
export function testFiles(...patterns: readonly string[]): readonly string[] {
  return globSync(patterns, {
    cwd: REPOSITORY,
    exclude: ['node_modules/**', 'web/dist/**', '.quittance/**', '.tmp/**'],
  }).sort();
}

/**
 * Runs the tools, as many at a time as the machine has cores, then the tests in order; prints the sum and ends the process:
 * with 0 if nothing failed and something ran.
 */
export async function runAndExit(sections: readonly Section[]): Promise<never> {
  const run = new Run();
  const begun = performance.now();
  const end = (why: string) => void run.abort(why);
  // Never `once`: Ctrl-C under npm arrives twice, from the terminal and from npm, and the second would kill us midway.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(name, () => end(`ended by ${name}`));
  setTimeout(() => end(`stopped after ${RUN_MINUTES_MAX} minutes`), RUN_MINUTES_MAX * 60_000).unref();
  try {
    await run.tools(sections.filter((section) => 'tool' in section));
    for (const section of sections) if ('files' in section) await run.tests(section);
  } catch (error) {
    run.fail(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  await run.close();
  process.exit(run.report(begun) ? 0 : 1);
}

class Run {
  readonly #failures: Failure[] = [];
  #passed = 0;
  #failed = 0;
  #skipped = 0;
  #aborted: string | undefined;
  readonly #children = new Set<ChildProcess>();
  #server: Promise<EmbeddedServer | undefined> | undefined;
  #folder: string | undefined;
  #tallies = 0;

  /** Runs tools beside each other; after an abort none. Most of them keep one core busy, and none waits for another. */
  async tools(tools: readonly Tool[]): Promise<void> {
    const left = [...tools];
    const lane = async (): Promise<void> => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) await this.#runTool(next);
    };
    await Promise.all(Array.from({ length: availableParallelism() }, lane));
  }

  /** What a tool says stands together, under its heading. */
  async #runTool({ title, tool: command }: Tool): Promise<void> {
    const said: Buffer[] = [];
    const status = await this.#node(command, process.env, (part) => said.push(part));
    if (this.#aborted !== undefined && status === null) return;
    printHeading(title);
    process.stdout.write(Buffer.concat(said));
    if (this.#aborted !== undefined) return;
    if (status === 0) this.#passed += 1;
    else this.fail(title);
  }

  /** Runs one section of tests; after an abort none. */
  async tests({ title, files, flags = [], shared }: Tests): Promise<void> {
    if (this.#aborted !== undefined || files.length === 0) return;
    printHeading(title);
    const url = await this.#testDatabase();
    if (shared) await this.#runShared(files, url);
    else await this.#runEachAlone(title, files, flags, url);
  }

  async #runEachAlone(
    title: string,
    files: readonly string[],
    flags: readonly string[],
    url: string,
  ): Promise<void> {
    const tally = this.#newTally();
    const status = await this.#node(
      ['--test', `--test-concurrency=${LANES}`, ...testFlags(tally), ...flags, ...files],
      environment(url),
    );
    if (this.#aborted === undefined) this.#add(title, tally, status);
  }

  /** As many processes at a time as there are lanes, each for a batch of files. */
  async #runShared(files: readonly string[], url: string): Promise<void> {
    const batches = dealTests(files, LANES);
    const lane = async (): Promise<void> => {
      for (const batch of batches) await this.#runBatch(batch, url);
    };
    await Promise.all(Array.from({ length: LANES }, lane));
  }

  /** What the tests of a batch say stands together. */
  async #runBatch(files: readonly string[], url: string): Promise<void> {
    if (this.#aborted !== undefined) return;
    const tally = this.#newTally();
    const said: Buffer[] = [];
    const status = await this.#node([...testFlags(tally), SHARE, ...files], environment(url), (part) =>
      said.push(part),
    );
    process.stdout.write(Buffer.concat(said));
    const { finished } = readTally(tally);
    const unfinished = files.filter((file) => !finished.has(file));
    if (this.#aborted !== undefined) {
      if (unfinished.length > 0) console.log(`Not finished: ${unfinished.join(', ')}`);
      return;
    }
    for (const file of unfinished)
      this.fail(`${file}: its process ended with ${status} before it was finished`);
    this.#add(files.join(', '), tally, status, unfinished.length > 0);
  }

  #newTally(): string {
    this.#tallies += 1;
    return join(this.#spareFolder(), `tally-${this.#tallies}.jsonl`);
  }

  #add(title: string, path: string, status: number | null, isExplained = false): void {
    const tally = readTally(path);
    this.#passed += tally.passed;
    this.#skipped += tally.skipped;
    this.#failed += tally.failed;
    this.#failures.push(...tally.failures);
    if (isExplained) return;
    // Nothing is counted where a file ended the process that runs them all, which may say that all is well.
    if (!tally.isWhole) this.fail(`${title}: the test runner ended with ${status} before it counted`);
    else if (status !== 0 && tally.failed === 0) this.fail(`${title}: the test runner ended with ${status}`);
  }

  fail(what: string): void {
    this.#failed += 1;
    this.#failures.push({ failure: what, why: '' });
  }

  /** Ends what is running. The loop over the sections then comes to its end by itself. */
  async abort(why: string): Promise<void> {
    if (this.#aborted !== undefined) return;
    this.#aborted = why;
    this.fail(why);
    for (const child of this.#children) killGroup(child);
  }

  /**
   * A process group of its own, so that its children end with it; and so that Ctrl-C comes to us alone. What it says goes
   * where ours goes, or to who hears it.
   */
  async #node(
    args: readonly string[],
    env: NodeJS.ProcessEnv,
    hear?: (part: Buffer) => void,
  ): Promise<number | null> {
    if (this.#aborted !== undefined) return null;
    const output = hear === undefined ? 'inherit' : 'pipe';
    const child = spawn(process.execPath, args, {
      cwd: REPOSITORY,
      env,
      stdio: ['ignore', output, output],
      detached: process.platform !== 'win32',
    });
    this.#children.add(child);
    if (hear !== undefined) for (const stream of [child.stdout, child.stderr]) stream?.on('data', hear);
    const ended = once(child, hear === undefined ? 'exit' : 'close');
    child.once('exit', () => killGroup(child));
    const [status] = await ended;
    this.#children.delete(child);
    return status;
  }

  async #testDatabase(): Promise<string> {
    this.#server ??= this.#startServer();
    const server = await this.#server;
    return prepareTestDatabase(server?.url ?? process.env.DATABASE_URL_TEST ?? '');
  }

  async #startServer(): Promise<EmbeddedServer | undefined> {
    if (process.env.DATABASE_URL_TEST !== undefined) return undefined;
    return startEmbedded({ dataDir: this.#spareFolder(), durability: 'test', log: console.log });
  }

  #spareFolder(): string {
    if (this.#folder === undefined) {
      this.#folder = mkdtempSync(join(tmpdir(), SPARE_FOLDER));
      chmodSync(this.#folder, 0o755); // The database server may run as another user.
    }
    return this.#folder;
  }

  async close(): Promise<void> {
    await (await this.#server?.catch(() => undefined))?.stop();
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
    await removeKilledRuns();
  }

  /** Prints what failed and why, and the closing line; says whether all is well. */
  report(begun: number): boolean {
    console.log(`\n── Result after ${Math.round((performance.now() - begun) / 1000)} s ${'─'.repeat(80)}\n`);
    for (const { failure, why } of this.#failures)
      console.log(why === '' ? `✖ ${failure}` : `✖ ${failure}\n${why.replaceAll(/^/gmu, '    ')}`);
    const nothing = this.#passed + this.#failed === 0;
    if (nothing) console.log('Nothing was run.');
    console.log(`${this.#passed} passed, ${this.#failed} failed, ${this.#skipped} skipped`);
    return this.#failed === 0 && !nothing;
  }
}

/** What every process of tests is told: the limit of a test, and where to report. */
function testFlags(tally: string): readonly string[] {
  return [
    `--import=${COMPARE_DATES}`,
    `--test-timeout=${TEST_MINUTES_MAX * 60_000}`,
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    `--test-reporter=${new URL('count-tests.ts', import.meta.url).href}`,
    `--test-reporter-destination=${tally}`,
  ];
}

/** What the tests see of the outside: never the database, data or mail server of somebody's real Quittance. */
function environment(databaseUrl: string): NodeJS.ProcessEnv {
  const { DATABASE_URL, QUITTANCE_DATA, SMTP_URL, PORT, HOST, NODE_TEST_CONTEXT, ...rest } = process.env;
  return { NODE_COMPILE_CACHE: COMPILED, ...rest, QUITTANCE_TEST_DATABASE_URL: databaseUrl };
}

function printHeading(title: string): void {
  console.log(`\n── ${title} ${'─'.repeat(Math.max(3, 100 - title.length))}\n`);
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nobody of the group is left.
  }
}

/** Stops and removes what earlier runs left that were themselves killed. */
async function removeKilledRuns(): Promise<void> {
  for (const name of globSync(`${SPARE_FOLDER}*`, { cwd: tmpdir() })) {
    const folder = join(tmpdir(), name);
    const { uid, mtimeMs } = statSync(folder, { throwIfNoEntry: false }) ?? { uid: -1, mtimeMs: 0 };
    const isOld = mtimeMs < Date.now() - SPARE_MINUTES * 60_000;
    if (uid !== (process.getuid?.() ?? uid) || !isOld) continue;
    await stopAbandoned(folder);
    if ((await findRunning(folder)) === undefined) rmSync(folder, { recursive: true, force: true });
  }
}
