// The query builder, cold: it writes typed SQL and never talks to a database. Transactions run what it wrote.

import {
  type Compilable,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
} from 'kysely';
import type { DB } from './tables.ts';

/** Builds queries: `q.selectFrom('open_item').where(…)`. Handing one to `tx.run` or `tx.write` runs it. */
export const q: Kysely<DB> = new Kysely<DB>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

/** What can be run: a query of the builder, or raw SQL of Kysely's `sql` tag typed by its row. */
export type Query<Row> = Compilable<Row> | RawBuilder<Row>;

/** The text and parameters of a query. */
export function compile<Row>(query: Query<Row>): { sql: string; parameters: readonly unknown[] } {
  return query.compile(q as never) as { sql: string; parameters: readonly unknown[] };
}

const NAMED_MAX = 800;
const NAMED_TEXT_MAX = 6_000;
const names = new Map<string, string>();

/**
 * The name under which a connection keeps the plan of a statement; undefined for a text that is not to be kept. Bounded,
 * because texts with varying parts would never stop coming.
 */
export function statementName(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= NAMED_MAX || text.length > NAMED_TEXT_MAX) return undefined;
  const name = `q${names.size}`;
  names.set(text, name);
  return name;
}
