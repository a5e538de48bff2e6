// Builds the web app when its sources are newer than what was built. One package, no build step on the server: this is
// the only thing that is ever built, and the programs do it themselves.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { waitForLock } from '#db/file-lock.ts';
import { Refusal } from '#kernel/refusal.ts';

export const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));
export const WEB_DIR = join(REPOSITORY, 'web', 'dist');
const WEB_CONFIG = join(REPOSITORY, 'web', 'vite.config.ts');
const VITE = join(REPOSITORY, 'node_modules', 'vite', 'bin', 'vite.js');

/** Another process builds for seconds, not for minutes. */
const BUILD_TURN_MS = 5 * 60_000;

/** How to build the web app, as arguments for Node. */
export const WEB_BUILD = [VITE, 'build', '--config', WEB_CONFIG, '--logLevel', 'warn'] as const;

/** Everything that goes into the web app: its own files, what it may import from the server, and the exact libraries. */
const INPUTS = [
  'web/**/*.{ts,tsx,css,html,svg,png,json}',
  'src/kernel/*.ts',
  'src/*/contract*.ts',
  'package-lock.json',
];

/** Whether the web app was never built, or something it is made from changed since. */
export function webIsStale(): boolean {
  const built = statSync(join(WEB_DIR, 'index.html'), { throwIfNoEntry: false });
  if (built === undefined) return true;
  const inputs = globSync(INPUTS, { cwd: REPOSITORY, exclude: ['web/dist/**'] });
  return inputs.some((file) => statSync(join(REPOSITORY, file)).mtimeMs > built.mtimeMs);
}

/**
 * Builds the web app if it is stale. Of several processes that start at once, one builds and the others wait.
 *
 * Where the builder was left out of the installation, an older build is good enough.
 *
 * Refuses: `web_not_built` (the builder failed, or is missing and there is no build at all).
 */
export async function buildWebIfStale(log: (line: string) => void): Promise<void> {
  if (!webIsStale() || (!existsSync(VITE) && existsSync(WEB_DIR))) return;
  mkdirSync(join(REPOSITORY, '.tmp'), { recursive: true });
  const turn = await waitForLock(join(REPOSITORY, '.tmp', 'web-build.lock'), BUILD_TURN_MS);
  try {
    if (webIsStale()) await build(log);
  } finally {
    turn?.release();
  }
}

async function build(log: (line: string) => void): Promise<void> {
  log('Building the web app …');
  const builder = spawn(process.execPath, WEB_BUILD, {
    cwd: REPOSITORY,
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  for (const stream of [builder.stdout, builder.stderr])
    stream.on('data', (chunk) => said.push(String(chunk)));
  const [status] = await once(builder, 'close');
  if (status === 0) return;
  const todo = existsSync(VITE)
    ? 'Mend what it says; npm run build shows it again.'
    : 'Run npm ci without --omit=dev.';
  throw new Refusal('web_not_built', { said: said.join('').trim(), todo });
}
