// SQL of the dashboard beyond aging and trend: how many items there are, messages that want a look, what was last said.

import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#db/transaction.ts';
import type { Instant, PlainDate } from '#kernel/calendar.ts';

/** How long a message that did not arrive is shown as work to do. */
const FAILED_DAYS = 30;

export type MessageWork = { readonly failed: number; readonly queued: number };

/** Messages that did not arrive lately, and those on their way. */
export async function countMessages(
  tx: Tx,
  today: PlainDate,
  companyId: string | undefined,
): Promise<MessageWork> {
  const company = companyId === undefined ? sql`` : sql`and company_id = ${companyId}`;
  const row = await tx.find(sql<MessageWork>`
    select count(*) filter (where state in ('failed', 'refused', 'unknown'))::integer as failed,
      count(*) filter (where state in ('queued', 'sending'))::integer as queued
    from message where tenant_id = ${tx.tenantId} ${company}
      and state in ('failed', 'refused', 'unknown', 'queued', 'sending') and run_on > ${today}::date - ${sql.lit(FAILED_DAYS)}`);
  return row ?? { failed: 0, queued: 0 };
}

export type ReminderRow = {
  readonly message_id: string;
  readonly customer_id: string;
  readonly number: string;
  readonly name: string;
  readonly subject: string | null;
  readonly state: string;
  readonly at: Instant;
};

/** The latest reminders, newest first. */
export async function findLatestReminders(
  tx: Tx,
  limit: number,
  companyId: string | undefined,
): Promise<readonly ReminderRow[]> {
  const company = companyId === undefined ? sql`` : sql`and m.company_id = ${companyId}`;
  return tx.run(sql<ReminderRow>`
    select m.id as message_id, m.customer_id, c.number, c.name, m.subject, m.state, coalesce(m.sent_at, m.created_at) as at
    from message m join customer c on c.tenant_id = m.tenant_id and c.id = m.customer_id
    where m.tenant_id = ${tx.tenantId} and m.purpose = 'reminder' and m.state <> 'dropped' ${company}
    order by m.run_on desc, m.id desc limit ${limit}`);
}

/** Invoice items that are open and were issued ahead, by company: they do not count before their day. */
export async function countIssuedAhead(
  tx: Tx,
  today: PlainDate,
  companyId: string | undefined,
): Promise<readonly { readonly company_id: string; readonly items: number }[]> {
  const company = companyId === undefined ? sql`` : sql`and l.company_id = ${companyId}`;
  return tx.run(
    sql<{ company_id: string; items: number }>`
      select i.company_id, count(distinct i.id)::integer as items
      from journal_line l join open_item i on i.tenant_id = l.tenant_id and i.id = l.item_id
      where l.tenant_id = ${tx.tenantId} and l.item_id is not null and l.posted_on > ${today} ${company}
        and i.posted_on > ${today} and i.account = 'receivables' and i.open_minor > 0
      group by i.company_id`,
    { plan: 'fresh' },
  );
}

/** How many items of a company are open, and how many of them want something today. */
export type ItemCounts = {
  readonly company_id: string;
  readonly invoices: number;
  readonly overdue: number;
  readonly due_today: number;
  readonly newly_overdue: number;
  readonly unapplied: number;
  readonly unapplied_old: number;
};

/** Counts items that are open now, by company. Money counts as old from so many days after it came. */
export async function countOpenItems(
  tx: Tx,
  today: PlainDate,
  given: { readonly companyId: string | undefined; readonly oldDays: number },
): Promise<readonly ItemCounts[]> {
  const company = given.companyId === undefined ? sql`` : sql`and company_id = ${given.companyId}`;
  const isDebt = sql`account = 'receivables' and open_minor > 0`;
  const isUnapplied = sql`account = 'unapplied-cash' and open_minor < 0`;
  const counted = (fits: RawBuilder<unknown>) => sql`(count(*) filter (where ${fits}))::integer`;
  return tx.run(
    sql<ItemCounts>`
      select company_id, ${counted(isDebt)} as invoices,
        ${counted(sql`${isDebt} and due_on < ${today}`)} as overdue,
        ${counted(sql`${isDebt} and due_on = ${today}`)} as due_today,
        ${counted(sql`${isDebt} and due_on = ${today}::date - 1`)} as newly_overdue,
        ${counted(isUnapplied)} as unapplied,
        ${counted(sql`${isUnapplied} and due_on <= ${today}::date - ${sql.lit(given.oldDays)}`)} as unapplied_old
      from open_item where tenant_id = ${tx.tenantId} and open_minor <> 0 ${company} group by company_id`,
    { plan: 'fresh' },
  );
}
