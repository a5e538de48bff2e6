// Policies over months: who hears what, that a gap is kept from the plan to the sending, and that changing policies in between says
// nothing twice.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { addDays, daysBetween, parseDate } from '#kernel/calendar.ts';
import { importPolicies, putPoliciesLive } from '#policies/change-policies.ts';
import { readLiveSet } from '#policies/take-policies.ts';
import { aCompany, anInvoice } from '../support/builders.ts';
import { messagesOf } from '../support/mail.ts';
import { aReader, leftOut, remindOn, sendReminders, stepsSaid } from '../support/reminders.ts';
import { newTenant, type TestTenant } from '../support/tenant.ts';

type Given = { readonly code: string; readonly segment: unknown; readonly steps: unknown } & Record<
  string,
  unknown
>;

async function goLive(tenant: TestTenant, ...policies: readonly Given[]) {
  const named = policies.map((policy) => ({ name: policy.code, ...policy }));
  const file = { format: 'quittance-policies', version: 1, name: 'Ours', policies: named };
  const { setId } = await tenant.act('controller', importPolicies, { file });
  const live = await inTenant(tenant.pool, tenant.tenantId, readLiveSet);
  await tenant.act('controller', putPoliciesLive, { setId, replaces: live?.id ?? null });
}

const everybody = (steps: unknown, more = {}): Given => ({
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
