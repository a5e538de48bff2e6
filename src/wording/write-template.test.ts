import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import PostalMime from 'postal-mime';
import { closeSmtp, openSmtp, type Smtp, sendMail } from '#carriers/send-mail.ts';
import { previewWords, testReminder } from '#collections/contract.ts';
import { routes as collectionsRoutes } from '#collections/routes.ts';
import { inTenant } from '#db/transaction.ts';
import { changeSetting } from '#delivery/change-delivery.ts';
import { readTestMail, testSending } from '#delivery/contract.ts';
import { routes as deliveryRoutes } from '#delivery/routes.ts';
import type { Transport } from '#delivery/send-message.ts';
import { sendTestMail } from '#delivery/send-test-mail.ts';
import { DEFAULT_SETTING } from '#delivery/sender.ts';
import { previewMessage, testMessage } from '#invoicing/contract.ts';
import { routes as invoicingRoutes } from '#invoicing/routes.ts';
import type { CompanyId, CustomerId, UserId } from '#kernel/id.ts';
import { DOCUMENT_LANGUAGES } from '#printing/language.ts';
import { closePdf } from '#printing/render-pdf.ts';
import { type AskRoutes, serveTo } from '../../test/support/ask.ts';
import { aCompany, anInvoice, type BuiltInvoice } from '../../test/support/builders.ts';
import { attemptsOf, mailToolsOf, messagesOf } from '../../test/support/mail.ts';
import { type MailServer, startMailServer } from '../../test/support/mail-server.ts';
import { aPerson } from '../../test/support/people.ts';
import { RACERS, race } from '../../test/support/race.ts';
import { aReader, remindOn, sendReminders } from '../../test/support/reminders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { builtInTemplate, listVariables, TEMPLATE_KINDS, variablesOf } from './message-template.ts';
import { routes } from './routes.ts';
import { findProblems, writeTemplate } from './write-template.ts';

let server: MailServer;
let smtp: Smtp;
let tenant: TestTenant;
let ask: AskRoutes;
let companyId: CompanyId;
let customerId: CustomerId;
let invoice: BuiltInvoice;

before(async () => {
  server = await startMailServer();
  smtp = openSmtp(server.url, { connectMsMax: 2_000, answerMsMax: 2_000 });
  tenant = await newTenant({ on: '2026-01-02' });
  await aPerson(tenant, 'owner', 'Olga', tenant.as('owner').actor.id as UserId);
  ask = await serveTo(tenant, [...routes, ...deliveryRoutes, ...invoicingRoutes, ...collectionsRoutes]);
  companyId = await aCompany(tenant, { name: 'Nordlicht', email: 'ar@nordlicht.example' });
  customerId = await aReader(tenant, { name: 'Čapek' });
  invoice = await anInvoice(tenant, { companyId, customerId, dueOn: '2026-02-01' });
});
after(async () => {
  closeSmtp(smtp);
  await server.close();
  await closePdf();
});

const put = (
  kind: (typeof TEMPLATE_KINDS)[number],
  body: Parameters<typeof ask<typeof contract.writeTemplate>>[2]['body'],
  language: (typeof DOCUMENT_LANGUAGES)[number] = 'en',
) => ask('owner', contract.writeTemplate, { params: { companyId, kind, language }, body });

const look = async (
  kind: (typeof TEMPLATE_KINDS)[number],
  language: (typeof DOCUMENT_LANGUAGES)[number] = 'en',
) => (await ask('viewer', contract.readTemplate, { params: { companyId, kind, language } })).reply;

test('the words that come with the program are without fault in every language, and every fact is explained', () => {
  for (const kind of TEMPLATE_KINDS) {
    for (const language of DOCUMENT_LANGUAGES)
      assert.deepEqual(
        findProblems(kind, builtInTemplate(kind, language), language),
        [],
        `${kind} ${language}`,
      );
    for (const variable of listVariables(kind)) assert.ok(variable.says.length > 3, variable.name);
    assert.equal(listVariables(kind).length, Object.keys(variablesOf(kind)).length);
  }
});

test('what is wrong with words is told with part, line and position, and is not kept', async () => {
  const words = {
    subject: 'Invoice {{ document.numbr }}',
    text: 'Hello\n  {% if document.number %}never closed',
  };
  const { reply } = await ask('viewer', contract.checkTemplate, {
    body: { kind: 'invoice_mail', language: 'en', words },
  });
  assert.deepEqual(
    reply.problems.map((p) => [p.part, p.code, p.line, p.position]),
    [
      ['subject', 'template_unknown_variable', 1, 12],
      ['text', 'template_syntax', 2, 3],
    ],
  );
  const refused = await put('invoice_mail', { words, basedOn: 0 });
  assert.deepEqual([refused.status, refused.code], [400, 'template_not_valid']);
  assert.equal((await look('invoice_mail')).version, 0);
  const amount = findProblems('invoice_mail', { subject: 'x', text: 'Pay {{ document.open }}' }, 'en');
  assert.deepEqual(
    amount.map((p) => p.code),
    ['template_filter_missing'],
  );
});

test('a short notice has no subject, and one too long to be paid for is refused', () => {
  const codes = (text: string) => findProblems('sms_notice', { text }, 'en').map((p) => p.code);
  assert.deepEqual(codes('a'.repeat(306)), []);
  assert.deepEqual(codes('a'.repeat(307)), ['template_sms_too_long']);
  assert.deepEqual(codes('ж'.repeat(134)), []);
  assert.deepEqual(codes('ж'.repeat(135)), ['template_sms_too_long']);
  assert.deepEqual(
    findProblems('sms_notice', { subject: 'no', text: 'x' }, 'en').map((p) => p.code),
    ['template_part'],
  );
  const [unknown] = findProblems('sms_due_today', { text: 'Pay\n {{ document.open | money }}' }, 'en');
  assert.deepEqual([unknown?.code, unknown?.line, unknown?.position], ['template_unknown_variable', 2, 5]);
});

test('words of one’s own are used by the next message, every version is kept, and one can go back', async () => {
  const first = {
    subject: 'Bitte: {{ items[0].number }}',
    text: 'Guten Tag, bitte zahlen Sie {{ totals[0].open | money }}.',
  };
  assert.equal((await put('first_reminder', { words: first, basedOn: 0, note: 'shorter' })).status, 200);
  await remindOn(tenant, '2026-02-08');
  await sendReminders(tenant);
  const message = (await messagesOf(tenant)).at(-1);
  const raw = (await attemptsOf(tenant, message?.id ?? '')).at(-1)?.raw;
  const mail = await PostalMime.parse(raw ?? new Uint8Array());
  assert.equal(mail.subject, `Bitte: ${invoice.number}`);
  assert.match(mail.text ?? '', /bitte zahlen Sie EUR\s100\.00\./);
  assert.equal(mail.html, undefined, 'words without HTML are a mail of plain text');

  assert.equal((await put('first_reminder', { words: null, basedOn: 1 })).reply.version, 2);
  const now = await look('first_reminder');
  assert.deepEqual([now.version, now.isBuiltIn], [2, true]);
  assert.deepEqual(now.words, now.builtIn);
  assert.deepEqual(
    now.versions.map((v) => [v.version, v.words?.text ?? null]),
    [
      [2, null],
      [1, first.text],
    ],
  );
  await assert.rejects(
    inTenant(tenant.pool, tenant.tenantId, async (tx) =>
      tx.run(sql`update message_template set note = 'forged'`),
    ),
    /message_template/,
  );
});

test('of eight who write at the same time one is heard, and the others are told', async () => {
  const { won, codes } = await race(
    tenant,
    Array.from(
      { length: RACERS },
      (_, n) => () =>
        tenant.act('owner', writeTemplate, {
          companyId,
          kind: 'due_today',
          language: 'en',
          words: { subject: `s${n}`, text: 'text' },
          basedOn: 0,
        }),
    ),
  );
  assert.equal(won, 1);
  assert.deepEqual(new Set(codes), new Set(['template_changed_meanwhile']));
});

test('only who manages the company writes its words', async () => {
  const refused = await ask('collector', contract.writeTemplate, {
    params: { companyId, kind: 'invoice_mail', language: 'en' },
    body: { words: null, basedOn: 0 },
  });
  assert.equal(refused.status, 403);
});

test('words that are not kept are looked at on a real document and a real customer, and nothing is queued', async () => {
  const before = (await messagesOf(tenant)).length;
  const words = {
    subject: 'No. {{ document.number }}',
    text: 'T {{ document.total | money }}',
    html: '<p>{{ customer.name }}</p>',
  };
  const mail = await ask('viewer', previewMessage, {
    params: { invoiceId: invoice.invoiceId },
    body: { words, language: 'de' },
  });
  assert.equal(mail.reply.subject, `No. ${invoice.number}`);
  assert.match(mail.reply.text, /^T 100,00\sEUR\n$/);
  assert.match(mail.reply.html ?? '', /Čapek/);
  assert.deepEqual(mail.reply.attachments, [{ fileName: `${invoice.number}.pdf` }]);
  const notice = await ask('viewer', previewMessage, {
    params: { invoiceId: invoice.invoiceId },
    body: { channel: 'sms' },
  });
  assert.match(notice.reply.text, new RegExp(`^Nordlicht: Invoice ${invoice.number}`));
  const reminder = await ask('viewer', previewWords, {
    params: { customerId },
    body: { companyId, template: 'third_reminder', language: 'cs' },
  });
  assert.match(reminder.reply.text, new RegExp(invoice.number));
  const broken = await ask('viewer', previewMessage, {
    params: { invoiceId: invoice.invoiceId },
    body: { words: { subject: 's', text: '{{ nobody }}' } },
  });
  assert.equal(broken.code, 'template_not_rendered');
  assert.equal((await messagesOf(tenant)).length, before);
});

const sending: Transport = { kind: 'smtp', send: (envelope, raw) => sendMail(smtp, envelope, raw) };

test('a test goes once to whoever asked, marked, with what is attached, and counts as no message', async () => {
  await tenant.act('owner', changeSetting, {
    companyId,
    wanted: { ...DEFAULT_SETTING, fromName: 'Buchhaltung' },
  });
  const before = (await messagesOf(tenant)).length;
  const start = server.received.length;
  for (const asked of [
    await ask('owner', testSending, { params: { companyId } }),
    await ask('owner', testMessage, { params: { invoiceId: invoice.invoiceId }, body: {} }),
    await ask('owner', testReminder, {
      params: { customerId },
      body: { companyId, template: 'upcoming' },
    }),
  ]) {
    assert.equal(asked.status, 200, JSON.stringify(asked.reply));
    const { testMailId, recipient } = asked.reply;
    await sendTestMail(mailToolsOf(tenant, [], sending), tenant.tenantId, testMailId);
    await sendTestMail(mailToolsOf(tenant, [], sending), tenant.tenantId, testMailId);
    const { reply } = await ask('owner', readTestMail, { params: { testMailId } });
    assert.equal(reply.state, 'sent');
    assert.match(reply.answer ?? '', /^250/);
    const arrived = server.received.at(-1);
    assert.deepEqual(arrived?.envelope.to, [recipient]);
    const mail = await PostalMime.parse(arrived?.raw ?? '');
    assert.match(mail.subject ?? '', /^\[Test\] /);
    assert.equal(mail.from?.name, 'Buchhaltung');
  }
  assert.equal(server.received.length, start + 3);
  const last = await PostalMime.parse(server.received.at(-1)?.raw ?? '');
  assert.deepEqual(
    last.attachments.map((a) => a.filename),
    [`${invoice.number}.pdf`],
  );
  assert.equal((await messagesOf(tenant)).length, before);
});

test('what a mail server says to a test is shown as it was said; without a server that is said too', async () => {
  const tried = async (transport: Transport) => {
    const { testMailId } = (await ask('owner', testSending, { params: { companyId } })).reply;
    await sendTestMail(mailToolsOf(tenant, [], transport), tenant.tenantId, testMailId);
    return (await ask('owner', readTestMail, { params: { testMailId } })).reply;
  };
  const refused = await tried({
    kind: 'smtp',
    send: async () => ({ kind: 'refused', code: 550, text: '550 5.7.1 Sender not allowed' }),
  });
  assert.deepEqual([refused.state, refused.answer], ['refused', '550 5.7.1 Sender not allowed']);
  const kept = await tried({ kind: 'outbox' });
  assert.equal(kept.state, 'refused');
  assert.match(kept.answer ?? '', /No mail server is set up/);
});
