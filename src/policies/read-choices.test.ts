import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CustomerId } from '#kernel/id.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer, anInvoice } from '../../test/support/builders.ts';
import { goLive } from '../../test/support/reminders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { routes } from './routes.ts';

const steps = [{ offsetDays: 7, phase: 'reminder' }];

async function setting() {
  const tenant = await newTenant({ on: '2026-03-02' });
  const ask = await serveTo(tenant, routes);
  const why = async (customerId: CustomerId) => {
    const { status, reply } = await ask('collector', contract.explainPolicies, { params: { customerId } });
    assert.equal(status, 200, JSON.stringify(reply));
    return reply;
  };
  return { tenant, why };
}

test('each policy up to the one that counts is shown, with what was seen at each part of its rule', async () => {
  const { tenant, why } = await setting();
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant, { country: 'DE' });
  await anInvoice(tenant, { companyId, customerId, minor: 400_00n, dueOn: '2026-02-20' });
  const german = { attribute: 'country', is: 'one_of', value: ['DE'] };
  const large = (amount: string) => ({
    attribute: 'overdue_amount',
    is: 'at_least',
    value: { currency: 'EUR', amount },
  });
  const slow = { attribute: 'average_days_late', is: 'more_than', value: 10 };
  await goLive(
    tenant,
    { code: 'slow', segment: slow, steps },
    { code: 'large', segment: { all: [german, { not: large('500.00') }, large('450.00')] }, steps },
    { code: 'german', segment: german, steps },
    { code: 'never_reached', segment: large('0.01'), steps },
    { code: 'rest', segment: 'everybody', steps },
  );
  const { set, rows } = await why(customerId);
  assert.deepEqual([set?.number, set?.name], [1, 'Ours']);
  const [row] = rows;
  assert.deepEqual([rows.length, row?.company.id, row?.on], [1, companyId, '2026-03-02']);
  assert.deepEqual(
    row?.policies.map(({ code, counts }) => [code, counts]),
    [
      ['slow', false],
      ['large', false],
      ['german', true],
    ],
  );
  const shown = row?.policies.map(({ lines }) =>
    lines.map(({ depth, says, holds, rule, seen }) => [depth, says, holds, rule?.attribute ?? null, seen]),
  );
  assert.deepEqual(shown, [
    [[0, 'leaf', null, 'average_days_late', null]],
    [
      [0, 'all', false, null, null],
      [1, 'leaf', true, 'country', 'DE'],
      [1, 'not', true, null, null],
      [2, 'leaf', false, 'overdue_amount', '400.00 EUR'],
      [1, 'leaf', false, 'overdue_amount', '400.00 EUR'],
    ],
    [[0, 'leaf', true, 'country', 'DE']],
  ]);
});

test('only companies that the customer owes have a policy to explain, each by what is owed to it', async () => {
  const { tenant, why } = await setting();
  const [one, two] = [await aCompany(tenant), await aCompany(tenant)];
  await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  assert.deepEqual(await why(customerId), { set: null, rows: [] });
  await anInvoice(tenant, { companyId: one, customerId, minor: 100_00n, dueOn: '2026-02-20' });
  await anInvoice(tenant, { companyId: two, customerId, minor: 100_00n, dueOn: '2026-04-20' });
  assert.deepEqual(
    (await why(customerId)).rows.map(({ policies }) => policies.map(({ lines }) => lines)),
    [
      [[{ depth: 0, says: 'everybody', holds: true, rule: null, seen: null }]],
      [[{ depth: 0, says: 'everybody', holds: true, rule: null, seen: null }]],
    ],
    'the policies that come with the program',
  );
  const late = { attribute: 'overdue_items', is: 'at_least', value: 1 };
  await goLive(tenant, { code: 'late', segment: late, steps }, { code: 'rest', segment: 'everybody', steps });
  const { rows } = await why(customerId);
  const found = new Map(rows.map(({ company, policies }) => [company.id, policies.at(-1)?.code]));
  assert.deepEqual([rows.length, found.get(one), found.get(two)], [2, 'late', 'rest']);
});
