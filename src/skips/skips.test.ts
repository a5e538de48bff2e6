import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { newId } from '#kernel/id.ts';
import { aCompany, anInvoice } from '../../test/support/builders.ts';
import { raceHeld } from '../../test/support/race.ts';
import { aReader, leftOut, remindOn, sendReminders, stepsSaid } from '../../test/support/reminders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { skipReminders, takeSkipBack } from './place-skips.ts';

async function twoLate() {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant);
  const customerId = await aReader(tenant);
  const first = await anInvoice(tenant, { companyId, customerId, dueOn: '2026-02-01' });
  const second = await anInvoice(tenant, { companyId, customerId, dueOn: '2026-02-01' });
  tenant.on('2026-02-08');
  return { tenant, companyId, customerId, first, second };
}

type Given = Partial<Parameters<typeof skipReminders.run>[1]> & {
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
};

function skip(tenant: TestTenant, { customerId, ...given }: Given) {
  return tenant.act('collector', skipReminders, {
    of: [{ customerId }],
    from: parseDate('2026-02-08'),
    until: parseDate('2026-02-09'),
    reason: 'Sales is talking to them',
    ...given,
  });
}

test('who is skipped hears nothing on these days, and the next run says what is due then, once', async () => {
  const { tenant, companyId, customerId, first, second } = await twoLate();
  await skip(tenant, { companyId, customerId });
  await remindOn(tenant, '2026-02-08');
  await remindOn(tenant, '2026-02-09');
  assert.deepEqual(await stepsSaid(tenant), []);
  await remindOn(tenant, '2026-02-10');
  await remindOn(tenant, '2026-02-11');
  assert.deepEqual(await stepsSaid(tenant), [
    `2026-02-10 ${first.number} reminder`,
    `2026-02-10 ${second.number} reminder`,
  ]);
});

test('one item is skipped and the rest is asked for', async () => {
  const { tenant, companyId, customerId, first, second } = await twoLate();
  await skip(tenant, { companyId, customerId, of: [{ customerId, itemId: first.itemId }] });
  await remindOn(tenant, '2026-02-08');
  assert.deepEqual(await stepsSaid(tenant), [`2026-02-08 ${second.number} reminder`]);
});

test('what another company would say is not skipped', async () => {
  const { tenant, customerId, first } = await twoLate();
  await skip(tenant, { companyId: await aCompany(tenant), customerId });
  await remindOn(tenant, '2026-02-08');
  assert.ok((await stepsSaid(tenant)).includes(`2026-02-08 ${first.number} reminder`));
});

test('a message that waits to be sent leaves out what is skipped meanwhile', async () => {
  const { tenant, companyId, customerId, first, second } = await twoLate();
  await remindOn(tenant, '2026-02-08');
  await skip(tenant, { companyId, customerId, of: [{ customerId, itemId: first.itemId }] });
  await sendReminders(tenant);
  assert.deepEqual(await leftOut(tenant), [`${first.number} skipped`]);
  await remindOn(tenant, '2026-02-10');
  assert.deepEqual(await stepsSaid(tenant), [
    `2026-02-08 ${second.number} reminder`,
    `2026-02-10 ${first.number} reminder`,
  ]);
});

test('a skip of a day to come stops nothing today', async () => {
  const { tenant, companyId, customerId } = await twoLate();
  await skip(tenant, {
    companyId,
    customerId,
    from: parseDate('2026-02-09'),
    until: parseDate('2026-02-10'),
  });
  await remindOn(tenant, '2026-02-08');
  assert.equal((await stepsSaid(tenant)).length, 2);
});

test('a skip is taken back once, and what it left out is due again', async () => {
  const { tenant, companyId, customerId } = await twoLate();
  const { skipIds } = await skip(tenant, { companyId, customerId });
  const [skipId = ''] = skipIds;
  const both = await Promise.allSettled([
    tenant.act('collector', takeSkipBack, { skipId }),
    tenant.act('collector', takeSkipBack, { skipId }),
  ]);
  assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  const refused = both.find((one) => one.status === 'rejected');
  assert.equal(refused?.reason.code, 'skip_taken_back');
  await remindOn(tenant, '2026-02-08');
  assert.equal((await stepsSaid(tenant)).length, 2);
});

test('of several who take a skip back in the same moment one does, the others hear that it is taken back', async () => {
  const { tenant, companyId, customerId } = await twoLate();
  const { skipIds } = await skip(tenant, { companyId, customerId });
  const back = () => tenant.act('collector', takeSkipBack, { skipId: skipIds[0] ?? '' });
  const { won, codes } = await raceHeld(tenant, [back, back, back]);
  assert.deepEqual([won, codes], [1, ['skip_taken_back', 'skip_taken_back']]);
});

test('days that are past, turned round or too many, and what is another customer’s, are refused with nothing skipped', async () => {
  const { tenant, companyId, customerId, first } = await twoLate();
  const other = await aReader(tenant);
  const day = parseDate;
  const cases: readonly (readonly [string, Partial<Given>])[] = [
    ['skip_over', { from: day('2026-02-01'), until: day('2026-02-07') }],
    ['skip_ends_before_start', { from: day('2026-02-10'), until: day('2026-02-09') }],
    ['skip_too_long', { from: day('2026-02-08'), until: day('2026-05-12') }],
    ['customer_not_found', { of: [{ customerId }, { customerId: newId<'customer'>() }] }],
    ['item_not_found', { of: [{ customerId }, { customerId: other, itemId: first.itemId }] }],
    ['company_not_found', { companyId: newId<'company'>() }],
  ];
  for (const [code, given] of cases)
    await assert.rejects(skip(tenant, { companyId, customerId, ...given }), { code });
  await remindOn(tenant, '2026-02-08');
  assert.equal((await stepsSaid(tenant)).length, 2);
});
