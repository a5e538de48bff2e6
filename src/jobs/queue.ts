// The queue of jobs, kept in the same PostgreSQL as the books, so that a job exists exactly if the change that wants it
// was committed. pg-boss does the keeping, behind these few functions; its tables live in the schema `jobs`.

import { setTimeout as sleep } from 'node:timers/promises';
import { CompiledQuery } from 'kysely';
import { type Db, PgBoss, type Job as StoredJob } from 'pg-boss';
import type { Tx } from '#db/transaction.ts';
import { assert } from '#kernel/assert.ts';
import { isId, newId, type TenantId } from '#kernel/id.ts';
import type { Enqueue, Handler, Handlers, HandleTogether, Job, Payload, RunningJob } from './job.ts';

/** Where complaints and news go. */
export type JobLog = {
  error(seen: object, message: string): void;
  warn(seen: object, message: string): void;
  info(seen: object, message: string): void;
};

/** A worker process that was heard of lately. */
export type LiveWorker = { readonly host: string; readonly pid: number; readonly heardAt: Temporal.Instant };

/** The queue as one process sees it. */
export type Jobs = {
  /** Leaves jobs in a transaction; sent without waiting, a failure surfaces before the commit. */
  readonly enqueue: Enqueue;
  /** Leaves jobs that are known by their id, once: an id that is or was there lately is passed over. */
  enqueueOnce(jobs: readonly IdentifiedJob[]): Promise<void>;
  /** Starts to do the jobs of the handlers' queues. */
  work(handlers: Handlers): Promise<void>;
  /** Worker processes heard of within the last half minute, and how many jobs were given up. */
  health(): Promise<{ readonly workers: readonly LiveWorker[]; readonly dead: number }>;
  /** Stops taking jobs, waits for those that run, and leaves. */
  close(): Promise<void>;
};

/** A job for one tenant with an id of the caller's making. */
export type IdentifiedJob = Job & { readonly id: string; readonly tenantId: TenantId };

type Stored = { readonly jobId: string; readonly tenantId: string; readonly payload: Payload };

const SCHEMA = 'jobs';
const DEAD = 'dead';

/** Jobs taken at a time, and how many of them run side by side. */
const BATCH_JOBS = 20;
const PARALLEL_JOBS = 4;
/**
 * How often one question for all queues is asked: which have a job that is due. Without NOTIFY: its lock makes all committing
 * transactions of the database queue up, while a moment's delay harms nobody.
 */
const LOOK_MS = 250;
/** A queue that still has something due, such as jobs of a tenant whose turn it is not, is taken from this often. */
const AGAIN_MS = 1_000;
/** Each queue is also looked into by itself, in case that question goes unanswered. */
const POLL_SECONDS = 30;
/** A worker that is silent for this long is taken for dead; the least that pg-boss allows. */
const HEARTBEAT_SECONDS = 10;
const HEARTBEAT_EVERY_SECONDS = 3;
const SUPERVISE_SECONDS = 3;
/** Tries, a second after the first, then twice as long each time up to an hour: about three hours of trouble. */
const JOB_TRIES_MAX = 13;
const RETRY_SECONDS = 1;
const RETRY_SECONDS_MAX = 3_600;
const JOB_SECONDS_MAX = 3_600;
/** How long done jobs are remembered: ordinary ones for looking into trouble, those known by id so that they stay known. */
const DONE_SECONDS = 3_600;
const DONE_BY_ID_SECONDS = 3 * 86_400;
const DEAD_SECONDS = 90 * 86_400;
const MAINTENANCE_SECONDS = 600;
const CLOSE_TIMEOUT_MS = 30_000;
const QUEUE_OPTIONS = {
  deadLetter: DEAD,
  retryLimit: JOB_TRIES_MAX - 1,
  retryDelay: RETRY_SECONDS,
  retryBackoff: true,
  retryDelayMax: RETRY_SECONDS_MAX,
  heartbeatSeconds: HEARTBEAT_SECONDS,
  expireInSeconds: JOB_SECONDS_MAX,
  deleteAfterSeconds: DONE_SECONDS,
} as const;
const WORK_OPTIONS = {
  batchSize: BATCH_JOBS,
  burstWhenBatchFull: true,
  heartbeatRefreshSeconds: HEARTBEAT_EVERY_SECONDS,
  pollingIntervalSeconds: POLL_SECONDS,
  perJobResults: true,
} as const;
/** The queues of a list that have a job which is due, by the index that jobs are taken by. */
const DUE_QUEUES = `select q.name as queue from unnest($1::text[]) as q(name)
  where exists (select from ${SCHEMA}.job j
    where j.name = q.name and j.state < 'active' and not j.blocked and j.start_after <= ${SCHEMA}.job_now())`;
/** A process that only leaves jobs needs hardly any connection of its own. */
const CONNECTIONS_MAX = 4;

/**
 * Opens the queue. `worker` processes also look after the jobs of workers that died. Safe to be called by several
 * processes at once: the first makes the tables.
 */
export async function openJobs(
  databaseUrl: string,
  options: { readonly log: JobLog; readonly worker?: boolean },
): Promise<Jobs> {
  const worker = options.worker ?? false;
  const boss = new PgBoss({
    connectionString: databaseUrl,
    application_name: worker ? 'quittance worker jobs' : 'quittance jobs',
    schema: SCHEMA,
    max: CONNECTIONS_MAX,
    supervise: worker,
    schedule: false,
    superviseIntervalSeconds: SUPERVISE_SECONDS,
    monitorIntervalSeconds: SUPERVISE_SECONDS,
    maintenanceIntervalSeconds: MAINTENANCE_SECONDS,
    registerInstance: worker,
    instanceName: 'worker',
    instanceHeartbeatSeconds: HEARTBEAT_SECONDS,
    openTelemetry: { enabled: false },
  });
  boss.on('error', (error) => options.log.error({ err: error }, 'the job queue is in trouble'));
  boss.on('warning', (warning) => options.log.warn({ ...warning }, 'the job queue warns'));
  await boss.start();
  return new BossJobs(boss, options.log);
}

class BossJobs implements Jobs {
  readonly #boss: PgBoss;
  /** Told when this process stops taking jobs. */
  readonly #ending = new AbortController();
  readonly #log: JobLog;
  /** What those are called that take jobs of a queue. */
  readonly #takers = new Map<string, readonly string[]>();
  #looking: Promise<void> | undefined;
  readonly #queues = new Map<string, Promise<void>>();

  constructor(boss: PgBoss, log: JobLog) {
    this.#boss = boss;
    this.#log = log;
  }

  readonly enqueue: Enqueue = async (tx, jobs) => {
    for (const [queue, wanted] of groupByQueue(jobs)) {
      await this.#ensureQueue(queue);
      const rows = withoutRepeats(wanted).map((job) => {
        const id = newId<'job'>();
        return {
          id,
          data: { jobId: id, tenantId: tx.tenantId, payload: job.payload },
          singletonKey: job.key === undefined ? id : `${tx.tenantId}:${job.key}`,
          group: { id: tx.tenantId },
          ...(job.after === undefined ? {} : { startAfter: job.after.toString() }),
        };
      });
      await this.#boss.insert(queue, rows, { db: pipelined(tx) });
    }
  };

  async enqueueOnce(jobs: readonly IdentifiedJob[]): Promise<void> {
    for (const [queue, wanted] of groupByQueue(jobs)) {
      await this.#ensureQueue(queue);
      await this.#boss.insert(
        queue,
        wanted.map((job) => ({
          id: job.id,
          data: { jobId: job.id, tenantId: job.tenantId, payload: job.payload },
          singletonKey: job.id,
          group: { id: job.tenantId },
          deleteAfterSeconds: DONE_BY_ID_SECONDS,
        })),
      );
    }
  }

  async work(handlers: Handlers): Promise<void> {
    for (const [queue, handle] of Object.entries(handlers)) {
      await this.#ensureQueue(queue);
      // What an earlier version of the program set is brought up to date.
      await this.#boss.updateQueue(queue, QUEUE_OPTIONS);
      this.#takers.set(queue, await this.#takeFrom(queue, handle));
    }
    this.#looking ??= this.#lookAfterQueues();
  }

  /** Starts what takes jobs of a queue, and gives what each of them is called. */
  async #takeFrom(queue: string, handle: Handler): Promise<readonly string[]> {
    const { together } = handle;
    const { lanes, ...options } = optionsOf(handle);
    const ids: string[] = [];
    // One by one, since of several that are started together only the first can be woken.
    for (let lane = 0; lane < lanes; lane += 1) {
      const id = await this.#boss.work<Stored, unknown, typeof options>(queue, options, (batch) =>
        together
          ? this.#runTogether(queue, together, batch)
          : inParallel(batch, (stored) => this.#run(queue, handle, stored)),
      );
      ids.push(id);
    }
    return ids;
  }

  /** Wakes whoever takes from a queue once it has a job that is due, until this process stops taking jobs. */
  async #lookAfterQueues(): Promise<void> {
    const wokenAt = new Map<string, number>();
    const { signal } = this.#ending;
    while (!signal.aborted) {
      const due = await this.#dueOf([...this.#takers.keys()]);
      for (const queue of wokenAt.keys()) if (!due.has(queue)) wokenAt.delete(queue);
      const now = performance.now();
      for (const queue of due) {
        if (now - (wokenAt.get(queue) ?? Number.NEGATIVE_INFINITY) < AGAIN_MS) continue;
        wokenAt.set(queue, now);
        for (const id of this.#takers.get(queue) ?? []) this.#boss.notifyWorker(id);
      }
      await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Queues with a job that is due; none while the database cannot be asked, which pg-boss complains about already. */
  async #dueOf(queues: readonly string[]): Promise<ReadonlySet<string>> {
    try {
      const { rows } = await this.#boss.getDb().executeSql(DUE_QUEUES, [queues]);
      return new Set((rows as { queue: string }[]).map(({ queue }) => queue));
    } catch {
      return new Set();
    }
  }

  async #run(queue: string, handle: Handler, stored: StoredJob<Stored>) {
    const error = await handle(runningJob(stored)).then(() => undefined, asError);
    return this.#ended(queue, stored, error);
  }

  /** Does the jobs of each tenant together. */
  async #runTogether(queue: string, { handle }: HandleTogether, batch: readonly StoredJob<Stored>[]) {
    const byTenant = Map.groupBy(batch, (stored) => stored.data.tenantId);
    const ended = await Promise.all(
      [...byTenant.values()].map(async (of) => {
        const jobs = of.map(runningJob);
        const tenantId = (jobs[0] as RunningJob).tenantId;
        const errors = await handle(tenantId, jobs, this.#ending.signal).catch((error: unknown) =>
          jobs.map(() => asError(error)),
        );
        return of.map((stored, index) => this.#ended(queue, stored, errors[index]));
      }),
    );
    return ended.flat();
  }

  #ended(queue: string, stored: StoredJob<Stored>, error: Error | undefined) {
    if (error === undefined) return { id: stored.id, status: 'completed' as const };
    const seen = { err: error, queue, jobId: stored.id, tries: stored.retryCount + 1 };
    this.#log.warn(seen, 'a job failed and will be tried again');
    return { id: stored.id, status: 'failed' as const, output: { message: error.message } };
  }

  async health() {
    const [instances, [dead]] = await Promise.all([this.#boss.getInstances(), this.#boss.getQueues([DEAD])]);
    const workers = instances
      .filter((instance) => instance.live && instance.name === 'worker')
      .map((instance) => ({
        host: instance.host,
        pid: instance.pid,
        heardAt: Temporal.Instant.fromEpochMilliseconds(instance.heartbeatOn.getTime()),
      }));
    return { workers, dead: dead?.queuedCount ?? 0 };
  }

  close(): Promise<void> {
    this.#ending.abort();
    return this.#boss.stop({ graceful: true, close: true, timeout: CLOSE_TIMEOUT_MS });
  }

  /** Makes a queue that is not there yet, once per process. */
  #ensureQueue(name: string): Promise<void> {
    const known = this.#queues.get(name);
    if (known) return known;
    const made = this.#makeQueue(name);
    this.#queues.set(name, made);
    made.catch(() => this.#queues.delete(name));
    return made;
  }

  async #makeQueue(name: string): Promise<void> {
    await this.#boss.createQueue(DEAD, { deleteAfterSeconds: DEAD_SECONDS, retentionSeconds: DEAD_SECONDS });
    await this.#boss.createQueue(name, { policy: 'short', ...QUEUE_OPTIONS });
  }
}

/** How jobs of a queue are taken: one by one, many of a tenant together, or in turns; and by how many beside each other. */
function optionsOf({ together, turns }: Handler) {
  if (together) return { ...WORK_OPTIONS, batchSize: together.jobsMax, lanes: together.batches };
  if (!turns) return { ...WORK_OPTIONS, lanes: 1 };
  const { lanes, jobsALane, jobsATenant } = turns;
  return { ...WORK_OPTIONS, lanes, batchSize: jobsALane, groupConcurrency: jobsATenant };
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

function runningJob(stored: StoredJob<Stored>): RunningJob {
  const { jobId, tenantId, payload } = stored.data;
  assert(isId(tenantId), 'a job names its tenant', stored.data);
  return { jobId, tenantId: tenantId as TenantId, payload };
}

function groupByQueue<J extends Job>(jobs: readonly J[]): readonly (readonly [string, readonly J[]])[] {
  const groups = Map.groupBy(jobs, (job) => job.queue);
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** One job for each key, the first; in order of the keys, so that two transactions wait for each other and never deadlock. */
function withoutRepeats(jobs: readonly Job[]): readonly Job[] {
  const keys = new Set<string>();
  return jobs
    .filter((job) => job.key === undefined || (!keys.has(job.key) && keys.add(job.key)))
    .sort((a, b) => ((a.key ?? '') < (b.key ?? '') ? -1 : 1));
}

const SKIP_REPEATS = 'ON CONFLICT DO NOTHING';

/**
 * Hands pg-boss's statement to the transaction without waiting for it.
 *
 * A job whose key waits already is locked rather than passed over: otherwise a worker could take the waiting job before
 * this transaction commits, look at the books as they were, and nobody would look again. Locked, it is taken only after
 * the commit; taken already, a second one is made.
 */
function pipelined(tx: Tx): Db {
  return {
    executeSql(text, values = []) {
      const table = /INSERT INTO (jobs\.(\w+)) \(/.exec(text)?.[2];
      assert(
        table !== undefined && text.split(SKIP_REPEATS).length === 2,
        'pg-boss inserts as we know it',
        text,
      );
      const locking = text.replace(
        SKIP_REPEATS,
        `ON CONFLICT (name, COALESCE(singleton_key, '')) WHERE state = 'created' AND policy = 'short'
         DO UPDATE SET start_after = least(${table}.start_after, excluded.start_after)`,
      );
      tx.write({ compile: () => CompiledQuery.raw(locking, [...values]) });
      return Promise.resolve({ rows: [] });
    },
  };
}

/** Does the work of all, a few at a time. */
async function inParallel<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array(all.length);
  let next = 0;
  const lane = async () => {
    while (next < all.length) {
      const index = next;
      next += 1;
      results[index] = await work(all[index] as T);
    }
  };
  await Promise.all(Array.from({ length: Math.min(PARALLEL_JOBS, all.length) }, lane));
  return results;
}
