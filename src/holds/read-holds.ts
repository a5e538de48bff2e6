// Reading holds: for lists and the overview, and for whoever is about to chase somebody.

import type { Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { readActorNames, readPeople } from '#identity/read-people.ts';
import { addDays, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { cursorText, idKey, momentKey, readCursor } from '#parties/page-cursor.ts';
import { readCustomers } from '#parties/take-party.ts';
import { holdState, isWide } from './hold.ts';
import { holdReasons } from './hold-reason.ts';
import {
  countEnds,
  countHolds,
  countHoldsBy,
  findHeld,
  findHeldBy,
  findHeldSums,
  findHoldChanges,
  findHoldReasons,
  findHolds,
  type HeldSum,
  type HoldFilter,
  type HoldRow,
} from './store.ts';

/** Who and what is on hold on a day. */
export type Held = {
  /** Customers of whom nothing is asked for. */
  readonly customers: ReadonlySet<CustomerId>;
  readonly items: ReadonlySet<ItemId>;
  /** Contacts that are written to about nothing; others of their customer are. */
  readonly contacts: ReadonlySet<string>;
};

/** What of customers of a company is on hold on a day, by whatever reach. */
export function readHeld(
  tx: Tx,
  companyId: CompanyId,
  customerIds: readonly CustomerId[],
  on: PlainDate,
): Promise<Held> {
  return findHeld(tx, companyId, customerIds, on);
}

/** Who may own holds. */
const OWNING_ROLES = ['collector', 'controller', 'owner'] as const;
/** Weeks ahead that the overview counts ends for; what ends later is in the last. */
const WEEKS = 9;

type Asked = Pick<Context, 'today' | 'permissions'>;

/** One page of holds, the newest first, with what each keeps from being chased and what became of it. */
export async function readHoldList(
  tx: Tx,
  asked: Asked,
  query: HoldFilter & { readonly after?: string | undefined; readonly limit: number },
) {
  const { after, limit, ...filter } = query;
  const from = readCursor<readonly [string, string]>(after, [momentKey, idKey]);
  const found = await findHolds(tx, filter, asked.today, { after: from, limit: limit + 1 });
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    rows: await describeHolds(tx, shown, asked),
    next: found.length > limit && last ? cursorText([last.recorded_at, last.id]) : null,
  };
}

async function describeHolds(tx: Tx, holds: readonly HoldRow[], asked: Asked) {
  const ids = holds.map((hold) => hold.id);
  const customerIds = [...new Set(holds.flatMap((hold) => (hold.customer_id as CustomerId | null) ?? []))];
  const [customers, held, changes, own] = await Promise.all([
    readCustomers(tx, customerIds),
    findHeldBy(tx, ids),
    findHoldChanges(tx, ids),
    findHoldReasons(tx),
  ]);
  const names = await readActorNames(tx, [
    ...holds.flatMap((hold) => [`user:${hold.owner_id}`, hold.placed_by, hold.released_by ?? hold.placed_by]),
    ...changes.map((change) => change.changed_by),
  ]);
  const reasons = new Map(holdReasons(own).map(({ code, name }) => [code, name]));
  return holds.map((hold) => {
    const customer = customers.get(hold.customer_id as CustomerId);
    const state = holdState({ endsOn: hold.ends_on, isReleased: hold.released_at !== null }, asked.today);
    return {
      holdId: hold.id,
      scope: hold.scope,
      companyId: hold.company_id,
      companyCode: hold.company_code,
      customerId: hold.customer_id,
      customerNumber: customer?.number ?? null,
      customerName: customer?.name ?? null,
      itemId: hold.item_id,
      documentId: hold.document_id,
      reference: hold.reference,
      contactId: hold.contact_id,
      contactName: hold.contact_name,
      reason: hold.reason,
      reasonName: reasons.get(hold.reason) ?? hold.reason,
      note: hold.note,
      owner: { userId: hold.owner_id, name: names.get(`user:${hold.owner_id}`) ?? '' },
      startsOn: hold.starts_on.toString(),
      endsOn: hold.ends_on.toString(),
      placedBy: names.get(hold.placed_by) ?? hold.placed_by,
      placedAt: hold.recorded_at.toString(),
      releasedAt: hold.released_at?.toString() ?? null,
      state,
      inForce: state === 'in_force' || state === 'running_out',
      held: held.filter(({ key }) => key === hold.id).map(shownSum),
      changes: changes
        .filter((change) => change.hold_id === hold.id)
        .map((change) => ({
          kind: change.kind as 'extended' | 'given' | 'released',
          endsOn: change.ends_on.toString(),
          note: change.note,
          by: names.get(change.changed_by) ?? change.changed_by,
          at: change.recorded_at.toString(),
        })),
      may: mayOf(hold, state, asked.permissions),
    };
  });
}

function shownSum({ minor, currency }: HeldSum) {
  return shownMoney(money(minor, currency));
}

/** Whether one may release a hold, and change it otherwise; or why not. */
function mayOf(hold: HoldRow, state: ReturnType<typeof holdState>, permissions: ReadonlySet<string>) {
  const needed = isWide(hold.scope) ? 'cadence.edit' : 'hold.place';
  const release = !permissions.has(needed)
    ? 'not_permitted'
    : state === 'released'
      ? 'hold_released'
      : (true as const);
  return { release, change: release === true && state === 'over' ? 'hold_over' : release };
}

/** Holds at a glance: how many stand, run out, are old or are over; by owner and reason with the money held; when they end. */
export async function readHoldOverview(tx: Tx, asked: Asked) {
  const { today, permissions } = asked;
  const [counts, ends, people, own, ...sums] = await Promise.all([
    countHolds(tx, today),
    countEnds(tx, today, WEEKS),
    readPeople(tx, OWNING_ROLES),
    findHoldReasons(tx),
    findHeldSums(tx, today, 'all'),
    findHeldSums(tx, today, 'owner'),
    findHeldSums(tx, today, 'reason'),
  ]);
  const [byOwner, byReason] = [
    await countHoldsBy(tx, today, 'owner'),
    await countHoldsBy(tx, today, 'reason'),
  ];
  const [all = [], ofOwners = [], ofReasons = []] = sums;
  const names = await readActorNames(
    tx,
    [...byOwner.keys()].map((id) => `user:${id}`),
  );
  const reasons = holdReasons(own);
  const group = (
    counted: ReadonlyMap<string, number>,
    held: readonly HeldSum[],
    nameOf: (key: string) => string,
  ) =>
    [...counted]
      .map(([key, holds]) => ({
        key,
        name: nameOf(key),
        holds,
        held: held.filter((sum) => sum.key === key).map(shownSum),
      }))
      .toSorted((a, b) => b.holds - a.holds || (a.name < b.name ? -1 : 1));
  const endsIn = new Map(ends.map(({ week, holds }) => [week, holds]));
  return {
    counts: {
      standing: counts.standing,
      runningOut: counts.running_out,
      old: counts.old,
      over: counts.over,
    },
    held: all.map(shownSum),
    owners: group(byOwner, ofOwners, (id) => names.get(`user:${id}`) ?? ''),
    reasons: group(byReason, ofReasons, (code) => reasons.find((one) => one.code === code)?.name ?? code),
    ends: Array.from({ length: WEEKS }, (_, week) => ({
      from: addDays(today, week * 7).toString(),
      isLast: week === WEEKS - 1,
      holds: endsIn.get(week) ?? 0,
    })),
    people: people.map(({ userId, name }) => ({ userId, name })),
    allReasons: reasons.map((reason) => ({ ...reason })),
    may: {
      place: permissions.has('hold.place') || 'not_permitted',
      placeWide: permissions.has('cadence.edit') || 'not_permitted',
      putReason: permissions.has('company.manage') || 'not_permitted',
    },
  };
}
