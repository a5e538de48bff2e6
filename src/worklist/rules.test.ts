import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { inTenant } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer, anInvoice } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import type { AccountFacts, PointRule } from './points.ts';
import { refreshList } from './refresh-list.ts';
import { reorder } from './reordering.ts';
import { routes } from './routes.ts';

const today = parseDate('2026-03-02');
const facts = (overdueMinor: bigint, daysLate: number, expectedMinor: bigint): AccountFacts => ({
  currency: 'EUR',
  overdueMinor,
  overdueItems: 1,
  oldestDueOn: null,
  daysLate,
  newly: [],
  lastSpokenOn: today,
  nextOn: null,
  brokenAt: null,
  brokenOn: null,
  closedAt: null,
  closedOn: null,
  expectedMinor,
  dueThenMinor: 0n,
  problems: 0,
  steps: 0,
  replyOn: null,
});

test('two orders of the same accounts have the same places, and rules alike move nobody', () => {
  const account = fc.record({
    key: fc.uuid(),
    facts: fc
      .tuple(fc.bigInt({ min: 1n, max: 9_000_00n }), fc.nat(90), fc.bigInt({ min: 0n, max: 9_000_00n }))
      .map(([overdue, late, expected]) => facts(overdue, late, expected)),
  });
  const rule = fc.record({
    name: fc.uuid(),
    when: fc.constant('overdue' as const),
    amount: fc.nat(9_000),
    points: fc.integer({ min: 1, max: 50 }),
  });
  const accounts = fc.uniqueArray(account, { selector: (one) => one.key, maxLength: 30 });
  fc.assert(
    fc.property(accounts, fc.array(rule), fc.array(rule), (all, before, after) => {
      const { moved, counts } = reorder(all, { before, after }, today);
      const places = all.map((_one, index) => index + 1);
      assert.deepEqual(
        moved.map((one) => one.place),
        places,
      );
      assert.deepEqual(
        moved.map((one) => one.placeBefore).toSorted((a, b) => a - b),
        places,
      );
      assert.equal(counts.length, after.length);
      for (const one of reorder(all, { before, after: before }, today).moved)
        assert.equal(one.place, one.placeBefore);
    }),
  );
});

/** Customers overdue since 10 February, by what they owe. Today is 2 March. */
async function setting(owing: Readonly<Record<string, bigint>>) {
  const tenant = await newTenant({ on: '2026-03-02' });
  const companyId = await aCompany(tenant);
  for (const [name, minor] of Object.entries(owing))
    await anInvoice(tenant, {
      companyId,
      customerId: await aCustomer(tenant, { name }),
      minor,
      issuedOn: '2026-01-10',
      dueOn: '2026-02-10',
    });
  const ask = await serveTo(tenant, routes);
  return { tenant, ask };
}
const SMALL_FIRST: readonly PointRule[] = [
  { name: 'Anything overdue', when: 'overdue', amount: 0, points: 60 },
  { name: 'Late for long', when: 'oldest', days: 400, points: 5 },
];

test('other rules are tried on the list before they are stated: who moves, by how much, and of whom each is true', async () => {
  const { tenant, ask } = await setting({ Large: 20_000_00n, Middle: 2_000_00n, Small: 50_00n });
  const body = { rules: [...SMALL_FIRST] };
  const none = await ask('viewer', contract.previewWorklistRules, { body });
  assert.deepEqual([none.reply.lookedAt, none.reply.first], [0, []]);
  await inTenant(tenant.pool, tenant.tenantId, (tx) => refreshList(tx, tenant.as('collector')));
  const capped = [
    { name: 'A little', when: 'overdue' as const, amount: 10, points: 1, onlyFrom: 0 },
    { name: 'Late', when: 'oldest' as const, days: 8, points: 1 },
  ];
  const even = await ask('viewer', contract.previewWorklistRules, { body: { rules: capped } });
  assert.deepEqual([even.reply.up, even.reply.down, even.reply.listed], [0, 0, 3]);
  const { reply } = await ask('viewer', contract.previewWorklistRules, { body });
  assert.deepEqual(
    reply.first.map((one) => [one.customer.name, one.place, one.placeBefore, one.points]),
    [
      ['Large', 1, 1, 60],
      ['Middle', 2, 2, 60],
      ['Small', 3, 3, 60],
    ],
  );
  assert.deepEqual(reply.rules, [
    { name: 'Anything overdue', accounts: 3 },
    { name: 'Late for long', accounts: 0 },
  ]);
  assert.equal((await ask('viewer', contract.readWorklistRules, {})).reply.number, 0);
  const twice = { rules: [SMALL_FIRST[0], SMALL_FIRST[0]].flatMap((rule) => (rule ? [{ ...rule }] : [])) };
  assert.equal(
    (await ask('viewer', contract.previewWorklistRules, { body: twice })).code,
    'worklist_rules_not_valid',
  );
});

test('what falls behind the first of the list is told', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 26 }, (_, n) => [`Small ${n}`, BigInt(100 + n) * 100n]),
  );
  const { tenant, ask } = await setting({ Large: 20_000_00n, ...many });
  await inTenant(tenant.pool, tenant.tenantId, (tx) => refreshList(tx, tenant.as('collector')));
  const rules = [
    { name: 'Anything', when: 'overdue' as const, amount: 0, points: 10 },
    { name: 'At 120 or more', when: 'overdue' as const, amount: 120, points: 5 },
  ];
  await ask('controller', contract.setWorklistRules, { body: { rules } });
  const other = [{ name: 'Anything', when: 'overdue' as const, amount: 0, points: 1 }];
  const { reply } = await ask('viewer', contract.previewWorklistRules, { body: { rules: other } });
  assert.deepEqual([reply.lookedAt, reply.first.length], [27, 25]);
  assert.equal(reply.up, reply.down);
});

test('rules are not stated over those of somebody else that one has not seen', async () => {
  const { ask } = await setting({});
  const rules = [...SMALL_FIRST];
  const state = (basedOn: number) =>
    ask('controller', contract.setWorklistRules, { body: { rules, basedOn } });
  assert.equal((await state(0)).reply.number, 1);
  const late = await state(0);
  assert.deepEqual([late.status, late.code], [409, 'worklist_rules_changed']);
  assert.equal((await state(1)).reply.number, 2);
});
