import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { q } from '#db/query.ts';
import { inTenant } from '#db/transaction.ts';
import { stopAddress } from '#delivery/settle-problem.ts';
import { parseDate } from '#kernel/calendar.ts';
import { type CompanyId, newId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { addAddress } from '#parties/change-addresses.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { closePdf } from '#printing/render-pdf.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer, anInvoice, aPayment } from '../../test/support/builders.ts';
import { doSendingJobs, mailToolsOf, messagesOf, toolsOf } from '../../test/support/mail.ts';
import { aReader } from '../../test/support/reminders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { changePreference, keepSchedule, pauseSchedule } from './keep-schedule.ts';
import { routes } from './routes.ts';
import { approveRun, performRun, startDueRuns } from './run-statements.ts';
import type { Schedule } from './schedule.ts';
import { sendStatement } from './send-statement.ts';
import { statementSource } from './write-statement.ts';

after(closePdf);

async function aSchedule(
  tenant: TestTenant,
  companyId: CompanyId,
  more: Partial<Omit<Schedule, 'pausedOn'>> = {},
) {
  const { scheduleId } = await tenant.act('owner', keepSchedule, {
    companyId,
    name: 'Month end',
    kind: 'open_item',
    rhythm: 'month_end',
    day: null,
    audience: 'with_balance',
    customerIds: [],
    groups: false,
    allCompanies: false,
    minimumMinor: 0n,
    skipsUnchanged: false,
    needsApproval: false,
    startsOn: parseDate('2026-01-01'),
    ...more,
  });
  return scheduleId;
}

const rowsOf = (tenant: TestTenant) =>
  inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(
      q
        .selectFrom('statement')
        .selectAll()
        .where('tenant_id', '=', tenant.tenantId)
        .orderBy('as_of')
        .orderBy('customer_id'),
    ),
  );

/** Does what the clock would have a worker do on a day: starts what is due and carries it out. */
async function workOn(tenant: TestTenant, day: string): Promise<void> {
  tenant.on(day);
  await startDueRuns(toolsOf(tenant), tenant.tenantId);
  const runs = tenant.jobs.filter((job) => typeof job.payload.runId === 'string');
  for (const job of runs) await performRun(toolsOf(tenant), tenant.tenantId, String(job.payload.runId));
}

async function somebodyOwing(tenant: TestTenant, companyId: CompanyId, minor = 100_00n) {
  const customerId = await aReader(tenant);
  const invoice = await anInvoice(tenant, { companyId, customerId, minor });
  return { customerId, invoice };
}

/** Pays an invoice in January. */
async function pay(
  tenant: TestTenant,
  companyId: CompanyId,
  { customerId, invoice }: Awaited<ReturnType<typeof somebodyOwing>>,
  minor: bigint,
): Promise<void> {
  const { paymentId } = await aPayment(tenant, { companyId, customerId, minor, receivedOn: '2026-01-29' });
  const allocations = [{ itemId: invoice.itemId, amount: money(minor, 'EUR') }];
  await tenant.act('cash_applier', applyPayment, { paymentId, allocations, on: parseDate('2026-01-29') });
}

test('a schedule states each month once its last business day is over, and a missed day is caught up with once', async () => {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant);
  await somebodyOwing(tenant, companyId);
  await aSchedule(tenant, companyId);
  await workOn(tenant, '2026-01-30');
  assert.equal((await messagesOf(tenant)).length, 0, 'the day is not over');
  // 31 January is a Saturday.
  await workOn(tenant, '2026-01-31');
  assert.equal((await messagesOf(tenant)).length, 1);
  await workOn(tenant, '2026-02-01');
  assert.equal((await messagesOf(tenant)).length, 1);
  await workOn(tenant, '2026-04-10');
  const asOf = (await rowsOf(tenant)).map((row) => `${row.from_on} ${row.as_of}`);
  assert.deepEqual(asOf, ['2026-01-01 2026-01-30', '2026-02-28 2026-03-31']);
});

test('a run says who is left out and why', async () => {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant);
  const owing = await somebodyOwing(tenant, companyId);
  const small = await somebodyOwing(tenant, companyId, 5_00n);
  const unwilling = await somebodyOwing(tenant, companyId);
  await tenant.act('owner', changePreference, {
    customerId: unwilling.customerId,
    wanted: { kind: 'none', emailTo: null, copies: [], channel: null },
  });
  const silent = await aCustomer(tenant);
  await anInvoice(tenant, { companyId, customerId: silent });
  const settled = await somebodyOwing(tenant, companyId);
  tenant.on('2026-01-29');
  await pay(tenant, companyId, settled, 100_00n);
  await aSchedule(tenant, companyId, { minimumMinor: 10_00n, skipsUnchanged: true });
  await workOn(tenant, '2026-02-01');
  const reasons = new Map((await rowsOf(tenant)).map((row) => [row.customer_id, row.reason ?? row.state]));
  assert.equal(reasons.get(owing.customerId), 'queued');
  assert.equal(reasons.get(small.customerId), 'below_minimum');
  assert.equal(reasons.get(unwilling.customerId), 'not_wanted');
  assert.equal(reasons.get(silent), 'no_way');
  assert.equal(reasons.get(settled.customerId), 'nothing_open');
  await workOn(tenant, '2026-03-01');
  const march = (await rowsOf(tenant)).filter((row) => row.as_of.month === 2);
  assert.equal(march.find((row) => row.customer_id === owing.customerId)?.reason, 'unchanged');
});

test('a run that wants a person waits, and sends what the person leaves in', async () => {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant);
  const one = await somebodyOwing(tenant, companyId);
  const two = await somebodyOwing(tenant, companyId);
  await aSchedule(tenant, companyId, { needsApproval: true });
  const ask = await serveTo(tenant, routes);
  const schedules = await ask('viewer', contract.listStatementSchedules, {});
  const scheduleId = schedules.reply.rows[0]?.scheduleId ?? '';
  const preview = await ask('viewer', contract.previewStatementRun, { params: { scheduleId }, query: {} });
  assert.equal(preview.reply.rows.length, 2);
  assert.deepEqual(preview.reply.period, { from: '2026-01-01', asOf: '2026-01-30' });
  await workOn(tenant, '2026-02-01');
  assert.equal((await messagesOf(tenant)).length, 0);
  const [run] = (await ask('viewer', contract.listStatementRuns, {})).reply.rows;
  assert.deepEqual([run?.state, run?.planned], ['waiting', 2]);
  const runId = run?.runId ?? '';
  await tenant.act('collector', approveRun, { runId, leaveOut: [two.customerId] });
  await performRun(toolsOf(tenant), tenant.tenantId, runId);
  assert.deepEqual(
    (await messagesOf(tenant)).map((message) => message.customer_id),
    [one.customerId],
  );
  const shown = await ask('viewer', contract.listRunStatements, { params: { runId }, query: {} });
  assert.deepEqual([shown.reply.run.state, shown.reply.run.queued, shown.reply.run.leftOut], ['done', 1, 1]);
  const again = await ask('owner', contract.approveStatementRun, { params: { runId }, body: {} });
  assert.equal(again.code, 'statement_run_not_waiting');
});

// Seen to fail: without the lock on the run's row the constraint on its statements stops it; without both, customers are written
// to several times.
test('workers that carry out the same run at once write to everybody once', async () => {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant);
  for (let n = 0; n < 12; n += 1) await somebodyOwing(tenant, companyId);
  await aSchedule(tenant, companyId);
  tenant.on('2026-02-01');
  await Promise.all(Array.from({ length: 6 }, () => startDueRuns(toolsOf(tenant), tenant.tenantId)));
  const runIds = new Set(
    tenant.jobs.flatMap((job) => (typeof job.payload.runId === 'string' ? [job.payload.runId] : [])),
  );
  const known = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(q.selectFrom('statement_run').select('id').where('tenant_id', '=', tenant.tenantId)),
  );
  assert.equal(known.length, 1);
  const runId = known[0]?.id ?? '';
  assert.ok(runIds.has(runId));
  await Promise.all(Array.from({ length: 6 }, () => performRun(toolsOf(tenant), tenant.tenantId, runId)));
  const messages = await messagesOf(tenant);
  assert.equal(messages.length, 12);
  assert.equal(new Set(messages.map((message) => message.customer_id)).size, 12);
});

test('a statement is read again in the moment it leaves, and what it said is kept', async () => {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant);
  const { customerId, invoice } = await somebodyOwing(tenant, companyId);
  const paid = await somebodyOwing(tenant, companyId);
  await aSchedule(tenant, companyId);
  await workOn(tenant, '2026-02-01');
  await pay(tenant, companyId, { customerId, invoice }, 40_00n);
  await pay(tenant, companyId, paid, 100_00n);
  const states = await doSendingJobs(tenant, mailToolsOf(tenant, [statementSource]));
  assert.deepEqual([...states].sort(), ['dropped', 'sent']);
  const [sent] = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(
      q
        .selectFrom('statement_sent')
        .selectAll()
        .where('tenant_id', '=', tenant.tenantId)
        .where('message_id', 'in', (eb) =>
          eb
            .selectFrom('message')
            .select('id')
            .where('state', '=', 'sent')
            .where('tenant_id', '=', tenant.tenantId),
        ),
    ),
  );
  assert.match(JSON.stringify(sent?.figures), /"closing":\{"amount":"60.00"/);
});

test('a statement is sent by hand to the address for statements, and refused where nobody can be reached', async () => {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant);
  const { customerId } = await somebodyOwing(tenant, companyId);
  const ask = await serveTo(tenant, routes);
  await ask('owner', contract.changeStatementPreference, {
    params: { customerId },
    body: { kind: null, emailTo: 'ledger@customer.example', copies: ['boss@customer.example'] },
  });
  const wish = { params: { customerId }, body: { companyId } };
  const { reply } = await ask('collector', contract.sendStatement, wish);
  assert.equal(reply.recipient, 'ledger@customer.example');
  const states = await doSendingJobs(tenant, mailToolsOf(tenant, [statementSource]));
  assert.deepEqual(states, ['sent']);
  const listed = await ask('viewer', contract.listCustomerStatements, { params: { customerId } });
  assert.deepEqual(
    listed.reply.rows.map((row) => [row.messageState, row.balances]),
    [['sent', [{ amount: '100.00', currency: 'EUR' }]]],
  );
  const silent = await aCustomer(tenant);
  await assert.rejects(
    tenant.act('owner', sendStatement, { customerId: silent, companyId, kind: 'open_item' }),
    { code: 'no_way_open' },
  );
  const unknown = await ask('owner', contract.removeStatementSchedule, { params: { scheduleId: newId() } });
  assert.deepEqual([unknown.status, unknown.code], [404, 'statement_schedule_not_found']);
});

test('an address for statements that is stopped after the run planned is not written to, and the outbox says why', async () => {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  await anInvoice(tenant, { companyId, customerId });
  const emailTo = 'ledger@customer.example';
  await tenant.act('owner', changePreference, {
    customerId,
    wanted: { kind: null, emailTo, copies: [], channel: null },
  });
  const stop = { address: 'Ledger@customer.example', purpose: null, reason: 'by_hand', detail: '' } as const;
  await aSchedule(tenant, companyId, { needsApproval: true });
  await aSchedule(tenant, companyId, { name: 'Second' });
  await workOn(tenant, '2026-02-01');
  const [waiting] = (await rowsOf(tenant)).filter((row) => row.state === 'planned');
  assert.deepEqual(
    (await messagesOf(tenant)).map((message) => message.recipient),
    [emailTo],
  );
  await tenant.act('collector', stopAddress, stop);
  assert.deepEqual(await doSendingJobs(tenant, mailToolsOf(tenant, [statementSource])), ['dropped']);
  const [dropped] = await messagesOf(tenant);
  assert.deepEqual([dropped?.state, dropped?.last_answer], ['dropped', 'no_way']);
  const runId = String(waiting?.run_id);
  await tenant.act('collector', approveRun, { runId, leaveOut: [] });
  await performRun(toolsOf(tenant), tenant.tenantId, runId);
  const late = (await rowsOf(tenant)).find((row) => row.run_id === runId);
  assert.deepEqual([late?.state, late?.reason], ['left_out', 'no_way']);
  await assert.rejects(tenant.act('owner', sendStatement, { customerId, companyId, kind: 'open_item' }), {
    code: 'no_way_open',
  });
  // A contact that is not stopped is written to instead.
  const reader = await aReader(tenant);
  await tenant.act('owner', changePreference, {
    customerId: reader,
    wanted: { kind: null, emailTo, copies: [emailTo], channel: null },
  });
  const sent = await tenant.act('owner', sendStatement, { customerId: reader, companyId, kind: 'open_item' });
  assert.notEqual(sent.recipient, emailTo);
});

test('a schedule that rests states nothing, and the days that passed meanwhile are not stated when it goes on', async () => {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant);
  await somebodyOwing(tenant, companyId);
  const scheduleId = await aSchedule(tenant, companyId);
  await tenant.act('owner', pauseSchedule, { scheduleId, paused: true });
  await workOn(tenant, '2026-02-01');
  tenant.on('2026-03-10');
  await tenant.act('owner', pauseSchedule, { scheduleId, paused: false });
  await workOn(tenant, '2026-03-10');
  assert.equal((await rowsOf(tenant)).length, 0);
  const ask = await serveTo(tenant, routes);
  const [shown] = (await ask('viewer', contract.listStatementSchedules, {})).reply.rows;
  assert.deepEqual([shown?.pausedOn, shown?.startsOn, shown?.next.asOf], [null, '2026-03-10', '2026-03-31']);
  await workOn(tenant, '2026-04-01');
  assert.deepEqual(
    (await rowsOf(tenant)).map((row) => String(row.as_of)),
    ['2026-03-31'],
  );
});

test('the next day of a schedule is one that it states', async () => {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant);
  await aSchedule(tenant, companyId, { startsOn: parseDate('2028-02-10'), rhythm: 'monthly', day: 31 });
  const ask = await serveTo(tenant, routes);
  const [shown] = (await ask('viewer', contract.listStatementSchedules, {})).reply.rows;
  assert.deepEqual(shown?.next, { from: '2028-02-01', asOf: '2028-02-29' });
});

test('who wants statements by post gets them by post, and by mail where no address is known', async () => {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant);
  const { customerId } = await somebodyOwing(tenant, companyId);
  const wanted = { kind: null, emailTo: null, copies: [], channel: 'post' } as const;
  await tenant.act('owner', changePreference, { customerId, wanted });
  const byMail = await tenant.act('owner', sendStatement, { customerId, companyId, kind: 'open_item' });
  assert.equal(byMail.channel, 'email');
  const address = { street: 'Kai 1', postalCode: '20457', city: 'Hamburg', region: null, country: 'DE' };
  await tenant.act('owner', addAddress, { customerId, kind: 'billing', ...address });
  const byPost = await tenant.act('owner', sendStatement, { customerId, companyId, kind: 'open_item' });
  assert.deepEqual([byPost.channel, /Kai 1, 20457 Hamburg/.test(byPost.recipient)], ['post', true]);
});
