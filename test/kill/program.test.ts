// The whole product is killed again and again, with and without its database, and started again.
// In a process of its own: it kills programs, again and again, which takes long.

import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { findRunning } from '#db/embedded.ts';
import { present } from '#kernel/assert.ts';
import { REPOSITORY } from '../../bin/web-build.ts';
import { killAll, type Program, Programs, serverFamily } from './programs.ts';
import { type Cast, PLAY_MS_MAX, play } from './scenario.ts';

const isWindows = process.platform === 'win32';

test('killed with or without its database, the product loses nothing and does nothing twice', {
  skip: isWindows && 'there is no SIGKILL on Windows',
  timeout: PLAY_MS_MAX,
}, async (t) => {
  let programs: Programs | undefined;
  t.after(() => programs?.close());
  await play(t, 3, async (smtpUrl) => {
    programs = new Programs({ SMTP_URL: smtpUrl });
    return castOf(programs);
  });
  const { dataDir } = present(programs, 'the cast was made');
  const env = { ...process.env, DATABASE_URL: '', QUITTANCE_DATA: dataDir };
  await promisify(execFile)(process.execPath, ['src/cli.ts', 'verify'], { cwd: REPOSITORY, env });
});

/** `npm start`, and a second worker on the same data folder. */
async function castOf(programs: Programs): Promise<Cast> {
  const databaseOf = async () =>
    present(await findRunning(programs.dataDir), 'the database of a running program runs');
  const startWorker = () => programs.start({ QUITTANCE_ROLE: 'worker' });
  let main: Program = await programs.start();
  let worker: Program = await startWorker();
  let database = await databaseOf();
  const victims: Readonly<Record<string, () => readonly number[]>> = {
    program: () => [main.pid],
    database: () => serverFamily(database.pid),
    everything: () => [...serverFamily(database.pid), main.pid, worker.pid],
    worker: () => [worker.pid],
  };
  let killed = '';
  let listening = [main.address];
  return {
    databaseUrl: database.url,
    victims: Object.keys(victims),
    addresses: () => listening,
    prepare: async () => {},
    kill(victim) {
      killed = victim;
      if (victim !== 'worker') listening = [];
      killAll(victims[victim]?.() ?? []);
    },
    async comeBack() {
      if (killed !== 'worker') {
        // With its database gone the program ends by itself; the second worker waits for another database.
        await main.ended;
        main = await programs.start();
        database = await databaseOf();
        listening = [main.address];
      }
      if (killed === 'worker' || killed === 'everything') {
        await worker.ended;
        worker = await startWorker();
      }
    },
  };
}
