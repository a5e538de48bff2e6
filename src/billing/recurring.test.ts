import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import { type InvoiceId, type ItemId, newId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { archiveCustomer } from '#parties/change-customer.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer, aPayment, itemsOf } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { issuePeriod } from './issue-period.ts';
import type { RecurringId } from './recurring.ts';
import { routes } from './routes.ts';
import { runRecurring } from './run-recurring.ts';

async function setting(day = '2026-03-01') {
  const tenant = await newTenant({ on: day });
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant, { name: 'Subscriber' });
  const ask = await serveTo(tenant, routes);
  const agreement = {
    name: 'Hosting',
    companyId,
    customerId,
    body: {
      currency: 'EUR',
      lines: [{ description: 'Hosting', quantity: '1', unitPrice: '100', taxPercent: '21' }],
    },
    unit: 'month' as const,
    startsOn: '2026-01-10',
    anchorDay: 1,
    mode: 'issue' as const,
  };
  const agree = async (given: object = {}): Promise<RecurringId> => {
    const added = await ask('controller', contract.addRecurring, { body: { ...agreement, ...given } });
    assert.equal(added.status, 200, JSON.stringify(added));
    return added.reply.recurringId as RecurringId;
  };
  const run = () =>
    runRecurring({ door: tenant.door, contextOf: async () => tenant.as('owner') }, tenant.tenantId);
  const read = async (recurringId: string) =>
    (await ask('viewer', contract.readRecurring, { params: { recurringId } })).reply;
  return { tenant, companyId, customerId, ask, agreement, agree, run, read };
}

test('what is due is issued once for each period, the first for its share of days', async () => {
  const { agree, run, read, tenant, ask, agreement } = await setting();
  const { body } = agreement;
  const id = await agree({ body: { ...body, dueDays: 300 } });
  const before = await read(id);
  assert.deepEqual(
    before.next.slice(0, 2).map((p) => [p.from, p.to, p.days, p.ofDays, p.total?.amount]),
    [
      // 100 × 22/31 = 70.97, with 21 % tax.
      ['2026-01-10', '2026-01-31', 22, 31, '85.87'],
      ['2026-02-01', '2026-02-28', 28, 28, '121.00'],
    ],
  );
  await run();
  await run();
  const after = await read(id);
  assert.deepEqual(
    after.invoiced.map((p) => [p.from, p.state, p.number]),
    [
      ['2026-01-10', 'issued', 'INV-2026-00001'],
      ['2026-02-01', 'issued', 'INV-2026-00002'],
      ['2026-03-01', 'issued', 'INV-2026-00003'],
    ],
  );
  assert.equal(after.next[0]?.from, '2026-04-01');
  tenant.on('2026-04-01');
  await run();
  assert.equal((await read(id)).invoicedCount, 4);
  const listed = await ask('viewer', contract.listRecurring, {});
  assert.deepEqual(
    listed.reply.rows.map((row) => [row.name, row.customer?.name, row.next[0]?.from]),
    [['Hosting', 'Subscriber', '2026-05-01']],
  );
});

test('as a draft it waits for a person; issued by itself and refused, it waits with the reason', async () => {
  const { agree, run, read, agreement, tenant, customerId, ask } = await setting('2026-01-10');
  const body = { ...agreement.body, dueDays: 300 };
  const [drafted, issued] = [await agree({ body, mode: 'draft' }), await agree({ body })];
  await tenant.act('owner', archiveCustomer, { customerId });
  await run();
  await run();
  assert.deepEqual(
    (await read(drafted)).invoiced.map((p) => [p.state, p.refusal]),
    [['open', null]],
  );
  assert.deepEqual(
    (await read(issued)).invoiced.map((p) => [p.state, p.refusal?.code]),
    [['open', 'customer_archived']],
  );
  const drafts = await ask('viewer', contract.listDrafts, {});
  assert.deepEqual(
    drafts.reply.rows.map((row) => row.source),
    ['recurring', 'recurring'],
  );
});

test('of eight who write the invoice of one period at once, one does', async () => {
  const { agree, tenant, agreement, read } = await setting();
  const recurringId = await agree({ body: { ...agreement.body, dueDays: 300 } });
  await Promise.all(Array.from({ length: 8 }, () => read(recurringId)));
  const from = parseDate('2026-02-01');
  const outcomes = await Promise.allSettled(
    Array.from({ length: 8 }, () => tenant.act('owner', issuePeriod, { recurringId, from })),
  );
  assert.equal(outcomes.filter((outcome) => outcome.status === 'fulfilled').length, 1);
  for (const outcome of outcomes)
    if (outcome.status === 'rejected') assert.equal(outcome.reason.code, 'period_already_invoiced');
  const rows = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql`select from invoice_draft where tenant_id = ${tx.tenantId}`),
  );
  assert.equal(rows.length, 1);
});

test('where that is agreed, nothing further is written while one before is overdue', async () => {
  const { agree, run, read, tenant, agreement, companyId, customerId } = await setting('2026-01-10');
  const id = await agree({
    body: { ...agreement.body, dueDays: 10 },
    stopsWhenUnpaid: true,
    endsOn: '2026-02-28',
  });
  await run();
  tenant.on('2026-02-01');
  await run();
  const held = await read(id);
  assert.deepEqual([held.invoicedCount, held.next[0]?.from], [1, '2026-02-01']);
  const [item] = await itemsOf(tenant, held.invoiced[0]?.invoiceId as InvoiceId);
  const payment = await aPayment(tenant, { companyId, customerId, minor: 85_87n });
  await tenant.act('owner', applyPayment, {
    paymentId: payment.paymentId,
    allocations: [{ itemId: item?.id as ItemId, amount: money(85_87n, 'EUR') }],
  });
  await run();
  const after = await read(id);
  assert.deepEqual(
    after.invoiced.map((p) => [p.state, p.refusal?.code]),
    [
      ['issued', undefined],
      ['issued', undefined],
    ],
  );
  assert.deepEqual(after.next, []);
});

test('paused it rests, and catches up when it goes on; a change is for periods to come', async () => {
  const { agree, run, read, tenant, ask, agreement } = await setting('2026-01-10');
  const body = { ...agreement.body, dueDays: 300 };
  const recurringId = await agree({ body });
  const params = { recurringId };
  await run();
  await ask('owner', contract.pauseRecurring, { params, body: { paused: true } });
  tenant.on('2026-03-01');
  await run();
  const paused = await read(recurringId);
  assert.deepEqual([paused.invoicedCount, paused.pausedOn], [1, '2026-01-10']);
  await assert.rejects(tenant.act('owner', issuePeriod, { recurringId, from: parseDate('2026-02-01') }), {
    code: 'recurring_paused',
  });
  await ask('owner', contract.pauseRecurring, { params, body: { paused: false } });
  const change = { ...agreement, body, priceSteps: [{ from: '2026-03-01', percent: '10' }] };
  const stale = await ask('owner', contract.changeRecurring, { params, body: { ...change, version: 1 } });
  assert.equal(stale.code, 'recurring_changed_meanwhile');
  const changed = await ask('owner', contract.changeRecurring, { params, body: { ...change, version: 3 } });
  assert.equal(changed.reply.version, 4);
  await run();
  assert.equal((await read(recurringId)).invoicedCount, 3);
  const totals = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(
      sql<{
        total_minor: bigint;
      }>`select total_minor from invoice where tenant_id = ${tx.tenantId} order by number`,
    ),
  );
  assert.deepEqual(
    totals.map((row) => row.total_minor),
    [85_87n, 121_00n, 133_10n],
  );
});

test('what cannot be agreed on is refused, and periods that are not due are not invoiced', async () => {
  const { agree, ask, agreement, tenant } = await setting();
  const body = { ...agreement.body, dueDays: 300 };
  const refused = async (given: object) =>
    (await ask('owner', contract.addRecurring, { body: { ...agreement, body, ...given } })).code;
  assert.equal(await refused({ body: { lines: [] } }), 'draft_incomplete');
  assert.equal(await refused({ customerId: newId() }), 'customer_not_found');
  assert.equal(await refused({ endsOn: '2026-01-01' }), 'ends_before_start');
  assert.equal(
    await refused({ priceSteps: [{ from: '2026-02-01', percent: '-100' }] }),
    'price_step_not_valid',
  );
  const missing = { recurringId: newId() };
  assert.equal((await ask('owner', contract.readRecurring, { params: missing })).code, 'recurring_not_found');
  const recurringId = await agree({ body });
  await assert.rejects(tenant.act('owner', issuePeriod, { recurringId, from: parseDate('2026-04-01') }), {
    code: 'period_not_due',
  });
  const preview = await ask('viewer', contract.previewRecurring, {
    body: { ...agreement, currency: 'EUR', yearlyPercent: '5', every: 12, anchorDay: 10 },
  });
  assert.deepEqual(
    preview.reply.next.slice(0, 3).map((p) => [p.from, p.total?.amount]),
    [
      ['2026-01-10', '121.00'],
      ['2027-01-10', '127.05'],
      ['2028-01-10', '133.40'],
    ],
  );
});
