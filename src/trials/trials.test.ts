import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { startReminderRun } from '#collections/remind-customers.ts';
import { inTenant } from '#db/transaction.ts';
import { addDays, daysBetween, parseDate } from '#kernel/calendar.ts';
import { money } from '#kernel/money.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import {
  changePolicies,
  dropPolicies,
  importPolicies,
  shadowPolicies,
  unshadowPolicies,
} from '#policies/change-policies.ts';
import { readLiveSet, readShadowSet } from '#policies/take-policies.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, anInvoice, aPayment } from '../../test/support/builders.ts';
import { messagesOf, toolsOf } from '../../test/support/mail.ts';
import { RACERS, raceHeld } from '../../test/support/race.ts';
import {
  aReader,
  goLive,
  goLiveWith,
  remindOn,
  sendReminders,
  stepsSaid,
} from '../../test/support/reminders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { recordShadowDays } from './record-shadow-days.ts';
import { routes } from './routes.ts';

const german = { attribute: 'country', is: 'one_of', value: ['DE'] };
const steps = (...days: readonly number[]) => days.map((offsetDays) => ({ offsetDays, phase: 'reminder' }));
const fileOf = (name: string, policies: readonly object[], tests: readonly unknown[] = []) => ({
  format: 'quittance-policies',
  version: 2,
  name,
  policies: policies.map((one) => ({ name: 'Policy', ...one })),
  tests,
});
const everybody = (days: readonly number[], more: object = {}) => ({
  code: 'everybody',
  segment: 'everybody',
  steps: steps(...days),
  ...more,
});

/** Three customers: one in Germany who is seven days late, two elsewhere who are seven and fourteen days late. */
async function setting() {
  const tenant = await newTenant({ on: '2026-03-02' });
  const companyId = await aCompany(tenant, { email: 'ar@creditor.example' });
  const [anna, bert, cora] = [
    await aReader(tenant, { name: 'Anna', country: 'DE' }),
    await aReader(tenant, { name: 'Bert', country: 'AT' }),
    await aReader(tenant, { name: 'Cora', country: 'AT' }),
  ];
  const owe = (customerId: typeof anna, minor: bigint, dueOn: string) =>
    anInvoice(tenant, { companyId, customerId, minor, dueOn });
  const invoices = [
    await owe(anna, 100_00n, '2026-02-23'),
    await owe(bert, 200_00n, '2026-02-23'),
    await owe(cora, 300_00n, '2026-02-16'),
  ];
  await goLiveWith(tenant, fileOf('Now', [everybody([7])]));
  const draft = async (file: unknown) => (await tenant.act('controller', importPolicies, { file })).setId;
  const ask = await serveTo(tenant, routes);
  const compare = async (body: object) => {
    const { status, reply } = await ask('collector', contract.comparePolicies, { body });
    assert.equal(status, 200, JSON.stringify(reply));
    return reply;
  };
  const putLive = (setId: string, replaces: string | null, fingerprint: string) =>
    ask('controller', contract.putPoliciesLive, { params: { setId }, body: { replaces, fingerprint } });
  return { tenant, companyId, anna, bert, cora, invoices, draft, ask, compare, putLive };
}

/** Germans are told at ten days and nobody else but at fourteen. */
const OTHER = fileOf('Other', [{ code: 'german', segment: german, steps: steps(10) }, everybody([7, 14])]);

test('a comparison says who moves and what would be said more, less or otherwise, and changes nothing', async () => {
  const { tenant, compare } = await setting();
  const jobs = tenant.jobs.length;
  const seen = await compare({ file: OTHER });
  assert.deepEqual(
    seen.policies.map(({ code, before, after }) => [code, before.accounts, after.accounts]),
    [
      ['german', 0, 1],
      ['everybody', 3, 2],
    ],
  );
  assert.deepEqual(seen.moves, [
    { from: 'everybody', to: 'german', accounts: 1, sums: [{ amount: '100.00', currency: 'EUR' }] },
  ]);
  assert.deepEqual(
    seen.said.map(({ difference, accounts, messages, sums }) => [
      difference,
      accounts,
      messages,
      sums[0]?.amount,
    ]),
    [
      ['more', 0, 0, undefined],
      ['less', 1, 1, '100.00'],
      ['otherwise', 1, 1, '300.00'],
      ['same', 1, 1, '200.00'],
    ],
  );
  assert.deepEqual(seen.rows.map((row) => `${row.customerName} ${row.difference}`).sort(), [
    'Anna less',
    'Cora otherwise',
  ]);
  assert.deepEqual(
    (await compare({ file: OTHER, show: 'same' })).rows.map((row) => row.customerName),
    ['Bert'],
  );
  assert.equal((await compare({ file: OTHER, on: '2026-03-05' })).said[0]?.accounts, 0);
  assert.deepEqual([(await stepsSaid(tenant)).length, tenant.jobs.length], [0, jobs]);
});

test('what differs in any of several messages, or in what they tell, is told otherwise', async () => {
  const { tenant, companyId, bert, compare } = await setting();
  await anInvoice(tenant, { companyId, customerId: bert, minor: 50_00n, dueOn: '2026-02-16' });
  const each = (first: object, second: object) =>
    fileOf('Each', [
      {
        code: 'everybody',
        segment: 'everybody',
        grouping: 'invoice',
        steps: [
          { offsetDays: 7, phase: 'reminder', ...first },
          { offsetDays: 14, phase: 'demand', ...second },
        ],
      },
    ]);
  const otherwise = async (file: object) =>
    (await compare({ file, show: 'otherwise' })).rows.map((row) => row.customerName).sort();
  await goLiveWith(tenant, each({}, {}));
  assert.deepEqual(await otherwise(each({}, {})), []);
  const sender = { name: 'Nordlicht', address: 'head@creditor.example' };
  // Of the two messages to Bert the milder one alone is another.
  assert.deepEqual(await otherwise(each({ sender }, {})), ['Anna', 'Bert']);
  assert.deepEqual(await otherwise(each({}, { showsCosts: true })), ['Bert', 'Cora']);
  await goLiveWith(tenant, each({ sender }, {}));
  const elsewhere = { ...sender, address: 'other@creditor.example' };
  assert.deepEqual(await otherwise(each({ sender: elsewhere }, {})), ['Anna', 'Bert']);
});

test('a set goes live by the fingerprint of what was seen; if that changed, the new one is told', async () => {
  const { tenant, companyId, anna, invoices, draft, compare, putLive } = await setting();
  const setId = await draft(OTHER);
  const { fingerprint, live } = await compare({ setId });
  const { paymentId } = await aPayment(tenant, { companyId, customerId: anna, minor: 100_00n });
  await tenant.act('cash_applier', applyPayment, {
    paymentId,
    allocations: [{ itemId: invoices[0]?.itemId ?? ('' as never), amount: money(100_00n, 'EUR') }],
  });
  const refused = await putLive(setId, live?.setId ?? null, fingerprint);
  assert.equal(refused.status, 409);
  const again = await compare({ setId });
  assert.notEqual(again.fingerprint, fingerprint);
  assert.equal(
    (refused.reply as unknown as { facts: { fingerprint: string } }).facts.fingerprint,
    again.fingerprint,
  );
  const done = await putLive(setId, live?.setId ?? null, again.fingerprint);
  assert.equal(done.status, 200, JSON.stringify(done.reply));
  assert.equal((await inTenant(tenant.pool, tenant.tenantId, readLiveSet))?.id, setId);
});

test('a draft that was changed after it was looked at does not go live', async () => {
  const { tenant, draft, compare, putLive } = await setting();
  const setId = await draft(OTHER);
  const { fingerprint, live } = await compare({ setId });
  await tenant.act('controller', changePolicies, {
    setId,
    revision: 1,
    file: fileOf('Changed', [everybody([7])]),
  });
  assert.equal((await putLive(setId, live?.setId ?? null, fingerprint)).status, 409);
});

test('one set at most is in the shadow; it is not changed meanwhile, and may go live from there', async () => {
  const { tenant, draft, compare, putLive } = await setting();
  const [one, two] = [await draft(OTHER), await draft(OTHER)];
  const shadow = (setId: string) => tenant.act('controller', shadowPolicies, { setId });
  const present = async () => (await inTenant(tenant.pool, tenant.tenantId, readShadowSet))?.id;
  await shadow(one);
  await shadow(two);
  assert.equal(await present(), two);
  for (const act of [
    () => tenant.act('controller', changePolicies, { setId: two, revision: 1, file: OTHER }),
    () => tenant.act('controller', dropPolicies, { setId: two }),
    () => shadow(two),
  ])
    await assert.rejects(act, { code: 'not_a_draft' });
  await assert.rejects(tenant.act('controller', unshadowPolicies, { setId: one }), { code: 'not_in_shadow' });
  await assert.rejects(
    inTenant(tenant.pool, tenant.tenantId, (tx) =>
      tx.run(sql`update policy_set set name = 'other' where tenant_id = ${tx.tenantId} and stage = 'shadow'`),
    ),
  );
  const { fingerprint, live } = await compare({ setId: two });
  assert.equal((await putLive(two, live?.setId ?? null, fingerprint)).status, 200);
  assert.equal(await present(), undefined);
});

test('of several who take their set into the shadow at once the last one is there, and the others are drafts', async () => {
  const { tenant, draft } = await setting();
  const drafts: string[] = [];
  for (let i = 0; i < RACERS; i += 1) drafts.push(await draft(OTHER));
  const { won } = await raceHeld(
    tenant,
    drafts.map((setId) => () => tenant.act('controller', shadowPolicies, { setId })),
  );
  assert.equal(won, RACERS);
  const stages = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(
      sql<{
        stage: string;
      }>`select stage from policy_set where tenant_id = ${tx.tenantId} and stage <> 'live'`,
    ),
  );
  assert.deepEqual(stages.filter(({ stage }) => stage === 'shadow').length, 1);
});

test('the set in the shadow says nothing, and what it would have said is kept once a day, before reminders begin', async () => {
  const { tenant, companyId, draft, ask } = await setting();
  const setId = await draft(OTHER);
  await tenant.act('controller', shadowPolicies, { setId });
  const look = () => recordShadowDays(toolsOf(tenant), tenant.tenantId);
  await look();
  await look();
  await tenant.act('collector', startReminderRun, { companyId });
  tenant.on('2026-03-03');
  await tenant.act('collector', startReminderRun, { companyId });
  await look();
  tenant.on('2026-03-04');
  await look();
  const { reply } = await ask('collector', contract.listShadowDays, { params: { setId } });
  assert.deepEqual(
    reply.rows.map(({ on, summary }) => [on, summary.rows.map((row) => row.customerName).sort()]),
    [
      ['2026-03-04', ['Anna', 'Cora']],
      ['2026-03-02', ['Anna', 'Cora']],
    ],
  );
  assert.deepEqual(await stepsSaid(tenant), []);
});

test('a set that was changed out of the shadow is planned anew, and days of its earlier file are told from those of this one', async () => {
  const { tenant, draft, ask } = await setting();
  const setId = await draft(OTHER);
  const look = () => recordShadowDays(toolsOf(tenant), tenant.tenantId);
  await tenant.act('controller', shadowPolicies, { setId });
  await look();
  await tenant.act('controller', unshadowPolicies, { setId });
  const file = fileOf('Changed', [everybody([7])]);
  await tenant.act('controller', changePolicies, { setId, revision: 1, file });
  await tenant.act('controller', shadowPolicies, { setId });
  await look();
  const { reply } = await ask('collector', contract.listShadowDays, { params: { setId } });
  assert.deepEqual(
    reply.rows.map(({ on, earlier, summary }) => [on, earlier, summary.rows.length]),
    [
      ['2026-03-02', false, 0],
      ['2026-03-02', true, 2],
    ],
  );
});

const someSet = fc.record({
  days: fc.uniqueArray(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 4 }),
  minimumGapDays: fc.nat(6),
  grouping: fc.constantFrom('customer', 'invoice'),
  afterCarrier: fc.constantFrom('restart', 'resume_by_age', 'continue_level'),
});

test('whatever sets follow each other, no step is said twice, none after a later one, and no gap is broken', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ set: fc.option(someSet), wait: fc.integer({ min: 1, max: 4 }) }), {
        minLength: 4,
        maxLength: 9,
      }),
      async (moves) => {
        const { tenant, companyId } = await setting();
        let on = parseDate('2026-03-02');
        let gap = 0;
        const told = new Map<string, string>();
        for (const { set, wait } of moves) {
          if (set) {
            const { days, ...rest } = set;
            await goLive(
              tenant,
              everybody(
                days.toSorted((a, b) => a - b),
                rest,
              ),
            );
            gap = set.minimumGapDays;
          }
          const before = new Set((await messagesOf(tenant)).map(({ id }) => id));
          await remindOn(tenant, on.toString(), { companyId });
          await sendReminders(tenant);
          for (const { id, customer_id, state } of await messagesOf(tenant)) {
            if (before.has(id) || state !== 'sent') continue;
            const last = told.get(customer_id);
            if (last && last !== on.toString())
              assert.ok(daysBetween(parseDate(last), on) >= gap, `${gap} days of gap`);
            told.set(customer_id, on.toString());
          }
          on = addDays(on, wait);
        }
        const said = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
          tx.run(sql<{ item_id: string; offset_days: number }>`select item_id, offset_days from reminder_item
            where tenant_id = ${tx.tenantId} order by item_id, recorded_at, message_id`),
        );
        for (const [, own] of Map.groupBy(said, (row) => row.item_id)) {
          const days = own.map((row) => row.offset_days);
          assert.deepEqual(
            days,
            [...new Set(days)].toSorted((a, b) => a - b),
          );
        }
      },
    ),
    { numRuns: 4 },
  );
});
