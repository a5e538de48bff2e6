import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { openDispute } from '#disputes/open-dispute.ts';
import { CONDITION_CODES } from '#escalation/condition.ts';
import { handOverItems } from '#escalation/hand-over-items.ts';
import { parseDate } from '#kernel/calendar.ts';
import { type ItemId, newId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { unapplyPayment } from '#payments/unapply-payment.ts';
import { takePromise } from '#promises/take-promise.ts';
import { recoverWriteOff } from '#recoveries/recover-write-off.ts';
import { putWriteOffLimit } from '#writeoffs/change-limit.ts';
import { undoWriteOff } from '#writeoffs/undo-write-off.ts';
import { writeOffItems } from '#writeoffs/write-off-items.ts';
import { anOffice, ask as askFor, decide, see } from '../../test/support/approvals.ts';
import { serveTo } from '../../test/support/ask.ts';
import { checkBooks, refusesWithoutTrace } from '../../test/support/books.ts';
import {
  aCompany,
  aCustomer,
  aLine,
  anInvoice,
  aPayment,
  type BuiltPayment,
  itemsOf,
} from '../../test/support/builders.ts';
import { RACERS, race } from '../../test/support/race.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { routes } from './routes.ts';
import { runWriteOffs } from './run-write-offs.ts';
import { startWriteOffRun } from './start-write-off-run.ts';
import { undoWriteOffRun } from './undo-write-off-run.ts';

const eur = (minor: bigint) => money(minor, 'EUR');

/** A company whose small balances are looked at in March, all due on 1 February. */
async function setting(given: { readonly country?: string } = {}) {
  const tenant = await newTenant({ on: '2026-03-10' });
  const companyId = await aCompany(tenant, given);
  const ask = await serveTo(tenant, routes);
  const owe = (minor: bigint, more: object = {}) => anInvoice(tenant, { companyId, minor, ...more });
  const plan = async (body: object = {}) =>
    (
      await ask('controller', contract.planWriteOffRun, {
        body: { companyId, kind: 'small_balance', ...body } as never,
      })
    ).reply;
  const start = async (items: readonly (readonly [ItemId, bigint])[], more: object = {}) =>
    (
      await tenant.act('controller', startWriteOffRun, {
        companyId,
        kind: 'small_balance',
        reason: 'not worth a letter',
        items: items.map(([itemId, minor]) => ({ itemId, amount: eur(minor) })),
        ...more,
      })
    ).runId;
  const work = (runId: string, door = tenant.door) =>
    runWriteOffs({ door, contextOf: async () => tenant.as('owner') }, { tenantId: tenant.tenantId, runId });
  const read = async (runId: string) =>
    (await ask('viewer', contract.getWriteOffRun, { params: { runId } })).reply;
  const itemsIn = async (runId: string, show: 'all' | 'left_out' | 'kept' = 'all') =>
    (await ask('viewer', contract.listWriteOffRunItems, { params: { runId }, query: { show } })).reply.rows;
  return { tenant, companyId, ask, owe, plan, start, work, read, itemsIn };
}

const openOf = async (tenant: TestTenant, documentId: string) =>
  (await itemsOf(tenant, documentId))[0]?.open.minor;

test('a rule means what is late enough and small enough in its currency, the longest due first', async () => {
  const { plan, owe, tenant } = await setting();
  const old = await owe(3_00n, { dueOn: '2026-01-15' });
  const small = await owe(5_00n);
  await owe(5_01n);
  await owe(2_00n, { dueOn: '2026-03-09' });
  await owe(1_00n, { currency: 'USD' }).catch(() => undefined);
  const { rows, isMore } = await plan({ overdueDaysMin: 30, upTo: [{ amount: '5.00', currency: 'EUR' }] });
  assert.deepEqual(
    rows.map((row) => [row.itemId, row.open.amount, row.daysLate, row.obstacle]),
    [
      [old.itemId, '3.00', 54, null],
      [small.itemId, '5.00', 37, null],
    ],
  );
  assert.equal(isMore, false);
  const ofOne = await plan({ customerId: old.customerId, itemKind: 'invoice' });
  assert.deepEqual(
    ofOne.rows.map((row) => row.reference),
    [old.number],
  );
  assert.deepEqual((await plan({ itemKind: 'charge' })).rows, []);
  assert.equal((await tenant.events()).filter((e) => e.type.startsWith('write_off')).length, 0);
});

test('looking says what tax comes back of each item, and what one may not write off alone', async () => {
  const { tenant, companyId, plan } = await setting({ country: 'DE' });
  await anInvoice(tenant, { companyId, lines: [aLine(100_00n, 19n)] });
  await anInvoice(tenant, { companyId, lines: [aLine(10_00n, 19n)] });
  await tenant.act('owner', putWriteOffLimit, {
    companyId,
    role: 'controller',
    currency: 'EUR',
    stance: 'limit',
    amountMax: eur(50_00n),
    validFrom: parseDate('2026-01-01'),
  });
  const { rows } = await plan({ kind: 'bad_debt', facts: { insolvency: true } });
  assert.deepEqual(
    rows.map((row) => [row.open.amount, row.relief.state, row.relief.tax.amount, row.isWithinLimit]),
    [
      ['119.00', 'claimed', '19.00', false],
      ['11.90', 'claimed', '1.90', true],
    ],
  );
  const small = await plan({});
  assert.deepEqual(
    small.rows.map((row) => [row.relief.gap, row.isWithinLimit]),
    [
      ['not_bad_debt', false],
      ['not_bad_debt', true],
    ],
  );
});

/** Five items that stand in the way, each of its own customer, and one that does not. */
async function inTheWay(set: Awaited<ReturnType<typeof setting>>) {
  const { tenant, companyId, owe } = set;
  const [free, disputed, promised, handed, credited] = [
    await owe(4_00n),
    await owe(4_00n),
    await owe(4_00n),
    await owe(4_00n),
    await owe(4_00n),
  ];
  return {
    free,
    disputed,
    promised,
    handed,
    credited,
    happen: async () => {
      await tenant.act('collector', openDispute, {
        items: [{ itemId: disputed.itemId, amount: eur(1_00n) }],
        reason: 'quality',
      });
      await tenant.act('collector', takePromise, {
        items: [{ itemId: promised.itemId, on: parseDate('2026-03-20') }],
        way: 'phone',
      });
      await tenant.act('controller', handOverItems, {
        companyId,
        customerId: handed.customerId,
        route: 'legal',
        itemIds: [handed.itemId],
        interest: 'goes_on',
        accepting: [...CONDITION_CODES],
        note: 'wound up',
      });
      await aPayment(tenant, { companyId, customerId: credited.customerId, minor: 50n });
    },
  };
}

test('what is disputed, promised, handed over or has credit beside it is left out, looked at and at its turn', async () => {
  const set = await setting();
  const { plan, start, work, itemsIn, read, tenant } = set;
  const { happen, free, ...others } = await inTheWay(set);
  const all = [free, others.disputed, others.promised, others.handed, others.credited];
  const runId = await start(all.map(({ itemId }) => [itemId, 4_00n]));
  const waits = (await plan({})).rows.map((row) => row.obstacle);
  assert.deepEqual([...new Set(waits)], ['in_run']);
  await happen();
  await work(runId);
  assert.deepEqual(
    (await itemsIn(runId)).map((row) => [row.outcome, row.obstacle?.code]),
    [
      ['written_off', undefined],
      ['left_out', 'disputed'],
      ['left_out', 'promised'],
      ['left_out', 'handed_over'],
      ['left_out', 'money_waits'],
    ],
  );
  assert.match((await itemsIn(runId, 'left_out'))[0]?.obstacle?.message ?? '', /Decide the dispute/);
  const rows = (await plan({})).rows;
  assert.deepEqual(rows.map((row) => row.obstacle).sort(), [
    'disputed',
    'handed_over',
    'money_waits',
    'promised',
  ]);
  const run = await read(runId);
  assert.deepEqual(
    [run.state, run.writtenOff, run.leftOut, run.amounts],
    [
      'done',
      1,
      4,
      [
        {
          asked: { amount: '20.00', currency: 'EUR' },
          writtenOff: { amount: '4.00', currency: 'EUR' },
          standing: { amount: '4.00', currency: 'EUR' },
        },
      ],
    ],
  );
  await checkBooks(tenant);
});

test('what was paid in part since somebody looked is left alone, never written off in another amount', async () => {
  const { tenant, companyId, owe, start, work, itemsIn } = await setting();
  const invoice = await owe(9_00n);
  const runId = await start([[invoice.itemId, 9_00n]]);
  const { paymentId } = await aPayment(tenant, { companyId, customerId: invoice.customerId, minor: 4_00n });
  await tenant.act('cash_applier', applyPayment, {
    paymentId,
    allocations: [{ itemId: invoice.itemId, amount: eur(4_00n) }],
  });
  await work(runId);
  const [row] = await itemsIn(runId);
  assert.deepEqual(
    [row?.obstacle?.code, row?.obstacle?.facts],
    ['changed', { open: '5.00', looked: '9.00' }],
  );
  assert.equal(await openOf(tenant, invoice.invoiceId), 5_00n);
});

/** Races a run with something that is done to each of its items. */
async function raceWith(
  set: Awaited<ReturnType<typeof setting>>,
  deed: (itemId: ItemId) => Promise<unknown>,
) {
  const { tenant, companyId, start, work, itemsIn } = set;
  const customerId = await aCustomer(tenant);
  const invoices = [];
  for (let n = 0; n < RACERS - 1; n += 1)
    invoices.push(await anInvoice(tenant, { companyId, customerId, minor: 9_00n }));
  const runId = await start(invoices.map(({ itemId }) => [itemId, 9_00n]));
  const done = new Set<string>();
  await race(tenant, [
    () => work(runId),
    ...invoices.map(
      ({ itemId }) =>
        () =>
          deed(itemId).then(() => done.add(itemId)),
    ),
  ]);
  const written = (await itemsIn(runId)).filter((row) => row.outcome === 'written_off');
  return { invoices, done, written: new Set(written.map((row) => row.itemId)) };
}

test('of a run and an application of money at the same moment one has the item, never both', async () => {
  const set = await setting();
  const { tenant, companyId } = set;
  const payments: BuiltPayment[] = [];
  for (let n = 0; n < RACERS; n += 1) payments.push(await aPayment(tenant, { companyId, minor: 9_00n }));
  const { invoices, done, written } = await raceWith(set, async (itemId) =>
    tenant.act('cash_applier', applyPayment, {
      paymentId: (payments.pop() ?? assert.fail()).paymentId,
      allocations: [{ itemId, amount: eur(9_00n) }],
    }),
  );
  for (const { itemId } of invoices) assert.equal(done.has(itemId), !written.has(itemId));
  await checkBooks(tenant);
});

test('what is disputed at the moment its turn comes is not written off as well', async () => {
  const set = await setting();
  const { invoices, done, written } = await raceWith(set, (itemId) =>
    set.tenant.act('collector', openDispute, { items: [{ itemId }], reason: 'quality' }),
  );
  for (const { itemId } of invoices) assert.equal(done.has(itemId), !written.has(itemId));
});

test('a run whose worker was killed goes on where it was, and two workers over one run write nothing off twice', async () => {
  const { tenant, owe, start, work, read, itemsIn } = await setting();
  const invoices = [];
  for (let n = 0; n < 10; n += 1) invoices.push(await owe(2_00n));
  const runId = await start(invoices.map(({ itemId }) => [itemId, 2_00n]));
  let left = 6;
  const dying = {
    ...tenant.door,
    get pool() {
      left -= 1;
      if (left < 0) throw new Error('killed');
      return tenant.pool;
    },
  };
  await assert.rejects(work(runId, dying), /killed/);
  const half = await read(runId);
  assert.equal(half.state, 'running');
  assert.ok(half.writtenOff > 0 && half.waiting > 0, JSON.stringify(half));
  await Promise.all([work(runId), work(runId), work(runId)]);
  const run = await read(runId);
  assert.deepEqual([run.state, run.writtenOff, run.waiting], ['done', 10, 0]);
  const numbers = (await itemsIn(runId)).map((row) => row.writeOff?.number);
  assert.equal(new Set(numbers).size, 10);
  assert.equal((await checkBooks(tenant))['small-differences'], 20_00n);
  assert.equal((await tenant.events()).filter((e) => e.type === 'write_off_run.ended').length, 1);
});

test('an item that the books refuse keeps why, and the others are written off', async () => {
  const { tenant, owe, start, work, itemsIn, companyId } = await setting();
  const one = await owe(2_00n);
  const two = await owe(3_00n);
  const runId = await start([
    [one.itemId, 2_00n],
    [two.itemId, 3_00n],
  ]);
  const patient = { ...tenant.door };
  const series = (kind: string) =>
    inTenant(tenant.pool, tenant.tenantId, async (tx) => {
      await tx.run(sql`update number_series set document_kind = ${kind}
        where tenant_id = ${tx.tenantId} and company_id = ${companyId} and document_kind in ('write_off', 'hidden')`);
    });
  await series('hidden');
  await work(runId, patient);
  assert.deepEqual(
    (await itemsIn(runId)).map((row) => row.obstacle?.code),
    ['series_not_found', 'series_not_found'],
  );
  assert.match((await itemsIn(runId))[0]?.obstacle?.message ?? '', /number series/);
  await series('write_off');
  const again = await start([[one.itemId, 2_00n]]);
  await work(again);
  assert.equal((await itemsIn(again))[0]?.outcome, 'written_off');
});

test('taken back, everything is open as it was; what money came for stays and can be tried again', async () => {
  const { tenant, companyId, owe, start, work, read, itemsIn } = await setting();
  const [one, two, three] = [await owe(2_00n), await owe(3_00n), await owe(4_00n)];
  const before = await itemsOf(tenant, one.invoiceId);
  const runId = await start([
    [one.itemId, 2_00n],
    [two.itemId, 3_00n],
    [three.itemId, 4_00n],
  ]);
  await refusesWithoutTrace(tenant, 'write_off_run_working', () =>
    tenant.act('controller', undoWriteOffRun, { runId, reason: 'too soon' }),
  );
  await work(runId);
  const idOf = async (itemId: string) =>
    (await itemsIn(runId)).find((row) => row.itemId === itemId)?.writeOff?.writeOffId ?? '';
  await tenant.act('controller', undoWriteOff, {
    writeOffId: await idOf(three.itemId),
    reason: 'this one alone',
  });
  const { paymentId } = await aPayment(tenant, { companyId, customerId: two.customerId, minor: 3_00n });
  const recovered = await tenant.act('cash_applier', recoverWriteOff, {
    paymentId,
    items: [{ writeOffId: await idOf(two.itemId), itemId: two.itemId, amount: eur(3_00n) }],
  });
  assert.equal(recovered.recoveries.length, 1);
  await tenant.act('controller', undoWriteOffRun, { runId, reason: 'wrong rule' });
  await work(runId);
  assert.deepEqual(await itemsOf(tenant, one.invoiceId), before);
  const [kept, more] = await itemsIn(runId, 'kept');
  assert.deepEqual([kept?.itemId, kept?.kept?.code, more], [two.itemId, 'write_off_recovered', undefined]);
  const run = await read(runId);
  assert.deepEqual(
    [run.state, run.standing, run.undo?.reason, run.may.undo],
    ['undone', 1, 'wrong rule', 'not_permitted'],
  );
  await tenant.act('controller', unapplyPayment, { paymentId });
  await tenant.act('controller', undoWriteOff, { writeOffId: await idOf(two.itemId), reason: 'by hand' });
  assert.deepEqual(await itemsIn(runId, 'kept'), [], 'what somebody took back since is not kept');
  assert.ok((await itemsIn(runId)).every((row) => row.kept === null && row.writeOff?.isUndone));
  await checkBooks(tenant);
});

test('what was taken back once can be taken back again only as far as something stands', async () => {
  const { tenant, owe, start, work } = await setting();
  const one = await owe(2_00n);
  const runId = await start([[one.itemId, 2_00n]]);
  await work(runId);
  await tenant.act('controller', undoWriteOffRun, { runId, reason: 'x' });
  await Promise.all([work(runId), work(runId)]);
  await refusesWithoutTrace(tenant, 'nothing_to_undo', () =>
    tenant.act('controller', undoWriteOffRun, { runId, reason: 'again' }),
  );
  const undone = (await tenant.events()).filter((e) => e.type === 'write_off.undone');
  assert.equal(undone.length, 1);
});

test('what cannot be started is refused and leaves no trace; an item waits in one run only', async () => {
  const { tenant, companyId, owe, start } = await setting();
  const { itemId } = await owe(2_00n);
  const refused = (code: string, items: readonly (readonly [ItemId, bigint])[], more: object = {}) =>
    refusesWithoutTrace(tenant, code, () => start(items, more));
  await refused('item_not_found', [[newId(), 1n]]);
  await refused('item_named_twice', [
    [itemId, 2_00n],
    [itemId, 2_00n],
  ]);
  await refused('amount_not_positive', [[itemId, 0n]]);
  await refused('wrong_currency', [], { items: [{ itemId, amount: money(2_00n, 'USD') }] });
  const payment = await aPayment(tenant, { companyId });
  await refused('not_an_invoice', [[payment.itemId, 100_00n]]);
  await refused('item_of_other_company', [[itemId, 2_00n]], { companyId: await aCompany(tenant) });
  await refused('company_not_found', [[itemId, 2_00n]], { companyId: newId() });
  await refusesWithoutTrace(tenant, 'not_permitted', () =>
    tenant.act('cash_applier', startWriteOffRun, {
      companyId,
      kind: 'goodwill',
      reason: 'x',
      items: [{ itemId, amount: eur(2_00n) }],
    }),
  );
  await start([[itemId, 2_00n]]);
  await refused('item_in_run', [[itemId, 2_00n]]);
  const other = await owe(5_00n);
  const outcome = await race(
    tenant,
    Array.from({ length: RACERS }, () => () => start([[other.itemId, 5_00n]])),
  );
  assert.deepEqual([outcome.won, new Set(outcome.codes)], [1, new Set(['item_in_run'])]);
});

test('one approval covers the whole run, with every item and amount; then it starts in the name of who asked', async () => {
  const { tenant, carl, cora, colin } = await anOffice(['write_off']);
  const companyId = await aCompany(tenant);
  const one = await anInvoice(tenant, { companyId, minor: 400_00n });
  const two = await anInvoice(tenant, { companyId, minor: 300_00n });
  const body = {
    companyId,
    kind: 'bad_debt',
    reason: 'insolvent',
    items: [one, two].map(({ itemId }, n) => ({
      itemId,
      amount: { amount: n === 0 ? '400' : '300', currency: 'EUR' },
    })),
  };
  const request = await askFor(tenant, colin.now(), { operation: contract.startWriteOffRun.id, body });
  const seen = await see(tenant, carl.now(), request.approvalId);
  assert.deepEqual(
    [seen.versions[0]?.amounts, seen.versions[0]?.parts.map((part) => part.label)],
    [[{ amount: '700.00', currency: 'EUR' }], [one.number, two.number]],
  );
  // What is written off alone meanwhile does not undo what others decide about the rest.
  await tenant.act('owner', writeOffItems, {
    kind: 'bad_debt',
    reason: 'x',
    items: [{ itemId: two.itemId }],
  });
  await decide(tenant, cora.now(), request);
  const runId = tenant.jobs.map((job) => job.payload.runId).findLast((id) => id !== undefined) as string;
  await runWriteOffs(
    { door: tenant.door, contextOf: async () => tenant.as('owner') },
    { tenantId: tenant.tenantId, runId },
  );
  const ask = await serveTo(tenant, routes);
  const run = (await ask('viewer', contract.getWriteOffRun, { params: { runId } })).reply;
  assert.deepEqual([run.startedBy, run.writtenOff, run.leftOut], ['Colin Collector', 1, 1]);
  const runs = (await ask('viewer', contract.listWriteOffRuns, {})).reply.runs;
  assert.deepEqual(
    runs.map((each) => each.runId),
    [runId],
  );
  const posted = (await tenant.events()).filter((e) => e.type === 'write_off.posted').at(-1);
  assert.equal(posted?.actor, `user:${colin.userId}`);
  await checkBooks(tenant);
});

test('the items of a run are read page by page', async () => {
  const { owe, start, ask } = await setting();
  const items = [await owe(1_00n), await owe(1_00n), await owe(1_00n)];
  const runId = await start(items.map(({ itemId }) => [itemId, 1_00n]));
  const page = (query: object) =>
    ask('viewer', contract.listWriteOffRunItems, { params: { runId }, query: query as never });
  const first = (await page({ limit: 2 })).reply;
  const second = (await page({ limit: 2, after: first.next })).reply;
  assert.deepEqual(
    [...first.rows, ...second.rows].map((row) => row.itemId),
    items.map(({ itemId }) => itemId),
  );
  assert.equal(second.next, null);
  assert.equal((await page({ after: 'x' })).code, 'bad_input');
  const nowhere = { params: { runId: crypto.randomUUID() }, query: {} };
  assert.equal((await ask('viewer', contract.listWriteOffRunItems, nowhere)).code, 'write_off_run_not_found');
  assert.equal((await ask('viewer', contract.getWriteOffRun, nowhere)).code, 'write_off_run_not_found');
});
