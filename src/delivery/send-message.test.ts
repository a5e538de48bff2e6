import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, afterEach, before, test } from 'node:test';
import { sql } from 'kysely';
import { closeSmtp, openSmtp, type Smtp, sendMail } from '#carriers/send-mail.ts';
import { inTenant } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import { newId } from '#kernel/id.ts';
import { DELIVERY_TRIES_MAX } from '#kernel/limits.ts';
import { aCompany } from '../../test/support/builders.ts';
import {
  aQueuedMessage,
  attemptsOf,
  mailToolsOf,
  messagesOf,
  type Said,
  sourceSaying,
} from '../../test/support/mail.ts';
import { type MailServer, startMailServer } from '../../test/support/mail-server.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import type { MessageSource } from './begin-sending.ts';
import { dropMessage, markMessageSent, resendMessage } from './decide-message.ts';
import { endSending } from './end-sending.ts';
import { recoverMessages } from './recover-messages.ts';
import { sendMessage, type Transport } from './send-message.ts';

let server: MailServer;
let smtp: Smtp;
let transport: Transport;

before(async () => {
  server = await startMailServer();
  smtp = openSmtp(server.url, { connectMsMax: 5_000, answerMsMax: 2_000, connectionsMax: 4 });
  transport = { kind: 'smtp', send: (envelope, raw) => sendMail(smtp, envelope, raw) };
});
after(async () => {
  closeSmtp(smtp);
  await server.close();
});
afterEach(() => server.behave({}));

/** A queued message of a tenant of its own, and what is needed to send it. */
async function aMessage(given: Partial<Said> = {}) {
  const tenant = await newTenant({ on: '2026-02-08' });
  const companyId = await aCompany(tenant, { name: 'Nordlicht', email: 'rechnung@nordlicht.example' });
  const { messageId } = await aQueuedMessage(tenant, companyId);
  const said: Said = { text: 'RE-1', recipient: 'jana@capek.example', wrote: 0, ...given };
  const sources = [sourceSaying(said)] as const;
  const send = (by: Transport = transport) =>
    sendMessage(mailToolsOf(tenant, sources, by), tenant.tenantId, messageId);
  return { tenant, messageId, said, sources, send };
}

const since = () => {
  const start = server.received.length;
  return () => server.received.slice(start);
};

async function stateOf(tenant: TestTenant) {
  const [message] = await messagesOf(tenant);
  return message;
}

test('a message is written, handed over and noted as sent; the bytes kept are the bytes that arrived', async () => {
  const { tenant, messageId, send } = await aMessage();
  const arrived = since();

  assert.equal(await send(), 'sent');

  const [mail] = arrived();
  const [attempt] = await attemptsOf(tenant, messageId);
  assert.deepEqual(Buffer.from(mail?.raw ?? []), Buffer.from(attempt?.raw ?? []));
  assert.deepEqual(
    Buffer.from(attempt?.raw_sha256 ?? []),
    createHash('sha256')
      .update(mail?.raw ?? '')
      .digest(),
  );
  assert.deepEqual(mail?.envelope, { from: 'rechnung@nordlicht.example', to: ['jana@capek.example'] });
  const message = await stateOf(tenant);
  assert.equal(mail?.parsed.messageId, `<${message?.message_header}>`);
  assert.match(message?.message_header ?? '', /@nordlicht\.example$/);
  assert.deepEqual(
    [message?.state, message?.subject, message?.transport, message?.tries],
    ['sent', 'About RE-1', 'smtp', 1],
  );
  assert.match(message?.last_answer ?? '', /^250/);
  const sent = (await tenant.events()).filter((event) => event.type === 'message.sent');
  assert.equal(sent.length, 1);
});

test('sent again by a second job, or by eight at once, one copy arrives', async () => {
  const { send } = await aMessage();
  const arrived = since();
  await Promise.all(Array.from({ length: 8 }, () => send()));
  assert.equal(await send(), 'sent');
  assert.equal(arrived().length, 1);
});

test('without a mail server it is kept in the outbox, as it would have been sent', async () => {
  const { tenant, messageId, send } = await aMessage();
  const arrived = since();
  assert.equal(await send({ kind: 'outbox' }), 'sent');
  assert.equal(arrived().length, 0);
  const [attempt] = await attemptsOf(tenant, messageId);
  assert.equal(attempt?.transport, 'outbox');
  assert.match(Buffer.from(attempt?.raw ?? []).toString(), /Subject: About RE-1/);
  assert.equal((await stateOf(tenant))?.transport, 'outbox');
});

test('what it speaks about is read again when it leaves: changed meanwhile, it is written anew', async () => {
  const { tenant, said, sources, messageId } = await aMessage();
  const [source] = sources;
  const slow: MessageSource = {
    ...source,
    async write(content, more) {
      const written = await source.write(content, more);
      said.text = 'RE-2';
      return written;
    },
  };
  const arrived = since();
  const state = await sendMessage(mailToolsOf(tenant, [slow], transport), tenant.tenantId, messageId);
  assert.equal(state, 'sent');
  assert.equal(said.wrote, 2);
  assert.deepEqual(
    arrived().map((mail) => mail.parsed.subject),
    ['About RE-2'],
  );
});

test('with nothing left to say it is dropped, and nothing goes out', async () => {
  const { tenant, said, send } = await aMessage({ silent: 'nothing_left_to_say' });
  const arrived = since();
  assert.equal(await send(), 'dropped');
  assert.equal(said.wrote, 0);
  assert.equal(said.perhapsSaid, false);
  assert.equal(arrived().length, 0);
  assert.equal((await stateOf(tenant))?.last_answer, 'nothing_left_to_say');
});

test('not now is tried again later, until it is let in', async () => {
  // A reader the server has not seen before.
  const { tenant, messageId, send } = await aMessage({ recipient: 'greylisted@capek.example' });
  const arrived = since();
  server.behave({ greylist: true });
  tenant.jobs.length = 0;
  assert.equal(await send(), 'queued');
  const message = await stateOf(tenant);
  assert.match(message?.last_answer ?? '', /451/);
  assert.deepEqual(
    tenant.jobs.map((job) => [job.queue, job.after?.toString()]),
    [['delivery.send-message', message?.next_try_at?.toString()]],
  );
  assert.equal(await send(), 'queued', 'too early');
  assert.equal(arrived().length, 0);

  tenant.on('2026-02-09');
  assert.equal(await send(), 'sent');
  assert.equal(arrived().length, 1);
  const attempts = await attemptsOf(tenant, messageId);
  assert.deepEqual(
    attempts.map((a) => [a.outcome, a.raw === null]),
    [
      ['later', true],
      ['sent', false],
    ],
  );
});

test('trouble that does not end is given up after the last try, and shown as failed', async () => {
  const { tenant, send } = await aMessage();
  const arrived = since();
  server.behave({ message: { code: 452, text: '4.3.1 Disk full' } });
  const states = [];
  for (let day = 0; day < DELIVERY_TRIES_MAX + 1; day += 1) {
    tenant.on(parseDate('2026-02-08').add({ days: day }).toString());
    states.push(await send());
  }
  assert.deepEqual(states, [
    ...Array.from({ length: DELIVERY_TRIES_MAX - 1 }, () => 'queued'),
    'failed',
    'failed',
  ]);
  assert.equal(arrived().length, 0);
  assert.equal((await tenant.events()).filter((event) => event.type === 'message.failed').length, 1);
});

test('a server that will not have it is not asked again', async () => {
  const { tenant, send } = await aMessage();
  server.behave({ recipients: { 'jana@capek.example': { code: 550, text: '5.1.1 No such user' } } });
  assert.equal(await send(), 'refused');
  assert.equal(await send(), 'refused');
  assert.match((await stateOf(tenant))?.last_answer ?? '', /No such user/);
});

for (const hangUp of ['on_connect', 'during_message'] as const)
  test(`hung up ${hangUp}, it surely was not taken over and is tried again`, async () => {
    // Long enough that the server hangs up before all of it was handed over.
    const { tenant, send } = await aMessage({ text: `RE-1 ${'long words '.repeat(400_000)}` });
    const arrived = since();
    const fresh = openSmtp(server.url, { connectMsMax: 5_000, answerMsMax: 5_000 });
    server.behave({ hangUp });
    assert.equal(
      await send({ kind: 'smtp', send: (envelope, raw) => sendMail(fresh, envelope, raw) }),
      'queued',
    );
    closeSmtp(fresh);
    server.behave({});
    tenant.on('2026-02-09');
    // A message this long takes a busy machine a while to read.
    const patient = openSmtp(server.url, { connectMsMax: 20_000, answerMsMax: 60_000 });
    const sent = await send({ kind: 'smtp', send: (envelope, raw) => sendMail(patient, envelope, raw) });
    closeSmtp(patient);
    assert.equal(sent, 'sent');
    assert.equal(arrived().length, 1);
  });

for (const [name, behaviour] of [
  ['hung up after the server had taken it over', { hangUp: 'after_acceptance' }],
  ['hung up before the server had taken it over', { hangUp: 'before_acceptance' }],
  ['with a server that answers too late', { answerDelayMs: 6_000 }],
] as const)
  test(`${name}, its fate is unknown and it is never sent again by itself`, async () => {
    const { tenant, send, sources } = await aMessage();
    const arrived = since();
    server.behave(behaviour);
    assert.equal(await send(), 'unknown');
    server.behave({});
    tenant.on('2026-02-20');
    assert.equal(await send(), 'unknown');
    tenant.jobs.length = 0;
    assert.equal(await recoverMessages(mailToolsOf(tenant, sources, transport), tenant.tenantId), 0);
    assert.ok(arrived().length <= 1);
    assert.equal((await tenant.events()).filter((event) => event.type === 'message.in_doubt').length, 1);
  });

/** A process that dies after the message left and before the answer was noted. */
function dying(): Transport {
  return {
    kind: 'smtp',
    send: async (envelope, raw) => {
      await sendMail(smtp, envelope, raw);
      throw new Error('killed');
    },
  };
}

const aged = (tenant: TestTenant) =>
  inTenant(tenant.pool, tenant.tenantId, async (tx) =>
    tx.write(
      sql`update message_attempt set alive_at = alive_at - interval '10 minutes' where tenant_id = ${tenant.tenantId}`,
    ),
  );

test('a process that died between handing over and answer leaves a message of unknown fate, and one copy', async () => {
  const { tenant, sources, send } = await aMessage();
  const arrived = since();
  await assert.rejects(send(dying()), /killed/);
  assert.equal((await stateOf(tenant))?.state, 'sending');

  tenant.jobs.length = 0;
  assert.equal(await send(), 'sending', 'its process may still be alive');
  assert.deepEqual(
    tenant.jobs.map((job) => job.queue),
    ['delivery.send-message'],
  );

  await aged(tenant);
  tenant.jobs.length = 0;
  assert.equal(await recoverMessages(mailToolsOf(tenant, sources, transport), tenant.tenantId), 1);
  assert.equal(tenant.jobs.length, 1);
  assert.equal(await send(), 'unknown');
  assert.equal(await send(), 'unknown');
  assert.equal(arrived().length, 1);
});

test('a person decides about a message of unknown fate: it was sent', async () => {
  const { tenant, messageId, send } = await aMessage();
  await assert.rejects(send(dying()));
  await aged(tenant);
  await send();
  const arrived = since();
  const decided = await tenant.act('collector', markMessageSent, { messageId, reason: 'they answered it' });
  assert.equal(decided.state, 'sent');
  await assert.rejects(tenant.act('collector', resendMessage, { messageId }), {
    code: 'message_already_sent',
  });
  await assert.rejects(tenant.act('collector', dropMessage, { messageId }), { code: 'message_already_sent' });
  assert.equal(await send(), 'sent');
  assert.equal(arrived().length, 0);
});

test('a person decides about a message of unknown fate: send it again, to the address they have now', async () => {
  const { tenant, messageId, said, send } = await aMessage();
  await assert.rejects(send(dying()));
  await aged(tenant);
  await send();
  const arrived = since();
  said.text = 'RE-1, now half paid';
  said.recipient = 'office@capek.example';
  tenant.jobs.length = 0;
  assert.equal((await tenant.act('collector', resendMessage, { messageId })).state, 'queued');
  assert.equal(tenant.jobs.length, 1);
  assert.equal(await send(), 'sent');
  assert.equal(said.perhapsSaid, true, 'an earlier copy may have arrived');
  const [mail] = arrived();
  assert.deepEqual(mail?.envelope.to, ['office@capek.example']);
  assert.equal(mail?.parsed.subject, 'About RE-1, now half paid');
  const attempts = await attemptsOf(tenant, messageId);
  assert.deepEqual(
    attempts.map((a) => [a.attempt_no, a.outcome, a.raw === null]),
    [
      [1, 'unknown', false],
      [2, 'sent', false],
    ],
  );
  assert.equal(mail?.parsed.messageId, `<${(await stateOf(tenant))?.message_header}>`);
});

test('an answer that is heard late corrects what was taken for unknown, and stops a second sending', async () => {
  const { tenant, messageId, send } = await aMessage();
  await assert.rejects(send(dying()));
  await aged(tenant);
  assert.equal(await send(), 'unknown');
  await tenant.act('collector', resendMessage, { messageId });
  const arrived = since();
  const late = { messageId, attemptNo: 1, outcome: 'sent', answer: '250 ok after all' } as const;
  assert.equal((await tenant.act('owner', endSending, late)).state, 'sent');
  assert.equal(await send(), 'sent');
  assert.equal(arrived().length, 0);
  const again = { ...late, outcome: 'refused', answer: 'no' } as const;
  assert.equal((await tenant.act('owner', endSending, again)).state, 'sent', 'what is known stays');
});

test('a message that waits can be dropped; then nothing sends it', async () => {
  const { tenant, messageId, send } = await aMessage();
  const arrived = since();
  await assert.rejects(tenant.act('collector', resendMessage, { messageId }), { code: 'message_waits' });
  await assert.rejects(tenant.act('collector', markMessageSent, { messageId }), {
    code: 'message_not_in_doubt',
  });
  assert.equal((await tenant.act('collector', dropMessage, { messageId })).state, 'dropped');
  assert.equal(await send(), 'dropped');
  assert.equal(arrived().length, 0);
  await assert.rejects(tenant.act('collector', resendMessage, { messageId }), { code: 'message_dropped' });
  await assert.rejects(tenant.act('viewer', dropMessage, { messageId }), { code: 'not_permitted' });
  await assert.rejects(tenant.act('collector', dropMessage, { messageId: newId<'message'>() }), {
    code: 'message_not_found',
  });
});

test('a message that cannot be written is tried again later, and says why', async () => {
  const { tenant, sources, messageId } = await aMessage();
  const [source] = sources;
  const broken: MessageSource = {
    ...source,
    write: async (content, more) => ({
      ...(await source.write(content, more)),
      sender: { name: 'Nordlicht', address: null },
    }),
  };
  const tools = mailToolsOf(tenant, [broken], transport);
  assert.equal(await sendMessage(tools, tenant.tenantId, messageId), 'queued');
  const message = await stateOf(tenant);
  assert.match(message?.last_answer ?? '', /sender_missing/);
  assert.equal(message?.tries, 1);
  assert.deepEqual(await attemptsOf(tenant, messageId), []);

  tenant.on('2026-02-09');
  const arrived = since();
  const common = { ...tools, senderAddress: 'billing@post.example' };
  assert.equal(await sendMessage(common, tenant.tenantId, messageId), 'sent');
  assert.equal(arrived()[0]?.envelope.from, 'billing@post.example');
});

test('from a common address answers still go to the company', async () => {
  const { tenant, sources, messageId } = await aMessage();
  const tools = { ...mailToolsOf(tenant, sources, transport), senderAddress: 'billing@post.example' };
  const arrived = since();
  await sendMessage(tools, tenant.tenantId, messageId);
  assert.deepEqual(arrived()[0]?.parsed.from, { name: 'Nordlicht', address: 'billing@post.example' });
  assert.deepEqual(arrived()[0]?.parsed.replyTo, [
    { name: 'Nordlicht', address: 'rechnung@nordlicht.example' },
  ]);
});

test('messages that lost their job get one again', async () => {
  const { tenant, sources } = await aMessage();
  const tools = mailToolsOf(tenant, sources, transport);
  tenant.jobs.length = 0;
  assert.equal(await recoverMessages(tools, tenant.tenantId), 0, 'it has waited for a moment only');
  tenant.on('2026-02-09');
  assert.equal(await recoverMessages(tools, tenant.tenantId), 1);
  assert.equal(tenant.jobs.length, 1);
});
