import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { closeDispute } from '#disputes/close-dispute.ts';
import { openDispute } from '#disputes/open-dispute.ts';
import { CONDITION_CODES } from '#escalation/condition.ts';
import { recallHandOver } from '#escalation/end-hand-over.ts';
import { handOverItems } from '#escalation/hand-over-items.ts';
import { putAgency } from '#escalation/put-agency.ts';
import { placeHold } from '#holds/place-hold.ts';
import { releaseHold } from '#holds/release-hold.ts';
import { parseDate } from '#kernel/calendar.ts';
import { type CustomerId, newId, type PaymentId } from '#kernel/id.ts';
import { addContact } from '#parties/change-contacts.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { recordBreaks } from '#promises/record-breaks.ts';
import { takePromise } from '#promises/take-promise.ts';
import { alignUploads } from '#uploads/align-uploads.ts';
import { putPortal } from '#uploads/put-portal.ts';
import { serveTo } from '../../test/support/ask.ts';
import { refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, aCustomer, anInvoice, aPayment } from '../../test/support/builders.ts';
import { aPerson } from '../../test/support/people.ts';
import { RACERS, race, raceHeld } from '../../test/support/race.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { setRules } from './change-rules.ts';
import * as contract from './contract.ts';
import { FIRST_RULES } from './points.ts';
import { readList } from './read-list.ts';
import { finishAccount, snoozeAccounts } from './record-work.ts';
import { refreshList } from './refresh-list.ts';
import { routes } from './routes.ts';
import { takeNext, takeOne } from './take-next.ts';

const day = parseDate;
const ALL = { rank: 'points', whose: 'all', withHidden: 'false', limit: 50 } as const;

/** Brings the list up to date and gives it as the collector sees it. */
async function listOf(tenant: TestTenant, query: Partial<Parameters<typeof readList>[2]> = {}) {
  const context = tenant.as('collector');
  return inTenant(tenant.pool, tenant.tenantId, async (tx) => {
    await refreshList(tx, context);
    return readList(tx, context, { ...ALL, ...query });
  });
}
const namesOf = async (tenant: TestTenant, query: Partial<Parameters<typeof readList>[2]> = {}) =>
  (await listOf(tenant, query)).rows.map((row) => row.customer.name);

/** Three customers overdue since 10 February: Large 20,000.00, Middle 2,000.00, Small 50.00. Today is 2 March. */
async function setting() {
  const tenant = await newTenant({ on: '2026-03-02' });
  const companyId = await aCompany(tenant);
  const owing = async (name: string, minor: bigint) => {
    const customerId = await aCustomer(tenant, { name });
    const invoice = await anInvoice(tenant, {
      companyId,
      customerId,
      minor,
      issuedOn: '2026-01-10',
      dueOn: '2026-02-10',
    });
    return { customerId, invoice };
  };
  const large = await owing('Large', 20_000_00n);
  const middle = await owing('Middle', 2_000_00n);
  const small = await owing('Small', 50_00n);
  const finish = (customerId: CustomerId, call?: Parameters<typeof finishAccount.run>[1]['call']) =>
    tenant.act('collector', finishAccount, { companyId, customerId, call });
  return { tenant, companyId, large, middle, small, owing, finish };
}
const PHONED = { direction: 'out', way: 'phone', outcome: 'reached' } as const;

test('accounts stand in the order of their points, each with the rules that gave them', async () => {
  const { tenant } = await setting();
  const { rows } = await listOf(tenant);
  assert.deepEqual(
    rows.map((row) => row.customer.name),
    ['Large', 'Middle', 'Small'],
  );
  const [first] = rows;
  assert.equal(
    first?.points,
    first?.reasons.reduce((sum, one) => sum + one.points, 0),
  );
  const why = Object.fromEntries(first?.reasons.map((one) => [one.name, one.seen]) ?? []);
  assert.equal(why['10,000 or more overdue'], '20000.00 EUR');
  assert.equal(why['Overdue for more than a week'], '20 days');
  assert.equal(why['Nobody was spoken to for two weeks'], 'never');
  assert.equal(first?.overdue.amount, '20000.00');
  assert.ok(Number(first?.expected.amount) > 0 && Number(first?.expected.amount) <= 20_000);
});

test('a list is read page by page, by either rank, without a row twice or missing', async () => {
  const { tenant, owing } = await setting();
  for (const name of ['A', 'B', 'C', 'D']) await owing(name, 50_00n);
  await listOf(tenant);
  for (const rank of ['points', 'expected'] as const) {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
        readList(tx, tenant.as('viewer'), { ...ALL, rank, after, limit: 2 }),
      );
      seen.push(...page.rows.map((row) => row.customer.name));
      after = page.next ?? undefined;
    } while (after !== undefined);
    assert.deepEqual(seen.toSorted(), ['A', 'B', 'C', 'D', 'Large', 'Middle', 'Small'], rank);
    assert.equal(seen[0], 'Large');
  }
});

test('what is promised, in dispute, paid, covered by money on account or on hold is not on the list', async () => {
  const { tenant, companyId, large, middle, small } = await setting();
  await tenant.act('collector', takePromise, {
    items: [{ itemId: large.invoice.itemId, on: day('2026-03-10') }],
    way: 'phone',
  });
  assert.deepEqual(await namesOf(tenant), ['Middle', 'Small']);
  await tenant.act('collector', openDispute, {
    items: [{ itemId: middle.invoice.itemId }],
    reason: 'pricing',
  });
  assert.deepEqual(await namesOf(tenant), ['Small']);
  await aPayment(tenant, {
    companyId,
    customerId: small.customerId,
    minor: 50_00n,
    receivedOn: '2026-03-01',
  });
  assert.deepEqual(await namesOf(tenant), []);
  tenant.on('2026-03-14');
  assert.deepEqual(await namesOf(tenant), ['Large'], 'the promise can be kept no more');
  const customerId = large.customerId;
  const hold = async (of: Partial<Parameters<typeof placeHold.run>[1]>) => {
    const { holdId } = await tenant.act('controller', placeHold, {
      reason: 'in_talks',
      until: day('2026-03-20'),
      ownerId: (await aPerson(tenant, 'collector', 'Cole')).userId,
      ...of,
    });
    const names = await namesOf(tenant);
    await tenant.act('controller', releaseHold, { holdId });
    return names;
  };
  for (const of of [
    { customerId },
    { customerId, itemId: large.invoice.itemId },
    { companyId },
    { everything: true },
  ])
    assert.deepEqual(await hold(of), [], JSON.stringify(of));
  const { contactId } = await tenant.act('collector', addContact, {
    customerId,
    name: 'Ann',
    role: 'billing',
  });
  assert.deepEqual(await hold({ customerId, contactId }), ['Large'], 'another contact can be called');
});

test('what is with an agency is nobody’s to call about until it is recalled', async () => {
  const { tenant, companyId, large } = await setting();
  const { agencyId } = await tenant.act('controller', putAgency, {
    kind: 'agency',
    name: 'Hansa Collect',
    fees: { shares: [{ upToDaysLate: null, percent: '10' }], taxPercent: '0' },
    remits: 'net',
    inUse: true,
  });
  const { handOverId } = await tenant.act('controller', handOverItems, {
    companyId,
    customerId: large.customerId,
    route: 'agency',
    agencyId,
    itemIds: [large.invoice.itemId],
    interest: 'goes_on',
    accepting: [...CONDITION_CODES],
    note: 'The firm is being wound up',
  });
  assert.deepEqual(await namesOf(tenant), ['Middle', 'Small']);
  await tenant.act('controller', recallHandOver, { handOverId, reason: 'They pay after all' });
  assert.deepEqual(await namesOf(tenant), ['Large', 'Middle', 'Small']);
});

test('what waits to be posted in a customer’s portal is not called about, unless reminders ask for it too', async () => {
  const { tenant, companyId, large } = await setting();
  assert.deepEqual(await namesOf(tenant), ['Large', 'Middle', 'Small']);
  const put = async (chasesUnposted: boolean) => {
    await tenant.act('collector', putPortal, {
      customerId: large.customerId,
      portal: 'SAP Ariba',
      address: null,
      supplierNumber: null,
      userId: null,
      withinDays: 1,
      uploads: ['pdf'],
      from: day('2026-01-01'),
      instead: false,
      chasesUnposted,
    });
    await tenant.act('collector', alignUploads, {});
  };
  await put(false);
  assert.deepEqual(await namesOf(tenant), ['Middle', 'Small']);
  await anInvoice(tenant, { companyId, customerId: large.customerId, minor: 70_00n, dueOn: '2026-02-20' });
  const [other] = (await listOf(tenant)).rows.filter((row) => row.customer.name === 'Large');
  assert.equal(other?.overdue.amount, '70.00', 'what does not wait there is asked for');
  await put(true);
  assert.equal((await listOf(tenant)).rows[0]?.overdue.amount, '20070.00');
});

test('what is done is off the list for the day, and comes back when a promise breaks or a dispute is closed', async () => {
  const { tenant, large, middle, small, companyId, finish } = await setting();
  await tenant.act('collector', takePromise, {
    items: [
      { itemId: large.invoice.itemId, on: day('2026-03-02'), amount: { minor: 1_00n, currency: 'EUR' } },
    ],
    way: 'phone',
  });
  const { disputeId } = await tenant.act('collector', openDispute, {
    items: [{ itemId: middle.invoice.itemId, amount: { minor: 1_00n, currency: 'EUR' } }],
    reason: 'pricing',
  });
  tenant.on('2026-03-06');
  assert.equal((await namesOf(tenant)).length, 3);
  for (const { customerId } of [large, middle, small]) await finish(customerId, PHONED);
  assert.deepEqual(await namesOf(tenant), []);
  await tenant.act('controller', closeDispute, { disputeId, outcome: 'invalid' });
  assert.deepEqual(await namesOf(tenant), ['Middle']);
  await tenant.act('owner', recordBreaks, {});
  assert.deepEqual((await namesOf(tenant)).toSorted(), ['Large', 'Middle']);
  await finish(middle.customerId);
  assert.deepEqual(await namesOf(tenant), ['Large'], 'done again, it stays off');
  tenant.on('2026-03-07');
  assert.equal((await namesOf(tenant)).length, 3, 'another day');
  assert.equal((await listOf(tenant)).doneToday, 0);
  assert.ok(companyId);
});

test('a call puts an account off until its next day; money that comes meanwhile takes it off', async () => {
  const { tenant, companyId, large, finish } = await setting();
  await finish(large.customerId, { ...PHONED, outcome: 'call_back', nextOn: day('2026-03-09') });
  tenant.on('2026-03-08');
  assert.deepEqual(await namesOf(tenant), ['Middle', 'Small']);
  assert.ok((await namesOf(tenant, { withHidden: 'true' })).includes('Large'));
  tenant.on('2026-03-09');
  const [first] = (await listOf(tenant)).rows;
  assert.equal(first?.customer.name, 'Large');
  assert.ok(first?.reasons.some((one) => one.name === 'The day to look again has come'));
  const payment = await aPayment(tenant, {
    companyId,
    customerId: large.customerId,
    minor: 20_000_00n,
    receivedOn: '2026-03-09',
  });
  await tenant.act('cash_applier', applyPayment, {
    paymentId: payment.paymentId as PaymentId,
    allocations: [{ itemId: large.invoice.itemId, amount: { minor: 20_000_00n, currency: 'EUR' } }],
  });
  assert.deepEqual(await namesOf(tenant), ['Middle', 'Small']);
});

test('accounts are put off until a day for a reason, and are back on it, when woken, or when a promise breaks', async () => {
  const { tenant, companyId, large, middle } = await setting();
  await listOf(tenant);
  const accounts = [large, middle].map(({ customerId }) => ({ companyId, customerId }));
  const snooze = (until?: string, reason?: string) =>
    tenant.act('collector', snoozeAccounts, { accounts, until: until ? day(until) : undefined, reason });
  await refusesWithoutTrace(tenant, 'snooze_reason_missing', () => snooze('2026-03-10'));
  await refusesWithoutTrace(tenant, 'snooze_past', () => snooze('2026-03-02', 'x'));
  await refusesWithoutTrace(tenant, 'snooze_too_long', () => snooze('2026-09-01', 'x'));
  await snooze('2026-03-10', 'Payment run on the 9th');
  assert.deepEqual(await namesOf(tenant), ['Small']);
  const hidden = (await listOf(tenant, { withHidden: 'true' })).rows[0];
  assert.deepEqual([hidden?.snoozedUntil, hidden?.snoozeReason], ['2026-03-10', 'Payment run on the 9th']);
  await snooze();
  assert.equal((await namesOf(tenant)).length, 3);
  await snooze('2026-03-10', 'Again');
  tenant.on('2026-03-10');
  assert.equal((await namesOf(tenant)).length, 3);
  const nobody = await aCustomer(tenant);
  await refusesWithoutTrace(tenant, 'account_not_listed', () =>
    tenant.act('collector', snoozeAccounts, {
      accounts: [{ companyId, customerId: nobody }],
      until: day('2026-03-20'),
      reason: 'x',
    }),
  );
});

test('collectors who take the next account at the same time get different ones', async () => {
  const { tenant, owing } = await setting();
  for (let n = 0; n < RACERS; n += 1) await owing(`More ${n}`, 70_00n);
  await listOf(tenant);
  const taken: string[] = [];
  const racer = (role: 'owner' | 'controller' | 'collector') => async () => {
    const person = {
      ...tenant.as(role),
      actor: { kind: 'user', id: crypto.randomUUID(), name: 'One' } as const,
    };
    const { next } = await carryOut(tenant.door, person, takeNext, { rank: 'points', whose: 'all' });
    taken.push(next?.customerId ?? 'none');
  };
  const { won } = await race(
    tenant,
    Array.from({ length: RACERS }, () => racer('collector')),
  );
  assert.equal(won, RACERS);
  assert.equal(new Set(taken).size, RACERS, taken.join());
  assert.ok(!taken.includes('none'));
});

test('an account in hand is nobody else’s for a while, and is laid down by taking another', async () => {
  const { tenant, companyId, large, middle, finish } = await setting();
  await listOf(tenant);
  const next = (passed?: { companyId: typeof companyId; customerId: CustomerId }[]) =>
    tenant.act('collector', takeNext, { rank: 'points', whose: 'all', passed });
  assert.equal((await next()).next?.customerId, large.customerId);
  const other = (customerId: CustomerId) => tenant.act('controller', takeOne, { companyId, customerId });
  await refusesWithoutTrace(tenant, 'account_in_hand', () => other(large.customerId));
  await refusesWithoutTrace(tenant, 'account_in_hand', () =>
    tenant.act('controller', finishAccount, { companyId, customerId: large.customerId }),
  );
  assert.equal(
    (await next([{ companyId, customerId: large.customerId }])).next?.customerId,
    middle.customerId,
  );
  await other(large.customerId);
  await finish(middle.customerId, PHONED);
  tenant.on('2026-03-03');
  assert.equal(
    (await listOf(tenant)).rows.every((row) => row.inHandOf === null),
    true,
    'a day later nobody has any',
  );
});

test('what is handed out still stands on the list: money that came since is seen', async () => {
  const { tenant, companyId, large, middle } = await setting();
  await listOf(tenant);
  await aPayment(tenant, {
    companyId,
    customerId: large.customerId,
    minor: 20_000_00n,
    receivedOn: '2026-03-02',
  });
  const { next } = await tenant.act('collector', takeNext, { rank: 'points', whose: 'all' });
  assert.equal(next?.customerId, middle.customerId);
});

test('accounts that hardly anybody pays of, however old, are handed out with a value', async () => {
  const { tenant, companyId } = await setting();
  const customerId = await aCustomer(tenant, { name: 'Old' });
  for (let n = 0; n < 10; n += 1)
    await anInvoice(tenant, {
      companyId,
      customerId,
      minor: 50_000_00n,
      issuedOn: '2024-01-10',
      dueOn: '2024-02-09',
    });
  const [anew] = (await listOf(tenant)).rows;
  const { next } = await tenant.act('collector', takeNext, { rank: 'points', whose: 'all' });
  assert.equal(next?.customerId, customerId);
  const [alone] = (await listOf(tenant)).rows;
  assert.deepEqual(alone?.expected, anew?.expected);
});

test('rules are stated in versions, and the list follows them', async () => {
  const { tenant } = await setting();
  await listOf(tenant);
  await tenant.act('controller', setRules, {
    rules: [{ name: 'Small ones first', when: 'overdue', amount: 0, points: 1 }],
    note: 'Trial',
  });
  const { rows, rules } = await listOf(tenant);
  assert.equal(rules, 1);
  assert.deepEqual([...new Set(rows.map((row) => row.points))], [1]);
  const { won, codes } = await raceHeld(
    tenant,
    Array.from(
      { length: RACERS },
      () => () => tenant.act('controller', setRules, { rules: [{ name: 'A', when: 'next_day', points: 1 }] }),
    ),
  );
  assert.equal(won, 1);
  assert.deepEqual([...new Set(codes)], ['worklist_rules_changed']);
});

test('the list of many customers looked at anew one by one is the list made anew as a whole', async () => {
  const { tenant, companyId, large, small, finish, owing } = await setting();
  await listOf(tenant);
  await owing('New', 5_000_00n);
  await finish(small.customerId, { ...PHONED, outcome: 'no_answer' });
  await aPayment(tenant, {
    companyId,
    customerId: large.customerId,
    minor: 7_000_00n,
    receivedOn: '2026-03-02',
  });
  const rows = () =>
    inTenant(tenant.pool, tenant.tenantId, async (tx) => {
      await refreshList(tx, tenant.as('collector'));
      const { rows } = await readList(tx, tenant.as('collector'), { ...ALL, withHidden: 'true' });
      return rows.map(({ inHandOf: _inHandOf, ...row }) => row);
    });
  const anew = await rows();
  await tenant.act('controller', setRules, { rules: FIRST_RULES });
  assert.deepEqual(await rows(), anew);
});

test('a step that waits for a person counts for its account, a mail that waits for an answer for each account of its customer', async () => {
  const { tenant, companyId, middle, small } = await setting();
  const now = tenant.clock();
  await inTenant(tenant.pool, tenant.tenantId, async (tx) => {
    tx.write(sql`insert into inbox_conversation (tenant_id, id, customer_id, subject, state, waiting_since, last_at, version, begun_at)
      values (${tenant.tenantId}, ${newId()}, ${small.customerId}, 'Your invoice', 'open', ${now}, ${now}, 1, ${now})`);
    tx.write(sql`insert into task (tenant_id, id, kind, cause, company_id, customer_id, seen, is_urgent, minutes, due_at, escalate_at,
        made_by, recorded_at, state, assigned_how)
      values (${tenant.tenantId}, ${newId()}, 'step_for_person', 'x', ${companyId}, ${middle.customerId}, '{}', false, 5, ${now}, ${now},
        'system', ${now}, 'open', 'nobody')`);
  });
  const { rows } = await listOf(tenant);
  const why = (name: string) =>
    Object.fromEntries(
      rows.find((row) => row.customer.name === name)?.reasons.map((one) => [one.name, one.seen]) ?? [],
    );
  assert.equal(why('Small')['A reply waits for an answer'], '2026-03-02');
  assert.equal(why('Small')['A step waits for a person'], undefined);
  assert.equal(why('Middle')['A step waits for a person'], '1');
  assert.equal(why('Large')['A reply waits for an answer'], undefined);
});

test('a list made in steps is whole after the last one, and the list made at once', async () => {
  const { tenant, companyId, large, owing } = await setting();
  for (const name of ['A', 'B', 'C', 'D']) await owing(name, 50_00n);
  const at = tenant.as('collector');
  const step = (customers?: number) =>
    inTenant(tenant.pool, tenant.tenantId, (tx) => refreshList(tx, at, customers));
  const listed = () => inTenant(tenant.pool, tenant.tenantId, (tx) => readList(tx, at, ALL));
  const steps = [await step(3)];
  const begun = await listed();
  assert.deepEqual([begun.isWhole, begun.rows.length], [false, 3]);
  const killed = inTenant(tenant.pool, tenant.tenantId, async (tx) => {
    assert.equal((await refreshList(tx, at, 3)).written, 3);
    throw new Error('killed');
  });
  await assert.rejects(killed, /killed/);
  assert.deepEqual(
    await listed(),
    begun,
    'the step of whoever was killed left nothing, and the next does it again',
  );
  // What happens while the list is made is seen with its customer, or by the next refresh where that one was looked at already.
  await owing('E', 5_000_00n);
  await aPayment(tenant, {
    companyId,
    customerId: large.customerId,
    minor: 20_000_00n,
    receivedOn: '2026-03-02',
  });
  while (!steps.at(-1)?.isWhole) steps.push(await step(3));
  assert.deepEqual(
    steps.map((one) => one.written),
    [3, 3, 2],
  );
  assert.equal((await listed()).isWhole, true);
  await step(3);
  const inSteps = await listed();
  assert.ok(!inSteps.rows.some((row) => row.customer.name === 'Large'));
  await tenant.act('controller', setRules, { rules: FIRST_RULES });
  assert.deepEqual(await step(), { written: 7, isWhole: true });
  assert.deepEqual((await listed()).rows, inSteps.rows);
});

test('an account is read, taken and finished over HTTP, a promise with the call', async () => {
  const { tenant, companyId, large } = await setting();
  const ask = await serveTo(tenant, routes);
  assert.equal((await ask('viewer', contract.refreshWorklist, {})).status, 403);
  assert.equal((await ask('collector', contract.refreshWorklist, {})).reply.written, 3);
  const list = await ask('viewer', contract.listWorklist, { query: { whose: 'unowned', rank: 'expected' } });
  assert.equal(list.reply.rows.length, 3);
  assert.equal(
    (await ask('viewer', contract.listWorklist, { query: { whose: 'mine' } })).reply.rows.length,
    0,
  );
  assert.equal(
    (await ask('viewer', contract.listWorklist, { query: { after: 'a,b,c,d' } })).code,
    'bad_input',
  );
  const params = { companyId, customerId: large.customerId };
  const { reply } = await ask('viewer', contract.readWorklistAccount, { params });
  assert.equal(reply.action, 'find_number');
  assert.match(reply.script.text, /€20,000\.00.*20 days/);
  assert.equal((await ask('collector', contract.takeAccount, { params })).status, 200);
  const passed = [params];
  assert.ok((await ask('collector', contract.takeNextAccount, { body: { passed } })).reply.next);
  const done = await ask('collector', contract.finishAccount, {
    params,
    body: { call: { outcome: 'promised', promise: { on: '2026-03-10' } } },
  });
  assert.equal(done.status, 200, JSON.stringify(done.reply));
  assert.equal(done.reply.call?.promise?.amount.amount, '20000.00');
  const snooze = await ask('collector', contract.snoozeAccounts, {
    body: {
      accounts: [{ companyId, customerId: list.reply.rows[2]?.customer.id ?? '' }],
      until: '2026-03-05',
      reason: 'x',
    },
  });
  assert.equal(snooze.reply.changed, 1);
  assert.equal((await ask('viewer', contract.readWorklistRules, {})).reply.number, 0);
  const rules = [{ name: 'A', when: 'overdue' as const, points: 1 }];
  assert.equal(
    (await ask('controller', contract.setWorklistRules, { body: { rules } })).code,
    'worklist_rules_not_valid',
  );
});
