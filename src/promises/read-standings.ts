// What became of promises, for commands, pages and reminders.

import type { Tx } from '#db/transaction.ts';
import { addDays, type Instant, isAfter, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';
import { PROMISE_TOLERANCE_DAYS_MAX, PROMISES_LOOKED_AT_MAX } from '#kernel/limits.ts';
import { type Money, money } from '#kernel/money.ts';
import {
  type PromiseEnd,
  type PromiseStanding,
  pausedOf,
  promiseStanding,
  type StandingPart,
  standingParts,
  withoutReplaced,
} from './promise.ts';
import {
  findItemEnds,
  findParts,
  findPromises,
  findSince,
  isPromising,
  type PartRow,
  type PromiseFilter,
  type PromiseRow,
} from './store.ts';
import { findBroken, findStates } from './store-standings.ts';

/** A part with the document it is about; `isReplaced` where a later promise speaks of its item. */
type ShownPart = StandingPart & Pick<PartRow, 'reference' | 'documentId'> & { readonly isReplaced: boolean };

/** A promise with what became of it on a day. */
export type StandingPromise = {
  readonly row: PromiseRow;
  readonly parts: readonly ShownPart[];
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
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const [parts, since, ends] = await Promise.all([
    findParts(tx, ids),
    findSince(tx, ids, asOf),
    findItemEnds(tx, ids, asOf),
  ]);
  return rows.map((row): StandingPromise => {
    const said = parts.get(row.id) ?? [];
    const ended = endOf(row, asOf);
    const replaced = new Map((ends.get(row.id) ?? []).map((end) => [end.itemId, end.on]));
    // What came after a person ended it, or after another took its place, is another promise's, or nobody's.
    const came = (since.get(row.id) ?? []).filter(({ itemId, on }) => {
      const end = replaced.get(itemId) ?? ended?.on;
      return end === undefined || !isAfter(on, end);
    });
    const standing = withoutReplaced(standingParts(said, came, row.tolerance_days), replaced);
    const shown = standing.map((part): ShownPart => {
      const { reference = '', documentId = '' } = said.find((one) => one.itemId === part.itemId) ?? {};
      return { ...part, reference, documentId, isReplaced: replaced.has(part.itemId) };
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

/** How many promises of customers with a company, made from a day on, were not kept, wholly or in part, as of a day. */
export async function countBroken(
  tx: Tx,
  whose: {
    readonly companyId: CompanyId;
    readonly customerIds: readonly CustomerId[];
    readonly promisedFrom: PlainDate;
    readonly today: PlainDate;
  },
): Promise<ReadonlyMap<CustomerId, number>> {
  return findBroken(tx, whose);
}

/** How much of promises was promised and came in time, in minor units of their currency, as of a day and as known at a moment. */
export async function readKept(
  tx: Tx,
  promiseIds: readonly string[],
  when: { readonly asOf: PlainDate; readonly knownAt?: Instant | undefined },
): Promise<ReadonlyMap<string, { readonly promised: bigint; readonly kept: bigint }>> {
  if (promiseIds.length === 0) return new Map();
  const whose = { promiseIds, today: when.asOf, asOf: when.asOf, knownAt: when.knownAt };
  const rows = await findStates(tx, whose, { show: 'all', limit: promiseIds.length });
  return new Map(rows.map(({ id, promised, kept }) => [id, { promised, kept }]));
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
  const paused = new Map<ItemId, Money>();
  // Asked of every customer in every run, while hardly any has promised something.
  if (!(await isPromising(tx, customerIds))) return paused;
  const promisedFrom = addDays(on, -PROMISE_TOLERANCE_DAYS_MAX);
  const standings = everyStanding(tx, { customerIds, isStanding: true, promisedFrom }, on);
  for await (const { row, parts } of standings)
    for (const [itemId, minor] of pausedOf(parts, on)) paused.set(itemId, money(minor, row.currency));
  return paused;
}
