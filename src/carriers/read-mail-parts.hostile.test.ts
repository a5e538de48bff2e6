import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { INBOUND_MAIL_BYTES_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readMailParts } from './read-mail-parts.ts';

const head = 'From: a@buyer.example\r\nSubject: S\r\nMessage-ID: <m@buyer.example>\r\n';
const usual = Buffer.from(`${head}\r\nwords\r\n`);

/** Reads a mail that means harm; whatever comes of it, the next one is read. */
async function survives(name: string, raw: Uint8Array): Promise<void> {
  const begun = performance.now();
  await readMailParts(raw).catch((error: unknown) => {
    assert.ok(error instanceof Refusal, `${name}: ${String(error)}`);
  });
  assert.ok(performance.now() - begun < 30_000, `${name} took ${performance.now() - begun} ms`);
  assert.equal((await readMailParts(usual)).text.trim(), 'words', `after ${name}`);
}

const nested = (depth: number) =>
  `${head}${Array.from({ length: depth }, (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`).join('')}\r\nx\r\n`;

const HOSTILE: Readonly<Record<string, () => string>> = {
  'parts within parts, ten thousand deep': () => nested(10_000),
  'mails within mails': () => `${head}${'Content-Type: message/rfc822\r\n\r\n'.repeat(20_000)}x`,
  'a hundred thousand parts': () =>
    `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(100_000)}--b--`,
  'a header of eight megabytes': () => `${head}X: ${'x'.repeat(8_000_000)}\r\n\r\nwords`,
  'a header folded a million times': () => `${head}X: ${'y\r\n '.repeat(1_000_000)}\r\n\r\nwords`,
  'a hundred thousand readers': () => `${head}To: ${'"a" <a@b.example>, '.repeat(100_000)}\r\n\r\nwords`,
  'open comments and quotes': () => `${head}To: ${'("'.repeat(200_000)}\r\n\r\nwords`,
  'encoded words without end': () => `${head}X-S: ${'=?utf-8?Q?=41?= '.repeat(200_000)}\r\n\r\nwords`,
  'an encoded subject of megabytes': () =>
    `From: a@b.example\r\nSubject: ${'=?utf-8?B?QUFB?= '.repeat(200_000)}\r\n\r\nwords`,
  'parameters without end': () =>
    `${head}Content-Type: text/plain; ${'a*0*=x; '.repeat(200_000)}\r\n\r\nwords`,
  'blanks without end': () => `${head}\r\n${' '.repeat(2_000_000)}x`,
  'angle brackets without end': () => `${head}Content-Type: text/html\r\n\r\n${'<'.repeat(2_000_000)}`,
  'tags without end': () => `${head}Content-Type: text/html\r\n\r\n${'<a '.repeat(1_000_000)}`,
  'a body of nearly the most': () =>
    `${head}Content-Transfer-Encoding: base64\r\n\r\n${`${'QUFB'.repeat(19)}\r\n`.repeat(300_000)}`,
  'soft line breaks without end': () =>
    `${head}Content-Transfer-Encoding: quoted-printable\r\n\r\n${'=\r\n'.repeat(2_000_000)}x`,
  'no line at all': () => 'x'.repeat(20_000_000),
};

for (const [name, make] of Object.entries(HOSTILE))
  test(`a mail that means harm stops nobody: ${name}`, () => survives(name, Buffer.from(make())));

test('a mail of a hundred megabytes is refused before it is looked at', async () => {
  await assert.rejects(readMailParts(new Uint8Array(100_000_000)), { code: 'mail_file_too_large' });
  await assert.rejects(readMailParts(new Uint8Array(INBOUND_MAIL_BYTES_MAX + 1)), {
    code: 'mail_file_too_large',
  });
});

test('a mail that takes too long is not readable, and those that wait behind it are read', async () => {
  const slow = readMailParts(Buffer.from(HOSTILE['a hundred thousand parts']?.() ?? ''), { msMax: 1 });
  const next = readMailParts(usual);
  await assert.rejects(slow, { code: 'mail_not_readable' });
  assert.equal((await next).text.trim(), 'words');
});

test('a mail that says it was written in a year nobody does business in has no day', async () => {
  for (const year of ['0000', '0001', '1601', '1899', '2200', '9999']) {
    const { text, writtenOn } = await readMailParts(
      Buffer.from(`${head}Date: Mon, 1 Jan ${year} 00:00:00 +0000\r\n\r\nwords\r\n`),
    );
    assert.deepEqual([text.trim(), writtenOn], ['words', undefined], year);
  }
  assert.equal((await readMailParts(usual)).text.trim(), 'words');
});

test('whatever bytes come, a mail is read or refused', async () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'Content-Type: multipart/mixed; boundary="b"\r\n',
      'Content-Type: message/rfc822\r\n',
      'Content-Transfer-Encoding: base64\r\n',
      'Content-Transfer-Encoding: quoted-printable\r\n',
      'Content-Disposition: attachment; filename*0="a',
      'Date: Tue, 99 Feb 2026 99:99:99 +9999\r\n',
      'Date: Mon, 1 Jan 0001 00:00:00 +0000\r\n',
      'Subject: =?utf-8?B?',
      '--b\r\n',
      '--b--\r\n',
      '\r\n\r\n',
      '\r\n',
      '\0',
      'From: <<a@b>@c>\r\n',
    ),
    fc.string({ unit: 'binary', maxLength: 40 }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(piece, { maxLength: 60 }),
      fc.uint8Array({ maxLength: 60 }),
      async (texts, bytes) => {
        const raw = Buffer.concat([Buffer.from(texts.join('')), bytes]);
        await readMailParts(raw).catch((error: unknown) =>
          assert.ok(error instanceof Refusal, String(error)),
        );
      },
    ),
    { numRuns: 300 },
  );
  assert.equal((await readMailParts(usual)).text.trim(), 'words');
});
