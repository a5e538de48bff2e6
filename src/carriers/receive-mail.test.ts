import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import nodemailer from 'nodemailer';
import { INBOUND_CONNECTIONS_A_MINUTE_MAX, INBOUND_MAIL_BYTES_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { TEST_CERTIFICATE, TEST_KEY } from '../../test/support/certificate.ts';
import { type InboundMail, openMailReceiver, readListenAddress } from './receive-mail.ts';
import { closeSmtp, openSmtp, sendMail } from './send-mail.ts';

/** A receiver that takes mail for one address, and a way to send to it. */
async function aReceiver(keep?: (mail: InboundMail) => Promise<void>) {
  const kept: InboundMail[] = [];
  const receiver = await openMailReceiver({
    host: '127.0.0.1',
    port: 0,
    accepts: async (address) => address.startsWith('bounce+'),
    keep: async (mail) => {
      await keep?.(mail);
      kept.push(mail);
    },
    onTrouble: () => {},
  });
  const smtp = openSmtp(`smtp://127.0.0.1:${receiver.port}`, { connectMsMax: 2_000, answerMsMax: 5_000 });
  return {
    kept,
    port: receiver.port,
    send: (to: string, raw: string | Uint8Array = 'Subject: x\r\n\r\ny\r\n') =>
      sendMail(smtp, { from: '', to: [to] }, typeof raw === 'string' ? Buffer.from(raw) : raw),
    async close() {
      closeSmtp(smtp);
      await receiver.close();
    },
  };
}

test('mail for a return address is kept before it is answered; any other is turned away, so that nothing is relayed', async () => {
  const receiver = await aReceiver();
  try {
    assert.equal((await receiver.send('bounce+abc@n.example')).kind, 'accepted');
    assert.deepEqual([receiver.kept[0]?.from, receiver.kept[0]?.to], ['', ['bounce+abc@n.example']]);
    const other = await receiver.send('anna@elsewhere.example');
    assert.deepEqual([other.kind, 'code' in other && other.code], ['refused', 550]);
    assert.equal(receiver.kept.length, 1);
  } finally {
    await receiver.close();
  }
});

test('what could not be kept is asked for again; what cannot be read is not', async () => {
  let trouble: unknown = new Error('the database is away');
  const receiver = await aReceiver(async () => {
    if (trouble) throw trouble;
  });
  try {
    assert.equal((await receiver.send('bounce+abc@n.example')).kind, 'trouble');
    trouble = new Refusal('mail_not_readable');
    assert.equal((await receiver.send('bounce+abc@n.example')).kind, 'refused');
    trouble = undefined;
    assert.equal((await receiver.send('bounce+abc@n.example')).kind, 'accepted');
  } finally {
    await receiver.close();
  }
});

test('a mail beyond the limit is turned away', async () => {
  const receiver = await aReceiver();
  try {
    const outcome = await receiver.send(
      'bounce+abc@n.example',
      Buffer.alloc(INBOUND_MAIL_BYTES_MAX + 1_000, 'a\r\n'),
    );
    assert.equal(outcome.kind, 'refused');
    assert.equal(receiver.kept.length, 0);
  } finally {
    await receiver.close();
  }
});

test('a sender may encrypt where there is a certificate, and only there', async () => {
  for (const tls of [{ key: TEST_KEY, certificate: TEST_CERTIFICATE }, undefined]) {
    const kept: InboundMail[] = [];
    const receiver = await openMailReceiver({
      host: '127.0.0.1',
      port: 0,
      tls,
      accepts: async () => true,
      keep: async (mail) => void kept.push(mail),
      onTrouble: () => {},
    });
    const sender = nodemailer.createTransport({
      host: 'localhost',
      port: receiver.port,
      requireTLS: true,
      tls: { ca: TEST_CERTIFICATE },
    });
    try {
      const sent = sender.sendMail({
        envelope: { from: '', to: 'bounce+a@n.example' },
        raw: 'Subject: x\r\n\r\ny',
      });
      if (tls) {
        await sent;
        assert.equal(kept.length, 1);
      } else {
        await assert.rejects(sent, /STARTTLS/);
        assert.equal(kept.length, 0);
      }
    } finally {
      sender.close();
      await receiver.close();
    }
  }
});

test('who connects too often in a minute is told to come later', async () => {
  const receiver = await aReceiver();
  try {
    const greetings = [];
    for (let n = 0; n <= INBOUND_CONNECTIONS_A_MINUTE_MAX; n += 1)
      greetings.push(await greetingOf(receiver.port));
    assert.match(greetings[0] ?? '', /^220/);
    assert.match(greetings.at(-2) ?? '', /^220/);
    assert.match(greetings.at(-1) ?? '', /^421/);
  } finally {
    await receiver.close();
  }
});

/** What a mail server says first. */
function greetingOf(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', reject);
    socket.once('data', (data) => {
      resolve(String(data));
      socket.destroy();
    });
  });
}

test('an address to listen at has a host and a port', () => {
  assert.deepEqual(readListenAddress('127.0.0.1:2525'), { host: '127.0.0.1', port: 2525 });
  assert.deepEqual(readListenAddress('[::]:25'), { host: '::', port: 25 });
  for (const wrong of ['25', 'host:', ':25', 'host:99999'])
    assert.throws(() => readListenAddress(wrong), { code: 'inbound_address_not_valid' });
});
