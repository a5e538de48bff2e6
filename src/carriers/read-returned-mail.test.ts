import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Refusal } from '#kernel/refusal.ts';
import { readReturnedMail } from './read-returned-mail.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text.replaceAll('\n', '\r\n'));

/** A delivery report about one reader. */
function aReport(given: { fields: string; returned?: string; to?: string }): Uint8Array {
  return bytes(`From: Mail Delivery System <MAILER-DAEMON@mx.example>
To: ${given.to ?? 'bounce@nordlicht.example'}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

${given.fields}

--b
Content-Type: message/rfc822

${given.returned ?? 'Message-ID: <abc@nordlicht.example>\nSubject: Invoice'}

Text.
--b--
`);
}

test('a report names reader, status and severity, and the message that was returned', async () => {
  const mail = await readReturnedMail(
    aReport({
      fields:
        'Final-Recipient: rfc822; Anna@Capek.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1\n User unknown',
    }),
  );
  assert.equal(mail.kind, 'report');
  assert.deepEqual(mail.recipients, [
    {
      address: 'anna@capek.example',
      originalAddress: undefined,
      action: 'failed',
      status: '5.1.1',
      diagnostic: '550 5.1.1 User unknown',
      severity: 'hard',
    },
  ]);
  assert.deepEqual(mail.identifiers, ['abc@nordlicht.example']);
});

test('one report can be about several readers, each with its own fate', async () => {
  const mail = await readReturnedMail(
    aReport({
      fields: `Final-Recipient: rfc822; a@x.example
Action: delivered
Status: 2.0.0

Final-Recipient: rfc822; b@x.example
Original-Recipient: rfc822; old@x.example
Action: delayed
Status: 4.4.1

Final-Recipient: rfc822; c@x.example
Action: failed
Status: 5.2.2`,
    }),
  );
  assert.deepEqual(
    mail.recipients.map((r) => [r.address, r.originalAddress, r.action, r.severity]),
    [
      ['a@x.example', undefined, 'delivered', 'soft'],
      ['b@x.example', 'old@x.example', 'delayed', 'soft'],
      ['c@x.example', undefined, 'failed', 'soft'],
    ],
  );
});

test('the return address is found in the returned headers, wherever the bounce itself went', async () => {
  const mail = await readReturnedMail(
    aReport({
      fields: 'Final-Recipient: rfc822; a@x.example\nAction: failed\nStatus: 5.1.1',
      returned: 'Return-Path: <bounce+abc@nordlicht.example>\nMessage-ID: <a@b.example>',
      to: 'postmaster@nordlicht.example',
    }),
  );
  assert.ok(mail.addresses.includes('bounce+abc@nordlicht.example'), mail.addresses.join());
});

test('a receipt says that it was displayed only where it says so', async () => {
  const receipt = (disposition: string) =>
    bytes(`From: anna@capek.example
To: rechnung@nordlicht.example
Subject: Read: Invoice
MIME-Version: 1.0
Content-Type: multipart/report; report-type=disposition-notification; boundary="b"

--b
Content-Type: text/plain

Read.
--b
Content-Type: message/disposition-notification

Final-Recipient: rfc822; anna@capek.example
Original-Message-ID: <abc@nordlicht.example>
Disposition: ${disposition}
--b--
`);
  const shown = await readReturnedMail(receipt('manual-action/MDN-sent-manually; displayed'));
  assert.equal(shown.kind, 'displayed');
  assert.deepEqual(
    [shown.identifiers, shown.recipients[0]?.address],
    [['abc@nordlicht.example'], 'anna@capek.example'],
  );
  assert.equal(
    (await readReturnedMail(receipt('automatic-action/MDN-sent-automatically; deleted'))).kind,
    'auto_reply',
  );
});

test('a complaint names who complained and the message complained of', async () => {
  const mail = await readReturnedMail(
    bytes(`From: feedback@provider.example
To: bounce@nordlicht.example
Subject: complaint
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: text/plain

This is an abuse report.
--b
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Provider/1.0
Version: 1
Original-Rcpt-To: <anna@provider.example>
--b
Content-Type: message/rfc822

From: rechnung@nordlicht.example
Message-ID: <abc@nordlicht.example>

Hello
--b--
`),
  );
  assert.equal(mail.kind, 'complaint');
  assert.deepEqual(
    mail.recipients.map((r) => r.address),
    ['anna@provider.example'],
  );
  assert.deepEqual(mail.identifiers, ['abc@nordlicht.example']);
});

test('an answer of a person is mail, whatever its subject quotes', async () => {
  const mail = await readReturnedMail(
    bytes(`From: Anna <anna@capek.example>
To: rechnung@nordlicht.example
In-Reply-To: <abc@nordlicht.example>
Subject: Re: Invoice RE-1: payment failed

Could you send it again? The transfer failed with 5.1.1 on the form.
`),
  );
  assert.deepEqual([mail.kind, mail.recipients, mail.identifiers], ['mail', [], ['abc@nordlicht.example']]);
});

test('our own address in a bounce of plain words is not the one that failed', async () => {
  const mail = await readReturnedMail(
    bytes(`From: MAILER-DAEMON@mx.example
To: bounce@nordlicht.example
Subject: Undeliverable: Invoice

Your message from bounce@nordlicht.example to anna@capek.example was rejected:
550 5.1.1 user unknown
`),
  );
  assert.deepEqual(
    mail.recipients.map((r) => [r.address, r.severity]),
    [['anna@capek.example', 'hard']],
  );
});

test('whatever bytes come in, they are read or refused, soon', async () => {
  const seed = aReport({ fields: 'Final-Recipient: rfc822; a@x.example\nAction: failed\nStatus: 5.1.1' });
  const changes = fc.array(fc.tuple(fc.nat(seed.length - 1), fc.nat(255)), { maxLength: 60 });
  const mangled = changes.map((list) => {
    const copy = Uint8Array.from(seed);
    for (const [at, byte] of list) copy[at] = byte;
    return copy;
  });
  const cut = fc.nat(seed.length).map((end) => seed.subarray(0, end));
  await fc.assert(
    fc.asyncProperty(fc.oneof(mangled, cut, fc.uint8Array({ maxLength: 2_000 })), async (raw) => {
      const start = performance.now();
      const mail = await readReturnedMail(raw).catch((error: unknown) => {
        assert.ok(error instanceof Refusal, String(error));
        return undefined;
      });
      assert.ok(performance.now() - start < 2_000);
      for (const recipient of mail?.recipients ?? []) assert.match(recipient.address, /^[^\s@]+@[^\s@]+$/);
    }),
    { numRuns: 400 },
  );
});

test('text made to keep patterns busy is read in no time', async () => {
  const head = 'From: MAILER-DAEMON@mx.example\nTo: b@n.example\nSubject: failure notice\n\n';
  for (const filler of [
    'a@',
    '5.',
    '<',
    'user is ',
    '-- ',
    'a.a.a.',
    '1.1.',
    'mailbox ',
    ' \n\t',
    'Message-ID:\n ',
  ]) {
    const start = performance.now();
    await readReturnedMail(bytes(head + filler.repeat(100_000)));
    const took = performance.now() - start;
    assert.ok(took < 2_000, `${JSON.stringify(filler)} took ${Math.round(took)} ms`);
  }
});
