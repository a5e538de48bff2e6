import assert from 'node:assert/strict';
import { test } from 'node:test';
import { carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import { newId } from '#kernel/id.ts';
import { serveTo } from '../../test/support/ask.ts';
import { refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, aCustomer, anInvoice } from '../../test/support/builders.ts';
import { aPerson } from '../../test/support/people.ts';
import { race } from '../../test/support/race.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { addTask } from './add-task.ts';
import { assignTasks, finishTasks, snoozeTasks, undoTaskAct } from './change-tasks.ts';
import * as contract from './contract.ts';
import { readTasks } from './read-tasks.ts';
import { refreshTasks } from './refresh-tasks.ts';
import { routes } from './routes.ts';

const day = parseDate;

/** Anna's task of Monday, 2 March 2026, due on the 6th. */
async function setting(more: Partial<Parameters<typeof addTask.run>[1]> = {}) {
  const tenant = await newTenant({ on: '2026-03-02' });
  const people = [];
  for (const name of ['Anna', 'Bert', 'Cleo', 'Dora', 'Egon', 'Fritz', 'Gita', 'Hugo'])
    people.push(await aPerson(tenant, 'collector', name));
  const [anna] = people;
  assert.ok(anna);
  const { taskId } = await carryOut(tenant.door, anna.now(), addTask, {
    title: 'Ask for the new address',
    dueOn: day('2026-03-06'),
    ...more,
  });
  const shown = async (show: 'team' | 'snoozed' = 'team') => {
    const context = tenant.as('collector');
    const { rows } = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
      readTasks(tx, context, { show, limit: 50 }),
    );
    return rows;
  };
  return { tenant, people, taskId, shown };
}

test('of several who give one task away at the same moment one does, and the others are told that it changed', async () => {
  const { tenant, people, taskId, shown } = await setting();
  const revisions = [{ taskId, revision: 1 }];
  const { won, codes } = await race(
    tenant,
    people.slice(1).map(
      ({ userId }) =>
        () =>
          tenant.act('collector', assignTasks, { taskIds: [taskId], revisions, userId }),
    ),
  );
  assert.equal(won, 1);
  assert.deepEqual([...new Set(codes)], ['task_changed']);
  assert.equal((await shown())[0]?.revision, 2);
});

test('a task that changed since it was looked at is not put off, given or closed; one is undone by its act', async () => {
  const { tenant, taskId, shown } = await setting();
  const [seen] = await shown();
  assert.equal(seen?.revision, 1);
  const looked = { taskIds: [taskId], revisions: [{ taskId, revision: 1 }] };
  const { actId } = await tenant.act('collector', snoozeTasks, { ...looked, until: day('2026-03-04') });
  await refusesWithoutTrace(tenant, 'task_changed', () =>
    tenant.act('collector', finishTasks, { ...looked, outcome: 'done' }),
  );
  await refusesWithoutTrace(tenant, 'task_changed', () =>
    tenant.act('collector', assignTasks, { ...looked, userId: null }),
  );
  await tenant.act('collector', undoTaskAct, { actId });
  assert.equal((await shown())[0]?.revision, 3);
  const now = { taskIds: [taskId], revisions: [{ taskId, revision: 3 }] };
  await tenant.act('collector', finishTasks, { ...now, outcome: 'done' });
});

test('that a task escalates is no change for whoever works on it', async () => {
  const { tenant, taskId, shown } = await setting({ dueOn: day('2026-03-02') });
  tenant.on('2026-03-05');
  assert.equal((await refreshTasks(tenant.door, tenant.as('owner'))).escalated, 1);
  const [task] = await shown();
  assert.deepEqual([task?.revision, task?.isEscalated], [1, true]);
  const revisions = [{ taskId, revision: 1 }];
  await tenant.act('collector', finishTasks, { taskIds: [taskId], revisions, outcome: 'done' });
});

test('a task that is not to be done before a day comes on that day, and is not late before', async () => {
  const { tenant, people, shown } = await setting({ notBefore: day('2026-03-05') });
  assert.deepEqual(await shown(), []);
  assert.deepEqual(
    (await shown('snoozed')).map((one) => one.snoozedUntil),
    ['2026-03-05'],
  );
  tenant.on('2026-03-05');
  assert.equal((await shown()).length, 1);
  const add = (notBefore: string) =>
    tenant.act('collector', addTask, {
      title: 'Look again',
      dueOn: day('2026-03-06'),
      notBefore: day(notBefore),
      userId: people[0]?.userId,
    });
  await refusesWithoutTrace(tenant, 'task_begins_after_due', () => add('2026-03-07'));
  await add('2026-03-05');
  assert.equal((await shown()).length, 2);
});

test('tasks looked at over the API are looked at once for one command id, and a rehearsal makes none', async () => {
  const { tenant } = await setting();
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  await anInvoice(tenant, { companyId, customerId, minor: 40_000_00n, dueOn: '2026-03-02' });
  const ask = await serveTo(tenant, routes);
  const rehearsed = await ask('collector', contract.refreshTasks, { rehearse: true });
  assert.equal(rehearsed.reply.made, 1, JSON.stringify(rehearsed.reply));
  const commandId = newId();
  const first = await ask('collector', contract.refreshTasks, { commandId });
  assert.equal(first.reply.made, 1);
  assert.deepEqual((await ask('collector', contract.refreshTasks, { commandId })).reply, first.reply);
  assert.equal((await ask('collector', contract.refreshTasks, {})).reply.made, 0);
  assert.equal((await ask('viewer', contract.refreshTasks, {})).status, 403);
});
