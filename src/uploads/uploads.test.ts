import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { keepContent } from '#attachments/keep-content.ts';
import { inTenant } from '#db/transaction.ts';
import { exportEvidence } from '#delivery/export-evidence.ts';
import { creditInvoice } from '#invoicing/credit-invoice.ts';
import { deliverInvoices } from '#invoicing/deliver-invoices.ts';
import { issueInvoice } from '#invoicing/issue-invoice.ts';
import { voidInvoice } from '#invoicing/void-invoice.ts';
import type { RunningJob } from '#jobs/job.ts';
import { present } from '#kernel/assert.ts';
import { parseDate } from '#kernel/calendar.ts';
import { type ApplicationId, type CommandId, type CustomerId, type InvoiceId, newId } from '#kernel/id.ts';
import { closePdf } from '#printing/render-pdf.ts';
import { unapplyCredit } from '#remedies/unapply-credit.ts';
import { serveTo } from '../../test/support/ask.ts';
import { countRows } from '../../test/support/books.ts';
import { aCompany, aLine, anInvoice } from '../../test/support/builders.ts';
import { RACERS, raceHeld } from '../../test/support/race.ts';
import { aReader, remindOn, sendReminders, stepsSaid } from '../../test/support/reminders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { readZip } from '../../test/support/zip.ts';
import { addProof } from './add-proof.ts';
import { alignUploads } from './align-uploads.ts';
import * as contract from './contract.ts';
import { uploadsJobs } from './jobs.ts';
import type { Portal } from './portal.ts';
import { endPortal, putPortal } from './put-portal.ts';
import { ALIGN_QUEUE } from './queues.ts';
import { readUnposted } from './read-unposted.ts';
import { readUpload, readUploadCounts } from './read-uploads.ts';
import { recordAnswer, recordNotNeeded, recordUploaded, undoStep } from './record-upload.ts';
import { routes } from './routes.ts';

after(closePdf);

const ARIBA: Portal = {
  portal: 'SAP Ariba',
  address: 'https://service.ariba.example/Supplier.aw',
  supplierNumber: 'AN01012345678',
  userId: null,
  withinDays: 1,
  uploads: ['pdf'],
  from: parseDate('2026-03-01'),
  instead: false,
  chasesUnposted: false,
};

/** Does the jobs that wait, in their order. */
async function doJobs(tenant: TestTenant): Promise<void> {
  const handlers = uploadsJobs({
    door: tenant.door,
    clock: tenant.clock,
    dataDir: '',
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    contextOf: async () => tenant.as('owner'),
  } as Parameters<typeof uploadsJobs>[0]);
  for (const job of tenant.jobs.splice(0).filter((one) => one.queue === ALIGN_QUEUE)) {
    const running: RunningJob = { tenantId: tenant.tenantId, payload: job.payload, jobId: newId() };
    await handlers[ALIGN_QUEUE]?.(running);
  }
}

/** A customer with a portal and an invoice of 10 March 2026, a Tuesday, that is to be posted. */
async function setting(given: Partial<Portal> = {}) {
  const tenant = await newTenant({ on: '2026-03-10' });
  const companyId = await aCompany(tenant, { email: 'ar@creditor.example' });
  const customerId = await aReader(tenant, { name: 'Buyer AG' });
  await tenant.act('collector', putPortal, { customerId, ...ARIBA, ...given });
  const issue = async (more: Partial<Parameters<typeof anInvoice>[1]> = {}) => {
    const invoice = await anInvoice(tenant, {
      companyId,
      customerId,
      issuedOn: '2026-03-10',
      dueOn: '2026-03-20',
      ...more,
    });
    await doJobs(tenant);
    return invoice;
  };
  const invoice = await issue();
  const upload = async (documentId: string = invoice.invoiceId) =>
    (
      await inTenant(tenant.pool, tenant.tenantId, (tx) =>
        readUpload(tx, tenant.as('collector'), documentId as InvoiceId),
      )
    ).upload;
  const post = (documentId: InvoiceId = invoice.invoiceId, portalNumber?: string) =>
    tenant.act('collector', recordUploaded, { uploads: [{ documentId, portalNumber }] });
  const reject = (documentIds: readonly InvoiceId[] = [invoice.invoiceId]) =>
    tenant.act('collector', recordAnswer, {
      documentIds,
      answer: 'rejected',
      reason: 'references',
      note: 'PO is closed',
    });
  return { tenant, companyId, customerId, invoice, issue, upload, post, reject };
}

const countOf = async (tenant: TestTenant, table: 'portal_upload' | 'portal_step'): Promise<number> =>
  inTenant(tenant.pool, tenant.tenantId, async (tx) => {
    const [row] = await tx.run(
      sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)} where tenant_id = ${tx.tenantId}`,
    );
    return row?.n ?? 0;
  });

test('an issued document of a customer with a portal waits to be posted by the next day of business', async () => {
  const { tenant, upload, issue } = await setting();
  assert.equal((await upload())?.state, 'waiting');
  assert.equal((await upload())?.dueOn, '2026-03-11');
  tenant.on('2026-03-13');
  const friday = await issue({ issuedOn: '2026-03-13' });
  assert.equal((await upload(friday.invoiceId))?.dueOn, '2026-03-16');
  const events = (await tenant.events()).filter((event) => event.type === 'upload.wanted');
  assert.equal(events.length, 2);
});

test('the job of a document whose customer has no portal carries out nothing', async () => {
  const { tenant, companyId } = await setting();
  const other = await aReader(tenant);
  tenant.jobs.length = 0;
  await anInvoice(tenant, { companyId, customerId: other });
  assert.equal(tenant.jobs.filter((job) => job.queue === ALIGN_QUEUE).length, 1);
  const before = await countRows(tenant);
  await doJobs(tenant);
  assert.deepEqual(await countRows(tenant), before);
});

test('a document makes one upload, however often its job is done and its command repeated', async () => {
  const { tenant, companyId, customerId } = await setting();
  const commandId = newId() as CommandId;
  const input = {
    companyId,
    customerId,
    issuedOn: parseDate('2026-03-10'),
    dueOn: parseDate('2026-03-31'),
    currency: 'EUR',
    lines: [aLine(100_00n)],
  };
  const first = await tenant.act('owner', issueInvoice, input, { commandId });
  const jobs = tenant.jobs.filter((job) => job.queue === ALIGN_QUEUE);
  assert.deepEqual(
    jobs.map((job) => job.key),
    [first.invoiceId],
  );
  const second = await tenant.act('owner', issueInvoice, input, { commandId });
  assert.equal(second.invoiceId, first.invoiceId);
  assert.equal(tenant.jobs.filter((job) => job.queue === ALIGN_QUEUE).length, 1);
  const align = () => tenant.act('owner', alignUploads, { documentIds: [first.invoiceId] });
  const { won } = await raceHeld(
    tenant,
    Array.from({ length: RACERS }, () => align),
  );
  assert.equal(won, RACERS);
  assert.equal(await countOf(tenant, 'portal_upload'), 2);
  const wanted = (await tenant.events()).filter((event) => event.type === 'upload.wanted');
  assert.equal(wanted.length, 2);
});

test('a setting that counts from an earlier day takes what was issued since, and gives it time from today on', async () => {
  const tenant = await newTenant({ on: '2026-03-20' });
  const companyId = await aCompany(tenant);
  const customerId = await aReader(tenant);
  await anInvoice(tenant, { companyId, customerId, issuedOn: '2026-02-27', dueOn: '2026-03-29' });
  const later = await anInvoice(tenant, {
    companyId,
    customerId,
    issuedOn: '2026-03-02',
    dueOn: '2026-04-01',
  });
  await doJobs(tenant);
  assert.equal(await countOf(tenant, 'portal_upload'), 0);
  await tenant.act('owner', putPortal, { customerId, ...ARIBA });
  await doJobs(tenant);
  const { upload } = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readUpload(tx, tenant.as('viewer'), later.invoiceId),
  );
  assert.equal(upload?.dueOn, '2026-03-23');
  assert.equal(await countOf(tenant, 'portal_upload'), 1);
});

test('a posting is a message with its proof, and a rejection makes another attempt by a new day', async () => {
  const { tenant, invoice, upload, post, reject } = await setting();
  await post(invoice.invoiceId, 'AR-1');
  tenant.on('2026-03-12');
  await reject();
  assert.equal((await upload())?.state, 'rejected');
  assert.equal((await upload())?.dueOn, '2026-03-13');
  assert.equal((await upload())?.reason, 'references');
  await post(invoice.invoiceId, 'AR-2');
  await tenant.act('collector', recordAnswer, { documentIds: [invoice.invoiceId], answer: 'accepted' });
  const seen = await upload();
  assert.equal(seen?.state, 'accepted');
  assert.equal(seen?.attempts, 2);
  assert.equal(seen?.portalNumber, 'AR-2');
  assert.deepEqual(
    seen?.steps.map((step) => step.kind),
    ['uploaded', 'rejected', 'uploaded', 'accepted'],
  );
  const file = await keepContent(tenant.pool, tenant.as('collector'), {
    fileName: 'receipt.txt',
    stream: (async function* () {
      yield Buffer.from('Invoice received by the portal');
    })() as never,
  });
  await tenant.act('collector', addProof, { documentId: invoice.invoiceId, file });
  const zip = await inTenant(tenant.pool, tenant.tenantId, (tx) => exportEvidence(tx, invoice.invoiceId));
  const files = await readZip(zip);
  const manifest = JSON.parse(Buffer.from(files.get('manifest.json') ?? []).toString());
  assert.deepEqual(
    manifest.messages.map((m: { channel: string; signals: { kind: string }[] }) => [
      m.channel,
      m.signals.map((s) => s.kind),
    ]),
    [
      ['ap_portal', ['rejected']],
      ['ap_portal', ['accepted']],
    ],
  );
  assert.equal(manifest.proofs[0].name, 'receipt.txt');
  const [, words] = [...files].find(([name]) => name.includes('try-1.txt')) ?? [];
  assert.match(
    Buffer.from(words ?? []).toString(),
    /Posted in: SAP Ariba\n(.*\n)*Our number there: AN01012345678/,
  );
  assert.ok([...files.keys()].some((name) => name.startsWith('proofs/') && name.endsWith('/receipt.txt')));
});

test('of several people who mark the same document at once one is believed, and one message exists', async () => {
  const { tenant, invoice, post } = await setting();
  const { won, codes } = await raceHeld(
    tenant,
    Array.from({ length: RACERS }, (_, n) => () => post(invoice.invoiceId, `AR-${n}`)),
  );
  assert.equal(won, 1);
  assert.deepEqual(new Set(codes), new Set(['upload_step_not_possible']));
  assert.equal(await countOf(tenant, 'portal_step'), 1);
});

test('many are marked at once, all or none, and none is named twice', async () => {
  const { tenant, invoice, issue, upload } = await setting();
  const second = await issue();
  const mark = (...ids: InvoiceId[]) =>
    tenant.act('collector', recordUploaded, { uploads: ids.map((documentId) => ({ documentId })) });
  await assert.rejects(mark(invoice.invoiceId, invoice.invoiceId), { code: 'upload_named_twice' });
  await assert.rejects(mark(invoice.invoiceId, newId() as InvoiceId), { code: 'upload_not_found' });
  assert.equal((await upload())?.state, 'waiting');
  const done = await mark(invoice.invoiceId, second.invoiceId);
  assert.deepEqual(
    done.uploads.map((one) => one.state),
    ['uploaded', 'uploaded'],
  );
  await assert.rejects(mark(second.invoiceId), { code: 'upload_step_not_possible' });
});

test('what was noted last is taken back, step by step; the message of a posting stays as dropped', async () => {
  const { tenant, invoice, upload, post, reject } = await setting();
  await assert.rejects(tenant.act('collector', undoStep, { documentId: invoice.invoiceId }), {
    code: 'upload_nothing_to_undo',
  });
  await post();
  await reject();
  await tenant.act('collector', undoStep, { documentId: invoice.invoiceId, reason: 'Wrong document' });
  assert.equal((await upload())?.state, 'uploaded');
  assert.equal((await upload())?.dueOn, '2026-03-11');
  await tenant.act('collector', undoStep, { documentId: invoice.invoiceId });
  assert.equal((await upload())?.state, 'waiting');
  assert.equal((await upload())?.attempts, 0);
  const messages = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(
      sql<{
        state: string;
      }>`select state from message where tenant_id = ${tx.tenantId} and channel = 'ap_portal'`,
    ),
  );
  assert.deepEqual(messages, [{ state: 'dropped' }]);
  await post();
  assert.equal((await upload())?.attempts, 1);
});

test('a rejection says why, and another reason says it in words', async () => {
  const { tenant, invoice, post } = await setting();
  await post();
  const answer = (more: object) =>
    tenant.act('collector', recordAnswer, { documentIds: [invoice.invoiceId], answer: 'rejected', ...more });
  await assert.rejects(answer({}), { code: 'rejection_without_reason' });
  await assert.rejects(answer({ reason: 'other' }), { code: 'rejection_without_words' });
  await answer({ reason: 'other', note: 'Our site was closed' });
});

test('a voided document closes its upload by itself, also a posted one', async () => {
  const { tenant, invoice, issue, upload, post } = await setting();
  const second = await issue();
  await post(second.invoiceId);
  for (const { invoiceId } of [invoice, second])
    await tenant.act('controller', voidInvoice, { invoiceId, reason: 'Wrong customer' });
  await doJobs(tenant);
  for (const { invoiceId } of [invoice, second]) {
    assert.equal((await upload(invoiceId))?.state, 'closed');
    assert.equal((await upload(invoiceId))?.reason, 'voided');
  }
  await assert.rejects(tenant.act('collector', undoStep, { documentId: invoice.invoiceId }), {
    code: 'upload_closed_by_itself',
  });
});

test('a document credited before it was posted closes with its credit note, and opens when that is voided', async () => {
  const { tenant, invoice, upload } = await setting();
  const note = await tenant.act('controller', creditInvoice, {
    invoiceId: invoice.invoiceId,
    reason: 'quality',
    lines: [aLine(100_00n)],
  });
  await doJobs(tenant);
  assert.equal((await upload())?.reason, 'credited');
  assert.equal((await upload(note.creditNoteId))?.reason, 'nothing_to_correct');
  const application = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.find(sql<{ id: ApplicationId }>`select id from application where tenant_id = ${tx.tenantId}`),
  );
  await tenant.act('owner', unapplyCredit, {
    creditNoteId: note.creditNoteId as InvoiceId,
    applicationId: present(application, 'a credit note settles its invoice').id,
  });
  await tenant.act('controller', voidInvoice, {
    invoiceId: note.creditNoteId as InvoiceId,
    reason: 'Mistake',
  });
  await doJobs(tenant);
  assert.equal((await upload())?.state, 'waiting');
  assert.equal((await upload(note.creditNoteId))?.state, 'closed');
});

test('a credit note for what was posted is to be posted too', async () => {
  const { tenant, invoice, upload, post } = await setting();
  await post();
  const note = await tenant.act('controller', creditInvoice, {
    invoiceId: invoice.invoiceId,
    reason: 'quality',
    lines: [aLine(100_00n)],
  });
  await doJobs(tenant);
  assert.equal((await upload())?.state, 'uploaded');
  assert.equal((await upload(note.creditNoteId))?.state, 'waiting');
});

test('when the portal ends what waits closes, and it waits again when the portal is used again', async () => {
  const { tenant, customerId, upload } = await setting({ instead: true });
  await tenant.act('collector', endPortal, { customerId });
  await assert.rejects(tenant.act('collector', endPortal, { customerId }), { code: 'portal_not_in_use' });
  await doJobs(tenant);
  assert.equal((await upload())?.reason, 'portal_ended');
  await tenant.act('collector', putPortal, { customerId, ...ARIBA });
  await doJobs(tenant);
  assert.equal((await upload())?.state, 'waiting');
});

test('a setting refuses members, customers and addresses that are none', async () => {
  const { tenant, customerId } = await setting();
  const put = (more: Partial<Portal> & { customerId?: CustomerId }) =>
    tenant.act('collector', putPortal, { customerId, ...ARIBA, ...more });
  await assert.rejects(put({ userId: 'nobody' }), { code: 'member_not_found' });
  await assert.rejects(put({ customerId: newId<'customer'>() }), { code: 'customer_not_found' });
  await assert.rejects(put({ address: 'http://portal.example' }), { code: 'portal_address_not_valid' });
});

test('a document that is posted instead is not sent by itself, but by a channel that is named', async () => {
  const { tenant, invoice } = await setting({ instead: true });
  const own = await tenant.act('collector', deliverInvoices, { invoiceIds: [invoice.invoiceId] });
  assert.equal(own.results[0]?.reason, 'by_portal');
  const named = await tenant.act('collector', deliverInvoices, {
    invoiceIds: [invoice.invoiceId],
    channel: 'email',
  });
  assert.equal(named.queued, 1);
  const besides = await setting();
  const sent = await besides.tenant.act('collector', deliverInvoices, {
    invoiceIds: [besides.invoice.invoiceId],
  });
  assert.equal(sent.queued, 1);
});

test('nobody is reminded of what is not posted or was rejected, unless the customer is to be', async () => {
  const { tenant, companyId, customerId, post, reject } = await setting();
  await remindOn(tenant, '2026-03-27', { companyId });
  assert.deepEqual(await stepsSaid(tenant), []);
  await post();
  await remindOn(tenant, '2026-03-28', { companyId });
  assert.equal((await stepsSaid(tenant)).length, 1);
  // Rejected between planning and sending: the message says nothing, and gives its step back.
  await reject();
  await sendReminders(tenant);
  assert.deepEqual(await stepsSaid(tenant), []);
  await tenant.act('collector', putPortal, { customerId, ...ARIBA, chasesUnposted: true });
  await remindOn(tenant, '2026-03-29', { companyId });
  assert.equal((await stepsSaid(tenant)).length, 1);
});

test('what is not needed is no work, is not held back from reminders, and can be wanted again', async () => {
  const { tenant, customerId, invoice, upload } = await setting();
  const unposted = () =>
    inTenant(tenant.pool, tenant.tenantId, (tx) => readUnposted(tx, [customerId])).then((set) => set.size);
  assert.equal(await unposted(), 1);
  await tenant.act('collector', recordNotNeeded, { documentIds: [invoice.invoiceId], note: 'Paid by card' });
  assert.equal(await unposted(), 0);
  assert.equal((await upload())?.note, 'Paid by card');
  await tenant.act('collector', undoStep, { documentId: invoice.invoiceId });
  assert.equal((await upload())?.state, 'waiting');
});

test('the list shows what is to be posted, late and rejected, portal by portal, page by page', async () => {
  const { tenant, invoice, issue, post, reject } = await setting();
  const second = await issue();
  await post(second.invoiceId);
  await reject([second.invoiceId]);
  const third = await issue();
  await post(third.invoiceId);
  tenant.on('2026-03-12');
  const ask = await serveTo(tenant, routes);
  const list = async (query: object) => {
    const { status, reply } = await ask('viewer', contract.listUploads, { query });
    assert.equal(status, 200, JSON.stringify(reply));
    return reply;
  };
  const numbers = (rows: { readonly number: string }[]) => rows.map((row) => row.number).sort();
  assert.deepEqual(numbers((await list({})).rows), [invoice.number, second.number]);
  assert.deepEqual(numbers((await list({ show: 'late' })).rows), [invoice.number, second.number]);
  assert.deepEqual(numbers((await list({ show: 'rejected' })).rows), [second.number]);
  assert.deepEqual(numbers((await list({ show: 'uploaded' })).rows), [third.number]);
  assert.deepEqual((await list({ portal: 'Coupa' })).rows, []);
  const first = await list({ limit: 1, show: 'all' });
  const rest = await list({ limit: 2, show: 'all', after: first.next ?? '' });
  assert.equal(new Set([...first.rows, ...rest.rows].map((row) => row.documentId)).size, 3);
  assert.equal(rest.next, null);
  const counts = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readUploadCounts(tx, tenant.as('viewer')),
  );
  assert.deepEqual(counts, {
    ...{ waiting: 1, rejected: 1, late: 2, uploaded: 1, yours: 0 },
    portals: [{ portal: 'SAP Ariba', waiting: 1, rejected: 1, late: 2, uploaded: 1, yours: 0 }],
  });
  const { reply } = await ask('viewer', contract.readUpload, { params: { documentId: invoice.invoiceId } });
  assert.equal(reply.upload?.may.upload, 'not_permitted');
  assert.equal(reply.upload?.isLate, true);
});

test('all that goes up comes as one archive, a folder for each document, and what is missing is said', async () => {
  const { tenant, invoice, issue } = await setting({ uploads: ['pdf', 'ubl', 'cii', 'attachments'] });
  const second = await issue();
  const ask = await serveTo(tenant, routes);
  const ids = [invoice.invoiceId, second.invoiceId];
  const answer = await ask('viewer', contract.downloadUploadFiles, { body: { documentIds: ids } });
  assert.equal(answer.status, 200);
  const files = await readZip(answer.bytes);
  assert.ok(files.has(`${invoice.number}/${invoice.number}.pdf`), [...files.keys()].join());
  const missing = Buffer.from(files.get('not-included.txt') ?? []).toString();
  const written = [...files.keys()].filter((name) => name.endsWith('.xml')).length;
  assert.equal(written + missing.trim().split('\n').filter(Boolean).length, 4);
  const unknown = await ask('viewer', contract.downloadUploadFiles, { body: { documentIds: [newId()] } });
  assert.equal(unknown.code, 'upload_not_found');
});

test('a proof needs a posting, and is never sent or changed', async () => {
  const { tenant, invoice, post } = await setting();
  const ask = await serveTo(tenant, routes);
  const send = () =>
    ask('collector', contract.addUploadProof, {
      params: { documentId: invoice.invoiceId },
      file: { name: 'proof.txt', content: Buffer.from('received') },
    });
  assert.equal((await send()).code, 'upload_not_posted');
  await post();
  assert.equal((await send()).status, 200);
  await assert.rejects(
    inTenant(tenant.pool, tenant.tenantId, async (tx) =>
      tx.run(sql`delete from attachment where tenant_id = ${tx.tenantId} and message_id is not null`),
    ),
  );
});

test('a setting is read by all, and changed by those who edit customers', async () => {
  const { tenant, customerId } = await setting();
  const ask = await serveTo(tenant, routes);
  const { reply } = await ask('viewer', contract.readPortal, { params: { customerId } });
  assert.equal(reply.setting?.supplierNumber, 'AN01012345678');
  assert.equal(reply.may.change, 'not_permitted');
  const body = { portal: 'Coupa', address: null, supplierNumber: null, userId: null, from: '2026-03-01' };
  const put = await ask('collector', contract.putPortal, { params: { customerId }, body });
  assert.equal(put.status, 200, JSON.stringify(put.reply));
  assert.equal(
    (await ask('viewer', contract.readPortal, { params: { customerId } })).reply.setting?.withinDays,
    1,
  );
});
