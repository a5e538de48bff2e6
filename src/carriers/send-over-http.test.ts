// The services of the outside world, faked over a real socket: what they get, and what is made of each of their answers.

import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { sendLetter } from './send-letter.ts';
import { isSignedCallback, readSmsStatus, sendSms } from './send-sms.ts';

type Seen = { readonly path: string; readonly authorization: string; readonly body: string };

let url: string;
let seen: Seen[] = [];
let answer: (response: ServerResponse) => void = () => {};

const server = createServer(async (request: IncomingMessage, response) => {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  seen.push({ path: request.url ?? '', authorization: request.headers.authorization ?? '', body });
  answer(response);
});

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => server.close());

function answering(status: number, body: object): void {
  seen = [];
  answer = (response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** An address where nobody listens any more. */
async function nobodyThere(): Promise<string> {
  const gone = createServer();
  await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
  const { port } = gone.address() as AddressInfo;
  await new Promise((resolve) => gone.close(resolve));
  return `http://127.0.0.1:${port}`;
}

const account = () => ({ url, accountId: 'AC1', token: 'secret', from: '+49301234' });
const letters = () => ({ url, user: 'u', key: 'k', isTest: true, colour: 'black', duplex: true }) as const;

test('a notice is handed over as a form, signed in with the account, and keeps the name it gets', async () => {
  answering(201, { sid: 'SM123', status: 'queued' });
  const given = await sendSms(
    { ...account(), callbackUrl: 'https://ar.example/cb' },
    '+420601234567',
    'Faktura & co',
  );
  assert.deepEqual([given.kind, given.reference], ['accepted', 'SM123']);
  const form = new URLSearchParams(seen[0]?.body);
  assert.deepEqual(
    [form.get('To'), form.get('From'), form.get('Body'), form.get('StatusCallback')],
    ['+420601234567', '+49301234', 'Faktura & co', 'https://ar.example/cb'],
  );
  assert.equal(seen[0]?.authorization, `Basic ${Buffer.from('AC1:secret').toString('base64')}`);
});

test('a letter is handed over whole, with its checksum and our name for it', async () => {
  answering(200, { status: 200, data: { id: 4711 } });
  const pdf = Buffer.from('%PDF-1.7 letter');
  const given = await sendLetter(letters(), 'message-1', pdf);
  assert.deepEqual([given.kind, given.reference], ['accepted', '4711']);
  const { auth, letter } = JSON.parse(seen[0]?.body ?? '');
  assert.deepEqual(auth, { username: 'u', apikey: 'k', mode: 'test' });
  assert.deepEqual(Buffer.from(letter.base64_file, 'base64'), pdf);
  assert.equal(letter.base64_file_checksum, createHash('md5').update(letter.base64_file).digest('hex'));
  assert.equal(letter.notice, 'message-1');
});

test('every answer is one of four: taken, refused, not now, not known; only what was surely not taken may be tried again', async () => {
  for (const [status, kind] of [
    [400, 'refused'],
    [404, 'refused'],
    [422, 'refused'],
    [401, 'trouble'],
    [429, 'trouble'],
    [503, 'trouble'],
    [500, 'unknown'],
    [502, 'unknown'],
  ] as const) {
    answering(status, { message: 'no' });
    assert.equal((await sendSms(account(), '+420601234567', 'x')).kind, kind, String(status));
  }
  answer = (response) => response.destroy();
  assert.equal(
    (await sendSms(account(), '+420601234567', 'x')).kind,
    'unknown',
    'it broke after it was heard',
  );
  assert.equal(
    (await sendSms({ ...account(), url: await nobodyThere() }, '+420601234567', 'x')).kind,
    'trouble',
  );
});

test('a callback counts only as signed with our token over its address and all its fields', () => {
  const fields = { MessageSid: 'SM1', MessageStatus: 'delivered', To: '+420601234567' };
  const at = 'https://ar.example/cb?x=1';
  const signed = createHmac('sha1', 'secret')
    .update(`${at}MessageSidSM1MessageStatusdeliveredTo+420601234567`)
    .digest('base64');
  assert.equal(isSignedCallback('secret', at, fields, signed), true);
  assert.equal(isSignedCallback('other', at, fields, signed), false);
  assert.equal(isSignedCallback('secret', at, { ...fields, MessageStatus: 'failed' }, signed), false);
  assert.equal(isSignedCallback('secret', `${at}2`, fields, signed), false);
  assert.equal(isSignedCallback('secret', at, fields, ''), false);
});

test('of a callback only arrival and failure are news', () => {
  assert.equal(readSmsStatus({ MessageSid: 'SM1', MessageStatus: 'delivered' })?.outcome, 'delivered');
  assert.equal(
    readSmsStatus({ MessageSid: 'SM1', MessageStatus: 'undelivered', ErrorCode: '30003' })?.detail,
    'undelivered (30003)',
  );
  assert.equal(readSmsStatus({ MessageSid: 'SM1', MessageStatus: 'sent' }), undefined);
  assert.equal(readSmsStatus({ MessageStatus: 'delivered' }), undefined);
});
