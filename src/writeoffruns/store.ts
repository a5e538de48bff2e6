// SQL of runs of write-offs. It reads open items by itself, and only reads them: which of them a rule means is one question.

import { type RawBuilder, type Selectable, sql } from 'kysely';
import { type Act, actorText } from '#command/command.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import { addDays, type PlainDate } from '#kernel/calendar.ts';
import { jsonText } from '#kernel/canonical.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';
import { type Money, money } from '#kernel/money.ts';
import type { ReliefFacts } from '#writeoffs/relief.ts';
import type { WriteOffKind } from '#writeoffs/writing-off.ts';
import type { KeptObstacle } from './obstacle.ts';
import type { Counts, RunState } from './state-of-run.ts';

const all = (parts: readonly RawBuilder<unknown>[]): RawBuilder<unknown> => sql.join(parts, sql` and `);

/** Which items somebody means. */
export type Rule = {
  readonly companyId: CompanyId;
  readonly customerId?: CustomerId | undefined;
  readonly itemKind?: 'invoice' | 'charge' | undefined;
  /** At least so many days past the due date. */
  readonly overdueDaysMin?: number | undefined;
  /** Open up to so much, by currency; items in other currencies are not meant. Empty: whatever is open. */
  readonly upTo: readonly Money[];
};

/** The items that a rule means on a day, the longest due first. */
export async function findMeant(
  tx: Tx,
  rule: Rule,
  today: PlainDate,
  limit: number,
): Promise<readonly ItemId[]> {
  const parts = [
    sql`tenant_id = ${tx.tenantId} and company_id = ${rule.companyId} and open_minor > 0 and posted_on <= ${today}`,
    rule.itemKind === undefined ? sql`kind in ('invoice', 'charge')` : sql`kind = ${rule.itemKind}`,
  ];
  if (rule.customerId !== undefined) parts.push(sql`customer_id = ${rule.customerId}`);
  if (rule.overdueDaysMin !== undefined) parts.push(sql`due_on <= ${addDays(today, -rule.overdueDaysMin)}`);
  const each = rule.upTo.map(({ minor, currency }) => sql`currency = ${currency} and open_minor <= ${minor}`);
  if (each.length > 0) parts.push(sql`(${sql.join(each, sql` or `)})`);
  const rows = await tx.run(
    sql<{ id: ItemId }>`select id from open_item where ${all(parts)} order by due_on, id limit ${limit}::int`,
    { plan: 'fresh' },
  );
  return rows.map((row) => row.id);
}

/** Who of customers has money or credit of a company that is not applied, with the currency. */
export async function findWithCredit(
  tx: Tx,
  companyIds: readonly CompanyId[],
  customerIds: readonly CustomerId[],
): Promise<readonly { readonly customer_id: CustomerId; readonly currency: string }[]> {
  return tx.run(
    sql<{ customer_id: CustomerId; currency: string }>`
      select distinct customer_id, currency from open_item
      where tenant_id = ${tx.tenantId} and company_id = any(${arrayLiteral(companyIds)}::uuid[])
        and customer_id = any(${arrayLiteral(customerIds)}::uuid[]) and open_minor < 0`,
    { plan: 'fresh' },
  );
}

/** Which items wait in a run, other than the one given. */
export async function findInRuns(
  tx: Tx,
  itemIds: readonly ItemId[],
  except: string | undefined,
): Promise<ReadonlySet<ItemId>> {
  const other = except === undefined ? sql`true` : sql`run_id <> ${except}`;
  const rows = await tx.run(
    sql<{ item_id: ItemId }>`select item_id from write_off_run_item
      where tenant_id = ${tx.tenantId} and item_id = any(${arrayLiteral(itemIds)}::uuid[]) and outcome = 'waiting' and ${other}`,
    { plan: 'fresh' },
  );
  return new Set(rows.map((row) => row.item_id));
}

// — runs —

export type RunRow = Omit<Selectable<DB['write_off_run']>, 'state' | 'kind' | 'facts'> & {
  readonly state: RunState;
  readonly kind: WriteOffKind;
  readonly facts: ReliefFacts;
};

/** Adds a run over items, in their order. */
export function insertRun(
  act: Act,
  run: {
    readonly id: string;
    readonly companyId: CompanyId;
    readonly kind: WriteOffKind;
    readonly reason: string;
    readonly facts: ReliefFacts;
  },
  items: readonly { readonly itemId: ItemId; readonly amount: Money }[],
): void {
  act.insert('write_off_run', [
    {
      id: run.id,
      company_id: run.companyId,
      kind: run.kind,
      reason: run.reason,
      facts: jsonText(run.facts),
      state: 'running',
      items: items.length,
      started_by: actorText(act.actor),
      started_at: act.now,
    },
  ]);
  act.insert(
    'write_off_run_item',
    items.map(({ itemId, amount }, index) => ({
      run_id: run.id,
      item_id: itemId,
      position: index + 1,
      currency: amount.currency,
      amount_minor: amount.minor,
      outcome: 'waiting',
    })),
  );
}

/** One run. */
export async function findRun(tx: Tx, id: string): Promise<RunRow | undefined> {
  return tx.find(sql<RunRow>`select * from write_off_run where tenant_id = ${tx.tenantId} and id = ${id}`);
}

/** One run, locked. */
export async function lockRun(tx: Tx, id: string): Promise<RunRow | undefined> {
  return tx.find(
    sql<RunRow>`select * from write_off_run where tenant_id = ${tx.tenantId} and id = ${id} for update`,
  );
}

/** Runs, the newest first. */
export async function findRuns(tx: Tx, limit: number): Promise<readonly RunRow[]> {
  return tx.run(
    sql<RunRow>`select * from write_off_run where tenant_id = ${tx.tenantId} order by started_at desc, id desc limit ${limit}`,
  );
}

/** The next items of a run that wait to be written off, in order. */
export async function findWaiting(tx: Tx, runId: string, limit: number): Promise<readonly ItemId[]> {
  const rows = await tx.run(
    sql<{ item_id: ItemId }>`select item_id from write_off_run_item
      where tenant_id = ${tx.tenantId} and run_id = ${runId} and outcome = 'waiting' order by position limit ${limit}::int`,
  );
  return rows.map((row) => row.item_id);
}

/** The next items of a run whose write-offs wait to be taken back, in order. */
export async function findStanding(tx: Tx, runId: string, limit: number): Promise<readonly ItemId[]> {
  const rows = await tx.run(
    sql<{ item_id: ItemId }>`select r.item_id from write_off_run_item r
      where r.tenant_id = ${tx.tenantId} and r.run_id = ${runId} and r.outcome = 'written_off' and r.undo_outcome is null
        and not exists (select from write_off_undo u where u.tenant_id = r.tenant_id and u.write_off_id = r.write_off_id)
      order by r.position limit ${limit}::int`,
  );
  return rows.map((row) => row.item_id);
}

export type RunItemRow = Selectable<DB['write_off_run_item']>;

/** One item of a run, locked: two workers over one run take it one after the other. */
export async function lockRunItem(tx: Tx, runId: string, itemId: ItemId): Promise<RunItemRow | undefined> {
  return tx.find(
    sql<RunItemRow>`select * from write_off_run_item
      where tenant_id = ${tx.tenantId} and run_id = ${runId} and item_id = ${itemId} for update`,
  );
}

type Named = { readonly runId: string; readonly itemId: ItemId };

/** Notes how an item that waited ended. */
export function updateOutcome(
  act: Act,
  { runId, itemId }: Named,
  ended: { readonly writeOffId: string } | { readonly obstacle: KeptObstacle },
): void {
  const [outcome, obstacle, writeOffId] =
    'obstacle' in ended
      ? ['left_out', jsonText(ended.obstacle), null]
      : ['written_off', null, ended.writeOffId];
  act.write(sql`update write_off_run_item set outcome = ${outcome}, obstacle = ${obstacle}::jsonb, write_off_id = ${writeOffId}::uuid
    where tenant_id = ${act.tenantId} and run_id = ${runId} and item_id = ${itemId} and outcome = 'waiting'`);
}

/** Notes how taking an item back ended; why, where its write-off stays. */
export function updateUndoOutcome(act: Act, { runId, itemId }: Named, obstacle: KeptObstacle | null): void {
  act.write(sql`update write_off_run_item set undo_outcome = ${obstacle === null ? 'undone' : 'kept'},
      undo_obstacle = ${obstacle === null ? null : jsonText(obstacle)}::jsonb
    where tenant_id = ${act.tenantId} and run_id = ${runId} and item_id = ${itemId} and outcome = 'written_off'`);
}

/** Ends a run none of whose items waits any more. */
export function updateRunDone(act: Act, id: string): void {
  act.write(sql`update write_off_run r set state = 'done', finished_at = ${act.now}
    where r.tenant_id = ${act.tenantId} and r.id = ${id} and r.state = 'running' and not exists (
      select from write_off_run_item i where i.tenant_id = r.tenant_id and i.run_id = r.id and i.outcome = 'waiting')`);
}

/** Begins taking a run back; what could not be taken back before is tried again. */
export function updateRunUndoing(act: Act, id: string, reason: string): void {
  act.write(sql`update write_off_run set state = 'undoing', undos = undos + 1, undo_reason = ${reason},
      undone_by = ${actorText(act.actor)}, undone_at = null
    where tenant_id = ${act.tenantId} and id = ${id}`);
  act.write(sql`update write_off_run_item set undo_outcome = null, undo_obstacle = null
    where tenant_id = ${act.tenantId} and run_id = ${id} and undo_outcome = 'kept'`);
}

/** Ends taking a run back. */
export function updateRunUndone(act: Act, id: string): void {
  act.write(sql`update write_off_run set state = 'undone', undone_at = ${act.now}
    where tenant_id = ${act.tenantId} and id = ${id} and state = 'undoing'`);
}

/** How far runs are, and what they come to in each currency. */
export type CountRow = {
  readonly run_id: string;
  readonly currency: string;
  readonly waiting: bigint;
  readonly written_off: bigint;
  readonly left_out: bigint;
  readonly standing: bigint;
  readonly asked: bigint;
  readonly written_minor: bigint;
  readonly standing_minor: bigint;
};

/** Counts and sums of runs, by currency. */
export async function countItems(tx: Tx, ids: readonly string[]): Promise<readonly CountRow[]> {
  return tx.run(sql<CountRow>`
    select i.run_id, i.currency, count(*) filter (where i.outcome = 'waiting') as waiting,
      count(*) filter (where i.outcome = 'written_off') as written_off,
      count(*) filter (where i.outcome = 'left_out') as left_out,
      count(*) filter (where i.outcome = 'written_off' and u.write_off_id is null) as standing,
      sum(i.amount_minor)::bigint as asked,
      coalesce(sum(i.amount_minor) filter (where i.outcome = 'written_off'), 0)::bigint as written_minor,
      coalesce(sum(i.amount_minor) filter (where i.outcome = 'written_off' and u.write_off_id is null), 0)::bigint as standing_minor
    from write_off_run_item i
    left join write_off_undo u on u.tenant_id = i.tenant_id and u.write_off_id = i.write_off_id
    where i.tenant_id = ${tx.tenantId} and i.run_id = any(${arrayLiteral(ids)}::uuid[])
    group by i.run_id, i.currency order by i.run_id, i.currency`);
}

/** The counts of one run over all currencies. */
export function sumCounts(rows: readonly CountRow[]): Counts {
  const sum = (of: (row: CountRow) => bigint): number =>
    rows.reduce((total, row) => total + Number(of(row)), 0);
  return {
    waiting: sum((row) => row.waiting),
    writtenOff: sum((row) => row.written_off),
    leftOut: sum((row) => row.left_out),
    standing: sum((row) => row.standing),
  };
}

/** An item of a run as lists show it. */
export type ListedRunItem = RunItemRow & {
  readonly customer_id: CustomerId;
  readonly reference: string;
  readonly document_id: string;
  readonly kind: string;
  readonly due_on: PlainDate;
  readonly write_off_number: string | null;
  readonly is_undone: boolean;
};

/** Items of a run in order, from after a position; of those that ended one way, where asked. */
export async function findRunItems(
  tx: Tx,
  runId: string,
  page: { readonly show: 'all' | 'left_out' | 'kept'; readonly after: number; readonly limit: number },
): Promise<readonly ListedRunItem[]> {
  const which = {
    all: sql`true`,
    left_out: sql`i.outcome = 'left_out'`,
    kept: sql`i.undo_outcome = 'kept' and u.write_off_id is null`,
  };
  return tx.run(
    sql<ListedRunItem>`
      select i.*, o.customer_id, o.reference, o.document_id, o.kind, o.due_on, w.number as write_off_number,
        u.write_off_id is not null as is_undone
      from write_off_run_item i join open_item o on o.tenant_id = i.tenant_id and o.id = i.item_id
      left join write_off w on w.tenant_id = i.tenant_id and w.id = i.write_off_id
      left join write_off_undo u on u.tenant_id = i.tenant_id and u.write_off_id = i.write_off_id
      where i.tenant_id = ${tx.tenantId} and i.run_id = ${runId} and i.position > ${page.after}::int and ${which[page.show]}
      order by i.position limit ${page.limit}::int`,
    { plan: 'fresh' },
  );
}

/** What was looked at of an item. */
export function lookedAt(row: Pick<RunItemRow, 'amount_minor' | 'currency'>): Money {
  return money(row.amount_minor, row.currency);
}
