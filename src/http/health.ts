// Two questions that machines ask: does the process live, and can it do its work.

import type { FastifyInstance } from 'fastify';

/** What readiness is made of; each part fails by a throw. */
export type HealthChecks = {
  /** Names of migrations that the database lacks. */
  readonly pendingMigrations: () => Promise<readonly string[]>;
  readonly jobs: () => Promise<{
    readonly workers: readonly { readonly heardAt: Temporal.Instant }[];
    readonly dead: number;
  }>;
};

/** A database that does not answer by then is taken for down. */
const ANSWER_WITHIN_MS = 3_000;

/**
 * Serves `/healthz` (the process is up) and `/readyz` (the database answers and is migrated; otherwise 503). Workers and
 * jobs that were given up are told, but do not make the server unready: people can work without them for a while.
 */
export function serveHealth(app: FastifyInstance, checks: HealthChecks): void {
  app.get('/healthz', async () => ({ status: 'up' }));
  app.get('/readyz', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    try {
      const [pending, jobs] = await within(Promise.all([checks.pendingMigrations(), checks.jobs()]));
      const heard = jobs.workers.map((worker) => worker.heardAt).sort(Temporal.Instant.compare);
      return reply.code(pending.length === 0 ? 200 : 503).send({
        status: pending.length === 0 ? 'ready' : 'not_ready',
        database: 'up',
        pendingMigrations: pending,
        workers: { live: heard.length, heardAt: heard.at(-1)?.toString() ?? null },
        jobs: { dead: jobs.dead },
      });
    } catch (error) {
      request.log.error({ err: error }, 'the database does not answer');
      return reply.code(503).send({ status: 'not_ready', database: 'down' });
    }
  });
}

async function within<T>(work: Promise<T>): Promise<T> {
  const timeout = Promise.withResolvers<never>();
  const timer = setTimeout(() => timeout.reject(new Error('no answer in time')), ANSWER_WITHIN_MS);
  try {
    return await Promise.race([work, timeout.promise]);
  } finally {
    clearTimeout(timer);
  }
}
