// A worker as a process of its own for benchmarks, as it is in life, but for the clock: nothing is started by the time of day.

import { join } from 'node:path';
import { openLog } from '#http/log.ts';
import { makeHandlers } from '../src/handlers.ts';
import { startWorker } from '../src/worker.ts';

const [databaseUrl = '', dataDir = ''] = process.argv.slice(2);

const worker = await startWorker({
  databaseUrl,
  dataDir,
  log: openLog({ role: 'worker', file: join(dataDir, 'bench-worker.log') }),
  tables: { handlers: makeHandlers, schedules: [] },
});
process.once('disconnect', () => void worker.close().then(() => process.exit(0)));
