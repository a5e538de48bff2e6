// A worker process that takes a job and never finishes it, to be killed by a test: `hanging-worker.ts DATABASE_URL QUEUE`.

import { openJobs } from '#jobs/queue.ts';

const [databaseUrl = '', queue = ''] = process.argv.slice(2);
const log = { error: console.error, warn() {}, info() {} };
const jobs = await openJobs(databaseUrl, { log, worker: true });
await jobs.work({
  [queue]: () => {
    process.send?.('taken');
    return new Promise(() => setInterval(() => {}, 1_000));
  },
});
