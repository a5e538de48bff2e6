// SQL of reminder runs.

import { type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import { q } from '#db/query.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import type { CompanyId } from '#kernel/id.ts';

/** A stored run. */
export type RunRow = Selectable<DB['reminder_run']>;

/** Adds a run that starts now. */
export function insertRun(
  act: Act,
  run: Pick<RunRow, 'id' | 'company_id' | 'run_on' | 'started_by' | 'approved'>,
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
  return sql`select count(distinct message_id) as messages, count(distinct item_id) as items from (
    select message_id, item_id from reminder_item where tenant_id = ${tx.tenantId} and run_id = ${id}
    union select message_id, item_id from reminder_left_out where tenant_id = ${tx.tenantId} and run_id = ${id}) s`;
}

/** Notes that a run is done: what it made, counted, and what it left out. */
export function updateRunFinished(
  act: Act,
  id: string,
  left: { readonly items: number; readonly itemsForPerson: number; readonly customersWithoutEmail: number },
): void {
  act.write(
    sql`update reminder_run set finished_at = ${act.now}, left_out = ${left.items}, for_person = ${left.itemsForPerson},
        without_email = ${left.customersWithoutEmail}, messages = said.messages, items = said.items
      from (${saidBy(act, id)}) said
      where tenant_id = ${act.tenantId} and id = ${id}`,
    { rows: 1, rule: 'the run that ends was started' },
  );
}

/** Runs, the newest first, from after a place in that order. */
export async function findRuns(
  tx: Tx,
  companyId: CompanyId | undefined,
  page: { readonly after: readonly [Temporal.Instant, string] | undefined; readonly limit: number },
): Promise<readonly RunRow[]> {
  let query = q.selectFrom('reminder_run').selectAll().where('tenant_id', '=', tx.tenantId);
  if (companyId !== undefined) query = query.where('company_id', '=', companyId);
  if (page.after !== undefined) {
    const [at, id] = page.after;
    query = query.where(sql<boolean>`(started_at, id) < (${at}::timestamptz, ${id}::uuid)`);
  }
  return tx.run(query.orderBy('started_at', 'desc').orderBy('id', 'desc').limit(page.limit));
}
