import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { closeSmtp, openSmtp, type Smtp, sendMail } from '#carriers/send-mail.ts';
import { inTenant } from '#db/transaction.ts';
import { present } from '#kernel/assert.ts';
import type { MessageId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { aCompany } from '../../test/support/builders.ts';
import {
  aQueuedMessage,
  attemptsOf,
  doSendingJobs,
  mailToolsOf,
  messagesOf,
  type Said,
  sourceSaying,
} from '../../test/support/mail.ts';
import { type MailServer, startMailServer } from '../../test/support/mail-server.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import type { MessageSource } from './begin-sending.ts';
import { beginTogether } from './begin-sending.ts';
import { handOverTogether } from './hand-over.ts';
import { deliveryJobs } from './jobs.ts';
import { type MessageState, SENDING_AT_ONCE_MAX } from './message.ts';
import { SEND_QUEUE } from './queue-message.ts';
import { recoverMessages } from './recover-messages.ts';
import { sendMessage, type Transport } from './send-message.ts';
import { sendTogether } from './send-together.ts';
import { type AttemptId, passOn } from './store.ts';
import { type Words, writeAndLeave } from './write-and-leave.ts';

let server: MailServer;
let smtp: Smtp;
let transport: Transport;

before(async () => {
  server = await startMailServer();
  smtp = openSmtp(server.url, { connectMsMax: 5_000, answerMsMax: 3_000 });
  transport = { kind: 'smtp', send: (envelope, raw) => sendMail(smtp, envelope, raw) };
});
after(async () => {
  closeSmtp(smtp);
  await server.close();
});
afterEach(() => server.behave({}));

async function queued(count: number, change: (source: MessageSource) => MessageSource = (source) => source) {
  const tenant = await newTenant({ on: '2026-02-08' });
  const companyId = await aCompany(tenant, { name: 'Nordlicht', email: 'rechnung@nordlicht.example' });
  const ids: MessageId[] = [];
  for (let n = 0; n < count; n += 1) ids.push((await aQueuedMessage(tenant, companyId)).messageId);
  const said: Said = { text: 'RE-1', recipient: 'jana@capek.example', wrote: 0 };
  const sources = [change(sourceSaying(said))];
  const send = (by: Transport = transport, which: readonly MessageId[] = ids) =>
    sendTogether(mailToolsOf(tenant, sources, by), tenant.tenantId, which);
  const start = server.received.length;
  return { tenant, ids, said, sources, send, arrived: () => server.received.slice(start) };
}

const statesOf = async (tenant: TestTenant) => (await messagesOf(tenant)).map(({ state }) => state);

/** Messages that were handed over and not answered: so many are in doubt should the process die now. */
async function inDoubtOf(tenant: TestTenant): Promise<number> {
  const [row] = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<{ n: number }>`select count(*)::int as n from message_attempt
      where tenant_id = ${tx.tenantId} and ended_at is null and is_handed`),
  );
  return row?.n ?? 0;
}

async function commandsOf(tenant: TestTenant, name: string): Promise<number> {
  const [row] = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<{ n: number }>`select count(*)::int as n from command_log
      where tenant_id = ${tx.tenantId} and name = ${name}`),
  );
  return row?.n ?? 0;
}

test('many messages leave in groups: each once, with its own bytes kept, in a transaction for some of them', async () => {
  const { tenant, ids, send, arrived } = await queued(12);
  const outcomes = await send();
  assert.deepEqual(
    [...outcomes.values()],
    Array.from({ length: 12 }, () => 'sent'),
  );
  assert.equal(new Set(arrived().map(({ parsed }) => parsed.messageId)).size, 12);
  for (const id of ids) {
    const [attempt, ...more] = await attemptsOf(tenant, id);
    assert.deepEqual([attempt?.outcome, more.length], ['sent', 0]);
    const bytes = arrived().find(({ raw }) => Buffer.from(raw).equals(Buffer.from(attempt?.raw ?? [])));
    assert.ok(bytes, 'the bytes kept are bytes that arrived');
  }
  assert.equal(await commandsOf(tenant, 'begin-sending-together'), 3);
  assert.equal(await commandsOf(tenant, 'begin-sending'), 0);
  assert.equal((await tenant.events()).filter(({ type }) => type === 'message.sent').length, 12);
});

test('sent by several at once, one copy of each arrives', async () => {
  const { tenant, ids, send, arrived } = await queued(7);
  await Promise.all([send(), send(transport, ids.toReversed()), send()]);
  assert.equal(arrived().length, 7);
  assert.deepEqual(new Set(await statesOf(tenant)), new Set(['sent']));
});

test('what goes wrong with one takes nothing from the others', async () => {
  const isFirst = (ids: readonly string[], id: string) => ids[0] === id;
  const made: { ids: readonly string[] } = { ids: [] };
  const { tenant, ids, send, arrived } = await queued(5, (source) => ({
    ...source,
    save: (act, all) => {
      if (all.some(({ message }) => isFirst(made.ids, message.id))) throw new Error('a defect of ours');
      source.save(act, all);
    },
  }));
  made.ids = ids;
  const outcomes = await send();
  const [first, ...others] = ids.map((id) => outcomes.get(id));
  assert.match(String(first), /a defect of ours/);
  assert.deepEqual(others, ['sent', 'sent', 'sent', 'sent']);
  assert.equal(arrived().length, 4);
  assert.equal((await statesOf(tenant)).filter((state) => state === 'queued').length, 1);
});

test('refused, put off and taken: each message has its own answer', async () => {
  const readers = ['gone@capek.example', 'full@capek.example', 'jana@capek.example'];
  const made: { ids: readonly string[] } = { ids: [] };
  const { ids, send } = await queued(3, (source) => ({
    ...source,
    read: async (tx, message, now) => ({
      ...(await source.read(tx, message, now)),
      recipient: readers[made.ids.indexOf(message.id)],
    }),
  }));
  made.ids = ids;
  server.behave({
    recipients: {
      'gone@capek.example': { code: 550, text: '5.1.1 No such user' },
      'full@capek.example': { code: 452, text: '4.2.2 Mailbox full' },
    },
  });
  const outcomes = await send();
  assert.deepEqual(
    ids.map((id) => outcomes.get(id)),
    ['refused', 'queued', 'sent'],
  );
});

// Seen to fail with answers kept as they come: the message was taken over, and its fate was told to be unknown.
test('an answer that PostgreSQL could not keep is kept without what it could not', async () => {
  const { tenant, ids, send } = await queued(2);
  const answers = [
    { kind: 'accepted', reply: '250 OK \0 queued as 1\ud83d', refusedRecipients: [], reference: 'a\0b' },
    { kind: 'refused', code: 550, text: '550 5.7.1 no\0 spam' },
  ] as const;
  let handed = 0;
  const outcomes = await send({ kind: 'smtp', send: async () => answers[handed++] ?? answers[0] });
  assert.deepEqual(new Set(outcomes.values()), new Set(['sent', 'refused']));
  const attempts = (await Promise.all(ids.map((id) => attemptsOf(tenant, id)))).flat();
  assert.deepEqual(attempts.map(({ answer }) => answer).toSorted(), [
    '250 OK  queued as 1\ufffd',
    '550 5.7.1 no spam',
  ]);
});

test('an answer that is late keeps no other from being noted', async () => {
  const { tenant, ids, send } = await queued(3);
  const late = Promise.withResolvers<void>();
  let handed = 0;
  const sending = send({
    kind: 'smtp',
    send: async (envelope, raw) => {
      handed += 1;
      if (handed === 1) await late.promise;
      return sendMail(smtp, envelope, raw);
    },
  });
  const sent = async () => (await statesOf(tenant)).filter((state) => state === 'sent').length;
  for (let looks = 0; (await sent()) < 2; looks += 1) {
    assert.ok(looks < 200, 'two are noted while the third is on its way');
    await sleep(25);
  }
  assert.deepEqual((await statesOf(tenant)).toSorted(), ['sending', 'sent', 'sent']);
  late.resolve();
  const outcomes = await sending;
  assert.deepEqual(
    ids.map((id) => outcomes.get(id)),
    ['sent', 'sent', 'sent'],
  );
});

// Seen to fail without `inDoubtAtMost`: all fifteen of a group each were in doubt.
test('however many jobs a worker has, five messages at most are in doubt when it dies', async () => {
  const { tenant, ids, send, sources } = await queued(16);
  const dead = Promise.withResolvers<never>();
  dead.promise.catch(() => {});
  const dying: Transport = { kind: 'smtp', send: () => dead.promise };
  const handler = deliveryJobs(mailToolsOf(tenant, sources, dying))[SEND_QUEUE];
  const one = { tenantId: tenant.tenantId, payload: { messageId: ids[0] as string }, jobId: 'x' };
  const working = [send(dying, ids.slice(0, 8)), send(dying, ids.slice(8)), handler?.(one)];
  try {
    for (let looks = 0; (await inDoubtOf(tenant)) === 0 && looks < 200; looks += 1) await sleep(10);
    await sleep(1_300);
    const inDoubt = await inDoubtOf(tenant);
    assert.ok(inDoubt > 0 && inDoubt <= SENDING_AT_ONCE_MAX, `${inDoubt} in doubt`);
  } finally {
    dead.reject(new Error('killed'));
    await Promise.allSettled(working);
  }
});

// Seen to fail with the places of a group kept until the last of it is answered: nothing more left.
test('one message whose answer is late keeps its own place alone: the others leave meanwhile', async () => {
  const { tenant, send } = await queued(15);
  const late = Promise.withResolvers<void>();
  let handed = 0;
  const sending = send({
    kind: 'smtp',
    send: async (envelope, raw) => {
      handed += 1;
      if (handed === 1) await late.promise;
      return sendMail(smtp, envelope, raw);
    },
  });
  const count = async (wanted: string) => (await statesOf(tenant)).filter((state) => state === wanted).length;
  try {
    for (let looks = 0; (await count('sent')) < 14; looks += 1) {
      assert.ok(looks < 200, 'fourteen are sent while the first is on its way');
      assert.ok((await inDoubtOf(tenant)) <= SENDING_AT_ONCE_MAX);
      await sleep(25);
    }
    assert.equal(await inDoubtOf(tenant), 1);
  } finally {
    late.resolve();
  }
  assert.deepEqual(new Set((await sending).values()), new Set(['sent']));
});

test('groups to the same customers, queued in two orders, do not wait for each other in a circle', async () => {
  let circles = 0;
  const locking = (source: MessageSource): MessageSource => ({
    ...source,
    async read(tx, message, now) {
      const locked = sql`select pg_sleep(0.1) from (select 1 from customer
        where tenant_id = ${tx.tenantId} and id = ${message.customerId} for update) held`;
      await tx.run(locked).catch((error: { code?: string }) => {
        if (error.code === '40P01') circles += 1;
        throw error;
      });
      return source.read(tx, message, now);
    },
  });
  const { tenant, ids, send } = await queued(4, locking);
  const [a, b, c, d] = ids as [MessageId, MessageId, MessageId, MessageId];
  await inTenant(tenant.pool, tenant.tenantId, async (tx) => {
    for (const [one, as] of [
      [c, b],
      [d, a],
    ] as const)
      tx.write(sql`update message set customer_id = (select customer_id from message where id = ${as})
        where tenant_id = ${tx.tenantId} and id = ${one}`);
  });
  await Promise.all([send(transport, [a, b]), send(transport, [c, d])]);
  assert.deepEqual([circles, await statesOf(tenant)], [0, ['sent', 'sent', 'sent', 'sent']]);
});

test('messages to one customer do not leave together', async () => {
  const { tenant, ids, sources } = await queued(2);
  await inTenant(tenant.pool, tenant.tenantId, async (tx) =>
    tx.write(sql`update message set customer_id = (select customer_id from message where id = ${ids[0]})
      where tenant_id = ${tx.tenantId} and id = ${ids[1]}`),
  );
  const outcomes = await sendTogether(mailToolsOf(tenant, sources, transport), tenant.tenantId, ids);
  assert.deepEqual([...outcomes.values()], ['sent', 'sent']);
  assert.equal(await commandsOf(tenant, 'begin-sending-together'), 2);
  const leaving = new Map();
  await assert.rejects(
    tenant.act('owner', beginTogether(present(sources[0], 'it has a source'), leaving), { messageIds: ids }),
    /messages that leave together are to different customers/,
  );
});

test('a process that ends begins no further group; what it left is sent by another, once', async () => {
  const { tenant, ids, sources, send, arrived } = await queued(20);
  const ending = new AbortController();
  server.behave({ answerDelayMs: 300 });
  const sending = sendTogether(mailToolsOf(tenant, sources, transport), tenant.tenantId, ids, ending.signal);
  while (server.inHand() === 0) await sleep(5);
  ending.abort();
  const outcomes = await sending;
  assert.ok(outcomes.size > 0 && outcomes.size <= 15, `${outcomes.size} of 20 were dealt with`);
  const states = await statesOf(tenant);
  assert.equal(states.filter((state) => state === 'queued').length, ids.length - outcomes.size);
  assert.deepEqual(new Set(states), new Set(['sent', 'queued']));
  server.behave({});
  await send();
  assert.deepEqual(new Set(await statesOf(tenant)), new Set(['sent']));
  assert.equal(arrived().length, ids.length);
});

const inWords = (source: MessageSource): MessageSource => ({
  ...source,
  isWords: () => true,
  write: async (content, more) => ({ ...(await source.write(content, more)), attachments: [] }),
});

test('what is words alone is read once, and written in the transaction it leaves in', async () => {
  let read = 0;
  const { tenant, send, said, arrived } = await queued(7, (source) => ({
    ...inWords(source),
    read: (tx, message, now) => {
      read += 1;
      return source.read(tx, message, now);
    },
  }));
  assert.deepEqual(new Set((await send()).values()), new Set(['sent']));
  assert.deepEqual([read, said.wrote, arrived().length], [7, 7, 7]);
  assert.equal(await commandsOf(tenant, 'begin-sending-together'), 0);
});

test('words that cannot be written, and those that go with a file, leave the others their way', async () => {
  const made: { ids: readonly string[] } = { ids: [] };
  const { tenant, ids, send, arrived } = await queued(5, (source) => ({
    ...source,
    read: async (tx, message, now) => ({
      ...(await source.read(tx, message, now)),
      content: `no. ${made.ids.indexOf(message.id)}`,
    }),
    isWords: (content) => content !== 'no. 1',
    write: async (content, more) => {
      if (content === 'no. 2') throw new Refusal('template_not_rendered');
      const written = await source.write(content, more);
      return content === 'no. 1' ? written : { ...written, attachments: [] };
    },
  }));
  made.ids = ids;
  const outcomes = await send();
  assert.deepEqual(
    ids.map((id) => outcomes.get(id)),
    ['sent', 'sent', 'queued', 'sent', 'sent'],
  );
  assert.deepEqual(
    arrived()
      .map(({ parsed }) => parsed.attachments.length)
      .toSorted(),
    [0, 0, 0, 1],
  );
  assert.equal(
    (await messagesOf(tenant)).find(({ id }) => id === ids[2])?.last_answer,
    'template_not_rendered',
  );
});

/** Makes all that is being sent the work of a process that is silent for long. */
const ofTheDead = (tenant: TestTenant) =>
  inTenant(tenant.pool, tenant.tenantId, async (tx) =>
    tx.write(sql`update message_attempt set alive_at = alive_at - interval '10 minutes'
      where tenant_id = ${tx.tenantId}`),
  );

/** Messages that were let leave together by a process that died then; `handed` of them it had marked as handed over. */
async function leftByTheDead(count: number, handed: number) {
  const of = await queued(count, inWords);
  const { tenant, sources, ids } = of;
  const source = present(sources[0], 'it has a source');
  const words = { tools: mailToolsOf(tenant, sources, transport), tenantId: tenant.tenantId, source };
  const written = new Map<MessageId, Words>();
  const begun = await tenant.act('owner', writeAndLeave(words, written), { messageIds: ids });
  assert.deepEqual(new Set(begun.map(({ next }) => next)), new Set(['send']));
  const tries = ids.map((messageId) => ({ messageId, attemptNo: 1 }));
  const marked = (which: readonly AttemptId[]) =>
    inTenant(tenant.pool, tenant.tenantId, (tx) => passOn(tx, { heard: [], next: which }));
  assert.equal((await marked(tries.slice(0, handed))).size, handed);
  await ofTheDead(tenant);
  return { ...of, tools: words.tools, written, tries, marked };
}

test('of a process that died only what it had handed over is in doubt; the rest goes by itself, once', async () => {
  const { tenant, ids, tools, send, arrived } = await leftByTheDead(7, 2);
  for (const id of ids) await sendMessage(tools, tenant.tenantId, id);
  const stateOf = async () => {
    const states = new Map((await messagesOf(tenant)).map(({ id, state }) => [id, state]));
    return ids.map((id) => states.get(id));
  };
  assert.deepEqual(await stateOf(), ['unknown', 'unknown', ...Array.from({ length: 5 }, () => 'queued')]);
  tenant.on('2026-02-09');
  await send();
  assert.deepEqual(await stateOf(), ['unknown', 'unknown', ...Array.from({ length: 5 }, () => 'sent')]);
  assert.equal(arrived().length, 5);
  const tries = await attemptsOf(tenant, ids[6] as string);
  assert.deepEqual(
    tries.map(({ outcome }) => outcome),
    ['later', 'sent'],
  );
});

// Seen to fail with `passOn` blind to tries that ended: seven came, of messages that were queued again.
test('a process that was taken for dead hands nothing over any more', async () => {
  const { tenant, ids, tools, written, arrived } = await leftByTheDead(7, 0);
  for (const id of ids) await sendMessage(tools, tenant.tenantId, id);
  const all = ids.map((id) => ({ ...present(written.get(id), 'it was written'), attemptNo: 1 }));
  await handOverTogether(tools, tenant.tenantId, all, { outcomes: new Map(), ending: undefined });
  assert.equal(arrived().length, 0);
  assert.deepEqual(new Set(await statesOf(tenant)), new Set(['queued']));
});

// Seen to fail without the lock of `lockSilentAttempt`: it was handed over, and queued again.
test('what is being handed over in the moment somebody takes its process for dead is not queued again', async () => {
  const { tenant, ids, tools, tries } = await leftByTheDead(1, 0);
  const id = present(ids[0], 'there is one');
  let looking: Promise<MessageState> | undefined;
  await inTenant(tenant.pool, tenant.tenantId, async (tx) => {
    assert.equal((await passOn(tx, { heard: [], next: tries })).size, 1);
    looking = sendMessage(tools, tenant.tenantId, id);
    // Long enough for it to come to the try, which is held here.
    await sleep(300);
  });
  assert.equal(await looking, 'sending');
  assert.equal(await inDoubtOf(tenant), 1);
});

// Seen to fail with tries that ended left out of `lockSilentAttempt`: what was heard stood in sending for ever.
test('what was heard before a process died is noted with its message by another, and goes to nobody again', async () => {
  const { tenant, ids, tools, send, arrived } = await leftByTheDead(3, 3);
  const heard = ids.slice(0, 2).map((messageId) => ({
    messageId,
    attemptNo: 1,
    endedAt: tenant.clock(),
    answer: '250 2.0.0 taken over',
  }));
  await inTenant(tenant.pool, tenant.tenantId, (tx) => passOn(tx, { heard, next: [] }));
  await send();
  assert.deepEqual(await statesOf(tenant), ['sending', 'sending', 'unknown']);
  await ofTheDead(tenant);
  assert.equal(await recoverMessages(tools, tenant.tenantId), 2);
  await doSendingJobs(tenant, tools);
  const messages = new Map((await messagesOf(tenant)).map((one) => [one.id, one]));
  assert.deepEqual(
    ids.map((id) => [messages.get(id)?.state, messages.get(id)?.last_answer?.slice(0, 3)]),
    [
      ['sent', '250'],
      ['sent', '250'],
      ['unknown', 'the'],
    ],
  );
  assert.equal(arrived().length, 0);
  assert.equal((await tenant.events()).filter(({ type }) => type === 'message.sent').length, 2);
});

// Seen to fail with marking that throws: the sending of all of them failed, with messages on their way.
test('where it cannot be marked that messages are handed over they are not, and the others go on', async () => {
  const { tenant, ids, sources, send, arrived } = await queued(12, inWords);
  await send(transport, ids.slice(0, 5));
  let asked = 0;
  const pool = new Proxy(tenant.pool, {
    get: (target, key) => {
      if (key !== 'connect') return Reflect.get(target, key);
      asked += 1;
      // Which groups there are is the first question, letting them leave the second, marking five the third.
      return asked === 3 ? () => Promise.reject(new Error('away')) : target.connect.bind(target);
    },
  });
  const tools = mailToolsOf(tenant, sources, transport);
  const warned: string[] = [];
  const log = { ...tools.log, warn: (_seen: object, message: string) => void warned.push(message) };
  const half = { ...tools, log, door: { ...tools.door, pool } };
  await sendTogether(half, tenant.tenantId, ids.slice(5));
  assert.deepEqual(warned, ['messages could not be marked as handed over, and were not']);
  assert.equal((await statesOf(tenant)).filter((state) => state === 'sent').length, 7);
  await ofTheDead(tenant);
  for (const id of ids) await sendMessage(tools, tenant.tenantId, id);
  tenant.on('2026-02-09');
  await send();
  assert.deepEqual(new Set(await statesOf(tenant)), new Set(['sent']));
  assert.equal(arrived().length, 12);
});

// Seen to fail without the timer of `restOf`: what waited behind a mail server that is stalled waited as long as that.
test('what is not handed over soon after it was looked at is looked at again, and that is no try', async () => {
  const { tenant, ids, sources, send } = await queued(15, inWords);
  await send(transport, ids.slice(0, 5));
  const late = Promise.withResolvers<void>();
  const slow: Transport = {
    kind: 'smtp',
    send: async (envelope, raw) => {
      await late.promise;
      return sendMail(smtp, envelope, raw);
    },
  };
  const sending = [ids.slice(5, 12), ids.slice(12)].map((some) =>
    sendTogether(mailToolsOf(tenant, sources, slow), tenant.tenantId, some),
  );
  const count = async (wanted: string) => (await statesOf(tenant)).filter((state) => state === wanted).length;
  try {
    for (let looks = 0; (await count('sending')) < 10; looks += 1) {
      assert.ok(looks < 200, 'all ten leave, of which five are handed over');
      await sleep(25);
    }
    for (let looks = 0; (await count('queued')) < 5; looks += 1) {
      assert.ok(
        looks < 300,
        'the others are taken back, of the same group and of the one that waits for places',
      );
      await sleep(25);
    }
    assert.equal(await inDoubtOf(tenant), 5);
  } finally {
    late.resolve();
  }
  for (const one of sending) assert.deepEqual(new Set((await one).values()), new Set(['sent']));
  const messages = await messagesOf(tenant);
  assert.deepEqual(new Set(messages.map(({ tries }) => tries)), new Set([1]));
  const attempts = (await Promise.all(ids.map((id) => attemptsOf(tenant, id)))).flat();
  assert.deepEqual(attempts.filter(({ outcome }) => outcome === 'later').length, 5);
});
