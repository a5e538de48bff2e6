import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import type { SendOutcome } from '#carriers/send-mail.ts';
import { inTenant } from '#db/transaction.ts';
import { newId, type UserId } from '#kernel/id.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { endMark, markReceipt } from '#workbench/record-mark.ts';
import { refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, aCustomer, anInvoice, aPayment } from '../../test/support/builders.ts';
import { aPerson } from '../../test/support/people.ts';
import { RACERS, race, raceHeld } from '../../test/support/race.ts';
import { aStaffPost, type StaffMailSeen } from '../../test/support/staff-post.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { assignReceipts, setClock } from './assign-receipts.ts';
import { endReceiptTeam, keepReceiptTeam } from './change-teams.ts';
import { escalateReceipts, sendEscalations } from './escalate-receipts.ts';
import { readKeptReceipts, readMonthFigures, readWaiting, readWaitingCounts } from './read-clocks.ts';

async function send(
  tenant: TestTenant,
  outcome: SendOutcome['kind'] = 'accepted',
  atOnce?: number,
): Promise<readonly StaffMailSeen[]> {
  const { tools, mails } = aStaffPost(tenant, outcome);
  await sendEscalations({ ...tools, atOnce }, tenant.tenantId);
  return mails;
}

const waiting = (tenant: TestTenant) =>
  inTenant(tenant.pool, tenant.tenantId, async (tx) => {
    const { receipts } = await readWaiting(tx, tenant.clock());
    return receipts.map((receipt) => [receipt.number, Math.floor(receipt.hours), receipt.state]);
  });

/** A company, and a receipt recorded on Friday 9 January at noon. */
async function aWaiting() {
  const tenant = await newTenant({ on: '2026-01-09' });
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  const receipt = await aPayment(tenant, { companyId, customerId, minor: 100_00n, receivedOn: '2026-01-09' });
  return { tenant, companyId, customerId, receipt };
}

test('a receipt of Friday is late on Tuesday and escalated on Wednesday, once, and those it is for are told once', async () => {
  const { tenant, receipt } = await aWaiting();
  const controller = await aPerson(tenant, 'controller', 'Cora');
  const applier = await aPerson(tenant, 'cash_applier', 'Abel');
  await tenant.act('cash_applier', assignReceipts, {
    paymentIds: [receipt.paymentId],
    userId: applier.userId,
  });
  tenant.on('2026-01-12');
  assert.deepEqual(await waiting(tenant), [[receipt.number, 23, 'running']], 'a weekend does not count');
  tenant.on('2026-01-13');
  assert.deepEqual(await waiting(tenant), [[receipt.number, 47, 'late']]);
  assert.deepEqual(await send(tenant), []);
  tenant.on('2026-01-14');
  const mails = await send(tenant);
  assert.deepEqual(
    mails.map((mail) => mail.to).sort(),
    [applier, controller].map((one) => `${one.userId}@people.example`).sort(),
  );
  assert.ok(
    mails.every((mail) => mail.text.includes(receipt.number) && mail.text.includes('/waiting-receipts')),
  );
  assert.deepEqual(await send(tenant), [], 'nothing is told twice');
  const events = (await tenant.events()).filter((event) => event.type === 'payment.escalated');
  assert.equal(events.length, 1);
});

test('what is kept on account on purpose waits for nobody; asked about again, it waits since it came', async () => {
  const { tenant, receipt } = await aWaiting();
  const { paymentId } = receipt;
  await aPerson(tenant, 'controller', 'Cora');
  await tenant.act('cash_applier', markReceipt, { paymentId, kind: 'kept', note: 'for the next order' });
  tenant.on('2026-01-20');
  assert.deepEqual(await waiting(tenant), []);
  assert.deepEqual(await send(tenant), []);
  await tenant.act('cash_applier', endMark, { paymentId });
  assert.equal((await waiting(tenant))[0]?.[2], 'escalated');
});

test('what is kept on account is looked at again when that was said, and is late and escalates anew, told once more', async () => {
  const { tenant, companyId, receipt } = await aWaiting();
  const { paymentId } = receipt;
  await aPerson(tenant, 'controller', 'Cora');
  await tenant.act('owner', setClock, { companyId, applyHours: 24, escalateHours: 48, counts: 'all' });
  tenant.on('2026-01-20');
  assert.equal((await send(tenant)).length, 1, 'it escalated since it came');
  await tenant.act('cash_applier', markReceipt, { paymentId, kind: 'kept', note: '', lookAgainInDays: 10 });
  tenant.on('2026-01-29');
  assert.deepEqual(await waiting(tenant), []);
  const kept = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readKeptReceipts(tx, { companyId, now: tenant.clock() }),
  );
  assert.deepEqual(
    kept.map((row) => [row.number, row.look_again_at.toString().slice(0, 10)]),
    [[receipt.number, '2026-01-30']],
  );
  tenant.on('2026-01-31');
  assert.deepEqual(await waiting(tenant), [[receipt.number, 23, 'running']], 'it waits since that day');
  assert.deepEqual(await send(tenant), []);
  tenant.on('2026-02-02');
  assert.deepEqual(await waiting(tenant), [[receipt.number, 71, 'escalated']]);
  assert.equal((await send(tenant)).length, 1, 'anew');
  assert.deepEqual(await send(tenant), [], 'and once');
  await tenant.act('cash_applier', markReceipt, { paymentId, kind: 'kept', note: '', lookAgainInDays: 1 });
  tenant.on('2026-02-20');
  assert.equal((await send(tenant)).length, 1, 'kept another time, it is another round');
});

test('what surely did not leave is told the next time', async () => {
  const { tenant } = await aWaiting();
  await aPerson(tenant, 'controller', 'Cora');
  tenant.on('2026-01-20');
  assert.equal((await send(tenant, 'trouble')).length, 1);
  assert.equal((await send(tenant)).length, 1);
  assert.equal((await send(tenant)).length, 0);
});

test('however many wait, all that are too old are escalated, page after page, and those that are not are not', async () => {
  const { tenant, companyId, customerId, receipt } = await aWaiting();
  await aPerson(tenant, 'controller', 'Cora');
  const numbers = [receipt.number];
  for (const day of ['2026-01-12', '2026-01-13', '2026-01-20']) {
    tenant.on(day);
    const next = await aPayment(tenant, { companyId, customerId, minor: 10_00n, receivedOn: day });
    numbers.push(next.number);
  }
  const mails = await send(tenant, 'accepted', 1);
  assert.deepEqual(
    numbers.map((number) => mails.filter((mail) => mail.text.includes(number)).length),
    [1, 1, 1, 0],
  );
  assert.deepEqual(await send(tenant, 'accepted', 1), []);
  const [first] = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<{ id: string }>`select id from payment where number = ${numbers[0]}`),
  );
  const { userId } = await aPerson(tenant, 'cash_applier', 'Carl');
  await tenant.act('owner', assignReceipts, { paymentIds: [first?.id ?? ''], userId });
  const counted = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readWaitingCounts(tx, tenant.clock(), { companyId: undefined, userId }),
  );
  assert.deepEqual(counted, { running: 1, late: 0, escalated: 3, yours: 1 });
});

test('two workers that escalate at once escalate each receipt once', async () => {
  const { tenant } = await aWaiting();
  tenant.on('2026-01-20');
  const outcome = await race(
    tenant,
    Array.from({ length: 6 }, () => () => tenant.act('owner', escalateReceipts, { isTold: false })),
  );
  assert.deepEqual(outcome, { won: 6, codes: [] });
  const [row] = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<{ n: number }>`select count(*)::int as n from receipt_escalation`),
  );
  assert.equal(row?.n, 1);
});

test('a company says how long and by which hours; applied money no longer waits and counts in its month', async () => {
  const { tenant, companyId, customerId, receipt } = await aWaiting();
  await refusesWithoutTrace(tenant, 'clock_out_of_order', () =>
    tenant.act('owner', setClock, { companyId, applyHours: 10, escalateHours: 5, counts: 'all' }),
  );
  await tenant.act('owner', setClock, { companyId, applyHours: 2, escalateHours: 30, counts: 'all' });
  tenant.on('2026-01-10');
  assert.deepEqual(await waiting(tenant), [[receipt.number, 23, 'late']], 'Saturday counts');
  const invoice = await anInvoice(tenant, { companyId, customerId });
  await tenant.act('owner', applyPayment, {
    paymentId: receipt.paymentId,
    allocations: [{ itemId: invoice.itemId, amount: { minor: 100_00n, currency: 'EUR' } }],
  });
  assert.deepEqual(await waiting(tenant), []);
  const [month] = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readMonthFigures(tx, Temporal.PlainDate.from('2026-01-10'), undefined),
  );
  assert.deepEqual([month?.month, month?.clock.applied, month?.clock.inTime], ['2026-01', 1, 0]);
  assert.equal(Math.round(month?.clock.medianHours ?? 0), 24);
});

test('receipts are given to members only, and only receipts are given', async () => {
  const { tenant, receipt } = await aWaiting();
  await refusesWithoutTrace(tenant, 'member_not_found', () =>
    tenant.act('owner', assignReceipts, { paymentIds: [receipt.paymentId], userId: newId() as UserId }),
  );
  await refusesWithoutTrace(tenant, 'payment_not_found', () =>
    tenant.act('owner', assignReceipts, { paymentIds: [newId()], userId: null }),
  );
});

test('a receipt that waits for a team is told to its lead, counts for its members, and is nobody’s once the team ended', async () => {
  const { tenant, receipt } = await aWaiting();
  const lead = await aPerson(tenant, 'cash_applier', 'Lea');
  const member = await aPerson(tenant, 'cash_applier', 'Max');
  const other = await aPerson(tenant, 'cash_applier', 'Ola');
  const said = { name: 'Lockbox', leadId: lead.userId, memberIds: [member.userId] };
  const { teamId } = await tenant.act('owner', keepReceiptTeam, said);
  assert.equal((await tenant.act('owner', keepReceiptTeam, { ...said, teamId })).version, 1, 'said already');
  const keep = (change: object) => tenant.act('owner', keepReceiptTeam, { ...said, ...change });
  await refusesWithoutTrace(tenant, 'receipt_team_name_taken', () => keep({ name: 'LOCKBOX' }));
  await refusesWithoutTrace(tenant, 'member_not_found', () => keep({ teamId, leadId: newId() }));
  const paymentIds = [receipt.paymentId];
  const give = (to: { userId: string | null; teamId?: string }) =>
    tenant.act('cash_applier', assignReceipts, { paymentIds, ...to });
  await refusesWithoutTrace(tenant, 'receipt_owner_twice', () => give({ userId: lead.userId, teamId }));
  await refusesWithoutTrace(tenant, 'receipt_team_not_found', () => give({ userId: null, teamId: newId() }));
  await give({ userId: null, teamId });
  const yours = (userId: string) =>
    inTenant(tenant.pool, tenant.tenantId, async (tx) => {
      const of = { companyId: undefined, userId };
      return (await readWaitingCounts(tx, tenant.clock(), of)).yours;
    });
  assert.deepEqual(await Promise.all([lead, member, other].map((one) => yours(one.userId))), [1, 1, 0]);
  tenant.on('2026-01-14');
  assert.deepEqual(
    (await send(tenant)).map((mail) => mail.to),
    [`${lead.userId}@people.example`],
  );
  assert.deepEqual(await send(tenant), [], 'nothing is told twice');

  await tenant.act('owner', endReceiptTeam, { teamId });
  await refusesWithoutTrace(tenant, 'receipt_team_not_found', () => give({ userId: null, teamId }));
  await refusesWithoutTrace(tenant, 'receipt_team_not_found', () => keep({ teamId, name: 'Again' }));
  assert.equal(await yours(member.userId), 0);
  assert.equal((await keep({ name: 'lockbox' })).version, 1, 'the name is free again');
});

test('two teams of one name said at once are one', async () => {
  const tenant = await newTenant();
  const lead = await aPerson(tenant, 'cash_applier', 'Lea');
  const said = { name: 'Lockbox', leadId: lead.userId, memberIds: [] };
  const racers = Array.from({ length: RACERS }, () => () => tenant.act('owner', keepReceiptTeam, said));
  const { won, codes } = await raceHeld(tenant, racers);
  assert.equal(won, 1);
  assert.deepEqual(new Set(codes), new Set(['receipt_team_name_taken']));
});
