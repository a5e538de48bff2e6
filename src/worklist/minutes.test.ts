import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { addContact } from '#parties/change-contacts.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer, anInvoice } from '../../test/support/builders.ts';
import { aPerson } from '../../test/support/people.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { balanceAccounts, setCollector } from './assign-accounts.ts';
import * as contract from './contract.ts';
import { accountsIn, LEARNT_MIN, minutesOf, takenAt } from './minutes.ts';
import { readList } from './read-list.ts';
import { finishAccount } from './record-work.ts';
import { refreshList } from './refresh-list.ts';
import { routes } from './routes.ts';
import { takeOne } from './take-next.ts';

test('what takes how long is learnt once enough was seen, and is never nothing', () => {
  const seen = (accounts: number, medianSeconds: number) =>
    minutesOf([{ kind: 'call', accounts, medianSeconds }]);
  assert.deepEqual(seen(LEARNT_MIN - 1, 600).call, { minutes: 6, learntFrom: 0 });
  assert.deepEqual(seen(LEARNT_MIN, 600).call, { minutes: 10, learntFrom: LEARNT_MIN });
  assert.deepEqual(seen(500, 4).call, { minutes: 1, learntFrom: 500 });
  assert.deepEqual(seen(500, 4).other, { minutes: 3, learntFrom: 0 });
  fc.assert(
    fc.property(
      fc.integer({ min: 10, max: 1440 }),
      fc.double({ min: 0, max: 3600, noNaN: true }),
      (day, s) => {
        const takes = seen(100, s);
        const fits = accountsIn(day, takes);
        assert.ok(fits >= 1 && (fits === 1 || fits * takes.call.minutes <= day));
      },
    ),
  );
});

test('what lay for an hour in hand says nothing of how long it took', () => {
  const at = Temporal.Instant.from('2026-03-02T09:00:00Z');
  assert.equal(takenAt(undefined, at), undefined);
  assert.ok(takenAt(at, at.add({ minutes: 60 })));
  assert.equal(takenAt(at, at.add({ minutes: 61 })), undefined);
});

/** Six accounts, of which the first three can be called; a collector with 15 minutes a day. */
async function setting() {
  const tenant = await newTenant({ on: '2026-03-02' });
  const companyId = await aCompany(tenant);
  const ann = await aPerson(tenant, 'collector', 'Ann');
  const accounts = [];
  for (const name of ['A', 'B', 'C', 'D', 'E', 'F']) {
    const customerId = await aCustomer(tenant, { name });
    const days = { issuedOn: '2026-01-10', dueOn: '2026-02-10' };
    await anInvoice(tenant, { companyId, customerId, minor: 1_000_00n, ...days });
    if (name < 'D')
      await tenant.act('collector', addContact, {
        customerId,
        name: 'X',
        role: 'billing',
        phone: '+49 89 1',
      });
    accounts.push({ companyId, customerId });
  }
  await inTenant(tenant.pool, tenant.tenantId, (tx) => refreshList(tx, tenant.as('collector')));
  await tenant.act('controller', setCollector, { userId: ann.userId, minutesADay: 15 });
  const list = () =>
    inTenant(tenant.pool, tenant.tenantId, (tx) =>
      readList(tx, ann.now(), { rank: 'points', whose: 'all', withHidden: 'false', limit: 50 }),
    );
  return { tenant, companyId, ann, accounts, list };
}

test('the list says how long accounts take, and what is left of the reader’s day', async () => {
  const { tenant, ann, accounts, list } = await setting();
  const before = await list();
  assert.deepEqual(Object.fromEntries(before.rows.map((row) => [row.customer.name, row.minutes])), {
    A: 6,
    B: 6,
    C: 6,
    D: 3,
    E: 3,
    F: 3,
  });
  assert.deepEqual([before.day.minutesADay, before.day.minutesLeft], [15, 15]);
  const [a, , , d] = accounts;
  assert.ok(a && d);
  const call = { direction: 'out', way: 'phone', outcome: 'reached' } as const;
  await carryOut(tenant.door, ann.now(), finishAccount, { ...a, call });
  assert.equal((await list()).day.minutesLeft, 9);
  await carryOut(tenant.door, ann.now(), finishAccount, d);
  assert.equal((await list()).day.minutesLeft, 6);
  const { rows } = (await (await serveTo(tenant, routes))('viewer', contract.listCollectors, {})).reply;
  const own = rows.find((row) => row.userId === ann.userId);
  assert.deepEqual([own?.minutesADay, own?.minutesToday], [15, 9]);
});

test('how long an account takes is learnt from when it was taken in hand to when it was dealt with', async () => {
  const { tenant, ann, accounts, list } = await setting();
  const [first] = accounts;
  assert.ok(first);
  const at = (time: string) => ({ ...ann.now(), now: Temporal.Instant.from(`2026-03-02T${time}Z`) });
  for (let n = 0; n < LEARNT_MIN; n += 1) {
    const hour = String(n).padStart(2, '0');
    await carryOut(tenant.door, at(`${hour}:00:00`), takeOne, first);
    await carryOut(tenant.door, at(`${hour}:09:00`), finishAccount, first);
  }
  const { day } = await list();
  assert.deepEqual(day.other, { minutes: 9, learntFrom: LEARNT_MIN });
  assert.equal(day.call.learntFrom, 0);
});

test('accounts are spread by minutes where they are stated, else by accounts a day', async () => {
  const { tenant } = await setting();
  const bob = await aPerson(tenant, 'collector', 'Bob');
  await tenant.act('controller', setCollector, { userId: bob.userId, customersADay: 4 });
  const { people } = await tenant.act('controller', balanceAccounts, {});
  assert.deepEqual(Object.fromEntries(people.map((one) => [one.name, one.given])), { Ann: 2, Bob: 4 });
});
