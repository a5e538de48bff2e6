import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { correctCall } from '#calls/change-call.ts';
import { type RecordCall, recordCall } from '#calls/record-call.ts';
import { carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { addDays, daysBetween, parseDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { unapplyPayment } from '#payments/unapply-payment.ts';
import { takePromise } from '#promises/take-promise.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, anInvoice, aPayment } from '../../test/support/builders.ts';
import { aPerson } from '../../test/support/people.ts';
import { aReader, remindOn, sendReminders } from '../../test/support/reminders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { DIMENSIONS, totalOf } from './effect.ts';
import { askedOf, readEffects } from './read-effects.ts';
import { routes } from './routes.ts';

const day = parseDate;

/** A customer that owes 1000.00, due on 1 February. */
async function setting() {
  const tenant = await newTenant({ on: '2026-02-01' });
  const companyId = await aCompany(tenant);
  const customerId = await aReader(tenant);
  const invoice = await anInvoice(tenant, { companyId, customerId, minor: 1_000_00n, dueOn: '2026-02-01' });
  return { tenant, companyId, customerId, itemId: invoice.itemId };
}

type Owing = {
  readonly tenant: TestTenant;
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly itemId: ItemId;
};

/** Money that came on a day and was applied on it, or on another. */
async function pay(owing: Owing, receivedOn: string, minor: bigint, appliedOn = receivedOn) {
  const { tenant, companyId, customerId, itemId } = owing;
  tenant.on(appliedOn);
  const { paymentId } = await aPayment(tenant, { companyId, customerId, minor, receivedOn });
  const allocations = [{ itemId, amount: money(minor, 'EUR') }];
  await tenant.act('cash_applier', applyPayment, { paymentId, allocations });
  return paymentId;
}

function call(owing: Owing, on: string, given: Partial<RecordCall> = {}) {
  const { tenant, customerId } = owing;
  tenant.on(on);
  const said = { customerId, direction: 'out', way: 'phone', outcome: 'reached', ...given } as const;
  return tenant.act('collector', recordCall, said);
}

/** The whole report of a tenant of the first half of 2026. */
function reported(
  tenant: TestTenant,
  given: { readonly asOf?: string; readonly knownAt?: Temporal.Instant; readonly windowDays?: number } = {},
) {
  return inTenant(tenant.pool, tenant.tenantId, async (tx) => {
    const reader = tenant.as('owner');
    const { asOf = '2026-06-30', windowDays = 14, knownAt } = given;
    const wanted = {
      from: day('2026-01-01'),
      to: day('2026-06-30'),
      asOf: day(asOf),
      windowDays,
      knownAt,
    };
    return readEffects(tx, await askedOf(tx, wanted, reader), reader);
  });
}

/** What was credited, as `reminder:7 500.00 after 3`. */
async function creditedIn(tenant: TestTenant, given: Parameters<typeof reported>[1] = {}) {
  const { sums } = await reported(tenant, given);
  return sums.cash
    .filter(({ minor }) => minor !== 0n)
    .map(({ step, minor, lagDays }) => `${step} ${minor} after ${lagDays}`)
    .sort();
}

test('money is credited to the last contact before it about its item, once, and taken off again when it is taken back', async () => {
  const owing = await setting();
  const { tenant, itemId } = owing;
  await remindOn(tenant, '2026-02-08');
  assert.deepEqual(await sendReminders(tenant), ['sent']);
  const first = await pay(owing, '2026-02-10', 300_00n);
  await call(owing, '2026-02-12', { itemIds: [itemId] });
  await pay(owing, '2026-02-13', 200_00n);
  assert.deepEqual(await creditedIn(tenant), ['call 20000 after 1', 'reminder:7 30000 after 2']);

  tenant.on('2026-02-20');
  await tenant.act('cash_applier', unapplyPayment, { paymentId: first });
  assert.deepEqual(await creditedIn(tenant), ['call 20000 after 1']);
  // As of a day before, it stood.
  assert.deepEqual(await creditedIn(tenant, { asOf: '2026-02-19' }), [
    'call 20000 after 1',
    'reminder:7 30000 after 2',
  ]);
});

test('money of the day of the contact, money after the window and money nobody asked for is credited to nobody', async () => {
  const owing = await setting();
  const { tenant } = owing;
  await pay(owing, '2026-02-03', 50_00n);
  await remindOn(tenant, '2026-02-08');
  await sendReminders(tenant);
  await pay(owing, '2026-02-08', 100_00n);
  await pay(owing, '2026-02-22', 200_00n);
  await pay(owing, '2026-02-23', 400_00n);
  const { sums, ties } = await reported(tenant);
  assert.deepEqual(
    sums.cash.map(({ minor, lagDays }) => [minor, lagDays]),
    [[200_00n, 14]],
  );
  assert.deepEqual(ties, [
    { currency: 'EUR', applied: 750_00n, credited: 200_00n, elsewhere: 0n, uncredited: 550_00n },
  ]);
});

test('it counts when money was received, not when it was applied; what was learned later is not known before', async () => {
  const owing = await setting();
  const { tenant } = owing;
  await remindOn(tenant, '2026-02-08');
  await sendReminders(tenant);
  await pay(owing, '2026-02-10', 300_00n, '2026-04-01');
  const before = tenant.clock().subtract({ hours: 24 });
  assert.deepEqual(await creditedIn(tenant), ['reminder:7 30000 after 2']);
  assert.deepEqual(await creditedIn(tenant, { asOf: '2026-03-31' }), []);
  assert.deepEqual(await creditedIn(tenant, { knownAt: before }), []);
});

test('a call is credited where somebody was spoken to and as long as it stands; one that names no item is about what was due', async () => {
  const owing = await setting();
  const { tenant, companyId, customerId } = owing;
  const later = await anInvoice(tenant, { companyId, customerId, minor: 500_00n, dueOn: '2026-03-01' });
  await call(owing, '2026-02-05', { outcome: 'no_answer' });
  const { callId } = await call(owing, '2026-02-06');
  await pay(owing, '2026-02-10', 100_00n);
  await pay({ ...owing, itemId: later.itemId }, '2026-02-10', 70_00n);
  assert.deepEqual(await creditedIn(tenant), ['call 10000 after 4']);
  const total = totalOf((await reported(tenant)).sums, 'EUR');
  assert.deepEqual([total.contacts, total.reached, total.withCash, total.meanDays], [2, 1, 1, 4]);

  await tenant.act('collector', correctCall, { callId, note: 'It was another customer' });
  assert.deepEqual(await creditedIn(tenant), []);
  assert.equal(totalOf((await reported(tenant)).sums, 'EUR').contacts, 1);
});

test('a reminder that came back reached nobody and is credited nothing', async () => {
  const owing = await setting();
  const { tenant } = owing;
  await remindOn(tenant, '2026-02-08');
  await sendReminders(tenant);
  await inTenant(tenant.pool, tenant.tenantId, async (tx) => {
    await tx.run(sql`insert into message_signal (tenant_id, id, message_id, kind, severity, detail, happened_at, recorded_at)
      select tenant_id, gen_random_uuid(), id, 'bounced', 'hard', 'no such mailbox', sent_at, sent_at from message
      where tenant_id = ${tx.tenantId}`);
  });
  await pay(owing, '2026-02-10', 300_00n);
  assert.deepEqual(await creditedIn(tenant), []);
  const total = totalOf((await reported(tenant)).sums, 'EUR');
  assert.deepEqual([total.contacts, total.reached], [1, 0]);
});

test('a promise follows the call it was made in, else the last contact about its item; what came of it counts', async () => {
  const owing = await setting();
  const { tenant, companyId, itemId } = owing;
  await remindOn(tenant, '2026-02-08');
  await sendReminders(tenant);
  tenant.on('2026-02-09');
  await tenant.act('collector', takePromise, {
    items: [{ itemId, on: day('2026-02-12'), amount: money(400_00n, 'EUR') }],
    way: 'mail',
  });
  await pay(owing, '2026-02-12', 400_00n);
  const promise = { on: day('2026-02-18') };
  await call(owing, '2026-02-16', { outcome: 'promised', companyId, promise });
  const { sums } = await reported(tenant);
  assert.deepEqual(
    sums.promises.map((one) => [one.step, one.promised, one.kept]).sort(),
    [
      ['call', 600_00n, 0n],
      ['reminder:7', 400_00n, 400_00n],
    ].sort(),
  );
  assert.equal(totalOf(sums, 'EUR').withPromise, 2);
});

test('nobody sees how a colleague does but who may; everybody sees their own', async () => {
  const owing = await setting();
  const { tenant, customerId } = owing;
  const ann = await aPerson(tenant, 'collector', 'Ann');
  const bob = await aPerson(tenant, 'collector', 'Bob');
  tenant.on('2026-02-06');
  for (const person of [ann, bob, bob])
    await carryOut(tenant.door, person.now(), recordCall, {
      customerId,
      direction: 'out',
      way: 'phone',
      outcome: 'reached',
    });
  await pay(owing, '2026-02-10', 100_00n);
  const ask = await serveTo(tenant, routes);
  const query = { by: 'collector', from: '2026-01-01', to: '2026-02-28', asOf: '2026-02-28' } as const;
  const seenBy = async (role: 'controller' | 'viewer') =>
    (await ask(role, contract.readEffects, { query })).reply.currencies[0]?.rows.map((row) => [
      row.label,
      row.contacts,
      row.cash.amount,
    ]);
  assert.deepEqual(await seenBy('controller'), [
    ['Ann', 1, '0.00'],
    ['Bob', 2, '100.00'],
  ]);
  assert.deepEqual(await seenBy('viewer'), [['Colleagues', 3, '100.00']]);

  // Neither does the list behind it tell colleagues apart, whoever is asked for by name.
  const listed = async (role: 'controller' | 'viewer', key: string) =>
    (await ask(role, contract.listEffectContacts, { query: { ...query, key } })).reply.rows.map(
      (row) => row.collector,
    );
  assert.deepEqual(await listed('controller', `user:${ann.userId}`), ['Ann']);
  assert.deepEqual(await listed('viewer', `user:${ann.userId}`), ['Colleagues', 'Colleagues', 'Colleagues']);
  assert.deepEqual(await listed('viewer', 'automatic'), []);
  const { sums } = await inTenant(tenant.pool, tenant.tenantId, async (tx) => {
    const wanted = { from: day('2026-01-01'), to: day('2026-02-28'), windowDays: 14 };
    return readEffects(tx, await askedOf(tx, wanted, ann.now()), ann.now());
  });
  assert.deepEqual(
    sums.contacts.map(({ collector, contacts }) => [collector, contacts]).sort(),
    [
      ['others', 2],
      [`user:${ann.userId}`, 1],
    ].sort(),
  );
});

test('every figure opens its contacts and each contact its money; the file says the same', async () => {
  const owing = await setting();
  const { tenant, companyId, customerId } = owing;
  await remindOn(tenant, '2026-02-08');
  await sendReminders(tenant);
  await pay(owing, '2026-02-10', 300_00n);
  await call(owing, '2026-02-11', { way: 'visit', companyId });
  await pay(owing, '2026-02-12', 50_00n);
  tenant.on('2026-03-01');
  const ask = await serveTo(tenant, routes);
  const query = { from: '2026-02-01', to: '2026-02-28', companyId } as const;
  const { reply } = await ask('viewer', contract.readEffects, { query });
  const [euro] = reply.currencies;
  assert.deepEqual(
    euro?.rows.map((row) => [row.key, row.label, row.cash.amount]),
    [
      ['call', 'Call', '50.00'],
      ['reminder:7', 'Reminder, 7 days after the due date', '300.00'],
    ],
  );
  assert.deepEqual(
    euro?.byLag.slice(0, 3).map(({ amount }) => amount),
    ['50.00', '300.00', '0.00'],
  );
  const contacts = async (given: {
    readonly limit?: number;
    readonly after?: string;
    readonly key?: string;
  }) => (await ask('viewer', contract.listEffectContacts, { query: { ...query, ...given } })).reply;
  const first = await contacts({ limit: 1 });
  assert.deepEqual(
    first.rows.map((row) => [row.kind, row.on, row.channel, row.customer.id, row.cash.amount]),
    [['call', '2026-02-11', 'visit', customerId, '50.00']],
  );
  const second = await contacts({ limit: 1, after: first.next ?? '' });
  assert.deepEqual(
    second.rows.map((row) => [row.kind, row.step, row.template]),
    [['reminder', 'reminder:7', 'first_reminder']],
  );
  assert.equal(second.next, null);
  assert.equal((await contacts({ key: 'call' })).rows.length, 1);
  const byTemplate = await ask('viewer', contract.listEffectContacts, {
    query: { ...query, by: 'template', key: '-' },
  });
  assert.deepEqual(
    byTemplate.reply.rows.map((row) => row.kind),
    ['call'],
  );
  const contactId = second.rows[0]?.contactId ?? '';
  const { reply: cash } = await ask('viewer', contract.readContactCash, { params: { contactId }, query });
  assert.deepEqual(
    cash.rows.map((row) => [row.receivedOn, row.lagDays, row.amount.amount]),
    [['2026-02-10', 2, '300.00']],
  );
  const nobody = await ask('viewer', contract.readContactCash, { params: { contactId: customerId }, query });
  assert.equal(nobody.code, 'contact_not_made');
  const file = await ask('viewer', contract.exportEffects, { query });
  assert.match(file.bytes.toString(), /Call,1,1,0,1,0,0\.00,0\.00,50\.00,EUR,1,2026-02-01/);
  const reversed = await ask('viewer', contract.readEffects, {
    query: { from: '2026-02-02', to: '2026-02-01' },
  });
  assert.equal(reversed.code, 'effect_days_reversed');
  const long = await ask('viewer', contract.readEffects, { query: { from: '2020-02-02' } });
  assert.equal(long.code, 'effect_days_too_many');
});

/** A chance that is the same for a seed. */
function chanceOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Some weeks of contacts, money, and money taken back, by chance. */
async function walk(seed: number) {
  const owing = await setting();
  const { tenant, companyId, customerId } = owing;
  const chance = chanceOf(seed);
  const items = [owing.itemId];
  for (const dueOn of ['2026-02-03', '2026-02-20'])
    items.push((await anInvoice(tenant, { companyId, customerId, minor: 1_000_00n, dueOn })).itemId);
  const paid: Awaited<ReturnType<typeof pay>>[] = [];
  for (let on = day('2026-02-02'); on.toString() < '2026-03-20'; on = addDays(on, 1 + chance(4))) {
    const today = on.toString();
    const itemId = items[chance(items.length)] ?? owing.itemId;
    const does = chance(10);
    if (does < 3) {
      const named = chance(2) === 0 ? { itemIds: [itemId] } : {};
      const outcome = chance(4) === 0 ? 'no_answer' : 'reached';
      await call(owing, today, { ...named, outcome, ...(chance(2) === 0 ? { companyId } : {}) });
    } else if (does < 5) {
      await remindOn(tenant, today);
      await sendReminders(tenant);
    } else if (does < 9 || paid.length === 0) {
      const received = addDays(on, -chance(3)).toString();
      paid.push(await pay({ ...owing, itemId }, received, BigInt(1 + chance(20_00)), today));
    } else {
      tenant.on(today);
      const [paymentId] = paid.splice(chance(paid.length), 1);
      if (paymentId) await tenant.act('cash_applier', unapplyPayment, { paymentId });
    }
  }
  return owing;
}

type Touch = {
  readonly id: string;
  readonly on: Temporal.PlainDate;
  readonly at: Temporal.Instant;
  readonly about: readonly string[];
};
type Applied = { readonly item: string; readonly on: Temporal.PlainDate; readonly minor: bigint };

/** The same rule, said by plain loops over what is in the books. */
async function plainly(tenant: TestTenant, windowDays: number): Promise<ReadonlyMap<string, bigint>> {
  return inTenant(tenant.pool, tenant.tenantId, async (tx) => {
    const reminders =
      await tx.run(sql<Touch>`select m.id, (m.sent_at at time zone 'UTC')::date as "on", m.sent_at as at,
        (select array_agg(r.item_id::text) from reminder_item r where r.message_id = m.id) as about
      from message m where m.tenant_id = ${tx.tenantId} and m.sent_at is not null`);
    const calls = await tx.run(sql<Touch>`select c.id, c.called_on as "on", c.recorded_at as at,
        coalesce((select array_agg(x.item_id::text) from call_item x where x.call_id = c.id),
          (select array_agg(i.id::text) from open_item i where i.customer_id = c.customer_id and i.kind = 'invoice'
            and i.due_on <= c.called_on), '{}') as about
      from call c where c.tenant_id = ${tx.tenantId} and c.outcome = 'reached'`);
    const applied =
      await tx.run(sql<Applied>`select a.debit_item_id as item, y.received_on as "on", a.amount_minor as minor
      from application a join open_item c on c.id = a.credit_item_id join payment y on y.id = c.document_id
      where a.tenant_id = ${tx.tenantId}`);
    const found = new Map<string, bigint>();
    for (const one of applied) {
      let best: Touch | undefined;
      for (const touch of [...reminders, ...calls]) {
        const lag = daysBetween(touch.on, one.on);
        if (!touch.about.includes(one.item) || lag < 1 || lag > windowDays) continue;
        if (!best || touch.on.toString() > best.on.toString()) best = touch;
        else if (touch.on.equals(best.on) && Temporal.Instant.compare(touch.at, best.at) > 0) best = touch;
      }
      const id = best?.id ?? 'nobody';
      found.set(id, (found.get(id) ?? 0n) + one.minor);
    }
    return new Map([...found].filter(([, minor]) => minor !== 0n).sort());
  });
}

test('whatever happens, each cent is credited once: by contact as plain loops find it, and all parts sum to the ledger', async () => {
  for (const seed of [7, 11]) {
    const { tenant } = await walk(seed);
    tenant.on('2026-03-31');
    const ask = await serveTo(tenant, routes);
    for (const windowDays of [3, 14]) {
      const query = { from: '2026-01-15', to: '2026-03-31', windowDays } as const;
      const { reply } = await ask('owner', contract.listEffectContacts, { query: { ...query, limit: 500 } });
      const minor = (text: string) => BigInt(text.replace('.', ''));
      const byContact = new Map(
        reply.rows
          .map((row) => [row.contactId, minor(row.cash.amount)] as const)
          .filter(([, cash]) => cash !== 0n)
          .sort(),
      );
      const plain = await plainly(tenant, windowDays);
      const { reply: report } = await ask('owner', contract.readEffects, { query });
      const [euro] = report.currencies;
      const uncredited = minor(euro?.tie.uncredited.amount ?? '0');
      const all =
        uncredited === 0n ? byContact : new Map([...byContact, ['nobody', uncredited] as const].sort());
      assert.deepEqual(all, plain, `seed ${seed}, window ${windowDays}`);
      const applied = [...plain.values()].reduce((sum, one) => sum + one, 0n);
      assert.equal(minor(euro?.tie.applied.amount ?? '0'), applied);
      assert.equal(minor(euro?.tie.credited.amount ?? '0') + uncredited, applied);
      for (const by of DIMENSIONS) {
        const { reply: other } = await ask('owner', contract.readEffects, { query: { ...query, by } });
        assert.deepEqual(other.currencies[0]?.total, euro?.total);
        const sum = (other.currencies[0]?.rows ?? []).reduce(
          (total, row) => total + minor(row.cash.amount),
          0n,
        );
        assert.equal(sum, minor(euro?.tie.credited.amount ?? '0'));
      }
    }
  }
});
