import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import { TEST_SECRET } from '../../test/support/ask.ts';
import { aCompany } from '../../test/support/builders.ts';
import { testDatabaseUrl } from '../../test/support/database.ts';
import { type ImapServer, startImapServer } from '../../test/support/imap-server.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { openMailAccount } from './change-accounts.ts';
import { sealPassword } from './keep-password.ts';

const servers: ImapServer[] = [];
after(() => Promise.all(servers.map((server) => server.close())));

const mailOf = (subject: string, more = '') =>
  `From: Jana <jana@buyer.example>\r\nSubject: ${subject}\r\nMessage-ID: <${subject}@buyer.example>\r\n${more}\r\n${subject}\r\n`;

/** An account with mails, and workers that die of automatic replies. */
async function setting() {
  const tenant = await newTenant({ on: '2026-03-02' });
  const { tenantId, pool } = tenant;
  const server = await startImapServer();
  servers.push(server);
  const { accountId } = await tenant.act('owner', openMailAccount, {
    companyId: await aCompany(tenant),
    brings: 'inbox',
    host: '127.0.0.1',
    port: server.port,
    security: 'none',
    user: 'ar',
    sealedPassword: Buffer.from(sealPassword(TEST_SECRET, tenantId, 'secret')).toString('base64'),
    folder: 'INBOX',
    readFrom: parseDate('2026-03-01'),
    afterwards: 'leave',
    moveTo: null,
  });
  const dataDir = mkdtempSync(join(tmpdir(), 'quittance-mail-'));
  const url = await testDatabaseUrl();
  const rows = <Row>(query: ReturnType<typeof sql<Row>>) => inTenant(pool, tenantId, (tx) => tx.run(query));
  /** A worker reads, and ends or dies; another may think it dead then. */
  const read = async () => {
    const child = fork(
      new URL('../../test/support/dying-reader.ts', import.meta.url),
      [url, tenantId, accountId, dataDir],
      { env: { ...process.env, QUITTANCE_SECRET: TEST_SECRET, QUITTANCE_IMAP_OWN_NETWORKS: '1' } },
    );
    const [, signal] = await once(child, 'exit');
    await inTenant(pool, tenantId, async (tx) =>
      tx.write(sql`update mail_account set in_hand_until = now() - interval '1 second'
        where tenant_id = ${tenantId} and in_hand_until is not null`),
    );
    return signal === null ? 'ended' : 'died';
  };
  const taken = async () =>
    (
      await rows(sql<{ subject: string }>`select subject from inbound_mail where tenant_id = ${tenantId}
      order by received_at, id`)
    ).map(({ subject }) => subject);
  const putAside = async () =>
    (
      await rows(sql<{ subject: string; reason: string }>`select subject, reason from mail_account_skip
      where tenant_id = ${tenantId}`)
    ).map(({ subject, reason }) => `${subject} ${reason}`);
  const failedTries = async () =>
    (
      await rows(sql<{ n: number }>`select failed_tries as n from mail_account where tenant_id = ${tenantId}`)
    )[0]?.n;
  return { server, read, taken, putAside, failedTries };
}

test('a mail that workers die of is put aside, and those after it are read', async () => {
  const { server, read, taken, putAside, failedTries } = await setting();
  for (const name of ['a', 'b']) server.put(mailOf(name));
  server.put(mailOf('killer', 'Auto-Submitted: auto-replied\r\n'));
  for (const name of ['c', 'd']) server.put(mailOf(name));
  const ends: string[] = [];
  while (ends.length < 8 && ends.at(-1) !== 'ended') ends.push(await read());
  assert.deepEqual(ends, ['died', 'died', 'died', 'died', 'ended']);
  assert.deepEqual(await taken(), ['a', 'b', 'c', 'd']);
  assert.deepEqual(await putAside(), ['killer not_kept']);
  server.put(mailOf('e'));
  assert.equal(await read(), 'ended');
  assert.deepEqual(await taken(), ['a', 'b', 'c', 'd', 'e']);
  assert.equal(await failedTries(), 0);
});
