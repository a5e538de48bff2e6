import assert from 'node:assert/strict';
import { test } from 'node:test';
import MailComposer from 'nodemailer/lib/mail-composer';
import { Chance } from '../../seed/chance.ts';
import { type MimePart, writeMime } from './write-mime.ts';

type Options = ConstructorParameters<typeof MailComposer>[0];

const FRAME: Options = {
  messageId: '<one@mail.example.com>',
  date: 'Tue, 24 Nov 2026 08:15:00 +0000',
  from: { name: 'Nordlicht Büro', address: 'rechnung@nordlicht.example' },
  to: [{ name: 'Jana Čapková', address: 'jana@capek.example' }],
  subject: 'Erinnerung: 3 offene Rechnungen – bitte prüfen, sie sind seit längerer Zeit fällig',
  headers: { 'Content-Language': 'de', 'Auto-Submitted': 'auto-generated' },
  baseBoundary: 'a1b2c3',
  newline: 'windows',
  disableFileAccess: true,
  disableUrlAccess: true,
};

/** The bytes the composer writes by itself, and ours. */
async function both(options: Options): Promise<readonly [string, string]> {
  const whole = { ...FRAME, ...options };
  const theirs = await new MailComposer(whole).compile().build();
  const ours = writeMime(new MailComposer(whole).compile() as unknown as MimePart);
  return [theirs.toString('latin1'), Buffer.from(ours).toString('latin1')];
}

const file = (contentType: string, content: Buffer) => ({
  filename: 'Rechnung Nr. 1.pdf',
  contentType,
  content,
});

test('a message has the bytes that its composer writes by itself', async () => {
  const cases: readonly Options[] = [
    { text: 'plain\n' },
    { text: 'no line end' },
    { text: 'ends in blanks  \n\n  ' },
    { text: 'a return\rby itself\r\nand\n\nothers\r' },
    { text: '' },
    { text: `${'long '.repeat(60)}\n.dot\n` },
    { text: 'Grüße aus Köln = 100 %\n', html: `<p class="x">${'ä'.repeat(200)}</p>\n` },
    { text: 'Ελληνικά και άλλα\n', html: `<p>${'Русский текст '.repeat(90)}</p>` },
    {
      text: 'words\n',
      attachments: [file('application/pdf', Buffer.from('%PDF-1.7 \u0000\r\n\n'.repeat(50)))],
    },
    { text: 'words\n', html: '<p>words</p>', attachments: [file('text/csv', Buffer.from('a;ü\r\n1;2\n'))] },
    {
      text: 'words\n',
      attachments: [file('message/rfc822', Buffer.from('Subject: x\n\n\u00e4\n', 'latin1'))],
    },
    { text: 'words\n', attachments: [file('application/octet-stream', Buffer.alloc(0))] },
    { text: 'words\n', attachments: [57, 58, 114].map((n) => file('image/png', Buffer.alloc(n, 7))) },
  ];
  for (const options of cases) {
    const [theirs, ours] = await both(options);
    assert.equal(ours, theirs, JSON.stringify(options).slice(0, 200));
  }
});

// A text that ends in a blank is told to end a moment later there, and may be folded at another place.
test('the same holds of texts made by chance', async () => {
  const chance = new Chance(20261130);
  const pieces = [
    'a',
    ' ',
    '\t',
    '\n',
    '\r\n',
    '\r',
    '=',
    '.',
    'ü',
    '😀',
    'word ',
    '-'.repeat(30),
    'Zeile\n',
    '&euro;',
  ];
  const aText = () =>
    `${Array.from({ length: chance.whole(0, 300) }, () => pieces[chance.whole(0, pieces.length - 1)]).join('')}\n`;
  for (let n = 0; n < 300; n += 1) {
    const [theirs, ours] = await both({ text: aText(), ...(n % 2 ? { html: aText() } : {}) });
    assert.equal(ours, theirs, `text ${n}`);
  }
});
