import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDate } from '#kernel/calendar.ts';
import { newId } from '#kernel/id.ts';
import { aCompany, aCustomer, anInvoice } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { placeHold } from './place-hold.ts';
import { releaseHold } from './release-hold.ts';

const until = parseDate('2026-03-31');

test('a hold on an item is known in the history of the customer, with who, why and until when', async () => {
  const tenant = await newTenant({ on: '2026-02-01' });
  const invoice = await anInvoice(tenant, { companyId: await aCompany(tenant) });
  const { customerId, itemId } = invoice;
  const { holdId } = await tenant.act('collector', placeHold, {
    customerId,
    itemId,
    reason: 'other',
    note: 'damaged',
    until,
  });
  await tenant.act('collector', releaseHold, { holdId });

  const events = (await tenant.events()).filter((event) => event.type.startsWith('hold.'));
  assert.deepEqual(
    events.map((event) => [event.type, event.subjectId, event.customerId]),
    [
      ['hold.placed', itemId, customerId],
      ['hold.released', itemId, customerId],
    ],
  );
  assert.deepEqual(events[0]?.data, {
    holdId,
    scope: 'item',
    reference: invoice.number,
    reason: 'other',
    note: 'damaged',
    ownerId: tenant.as('collector').actor.id,
    until: '2026-03-31',
  });
});

test('what cannot be held is refused', async () => {
  const tenant = await newTenant({ on: '2026-02-01' });
  const { itemId } = await anInvoice(tenant, { companyId: await aCompany(tenant) });
  const customerId = await aCustomer(tenant);
  const hold = { customerId, reason: 'other', note: 'why', until };
  const refused = (input: Partial<Parameters<typeof placeHold.run>[1]>, code: string) =>
    assert.rejects(tenant.act('collector', placeHold, { ...hold, ...input }), { code });
  await refused({ customerId: newId<'customer'>() }, 'customer_not_found');
  await refused({ itemId }, 'item_not_found');
  await refused({ until: parseDate('2026-01-31') }, 'hold_ends_before_start');
  await refused({ until: parseDate('2027-02-03') }, 'hold_too_long');
  await tenant.act('collector', placeHold, { ...hold, until: parseDate('2026-02-01') });
  await tenant.act('collector', placeHold, { ...hold, until: parseDate('2027-02-02') });
  await assert.rejects(tenant.act('cash_applier', placeHold, hold), { code: 'not_permitted' });
});

test('a hold is released once', async () => {
  const tenant = await newTenant({ on: '2026-02-01' });
  const customerId = await aCustomer(tenant);
  const { holdId } = await tenant.act('collector', placeHold, {
    customerId,
    reason: 'other',
    note: 'why',
    until,
  });
  const released = await Promise.allSettled(
    Array.from({ length: 4 }, () => tenant.act('collector', releaseHold, { holdId })),
  );
  assert.equal(released.filter((one) => one.status === 'fulfilled').length, 1);
  await assert.rejects(tenant.act('collector', releaseHold, { holdId }), { code: 'hold_released' });
  await assert.rejects(tenant.act('collector', releaseHold, { holdId: newId() }), { code: 'hold_not_found' });
});
