// SQL of what was said for a day that is past.

import { sql } from 'kysely';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { Instant, PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import type { RunRow } from './store-runs.ts';
import type { ToldItem } from './told.ts';

/** The first run of a company for a day, whenever it began. */
export async function findFirstRun(tx: Tx, companyId: CompanyId, on: PlainDate): Promise<RunRow | undefined> {
  return tx.find(sql<RunRow>`select * from reminder_run where tenant_id = ${tx.tenantId} and company_id = ${companyId}
    and run_on = ${on} order by started_at, id limit 1`);
}

/** Since when rows that are overwritten are kept; nothing, where they always were. */
export async function findKeptSince(tx: Tx): Promise<Instant | undefined> {
  const row = await tx.find(
    sql<{ begins_at: Instant }>`select begins_at from row_before_begin where tenant_id = ${tx.tenantId}`,
  );
  return row?.begins_at;
}

/** The steps that were said for a day, or left out of their messages. */
function toldOn(tx: Tx, on: PlainDate) {
  const ofDay = sql`r.tenant_id = ${tx.tenantId} and r.run_on = ${on}`;
  const columns = sql`r.message_id, r.item_id, r.step, r.offset_days, r.phase`;
  return sql`
    select ${columns}, null as reason from reminder_item r where ${ofDay}
      and not exists (select from reminder_left_out l
        where l.tenant_id = r.tenant_id and l.message_id = r.message_id and l.item_id = r.item_id)
    union all
    select ${columns}, r.reason from reminder_left_out r where ${ofDay}`;
}

/** The message that steps `t` were for, and the run of a company that queued it. */
function messageOfRun(tx: Tx, companyId: CompanyId) {
  return sql`join message m on m.tenant_id = ${tx.tenantId} and m.id = t.message_id
    join reminder_run n on n.tenant_id = m.tenant_id and n.id = m.run_id and n.company_id = ${companyId}`;
}

/** When a message was handed over and no answer was heard, or that is to be noted with it still: it may have left then. */
const PERHAPS_LEFT = sql`(select min(a.started_at) from message_attempt a
  where a.tenant_id = m.tenant_id and a.message_id = m.id and (a.outcome is null and a.is_handed or a.outcome = 'unknown'
    or a.outcome = 'sent' and m.state = 'sending'))`;

/** What customers of a company were told for a day, or were to be told. */
export async function findTold(
  tx: Tx,
  companyId: CompanyId,
  on: PlainDate,
  customerIds: readonly CustomerId[],
): Promise<readonly (ToldItem & { readonly customerId: CustomerId })[]> {
  return tx.run(
    sql<ToldItem & { readonly customerId: CustomerId }>`
    select m.customer_id as "customerId", m.id as "messageId", m.state, m.channel, m.recipient,
      least(m.sent_at, ${PERHAPS_LEFT}) as "leftAt", n.id as "runId",
      n.started_at as "runStartedAt", n.approved as "isApproved", t.item_id as "itemId", i.document_id as "documentId",
      i.reference, t.step, t.offset_days as "offsetDays", t.phase, t.reason as "leftOut"
    from (${toldOn(tx, on)}) t ${messageOfRun(tx, companyId)}
    join open_item i on i.tenant_id = ${tx.tenantId} and i.id = t.item_id
    where m.customer_id = any(${arrayLiteral(customerIds)}::uuid[])
    order by m.created_at, m.id, i.due_on, i.reference`,
    { plan: 'fresh' },
  );
}

/** The customers of a company that runs for a day had something to say to, by id, from after one of them. */
export async function findToldCustomers(
  tx: Tx,
  companyId: CompanyId,
  on: PlainDate,
  page: { readonly after: CustomerId | undefined; readonly limit: number },
): Promise<readonly CustomerId[]> {
  const after = page.after === undefined ? sql`` : sql`where m.customer_id > ${page.after}`;
  const rows = await tx.run(
    sql<{ customer_id: CustomerId }>`
    select distinct m.customer_id from (${toldOn(tx, on)}) t ${messageOfRun(tx, companyId)} ${after}
    order by m.customer_id limit ${page.limit}`,
    { plan: 'fresh' },
  );
  return rows.map((row) => row.customer_id);
}
