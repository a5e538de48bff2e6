// SQL of links to see the documents of a mail.

import { sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { Instant } from '#kernel/calendar.ts';
import type { MessageId } from '#kernel/id.ts';
import type { LinkToken } from './store-stop.ts';
import type { ViewLink } from './view-link.ts';

/** Gives messages their links. */
export function insertViews(act: Act, links: readonly LinkToken[]): void {
  act.insert(
    'view_link',
    links.map(({ messageId, token }) => ({
      message_id: messageId,
      token,
      made_at: act.now,
      ended_at: null,
      ended_by: null,
    })),
  );
}

/** The link of a message; messages that carry no document have none. */
export async function findView(tx: Tx, messageId: MessageId): Promise<ViewLink | undefined> {
  const row = await tx.find(sql<{ token: string; ended_at: Instant | null }>`
    select token, ended_at from view_link where tenant_id = ${tx.tenantId} and message_id = ${messageId}`);
  return row && { token: row.token, endedAt: row.ended_at };
}

/** The links of messages; those that carry no document have none. */
export async function findViews(
  tx: Tx,
  messageIds: readonly MessageId[],
): Promise<ReadonlyMap<MessageId, ViewLink>> {
  const rows = await tx.run(sql<{ message_id: MessageId; token: string; ended_at: Instant | null }>`
    select message_id, token, ended_at from view_link
    where tenant_id = ${tx.tenantId} and message_id in (select unnest(${arrayLiteral(messageIds)}::uuid[]))`);
  return new Map(rows.map((row) => [row.message_id, { token: row.token, endedAt: row.ended_at }]));
}

/** The message whose link has a token. */
export async function findViewed(tx: Tx, token: string): Promise<MessageId | undefined> {
  const row = await tx.find(sql<{ message_id: string }>`
    select message_id from view_link where tenant_id = ${tx.tenantId} and token = ${token}`);
  return row?.message_id as MessageId | undefined;
}

/** Ends a link. */
export function endView(act: Act, messageId: MessageId, actor: string): void {
  act.write(
    sql`update view_link set ended_at = ${act.now}, ended_by = ${actor}
      where tenant_id = ${act.tenantId} and message_id = ${messageId} and ended_at is null`,
    { rows: 1, rule: 'a link is ended once' },
  );
}

/** Whether it is known already that somebody looked at the documents of a message. */
export async function isViewed(tx: Tx, messageId: MessageId): Promise<boolean> {
  const row = await tx.find(sql<{ id: string }>`
    select id from message_signal
    where tenant_id = ${tx.tenantId} and message_id = ${messageId} and kind = 'viewed' limit 1`);
  return row !== undefined;
}
