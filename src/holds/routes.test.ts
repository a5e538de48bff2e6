import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, anInvoice } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { routes } from './routes.ts';

test('holds are placed, listed and released', async () => {
  const tenant = await newTenant({ on: '2026-02-08' });
  const { customerId, itemId, number } = await anInvoice(tenant, { companyId: await aCompany(tenant) });
  const ask = await serveTo(tenant, routes);
  const place = async (body: { itemId?: string; until: string }) => {
    const sent = { customerId, reason: 'asked_for_time', ...body };
    return (await ask('collector', contract.placeHold, { body: sent })).reply.holdId;
  };
  const list = async (query: Record<string, unknown>) =>
    (await ask('viewer', contract.listHolds, { query: { customerId, ...query } })).reply;
  const whole = await place({ until: '2026-02-20' });
  const item = await place({ until: '2026-02-10', itemId });

  const all = await list({ limit: 1 });
  assert.deepEqual(
    all.rows.map((h) => [h.holdId, h.reference, h.inForce, h.endsOn]),
    [[item, number, true, '2026-02-10']],
  );
  const next = await list({ limit: 1, after: all.next });
  assert.deepEqual(
    next.rows.map((h) => [h.holdId, h.itemId]),
    [[whole, null]],
  );
  assert.equal(next.next, null);

  await ask('collector', contract.releaseHold, { params: { holdId: item } });
  const ids = async (state: string) => (await list({ state })).rows.map((h) => h.holdId);
  assert.deepEqual(await ids('standing'), [whole]);
  assert.deepEqual(await ids('released'), [item]);
  const seen = (await ask('collector', contract.listHolds, { query: { itemId } })).reply;
  assert.equal(seen.rows[0]?.may.release, 'hold_released');
});

test('each view of the list, its filters and the overview answer', async () => {
  const tenant = await newTenant({ on: '2026-02-08' });
  const companyId = await aCompany(tenant);
  const { customerId, itemId, invoiceId } = await anInvoice(tenant, { companyId, minor: 70_00n });
  const ask = await serveTo(tenant, routes);
  const place = (body: Record<string, unknown>) =>
    ask('controller', contract.placeHold, {
      body: { reason: 'data', until: '2026-02-10', ...body } as never,
    });
  await place({ customerId, itemId });
  await place({ companyId });
  tenant.on('2026-04-20');
  await place({ everything: true, until: '2026-12-31' });
  tenant.on('2026-06-30');
  const count = async (query: Record<string, unknown>) =>
    (await ask('viewer', contract.listHolds, { query: query as never })).reply.rows.length;
  assert.equal(await count({ state: 'over' }), 2);
  assert.equal(await count({ state: 'old', scope: 'wide' }), 1);
  assert.equal(await count({ state: 'in_force', scope: 'tenant' }), 1);
  assert.equal(await count({ state: 'running_out' }), 0);
  assert.equal(await count({ documentId: invoiceId, reason: 'data' }), 1);
  assert.equal(await count({ ownerId: tenant.as('controller').actor.id }), 3);
  const { reply } = await ask('viewer', contract.readHoldOverview, {});
  assert.deepEqual(reply.counts, { standing: 1, runningOut: 0, old: 1, over: 0 });
  assert.deepEqual([reply.held[0]?.amount, reply.ends.at(-1)?.holds], ['70.00', 1]);
  assert.deepEqual([reply.may.place, reply.may.placeWide], ['not_permitted', 'not_permitted']);
});
