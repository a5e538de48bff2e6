import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { readReturnAddress } from '#carriers/make-return-address.ts';
import { closeSmtp, openSmtp, sendMail } from '#carriers/send-mail.ts';
import { inTenant } from '#db/transaction.ts';
import { present } from '#kernel/assert.ts';
import type { CompanyId, MessageId } from '#kernel/id.ts';
import { aCompany } from '../../test/support/builders.ts';
import { aQueuedMessage, mailToolsOf, messagesOf, sourceSaying, toolsOf } from '../../test/support/mail.ts';
import { type MailServer, startMailServer } from '../../test/support/mail-server.ts';
import { aDeliveryReport } from '../../test/support/returned-mail.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { changeSetting } from './change-delivery.ts';
import { openInbound } from './open-inbound.ts';
import { acceptsInbound, takeInbound } from './record-inbound.ts';
import { sendMessage } from './send-message.ts';
import { DEFAULT_SETTING } from './sender.ts';
import { liftStop, settleProblem, stopAddress } from './settle-problem.ts';
import { findProblems, findSignals, findSuppressed, findSuppressions } from './store-fate.ts';

const READER = 'jana@capek.example';
let server: MailServer;

before(async () => {
  server = await startMailServer();
});
after(() => server.close());

const page = { after: undefined, limit: 50 };

async function stateOf(tenant: TestTenant, messageId: MessageId) {
  return inTenant(tenant.pool, tenant.tenantId, async (tx) => ({
    signals: await findSignals(tx, [messageId]),
    problems: await findProblems(tx, { open: true }, page),
    suppressed: await findSuppressed(tx, [READER], 'invoice'),
  }));
}

/** A message that was sent with a return address, and what is needed to report about it. */
async function aSentMessage() {
  const tenant = await newTenant({ on: '2026-02-08' });
  const companyId: CompanyId = await aCompany(tenant, {
    name: 'Nordlicht',
    email: 'rechnung@nordlicht.example',
  });
  await tenant.act('owner', changeSetting, {
    companyId,
    wanted: {
      ...DEFAULT_SETTING,
      fromName: 'Nordlicht Buchhaltung',
      replyTo: 'ar@nordlicht.example',
      bounceAddress: 'bounce@mail.nordlicht.example',
      asksForReceipt: true,
      signature: 'Nordlicht GmbH\nT +49 30 1234',
    },
  });
  const { messageId } = await aQueuedMessage(tenant, companyId);
  const smtp = openSmtp(server.url, { connectMsMax: 2_000, answerMsMax: 2_000 });
  const start = server.received.length;
  const state = await sendMessage(
    mailToolsOf(tenant, [sourceSaying({ text: 'RE-1', recipient: READER, wrote: 0 })], {
      kind: 'smtp',
      send: (envelope, raw) => sendMail(smtp, envelope, raw),
    }),
    tenant.tenantId,
    messageId,
  );
  closeSmtp(smtp);
  assert.equal(state, 'sent');
  const mail = present(server.received[start], 'the message arrived');
  const [message] = await messagesOf(tenant);
  return {
    tenant,
    messageId,
    mail,
    returnTo: mail.envelope.from,
    header: present(message, 'the message is there').message_header,
    take: (raw: Uint8Array, to: readonly string[] = [mail.envelope.from]) =>
      takeInbound(toolsOf(tenant), tenant.tenantId, { to, raw }),
  };
}

test('a mail leaves as the company set up: its name, where answers and bounces go, receipts, signature', async () => {
  const { mail } = await aSentMessage();
  assert.ok(readReturnAddress(mail.envelope.from), mail.envelope.from);
  assert.match(mail.envelope.from, /^bounce\+[a-z2-7]{34}@mail\.nordlicht\.example$/);
  assert.deepEqual(
    [mail.parsed.from?.name, mail.parsed.from?.address],
    ['Nordlicht Buchhaltung', 'rechnung@nordlicht.example'],
  );
  assert.equal(mail.parsed.replyTo?.[0]?.address, 'ar@nordlicht.example');
  const receipt = mail.parsed.headers.find(({ key }) => key === 'disposition-notification-to');
  assert.equal(receipt?.value, '<ar@nordlicht.example>');
  assert.match(mail.parsed.text ?? '', /\n-- \nNordlicht GmbH\nT \+49 30 1234/);
});

test('a hard bounce is kept as proof, stops the address and makes work for a person', async () => {
  const { tenant, messageId, returnTo, take } = await aSentMessage();
  const recorded = await take(aDeliveryReport({ to: returnTo, reader: READER }));
  assert.deepEqual([recorded.messageId, recorded.knownBy], [messageId, 'return_address']);
  const { signals, problems, suppressed } = await stateOf(tenant, messageId);
  assert.deepEqual(
    signals.map((s) => [s.kind, s.severity, s.address]),
    [['bounced', 'hard', READER]],
  );
  assert.deepEqual(
    problems.map((p) => [p.kind, p.severity, p.message_id]),
    [['bounced', 'hard', messageId]],
  );
  assert.ok(suppressed.has(READER));
  const bounced = (await tenant.events()).filter((event) => event.type === 'message.bounced');
  assert.deepEqual(
    bounced.map((event) => (event.data as { isLost?: boolean }).isLost),
    [true],
  );
});

test('the same bounce a second time does nothing, nor does another about the same reader open a second problem', async () => {
  const { tenant, messageId, returnTo, take } = await aSentMessage();
  const report = aDeliveryReport({ to: returnTo, reader: READER });
  await take(report);
  assert.equal((await take(report, [returnTo, returnTo])).repeated, true);
  await take(aDeliveryReport({ to: returnTo, reader: READER, words: '550 5.1.1 still nobody' }));
  const { signals, problems } = await stateOf(tenant, messageId);
  assert.deepEqual([signals.length, problems.length], [2, 1]);
});

test('a full mailbox and a spam filter stop no address, and are work for a person all the same', async () => {
  for (const [status, words, severity] of [
    ['5.2.2', '552 5.2.2 mailbox full', 'soft'],
    ['5.7.1', '550 5.7.1 message content rejected', 'policy'],
  ] as const) {
    const { tenant, messageId, returnTo, take } = await aSentMessage();
    await take(aDeliveryReport({ to: returnTo, reader: READER, status, words }));
    const { problems, suppressed } = await stateOf(tenant, messageId);
    assert.deepEqual([problems[0]?.severity, suppressed.size], [severity, 0]);
  }
});

test('a delay and an arrival are proof, and no problem', async () => {
  const { tenant, messageId, returnTo, take } = await aSentMessage();
  await take(aDeliveryReport({ to: returnTo, reader: READER, action: 'delayed', status: '4.4.1' }));
  await take(aDeliveryReport({ to: returnTo, reader: READER, action: 'delivered', status: '2.0.0' }));
  const { signals, problems } = await stateOf(tenant, messageId);
  assert.deepEqual([signals.map((s) => s.kind), problems], [['delayed', 'delivered'], []]);
});

test('without the return address the Message-ID that is returned tells the message', async () => {
  const { tenant, messageId, header, take } = await aSentMessage();
  const recorded = await take(
    aDeliveryReport({ to: 'ar@nordlicht.example', reader: READER, returned: header }),
    [],
  );
  assert.deepEqual([recorded.messageId, recorded.knownBy], [messageId, 'message_id']);
  assert.equal((await stateOf(tenant, messageId)).suppressed.size, 1);
});

test('a bounce that only names the reader is a guess: a person sees it, but no address is stopped by it', async () => {
  const { tenant, messageId, take } = await aSentMessage();
  const recorded = await take(aDeliveryReport({ to: 'ar@nordlicht.example', reader: READER }), []);
  assert.deepEqual([recorded.messageId, recorded.knownBy], [messageId, 'reader']);
  const { problems, suppressed } = await stateOf(tenant, messageId);
  assert.deepEqual([problems.length, suppressed.size], [1, 0]);
});

test('a bounce about an address that a message never went to stops neither that nor, unless it had one reader, its own', async () => {
  const { tenant, messageId, returnTo, take } = await aSentMessage();
  await take(aDeliveryReport({ to: returnTo, reader: 'passed-on@elsewhere.example' }));
  const { signals, suppressed } = await stateOf(tenant, messageId);
  assert.deepEqual([signals[0]?.address, [...suppressed]], [READER, [READER]]);
});

test('a return address of one tenant says nothing in another', async () => {
  const one = await aSentMessage();
  const two = await aSentMessage();
  const recorded = await two.take(aDeliveryReport({ to: one.returnTo, reader: 'x@y.example' }), [
    one.returnTo,
  ]);
  assert.equal(recorded.messageId, null);
  assert.equal((await stateOf(one.tenant, one.messageId)).signals.length, 0);
});

test('our own mail server takes a bounce for the right tenant, and no mail for anybody else', async () => {
  const { tenant, messageId, returnTo } = await aSentMessage();
  const tools = toolsOf(tenant);
  const receiver = present(
    await openInbound('127.0.0.1:0', { keyFile: undefined, certificateFile: undefined }, tools),
    'it listens',
  );
  const smtp = openSmtp(`smtp://127.0.0.1:${receiver.port}`, { connectMsMax: 2_000, answerMsMax: 5_000 });
  try {
    const raw = aDeliveryReport({ to: returnTo, reader: READER });
    assert.equal((await sendMail(smtp, { from: '', to: [returnTo] }, raw)).kind, 'accepted');
    // A mail server that did not hear the answer hands it in again.
    assert.equal((await sendMail(smtp, { from: '', to: [returnTo] }, raw)).kind, 'accepted');
    const guessed = returnTo.replace(/[a-z2-7](?=@)/, (last) => (last === 'a' ? 'e' : 'a'));
    for (const other of ['ar@nordlicht.example', guessed])
      assert.equal((await sendMail(smtp, { from: '', to: [other] }, raw)).kind, 'refused', other);
  } finally {
    closeSmtp(smtp);
    await receiver.close();
  }
  assert.equal(await acceptsInbound(tools, returnTo), true);
  const { signals } = await stateOf(tenant, messageId);
  assert.equal(signals.length, 1);
});

test('what came in and what was learned can be changed and deleted by nobody', async () => {
  const { tenant, returnTo, take } = await aSentMessage();
  await take(aDeliveryReport({ to: returnTo, reader: READER }));
  for (const statement of [
    sql`update message_signal set kind = 'delivered' where tenant_id = ${tenant.tenantId}`,
    sql`delete from inbound_mail where tenant_id = ${tenant.tenantId}`,
    sql`delete from suppression where tenant_id = ${tenant.tenantId}`,
  ])
    await assert.rejects(inTenant(tenant.pool, tenant.tenantId, async (tx) => tx.run(statement)));
});

test('a person lifts the stop and closes the problem, once each, and says why', async () => {
  const { tenant, messageId, returnTo, take } = await aSentMessage();
  await take(aDeliveryReport({ to: returnTo, reader: READER }));
  const [problem] = (await stateOf(tenant, messageId)).problems;
  const suppressionId = present(problem?.suppression_id, 'the problem knows the stop');
  await tenant.act('collector', liftStop, { suppressionId, reason: 'the mailbox is there again' });
  await assert.rejects(tenant.act('collector', liftStop, { suppressionId, reason: 'again' }), {
    code: 'suppression_lifted',
  });
  const problemId = present(problem?.id, 'there is a problem');
  await tenant.act('collector', settleProblem, { problemId, resolution: 'address mended' });
  await assert.rejects(tenant.act('collector', settleProblem, { problemId, resolution: 'x' }), {
    code: 'problem_closed',
  });
  const after = await stateOf(tenant, messageId);
  assert.deepEqual([after.problems, [...after.suppressed]], [[], []]);
  // Stopped anew it is stopped again: what was lifted stays in the list.
  await tenant.act('collector', stopAddress, {
    address: READER,
    purpose: 'reminder',
    reason: 'opt_out',
    detail: 'by telephone',
  });
  const all = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    findSuppressions(tx, { lifted: true }, page),
  );
  assert.equal(all.length, 2);
  assert.equal(
    (await stateOf(tenant, messageId)).suppressed.size,
    0,
    'an opt-out of reminders stops no invoices',
  );
});
