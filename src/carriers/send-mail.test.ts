import assert from 'node:assert/strict';
import { type AddressInfo, createServer } from 'node:net';
import { after, afterEach, before, test } from 'node:test';
import { type MailServer, startMailServer } from '../../test/support/mail-server.ts';
import { startTokenServer } from '../../test/support/token-server.ts';
import { composeMime } from './compose-mail.ts';
import { envelopeOf, type MailMessage } from './mail-message.ts';
import { closeSmtp, openSmtp, type SendOutcome, type Smtp, sendMail } from './send-mail.ts';

let server: MailServer;
const opened: Smtp[] = [];

before(async () => {
  server = await startMailServer();
});
after(() => server.close());
afterEach(() => {
  server.behave({});
  for (const smtp of opened.splice(0)) closeSmtp(smtp);
});

function open(url = server.url, answerMsMax = 5_000): Smtp {
  const smtp = openSmtp(url, { connectMsMax: 5_000, answerMsMax, connectionsMax: 2 });
  opened.push(smtp);
  return smtp;
}

let counter = 0;
function aMessage(part: Partial<MailMessage> = {}): MailMessage {
  counter += 1;
  return {
    messageId: `m${counter}@mail.example.com`,
    writtenAt: Temporal.Instant.from('2026-11-24T08:15:00Z'),
    from: { address: 'rechnung@nordlicht.example' },
    to: [{ name: 'Jana', address: 'jana@capek.example' }],
    subject: `Invoice ${counter}`,
    text: 'Hello\n.\n..\n.dot\n',
    attachments: [],
    language: 'en',
    automatic: true,
    ...part,
  };
}

async function send(message = aMessage(), smtp = open()): Promise<SendOutcome> {
  return sendMail(smtp, envelopeOf(message), composeMime(message));
}

/** What the server kept since the test began to look. */
function since(): () => number {
  const start = server.received.length;
  return () => server.received.length - start;
}

test('the server gets exactly the bytes that were composed, on the envelope that was asked for', async () => {
  const message = aMessage({
    envelopeSender: 'bounce+42@nordlicht.example',
    cc: [{ address: 'cc@capek.example' }],
  });
  const raw = composeMime(message);
  const outcome = await sendMail(open(), envelopeOf(message), raw);
  assert.equal(outcome.kind, 'accepted');
  const got = server.received.at(-1);
  assert.ok(Buffer.from(raw).equals(got?.raw ?? new Uint8Array()));
  assert.deepEqual(got?.envelope, {
    from: 'bounce+42@nordlicht.example',
    to: ['jana@capek.example', 'cc@capek.example'],
  });
  assert.equal(got?.parsed.subject, message.subject);
});

test('many messages share a few connections', async () => {
  const smtp = open();
  const connectionsBefore = server.connections();
  const kept = since();
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => send(aMessage(), smtp)));
  assert.ok(outcomes.every(({ kind }) => kind === 'accepted'));
  assert.equal(kept(), 20);
  assert.ok(server.connections() - connectionsBefore <= 2);
});

test('a refusal for good carries its code and words, and nothing is kept', async () => {
  const kept = since();
  const gone = { code: 550, text: '5.1.1 No such user here' };
  server.behave({ recipients: { 'jana@capek.example': gone } });
  const recipient = await send();
  assert.equal(recipient.kind, 'refused');
  assert.equal(recipient.kind === 'refused' && recipient.code, 550);
  assert.match(recipient.kind === 'refused' ? recipient.text : '', /5\.1\.1 No such user here/);
  server.behave({ sender: { code: 553, text: 'Sender not allowed' } });
  assert.equal((await send()).kind, 'refused');
  server.behave({ message: { code: 554, text: '5.7.1 Looks like spam' } });
  assert.equal((await send()).kind, 'refused');
  assert.equal(kept(), 0);
});

test('"not now" is trouble that can be tried again, wherever it is said', async () => {
  const kept = since();
  server.behave({ recipients: { 'jana@capek.example': { code: 452, text: '4.2.2 Mailbox full' } } });
  const full = await send();
  assert.equal(full.kind, 'trouble');
  assert.equal(full.kind === 'trouble' && full.code, 452);
  server.behave({ sender: { code: 421, text: 'Closing down' } });
  assert.equal((await send()).kind, 'trouble');
  server.behave({ message: { code: 451, text: '4.3.0 Try later' } });
  assert.equal((await send()).kind, 'trouble');
  assert.equal(kept(), 0);
});

test('a greylisted message goes through the second time', async () => {
  server.behave({ greylist: true });
  const message = aMessage({ to: [{ address: 'new@capek.example' }] });
  assert.equal((await send(message)).kind, 'trouble');
  assert.equal((await send(message)).kind, 'accepted');
});

test('a reader who is refused does not keep the others from getting the message', async () => {
  server.behave({
    recipients: {
      'gone@capek.example': { code: 550, text: '5.1.1 Gone' },
      'full@capek.example': { code: 452, text: '4.2.2 Full' },
    },
  });
  const to = ['jana@capek.example', 'gone@capek.example', 'full@capek.example'].map((address) => ({
    address,
  }));
  const outcome = await send(aMessage({ to }));
  assert.equal(outcome.kind, 'accepted');
  const refused = outcome.kind === 'accepted' ? outcome.refusedRecipients : [];
  assert.deepEqual(
    refused.map(({ address, code, permanent }) => [address, code, permanent]),
    [
      ['gone@capek.example', 550, true],
      ['full@capek.example', 452, false],
    ],
  );
  assert.deepEqual(server.received.at(-1)?.envelope.to, ['jana@capek.example']);
});

test('with all readers refused, one "not now" among them makes it worth another try', async () => {
  server.behave({
    recipients: {
      'gone@capek.example': { code: 550, text: '5.1.1 Gone' },
      'full@capek.example': { code: 452, text: '4.2.2 Full' },
    },
  });
  const gone = { address: 'gone@capek.example' };
  const outcome = await send(aMessage({ to: [gone, { address: 'full@capek.example' }] }));
  assert.equal(outcome.kind, 'trouble');
  assert.equal(outcome.kind === 'trouble' && outcome.code, 452);
  assert.equal((await send(aMessage({ to: [gone] }))).kind, 'refused');
});

test('a connection lost before the message was asked for is trouble', async () => {
  const kept = since();
  server.behave({ hangUp: 'on_connect' });
  assert.equal((await send()).kind, 'trouble');
  assert.equal(kept(), 0);
});

test('a connection lost in the middle of the message is trouble: nothing was taken without the dot', async () => {
  const kept = since();
  server.behave({ hangUp: 'during_message' });
  const large = { name: 'a.bin', mediaType: 'application/octet-stream', content: new Uint8Array(8_000_000) };
  assert.equal((await send(aMessage({ attachments: [large] }))).kind, 'trouble');
  assert.equal(kept(), 0);
});

test('a connection lost after the final dot is unknown, kept or not, and the message is sent once', async () => {
  const kept = since();
  server.behave({ hangUp: 'after_acceptance' });
  const outcome = await send();
  assert.equal(outcome.kind, 'unknown');
  assert.equal(kept(), 1);
  server.behave({ hangUp: 'before_acceptance' });
  assert.equal((await send()).kind, 'unknown');
  assert.equal(kept(), 1);
});

test('the loss is told the same way on a connection that has sent before', async () => {
  const smtp = openSmtp(server.url, { connectMsMax: 1_000, connectionsMax: 1 });
  opened.push(smtp);
  assert.equal((await send(aMessage(), smtp)).kind, 'accepted');
  const kept = since();
  server.behave({ hangUp: 'after_acceptance' });
  assert.equal((await send(aMessage(), smtp)).kind, 'unknown');
  server.behave({});
  assert.equal((await send(aMessage(), smtp)).kind, 'accepted');
  assert.equal(kept(), 2);
});

test('a server that is silent after the final dot leaves the outcome unknown', async () => {
  server.behave({ answerDelayMs: 6_000 });
  const outcome = await send(aMessage(), open(server.url, 1_500));
  assert.equal(outcome.kind, 'unknown');
});

test('a slow server is waited for', async () => {
  server.behave({ answerDelayMs: 300 });
  assert.equal((await send()).kind, 'accepted');
});

test('a server that is not there, or says nothing, is trouble', async () => {
  const mute = createServer(() => {});
  await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
  const address = mute.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const smtp = openSmtp(`smtp://127.0.0.1:${port}`, { connectMsMax: 200 });
  opened.push(smtp);
  assert.equal((await send(aMessage(), smtp)).kind, 'trouble');
  closeSmtp(smtp);
  await new Promise((resolve) => mute.close(resolve));
  assert.equal((await send(aMessage(), open(`smtp://127.0.0.1:${port}`))).kind, 'trouble');
});

test('a wrong password and a certificate nobody signed are our trouble, not a refusal of the message', async () => {
  const guarded = await startMailServer({ login: { user: 'ar', password: 'right' } });
  try {
    assert.equal((await send(aMessage(), open(guarded.url))).kind, 'accepted');
    const wrong = await send(aMessage(), open(guarded.url.replace('right', 'wrong')));
    assert.equal(wrong.kind, 'trouble');
    assert.equal(wrong.kind === 'trouble' && wrong.code, 535);
  } finally {
    await guarded.close();
  }
  const encrypted = await startMailServer({ startTls: true });
  try {
    assert.equal((await send(aMessage(), open(encrypted.url))).kind, 'trouble');
    assert.equal(
      (await send(aMessage(), open(`${encrypted.url}?tls.rejectUnauthorized=false`))).kind,
      'accepted',
    );
  } finally {
    await encrypted.close();
  }
});

test('only mail server addresses are opened', () => {
  for (const url of ['', 'localhost', 'http://mail.example', 'smtp://', 'file:///etc/passwd']) {
    assert.throws(() => openSmtp(url), { code: 'smtp_url_not_valid' }, url);
  }
});

test('a mail server that wants tokens is signed in to by one that was asked for, and by another once that is over', async () => {
  const tokens = await startTokenServer();
  const wanting = await startMailServer({
    tokens: { user: 'ar@nordlicht.example', accessToken: tokens.accessToken },
  });
  const url = wanting.url.replace('smtp://', 'smtp://ar%40nordlicht.example@');
  const oauth = { tokenUrl: tokens.url, clientId: 'quittance', refreshToken: tokens.refreshToken() };
  const smtp = openSmtp(url, { connectMsMax: 5_000, answerMsMax: 5_000, connectionsMax: 1, oauth });
  opened.push(smtp);
  assert.equal((await send(aMessage(), smtp)).kind, 'accepted');
  assert.equal((await send(aMessage(), smtp)).kind, 'accepted');
  assert.equal(tokens.asked.length, 1, 'one token is enough for many messages');
  assert.equal(wanting.received.length, 2);
  tokens.revoke();
  const fresh = openSmtp(url, { connectMsMax: 5_000, answerMsMax: 5_000, connectionsMax: 1, oauth });
  opened.push(fresh);
  assert.equal((await send(aMessage(), fresh)).kind, 'trouble', 'it is for an operator, and tried again');
  await Promise.all([wanting.close(), tokens.close()]);
});

// Seen to fail with the wish left out, and with the address as it is written.
test('a server that reports deliveries is asked to, under the name of the message', async () => {
  const said: string[] = [];
  const reporting = createServer((socket) => {
    let inMessage = false;
    const answerTo = (line: string): string => {
      said.push(line);
      inMessage = line === 'DATA';
      if (line.startsWith('EHLO')) return '250-reporting\r\n250 DSN\r\n';
      return inMessage ? '354 go on\r\n' : '250 ok\r\n';
    };
    socket.write('220 reporting\r\n');
    socket.on('data', (chunk) => {
      const text = chunk.toString();
      if (!inMessage) socket.write(answerTo(text.trim()));
      else if (text.endsWith('.\r\n')) socket.write(answerTo('.'));
    });
  }).listen(0);
  after(() => reporting.close());
  const { port } = reporting.address() as AddressInfo;
  const envelope = { from: 'a@b.example', to: ['jm@müller.example'], reportsAs: 'm1@mail.example.com' };
  const outcome = await sendMail(open(`smtp://127.0.0.1:${port}`), envelope, composeMime(aMessage()));
  assert.equal(outcome.kind, 'accepted');
  assert.deepEqual(said.slice(1, 3), [
    'MAIL FROM:<a@b.example> RET=HDRS ENVID=m1@mail.example.com',
    'RCPT TO:<jm@xn--mller-kva.example> NOTIFY=SUCCESS,FAILURE,DELAY',
  ]);
});
