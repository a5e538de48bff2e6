// SQL of what services took over: found by what they call it, looked after until they have told the end, and how handing over went.

import { sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import type { Instant } from '#kernel/calendar.ts';
import type { MessageId } from '#kernel/id.ts';
import type { TransportKind } from './message.ts';

/** The message that a service calls so. */
export async function findByCarrierReference(
  tx: Tx,
  transport: TransportKind,
  reference: string,
): Promise<MessageId | undefined> {
  const row = await tx.find(sql<{ id: string }>`
    select id from message
    where tenant_id = ${tx.tenantId} and carrier_reference = ${reference} and transport = ${transport}
    order by created_at desc limit 1`);
  return row?.id as MessageId | undefined;
}

export type WatchedLetter = { readonly id: MessageId; readonly reference: string };

/**
 * Letters at the service whose end is not known: each hour until they are in the post, then each day in case the post brings them
 * back; those not looked at for longest first.
 */
export async function findWatchedLetters(
  tx: Tx,
  when: { readonly now: Instant; readonly days: number; readonly limit: number },
): Promise<readonly WatchedLetter[]> {
  const since = when.now.subtract({ hours: 24 * when.days });
  const [hourAgo, dayAgo] = [when.now.subtract({ minutes: 55 }), when.now.subtract({ hours: 23 })];
  const rows = await tx.run(
    sql<{ id: string; carrier_reference: string }>`
      select m.id, m.carrier_reference from message m
      where m.tenant_id = ${tx.tenantId} and m.transport = 'letter_service' and m.state = 'sent' and m.sent_at >= ${since}
        and m.carrier_reference is not null
        and not exists (select 1 from message_signal s where s.tenant_id = m.tenant_id and s.message_id = m.id
          and s.kind in ('returned', 'bounced'))
        and (m.carrier_asked_at is null or m.carrier_asked_at < case
          when exists (select 1 from message_signal s where s.tenant_id = m.tenant_id and s.message_id = m.id
            and s.kind = 'posted') then ${dayAgo}::timestamptz else ${hourAgo}::timestamptz end)
      order by m.carrier_asked_at nulls first, m.id limit ${when.limit}`,
    { plan: 'fresh' },
  );
  return rows.map((row) => ({ id: row.id as MessageId, reference: row.carrier_reference }));
}

/** Notes that the service was asked about a letter. */
export function updateAsked(tx: Act | Tx, id: MessageId, now: Instant): void {
  tx.write(sql`update message set carrier_asked_at = ${now} where tenant_id = ${tx.tenantId} and id = ${id}`);
}

export type LastTry = {
  readonly transport: string;
  readonly outcome: string;
  readonly answer: string | null;
  readonly ended_at: Instant;
};

/** How handing over went last, for each way: the last time it was taken, and the last time it was not. */
export async function findLastTries(tx: Tx): Promise<readonly LastTry[]> {
  return tx.run(sql<LastTry>`
    select distinct on (transport, outcome = 'sent') transport, outcome, answer, ended_at from message_attempt
    where tenant_id = ${tx.tenantId} and outcome is not null and ended_at is not null and is_handed
    order by transport, outcome = 'sent', ended_at desc`);
}
