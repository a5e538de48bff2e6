// Letters that lie ready, and what is paid before they are printed.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { beginBatch } from '#delivery/begin-batch.ts';
import type { MessageSource } from '#delivery/begin-sending.ts';
import { changePreference } from '#delivery/change-delivery.ts';
import {
  downloadPostBatch,
  listBatchLetters,
  listDeliveryProblems,
  listPostBatches,
} from '#delivery/contract.ts';
import { makeBatch } from '#delivery/make-batch.ts';
import { finishBatch, markBatchPosted } from '#delivery/post-letters.ts';
import { NO_PREFERENCE } from '#delivery/preference.ts';
import { routes as deliveryRoutes } from '#delivery/routes.ts';
import { present } from '#kernel/assert.ts';
import type { CustomerId, ItemId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { addAddress, archiveAddress } from '#parties/change-addresses.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { closePdf } from '#printing/render-pdf.ts';
import { letterKindOf, type TemplateKind, type WrittenTemplate } from '#wording/message-template.ts';
import { writeTemplate } from '#wording/write-template.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer, anInvoice, aPayment } from '../../test/support/builders.ts';
import { makePostBatch, printMade } from '../../test/support/letters.ts';
import { attemptsOf, messagesOf } from '../../test/support/mail.ts';
import { readPdf } from '../../test/support/pdf-reader.ts';
import { RACERS, raceHeld, runWhileHeld } from '../../test/support/race.ts';
import { leftOut, reminderTools, remindOn, sendReminders, stepsSaid } from '../../test/support/reminders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { readZip } from '../../test/support/zip.ts';

after(closePdf);

/** A customer who is written to by post. */
async function aPostReader(tenant: TestTenant) {
  const customerId = await aCustomer(tenant, { name: 'Čapek', language: 'en' });
  const { addressId } = await tenant.act('owner', addAddress, {
    customerId,
    kind: 'billing',
    street: 'Long Road 5',
    postalCode: '60200',
    city: 'Brno',
    country: 'CZ',
  });
  const wanted = { ...NO_PREFERENCE, channels: ['post'] as const };
  await tenant.act('owner', changePreference, { customerId, wanted });
  return { customerId, addressId };
}

/** A customer who is written to by post, with two invoices and the letter about them that lies ready. */
async function aLetterReady() {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant, { name: 'Nordlicht', city: 'Hamburg' });
  const { customerId, addressId } = await aPostReader(tenant);
  const first = await anInvoice(tenant, { companyId, customerId, minor: 100_00n, dueOn: '2026-01-10' });
  const second = await anInvoice(tenant, { companyId, customerId, minor: 250_00n, dueOn: '2026-01-10' });
  await remindOn(tenant, '2026-01-17');
  assert.deepEqual(await sendReminders(tenant), ['ready']);
  tenant.jobs.length = 0;
  const tools = reminderTools(tenant);
  const as = () => tenant.as('collector');
  const ask = await serveTo(tenant, deliveryRoutes);
  const pay = async ({ itemId }: typeof first, minor: bigint) => {
    const { paymentId } = await aPayment(tenant, { companyId, customerId, minor, receivedOn: '2026-01-17' });
    const allocations = [{ itemId, amount: money(minor, 'EUR') }];
    await tenant.act('cash_applier', applyPayment, { paymentId, allocations });
  };
  const make = () => makePostBatch(tools, as(), { companyId, form: 'zip' });
  const print = (batchId: string) => printMade(tools, as(), { batchId });
  const printed = async (batchId: string) => {
    const { bytes } = await ask('viewer', downloadPostBatch, { params: { batchId } });
    const [, letter] = (await readZip(bytes)).values();
    return readPdf(present(letter, 'the archive has a letter')).pages.join(' ').replaceAll(/\s/g, ' ');
  };
  const state = async () => (await messagesOf(tenant))[0];
  const moveAway = () => tenant.act('owner', archiveAddress, { addressId });
  return { tenant, companyId, first, second, pay, make, print, printed, ask, as, state, moveAway };
}

test('a letter that lies ready asks for what is open when its batch is made, in full or in part', async () => {
  const { tenant, first, second, pay, make, print, printed, state } = await aLetterReady();
  await pay(first, 100_00n);
  await pay(second, 40_00n);
  const { batchId, letters } = await make();
  assert.equal(letters, 1);
  await print(batchId);
  const text = await printed(batchId);
  assert.ok(text.includes('210.00'), 'what is left of the one that was paid in part');
  assert.ok(!text.includes(first.number), 'what is paid is not asked for');
  assert.deepEqual(await leftOut(tenant), [`${first.number} closed`]);
  assert.deepEqual(await stepsSaid(tenant), [`2026-01-17 ${second.number} reminder`]);
  const attempts = await attemptsOf(tenant, (await state())?.id ?? '');
  assert.deepEqual(
    attempts.map(({ outcome, raw }) => [outcome, raw !== null]),
    [
      ['later', false],
      [null, true],
    ],
  );
});

test('a letter in a batch that is not printed yet is looked at again when it is, and stays as it was printed', async () => {
  const { tenant, first, second, pay, make, print, printed, ask, as } = await aLetterReady();
  const { batchId } = await make();
  await pay(first, 100_00n);
  const params = { batchId };
  assert.equal((await ask('viewer', downloadPostBatch, { params })).code, 'post_batch_not_printed');
  await assert.rejects(tenant.act('collector', markBatchPosted, params), { code: 'post_batch_not_printed' });
  assert.equal((await print(batchId)).letters, 1);
  const text = await printed(batchId);
  assert.ok(text.includes(second.number) && !text.includes(first.number));
  await pay(second, 40_00n);
  await print(batchId);
  await finishBatch(tenant.door, as(), batchId);
  assert.equal(await printed(batchId), text, 'what was printed is what is posted');
  await tenant.act('collector', markBatchPosted, params);
  assert.equal((await messagesOf(tenant))[0]?.state, 'sent');
});

test('a batch of which nothing is left is not printed, and says so', async () => {
  const { tenant, first, second, pay, make, print, ask, state } = await aLetterReady();
  const { batchId } = await make();
  await pay(first, 100_00n);
  await pay(second, 250_00n);
  await assert.rejects(print(batchId), { code: 'post_batch_empty' });
  await assert.rejects(print(batchId), { code: 'post_batch_empty' });
  const message = await state();
  assert.deepEqual(
    [message?.state, message?.last_answer, message?.post_batch_id],
    ['dropped', 'nothing_left_to_say', null],
  );
  assert.deepEqual(await stepsSaid(tenant), []);
  const params = { batchId };
  assert.equal((await ask('viewer', downloadPostBatch, { params })).code, 'post_batch_empty');
  assert.deepEqual((await ask('viewer', listBatchLetters, { params })).reply.rows, []);
  assert.equal((await ask('viewer', listPostBatches, {})).reply.rows[0]?.letters, 0);
});

test('a letter that asks for what was paid is not posted either where no way leads to the customer any more', async () => {
  const { tenant, first, pay, make, print, state, moveAway } = await aLetterReady();
  const { batchId } = await make();
  await pay(first, 100_00n);
  await moveAway();
  await assert.rejects(print(batchId), { code: 'post_batch_empty' });
  const message = await state();
  assert.deepEqual([message?.state, message?.last_answer], ['dropped', 'no_email']);
  assert.deepEqual(await stepsSaid(tenant), [], 'a later run may say it by another way');
});

test('a letter whose batch somebody lets go to be printed first is left as it was printed', async () => {
  const { tenant, first, pay, make, print, printed, state } = await aLetterReady();
  const { batchId } = await make();
  await pay(first, 100_00n);
  const made = await runWhileHeld(
    tenant,
    (tx) => tx.run(sql`select from post_batch where tenant_id = ${tx.tenantId} for update`),
    () => print(batchId),
    (tx) =>
      tx.run(
        sql`update post_batch set printed_at = now(), printed_by = 'another' where tenant_id = ${tx.tenantId}`,
      ),
  );
  assert.equal(made.letters, 1);
  assert.ok((await printed(batchId)).includes(first.number), 'it is the file that the other one saved');
  assert.deepEqual([(await state())?.state, (await state())?.post_batch_id], ['ready', batchId]);
});

test('money that comes between the last look at the letters and their printing is not asked for', async () => {
  const { tenant, first, pay, make, print, printed } = await aLetterReady();
  const { batchId } = await make();
  const made = await runWhileHeld(
    tenant,
    (tx) => tx.run(sql`select from post_batch where tenant_id = ${tx.tenantId} for update`),
    () => print(batchId),
    () => pay(first, 100_00n),
  );
  assert.deepEqual([made.isPrinted, made.letters], [true, 1]);
  assert.ok(!(await printed(batchId)).includes(first.number), 'the batch was made anew first');
});

test('a letter about which nothing changed is not written again', async () => {
  const { tenant, make, print, state } = await aLetterReady();
  const { batchId } = await make();
  await print(batchId);
  const id = (await state())?.id ?? '';
  assert.equal((await attemptsOf(tenant, id)).length, 1);
  assert.equal((await tenant.events()).filter(({ type }) => type === 'message.recalled').length, 0);
});

test('words for paper that were changed are on the letters that lie ready; words of mails change nothing of them', async () => {
  const { tenant, companyId, make, print, printed, state } = await aLetterReady();
  const id = (await state())?.id ?? '';
  const tries = async () => (await attemptsOf(tenant, id)).length;
  const write = (kind: TemplateKind, words: WrittenTemplate | null, basedOn: number) =>
    tenant.act('owner', writeTemplate, { companyId, kind, language: 'en', words, basedOn });
  await write('first_reminder', { subject: 'Hello', text: 'A mail.' }, 0);
  const { batchId } = await make();
  assert.equal(await tries(), 1);
  const own = { subject: 'Still open', text: 'Our own words on paper.', closing: 'Yours' };
  await write(letterKindOf('first_reminder'), own, 0);
  await print(batchId);
  assert.equal(await tries(), 2);
  assert.match(await printed(batchId), /Our own words on paper/);
});

test('several who print one batch at once print one file, with the amounts of now', async () => {
  const { tenant, first, second, pay, make, print, printed } = await aLetterReady();
  const { batchId } = await make();
  await pay(first, 100_00n);
  await raceHeld(
    tenant,
    Array.from({ length: RACERS }, () => () => print(batchId)),
  );
  await print(batchId);
  const text = await printed(batchId);
  assert.ok(text.includes(second.number) && !text.includes(first.number));
  const of = async (wanted: string) => (await tenant.events()).filter(({ type }) => type === wanted).length;
  assert.deepEqual([await of('post_batch.printed'), await of('message.recalled')], [1, 1]);
});

/** Letters that lie ready to several customers, each of which would say something else by now. */
async function outdatedLetters(count: number) {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant, { name: 'Nordlicht', city: 'Hamburg' });
  const owed: { customerId: CustomerId; itemId: ItemId }[] = [];
  for (let n = 0; n < count; n += 1) {
    const { customerId } = await aPostReader(tenant);
    const of = { companyId, customerId, minor: 100_00n, dueOn: '2026-01-10' };
    owed.push({ customerId, itemId: (await anInvoice(tenant, of)).itemId });
  }
  await remindOn(tenant, '2026-01-17');
  assert.deepEqual(await sendReminders(tenant), Array(count).fill('ready'));
  for (const { customerId, itemId } of owed) {
    const of = { companyId, customerId, minor: 40_00n, receivedOn: '2026-01-17' };
    const { paymentId } = await aPayment(tenant, of);
    const allocations = [{ itemId, amount: money(40_00n, 'EUR') }];
    await tenant.act('cash_applier', applyPayment, { paymentId, allocations });
  }
  const tries = async () =>
    Promise.all((await messagesOf(tenant)).map(async ({ id }) => (await attemptsOf(tenant, id)).length));
  return { tenant, companyId, tools: reminderTools(tenant), as: () => tenant.as('collector'), tries };
}

/** Sources of which one letter cannot be read. */
const failingFor = (sources: readonly MessageSource[], failing: string | undefined, times = Infinity) => {
  let failed = 0;
  return sources.map(
    (source): MessageSource => ({
      ...source,
      async read(tx, letter, now) {
        if (letter.id === failing && failed++ < times) throw new Error('cannot be read');
        return source.read(tx, letter, now);
      },
    }),
  );
};

test('a letter that cannot be read is set aside for a person, and the others are printed', async () => {
  const { tenant, companyId, tools, as, tries } = await outdatedLetters(3);
  const failing = (await messagesOf(tenant))[0]?.id;
  const sources = failingFor(tools.sources, failing);
  const made = await makePostBatch({ ...tools, sources }, as(), { companyId, form: 'zip' });
  assert.equal(made.letters, 2);
  assert.deepEqual((await tries()).toSorted(), [1, 2, 2], 'the others were written anew');
  const states = (await messagesOf(tenant)).map(({ state, last_answer }) => [state, last_answer]);
  assert.deepEqual(states[0], ['failed', 'not printed: cannot be read']);
  assert.deepEqual(
    states.slice(1).map(([state]) => state),
    ['ready', 'ready'],
  );
  const ask = await serveTo(tenant, deliveryRoutes);
  const { rows: problems } = (await ask('viewer', listDeliveryProblems, {})).reply;
  assert.deepEqual(
    problems.map(({ kind, messageId, detail }) => [kind, messageId, detail]),
    [['not_taken', failing, 'not printed: cannot be read']],
  );
  const [batch] = (await ask('viewer', listPostBatches, {})).reply.rows;
  assert.deepEqual([batch?.looked, batch?.toLook, batch?.setAside, batch?.isMade], [3, 3, 1, true]);
  assert.equal((await printMade(tools, as(), made)).isPrinted, true);
});

test('what fails once only is tried again, and nothing is set aside', async () => {
  const { tenant, companyId, tools, as } = await outdatedLetters(2);
  const sources = failingFor(tools.sources, (await messagesOf(tenant))[0]?.id, 1);
  const made = await makePostBatch({ ...tools, sources }, as(), { companyId, form: 'zip' });
  assert.equal(made.letters, 2);
});

test('a batch whose worker died while a letter was written anew is made by the next, and the letter waits for another batch', async () => {
  const { tenant, companyId, tools, as, tries } = await outdatedLetters(2);
  const { batchId } = await tenant.act('collector', beginBatch, { companyId, form: 'zip' });
  const { promise: isReached, resolve: reached } = Promise.withResolvers<void>();
  let drawn = 0;
  const sources = tools.sources.map(
    (source): MessageSource => ({
      ...source,
      pack(content, more, channel) {
        drawn += 1;
        if (drawn > 1) return present(source.pack, 'reminders go by post')(content, more, channel);
        reached();
        return new Promise(() => {});
      },
    }),
  );
  const making = { ...tools, contextOf: async () => as() };
  void makeBatch({ ...making, sources }, tenant.tenantId, batchId);
  await isReached;
  // Before it is taken back to be written anew, it lies in the batch too: only its second attempt tells.
  const whole = async () => {
    const counts = await tries();
    return (await messagesOf(tenant)).some(
      ({ state, post_batch_id: of }, at) => state === 'ready' && of === batchId && counts[at] === 2,
    );
  };
  const until = performance.now() + 30_000;
  while (!(await whole())) assert.ok(performance.now() < until, 'the other letter is written anew');
  const made = await makeBatch(making, tenant.tenantId, batchId);
  assert.equal(made.letters, 1);
  const batched = (await messagesOf(tenant)).filter((message) => message.post_batch_id === batchId);
  assert.equal(batched.length, made.letters);
  await sendReminders(tenant);
  const states = (await messagesOf(tenant)).map(({ state }) => state);
  assert.deepEqual(states, ['ready', 'ready']);
  assert.equal((await tenant.act('collector', beginBatch, { companyId })).letters, 2 - made.letters);
});

test('several workers that make one batch at once write each letter anew once, and keep one file', async () => {
  const { tenant, companyId, tools, as, tries } = await outdatedLetters(2);
  const { batchId } = await tenant.act('collector', beginBatch, { companyId, form: 'zip' });
  const making = { ...tools, contextOf: async () => as() };
  const made = await Promise.allSettled(
    Array.from({ length: RACERS }, () => makeBatch(making, tenant.tenantId, batchId)),
  );
  assert.deepEqual(new Set(made.map(({ status }) => status)), new Set(['fulfilled']));
  assert.deepEqual(await tries(), [2, 2]);
  await makeBatch(making, tenant.tenantId, batchId);
  const files = (await tenant.events()).filter(({ type }) => type === 'post_batch.made');
  assert.ok(files.length >= 1);
  assert.equal((await printMade(tools, as(), { batchId })).letters, 2);
});
