// A job is work that may be done a moment later, by any worker, and is safe to be done twice.

import { createHash } from 'node:crypto';
import type { Tx } from '#db/transaction.ts';
import type { Json } from '#kernel/canonical.ts';
import type { CommandId, TenantId } from '#kernel/id.ts';

/** What a job is about: ids and text only. */
export type Payload = { readonly [key: string]: Json | undefined };

/** One piece of work for a worker. The queue's name says what; the payload says about what. */
export type Job = {
  readonly queue: string;
  readonly payload: Payload;
  /** Jobs of one queue with the same key wait as one: the first payload and the earliest moment count. */
  readonly key?: string;
  /** Not before this moment. */
  readonly after?: Temporal.Instant;
};

/** Puts jobs into the queue inside the transaction given: they exist exactly if it commits. */
export type Enqueue = (tx: Tx, tenantJobs: readonly Job[]) => Promise<void>;

/** A job in the hands of a worker. */
export type RunningJob = {
  readonly tenantId: TenantId;
  readonly payload: Payload;
  /** The same at every try, also after it was dead and started again by hand. */
  readonly jobId: string;
};

/** What does a job. A throw means: try again later. */
export type Handler = {
  (job: RunningJob): Promise<void>;
  /** Does many of one tenant at a time, where that costs less than one after the other. */
  readonly together?: HandleTogether;
  /** How tenants take turns, where the jobs of one can be many or slow. */
  readonly turns?: Turns;
};

/**
 * How tenants take turns at a queue, so that a tenant with much to do keeps no other waiting. A process takes jobs in so many
 * lanes, each of which goes on when its own are done; of one tenant all processes together have so many jobs in hand, or a
 * lane's more where lanes look at one moment. Of the others whoever waits longest is next, so that where as many tenants as there
 * are lanes have much to do, one that comes after them waits for the first of them to be done.
 */
export type Turns = { readonly lanes: number; readonly jobsALane: number; readonly jobsATenant: number };

/** A handler whose tenants take turns. */
export function inTurns(handle: (job: RunningJob) => Promise<void>, turns: Turns): Handler {
  return Object.assign((job: RunningJob) => handle(job), { turns });
}

/**
 * Does jobs of one tenant, as many as it takes at most; gives what went wrong with each, nothing where it was done. Once the
 * process is `ending`, no more of them is begun: what is not done then is told as gone wrong, and done by another worker.
 */
export type HandleTogether = {
  readonly jobsMax: number;
  /** So many times that many are done side by side. */
  readonly batches: number;
  handle(
    tenantId: TenantId,
    jobs: readonly RunningJob[],
    ending: AbortSignal,
  ): Promise<readonly (Error | undefined)[]>;
};

/** What does the jobs of each queue. */
export type Handlers = Readonly<Record<string, Handler>>;

/**
 * The command id under which a job carries out a command, so that doing the job twice does the command once. A job that
 * carries out several commands names each by its `part`.
 */
export function commandIdOf(job: Pick<RunningJob, 'jobId'>, part = ''): CommandId {
  return uuidFrom(`command\n${job.jobId}\n${part}`) as CommandId;
}

/** A UUID (version 8, RFC 9562) that is always the same for the same text. */
export function uuidFrom(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
