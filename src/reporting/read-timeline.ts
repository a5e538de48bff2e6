// The timeline of a customer as a page and as a table.

import type { Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { readActorNames } from '#identity/read-people.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeName } from './read-customer.ts';
import { findTimelineItem, listTimeline, type TimelineOf, type TimelinePlace } from './store-timeline.ts';
import {
  readableKinds,
  TIMELINE_HEADING,
  type TimelineKind,
  type TimelineRow,
  timelineCells,
} from './timeline.ts';

/** Which part of a customer's timeline is asked for. */
export type TimelineWish = {
  readonly customerId: string;
  readonly companyId?: string | undefined;
  readonly itemId?: string | undefined;
  readonly kinds?: readonly TimelineKind[] | undefined;
};

/** Rows read at once for a table. */
const TABLE_PAGE_ROWS = 500;

/**
 * A page of what happened, newest first, with people by name; one row more than the limit where more follow. Kinds that the
 * reader may not read are left out.
 *
 * Refuses: `customer_not_found`, `item_not_found`.
 */
export async function readTimeline(
  tx: Tx,
  context: Context,
  wish: TimelineWish,
  page: { readonly limit: number; readonly after?: TimelinePlace | undefined },
): Promise<readonly TimelineRow[]> {
  const of = await timelineOf(tx, context, wish);
  return named(tx, await listTimeline(tx, of, page));
}

/** What happened as rows of text, newest first, the heading before. Refuses: `customer_not_found`, `item_not_found`. */
export async function* timelineTable(
  tx: Tx,
  context: Context,
  wish: TimelineWish,
): AsyncGenerator<readonly string[]> {
  const of = await timelineOf(tx, context, wish);
  yield TIMELINE_HEADING;
  let after: TimelinePlace | undefined;
  do {
    const rows = await named(tx, await listTimeline(tx, of, { limit: TABLE_PAGE_ROWS, after }));
    const shown = rows.slice(0, TABLE_PAGE_ROWS);
    for (const row of shown) yield timelineCells(row);
    const last = rows.length > shown.length ? shown.at(-1) : undefined;
    after = last && { on: last.on, at: last.at.toString(), id: last.id };
  } while (after);
}

async function timelineOf(tx: Tx, context: Context, wish: TimelineWish): Promise<TimelineOf> {
  await takeName(tx, wish.customerId);
  const { itemId, ...rest } = wish;
  const item = itemId === undefined ? undefined : await findTimelineItem(tx, wish.customerId, itemId);
  if (itemId !== undefined && !item) throw new Refusal('item_not_found', { itemId });
  return { ...rest, item, kinds: readableKinds(wish.kinds, context.permissions) };
}

/** Details that hold who did it. */
const DOERS = ['by', 'placedBy', 'actor'] as const;

/** The rows with people by the names they are known by. */
async function named(tx: Tx, rows: readonly TimelineRow[]): Promise<readonly TimelineRow[]> {
  const doers = rows.flatMap((row) => DOERS.flatMap((key) => row.details[key] ?? []));
  const names = await readActorNames(tx, [...new Set(doers)]);
  return rows.map((row) => {
    const said = DOERS.flatMap((key) => {
      const name = names.get(row.details[key] ?? '');
      return name === undefined ? [] : [[key, name] as const];
    });
    return said.length === 0 ? row : { ...row, details: { ...row.details, ...Object.fromEntries(said) } };
  });
}
