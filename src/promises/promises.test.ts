import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { openDispute } from '#disputes/open-dispute.ts';
import { creditInvoice } from '#invoicing/credit-invoice.ts';
import { parseDate } from '#kernel/calendar.ts';
import { type ItemId, newId, type PaymentId } from '#kernel/id.ts';
import { PROMISES_LOOKED_AT_MAX } from '#kernel/limits.ts';
import { money } from '#kernel/money.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { unapplyPayment } from '#payments/unapply-payment.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, aLine, anInvoice, aPayment, aRate } from '../../test/support/builders.ts';
import { RACERS, race } from '../../test/support/race.ts';
import { aReader, leftOut, remindOn, sendReminders, stepsSaid } from '../../test/support/reminders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { readPromisedOf, readStandings } from './read-standings.ts';
import { recordBreaks, setTolerance } from './record-breaks.ts';
import { routes } from './routes.ts';
import { findStates } from './store-standings.ts';
import { type TakePromise, takePromise } from './take-promise.ts';
import { withdrawPromise } from './withdraw-promise.ts';

const eur = (minor: bigint) => money(minor, 'EUR');
const day = parseDate;

/** A customer that owes 1000.00, due since 9 February 2026; today is 2 March. */
async function setting() {
  const tenant = await newTenant({ on: '2026-03-02' });
  const companyId = await aCompany(tenant, { email: 'ar@creditor.example' });
  const customerId = await aReader(tenant, { name: 'Buyer AG' });
  const owe = (minor = 1_000_00n, given: { readonly currency?: string } = {}) =>
    anInvoice(tenant, {
      companyId,
      customerId,
      minor,
      issuedOn: '2026-01-10',
      dueOn: '2026-02-09',
      ...given,
    });
  const invoice = await owe();
  const promise = (
    on: string,
    minor?: bigint,
    itemId: ItemId = invoice.itemId,
    more: Partial<TakePromise> = {},
  ) =>
    tenant.act('collector', takePromise, {
      items: [{ itemId, on: day(on), ...(minor === undefined ? {} : { amount: eur(minor) }) }],
      way: 'phone',
      ...more,
    });
  const pay = async (minor: bigint, receivedOn: string, itemId: ItemId = invoice.itemId) => {
    const { paymentId } = await aPayment(tenant, { companyId, customerId, minor, receivedOn });
    await tenant.act('cash_applier', applyPayment, {
      paymentId,
      allocations: [{ itemId, amount: eur(minor) }],
    });
    return paymentId as PaymentId;
  };
  const standing = (id: string) =>
    inTenant(tenant.pool, tenant.tenantId, async (tx) => {
      const [found] = await readStandings(tx, { ids: [id], limit: 1 }, tenant.as('viewer').today);
      return found?.standing;
    });
  const state = async (id: string) => (await standing(id))?.state;
  return { tenant, companyId, customerId, invoice, owe, promise, pay, standing, state };
}

/** Something that happens to a customer with three invoices. */
const someAct = fc.record({
  what: fc.constantFrom('promise', 'promise', 'promise_all', 'pay', 'pay', 'wait', 'wait', 'withdraw'),
  which: fc.nat(2),
  days: fc.nat(9),
  minor: fc.constantFrom(40_00n, 100_00n, 150_00n),
});

test('money received in time keeps a promise, though it is applied later; taken back, it is broken again', async () => {
  const { tenant, promise, pay, state } = await setting();
  const { promiseId, level, amount } = await promise('2026-03-10');
  assert.equal(level, 1);
  assert.deepEqual(amount, { amount: '1000.00', currency: 'EUR' });
  tenant.on('2026-03-20');
  assert.equal(await state(promiseId), 'broken');
  const paymentId = await pay(1_000_00n, '2026-03-12');
  assert.equal(await state(promiseId), 'kept');
  await tenant.act('cash_applier', unapplyPayment, { paymentId });
  assert.equal(await state(promiseId), 'broken');
});

test('money that came too late does not keep it, and how late is too late is for the company to say', async () => {
  const { tenant, companyId, promise, pay, state } = await setting();
  const { promiseId } = await promise('2026-03-10', 400_00n);
  tenant.on('2026-03-18');
  await pay(400_00n, '2026-03-16');
  assert.equal(await state(promiseId), 'broken');
  await tenant.act('owner', setTolerance, { companyId, days: 6 });
  assert.equal(await state(promiseId), 'kept');
});

test('a credit note takes what was not promised first, and then relieves the promise', async () => {
  const { tenant, invoice, promise, standing } = await setting();
  const { promiseId } = await promise('2026-03-10', 600_00n);
  const credit = (minor: bigint) =>
    tenant.act('controller', creditInvoice, {
      invoiceId: invoice.invoiceId,
      reason: 'quality',
      lines: [aLine(minor)],
    });
  await credit(400_00n);
  assert.equal((await standing(promiseId))?.promised, 600_00n);
  await credit(100_00n);
  assert.equal((await standing(promiseId))?.promised, 500_00n);
});

test('a new promise about the same takes the place of the earlier one and counts up, but not after one that was kept', async () => {
  const { tenant, promise, pay, state } = await setting();
  const first = await promise('2026-03-05', 300_00n);
  tenant.on('2026-03-12');
  const second = await promise('2026-03-20', 300_00n);
  assert.deepEqual(second.replaces, [first.promiseId]);
  assert.equal(second.level, 2);
  assert.equal(await state(first.promiseId), 'broken');
  tenant.on('2026-03-20');
  await pay(300_00n, '2026-03-19');
  assert.equal(await state(second.promiseId), 'kept');
  const third = await promise('2026-04-10');
  assert.equal(third.level, 2);
  tenant.on('2026-03-21');
  const fourth = await promise('2026-04-20');
  assert.equal(fourth.level, 3);
  assert.equal(await state(third.promiseId), 'replaced');
});

test('a promise about one invoice leaves an earlier one about others as it is; with its last item the earlier one ends', async () => {
  const { tenant, companyId, customerId, invoice, owe, promise, pay, state, standing } = await setting();
  const other = await owe(200_00n);
  const both = await tenant.act('collector', takePromise, {
    account: { companyId, customerId, on: day('2026-03-10') },
    way: 'phone',
  });
  tenant.on('2026-03-04');
  const one = await promise('2026-03-20', 600_00n);
  assert.deepEqual(one.replaces, [both.promiseId]);
  assert.deepEqual(
    [await state(both.promiseId), (await standing(both.promiseId))?.promised],
    ['open', 200_00n],
  );
  const promised = () =>
    inTenant(tenant.pool, tenant.tenantId, (tx) => readPromisedOf(tx, [customerId], day('2026-03-04')));
  assert.deepEqual(
    [(await promised()).get(invoice.itemId), (await promised()).get(other.itemId)],
    [eur(600_00n), eur(200_00n)],
  );
  // What comes for the other invoice keeps the earlier promise; what comes for the first keeps the later one alone.
  tenant.on('2026-03-06');
  await pay(200_00n, '2026-03-06', other.itemId);
  await pay(600_00n, '2026-03-06');
  assert.deepEqual([await state(both.promiseId), await state(one.promiseId)], ['kept', 'kept']);
  assert.equal((await standing(both.promiseId))?.kept, 200_00n);

  const third = await owe(50_00n);
  const fourth = await owe(70_00n);
  const pair = await tenant.act('collector', takePromise, {
    items: [third, fourth].map(({ itemId }) => ({ itemId, on: day('2026-03-20') })),
    way: 'mail',
  });
  await promise('2026-03-25', undefined, third.itemId);
  await promise('2026-03-26', undefined, third.itemId);
  assert.equal(await state(pair.promiseId), 'open');
  const last = await promise('2026-03-27', undefined, fourth.itemId);
  assert.equal(last.level, 2);
  assert.equal(await state(pair.promiseId), 'replaced');
});

test('of several promises taken at once about one item one stands, and each took the place of the one before', async () => {
  const { tenant, customerId, promise } = await setting();
  const { won } = await race(
    tenant,
    Array.from({ length: RACERS }, () => () => promise('2026-03-10', 100_00n)),
  );
  assert.equal(won, RACERS);
  const rows = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readStandings(tx, { customerIds: [customerId], limit: 100 }, day('2026-03-02')),
  );
  assert.equal(rows.filter(({ row }) => row.end_kind === null).length, 1);
  assert.deepEqual(
    rows.map(({ row }) => row.level).sort((a, b) => a - b),
    Array.from({ length: RACERS }, (_, index) => index + 1),
  );
});

test('a promise says what can be: open items of one customer, days to come, no more than is open and undisputed', async () => {
  const { tenant, invoice, owe, promise } = await setting();
  await assert.rejects(promise('2026-03-01'), { code: 'promised_day_past' });
  await assert.rejects(promise('2027-04-01'), { code: 'promised_too_far_ahead' });
  await assert.rejects(promise('2026-03-10', 1_000_01n), { code: 'exceeds_open' });
  await assert.rejects(promise('2026-03-10', 0n), { code: 'amount_not_positive' });
  await assert.rejects(promise('2026-03-10', undefined, newId() as ItemId), {
    code: 'item_not_found',
  });
  await assert.rejects(promise('2026-03-10', undefined, invoice.itemId, { contactId: newId() }), {
    code: 'contact_not_found',
  });
  await assert.rejects(tenant.act('collector', takePromise, { items: [], way: 'phone' }), {
    code: 'nothing_promised',
  });
  await tenant.act('owner', openDispute, {
    items: [{ itemId: invoice.itemId, amount: eur(300_00n) }],
    reason: 'quality',
  });
  await assert.rejects(promise('2026-03-10', 700_01n), { code: 'exceeds_open' });
  const second = await owe(50_00n);
  const twice = {
    items: [1, 2].map(() => ({ itemId: second.itemId, on: day('2026-03-10') })),
    way: 'mail' as const,
  };
  await assert.rejects(tenant.act('collector', takePromise, twice), { code: 'promised_day_twice' });
});

test('the whole account is promised by one day: what is open and not disputed', async () => {
  const { tenant, companyId, customerId, invoice, owe } = await setting();
  await owe(200_00n);
  await tenant.act('owner', openDispute, { items: [{ itemId: invoice.itemId }], reason: 'quality' });
  const taken = await tenant.act('collector', takePromise, {
    account: { companyId, customerId, on: day('2026-03-31') },
    way: 'meeting',
    saidBy: 'Ann',
  });
  assert.equal(taken.amount.amount, '200.00');
});

test('what is promised is not asked for until then, the rest is; a broken promise ends that by itself', async () => {
  const { tenant, companyId, customerId, invoice, owe, promise } = await setting();
  const other = await owe(70_00n);
  await promise('2026-03-10', undefined, other.itemId);
  await remindOn(tenant, '2026-03-04', { companyId });
  assert.deepEqual(
    (await stepsSaid(tenant)).map((said) => said.split(' ')[1]),
    [invoice.number],
  );
  // Promised between planning and sending: the message says nothing of it, and gives its step back.
  await promise('2026-03-12');
  await sendReminders(tenant);
  assert.deepEqual(await leftOut(tenant), [`${invoice.number} promised`]);
  assert.deepEqual(await stepsSaid(tenant), []);
  const promised = (on: string) =>
    inTenant(tenant.pool, tenant.tenantId, (tx) => readPromisedOf(tx, [customerId], day(on)));
  assert.equal((await promised('2026-03-15')).get(invoice.itemId)?.minor, 1_000_00n);
  assert.equal((await promised('2026-03-16')).size, 0);
  await remindOn(tenant, '2026-03-16', { companyId });
  assert.equal((await stepsSaid(tenant)).length, 2);
});

test('a broken promise is told once, by whichever of several workers looks first', async () => {
  const { tenant, promise, pay } = await setting();
  const { promiseId } = await promise('2026-03-05', 500_00n);
  const tell = () => tenant.act('owner', recordBreaks, {});
  tenant.on('2026-03-08');
  assert.equal((await tell()).told, 0);
  tenant.on('2026-03-09');
  await pay(100_00n, '2026-03-05');
  const { won } = await race(
    tenant,
    Array.from({ length: RACERS }, () => tell),
  );
  assert.equal(won, RACERS);
  const told = (await tenant.events()).filter((event) => event.type === 'promise.broken');
  assert.equal(told.length, 1);
  assert.equal(told[0]?.subjectId, promiseId);
  assert.deepEqual(told[0]?.data, { level: 1, short: { amount: '400.00', currency: 'EUR' } });
});

test('a promise is left alone, and told when it is broken, however many were taken after it', async () => {
  const { tenant, customerId, invoice, promise, owe } = await setting();
  const other = await owe();
  const { promiseId } = await promise('2026-03-05', 500_00n);
  await inTenant(tenant.pool, tenant.tenantId, async (tx) => {
    const more = sql`generate_series(1, ${PROMISES_LOOKED_AT_MAX}::int) n`;
    const id = sql`md5(${tenant.tenantId} || n)::uuid`;
    await tx.run(sql`insert into promise (tenant_id, id, company_id, customer_id, currency, promised_on, level, way, taken_by, recorded_at)
      select p.tenant_id, ${id}, company_id, customer_id, currency, promised_on, 1, way, taken_by, recorded_at + interval '1 hour'
      from promise p, ${more} where p.id = ${promiseId}`);
    await tx.run(sql`insert into promise_part (tenant_id, promise_id, part_no, item_id, promised_for, amount_minor, open_minor)
      select p.tenant_id, ${id}, 1, ${other.itemId}::uuid, '2026-12-01', 1, open_minor from promise_part p, ${more} where p.promise_id = ${promiseId}`);
  });
  const paused = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readPromisedOf(tx, [customerId], day('2026-03-05')),
  );
  assert.deepEqual(paused.get(invoice.itemId), eur(500_00n));
  tenant.on('2026-03-09');
  assert.equal((await tenant.act('owner', recordBreaks, {})).told, 1);
});

test('a promise that can be kept is withdrawn, once; one that ended is not', async () => {
  const { tenant, promise, state } = await setting();
  const { promiseId } = await promise('2026-03-10');
  const withdraw = () => tenant.act('collector', withdrawPromise, { promiseId, note: 'Said by mistake' });
  await withdraw();
  assert.equal(await state(promiseId), 'withdrawn');
  await assert.rejects(withdraw(), { code: 'promise_not_open' });
  await assert.rejects(tenant.act('collector', withdrawPromise, { promiseId: newId(), note: 'x' }), {
    code: 'promise_not_found',
  });
});

test('over months promises of a customer tell how far it can be believed, on each day of them', async () => {
  const { tenant, customerId, invoice, promise, pay } = await setting();
  await promise('2026-03-10', 300_00n);
  tenant.on('2026-03-11');
  await pay(300_00n, '2026-03-10');
  tenant.on('2026-04-01');
  await promise('2026-04-10', 200_00n);
  tenant.on('2026-05-02');
  await promise('2026-05-10');
  const ask = await serveTo(tenant, routes);
  const { reply } = await ask('viewer', contract.readReliability, { params: { customerId } });
  assert.deepEqual(reply.currencies, [
    {
      ended: 2,
      kept: 1,
      promised: { amount: '500.00', currency: 'EUR' },
      cameInTime: { amount: '300.00', currency: 'EUR' },
    },
  ]);
  const list = async (query: object) => {
    const answer = await ask('collector', contract.listPromises, { query });
    assert.equal(answer.status, 200, JSON.stringify(answer.reply));
    return answer.reply;
  };
  const states = async (query: object) =>
    (await list({ show: 'all', ...query })).rows.map((row) => row.state);
  assert.deepEqual(await states({}), ['open', 'broken', 'kept']);
  assert.deepEqual(await states({ documentId: invoice.invoiceId, show: 'broken' }), ['broken']);
  assert.deepEqual(await states({ asOf: '2026-03-09' }), ['open']);
  assert.deepEqual(await states({ asOf: '2026-04-12', customerId }), ['open', 'kept']);
  assert.deepEqual((await list({})).counts, { open: 1, due: 0, broken: 1 });
  tenant.on('2026-05-10');
  assert.equal((await list({ show: 'due' })).rows.length, 1);
});

test('money that comes once another promise took the place keeps that one alone', async () => {
  const { tenant, customerId, promise, pay, state } = await setting();
  const first = await promise('2026-03-10', 300_00n);
  tenant.on('2026-03-06');
  const second = await promise('2026-03-20', 300_00n);
  tenant.on('2026-03-12');
  await pay(300_00n, '2026-03-12');
  assert.deepEqual([await state(first.promiseId), await state(second.promiseId)], ['replaced', 'kept']);
  const ask = await serveTo(tenant, routes);
  const { reply } = await ask('viewer', contract.readReliability, { params: { customerId } });
  assert.deepEqual(
    reply.currencies.map(({ ended, kept, cameInTime }) => [ended, kept, cameInTime.amount]),
    [[1, 1, '300.00']],
  );
});

test('the database reckons how all promises stand as the rules say, on each day, whatever happened', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(someAct, { minLength: 8, maxLength: 20 }), async (acts) => {
      const { tenant, customerId, owe, promise, pay } = await setting();
      const items = [await owe(300_00n), await owe(200_00n), await owe(100_00n)];
      const taken: string[] = [];
      let today = day('2026-03-02');
      for (const { what, which, days, minor } of acts) {
        const itemId = items[which]?.itemId as ItemId;
        const perhaps = async (act: () => Promise<unknown>) => {
          // What cannot be done (too much, nothing open) is refused and leaves nothing.
          await act().catch((problem: { code?: string }) => assert.ok(problem.code, String(problem)));
        };
        if (what === 'wait') {
          today = today.add({ days });
          tenant.on(today.toString());
        }
        if (what === 'pay')
          await perhaps(() => pay(minor, today.subtract({ days: days % 4 }).toString(), itemId));
        if (what === 'promise')
          await perhaps(async () => {
            const { promiseId } = await promise(today.add({ days }).toString(), minor, itemId);
            taken.push(promiseId);
          });
        if (what === 'promise_all')
          await perhaps(() =>
            tenant.act('collector', takePromise, {
              items: items
                .slice(which)
                .map((item, place) => ({ itemId: item.itemId, on: today.add({ days: days + place }) })),
              way: 'mail',
            }),
          );
        const promiseId = taken.at(-1);
        if (what === 'withdraw' && promiseId)
          await perhaps(() => tenant.act('collector', withdrawPromise, { promiseId, note: 'x' }));
      }
      for (const [on, asOf] of [
        [today, undefined],
        [today.add({ days: 20 }), undefined],
        [day('2026-03-09'), day('2026-03-09')],
      ] as const)
        await inTenant(tenant.pool, tenant.tenantId, async (tx) => {
          const pure = (await readStandings(tx, { customerIds: [customerId], limit: 500 }, on, asOf)).filter(
            ({ row }) => asOf === undefined || row.promised_on.toString() <= asOf.toString(),
          );
          const reckoned = await findStates(tx, { customerId, today: on, asOf }, { show: 'all', limit: 500 });
          assert.deepEqual(
            reckoned.map(({ id, next_on, ...rest }) => ({ id, next: next_on?.toString(), ...rest })),
            pure.map(({ row, standing: { state, promised, kept, short, next } }) => ({
              id: row.id,
              next: next?.toString(),
              state,
              promised,
              kept,
              short,
            })),
          );
        });
    }),
    { numRuns: 12 },
  );
});

test('what can be promised is told with what of it is in dispute', async () => {
  const { tenant, customerId, invoice, owe } = await setting();
  await aRate(tenant, { base: 'USD', quote: 'EUR', on: '2026-01-01', rate: '0.9' });
  await owe(200_00n, { currency: 'USD' });
  await tenant.act('owner', openDispute, {
    items: [{ itemId: invoice.itemId, amount: eur(300_00n) }],
    reason: 'quality',
  });
  const ask = await serveTo(tenant, routes);
  const { reply } = await ask('viewer', contract.listPromisable, { params: { customerId } });
  assert.deepEqual(
    reply.rows
      .map(({ promisable, disputed }) => [promisable.amount, promisable.currency, disputed.amount])
      .sort(),
    [
      ['200.00', 'USD', '0.00'],
      ['700.00', 'EUR', '300.00'],
    ],
  );
});

test('promises are taken and withdrawn over HTTP by those who may put customers on hold', async () => {
  const { tenant, companyId, invoice } = await setting();
  const ask = await serveTo(tenant, routes);
  const body = { items: [{ itemId: invoice.itemId, on: '2026-03-10' }] };
  assert.equal((await ask('viewer', contract.takePromise, { body })).status, 403);
  const { status, reply } = await ask('collector', contract.takePromise, { body });
  assert.equal(status, 200, JSON.stringify(reply));
  const params = { promiseId: reply.promiseId };
  assert.equal(
    (await ask('collector', contract.withdrawPromise, { params, body: { note: 'x' } })).status,
    200,
  );
  const company = { params: { companyId } };
  assert.equal((await ask('viewer', contract.readTolerance, company)).reply.days, 3);
  assert.equal((await ask('owner', contract.setTolerance, { ...company, body: { days: 5 } })).status, 200);
  assert.equal((await ask('viewer', contract.readTolerance, company)).reply.days, 5);
});
