import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { placeHold } from '#holds/place-hold.ts';
import { parseDate } from '#kernel/calendar.ts';
import { newId } from '#kernel/id.ts';
import { changeCustomer } from '#parties/change-customer.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { unapplyPayment } from '#payments/unapply-payment.ts';
import { writeOffItems } from '#writeoffs/write-off-items.ts';
import { type Asked, serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer, anInvoice, aPayment } from '../../test/support/builders.ts';
import { aBusyLedger, creditAgainst } from '../../test/support/busy-ledger.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { routes } from './routes.ts';

const eur = (minor: bigint) => ({ minor, currency: 'EUR' });

/** A message as delivery keeps it; only its row counts here. */
async function aMessage(
  tenant: TestTenant,
  given: {
    readonly companyId: string;
    readonly customerId: string;
    readonly runOn: string;
    readonly state: string;
  },
): Promise<string> {
  const id = newId();
  await inTenant(tenant.pool, tenant.tenantId, async (tx) =>
    tx.write(sql`insert into message (tenant_id, id, company_id, customer_id, purpose, channel, state, recipient, language,
        subject, message_header, run_on, created_at)
      values (${tenant.tenantId}, ${id}, ${given.companyId}, ${given.customerId}, 'reminder', 'email', ${given.state},
        'a@example.com', 'en', ${`Reminder of ${given.runOn}`}, ${id}, ${given.runOn}::date, ${tenant.clock()})`),
  );
  return id;
}

/** A customer who paid one invoice ten days late and half of another five days early. */
async function aPayer(tenant: TestTenant) {
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  const invoice = (minor: bigint, dueOn: string) =>
    anInvoice(tenant, { companyId, customerId, minor, issuedOn: '2026-01-02', dueOn });
  const [late, early] = [await invoice(100_00n, '2026-01-20'), await invoice(200_00n, '2026-02-14')];
  const pay = async (item: typeof late, minor: bigint, on: string) => {
    const payment = await aPayment(tenant, { companyId, customerId, minor, receivedOn: on });
    await tenant.act('cash_applier', applyPayment, {
      paymentId: payment.paymentId,
      allocations: [{ itemId: item.itemId, amount: eur(minor) }],
    });
    return payment;
  };
  const first = await pay(late, 100_00n, '2026-01-30');
  const second = await pay(early, 100_00n, '2026-02-09');
  return { companyId, customerId, late, early, first, second };
}

test('a customer’s overview says what is open, how they pay, and what was last received and said', async () => {
  const tenant = await newTenant({ on: '2026-02-20' });
  const { companyId, customerId, second } = await aPayer(tenant);
  await aMessage(tenant, { companyId, customerId, runOn: '2026-02-16', state: 'sent' });
  await aMessage(tenant, { companyId, customerId, runOn: '2026-02-19', state: 'dropped' });
  const ask = await serveTo(tenant, routes);
  const { reply } = await ask('viewer', contract.readCustomerOverview, { params: { customerId }, query: {} });
  assert.equal(reply.totals[0]?.figures.gross.amount, '100.00');
  assert.deepEqual(
    reply.totals[0]?.figures.buckets.map((b) => b.amount),
    ['0.00', '100.00', '0.00', '0.00', '0.00'],
  );
  assert.equal(reply.openItems, 1);
  // Ten days late with 100 and five days early with 100: 2.5 days late.
  assert.deepEqual(reply.averageDaysLate, { days: '2.50', reason: null, payments: 2 });
  assert.equal(reply.lastPayment?.number, second.number);
  assert.equal(reply.lastReminder?.subject, 'Reminder of 2026-02-16');
  assert.equal(reply.onHold, false);
});

test('a payment taken back, a credit note and a write-off are no payments', async () => {
  const tenant = await newTenant({ on: '2026-02-20' });
  const { companyId, customerId, first, early } = await aPayer(tenant);
  await tenant.act('cash_applier', unapplyPayment, { paymentId: first.paymentId });
  await tenant.act('owner', creditAgainst, {
    companyId,
    customerId,
    minor: 20_00n,
    currency: 'EUR',
    on: parseDate('2026-02-20'),
    settles: early.itemId,
  });
  const items = [{ itemId: early.itemId }];
  await tenant.act('controller', writeOffItems, { kind: 'bad_debt', reason: 'Gone', items });
  const ask = await serveTo(tenant, routes);
  const late = async (query: { asOf?: string }) =>
    (await ask('viewer', contract.readCustomerOverview, { params: { customerId }, query })).reply
      .averageDaysLate;
  assert.deepEqual(await late({}), { days: '-5.00', reason: null, payments: 1 });
  assert.deepEqual(await late({ asOf: '2026-01-15' }), { days: null, reason: 'no_payments', payments: 0 });
});

test('a customer on hold is shown as such from the first to the last day of the hold', async () => {
  const tenant = await newTenant({ on: '2026-02-20' });
  const { customerId } = await aPayer(tenant);
  await tenant.act('controller', placeHold, {
    customerId,
    reason: 'other',
    note: 'Talks',
    until: parseDate('2026-02-25'),
  });
  const ask = await serveTo(tenant, routes);
  const onHold = async (asOf: string) =>
    (await ask('viewer', contract.readCustomerOverview, { params: { customerId }, query: { asOf } })).reply
      .onHold;
  assert.deepEqual(
    [
      await onHold('2026-02-19'),
      await onHold('2026-02-20'),
      await onHold('2026-02-25'),
      await onHold('2026-02-26'),
    ],
    [false, true, true, false],
  );
});

type Row = Asked<typeof contract.readCustomerTimeline>['reply']['rows'][number];

test('a timeline tells everything once, newest first, page by page', async () => {
  const tenant = await newTenant({ on: '2026-02-20' });
  const { companyId, customerId, first, early } = await aPayer(tenant);
  await tenant.act('cash_applier', unapplyPayment, { paymentId: first.paymentId });
  await tenant.act('owner', creditAgainst, {
    companyId,
    customerId,
    minor: 20_00n,
    currency: 'EUR',
    on: parseDate('2026-02-20'),
    settles: early.itemId,
  });
  const items = [{ itemId: early.itemId }];
  await tenant.act('controller', writeOffItems, { kind: 'goodwill', reason: 'Sorry', items });
  await tenant.act('controller', placeHold, {
    customerId,
    reason: 'other',
    note: 'Talks',
    until: parseDate('2026-02-25'),
  });
  await tenant.act('owner', changeCustomer, { customerId, wanted: { name: 'Renamed' } });
  const messageId = await aMessage(tenant, { companyId, customerId, runOn: '2026-02-18', state: 'sent' });
  await aBusyLedger(tenant, 31, 10);
  const ask = await serveTo(tenant, routes);
  const rows: Row[] = [];
  let after: string | undefined;
  do {
    const { reply, status } = await ask('viewer', contract.readCustomerTimeline, {
      params: { customerId },
      query: { limit: '2', ...(after ? { after } : {}) },
    });
    assert.equal(status, 200);
    rows.push(...reply.rows);
    after = reply.next ?? undefined;
  } while (after);
  const whole = await ask('viewer', contract.readCustomerTimeline, {
    params: { customerId },
    query: { limit: '100' },
  });
  assert.deepEqual(rows, whole.reply.rows);
  assert.equal(new Set(rows.map((row) => row.id)).size, rows.length);
  const days = rows.map((row) => row.on);
  assert.deepEqual(days, [...days].sort().reverse());
  const counts = Object.fromEntries(
    [...Map.groupBy(rows, (row) => row.kind)].map(([kind, list]) => [kind, list.length]),
  );
  assert.deepEqual(counts, {
    hold: 1,
    // The customer was added and renamed, and a payment was taken back: events that no other row tells.
    event: 3,
    write_off: 1,
    credit_note: 1,
    // Two applied, one of them taken back, and half of the credit note.
    application: 4,
    message: 1,
    payment: 2,
    invoice: 2,
  });
  assert.equal(rows.find((row) => row.kind === 'message')?.subjectId, messageId);
  assert.ok(rows.some((row) => row.kind === 'application' && row.details.takenBack === 'yes'));
  assert.ok(rows.some((row) => row.kind === 'event' && row.title === 'payment.unapplied'));
});

test('an unknown customer is refused everywhere', async () => {
  const tenant = await newTenant();
  const ask = await serveTo(tenant, routes);
  const params = { customerId: newId() };
  for (const operation of [
    contract.readCustomerOverview,
    contract.listCustomerItems,
    contract.readCustomerTimeline,
  ] as const) {
    const asked = await ask('viewer', operation, { params, query: {} });
    assert.deepEqual([asked.status, asked.code], [404, 'customer_not_found'], operation.id);
  }
});
