// SQL of answers that people write, and of words that are said again and again.

import { type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { Instant } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import type { MailRow } from './store.ts';

export type ReplyRow = Selectable<DB['inbox_reply']>;

/** Keeps an answer. */
export function insertReply(act: Act, row: NewRow<'inbox_reply'>): void {
  act.insert('inbox_reply', [row]);
}

/** An answer. */
export async function findReply(tx: Tx, id: string): Promise<ReplyRow | undefined> {
  return tx.find(
    sql<ReplyRow>`select * from inbox_reply where tenant_id = ${tx.tenantId} and id = ${id}::uuid`,
  );
}

/** Answers that are messages of these ids, with what they were called. */
export async function findReplies(tx: Tx, messageIds: readonly string[]): Promise<readonly ReplyRow[]> {
  if (messageIds.length === 0) return [];
  return tx.run(sql<ReplyRow>`select * from inbox_reply
    where tenant_id = ${tx.tenantId} and message_id = any(${arrayLiteral(messageIds)}::uuid[])`);
}

/** The latest mail of a person in a conversation: what an answer answers. */
export async function findLastMail(tx: Tx, conversationId: string): Promise<MailRow | undefined> {
  return tx.find(sql<MailRow>`select * from inbox_mail
    where tenant_id = ${tx.tenantId} and conversation_id = ${conversationId}::uuid and kind = 'mail'
    order by received_at desc, id desc limit 1`);
}

/**
 * Message-IDs of a conversation up to the mail that is answered, that one last: its mails, the messages of ours that they
 * answer, and answers before.
 */
export async function findThreadUpTo(
  tx: Tx,
  { conversation_id: conversationId, received_at: at, id }: MailRow,
  limit: number,
): Promise<readonly string[]> {
  const rows = await tx.run(sql<{ identifier: string }>`select identifier from (
      select identifier, received_at as at, id = ${id}::uuid as is_last from inbox_mail
        where tenant_id = ${tx.tenantId} and conversation_id = ${conversationId}::uuid and identifier is not null
          and received_at <= ${at}
      union all select message_header, coalesce(sent_at, created_at), false from message
        where tenant_id = ${tx.tenantId} and sent_at is not null and (
          id in (select message_id from inbox_mail
            where tenant_id = ${tx.tenantId} and conversation_id = ${conversationId}::uuid)
          or id in (select message_id from inbox_reply
            where tenant_id = ${tx.tenantId} and conversation_id = ${conversationId}::uuid))
          and coalesce(sent_at, created_at) <= ${at}) named
    order by is_last desc, at desc limit ${limit}::int`);
  return rows.map(({ identifier }) => identifier).toReversed();
}

/** Invoices of which copies went with answers of a conversation from a moment on, or wait to go. */
export async function findEnclosed(
  tx: Tx,
  conversationId: string,
  since: Instant,
): Promise<ReadonlySet<string>> {
  const rows = await tx.run(sql<{ id: string }>`select distinct unnest(r.invoice_ids) as id from inbox_reply r
    join message m on m.tenant_id = r.tenant_id and m.id = r.message_id
    where r.tenant_id = ${tx.tenantId} and r.conversation_id = ${conversationId}::uuid and r.written_at >= ${since}
      and m.state not in ('refused', 'failed', 'dropped')`);
  return new Set(rows.map(({ id }) => id));
}

/** Of some invoices those that are a customer's. */
export async function findOwnInvoices(
  tx: Tx,
  customerId: CustomerId,
  invoiceIds: readonly string[],
): Promise<readonly { readonly id: string; readonly number: string }[]> {
  if (invoiceIds.length === 0) return [];
  return tx.run(sql<{ id: string; number: string }>`select id, number from invoice
    where tenant_id = ${tx.tenantId} and customer_id = ${customerId}::uuid
      and id = any(${arrayLiteral(invoiceIds)}::uuid[]) order by issued_on, number`);
}

/** Words that are said again and again, by their names. */
export async function findSnippets(
  tx: Tx,
  limit: number,
): Promise<readonly { readonly name: string; readonly words: string }[]> {
  return tx.run(sql<{ name: string; words: string }>`select name, words from (
      select distinct on (lower(name)) name, words from inbox_snippet where tenant_id = ${tx.tenantId}
      order by lower(name), set_at desc, id desc) latest
    where words is not null order by lower(name) limit ${limit}::int`);
}

/** Keeps words, or, without, takes them away. */
export function insertSnippet(act: Act, row: NewRow<'inbox_snippet'>): void {
  act.insert('inbox_snippet', [row]);
}
