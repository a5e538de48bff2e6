import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { policyOf, START_RULES } from './matching-rules.ts';
import { routes } from './routes.ts';

async function setUp() {
  const tenant = await newTenant();
  return { tenant, ask: await serveTo(tenant, routes), companyId: await aCompany(tenant) };
}

test('a company begins with nine in ten, states its own thresholds, and every version is kept', async () => {
  const { tenant, ask, companyId } = await setUp();
  const params = { companyId };
  const first = await ask('viewer', contract.getMatchingRules, { params });
  assert.deepEqual(first.reply, { ...START_RULES, isStated: false });
  for (const applyFrom of [95, 80]) {
    const body = { applyFrom, suggestFrom: 30, unknownPayers: 'apply', groupPayments: 'debts' } as const;
    await ask('owner', contract.replaceMatchingRules, { params, body });
    const { reply } = await ask('viewer', contract.getMatchingRules, { params });
    assert.deepEqual(reply, { ...body, isStated: true });
  }
  const versions = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<{ apply_from: number }>`select apply_from from matching_rules order by recorded_at`),
  );
  assert.deepEqual(
    versions.map((row) => row.apply_from),
    [95, 80],
  );
  const [changed] = (await tenant.events()).filter(({ type }) => type === 'matching_rules.replaced');
  assert.deepEqual((changed?.data as { before?: unknown } | undefined)?.before, START_RULES);
});

test('thresholds that cross are refused, and nobody changes them without the right', async () => {
  const { ask, companyId } = await setUp();
  const params = { companyId };
  const body = { applyFrom: 60, suggestFrom: 70, unknownPayers: 'never' as const };
  const crossed = await ask('owner', contract.replaceMatchingRules, { params, body });
  assert.deepEqual([crossed.status, crossed.code], [400, 'thresholds_crossed']);
  const viewer = await ask('viewer', contract.replaceMatchingRules, { params, body });
  assert.equal(viewer.code, 'not_permitted');
  const unknown = await ask('viewer', contract.getMatchingRules, {
    params: { companyId: crypto.randomUUID() },
  });
  assert.equal(unknown.code, 'company_not_found');
});

test('a customer’s method is as everybody’s until it is stated', async () => {
  const { tenant, ask } = await setUp();
  const params = { customerId: await aCustomer(tenant) };
  const read = async () => (await ask('viewer', contract.getCustomerMatching, { params })).reply;
  assert.deepEqual(await read(), { method: 'engine', withDisputed: false });
  const body = { method: 'oldest_first' as const, withDisputed: true };
  await ask('owner', contract.replaceCustomerMatching, { params, body });
  assert.deepEqual(await read(), body);
});

test('certainty cannot be asked for, and an unknown payer is always asked for more', () => {
  assert.ok(policyOf({ ...START_RULES, applyFrom: 100 }).applyFrom < 1);
  assert.equal(policyOf({ ...START_RULES, applyFrom: 70 }).applyUnknownFrom, 0.99);
  const strict = policyOf({ ...START_RULES, applyFrom: 100 });
  assert.equal(strict.applyUnknownFrom, strict.applyFrom);
});
