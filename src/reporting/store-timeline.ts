// SQL of the timeline: all that happened with a customer, newest first, read from where each thing is kept.

import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#db/transaction.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { allOf } from './store-aging.ts';
import { TIMELINE_KINDS, type TimelineKind, type TimelineRow } from './timeline.ts';

const FRESH = { plan: 'fresh' } as const;

/** A place in a timeline: the day, the moment in microseconds, the id. */
export type TimelinePlace = { readonly on: PlainDate; readonly at: string; readonly id: string };

/** An open item a timeline is about, with the document it belongs to. */
export type TimelineItem = { readonly id: string; readonly document_id: string };

/** Whose timeline, and what of it: what is between the customer and one company, what is about one item, some kinds. */
export type TimelineOf = {
  readonly customerId: string;
  readonly companyId?: string | undefined;
  readonly item?: TimelineItem | undefined;
  readonly kinds?: readonly TimelineKind[] | undefined;
};

/** Events that a row of another kind already tells: itself, or as the proof of a message. */
const TOLD_OTHERWISE: readonly string[] = [
  'invoice.issued',
  'credit_note.issued',
  'payment.received',
  'payment.refunded',
  'payment.applied',
  'payment.handed_over',
  'payment.handed_back',
  'write_off.posted',
  'hold.placed',
  'reminder.queued',
  'thanks.queued',
  'message.queued',
  'message.sent',
  'upload.posted',
  'call.recorded',
  'promise.taken',
  'dispute.opened',
  'claim.handed_over',
  'claim.news',
  'task.added',
  'comment.added',
  'inbox_mail.taken',
  'inbound_mail.kept',
  'inbox_conversation.noted',
  'inbox_conversation.answered',
  'message.delivered',
  'message.delayed',
  'message.bounced',
  'message.displayed',
  'message.auto_replied',
  'message.complained_of',
  'message.posted',
  'message.handed_over',
  'message.accepted',
  'message.rejected',
  'message.approved',
  'message.paid',
  'message.viewed',
  'message.opted_out',
  'message.redirect_wished',
  'message.printed',
  'message.returned',
  'message.taken_back',
];

/** A piece of the timeline: the kinds in it, columns in one order, what is read, and what of it is about one item. */
type Piece = {
  readonly kinds: readonly TimelineKind[];
  readonly columns: RawBuilder<unknown>;
  readonly from: RawBuilder<unknown>;
  readonly on: RawBuilder<unknown>;
  readonly at: RawBuilder<unknown>;
  readonly id: RawBuilder<unknown>;
  readonly about: (item: TimelineItem) => RawBuilder<unknown>;
};

/** Tables whose rows belong to a customer and a company, and that events are about. */
const ABOUT = [
  'invoice',
  'payment',
  'open_item',
  'write_off',
  'message',
  'statement',
  'dispute',
  'promise',
  'call',
  'refund',
  'charge',
  'hand_over',
] as const;

const NO_AMOUNT = sql`null::bigint as minor, null::bpchar as currency`;
const NO_PROOF = sql`'[]'::jsonb as proofs`;
/** Words of a mail or note that are told; the rest is read where it stands. */
const QUOTED_CHARACTERS = 400;

/** Where it is kept which items something is about, and by what it is named there. */
const LINKS = {
  message: ['reminder_item', 'message_id'],
  call: ['call_item', 'call_id'],
  promise: ['promise_part', 'promise_id'],
  dispute: ['dispute_item', 'dispute_id'],
  hand_over: ['hand_over_item', 'hand_over_id'],
} as const;
type Link = (typeof LINKS)[keyof typeof LINKS];

const ofThis = (alias: string, [, key]: Link) =>
  sql`t.tenant_id = ${sql.ref(`${alias}.tenant_id`)} and ${sql.ref(`t.${key}`)} = ${sql.ref(`${alias}.id`)}`;

/** What the items are called that the row of this alias is about, by due date. */
const referencesOf = (alias: string, link: Link) => sql`
  (select string_agg(d.reference, ', ' order by d.due_on, d.reference) from ${sql.table(link[0])} t
    join open_item d on d.tenant_id = t.tenant_id and d.id = t.item_id where ${ofThis(alias, link)})`;

/** Whether the row of this alias is about an item. */
const isAbout = (alias: string, link: Link, item: TimelineItem) => sql`
  exists (select from ${sql.table(link[0])} t where ${ofThis(alias, link)} and t.item_id = ${item.id})`;

/** Conditions on the rows of this customer, and of the company where one is asked for. */
function theirsOf(tx: Tx, { customerId, companyId }: TimelineOf) {
  const customers = (table: string) =>
    sql`${sql.ref(`${table}.tenant_id`)} = ${tx.tenantId} and ${sql.ref(`${table}.customer_id`)} = ${customerId}`;
  const theirs = (table: string) =>
    companyId === undefined
      ? customers(table)
      : sql`${customers(table)} and ${sql.ref(`${table}.company_id`)} = ${companyId}`;
  return { customers, theirs };
}

/**
 * Keeps holds and events of other companies out. A hold of the customer, what is done with it, and changes of the customer itself
 * are of every company; an event counts where what it is about is known to be of the company.
 */
function wallsOf(
  tx: Tx,
  { customerId, companyId }: TimelineOf,
): { readonly hold: RawBuilder<unknown>; readonly event: RawBuilder<unknown> } {
  if (companyId === undefined) return { hold: sql``, event: sql`` };
  const own = (table: string) => sql`select o.id from ${sql.table(table)} o where o.tenant_id = ${tx.tenantId}
    and o.customer_id = ${customerId} and o.company_id = ${companyId}`;
  const items = own('open_item');
  return {
    hold: sql`and (h.item_id is null or h.item_id in (${items}))`,
    event: sql`and (e.subject_id in (${sql.join(ABOUT.map(own), sql` union all `)})
      or (e.subject_id = ${customerId} and e.type like any (array['customer.%', 'hold.%']))
      or (e.type like 'hold.%' and e.subject_id in (select k.id from contact k where k.tenant_id = ${tx.tenantId}
        and k.customer_id = ${customerId})))`,
  };
}

/** Documents and money. */
function bookPieces(tx: Tx, of: TimelineOf): readonly Piece[] {
  const { theirs } = theirsOf(tx, of);
  /** Credits that settled the item, by the documents they came from. */
  const creditsOf = (item: TimelineItem) => sql`select c.document_id from application a
    join open_item c on c.tenant_id = a.tenant_id and c.id = a.credit_item_id
    where a.tenant_id = ${tx.tenantId} and a.debit_item_id = ${item.id}`;
  return [
    {
      kinds: ['invoice', 'credit_note'],
      columns: sql`v.kind, v.number as title, case v.kind when 'invoice' then v.total_minor else -v.total_minor end as minor,
        v.currency, v.id as subject_id, jsonb_build_object('dueOn', v.due_on, 'voidedOn', v.voided_on, 'reason', v.reason) as details,
        ${NO_PROOF}`,
      from: sql`invoice v where ${theirs('v')}`,
      on: sql`v.issued_on`,
      at: sql`v.recorded_at`,
      id: sql`v.id`,
      about: (item) => sql`(v.id = ${item.document_id} or v.id in (${creditsOf(item)}))`,
    },
    {
      kinds: ['payment'],
      columns: sql`'payment' as kind, p.number as title, case p.direction when 'received' then p.amount_minor else -p.amount_minor end as minor,
        p.currency, p.id as subject_id, jsonb_build_object('direction', p.direction, 'method', p.method,
          'reference', nullif(p.reference, ''), 'returnedOn', p.returned_on) as details, ${NO_PROOF}`,
      from: sql`payment p where ${theirs('p')}`,
      on: sql`p.received_on`,
      at: sql`p.recorded_at`,
      id: sql`p.id`,
      about: (item) => sql`(p.id = ${item.document_id} or p.id in (${creditsOf(item)}))`,
    },
    {
      kinds: ['application'],
      columns: sql`'application' as kind, d.reference as title, a.amount_minor as minor, a.currency, d.document_id as subject_id,
        jsonb_build_object('credit', c.reference, 'creditKind', c.kind, 'creditDocumentId', c.document_id, 'method', a.method,
          'takenBack', case when a.reverses_id is null then null else 'yes' end) as details, ${NO_PROOF}`,
      from: sql`open_item d join application a on a.tenant_id = d.tenant_id and a.debit_item_id = d.id
        join open_item c on c.tenant_id = d.tenant_id and c.id = a.credit_item_id
        where ${theirs('d')} and d.kind = 'invoice' and c.kind in ('payment', 'credit_note', 'transfer', 'handover')`,
      on: sql`a.applied_on`,
      at: sql`a.recorded_at`,
      id: sql`a.id`,
      about: (item) => sql`(a.debit_item_id = ${item.id} or a.credit_item_id = ${item.id})`,
    },
    {
      kinds: ['write_off'],
      columns: sql`'write_off' as kind, w.number as title, -w.amount_minor as minor, w.currency, w.id as subject_id,
        jsonb_build_object('kind', w.kind, 'reason', w.reason) as details, ${NO_PROOF}`,
      from: sql`write_off w where ${theirs('w')}`,
      on: sql`w.written_off_on`,
      at: sql`w.recorded_at`,
      id: sql`w.id`,
      about: (item) => sql`w.id in (${creditsOf(item)})`,
    },
  ];
}

/** What was said, both ways. */
function contactPieces(tx: Tx, of: TimelineOf): readonly Piece[] {
  const { theirs } = theirsOf(tx, of);
  const messagesOf = (item: TimelineItem) => sql`select r.message_id from reminder_item r
    where r.tenant_id = ${tx.tenantId} and r.item_id = ${item.id}
    union all select o.id from message o where o.tenant_id = ${tx.tenantId} and o.document_id = ${item.document_id}`;
  return [
    {
      kinds: ['message'],
      columns: sql`'message' as kind, coalesce(m.subject, m.purpose) as title, ${NO_AMOUNT},
        m.id as subject_id, jsonb_build_object('purpose', m.purpose, 'state', m.state, 'recipient', m.recipient, 'channel', m.channel,
          'sentAt', m.sent_at, 'answer', m.last_answer,
          'phase', (select r.phase from reminder_item r where r.tenant_id = m.tenant_id and r.message_id = m.id
            order by r.offset_days desc limit 1),
          'items', ${referencesOf('m', LINKS.message)}) as details,
        coalesce((select jsonb_agg(jsonb_build_object('kind', s.kind, 'at', s.happened_at, 'severity', s.severity, 'detail', s.detail)
          order by s.happened_at, s.id) from message_signal s where s.tenant_id = m.tenant_id and s.message_id = m.id), '[]') as proofs`,
      from: sql`message m where ${theirs('m')}`,
      on: sql`m.run_on`,
      at: sql`coalesce(m.sent_at, m.created_at)`,
      id: sql`m.id`,
      about: (item) => sql`m.id in (${messagesOf(item)})`,
    },
    {
      kinds: ['mail'],
      columns: sql`'mail' as kind, i.subject as title, ${NO_AMOUNT}, k.id as subject_id,
        jsonb_build_object('sender', i.sender, 'mailKind', i.kind, 'words', left(i.words, ${sql.lit(QUOTED_CHARACTERS)}),
          'intents', (select string_agg(n.intent, ', ' order by n.from_at) from inbox_proposal n
            where n.tenant_id = i.tenant_id and n.mail_id = i.id and n.decision is distinct from 'rejected')) as details, ${NO_PROOF}`,
      from: sql`inbox_conversation k join inbox_mail i on i.tenant_id = k.tenant_id and i.conversation_id = k.id
        where ${theirs('k')}`,
      on: sql`(i.received_at at time zone 'UTC')::date`,
      at: sql`i.received_at`,
      id: sql`i.id`,
      about: (item) => sql`i.message_id in (${messagesOf(item)})`,
    },
    {
      kinds: ['call'],
      columns: sql`'call' as kind, l.outcome as title, ${NO_AMOUNT}, l.id as subject_id,
        jsonb_build_object('way', l.way, 'direction', l.direction, 'spokeWith', coalesce(l.spoke_with,
            (select t.name from contact t where t.tenant_id = l.tenant_id and t.id = l.contact_id)), 'number', l.number,
          'note', l.note, 'nextOn', l.next_on, 'by', l.recorded_by,
          'corrected', (select x.note from call_correction x where x.tenant_id = l.tenant_id and x.call_id = l.id),
          'items', ${referencesOf('l', LINKS.call)}) as details, ${NO_PROOF}`,
      from: sql`call l where ${theirs('l')}`,
      on: sql`l.called_on`,
      at: sql`l.recorded_at`,
      id: sql`l.id`,
      about: (item) => isAbout('l', LINKS.call, item),
    },
    {
      kinds: ['note'],
      columns: sql`'note' as kind, left(o.words, ${sql.lit(QUOTED_CHARACTERS)}) as title, ${NO_AMOUNT}, k.id as subject_id,
        jsonb_build_object('by', o.written_by, 'conversation', k.subject) as details, ${NO_PROOF}`,
      from: sql`inbox_conversation k join inbox_note o on o.tenant_id = k.tenant_id and o.conversation_id = k.id
        where ${theirs('k')}`,
      on: sql`(o.written_at at time zone 'UTC')::date`,
      at: sql`o.written_at`,
      id: sql`o.id`,
      about: (
        item,
      ) => sql`k.id in (select i.conversation_id from inbox_mail i where i.tenant_id = ${tx.tenantId}
        and i.message_id in (${messagesOf(item)}))`,
    },
  ];
}

/** What was agreed and contested: promises and disputes. */
function claimPieces(tx: Tx, of: TimelineOf): readonly Piece[] {
  const { theirs } = theirsOf(tx, of);
  return [
    {
      kinds: ['promise'],
      columns: sql`'promise' as kind, pp.documents as title, pp.minor, p.currency, p.id as subject_id,
        jsonb_build_object('firstOn', pp.first_on, 'lastOn', pp.last_on, 'level', p.level::text, 'way', p.way, 'saidBy', p.said_by,
          'note', p.note, 'by', p.taken_by,
          'ended', (select n.kind from promise_end n where n.tenant_id = p.tenant_id and n.promise_id = p.id),
          'broken', (select 'yes' from promise_break b where b.tenant_id = p.tenant_id and b.promise_id = p.id)) as details, ${NO_PROOF}`,
      from: sql`promise p cross join lateral (select sum(t.amount_minor)::bigint as minor, min(t.promised_for) as first_on,
          max(t.promised_for) as last_on, string_agg(distinct d.reference, ', ') as documents from promise_part t
          join open_item d on d.tenant_id = t.tenant_id and d.id = t.item_id
          where t.tenant_id = p.tenant_id and t.promise_id = p.id) pp
        where ${theirs('p')}`,
      on: sql`p.promised_on`,
      at: sql`p.recorded_at`,
      id: sql`p.id`,
      about: (item) => isAbout('p', LINKS.promise, item),
    },
    {
      kinds: ['dispute'],
      columns: sql`'dispute' as kind, s.number as title,
        (select sum(t.amount_minor)::bigint from dispute_item t where t.tenant_id = s.tenant_id and t.dispute_id = s.id) as minor,
        s.currency, s.id as subject_id, jsonb_build_object('disputeKind', s.kind, 'source', s.source, 'claimNumber', s.claim_number,
          'by', s.opened_by,
          'reason', (select r.reason from dispute_reason r where r.tenant_id = s.tenant_id and r.dispute_id = s.id
            order by r.recorded_at desc, r.id desc limit 1),
          'outcome', (select c.outcome from dispute_closing c where c.tenant_id = s.tenant_id and c.dispute_id = s.id
            and c.reopened_at is null),
          'items', ${referencesOf('s', LINKS.dispute)}) as details, ${NO_PROOF}`,
      from: sql`dispute s where ${theirs('s')}`,
      on: sql`s.opened_on`,
      at: sql`s.recorded_at`,
      id: sql`s.id`,
      about: (item) => isAbout('s', LINKS.dispute, item),
    },
  ];
}

/** What our people do about it: holds, hand-overs with what became of them, tasks; and all other changes. */
function workPieces(tx: Tx, of: TimelineOf): readonly Piece[] {
  const { customers, theirs } = theirsOf(tx, of);
  const wall = wallsOf(tx, of);
  const handedOver = (item: TimelineItem) => isAbout('h', LINKS.hand_over, item);
  const agency = sql`(select g.name from agency g where g.tenant_id = h.tenant_id and g.id = h.agency_version_id)`;
  return [
    {
      kinds: ['hold'],
      columns: sql`'hold' as kind, coalesce(h.note, h.reason) as title, ${NO_AMOUNT},
        coalesce(h.item_id, h.customer_id) as subject_id, jsonb_build_object('endsOn', h.ends_on, 'releasedAt', h.released_at,
          'placedBy', h.placed_by, 'reason', h.reason, 'scope', h.scope,
          'items', (select d.reference from open_item d where d.tenant_id = h.tenant_id and d.id = h.item_id)) as details, ${NO_PROOF}`,
      from: sql`hold h where ${customers('h')} ${wall.hold}`,
      on: sql`h.starts_on`,
      at: sql`h.recorded_at`,
      id: sql`h.id`,
      about: (item) => sql`h.item_id = ${item.id}`,
    },
    {
      kinds: ['hand_over'],
      columns: sql`'hand_over' as kind, h.number::text as title,
        (select sum(t.amount_minor)::bigint from hand_over_item t
          where t.tenant_id = h.tenant_id and t.hand_over_id = h.id) as minor,
        h.currency, h.id as subject_id, jsonb_build_object('route', h.route, 'to', ${agency}, 'note', h.note, 'by', h.handed_by,
          'items', ${referencesOf('h', LINKS.hand_over)}) as details, ${NO_PROOF}`,
      from: sql`hand_over h where ${theirs('h')}`,
      on: sql`h.handed_on`,
      at: sql`h.recorded_at`,
      id: sql`h.id`,
      about: handedOver,
    },
    {
      kinds: ['news'],
      columns: sql`'news' as kind, n.status as title, ${NO_AMOUNT}, h.id as subject_id,
        jsonb_build_object('handOver', h.number::text, 'from', ${agency}, 'reference', n.reference, 'note', n.note, 'by', n.told_by) as details,
        ${NO_PROOF}`,
      from: sql`hand_over h join hand_over_news n on n.tenant_id = h.tenant_id and n.hand_over_id = h.id where ${theirs('h')}`,
      on: sql`n.happened_on`,
      at: sql`n.recorded_at`,
      id: sql`n.id`,
      about: handedOver,
    },
    {
      kinds: ['task'],
      columns: sql`'task' as kind, coalesce(k.title, k.kind) as title, k.amount_minor as minor, k.currency, k.id as subject_id,
        jsonb_build_object('taskKind', k.kind, 'state', k.state, 'outcome', k.outcome, 'dueAt', k.due_at, 'closedAt', k.closed_at,
          'note', k.note, 'by', k.made_by) as details, ${NO_PROOF}`,
      from: sql`task k where ${theirs('k')}`,
      on: sql`(k.recorded_at at time zone 'UTC')::date`,
      at: sql`k.recorded_at`,
      id: sql`k.id`,
      about: (item) => sql`k.subject_id in (${item.id}, ${item.document_id})`,
    },
    {
      kinds: ['event'],
      columns: sql`'event' as kind, e.type as title, ${NO_AMOUNT}, e.subject_id, jsonb_build_object('actor', e.actor) as details, ${NO_PROOF}`,
      from: sql`event e where ${customers('e')} ${wall.event} and e.type not in (${sql.join([...TOLD_OTHERWISE])})`,
      on: sql`(e.recorded_at at time zone 'UTC')::date`,
      at: sql`e.recorded_at`,
      id: sql`e.id`,
      about: (item) => sql`e.subject_id in (${item.id}, ${item.document_id})`,
    },
  ];
}

/** The item a timeline is asked for, where it is of this customer. */
export async function findTimelineItem(
  tx: Tx,
  customerId: string,
  itemId: string,
): Promise<TimelineItem | undefined> {
  return tx.find(sql<TimelineItem>`select id, document_id from open_item
    where tenant_id = ${tx.tenantId} and id = ${itemId} and customer_id = ${customerId}`);
}

/** What happened with a customer, newest first; one more than the limit where more follow. */
export async function listTimeline(
  tx: Tx,
  of: TimelineOf,
  page: { readonly limit: number; readonly after?: TimelinePlace | undefined },
): Promise<readonly TimelineRow[]> {
  const limit = page.limit + 1;
  const wanted: ReadonlySet<string> = new Set(of.kinds ?? TIMELINE_KINDS);
  const pieces = [
    ...bookPieces(tx, of),
    ...contactPieces(tx, of),
    ...claimPieces(tx, of),
    ...workPieces(tx, of),
  ];
  const parts = pieces
    .filter((piece) => piece.kinds.some((kind) => wanted.has(kind)))
    .map((piece) => {
      const conditions = [
        ...(of.item ? [piece.about(of.item)] : []),
        // Invoices and credit notes are kept together; every other piece is of one kind.
        ...(piece.kinds.every((kind) => wanted.has(kind)) ? [] : [sql`v.kind in (${sql.join([...wanted])})`]),
        ...(page.after
          ? [
              // The first is what an index can use, the second tells the place exactly.
              sql`${piece.on} <= ${page.after.on}`,
              sql`(${piece.on}, ${piece.at}, ${piece.id}) < (${page.after.on}::date, ${page.after.at}::timestamptz, ${page.after.id}::uuid)`,
            ]
          : []),
      ];
      return sql`(select ${piece.columns}, ${piece.on} as "on", ${piece.at} as at, ${piece.id} as id from ${piece.from}
        and ${conditions.length > 0 ? allOf(conditions) : sql`true`}
        order by ${piece.on} desc, ${piece.at} desc, ${piece.id} desc limit ${limit})`;
    });
  if (parts.length === 0) return [];
  return tx.run(
    sql<TimelineRow>`select * from (${sql.join(parts, sql` union all `)}) as happened
      order by "on" desc, at desc, id desc limit ${limit}`,
    FRESH,
  );
}
