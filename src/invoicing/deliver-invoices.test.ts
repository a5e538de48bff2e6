import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, before, test } from 'node:test';
import { keepContent } from '#attachments/keep-content.ts';
import { closeSmtp, openSmtp, type Smtp, sendMail } from '#carriers/send-mail.ts';
import { inTenant } from '#db/transaction.ts';
import { changePreference, changeSetting } from '#delivery/change-delivery.ts';
import {
  downloadBatchList,
  downloadPostBatch,
  listBatchLetters,
  listDeliveryProblems,
} from '#delivery/contract.ts';
import { exportEvidence } from '#delivery/export-evidence.ts';
import type { Channel } from '#delivery/message.ts';
import { openCarriers } from '#delivery/open-carriers.ts';
import { markBatchPosted } from '#delivery/post-letters.ts';
import { type DeliveryPreference, NO_PREFERENCE } from '#delivery/preference.ts';
import { readMessage } from '#delivery/read-message.ts';
import { readNetwork } from '#delivery/read-network.ts';
import { takeInbound } from '#delivery/record-inbound.ts';
import { routes as deliveryRoutes } from '#delivery/routes.ts';
import { type Carriers, type MailTools, sendMessage } from '#delivery/send-message.ts';
import { DEFAULT_SETTING, type DeliverySetting } from '#delivery/sender.ts';
import { stopAddress } from '#delivery/settle-problem.ts';
import { readEInvoice } from '#einvoice/read.ts';
import { validate } from '#einvoice/validate.ts';
import { present } from '#kernel/assert.ts';
import type { CompanyId, CustomerId, MessageId } from '#kernel/id.ts';
import type { NewCompany } from '#parties/add-company.ts';
import { addAddress } from '#parties/change-addresses.ts';
import { addContact } from '#parties/change-contacts.ts';
import { changeLook } from '#printing/change-look.ts';
import { NO_EXTRAS } from '#printing/print-extras.ts';
import { builtInCreditNoteMail } from '#wording/built-in-template.ts';
import { writeTemplate } from '#wording/write-template.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer, anInvoice } from '../../test/support/builders.ts';
import { makePostBatch, printMade } from '../../test/support/letters.ts';
import { mailToolsOf, messagesOf, toolsOf } from '../../test/support/mail.ts';
import { type MailServer, startMailServer } from '../../test/support/mail-server.ts';
import { aDeliveryReport } from '../../test/support/returned-mail.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { readZip } from '../../test/support/zip.ts';
import { addSupplement } from './add-supplement.ts';
import { creditInvoice } from './credit-invoice.ts';
import { deliverInvoices } from './deliver-invoices.ts';
import { invoicingJobs } from './jobs.ts';
import { DELIVER_QUEUE } from './queues.ts';
import { replaceMessage } from './replace-message.ts';
import { voidInvoice } from './void-invoice.ts';
import { invoiceSource } from './write-invoice.ts';

const READER = 'jana@capek.example';
let server: MailServer;
let smtp: Smtp;

before(async () => {
  server = await startMailServer();
  smtp = openSmtp(server.url, { connectMsMax: 2_000, answerMsMax: 2_000 });
});
after(async () => {
  closeSmtp(smtp);
  await server.close();
});

type Given = {
  readonly setting?: Partial<DeliverySetting>;
  readonly preference?: Partial<DeliveryPreference>;
  readonly company?: Partial<NewCompany>;
  readonly noMail?: boolean;
  readonly noAddress?: boolean;
  readonly carriers?: Carriers;
};

/** A tenant whose customer can be reached by mail and post, and an invoice to it. */
async function aWorld(given: Given = {}) {
  const tenant = await newTenant({ on: '2026-01-05' });
  const companyId: CompanyId = await aCompany(tenant, {
    name: 'Nordlicht',
    email: 'rechnung@nordlicht.example',
    ...given.company,
  });
  const customerId: CustomerId = await aCustomer(tenant, { name: 'Čapek s.r.o.' });
  if (!given.noMail)
    await tenant.act('owner', addContact, { customerId, name: 'Jana', role: 'billing', email: READER });
  if (!given.noAddress)
    await tenant.act('owner', addAddress, {
      customerId,
      kind: 'billing',
      street: 'Hlavní 1',
      postalCode: '110 00',
      city: 'Praha',
      country: 'CZ',
    });
  await tenant.act('owner', changeSetting, {
    companyId,
    wanted: { ...DEFAULT_SETTING, bounceAddress: 'bounce@mail.nordlicht.example', ...given.setting },
  });
  if (given.preference)
    await tenant.act('owner', changePreference, {
      customerId,
      wanted: { ...NO_PREFERENCE, ...given.preference },
    });
  tenant.jobs.length = 0;
  const invoice = await anInvoice(tenant, { companyId, customerId });
  const tools: MailTools = {
    ...mailToolsOf(tenant, [invoiceSource], {
      kind: 'smtp',
      send: (envelope, raw) => sendMail(smtp, envelope, raw),
    }),
    carriers: given.carriers,
  };
  return { tenant, companyId, customerId, invoice, tools, work: () => doJobs(tenant, tools) };
}

/** Does the jobs of invoicing and delivery until none is left. */
async function doJobs(tenant: TestTenant, tools: MailTools): Promise<void> {
  const handlers = invoicingJobs({ ...toolsOf(tenant), dataDir: '' });
  for (let round = 0; round < 10 && tenant.jobs.length > 0; round += 1)
    for (const job of tenant.jobs.splice(0)) {
      const handle = handlers[job.queue];
      const running = { tenantId: tenant.tenantId, payload: job.payload, jobId: crypto.randomUUID() };
      if (handle) await handle(running);
      else if (typeof job.payload.messageId === 'string' && job.after === undefined)
        await sendMessage(tools, tenant.tenantId, job.payload.messageId as MessageId);
    }
}

const deliver = (world: Awaited<ReturnType<typeof aWorld>>, channel?: Channel) =>
  world.tenant.act('collector', deliverInvoices, { invoiceIds: [world.invoice.invoiceId], channel });

const brief = async (tenant: TestTenant) =>
  (await messagesOf(tenant)).map((message) => [message.channel, message.state, message.recipient]);

test('an invoice goes to the contact for billing by mail, with its PDF and its number', async () => {
  const world = await aWorld();
  const start = server.received.length;
  const { queued, results } = await deliver(world);
  assert.deepEqual([queued, results[0]?.channel, results[0]?.recipient], [1, 'email', READER]);
  await world.work();
  const mail = present(server.received[start], 'it arrived');
  assert.match(mail.parsed.subject ?? '', new RegExp(world.invoice.number));
  assert.deepEqual(
    mail.parsed.attachments.map((file) => [file.filename, file.mimeType]),
    [[`${world.invoice.number}.pdf`, 'application/pdf']],
  );
  assert.deepEqual(await brief(world.tenant), [['email', 'sent', READER]]);
});

test('the mail of an invoice has the link of its company to be paid by; that of a credit note has none', async () => {
  const { tenant, companyId, invoice, ...world } = await aWorld();
  const extras = { ...NO_EXTRAS, payLink: 'https://pay.example/{number}?amount={amount}' };
  await tenant.act('owner', changeLook, { companyId, style: null, extras });
  const start = server.received.length;
  await deliver({ tenant, companyId, invoice, ...world });
  await world.work();
  const mail = present(server.received[start], 'it arrived').parsed;
  const link = `https://pay.example/${invoice.number}?amount=`;
  assert.ok(mail.text?.includes(`: ${link}`));
  assert.ok(mail.html?.includes(`href="${link}`));
  const note = builtInCreditNoteMail('en');
  assert.doesNotMatch(`${note.text}${note.html}`, /pay_url/);
});

test('the files of an invoice go along in its mail, supplements too', async () => {
  const world = await aWorld();
  const start = server.received.length;
  const { tenant, invoice } = world;
  const content = Buffer.from('hours;rate\n8;90\n');
  const file = await keepContent(tenant.pool, tenant.as('owner'), {
    fileName: 'hours.csv',
    stream: Readable.from([content]),
  });
  await tenant.act('owner', addSupplement, { invoiceId: invoice.invoiceId, file });
  await deliver(world);
  await world.work();
  const mail = present(server.received[start], 'it arrived');
  assert.deepEqual(
    mail.parsed.attachments.map((attached) => [attached.filename, attached.mimeType]),
    [
      [`${invoice.number}.pdf`, 'application/pdf'],
      ['hours.csv', 'text/csv'],
    ],
  );
  const sent = mail.parsed.attachments[1]?.content;
  assert.equal(Buffer.from(sent as ArrayBuffer).toString(), content.toString());
});

test('files too large for one mail are named in it, whoever wrote its words, and listed in the proof with their checksums', async () => {
  const world = await aWorld();
  const { tenant, invoice, companyId } = world;
  const attach = async (fileName: string, bytes: number) => {
    const stream = Readable.from([Buffer.alloc(bytes, fileName.charCodeAt(0))]);
    const file = await keepContent(tenant.pool, tenant.as('owner'), { fileName, stream });
    await tenant.act('owner', addSupplement, { invoiceId: invoice.invoiceId, file });
    return file;
  };
  const small = await attach('Abnahme.txt', 2_000);
  const large = await attach('Messwerte & Protokoll.txt', 10 * 1024 * 1024 - 1_000);
  const start = server.received.length;
  const send = async () => {
    await deliver(world);
    await world.work();
    return present(server.received.at(-1), 'it arrived').parsed;
  };
  const usual = await send();
  const said = /Too large for this mail, so not attached: Messwerte & Protokoll\.txt\. Please reply/;
  assert.match(usual.text ?? '', said);
  assert.match(usual.html ?? '', /not attached: Messwerte &amp; Protokoll\.txt\./);
  assert.deepEqual(
    usual.attachments.map((attached) => attached.filename),
    [`${invoice.number}.pdf`, 'Abnahme.txt'],
  );
  await tenant.act('owner', writeTemplate, {
    companyId,
    kind: 'invoice_mail',
    language: 'en',
    basedOn: 0,
    words: { subject: 'Yours', text: 'Here it is.' },
  });
  const own = await send();
  assert.match(own.text ?? '', /^Here it is\.\s+Too large for this mail/);
  assert.equal(server.received.length, start + 2);
  const proof = await inTenant(tenant.pool, tenant.tenantId, (tx) => exportEvidence(tx, invoice.invoiceId));
  const manifest = JSON.parse(String((await readZip(proof)).get('manifest.json')));
  assert.deepEqual(
    manifest.attached.map((file: { name: string; sha256: string }) => [file.name, file.sha256]),
    [small, large].map((file) => [file.name, file.sha256]),
  );
});

test('copies go along on the same mail, and what follows is threaded to it', async () => {
  const world = await aWorld({ preference: { emailTo: 'ap@capek.example', copies: ['boss@capek.example'] } });
  const start = server.received.length;
  await deliver(world);
  await world.work();
  await deliver(world);
  await world.work();
  const [first, second] = server.received.slice(start);
  assert.deepEqual(first?.envelope.to, ['ap@capek.example', 'boss@capek.example']);
  assert.equal(second?.parsed.inReplyTo, first?.parsed.messageId);
  assert.notEqual(second?.envelope.from, first?.envelope.from, 'each has a return address of its own');
});

test('one that is on its way is not sent twice, and a voided one not at all', async () => {
  const world = await aWorld();
  await deliver(world);
  assert.equal((await deliver(world)).results[0]?.reason, 'already_on_its_way');
  await world.tenant.act('owner', voidInvoice, {
    invoiceId: world.invoice.invoiceId,
    reason: 'wrong',
  });
  await world.work();
  const [message] = await messagesOf(world.tenant);
  assert.deepEqual([message?.state, message?.last_answer], ['dropped', 'voided']);
  assert.equal((await deliver(world)).results[0]?.reason, 'voided');
});

test('issued where the company wants it so, it is queued by itself, once, and not where it does not', async () => {
  const world = await aWorld({ setting: { deliversOnIssue: true } });
  const delivering = (tenant: TestTenant) =>
    tenant.jobs.map((job) => job.queue).filter((queue) => queue === DELIVER_QUEUE);
  assert.equal(delivering(world.tenant).length, 1);
  await world.work();
  assert.deepEqual(await brief(world.tenant), [['email', 'sent', READER]]);
  const other = await aWorld();
  assert.deepEqual(delivering(other.tenant), []);
});

test('a bounce sends it by post, once, however often the bounce is told; the address is left alone from then on', async () => {
  const world = await aWorld();
  const start = server.received.length;
  await deliver(world);
  await world.work();
  const returnTo = present(server.received[start], 'it arrived').envelope.from;
  const take = (words: string) =>
    takeInbound(toolsOf(world.tenant), world.tenant.tenantId, {
      to: [returnTo],
      raw: aDeliveryReport({ to: returnTo, reader: READER, words }),
    });
  await take('550 5.1.1 unknown');
  await take('550 5.1.1 still unknown');
  await world.work();
  assert.deepEqual(await brief(world.tenant), [
    ['email', 'sent', READER],
    ['post', 'ready', `Čapek s.r.o., Hlavní 1, 110 00 Praha, CZ`],
  ]);
  assert.equal((await deliver(world)).results[0]?.reason, 'already_on_its_way');
});

test('where the customer wants no other way, a bounce is work for a person alone', async () => {
  const world = await aWorld({ preference: { fallsBack: false } });
  const start = server.received.length;
  await deliver(world);
  await world.work();
  const returnTo = present(server.received[start], 'it arrived').envelope.from;
  await takeInbound(toolsOf(world.tenant), world.tenant.tenantId, {
    to: [returnTo],
    raw: aDeliveryReport({ to: returnTo, reader: READER }),
  });
  await world.work();
  assert.equal((await messagesOf(world.tenant)).length, 1);
});

test('a mail server that knows nobody there is as good as a bounce', async () => {
  const world = await aWorld();
  server.behave({ recipients: { [READER]: { code: 550, text: '5.1.1 no such user' } } });
  await deliver(world);
  await world.work();
  server.behave({});
  assert.deepEqual(
    (await brief(world.tenant)).map(([channel, state]) => [channel, state]),
    [
      ['email', 'refused'],
      ['post', 'ready'],
    ],
  );
});

test('eight at once replace a lost message once', async () => {
  const world = await aWorld();
  const { tenant } = world;
  await Promise.all(Array.from({ length: 8 }, () => messagesOf(tenant)));
  for (let round = 0; round < 5; round += 1) {
    const invoice = await anInvoice(tenant, { companyId: world.companyId, customerId: world.customerId });
    const { results } = await tenant.act('collector', deliverInvoices, { invoiceIds: [invoice.invoiceId] });
    const messageId = present(results[0]?.messageId, 'it is queued') as MessageId;
    const replaced = await Promise.allSettled(
      Array.from({ length: 8 }, () => tenant.act('collector', replaceMessage, { messageId })),
    );
    const made = replaced.filter((r) => r.status === 'fulfilled' && r.value.messageId !== null);
    assert.equal(made.length, 1);
  }
});

test('nobody to reach is a problem that a person sees, once', async () => {
  const world = await aWorld({ noMail: true, noAddress: true });
  assert.equal((await deliver(world)).results[0]?.reason, 'no_way');
  await deliver(world);
  const ask = await serveTo(world.tenant, deliveryRoutes);
  const { rows } = (await ask('viewer', listDeliveryProblems, {})).reply;
  assert.deepEqual(
    rows.map(({ kind, documentId }) => [kind, documentId]),
    [['no_way', world.invoice.invoiceId]],
  );
});

test('one whose only way is closed between queueing and sending is a problem that a person sees', async () => {
  const world = await aWorld({ noAddress: true });
  const { tenant, invoice, customerId } = world;
  await deliver(world);
  await tenant.act('owner', stopAddress, {
    address: READER,
    purpose: null,
    reason: 'by_hand',
    detail: 'They left',
  });
  await world.work();
  assert.deepEqual(await brief(tenant), [['email', 'dropped', READER]]);
  const ask = await serveTo(tenant, deliveryRoutes);
  const { rows } = (await ask('viewer', listDeliveryProblems, { query: { customerId } })).reply;
  assert.deepEqual(
    rows.map(({ kind, documentId, address, detail }) => [kind, documentId, address, detail]),
    [['no_way', invoice.invoiceId, READER, 'no way by email is open any more']],
  );
});

test('a way that is not set up here is left for the next one', async () => {
  const world = await aWorld({ preference: { channels: ['sms', 'email'], smsNumber: '+420601234567' } });
  await deliver(world);
  await world.work();
  assert.deepEqual(
    (await brief(world.tenant)).map(([channel, state]) => [channel, state]),
    [
      ['sms', 'refused'],
      ['email', 'sent'],
    ],
  );
});

test('a short notice says who, which, how much and until when, and what was handed over is kept', async () => {
  const said: string[] = [];
  const world = await aWorld({
    preference: { channels: ['sms'], smsNumber: '+420601234567' },
    carriers: {
      sms: {
        kind: 'sms_service',
        send: async ({ file }) => {
          said.push(new TextDecoder().decode(file));
          return { kind: 'accepted', reply: 'queued', refusedRecipients: [], reference: 'SM1' };
        },
      },
    },
  });
  await deliver(world);
  await world.work();
  assert.match(
    said[0] ?? '',
    new RegExp(`^Nordlicht: Invoice ${world.invoice.number}, .*100.00.*Questions:`),
  );
  const [message] = await messagesOf(world.tenant);
  assert.deepEqual([message?.state, message?.carrier_reference], ['sent', 'SM1']);
  const shown = await inTenant(world.tenant.pool, world.tenant.tenantId, (tx) =>
    readMessage(tx, present(message, 'it is there').id as MessageId),
  );
  assert.equal(shown.text, said[0]);
});

test('an e-invoice that cannot be made goes by the next way at once', async () => {
  const world = await aWorld({
    preference: { channels: ['network', 'email'], networkAddress: '0088:7300010000001' },
    carriers: {
      network: { kind: 'network_folder', send: async () => assert.fail('nothing is handed over') },
    },
  });
  await deliver(world);
  await world.work();
  assert.deepEqual(
    (await brief(world.tenant)).map(([channel, state]) => [channel, state]),
    [
      ['network', 'refused'],
      ['email', 'sent'],
    ],
  );
});

test('the proof of a document has the bytes that left, what was answered, what came back, each with its checksum', async () => {
  const world = await aWorld();
  const start = server.received.length;
  await deliver(world);
  await world.work();
  const mail = present(server.received[start], 'it arrived');
  const report = aDeliveryReport({
    to: mail.envelope.from,
    reader: READER,
    action: 'delivered',
    status: '2.0.0',
  });
  await takeInbound(toolsOf(world.tenant), world.tenant.tenantId, { to: [mail.envelope.from], raw: report });
  const exported = () =>
    inTenant(world.tenant.pool, world.tenant.tenantId, (tx) => exportEvidence(tx, world.invoice.invoiceId));
  const bytes = await exported();
  assert.deepEqual(await exported(), bytes, 'the same proof gives the same bytes');
  const files = await readZip(bytes);
  const manifest = JSON.parse(String(files.get('manifest.json')));
  assert.equal(manifest.files.length, files.size - 1);
  for (const file of manifest.files) {
    const content = present(files.get(file.name), 'what is listed is there');
    assert.equal(createHash('sha256').update(content).digest('hex'), file.sha256);
  }
  const [message] = manifest.messages;
  assert.deepEqual(files.get(`messages/${message.messageId}/try-1.eml`), Buffer.from(mail.raw));
  assert.match(message.attempts[0].answer, /^250/);
  assert.equal(message.attempts[0].sha256, createHash('sha256').update(mail.raw).digest('hex'));
  assert.deepEqual(
    message.signals.map((signal: { kind: string }) => signal.kind),
    ['delivered'],
  );
  assert.deepEqual(files.get(`inbound/${manifest.inbound[0].inboundMailId}.eml`), Buffer.from(report));
});

test('a credit note goes out as invoices do, where its company sends on issue', async () => {
  for (const deliversOnIssue of [true, false]) {
    const world = await aWorld({ setting: { deliversOnIssue } });
    await world.work();
    const before = (await messagesOf(world.tenant)).length;
    await world.tenant.act('controller', creditInvoice, {
      invoiceId: world.invoice.invoiceId,
      reason: 'goodwill',
    });
    await world.work();
    const messages = await messagesOf(world.tenant);
    assert.equal(messages.length, before + (deliversOnIssue ? 1 : 0));
    if (deliversOnIssue) assert.match(messages.at(-1)?.subject ?? '', /credit note|Rechnungskorrektur/i);
  }
});

test('of what was never sent there is no proof', async () => {
  const world = await aWorld();
  await assert.rejects(
    inTenant(world.tenant.pool, world.tenant.tenantId, (tx) => exportEvidence(tx, world.invoice.invoiceId)),
    { code: 'evidence_missing' },
  );
});

test('an e-invoice is put into the folder of the network, and what the network says is kept once and shown to a person', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'network-'));
  try {
    const world = await aWorld({
      preference: {
        channels: ['network', 'email'],
        networkAddress: '0088:7300010000001',
        buyerReference: 'Dept 7',
        eInvoice: 'peppol',
      },
      company: {
        street: 'Hafenstr. 1',
        postalCode: '20457',
        city: 'Hamburg',
        taxId: 'DE123456789',
        registrationNo: 'HRB 7',
        phone: '+49 40 123456',
        iban: 'DE89370400440532013000',
        networkAddress: '9930:DE123456789',
      },
      carriers: openCarriers({ QUITTANCE_NETWORK_FOLDER: folder }),
    });
    const { tenant } = world;
    const { tools } = world;
    await deliver(world);
    await doJobs(tenant, tools);
    const [message] = await messagesOf(tenant);
    assert.deepEqual([message?.state, message?.transport], ['sent', 'network_folder']);
    const own = join(folder, tenant.tenantId);
    const { invoice } = await readEInvoice(
      await readFile(join(own, 'out', message?.carrier_reference ?? '')),
    );
    assert.deepEqual(validate(invoice, 'peppol'), []);
    assert.deepEqual(
      [invoice.number, invoice.buyerReference, invoice.buyer?.endpoint],
      [world.invoice.number, 'Dept 7', { scheme: '0088', value: '7300010000001' }],
    );
    await readNetwork(tools, folder, tenant.tenantId);
    await writeFile(
      join(own, 'in', `${message?.id}.json`),
      '{"status":"rejected","detail":"no order number"}',
    );
    assert.equal(await readNetwork(tools, folder, tenant.tenantId), 1);
    assert.equal(await readNetwork(tools, folder, tenant.tenantId), 0);
    const shown = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
      readMessage(tx, present(message, 'it is there').id as MessageId),
    );
    assert.deepEqual(
      shown.signals.map((signal) => [signal.kind, signal.detail]),
      [['rejected', 'no order number']],
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('a way that is set up by halves is refused when the program starts', () => {
  assert.throws(() => openCarriers({ QUITTANCE_SMS_URL: 'https://sms.example' }), {
    code: 'carrier_not_complete',
  });
  assert.deepEqual(openCarriers({}), {});
});

test('letters to print are one file, with the files of their invoice behind them, and a list says where each stands', async () => {
  const world = await aWorld({ setting: { channels: ['post'] } });
  const { tenant, companyId } = world;
  await deliver(world);
  await world.work();
  const made = await makePostBatch(world.tools, tenant.as('collector'), { companyId });
  assert.deepEqual([made.letters, made.sheets], [1, Math.ceil(present(made.pages, 'a file has pages') / 2)]);
  const ask = await serveTo(tenant, deliveryRoutes);
  const params = { batchId: made.batchId };
  await printMade(world.tools, tenant.as('collector'), params);
  const file = await ask('viewer', downloadPostBatch, { params });
  assert.match(String(file.bytes.subarray(0, 5)), /%PDF-/);
  const list = await ask('viewer', downloadBatchList, { params });
  assert.match(String(list.bytes), /"1",".+","Čapek.*Hlavní 1.*","1","\d+","1",""/);
  const { rows } = (await ask('viewer', listBatchLetters, { params })).reply;
  assert.deepEqual(
    rows.map((row) => row.print),
    [{ firstPage: 1, pages: 1, sheets: 1, notPrinted: [] }],
  );
});

test('letters can be put together as an archive with a list, and are sent when they are in the post', async () => {
  const world = await aWorld({ setting: { channels: ['post'] } });
  const { tenant, companyId } = world;
  await deliver(world);
  await world.work();
  const wanted = { companyId, form: 'zip' } as const;
  const { batchId } = await makePostBatch(world.tools, tenant.as('collector'), wanted);
  const ask = await serveTo(tenant, deliveryRoutes);
  await printMade(world.tools, tenant.as('collector'), { batchId });
  const answer = await ask('viewer', downloadPostBatch, { params: { batchId } });
  const files = await readZip(answer.bytes);
  assert.deepEqual([...files.keys()], ['letters.csv', `0001-${world.invoice.number}.pdf`]);
  assert.match(String(files.get('letters.csv')), /Hlavní 1/);
  assert.match(String(files.get(`0001-${world.invoice.number}.pdf`)?.subarray(0, 5)), /%PDF-/);

  const before = await messagesOf(tenant);
  assert.equal(before[0]?.state, 'ready');
  await tenant.act('collector', markBatchPosted, { batchId });
  const [letter] = await messagesOf(tenant);
  assert.deepEqual([letter?.state, letter?.last_answer], ['sent', 'posted on 2026-01-05']);
  await assert.rejects(tenant.act('collector', markBatchPosted, { batchId }), { code: 'post_batch_posted' });
});
