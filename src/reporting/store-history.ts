// SQL of one customer's page: how they pay, and what was last received and said.

import { sql } from 'kysely';
import type { Tx } from '#db/transaction.ts';
import type { Instant, PlainDate } from '#kernel/calendar.ts';
import type { When } from './store-aging.ts';

/** The window over which payment behaviour is told. */
const BEHAVIOUR_DAYS = 365;

export type PaymentBehaviour = {
  readonly payments: number;
  /** Σ amount × days after the due date, and Σ amount, in functional minor units. */
  readonly weighted_days: string;
  readonly weight: string;
};

/**
 * How late a customer's invoices were paid in the last year: each part paid counts by itself, with the value date of the
 * money and its amount; early payment counts negative. Credit notes and write-offs are no payments, and what was taken
 * back was none.
 */
export async function readBehaviour(tx: Tx, customerId: string, when: When): Promise<PaymentBehaviour> {
  const known = when.knownAt ? sql`and a.recorded_at <= ${when.knownAt}` : sql``;
  const knownReversal = when.knownAt ? sql`and r.recorded_at <= ${when.knownAt}` : sql``;
  const row = await tx.find(sql<PaymentBehaviour>`
    select count(*)::integer as payments, coalesce(sum(a.debit_functional_minor), 0)::text as weight,
      coalesce(sum(a.debit_functional_minor * (p.received_on - d.due_on)), 0)::text as weighted_days
    from open_item d
    join application a on a.tenant_id = d.tenant_id and a.debit_item_id = d.id
    join open_item c on c.tenant_id = d.tenant_id and c.id = a.credit_item_id and c.kind in ('payment', 'transfer', 'handover')
    join payment p on p.tenant_id = d.tenant_id and p.id = c.document_id
    where d.tenant_id = ${tx.tenantId} and d.customer_id = ${customerId} and d.kind = 'invoice'
      and a.reverses_id is null and a.amount_minor > 0 ${known}
      and p.received_on > ${when.asOf}::date - ${sql.lit(BEHAVIOUR_DAYS)} and p.received_on <= ${when.asOf}
      and a.applied_on <= ${when.asOf}
      and not exists (select 1 from application r where r.tenant_id = a.tenant_id and r.reverses_id = a.id
        and r.applied_on <= ${when.asOf} ${knownReversal})`);
  return row ?? { payments: 0, weighted_days: '0', weight: '0' };
}

export type LastPayment = {
  readonly id: string;
  readonly number: string;
  readonly received_on: PlainDate;
  readonly amount_minor: bigint;
  readonly currency: string;
};

/** The latest payment of a customer that did not come back. */
export async function findLastPayment(
  tx: Tx,
  customerId: string,
  when: When,
): Promise<LastPayment | undefined> {
  const known = when.knownAt ? sql`and recorded_at <= ${when.knownAt}` : sql``;
  return tx.find(sql<LastPayment>`
    select id, number, received_on, amount_minor, currency from payment
    where tenant_id = ${tx.tenantId} and customer_id = ${customerId} and direction = 'received' ${known}
      and received_on <= ${when.asOf} and (returned_on is null or returned_on > ${when.asOf})
    order by received_on desc, id desc limit 1`);
}

export type LastMessage = {
  readonly message_id: string;
  readonly subject: string | null;
  readonly state: string;
  readonly at: Instant;
};

/** The latest reminder to a customer, whatever became of it. */
export async function findLastReminder(
  tx: Tx,
  customerId: string,
  when: When,
): Promise<LastMessage | undefined> {
  const known = when.knownAt ? sql`and created_at <= ${when.knownAt}` : sql``;
  return tx.find(sql<LastMessage>`
    select id as message_id, subject, state, coalesce(sent_at, created_at) as at from message
    where tenant_id = ${tx.tenantId} and customer_id = ${customerId} and purpose = 'reminder' and run_on <= ${when.asOf}
      and state <> 'dropped' ${known}
    order by run_on desc, id desc limit 1`);
}

/** Whether there is such a customer, and how they are called. */
export async function findCustomerName(
  tx: Tx,
  customerId: string,
): Promise<{ readonly id: string; readonly number: string; readonly name: string } | undefined> {
  return tx.find(
    sql<{ id: string; number: string; name: string }>`
      select id, number, name from customer where tenant_id = ${tx.tenantId} and id = ${customerId}`,
  );
}
