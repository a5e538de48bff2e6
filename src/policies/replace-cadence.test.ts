import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { FIRST_CADENCE } from '#policies/cadence.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { type ReplaceCadence, replaceCadence } from './replace-cadence.ts';
import { findLive } from './store.ts';
import { readPolicies, takePolicies } from './take-policies.ts';

const wanted = (name: string): ReplaceCadence => ({
  name,
  runsDaily: false,
  runsAt: '09:30',
  steps: [
    { offsetDays: 21, phase: 'demand' },
    { offsetDays: 3, phase: 'reminder' },
  ],
});

const current = (tenant: TestTenant) => inTenant(tenant.pool, tenant.tenantId, (tx) => findLive(tx));

test('the new cadence is in force, and the old one is kept', async () => {
  const tenant = await newTenant();
  const first = await tenant.act('controller', replaceCadence, wanted('One'));
  const second = await tenant.act('controller', replaceCadence, wanted('Two'));

  const now = await current(tenant);
  assert.deepEqual(
    [now?.id, now?.name, now?.file.runsDaily, now?.file.runsAt],
    [second.cadenceId, 'Two', false, '09:30'],
  );
  assert.deepEqual(
    now?.file.policies[0]?.steps.map((s) => [s.step, s.offsetDays, s.phase, s.template]),
    [
      [1, 3, 'reminder', 'first_reminder'],
      [2, 21, 'demand', 'second_reminder'],
    ],
  );
  const kept = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(
      sql<{
        id: string;
      }>`select id from policy_set where tenant_id = ${tx.tenantId} and stage = 'retired'`,
    ),
  );
  assert.deepEqual(kept, [{ id: first.cadenceId }]);
  const events = (await tenant.events()).filter((event) => event.type === 'cadence.replaced');
  assert.equal(events.length, 2);
});

test('a refused cadence changes nothing, and only who may edit it replaces it', async () => {
  const tenant = await newTenant();
  const twice = {
    ...wanted('Bad'),
    steps: [{ offsetDays: 1, phase: 'due' } as const, { offsetDays: 1, phase: 'due' } as const],
  };
  await assert.rejects(tenant.act('controller', replaceCadence, twice), { code: 'offset_twice' });
  await assert.rejects(tenant.act('collector', replaceCadence, wanted('No')), { code: 'not_permitted' });
  assert.equal(await current(tenant), undefined);
});

test('of several who replace it at once one is in force, and the others are told', async () => {
  const tenant = await newTenant();
  const all = await Promise.allSettled(
    Array.from({ length: 8 }, (_, n) => tenant.act('controller', replaceCadence, wanted(`Number ${n}`))),
  );
  const codes = all.flatMap((one) =>
    one.status === 'rejected' ? [(one.reason as { code?: string }).code] : [],
  );
  assert.ok(codes.every((code) => code === 'changed_meanwhile'));
  const inForce = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(
      sql<{
        n: bigint;
      }>`select count(*) as n from policy_set where tenant_id = ${tx.tenantId} and stage = 'live'`,
    ),
  );
  assert.deepEqual(inForce, [{ n: 1n }]);
});

test('a tenant without a cadence plans by the first one, which is stored once when it is first used', async () => {
  const tenant = await newTenant();
  const planned = await inTenant(tenant.pool, tenant.tenantId, readPolicies);
  assert.deepEqual(planned.policies[0]?.steps, FIRST_CADENCE.steps);
  const use = {
    name: 'use',
    permission: 'reminder.send',
    run: async (act: Parameters<typeof takePolicies>[0]) => (await takePolicies(act)).setId,
  };
  const ids = await Promise.all(Array.from({ length: 8 }, () => tenant.act('collector', use, {})));
  assert.equal(new Set(ids).size, 1);
  assert.deepEqual((await current(tenant))?.file.policies[0]?.steps, FIRST_CADENCE.steps);
  assert.equal((await current(tenant))?.file.runsDaily, true);
});
