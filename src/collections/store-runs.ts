// SQL of reminder runs.

import { type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import { q } from '#db/query.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';

/** A stored run. */
export type RunRow = Selectable<DB['reminder_run']>;

/** Adds a run that starts now. */
export function insertRun(
  act: Act,
  run: Pick<RunRow, 'id' | 'company_id' | 'run_on' | 'started_by' | 'approved' | 'set_id' | 'looked_at'>,
): void {
  act.insert('reminder_run', [{ ...run, started_at: act.now }]);
}

/** One run. */
export async function findRun(tx: Tx, id: string): Promise<RunRow | undefined> {
  return tx.find(
    q.selectFrom('reminder_run').selectAll().where('tenant_id', '=', tx.tenantId).where('id', '=', id),
  );
}

/** How many messages a run has queued so far, and about how many items. */
export async function countSaid(
  tx: Tx,
  id: string,
): Promise<{ readonly messages: number; readonly items: number }> {
  const [row] = await tx.run(sql<{ messages: bigint; items: bigint }>`${saidBy(tx, id)}`);
  return { messages: Number(row?.messages ?? 0n), items: Number(row?.items ?? 0n) };
}

function saidBy(tx: Tx, id: string) {
  const said = (
    table: 'reminder_item' | 'reminder_left_out',
  ) => sql`select r.message_id, r.item_id from message m
    join ${sql.table(table)} r on r.tenant_id = m.tenant_id and r.message_id = m.id
    where m.tenant_id = ${tx.tenantId} and m.run_id = ${id}`;
  return sql`select count(distinct message_id) as messages, count(distinct item_id) as items from (
    ${said('reminder_item')} union ${said('reminder_left_out')}) s`;
}

/** What a run left out, and why it ended before its time; null where it went to its end. */
export type RunEnd = {
  readonly left: {
    readonly items: number;
    readonly itemsForPerson: number;
    readonly customersWithoutEmail: number;
  };
  readonly stoppedFor: 'policies_replaced' | null;
  /** Customers that would be told something which nobody saw; of runs that were started by what was seen. */
  readonly appeared: number;
};

/** Notes that a run is done: what it made, counted, what it left out, and why it ended before its time, if it did. */
export function updateRunFinished(act: Act, id: string, { left, stoppedFor, appeared }: RunEnd): void {
  act.write(
    sql`update reminder_run set finished_at = ${act.now}, left_out = ${left.items}, for_person = ${left.itemsForPerson},
        without_email = ${left.customersWithoutEmail}, stopped_for = ${stoppedFor}, messages = said.messages, items = said.items,
        appeared = ${appeared}, changed = (select count(*) from (${unsaidLines(act, id)}) unsaid)
      from (${saidBy(act, id)}) said
      where tenant_id = ${act.tenantId} and id = ${id}`,
    { rows: 1, rule: 'the run that ends was started' },
  );
}

/** What was seen for a run of customers to whom it said nothing. */
function unsaidLines(tx: Tx, runId: string) {
  const said = (table: 'reminder_item' | 'reminder_left_out') => sql`select from ${sql.table(table)} r
    join message m on m.tenant_id = r.tenant_id and m.id = r.message_id
    where r.tenant_id = l.tenant_id and m.run_id = l.run_id and m.customer_id = l.customer_id`;
  return sql`select l.customer_id, l.line from reminder_run_line l
    where l.tenant_id = ${tx.tenantId} and l.run_id = ${runId}
      and not exists (${said('reminder_item')}) and not exists (${said('reminder_left_out')})`;
}

/** Keeps what was seen for a run. */
export function insertLines(act: Act, runId: string, lines: ReadonlyMap<CustomerId, string>): void {
  act.insert(
    'reminder_run_line',
    [...lines].map(([customerId, line]) => ({ run_id: runId, customer_id: customerId, line })),
  );
}

/** What was seen for a run of some customers. */
export async function findLines(
  tx: Tx,
  runId: string,
  customerIds: readonly CustomerId[],
): Promise<ReadonlyMap<CustomerId, string>> {
  const rows = await tx.run(sql<{ customer_id: CustomerId; line: string }>`
    select customer_id, line from reminder_run_line where tenant_id = ${tx.tenantId} and run_id = ${runId}
      and customer_id = any(${arrayLiteral(customerIds)}::uuid[])`);
  return new Map(rows.map((row) => [row.customer_id, row.line]));
}

/** What was seen for a run and not said, by customer, from after one of them. */
export async function findUnsaidLines(
  tx: Tx,
  runId: string,
  page: { readonly after: CustomerId | undefined; readonly limit: number },
): Promise<readonly { readonly customer_id: CustomerId; readonly line: string }[]> {
  const after = page.after === undefined ? sql`` : sql`where customer_id > ${page.after}`;
  return tx.run(sql<{ customer_id: CustomerId; line: string }>`
    select * from (${unsaidLines(tx, runId)}) unsaid ${after} order by customer_id limit ${page.limit}`);
}

/** Runs of a company and a day, or of all, the newest first, from after a place in that order. */
export async function findRuns(
  tx: Tx,
  of: { readonly companyId?: CompanyId | undefined; readonly on?: PlainDate | undefined },
  page: { readonly after: readonly [Temporal.Instant, string] | undefined; readonly limit: number },
): Promise<readonly RunRow[]> {
  let query = q.selectFrom('reminder_run').selectAll().where('tenant_id', '=', tx.tenantId);
  if (of.companyId !== undefined) query = query.where('company_id', '=', of.companyId);
  if (of.on !== undefined) query = query.where('run_on', '=', of.on);
  if (page.after !== undefined) {
    const [at, id] = page.after;
    query = query.where(sql<boolean>`(started_at, id) < (${at}::timestamptz, ${id}::uuid)`);
  }
  return tx.run(query.orderBy('started_at', 'desc').orderBy('id', 'desc').limit(page.limit));
}

/** Whether there is a run of a company for a day. */
export async function existsRun(tx: Tx, companyId: CompanyId, on: PlainDate): Promise<boolean> {
  const rows = await tx.run(sql`select from reminder_run
    where tenant_id = ${tx.tenantId} and company_id = ${companyId} and run_on = ${on} limit 1`);
  return rows.length > 0;
}
