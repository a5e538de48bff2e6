import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import { newId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { serveTo } from '../../test/support/ask.ts';
import { refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, anInvoice, aPayment, type BuiltInvoice } from '../../test/support/builders.ts';
import { aPerson } from '../../test/support/people.ts';
import { RACERS, raceHeld, runWhileHeld } from '../../test/support/race.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { assignAccounts, balanceAccounts, setCollector } from './assign-accounts.ts';
import { balance } from './balance.ts';
import * as contract from './contract.ts';
import { readCollectors } from './read-collectors.ts';
import { readList } from './read-list.ts';
import { refreshList } from './refresh-list.ts';
import { routes } from './routes.ts';
import { lockDay } from './store.ts';

const day = parseDate;

test('accounts are spread so that nobody has more for what they can do than another would with one more', () => {
  const people = fc.uniqueArray(
    fc.record({
      userId: fc.string({ minLength: 1, maxLength: 4 }),
      accounts: fc.nat(20),
      capacity: fc.integer({ min: 1, max: 50 }),
    }),
    { selector: (one) => one.userId, minLength: 1, maxLength: 5 },
  );
  fc.assert(
    fc.property(people, fc.nat(60), (loads, count) => {
      const accounts = Array.from({ length: count }, (_, n) => n);
      const given = balance(accounts, loads);
      assert.deepEqual(
        given.map((one) => one.account),
        accounts,
      );
      const after = loads.map((one) => {
        const got = given.filter(({ userId }) => userId === one.userId).length;
        return { ...one, got, accounts: one.accounts + got };
      });
      for (const one of after.filter(({ got }) => got > 0))
        for (const other of after)
          assert.ok((one.accounts - 1) * other.capacity <= other.accounts * one.capacity);
    }),
  );
});

async function setting({ isListed } = { isListed: true }) {
  const tenant = await newTenant({ on: '2026-03-02' });
  const companyId = await aCompany(tenant);
  const invoices: BuiltInvoice[] = [];
  for (let n = 0; n < 6; n += 1) invoices.push(await anInvoice(tenant, { companyId, minor: 1_000_00n }));
  if (isListed) await inTenant(tenant.pool, tenant.tenantId, (tx) => refreshList(tx, tenant.as('owner')));
  const ann = await aPerson(tenant, 'collector', 'Ann');
  const bob = await aPerson(tenant, 'collector', 'Bob');
  const account = (at: number) => ({ companyId, customerId: invoices[at]?.customerId ?? ('' as never) });
  const mine = (userId: string) =>
    inTenant(tenant.pool, tenant.tenantId, async (tx) => {
      const context = { ...tenant.as('collector'), actor: { kind: 'user', id: userId, name: '' } as const };
      const list = await readList(tx, context, {
        rank: 'points',
        whose: 'mine',
        withHidden: 'false',
        limit: 50,
      });
      return list.rows.map((row) => row.customer.id).toSorted();
    });
  return { tenant, companyId, ann, bob, account, mine };
}

test('accounts that are nobody’s are spread by what collectors have and can do; a rehearsal changes nothing', async () => {
  const { tenant, ann, bob, account, mine } = await setting();
  const spread = (rehearse = false) => tenant.act('controller', balanceAccounts, {}, { rehearse });
  await refusesWithoutTrace(tenant, 'no_collectors', () => spread());
  await tenant.act('controller', setCollector, { userId: ann.userId, customersADay: 40 });
  await tenant.act('controller', setCollector, { userId: bob.userId, customersADay: 20 });
  await tenant.act('collector', assignAccounts, {
    accounts: [account(0)],
    userId: bob.userId,
    isProtected: false,
  });
  const given = async (rehearse: boolean) =>
    Object.fromEntries((await spread(rehearse)).people.map((one) => [one.name, [one.before, one.given]]));
  assert.deepEqual(await given(true), { Ann: [0, 4], Bob: [1, 1] });
  assert.deepEqual(await mine(ann.userId), []);
  assert.deepEqual(await given(false), { Ann: [0, 4], Bob: [1, 1] });
  assert.equal((await mine(ann.userId)).length, 4);
  assert.deepEqual(await given(false), { Ann: [4, 0], Bob: [2, 0] });
});

test('whoever spreads at the same time gives no account twice', async () => {
  const { tenant, ann, bob } = await setting();
  for (const { userId } of [ann, bob]) await tenant.act('controller', setCollector, { userId });
  let given = 0;
  await raceHeld(
    tenant,
    Array.from({ length: RACERS }, () => async () => {
      const { people } = await tenant.act('controller', balanceAccounts, {});
      given += people.reduce((sum, one) => sum + one.given, 0);
    }),
  );
  assert.equal(given, 6);
});

test('whoever collects no more, or has another role, gets nothing spread and keeps what they have', async () => {
  const { tenant, ann, bob, account, mine } = await setting();
  const eve = await aPerson(tenant, 'viewer', 'Eve');
  const set = (userId: string, collects: boolean) =>
    tenant.act('controller', setCollector, { userId, collects });
  await set(eve.userId, true);
  await set(bob.userId, true);
  await tenant.act('collector', assignAccounts, {
    accounts: [account(0)],
    userId: bob.userId,
    isProtected: false,
  });
  await set(bob.userId, false);
  await refusesWithoutTrace(tenant, 'no_collectors', () => tenant.act('controller', balanceAccounts, {}));
  await set(ann.userId, true);
  const { people } = await tenant.act('controller', balanceAccounts, {});
  assert.deepEqual(
    people.map((one) => [one.name, one.given]),
    [['Ann', 5]],
  );
  assert.deepEqual(await mine(bob.userId), [account(0).customerId]);
  const { rows } = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readCollectors(tx, tenant.as('viewer')),
  );
  assert.deepEqual(Object.fromEntries(rows.map((row) => [row.name, row.collects])), {
    ...Object.fromEntries(rows.map((row) => [row.name, false])),
    Ann: true,
  });
});

test('while somebody is away their accounts are their substitute’s, who keeps their own', async () => {
  const { tenant, ann, bob, account, mine } = await setting();
  const give = (at: number, userId: string) =>
    tenant.act('collector', assignAccounts, { accounts: [account(at)], userId, isProtected: false });
  await give(0, ann.userId);
  await give(1, bob.userId);
  const away = { from: day('2026-03-03'), to: day('2026-03-04'), substituteId: bob.userId };
  const set = (given: object) => tenant.act('controller', setCollector, { userId: ann.userId, ...given });
  await refusesWithoutTrace(tenant, 'substitute_is_self', () =>
    set({ away: { ...away, substituteId: ann.userId } }),
  );
  await refusesWithoutTrace(tenant, 'absence_ends_before_start', () =>
    set({ away: { ...away, to: day('2026-03-01') } }),
  );
  await refusesWithoutTrace(tenant, 'absence_too_long', () =>
    set({ away: { ...away, to: day('2027-06-01') } }),
  );
  await set({ away });
  const sizes = async () => [(await mine(ann.userId)).length, (await mine(bob.userId)).length];
  assert.deepEqual(await sizes(), [1, 1]);
  tenant.on('2026-03-04');
  assert.deepEqual(await sizes(), [0, 2]);
  tenant.on('2026-03-05');
  assert.deepEqual(await sizes(), [1, 1]);
});

test('a protected account is given to another only by somebody who may change policies, and not spread', async () => {
  const { tenant, ann, bob, account, mine } = await setting();
  const give = (role: 'collector' | 'controller', userId: string | null, isProtected: boolean) =>
    tenant.act(role, assignAccounts, { accounts: [account(0)], userId, isProtected });
  await refusesWithoutTrace(tenant, 'account_protected', () => give('collector', ann.userId, true));
  await give('controller', ann.userId, true);
  await refusesWithoutTrace(tenant, 'account_protected', () => give('collector', bob.userId, false));
  await refusesWithoutTrace(tenant, 'account_protected', () => give('collector', ann.userId, false));
  await refusesWithoutTrace(tenant, 'member_not_found', () => give('controller', 'nobody', false));
  await give('controller', null, true);
  await tenant.act('controller', setCollector, { userId: bob.userId });
  await tenant.act('controller', balanceAccounts, {});
  const given = await mine(bob.userId);
  assert.deepEqual([given.length, given.includes(account(0).customerId)], [5, false], 'it stays nobody’s');
  await give('controller', null, false);
});

test('what was given or protected while its row was made anew is not spread, though the row does not know it yet', async () => {
  const { tenant, ann, bob, account, mine } = await setting();
  const give = (at: number, userId: string | null, isProtected: boolean) =>
    tenant.act('controller', assignAccounts, { accounts: [account(at)], userId, isProtected });
  await give(0, ann.userId, false);
  await give(1, null, true);
  await inTenant(tenant.pool, tenant.tenantId, async (tx) =>
    tx.write(
      sql`update worklist_row set owner_id = null, is_protected = false where tenant_id = ${tx.tenantId}`,
    ),
  );
  await tenant.act('controller', setCollector, { userId: bob.userId });
  await tenant.act('controller', balanceAccounts, {});
  const given = await mine(bob.userId);
  assert.equal(given.length, 4);
  assert.ok(!given.includes(account(0).customerId) && !given.includes(account(1).customerId));
});

test('before the first list too, whoever gives an account away waits for who protects it in the same moment', async () => {
  const { tenant, ann, bob, account } = await setting({ isListed: false });
  const accounts = [account(0)];
  const { companyId, customerId } = account(0);
  const refused = runWhileHeld(
    tenant,
    lockDay,
    () => tenant.act('collector', assignAccounts, { accounts, userId: bob.userId, isProtected: false }),
    (tx) =>
      tx.run(sql`
        insert into worklist_owner (tenant_id, id, company_id, customer_id, user_id, is_protected, assigned_by, recorded_at)
        values (${tx.tenantId}, ${newId()}, ${companyId}, ${customerId}, ${ann.userId}, true, 'system', ${tenant.clock()})`),
  );
  await assert.rejects(refused, { code: 'account_protected' });
});

test('what collectors did is counted against what is aimed at', async () => {
  const { tenant, companyId, ann, account } = await setting();
  const { customerId } = account(0);
  await tenant.act('controller', setCollector, {
    userId: ann.userId,
    callsADay: 25,
    promisedAMonth: money(5_000_00n, 'EUR'),
    collectedAMonth: money(9_000_00n, 'EUR'),
  });
  await refusesWithoutTrace(tenant, 'targets_of_two_currencies', () =>
    tenant.act('controller', setCollector, {
      userId: ann.userId,
      promisedAMonth: money(1n, 'EUR'),
      collectedAMonth: money(1n, 'USD'),
    }),
  );
  await tenant.act('collector', assignAccounts, {
    accounts: [account(0)],
    userId: ann.userId,
    isProtected: false,
  });
  await aPayment(tenant, { companyId, customerId, minor: 300_00n, receivedOn: '2026-03-01' });
  await aPayment(tenant, { companyId, customerId, minor: 50_00n, receivedOn: '2026-02-28' });
  const { rows } = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readCollectors(tx, tenant.as('viewer')),
  );
  const own = rows.find((row) => row.userId === ann.userId);
  assert.deepEqual(
    [
      own?.accounts,
      own?.callsADay,
      own?.collected?.amount,
      own?.collectedAMonth?.amount,
      own?.promised?.amount,
    ],
    [1, 25, '300.00', '9000.00', '0.00'],
  );
  const ask = await serveTo(tenant, routes);
  const params = { userId: ann.userId };
  const away = { from: '2026-03-03', to: '2026-03-04', substituteId: own?.userId ?? '' };
  assert.equal((await ask('collector', contract.setCollector, { params, body: {} })).status, 403);
  assert.equal(
    (await ask('controller', contract.setCollector, { params, body: { away } })).code,
    'substitute_is_self',
  );
  assert.equal((await ask('viewer', contract.listCollectors, {})).status, 200);
  const body = { accounts: [account(1)], userId: ann.userId };
  assert.equal((await ask('collector', contract.assignAccounts, { body })).reply.assigned, 1);
  const preview = await ask('controller', contract.balanceAccounts, { rehearse: true });
  assert.deepEqual(
    preview.reply.people.map((one) => one.given),
    [4],
  );
});
