// `npm run dev`: as `npm start`, for people who change the program: the server starts again when its source changes, and
// the web app comes from Vite, which shows a change at once. The database stays up meanwhile.

import './require-node.ts';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { startEmbedded } from '#db/embedded.ts';
import { readSettings } from './settings.ts';
import { explain, Shutdown } from './shutdown.ts';
import { REPOSITORY } from './web-build.ts';

/** Vite's own port; it takes the next one if this is taken, and says so. */
const WEB_PORT = '5173';

const shutdown = new Shutdown((line) => console.log(line));

try {
  const { databaseUrl, dataDir, host, port } = readSettings(process.env, true);
  const api = `http://${host}:${port}`;
  const env = { ...process.env, DATABASE_URL: databaseUrl ?? (await openEmbedded(dataDir)) };
  run('The server', ['--watch', '--watch-preserve-output', 'bin/start.ts'], {
    ...env,
    PORT: String(port),
    QUITTANCE_BUILD_WEB: 'off',
    QUITTANCE_URL: process.env.QUITTANCE_URL || `http://localhost:${WEB_PORT}`,
    QUITTANCE_LOG: process.env.QUITTANCE_LOG ?? join(dataDir, 'quittance.log'),
  });
  run(
    'Vite',
    ['node_modules/vite/bin/vite.js', '--config', 'web/vite.config.ts', '--host', host, '--port', WEB_PORT],
    {
      ...env,
      QUITTANCE_API: api,
    },
  );
  console.log(`\nThe web app from its source: http://localhost:${WEB_PORT}   The API: ${api}\n`);
} catch (error) {
  console.error(explain(error));
  await shutdown.end(1);
}

async function openEmbedded(dataDir: string): Promise<string> {
  const starting = startEmbedded({ dataDir, log: console.log });
  shutdown.add('The database', () =>
    starting.then(
      (database) => database.stop(),
      () => {},
    ),
  );
  return (await starting).url;
}

/** Both parts in process groups of their own, so that they are stopped in order and with all their children. */
function run(name: string, args: readonly string[], env: NodeJS.ProcessEnv): void {
  const detached = process.platform !== 'win32';
  const child = spawn(process.execPath, args, { cwd: REPOSITORY, env, stdio: 'inherit', detached });
  shutdown.add(name, () => stop(child));
  child.once('exit', () => {
    if (!shutdown.begun) void shutdown.end(1);
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  if (process.platform === 'win32') child.kill();
  else process.kill(-child.pid, 'SIGTERM');
  await ended;
}
