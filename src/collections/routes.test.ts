import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { z } from 'zod';
import * as outbox from '#delivery/contract.ts';
import { routes as deliveryRoutes } from '#delivery/routes.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { newId } from '#kernel/id.ts';
import { type AskRoutes, serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer, anInvoice, type BuiltInvoice } from '../../test/support/builders.ts';
import { toolsOf } from '../../test/support/mail.ts';
import { aReader, goLive, sendReminders } from '../../test/support/reminders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { performRun } from './remind-customers.ts';
import { routes } from './routes.ts';

type Planned = z.output<typeof contract.planReminders.reply>['rows'][number];

let tenant: TestTenant;
let ask: AskRoutes;
let companyId: CompanyId;
let readers: readonly CustomerId[];
let silent: CustomerId;
let invoices: readonly BuiltInvoice[];

before(async () => {
  tenant = await newTenant({ on: '2026-01-02' });
  ask = await serveTo(tenant, [...routes, ...deliveryRoutes]);
  companyId = await aCompany(tenant, { email: 'ar@creditor.example' });
  readers = [await aReader(tenant), await aReader(tenant), await aReader(tenant)];
  silent = await aCustomer(tenant);
  invoices = [];
  for (const customerId of [...readers, silent])
    invoices = [...invoices, await anInvoice(tenant, { companyId, customerId, dueOn: '2026-02-01' })];
  tenant.on('2026-02-08');
});

const read = async <O extends Parameters<AskRoutes>[1]>(
  operation: O,
  input: Parameters<typeof ask<O>>[2] = {},
) => {
  const answer = await ask('collector', operation, input);
  assert.equal(answer.status, 200, JSON.stringify(answer.reply));
  return answer.reply;
};

test('a plan shows page by page who would be told what, and who is left out and why', async () => {
  const rows: Planned[] = [];
  let after: string | undefined;
  do {
    const page = await read(contract.planReminders, { query: { limit: 3, ...(after ? { after } : {}) } });
    rows.push(...page.rows);
    after = page.next ?? undefined;
  } while (after !== undefined);
  assert.equal(rows.length, 4);
  for (const customerId of readers) {
    const row: Planned | undefined = rows.find((r) => r.customerId === customerId);
    assert.deepEqual(
      [row?.phase, row?.items.length, row?.items[0]?.daysLate, row?.leftOut.length],
      ['reminder', 1, 7, 0],
    );
    assert.deepEqual(row?.totals, [{ amount: '100.00', currency: 'EUR' }]);
  }
  const left = rows.find((r) => r.customerId === silent);
  assert.deepEqual([left?.phase, left?.recipient, left?.leftOut[0]?.reason], [null, null, 'no_email']);
});

test('a plan of a later day looks ahead, and of all companies goes from one to the next', async () => {
  const other = await aCompany(tenant);
  await anInvoice(tenant, { companyId: other, customerId: readers[0] as CustomerId, dueOn: '2026-02-01' });
  const ahead = await read(contract.planReminders, { query: { on: '2026-03-10', companyId: other } });
  assert.deepEqual(
    ahead.rows.map((r) => r.phase),
    ['final_notice'],
  );
  const seen = [];
  let after: string | undefined;
  do {
    const page = await read(contract.planReminders, { query: { limit: 1, ...(after ? { after } : {}) } });
    seen.push(...page.rows.map((r) => `${r.companyId} ${r.customerId}`));
    after = page.next ?? undefined;
  } while (after !== undefined);
  assert.equal(seen.length, 5);
  assert.equal(new Set(seen).size, 5);
  const unknown = await ask('collector', contract.planReminders, { query: { companyId: newId() } });
  assert.deepEqual([unknown.status, unknown.code], [404, 'company_not_found']);
  const broken = await ask('collector', contract.planReminders, { query: { after: 'nonsense' } });
  assert.deepEqual([broken.status, broken.code], [400, 'bad_input']);
});

test('the words of a planned reminder can be read before anything is sent', async () => {
  const [customerId = ''] = readers;
  const preview = await read(contract.previewReminder, { params: { companyId, customerId } });
  assert.match(preview.subject, /^Reminder: invoice/);
  assert.ok(preview.text.includes(invoices[0]?.number ?? '?') && preview.html?.includes('<table'));
  assert.deepEqual(preview.attachments, [{ fileName: `${invoices[0]?.number}.pdf` }]);
  for (const [params, query, code] of [
    [{ companyId, customerId: silent }, {}, 'no_email'],
    [{ companyId, customerId }, { on: '2026-01-05' }, 'nothing_to_say'],
    [{ companyId, customerId: newId() }, {}, 'customer_not_found'],
    [{ companyId: newId(), customerId }, {}, 'company_not_found'],
  ] as const) {
    const refused = await ask('collector', contract.previewReminder, { params, query });
    assert.equal(refused.code, code);
  }
});

test('the cadence is read and replaced, and says who may', async () => {
  const other = await newTenant();
  const askOther = await serveTo(other, routes);
  const first = await askOther('collector', contract.readCadence, {});
  assert.deepEqual(
    [first.reply.cadenceId, first.reply.runsDaily, first.reply.steps.length, first.reply.may.replace],
    [null, false, 5, 'not_permitted'],
  );
  const body = { name: 'Ours', steps: [{ offsetDays: 5, phase: 'reminder' as const }] };
  const replaced = await askOther('controller', contract.replaceCadence, { body });
  const now = await askOther('controller', contract.readCadence, {});
  assert.deepEqual(
    [now.reply.cadenceId, now.reply.name, now.reply.runsDaily, now.reply.runsAt, now.reply.may.replace],
    [replaced.reply.cadenceId, 'Ours', true, '07:00', true],
  );
  const wrong = { ...body, runsAt: '25:00' };
  assert.equal((await askOther('controller', contract.replaceCadence, { body: wrong })).code, 'bad_input');
});

test('a run is started, listed and read, and what it said is read by message and by document', async () => {
  const started = await read(contract.startReminderRun, { body: { companyId } });
  assert.deepEqual(
    started.runs.map((r) => [r.runOn, r.customers, r.items]),
    [['2026-02-08', 4, 4]],
  );
  const going = await read(contract.getReminderRun, { params: { runId: started.runs[0]?.runId ?? '' } });
  assert.deepEqual([going.finishedAt, going.messages], [null, 0]);

  const again = await read(contract.startReminderRun, { body: { companyId } });
  const [run] = started.runs;
  await performRun(toolsOf(tenant), tenant.tenantId, run?.runId ?? '');
  const done = await read(contract.getReminderRun, { params: { runId: run?.runId ?? '' } });
  assert.deepEqual([done.messages, done.items, done.leftOut, done.withoutEmail], [3, 3, 1, 1]);
  assert.notEqual(done.finishedAt, null);
  const first = await read(contract.listReminderRuns, { query: { companyId, limit: 1 } });
  const second = await read(contract.listReminderRuns, {
    query: { companyId, limit: 1, after: first.next ?? '' },
  });
  assert.deepEqual(
    [...first.rows, ...second.rows].map((r) => r.runId),
    [again.runs[0]?.runId, run?.runId],
  );
  const ofDay = async (on: string) =>
    (await read(contract.listReminderRuns, { query: { companyId, on } })).rows.length;
  assert.deepEqual([await ofDay(first.rows[0]?.runOn ?? ''), await ofDay('2026-01-01')], [2, 0]);
  assert.equal(
    (await ask('viewer', contract.getReminderRun, { params: { runId: newId() } })).code,
    'run_not_found',
  );

  await sendReminders(tenant);
  const { rows } = await read(outbox.listMessages, { query: { purpose: 'reminder' } });
  const [message] = rows;
  const said = await read(contract.listMessageItems, { params: { messageId: message?.messageId ?? '' } });
  const [line] = said.rows;
  assert.deepEqual(
    [line?.phase, line?.open, line?.leftOut],
    ['reminder', { amount: '100.00', currency: 'EUR' }, null],
  );
  const about = await read(contract.listDocumentReminders, {
    params: { documentId: line?.documentId ?? '' },
  });
  assert.deepEqual(about.rows, said.rows);
  const none = await ask('collector', contract.listDocumentReminders, { params: { documentId: newId() } });
  assert.equal(none.code, 'document_not_found');
  const noMessage = await ask('collector', contract.listMessageItems, { params: { messageId: newId() } });
  assert.equal(noMessage.code, 'message_not_found');
});

test('what waits for a person is planned, looked at, and sent where a person asks for it', async () => {
  const own = await newTenant({ on: '2026-01-02' });
  const askOwn = await serveTo(own, routes);
  const company = await aCompany(own);
  const customerId = await aReader(own);
  await anInvoice(own, { companyId: company, customerId, dueOn: '2026-02-01' });
  await goLive(own, {
    code: 'everybody',
    segment: 'everybody',
    steps: [{ offsetDays: 7, phase: 'reminder', automatic: false }],
  });
  own.on('2026-02-08');
  const planned = async (approved?: 'true') => {
    const { reply } = await askOwn('collector', contract.planReminders, {
      query: approved ? { approved } : {},
    });
    return reply.rows.map((row) => [row.phase, row.leftOut.map(({ reason }) => reason)]);
  };
  assert.deepEqual(await planned(), [[null, ['for_person']]]);
  assert.deepEqual(await planned('true'), [['reminder', []]]);
  const params = { companyId: company, customerId };
  assert.equal((await askOwn('collector', contract.previewReminder, { params })).status, 409);
  const query = { approved: 'true' as const };
  assert.equal((await askOwn('collector', contract.previewReminder, { params, query })).status, 200);

  const started = await askOwn('collector', contract.startReminderRun, { body: { approved: true } });
  const runId = started.reply.runs[0]?.runId ?? '';
  await performRun(toolsOf(own), own.tenantId, runId);
  const { reply: run } = await askOwn('collector', contract.getReminderRun, { params: { runId } });
  assert.deepEqual([run.approved, run.messages, run.forPerson, run.stoppedFor], [true, 1, 0, null]);
});

test('where each invoice has a message of its own, each can be looked at as it would be sent', async () => {
  const own = await newTenant({ on: '2026-01-02' });
  const askOwn = await serveTo(own, routes);
  const company = await aCompany(own);
  const customerId = await aReader(own);
  await goLive(own, {
    code: 'everybody',
    segment: 'everybody',
    grouping: 'invoice',
    steps: [
      { offsetDays: 7, phase: 'reminder' },
      { offsetDays: 14, phase: 'demand' },
    ],
  });
  const old = await anInvoice(own, { companyId: company, customerId, dueOn: '2026-01-25' });
  const young = await anInvoice(own, { companyId: company, customerId, dueOn: '2026-02-01' });
  own.on('2026-02-08');
  const look = (message?: number) =>
    askOwn('collector', contract.previewReminder, {
      params: { companyId: company, customerId },
      query: message === undefined ? {} : { message },
    });
  for (const [place, one, other] of [
    [undefined, old, young],
    [2, young, old],
  ] as const) {
    const { reply } = await look(place);
    assert.deepEqual(reply.attachments, [{ fileName: `${one.number}.pdf` }]);
    assert.ok(reply.text.includes(one.number) && !reply.text.includes(other.number), reply.text);
    assert.equal(reply.messages, 2);
  }
  assert.equal((await look(3)).code, 'nothing_to_say');
});
