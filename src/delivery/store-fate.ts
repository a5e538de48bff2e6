// SQL of what was learned of messages: mail that came in, signals, addresses nothing is sent to, and problems for a person.

import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { Instant } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, type MessageId, newId } from '#kernel/id.ts';
import { keepable } from '#kernel/keepable.ts';
import { DOCUMENT_HISTORY_SHOWN } from '#kernel/limits.ts';
import type { KnownBy, NewProblem, NewSuppression, Signal } from './fate.ts';
import type { MessagePurpose } from './message.ts';

/** Whether a mail came in before, byte for byte. */
export async function hasInbound(tx: Tx, sha256: Uint8Array): Promise<boolean> {
  const row = await tx.find(sql<{ id: string }>`
    select id from inbound_mail where tenant_id = ${tx.tenantId} and sha256 = ${sha256}`);
  return row !== undefined;
}

export type NewInbound = {
  readonly raw: Uint8Array;
  readonly kind: string;
  readonly sender: string;
  readonly subject: string;
  readonly messageId: MessageId | null;
  readonly knownBy: KnownBy | null;
  /** Whose mailbox it came in by. */
  readonly companyId: CompanyId | null;
};

/** Keeps a mail that came in; its bytes as they came. */
export function insertInbound(act: Act, mail: NewInbound): string {
  const id = newId<'inbound_mail'>();
  act.insert('inbound_mail', [
    {
      id,
      raw: mail.raw,
      sha256: createHash('sha256').update(mail.raw).digest(),
      kind: mail.kind,
      sender: keepable(mail.sender),
      subject: keepable(mail.subject),
      message_id: mail.messageId,
      known_by: mail.knownBy,
      company_id: mail.companyId,
      received_at: act.now,
    },
  ]);
  return id;
}

/** Adds what was learned of a message. */
export function insertSignals(
  act: Act,
  messageId: MessageId,
  signals: readonly Signal[],
  inboundMailId: string | null = null,
): void {
  act.insert(
    'message_signal',
    signals.map((signal) => ({
      id: newId(),
      message_id: messageId,
      kind: signal.kind,
      severity: signal.severity,
      address: signal.address,
      detail: signal.detail,
      inbound_mail_id: inboundMailId,
      happened_at: act.now,
      recorded_at: act.now,
    })),
  );
}

export type SignalRow = {
  readonly id: string;
  readonly message_id: string;
  readonly kind: string;
  readonly severity: string | null;
  readonly address: string | null;
  readonly detail: string;
  readonly inbound_mail_id: string | null;
  readonly happened_at: Instant;
  readonly recorded_at: Instant;
};

/** What was learned of messages, in the order it was learned. */
export async function findSignals(tx: Tx, messageIds: readonly string[]): Promise<readonly SignalRow[]> {
  return tx.run(sql<SignalRow>`
    select id, message_id, kind, severity, address, detail, inbound_mail_id, happened_at, recorded_at from message_signal
    where tenant_id = ${tx.tenantId} and message_id = any(${arrayLiteral(messageIds)}::uuid[])
    order by recorded_at, id limit ${DOCUMENT_HISTORY_SHOWN}`);
}

/** The bytes of mails that came in about messages. */
export async function findInboundRaws(
  tx: Tx,
  messageIds: readonly string[],
): Promise<
  readonly {
    readonly id: string;
    readonly message_id: string;
    readonly raw: Uint8Array;
    readonly received_at: Instant;
  }[]
> {
  return tx.run(sql<{ id: string; message_id: string; raw: Uint8Array; received_at: Instant }>`
    select id, message_id, raw, received_at from inbound_mail
    where tenant_id = ${tx.tenantId} and message_id = any(${arrayLiteral(messageIds)}::uuid[])
    order by received_at, id limit ${DOCUMENT_HISTORY_SHOWN}`);
}

/** The bytes of one mail that came in. */
export async function findInbound(tx: Tx, id: string): Promise<Uint8Array | undefined> {
  const row = await tx.find(sql<{ raw: Uint8Array }>`
    select raw from inbound_mail where tenant_id = ${tx.tenantId} and id = ${id}`);
  return row?.raw;
}

/** Of some addresses those that nothing is sent to for a purpose, in lower case. */
export async function findSuppressed(
  tx: Tx,
  addresses: readonly string[],
  purpose: MessagePurpose,
): Promise<ReadonlySet<string>> {
  if (addresses.length === 0) return new Set();
  const wanted = arrayLiteral(addresses.map((address) => address.toLowerCase()));
  const rows = await tx.run(sql<{ address: string }>`
    select distinct address from suppression
    where tenant_id = ${tx.tenantId} and address = any(${wanted}::text[]) and lifted_at is null
      and (purpose is null or purpose = ${purpose})`);
  return new Set(rows.map((row) => row.address));
}

/** Stops addresses; one that is stopped already stays so, for the first reason. */
export function insertSuppressions(
  act: Act,
  added: readonly NewSuppression[],
  by: { readonly messageId: MessageId | null; readonly actor: string },
): void {
  for (const { address, purpose, reason, detail } of added)
    act.write(sql`insert into suppression (tenant_id, id, address, purpose, reason, detail, message_id, added_by, added_at)
      values (${act.tenantId}, ${newId()}, ${address.toLowerCase()}, ${purpose}, ${reason}, ${detail}, ${by.messageId},
        ${by.actor}, ${act.now})
      on conflict (tenant_id, address, coalesce(purpose, '')) where lifted_at is null do nothing`);
}

export type SuppressionRow = {
  readonly id: string;
  readonly address: string;
  readonly purpose: string | null;
  readonly reason: string;
  readonly detail: string;
  readonly message_id: string | null;
  readonly added_by: string;
  readonly added_at: Instant;
  readonly lifted_at: Instant | null;
  readonly lifted_by: string | null;
  readonly lift_reason: string | null;
};

/** Addresses nothing is sent to, lifted ones too if wanted, the newest first. */
export async function findSuppressions(
  tx: Tx,
  filter: { readonly lifted: boolean; readonly text?: string | undefined },
  page: { readonly after: readonly [Instant, string] | undefined; readonly limit: number },
): Promise<readonly SuppressionRow[]> {
  const after = page.after
    ? sql`and (added_at, id) < (${page.after[0]}::timestamptz, ${page.after[1]}::uuid)`
    : sql``;
  const text = filter.text ? sql`and position(${filter.text.toLowerCase()} in address) > 0` : sql``;
  return tx.run(
    sql<SuppressionRow>`select * from suppression where tenant_id = ${tx.tenantId}
      ${filter.lifted ? sql`` : sql`and lifted_at is null`} ${text} ${after}
      order by added_at desc, id desc limit ${page.limit}`,
    { plan: 'fresh' },
  );
}

/** One stopped address, locked. */
export async function lockSuppression(tx: Tx, id: string): Promise<SuppressionRow | undefined> {
  return tx.find(sql<SuppressionRow>`
    select * from suppression where tenant_id = ${tx.tenantId} and id = ${id} for update`);
}

/** Lets things be sent to an address again. */
export function liftSuppression(
  act: Act,
  id: string,
  by: { readonly actor: string; readonly reason: string },
): void {
  act.write(
    sql`update suppression set lifted_at = ${act.now}, lifted_by = ${by.actor}, lift_reason = ${by.reason}
      where tenant_id = ${act.tenantId} and id = ${id} and lifted_at is null`,
    { rows: 1, rule: 'a stopped address is lifted once' },
  );
}

/** What a problem is about. */
export type ProblemSubject = {
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly messageId: MessageId | null;
  readonly documentId: string | null;
};

/** Opens problems; the same one that is open already stays as it is. */
export function insertProblems(act: Act, about: ProblemSubject, problems: readonly NewProblem[]): void {
  for (const { kind, severity, address, detail } of problems)
    act.write(sql`insert into delivery_problem (tenant_id, id, company_id, customer_id, message_id, document_id, kind, severity,
        address, detail, opened_at)
      values (${act.tenantId}, ${newId()}, ${about.companyId}, ${about.customerId}, ${about.messageId}, ${about.documentId},
        ${kind}, ${severity}, ${address}, ${detail}, ${act.now})
      on conflict do nothing`);
}

export type ProblemRow = {
  readonly id: string;
  readonly company_id: string;
  readonly customer_id: string;
  readonly message_id: string | null;
  readonly document_id: string | null;
  readonly kind: string;
  readonly severity: string | null;
  readonly address: string | null;
  readonly detail: string;
  readonly opened_at: Instant;
  readonly closed_at: Instant | null;
  readonly closed_by: string | null;
  readonly resolution: string | null;
  /** What the message was about, and by which way another took its place. */
  readonly subject: string | null;
  readonly channel: string | null;
  readonly replaced_by_id: string | null;
  readonly replaced_channel: string | null;
  readonly replaced_state: string | null;
  /** The stop of the address that is in force, which a person may lift. */
  readonly suppression_id: string | null;
};

export type ProblemFilter = {
  readonly open: boolean;
  readonly customerId?: string | undefined;
  readonly documentId?: string | undefined;
};

/** Problems, the newest first, with what came of them. */
export async function findProblems(
  tx: Tx,
  filter: ProblemFilter,
  page: { readonly after: readonly [Instant, string] | undefined; readonly limit: number },
): Promise<readonly ProblemRow[]> {
  const after = page.after
    ? sql`and (p.opened_at, p.id) < (${page.after[0]}::timestamptz, ${page.after[1]}::uuid)`
    : sql``;
  const customer = filter.customerId ? sql`and p.customer_id = ${filter.customerId}` : sql``;
  const document = filter.documentId ? sql`and p.document_id = ${filter.documentId}` : sql``;
  return tx.run(
    sql<ProblemRow>`
      select p.*, m.subject, m.channel, r.id as replaced_by_id, r.channel as replaced_channel, r.state as replaced_state,
        (select s.id from suppression s where s.tenant_id = p.tenant_id and s.address = lower(p.address) and s.lifted_at is null
          order by s.added_at desc limit 1) as suppression_id
      from delivery_problem p
      left join message m on m.tenant_id = p.tenant_id and m.id = p.message_id
      left join message r on r.tenant_id = p.tenant_id and r.replaces_id = p.message_id
      where p.tenant_id = ${tx.tenantId} and (p.closed_at is null) = ${filter.open} ${customer} ${document} ${after}
      order by p.opened_at desc, p.id desc limit ${page.limit}`,
    { plan: 'fresh' },
  );
}

/** How many problems are open. */
export async function countProblems(tx: Tx): Promise<number> {
  const row = await tx.find(sql<{ count: bigint }>`
    select count(*) as count from delivery_problem where tenant_id = ${tx.tenantId} and closed_at is null`);
  return Number(row?.count ?? 0n);
}

/** One problem, locked. */
export async function lockProblem(
  tx: Tx,
  id: string,
): Promise<
  Pick<ProblemRow, 'id' | 'customer_id' | 'message_id' | 'document_id' | 'kind' | 'closed_at'> | undefined
> {
  return tx.find(sql<
    Pick<ProblemRow, 'id' | 'customer_id' | 'message_id' | 'document_id' | 'kind' | 'closed_at'>
  >`
    select id, customer_id, message_id, document_id, kind, closed_at from delivery_problem
    where tenant_id = ${tx.tenantId} and id = ${id} for update`);
}

/** Closes a problem. */
export function closeProblem(
  act: Act,
  id: string,
  by: { readonly actor: string; readonly resolution: string },
): void {
  act.write(
    sql`update delivery_problem set closed_at = ${act.now}, closed_by = ${by.actor}, resolution = ${by.resolution}
      where tenant_id = ${act.tenantId} and id = ${id} and closed_at is null`,
    { rows: 1, rule: 'a problem is closed once' },
  );
}

/** The message with a return token. */
export async function findByToken(tx: Tx, token: string): Promise<MessageId | undefined> {
  const row = await tx.find(sql<{ id: string }>`
    select id from message where tenant_id = ${tx.tenantId} and return_token = ${token}`);
  return row?.id as MessageId | undefined;
}

/** The first of some Message-IDs that is one of ours. */
export async function findByIdentifier(
  tx: Tx,
  identifiers: readonly string[],
): Promise<MessageId | undefined> {
  const [row] = await tx.run(sql<{ id: string }>`
    select id from message where tenant_id = ${tx.tenantId} and message_header = any(${arrayLiteral(identifiers)}::text[])
    order by created_at desc limit 1`);
  return row?.id as MessageId | undefined;
}

/** The last message that went to one of some readers after a moment. */
export async function findLastTo(
  tx: Tx,
  addresses: readonly string[],
  since: Instant,
): Promise<MessageId | undefined> {
  const [row] = await tx.run(sql<{ id: string }>`
    select id from message where tenant_id = ${tx.tenantId} and channel = 'email' and sent_at >= ${since}
      and lower(recipient) = any(${arrayLiteral(addresses)}::text[]) order by sent_at desc limit 1`);
  return row?.id as MessageId | undefined;
}

/** The last text message that went to a number. */
export async function findLastBySms(tx: Tx, number: string): Promise<MessageId | undefined> {
  const [row] = await tx.run(sql<{ id: string }>`
    select id from message where tenant_id = ${tx.tenantId} and channel = 'sms' and lower(recipient) = ${number} and sent_at is not null
    order by sent_at desc limit 1`);
  return row?.id as MessageId | undefined;
}
