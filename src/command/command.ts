// The one door through which everything changes: permission, transaction, once only, rehearsal, retry, audit.
// A command loads, decides and saves; it never opens a transaction, checks a permission or writes its own audit row.

import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Pool } from '#db/pool.ts';
import { q } from '#db/query.ts';
import { inTenant, type Tx } from '#db/transaction.ts';
import type { Enqueue, Job } from '#jobs/job.ts';
import { canonicalJson, type Json, jsonText } from '#kernel/canonical.ts';
import { type CommandId, newId, type TenantId, type UserId } from '#kernel/id.ts';
import { COMMAND_TRIES_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';

/** Who acts: a person, a machine with a key, or the system itself. Written into every event. */
export type Actor = {
  readonly kind: 'user' | 'api_key' | 'system';
  readonly id: string;
  readonly name: string;
};

/** In whose name, where and when a command is carried out. `today` is the tenant's day, made once at the edge. */
export type Context = {
  readonly tenantId: TenantId;
  readonly actor: Actor;
  /** The role the permissions come from: rules about who decides name roles. */
  readonly role: string;
  readonly permissions: ReadonlySet<string>;
  readonly now: Temporal.Instant;
  readonly today: Temporal.PlainDate;
  /** The clock that `now` was read from; left out where a story of the past is told. See `Act.moveOn`. */
  readonly clock?: (() => Temporal.Instant) | undefined;
  /** Set where somebody else decides; see `Review`. */
  readonly review?: Review | undefined;
};

/**
 * Is told what a command is about to do, in place of the rules about who may do it alone: to note it when the command is only
 * asked for, or to compare it with what was approved when it is carried out. It stops the command by a refusal.
 */
export type Review = (matter: Json) => void;

/** Something that happened, in the past tense (`payment.applied`): audit trail, timeline and source of reactions. */
export type Event = {
  readonly type: string;
  readonly subjectId: string;
  readonly customerId?: string | null | undefined;
  readonly data: { readonly [key: string]: Json | undefined };
};

/** The transaction of a command, with whom it is for and a place to say what happened. */
export type Act = Tx & {
  /** When this is learned: the moment the command began, or had what it locks. */
  readonly now: Temporal.Instant;
  /**
   * Looks at the clock again, once what the command is about is locked: what was decided under the lock before is then also
   * recorded before, however long it was waited for. Says whether the command is dated now. Once something was written its
   * moment stays, so that a command is known as a whole or not at all: see `beginAnew`.
   */
  moveOn(): boolean;
  /**
   * Gives the command up and carries it out again, dated after the moment given: then what it has locked was changed, which is
   * later than the moment under which it has written already.
   */
  beginAnew(after: Temporal.Instant): never;
  readonly today: Temporal.PlainDate;
  readonly actor: Actor;
  readonly role: string;
  readonly permissions: ReadonlySet<string>;
  readonly review: Review | undefined;
  readonly commandId: CommandId;
  /** Records that something happened. Saved with the command, or not at all. */
  record(event: Event): void;
  /** Leaves work for a moment later, in the same transaction. */
  enqueue(job: Job): void;
  /**
   * Carries out another command as a part of this one, in the name of somebody else and under an id of its own, which the
   * log of commands holds once. Whether it may is for the caller to say. What it refuses ends this command too.
   */
  within<Input, Result extends Json>(
    command: Command<Input, Result>,
    input: Input,
    inTheNameOf: InTheNameOf,
  ): Promise<Result>;
};

/** Who a command inside another one is carried out for. */
export type InTheNameOf = Pick<Context, 'actor' | 'role' | 'review'> & { readonly commandId: CommandId };

/** A kind of change. `run` must have no effect outside its transaction, because it may run again. */
export type Command<Input, Result> = {
  readonly name: string;
  readonly permission: string;
  /** Which refusal a violated database constraint means: `{ invoice_number: 'invoice_number_taken' }`. */
  readonly constraints?: Readonly<Record<string, string>>;
  run(act: Act, input: Input): Promise<Result>;
};

/** What the door needs: made once when server, worker or command line start. */
export type Door = {
  readonly pool: Pool;
  readonly enqueue: Enqueue;
  /** The table of reactions: which jobs an event brings about. */
  readonly react: (event: Event) => readonly Job[];
};

export type CarryOutOptions = {
  /** Chosen by the caller so that a repeat is recognised; a new one when left out. */
  readonly commandId?: CommandId | undefined;
  /** Shows what would happen and changes nothing. */
  readonly rehearse?: boolean;
};

/** Constraints that any posting can meet. */
const COMMON_CONSTRAINTS: Readonly<Record<string, string>> = { journal_entry_period_open: 'period_locked' };

/** Nobody waits for anybody where a command began too early, so that trying again costs little and soon goes through. */
const TOO_EARLY_TRIES_MAX = 20;

const RETRY_CODES: ReadonlySet<string> = new Set(['40P01', '40001', '55P03']);

/**
 * Carries out a command, once: a repeat with the same command id and input gives the first answer again. A refusal or
 * failure leaves no trace. Deadlocks and serialization failures are tried again, and so is what began too early.
 *
 * Refuses: `not_permitted`, `command_id_reused` (same id, other command or input), and what the command refuses.
 */
export async function carryOut<Input, Result extends Json>(
  door: Door,
  context: Context,
  command: Command<Input, Result>,
  input: Input,
  options: CarryOutOptions = {},
): Promise<Result> {
  if (!context.permissions.has(command.permission)) {
    throw new Refusal('not_permitted', { permission: command.permission });
  }
  const hash = hashOf(command, input);
  let { now } = context;
  let tries = 1;
  let tooEarly = 1;
  for (;;) {
    try {
      return await attemptOnce(door, { ...context, now }, command, input, { ...options, hash });
    } catch (error) {
      if (error instanceof CarriedOutBefore) return error.result as Result;
      if (error instanceof BegunTooEarly && tooEarly < TOO_EARLY_TRIES_MAX) {
        now = momentAfter(error.after, context.clock);
        tooEarly += 1;
        continue;
      }
      const failure = databaseFailure(error);
      if (failure && RETRY_CODES.has(failure.code) && tries < COMMAND_TRIES_MAX) {
        await new Promise((resolve) => setTimeout(resolve, tries * 15));
        tries += 1;
        continue;
      }
      // Another run of the same command may have finished meanwhile and be the cause of this refusal.
      if (options.commandId !== undefined && !options.rehearse) {
        const earlier = await inTenant(door.pool, context.tenantId, (tx) =>
          findDone<Result>(tx, options.commandId, hash),
        );
        if (earlier) return earlier.result;
      }
      throw asRefusal(error, failure, command.constraints);
    }
  }
}

async function attemptOnce<Input, Result extends Json>(
  door: Door,
  context: Context,
  command: Command<Input, Result>,
  input: Input,
  options: CarryOutOptions & { readonly hash: Uint8Array },
): Promise<Result> {
  const commandId = options.commandId ?? newId<'command'>();
  return inTenant(
    door.pool,
    context.tenantId,
    async (tx) => {
      const events: Event[] = [];
      const jobs: Job[] = [];
      const within: Event[] = [];
      const isNew = stopIfDone(tx, options.commandId, options.hash);
      const act = actOf(tx, context, commandId, { events, jobs, within, isNew });
      const result = await command.run(act, input);
      await isNew;
      saveEvents(act, events);
      log(act, command, options.hash, result);
      const wanted = [...jobs, ...[...within, ...events].flatMap((event) => door.react(event))];
      if (wanted.length > 0) await door.enqueue(tx, wanted);
      return result;
    },
    {
      rehearse: options.rehearse ?? false,
      now: context.now,
      userId: context.actor.kind === 'user' ? (context.actor.id as UserId) : undefined,
    },
  );
}

function hashOf<Input>(command: Pick<Command<Input, Json>, 'name'>, input: Input): Uint8Array {
  return createHash('sha256')
    .update(`${command.name}\n${canonicalJson(input)}`)
    .digest();
}

/** Writes down that a command was carried out, so that a repeat is recognised. */
function log(act: Act, command: { readonly name: string }, hash: Uint8Array, result: Json): void {
  act.insert('command_log', [
    {
      id: act.commandId,
      name: command.name,
      input_hash: hash,
      actor: actorText(act.actor),
      result: jsonText(result),
      recorded_at: act.now,
    },
  ]);
}

type Recording = {
  readonly events: Event[];
  readonly jobs: Job[];
  /** Events of commands inside this one: saved in the name of whom they were carried out for. */
  readonly within: Event[];
  /** Settled once it is known that this command was not carried out before. */
  readonly isNew: Promise<void>;
};

function actOf(tx: Tx, context: Context, commandId: CommandId, out: Recording): Act {
  // No answer reaches a command before it is known to be new; both questions travel together.
  const onceNew = async <T>(asked: Promise<T>): Promise<T> => (await Promise.all([asked, out.isNew]))[0];
  let now = context.now;
  let hasWritten = false;
  return {
    tenantId: tx.tenantId,
    client: tx.client,
    run: (query, options) => onceNew(tx.run(query, options)),
    find: (query) => onceNew(tx.find(query)),
    write: (query, expected) => {
      hasWritten = true;
      tx.write(query, expected);
    },
    insert: (table, rows) => {
      hasWritten ||= rows.length > 0;
      tx.insert(table, rows);
    },
    grew: (table, rows) => tx.grew(table, rows),
    settle: () => tx.settle(),
    causeOf: (error) => tx.causeOf(error),
    get now() {
      return now;
    },
    moveOn: () => {
      const later = context.clock?.();
      if (!later || Temporal.Instant.compare(later, now) <= 0) return true;
      if (hasWritten) return false;
      now = later;
      tx.write(sql`select set_config('app.now', ${now.toString()}, true)`);
      return true;
    },
    beginAnew: (after) => {
      throw new BegunTooEarly(after);
    },
    today: context.today,
    actor: context.actor,
    role: context.role,
    permissions: context.permissions,
    review: context.review,
    commandId,
    record: (event) => out.events.push(event),
    enqueue: (job) => out.jobs.push(job),
    within: (command, input, inTheNameOf) =>
      runWithin(tx, { ...context, now, ...inTheNameOf }, command, input, out),
  };
}

async function runWithin<Input, Result extends Json>(
  tx: Tx,
  context: Context & InTheNameOf,
  command: Command<Input, Result>,
  input: Input,
  out: Recording,
): Promise<Result> {
  const events: Event[] = [];
  const act = actOf(tx, context, context.commandId, { ...out, events });
  try {
    const result = await command.run(act, input);
    saveEvents(act, events);
    log(act, command, hashOf(command, input), result);
    // What the database says no to is said here, in the words of the command it is said to.
    await tx.settle();
    out.within.push(...events);
    return result;
  } catch (met) {
    const error = tx.causeOf(met);
    const failure = databaseFailure(error);
    throw failure && RETRY_CODES.has(failure.code) ? error : asRefusal(error, failure, command.constraints);
  }
}

/** Ends a command that was carried out before: it is told so in place of the first answer it waits for. */
class CarriedOutBefore extends Error {
  readonly result: unknown;

  constructor(result: unknown) {
    super('carried_out_before');
    this.result = result;
  }
}

/** Ends a command that has to be dated later than it has written; see `Act.beginAnew`. */
class BegunTooEarly extends Error {
  /** What it has to be dated after. */
  readonly after: Temporal.Instant;

  constructor(after: Temporal.Instant) {
    super('begun_too_early');
    this.after = after;
  }
}

/** The moment it is, or right after another one, which may be ahead: that of a process whose clock is. */
function momentAfter(after: Temporal.Instant, clock: Context['clock']): Temporal.Instant {
  const [next, now] = [after.add({ microseconds: 1 }), clock?.()];
  return now && Temporal.Instant.compare(now, next) > 0 ? now : next;
}

/** Asks whether a command was carried out before, without waiting. Commands whose id the caller did not choose never were. */
function stopIfDone(tx: Tx, commandId: CommandId | undefined, hash: Uint8Array): Promise<void> {
  const isNew = findDone(tx, commandId, hash).then((done) => {
    if (done) throw new CarriedOutBefore(done.result);
  });
  // A command that fails before it asks anything never looks here.
  isNew.catch(() => {});
  return isNew;
}

/** How an actor is written in the audit trail: kind and id; names change, ids do not. */
export function actorText(actor: Actor): string {
  return `${actor.kind}:${actor.id}`;
}

/** Kind and id of an actor as the audit trail writes it. */
export function actorFrom(text: string): Pick<Actor, 'kind' | 'id'> {
  const split = text.indexOf(':');
  return { kind: text.slice(0, split) as Actor['kind'], id: text.slice(split + 1) };
}

function saveEvents(act: Act, events: readonly Event[]): void {
  act.insert(
    'event',
    events.map((event) => ({
      id: newId(),
      type: event.type,
      subject_id: event.subjectId,
      customer_id: event.customerId ?? null,
      actor: actorText(act.actor),
      command_id: act.commandId,
      data: jsonText(event.data),
      recorded_at: act.now,
    })),
  );
}

async function findDone<Result>(
  tx: Tx,
  commandId: CommandId | undefined,
  hash: Uint8Array,
): Promise<{ readonly result: Result } | undefined> {
  if (commandId === undefined) return undefined;
  const done = await tx.find(
    q
      .selectFrom('command_log')
      .select(['input_hash', 'result'])
      .where('tenant_id', '=', tx.tenantId)
      .where('id', '=', sql<string>`${commandId}::uuid`),
  );
  if (!done) return undefined;
  if (Buffer.compare(done.input_hash, hash) !== 0) throw new Refusal('command_id_reused', { commandId });
  return { result: done.result as Result };
}

type DatabaseFailure = { readonly code: string; readonly constraint: string | undefined };

function databaseFailure(error: unknown): DatabaseFailure | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  const constraint =
    'constraint' in error && typeof error.constraint === 'string' ? error.constraint : undefined;
  return { code: error.code, constraint };
}

function asRefusal(
  error: unknown,
  failure: DatabaseFailure | undefined,
  constraints: Readonly<Record<string, string>> | undefined,
): unknown {
  if (!failure?.constraint) return error;
  const code = constraints?.[failure.constraint] ?? COMMON_CONSTRAINTS[failure.constraint];
  return code === undefined ? error : new Refusal(code);
}
