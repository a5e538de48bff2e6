import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { stopAddress } from '#delivery/settle-problem.ts';
import { openDispute } from '#disputes/open-dispute.ts';
import { setSendGate } from '#gate/change-setting.ts';
import { USUAL_SETTING } from '#gate/setting.ts';
import { placeHold } from '#holds/place-hold.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { PaymentId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { takePromise } from '#promises/take-promise.ts';
import { aCompany, anInvoice, aPayment } from '../../test/support/builders.ts';
import { messagesOf } from '../../test/support/mail.ts';
import { aReader, remindOn, sendReminders } from '../../test/support/reminders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { breachLines, readBreachCount, readBreaches } from './read-breaches.ts';
import { recordBreaches } from './record-breaches.ts';

/** A customer that was asked for 100.00 on 8 February. */
async function aReminded(given: { readonly timeZone?: string } = {}) {
  const tenant = await newTenant({ on: '2026-02-01' });
  const companyId = await aCompany(tenant);
  const customerId = await aReader(tenant, { email: 'ann@customer.example', ...given });
  const invoice = await anInvoice(tenant, { companyId, customerId, minor: 100_00n, dueOn: '2026-02-01' });
  await remindOn(tenant, '2026-02-08');
  assert.deepEqual(await sendReminders(tenant), ['sent']);
  return { tenant, companyId, ...invoice };
}

const read = (tenant: TestTenant) =>
  inTenant(tenant.pool, tenant.tenantId, (tx) => readBreaches(tx, tenant.clock(), 13));

const count = async (tenant: TestTenant) =>
  (await inTenant(tenant.pool, tenant.tenantId, (tx) => readBreachCount(tx, tenant.clock()))).messages;

/** What is found on a day, as `paid knowable`. */
async function foundOn(tenant: TestTenant, day: string) {
  tenant.on(day);
  await tenant.act('owner', recordBreaches, {});
  const { rows } = await read(tenant);
  return rows.map(({ kind, wasKnowable }) => `${kind} ${wasKnowable ? 'knowable' : 'later'}`).sort();
}

const write = (tenant: TestTenant, statement: ReturnType<typeof sql>) =>
  inTenant(tenant.pool, tenant.tenantId, async (tx) => void (await tx.run(statement)));

async function pay(reminded: Awaited<ReturnType<typeof aReminded>>, recordedOn: string, minor = 100_00n) {
  const { tenant, companyId, customerId, itemId } = reminded;
  tenant.on(recordedOn);
  const { paymentId } = await aPayment(tenant, { companyId, customerId, minor, receivedOn: '2026-02-06' });
  tenant.on('2026-02-10');
  const allocations = [{ itemId, amount: money(minor, 'EUR') }];
  await tenant.act('cash_applier', applyPayment, { paymentId: paymentId as PaymentId, allocations });
}

test('nothing is found of a reminder that was right, whatever happens later', async () => {
  const reminded = await aReminded();
  const { tenant, companyId, customerId, itemId } = reminded;
  tenant.on('2026-02-09');
  await tenant.act('collector', takePromise, {
    items: [{ itemId, on: parseDate('2026-02-20') }],
    way: 'phone',
  });
  tenant.on('2026-02-12');
  const { paymentId } = await aPayment(tenant, {
    companyId,
    customerId,
    minor: 100_00n,
    receivedOn: '2026-02-12',
  });
  const allocations = [{ itemId, amount: money(100_00n, 'EUR') }];
  await tenant.act('cash_applier', applyPayment, { paymentId, allocations });
  assert.deepEqual(await foundOn(tenant, '2026-02-13'), []);
  const report = await read(tenant);
  assert.deepEqual(report.counts, { knowable: 0, notKnowable: 0 });
  assert.equal(report.search?.messages, 1);
  assert.deepEqual(report.weeks, [{ monday: '2026-02-02', messages: 1, knowable: 0, notKnowable: 0 }]);
});

test('a payment that was recorded before is a breach; one that the bank told of later was not knowable', async () => {
  const known = await aReminded();
  await pay(known, '2026-02-07');
  assert.deepEqual(await foundOn(known.tenant, '2026-02-11'), ['paid knowable']);
  assert.equal(await count(known.tenant), 1);
  const told = await known.tenant.events();
  assert.equal(told.filter(({ type }) => type === 'reminder.breached').length, 1);

  const later = await aReminded();
  await pay(later, '2026-02-10');
  assert.deepEqual(await foundOn(later.tenant, '2026-02-11'), ['paid later']);
  assert.equal(
    (await later.tenant.events()).some(({ type }) => type === 'reminder.breached'),
    false,
  );
  assert.deepEqual((await read(later.tenant)).counts, { knowable: 0, notKnowable: 1 });
  assert.equal(await count(later.tenant), 0, 'what could not be known is no alarm');
});

test('what paid a part is no breach: the rest was owed', async () => {
  const reminded = await aReminded();
  await pay(reminded, '2026-02-07', 99_99n);
  assert.deepEqual(await foundOn(reminded.tenant, '2026-02-11'), []);
});

test('a promise, dispute or hold that was recorded before is found, once however often it is looked for', async () => {
  const { tenant, customerId, itemId } = await aReminded();
  tenant.on('2026-02-07');
  await tenant.act('collector', takePromise, {
    items: [{ itemId, on: parseDate('2026-02-20') }],
    way: 'phone',
  });
  await tenant.act('collector', placeHold, {
    customerId,
    reason: 'other',
    note: 'talks',
    until: parseDate('2026-03-01'),
  });
  await tenant.act('collector', openDispute, {
    items: [{ itemId, amount: money(60_00n, 'EUR') }],
    reason: 'quality',
  });
  const found = ['disputed knowable', 'held knowable', 'promised knowable'];
  assert.deepEqual(await foundOn(tenant, '2026-02-11'), found);
  assert.deepEqual(await foundOn(tenant, '2026-02-12'), found);
  assert.equal((await tenant.events()).filter(({ type }) => type === 'reminder.breached').length, 1);
  assert.equal(
    breachLines(await read(tenant))
      .split('\r\n')
      .filter((line) => line !== '').length,
    4,
  );
});

test('more than was open, applied before it left', async () => {
  const { tenant, companyId, customerId, itemId } = await aReminded();
  tenant.on('2026-02-07');
  const { paymentId } = await aPayment(tenant, {
    companyId,
    customerId,
    minor: 40_00n,
    receivedOn: '2026-02-06',
  });
  const allocations = [{ itemId, amount: money(40_00n, 'EUR') }];
  await tenant.act('cash_applier', applyPayment, { paymentId, allocations });
  assert.deepEqual(await foundOn(tenant, '2026-02-11'), ['overstated knowable']);
});

test('an address that was stopped, too many contacts and a quiet hour', async () => {
  const { tenant } = await aReminded({ timeZone: 'Europe/Berlin' });
  tenant.on('2026-02-07');
  await tenant.act('collector', stopAddress, {
    address: 'ann@customer.example',
    purpose: null,
    reason: 'by_hand',
    detail: 'left the company',
  });
  // Noon in UTC is one in the afternoon in Berlin; 8 February is a Sunday.
  const closed = `${'1'.repeat(144)}${'0'.repeat(24)}`;
  const setting = { ...USUAL_SETTING, cap: { contactsMax: 1, days: 7 }, openHours: closed };
  await tenant.act('owner', setSendGate, setting);
  assert.deepEqual(await foundOn(tenant, '2026-02-11'), ['quiet_hour knowable', 'stopped_address knowable']);
  const [message] = await messagesOf(tenant);
  const before = newMessage(tenant, `${message?.id}`, '2026-02-05T12:00:00Z');
  await write(tenant, before.message);
  await write(tenant, before.attempt);
  const found = await foundOn(tenant, '2026-02-12');
  assert.ok(found.includes('too_many knowable'), found.join());
});

/** A message like another one that left at another moment by no act of the program: nothing judged it. */
function newMessage(tenant: TestTenant, like: string, at: string, id = crypto.randomUUID()) {
  const t = tenant.tenantId;
  return {
    message: sql`insert into message (tenant_id, id, company_id, customer_id, purpose, channel, state, recipient, language,
        subject, message_header, tries, run_on, created_at, copies)
      select tenant_id, ${id}::uuid, company_id, customer_id, purpose, channel, state, recipient, language, subject,
        ${`<${id}@x.example>`}, 1, run_on, ${at}::timestamptz, '{}' from message where tenant_id = ${t} and id = ${like}::uuid`,
    attempt: sql`insert into message_attempt (tenant_id, message_id, attempt_no, transport, raw, raw_sha256, started_at, alive_at,
        ended_at, outcome, answer)
      select tenant_id, ${id}::uuid, 1, transport, raw, raw_sha256, ${at}::timestamptz, ${at}::timestamptz, ${at}::timestamptz,
        'sent', 'ok' from message_attempt where tenant_id = ${t} and message_id = ${like}::uuid limit 1`,
  };
}

test('a message that nothing judged, and one that was taken twice', async () => {
  const { tenant } = await aReminded();
  const [message] = await messagesOf(tenant);
  const like = `${message?.id}`;
  const other = newMessage(tenant, like, '2026-02-09T12:00:00Z');
  await write(tenant, other.message);
  await write(tenant, other.attempt);
  assert.deepEqual(await foundOn(tenant, '2026-02-10'), ['not_judged knowable']);
  await write(
    tenant,
    sql`insert into message_attempt (tenant_id, message_id, attempt_no, transport, raw, raw_sha256, started_at, alive_at,
        ended_at, outcome, answer)
      select tenant_id, message_id, 2, transport, raw, raw_sha256, started_at + interval '1 hour', alive_at, ended_at,
        'sent', 'ok' from message_attempt where tenant_id = ${tenant.tenantId} and message_id = ${like}::uuid`,
  );
  assert.deepEqual(await foundOn(tenant, '2026-02-10'), ['not_judged knowable', 'twice knowable']);
});
