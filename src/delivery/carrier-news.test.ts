import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, test } from 'node:test';
import { letterNewsOf } from '#carriers/read-letter-status.ts';
import { severityOfSms } from '#carriers/send-sms.ts';
import { inTenant } from '#db/transaction.ts';
import { pdfOfPages } from '#formats/pdf-pages-for-tests.ts';
import type { CompanyId } from '#kernel/id.ts';
import { aCompany } from '../../test/support/builders.ts';
import { aQueuedMessage, attemptsOf, mailToolsOf, sourceSaying } from '../../test/support/mail.ts';
import { startTestServer, type TestServer } from '../../test/support/server.ts';
import { newTenant } from '../../test/support/tenant.ts';
import type { MessageSource } from './begin-sending.ts';
import type { Channel } from './message.ts';
import { openCarriers } from './open-carriers.ts';
import { isOptOut, optOutWordOf } from './opt-out-word.ts';
import { readLetters } from './read-letters.ts';
import { readMessage } from './read-message.ts';
import { readSuppressed } from './read-reach.ts';
import { readServices, readTrial } from './read-services.ts';
import { type MailTools, sendMessage } from './send-message.ts';
import { smsCallbackUrl } from './serve-callbacks.ts';
import { findProblems } from './store-fate.ts';

const LETTER = pdfOfPages([[{ text: 'RE-1', x: 70, y: 200 }]]);
const TOKEN = 'secret';
const PUBLIC_URL = 'https://ar.nord.example';
let server: TestServer;
let service: Server;
/** What the service answers, by method and path. */
let answers: Record<string, { readonly status: number; readonly body: unknown }> = {};
const asked: { readonly what: string; readonly body: string; readonly login: string }[] = [];

before(async () => {
  server = await startTestServer({ callbacks: { token: TOKEN, publicUrl: PUBLIC_URL } });
  service = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += String(part);
    const what = `${request.method} ${request.url}`;
    asked.push({ what, body, login: request.headers.authorization ?? '' });
    const { status, body: said } = answers[what] ?? { status: 404, body: {} };
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said));
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
});
after(async () => {
  service.closeAllConnections();
  service.close();
  await server.close();
});
beforeEach(() => {
  answers = {};
  asked.length = 0;
});

const SEND_LETTER = 'POST /printjobs';
const SEND_SMS = 'POST /2010-04-01/Accounts/AC1/Messages.json';

function environment() {
  const url = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
  return {
    QUITTANCE_URL: PUBLIC_URL,
    QUITTANCE_LETTER_URL: url,
    QUITTANCE_LETTER_USER: 'nord',
    QUITTANCE_LETTER_KEY: 'key',
    QUITTANCE_SMS_URL: url,
    QUITTANCE_SMS_ACCOUNT: 'AC1',
    QUITTANCE_SMS_TOKEN: TOKEN,
    QUITTANCE_SMS_FROM: 'Nord',
  };
}

/** A message that a service took over, in the name of a tenant of its own. */
async function aTaken(channel: Extract<Channel, 'post' | 'sms'>, reference: string) {
  const tenant = await newTenant({ on: '2026-01-05' });
  const companyId: CompanyId = await aCompany(tenant);
  const { messageId } = await aQueuedMessage(tenant, companyId, channel);
  const source: MessageSource = {
    ...sourceSaying({ text: 'x', recipient: '+420601234567', wrote: 0 }),
    pack: async () => ({
      subject: 'RE-1',
      file: { name: 'a.pdf', mediaType: 'application/pdf', content: LETTER },
    }),
  };
  answers[SEND_LETTER] = { status: 200, body: { data: { id: reference } } };
  answers[SEND_SMS] = { status: 201, body: { sid: reference } };
  const tools: MailTools = { ...mailToolsOf(tenant, [source]), carriers: openCarriers(environment()) };
  assert.equal(await sendMessage(tools, tenant.tenantId, messageId), 'sent');
  const inside = <T>(work: Parameters<typeof inTenant<T>>[2]) => inTenant(tenant.pool, tenant.tenantId, work);
  const signals = async () => (await inside((tx) => readMessage(tx, messageId))).signals.map((s) => s.kind);
  const problems = async () =>
    (await inside((tx) => findProblems(tx, { open: true }, { after: undefined, limit: 9 }))).map(
      (p) => p.kind,
    );
  return { tenant, tools, messageId, signals, problems, inside };
}

async function call(url: string, fields: Record<string, string>, signature?: string) {
  const said = Object.keys(fields)
    .sort()
    .map((name) => name + fields[name])
    .join('');
  const signed = createHmac('sha1', TOKEN)
    .update(url + said)
    .digest('base64');
  const answer = await fetch(server.address + new URL(url).pathname, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { 'x-twilio-signature': signature ?? signed },
  });
  return answer.status;
}

test('a text message asks to be told of at an address of its tenant, and its arrival is kept once', async () => {
  const { tenant, signals, problems } = await aTaken('sms', 'SM1');
  const url = smsCallbackUrl(PUBLIC_URL, tenant.tenantId);
  assert.equal(new URLSearchParams(asked[0]?.body).get('StatusCallback'), url);
  const arrived = { MessageSid: 'SM1', MessageStatus: 'delivered', To: '+420601234567' };
  assert.equal(await call(url, { ...arrived, MessageStatus: 'sent' }), 204);
  assert.deepEqual(await signals(), []);
  for (let i = 0; i < 3; i += 1) assert.equal(await call(url, arrived), 204);
  assert.deepEqual([await signals(), await problems()], [['delivered'], []]);
});

test('a text message that did not arrive is work for a person, and may go another way', async () => {
  const { tenant, signals, problems } = await aTaken('sms', 'SM2');
  const url = smsCallbackUrl(PUBLIC_URL, tenant.tenantId);
  assert.equal(await call(url, { MessageSid: 'SM2', MessageStatus: 'failed', ErrorCode: '30005' }), 204);
  assert.deepEqual([await signals(), await problems()], [['bounced'], ['bounced']]);
  const [event] = (await tenant.events()).filter(({ type }) => type === 'message.bounced');
  const { isLost, severity, detail } = (event?.data ?? {}) as Record<string, unknown>;
  assert.deepEqual([isLost, severity, detail], [true, 'hard', 'failed (30005)']);
});

test('an answer that no more are wanted stops all text messages to that number, once, and is work for a person', async () => {
  const { tenant, signals, problems, inside } = await aTaken('sms', 'SM8');
  const url = smsCallbackUrl(PUBLIC_URL, tenant.tenantId);
  const answer = { SmsStatus: 'received', From: '+420601234567', To: '+1', Body: 'thanks' };
  const stopped = () => inside((tx) => readSuppressed(tx, ['+420601234567'], 'reminder'));
  assert.equal(await call(url, { ...answer, MessageSid: 'IN0' }), 204);
  assert.equal((await stopped()).size, 0, 'other words stop nothing');
  const stop = { ...answer, MessageSid: 'IN1', Body: ' Stop. ' };
  assert.equal(await call(url, stop, 'forged'), 403);
  assert.equal((await stopped()).size, 0);
  for (const MessageSid of ['IN1', 'IN1', 'IN2']) assert.equal(await call(url, { ...stop, MessageSid }), 204);
  assert.deepEqual([...(await stopped())], ['+420601234567']);
  assert.deepEqual([await signals(), await problems()], [['opted_out'], ['opted_out']]);
});

test('the word that stops text messages goes by the country of the number, and is named where it must be or is offered', () => {
  const offered = { offersStop: true };
  assert.deepEqual(
    ['+4930123', '+34600', '+5511', '+420601', '+12125550100'].map((number) => optOutWordOf(number, offered)),
    ['STOPP', 'BAJA', 'SAIR', 'STOP', 'STOP'],
  );
  assert.equal(optOutWordOf('+420601', { offersStop: false }), undefined);
  assert.equal(optOutWordOf('+12125550100', { offersStop: false }), 'STOP');
  for (const word of ['STOPP', 'baja', '"Arrêt!"', ' opt  out ', 'Stop all']) assert.ok(isOptOut(word), word);
  for (const words of ['please stop by', 'nonstop', '']) assert.ok(!isOptOut(words), words);
});

test('what is not signed with our token, over exactly this address and these fields, is not believed', async () => {
  const [one, other] = [await aTaken('sms', 'SM3'), await aTaken('sms', 'SM4')];
  const url = smsCallbackUrl(PUBLIC_URL, one.tenant.tenantId);
  const fields = { MessageSid: 'SM3', MessageStatus: 'delivered' };
  const forged = createHmac('sha1', 'guess')
    .update(`${url}MessageSidSM3MessageStatusdelivered`)
    .digest('base64');
  assert.equal(await call(url, fields, forged), 403);
  assert.equal(await call(url, fields, ''), 403);
  assert.equal(await call(`${PUBLIC_URL}/callbacks/sms/aaaaaaaa`, fields), 403);
  // Signed for one tenant, sent to another: neither is touched. Signed rightly about a message of another: not found.
  const elsewhere = smsCallbackUrl(PUBLIC_URL, other.tenant.tenantId);
  const right = createHmac('sha1', TOKEN)
    .update(`${url}MessageSidSM3MessageStatusdelivered`)
    .digest('base64');
  assert.equal(await call(elsewhere, fields, right), 403);
  assert.equal(await call(elsewhere, fields), 503);
  assert.deepEqual([await one.signals(), await other.signals()], [[], []]);
});

test('where no text messages are set up there is no such address', async () => {
  const without = await startTestServer({});
  try {
    const answer = await fetch(`${without.address}/callbacks/sms/aaaaaaaa`, { method: 'POST', body: 'a=b' });
    assert.equal(answer.status >= 400, true);
    assert.notEqual(answer.status, 403);
  } finally {
    await without.close();
  }
});

test('a letter is followed: taken in, printed, in the post, brought back, each kept once and asked for no more often than needed', async () => {
  const { tenant, tools, messageId, signals, problems } = await aTaken('post', '4711');
  const steps: string[][] = [];
  const says = (status: string) => {
    answers['GET /printjobs/4711'] = { status: 200, body: { data: { id: 4711, items: [{ status }] } } };
  };
  const look = async (at: string) => {
    tenant.on(at);
    asked.length = 0;
    const kept = await readLetters(tools, tenant.tenantId);
    steps.push([at, String(kept), String(asked.length)]);
  };
  says('queue');
  await look('2026-01-06');
  await look('2026-01-06');
  says('inprint');
  await look('2026-01-07');
  says('a word of tomorrow');
  await look('2026-01-08');
  says('sent');
  await look('2026-01-09');
  says('returned');
  await look('2026-01-20');
  await look('2026-01-21');
  assert.deepEqual(steps, [
    ['2026-01-06', '1', '1'],
    ['2026-01-06', '0', '0'],
    ['2026-01-07', '1', '1'],
    ['2026-01-08', '0', '1'],
    ['2026-01-09', '1', '1'],
    ['2026-01-20', '1', '1'],
    ['2026-01-21', '0', '0'],
  ]);
  assert.deepEqual(await signals(), ['accepted', 'printed', 'posted', 'returned']);
  assert.deepEqual(await problems(), ['returned']);
  assert.equal((await attemptsOf(tenant, messageId)).length, 1, 'looking is no try');
});

test('a service that is away, does not know us or answers nonsense changes nothing, and is asked again', async () => {
  const { tenant, tools, signals } = await aTaken('post', '12');
  for (const [day, answer] of [
    ['2026-01-06', { status: 401, body: {} }],
    ['2026-01-07', { status: 500, body: 'oops' }],
    ['2026-01-08', { status: 200, body: { data: { items: 'x', status: ['done'] } } }],
    ['2026-01-09', { status: 200, body: null }],
  ] as const) {
    answers['GET /printjobs/12'] = answer;
    tenant.on(day);
    asked.length = 0;
    assert.equal(await readLetters(tools, tenant.tenantId), 0);
    assert.deepEqual(
      asked.map(({ what, body }) => [what, JSON.parse(body).auth]),
      [['GET /printjobs/12', { username: 'nord', apikey: 'key', mode: 'live' }]],
    );
  }
  assert.deepEqual(await signals(), []);
});

test('letters are asked about for weeks, not for ever', async () => {
  const { tenant, tools } = await aTaken('post', '13');
  answers['GET /printjobs/13'] = { status: 200, body: { data: { status: 'queue' } } };
  tenant.on('2026-03-01');
  asked.length = 0;
  await readLetters(tools, tenant.tenantId);
  assert.equal(asked.length, 0);
});

test('words of services are read as what they mean, and unknown ones as nothing', () => {
  const step = (status: unknown) => letterNewsOf({ data: { status } })?.step;
  assert.deepEqual(['QUEUE', 'printed', 'done', 'undeliverable', 'canceled'].map(step), [
    'accepted',
    'printed',
    'posted',
    'returned',
    'failed',
  ]);
  for (const odd of ['toString', '__proto__', '', 7, null, undefined]) assert.equal(step(odd), undefined);
  assert.equal(
    letterNewsOf({ data: { status: 'queue', items: [{ status: 'sent', tracking_code: 'RR1' }] } })?.detail,
    'sent (RR1)',
  );
  assert.deepEqual(['30006', '30007', '30003', undefined].map(severityOfSms), [
    'hard',
    'policy',
    'soft',
    'soft',
  ]);
});

test('people see what is set up, how it went last, and whether it answers; never a key', async () => {
  const { inside } = await aTaken('post', '14');
  const env = environment();
  const rows = await inside((tx) => readServices(tx, env));
  assert.deepEqual(
    rows.map(({ service: name, isSetUp, takenAt }) => [name, isSetUp, takenAt !== null]),
    [
      ['mail', false, false],
      ['letter', true, true],
      ['sms', true, false],
      ['network', false, false],
    ],
  );
  assert.doesNotMatch(JSON.stringify(rows), /secret|key/);
  answers['GET /balance'] = { status: 200, body: { data: { balance: '12.50' } } };
  answers['GET /2010-04-01/Accounts/AC1.json'] = { status: 401, body: { message: 'no' } };
  assert.equal((await readTrial(env, 'letter')).works, true);
  assert.deepEqual(await readTrial(env, 'sms'), { works: false, answer: '401 {"message":"no"}' });
  await assert.rejects(readTrial(env, 'network'), { code: 'service_not_set_up' });
});
