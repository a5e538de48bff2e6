// Statements by schedule for whole groups, and of all companies.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { q } from '#db/query.ts';
import { inTenant } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, newId } from '#kernel/id.ts';
import { closePdf } from '#printing/render-pdf.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer, anInvoice } from '../../test/support/builders.ts';
import { doSendingJobs, mailToolsOf, toolsOf } from '../../test/support/mail.ts';
import { aReader } from '../../test/support/reminders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { keepSchedule } from './keep-schedule.ts';
import { readPrintedStatement } from './print-statement.ts';
import { readStatement } from './read-statement.ts';
import { routes } from './routes.ts';
import { performRun, startDueRuns } from './run-statements.ts';
import { leftOutReason, NO_PREFERENCE, type Schedule } from './schedule.ts';
import { statementSource } from './write-statement.ts';

after(closePdf);

const SCHEDULE: Omit<Schedule, 'id' | 'pausedOn' | 'companyId'> = {
  name: 'Groups',
  kind: 'open_item',
  rhythm: 'month_end',
  day: null,
  audience: 'with_balance',
  customerIds: [],
  groups: true,
  allCompanies: false,
  minimumMinor: 0n,
  skipsUnchanged: false,
  needsApproval: false,
  startsOn: parseDate('2026-01-01'),
};

/** A parent that owes nothing itself, two below it of which one has one below, somebody alone, and two companies. */
async function aWorld() {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant, { name: 'North', iban: 'DE89370400440532013000' });
  const otherId = await aCompany(tenant, { name: 'South' });
  const parent = await aReader(tenant, { number: 'P', name: 'Parent' });
  const left = await aReader(tenant, { number: 'P-1', name: 'Left', parentId: parent });
  const deep = await aCustomer(tenant, { number: 'P-1-1', name: 'Deep', parentId: left });
  const right = await aCustomer(tenant, { number: 'P-2', name: 'Right', parentId: parent });
  const alone = await aReader(tenant, { number: 'Q', name: 'Alone' });
  const owes = (customerId: CustomerId, minor: bigint, of: CompanyId = companyId) =>
    anInvoice(tenant, { companyId: of, customerId, minor, issuedOn: '2026-01-05', dueOn: '2026-01-20' });
  await owes(left, 10_00n);
  await owes(deep, 20_00n);
  await owes(right, 30_00n, otherId);
  await owes(alone, 40_00n);
  const schedule = (wanted: Partial<typeof SCHEDULE> = {}) =>
    tenant.act('owner', keepSchedule, { ...SCHEDULE, companyId, ...wanted });
  return { tenant, companyId, otherId, parent, left, deep, right, alone, schedule };
}

async function workOn(tenant: TestTenant, day: string): Promise<void> {
  tenant.on(day);
  await startDueRuns(toolsOf(tenant), tenant.tenantId);
  for (const job of tenant.jobs.filter(({ payload }) => typeof payload.runId === 'string'))
    await performRun(toolsOf(tenant), tenant.tenantId, String(job.payload.runId));
}

const rowsOf = (tenant: TestTenant) =>
  inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(q.selectFrom('statement').selectAll().where('tenant_id', '=', tenant.tenantId)),
  );

test('a group gets one statement, to whom stands above it, with a sum for each below; those below get none', async () => {
  const { tenant, companyId, parent, alone, schedule } = await aWorld();
  const { scheduleId } = await schedule();
  const ask = await serveTo(tenant, routes);
  const preview = await ask('viewer', contract.previewStatementRun, { params: { scheduleId }, query: {} });
  assert.deepEqual(
    preview.reply.rows.map((row) => [row.customer.number, row.members, row.balances[0]?.amount]).sort(),
    [
      ['P', 4, '30.00'],
      ['Q', 1, '40.00'],
    ],
  );
  await workOn(tenant, '2026-02-01');
  const rows = await rowsOf(tenant);
  assert.deepEqual(new Set(rows.map((row) => row.customer_id)), new Set([parent, alone]));
  assert.ok(rows.every((row) => row.is_group && row.state === 'queued'));
  assert.deepEqual(await doSendingJobs(tenant, mailToolsOf(tenant, [statementSource])), ['sent', 'sent']);
  const printed = await inTenant(tenant.pool, tenant.tenantId, async (tx) => {
    const wish = { customerId: parent, companyId, kind: 'open_item', group: true } as const;
    return readPrintedStatement(tx, await readStatement(tx, { ...wish, asOf: parseDate('2026-01-30') }));
  });
  assert.deepEqual(
    printed.parts.map((part) => [
      part.closing.minor,
      part.accounts.map((one) => [one.name, one.closing.minor]),
    ]),
    [
      [
        30_00n,
        [
          ['Left (P-1)', 10_00n],
          ['Deep (P-1-1)', 20_00n],
        ],
      ],
    ],
  );
  const figures = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(q.selectFrom('statement_sent').select('figures').where('tenant_id', '=', tenant.tenantId)),
  );
  assert.equal(figures.length, 2);
  assert.ok(figures.some((row) => /"isGroup": ?true/.test(JSON.stringify(row.figures))));
});

test('a statement of all companies lists each for itself; the mail names them and leaves accounts to pay to to the paper', async () => {
  const { tenant, parent, schedule } = await aWorld();
  await schedule({ allCompanies: true, audience: 'chosen', customerIds: [parent] });
  await workOn(tenant, '2026-02-01');
  const [row] = await rowsOf(tenant);
  assert.equal(row?.all_companies, true);
  const written: string[] = [];
  const tools = mailToolsOf(tenant, [
    {
      ...statementSource,
      write: async (content, more) => {
        const said = await statementSource.write(content as never, more);
        written.push(said.text);
        return said;
      },
    },
  ]);
  assert.deepEqual(await doSendingJobs(tenant, tools), ['sent']);
  const [text = ''] = written;
  assert.match(text, /Balance \(North\): EUR\s30\.00/);
  assert.match(text, /Balance \(South\): EUR\s30\.00/);
  assert.doesNotMatch(text, /IBAN/);
});

test('chosen groups are stated with all below; a group moves when anybody in it does, and the same again is left out', async () => {
  const { tenant, companyId, left, deep, schedule } = await aWorld();
  await schedule({ audience: 'chosen', customerIds: [left], skipsUnchanged: true });
  await workOn(tenant, '2026-02-01');
  await workOn(tenant, '2026-03-02');
  await anInvoice(tenant, {
    companyId,
    customerId: deep,
    minor: 5_00n,
    issuedOn: '2026-03-03',
    dueOn: '2026-03-20',
  });
  await workOn(tenant, '2026-04-02');
  const rows = [...(await rowsOf(tenant))].sort((a, b) => (String(a.as_of) < String(b.as_of) ? -1 : 1));
  assert.deepEqual(
    rows.map((row) => [row.customer_id === left, row.reason]),
    [
      [true, null],
      [true, 'unchanged'],
      [true, null],
    ],
  );
});

test('what a statement of all companies said is remembered, whichever of the companies wrote it', async () => {
  const { tenant, otherId, alone, schedule } = await aWorld();
  const wanted = {
    audience: 'chosen',
    customerIds: [alone],
    allCompanies: true,
    skipsUnchanged: true,
  } as const;
  await schedule(wanted);
  await workOn(tenant, '2026-02-01');
  const startsOn = parseDate('2026-02-15');
  await tenant.act('owner', keepSchedule, {
    ...SCHEDULE,
    ...wanted,
    name: 'South',
    companyId: otherId,
    startsOn,
  });
  await workOn(tenant, '2026-03-02');
  const rows = [...(await rowsOf(tenant))].sort((a, b) => (String(a.as_of) < String(b.as_of) ? -1 : 1));
  assert.deepEqual(
    rows.map((row) => row.reason),
    [null, 'unchanged', 'unchanged'],
  );
});

test('a group with more customers than a statement has room for is left out and told; amounts in other currencies are not weighed against the minimum', () => {
  const schedule: Schedule = {
    ...SCHEDULE,
    id: newId(),
    pausedOn: null,
    companyId: newId() as CompanyId,
    minimumMinor: 100_00n,
  };
  const situation = {
    preference: NO_PREFERENCE,
    isTooLarge: false,
    hasItems: true,
    hasMoved: true,
    balanceMinor: 50_00n,
    isOverdue: false,
    balances: [],
    fingerprint: 'a',
    lastFingerprint: undefined,
    canBeReached: true,
  } as const;
  assert.equal(leftOutReason(schedule, situation), 'below_minimum');
  assert.equal(leftOutReason(schedule, { ...situation, balanceMinor: undefined }), undefined);
  assert.equal(leftOutReason(schedule, { ...situation, isTooLarge: true }), 'too_large');
});

test('a group is sent its statement by hand', async () => {
  const { tenant, companyId, parent } = await aWorld();
  const ask = await serveTo(tenant, routes);
  tenant.on('2026-02-01');
  const sent = await ask('collector', contract.sendStatement, {
    params: { customerId: parent },
    body: { companyId, group: true, allCompanies: true },
  });
  assert.equal(sent.status, 200);
  const { reply } = await ask('viewer', contract.listCustomerStatements, { params: { customerId: parent } });
  assert.deepEqual(
    reply.rows.map((row) => [row.isGroup, row.allCompanies, row.balances.map((one) => one.amount)]),
    [[true, true, ['60.00']]],
  );
});
