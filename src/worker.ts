// The worker process: does jobs, and leaves those that are due by the clock. Any number may run on one database.

import { setTimeout } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import type { Door } from '#command/command.ts';
import { checkRole, openPool } from '#db/pool.ts';
import { openInbound } from '#delivery/open-inbound.ts';
import { openLog } from '#http/log.ts';
import { listTenants } from '#identity/list-tenants.ts';
import { makeSystemContext } from '#identity/make-system-context.ts';
import { type Jobs, openJobs } from '#jobs/queue.ts';
import { dueJobs, type Schedule } from '#jobs/schedule.ts';
import type { Instant } from '#kernel/calendar.ts';
import type { TenantId } from '#kernel/id.ts';
import { remittanceMailbox } from '#mailboxes/receive-for-mailbox.ts';
import { openMailWatch } from '#mailboxes/watch-accounts.ts';
import { makeHandlers } from './handlers.ts';
import { react } from './reactions.ts';
import { SCHEDULES } from './schedules.ts';

export type WorkerOptions = {
  /** A migrated database, as a role that row-level security binds. */
  readonly databaseUrl: string;
  readonly dataDir: string;
  readonly log?: FastifyBaseLogger;
  /** What time it is; tests and the demo have their own. */
  readonly clock?: () => Instant;
  /** What is done, in place of the tables of the product; tests have their own. */
  readonly tables?: { readonly handlers: typeof makeHandlers; readonly schedules: readonly Schedule[] };
};

export type RunningWorker = {
  /** Takes no more jobs, lets those that run finish, and leaves. */
  close(): Promise<void>;
};

/** How often the clock is looked at; what is due daily starts that much late at most. */
const TICK_MS = 15_000;
/** Due times remembered as left, so that they are not left again; forgotten all at once when there are too many. */
const REMEMBERED_MAX = 100_000;

/** Starts a worker. Refuses: `database_role_sees_all`, `database_too_old`. */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const log = options.log ?? openLog({ role: 'worker' });
  const clock = options.clock ?? Temporal.Now.instant;
  const { handlers, schedules } = options.tables ?? { handlers: makeHandlers, schedules: SCHEDULES };
  const closers: (() => Promise<unknown>)[] = [];
  /** The last that was opened is the first to go. */
  const close = async () => {
    while (closers.length > 0) await closers.pop()?.();
  };
  try {
    const pool = openPool(options.databaseUrl, {
      name: 'quittance worker',
      onTrouble: (error) => log.warn({ err: error }, 'a database connection broke while idle'),
    });
    closers.push(() => pool.end());
    await checkRole(pool);
    const jobs = await openJobs(options.databaseUrl, { log, worker: true });
    closers.push(() => jobs.close());
    const door: Door = { pool, enqueue: jobs.enqueue, react };
    const contextOf = (tenantId: TenantId) => makeSystemContext(pool, tenantId, clock);
    await jobs.work(handlers({ door, clock, dataDir: options.dataDir, log, contextOf }));
    const inbound = await openInbound(
      process.env.QUITTANCE_INBOUND_SMTP,
      {
        keyFile: process.env.QUITTANCE_INBOUND_TLS_KEY,
        certificateFile: process.env.QUITTANCE_INBOUND_TLS_CERT,
      },
      { door, contextOf, log },
      [remittanceMailbox({ door, contextOf })],
    );
    if (inbound) closers.push(() => inbound.close());
    const watch = openMailWatch({ door, contextOf, dataDir: options.dataDir, log });
    closers.push(() => watch.close());
    const leaveDueJobs = makeLeaver(door, jobs, schedules);
    const ticker = startTicking(async () => {
      await leaveDueJobs(clock());
      if (schedules.length > 0)
        for (const { id } of await listTenants(pool))
          await watch
            .look(id as TenantId)
            .catch((error: unknown) =>
              log.error({ err: error, tenantId: id }, 'mailboxes were not looked at'),
            );
    }, log);
    closers.push(() => ticker.stop());
    return { close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Leaves the jobs that are due by the clock, each once. */
function makeLeaver(door: Door, jobs: Jobs, schedules: readonly Schedule[]): (now: Instant) => Promise<void> {
  const left = new Set<string>();
  return async (now) => {
    if (schedules.length === 0) return;
    const due = dueJobs(schedules, await listTenants(door.pool), now).filter((job) => !left.has(job.id));
    if (due.length === 0) return;
    await jobs.enqueueOnce(due);
    if (left.size > REMEMBERED_MAX) left.clear();
    for (const job of due) left.add(job.id);
  };
}

/** Does something again and again, one at a time; trouble is logged and the next time tried again. */
function startTicking(work: () => Promise<void>, log: FastifyBaseLogger): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const run = async () => {
    while (!signal.aborted) {
      await work().catch((error: unknown) => log.error({ err: error }, 'what is due could not be left'));
      await setTimeout(TICK_MS, undefined, { signal }).catch(() => {});
    }
  };
  const running = run();
  return {
    stop: () => {
      stopping.abort();
      return running;
    },
  };
}
