// SQL of the next action: what followed past contacts, and what was written last. It writes nothing.

import { sql } from 'kysely';
import type { Tx } from '#db/transaction.ts';
import { addDays, type Instant, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import type { ContactWay, Followed } from './next-action.ts';

/** So many of the latest contacts of a way are looked at, of so many days. */
const CONTACTS_SEEN_MAX = 500;
const SEEN_DAYS = 365;

const NONE: Followed = { contacts: 0, before: 0, after: 0 };

/**
 * The latest contacts of a company whose days are over: calls of ours that stand, and reminders and statements that left; and
 * of how many the customer had paid something in as many days before, and did after.
 */
export async function findFollowed(
  tx: Tx,
  asked: { readonly companyId: CompanyId; readonly today: PlainDate; readonly windowDays: number },
): Promise<Readonly<Record<ContactWay, Followed>>> {
  const { companyId, today, windowDays } = asked;
  const [from, to] = [addDays(today, -SEEN_DAYS), addDays(today, -windowDays)];
  const paid = (
    first: number,
    last: number,
  ) => sql`exists (select from payment y where y.tenant_id = t.tenant_id
    and y.customer_id = t.customer_id and y.company_id = ${companyId} and y.direction = 'received' and y.returned_on is null
    and y.received_on between t.on_day + ${first}::int and t.on_day + ${last}::int)`;
  const rows = await tx.run(
    sql<Followed & { way: ContactWay }>`
      with seen as (
        (select c.tenant_id, 'call' as way, c.customer_id, c.called_on as on_day from call c
          where c.tenant_id = ${tx.tenantId} and c.direction = 'out' and c.called_on between ${from}::date and ${to}::date
            and (c.company_id is null or c.company_id = ${companyId})
            and not exists (select from call_correction k where k.tenant_id = c.tenant_id and k.call_id = c.id)
          order by c.called_on desc, c.id desc limit ${CONTACTS_SEEN_MAX}::int)
        union all
        (select m.tenant_id, 'statement', m.customer_id, m.run_on from message m
          where m.tenant_id = ${tx.tenantId} and m.run_on between ${from}::date and ${to}::date
            and m.company_id = ${companyId} and m.purpose in ('reminder', 'statement') and m.sent_at is not null
          order by m.run_on desc, m.id desc limit ${CONTACTS_SEEN_MAX}::int))
      select t.way, count(*)::int as contacts,
        (count(*) filter (where ${paid(-windowDays, -1)}))::int as before,
        (count(*) filter (where ${paid(1, windowDays)}))::int as after
      from seen t group by t.way`,
    { plan: 'fresh' },
  );
  const of = (way: ContactWay): Followed => {
    const row = rows.find((one) => one.way === way);
    return row ? { contacts: row.contacts, before: row.before, after: row.after } : NONE;
  };
  return { call: of('call'), statement: of('statement') };
}

/** When a reminder or statement of a company last left for a customer, or was left to leave. */
export async function findLastWritten(
  tx: Tx,
  customerId: CustomerId,
  companyId: CompanyId,
): Promise<Instant | undefined> {
  const row = await tx.find(sql<{ at: Instant | null }>`
    select max(coalesce(m.sent_at, m.created_at)) as at from message m
    where m.tenant_id = ${tx.tenantId} and m.customer_id = ${customerId} and m.company_id = ${companyId}
      and m.purpose in ('reminder', 'statement') and m.state not in ('dropped', 'failed')`);
  return row?.at ?? undefined;
}
