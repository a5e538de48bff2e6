// What people accepted of customers, to count until it ends or is revoked: pages of it, whatever it is.

import type { Tx } from '#db/transaction.ts';
import { readActorNames } from '#identity/read-people.ts';
import type { Instant, PlainDate } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { idKey, pageOfRows, readCursor } from '#parties/page-cursor.ts';
import { readCustomers } from '#parties/take-party.ts';

/** Something that was accepted, as it is kept. */
export type AcceptedRow = {
  readonly id: string;
  readonly customer_id: CustomerId;
  readonly until_on: PlainDate | null;
  readonly accepted_by: string;
  readonly accepted_at: Instant;
  readonly revoked_by: string | null;
  readonly revoked_at: Instant | null;
};

/** Where a page of it begins. */
export type AcceptedAfter = readonly [acceptedAt: Instant, id: string];

/**
 * A page of what was accepted, the latest first, of whom and by whom, with what `shown` says of each besides.
 *
 * Refuses: `bad_input` (an `after` we never gave out).
 */
export async function readAcceptedPage<Row extends AcceptedRow, Shown extends object>(
  tx: Tx,
  query: { readonly limit: number; readonly after?: string | undefined },
  find: (page: {
    readonly after: AcceptedAfter | undefined;
    readonly limit: number;
  }) => Promise<readonly Row[]>,
  shown: (row: Row) => Shown,
) {
  const after = readCursor(query.after, [Temporal.Instant.from, idKey]);
  const { rows, next } = pageOfRows(await find({ after, limit: query.limit + 1 }), query.limit, (last) => [
    last.accepted_at,
    last.id,
  ]);
  const [customers, names] = await Promise.all([
    readCustomers(tx, [...new Set(rows.map((row) => row.customer_id))]),
    readActorNames(
      tx,
      rows.flatMap((row) => [row.accepted_by, ...(row.revoked_by === null ? [] : [row.revoked_by])]),
    ),
  ]);
  const who = (actor: string): string => names.get(actor) ?? actor;
  return {
    rows: rows.flatMap((row) => {
      const customer = customers.get(row.customer_id);
      if (!customer) return [];
      const { id, number, name } = customer;
      return [
        {
          ...shown(row),
          customer: { id, number, name },
          untilOn: row.until_on?.toString() ?? null,
          acceptedBy: who(row.accepted_by),
          acceptedAt: row.accepted_at.toString(),
          revokedBy: row.revoked_by === null ? null : who(row.revoked_by),
          revokedAt: row.revoked_at?.toString() ?? null,
        },
      ];
    }),
    next,
  };
}
