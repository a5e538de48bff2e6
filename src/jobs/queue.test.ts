import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openPool, type Pool } from '#db/pool.ts';
import { q } from '#db/query.ts';
import { inTenant } from '#db/transaction.ts';
import { newId, type TenantId } from '#kernel/id.ts';
import { type Clone, cloneDatabase } from '../../test/support/database.ts';
import { inTurns, type RunningJob } from './job.ts';
import { type Jobs, openJobs } from './queue.ts';

const QUIET = { error() {}, warn() {}, info() {} };

let database: Clone;
let pool: Pool;
let jobs: Jobs;
let tenantId: TenantId;

before(async () => {
  database = await cloneDatabase();
  pool = openPool(database.url);
  jobs = await openJobs(database.url, { log: QUIET, worker: true });
  tenantId = newId<'tenant'>();
  await inTenant(pool, tenantId, async (tx) =>
    tx.write(q.insertInto('tenant').values({ id: tenantId, slug: 'one', name: 'One' })),
  );
});

after(async () => {
  await jobs.close();
  await pool.end();
  await database.drop();
});

type Stored = { readonly state: string; readonly data: { readonly payload: unknown } };

async function stored(queue: string): Promise<readonly Stored[]> {
  const { rows } = await pool.query<Stored>(
    'select state, data from jobs.job where name = $1 order by created_on, id',
    [queue],
  );
  return rows;
}

/** Handles the jobs of a queue and says how to wait for them. */
function collector() {
  const seen: RunningJob[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  return {
    seen,
    handle: async (job: RunningJob) => {
      seen.push(job);
      for (const w of waiting) if (seen.length >= w.count) w.resolve();
    },
    until: (count: number) =>
      seen.length >= count
        ? Promise.resolve()
        : new Promise<void>((resolve) => waiting.push({ count, resolve })),
  };
}

test('a job exists exactly if the transaction that left it commits', async () => {
  const leave = (queue: string, fails: boolean) =>
    inTenant(pool, tenantId, async (tx) => {
      await jobs.enqueue(tx, [{ queue, payload: { fails } }]);
      if (fails) throw new Error('changed its mind');
    });
  await assert.rejects(leave('exactly', true), /changed its mind/);
  assert.deepEqual(await stored('exactly'), []);
  await leave('exactly', false);
  assert.deepEqual(
    (await stored('exactly')).map((job) => job.data.payload),
    [{ fails: false }],
  );
});

test('where tenants take turns, much to do for one keeps no other waiting, and a slow job holds up its lane alone', async () => {
  const other = newId<'tenant'>();
  const leave = (who: TenantId, queue: string, count: number) =>
    inTenant(pool, who, (tx) =>
      jobs.enqueue(
        tx,
        Array.from({ length: count }, (_, n) => ({ queue, payload: { n } })),
      ),
    );
  await leave(tenantId, 'turns', 60);
  await leave(other, 'turns', 1);
  await leave(tenantId, 'lanes', 6);
  await leave(other, 'lanes', 1);
  const many = collector();
  const slow = collector();
  let release = (): void => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await jobs.work({
    turns: inTurns(
      async (job) => {
        await sleep(50);
        await many.handle(job);
      },
      { lanes: 4, jobsALane: 5, jobsATenant: 5 },
    ),
    lanes: inTurns(
      async (job) => {
        await slow.handle(job);
        if (job.tenantId === tenantId) await released;
      },
      { lanes: 4, jobsALane: 1, jobsATenant: 2 },
    ),
  });
  while (!slow.seen.some((job) => job.tenantId === other)) await sleep(20);
  // Two, or one more where two lanes looked at one moment.
  const held = slow.seen.filter((job) => job.tenantId === tenantId).length;
  assert.ok(held <= 3, `${held} of one tenant are in hand`);
  release();
  await Promise.all([slow.until(7), many.until(61)]);
  const place = many.seen.findIndex((job) => job.tenantId === other);
  assert.ok(place <= 20, `after ${place} others`);
});

test('jobs with the same key wait as one, for each tenant and queue', async () => {
  const other = newId<'tenant'>();
  const leave = (who: TenantId, keys: readonly string[]) =>
    inTenant(pool, who, (tx) =>
      jobs.enqueue(
        tx,
        keys.map((key) => ({ queue: 'keyed', payload: { key }, key })),
      ),
    );
  await leave(tenantId, ['a', 'b', 'a']);
  await leave(tenantId, ['a']);
  assert.equal((await stored('keyed')).length, 2);
  await leave(other, ['a']);
  assert.equal((await stored('keyed')).length, 3);
});

test('of jobs with the same key the earliest moment counts', async () => {
  const leave = (after: string) =>
    inTenant(pool, tenantId, (tx) =>
      jobs.enqueue(tx, [{ queue: 'earliest', payload: {}, key: 'k', after: Temporal.Instant.from(after) }]),
    );
  await leave('2126-01-02T00:00:00Z');
  await leave('2126-01-01T00:00:00Z');
  await leave('2126-01-03T00:00:00Z');
  const { rows } = await pool.query<{ start_after: Temporal.Instant }>(
    `select start_after from jobs.job where name = 'earliest'`,
  );
  assert.deepEqual(
    rows.map((row) => row.start_after.toString()),
    ['2126-01-01T00:00:00Z'],
  );
});

test('a waiting job that a transaction leaves again is not taken before that transaction commits', async () => {
  const leave = (work: () => Promise<void>) =>
    inTenant(pool, tenantId, async (tx) => {
      await jobs.enqueue(tx, [{ queue: 'not-early', payload: {}, key: 'k' }]);
      await tx.settle();
      await work();
    });
  await leave(async () => {});
  const { seen, handle, until } = collector();
  await leave(async () => {
    await jobs.work({ 'not-early': handle });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    assert.equal(seen.length, 0, 'the transaction has not committed yet');
  });
  await until(1);
});

test('a worker gets the tenant and what the job is about, many at a time', async () => {
  const { seen, handle, until } = collector();
  await inTenant(pool, tenantId, (tx) =>
    jobs.enqueue(
      tx,
      Array.from({ length: 70 }, (_, n) => ({ queue: 'many', payload: { n } })),
    ),
  );
  await jobs.work({ many: handle });
  const started = performance.now();
  await until(70);
  assert.ok(performance.now() - started < 3_000, 'a full batch is followed by the next at once');
  assert.ok(seen.every((job) => job.tenantId === tenantId));
  assert.deepEqual(
    seen.map((job) => job.payload.n as number).sort((a, b) => a - b),
    Array.from({ length: 70 }, (_, n) => n),
  );
});

// Seen to fail when nobody is woken: the job waits half a minute then; and when a look that fails ends the looking.
test('a job is taken within a moment, also after the database hung up on whoever looks for it', async () => {
  const { handle, until } = collector();
  await jobs.work({ moment: handle });
  for (const count of [1, 2, 3]) {
    for (const until = performance.now() + 1_500; performance.now() < until; )
      await pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and application_name like 'quittance%jobs'`,
      );
    const left = performance.now();
    await inTenant(pool, tenantId, (tx) => jobs.enqueue(tx, [{ queue: 'moment', payload: {} }]));
    await until(count);
    assert.ok(performance.now() - left < 10_000, `job ${count} was taken within a moment`);
  }
});

test('a job that fails is tried again under the same id, and the others of its batch are done once', async () => {
  const { seen, handle, until } = collector();
  await inTenant(pool, tenantId, (tx) =>
    jobs.enqueue(tx, [
      { queue: 'fails', payload: { bad: true } },
      { queue: 'fails', payload: { bad: false } },
    ]),
  );
  await jobs.work({
    fails: async (job) => {
      await handle(job);
      if (job.payload.bad === true && seen.filter((s) => s.payload.bad === true).length === 1)
        throw new Error('trouble outside');
    },
  });
  await until(3);
  const bad = seen.filter((job) => job.payload.bad === true);
  assert.deepEqual([bad.length, seen.length], [2, 3]);
  assert.equal(bad[0]?.jobId, bad[1]?.jobId);
});

test('a job known by its id is done once, however often it is left', async () => {
  const { seen, handle, until } = collector();
  const job = { id: crypto.randomUUID(), tenantId, queue: 'once', payload: {} };
  await jobs.enqueueOnce([job]);
  await jobs.enqueueOnce([job]);
  await jobs.work({ once: handle });
  await until(1);
  while ((await stored('once'))[0]?.state !== 'completed') await new Promise((r) => setTimeout(r, 50));
  await jobs.enqueueOnce([job]);
  assert.equal((await stored('once')).length, 1);
  assert.equal(seen.length, 1);
});

test('closing waits for the jobs that run', async () => {
  const own = await openJobs(database.url, { log: QUIET, worker: true });
  let isDone = false;
  const started = Promise.withResolvers<void>();
  await own.enqueueOnce([{ id: crypto.randomUUID(), tenantId, queue: 'slow', payload: {} }]);
  await own.work({
    slow: async () => {
      started.resolve();
      await new Promise((resolve) => setTimeout(resolve, 700));
      isDone = true;
    },
  });
  await started.promise;
  await own.close();
  assert.ok(isDone);
  assert.deepEqual(
    (await stored('slow')).map((job) => job.state),
    ['completed'],
  );
});

test('the job of a killed worker is done by another', async () => {
  const child = fork(new URL('../../test/support/hanging-worker.ts', import.meta.url), [
    database.url,
    'hangs',
  ]);
  await jobs.enqueueOnce([{ id: crypto.randomUUID(), tenantId, queue: 'hangs', payload: {} }]);
  await once(child, 'message');
  child.kill('SIGKILL');
  await once(child, 'exit');
  // The ten seconds that a worker may be silent are over sooner.
  await pool.query(`update jobs.job set heartbeat_on = now() - interval '1 minute' where name = 'hangs'`);
  const { handle, until } = collector();
  await jobs.work({ hangs: handle });
  await until(1);
});

test('live workers are known, and so is what was given up', async () => {
  const health = await jobs.health();
  assert.ok(health.workers.some((worker) => worker.pid === process.pid));
  assert.equal(health.dead, 0);
});
