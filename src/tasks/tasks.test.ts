import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { openProblem } from '#delivery/open-problem.ts';
import { openDispute } from '#disputes/open-dispute.ts';
import { placeHold } from '#holds/place-hold.ts';
import { releaseHold } from '#holds/release-hold.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { CustomerId, PaymentId } from '#kernel/id.ts';
import { newId } from '#kernel/id.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { returnPayment } from '#payments/return-payment.ts';
import { recordBreaks } from '#promises/record-breaks.ts';
import { takePromise } from '#promises/take-promise.ts';
import { assignAccounts, setCollector } from '#worklist/assign-accounts.ts';
import { refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, aCustomer, anInvoice, aPayment } from '../../test/support/builders.ts';
import { aPerson } from '../../test/support/people.ts';
import { RACERS, race } from '../../test/support/race.ts';
import { aReader, goLive, remindOn, stepsSaid } from '../../test/support/reminders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { addTask } from './add-task.ts';
import { setSkill, setTaskRules } from './change-rules.ts';
import { assignTasks, finishTasks, snoozeTasks, undoTaskAct } from './change-tasks.ts';
import { readSkills, readTaskRules, readTasks } from './read-tasks.ts';
import { refreshTasks } from './refresh-tasks.ts';
import { FIRST_TASK_RULES } from './rule.ts';

const day = parseDate;
const refresh = (tenant: TestTenant) => refreshTasks(tenant.door, tenant.as('owner'));

async function tasksOf(tenant: TestTenant, query: Partial<Parameters<typeof readTasks>[2]> = {}) {
  const context = tenant.as('collector');
  return inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readTasks(tx, context, { show: 'team', limit: 50, ...query }),
  );
}
const kindsOf = async (tenant: TestTenant, query: Partial<Parameters<typeof readTasks>[2]> = {}) =>
  (await tasksOf(tenant, query)).rows.map((row) => row.kind);

/** A company and a customer; today is Monday, 2 March 2026. */
async function setting() {
  const tenant = await newTenant({ on: '2026-03-02' });
  const companyId = await aCompany(tenant);
  const customerId = await aReader(tenant, { name: 'Large' });
  const owing = (minor: bigint, dueOn: string) =>
    anInvoice(tenant, { companyId, customerId, minor, issuedOn: '2026-01-10', dueOn });
  const paid = async (invoice: Awaited<ReturnType<typeof owing>>, minor: bigint) => {
    const payment = await aPayment(tenant, { companyId, customerId, minor });
    await tenant.act('controller', applyPayment, {
      paymentId: payment.paymentId,
      allocations: [{ itemId: invoice.itemId, amount: { minor, currency: 'EUR' } }],
    });
    return payment.paymentId as PaymentId;
  };
  return { tenant, companyId, customerId, owing, paid };
}

test('what falls due today of an account from an amount on, and a large item before it does, are tasks while they are so', async () => {
  const { tenant, owing, paid } = await setting();
  await owing(4_000_00n, '2026-03-02');
  const [first, large] = [await owing(7_000_00n, '2026-03-02'), await owing(60_000_00n, '2026-03-05')];
  await owing(60_000_00n, '2026-03-06');
  assert.deepEqual(await refresh(tenant), { made: 2, back: 0, gone: 0, escalated: 0 });
  const { rows } = await tasksOf(tenant);
  assert.deepEqual(
    rows.map(({ kind, amount, customer, seen }) => [kind, amount?.amount, customer?.name, seen.reference]),
    [
      ['due_today', '11000.00', 'Large', undefined],
      ['high_due', '60000.00', 'Large', large.number],
    ],
  );
  assert.deepEqual(rows[0]?.seen, { dueOn: '2026-03-02', items: 2 });
  // However often it is looked at, each is made once.
  assert.deepEqual(await refresh(tenant), { made: 0, back: 0, gone: 0, escalated: 0 });
  await paid(first, 7_000_00n);
  assert.deepEqual(await refresh(tenant), { made: 0, back: 0, gone: 1, escalated: 0 });
  assert.deepEqual(await kindsOf(tenant), ['high_due']);
  assert.deepEqual(await kindsOf(tenant, { show: 'closed' }), ['due_today']);
});

test('a promise that broke is a task until its items are paid; a payment that comes back opens it again', async () => {
  const { tenant, customerId, owing, paid } = await setting();
  const invoice = await owing(900_00n, '2026-02-10');
  await tenant.act('collector', takePromise, {
    items: [{ itemId: invoice.itemId, on: day('2026-03-03') }],
    way: 'phone',
  });
  tenant.on('2026-03-09');
  await refresh(tenant);
  assert.deepEqual(await kindsOf(tenant), []);
  await tenant.act('owner', recordBreaks, {});
  await refresh(tenant);
  const [task] = (await tasksOf(tenant)).rows;
  assert.deepEqual(
    [task?.kind, task?.isUrgent, task?.amount?.amount, task?.seen.promisedFor],
    ['broken_promise', true, '900.00', '2026-03-03'],
  );
  const hold = await tenant.act('collector', placeHold, {
    customerId,
    reason: 'other',
    note: 'They reorganise',
    until: day('2026-04-30'),
  });
  assert.equal((await refresh(tenant)).gone, 1, 'nobody chases what is on hold');
  await tenant.act('collector', releaseHold, { holdId: hold.holdId });
  assert.equal((await refresh(tenant)).back, 1);
  const paymentId = await paid(invoice, 900_00n);
  assert.equal((await refresh(tenant)).gone, 1);
  await tenant.act('controller', returnPayment, { paymentId, reason: 'insufficient_funds' });
  assert.equal((await refresh(tenant)).back, 1);
  const again = (await tasksOf(tenant)).rows;
  assert.deepEqual([again.length, again[0]?.taskId], [1, task?.taskId], 'it is the same task');
});

test('what did not arrive, a hold that ends soon, a quiet dispute and a customer who waits are tasks', async () => {
  const { tenant, companyId, customerId, owing } = await setting();
  const invoice = await owing(900_00n, '2026-02-10');
  const holder = await aPerson(tenant, 'collector', 'Holder');
  await inTenantAct(tenant, (act) =>
    openProblem(act, { companyId, customerId, messageId: null, documentId: null } as never, {
      kind: 'bounced',
      severity: 'hard',
      address: 'gone@customer.example',
      detail: 'no such user',
    }),
  );
  const { disputeId } = await tenant.act('collector', openDispute, {
    items: [{ itemId: invoice.itemId, amount: { minor: 10_00n, currency: 'EUR' } }],
    reason: 'pricing',
  });
  const hold = await carryOut(tenant.door, holder.now(), placeHold, {
    customerId,
    reason: 'other',
    note: 'They reorganise',
    until: day('2026-03-13'),
  });
  await waiting(tenant, customerId);
  await refresh(tenant);
  assert.deepEqual((await kindsOf(tenant)).toSorted(), ['bounce', 'reply_waits']);
  tenant.on('2026-03-11');
  await refresh(tenant);
  const { rows } = await tasksOf(tenant);
  assert.deepEqual(rows.map((row) => row.kind).toSorted(), [
    'bounce',
    'dispute_waits',
    'hold_ends',
    'reply_waits',
  ]);
  const of = (kind: string) => rows.find((row) => row.kind === kind);
  assert.deepEqual(of('hold_ends')?.assignedTo, { userId: holder.userId, name: 'Holder' });
  assert.deepEqual(
    [of('dispute_waits')?.subjectId, of('dispute_waits')?.amount?.amount],
    [disputeId, '10.00'],
  );
  assert.equal(of('bounce')?.seen.address, 'gone@customer.example');
  assert.equal(of('reply_waits')?.seen.subject, 'Your invoice');
  await tenant.act('collector', releaseHold, { holdId: (hold as { holdId: string }).holdId });
  assert.equal((await refresh(tenant)).gone, 1);
});

/** Carries something out as a command would. */
function inTenantAct(tenant: TestTenant, run: (act: never) => void): Promise<unknown> {
  return tenant.act(
    'owner',
    {
      name: 'test-act',
      permission: 'book.read',
      async run(act: never) {
        run(act);
        return null;
      },
    } as never,
    {} as never,
  );
}

/** A conversation in which a customer waits since now. */
async function waiting(tenant: TestTenant, customerId: CustomerId): Promise<void> {
  const now = tenant.clock();
  await inTenant(tenant.pool, tenant.tenantId, async (tx) =>
    tx.write(sql`insert into inbox_conversation (tenant_id, id, customer_id, subject, state, waiting_since, last_at,
      version, begun_at)
      values (${tenant.tenantId}, ${newId()}, ${customerId}, 'Your invoice', 'open', ${now}, ${now}, 1, ${now})`),
  );
}

test('a task goes to the account’s owner, to their substitute while they are away, and else by skill and load', async () => {
  const { tenant, companyId, customerId, owing } = await setting();
  const [anna, ben, carl] = [
    await aPerson(tenant, 'collector', 'Anna'),
    await aPerson(tenant, 'collector', 'Ben'),
    await aPerson(tenant, 'collector', 'Carl'),
  ];
  const account = { companyId, customerId };
  await tenant.act('controller', assignAccounts, {
    accounts: [account],
    userId: anna.userId,
    isProtected: false,
  });
  for (const minor of [60_000_00n, 12_000_00n]) await owing(minor, '2026-03-02');
  await refresh(tenant);
  const who = async () =>
    (await tasksOf(tenant)).rows.map((row) => [row.kind, row.assignedTo?.name, row.assignedHow]);
  assert.deepEqual((await who()).toSorted(), [
    ['due_today', 'Anna', 'owner'],
    ['high_due', 'Anna', 'owner'],
  ]);
  await tenant.act('controller', setCollector, {
    userId: anna.userId,
    away: { from: day('2026-03-03'), to: day('2026-03-10'), substituteId: ben.userId },
  });
  tenant.on('2026-03-03');
  for (const minor of [60_000_00n, 12_000_00n]) await owing(minor, '2026-03-03');
  await refresh(tenant);
  assert.deepEqual((await who()).filter(([, name]) => name === 'Ben').length, 2);

  // Another customer that is nobody's: only who takes its language and amount may get it.
  const skill = {
    takes: true,
    languages: ['fr'],
    companyIds: [],
    policies: [],
    kinds: [],
    amountFrom: 20_000n,
    amountTo: null,
    minutesADay: 100,
  };
  await tenant.act('controller', setSkill, { userId: carl.userId, ...skill });
  const french = await aCustomer(tenant, { name: 'Grand', language: 'fr' });
  const german = await aCustomer(tenant, { name: 'Groß', language: 'de' });
  for (const id of [french, german])
    await anInvoice(tenant, { companyId, customerId: id, minor: 30_000_00n, dueOn: '2026-03-03' });
  await refresh(tenant);
  const { rows } = await tasksOf(tenant);
  const of = (name: string) => rows.find((row) => row.customer?.name === name);
  assert.deepEqual([of('Grand')?.assignedTo?.name, of('Grand')?.assignedHow], ['Carl', 'skill']);
  assert.deepEqual([of('Groß')?.assignedTo, of('Groß')?.assignedHow], [null, 'nobody']);
  const skills = await inTenant(tenant.pool, tenant.tenantId, (tx) => readSkills(tx, tenant.as('viewer')));
  const carls = skills.rows.find((row) => row.name === 'Carl');
  assert.deepEqual([carls?.skill, carls?.tasks, carls?.minutes], [{ ...skill, amountFrom: 20_000 }, 1, 5]);
});

test('somebody may take tasks of a policy alone', async () => {
  const { tenant, companyId } = await setting();
  const carl = await aPerson(tenant, 'collector', 'Carl');
  await goLive(
    tenant,
    {
      code: 'french',
      segment: { attribute: 'language', is: 'one_of', value: ['fr'] },
      steps: [{ offsetDays: 7, phase: 'reminder' }],
    },
    { code: 'rest', segment: 'everybody', steps: [{ offsetDays: 7, phase: 'reminder' }] },
  );
  const everything = { languages: [], companyIds: [], kinds: [], amountFrom: null, amountTo: null };
  await tenant.act('controller', setSkill, {
    userId: carl.userId,
    takes: true,
    policies: ['french'],
    minutesADay: 100,
    ...everything,
  });
  for (const language of ['fr', 'de']) {
    const customerId = await aCustomer(tenant, { name: language, language });
    await anInvoice(tenant, { companyId, customerId, minor: 30_000_00n, dueOn: '2026-03-02' });
  }
  await refresh(tenant);
  const { rows } = await tasksOf(tenant);
  assert.deepEqual(rows.map((row) => [row.customer?.name, row.assignedTo?.name ?? null]).toSorted(), [
    ['de', null],
    ['fr', 'Carl'],
  ]);
});

/** A policy whose first step, a week after the due date, is for a person, and an item that is there. */
async function aStepForAPerson() {
  const { tenant, companyId, customerId, owing, paid } = await setting();
  await goLive(tenant, {
    code: 'calls',
    segment: 'everybody',
    steps: [
      { offsetDays: 7, phase: 'reminder', automatic: false },
      { offsetDays: 14, phase: 'demand' },
    ],
  });
  const invoice = await owing(900_00n, '2026-02-20');
  await refresh(tenant);
  return { tenant, companyId, customerId, invoice, paid };
}

test('a step for a person is a task; called, it has moved on: nothing is sent for it, and the next step comes', async () => {
  const { tenant, invoice } = await aStepForAPerson();
  const [task] = (await tasksOf(tenant)).rows;
  assert.deepEqual(
    [task?.kind, task?.seen.policy, task?.seen.phase, task?.seen.offsetDays, task?.amount?.amount],
    ['step_for_person', 'calls', 'reminder', 7, '900.00'],
  );
  const taskIds = [task?.taskId ?? ''];
  await refusesWithoutTrace(tenant, 'task_outcome_missing', () =>
    tenant.act('collector', finishTasks, { taskIds, outcome: 'done' }),
  );
  const call = { direction: 'out', outcome: 'reached', note: 'They pay on Friday' } as const;
  await tenant.act('collector', finishTasks, { taskIds, outcome: 'called', call });
  assert.deepEqual(await refresh(tenant), { made: 0, back: 0, gone: 0, escalated: 0 });
  await remindOn(tenant, '2026-03-02', { approved: true });
  assert.deepEqual(await stepsSaid(tenant), [], 'the step was done');
  await remindOn(tenant, '2026-03-06');
  assert.deepEqual(await stepsSaid(tenant), [`2026-03-06 ${invoice.number} demand`]);
});

test('switched off, steps for a person make no tasks; those there are go on until they are done', async () => {
  const { tenant } = await aStepForAPerson();
  const [task] = (await tasksOf(tenant)).rows;
  const rules = FIRST_TASK_RULES.map((rule) => ({ ...rule, isOn: rule.kind !== 'step_for_person' }));
  await tenant.act('controller', setTaskRules, { rules });
  assert.deepEqual(await refresh(tenant), { made: 0, back: 0, gone: 0, escalated: 0 });
  assert.deepEqual(
    (await tasksOf(tenant)).rows.map((row) => row.taskId),
    [task?.taskId],
  );
});

test('undone, the step waits again; sent by a person instead, its task closes by itself', async () => {
  const { tenant } = await aStepForAPerson();
  const [task] = (await tasksOf(tenant)).rows;
  const { actId } = await tenant.act('collector', finishTasks, {
    taskIds: [task?.taskId ?? ''],
    outcome: 'skipped',
  });
  await tenant.act('collector', undoTaskAct, { actId });
  assert.deepEqual(await kindsOf(tenant), ['step_for_person']);
  await remindOn(tenant, '2026-03-02', { approved: true });
  assert.equal((await stepsSaid(tenant)).length, 1, 'nothing had been said or done');
  assert.equal((await refresh(tenant)).gone, 1);
});

test('done, put off and given can be undone while nothing happened since, and only then', async () => {
  const { tenant, owing } = await setting();
  const anna = await aPerson(tenant, 'collector', 'Anna');
  for (const minor of [60_000_00n, 12_000_00n]) await owing(minor, '2026-03-02');
  await refresh(tenant);
  const taskIds = (await tasksOf(tenant)).rows.map((row) => row.taskId);
  assert.equal(taskIds.length, 2);
  const given = await tenant.act('collector', assignTasks, { taskIds, userId: anna.userId });
  assert.deepEqual((await tasksOf(tenant, { userId: anna.userId })).rows.length, 2);
  const off = await tenant.act('collector', snoozeTasks, { taskIds, until: day('2026-03-04') });
  assert.deepEqual([await kindsOf(tenant), (await kindsOf(tenant, { show: 'snoozed' })).length], [[], 2]);
  await refusesWithoutTrace(tenant, 'task_moved_on', () =>
    tenant.act('collector', undoTaskAct, { actId: given.actId }),
  );
  await tenant.act('collector', undoTaskAct, { actId: off.actId });
  assert.equal((await tasksOf(tenant)).counts.team, 2);
  const done = await tenant.act('collector', finishTasks, { taskIds, outcome: 'done' });
  await refusesWithoutTrace(tenant, 'task_closed', () =>
    tenant.act('collector', finishTasks, { taskIds, outcome: 'done' }),
  );
  assert.deepEqual(
    await refresh(tenant),
    { made: 0, back: 0, gone: 0, escalated: 0 },
    'what was done stays done',
  );
  await tenant.act('collector', undoTaskAct, { actId: done.actId });
  const { rows } = await tasksOf(tenant);
  assert.deepEqual(
    rows.map((row) => [row.state, row.assignedTo?.name]),
    [
      ['open', 'Anna'],
      ['open', 'Anna'],
    ],
  );
  await refusesWithoutTrace(tenant, 'task_act_not_found', () =>
    tenant.act('collector', undoTaskAct, { actId: newId() }),
  );
});

test('what was not done in its hours of business is late, then escalates once; what is put off does not', async () => {
  const { tenant, owing } = await setting();
  await owing(60_000_00n, '2026-03-05');
  await owing(70_000_00n, '2026-03-05');
  await refresh(tenant);
  const [first, second] = (await tasksOf(tenant)).rows;
  assert.equal(first?.dueAt.slice(0, 13), '2026-03-03T12');
  await tenant.act('collector', snoozeTasks, { taskIds: [second?.taskId ?? ''], until: day('2026-03-20') });
  tenant.on('2026-03-05');
  assert.equal((await refresh(tenant)).escalated, 1);
  assert.equal((await refresh(tenant)).escalated, 0);
  const { rows, counts } = await tasksOf(tenant, { show: 'late' });
  assert.deepEqual(
    rows.map((row) => [row.taskId, row.isLate, row.isEscalated]),
    [[first?.taskId, true, true]],
  );
  assert.deepEqual([counts.late, counts.escalated, counts.snoozed], [1, 1, 1]);
});

test('people make tasks for themselves and others, and are told what is wrong with one', async () => {
  const { tenant, customerId } = await setting();
  const anna = await aPerson(tenant, 'collector', 'Anna');
  const add = (more: object) =>
    carryOut(tenant.door, anna.now(), addTask, {
      title: 'Ask for the new address',
      dueOn: day('2026-03-03'),
      ...more,
    });
  await add({ customerId });
  await add({ userId: null, isUrgent: true, title: 'Look into it' });
  const { rows } = await tasksOf(tenant);
  assert.deepEqual(
    rows.map((row) => [
      row.title,
      row.customer?.name ?? null,
      row.assignedTo?.name ?? null,
      row.dueAt,
      row.madeBy,
    ]),
    [
      ['Look into it', null, null, '2026-03-04T00:00:00Z', 'Anna'],
      ['Ask for the new address', 'Large', 'Anna', '2026-03-04T00:00:00Z', 'Anna'],
    ],
  );
  assert.deepEqual(await refresh(tenant), { made: 0, back: 0, gone: 0, escalated: 0 });
  for (const [code, more] of [
    ['task_due_past', { dueOn: day('2026-03-01') }],
    ['task_due_too_far', { dueOn: day('2028-03-01') }],
    ['member_not_found', { userId: newId() }],
    ['customer_not_found', { customerId: newId() }],
  ] as const)
    await refusesWithoutTrace(tenant, code, () => add(more));
  const one = [rows[0]?.taskId ?? ''];
  const act = (until: string) => tenant.act('collector', snoozeTasks, { taskIds: one, until: day(until) });
  await refusesWithoutTrace(tenant, 'task_snooze_past', () => act('2026-03-02'));
  await refusesWithoutTrace(tenant, 'task_snooze_too_long', () => act('2026-08-02'));
  await refusesWithoutTrace(tenant, 'task_not_found', () =>
    tenant.act('collector', finishTasks, { taskIds: [newId()], outcome: 'done' }),
  );
  await refusesWithoutTrace(tenant, 'task_outcome_not_fitting', () =>
    tenant.act('collector', finishTasks, { taskIds: one, outcome: 'called' }),
  );
});

test('a cause that is switched off makes nothing, and pages go on where the last one ended', async () => {
  const { tenant, owing } = await setting();
  const rules = FIRST_TASK_RULES.map((rule) => ({ ...rule, isOn: rule.kind === 'high_due' }));
  await tenant.act('controller', setTaskRules, { rules });
  for (let n = 0; n < 5; n += 1) await owing(60_000_00n, '2026-03-02');
  assert.equal((await refresh(tenant)).made, 5);
  const shown = await inTenant(tenant.pool, tenant.tenantId, (tx) => readTaskRules(tx, tenant.as('viewer')));
  assert.deepEqual([shown.number, shown.rules], [1, rules]);
  for (const show of ['team', 'closed'] as const) {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await tasksOf(tenant, { show, limit: 2, after });
      seen.push(...page.rows.map((row) => row.taskId));
      after = page.next ?? undefined;
    } while (after !== undefined);
    assert.deepEqual([seen.length, new Set(seen).size], [5, 5], show);
    if (show === 'team')
      for (const id of seen) await tenant.act('collector', finishTasks, { taskIds: [id], outcome: 'done' });
  }
});

test('looked at by several workers at once, a cause has one task', async () => {
  const { tenant, owing } = await setting();
  for (let n = 0; n < 20; n += 1) await owing(60_000_00n, '2026-03-02');
  await owing(12_000_00n, '2026-03-02');
  const { won } = await race(
    tenant,
    Array.from({ length: RACERS }, () => () => refresh(tenant)),
  );
  assert.equal(won, RACERS);
  const { counts } = await tasksOf(tenant);
  assert.equal(counts.team, 21);
  const events = await tenant.events();
  const made = events
    .filter(({ type }) => type === 'tasks.refreshed')
    .map(({ data }) => (data as { made: number }).made);
  assert.equal(
    made.reduce((sum, one) => sum + one, 0),
    21,
    'each was made by one, the others found none to make',
  );
});

test('two people who finish a task at once: one does, the other hears that it is closed', async () => {
  const { tenant, owing } = await setting();
  await owing(60_000_00n, '2026-03-05');
  await refresh(tenant);
  const taskIds = (await tasksOf(tenant)).rows.map((row) => row.taskId);
  const { won, codes } = await race(
    tenant,
    Array.from(
      { length: RACERS },
      () => () => tenant.act('collector', finishTasks, { taskIds, outcome: 'done' }),
    ),
  );
  assert.deepEqual([won, new Set(codes)], [1, new Set(['task_closed'])]);
});
