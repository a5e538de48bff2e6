// The days of reminding: where the people work and where the company is it can be two different days, and an invoice can
// be dated ahead.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeHold } from '#holds/place-hold.ts';
import { parseDate } from '#kernel/calendar.ts';
import { aCompany, anInvoice } from '../support/builders.ts';
import { aReader, leftOut, remindOn, sendReminders, stepsSaid } from '../support/reminders.ts';
import { newTenant } from '../support/tenant.ts';

test('a hold placed today holds at once, also for a company where it is still yesterday', async () => {
  const tenant = await newTenant({ on: '2026-02-10', timeZone: 'Pacific/Auckland' });
  const companyId = await aCompany(tenant, { timeZone: 'America/Los_Angeles' });
  const customerId = await aReader(tenant);
  const held = await anInvoice(tenant, { companyId, customerId, dueOn: '2026-02-01' });
  await remindOn(tenant, '2026-02-10');
  const until = parseDate('2026-03-01');
  await tenant.act('collector', placeHold, {
    customerId,
    itemId: held.itemId,
    reason: 'other',
    note: 'dispute',
    until,
  });
  await sendReminders(tenant);
  assert.deepEqual(await leftOut(tenant), [`${held.number} on_hold`]);
  await remindOn(tenant, '2026-02-10');
  assert.deepEqual(await stepsSaid(tenant), []);
});

test('nobody is told of an invoice before its date of issue', async () => {
  const tenant = await newTenant({ on: '2026-02-24' });
  const companyId = await aCompany(tenant);
  const customerId = await aReader(tenant);
  const { number } = await anInvoice(tenant, {
    companyId,
    customerId,
    issuedOn: '2026-03-01',
    dueOn: '2026-03-10',
  });
  await remindOn(tenant, '2026-02-24');
  assert.deepEqual(await stepsSaid(tenant), []);
  await remindOn(tenant, '2026-03-01');
  assert.deepEqual(await stepsSaid(tenant), [`2026-03-01 ${number} upcoming`]);
});
