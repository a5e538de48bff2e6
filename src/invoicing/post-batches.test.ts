import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { beginBatch, beginBatchAgain } from '#delivery/begin-batch.ts';
import { changeSetting } from '#delivery/change-delivery.ts';
import {
  beginPostBatchAgain,
  downloadPostBatch,
  listDeliveryProblems,
  listPostBatches,
} from '#delivery/contract.ts';
import { dropMessage, markMessageSent } from '#delivery/decide-message.ts';
import { deliveryJobs } from '#delivery/jobs.ts';
import { finishBatch, markBatchPosted, printBatch } from '#delivery/post-letters.ts';
import { routes as deliveryRoutes } from '#delivery/routes.ts';
import { type MailTools, sendMessage } from '#delivery/send-message.ts';
import { DEFAULT_SETTING } from '#delivery/sender.ts';
import { present } from '#kernel/assert.ts';
import {
  type CommandId,
  type CustomerId,
  type InvoiceId,
  type ItemId,
  type MessageId,
  newId,
} from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { addAddress, archiveAddress } from '#parties/change-addresses.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { changeLook } from '#printing/change-look.ts';
import { NO_EXTRAS } from '#printing/print-extras.ts';
import { closePdf } from '#printing/render-pdf.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer, anInvoice, aPayment } from '../../test/support/builders.ts';
import { makePostBatch, printMade } from '../../test/support/letters.ts';
import { mailToolsOf, messagesOf } from '../../test/support/mail.ts';
import { RACERS, race, runWhileHeld } from '../../test/support/race.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { readZip } from '../../test/support/zip.ts';
import { deliverInvoices } from './deliver-invoices.ts';
import { voidInvoice } from './void-invoice.ts';
import { invoiceSource } from './write-invoice.ts';

after(closePdf);

/** A company that writes by post, with so many letters that lie ready. */
async function aPile(count: number) {
  const tenant = await newTenant({ on: '2026-01-05' });
  const companyId = await aCompany(tenant, { name: 'Nordlicht' });
  await tenant.act('owner', changeSetting, { companyId, wanted: { ...DEFAULT_SETTING, channels: ['post'] } });
  const tools: MailTools = mailToolsOf(tenant, [invoiceSource]);
  const sent: {
    readonly invoiceId: InvoiceId;
    readonly itemId: ItemId;
    readonly customerId: CustomerId;
    readonly addressId: string;
  }[] = [];
  for (let n = 0; n < count; n += 1) {
    const customerId = await aCustomer(tenant);
    const { addressId } = await tenant.act('owner', addAddress, {
      customerId,
      kind: 'billing',
      street: `Road ${n}`,
      postalCode: '110 00',
      city: 'Praha',
      country: 'CZ',
    });
    const { invoiceId, itemId } = await anInvoice(tenant, { companyId, customerId });
    sent.push({ invoiceId, itemId, customerId, addressId });
    await tenant.act('collector', deliverInvoices, { invoiceIds: [invoiceId] });
  }
  for (const message of await messagesOf(tenant))
    await sendMessage(tools, tenant.tenantId, message.id as MessageId);
  tenant.jobs.length = 0;
  const context = () => tenant.as('collector');
  const ask = await serveTo(tenant, deliveryRoutes);
  const batches = async () => (await ask('viewer', listPostBatches, {})).reply;
  const made = async () => (await tenant.events()).filter(({ type }) => type === 'post_batch.made').length;
  return { tenant, companyId, sent, tools, context, ask, batches, made };
}

test('a batch that was begun is made by a worker, and only once', async () => {
  const { tenant, companyId, tools, context, ask, batches, made } = await aPile(2);
  const { batchId, letters } = await tenant.act('collector', beginBatch, { companyId });
  assert.equal(letters, 2);
  assert.deepEqual((await batches()).ready, [], 'nobody else prints its letters');
  assert.equal((await batches()).rows[0]?.isMade, false);
  const params = { batchId };
  assert.equal((await ask('viewer', downloadPostBatch, { params })).code, 'post_batch_not_made');
  await assert.rejects(tenant.act('collector', markBatchPosted, { batchId }), {
    code: 'post_batch_not_printed',
  });

  const [job] = tenant.jobs.splice(0);
  assert.ok(job && !job.after, 'a worker makes it at once');
  const handle = present(deliveryJobs(tools)[job.queue], 'the job has a handler');
  const running = { tenantId: tenant.tenantId, payload: job.payload, jobId: crypto.randomUUID() };
  await handle(running);
  assert.equal((await ask('viewer', downloadPostBatch, { params })).code, 'post_batch_not_printed');
  await printMade(tools, context(), { batchId });
  const first = await ask('viewer', downloadPostBatch, { params });
  assert.match(String(first.bytes.subarray(0, 5)), /%PDF-/);
  await handle(running);
  await finishBatch(tenant.door, context(), batchId);
  await printMade(tools, context(), { batchId });
  assert.deepEqual((await ask('viewer', downloadPostBatch, { params })).bytes, first.bytes);
  assert.equal(await made(), 1);
  assert.deepEqual((await batches()).rows[0]?.letters, 2);
});

test('of several who begin a batch at once one takes the letters, and the others are told that none is left', async () => {
  const { tenant, companyId, batches } = await aPile(2);
  const { won, codes } = await race(
    tenant,
    Array.from({ length: RACERS }, () => () => tenant.act('collector', beginBatch, { companyId })),
  );
  assert.deepEqual([won, new Set(codes)], [1, new Set(['no_letters_ready'])]);
  assert.deepEqual(
    (await batches()).rows.map(({ letters }) => letters),
    [2],
  );
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

test('a letter that is taken out while its batch is joined is not in the file', async () => {
  const { tenant, companyId, context, batches } = await aPile(2);
  const { batchId } = await tenant.act('collector', beginBatch, { companyId });
  const made = await runWhileHeld(
    tenant,
    (tx) => tx.run(sql`select from post_batch where tenant_id = ${tx.tenantId} for update`),
    () => finishBatch(tenant.door, context(), batchId),
    async (tx) => {
      await tx.run(sql`update message set post_batch_id = null where (tenant_id, id) =
        (select tenant_id, id from message where tenant_id = ${tx.tenantId} order by id limit 1)`);
      await tx.run(sql`update post_batch set letters = 1 where tenant_id = ${tx.tenantId}`);
    },
  );
  assert.deepEqual([made.letters, made.sheets], [1, 1]);
  assert.deepEqual((await batches()).ready, [{ companyId, letters: 1 }]);
});

test('a letter that a person drops, or says is sent already, while its batch is not printed yet is not printed with it', async () => {
  const { tenant, companyId, tools, context, ask } = await aPile(3);
  const { batchId } = await makePostBatch(tools, context(), { companyId, form: 'zip' });
  const [dropped, posted, left] = (await messagesOf(tenant)).map(({ id }) => id as MessageId);
  await tenant.act('collector', dropMessage, { messageId: present(dropped, 'there are three') });
  await tenant.act('collector', markMessageSent, { messageId: present(posted, 'there are three') });
  const printed = await printMade(tools, context(), { batchId });
  assert.deepEqual([printed.isPrinted, printed.letters], [true, 1]);
  const { bytes } = await ask('viewer', downloadPostBatch, { params: { batchId } });
  assert.equal((await readZip(bytes)).size, 2, 'the list and one letter');
  const still = (await messagesOf(tenant)).filter(({ post_batch_id }) => post_batch_id === batchId);
  assert.deepEqual(
    still.map(({ id }) => id),
    [left],
  );
});

test('letters that cannot be joined are set aside, or left out where a person dropped them meanwhile', async () => {
  const { tenant, companyId, context } = await aPile(3);
  const { batchId } = await tenant.act('collector', beginBatch, { companyId });
  const [dropped, broken] = (await messagesOf(tenant)).map(({ id }) => id as MessageId);
  await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql`update message_attempt set raw = 'no letter', is_packed = false
      where tenant_id = ${tx.tenantId} and message_id in (${dropped}::uuid, ${broken}::uuid)`),
  );
  await tenant.act('collector', dropMessage, { messageId: present(dropped, 'there are three') });
  assert.equal((await finishBatch(tenant.door, context(), batchId)).letters, 1);
  assert.deepEqual(
    (await messagesOf(tenant)).map(({ state }) => state),
    ['dropped', 'failed', 'ready'],
  );
});

test('a letter that is dropped in the moment its batch is printed holds the printing back', async () => {
  const { tenant, companyId, tools, context } = await aPile(1);
  const { batchId } = await makePostBatch(tools, context(), { companyId, form: 'zip' });
  const came = await runWhileHeld(
    tenant,
    (tx) => tx.run(sql`update message set state = 'dropped' where tenant_id = ${tx.tenantId}`),
    () =>
      printBatch(tools, context(), { batchId }).then(
        () => 'printed',
        (error: { readonly code?: string }) => error.code,
      ),
    async () => {},
  );
  assert.equal(came, 'post_batch_not_made');
  await assert.rejects(printMade(tools, context(), { batchId }), { code: 'post_batch_empty' });
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
  await printMade(tools, context(), { batchId });
  await tenant.act('collector', markBatchPosted, { batchId });
  const states = (await messagesOf(tenant)).map((message) => message.state).sort();
  assert.deepEqual(states, ['ready', 'sent', 'sent']);
  assert.equal((await makePostBatch(tools, context(), { companyId })).letters, 1);
});

test('an invoice that was written while its customer had an address is printed, unless it was voided since', async () => {
  const { tenant, companyId, sent, tools, context } = await aPile(2);
  for (const { addressId } of sent) await tenant.act('owner', archiveAddress, { addressId });
  const invoiceId = present(sent[0], 'there are two').invoiceId;
  await tenant.act('owner', voidInvoice, { invoiceId, reason: 'Wrong customer' });
  assert.equal((await makePostBatch(tools, context(), { companyId })).letters, 1);
  const states = (await messagesOf(tenant)).map(({ state, last_answer }) => [state, last_answer]).sort();
  assert.deepEqual(states, [
    ['dropped', 'voided'],
    ['ready', 'ready to be printed and posted'],
  ]);
});

test('a letter that has to be written anew and has no address any more is a problem that a person sees', async () => {
  const { tenant, companyId, sent, tools, context, ask } = await aPile(1);
  const { addressId, invoiceId } = present(sent[0], 'there is one');
  await tenant.act('owner', archiveAddress, { addressId });
  await tenant.act('owner', changeLook, {
    companyId,
    style: null,
    extras: { ...NO_EXTRAS, payLink: 'https://pay.example/{number}' },
  });
  assert.equal((await makePostBatch(tools, context(), { companyId })).letters, 0);
  const { rows } = (await ask('viewer', listDeliveryProblems, {})).reply;
  assert.deepEqual(
    rows.map(({ kind, documentId, detail }) => [kind, documentId, detail]),
    [['no_way', invoiceId, 'no way by post is open any more']],
  );
});

test('money that is applied in the moment a batch is let go waits until it is', async () => {
  const { tenant, companyId, sent, tools, context } = await aPile(1);
  const { batchId } = await makePostBatch(tools, context(), { companyId, form: 'zip' });
  const { customerId, itemId } = present(sent[0], 'there is one');
  const { paymentId } = await aPayment(tenant, {
    companyId,
    customerId,
    minor: 40_00n,
    receivedOn: '2026-01-05',
  });
  const looked = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  let reads = 0;
  const slow: typeof invoiceSource = {
    ...invoiceSource,
    async read(...asked) {
      const reading = await invoiceSource.read(...asked);
      reads += 1;
      // The first look is outside of the transaction that lets the batch go, the second within.
      if (reads === 2) {
        looked.resolve();
        await goOn.promise;
      }
      return reading;
    },
  };
  const printing = printBatch({ ...tools, sources: [slow] }, context(), { batchId });
  await looked.promise;
  const allocations = [{ itemId, amount: money(40_00n, 'EUR') }];
  const paying = tenant.act('cash_applier', applyPayment, { paymentId, allocations }).then(() => 'applied');
  const first = await Promise.race([paying, setTimeout(1_000, 'waits')]);
  goOn.resolve();
  assert.equal((await printing).isPrinted, true);
  assert.deepEqual([first, await paying], ['waits', 'applied']);
});

test('a batch whose worker was lost is begun again by a person, once', async () => {
  const { tenant, companyId, tools, ask, batches } = await aPile(2);
  const { batchId } = await tenant.act('collector', beginBatch, { companyId });
  tenant.jobs.length = 0;
  const params = { batchId };
  const again = () => ask('collector', beginPostBatchAgain, { params });
  assert.equal((await batches()).rows[0]?.stalledSince, null);
  assert.equal((await again()).code, 'post_batch_in_hand', 'a worker may be at it');
  assert.equal((await ask('viewer', beginPostBatchAgain, { params })).status, 403);

  tenant.on('2026-01-06');
  assert.match((await batches()).rows[0]?.stalledSince ?? '', /^2026-01-05T/);
  const { won, codes } = await race(
    tenant,
    Array.from({ length: RACERS }, () => () => tenant.act('collector', beginBatchAgain, params)),
  );
  assert.deepEqual([won, new Set(codes)], [1, new Set(['post_batch_in_hand'])]);
  assert.equal((await batches()).rows[0]?.stalledSince, null);
  const [job, ...others] = tenant.jobs.splice(0);
  assert.deepEqual([job?.key, others.length], [batchId, 0]);
  const handle = present(deliveryJobs(tools)[job?.queue ?? ''], 'the job has a handler');
  await handle({ tenantId: tenant.tenantId, payload: job?.payload ?? {}, jobId: crypto.randomUUID() });
  assert.equal((await batches()).rows[0]?.isMade, true);
  assert.equal((await again()).code, 'post_batch_made');
  tenant.on('2026-01-07');
  assert.equal((await batches()).rows[0]?.stalledSince, null);
  const unknown = await ask('collector', beginPostBatchAgain, { params: { batchId: newId() } });
  assert.equal(unknown.code, 'post_batch_not_found');
});

test('a batch that is made anew stands still only where nobody was at it since', async () => {
  const { tenant, companyId, tools, context, sent, batches } = await aPile(1);
  const { batchId } = await makePostBatch(tools, context(), { companyId });
  tenant.on('2026-01-08');
  await tenant.act('owner', voidInvoice, {
    invoiceId: present(sent[0], 'there is one').invoiceId,
    reason: 'Wrong customer',
  });
  assert.equal((await printBatch(tools, context(), { batchId })).isPrinted, false);
  assert.equal((await batches()).rows[0]?.stalledSince, null, 'it was asked for just now');
  tenant.on('2026-01-09');
  assert.match((await batches()).rows[0]?.stalledSince ?? '', /^2026-01-08T/);
});
