import assert from 'node:assert/strict';
import { test } from 'node:test';
import { summarizePlan } from '#forecasts/contract.ts';
import { routes as forecastRoutes } from '#forecasts/routes.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, anInvoice, aPayment, letReceive } from '../../test/support/builders.ts';
import {
  aReader,
  goLive,
  leftOut,
  remindOn,
  sendReminders,
  stepsSaid,
} from '../../test/support/reminders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { planReminders } from './contract.ts';
import { routes } from './routes.ts';

/** Two customers with an invoice each that is due for a reminder, by a policy with one message for all or one for each invoice. */
async function twoDebtors(grouping: 'customer' | 'invoice') {
  const tenant = await newTenant({ on: '2026-02-08' });
  const companyId = await aCompany(tenant);
  await goLive(tenant, {
    code: 'everybody',
    segment: 'everybody',
    grouping,
    steps: [{ offsetDays: 5, phase: 'reminder' }],
  });
  const debtor = async (amounts: readonly bigint[]) => {
    const customerId = await aReader(tenant);
    const invoices = [];
    for (const minor of amounts)
      invoices.push(await anInvoice(tenant, { companyId, customerId, minor, dueOn: '2026-02-01' }));
    return { customerId, invoices };
  };
  const ask = await serveTo(tenant, [...routes, ...forecastRoutes]);
  const plan = async () => {
    const { reply } = await ask('collector', planReminders, {});
    return reply.rows.map(({ customerId, waits, items }) => ({
      customerId,
      waits,
      held: items.flatMap(({ reference, waitingMoney }) =>
        waitingMoney ? `${reference} ${waitingMoney.reason}` : [],
      ),
    }));
  };
  const heldIn = async () => {
    const { reply } = await ask('collector', summarizePlan, {});
    return [reply.said.messages, reply.held.messages, reply.held.items];
  };
  /** What the money is called that each item is held back for. */
  const called = async () => {
    const { reply } = await ask('collector', planReminders, {});
    return reply.rows.flatMap(({ items }) => items.flatMap(({ waitingMoney }) => waitingMoney?.name ?? []));
  };
  return { tenant, companyId, debtor, plan, called, heldIn };
}

test('a plan names the money that could pay an item, and the run then leaves out the same items and lets the same messages wait', async () => {
  const { tenant, companyId, debtor, plan, heldIn } = await twoDebtors('customer');
  const some = await debtor([123_45n, 400_00n]);
  const all = await debtor([77_00n]);
  const none = await debtor([500_00n]);
  const named = some.invoices[0]?.number ?? '';
  await aPayment(tenant, {
    companyId,
    minor: 99_00n,
    receivedOn: '2026-02-06',
    reference: `part of ${named}`,
  });
  await aPayment(tenant, { companyId, customerId: all.customerId, minor: 80_00n, receivedOn: '2026-02-06' });
  const seen = new Map((await plan()).map((row) => [row.customerId, row]));
  assert.deepEqual(seen.get(some.customerId)?.held, [`${named} named`]);
  assert.equal(seen.get(some.customerId)?.waits, false);
  assert.deepEqual(seen.get(none.customerId), { customerId: none.customerId, waits: false, held: [] });
  assert.deepEqual(await heldIn(), [2, 0, 1]);
  await remindOn(tenant, '2026-02-08');
  assert.deepEqual((await sendReminders(tenant)).toSorted(), ['sent', 'sent']);
  assert.deepEqual(await leftOut(tenant), [`${named} money_waits`]);
  assert.equal((await stepsSaid(tenant)).length, 2);
});

test('a plan names who received the money, where it is on account for the customer with another company', async () => {
  const { tenant, companyId, debtor, called } = await twoDebtors('customer');
  const { customerId } = await debtor([400_00n]);
  const sister = await aCompany(tenant, { name: 'Sister GmbH' });
  const { number } = await aPayment(tenant, {
    companyId: sister,
    customerId,
    minor: 400_00n,
    receivedOn: '2026-02-06',
  });
  assert.deepEqual(await called(), [], 'money that may not be used for this company holds nothing');
  await letReceive(tenant, sister, companyId);
  assert.deepEqual(await called(), [`${number}, received by Sister GmbH`]);
  const own = await aPayment(tenant, { companyId, customerId, minor: 400_00n, receivedOn: '2026-02-07' });
  assert.ok(own.number === number, 'numbers are each company’s own');
});

test('of messages about one invoice each, the one that money could pay waits and the others go', async () => {
  const { tenant, companyId, debtor, plan, heldIn } = await twoDebtors('invoice');
  const { customerId, invoices } = await debtor([123_45n, 400_00n]);
  await aPayment(tenant, { companyId, minor: 123_45n, receivedOn: '2026-02-06', reference: 'thank you' });
  assert.deepEqual(await plan(), [
    { customerId, waits: false, held: [`${invoices[0]?.number} exact_amount`] },
  ]);
  assert.deepEqual(await heldIn(), [2, 1, 1]);
  await remindOn(tenant, '2026-02-08');
  assert.deepEqual((await sendReminders(tenant)).toSorted(), ['queued', 'sent']);
});

test('a customer all of whose messages would wait is said to wait', async () => {
  const { tenant, companyId, debtor, plan, heldIn } = await twoDebtors('customer');
  const { customerId, invoices } = await debtor([123_45n]);
  await aPayment(tenant, { companyId, minor: 123_45n, receivedOn: '2026-02-06' });
  assert.deepEqual(await plan(), [
    { customerId, waits: true, held: [`${invoices[0]?.number} exact_amount`] },
  ]);
  assert.deepEqual(await heldIn(), [1, 1, 1]);
  await remindOn(tenant, '2026-02-08');
  assert.deepEqual(await sendReminders(tenant), ['queued']);
});
