// All SQL of delivery. Rows in, domain values out.

import { type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import { q } from '#db/query.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { Instant, PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, MessageId } from '#kernel/id.ts';
import { THREAD_MESSAGES_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { packed, unpacked } from './keep-bytes.ts';
import type {
  Message,
  MessageChannel,
  MessagePurpose,
  MessageState,
  Outcome,
  TransportKind,
} from './message.ts';

/** A row as a message. */
export function toMessage(row: Selectable<DB['message']>): Message {
  return {
    id: row.id as MessageId,
    companyId: row.company_id as CompanyId,
    customerId: row.customer_id as CustomerId,
    purpose: row.purpose as MessagePurpose,
    channel: row.channel as MessageChannel,
    state: row.state as MessageState,
    recipient: row.recipient,
    copies: row.copies,
    documentId: row.document_id,
    language: row.language,
    subject: row.subject,
    messageHeader: row.message_header,
    returnToken: row.return_token,
    carrierReference: row.carrier_reference,
    replacesId: row.replaces_id as MessageId | null,
    tries: row.tries,
    answer: row.last_answer,
    transport: row.transport as TransportKind | null,
    runOn: row.run_on,
    runId: row.run_id,
    createdAt: row.created_at,
    sentAt: row.sent_at,
    nextTryAt: row.next_try_at,
  };
}

function selectMessage(tx: Tx, id: MessageId) {
  return q.selectFrom('message').selectAll().where('tenant_id', '=', tx.tenantId).where('id', '=', id);
}

/** Adds messages. */
export function insertMessages(act: Act, messages: readonly Message[]): void {
  act.insert(
    'message',
    messages.map((message) => ({
      id: message.id,
      company_id: message.companyId,
      customer_id: message.customerId,
      purpose: message.purpose,
      channel: message.channel,
      copies: [...message.copies],
      document_id: message.documentId,
      return_token: message.returnToken,
      carrier_reference: message.carrierReference,
      replaces_id: message.replacesId,
      state: message.state,
      recipient: message.recipient,
      language: message.language,
      subject: message.subject,
      message_header: message.messageHeader,
      tries: message.tries,
      last_answer: message.answer,
      transport: message.transport,
      run_on: message.runOn,
      run_id: message.runId,
      created_at: message.createdAt,
      sent_at: message.sentAt,
      next_try_at: message.nextTryAt,
    })),
  );
}

/** One message. */
export async function findMessage(tx: Tx, id: MessageId): Promise<Message | undefined> {
  const row = await tx.find(selectMessage(tx, id));
  return row && toMessage(row);
}

/** Messages by id, as far as they exist. */
export async function findMessagesOf(
  tx: Tx,
  ids: readonly MessageId[],
): Promise<ReadonlyMap<MessageId, Message>> {
  const rows = await tx.run(sql<Selectable<DB['message']>>`select * from message
    where tenant_id = ${tx.tenantId} and id in (select unnest(${arrayLiteral(ids)}::uuid[]))`);
  return new Map(rows.map((row) => [row.id as MessageId, toMessage(row)]));
}

/** One message, locked, so that its fate is decided by one at a time. */
export async function lockMessage(tx: Tx, id: MessageId): Promise<Message | undefined> {
  const row = await tx.find(selectMessage(tx, id).forUpdate());
  return row && toMessage(row);
}

/** Messages, locked in one order, so that two who lock some of the same wait for each other. Refuses: `message_not_found`. */
export async function lockMessages(
  tx: Tx,
  ids: readonly MessageId[],
): Promise<ReadonlyMap<MessageId, Message>> {
  const rows = await tx.run(sql<Selectable<DB['message']>>`select * from message
    where tenant_id = ${tx.tenantId} and id = any(${arrayLiteral(ids)}::uuid[]) order by id for update`);
  const messages = new Map(rows.map((row) => [row.id as MessageId, toMessage(row)]));
  const missing = ids.find((id) => !messages.has(id));
  if (missing !== undefined) throw new Refusal('message_not_found', { messageId: missing });
  return messages;
}

/** To which customers messages are, and for what. */
export async function findAboutOf(
  tx: Tx,
  ids: readonly MessageId[],
): Promise<ReadonlyMap<MessageId, Pick<Message, 'customerId' | 'purpose'>>> {
  const rows = await tx.run(sql<{ id: MessageId } & Pick<Message, 'customerId' | 'purpose'>>`
    select id, customer_id as "customerId", purpose from message
    where tenant_id = ${tx.tenantId} and id = any(${arrayLiteral(ids)}::uuid[])`);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Writes what changes about messages: where each stands and what was learned by trying. */
export function updateMessages(act: Act, messages: readonly Message[]): void {
  if (messages.length === 0) return;
  const all = <T>(of: (message: Message) => T) => arrayLiteral(messages.map(of));
  act.write(
    sql`update message m set state = n.state, recipient = n.recipient, copies = n.copies::text[],
        carrier_reference = n.carrier_reference, language = n.language, subject = n.subject, tries = n.tries,
        last_answer = n.last_answer, transport = n.transport, sent_at = n.sent_at, next_try_at = n.next_try_at
      from unnest(${all(({ id }) => id)}::uuid[], ${all(({ state }) => state)}::text[],
        ${all(({ recipient }) => recipient)}::text[], ${all(({ copies }) => arrayLiteral(copies))}::text[],
        ${all(({ carrierReference }) => carrierReference)}::text[], ${all(({ language }) => language)}::text[],
        ${all(({ subject }) => subject)}::text[], ${all(({ tries }) => tries)}::integer[],
        ${all(({ answer }) => answer)}::text[], ${all(({ transport }) => transport)}::text[],
        ${all(({ sentAt }) => sentAt)}::timestamptz[], ${all(({ nextTryAt }) => nextTryAt)}::timestamptz[])
        as n(id, state, recipient, copies, carrier_reference, language, subject, tries, last_answer, transport, sent_at,
          next_try_at)
      where m.tenant_id = ${act.tenantId} and m.id = n.id`,
    { rows: messages.length, rule: 'each message is there to be written' },
  );
}

/** The same of one message. */
export function updateMessage(act: Act, message: Message): void {
  updateMessages(act, [message]);
}

/** One handing over of a message, without its bytes. */
export type Attempt = {
  readonly attemptNo: number;
  readonly transport: TransportKind;
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  readonly outcome: Outcome | null;
  readonly answer: string | null;
  /** Whether its bytes may have been given to who carries them: from the moment before that is begun. */
  readonly isHanded: boolean;
  readonly sha256: Uint8Array;
  /** What tells the facts it was written from; null of tries before that was noted. */
  readonly writtenFrom: Uint8Array | null;
};

/** The tries of a message, the first first. */
export async function findAttempts(tx: Tx, id: MessageId): Promise<readonly Attempt[]> {
  return (await findAttemptsOf(tx, [id])).get(id) ?? [];
}

/**
 * The tries of messages, of each the first first; a message that was never tried is not among them. Each message is looked up by
 * itself: joined, a plan from when there were few tries would look through all of them.
 */
export async function findAttemptsOf(
  tx: Tx,
  ids: readonly MessageId[],
): Promise<ReadonlyMap<MessageId, readonly Attempt[]>> {
  const rows = await tx.run(sql<Omit<Selectable<DB['message_attempt']>, 'raw' | 'is_packed'>>`
    select a.* from unnest(${arrayLiteral(ids)}::uuid[]) as n(id)
    cross join lateral (select message_id, attempt_no, transport, started_at, ended_at, outcome, answer, is_handed, raw_sha256,
        written_from
      from message_attempt where tenant_id = ${tx.tenantId} and message_id = n.id order by attempt_no offset 0) a
    order by a.message_id, a.attempt_no`);
  const attempts = rows.map((row) => ({
    messageId: row.message_id as MessageId,
    attemptNo: row.attempt_no,
    transport: row.transport as TransportKind,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    outcome: row.outcome as Outcome | null,
    answer: row.answer,
    isHanded: row.is_handed,
    sha256: row.raw_sha256,
    writtenFrom: row.written_from,
  }));
  return Map.groupBy(attempts, ({ messageId }) => messageId);
}

/** The bytes of the last try of a message. */
export async function findRaw(tx: Tx, id: MessageId): Promise<Uint8Array | undefined> {
  const row = await tx.find(
    q
      .selectFrom('message_attempt')
      .select(['raw', 'is_packed'])
      .where('tenant_id', '=', tx.tenantId)
      .where('message_id', '=', id)
      .orderBy('attempt_no', 'desc')
      .limit(1),
  );
  return row?.raw ? unpacked({ kept: row.raw, isPacked: row.is_packed }) : undefined;
}

/** A try that begins, with its bytes. */
export type NewAttempt = Attempt & { readonly messageId: MessageId; readonly raw: Uint8Array };

/** Adds tries, with their bytes. Those of the tries before them that were surely not taken over are let go. */
export function insertAttempts(act: Act, attempts: readonly NewAttempt[]): void {
  const again = attempts.filter(({ attemptNo }) => attemptNo > 1).map(({ messageId }) => messageId);
  if (again.length > 0)
    act.write(sql`update message_attempt set raw = null
      where tenant_id = ${act.tenantId} and message_id = any(${arrayLiteral(again)}::uuid[])
        and outcome in ('refused', 'later')`);
  act.insert(
    'message_attempt',
    attempts.map((attempt) => ({
      ...rowOfBytes(attempt.raw),
      message_id: attempt.messageId,
      attempt_no: attempt.attemptNo,
      transport: attempt.transport,
      raw_sha256: attempt.sha256,
      written_from: attempt.writtenFrom && Buffer.from(attempt.writtenFrom),
      started_at: attempt.startedAt,
      ended_at: attempt.endedAt,
      outcome: attempt.outcome,
      answer: attempt.answer,
      is_handed: attempt.isHanded,
    })),
  );
}

function rowOfBytes(raw: Uint8Array) {
  const { kept, isPacked } = packed(raw);
  return { raw: Buffer.from(kept.buffer, kept.byteOffset, kept.byteLength), is_packed: isPacked };
}

/** What a try of a message came to. */
export type EndedAttempt = Pick<Attempt, 'attemptNo' | 'endedAt' | 'outcome' | 'answer'> & {
  readonly messageId: MessageId;
};

/** Notes what tries came to. */
export function updateAttempts(act: Act, ended: readonly EndedAttempt[]): void {
  if (ended.length === 0) return;
  const all = <T>(of: (attempt: EndedAttempt) => T) => arrayLiteral(ended.map(of));
  act.write(
    sql`update message_attempt a set ended_at = n.ended_at, outcome = n.outcome, answer = n.answer
      from unnest(${all(({ messageId }) => messageId)}::uuid[], ${all(({ attemptNo }) => attemptNo)}::smallint[],
        ${all(({ endedAt }) => endedAt)}::timestamptz[], ${all(({ outcome }) => outcome)}::text[],
        ${all(({ answer }) => answer)}::text[]) as n(message_id, attempt_no, ended_at, outcome, answer)
      where a.tenant_id = ${act.tenantId} and a.message_id = n.message_id and a.attempt_no = n.attempt_no`,
    { rows: ended.length, rule: 'each try is there to be written' },
  );
}

/** Which messages a list shows. */
export type MessageFilter = {
  readonly state?: MessageState | undefined;
  readonly purpose?: MessagePurpose | undefined;
  readonly customerId?: CustomerId | undefined;
  readonly companyId?: CompanyId | undefined;
  readonly documentId?: string | undefined;
  readonly channel?: MessageChannel | undefined;
  readonly from?: PlainDate | undefined;
  readonly to?: PlainDate | undefined;
};

/** Messages by business day, the newest first, from after a place in that order. */
export async function findMessages(
  tx: Tx,
  filter: MessageFilter,
  page: { readonly after: readonly [PlainDate, MessageId] | undefined; readonly limit: number },
): Promise<readonly Message[]> {
  let query = q.selectFrom('message').selectAll().where('tenant_id', '=', tx.tenantId);
  if (filter.state !== undefined) query = query.where('state', '=', filter.state);
  if (filter.purpose !== undefined) query = query.where('purpose', '=', filter.purpose);
  if (filter.customerId !== undefined) query = query.where('customer_id', '=', filter.customerId);
  if (filter.companyId !== undefined) query = query.where('company_id', '=', filter.companyId);
  if (filter.documentId !== undefined) query = query.where('document_id', '=', filter.documentId);
  if (filter.channel !== undefined) query = query.where('channel', '=', filter.channel);
  if (filter.from !== undefined) query = query.where('run_on', '>=', filter.from);
  if (filter.to !== undefined) query = query.where('run_on', '<=', filter.to);
  if (page.after !== undefined) {
    const [day, id] = page.after;
    query = query.where(sql<boolean>`(run_on, id) < (${day}::date, ${id}::uuid)`);
  }
  const rows = await tx.run(query.orderBy('run_on', 'desc').orderBy('id', 'desc').limit(page.limit), {
    plan: 'fresh',
  });
  return rows.map(toMessage);
}

/** How many messages are in each of the states that still have to end; queued ones whose time is later are counted apart. */
export async function countUnfinished(
  tx: Tx,
  now: Instant,
): Promise<ReadonlyMap<MessageState | 'later', number>> {
  const rows = await tx.run(sql<{ state: string; count: bigint }>`
    select case when state = 'queued' and next_try_at > ${now} then 'later' else state end as state, count(*) as count
    from message
    where tenant_id = ${tx.tenantId} and state in ('queued', 'sending', 'ready', 'refused', 'failed', 'unknown') group by 1`);
  return new Map(rows.map((row) => [row.state as MessageState | 'later', Number(row.count)]));
}

/** Notes that the process which waits for the answer to a try is alive. */
export function updateAlive(tx: Tx, id: MessageId, attemptNo: number): void {
  tx.write(sql`update message_attempt set alive_at = clock_timestamp()
    where tenant_id = ${tx.tenantId} and message_id = ${id} and attempt_no = ${attemptNo} and ended_at is null`);
}

/** A try, by its message and number. */
export type AttemptId = { readonly messageId: MessageId; readonly attemptNo: number };

/** A try whose message was taken over, and what was answered. */
export type TakenOver = AttemptId & { readonly endedAt: Instant; readonly answer: string };

/** Tries that were heard of, and the next, which take their places. */
export type PassingOn = { readonly heard: readonly TakenOver[]; readonly next: readonly AttemptId[] };

/**
 * Notes with tries that their messages were taken over, and marks others as handed over, which is committed before their
 * bytes are given to anybody; gives the messages of those for which that was done. Not among them are tries that were ended
 * meanwhile, by who took this process for dead.
 */
export async function passOn(tx: Tx, { heard, next }: PassingOn): Promise<ReadonlySet<MessageId>> {
  const rows = await tx.run(sql<{ message_id: MessageId }>`
    update message_attempt a set is_handed = true, alive_at = clock_timestamp(), ended_at = n.ended_at,
      outcome = case when n.ended_at is not null then 'sent' end, answer = n.answer
    from unnest(${arrayLiteral([...heard, ...next].map(({ messageId }) => messageId))}::uuid[],
      ${arrayLiteral([...heard, ...next].map(({ attemptNo }) => attemptNo))}::smallint[],
      ${arrayLiteral([...heard.map(({ endedAt }) => endedAt), ...next.map(() => null)])}::timestamptz[],
      ${arrayLiteral([...heard.map(({ answer }) => answer), ...next.map(() => null)])}::text[])
      as n(message_id, attempt_no, ended_at, answer)
    where a.tenant_id = ${tx.tenantId} and a.message_id = n.message_id and a.attempt_no = n.attempt_no
      and a.ended_at is null and a.is_handed = (n.ended_at is not null)
    returning a.message_id`);
  return new Set(rows.map(({ message_id }) => message_id));
}

/** Ends tries that were begun and not handed over: surely not taken over. Gives the messages of those. */
export async function endUnhanded(
  tx: Tx,
  tries: readonly AttemptId[],
  ended: Pick<EndedAttempt, 'endedAt' | 'answer'>,
): Promise<ReadonlySet<MessageId>> {
  const rows = await tx.run(sql<{ message_id: MessageId }>`
    update message_attempt a set ended_at = ${ended.endedAt}, outcome = 'later', answer = ${ended.answer}
    from unnest(${arrayLiteral(tries.map(({ messageId }) => messageId))}::uuid[],
      ${arrayLiteral(tries.map(({ attemptNo }) => attemptNo))}::smallint[]) as n(message_id, attempt_no)
    where a.tenant_id = ${tx.tenantId} and a.message_id = n.message_id and a.attempt_no = n.attempt_no
      and a.ended_at is null and not a.is_handed
    returning a.message_id`);
  return new Set(rows.map(({ message_id }) => message_id));
}

/** A try whose process is silent; with its outcome where that was heard and is to be noted with the message still. */
export type SilentAttempt = Pick<Attempt, 'attemptNo' | 'isHanded' | 'outcome' | 'answer'>;

/**
 * The last try of a message that is being sent, whose process gave no sign of life for so many seconds; locked, so that it is
 * not handed over while it is decided about.
 */
export async function lockSilentAttempt(
  tx: Tx,
  id: MessageId,
  seconds: number,
): Promise<SilentAttempt | undefined> {
  const row = await tx.find(sql<
    Pick<Selectable<DB['message_attempt']>, 'attempt_no' | 'is_handed' | 'outcome' | 'answer'>
  >`
    select attempt_no, is_handed, outcome, answer from message_attempt a
    where tenant_id = ${tx.tenantId} and message_id = ${id} and (ended_at is null or outcome = 'sent')
      and alive_at < clock_timestamp() - make_interval(secs => ${seconds})
      and attempt_no = (select max(attempt_no) from message_attempt where tenant_id = a.tenant_id and message_id = a.message_id)
    for update`);
  if (!row) return undefined;
  return {
    attemptNo: row.attempt_no,
    isHanded: row.is_handed,
    outcome: row.outcome as Outcome | null,
    answer: row.answer,
  };
}

/**
 * Messages that should have moved and did not, the oldest first: queued ones that were due before a moment, and those
 * handed over by a process that gave no sign of life for so many seconds.
 */
export async function findStuck(
  tx: Tx,
  than: { readonly dueBefore: Instant; readonly silentSeconds: number; readonly limit: number },
): Promise<readonly MessageId[]> {
  const rows = await tx.run(sql<{ id: string }>`
    select id from message m where tenant_id = ${tx.tenantId} and (
      (state = 'queued' and coalesce(next_try_at, created_at) <= ${than.dueBefore})
      or (state = 'sending' and exists (select 1 from message_attempt a
        where a.tenant_id = m.tenant_id and a.message_id = m.id and (a.ended_at is null or a.outcome = 'sent')
          and a.alive_at < clock_timestamp() - make_interval(secs => ${than.silentSeconds}))))
    order by run_on, id limit ${than.limit}`);
  return rows.map((row) => row.id as MessageId);
}

/** Message-IDs of mails about documents that were sent, the latest last; as many as a mail can name. */
export async function findThread(tx: Tx, documentIds: readonly string[]): Promise<readonly string[]> {
  const rows = await tx.run(sql<{ message_header: string }>`
    select message_header from message
    where tenant_id = ${tx.tenantId} and document_id = any(${arrayLiteral(documentIds)}::uuid[]) and channel = 'email'
      and state = 'sent'
    order by sent_at desc, id desc limit ${THREAD_MESSAGES_MAX}`);
  return rows.map((row) => row.message_header).reverse();
}

/** Messages that carry documents and may still go out: waiting, on their way, or ready to be posted. */
export async function findOnTheirWay(
  tx: Tx,
  documentIds: readonly string[],
): Promise<ReadonlyMap<string, MessageId>> {
  const rows = await tx.run(sql<{ document_id: string; id: string }>`
    select document_id, id from message
    where tenant_id = ${tx.tenantId} and document_id = any(${arrayLiteral(documentIds)}::uuid[])
      and state in ('queued', 'sending', 'ready')`);
  return new Map(rows.map((row) => [row.document_id, row.id as MessageId]));
}

/** The bytes of all tries of messages, as far as they are kept. */
export async function findAttemptRaws(
  tx: Tx,
  messageIds: readonly MessageId[],
): Promise<
  readonly { readonly messageId: MessageId; readonly attemptNo: number; readonly raw: Uint8Array }[]
> {
  type Row = { message_id: string; attempt_no: number; raw: Uint8Array; is_packed: boolean };
  const rows = await tx.run(sql<Row>`select message_id, attempt_no, raw, is_packed from message_attempt
    where tenant_id = ${tx.tenantId} and message_id = any(${arrayLiteral(messageIds)}::uuid[]) and raw is not null
    order by message_id, attempt_no`);
  return rows.map((row) => ({
    messageId: row.message_id as MessageId,
    attemptNo: row.attempt_no,
    raw: unpacked({ kept: row.raw, isPacked: row.is_packed }),
  }));
}

/** The message that took the place of one that did not arrive. */
export async function findReplacement(tx: Tx, id: MessageId): Promise<MessageId | undefined> {
  const row = await tx.find(sql<{ id: string }>`
    select id from message where tenant_id = ${tx.tenantId} and replaces_id = ${id}`);
  return row?.id as MessageId | undefined;
}
