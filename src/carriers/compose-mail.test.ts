import assert from 'node:assert/strict';
import { test } from 'node:test';
import PostalMime from 'postal-mime';
import { composeMime, inAscii, mailDate } from './compose-mail.ts';
import type { MailMessage } from './mail-message.ts';

const pdf = Uint8Array.from({ length: 70_000 }, (_, i) => (i * 7 + (i >> 8)) & 0xff);

const message: MailMessage = {
  messageId: '019a0000-0000-7000-8000-000000000001@mail.example.com',
  writtenAt: Temporal.Instant.from('2026-11-24T08:05:09.5Z'),
  from: { name: 'Čapek & Söhne, "Brno"', address: 'faktura@capek.example' },
  to: [{ name: '株式会社テスト', address: 'keiri@test.example' }, { address: 'second@test.example' }],
  cc: [{ name: 'Jürgen Müller', address: 'jm@müller.example' }],
  replyTo: { name: 'Řehoř', address: 'rehor@capek.example' },
  follows: ['first@mail.example.com', 'last@mail.example.com'],
  subject:
    'Faktura č. 2026-00012 je splatná – žluťoučký kůň úpěl ďábelské ódy ' +
    'a ještě mnohem déle než jeden řádek',
  text: 'Dobrý den,\n\n.tečka na začátku řádku\nFrom here on\n€ 1 234,50\n',
  html: '<p>Dobrý den &amp; <b>děkujeme</b></p>',
  attachments: [
    { name: 'Rechnung Nr. 12 – Größe.pdf', mediaType: 'application/pdf', content: pdf },
    { name: 'invoice.xml', mediaType: 'application/xml', content: new TextEncoder().encode('<a>ž</a>') },
  ],
  language: 'cs',
  automatic: true,
};

test('a composed message parses back to what went in, with every letter and every byte', async () => {
  const parsed = await PostalMime.parse(composeMime(message));
  assert.deepEqual([parsed.from?.name, parsed.from?.address], [message.from.name, message.from.address]);
  assert.deepEqual(
    parsed.to?.map(({ name, address }) => [name, address]),
    [
      ['株式会社テスト', 'keiri@test.example'],
      ['', 'second@test.example'],
    ],
  );
  assert.deepEqual(
    [parsed.cc?.[0]?.name, parsed.cc?.[0]?.address],
    ['Jürgen Müller', 'jm@xn--mller-kva.example'],
  );
  assert.equal(parsed.replyTo?.[0]?.name, 'Řehoř');
  assert.equal(parsed.subject, message.subject);
  assert.equal(parsed.messageId, `<${message.messageId}>`);
  assert.equal(parsed.inReplyTo, '<last@mail.example.com>');
  assert.equal(parsed.references, '<first@mail.example.com> <last@mail.example.com>');
  assert.equal(parsed.text?.replaceAll('\r\n', '\n').trimEnd(), message.text.trimEnd());
  assert.equal(parsed.html?.trim(), inAscii(message.html ?? ''));
  const [first, second] = parsed.attachments;
  assert.deepEqual([first?.filename, first?.mimeType], ['Rechnung Nr. 12 – Größe.pdf', 'application/pdf']);
  assert.deepEqual(new Uint8Array(first?.content as ArrayBuffer), pdf);
  assert.deepEqual([second?.filename, second?.mimeType], ['invoice.xml', 'application/xml']);
});

/** What a reader sees: characters that are written by their number as themselves. */
function read(html: string): string {
  return html.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

test('HTML is written in ASCII and says the same, but for what stands in a style sheet', () => {
  const html =
    '<title>Größe Kk 😀</title><style>.a{font-family:"微软"}</style><p title="ž">株式会社 &amp; K</p>';
  const ascii = inAscii(html);
  assert.equal(read(ascii), html);
  assert.deepEqual(ascii.match(/\P{ASCII}+/gu), ['微软']);
  assert.equal(inAscii('<p>Kk plain</p>'), '<p>Kk plain</p>');
});

test('HTML goes as it is, unless a line is longer than servers take or it has what no server need take', () => {
  const encodingOf = (html: string) => {
    const raw = Buffer.from(composeMime({ ...message, html, attachments: [] })).toString('latin1');
    return /text\/html; charset=utf-8\r\nContent-Transfer-Encoding: (\S+)/.exec(raw)?.[1];
  };
  const line = (characters: number) => `<p>\n${'x'.repeat(characters)}\n</p>`;
  assert.equal(encodingOf(line(998)), '7bit');
  assert.equal(encodingOf('<p>ü</p>'), '7bit');
  for (const html of [line(999), 'x'.repeat(999), '<style>.ü{}</style>'])
    assert.notEqual(encodingOf(html), '7bit', html.slice(0, 30));
});

test('the same message gives the same bytes, another message others', async () => {
  const once = Buffer.from(composeMime(message));
  assert.ok(once.equals(composeMime(message)));
  assert.ok(!once.equals(composeMime({ ...message, messageId: 'other@mail.example.com' })));
});

test('lines end as the wire wants them, stay under its limit, and carry no byte beyond ASCII', async () => {
  const raw = Buffer.from(composeMime(message)).toString('latin1');
  assert.ok(raw.endsWith('\r\n'));
  assert.equal(raw.replaceAll('\r\n', '').search(/[\r\n]/), -1);
  assert.ok(raw.split('\r\n').every((line) => line.length <= 998));
  assert.equal(
    [...raw].find((character) => character > '\u007f'),
    undefined,
  );
});

test('automatic messages say so, and each names its language', async () => {
  const raw = Buffer.from(composeMime(message)).toString('latin1');
  assert.match(raw, /^Auto-Submitted: auto-generated\r$/m);
  assert.match(raw, /^Content-Language: cs\r$/m);
  assert.match(raw, /^Date: Tue, 24 Nov 2026 08:05:09 \+0000\r$/m);
  const byHand = Buffer.from(composeMime({ ...message, automatic: false })).toString('latin1');
  assert.doesNotMatch(byHand, /^Auto-Submitted/m);
});

test('dates are written as mail wants them, whatever the time zone of the machine', () => {
  assert.equal(
    mailDate(Temporal.Instant.from('2026-01-04T23:59:59+02:00')),
    'Sun, 04 Jan 2026 21:59:59 +0000',
  );
});

test('a text that names a file or an address of the network is text, and nothing is read', async () => {
  const parsed = await PostalMime.parse(
    composeMime({ ...message, html: undefined, text: 'file:///etc/passwd', attachments: [] }),
  );
  assert.equal(parsed.text?.trim(), 'file:///etc/passwd');
  assert.equal(parsed.html, undefined);
});

test('a message that is not clean is not composed', async () => {
  assert.throws(() => composeMime({ ...message, subject: 'a\r\nBcc: b@c.example' }), {
    code: 'mail_header_not_clean',
  });
});
