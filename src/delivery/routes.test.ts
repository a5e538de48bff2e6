import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { before, test } from 'node:test';
import PostalMime from 'postal-mime';
import { inTenant } from '#db/transaction.ts';
import { type CompanyId, type CustomerId, type MessageId, newId } from '#kernel/id.ts';
import { type AskRoutes, serveTo } from '../../test/support/ask.ts';
import { aCompany } from '../../test/support/builders.ts';
import { aQueuedMessage, mailToolsOf, sourceSaying } from '../../test/support/mail.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { readMessageEvidence } from './export-evidence.ts';
import { routes } from './routes.ts';
import { sendMessage, type Transport } from './send-message.ts';

let tenant: TestTenant;
let ask: AskRoutes;
let companyId: CompanyId;
let messages: readonly MessageId[];

before(async () => {
  tenant = await newTenant({ on: '2026-02-01' });
  ask = await serveTo(tenant, routes);
  companyId = await aCompany(tenant, { email: 'ar@creditor.example' });
  const made: MessageId[] = [];
  for (const day of ['2026-02-01', '2026-02-02', '2026-02-02', '2026-02-03', '2026-02-04']) {
    tenant.on(day);
    made.push((await aQueuedMessage(tenant, companyId)).messageId);
  }
  messages = made;
  const [, sent, refused, unknown, broken] = made as [MessageId, MessageId, MessageId, MessageId, MessageId];
  await send(sent, { kind: 'outbox' });
  await send(refused, answering({ kind: 'refused', code: 550, text: '550 no such user' }));
  await send(unknown, answering({ kind: 'unknown', text: 'silence' }));
  await send(broken, answering({ kind: 'trouble', code: 451, text: '451 later' }));
});

function answering(outcome: Awaited<ReturnType<Extract<Transport, { kind: 'smtp' }>['send']>>): Transport {
  return { kind: 'smtp', send: async () => outcome };
}

const send = (messageId: MessageId, by: Transport) =>
  sendMessage(
    mailToolsOf(tenant, [sourceSaying({ text: 'RE-1', recipient: 'jana@capek.example', wrote: 0 })], by),
    tenant.tenantId,
    messageId,
  );

const read = async <O extends Parameters<AskRoutes>[1]>(
  operation: O,
  input: Parameters<typeof ask<O>>[2] = {},
) => {
  const answer = await ask('viewer', operation, input);
  assert.equal(answer.status, 200, JSON.stringify(answer.reply));
  return answer.reply;
};

test('the outbox lists the newest first, page by page', async () => {
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await read(contract.listMessages, { query: { limit: 2, ...(after ? { after } : {}) } });
    seen.push(...page.rows.map((m) => m.messageId));
    after = page.next ?? undefined;
  } while (after !== undefined);
  assert.deepEqual(seen, messages.toReversed());
});

test('it is filtered by state, customer, company, purpose and day', async () => {
  const [one] = (await read(contract.listMessages, { query: { state: 'refused' } })).rows;
  assert.deepEqual([one?.messageId, one?.answer, one?.tries], [messages[2], '550 no such user', 1]);
  const count = async (
    query: NonNullable<Parameters<typeof read<typeof contract.listMessages>>[1]>['query'],
  ) => (await read(contract.listMessages, { query: query ?? {} })).rows.length;
  assert.equal(await count({ customerId: one?.customerId ?? '' }), 1);
  assert.equal(await count({ companyId }), 5);
  assert.equal(await count({ companyId: newId() }), 0);
  assert.equal(await count({ purpose: 'invoice' }), 0);
  assert.equal(await count({ from: '2026-02-02', to: '2026-02-03' }), 3);
  assert.equal((await ask('viewer', contract.listMessages, { query: { after: 'x' } })).code, 'bad_input');
});

test('what waits and what needs a person is counted', async () => {
  assert.deepEqual(await read(contract.countMessages), {
    queued: 1,
    later: 1,
    sending: 0,
    refused: 1,
    failed: 0,
    unknown: 1,
  });
});

test('a message is shown as it was sent, with its files to be opened, and as the bytes themselves', async () => {
  const params = { messageId: messages[1] ?? '' };
  const message = await read(contract.getMessage, { params });
  assert.equal(message.subject, 'About RE-1');
  assert.equal(message.text?.trimEnd(), 'RE-1');
  assert.equal(message.html?.trimEnd(), '<p>RE-1</p>');
  assert.deepEqual(message.attachments, [
    { attachmentNo: 1, fileName: 'a.pdf', contentType: 'application/pdf', bytes: 4, signedWith: null },
  ]);
  assert.equal(message.headers.find((h) => h.name === 'Subject')?.value, 'About RE-1');
  assert.deepEqual(message.may, {
    resend: 'message_already_sent',
    markSent: 'message_not_in_doubt',
    drop: 'message_already_sent',
    endView: 'view_link_not_found',
  });
  assert.deepEqual(
    message.attempts.map((a) => [a.attemptNo, a.transport, a.outcome]),
    [[1, 'outbox', 'sent']],
  );
  const raw = await ask('viewer', contract.downloadMessage, { params });
  assert.equal(raw.contentType, 'message/rfc822');
  assert.equal((await PostalMime.parse(raw.bytes)).subject, 'About RE-1');
  const file = await ask('viewer', contract.downloadAttachment, { params: { ...params, attachmentNo: 1 } });
  assert.deepEqual([file.contentType, file.bytes.toString()], ['application/pdf', '%PDF']);
  const none = await ask('viewer', contract.downloadAttachment, { params: { ...params, attachmentNo: 2 } });
  assert.deepEqual([none.status, none.code], [404, 'attachment_not_found']);
});

// Seen to fail with the bytes handed on as they are kept.
test('the proof of a message holds the very bytes that went out, however they are kept', async () => {
  const messageId = messages[1] ?? '';
  const { pool, tenantId } = tenant;
  const { customerId } = await read(contract.getMessage, { params: { messageId } });
  const about = { companyId, customerId: customerId as CustomerId };
  const { files, messages: proven } = await inTenant(pool, tenantId, (tx) => readMessageEvidence(tx, about));
  const raw = await ask('viewer', contract.downloadMessage, { params: { messageId } });
  const file = files.find(({ name }) => name === `messages/${messageId}/try-1.eml`);
  assert.ok(file && Buffer.from(file.content).equals(raw.bytes));
  const hash = createHash('sha256').update(file.content).digest('hex');
  assert.ok(JSON.stringify(proven).includes(hash), 'and its SHA-256 is that of these bytes');
});

test('a message that waits has no words yet, and one that is not there is not found', async () => {
  const waiting = await read(contract.getMessage, { params: { messageId: messages[0] ?? '' } });
  assert.deepEqual(
    [waiting.state, waiting.text, waiting.headers, waiting.attempts],
    ['queued', null, [], []],
  );
  const raw = await ask('viewer', contract.downloadMessage, { params: { messageId: messages[0] ?? '' } });
  assert.equal(raw.code, 'message_not_written');
  for (const operation of [contract.getMessage, contract.downloadMessage])
    assert.equal(
      (await ask('viewer', operation, { params: { messageId: newId() } })).code,
      'message_not_found',
    );
});

test('a person decides about messages, and who may not send decides nothing', async () => {
  const unknown = { messageId: messages[3] ?? '' };
  assert.equal(
    (await ask('viewer', contract.markMessageSent, { params: unknown, body: {} })).code,
    'not_permitted',
  );
  const body = { reason: 'they answered it' };
  const marked = await ask('collector', contract.markMessageSent, { params: unknown, body });
  assert.deepEqual(marked.reply, { ...unknown, state: 'sent' });

  const refused = { messageId: messages[2] ?? '' };
  const rehearsed = await ask('collector', contract.resendMessage, { params: refused, rehearse: true });
  assert.equal(rehearsed.reply.state, 'queued');
  assert.equal((await read(contract.getMessage, { params: refused })).state, 'refused');
  assert.equal((await ask('collector', contract.resendMessage, { params: refused })).reply.state, 'queued');
  assert.equal((await ask('collector', contract.dropMessage, { params: refused })).reply.state, 'dropped');
  const again = await ask('collector', contract.dropMessage, { params: refused });
  assert.deepEqual([again.status, again.code], [409, 'message_dropped']);
});
