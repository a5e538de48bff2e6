import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCallPage } from '#calls/read-calls.ts';
import { recordCall } from '#calls/record-call.ts';
import { inTenant } from '#db/transaction.ts';
import { setSendGate } from '#gate/change-setting.ts';
import { USUAL_SETTING } from '#gate/setting.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, anInvoice } from '../../test/support/builders.ts';
import { RACERS, raceHeld } from '../../test/support/race.ts';
import { aReader, goLive, remindOn } from '../../test/support/reminders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { finishTasks, undoTaskAct } from './change-tasks.ts';
import { readTasks } from './read-tasks.ts';
import type { TaskCall } from './record-calls.ts';
import { refreshTasks } from './refresh-tasks.ts';
import type { FinishOutcome } from './task.ts';

const OUT = { direction: 'out', outcome: 'no_answer' } as const;

/** Customers whose first step is for a person; it is eight in the morning of 2 March 2026 with them, and Regulation F is kept. */
async function setting(packs: readonly string[] = ['us-reg-f']) {
  const tenant = await newTenant({ on: '2026-03-02' });
  await tenant.act('owner', setSendGate, { ...USUAL_SETTING, packs });
  const companyId = await aCompany(tenant);
  await goLive(tenant, {
    code: 'calls',
    segment: 'everybody',
    steps: [
      { offsetDays: 7, phase: 'reminder', automatic: false },
      { offsetDays: 14, phase: 'demand' },
    ],
  });
  const owes = async (name: string, of: readonly (typeof companyId)[] = [companyId]) => {
    const customerId = await aReader(tenant, { name, country: 'US', timeZone: 'America/Puerto_Rico' });
    for (const one of of)
      await anInvoice(tenant, {
        companyId: one,
        customerId,
        minor: 900_00n,
        issuedOn: '2026-01-10',
        dueOn: '2026-02-23',
      });
    return customerId;
  };
  const taskIds = async () => {
    await refreshTasks(tenant.door, tenant.as('owner'));
    const { rows } = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
      readTasks(tx, tenant.as('collector'), { show: 'team', limit: 50 }),
    );
    return rows.map((row) => row.taskId);
  };
  const calls = async (customerId: CustomerId, withCorrected: 'true' | 'false' = 'false') =>
    (
      await inTenant(tenant.pool, tenant.tenantId, (tx) =>
        readCallPage(tx, tenant.as('viewer'), { customerId, withCorrected, limit: 20 }),
      )
    ).rows;
  const finish = (ids: readonly string[], outcome: FinishOutcome, call?: TaskCall) =>
    tenant.act('collector', finishTasks, { taskIds: ids, outcome, call });
  return { tenant, companyId, owes, taskIds, calls, finish };
}

test('a step is called by a call that is noted in the same act, about its items; undone, there was no such call', async () => {
  const { tenant, companyId, owes, taskIds, calls, finish } = await setting();
  const customerId = await owes('Large');
  const ids = await taskIds();
  await refusesWithoutTrace(tenant, 'task_call_missing', () => finish(ids, 'called'));
  await refusesWithoutTrace(tenant, 'task_call_not_fitting', () => finish(ids, 'skipped', OUT));
  const { actId } = await finish(ids, 'called', { ...OUT, outcome: 'reached', note: 'Pays on Friday' });
  const [call, ...more] = await calls(customerId);
  assert.deepEqual(
    [call?.way, call?.outcome, call?.note, call?.companyId, call?.items.length, more],
    ['phone', 'reached', 'Pays on Friday', companyId, 1, []],
  );
  await tenant.act('collector', undoTaskAct, { actId });
  assert.deepEqual(await calls(customerId), []);
  assert.equal((await calls(customerId, 'true')).length, 1, 'what was noted first stays known');
});

test('closing tasks as called is no way round the caps on calls', async () => {
  const { tenant, owes, taskIds, calls, finish } = await setting();
  const customerId = await owes('Large');
  const ids = await taskIds();
  for (let n = 0; n < 7; n += 1)
    await tenant.act('collector', recordCall, {
      ...OUT,
      way: 'phone',
      customerId,
      on: parseDate('2026-03-01'),
    });
  await refusesWithoutTrace(tenant, 'call_not_allowed', () => finish(ids, 'called', OUT));
  const despite = 'Their lawyer asked for it';
  await refusesWithoutTrace(tenant, 'not_permitted', () => finish(ids, 'called', { ...OUT, despite }));
  await finish(ids, 'visited', { ...OUT, outcome: 'reached' });
  assert.deepEqual((await calls(customerId)).map((one) => one.way).slice(0, 2), ['visit', 'phone']);
});

test('a call that was noted today stands for the task, once, and undoing the task leaves it', async () => {
  const { tenant, owes, taskIds, calls, finish } = await setting();
  const customerId = await owes('Large');
  const ids = await taskIds();
  await tenant.act('collector', recordCall, { ...OUT, way: 'phone', customerId });
  await refusesWithoutTrace(tenant, 'task_call_missing', () => finish(ids, 'visited'));
  const { actId } = await finish(ids, 'called');
  await tenant.act('collector', undoTaskAct, { actId });
  assert.equal((await calls(customerId)).length, 1);
});

test('a customer with tasks in two companies is called once; several customers each', async () => {
  const { tenant, companyId, owes, taskIds, calls, finish } = await setting();
  const both = await owes('Both', [companyId, await aCompany(tenant)]);
  const other = await owes('Other');
  const ids = await taskIds();
  assert.equal(ids.length, 3);
  await finish(ids, 'called', OUT);
  const [call, ...more] = await calls(both);
  assert.deepEqual([call?.companyId, call?.items.length, more], [null, 2, []]);
  assert.equal((await calls(other)).length, 1);
});

test('a promise said in the call is taken with it, and holds the act', async () => {
  const { tenant, owes, taskIds, finish } = await setting();
  const customerId = await owes('Large');
  const call = { direction: 'out', outcome: 'promised', promise: { on: parseDate('2026-03-09') } } as const;
  const { actId } = await finish(await taskIds(), 'called', call);
  const taken = (await tenant.events()).filter((event) => event.type === 'promise.taken');
  assert.deepEqual(
    taken.map((event) => event.customerId),
    [customerId],
  );
  await refusesWithoutTrace(tenant, 'call_took_more', () => tenant.act('collector', undoTaskAct, { actId }));
});

test('a call is noted although a message had moved the step on: it was made', async () => {
  const { tenant, owes, taskIds, calls, finish } = await setting([]);
  const customerId = await owes('Large');
  const ids = await taskIds();
  await remindOn(tenant, '2026-03-02', { approved: true });
  assert.equal((await finish(ids, 'called', OUT)).superseded, 1);
  assert.equal((await calls(customerId)).length, 1);
});

test('of many who close tasks of a customer as called in the same moment, no more than the cap do', async () => {
  const { tenant, owes, taskIds, calls, finish } = await setting();
  const companies = await Promise.all(Array.from({ length: RACERS }, () => aCompany(tenant)));
  const customerId = await owes('Large', companies);
  const ids = await taskIds();
  assert.equal(ids.length, RACERS);
  for (let n = 0; n < 6; n += 1)
    await tenant.act('collector', recordCall, {
      ...OUT,
      way: 'phone',
      customerId,
      on: parseDate('2026-03-01'),
    });
  const { won, codes } = await raceHeld(
    tenant,
    ids.map((id) => () => finish([id], 'called', OUT)),
  );
  assert.equal(won, 1);
  assert.deepEqual(new Set(codes), new Set(['call_not_allowed']));
  assert.equal((await calls(customerId)).length, 7);
});
