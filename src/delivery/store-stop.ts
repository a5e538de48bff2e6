// SQL of links to stop reminders and statements.

import { sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { Instant } from '#kernel/calendar.ts';
import type { MessageId } from '#kernel/id.ts';
import type { MessagePurpose } from './message.ts';

/** A message and what its link is known by. */
export type LinkToken = { readonly messageId: MessageId; readonly token: string };

/** Gives messages their links. */
export function insertStopLinks(act: Act, links: readonly LinkToken[]): void {
  act.insert(
    'stop_link',
    links.map(({ messageId, token }) => ({ message_id: messageId, token, made_at: act.now })),
  );
}

/** The tokens of the links of messages; messages that cannot be stopped have none. */
export async function findStopTokens(
  tx: Tx,
  messageIds: readonly MessageId[],
): Promise<ReadonlyMap<MessageId, string>> {
  const rows = await tx.run(sql<{ message_id: MessageId; token: string }>`
    select message_id, token from stop_link
    where tenant_id = ${tx.tenantId} and message_id in (select unnest(${arrayLiteral(messageIds)}::uuid[]))`);
  return new Map(rows.map((row) => [row.message_id, row.token]));
}

/** The message whose link has a token. */
export async function findStoppable(tx: Tx, token: string): Promise<MessageId | undefined> {
  const row = await tx.find(sql<{ message_id: string }>`
    select message_id from stop_link where tenant_id = ${tx.tenantId} and token = ${token}`);
  return row?.message_id as MessageId | undefined;
}

/** Holds up others that stop the same address, until the transaction ends; there may be no row yet that could be locked. */
export async function lockAddress(tx: Tx, address: string): Promise<void> {
  await tx.run(sql`
    select pg_advisory_xact_lock(hashtextextended(${`stop ${tx.tenantId} ${address.toLowerCase()}`}, 0))`);
}

/** Since when nothing is sent to an address for a purpose; nothing where it is written to. */
export async function findStoppedSince(
  tx: Tx,
  address: string,
  purpose: MessagePurpose,
): Promise<Instant | undefined> {
  const row = await tx.find(sql<{ since: Instant | null }>`
    select min(added_at) as since from suppression
    where tenant_id = ${tx.tenantId} and address = ${address} and lifted_at is null
      and (purpose is null or purpose = ${purpose})`);
  return row?.since ?? undefined;
}
