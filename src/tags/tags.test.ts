import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTenant } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { takeCompany, takeCustomer } from '#parties/take-party.ts';
import { FIRST_CADENCE } from '#policies/cadence.ts';
import { choosePolicy, onePolicy, type Policy } from '#policies/policy.ts';
import { readAccounts } from '#policies/read-accounts.ts';
import { assignAccounts } from '#worklist/assign-accounts.ts';
import { aCompany, aCustomer, anInvoice } from '../../test/support/builders.ts';
import { aPerson } from '../../test/support/people.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { changeTags } from './change-tags.ts';
import { listTags, readTagsOf } from './read-tags.ts';
import { decideTags, tagOf } from './tag.ts';

test('one word is one tag, however it is typed', () => {
  assert.equal(tagOf('  High   Risk '), 'high risk');
  assert.equal(tagOf('ÜBERWACHT'), 'überwacht');
  for (const text of ['', '   ', 'a,b', 'a;b', 'x'.repeat(41)])
    assert.throws(() => tagOf(text), { code: 'tag_not_valid' });
});

test('what is there is not added again, what is not there is not taken away, and thirty are enough', () => {
  assert.deepEqual(decideTags(['a', 'b'], { add: ['b', 'c', 'c'], take: ['a', 'z'] }), {
    add: ['c'],
    take: ['a'],
  });
  const thirty = Array.from({ length: 30 }, (_, index) => `t${index}`);
  assert.throws(() => decideTags(thirty, { add: ['more'], take: [] }), { code: 'too_many_tags' });
  assert.deepEqual(decideTags(thirty, { add: ['more'], take: ['t0'] }), { add: ['more'], take: ['t0'] });
});

const tagsOf = (tenant: TestTenant, ids: readonly CustomerId[]) =>
  inTenant(tenant.pool, tenant.tenantId, (tx) => readTagsOf(tx, ids));

test('many are tagged at once by id and number, all of them or none', async () => {
  const tenant = await newTenant();
  const [one, other] = [await aCustomer(tenant), await aCustomer(tenant)];
  const { number } = await inTenant(tenant.pool, tenant.tenantId, (tx) => takeCustomer(tx, other));
  const given = { customerIds: [one], customerNumbers: [number], add: ['Insured', 'Key'] };
  assert.deepEqual(await tenant.act('controller', changeTags, given), { changed: 2 });
  assert.deepEqual(await tenant.act('controller', changeTags, given), { changed: 0 });
  await tenant.act('controller', changeTags, { customerIds: [one], take: ['key', 'never there'] });
  assert.deepEqual([...(await tagsOf(tenant, [one, other]))].map(([, tags]) => tags).sort(), [
    ['insured'],
    ['insured', 'key'],
  ]);
  assert.deepEqual(await inTenant(tenant.pool, tenant.tenantId, listTags), {
    rows: [
      { tag: 'insured', customers: 2 },
      { tag: 'key', customers: 1 },
    ],
  });
  await assert.rejects(
    tenant.act('controller', changeTags, { customerIds: [one], customerNumbers: ['nobody'], add: ['new'] }),
    { code: 'customer_not_found' },
  );
  assert.equal((await tagsOf(tenant, [one])).get(one)?.length, 1);
});

test('a policy is for who has a tag, and for whose account it is', async () => {
  const tenant = await newTenant({ on: '2026-02-01' });
  const companyId = await aCompany(tenant);
  const [tagged, owned, other] = [await aCustomer(tenant), await aCustomer(tenant), await aCustomer(tenant)];
  for (const customerId of [tagged, owned, other])
    await anInvoice(tenant, { companyId, customerId, dueOn: '2026-03-01' });
  await tenant.act('controller', changeTags, { customerIds: [tagged], add: ['key'] });
  const person = await aPerson(tenant, 'collector', 'Cole');
  await tenant.act('controller', assignAccounts, {
    accounts: [{ companyId, customerId: owned }],
    userId: person.userId,
    isProtected: false,
  });
  const steps = FIRST_CADENCE.steps;
  const email = `${person.userId}@people.example`;
  const policies: readonly Policy[] = [
    {
      ...onePolicy('Key', steps),
      code: 'key',
      segment: { attribute: 'tags', is: 'one_of', value: ['key', 'vip'] },
    },
    {
      ...onePolicy('Theirs', steps),
      code: 'theirs',
      segment: { attribute: 'owner', is: 'one_of', value: [email] },
    },
    {
      ...onePolicy('Untagged', steps),
      code: 'untagged',
      segment: { attribute: 'tags', is: 'none_of', value: ['key'] },
    },
  ];
  const codes = await inTenant(tenant.pool, tenant.tenantId, async (tx) => {
    const company = await takeCompany(tx, companyId);
    const whose = { customerIds: [tagged, owned, other], on: parseDate('2026-02-01') };
    const { accounts, rates } = await readAccounts(tx, company, policies, whose);
    return whose.customerIds.map((id) => {
      const account = accounts.get(id);
      return account && choosePolicy(policies, account, rates).code;
    });
  });
  assert.deepEqual(codes, ['key', 'theirs', 'untagged']);
});
