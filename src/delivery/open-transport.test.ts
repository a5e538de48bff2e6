import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SendOutcome } from '#carriers/send-mail.ts';
import { startMailServer } from '../../test/support/mail-server.ts';
import { openTransport } from './open-transport.ts';

test('without a mail server messages stay in the built-in outbox, and a wrong address is refused at once', () => {
  assert.equal(openTransport(undefined).kind, 'outbox');
  assert.equal(openTransport('').kind, 'outbox');
  assert.throws(() => openTransport('mail.example'), { code: 'smtp_url_not_valid' });
});

test('messages sent one after the other share a connection', async () => {
  const server = await startMailServer();
  const transport = openTransport(server.url);
  assert.ok(transport.kind === 'smtp');
  const raw = Buffer.from('Subject: hello\r\n\r\nhello\r\n');
  for (let n = 0; n < 3; n += 1) {
    const sent: SendOutcome = await transport.send(
      { from: 'a@creditor.example', to: ['b@customer.example'] },
      raw,
    );
    assert.equal(sent.kind, 'accepted');
  }
  assert.equal(server.received.length, 3);
  assert.equal(server.connections(), 1);
  await server.close();
});
