import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { refreshToken } from '#carriers/refresh-token.ts';
import { inTenant } from '#db/transaction.ts';
import { serveTo, TEST_SECRET } from '../../test/support/ask.ts';
import { aCompany } from '../../test/support/builders.ts';
import { type ImapServerOptions, startImapServer } from '../../test/support/imap-server.ts';
import { toolsOf } from '../../test/support/mail.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { startTokenServer } from '../../test/support/token-server.ts';
import { READ_ACCOUNT_QUEUE } from './change-accounts.ts';
import * as contract from './contract-accounts.ts';
import { pauseAfter } from './mail-account.ts';
import { receiveAccountMails } from './receive-account-mails.ts';
import { letGoOfAccount, takeAccountInHand } from './record-reading.ts';
import { routes } from './routes.ts';
import { openMailWatch } from './watch-accounts.ts';

before(() => {
  // The servers of these tests stand on this machine.
  process.env.QUITTANCE_IMAP_OWN_NETWORKS = '1';
  process.env.QUITTANCE_SECRET = TEST_SECRET;
});

const closers: (() => unknown)[] = [];
after(async () => {
  delete process.env.QUITTANCE_IMAP_OWN_NETWORKS;
  delete process.env.QUITTANCE_SECRET;
  for (const close of closers.toReversed()) await close();
});

const mailOf = (subject: string) =>
  `From: Jana <jana@buyer.example>\r\nSubject: ${subject}\r\nMessage-ID: <${subject}@buyer.example>\r\n\r\n${subject}\r\n`;

async function setting(options: ImapServerOptions = {}) {
  const tenant = await newTenant({ on: '2026-03-02' });
  const { tenantId, pool } = tenant;
  const server = await startImapServer(options);
  closers.push(() => server.close());
  const ask = await serveTo(tenant, routes);
  const dataDir = mkdtempSync(join(tmpdir(), 'quittance-mail-'));
  const tools = { ...toolsOf(tenant), dataDir };
  const place = {
    companyId: (await aCompany(tenant)) as string,
    brings: 'inbox' as const,
    host: '127.0.0.1',
    port: server.port,
    security: 'none' as const,
    user: 'ar',
  };
  const open = (more: object) =>
    ask('owner', contract.openMailAccount, { body: { ...place, ...more } as never });
  const account = async () => (await ask('controller', contract.listMailAccounts, {})).reply.rows[0];
  const read = async () => receiveAccountMails(tools, tenantId, (await account())?.accountId ?? '');
  const subjects = async () =>
    (
      await inTenant(pool, tenantId, (tx) =>
        tx.run(sql<{ subject: string }>`select subject from inbound_mail
          where tenant_id = ${tenantId} order by received_at, id`),
      )
    ).map(({ subject }) => subject);
  return { tenant, server, ask, tools, place, open, account, read, subjects };
}

/** Waits until something holds. */
async function until(what: string, holds: () => unknown): Promise<void> {
  for (let looks = 0; !(await holds()); looks += 1) {
    assert.ok(looks < 400, what);
    await sleep(25);
  }
}

test('a mailbox is signed in to by tokens: access is asked for each time, and the token that lasts is the last one given', async () => {
  const tokens = await startTokenServer();
  closers.push(() => tokens.close());
  const { server, ask, open, read, account, subjects } = await setting({ accessToken: tokens.accessToken });
  const oauth = {
    tokenUrl: tokens.url,
    clientId: 'quittance',
    refreshToken: tokens.refreshToken(),
    scope: 'imap',
  };
  assert.equal((await open({ oauth, password: 'both' })).code, 'mail_sign_in_missing');
  assert.equal((await open({})).code, 'mail_sign_in_missing');
  assert.equal((await open({ oauth })).status, 200);
  for (const name of ['a', 'b']) {
    server.put(mailOf(name));
    assert.equal((await read()).trouble, null);
  }
  assert.deepEqual(await subjects(), ['a', 'b']);
  assert.deepEqual(
    tokens.asked.map((form) => [form.get('grant_type'), form.get('refresh_token'), form.get('scope')]),
    [1, 2, 3].map((n) => ['refresh_token', `lasting-${n}`, 'imap']),
  );
  const shown = await account();
  assert.equal(shown?.signIn, 'oauth2');
  assert.doesNotMatch(JSON.stringify(shown), /lasting|access-/);

  tokens.breakDown(503);
  assert.equal((await read()).trouble?.code, 'token_no_answer');
  tokens.breakDown(undefined);
  assert.equal((await read()).trouble, null);
  tokens.revoke();
  assert.deepEqual((await read()).trouble, {
    code: 'token_refused',
    words: 'invalid_grant: The token was revoked.',
  });
  const params = { accountId: shown?.accountId ?? '' };
  const other = { oauth: { ...oauth, refreshToken: tokens.refreshToken() } };
  assert.equal((await ask('owner', contract.changeMailPassword, { params, body: other })).status, 200);
  assert.equal((await read()).trouble, null);
});

test('tokens are asked for over https, and of nobody in a private network, unless the operator allows it', async () => {
  const grant = { clientId: 'c', refreshToken: 'r' };
  const ask = (tokenUrl: string) => refreshToken({ ...grant, tokenUrl }, { ownNetworks: false });
  for (const url of [
    'http://login.example/token',
    'https://127.0.0.1/token',
    'https://[::1]/token',
    'file:///etc/passwd',
    'x',
  ])
    assert.equal((await ask(url)).kind, 'not_allowed', url);
});

test('what comes in is told at once where the mail server tells, by one worker alone', async () => {
  const { server, tools, open, tenant } = await setting({ idles: true });
  await open({ password: 'secret' });
  const [one, other] = [openMailWatch(tools), openMailWatch(tools)];
  closers.push(
    () => one.close(),
    () => other.close(),
  );
  await one.look(tenant.tenantId);
  await other.look(tenant.tenantId);
  await until('a worker waits', () => server.idling() === 1);
  await sleep(100);
  assert.equal(server.idling(), 1);
  tenant.jobs.length = 0;
  server.put(mailOf('news'));
  await until('a reading begins', () => tenant.jobs.some(({ queue }) => queue === READ_ACCOUNT_QUEUE));
  await one.close();
  await until('nobody waits', () => server.idling() === 0);
});

test('a token that is good once is asked for by one alone, who reads or who waits', async () => {
  const tokens = await startTokenServer();
  closers.push(() => tokens.close());
  const { server, tools, open, tenant, account } = await setting({
    idles: true,
    accessToken: tokens.accessToken,
  });
  await open({
    oauth: { tokenUrl: tokens.url, clientId: 'quittance', refreshToken: tokens.refreshToken() },
  });
  const asked = tokens.asked.length;
  const accountId = (await account())?.accountId ?? '';
  assert.ok((await tenant.act('owner', takeAccountInHand, { accountId })).isTaken);
  const watch = openMailWatch(tools);
  closers.push(() => watch.close());
  await watch.look(tenant.tenantId);
  await sleep(300);
  assert.equal(tokens.asked.length, asked, 'while a worker reads, none is asked for');
  await tenant.act('owner', letGoOfAccount, { accountId });
  await until('a worker waits', async () => {
    await watch.look(tenant.tenantId);
    return server.idling() === 1;
  });
  assert.equal(tokens.asked.length, asked + 1);
  assert.ok((await tenant.act('owner', takeAccountInHand, { accountId })).isTaken, 'it can be read');
});

test('a worker looks again and again at a mailbox another waits at, and writes nothing', async () => {
  const { tools, open, tenant } = await setting({ idles: true });
  await open({ password: 'secret' });
  const [one, other] = [openMailWatch(tools), openMailWatch(tools)];
  closers.push(
    () => one.close(),
    () => other.close(),
  );
  for (const watch of [one, other, other, other]) await watch.look(tenant.tenantId);
  const taken = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql`select 1 from command_log where tenant_id = ${tx.tenantId} and name = 'take-mail-watch'`),
  );
  assert.equal(taken.length, 1);
});

test('a mail server that does not tell is asked, and one that hangs up is waited at again', async () => {
  const dumb = await setting();
  await dumb.open({ password: 'secret' });
  const watch = openMailWatch(dumb.tools);
  closers.push(() => watch.close());
  await watch.look(dumb.tenant.tenantId);
  await until(
    'it was looked at',
    () => dumb.server.asked.includes('LOGOUT') || dumb.server.connections() > 1,
  );
  const before = dumb.server.connections();
  await watch.look(dumb.tenant.tenantId);
  await sleep(200);
  assert.ok(dumb.server.connections() <= before + 1);
  dumb.server.put(mailOf('a'));
  await dumb.read();
  assert.deepEqual(await dumb.subjects(), ['a']);

  const chatty = await setting({ idles: true });
  await chatty.open({ password: 'secret' });
  const again = openMailWatch(chatty.tools);
  closers.push(() => again.close());
  await again.look(chatty.tenant.tenantId);
  await until('a worker waits', () => chatty.server.idling() === 1);
  chatty.server.hangUp();
  await until('it was left', () => chatty.server.idling() === 0);
  await until('a worker waits again', async () => {
    await again.look(chatty.tenant.tenantId);
    return chatty.server.idling() === 1;
  });
});

test('a mail server that hangs up again and again is left alone, longer each time', async () => {
  const { server, tools, open, tenant } = await setting({ idles: true });
  await open({ password: 'secret' });
  let seconds = 0;
  const watch = openMailWatch(tools, () => seconds * 1000);
  closers.push(() => watch.close());
  const waitsAfter = async (passed: number) => {
    seconds += passed;
    const before = server.asked.filter((line) => line === 'IDLE').length;
    await watch.look(tenant.tenantId);
    await sleep(300);
    const waits = server.idling() === 1;
    assert.equal(server.asked.filter((line) => line === 'IDLE').length, before + (waits ? 1 : 0));
    if (waits) {
      server.hangUp();
      await until('it was left', () => server.idling() === 0);
      await sleep(100);
    }
    return waits;
  };
  const seen = [];
  for (const passed of [0, 15, 15, 14, 1, 59, 1, 119, 1]) seen.push(await waitsAfter(passed));
  assert.deepEqual(seen, [true, true, false, false, true, false, true, false, true]);
});

test('a wait that was one is forgiven, and of many that were none the pause ends at half an hour', () => {
  assert.deepEqual(pauseAfter(600, 7), { short: 0, seconds: 0 });
  assert.deepEqual(pauseAfter(1, 0), { short: 1, seconds: 0 });
  assert.deepEqual(pauseAfter(1, 100), { short: 101, seconds: 1800 });
});

test('a wait that ends at once on a standing connection is begun less and less often', async () => {
  const { server, tools, open, tenant } = await setting({ idles: true });
  await open({ password: 'secret' });
  server.behave({ endsIdle: true });
  const watch = openMailWatch(tools);
  closers.push(() => watch.close());
  await watch.look(tenant.tenantId);
  const asked = () => server.asked.filter((line) => line === 'IDLE').length;
  await until('it waits again', () => asked() === 2);
  await sleep(1_700);
  assert.equal(asked(), 2, 'the second pause is twice the first');
  await until('it waits a third time', () => asked() === 3);
  await watch.close();
});

test('a mailbox that is closed is waited at no more', async () => {
  const { server, tools, open, ask, tenant, account } = await setting({ idles: true });
  await open({ password: 'secret' });
  const watch = openMailWatch(tools);
  closers.push(() => watch.close());
  await watch.look(tenant.tenantId);
  await until('a worker waits', () => server.idling() === 1);
  const params = { accountId: (await account())?.accountId ?? '' };
  assert.equal((await ask('owner', contract.closeMailAccount, { params, body: {} })).status, 200);
  await watch.look(tenant.tenantId);
  await until('nobody waits', () => server.idling() === 0);
});
