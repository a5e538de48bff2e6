// Reading skips: for whoever plans and sends reminders, and for people.

import type { Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { readActorNames } from '#identity/read-people.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';
import { cursorText, idKey, momentKey, readCursor } from '#parties/page-cursor.ts';
import { readCustomers } from '#parties/take-party.ts';
import type { Skips } from './skip.ts';
import { findSkipped, findSkips, type ShownSkip, type SkipFilter } from './store.ts';

/** What of customers of a company is left out of the reminders of some days, the first and the last included. */
export async function readSkips(
  tx: Tx,
  companyId: CompanyId,
  customerIds: readonly CustomerId[],
  days: { readonly from: PlainDate; readonly to: PlainDate },
): Promise<Skips> {
  const rows = await findSkipped(tx, companyId, customerIds, days);
  return {
    customers: new Map(
      rows.filter((row) => row.item_id === null).map((row) => [row.customer_id, row.id] as const),
    ),
    items: new Map(rows.flatMap((row) => (row.item_id === null ? [] : [[row.item_id as ItemId, row.id]]))),
  };
}

/** One page of skips, the newest first. */
export async function readSkipList(
  tx: Tx,
  asked: Pick<Context, 'permissions' | 'today'>,
  query: {
    readonly customerId?: CustomerId | undefined;
    readonly standing?: 'true' | 'false' | undefined;
    readonly after?: string | undefined;
    readonly limit: number;
  },
) {
  const { after, limit, standing, customerId } = query;
  const from = readCursor<readonly [string, string]>(after, [momentKey, idKey]);
  const filter: SkipFilter = { customerId, standingOn: standing === 'true' ? asked.today : undefined };
  const found = await findSkips(tx, filter, { after: from, limit: limit + 1 });
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    rows: await describeSkips(tx, shown, asked),
    next: found.length > limit && last ? cursorText([last.recorded_at, last.id]) : null,
  };
}

/** Skips by their ids, as people see them. */
export async function readSkipsById(
  tx: Tx,
  ids: readonly string[],
  asked: Pick<Context, 'permissions' | 'today'>,
) {
  if (ids.length === 0) return new Map<string, Awaited<ReturnType<typeof describeSkips>>[number]>();
  const rows = await findSkips(tx, { ids }, { after: undefined, limit: ids.length });
  const shown = await describeSkips(tx, rows, asked);
  return new Map(shown.map((skip) => [skip.skipId, skip]));
}

async function describeSkips(
  tx: Tx,
  rows: readonly ShownSkip[],
  { permissions }: Pick<Context, 'permissions'>,
) {
  const [customers, names] = await Promise.all([
    readCustomers(tx, [...new Set(rows.map((row) => row.customer_id as CustomerId))]),
    readActorNames(
      tx,
      rows.flatMap((row) => [row.skipped_by, row.ended_by ?? row.skipped_by]),
    ),
  ]);
  return rows.map((row) => ({
    skipId: row.id,
    companyId: row.company_id,
    customerId: row.customer_id,
    customerName: customers.get(row.customer_id as CustomerId)?.name ?? '',
    itemId: row.item_id,
    reference: row.reference,
    from: row.from_on.toString(),
    until: row.until_on.toString(),
    reason: row.reason,
    skippedBy: names.get(row.skipped_by) ?? row.skipped_by,
    skippedAt: row.recorded_at.toString(),
    takenBackBy: row.ended_by === null ? null : (names.get(row.ended_by) ?? row.ended_by),
    takenBackAt: row.ended_at?.toString() ?? null,
    may: { takeBack: mayTakeBack(row, permissions) },
  }));
}

function mayTakeBack(row: ShownSkip, permissions: ReadonlySet<string>): true | string {
  if (!permissions.has('reminder.send')) return 'not_permitted';
  return row.ended_at === null ? true : 'skip_taken_back';
}
