import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takePromise } from '#promises/take-promise.ts';
import { aCompany, aCustomer, anInvoice } from '../../test/support/builders.ts';
import { RACERS, raceHeld } from '../../test/support/race.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import {
  acceptPolicies,
  changePolicies,
  dropPolicies,
  importPolicies,
  putPoliciesLive,
} from './change-policies.ts';
import { readPolicyFile, writePolicyFile } from './policy-file.ts';
import { countSegments, readReadyPolicies, readSet } from './read-policies.ts';
import { replaceCadence } from './replace-cadence.ts';
import { readLiveSet } from './take-policies.ts';

const policy = (code: string, segment: unknown, more = {}) => ({
  code,
  name: code,
  segment,
  steps: [{ offsetDays: 7, phase: 'reminder' }],
  ...more,
});
const file = (
  policies: readonly unknown[] = [policy('everybody', 'everybody')],
  tests: readonly unknown[] = [],
) => ({
  format: 'quittance-policies',
  version: 2,
  name: 'Ours',
  policies,
  tests,
});
const german = { attribute: 'country', is: 'one_of', value: ['DE'] };
const live = (tenant: TestTenant) => inTenant(tenant.pool, tenant.tenantId, readLiveSet);
const draft = async (tenant: TestTenant, given: unknown = file()) =>
  (await tenant.act('controller', importPolicies, { file: given })).setId;

test('a file is a draft first, then in force, then retired; what was in force is kept', async () => {
  const tenant = await newTenant();
  const one = await draft(tenant);
  const two = await draft(tenant, file([policy('german', german), policy('rest', 'everybody')]));
  assert.equal(await live(tenant), undefined);
  await tenant.act('controller', putPoliciesLive, { setId: one, replaces: null });
  assert.equal((await live(tenant))?.id, one);
  await tenant.act('controller', putPoliciesLive, { setId: two, replaces: one });
  assert.deepEqual(
    (await live(tenant))?.file.policies.map(({ code }) => code),
    ['german', 'rest'],
  );

  const change = tenant.act('controller', changePolicies, { setId: one, revision: 1, file: file() });
  await assert.rejects(change, { code: 'not_a_draft' });
  await assert.rejects(tenant.act('controller', dropPolicies, { setId: two }), { code: 'not_a_draft' });
  for (const change of ["name = 'other'", "file = '{}'", "stage = 'live', retired_at = null"])
    await assert.rejects(
      inTenant(tenant.pool, tenant.tenantId, (tx) =>
        tx.run(
          sql`update policy_set set ${sql.raw(change)} where tenant_id = ${tx.tenantId} and id = ${one}`,
        ),
      ),
      /is kept|goes from draft/,
      change,
    );
  const types = (await tenant.events()).map(({ type }) => type);
  assert.deepEqual(types, [
    'policies.imported',
    'policies.imported',
    'policies.put_live',
    'policies.put_live',
  ]);
});

test('a draft is changed and dropped; only who may edit does so', async () => {
  const tenant = await newTenant();
  const setId = await draft(tenant);
  await tenant.act('controller', changePolicies, { setId, revision: 1, file: { ...file(), name: 'Mine' } });
  const read = () =>
    inTenant(tenant.pool, tenant.tenantId, (tx) => readSet(tx, setId, new Set(['cadence.edit'])));
  assert.deepEqual([(await read()).name, (await read()).may.putLive], ['Mine', true]);
  await assert.rejects(tenant.act('collector', dropPolicies, { setId }), { code: 'not_permitted' });
  await tenant.act('controller', dropPolicies, { setId });
  await assert.rejects(read(), { code: 'policy_set_not_found' });
});

test('of several who change a draft they read one does, and the others are told and overwrite nothing', async () => {
  const tenant = await newTenant();
  const setId = await draft(tenant);
  const change = (revision: number, name: string) =>
    tenant.act('controller', changePolicies, { setId, revision, file: { ...file(), name } });
  const outcome = await raceHeld(
    tenant,
    Array.from({ length: RACERS }, (_, n) => () => change(1, `By ${n}`)),
  );
  assert.equal(outcome.won, 1);
  assert.deepEqual([...new Set(outcome.codes)], ['changed_meanwhile']);
  await change(2, 'By the next');
  await assert.rejects(change(2, 'By one who read before'), { code: 'changed_meanwhile' });
  const { name, revision } = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readSet(tx, setId, new Set()),
  );
  assert.deepEqual([name, revision], ['By the next', 3]);
});

test('a draft does not go live by what somebody saw of it before it was changed', async () => {
  const tenant = await newTenant();
  const setId = await draft(tenant);
  await tenant.act('controller', changePolicies, { setId, revision: 1, file: file() });
  const putLive = (revision: number) =>
    tenant.act('controller', putPoliciesLive, { setId, replaces: null, revision });
  await assert.rejects(putLive(1), { code: 'changed_meanwhile' });
  await putLive(2);
});

test('of several who put their set in force at once one does, and the others are told', async () => {
  const tenant = await newTenant();
  const first = await draft(tenant);
  await tenant.act('controller', putPoliciesLive, { setId: first, replaces: null });
  const drafts = [];
  for (let i = 0; i < RACERS; i += 1) drafts.push(await draft(tenant));
  const outcome = await raceHeld(
    tenant,
    drafts.map((setId) => () => tenant.act('controller', putPoliciesLive, { setId, replaces: first })),
  );
  assert.equal(outcome.won, 1);
  assert.deepEqual([...new Set(outcome.codes)], ['changed_meanwhile']);
});

test('everything wrong with a file is told at once, with where it is', () => {
  const wrong = {
    ...file([
      policy('Bad Code', 'everybody', { minimumGap: 3 }),
      policy('b', german, {
        steps: [
          { offsetDays: 3, phase: 'demand' },
          { offsetDays: 5, phase: 'due' },
        ],
      }),
    ]),
    version: 3,
    runsAt: '25:00',
  };
  assert.throws(
    () => readPolicyFile(wrong),
    (error: unknown) => {
      assert.ok(error instanceof Refusal && error.code === 'policies_not_valid');
      const problems = error.facts.problems as readonly { readonly where: string }[];
      assert.deepEqual(
        problems.map(({ where }) => where),
        ['version', 'runsAt', 'policies[0]', 'policies[0].code', 'policies[1].steps', 'policies', 'policies'],
      );
      return true;
    },
  );
  for (const odd of [null, 3, [], 'x', {}, { policies: {} }, { policies: [null] }])
    assert.throws(() => readPolicyFile(odd), { code: 'policies_not_valid' });
});

test('a file whose tests fail is refused, with what was expected and what was found', async () => {
  const tenant = await newTenant();
  const item = { reference: 'A', daysLate: 8, open: { currency: 'EUR', amount: '10.00' } };
  const tested = (says: number) =>
    file(undefined, [
      {
        name: 'a week',
        on: '2026-03-31',
        account: {},
        items: [item],
        expect: { policy: 'everybody', says: { A: says } },
      },
    ]);
  await draft(tenant, tested(7));
  await assert.rejects(draft(tenant, tested(8)), (error: unknown) => {
    assert.ok(error instanceof Refusal && error.code === 'policy_tests_failed');
    assert.deepEqual(error.facts.failed, [
      {
        test: 'a week',
        expected: 'everybody says A: 8; leaves out nothing',
        found: 'everybody says A: 7; leaves out nothing',
      },
    ]);
    return true;
  });
});

test('the account of a test is in the company of a rule, however both are typed', () => {
  const ours = policy('ours', { attribute: 'company', is: 'one_of', value: ['Main'] });
  const account = { company: 'main' };
  const item = { reference: 'A', daysLate: 7, open: { currency: 'EUR', amount: '10.00' } };
  const expect = { policy: 'ours', says: { A: 7 } };
  const tested = { name: 'a week', on: '2026-03-31', account, items: [item], expect };
  const read = acceptPolicies(file([ours, policy('rest', 'everybody')], [tested]));
  assert.deepEqual(
    read.tests.map((one) => one.account.company),
    ['MAIN'],
  );
});

test('every set Quittance comes with passes its own tests, and its file makes the same set again', async () => {
  const { rows } = await readReadyPolicies();
  assert.deepEqual(
    rows.map(({ key }) => key),
    ['by_age', 'by_risk', 'courteous', 'key_account', 'public_sector', 'standard', 'strict'],
  );
  for (const { key, file: given } of rows) {
    const read = acceptPolicies(given);
    assert.ok(read.tests.length > 1, key);
    assert.deepEqual(acceptPolicies(JSON.parse(JSON.stringify(writePolicyFile(read)))), read, key);
  }
});

test('accounts are counted by the policy they would have, and by how they move', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  for (const country of ['DE', 'DE', 'FR'])
    await anInvoice(tenant, { companyId, customerId: await aCustomer(tenant, { country }), minor: 10_00n });
  const given = file([policy('german', german), policy('everybody', 'everybody')]);
  const counted = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    countSegments(tx, given, tenant.as('controller')),
  );
  assert.deepEqual(
    counted.rows.map(({ code, accounts, moved, open }) => [code, accounts, moved, open[0]?.amount]),
    [
      ['german', 2, 2, '20.00'],
      ['everybody', 1, 0, '10.00'],
    ],
  );
});

test('the cadence of several policies is not replaced by one', async () => {
  const tenant = await newTenant();
  const setId = await draft(tenant, file([policy('german', german), policy('rest', 'everybody')]));
  await tenant.act('controller', putPoliciesLive, { setId, replaces: null });
  const steps = [{ offsetDays: 3, phase: 'reminder' as const }];
  const one = { name: 'One', runsDaily: true, runsAt: '07:00', steps };
  await assert.rejects(tenant.act('controller', replaceCadence, one), { code: 'several_policies' });
});

test('promises that were not kept within a year count for a policy, of the company they were made to', async () => {
  const tenant = await newTenant({ on: '2026-03-02' });
  const [companyId, otherId] = [await aCompany(tenant), await aCompany(tenant)];
  const [one, two] = [await aCustomer(tenant), await aCustomer(tenant)];
  const owe = (customerId: CustomerId, company = companyId) =>
    anInvoice(tenant, { companyId: company, customerId, minor: 100_00n, dueOn: '2026-02-01' });
  await owe(two);
  for (const invoice of [await owe(one), await owe(two, otherId)])
    await tenant.act('collector', takePromise, {
      items: [{ itemId: invoice.itemId, on: parseDate('2026-03-05') }],
      way: 'phone',
    });
  const broke = { attribute: 'broken_promises', is: 'at_least', value: 1 };
  const given = file([policy('broke', broke), policy('rest', 'everybody')]);
  const counted = async (on: string) => {
    tenant.on(on);
    const { rows } = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
      countSegments(tx, given, tenant.as('controller')),
    );
    return rows.map(({ code, accounts }) => `${code} ${accounts}`);
  };
  assert.deepEqual(await counted('2026-03-08'), ['broke 0', 'rest 3']);
  assert.deepEqual(await counted('2026-03-09'), ['broke 2', 'rest 1']);
  assert.deepEqual(await counted('2027-03-09'), ['broke 0', 'rest 3']);
});
