import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { tenantTag } from '#carriers/make-return-address.ts';
import { inTenant } from '#db/transaction.ts';
import { changeSetting } from '#delivery/change-delivery.ts';
import { readMessage } from '#delivery/read-message.ts';
import { endViewLink, recordView } from '#delivery/record-view.ts';
import { type MailTools, sendMessage } from '#delivery/send-message.ts';
import { DEFAULT_SETTING } from '#delivery/sender.ts';
import { openLog } from '#http/log.ts';
import { present } from '#kernel/assert.ts';
import type { CompanyId, MessageId } from '#kernel/id.ts';
import { addContact } from '#parties/change-contacts.ts';
import { aCompany, aCustomer, anInvoice } from '../../test/support/builders.ts';
import { attemptsOf, mailToolsOf, messagesOf } from '../../test/support/mail.ts';
import { RACERS, race } from '../../test/support/race.ts';
import { startTestServer, type TestServer } from '../../test/support/server.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { deliverInvoices } from './deliver-invoices.ts';
import { invoiceSource } from './write-invoice.ts';

const SENT_ON = '2026-01-05';
let server: TestServer;
const lines: string[] = [];

before(async () => {
  const log = openLog({ role: 'test', stream: { write: (line) => void lines.push(line) } });
  server = await startTestServer({ log });
});
after(() => server.close());

/** An invoice that was sent by mail by a company whose links work for 30 days, or as given; and its link. */
async function aSentInvoice(viewDays: number | null = 30) {
  const tenant = await newTenant({ on: SENT_ON });
  const companyId: CompanyId = await aCompany(tenant, { name: 'Nord & <Licht>', email: 'ar@nord.example' });
  const customerId = await aCustomer(tenant, { name: 'Čapek s.r.o.' });
  await tenant.act('owner', addContact, {
    customerId,
    name: 'Jana',
    role: 'billing',
    email: 'jana@capek.example',
  });
  const turn = (days: number | null) =>
    tenant.act('owner', changeSetting, { companyId, wanted: { ...DEFAULT_SETTING, viewDays: days } });
  await turn(viewDays);
  const invoice = await anInvoice(tenant, { companyId, customerId });
  await tenant.act('collector', deliverInvoices, { invoiceIds: [invoice.invoiceId] });
  const [message] = await messagesOf(tenant);
  const messageId = present(message, 'a message was queued').id as MessageId;
  const tools: MailTools = { ...mailToolsOf(tenant, [invoiceSource]), publicUrl: 'https://ar.nord.example/' };
  assert.equal(await sendMessage(tools, tenant.tenantId, messageId), 'sent');
  const read = () => inTenant(tenant.pool, tenant.tenantId, (tx) => readMessage(tx, messageId));
  const mail = await read();
  const link = /https:\/\/ar\.nord\.example(\/view\/[a-z2-7]{34})/.exec(mail.text ?? '')?.[1];
  server.setClock('2026-01-20T12:00:00Z');
  return { tenant, messageId, read, mail, turn, path: link ?? '/view/none' };
}

/** Asks like a browser without sign-in; `POST` as a form's button does it. */
async function ask(path: string, method: 'GET' | 'HEAD' | 'POST' = 'GET') {
  const answer = await fetch(server.address + path, {
    method,
    ...(method === 'POST'
      ? { body: '', headers: { 'content-type': 'application/x-www-form-urlencoded' } }
      : {}),
  });
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}

test('whoever has the mail sees the page and takes the document, byte for byte as it was sent', async () => {
  const { tenant, messageId, mail, path, read } = await aSentInvoice();
  assert.ok(mail.html?.includes(`href="https://ar.nord.example${path}"`), 'the button in the mail');
  const page = await ask(path);
  const html = page.bytes.toString();
  assert.equal(page.status, 200);
  assert.match(html, /Nord &amp; &lt;Licht&gt;/);
  assert.ok(html.includes(`action="${path}/files/1"`));
  assert.doesNotMatch(html, /<script/);
  assert.deepEqual(
    ['cache-control', 'referrer-policy', 'x-robots-tag', 'x-frame-options'].map((h) => page.headers.get(h)),
    ['no-store', 'no-referrer', 'noindex', 'DENY'],
  );
  const file = await ask(`${path}/files/1`, 'POST');
  assert.deepEqual([file.status, file.headers.get('content-type')], [200, 'application/pdf']);
  assert.match(file.headers.get('content-disposition') ?? '', /^attachment; filename="[\w.-]+\.pdf"$/);
  const [attempt] = await attemptsOf(tenant, messageId);
  const sent = present(attempt?.raw, 'the bytes of the try are kept').toString().replaceAll(/\r?\n/g, '');
  assert.ok(sent.includes(file.bytes.toString('base64')), 'the attachment of the mail');
  const { signals } = await read();
  assert.deepEqual(
    signals.map((s) => [s.kind, s.detail, s.happenedAt]),
    [['viewed', mail.attachments[0]?.fileName, '2026-01-20T12:00:00Z']],
  );
});

test('a look at the page alone, as mail scanners take it, counts nothing, nor does asking for a file without its button', async () => {
  const { path, read } = await aSentInvoice();
  for (const method of ['GET', 'HEAD', 'GET'] as const) assert.equal((await ask(path, method)).status, 200);
  assert.notEqual((await ask(`${path}/files/1`)).headers.get('content-type'), 'application/pdf');
  assert.deepEqual((await read()).signals, []);
});

test('the first view is kept, once, however many look at the same time', async () => {
  const { tenant, messageId, read } = await aSentInvoice();
  const look = () => tenant.act('owner', recordView, { messageId, fileName: 'a.pdf' });
  const { won } = await race(
    tenant,
    Array.from({ length: RACERS }, () => look),
  );
  assert.equal(won, RACERS);
  assert.equal((await read()).signals.length, 1);
  const viewed = (await tenant.events()).filter((event) => event.type === 'message.viewed');
  assert.equal(viewed.length, 1);
});

test('a link that was tampered with, or has the mark of another tenant, shows nothing and looks like any other', async () => {
  const [one, other] = [await aSentInvoice(), await aSentInvoice()];
  const token = one.path.slice('/view/'.length + 8);
  const flipped = `${one.path.slice(0, -1)}${one.path.endsWith('a') ? 'b' : 'a'}`;
  const answers = await Promise.all(
    [
      flipped,
      one.path.slice(0, -1),
      `${one.path}a`,
      `/view/${tenantTag(other.tenant.tenantId)}${token}`,
      `/view/${'a'.repeat(34)}`,
      `/view/${one.messageId}`,
      '/view/%00',
    ].map((path) => ask(path)),
  );
  for (const { status, bytes } of answers)
    assert.deepEqual([status, bytes.equals(present(answers[0], 'one').bytes)], [404, true]);
  for (const path of [`${flipped}/files/1`, `${one.path}/files/9`, `${one.path}/files/0`])
    assert.equal((await ask(path, 'POST')).status, 404, path);
  assert.deepEqual((await one.read()).signals, []);
});

test('a link ends by its time, to the second', async () => {
  const { path, read } = await aSentInvoice(30);
  const { view } = await read();
  const until = Temporal.Instant.from(present(view, 'the mail has a link').until);
  server.setClock(until.subtract({ seconds: 1 }).toString());
  assert.equal((await ask(path)).status, 200);
  server.setClock(until.toString());
  assert.equal((await ask(path)).status, 404);
  assert.equal((await ask(`${path}/files/1`, 'POST')).status, 404);
  assert.deepEqual((await read()).signals, []);
});

test('a person ends a link for good, once; the reason why not is told the second time', async () => {
  const { tenant, messageId, path, read } = await aSentInvoice();
  await tenant.act('collector', endViewLink, { messageId });
  assert.equal((await ask(path)).status, 404);
  assert.equal((await ask(`${path}/files/1`, 'POST')).status, 404);
  const { view, may } = await read();
  assert.ok(view?.endedAt);
  assert.equal(may.endView, 'view_link_ended');
  await assert.rejects(tenant.act('collector', endViewLink, { messageId }), { code: 'view_link_ended' });
});

test('a company without links has none in its mails, and turning them off closes those that went out', async () => {
  const without = await aSentInvoice(null);
  assert.equal(without.path, '/view/none');
  assert.deepEqual([without.mail.view, without.mail.may.endView], [null, 'view_link_not_found']);
  const { path, turn } = await aSentInvoice();
  assert.equal((await ask(path)).status, 200);
  await turn(null);
  assert.equal((await ask(path)).status, 404);
});

test('guessing is bounded for each network address, and links never stand in the log', async () => {
  const own = await startTestServer({ limits: { requestsPerMinute: 3 } });
  try {
    const codes: number[] = [];
    for (let i = 0; i < 5; i += 1) codes.push((await own.anonymous(`/view/${'b'.repeat(34)}`)).status);
    assert.deepEqual(codes, [404, 404, 404, 429, 429]);
  } finally {
    await own.close();
  }
  const { path } = await aSentInvoice();
  await ask(path);
  await ask(`/${path}`);
  assert.ok(lines.some((line) => line.includes('/view/:key')));
  assert.ok(!lines.some((line) => line.includes(path.slice(-26))));
});
