// Bounces of real mail servers: each is read as the list beside them says. The samples are not part of the repository.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readReturnedMail } from './read-returned-mail.ts';

const SHARED = process.env.QUITTANCE_SHARED_DATA ?? join(import.meta.dirname, '../../../shared/data');
const FOLDER = join(SHARED, 'mail');
const isThere = existsSync(join(FOLDER, 'expect.json'));

type Sample = {
  readonly file: string;
  readonly expect: {
    readonly finalRecipient?: string;
    readonly action?: string;
    readonly status?: string;
    readonly hard?: boolean;
    readonly deliveryStatusPart?: boolean;
    readonly autoReply?: boolean;
  };
};

const samples: readonly Sample[] = isThere
  ? (JSON.parse(readFileSync(join(FOLDER, 'expect.json'), 'utf8')) as Sample[])
  : [];

/** What the samples say beyond the list, read by eye: who failed, and whether the address is dead. */
const BY_EYE: Readonly<Record<string, readonly [address: string, severity: string]>> = {
  'set-of-emails__rfc3464-03.eml': ['kijitora@example.com', 'policy'],
  'set-of-emails__rfc3464-08.eml': ['kijitora@example.net', 'policy'],
  'set-of-emails__lhost-postfix-30.eml': ['kijitora@example.br', 'hard'],
  'set-of-emails__lhost-amazonses-01.eml': ['shironeko@example.co.jp', 'hard'],
  'set-of-emails__lhost-exim-01.eml': ['kijitora@example.ed.jp', 'policy'],
  'set-of-emails__lhost-gmail-01.eml': ['userunknown@example.jp', 'hard'],
  'set-of-emails__lhost-qmail-01.eml': ['kijitora@example.ne.jp', 'hard'],
};

test('the samples are there', { skip: isThere ? false : `no samples in ${FOLDER}` }, () => {
  assert.ok(samples.length >= 9);
});

for (const { file, expect } of samples) {
  test(`${file} is read as it is meant`, async () => {
    const mail = await readReturnedMail(readFileSync(join(FOLDER, file)));
    const [recipient] = mail.recipients;
    if (expect.autoReply) {
      assert.deepEqual([mail.kind, mail.recipients], ['auto_reply', []]);
      return;
    }
    assert.equal(mail.kind, 'report');
    if (expect.deliveryStatusPart === false) assert.equal(mail.hasReportPart, false);
    if (expect.finalRecipient !== undefined) assert.equal(recipient?.address, expect.finalRecipient);
    if (expect.action !== undefined) assert.equal(recipient?.action, expect.action);
    if (expect.status !== undefined) assert.equal(recipient?.status, expect.status);
    if (expect.hard !== undefined) assert.equal(recipient?.severity === 'hard', expect.hard);
    const seen = BY_EYE[file];
    if (seen) assert.deepEqual([recipient?.address, recipient?.severity], seen);
  });
}
