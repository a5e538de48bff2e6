import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { recordStepActs } from '#collections/record-step.ts';
import { carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { recordRemedy } from '#disputes/change-dispute.ts';
import { openDispute } from '#disputes/open-dispute.ts';
import { creditInvoice } from '#invoicing/credit-invoice.ts';
import { parseDate } from '#kernel/calendar.ts';
import { type CustomerId, newId } from '#kernel/id.ts';
import { setCollector } from '#worklist/assign-accounts.ts';
import { aCompany, aLine, anInvoice } from '../../test/support/builders.ts';
import { toolsOf } from '../../test/support/mail.ts';
import { aPerson, leaves } from '../../test/support/people.ts';
import { raceHeld } from '../../test/support/race.ts';
import { aReader, goLive, remindOn, stepsSaid } from '../../test/support/reminders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { addTask } from './add-task.ts';
import { setTaskRules } from './change-rules.ts';
import { assignTasks, finishTasks, undoTaskAct } from './change-tasks.ts';
import { TASKS_QUEUE, tasksJobs } from './jobs.ts';
import { readTasks } from './read-tasks.ts';
import { refreshTasks } from './refresh-tasks.ts';
import { FIRST_TASK_RULES } from './rule.ts';
import { insertTasks } from './store.ts';

const day = parseDate;
const REACHED = { direction: 'out', outcome: 'reached' } as const;
const refresh = (tenant: TestTenant) => refreshTasks(tenant.door, tenant.as('owner'));
const tasksOf = async (tenant: TestTenant, show: 'team' | 'closed' = 'team') =>
  (
    await inTenant(tenant.pool, tenant.tenantId, (tx) =>
      readTasks(tx, tenant.as('collector'), { show, limit: 50 }),
    )
  ).rows;

const kindsAndAmounts = async (tenant: TestTenant) =>
  (await tasksOf(tenant)).map(({ kind, amount }) => [kind, amount?.amount]).toSorted();

/** A policy whose first step, a week after the due date, is for a person; today is Monday, 2 March 2026. */
async function setting() {
  const tenant = await newTenant({ on: '2026-03-02' });
  const companyId = await aCompany(tenant);
  const customerId = await aReader(tenant, { name: 'Large' });
  await goLive(tenant, {
    code: 'calls',
    segment: 'everybody',
    steps: [
      { offsetDays: 7, phase: 'reminder', automatic: false },
      { offsetDays: 14, phase: 'demand' },
    ],
  });
  const owing = (dueOn: string, minor = 900_00n, of: CustomerId = customerId) =>
    anInvoice(tenant, { companyId, customerId: of, minor, issuedOn: '2026-01-10', dueOn });
  return { tenant, companyId, customerId, owing };
}

test('what joins a step later is joined to its task: a customer is called once', async () => {
  const { tenant, owing } = await setting();
  await owing('2026-02-23');
  assert.equal((await refresh(tenant)).made, 1);
  await owing('2026-02-24', 100_00n);
  tenant.on('2026-03-03');
  assert.deepEqual(await refresh(tenant), { made: 0, back: 0, gone: 0, escalated: 0 });
  const [task, ...more] = await tasksOf(tenant);
  assert.deepEqual([task?.seen.items, task?.amount?.amount, more], [2, '1000.00', []]);
  await tenant.act('collector', finishTasks, {
    taskIds: [task?.taskId ?? ''],
    outcome: 'called',
    call: REACHED,
  });
  assert.equal((await refresh(tenant)).made, 0);
  await remindOn(tenant, '2026-03-03', { approved: true });
  assert.deepEqual(await stepsSaid(tenant), [], 'the call was about both');
});

test('what joins on the day on which the customer was called waits for the next one', async () => {
  const { tenant, owing } = await setting();
  await owing('2026-02-23');
  await refresh(tenant);
  const [task] = await tasksOf(tenant);
  await tenant.act('collector', finishTasks, {
    taskIds: [task?.taskId ?? ''],
    outcome: 'called',
    call: REACHED,
  });
  await owing('2026-02-22', 100_00n);
  assert.equal((await refresh(tenant)).made, 0, 'nobody is called twice on a day');
  tenant.on('2026-03-03');
  assert.equal((await refresh(tenant)).made, 1);
  assert.deepEqual(
    (await tasksOf(tenant)).map(({ amount }) => amount?.amount),
    ['100.00'],
  );
});

test('a task whose step a message moved on meanwhile closes as superseded, and says so', async () => {
  const { tenant, owing } = await setting();
  await owing('2026-02-23');
  await refresh(tenant);
  const [task] = await tasksOf(tenant);
  await remindOn(tenant, '2026-03-02', { approved: true });
  const done = await tenant.act('collector', finishTasks, {
    taskIds: [task?.taskId ?? ''],
    outcome: 'called',
    call: REACHED,
  });
  assert.equal(done.superseded, 1);
  const [closed] = await tasksOf(tenant, 'closed');
  assert.equal(closed?.outcome, 'superseded');
  assert.equal((await stepsSaid(tenant)).length, 1);
});

test('undoing an act takes back what it noted of steps, and nothing that another noted', async () => {
  const { tenant, customerId, owing } = await setting();
  const first = await owing('2026-02-23');
  await owing('2026-02-22', 100_00n);
  await refresh(tenant);
  const [task] = await tasksOf(tenant);
  const steps = [
    { itemId: first.itemId, policy: 'calls', step: 0, offsetDays: 7, phase: 'reminder' as const },
  ];
  await tenant.act(
    'controller',
    {
      name: 'note-elsewhere',
      permission: 'call.record',
      run: (act) => recordStepActs(act, customerId, steps, { way: 'visited', actId: newId() }),
    },
    {},
  );
  const { actId } = await tenant.act('collector', finishTasks, {
    taskIds: [task?.taskId ?? ''],
    outcome: 'called',
    call: REACHED,
  });
  await tenant.act('collector', undoTaskAct, { actId });
  const rows = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<{ way: string; stands: boolean }>`
      select way, taken_back_at is null as stands from step_act where tenant_id = ${tenant.tenantId} order by way`),
  );
  assert.deepEqual(
    rows.map(({ way, stands }) => [way, stands]),
    [
      ['called', false],
      ['visited', true],
    ],
  );
});

test('tasks of a member who left go to whoever stands in, else to whoever takes them, else to nobody', async () => {
  const { tenant, customerId } = await setting();
  const anna = await aPerson(tenant, 'collector', 'Anna');
  const ben = await aPerson(tenant, 'collector', 'Ben');
  const add = (userId: string) =>
    tenant.act('owner', addTask, { title: 'Ask them', dueOn: day('2026-03-04'), customerId, userId });
  await add(anna.userId);
  const clerk = await aPerson(tenant, 'viewer', 'Vera');
  await add(clerk.userId);
  const who = async () =>
    (await tasksOf(tenant)).map((row) => [row.assignedTo?.name ?? null, row.assignedHow]);
  await tenant.act('controller', setCollector, {
    userId: anna.userId,
    away: { from: day('2026-03-02'), to: day('2026-03-10'), substituteId: ben.userId },
  });
  await leaves(tenant, anna);
  await refresh(tenant);
  assert.deepEqual(await who(), [
    ['Ben', 'substitute'],
    ['Vera', 'person'],
  ]);
  await leaves(tenant, ben);
  await refresh(tenant);
  assert.deepEqual(await who(), [
    [null, 'nobody'],
    ['Vera', 'person'],
  ]);
});

test('what is in dispute does not fall due: only the rest of it counts', async () => {
  const { tenant, owing } = await setting();
  const large = await owing('2026-03-02', 60_000_00n);
  const dispute = (minor: bigint) =>
    tenant.act('collector', openDispute, {
      items: [{ itemId: large.itemId, amount: { minor, currency: 'EUR' } }],
      reason: 'pricing',
    });
  await dispute(5_000_00n);
  await refresh(tenant);
  assert.deepEqual(await kindsAndAmounts(tenant), [['high_due', '55000.00']]);
  await dispute(10_000_00n);
  await refresh(tenant);
  assert.deepEqual(await kindsAndAmounts(tenant), [['due_today', '45000.00']]);
  await dispute(45_000_00n);
  assert.equal((await refresh(tenant)).gone, 1);
});

test('what was credited of a dispute is in dispute no more: the rest falls due as before', async () => {
  const { tenant, owing } = await setting();
  const { itemId, invoiceId } = await owing('2026-03-02', 60_000_00n);
  const { disputeId } = await tenant.act('collector', openDispute, {
    items: [{ itemId, amount: { minor: 5_000_00n, currency: 'EUR' } }],
    reason: 'pricing',
  });
  const credit = { invoiceId, reason: 'price', lines: [aLine(4_000_00n)] };
  const { creditNoteId } = await tenant.act('controller', creditInvoice, credit);
  await tenant.act('controller', recordRemedy, { disputeId, documentId: creditNoteId });
  await refresh(tenant);
  assert.deepEqual(await kindsAndAmounts(tenant), [['high_due', '55000.00']]);
});

test('a large item that falls due today is one task, not counted with what else does, unless large ones make none', async () => {
  const { tenant, owing } = await setting();
  await owing('2026-03-02', 60_000_00n);
  await owing('2026-03-02', 12_000_00n);
  await refresh(tenant);
  assert.deepEqual(await kindsAndAmounts(tenant), [
    ['due_today', '12000.00'],
    ['high_due', '60000.00'],
  ]);
  const rules = FIRST_TASK_RULES.map((rule) => (rule.kind === 'high_due' ? { ...rule, isOn: false } : rule));
  const other = await setting();
  await other.tenant.act('owner', setTaskRules, { rules });
  await other.owing('2026-03-02', 60_000_00n);
  await refresh(other.tenant);
  assert.deepEqual(await kindsAndAmounts(other.tenant), [['due_today', '60000.00']]);
});

test('a worker looks part after part, company after company, and comes to the same as a look at once', async () => {
  const { tenant, owing } = await setting();
  const other = await aCompany(tenant);
  await owing('2026-02-23');
  await owing('2026-03-02', 60_000_00n);
  const second = await aReader(tenant, { name: 'Second' });
  await anInvoice(tenant, {
    companyId: other,
    customerId: second,
    minor: 500_00n,
    issuedOn: '2026-01-10',
    dueOn: '2026-02-20',
  });
  await tasksJobs({ ...toolsOf(tenant), dataDir: '' })[TASKS_QUEUE]?.({ tenantId: tenant.tenantId } as never);
  assert.deepEqual(
    (await tasksOf(tenant)).map(({ kind, customer }) => `${kind} ${customer?.name}`).toSorted(),
    ['high_due Large', 'step_for_person Large', 'step_for_person Second'],
  );
  assert.deepEqual(await refresh(tenant), { made: 0, back: 0, gone: 0, escalated: 0 });
});

test('of several who make a task for one cause in the same moment without waiting for each other, one does', async () => {
  const { tenant } = await setting();
  const cause = newId();
  const make = () =>
    tenant.act(
      'owner',
      {
        name: 'make-one',
        permission: 'call.record',
        run: async (act) => {
          await insertTasks(act, [
            {
              id: newId(),
              kind: 'bounce',
              cause,
              seen: '{}',
              is_urgent: false,
              minutes: 5,
              due_at: act.now,
              escalate_at: act.now,
              made_by: 'system',
              recorded_at: act.now,
              state: 'open',
              assigned_to: null,
              assigned_how: 'nobody',
            },
          ]);
          return null;
        },
      },
      {},
    );
  const { won } = await raceHeld(tenant, [make, make, make]);
  assert.deepEqual([won, (await tasksOf(tenant)).length], [3, 1]);
});

test('what was given to somebody who left has gone on, so that giving it cannot be undone any more', async () => {
  const { tenant } = await setting();
  const anna = await aPerson(tenant, 'collector', 'Anna');
  await tenant.act('owner', addTask, { title: 'Ask', dueOn: day('2026-03-04'), userId: null });
  const taskIds = (await tasksOf(tenant)).map(({ taskId }) => taskId);
  const given = await carryOut(tenant.door, tenant.as('collector'), assignTasks, {
    taskIds,
    userId: anna.userId,
  });
  await leaves(tenant, anna);
  await refresh(tenant);
  await assert.rejects(tenant.act('collector', undoTaskAct, { actId: given.actId }), {
    code: 'task_moved_on',
  });
});
