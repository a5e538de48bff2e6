import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { beginBatch } from '#delivery/begin-batch.ts';
import { changeSetting } from '#delivery/change-delivery.ts';
import { downloadPostBatch, listPostBatches } from '#delivery/contract.ts';
import { deliveryJobs } from '#delivery/jobs.ts';
import { finishBatch, makePostBatch, markBatchPosted } from '#delivery/post-letters.ts';
import { routes as deliveryRoutes } from '#delivery/routes.ts';
import { type MailTools, sendMessage } from '#delivery/send-message.ts';
import { DEFAULT_SETTING } from '#delivery/sender.ts';
import { present } from '#kernel/assert.ts';
import { type CommandId, type MessageId, newId } from '#kernel/id.ts';
import { addAddress } from '#parties/change-addresses.ts';
import { closePdf } from '#printing/render-pdf.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer, anInvoice } from '../../test/support/builders.ts';
import { mailToolsOf, messagesOf } from '../../test/support/mail.ts';
import { RACERS, race } from '../../test/support/race.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { deliverInvoices } from './deliver-invoices.ts';
import { invoiceSource } from './write-invoice.ts';

after(closePdf);

/** A company that writes by post, with so many letters that lie ready. */
async function aPile(count: number) {
  const tenant = await newTenant({ on: '2026-01-05' });
  const companyId = await aCompany(tenant, { name: 'Nordlicht' });
  await tenant.act('owner', changeSetting, { companyId, wanted: { ...DEFAULT_SETTING, channels: ['post'] } });
  const tools: MailTools = mailToolsOf(tenant, [invoiceSource]);
  for (let n = 0; n < count; n += 1) {
    const customerId = await aCustomer(tenant);
    await tenant.act('owner', addAddress, {
      customerId,
      kind: 'billing',
      street: `Road ${n}`,
      postalCode: '110 00',
      city: 'Praha',
      country: 'CZ',
    });
    const { invoiceId } = await anInvoice(tenant, { companyId, customerId });
    await tenant.act('collector', deliverInvoices, { invoiceIds: [invoiceId] });
  }
  for (const message of await messagesOf(tenant))
    await sendMessage(tools, tenant.tenantId, message.id as MessageId);
  tenant.jobs.length = 0;
  const context = () => tenant.as('collector');
  const ask = await serveTo(tenant, deliveryRoutes);
  const batches = async () => (await ask('viewer', listPostBatches, {})).reply;
  const made = async () => (await tenant.events()).filter(({ type }) => type === 'post_batch.made').length;
  return { tenant, companyId, tools, context, ask, batches, made };
}

test('a batch that was begun by a process that died is made by a job, and only once', async () => {
  const { tenant, companyId, tools, context, ask, batches, made } = await aPile(2);
  const { batchId, letters } = await tenant.act('collector', beginBatch, { companyId });
  assert.equal(letters, 2);
  assert.deepEqual((await batches()).ready, [], 'nobody else prints its letters');
  assert.equal((await batches()).rows[0]?.isMade, false);
  const params = { batchId };
  assert.equal((await ask('viewer', downloadPostBatch, { params })).code, 'post_batch_not_made');
  await assert.rejects(tenant.act('collector', markBatchPosted, { batchId }), {
    code: 'post_batch_not_made',
  });

  const [job] = tenant.jobs.splice(0);
  assert.ok(job?.after, 'whoever began it is given time');
  const handle = present(deliveryJobs(tools)[job.queue], 'the job has a handler');
  const running = { tenantId: tenant.tenantId, payload: job.payload, jobId: crypto.randomUUID() };
  await handle(running);
  const first = await ask('viewer', downloadPostBatch, { params });
  assert.match(String(first.bytes.subarray(0, 5)), /%PDF-/);
  await handle(running);
  await finishBatch(tenant.door, context(), batchId);
  assert.deepEqual((await ask('viewer', downloadPostBatch, { params })).bytes, first.bytes);
  assert.equal(await made(), 1);
  assert.deepEqual((await batches()).rows[0]?.letters, 2);
});

test('of several who make one batch at once the first one’s file is kept', async () => {
  const { tenant, companyId, context, made } = await aPile(2);
  const { batchId } = await tenant.act('collector', beginBatch, { companyId });
  const { won, codes } = await race(
    tenant,
    Array.from({ length: RACERS }, () => () => finishBatch(tenant.door, context(), batchId)),
  );
  assert.deepEqual([won, codes], [RACERS, []]);
  assert.equal(await made(), 1);
});

test('asked again with the same command id, the batch that was begun is gone on with', async () => {
  const { companyId, tools, context, batches } = await aPile(1);
  const commandId = newId() as CommandId;
  const wanted = { companyId, form: 'zip' } as const;
  const first = await makePostBatch(tools, context(), wanted, { commandId });
  assert.deepEqual(await makePostBatch(tools, context(), wanted, { commandId }), first);
  assert.equal((await batches()).rows.length, 1);
  await assert.rejects(makePostBatch(tools, context(), wanted), { code: 'no_letters_ready' });
});

test('letters that have no room in a batch lie ready for the next one', async () => {
  const { tenant, companyId, tools, context, batches } = await aPile(3);
  const { batchId } = await tenant.act('collector', beginBatch, { companyId });
  const made = await finishBatch(tenant.door, context(), batchId, 3);
  assert.deepEqual([made.letters, made.pages, made.sheets], [2, 4, 2]);
  assert.deepEqual((await batches()).ready, [{ companyId, letters: 1 }]);
  await tenant.act('collector', markBatchPosted, { batchId });
  const states = (await messagesOf(tenant)).map((message) => message.state).sort();
  assert.deepEqual(states, ['ready', 'sent', 'sent']);
  assert.equal((await makePostBatch(tools, context(), { companyId })).letters, 1);
});
