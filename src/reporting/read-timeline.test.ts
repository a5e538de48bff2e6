import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { recordCall } from '#calls/record-call.ts';
import { inTenant } from '#db/transaction.ts';
import { takeInbound } from '#delivery/record-inbound.ts';
import { openDispute } from '#disputes/open-dispute.ts';
import { placeHold } from '#holds/place-hold.ts';
import { addNote } from '#inbox/change-conversation.ts';
import { inboxJobs } from '#inbox/jobs.ts';
import { INBOX_QUEUE } from '#inbox/queues.ts';
import { present } from '#kernel/assert.ts';
import { parseDate } from '#kernel/calendar.ts';
import { newId } from '#kernel/id.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { takePromise } from '#promises/take-promise.ts';
import { addTask } from '#tasks/add-task.ts';
import { type Asked, serveTo } from '../../test/support/ask.ts';
import { aCompany, anInvoice, aPayment } from '../../test/support/builders.ts';
import { messagesOf, toolsOf } from '../../test/support/mail.ts';
import { aReader, goLive, remindOn, sendReminders } from '../../test/support/reminders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { readHappenings } from './read-happenings.ts';
import { routes } from './routes.ts';
import { readableKinds } from './timeline.ts';

type Row = Asked<typeof contract.readCustomerTimeline>['reply']['rows'][number];

/** A mail of the customer, kept and brought to its conversation. Gives the conversation. */
async function aMail(tenant: TestTenant): Promise<string> {
  const tools = { ...toolsOf(tenant), dataDir: '' };
  const lines = [
    'From: <jana@buyer.example>',
    'To: <ar@creditor.example>',
    'Subject: Your reminder',
    'Message-ID: <one@buyer.example>',
    '',
    'We shall look into it.',
  ];
  await takeInbound(tools, tenant.tenantId, { to: [], raw: Buffer.from(lines.join('\r\n')) });
  for (const job of tenant.jobs.splice(0).filter(({ queue }) => queue === INBOX_QUEUE))
    await inboxJobs(tools)[INBOX_QUEUE]?.({ tenantId: tenant.tenantId, payload: job.payload, jobId: 'x' });
  const rows = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<{ id: string }>`select id from inbox_conversation where tenant_id = ${tenant.tenantId}`),
  );
  return present(rows[0], 'the mail has a conversation').id;
}

/** What a carrier says of a message. */
function aSignal(tenant: TestTenant, messageId: string, kind: string, at: string): Promise<void> {
  return inTenant(tenant.pool, tenant.tenantId, async (tx) =>
    tx.write(sql`insert into message_signal (tenant_id, id, message_id, kind, detail, happened_at, recorded_at)
      values (${tenant.tenantId}, ${newId()}, ${messageId}, ${kind}, '250 ok', ${at}::timestamptz, ${at}::timestamptz)`),
  );
}

/** A customer with two invoices and a contact of each kind about the first: the second was only paid. */
async function aStory() {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant, { email: 'ar@creditor.example' });
  const customerId = await aReader(tenant, { name: 'Buyer AG', email: 'jana@buyer.example' });
  const owe = () => anInvoice(tenant, { companyId, customerId, dueOn: '2026-02-01', minor: 1_000_00n });
  const [invoice, paid] = [await owe(), await owe()];
  tenant.on('2026-01-20');
  const payment = await aPayment(tenant, {
    companyId,
    customerId,
    minor: 1_000_00n,
    receivedOn: '2026-01-20',
  });
  await tenant.act('cash_applier', applyPayment, {
    paymentId: payment.paymentId,
    allocations: [{ itemId: paid.itemId, amount: { minor: 1_000_00n, currency: 'EUR' } }],
  });
  await goLive(tenant, {
    code: 'all',
    segment: 'everybody',
    steps: [{ offsetDays: 7, phase: 'reminder' }],
  });
  await remindOn(tenant, '2026-02-08');
  await sendReminders(tenant);
  const messageId = present((await messagesOf(tenant))[0], 'a reminder was sent').id;
  await aSignal(tenant, messageId, 'delivered', '2026-02-08T12:00:00Z');
  await aSignal(tenant, messageId, 'displayed', '2026-02-08T13:00:00Z');
  tenant.on('2026-02-10');
  const conversationId = await aMail(tenant);
  await tenant.act('collector', addNote, {
    conversationId,
    words: 'Between us: they are short',
    mentions: [],
  });
  const items = [{ itemId: invoice.itemId }];
  await tenant.act('collector', recordCall, {
    customerId,
    companyId,
    direction: 'out',
    way: 'phone',
    outcome: 'reached',
    note: 'She looks into it',
    itemIds: [invoice.itemId],
  });
  await tenant.act('collector', takePromise, {
    items: [{ itemId: invoice.itemId, on: parseDate('2026-02-20') }],
    way: 'phone',
  });
  await tenant.act('collector', openDispute, {
    reason: 'pricing',
    items: [{ itemId: invoice.itemId, amount: { minor: 10_00n, currency: 'EUR' } }],
  });
  await tenant.act('collector', placeHold, {
    customerId,
    itemId: invoice.itemId,
    reason: 'asked_for_time',
    until: parseDate('2026-02-25'),
  });
  await tenant.act('collector', addTask, {
    customerId,
    title: 'Call the director',
    userId: null,
    dueOn: parseDate('2026-02-12'),
  });
  const ask = await serveTo(tenant, routes);
  const read = async (query: object = {}): Promise<readonly Row[]> => {
    const asked = await ask('viewer', contract.readCustomerTimeline, {
      params: { customerId },
      query: { limit: 100, ...query } as never,
    });
    assert.equal(asked.status, 200);
    return asked.reply.rows;
  };
  return { tenant, companyId, customerId, invoice, paid, messageId, ask, read, items };
}

const kindsOf = (rows: readonly Row[]): readonly string[] => [...new Set(rows.map((row) => row.kind))].sort();

test('each kind of contact stands once in the timeline, a message with what proves that it arrived and was opened', async () => {
  const { customerId, companyId, tenant, invoice, paid, messageId, ask, read } = await aStory();
  const all = await read();
  const contacts = all.filter((row) => !['invoice', 'payment', 'application', 'event'].includes(row.kind));
  assert.deepEqual(contacts.map((row) => row.kind).sort(), [
    'call',
    'dispute',
    'hold',
    'mail',
    'message',
    'note',
    'promise',
    'task',
  ]);
  const events = all.flatMap((row) => (row.kind === 'event' ? [row.title] : []));
  assert.deepEqual(
    events,
    ['interest_exclusion.placed', 'customer.added'],
    'what a row tells, no event tells again',
  );
  const message = all.find((row) => row.kind === 'message');
  assert.equal(message?.subjectId, messageId);
  assert.deepEqual(
    message.proofs.map((proof) => `${proof.kind} ${proof.at}`),
    ['delivered 2026-02-08T12:00:00Z', 'displayed 2026-02-08T13:00:00Z'],
  );
  assert.deepEqual(
    [message.details.channel, message.details.phase, message.details.items],
    ['email', 'reminder', invoice.number],
  );
  const call = all.find((row) => row.kind === 'call');
  assert.deepEqual([call?.title, call?.details.note, call?.amount], ['reached', 'She looks into it', null]);
  const promise = all.find((row) => row.kind === 'promise');
  assert.deepEqual([promise?.amount?.amount, promise?.details.lastOn], ['1000.00', '2026-02-20']);

  // Kinds are chosen, items too: what is about the paid one is not about the other.
  assert.deepEqual(kindsOf(await read({ kinds: 'message, mail,call' })), ['call', 'mail', 'message']);
  assert.deepEqual(kindsOf(await read({ kinds: 'invoice' })), ['invoice']);
  assert.deepEqual(kindsOf(await read({ itemId: paid.itemId })), ['application', 'invoice', 'payment']);
  const aboutFirst = await read({ itemId: invoice.itemId });
  assert.deepEqual(kindsOf(aboutFirst), [
    'call',
    'dispute',
    // What is disputed bears no interest meanwhile.
    'event',
    'hold',
    'invoice',
    'message',
    'promise',
  ]);
  assert.deepEqual(
    aboutFirst.filter((row) => row.kind === 'invoice').map((row) => row.title),
    [invoice.number],
  );
  const refused = async (query: object) =>
    (await ask('viewer', contract.readCustomerTimeline, { params: { customerId }, query: query as never }))
      .code;
  assert.equal(await refused({ itemId: newId() }), 'item_not_found');
  assert.equal(await refused({ kinds: 'message,letter' }), 'bad_input');

  // The same rows as a table; what our people noted for each other is told to nobody else.
  const { status, bytes } = await ask('viewer', contract.exportCustomerTimeline, {
    params: { customerId },
    query: {},
  });
  const lines = bytes.toString().trim().split('\r\n');
  assert.deepEqual([status, lines.length], [200, all.length + 1]);
  assert.match(bytes.toString(), /delivered 2026-02-08T12:00:00Z; displayed 2026-02-08T13:00:00Z/);
  const told = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readHappenings(tx, { customerId, companyId }, 100),
  );
  assert.deepEqual(
    told.filter((row) => row.kind === 'note' || row.kind === 'task'),
    [],
  );
  assert.ok(told.some((row) => row.kind === 'call'));
});

test('whoever may not read messages sees no words of mails and notes', () => {
  const reader = new Set(['book.read', 'message.read']);
  assert.deepEqual(readableKinds(['mail', 'note', 'call'], reader), ['mail', 'note', 'call']);
  assert.deepEqual(readableKinds(['mail', 'note', 'call'], new Set(['book.read'])), ['call']);
  assert.ok(!readableKinds(undefined, new Set(['book.read'])).includes('mail'));
});
