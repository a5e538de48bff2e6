// Policies over months: who hears what, that a gap is kept from the plan to the sending, and that changing policies in between says
// nothing twice.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import { performRun, startDailyRuns, startReminderRun } from '#collections/remind-customers.ts';
import { findRun } from '#collections/store-runs.ts';
import { reminderSource } from '#collections/write-reminder.ts';
import { carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import type { MessageSource } from '#delivery/begin-sending.ts';
import { sendMessage } from '#delivery/send-message.ts';
import { addDays, daysBetween, parseDate } from '#kernel/calendar.ts';
import { type CompanyId, type MessageId, newId } from '#kernel/id.ts';
import { readReadyPolicies } from '#policies/read-policies.ts';
import { aCompany, anInvoice } from '../support/builders.ts';
import { messagesOf, toolsOf } from '../support/mail.ts';
import { race } from '../support/race.ts';
import {
  aReader,
  type GivenPolicy,
  goLive,
  goLiveWith,
  leftOut,
  reminderTools,
  remindOn,
  sendReminders,
  stepsSaid,
} from '../support/reminders.ts';
import { newTenant, type TestTenant } from '../support/tenant.ts';

const everybody = (steps: unknown, more = {}): GivenPolicy => ({
  code: 'everybody',
  segment: 'everybody',
  steps,
  ...more,
});
const STEPS = [
  { offsetDays: -5, phase: 'upcoming' },
  { offsetDays: 0, phase: 'due' },
  { offsetDays: 4, phase: 'reminder' },
  { offsetDays: 9, phase: 'demand' },
];

async function sentDays(tenant: TestTenant) {
  const rows = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(
      sql<{ on_day: Temporal.PlainDate }>`select sent_at::date as on_day from message
        where tenant_id = ${tx.tenantId} and state = 'sent' order by sent_at`,
    ),
  );
  return rows.map((row) => row.on_day);
}

test('each customer hears what their policy says', async () => {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant);
  await goLive(
    tenant,
    {
      code: 'german',
      segment: { attribute: 'country', is: 'one_of', value: ['DE'] },
      steps: [{ offsetDays: 20, phase: 'demand' }],
    },
    everybody([{ offsetDays: 3, phase: 'reminder' }]),
  );
  const numbers = [];
  for (const country of ['DE', 'FR'])
    numbers.push(
      (await anInvoice(tenant, { companyId, customerId: await aReader(tenant, { country }) })).number,
    );
  for (const day of ['2026-02-04', '2026-02-21']) await remindOn(tenant, day);
  assert.deepEqual(await stepsSaid(tenant), [
    `2026-02-04 ${numbers[1]} reminder`,
    `2026-02-21 ${numbers[0]} demand`,
  ]);
});

test('over months no two reminders are nearer than the gap, though policies change and companies are several', async () => {
  const tenant = await newTenant({ on: '2026-01-02' });
  const [one, two] = [await aCompany(tenant), await aCompany(tenant)];
  const customerId = await aReader(tenant);
  const dueDays = ['2026-01-20', '2026-01-23', '2026-01-27', '2026-02-03', '2026-02-10'];
  for (const [i, dueOn] of dueDays.entries())
    await anInvoice(tenant, { companyId: i % 2 === 0 ? one : two, customerId, dueOn });
  await goLive(tenant, everybody(STEPS, { minimumGapDays: 6 }));

  const start = parseDate('2026-01-10');
  for (let day = 0; day < 60; day += 1) {
    const on = addDays(start, day).toString();
    if (day === 20) {
      tenant.on(on);
      const later = STEPS.map((step) => ({ ...step, offsetDays: step.offsetDays + 1 }));
      await goLive(tenant, everybody(later, { minimumGapDays: 6 }));
    }
    await remindOn(tenant, on);
    // Mail is down every other week, so that messages wait.
    if (Math.floor(day / 7) % 2 === 0) await sendReminders(tenant);
  }

  const days = await sentDays(tenant);
  assert.ok(days.length >= 4, `${days.length} messages`);
  for (const [i, day] of days.entries()) {
    const before = days[i - 1];
    if (before) assert.ok(daysBetween(before, day) >= 6, `${before.toString()} and ${day.toString()}`);
  }
  const said = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(
      sql<{ item_id: string; offset_days: number }>`select item_id, offset_days from reminder_item
        where tenant_id = ${tx.tenantId} order by run_on`,
    ),
  );
  for (const steps of Map.groupBy(said, (row) => row.item_id).values())
    for (const [i, { offset_days }] of steps.entries())
      assert.ok(
        i === 0 || offset_days > (steps[i - 1]?.offset_days ?? 0),
        'steps of an item only go forward',
      );
});

test('what waited until another had left is not sent within the gap, and is said later', async () => {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant);
  const customerId = await aReader(tenant);
  const first = await anInvoice(tenant, { companyId, customerId, dueOn: '2026-01-28' });
  const second = await anInvoice(tenant, { companyId, customerId, dueOn: '2026-02-06' });
  await goLive(tenant, everybody([{ offsetDays: 4, phase: 'reminder' }], { minimumGapDays: 5 }));
  await remindOn(tenant, '2026-02-01');
  await remindOn(tenant, '2026-02-10');
  await sendReminders(tenant);
  assert.deepEqual((await messagesOf(tenant)).map((m) => m.state).sort(), ['dropped', 'sent']);
  assert.equal((await leftOut(tenant)).length, 1);
  assert.match((await leftOut(tenant))[0] ?? '', / too_soon$/);

  await remindOn(tenant, '2026-02-16');
  await sendReminders(tenant);
  const references = (await stepsSaid(tenant)).map((text) => text.split(' ')[1]).sort();
  assert.deepEqual(references, [first.number, second.number].sort());
});

test('a customer whose policy says so hears one message about each invoice', async () => {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant);
  const customerId = await aReader(tenant);
  for (let i = 0; i < 3; i += 1) await anInvoice(tenant, { companyId, customerId });
  const grouped = { grouping: 'invoice', minimumGapDays: 5 };
  await goLive(tenant, everybody([{ offsetDays: 4, phase: 'reminder' }], grouped));
  await remindOn(tenant, '2026-02-05');
  await sendReminders(tenant);
  assert.deepEqual(
    (await messagesOf(tenant)).map((m) => m.state),
    ['sent', 'sent', 'sent'],
  );
});

const findRunOf = (tenant: TestTenant, runId = '') =>
  inTenant(tenant.pool, tenant.tenantId, (tx) => findRun(tx, runId));

/** What is ready-made for key accounts, and one of them that owes for long enough to have heard from a person. */
async function aKeyAccount() {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant);
  await goLiveWith(tenant, (await readReadyPolicies()).rows.find(({ key }) => key === 'key_account')?.file);
  const invoice = await anInvoice(tenant, {
    companyId,
    customerId: await aReader(tenant),
    minor: 60_000_00n,
    dueOn: '2027-02-01',
  });
  return { tenant, invoice };
}

test('a key account is chased past its first reminder by a person, and never by a daily run', async () => {
  const { tenant, invoice } = await aKeyAccount();
  const daily = async (day: string) => {
    tenant.on(day);
    tenant.jobs.length = 0;
    await startDailyRuns(toolsOf(tenant), tenant.tenantId);
    const runs = tenant.jobs.flatMap(({ payload: { runId } }) => (typeof runId === 'string' ? [runId] : []));
    for (const runId of runs) await performRun(toolsOf(tenant), tenant.tenantId, runId);
    await sendReminders(tenant);
    return findRunOf(tenant, runs[0]);
  };
  await daily('2027-02-11');
  for (const day of ['2027-02-22', '2027-03-20']) {
    const run = await daily(day);
    assert.deepEqual([run?.approved, run?.messages, run?.left_out, run?.for_person], [false, 0, 1, 1]);
  }
  const [byHand] = await remindOn(tenant, '2027-03-20');
  assert.equal((await findRunOf(tenant, byHand?.runId))?.messages, 0, 'nobody asked for them');

  const [approved] = await remindOn(tenant, '2027-03-20', { approved: true });
  const run = await findRunOf(tenant, approved?.runId);
  assert.deepEqual([run?.approved, run?.messages, run?.left_out, run?.for_person], [true, 1, 0, 0]);
  assert.deepEqual(await stepsSaid(tenant), [
    `2027-02-11 ${invoice.number} reminder`,
    `2027-03-20 ${invoice.number} demand`,
  ]);
  assert.deepEqual(await sendReminders(tenant), ['sent']);
});

test('a run for the steps of a person is started by a person', async () => {
  const { tenant } = await aKeyAccount();
  for (const actor of [
    { kind: 'api_key', id: newId(), name: 'A key' },
    { kind: 'system', id: 'worker', name: 'The clock' },
  ] as const) {
    const started = carryOut(tenant.door, { ...tenant.as('collector'), actor }, startReminderRun, {
      approved: true,
    });
    await assert.rejects(started, { code: 'person_needed' });
  }
});

/** Holds back whoever comes until the other is there too, or cannot come: with a lock the second waits before it. */
function meetingPoint() {
  let come = 0;
  const { promise: both, resolve } = Promise.withResolvers<void>();
  return async () => {
    come += 1;
    if (come >= 2) resolve();
    await Promise.race([both, setTimeout(200)]);
  };
}

/** A customer who owes two companies something that is said on its own day, and is to have six days between two reminders. */
async function aCustomerOfTwo(dueDays: readonly string[]) {
  const tenant = await newTenant({ on: '2026-01-02' });
  const customerId = await aReader(tenant);
  const ids = [];
  for (const dueOn of dueDays) {
    const companyId = await aCompany(tenant);
    await anInvoice(tenant, { companyId, customerId, dueOn });
    ids.push(companyId);
  }
  await goLive(tenant, everybody([{ offsetDays: 4, phase: 'reminder' }], { minimumGapDays: 6 }));
  return { tenant, ids };
}

test('of two companies that remind one customer at the same moment one alone does', async () => {
  const { tenant } = await aCustomerOfTwo(['2026-02-01', '2026-02-01']);
  tenant.on('2026-02-05');
  const { runs } = await tenant.act('collector', startReminderRun, {});
  const meet = meetingPoint();
  // Jobs are left at the very end of the transaction that reminds.
  const tools = { ...toolsOf(tenant), door: { ...tenant.door, enqueue: meet } };
  const { won } = await race(
    tenant,
    runs.map(
      ({ runId }) =>
        () =>
          performRun(tools, tenant.tenantId, runId),
    ),
  );
  assert.equal(won, 2);
  assert.equal((await messagesOf(tenant)).length, 1);
});

test('of two reminders to one customer that leave at the same moment one alone is sent', async () => {
  // The second was planned more than the gap after the first, and both waited.
  const { tenant, ids } = await aCustomerOfTwo(['2026-02-01', '2026-02-08']);
  for (const [i, day] of ['2026-02-05', '2026-02-12'].entries())
    await remindOn(tenant, day, { companyId: ids[i] as CompanyId });
  const meet = meetingPoint();
  const { won } = await race(
    tenant,
    (await messagesOf(tenant)).map(({ id }) => () => {
      let reads = 0;
      const read: MessageSource['read'] = async (tx, message, now) => {
        const reading = await reminderSource.read(tx, message, now);
        reads += 1;
        // The first is for writing it; the second, in the transaction that lets it leave, decides.
        if (reads === 2) await meet();
        return reading;
      };
      const tools = { ...reminderTools(tenant), sources: [{ ...reminderSource, read } as MessageSource] };
      return sendMessage(tools, tenant.tenantId, id as MessageId);
    }),
  );
  assert.equal(won, 2);
  assert.deepEqual((await messagesOf(tenant)).map(({ state }) => state).sort(), ['dropped', 'sent']);
});
