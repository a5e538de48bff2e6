// Reports of any size as delimited text: rows flow from one snapshot of the database to the reader as fast as the reader
// takes them, and are never held as a whole.

import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import type { Context, Door } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { writeCsv } from '#formats/csv.ts';
import { present } from '#kernel/assert.ts';
import { bucketsOf, type Edges } from '#ledger/aging.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { companiesOf, rowsOf, withDisputed } from './read-aging.ts';
import { readDisputedSums } from './read-disputed.ts';
import { agingCells, agingHeading, ITEM_HEADING, itemCells } from './replies.ts';
import { NOBODY, prepareReport, type Scope } from './store-aging.ts';
import { type CustomerSums, type ItemFilter, scanCustomerSums, scanItems } from './store-items.ts';

type Cells = readonly string[];

/** The aging of all customers in order of their numbers, as rows of text. Refuses: `company_not_found`. */
export async function* agingTable(tx: Tx, scope: Scope, edges: Edges): AsyncGenerator<Cells> {
  const companies = await companiesOf(tx, scope);
  const how = { asOf: scope.asOf, edges };
  prepareReport(tx);
  const disputed = await readDisputedSums(tx, scope);
  yield agingHeading(bucketsOf(edges).map((bucket) => bucket.key));
  let sums: CustomerSums[] = [];
  for await (const part of scanCustomerSums(tx, scope, edges)) {
    for (const sum of part) {
      if (sums.length > 0 && sums[0]?.customerId !== sum.customerId) {
        yield* rowsOfOne(sums);
        sums = [];
      }
      sums.push(sum);
    }
  }
  yield* rowsOfOne(sums);

  function* rowsOfOne(theirs: readonly CustomerSums[]): Generator<Cells> {
    const [first] = theirs;
    if (first === undefined) return;
    const customer = { customerId: first.customerId ?? NOBODY, number: first.number, name: first.name };
    const rows = withDisputed(rowsOf([customer], theirs, companies, how), (row) =>
      disputed.of(row.customer?.id ?? null, row.company.id, row.currency),
    );
    for (const row of rows) yield agingCells(row);
  }
}

/** All open items of an aging, oldest due first, as rows of text. */
export async function* itemTable(tx: Tx, filter: ItemFilter): AsyncGenerator<Cells> {
  await companiesOf(tx, filter);
  prepareReport(tx);
  yield ITEM_HEADING;
  for await (const part of scanItems(tx, filter)) {
    for (const item of part) yield itemCells(item, filter);
  }
}

/**
 * Streams a table as delimited text for spreadsheets. Resolves once the first row is there, so that refusals are still
 * answered as such; a failure later breaks the stream off.
 */
export async function streamTable(
  door: Door,
  context: Context,
  table: (tx: Tx) => AsyncGenerator<Cells>,
): Promise<Readable> {
  const stream = new PassThrough();
  const begun = Promise.withResolvers<Readable>();
  let fail = begun.reject;
  readSnapshot(door, context, async (tx) => {
    const rows = table(tx);
    const heading = await rows.next();
    begun.resolve(stream);
    fail = (error) => stream.destroy(error instanceof Error ? error : new Error(String(error)));
    const withHeading = async function* (): AsyncGenerator<Cells> {
      yield present<Cells>(heading.value || null, 'a table has a heading');
      yield* rows;
    };
    for await (const piece of writeCsv(withHeading(), { byteOrderMark: true })) {
      if (stream.destroyed) return;
      if (!stream.write(piece)) await Promise.race([once(stream, 'drain'), once(stream, 'close')]);
    }
    stream.end();
  }).catch((error: unknown) => fail(error));
  return begun.promise;
}
