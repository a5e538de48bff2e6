// The only way to a transaction. It belongs to one tenant, sends its statements without waiting where it can, and
// counts as committed only when PostgreSQL said COMMIT.

import type { Writable } from 'node:stream';
import type pg from 'pg';
import { assert } from '#kernel/assert.ts';
import type { TenantId, UserId } from '#kernel/id.ts';
import { insertQuery, type NewRow } from './insert.ts';
import type { Pool } from './pool.ts';
import { compile, type Query, statementName } from './query.ts';
import type { DB } from './tables.ts';
import { toParameter } from './values.ts';

/**
 * How a statement is planned: once, for any parameters (default; see `openPool`), or afresh for the ones it has (reports,
 * filtered lists).
 */
export type RunOptions = { readonly plan?: 'kept' | 'fresh' };

/** A unit of work inside one tenant. Everything in it happens or nothing does. */
export type Tx = {
  readonly tenantId: TenantId;
  /** Runs a query and gives its rows. Several started together share one round trip: await them with `Promise.all`. */
  run<Row>(query: Query<Row>, options?: RunOptions): Promise<readonly Row[]>;
  /** Runs a query that must give one row at most. */
  find<Row>(query: Query<Row>): Promise<Row | undefined>;
  /**
   * Sends a change without waiting for the answer; a failure surfaces before the commit. With `rows`, exactly that many
   * rows must have been touched, which costs one wait before the commit.
   */
  write(query: Query<unknown>, expected?: { readonly rows: number; readonly rule: string }): void;
  /** Sends new rows of one table, one or a hundred thousand, in one statement each few thousand. */
  insert<T extends keyof DB & string>(table: T, rows: readonly NewRow<T>[]): void;
  /** Says that so many rows of a table were added by a statement of one's own. */
  grew(table: keyof DB & string, rows: number): void;
  /** What an error of this transaction really is: a statement may only report that one sent before it had failed. */
  causeOf(error: unknown): unknown;
  /** Waits for all changes sent so far; needed only where a later read depends on them in the program. */
  settle(): Promise<void>;
  /** The connection itself, for job enqueueing and COPY; nothing else uses it. */
  readonly client: pg.PoolClient;
};

/** Rows of one transaction into one table after which statistics are taken anew. */
const OUTGROWN_ROWS = 10_000;
/**
 * Rows of one process into one table, in however many transactions, after which statistics are taken anew for the first time;
 * then each time there are so many times more. Until PostgreSQL's own rhythm comes to it, plans that were made for an empty table would
 * look through all of it for each row.
 */
const GROWN_ROWS = 250;
const GROWN_TIMES = 4;
/**
 * Rows of one transaction into one table after which that transaction takes statistics itself, if they are most of the table;
 * then each time there are so many times more. Without any, a foreign key may be looked up by an index that has the tenant
 * first and anything second: every row that is added is then checked against all rows of the tenant.
 */
const MOST_ROWS = 50;

/** What PostgreSQL answers to every statement after one that failed. */
const ABORTED = '25P02';

/** One of a list, as it is asked for under kept plans; views of what was known are led by an index only the other way. */
const OUT_OF_LIST = /\bin \(select unnest\((\$\d+::\w+\[\])\)\)/g;

class TenantTransaction implements Tx {
  readonly tenantId: TenantId;
  readonly client: pg.PoolClient;
  readonly #sent: Promise<unknown>[] = [];
  readonly #added = new Map<string, number>();
  /** Something was sent whose effect the program checks, not the database: the commit must wait for the answer. */
  checks = false;
  /** A database error happened: the connection is not used again, since pipelined statements may be half prepared. */
  failed = false;
  /** The first database error of this transaction; those after it only follow from it. */
  firstFailure: unknown;
  /** Its end was sent: whatever still asks belongs to nothing, and the connection to somebody else soon. */
  #isOver = false;
  #looksBack = false;
  /** How PostgreSQL plans now; a transaction begins as its connection does. */
  #plan: 'kept' | 'fresh' = 'kept';

  /** What this process added before, and had counted. */
  readonly #grown: Growth;

  constructor(tenantId: TenantId, client: pg.PoolClient, grown: Growth) {
    this.tenantId = tenantId;
    this.client = client;
    this.#grown = grown;
  }

  send(text: string, parameters: readonly unknown[], options: RunOptions = {}): Promise<pg.QueryResult> {
    if (parameters.length === 0) return this.#hand({ text });
    const values = parameters.map(toParameter);
    const name = options.plan === 'fresh' || this.#looksBack ? undefined : statementName(text);
    this.#planBy(name === undefined ? 'fresh' : 'kept');
    if (this.#looksBack) return this.#hand({ text: text.replace(OUT_OF_LIST, '= any($1)'), values });
    return this.#hand(name === undefined ? { text, values } : { name, text, values });
  }

  /** Changes how PostgreSQL plans, until the end of the transaction, where it is not so already. */
  #planBy(plan: 'kept' | 'fresh'): void {
    if (this.#plan === plan) return;
    this.#plan = plan;
    const mode = plan === 'fresh' ? 'force_custom_plan' : 'force_generic_plan';
    this.expect(this.#hand({ text: `set local plan_cache_mode = ${mode}` }));
  }

  /**
   * Reads from now on what was known at a moment; fails where no views of it are drawn. Statements are planned afresh: kept plans
   * are those of the present.
   */
  lookBack(knownAt: Temporal.Instant): void {
    this.#looksBack = true;
    this.expect(
      this.#hand({
        text: `select set_config('search_path', 'as_known, public', true), set_config('app.known_at', $1, true),
          set_config('jit', 'off', true), 'as_known.open_item'::regclass`,
        values: [knownAt.toString()],
      }),
    );
  }

  /** Ends it; nothing is sent after that. */
  end(how: 'commit' | 'rollback'): Promise<pg.QueryResult> {
    const sent = this.send(how, []);
    this.#isOver = true;
    return sent;
  }

  #hand(statement: pg.QueryConfig): Promise<pg.QueryResult> {
    if (this.#isOver) return Promise.reject(new Error('the transaction is over'));
    sendTogether(this.client);
    const sent = this.client.query(statement);
    sent.catch((error: unknown) => {
      this.failed = true;
      this.firstFailure ??= error;
    });
    return sent;
  }

  /** Remembers something sent whose failure must surface before the commit. */
  expect(sent: Promise<unknown>): void {
    sent.catch(() => {});
    this.#sent.push(sent);
  }

  async run<Row>(query: Query<Row>, options?: RunOptions): Promise<readonly Row[]> {
    const { sql, parameters } = compile(query);
    const result = await this.send(sql, parameters, options);
    return result.rows as Row[];
  }

  async find<Row>(query: Query<Row>): Promise<Row | undefined> {
    const rows = await this.run(query);
    assert(rows.length <= 1, 'one row at most answers the question', rows.length);
    return rows[0];
  }

  write(query: Query<unknown>, expected?: { readonly rows: number; readonly rule: string }): void {
    const { sql, parameters } = compile(query);
    const sent = this.send(sql, parameters);
    this.checks ||= expected !== undefined;
    this.expect(
      expected === undefined
        ? sent
        : sent.then((result) =>
            assert(result.rowCount === expected.rows, expected.rule, [result.rowCount, expected.rows]),
          ),
    );
  }

  grew(table: keyof DB & string, rows: number): void {
    this.#added.set(table, (this.#added.get(table) ?? 0) + rows);
  }

  insert<T extends keyof DB & string>(table: T, rows: readonly NewRow<T>[]): void {
    this.grew(table, rows.length);
    for (const { text, parameters } of insertQuery(this.tenantId, table, rows)) {
      this.expect(this.send(text, parameters));
    }
    this.#takeOwnStatistics(table, rows.length);
  }

  /**
   * Of a table that this transaction fills. Passed over where somebody else does so just now: that may be a long one, too. Nor is
   * it looked at where this process had more rows than that counted before: asking would cost as much as adding some.
   */
  #takeOwnStatistics(table: string, latest: number): void {
    const rows = this.#added.get(table) ?? 0;
    if (stepsOf(rows) === stepsOf(rows - latest) || rows <= (this.#grown.get(table)?.counted ?? 0)) return;
    const text = `do $$ begin if (select reltuples from pg_class where oid = 'public.${table}'::regclass) < ${rows} then
      analyze (skip_locked) public.${table}; end if; end $$`;
    this.expect(this.#hand({ text }));
  }

  causeOf(error: unknown): unknown {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return code === ABORTED && this.firstFailure !== undefined ? this.firstFailure : error;
  }

  /** Rows it added to each table. */
  get added(): ReadonlyMap<string, number> {
    return this.#added;
  }

  async settle(): Promise<void> {
    const outcomes = await Promise.allSettled(this.#sent);
    this.#sent.length = 0;
    const broken = outcomes.find((o) => o.status === 'rejected');
    if (broken) throw broken.reason;
  }
}

/** Settings of a transaction. */
export type TransactionOptions = {
  /** Rolls back at the end instead of committing: shows what would happen. */
  readonly rehearse?: boolean;
  /** Reads only, from one snapshot: figures of one report agree with each other. */
  readonly snapshot?: boolean;
  readonly userId?: UserId | undefined;
  /** The moment of a command: what rows said until then is kept under it; left out, the moment of the database. */
  readonly now?: Temporal.Instant | undefined;
  /**
   * Reads what was known at this moment in place of what is, by the same statements: see `draw_known_views`. Nothing can be
   * written. Tables without a view there are read as they are now.
   */
  readonly knownAt?: Temporal.Instant | undefined;
};

/**
 * Does a piece of work in one transaction of one tenant. Row-level security confines it to that tenant. A throw rolls
 * back; a return commits, and only when PostgreSQL confirmed the commit does this return.
 */
export async function inTenant<T>(
  pool: Pool,
  tenantId: TenantId,
  work: (tx: Tx) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  const client = await pool.connect();
  const tx = new TenantTransaction(tenantId, client, growthOf(pool));
  try {
    const reads = options.snapshot || options.knownAt !== undefined;
    tx.expect(tx.send(reads ? 'begin isolation level repeatable read read only' : 'begin', []));
    tx.expect(
      tx.send(
        `select set_config('app.tenant_id', $1, true), set_config('app.user_id', $2, true), set_config('app.now', $3, true)`,
        [tenantId, options.userId ?? '', options.now?.toString() ?? ''],
      ),
    );
    if (options.knownAt !== undefined) tx.lookBack(options.knownAt);
    const result = await work(tx);
    if (options.rehearse) {
      await tx.settle();
      await tx.end('rollback');
    } else {
      // PostgreSQL turns the commit after a failed statement into a rollback, but it knows nothing of our own checks.
      if (tx.checks) await tx.settle();
      const committed = tx.end('commit');
      tx.expect(committed);
      await tx.settle();
      const { command } = await committed;
      assert(command === 'COMMIT', 'a transaction without errors commits', command);
    }
    const outgrown = options.rehearse ? [] : outgrownBy(pool, tx.added);
    if (outgrown.length === 0) client.release(tx.failed);
    else takeStatistics(pool, client, outgrown);
    return result;
  } catch (error) {
    await rollBack(tx, client);
    throw tx.causeOf(error);
  }
}

/**
 * Lets what is sent to a connection before the program waits travel together: one write to the system for all of it, where each
 * statement would be one of its own, and one for PostgreSQL to take.
 */
function sendTogether(client: pg.PoolClient): void {
  const { stream } = (client as unknown as { readonly connection: { readonly stream: Writable } }).connection;
  if (stream.writableCorked > 0) return;
  stream.cork();
  process.nextTick(() => stream.uncork());
}

/** How often so many rows were worth statistics by now. */
function stepsOf(rows: number): number {
  return rows < MOST_ROWS ? 0 : 1 + Math.floor(Math.log(rows / MOST_ROWS) / Math.log(GROWN_TIMES));
}

/** Rows that this process added to tables, how many of them when statistics were taken last, and at how many they are taken anew. */
type Growth = Map<string, { rows: number; counted: number; next: number }>;
const growth = new WeakMap<Pool, Growth>();

function growthOf(pool: Pool): Growth {
  const known = growth.get(pool) ?? new Map();
  growth.set(pool, known);
  return known;
}

/** Tables that got so many rows that what PostgreSQL knows of them is out of date. */
function outgrownBy(pool: Pool, added: ReadonlyMap<string, number>): readonly string[] {
  const grown = growthOf(pool);
  return [...added].flatMap(([table, rows]) => {
    const one = grown.get(table) ?? { rows: 0, counted: 0, next: GROWN_ROWS };
    grown.set(table, one);
    one.rows += rows;
    if (rows < OUTGROWN_ROWS && one.rows < one.next) return [];
    one.counted = one.rows;
    one.next = one.rows * GROWN_TIMES;
    return [table];
  });
}

/** How PostgreSQL says that it passed a table over because somebody else looks at it. */
const LOCK_NOT_AVAILABLE = '55P03';
/** How much later a table that was passed over is looked at, and how often that is tried. */
const LOOK_AGAIN_MS = 500;
const LOOKS_MAX = 20;

/**
 * Tells PostgreSQL to look at tables again before it gets to it by itself: until then it would take a tenant that has just
 * brought its books for one with hardly a row, and plan reports for that. Nobody waits for it. Whoever looks at one of them
 * already may have begun before these rows were there, so that it is looked at again a little later.
 */
function takeStatistics(pool: Pool, client: pg.PoolClient, tables: readonly string[], looks = 1): void {
  let isPassedOver = false;
  const hear = ({ code }: { readonly code?: string | undefined }) => {
    isPassedOver ||= code === LOCK_NOT_AVAILABLE;
  };
  const lookAgain = () => {
    if (pool.ending) return;
    pool.connect().then(
      (next) => takeStatistics(pool, next, tables, looks + 1),
      () => {},
    );
  };
  client.on('notice', hear);
  client.query(`analyze (skip_locked) ${tables.join(', ')}`).then(
    () => {
      client.off('notice', hear);
      client.release();
      if (isPassedOver && looks < LOOKS_MAX) setTimeout(lookAgain, LOOK_AGAIN_MS).unref();
    },
    () => client.release(true),
  );
}

async function rollBack(tx: TenantTransaction, client: pg.PoolClient): Promise<void> {
  await tx.settle().catch(() => {});
  const clean = await tx.end('rollback').then(
    () => !tx.failed,
    () => false,
  );
  client.release(!clean);
}
