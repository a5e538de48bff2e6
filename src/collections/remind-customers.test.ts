import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { messageIdsOf } from '#delivery/queue-message.ts';
import { placeHold } from '#holds/place-hold.ts';
import { releaseHold } from '#holds/release-hold.ts';
import type { Job } from '#jobs/job.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { CompanyId } from '#kernel/id.ts';
import { newId } from '#kernel/id.ts';
import { REMINDER_CUSTOMERS_AT_ONCE } from '#kernel/limits.ts';
import { money } from '#kernel/money.ts';
import { openCompany } from '#ledger/open-company.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { replaceCadence } from '#policies/replace-cadence.ts';
import { aCompany, aCustomer, anInvoice, aPayment } from '../../test/support/builders.ts';
import { isSending, messagesOf, toolsOf } from '../../test/support/mail.ts';
import { aReader, goLive, remindOn, stepsSaid } from '../../test/support/reminders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { performRun, startDailyRuns, startReminderRun } from './remind-customers.ts';
import { findRun } from './store-runs.ts';

async function finished(tenant: TestTenant, runId: string) {
  const run = await inTenant(tenant.pool, tenant.tenantId, (tx) => findRun(tx, runId));
  return {
    messages: run?.messages,
    items: run?.items,
    leftOut: run?.left_out,
    withoutEmail: run?.without_email,
  };
}

test('a run queues one message for each customer about everything due, and a job to send it', async () => {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant);
  const [one, two] = [await aReader(tenant), await aReader(tenant)];
  const late = await anInvoice(tenant, { companyId, customerId: one, dueOn: '2026-01-20' });
  const due = await anInvoice(tenant, { companyId, customerId: one, dueOn: '2026-01-27' });
  const other = await anInvoice(tenant, { companyId, customerId: two, dueOn: '2026-02-05' });
  await anInvoice(tenant, { companyId, customerId: two, dueOn: '2026-03-20' });

  const [run] = await remindOn(tenant, '2026-01-27', { companyId });

  assert.deepEqual([run?.customers, run?.items], [2, 3]);
  assert.deepEqual(await stepsSaid(tenant), [
    `2026-01-27 ${late.number} reminder`,
    `2026-01-27 ${due.number} due`,
    `2026-01-27 ${other.number} upcoming`,
  ]);
  const messages = await messagesOf(tenant);
  assert.deepEqual(
    messages.map((m) => [m.customer_id, m.state, m.purpose, m.run_on.toString()]).sort(),
    [one, two].map((id) => [id, 'queued', 'reminder', '2026-01-27']).sort(),
  );
  const sending = tenant.jobs.filter(isSending);
  assert.deepEqual(
    sending.flatMap((job) => messageIdsOf(job.payload)).sort(),
    messages.map((m) => m.id).sort(),
  );
  assert.deepEqual(await finished(tenant, run?.runId ?? ''), {
    messages: 2,
    items: 3,
    leftOut: 0,
    withoutEmail: 0,
  });
  const queued = (await tenant.events()).filter((event) => event.type === 'reminder.queued');
  assert.deepEqual(queued.map((event) => event.customerId).sort(), [one, two].sort());
});

test('run again, or a day later, nothing is said that was said', async () => {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant);
  await anInvoice(tenant, { companyId, customerId: await aReader(tenant), dueOn: '2026-02-01' });

  for (const day of ['2026-02-08', '2026-02-08', '2026-02-09']) await remindOn(tenant, day);

  assert.equal((await stepsSaid(tenant)).length, 1);
  assert.equal((await messagesOf(tenant)).length, 1);
});

test('after weeks without a run only the latest step is said, and those skipped are never said', async () => {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant);
  const invoice = await anInvoice(tenant, {
    companyId,
    customerId: await aReader(tenant),
    dueOn: '2026-02-01',
  });

  for (const day of ['2026-02-16', '2026-02-17', '2026-02-28', '2026-03-03', '2026-04-30'])
    await remindOn(tenant, day);

  assert.deepEqual(await stepsSaid(tenant), [
    `2026-02-16 ${invoice.number} demand`,
    `2026-03-03 ${invoice.number} final_notice`,
  ]);
});

test('paid items and items that the money of the customer pays are not reminded of', async () => {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant);
  const customerId = await aReader(tenant);
  const paid = await anInvoice(tenant, { companyId, customerId, dueOn: '2026-02-01' });
  const covered = await anInvoice(tenant, { companyId, customerId, dueOn: '2026-02-02' });
  const open = await anInvoice(tenant, { companyId, customerId, dueOn: '2026-02-03' });
  const payment = await aPayment(tenant, { companyId, customerId, minor: 200_00n, receivedOn: '2026-01-02' });
  await tenant.act('cash_applier', applyPayment, {
    paymentId: payment.paymentId,
    allocations: [{ itemId: paid.itemId, amount: money(100_00n, 'EUR') }],
  });

  const [run] = await remindOn(tenant, '2026-02-10');

  assert.deepEqual(await stepsSaid(tenant), [`2026-02-10 ${open.number} reminder`]);
  assert.equal((await finished(tenant, run?.runId ?? '')).leftOut, 1);
  assert.notEqual(covered.number, open.number);
});

test('a customer without an address is counted and not claimed, and told once there is one', async () => {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant, {
    contacts: [{ name: 'By phone only', role: 'billing', phone: '+49 30 1' }],
  });
  const invoice = await anInvoice(tenant, { companyId, customerId, dueOn: '2026-02-01' });

  const [run] = await remindOn(tenant, '2026-02-08');
  assert.deepEqual(await finished(tenant, run?.runId ?? ''), {
    messages: 0,
    items: 0,
    leftOut: 1,
    withoutEmail: 1,
  });
  assert.deepEqual(await stepsSaid(tenant), []);

  await inTenant(tenant.pool, tenant.tenantId, async (tx) =>
    tx.write(sql`update contact set email = 'now@customer.example'
      where tenant_id = ${tenant.tenantId} and customer_id = ${customerId}`),
  );
  await remindOn(tenant, '2026-02-09');
  assert.deepEqual(await stepsSaid(tenant), [`2026-02-09 ${invoice.number} reminder`]);
});

test('what is on hold is left out; released, the latest step is said', async () => {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant);
  const customerId = await aReader(tenant);
  const held = await anInvoice(tenant, { companyId, customerId, dueOn: '2026-02-01' });
  const other = await anInvoice(tenant, { companyId, customerId, dueOn: '2026-02-01' });
  const { holdId } = await tenant.act('collector', placeHold, {
    customerId,
    itemId: held.itemId,
    reason: 'other',
    note: 'asked for a copy',
    until: parseDate('2026-06-30'),
  });

  await remindOn(tenant, '2026-02-08');
  assert.deepEqual(await stepsSaid(tenant), [`2026-02-08 ${other.number} reminder`]);

  await tenant.act('collector', releaseHold, { holdId });
  await remindOn(tenant, '2026-02-16');
  assert.deepEqual(await stepsSaid(tenant), [
    `2026-02-08 ${other.number} reminder`,
    `2026-02-16 ${held.number} demand`,
    `2026-02-16 ${other.number} demand`,
  ]);
});

test('a hold ends by itself, and a hold placed today stops a run for a day in the past', async () => {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant);
  const customerId = await aReader(tenant);
  const invoice = await anInvoice(tenant, { companyId, customerId, dueOn: '2026-02-01' });
  tenant.on('2026-02-10');
  await tenant.act('collector', placeHold, {
    customerId,
    reason: 'other',
    note: 'calls us',
    until: parseDate('2026-02-12'),
  });

  await remindOn(tenant, '2026-02-10', { on: '2026-02-08' });
  await remindOn(tenant, '2026-02-12');
  assert.deepEqual(await stepsSaid(tenant), []);

  await remindOn(tenant, '2026-02-13');
  assert.deepEqual(await stepsSaid(tenant), [`2026-02-13 ${invoice.number} reminder`]);
});

test('companies remind apart, each about what is owed to it', async () => {
  const tenant = await newTenant({ on: '2026-01-02' });
  const [first, second] = [await aCompany(tenant), await aCompany(tenant)];
  const customerId = await aReader(tenant);
  for (const companyId of [first, second])
    await anInvoice(tenant, { companyId, customerId, dueOn: '2026-02-01' });

  await remindOn(tenant, '2026-02-08', { companyId: first });
  assert.deepEqual(
    (await messagesOf(tenant)).map((m) => m.company_id),
    [first],
  );
  await remindOn(tenant, '2026-02-08');
  assert.deepEqual((await messagesOf(tenant)).map((m) => m.company_id).sort(), [first, second].sort());
});

test('instalments are items of their own: each is told its step', async () => {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant);
  await anInvoice(tenant, {
    companyId,
    customerId: await aReader(tenant),
    instalments: [
      { dueOn: '2026-02-01', minor: 50_00n },
      { dueOn: '2026-02-12', minor: 50_00n },
    ],
  });
  await remindOn(tenant, '2026-02-08');
  assert.deepEqual(
    (await stepsSaid(tenant)).map((line) => line.split(' ').at(-1)),
    ['reminder', 'upcoming'],
  );
  assert.equal((await messagesOf(tenant)).length, 1);
});

test('a rehearsed start says what is due and starts nothing', async () => {
  const tenant = await newTenant({ on: '2026-02-08' });
  const companyId = await aCompany(tenant);
  await anInvoice(tenant, { companyId, customerId: await aReader(tenant), dueOn: '2026-02-01' });
  const { runs } = await tenant.act('collector', startReminderRun, {}, { rehearse: true });
  assert.deepEqual([runs[0]?.customers, runs[0]?.items], [1, 1]);
  const run = await inTenant(tenant.pool, tenant.tenantId, (tx) => findRun(tx, runs[0]?.runId ?? newId()));
  assert.equal(run, undefined);
});

test('a day that is not here yet is not run, and who may not send does not start a run', async () => {
  const tenant = await newTenant({ on: '2026-02-08' });
  await aCompany(tenant);
  await assert.rejects(tenant.act('collector', startReminderRun, { on: parseDate('2026-02-09') }), {
    code: 'run_in_future',
  });
  await assert.rejects(tenant.act('cash_applier', startReminderRun, {}), { code: 'not_permitted' });
  await assert.rejects(tenant.act('collector', startReminderRun, { companyId: newId<'company'>() }), {
    code: 'company_not_found',
  });
});

test('what an old cadence said is not said again by the new one on the same or an earlier day', async () => {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant);
  const invoice = await anInvoice(tenant, {
    companyId,
    customerId: await aReader(tenant),
    dueOn: '2026-02-01',
  });
  await remindOn(tenant, '2026-02-08');

  await tenant.act('controller', replaceCadence, {
    name: 'Tighter',
    runsDaily: true,
    runsAt: '07:00',
    steps: [
      { offsetDays: 5, phase: 'reminder' },
      { offsetDays: 7, phase: 'demand' },
      { offsetDays: 10, phase: 'final_notice' },
    ],
  });
  for (const day of ['2026-02-08', '2026-02-10', '2026-02-11', '2026-02-12']) await remindOn(tenant, day);

  assert.deepEqual(await stepsSaid(tenant), [
    `2026-02-08 ${invoice.number} reminder`,
    `2026-02-11 ${invoice.number} final_notice`,
  ]);
});

test('what heard a later day of the cadence is not even looked at for an earlier one', async () => {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant);
  await anInvoice(tenant, { companyId, customerId: await aReader(tenant), dueOn: '2026-02-01' });
  await remindOn(tenant, '2026-02-08');
  await tenant.act('controller', replaceCadence, {
    name: 'One step',
    runsDaily: true,
    runsAt: '07:00',
    steps: [{ offsetDays: 5, phase: 'reminder' }],
  });
  const { runs } = await tenant.act('collector', startReminderRun, {});
  assert.deepEqual([runs[0]?.customers, runs[0]?.items], [0, 0]);
});

test('a run that was interrupted goes on where it stopped', async () => {
  const tenant = await newTenant({ on: '2026-02-08' });
  const companyId = await aCompany(tenant);
  for (let n = 0; n < 5; n += 1)
    await anInvoice(tenant, { companyId, customerId: await aReader(tenant), dueOn: '2026-02-01' });
  const { runs } = await tenant.act('collector', startReminderRun, {});
  const runId = runs[0]?.runId ?? '';
  let made = 0;
  // Together they cannot be reminded, so each is reminded alone; after two of them nothing works any more.
  const breaking = {
    ...toolsOf(tenant),
    door: {
      ...tenant.door,
      enqueue: async (_tx: unknown, jobs: readonly Job[]) => {
        if (jobs.flatMap(({ payload }) => messageIdsOf(payload)).length > 1 || made === 2)
          throw new Error('the database went away');
        made += 1;
      },
    },
  };

  await assert.rejects(performRun(breaking, tenant.tenantId, runId), /went away/);
  assert.equal((await messagesOf(tenant)).length, 2);

  await performRun(toolsOf(tenant), tenant.tenantId, runId);
  assert.equal((await messagesOf(tenant)).length, 5);
  assert.deepEqual(await finished(tenant, runId), { messages: 5, items: 5, leftOut: 0, withoutEmail: 0 });
  await performRun(toolsOf(tenant), tenant.tenantId, runId);
  assert.equal((await messagesOf(tenant)).length, 5);
});

/** Customers with a step that waits for a person, and a run that a person approved, not carried out yet. */
async function anApprovedRun(customers = 5) {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant);
  const forPerson = (name: string, offsetDays = 7) => ({
    code: name,
    segment: 'everybody',
    steps: [{ offsetDays, phase: 'reminder', automatic: false }],
  });
  await goLive(tenant, forPerson('seen'));
  tenant.on('2026-02-08');
  for (let n = 0; n < customers; n += 1)
    await anInvoice(tenant, { companyId, customerId: await aReader(tenant), dueOn: '2026-02-01' });
  const { runs } = await tenant.act('collector', startReminderRun, { approved: true });
  const runId = runs[0]?.runId ?? '';
  const replace = (offsetDays?: number) => goLive(tenant, forPerson('unseen', offsetDays));
  const stopped = () => inTenant(tenant.pool, tenant.tenantId, (tx) => findRun(tx, runId));
  return { tenant, runId, replace, stopped };
}

test('what a person approved is not said by policies they have not seen: the run ends, and says why', async () => {
  const { tenant, runId, replace, stopped } = await anApprovedRun();
  await replace();
  await performRun(toolsOf(tenant), tenant.tenantId, runId);
  assert.deepEqual(await stepsSaid(tenant), []);
  const run = await stopped();
  assert.ok(run?.finished_at);
  assert.deepEqual([run.stopped_for, run.messages, run.left_out], ['policies_replaced', 0, 0]);
  // Approved anew under what is in force, all of it is said.
  await remindOn(tenant, '2026-02-08', { approved: true });
  assert.equal((await stepsSaid(tenant)).length, 5);
});

test('it ends with the reason also where the policies that came into force say nothing on that day', async () => {
  const { tenant, runId, replace, stopped } = await anApprovedRun();
  await replace(30);
  await performRun(toolsOf(tenant), tenant.tenantId, runId);
  assert.equal((await stopped())?.stopped_for, 'policies_replaced');
});

test('policies put in force while an approved run goes on end it after what was said by those before', async () => {
  const customers = REMINDER_CUSTOMERS_AT_ONCE + 1;
  const { tenant, runId, replace, stopped } = await anApprovedRun(customers);
  let committed: () => void = () => {};
  const first = new Promise<void>((resolve) => {
    committed = resolve;
  });
  let asked = 0;
  const tools = toolsOf(tenant);
  // Asked for before each batch: the second one begins once the first is said and the policies are replaced.
  const contextOf: typeof tools.contextOf = async (tenantId) => {
    asked += 1;
    if (asked === 2) {
      await first;
      await replace();
    }
    return tools.contextOf(tenantId);
  };
  const going = performRun({ ...tools, contextOf }, tenant.tenantId, runId);
  while ((await messagesOf(tenant)).length < REMINDER_CUSTOMERS_AT_ONCE) await setTimeout(10);
  committed();
  await going;
  const run = await stopped();
  assert.ok(run?.finished_at);
  assert.deepEqual([run.stopped_for, run.messages], ['policies_replaced', REMINDER_CUSTOMERS_AT_ONCE]);
  assert.equal((await messagesOf(tenant)).length, REMINDER_CUSTOMERS_AT_ONCE);
});

test('eight runners that run twenty times at once say each step once', async () => {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant);
  const customers = [];
  for (let n = 0; n < 6; n += 1) customers.push(await aReader(tenant));
  for (const customerId of customers)
    for (const dueOn of ['2026-01-20', '2026-02-01', '2026-02-10'])
      await anInvoice(tenant, { companyId, customerId, dueOn });
  tenant.on('2026-02-08');
  const started = [];
  for (let n = 0; n < 20; n += 1) started.push(...(await tenant.act('collector', startReminderRun, {})).runs);
  const waiting = started.values();
  const runner = async () => {
    for (const { runId } of waiting) await performRun(toolsOf(tenant), tenant.tenantId, runId);
  };
  // Warm connections, so that the runners really run at the same time.
  await Promise.all(Array.from({ length: 8 }, () => tenant.pool.query('select 1')));
  await Promise.all(Array.from({ length: 8 }, runner));

  const lines = await stepsSaid(tenant);
  assert.equal(lines.length, 18);
  assert.equal(new Set(lines).size, 18);
  const messages = await messagesOf(tenant);
  assert.deepEqual(messages.map((m) => m.customer_id).sort(), [...customers].sort());
});

test('daily runs begin after somebody started a first one, at the time of the company, once a day', async () => {
  const tenant = await newTenant({ on: '2026-02-01', timeZone: 'UTC' });
  const { companyId } = await tenant.act('owner', openCompany, {
    code: 'TOKYO',
    name: 'In Tokyo',
    functionalCurrency: 'JPY',
    country: 'JP',
    timeZone: 'Asia/Tokyo',
  });
  const runDays = async () => {
    const days = tenant.jobs.filter((job) => job.queue === 'collections.remind').length;
    tenant.jobs.length = 0;
    return days;
  };
  const at = (moment: string) => toolsOf(tenant, () => Temporal.Instant.from(moment));
  const daily = async (moment: string) => {
    await startDailyRuns(at(moment), tenant.tenantId);
    return runDays();
  };

  assert.equal(await daily('2026-02-02T03:00:00Z'), 0);
  await tenant.act('collector', startReminderRun, { companyId: companyId as CompanyId });
  assert.equal(await runDays(), 1);

  assert.equal(await daily('2026-02-02T21:59:00Z'), 0, '06:59 in Tokyo');
  assert.equal(await daily('2026-02-02T22:01:00Z'), 1, '07:01 in Tokyo');
  assert.equal(await daily('2026-02-02T22:16:00Z'), 0, 'the same day');
  assert.equal(await daily('2026-02-03T22:00:00Z'), 1, 'the next day');
});
