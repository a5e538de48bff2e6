import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ATTACHMENT_BYTES_MAX, RECIPIENTS_MAX } from '#kernel/limits.ts';
import { checkMail, envelopeOf, isMailAddress, type MailMessage } from './mail-message.ts';

const message: MailMessage = {
  messageId: '019a0000-0000-7000-8000-000000000001@mail.example.com',
  writtenAt: Temporal.Instant.from('2026-11-24T08:15:00Z'),
  from: { name: 'Nordlicht GmbH', address: 'rechnung@nordlicht.example' },
  to: [{ name: 'Jana Nováková', address: 'jana@capek.example' }],
  subject: 'Invoice 2026-00012',
  text: 'Hello\n',
  attachments: [],
  language: 'en',
  automatic: true,
};

test('addresses people really have are taken', () => {
  const good = [
    'a@b.example',
    'first.last+tag@sub.domain.example',
    "o'brien@example.com",
    'x_y-z@1and1.example',
    'info@müller.example',
    'info@例え.example',
    'me@localhost',
    `${'l'.repeat(64)}@example.com`,
  ];
  for (const address of good) assert.ok(isMailAddress(address), address);
});

test('what cannot be an address is not taken for one', () => {
  const bad = [
    '',
    'nobody',
    '@example.com',
    'a@',
    'a@b',
    'a b@example.com',
    'a@@example.com',
    'a@b@example.com',
    '.a@example.com',
    'a.@example.com',
    'a..b@example.com',
    'a@-b.example',
    'a@b..example',
    'a@10.0.0.1',
    'a@[10.0.0.1]',
    '"a b"@example.com',
    'ünal@example.com',
    'a@example.com\r\nBcc: x@example.com',
    'A <a@example.com>',
    'a@example.com,b@example.com',
    `${'l'.repeat(65)}@example.com`,
    `a@${'d'.repeat(64)}.example`,
    `a@${'d.'.repeat(130)}example`,
  ];
  for (const address of bad) assert.equal(isMailAddress(address), false, address);
});

test('a line end in any header is refused, so that no header can be smuggled in', () => {
  const smuggled = 'x\r\nBcc: victim@example.com';
  const hostile: Partial<MailMessage>[] = [
    { subject: smuggled },
    { subject: 'x\nBcc: a' },
    { subject: 'x\rBcc: a' },
    { subject: 'x\u2028Bcc: a' },
    { from: { name: smuggled, address: 'a@b.example' } },
    { to: [{ name: smuggled, address: 'a@b.example' }] },
    { cc: [{ name: smuggled, address: 'a@b.example' }] },
    { replyTo: { name: smuggled, address: 'a@b.example' } },
    { to: [{ address: `a@b.example${smuggled}` }] },
    { messageId: `1@b.example>${smuggled}` },
    { follows: [`1@b.example>${smuggled}`] },
    { attachments: [{ name: smuggled, mediaType: 'application/pdf', content: new Uint8Array() }] },
    { attachments: [{ name: 'a.pdf', mediaType: `application/pdf${smuggled}`, content: new Uint8Array() }] },
  ];
  for (const part of hostile) {
    assert.throws(
      () => checkMail({ ...message, ...part }),
      { code: 'mail_header_not_clean' },
      JSON.stringify(part),
    );
  }
  checkMail(message);
});

test('a message needs readers, not too many, with addresses that can be right', () => {
  assert.throws(() => checkMail({ ...message, to: [] }), { code: 'mail_without_recipient' });
  const crowd = Array.from({ length: RECIPIENTS_MAX }, (_, i) => ({ address: `r${i}@example.com` }));
  checkMail({ ...message, to: crowd });
  assert.throws(() => checkMail({ ...message, to: crowd, cc: message.to }), {
    code: 'mail_too_many_recipients',
  });
  assert.throws(() => checkMail({ ...message, to: [{ address: 'jana' }] }), {
    code: 'mail_address_not_valid',
    facts: { header: 'to', address: 'jana' },
  });
  assert.throws(() => checkMail({ ...message, envelopeSender: 'bounce' }), {
    code: 'mail_address_not_valid',
  });
});

test('attachments are counted together against the limit', () => {
  const half = {
    name: 'a.pdf',
    mediaType: 'application/pdf',
    content: new Uint8Array(ATTACHMENT_BYTES_MAX / 2),
  };
  checkMail({ ...message, attachments: [half, half] });
  const more = { ...half, content: new Uint8Array(1) };
  assert.throws(() => checkMail({ ...message, attachments: [half, half, more] }), { code: 'mail_too_large' });
});

test('the envelope sends bounces to their own address and names each reader once', () => {
  const twice = { ...message, cc: [{ address: 'jana@capek.example' }, { address: 'boss@capek.example' }] };
  assert.deepEqual(envelopeOf({ ...twice, envelopeSender: 'bounce+1@nordlicht.example' }), {
    from: 'bounce+1@nordlicht.example',
    to: ['jana@capek.example', 'boss@capek.example'],
  });
  assert.equal(envelopeOf(message).from, 'rechnung@nordlicht.example');
});
