// SQL of one customer's page: how they pay, what was last received and said, and all that happened, newest first.

import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#db/transaction.ts';
import type { Instant, PlainDate } from '#kernel/calendar.ts';
import { allOf, type When } from './store-aging.ts';

const FRESH = { plan: 'fresh' } as const;

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
    join open_item c on c.tenant_id = d.tenant_id and c.id = a.credit_item_id and c.kind in ('payment', 'transfer')
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

export type TimelineKind =
  | 'invoice'
  | 'credit_note'
  | 'payment'
  | 'application'
  | 'write_off'
  | 'message'
  | 'hold'
  | 'event';

export type TimelineRow = {
  readonly kind: TimelineKind;
  readonly id: string;
  /** The day it counts for, and when we learned it. */
  readonly on: PlainDate;
  readonly at: Instant;
  readonly title: string;
  readonly minor: bigint | null;
  readonly currency: string | null;
  readonly subject_id: string;
  readonly details: Readonly<Record<string, string | null>>;
};

/** A place in a timeline: the day, the moment in microseconds, the id. */
export type TimelinePlace = { readonly on: PlainDate; readonly at: string; readonly id: string };

/** Events that a row of another kind already tells. */
const TOLD_OTHERWISE: readonly string[] = [
  'invoice.issued',
  'credit_note.issued',
  'payment.received',
  'payment.refunded',
  'payment.applied',
  'write_off.posted',
  'hold.placed',
  'reminder.queued',
  'message.queued',
  'message.sent',
  'upload.posted',
];

/** A piece of the timeline: columns in one order, and what is read. */
type Piece = {
  readonly columns: RawBuilder<unknown>;
  readonly from: RawBuilder<unknown>;
  readonly on: RawBuilder<unknown>;
  readonly at: RawBuilder<unknown>;
  readonly id: RawBuilder<unknown>;
};

function pieces(tx: Tx, customerId: string): readonly Piece[] {
  const theirs = (table: string) =>
    sql`${sql.ref(`${table}.tenant_id`)} = ${tx.tenantId} and ${sql.ref(`${table}.customer_id`)} = ${customerId}`;
  return [
    {
      columns: sql`v.kind, v.number as title, case v.kind when 'invoice' then v.total_minor else -v.total_minor end as minor,
        v.currency, v.id as subject_id, jsonb_build_object('dueOn', v.due_on, 'voidedOn', v.voided_on, 'reason', v.reason) as details`,
      from: sql`invoice v where ${theirs('v')}`,
      on: sql`v.issued_on`,
      at: sql`v.recorded_at`,
      id: sql`v.id`,
    },
    {
      columns: sql`'payment' as kind, p.number as title, case p.direction when 'received' then p.amount_minor else -p.amount_minor end as minor,
        p.currency, p.id as subject_id, jsonb_build_object('direction', p.direction, 'method', p.method,
          'reference', nullif(p.reference, ''), 'returnedOn', p.returned_on) as details`,
      from: sql`payment p where ${theirs('p')}`,
      on: sql`p.received_on`,
      at: sql`p.recorded_at`,
      id: sql`p.id`,
    },
    {
      columns: sql`'application' as kind, d.reference as title, a.amount_minor as minor, a.currency, d.document_id as subject_id,
        jsonb_build_object('credit', c.reference, 'creditKind', c.kind, 'creditDocumentId', c.document_id, 'method', a.method,
          'takenBack', case when a.reverses_id is null then null else 'yes' end) as details`,
      from: sql`open_item d join application a on a.tenant_id = d.tenant_id and a.debit_item_id = d.id
        join open_item c on c.tenant_id = d.tenant_id and c.id = a.credit_item_id
        where ${theirs('d')} and d.kind = 'invoice' and c.kind in ('payment', 'credit_note', 'transfer')`,
      on: sql`a.applied_on`,
      at: sql`a.recorded_at`,
      id: sql`a.id`,
    },
    {
      columns: sql`'write_off' as kind, w.number as title, -w.amount_minor as minor, w.currency, w.id as subject_id,
        jsonb_build_object('kind', w.kind, 'reason', w.reason) as details`,
      from: sql`write_off w where ${theirs('w')}`,
      on: sql`w.written_off_on`,
      at: sql`w.recorded_at`,
      id: sql`w.id`,
    },
    {
      columns: sql`'message' as kind, coalesce(m.subject, m.purpose) as title, null::bigint as minor, null::bpchar as currency,
        m.id as subject_id, jsonb_build_object('purpose', m.purpose, 'state', m.state, 'recipient', m.recipient) as details`,
      from: sql`message m where ${theirs('m')}`,
      on: sql`m.run_on`,
      at: sql`coalesce(m.sent_at, m.created_at)`,
      id: sql`m.id`,
    },
    {
      columns: sql`'hold' as kind, h.reason as title, null::bigint as minor, null::bpchar as currency,
        coalesce(h.item_id, h.customer_id) as subject_id, jsonb_build_object('endsOn', h.ends_on, 'releasedAt', h.released_at,
          'placedBy', h.placed_by) as details`,
      from: sql`hold h where ${theirs('h')}`,
      on: sql`h.starts_on`,
      at: sql`h.recorded_at`,
      id: sql`h.id`,
    },
    {
      columns: sql`'event' as kind, e.type as title, null::bigint as minor, null::bpchar as currency, e.subject_id,
        jsonb_build_object('actor', e.actor) as details`,
      from: sql`event e where ${theirs('e')} and e.type not in (${sql.join([...TOLD_OTHERWISE])})`,
      on: sql`(e.recorded_at at time zone 'UTC')::date`,
      at: sql`e.recorded_at`,
      id: sql`e.id`,
    },
  ];
}

/** All that happened with a customer, newest first; one more than the limit where more follow. */
export async function listTimeline(
  tx: Tx,
  customerId: string,
  page: { readonly limit: number; readonly after?: TimelinePlace | undefined },
): Promise<readonly TimelineRow[]> {
  const limit = page.limit + 1;
  const parts = pieces(tx, customerId).map((piece) => {
    const conditions = page.after
      ? [
          // The first is what an index can use, the second tells the place exactly.
          sql`${piece.on} <= ${page.after.on}`,
          sql`(${piece.on}, ${piece.at}, ${piece.id}) < (${page.after.on}::date, ${page.after.at}::timestamptz, ${page.after.id}::uuid)`,
        ]
      : [sql`true`];
    return sql`(select ${piece.columns}, ${piece.on} as "on", ${piece.at} as at, ${piece.id} as id from ${piece.from}
      and ${allOf(conditions)} order by ${piece.on} desc, ${piece.at} desc, ${piece.id} desc limit ${limit})`;
  });
  return tx.run(
    sql<TimelineRow>`select * from (${sql.join(parts, sql` union all `)}) as happened
      order by "on" desc, at desc, id desc limit ${limit}`,
    FRESH,
  );
}
