// Asking a question once for several who want to know the same.

import { assert } from '#kernel/assert.ts';
import { compile, type Query } from './query.ts';
import type { RunOptions, Tx } from './transaction.ts';
import { toParameter } from './values.ts';

/**
 * The same transaction, in which a question that is asked again, in the same words about the same, has the answer it had. For
 * reading what is so of several alike, all of whom need the same few facts besides. For questions alone: what the transaction
 * changes after it was asked would not be seen.
 */
export function askingOnce(tx: Tx): Tx {
  const answers = new Map<string, Promise<readonly unknown[]>>();
  const run = <Row>(query: Query<Row>, options?: RunOptions): Promise<readonly Row[]> => {
    const compiled = compile(query);
    const words = JSON.stringify([compiled.sql, ...compiled.parameters.map(toParameter)]);
    const known = answers.get(words) as Promise<readonly Row[]> | undefined;
    if (known) return known;
    const answer = tx.run<Row>({ compile: () => compiled } as unknown as Query<Row>, options);
    answers.set(words, answer);
    return answer;
  };
  return {
    tenantId: tx.tenantId,
    client: tx.client,
    run,
    find: async (query) => {
      const rows = await run(query);
      assert(rows.length <= 1, 'one row at most answers the question', rows.length);
      return rows[0];
    },
    write: () => assert(false, 'where each question is asked once nothing is changed'),
    insert: () => assert(false, 'where each question is asked once nothing is changed'),
    grew: (table, rows) => tx.grew(table, rows),
    causeOf: (error) => tx.causeOf(error),
    settle: () => tx.settle(),
  };
}
