import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { isOwnNetwork } from '#carriers/find-host.ts';
import { withImapFolder } from '#carriers/read-imap.ts';
import type { Door } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { keepServerSecret } from '#identity/make-secret.ts';
import { INBOUND_MAIL_BYTES_MAX } from '#kernel/limits.ts';
import { serveTo, TEST_SECRET } from '../../test/support/ask.ts';
import { aCompany } from '../../test/support/builders.ts';
import { TEST_CERTIFICATE } from '../../test/support/certificate.ts';
import { type ImapServer, type ImapServerOptions, startImapServer } from '../../test/support/imap-server.ts';
import { toolsOf } from '../../test/support/mail.ts';
import { newTenant } from '../../test/support/tenant.ts';
import * as contract from './contract-accounts.ts';
import { mailboxesJobs, READ_ACCOUNTS_QUEUE } from './jobs.ts';
import { openPassword, sealPassword } from './keep-password.ts';
import { goOnFrom, KEEP_TRIES_MAX } from './mail-account.ts';
import { routes } from './routes.ts';

before(() => {
  // The mail servers of these tests stand on this machine.
  process.env.QUITTANCE_IMAP_OWN_NETWORKS = '1';
});

const servers: ImapServer[] = [];
after(async () => {
  delete process.env.QUITTANCE_IMAP_OWN_NETWORKS;
  delete process.env.QUITTANCE_SECRET;
  await Promise.all(servers.map((server) => server.close()));
});

const mailOf = (subject: string, more = '', id = subject) =>
  `From: Jana <jana@buyer.example>\r\nTo: ar@seller.example\r\nSubject: ${subject}\r\nMessage-ID: <${id}@buyer.example>\r\n\r\n${subject}${more}\r\n`;

/** A company, a mail server of its own, and a worker whose server secret is that of the routes. */
async function setting(
  options: ImapServerOptions = {},
  worker: { readonly react?: Door['react']; error?(seen: object): void } = {},
) {
  const tenant = await newTenant({ on: '2026-03-02', ...(worker.react ? { react: worker.react } : {}) });
  const companyId = await aCompany(tenant);
  const server = await startImapServer(options);
  servers.push(server);
  const ask = await serveTo(tenant, routes);
  const dataDir = mkdtempSync(join(tmpdir(), 'quittance-mail-'));
  await keepServerSecret(dataDir, undefined);
  process.env.QUITTANCE_SECRET = TEST_SECRET;
  const tools = toolsOf(tenant);
  const jobs = mailboxesJobs({
    ...tools,
    dataDir,
    log: worker.error ? { ...tools.log, error: worker.error } : tools.log,
  });
  const place = {
    companyId: companyId as string,
    brings: 'inbox' as 'inbox' | 'remittances',
    host: '127.0.0.1',
    port: server.port,
    security: 'none' as 'none' | 'tls' | 'starttls',
    user: 'ar',
    password: 'secret',
  };
  const open = (more: object = {}) =>
    ask('owner', contract.openMailAccount, { body: { ...place, ...more } as never });
  /** The clock comes round: all mailboxes are read. */
  const round = async () => {
    await jobs[READ_ACCOUNTS_QUEUE]?.({ tenantId: tenant.tenantId, payload: {}, jobId: 'x' });
    for (let more = true; more; ) {
      const waiting = tenant.jobs
        .splice(0)
        .filter(({ queue }) => jobs[queue] && queue !== READ_ACCOUNTS_QUEUE);
      const keys = new Map(waiting.map((job) => [job.key, job]));
      for (const { queue, payload } of keys.values())
        await jobs[queue]?.({ tenantId: tenant.tenantId, payload, jobId: 'x' });
      more = keys.size > 0;
    }
  };
  const subjects = async () =>
    (
      await inTenant(tenant.pool, tenant.tenantId, (tx) =>
        tx.run(sql<{ subject: string }>`select subject from inbound_mail
          where tenant_id = ${tx.tenantId} order by received_at, id`),
      )
    ).map(({ subject }) => subject);
  const account = async () => (await ask('controller', contract.listMailAccounts, {})).reply.rows[0];
  return { tenant, companyId, server, ask, jobs, place, open, round, subjects, account };
}

test('a mailbox is tried out and set up, its mails of the day on are taken once, and nothing changes there', async () => {
  const { server, open, round, subjects, account, ask, place, companyId } = await setting();
  server.put(mailOf('long ago'), 'INBOX', '2026-02-01');
  server.put(mailOf('first'));
  const looked = await ask('owner', contract.checkMailAccount, { body: place as never });
  assert.deepEqual(looked.reply, { mails: 2, folders: ['INBOX', 'Done'] });
  assert.equal((await open()).status, 200);
  await round();
  server.put(mailOf('second'));
  server.put(mailOf('third'));
  await round();
  await round();
  assert.deepEqual(await subjects(), ['first', 'second', 'third']);
  assert.ok(server.list().every(({ seen }) => !seen));
  const changing = /^(SELECT|UID STORE|UID MOVE|EXPUNGE|CLOSE|UID COPY|APPEND)/;
  assert.deepEqual(
    server.asked.filter((line) => changing.test(line)),
    [],
  );
  const shown = await account();
  assert.deepEqual([shown?.mailsTaken, shown?.trouble, shown?.companyId], [3, null, companyId]);
  assert.ok(!JSON.stringify(shown).includes('secret'), 'a password is never given out');
  assert.equal((await open()).code, 'mail_account_open');
});

test('a connection that breaks in the middle of a mail loses none and takes none twice', async () => {
  const { server, open, round, subjects, account, tenant } = await setting();
  for (const name of ['a', 'b', 'c', 'd']) server.put(mailOf(name, 'x'.repeat(5_000)));
  await open();
  server.behave({ hangUpInMail: 3 });
  await round();
  assert.deepEqual(await subjects(), ['a', 'b']);
  assert.equal((await account())?.trouble?.code, 'lost');
  server.behave({});
  await round();
  assert.deepEqual(await subjects(), ['a', 'b', 'c', 'd']);
  assert.equal((await account())?.trouble, null);
  const told = (await tenant.events())
    .map(({ type }) => type)
    .filter((type) => /troubled|works_again/.test(type));
  assert.deepEqual(told, ['mail_account.troubled', 'mail_account.works_again']);
});

test('where how far it got was not saved, what is read again is known by its bytes', async () => {
  const { server, open, round, subjects, tenant } = await setting();
  for (const name of ['a', 'b']) server.put(mailOf(name));
  await open();
  await round();
  await inTenant(tenant.pool, tenant.tenantId, async (tx) =>
    tx.write(sql`update mail_account set last_uid = 0, uid_validity = null where tenant_id = ${tx.tenantId}`),
  );
  server.put(mailOf('c'));
  await round();
  assert.deepEqual(await subjects(), ['a', 'b', 'c']);
});

test('a folder whose numbers have a new meaning is read again from its first day, and each mail is there once', async () => {
  const { server, open, round, subjects } = await setting();
  for (const name of ['a', 'b', 'c']) server.put(mailOf(name));
  await open();
  await round();
  server.renumber();
  server.put(mailOf('d'));
  await round();
  assert.deepEqual(await subjects(), ['a', 'b', 'c', 'd']);
});

test('a folder that was moved to another server brings nothing in that was written before its first day', async () => {
  const { server, open, round, subjects } = await setting();
  const dated = (subject: string, date: string) => `Date: ${date}\r\n${mailOf(subject)}`;
  server.put(dated('old', 'Thu, 01 Jan 2026 10:00:00 +0000'), 'INBOX', '2026-01-01');
  server.put(dated('taken', 'Mon, 02 Mar 2026 10:00:00 +0000'));
  await open();
  await round();
  assert.deepEqual(await subjects(), ['taken']);
  // Copied by a program, all of them came in on the day of the move by the clock of the server.
  server.renumber({ arrivedOn: '2026-03-03' });
  server.put(dated('late', 'Sun, 01 Mar 2026 23:30:00 -0500'), 'INBOX', '2026-03-03');
  server.put(mailOf('without a day'), 'INBOX', '2026-03-03');
  await round();
  assert.deepEqual(await subjects(), ['taken', 'late', 'without a day']);
});

test('a mail we fail to keep is put aside after a few tries with its sender and subject, and those after it are read', async () => {
  const told: unknown[] = [];
  let failing = 2;
  let asked: readonly string[] = [];
  const { server, open, round, subjects, account } = await setting(
    {},
    {
      react: (event) => {
        const last = asked.findLast((line) => line.startsWith('UID FETCH'));
        if (event.type === 'inbound_mail.kept' && last?.startsWith(`UID FETCH ${failing} `))
          throw new Error('the disk is full');
        return [];
      },
      error: (seen) => told.push(seen),
    },
  );
  asked = server.asked;
  for (const name of ['a', 'poison', 'c']) server.put(mailOf(name));
  await open();
  for (let tries = 1; tries < KEEP_TRIES_MAX; tries += 1) {
    await assert.rejects(round(), /disk is full/);
    assert.deepEqual([(await account())?.trouble?.code, (await account())?.skips], ['not_kept', []]);
  }
  await round();
  assert.deepEqual(await subjects(), ['a', 'c']);
  const shown = await account();
  assert.deepEqual(
    [shown?.trouble, shown?.skips.map(({ reason, sender, subject }) => [reason, sender, subject])],
    [null, [['not_kept', 'jana@buyer.example', 'poison']]],
  );
  assert.equal(told.length, 1, 'why is in the log');
  // The next one that fails gets all its tries.
  failing = server.put(mailOf('d'));
  await assert.rejects(round(), /disk is full/);
  failing = 0;
  await round();
  assert.deepEqual(await subjects(), ['a', 'c', 'd']);
});

test('a mail that is too large is noted for a person, one that is hardly a mail is taken all the same, and the next is read', async () => {
  const { server, open, round, subjects, account } = await setting();
  server.put(mailOf('huge', 'x'.repeat(INBOUND_MAIL_BYTES_MAX)));
  server.put(
    'From: <x@y.example>\r\nSubject: =?utf-8?B?4pyT?=\r\nContent-Type: multipart/mixed; boundary=\r\n\r\n--\r\n',
  );
  server.put(`From: broken\r\nSubject: zero ${'\0'}\r\n\r\n\0\xff\xfe`);
  server.put(mailOf('last'));
  await open();
  await round();
  assert.deepEqual([(await subjects()).length, (await subjects()).at(-1)], [3, 'last']);
  const [skip, ...others] = (await account())?.skips ?? [];
  assert.deepEqual(others, []);
  assert.deepEqual(
    [skip?.reason, skip?.sender, skip?.subject],
    ['mail_file_too_large', 'jana@buyer.example', 'huge'],
  );
  await round();
  assert.equal((await account())?.skips.length, 1);
});

test('a mail is marked or moved only where that is set, after it is kept', async () => {
  const { server, open, round, subjects } = await setting();
  server.put(mailOf('marked'));
  await open({ afterwards: 'mark_seen' });
  await round();
  assert.deepEqual(server.list(), [{ uid: 1, seen: true }]);
  assert.deepEqual(await subjects(), ['marked']);

  const moving = await setting({ folders: ['INBOX', 'Taken'] });
  moving.server.put(mailOf('moved'));
  assert.equal((await moving.open({ afterwards: 'move' })).code, 'mail_folder_missing');
  assert.equal((await moving.open({ afterwards: 'move', moveTo: 'Nowhere' })).code, 'mail_folder_not_found');
  await moving.open({ afterwards: 'move', moveTo: 'Taken' });
  await moving.round();
  assert.deepEqual(moving.server.list(), []);
  assert.equal(moving.server.list('Taken').length, 1);
  assert.deepEqual(await moving.subjects(), ['moved']);
});

test('a server that cannot move mails is never made to copy and delete', async () => {
  const { server, open, round, subjects, account } = await setting({ moves: false });
  server.put(mailOf('stays'));
  await open({ afterwards: 'move', moveTo: 'Done' });
  await round();
  assert.deepEqual(await subjects(), ['stays']);
  assert.equal(server.list().length, 1);
  assert.match((await account())?.trouble?.words ?? '', /cannot move/);
});

test('what cannot be read is not set up, and why is said', async () => {
  const { server, open, ask, place, account } = await setting();
  const cases: readonly (readonly [object, string])[] = [
    [{ password: 'wrong' }, 'mail_sign_in_refused'],
    [{ folder: 'Nowhere' }, 'mail_folder_not_found'],
    [{ host: 'imap.example.com', security: 'none' }, 'mail_not_encrypted'],
    [{ host: 'not a host' }, 'mail_host_not_valid'],
    [{ security: 'starttls' }, 'mail_no_encryption'],
    [{ port: 1 }, 'mail_not_reached'],
    [{ host: 'nobody.invalid', security: 'tls' }, 'mail_not_reached'],
  ];
  for (const [more, code] of cases) assert.deepEqual([more, (await open(more)).code], [more, code]);
  server.behave({ hangUpOnConnect: true });
  assert.equal((await open()).code, 'mail_not_reached');
  server.behave({});
  assert.equal(await account(), undefined);
  assert.equal((await ask('collector', contract.openMailAccount, { body: place as never })).status, 403);
  process.env.QUITTANCE_IMAP_OWN_NETWORKS = '';
  const before = server.connections();
  assert.equal((await open()).code, 'mail_host_not_allowed');
  assert.equal(server.connections(), before, 'it was not even connected to');
  process.env.QUITTANCE_IMAP_OWN_NETWORKS = '1';
});

test('a password that is wrong from some day on is told to a person, and another one reads on', async () => {
  const { server, open, round, subjects, account, ask } = await setting();
  const { accountId } = (await open()).reply;
  await ask('owner', contract.changeMailPassword, { params: { accountId }, body: { password: 'old' } });
  server.put(mailOf('waits'));
  await round();
  const since = (await account())?.trouble?.since;
  assert.equal((await account())?.trouble?.code, 'sign_in_refused');
  await round();
  assert.equal((await account())?.trouble?.since, since);
  await ask('owner', contract.changeMailPassword, { params: { accountId }, body: { password: 'secret' } });
  await round();
  assert.deepEqual([await subjects(), (await account())?.trouble], [['waits'], null]);
  await ask('owner', contract.closeMailAccount, { params: { accountId }, body: {} });
  server.put(mailOf('late'));
  await round();
  assert.deepEqual(await subjects(), ['waits']);
  const again = await ask('owner', contract.readMailAccountNow, { params: { accountId }, body: {} });
  assert.equal(again.code, 'mail_account_closed');
});

test('one worker reads an account at a time, and one that died is waited for some minutes only', async () => {
  const { tenant, server, open, round, subjects } = await setting();
  server.put(mailOf('a'));
  await open();
  const until = (text: string) =>
    inTenant(tenant.pool, tenant.tenantId, async (tx) =>
      tx.write(
        sql`update mail_account set in_hand_until = ${Temporal.Instant.from(text)} where tenant_id = ${tx.tenantId}`,
      ),
    );
  await until('2026-03-02T12:09:00Z');
  await round();
  assert.deepEqual(await subjects(), []);
  await until('2026-03-02T12:00:00Z');
  await round();
  assert.deepEqual(await subjects(), ['a']);
});

test('lists of what payments are for become remittances of the company', async () => {
  const { tenant, server, open, round } = await setting();
  server.put(
    'From: <pay@miller.example>\r\nSubject: Remittance\r\nMessage-ID: <r@miller.example>\r\nContent-Type: text/csv; name="list.csv"\r\nContent-Disposition: attachment; filename="list.csv"\r\n\r\nInvoice,Amount\r\nINV-1,10.00\r\n',
  );
  await open({ brings: 'remittances' });
  await round();
  await round();
  const mails = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<{ sender: string }>`select sender from remittance_mail where tenant_id = ${tx.tenantId}`),
  );
  assert.deepEqual(mails, [{ sender: 'pay@miller.example' }]);
});

test('over TLS only a certificate that is believed is spoken to, from the first byte or by STARTTLS', async () => {
  for (const security of ['tls', 'starttls'] as const) {
    const { server } = await setting({ tls: security });
    const place = {
      host: 'localhost',
      port: server.port,
      security,
      user: 'ar',
      password: 'secret',
      folder: 'INBOX',
    };
    const look = (authorities?: string) =>
      withImapFolder(
        place,
        { ownNetworks: true, changes: false, secondsMax: 30, authorities },
        async ({ mails }) => mails,
      );
    const unknown = await look();
    assert.equal(unknown.kind === 'trouble' ? unknown.trouble.code : '', 'not_trusted', security);
    assert.ok(!server.asked.includes('LOGIN'), 'no password was sent');
    assert.deepEqual(await look(TEST_CERTIFICATE), { kind: 'done', value: 0 });
  }
});

test('a mail server that never comes to an end is left when the time is over, wherever it is asked something', async () => {
  const { server } = await setting();
  server.put(mailOf('a'));
  const place = {
    host: '127.0.0.1',
    port: server.port,
    security: 'none' as const,
    user: 'ar',
    password: 'secret',
  };
  for (const tricklesAt of ['CAPABILITY', 'LOGIN', 'EXAMINE', 'UID SEARCH', 'UID FETCH', 'LOGOUT']) {
    server.behave({ tricklesAt });
    const began = performance.now();
    const done = await withImapFolder(
      { ...place, folder: 'INBOX' },
      { ownNetworks: true, changes: false, secondsMax: 0.4 },
      async (folder) => {
        await folder.listAfter(0);
        return folder.look(1);
      },
    );
    const isDone = tricklesAt === 'LOGOUT';
    const words = done.kind === 'trouble' ? done.trouble.words : '';
    assert.deepEqual(
      [done.kind, words],
      isDone ? ['done', ''] : ['trouble', 'not done within 0.4 seconds'],
      tricklesAt,
    );
    assert.ok(performance.now() - began < 3_000, tricklesAt);
  }
});

test('a search that is refused is trouble and not an empty folder', async () => {
  const { server, open, round, account } = await setting();
  await open();
  server.behave({ refusesSearch: 'not now' });
  await round();
  assert.equal((await account())?.trouble?.code, 'lost');
});

test('a sealed password opens with its secret in its tenant, and nowhere else', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.uuid(), fc.uuid(), (given, tenant, other) => {
      fc.pre(tenant !== other);
      const password = given.toWellFormed();
      const sealed = sealPassword('s'.repeat(40), tenant, password);
      assert.equal(openPassword('s'.repeat(40), tenant, sealed), password);
      assert.deepEqual(sealPassword('s'.repeat(40), tenant, password), sealed);
      assert.equal(openPassword('s'.repeat(40), other, sealed), undefined);
      assert.equal(openPassword('t'.repeat(40), tenant, sealed), undefined);
      assert.equal(openPassword('s'.repeat(40), tenant, sealed.subarray(1)), undefined);
    }),
    { numRuns: 50 },
  );
});

test('reading goes on after the last mail, and from the first day where numbers mean other mails', () => {
  assert.deepEqual(goOnFrom({ validity: 7n, lastUid: 12 }, 7n), { validity: 7n, lastUid: 12 });
  assert.deepEqual(goOnFrom({ validity: 7n, lastUid: 12 }, 8n), { validity: 8n, lastUid: 0 });
  assert.deepEqual(goOnFrom({ validity: null, lastUid: 0 }, 8n), { validity: 8n, lastUid: 0 });
});

test('networks of one’s own are told from the internet, also where one address hides in another', () => {
  for (const own of [
    '127.0.0.1',
    '10.1.2.3',
    '192.168.0.9',
    '169.254.169.254',
    '::1',
    'fd00::1',
    '::ffff:10.0.0.1',
    '::ffff:a00:1',
    '::10.0.0.1',
    '64:ff9b::10.0.0.1',
    '64:ff9b::a9fe:a9fe',
    '2002:7f00:1::',
    'fec0::1',
  ])
    assert.ok(isOwnNetwork(own), own);
  for (const other of ['93.184.216.34', '2606:2800:220:1::1', '172.32.0.1', '64:ff9b::5db8:d822'])
    assert.ok(!isOwnNetwork(other), other);
  assert.ok(isOwnNetwork('no address'), 'what is no address is not let through');
});
