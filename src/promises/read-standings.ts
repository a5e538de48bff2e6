// What became of promises, for commands, pages and reminders.

import type { Tx } from '#db/transaction.ts';
import { addDays, isAfter, type PlainDate } from '#kernel/calendar.ts';
import type { CustomerId, ItemId } from '#kernel/id.ts';
import { PROMISE_TOLERANCE_DAYS_MAX, PROMISES_LOOKED_AT_MAX } from '#kernel/limits.ts';
import { type Money, money } from '#kernel/money.ts';
import {
  type PromiseEnd,
  type PromiseStanding,
  pausedOf,
  promiseStanding,
  type StandingPart,
  standingParts,
} from './promise.ts';
import {
  findParts,
  findPromises,
  findSince,
  type PartRow,
  type PromiseFilter,
  type PromiseRow,
} from './store.ts';

/** A promise with what became of it on a day. */
export type StandingPromise = {
  readonly row: PromiseRow;
  readonly parts: readonly (StandingPart & Pick<PartRow, 'reference' | 'documentId'>)[];
  readonly standing: PromiseStanding;
};

/** Promises with how they stand today, the newest first; with a day they are asked for as of, as they stood at its end. */
export async function readStandings(
  tx: Tx,
  filter: PromiseFilter,
  today: PlainDate,
  asOf?: PlainDate | undefined,
): Promise<readonly StandingPromise[]> {
  const rows = await findPromises(tx, filter);
  const ids = rows.map((row) => row.id);
  const [parts, since] = [await findParts(tx, ids), await findSince(tx, ids, asOf)];
  return rows.map((row): StandingPromise => {
    const said = parts.get(row.id) ?? [];
    const ended = endOf(row, asOf);
    // What came after a person ended it is another promise's, or nobody's.
    const came = (since.get(row.id) ?? []).filter((one) => !ended || !isAfter(one.on, ended.on));
    const standing = standingParts(said, came, row.tolerance_days);
    const shown = standing.map((part) => {
      const own = said.find((one) => one.itemId === part.itemId);
      return { ...part, reference: own?.reference ?? '', documentId: own?.documentId ?? '' };
    });
    return { row, parts: shown, standing: promiseStanding(standing, today, ended) };
  });
}

/** All such promises, however many there are, with how they stand on a day; the newest first. */
export async function* everyStanding(
  tx: Tx,
  filter: Omit<PromiseFilter, 'after' | 'limit'>,
  today: PlainDate,
): AsyncGenerator<StandingPromise> {
  for (let after: PromiseRow | undefined; ; ) {
    const page = await readStandings(tx, { ...filter, after, limit: PROMISES_LOOKED_AT_MAX }, today);
    yield* page;
    if (page.length < PROMISES_LOOKED_AT_MAX) return;
    after = page.at(-1)?.row;
  }
}

/** How a promise was ended by a person's act, by the end of a day. */
function endOf(row: PromiseRow, asOf: PlainDate | undefined): PromiseEnd | undefined {
  if (row.ended_on !== null && asOf !== undefined && isAfter(row.ended_on, asOf)) return undefined;
  return row.end_kind !== null && row.ended_on !== null
    ? { kind: row.end_kind, on: row.ended_on }
    : undefined;
}

/**
 * What of the items of customers is promised and still to come on a day, by item, without sign: nobody asks for that
 * meanwhile.
 */
export async function readPromisedOf(
  tx: Tx,
  customerIds: readonly CustomerId[],
  on: PlainDate,
): Promise<ReadonlyMap<ItemId, Money>> {
  const promisedFrom = addDays(on, -PROMISE_TOLERANCE_DAYS_MAX);
  const standings = everyStanding(tx, { customerIds, isStanding: true, promisedFrom }, on);
  const paused = new Map<ItemId, Money>();
  for await (const { row, parts } of standings)
    for (const [itemId, minor] of pausedOf(parts, on)) paused.set(itemId, money(minor, row.currency));
  return paused;
}
