import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { tenantTag } from '#carriers/make-return-address.ts';
import { inTenant } from '#db/transaction.ts';
import { openLog } from '#http/log.ts';
import { present } from '#kernel/assert.ts';
import type { CompanyId, MessageId } from '#kernel/id.ts';
import { mailPage, withLink } from '#wording/mail-layout.ts';
import { aCompany } from '../../test/support/builders.ts';
import { aQueuedMessage, mailToolsOf, sourceSaying } from '../../test/support/mail.ts';
import { RACERS, raceHeld } from '../../test/support/race.ts';
import { startTestServer, type TestServer } from '../../test/support/server.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { changeSetting } from './change-delivery.ts';
import { readMessage } from './read-message.ts';
import { recordOptOut, recordRedirect } from './record-stop.ts';
import { type MailTools, sendMessage } from './send-message.ts';
import { DEFAULT_SETTING } from './sender.ts';
import { liftStop } from './settle-problem.ts';
import { isStopLinkOpen, mayBeStopped, REDIRECTS_MAX } from './stop-link.ts';
import { findProblems, findSuppressed, findSuppressions } from './store-fate.ts';

const READER = 'jana@capek.example';
const COPY = 'office@capek.example';
const ONE_CLICK = 'List-Unsubscribe=One-Click';
let server: TestServer;
const lines: string[] = [];

before(async () => {
  const log = openLog({ role: 'test', stream: { write: (line) => void lines.push(line) } });
  server = await startTestServer({ log });
});
after(() => server.close());

type Sent = { readonly offers?: boolean; readonly copies?: string[]; readonly publicUrl?: string };

/** A reminder that was sent by a company whose reminders can be stopped, and the link in it. */
async function aSentReminder({
  offers = true,
  copies = [],
  publicUrl = 'https://ar.nord.example/',
}: Sent = {}) {
  const tenant = await newTenant({ on: '2026-01-05' });
  const companyId: CompanyId = await aCompany(tenant, { name: 'Nord & <Licht>' });
  const turn = (offersStop: boolean) =>
    tenant.act('owner', changeSetting, { companyId, wanted: { ...DEFAULT_SETTING, offersStop } });
  await turn(offers);
  const { messageId } = await aQueuedMessage(tenant, companyId);
  const source = sourceSaying({ text: 'Please pay.', recipient: READER, wrote: 0, copies });
  const tools: MailTools = { ...mailToolsOf(tenant, [source]), publicUrl };
  assert.equal(await sendMessage(tools, tenant.tenantId, messageId), 'sent');
  const read = () => inTenant(tenant.pool, tenant.tenantId, (tx) => readMessage(tx, messageId));
  const mail = await read();
  const path = /:\/\/[a-z.]+(\/stop\/[a-z2-7]{34})/.exec(mail.text ?? '')?.[1] ?? '/stop/none';
  const header = (name: string) => mail.headers.find((h) => h.name.toLowerCase() === name)?.value;
  return { tenant, messageId, read, mail, path, header, turn };
}

async function ask(path: string, body?: string, type = 'application/x-www-form-urlencoded') {
  const post = body === undefined ? {} : { method: 'POST', body, headers: { 'content-type': type } };
  const answer = await fetch(server.address + path, { redirect: 'manual', ...post });
  return { status: answer.status, headers: answer.headers, html: await answer.text() };
}

/** What is stopped, and what waits for a person. */
function outcomeOf(tenant: TestTenant) {
  return inTenant(tenant.pool, tenant.tenantId, async (tx) => {
    const page = { after: undefined, limit: 50 };
    const stops = await findSuppressions(tx, { lifted: true }, page);
    const problems = await findProblems(tx, { open: true }, page);
    return {
      stops: stops.map((s) => [s.address, s.purpose, s.reason, s.lifted_at === null]),
      problems: problems.map((p) => [p.kind, p.address]).sort(),
      id: stops[0]?.id ?? '',
    };
  });
}

const UNTOUCHED = { stops: [], problems: [], id: '' };

test('a reminder says how to stop it: in its words, and for mail programs, by one click where it has one reader', async () => {
  const { mail, path, header } = await aSentReminder();
  const url = `https://ar.nord.example${path}`;
  assert.ok(mail.text?.includes(`No reminders to this address any more, or another address:\n${url}`));
  const frame = { language: 'en', title: 'About', companyName: 'Nord', footerLines: [] } as const;
  const framed = { subject: 'About', text: '', html: mailPage('<p>Please pay.</p>', frame) };
  assert.ok(withLink(framed, { label: 'Stop', url }).html.includes(`<a href="${url}"`));
  assert.equal(header('list-unsubscribe'), `<${url}>`);
  assert.equal(header('list-unsubscribe-post'), ONE_CLICK);
  const several = await aSentReminder({ copies: [COPY] });
  assert.equal(several.header('list-unsubscribe'), `<https://ar.nord.example${several.path}>`);
  assert.equal(several.header('list-unsubscribe-post'), undefined, 'nobody knows who of two clicked');
  const plain = await aSentReminder({ publicUrl: 'http://ar.nord.example' });
  assert.equal(plain.header('list-unsubscribe-post'), undefined, 'only over TLS (RFC 8058)');
});

test('a company that does not offer it has no link in its mails; what went out with one keeps working', async () => {
  const without = await aSentReminder({ offers: false });
  assert.deepEqual([without.path, without.header('list-unsubscribe')], ['/stop/none', undefined]);
  const { path, turn } = await aSentReminder();
  await turn(false);
  assert.equal((await ask(path)).status, 200);
});

test('an invoice, a charge and what goes by another way than mail cannot be stopped', () => {
  const sent = { state: 'sent' } as const;
  for (const purpose of ['invoice', 'charge'] as const)
    assert.equal(isStopLinkOpen({ ...sent, purpose, channel: 'email' }), false);
  assert.equal(mayBeStopped({ purpose: 'reminder', channel: 'post' }), false);
  assert.equal(mayBeStopped({ purpose: 'statement', channel: 'email' }), true);
  for (const state of ['queued', 'sending', 'refused', 'dropped'] as const)
    assert.equal(isStopLinkOpen({ state, purpose: 'reminder', channel: 'email' }), false, state);
});

test('looking at the page changes nothing, and says what will happen, for whom', async () => {
  const { tenant, path } = await aSentReminder();
  for (const query of ['', '?List-Unsubscribe=One-Click', '?reader=1']) {
    const page = await ask(path + query);
    assert.equal(page.status, 200);
    assert.match(page.html, /Nord &amp; &lt;Licht&gt; sends nothing of this kind to this address/);
    assert.match(page.html, /Stop for jana@capek\.example/);
    assert.doesNotMatch(page.html, /<script/);
    assert.deepEqual(
      ['cache-control', 'referrer-policy', 'x-robots-tag', 'x-frame-options'].map((h) => page.headers.get(h)),
      ['no-store', 'no-referrer', 'noindex', 'DENY'],
    );
  }
  assert.deepEqual(await outcomeOf(tenant), UNTOUCHED);
});

test('one click stops reminders to that reader, and nothing else, with who, when and how; a person is told', async () => {
  const { tenant, path, read } = await aSentReminder();
  const answer = await ask(path, ONE_CLICK);
  assert.equal(answer.status, 200);
  assert.match(answer.html, /Nothing of this kind is sent to jana@capek\.example since/);
  const { stops, problems } = await outcomeOf(tenant);
  assert.deepEqual(stops, [[READER, 'reminder', 'opt_out', true]]);
  assert.deepEqual(problems, [['opted_out', READER]]);
  const stopped = (purpose: 'reminder' | 'invoice') =>
    inTenant(tenant.pool, tenant.tenantId, async (tx) => (await findSuppressed(tx, [READER], purpose)).size);
  assert.deepEqual([await stopped('reminder'), await stopped('invoice')], [1, 0]);
  const [signal] = (await read()).signals;
  assert.deepEqual(
    [signal?.kind, signal?.address, signal?.detail],
    ['opted_out', READER, 'stopped by its reader: one click in the mail program'],
  );
});

test('mail programs that post the click in parts are heard', async () => {
  const { tenant, path } = await aSentReminder();
  const body = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n';
  assert.equal((await ask(path, body, 'multipart/form-data; boundary=x')).status, 200);
  assert.deepEqual((await outcomeOf(tenant)).stops, [[READER, 'reminder', 'opt_out', true]]);
});

test('a click that is repeated, or of many at once, stops once; after the stop was lifted, it stops anew', async () => {
  const { tenant, path, messageId, read } = await aSentReminder();
  for (let i = 0; i < 3; i += 1) assert.equal((await ask(path, ONE_CLICK)).status, 200);
  const { stops, id } = await outcomeOf(tenant);
  assert.deepEqual([stops.length, (await read()).signals.length], [1, 1]);
  await tenant.act('owner', liftStop, { suppressionId: id, reason: 'Jana asked for it' });
  const answers: boolean[] = [];
  const click = async () => {
    const about = { messageId, address: READER, means: 'page' } as const;
    answers.push((await tenant.act('owner', recordOptOut, about)).isNew);
  };
  const { won } = await raceHeld(
    tenant,
    Array.from({ length: RACERS }, () => click),
  );
  assert.equal(won, RACERS);
  assert.equal(answers.filter((isNew) => isNew).length, 1);
  assert.equal((await outcomeOf(tenant)).stops.length, 2);
  assert.equal((await read()).signals.length, 2);
});

test('clicks at once on the links of several mails to one reader are one stop, and work for a person once', async () => {
  const tenant = await newTenant({ on: '2026-01-05' });
  const companyId: CompanyId = await aCompany(tenant);
  const source = sourceSaying({ text: 'Please pay.', recipient: READER, wrote: 0 });
  const tools = mailToolsOf(tenant, [source]);
  const messages: MessageId[] = [];
  for (let n = 0; n < RACERS; n += 1) {
    const { messageId } = await aQueuedMessage(tenant, companyId);
    await sendMessage(tools, tenant.tenantId, messageId);
    messages.push(messageId);
  }
  const answers: boolean[] = [];
  const { won, codes } = await raceHeld(
    tenant,
    messages.map((messageId) => async () => {
      const about = { messageId, address: READER, means: 'one_click' } as const;
      answers.push((await tenant.act('owner', recordOptOut, about)).isNew);
    }),
  );
  assert.deepEqual([won, codes], [RACERS, []]);
  assert.equal(answers.filter((isNew) => isNew).length, 1);
  const { stops, problems } = await outcomeOf(tenant);
  assert.deepEqual([stops.length, problems.length], [1, 1]);
});

test('where several got the mail each is stopped by its own button, and one click stops nobody', async () => {
  const { tenant, path } = await aSentReminder({ copies: [COPY] });
  assert.equal((await ask(path, ONE_CLICK)).status, 400);
  for (const reader of ['0', '3', '1.0', '']) assert.equal((await ask(path, `reader=${reader}`)).status, 400);
  assert.deepEqual(await outcomeOf(tenant), UNTOUCHED);
  assert.equal((await ask(path, 'reader=2')).status, 200);
  assert.deepEqual((await outcomeOf(tenant)).stops, [[COPY, 'reminder', 'opt_out', true]]);
});

test('another address is work for a person and changes nothing; a link names so many and no more', async () => {
  const { tenant, path } = await aSentReminder();
  const wrong = await ask(`${path}/redirects`, 'reader=1&to=nobody');
  assert.equal(wrong.status, 400);
  assert.match(wrong.html, /no mail address/);
  for (let i = 0; i < REDIRECTS_MAX + 2; i += 1)
    assert.equal((await ask(`${path}/redirects`, `reader=1&to=new${i}%40capek.example`)).status, 200);
  assert.equal((await ask(`${path}/redirects`, 'reader=1&to=new0%40capek.example')).status, 200);
  const { stops, problems } = await outcomeOf(tenant);
  assert.deepEqual(stops, []);
  assert.deepEqual(
    problems,
    Array.from({ length: REDIRECTS_MAX }, (_, i) => ['redirect_wished', `new${i}@capek.example`]),
  );
});

test('other addresses named at once by one link are so many as a link names, and no more', async () => {
  const { tenant, messageId } = await aSentReminder();
  const name = (n: number) => () => {
    const about = { messageId, address: READER, to: `new${n}@capek.example` };
    return tenant.act('owner', recordRedirect, about);
  };
  const { won } = await raceHeld(
    tenant,
    Array.from({ length: RACERS }, (_, n) => name(n)),
  );
  assert.equal(won, RACERS);
  assert.equal((await outcomeOf(tenant)).problems.length, REDIRECTS_MAX);
});

test('a link that was tampered with, or has the mark of another tenant, does nothing and looks like any other', async () => {
  const [one, other] = [await aSentReminder(), await aSentReminder()];
  const token = one.path.slice('/stop/'.length + 8);
  const flipped = `${one.path.slice(0, -1)}${one.path.endsWith('a') ? 'b' : 'a'}`;
  const paths = [
    flipped,
    one.path.slice(0, -1),
    `${one.path}a`,
    `/stop/${tenantTag(other.tenant.tenantId)}${token}`,
    `/stop/${tenantTag(one.tenant.tenantId)}${other.path.slice('/stop/'.length + 8)}`,
    `/stop/${'a'.repeat(34)}`,
    `/stop/${one.messageId}`,
  ];
  const looks = await Promise.all(paths.map((path) => ask(path)));
  const clicks = await Promise.all(paths.map((path) => ask(path, ONE_CLICK)));
  const notes = await Promise.all(paths.map((path) => ask(`${path}/redirects`, 'reader=1&to=a%40b.example')));
  const gone = present(looks[0], 'a look').html;
  for (const { status, html } of [...looks, ...clicks, ...notes])
    assert.deepEqual([status, html], [404, gone]);
  assert.deepEqual([await outcomeOf(one.tenant), await outcomeOf(other.tenant)], [UNTOUCHED, UNTOUCHED]);
});

test('who is no reader of the message is not stopped by it', async () => {
  const { tenant, messageId } = await aSentReminder();
  const stranger = { messageId, address: 'boss@capek.example', means: 'page' } as const;
  await assert.rejects(tenant.act('owner', recordOptOut, stranger), { code: 'reader_not_found' });
  const nothing = { ...stranger, messageId: crypto.randomUUID() as MessageId };
  await assert.rejects(tenant.act('owner', recordOptOut, nothing), { code: 'message_not_found' });
});

test('links to stop never stand in the log, and guessing is bounded for each network address', async () => {
  const { path } = await aSentReminder();
  await ask(path);
  await ask(path, ONE_CLICK);
  assert.ok(lines.some((line) => line.includes('/stop/:key')));
  assert.ok(!lines.some((line) => line.includes(path.slice(-26))));
  const own = await startTestServer({ limits: { requestsPerMinute: 2 } });
  try {
    const codes: number[] = [];
    for (let i = 0; i < 4; i += 1) codes.push((await own.anonymous(`/stop/${'b'.repeat(34)}`)).status);
    assert.deepEqual(codes, [404, 404, 429, 429]);
  } finally {
    await own.close();
  }
});
