import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMailParts } from './read-mail-parts.ts';

test('what the database cannot keep is left out of the words of a mail, so that no mail stands in the way of those after it', async () => {
  const raw = [
    'From: a@buyer.example',
    'Subject: =?utf-8?B?SGkAIHRoZXJl?=',
    'Message-ID: <one@buyer.example>',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from('paid\0today').toString('base64'),
  ].join('\r\n');
  const { subject, text, from, identifier } = await readMailParts(Buffer.from(raw));
  assert.deepEqual(
    [subject, text.trim(), from, identifier],
    ['Hi there', 'paidtoday', 'a@buyer.example', 'one@buyer.example'],
  );
});
