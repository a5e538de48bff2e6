// SQL of the inbox: conversations, the mails in them, what is proposed, notes, and whose addresses are.

import { type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { Intent } from '#intents/intent.ts';
import type { Instant } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import type { Decided } from './proposal.ts';

export type ConversationRow = Omit<
  Selectable<DB['inbox_conversation']>,
  'company_id' | 'customer_id' | 'state'
> & {
  readonly company_id: CompanyId | null;
  readonly customer_id: CustomerId | null;
  readonly state: 'open' | 'done';
};
export type MailRow = Selectable<DB['inbox_mail']>;
export type ProposalRow = Selectable<DB['inbox_proposal']>;

/** Mails are brought to their conversations one after the other, so that two of one conversation find the same. */
export async function lockThreading(act: Act): Promise<void> {
  await act.run(sql`select pg_advisory_xact_lock(hashtextextended(${`inbox ${act.tenantId}`}, 0))`);
}

/** Whether a mail is in the inbox: by its bytes, or its Message-ID from the same sender. */
export async function hasMail(
  tx: Tx,
  mail: { readonly inboundMailId: string; readonly identifier: string | null; readonly sender: string },
): Promise<string | undefined> {
  const row = await tx.find(sql<{ conversation_id: string }>`select conversation_id from inbox_mail
    where tenant_id = ${tx.tenantId} and (inbound_mail_id = ${mail.inboundMailId}::uuid
      or (identifier = ${mail.identifier} and sender = ${mail.sender})) limit 1`);
  return row?.conversation_id;
}

/** What is known of a mail that came in from delivery: its kind, the message it is about, and who it is from. */
export async function findInbound(tx: Tx, id: string) {
  return tx.find(sql<{
    kind: string;
    message_id: string | null;
    sender: string;
    subject: string;
    received_at: Instant;
    company_id: CompanyId | null;
  }>`select kind, message_id, sender, subject, received_at, company_id from inbound_mail
    where tenant_id = ${tx.tenantId} and id = ${id}::uuid`);
}

/** The bytes of a mail that came in. */
export async function findInboundBytes(tx: Tx, id: string): Promise<Uint8Array | undefined> {
  const row = await tx.find(sql<{ raw: Uint8Array }>`
    select raw from inbound_mail where tenant_id = ${tx.tenantId} and id = ${id}::uuid`);
  return row?.raw;
}

/** Company and customer of a message. */
export async function findMessageOf(tx: Tx, id: string) {
  return tx.find(sql<{ company_id: CompanyId; customer_id: CustomerId }>`
    select company_id, customer_id from message where tenant_id = ${tx.tenantId} and id = ${id}::uuid`);
}

/** The conversation of a mail that is named by its Message-ID, or in which a message of ours was answered. */
export async function findConversationOf(
  tx: Tx,
  clues: { readonly identifiers: readonly string[]; readonly messageId: string | null },
): Promise<string | undefined> {
  const row = await tx.find(sql<{ conversation_id: string }>`select conversation_id from inbox_mail
    where tenant_id = ${tx.tenantId} and (identifier = any(${arrayLiteral(clues.identifiers)}::text[])
      or message_id = ${clues.messageId}::uuid) order by received_at desc limit 1`);
  if (row || clues.messageId === null) return row?.conversation_id;
  const answered = await tx.find(sql<{ conversation_id: string }>`select conversation_id from inbox_reply
    where tenant_id = ${tx.tenantId} and message_id = ${clues.messageId}::uuid`);
  return answered?.conversation_id;
}

/** Customers with a document of one of these numbers, as numbers are compared. */
export async function findCustomersOfNumbers(
  tx: Tx,
  keys: readonly string[],
): Promise<readonly CustomerId[]> {
  if (keys.length === 0) return [];
  const rows = await tx.run(sql<{ id: CustomerId }>`select distinct customer_id as id from open_item
    where tenant_id = ${tx.tenantId} and customer_id is not null
      and reference_key = any(${arrayLiteral(keys)}::text[]) limit 3`);
  return rows.map(({ id }) => id);
}

/** Customers an address belongs to: as a person said, else those with a contact of it. */
export async function findCustomersOfSender(tx: Tx, address: string): Promise<readonly CustomerId[]> {
  if (address === '') return [];
  const said = await tx.find(sql<{ id: CustomerId }>`select customer_id as id from inbox_sender
    where tenant_id = ${tx.tenantId} and address = ${address} order by said_at desc limit 1`);
  if (said) return [said.id];
  const rows = await tx.run(sql<{ id: CustomerId }>`select distinct customer_id as id from contact
    where tenant_id = ${tx.tenantId} and lower(email) = ${address} and archived_at is null limit 3`);
  return rows.map(({ id }) => id);
}

/** Begins a conversation. */
export function insertConversation(act: Act, row: NewRow<'inbox_conversation'>): void {
  act.insert('inbox_conversation', [row]);
}

/** Keeps a mail with what it proposes. */
export function insertMail(
  act: Act,
  mail: NewRow<'inbox_mail'>,
  proposals: readonly NewRow<'inbox_proposal'>[],
): void {
  act.insert('inbox_mail', [mail]);
  act.insert('inbox_proposal', proposals);
}

/** A conversation, held until the commit. */
export async function lockConversation(act: Act, id: string): Promise<ConversationRow | undefined> {
  return act.find(sql<ConversationRow>`select * from inbox_conversation
    where tenant_id = ${act.tenantId} and id = ${id}::uuid for update`);
}

/** A conversation. */
export async function findConversation(tx: Tx, id: string): Promise<ConversationRow | undefined> {
  return tx.find(sql<ConversationRow>`select * from inbox_conversation
    where tenant_id = ${tx.tenantId} and id = ${id}::uuid`);
}

/** Saves a conversation that is locked; its version counts up. */
export function updateConversation(act: Act, row: ConversationRow): void {
  act.write(
    sql`update inbox_conversation set company_id = ${row.company_id}, customer_id = ${row.customer_id}, state = ${row.state},
        assigned_to = ${row.assigned_to}, waiting_since = ${row.waiting_since}, last_at = ${row.last_at}, version = version + 1
      where tenant_id = ${act.tenantId} and id = ${row.id}::uuid and version = ${row.version}::int`,
    { rows: 1, rule: 'a conversation is changed by whoever holds it' },
  );
}

export type ConversationFilter = {
  readonly show: 'open' | 'waiting' | 'mine' | 'unassigned' | 'done' | 'all';
  readonly me: string | null;
  readonly customerId?: CustomerId | undefined;
  /** Since when somebody waits in the last row of the page before (`infinity` where nobody does), its last moment, its id. */
  readonly after: readonly [string, string, string] | undefined;
  readonly limit: number;
};

/** Whether a conversation is somebody's, or a note in it names them. */
const isMine = (
  tx: Tx,
  me: string | null,
) => sql`(c.assigned_to = ${me}::uuid or exists (select from inbox_note n
  where n.tenant_id = ${tx.tenantId} and n.conversation_id = c.id and ${me}::uuid = any(n.mentions)))`;

export type ListedConversation = ConversationRow & {
  readonly sender: string | null;
  readonly words: string | null;
  readonly mails: number;
  readonly proposals: readonly string[];
};

/** Conversations with their last mail and the intents that wait for a person; who waits longest first, then the newest. */
export async function findConversations(
  tx: Tx,
  { show, me, customerId, after, limit }: ConversationFilter,
): Promise<readonly ListedConversation[]> {
  const parts = [sql`c.tenant_id = ${tx.tenantId}`];
  if (show !== 'all') parts.push(sql`c.state = ${show === 'done' ? 'done' : 'open'}`);
  if (show === 'waiting') parts.push(sql`c.waiting_since is not null`);
  if (show === 'mine') parts.push(isMine(tx, me));
  if (show === 'unassigned') parts.push(sql`c.assigned_to is null`);
  if (customerId !== undefined) parts.push(sql`c.customer_id = ${customerId}::uuid`);
  const waiting = sql`coalesce(c.waiting_since, 'infinity')`;
  if (after) {
    const [since, lastAt, id] = after;
    parts.push(sql`(${waiting} > ${since}::timestamptz
      or ${waiting} = ${since}::timestamptz and (c.last_at, c.id) < (${lastAt}::timestamptz, ${id}::uuid))`);
  }
  return tx.run(
    sql<ListedConversation>`select c.*, m.sender, left(m.words, 200) as words,
        (select count(*)::int from inbox_mail x where x.tenant_id = c.tenant_id and x.conversation_id = c.id) as mails,
        coalesce((select jsonb_agg(distinct p.intent) from inbox_proposal p join inbox_mail x
          on x.tenant_id = p.tenant_id and x.id = p.mail_id
          where p.tenant_id = c.tenant_id and x.conversation_id = c.id and p.decision is null), '[]') as proposals
      from inbox_conversation c left join lateral (select sender, words from inbox_mail x
        where x.tenant_id = c.tenant_id and x.conversation_id = c.id order by received_at desc limit 1) m on true
      where ${sql.join(parts, sql` and `)}
      order by ${waiting}, c.last_at desc, c.id desc limit ${limit}::int`,
    { plan: 'fresh' },
  );
}

/** How many conversations are open, wait, are somebody's, and nobody's. */
export async function countConversations(tx: Tx, me: string | null) {
  const [row] = await tx.run(sql<{ open: number; waiting: number; mine: number; unassigned: number }>`
    select count(*)::int as open, count(waiting_since)::int as waiting,
      (count(*) filter (where ${isMine(tx, me)}))::int as mine,
      (count(*) filter (where assigned_to is null))::int as unassigned
    from inbox_conversation c where tenant_id = ${tx.tenantId} and state = 'open'`);
  return row ?? { open: 0, waiting: 0, mine: 0, unassigned: 0 };
}

export type EntryPlace = {
  readonly kind: 'mail' | 'message' | 'note';
  readonly id: string;
  readonly at: Instant;
};

/** What is in a conversation, in its order, the latest first: mails, the messages of ours that they answer, notes. */
export async function findEntries(
  tx: Tx,
  conversationId: string,
  { after, limit }: { readonly after?: readonly [string, string] | undefined; readonly limit: number },
): Promise<readonly EntryPlace[]> {
  const mails = sql`inbox_mail where tenant_id = ${tx.tenantId} and conversation_id = ${conversationId}::uuid`;
  const before = after && sql`where (at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`;
  return tx.run(sql<EntryPlace>`select kind, id, at from (
      select 'mail' as kind, id, received_at as at from ${mails}
      union all select 'message', id, coalesce(sent_at, created_at) from message
        where tenant_id = ${tx.tenantId} and (id in (select message_id from ${mails})
          or id in (select message_id from inbox_reply
            where tenant_id = ${tx.tenantId} and conversation_id = ${conversationId}::uuid))
      union all select 'note', id, written_at from inbox_note
        where tenant_id = ${tx.tenantId} and conversation_id = ${conversationId}::uuid) entry
    ${before ?? sql``} order by at desc, id desc limit ${limit}::int`);
}

/** Mails. */
export async function findMails(tx: Tx, ids: readonly string[]): Promise<readonly MailRow[]> {
  if (ids.length === 0) return [];
  return tx.run(sql<MailRow>`select * from inbox_mail
    where tenant_id = ${tx.tenantId} and id = any(${arrayLiteral(ids)}::uuid[])`);
}

/** Whoever wrote in a conversation. */
export async function findSenders(tx: Tx, conversationId: string): Promise<readonly string[]> {
  const rows = await tx.run(sql<{ sender: string }>`select distinct sender from inbox_mail
    where tenant_id = ${tx.tenantId} and conversation_id = ${conversationId}::uuid`);
  return rows.map(({ sender }) => sender);
}

/** What mails propose, each in the order of its words. */
export async function findProposals(tx: Tx, mailIds: readonly string[]): Promise<readonly ProposalRow[]> {
  if (mailIds.length === 0) return [];
  return tx.run(sql<ProposalRow>`select * from inbox_proposal
    where tenant_id = ${tx.tenantId} and mail_id = any(${arrayLiteral(mailIds)}::uuid[]) order by from_at, id`);
}

/** A proposal of a conversation with the mail it is of. */
export type SaidRow = ProposalRow & Pick<MailRow, 'sender' | 'received_at'>;

/** What mails of a conversation propose and nobody rejected, the latest first. */
export async function findSaid(tx: Tx, conversationId: string, limit: number): Promise<readonly SaidRow[]> {
  return tx.run(sql<SaidRow>`select p.*, m.sender, m.received_at from inbox_mail m
    join inbox_proposal p on p.tenant_id = m.tenant_id and p.mail_id = m.id and p.decision is distinct from 'rejected'
    where m.tenant_id = ${tx.tenantId} and m.conversation_id = ${conversationId}::uuid
    order by m.received_at desc, m.id desc, p.from_at desc, p.id desc limit ${limit}::int`);
}

/** A proposal with the conversation it is of, held until the commit; the conversation is held after it, by `lockConversation`. */
export async function lockProposal(
  act: Act,
  id: string,
): Promise<(ProposalRow & { conversation_id: string }) | undefined> {
  return act.find(sql<
    ProposalRow & { conversation_id: string }
  >`select p.*, m.conversation_id from inbox_proposal p
      join inbox_mail m on m.tenant_id = p.tenant_id and m.id = p.mail_id
    where p.tenant_id = ${act.tenantId} and p.id = ${id}::uuid for update of p`);
}

/** Keeps what became of a proposal, once. */
export function updateDecision(act: Act, id: string, decided: Decided): void {
  act.write(
    sql`update inbox_proposal set decision = ${decided.decision}, is_changed = ${decided.isChanged},
        outcome = ${decided.outcome}::jsonb, decided_by = ${decided.by}, decided_at = ${act.now}
      where tenant_id = ${act.tenantId} and id = ${id}::uuid and decision is null`,
    { rows: 1, rule: 'a proposal is decided once' },
  );
}

/** How much people decided about proposals, and when last: what is learnt from it is the same until one of them changes. */
export async function findDecidedMark(tx: Tx): Promise<string> {
  const row = await tx.find(sql<{
    mark: string;
  }>`select concat(count(*), ' ', max(decided_at)) as mark from inbox_proposal
    where tenant_id = ${tx.tenantId} and decided_at is not null and decided_by not like 'system:%' and intent <> 'away'`);
  return row?.mark ?? '';
}

/** What people said of sentences, the latest, so that it can be learnt: each sentence with the intents that they accepted. */
export async function findDecided(tx: Tx, limit: number) {
  return tx.run(sql<{
    quote: string;
    intents: readonly Intent[];
  }>`select quote, coalesce(jsonb_agg(intent) filter (where decision = 'accepted'), '[]') as intents from inbox_proposal
    where tenant_id = ${tx.tenantId} and decided_at is not null and decided_by not like 'system:%' and intent <> 'away'
    group by mail_id, from_at, quote order by max(decided_at) desc, mail_id, from_at limit ${limit}::int`);
}

/** Keeps a note. */
export function insertNote(act: Act, row: NewRow<'inbox_note'>): void {
  act.insert('inbox_note', [row]);
}

/** Notes. */
export async function findNotes(
  tx: Tx,
  ids: readonly string[],
): Promise<readonly Selectable<DB['inbox_note']>[]> {
  if (ids.length === 0) return [];
  return tx.run(sql<Selectable<DB['inbox_note']>>`select * from inbox_note
    where tenant_id = ${tx.tenantId} and id = any(${arrayLiteral(ids)}::uuid[])`);
}

/** Keeps whose an address is. */
export function insertSender(act: Act, row: NewRow<'inbox_sender'>): void {
  act.insert('inbox_sender', [row]);
}

/** From which confidence on proposals of an intent are accepted unasked, as set last, and by whom. */
export async function findBars(
  tx: Tx,
): Promise<ReadonlyMap<string, { readonly bar: number | null; readonly setBy: string }>> {
  const rows = await tx.run(sql<{ intent: string; bar: string | null; set_by: string }>`
    select distinct on (intent) intent, bar, set_by from inbox_bar where tenant_id = ${tx.tenantId}
    order by intent, set_at desc, id desc`);
  return new Map(
    rows.map((row) => [row.intent, { bar: row.bar === null ? null : Number(row.bar), setBy: row.set_by }]),
  );
}

/**
 * What people did with the proposals of each intent, and, for some confidences, how many that were as sure were decided about and
 * right as they were. A row for each intent and confidence; none for intents nobody decided about.
 */
export async function countDecided(tx: Tx, bars: readonly number[]) {
  return tx.run(sql<{
    intent: string;
    bar: string;
    accepted: number;
    changed: number;
    rejected: number;
    unasked: number;
    sure: number;
    right: number;
  }>`select p.intent, b.bar::text as bar,
      (count(*) filter (where by_person and decision = 'accepted' and not is_changed))::int as accepted,
      (count(*) filter (where by_person and decision = 'accepted' and is_changed))::int as changed,
      (count(*) filter (where by_person and decision = 'rejected'))::int as rejected,
      (count(*) filter (where not by_person))::int as unasked,
      (count(*) filter (where by_person and confidence >= b.bar))::int as sure,
      (count(*) filter (where by_person and confidence >= b.bar and decision = 'accepted' and not is_changed))::int as right
    from (select intent, confidence, decision, is_changed, decided_by not like 'system:%' as by_person from inbox_proposal
      where tenant_id = ${tx.tenantId} and decided_at is not null) p
      cross join unnest(${arrayLiteral(bars.map(String))}::numeric[]) b(bar)
    group by p.intent, b.bar order by p.intent, b.bar`);
}

/** Sets from which confidence on. */
export function insertBar(act: Act, row: NewRow<'inbox_bar'>): void {
  act.insert('inbox_bar', [row]);
}
