import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { addDays, parseDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { serveTo } from '../../test/support/ask.ts';
import { refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, anInvoice, aPayment } from '../../test/support/builders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { endExperiments } from './end-experiment.ts';
import { armOf } from './experiment.ts';
import { recordEntries } from './record-entries.ts';
import { routes } from './routes.ts';
import { type StartExperiment, startExperiment } from './start-experiment.ts';
import { findExperiment } from './store.ts';

const day = parseDate;

const WANTED: StartExperiment = {
  name: 'Is the first reminder worth it?',
  note: 'Who forgot pays when reminded',
  policyCode: 'everybody',
  offsetDays: 7,
  kind: 'hold_out',
  sharePercent: 50,
  metric: 'share_paid',
  windowDays: 7,
  expected: 10,
  endsOn: day('2026-03-31'),
};

async function setting() {
  const tenant = await newTenant({ on: '2026-02-01' });
  const companyId = await aCompany(tenant);
  const start = (given: Partial<StartExperiment> = {}) =>
    tenant.act('controller', startExperiment, { ...WANTED, ...given });
  return { tenant, companyId, start };
}

/** Takes a customer with items in, as planning does, on the day of the clock. */
async function enter(
  tenant: TestTenant,
  experimentId: string,
  who: {
    readonly companyId: CompanyId;
    readonly customerId: CustomerId;
    readonly items: readonly { readonly itemId: ItemId; readonly openMinor: bigint }[];
  },
): Promise<'usual' | 'tried'> {
  const command = {
    name: 'enter-for-test',
    permission: 'reminder.send',
    async run(act: Parameters<typeof recordEntries>[0]) {
      const experiment = await findExperiment(act, experimentId);
      assert.ok(experiment);
      const arm = armOf(experiment, who.customerId);
      await recordEntries(act, [{ experimentId, arm, enteredOn: act.today, ...who }]);
      return arm;
    },
  };
  return tenant.act('controller', command, {});
}

async function pay(
  tenant: TestTenant,
  who: { readonly companyId: CompanyId; readonly customerId: CustomerId; readonly itemId: ItemId },
  minor: bigint,
  receivedOn: string,
) {
  const { itemId, ...payer } = who;
  const { paymentId } = await aPayment(tenant, { ...payer, minor, receivedOn });
  await tenant.act('cash_applier', applyPayment, {
    paymentId,
    allocations: [{ itemId, amount: money(minor, 'EUR') }],
  });
}

test('what is registered is kept whole, never changed, and one step is part of one experiment at a time', async () => {
  const { tenant, start } = await setting();
  const { experimentId, number } = await start();
  assert.equal(number, 1);
  await refusesWithoutTrace(tenant, 'experiment_overlaps', () => start());
  await refusesWithoutTrace(tenant, 'experiment_policy_unknown', () => start({ policyCode: 'nobody' }));
  await refusesWithoutTrace(tenant, 'experiment_step_unknown', () => start({ offsetDays: 8 }));
  await refusesWithoutTrace(tenant, 'experiment_later_missing', () => start({ kind: 'later' }));
  await refusesWithoutTrace(tenant, 'experiment_later_needless', () => start({ laterDays: 3 }));
  await refusesWithoutTrace(tenant, 'experiment_start_past', () => start({ startsOn: day('2026-01-31') }));
  await refusesWithoutTrace(tenant, 'experiment_days_reversed', () =>
    start({ startsOn: day('2026-04-02'), endsOn: day('2026-04-01') }),
  );
  await refusesWithoutTrace(tenant, 'experiment_too_long', () =>
    start({ startsOn: day('2026-04-01'), endsOn: day('2027-04-02') }),
  );
  // After the first has taken everybody in, another may.
  assert.equal((await start({ startsOn: day('2026-04-01'), endsOn: day('2026-04-30') })).number, 2);
  await assert.rejects(
    inTenant(tenant.pool, tenant.tenantId, async (tx) => {
      await tx.run(sql`update experiment set metric = 'days_to_pay' where id = ${experimentId}::uuid`);
    }),
    /refuse|never|change/i,
  );
});

test('who paid all that was open within the window counts as paid; what is taken off by credit need not be paid', async () => {
  const { tenant, companyId, start } = await setting();
  const { experimentId } = await start({ startsOn: day('2026-02-01') });
  tenant.on('2026-02-10');
  const owing = async () => {
    const invoice = await anInvoice(tenant, { companyId, minor: 100_00n, dueOn: '2026-02-01' });
    const { customerId, itemId } = invoice;
    const arm = await enter(tenant, experimentId, {
      companyId,
      customerId,
      items: [{ itemId, openMinor: 100_00n }],
    });
    return { companyId, customerId, itemId, arm };
  };
  const [whole, partly, late, none] = [await owing(), await owing(), await owing(), await owing()];
  tenant.on('2026-02-28');
  await pay(tenant, whole, 60_00n, '2026-02-12');
  await pay(tenant, whole, 40_00n, '2026-02-17');
  await pay(tenant, partly, 99_99n, '2026-02-11');
  await pay(tenant, late, 100_00n, '2026-02-18');
  const ask = await serveTo(tenant, routes);
  const entries = async (asOf: string) =>
    (await ask('viewer', contract.listExperimentEntries, { params: { experimentId }, query: { asOf } })).reply
      .rows;
  const rows = await entries('2026-02-28');
  const seen = (who: { readonly customerId: string }) => {
    const row = rows.find(({ customer }) => customer.id === who.customerId);
    return [row?.arm, row?.paid, row?.days];
  };
  assert.deepEqual(seen(whole), [whole.arm, true, 7]);
  assert.deepEqual(seen(partly), [partly.arm, false, 7]);
  assert.deepEqual(seen(late), [late.arm, false, 7]);
  assert.deepEqual(seen(none), [none.arm, false, 7]);
  const page = await ask('viewer', contract.listExperimentEntries, {
    params: { experimentId },
    query: { limit: 3, asOf: '2026-02-28' },
  });
  const rest = await ask('viewer', contract.listExperimentEntries, {
    params: { experimentId },
    query: { limit: 3, after: page.reply.next ?? '', asOf: '2026-02-28' },
  });
  assert.deepEqual(
    [...page.reply.rows, ...rest.reply.rows].map(({ customer }) => customer.id),
    rows.map(({ customer }) => customer.id),
  );
  // Before the window is over nobody is compared, and who was taken in later is not known before.
  const read = async (query: { readonly asOf: string; readonly knownAt?: string }) =>
    (await ask('viewer', contract.readExperiment, { params: { experimentId }, query })).reply;
  const before = await read({ asOf: '2026-02-16' });
  assert.deepEqual([before.arms.usual.of + before.arms.tried.of, before.uplift], [0, null]);
  const now = await read({ asOf: '2026-02-28' });
  assert.equal(now.arms.usual.of + now.arms.tried.of, 4);
  assert.equal(now.arms.usual.paid + now.arms.tried.paid, 1);
  const known = await read({ asOf: '2026-02-28', knownAt: '2026-02-20T00:00:00Z' });
  assert.equal(known.arms.usual.paid + known.arms.tried.paid, 0);
});

/** Makes an account many: customers that entered on the same day, of whom so many paid like it, by facts of the same kind. */
async function multiply(
  tenant: TestTenant,
  of: { readonly experimentId: string; readonly customerId: CustomerId; readonly itemId: ItemId },
  arm: 'usual' | 'tried',
  count: { readonly all: number; readonly paid: number },
) {
  await inTenant(tenant.pool, tenant.tenantId, async (tx) => {
    const copies = sql`copies as materialized (select n, gen_random_uuid() as customer_id, gen_random_uuid() as item_id
      from generate_series(1, ${count.all}::int) n)`;
    await tx.run(sql`create temporary table made on commit drop as with ${copies} select * from copies`);
    await tx.run(sql`insert into customer (tenant_id, id, number, name, language, time_zone)
      select c.tenant_id, m.customer_id, ${arm}::text || m.n, c.name, c.language, c.time_zone
      from customer c cross join made m where c.id = ${of.customerId}`);
    await tx.run(sql`insert into open_item (tenant_id, id, company_id, customer_id, kind, document_id, instalment, reference, account,
        currency, amount_minor, open_minor, functional_minor, open_functional_minor, posted_on, due_on, recorded_at)
      select i.tenant_id, m.item_id, i.company_id, m.customer_id, i.kind, gen_random_uuid(), 1, i.reference, i.account, i.currency,
        i.amount_minor, i.open_minor, i.functional_minor, i.open_functional_minor, i.posted_on, i.due_on, i.recorded_at
      from open_item i cross join made m where i.id = ${of.itemId}`);
    await tx.run(sql`insert into experiment_entry (tenant_id, experiment_id, customer_id, company_id, arm, entered_on, recorded_at)
      select e.tenant_id, e.experiment_id, m.customer_id, e.company_id, ${arm}, e.entered_on, e.recorded_at
      from experiment_entry e cross join made m where e.customer_id = ${of.customerId}`);
    await tx.run(sql`insert into experiment_item (tenant_id, experiment_id, customer_id, item_id, open_minor)
      select e.tenant_id, e.experiment_id, m.customer_id, m.item_id, e.open_minor from experiment_item e cross join made m
      where e.item_id = ${of.itemId}`);
    await tx.run(sql`insert into application (tenant_id, id, company_id, debit_item_id, credit_item_id, currency, amount_minor,
        debit_functional_minor, credit_functional_minor, method, applied_on, recorded_at, entry_id)
      select a.tenant_id, gen_random_uuid(), a.company_id, m.item_id, a.credit_item_id, a.currency, a.amount_minor,
        a.debit_functional_minor, a.credit_functional_minor, a.method, a.applied_on, a.recorded_at, a.entry_id
      from application a cross join made m where a.debit_item_id = ${of.itemId} and m.n <= ${count.paid}::int`);
  });
}

test('as soon as one part is shown to be worse off, the experiment ends by itself; without that it ends in time, or is stopped', async () => {
  const { tenant, companyId, start } = await setting();
  const shown = await start({ startsOn: day('2026-02-01') });
  tenant.on('2026-02-10');
  const invoice = await anInvoice(tenant, { companyId, minor: 100_00n, dueOn: '2026-02-01' });
  const { customerId, itemId } = invoice;
  const items = [{ itemId, openMinor: 100_00n }];
  await enter(tenant, shown.experimentId, { companyId, customerId, items });
  tenant.on('2026-02-12');
  await pay(tenant, { companyId, customerId, itemId }, 100_00n, '2026-02-11');
  const of = { ...shown, customerId, itemId };
  await multiply(tenant, of, 'usual', { all: 120, paid: 90 });
  await multiply(tenant, of, 'tried', { all: 120, paid: 30 });
  const look = () => tenant.act('owner', endExperiments, {});
  tenant.on('2026-02-16');
  assert.deepEqual(await look(), { ended: 0 });
  tenant.on('2026-02-17');
  assert.deepEqual(await look(), { ended: 1 });
  assert.deepEqual(await look(), { ended: 0 });
  const ask = await serveTo(tenant, routes);
  const params = { experimentId: shown.experimentId };
  const { reply } = await ask('viewer', contract.readExperiment, { params });
  assert.deepEqual([reply.endKind, reply.endedOn, reply.verdict], ['harm', '2026-02-17', 'step_helps']);
  assert.ok((reply.uplift?.always?.low ?? 0) > 0.2 && (reply.uplift?.always?.high ?? 1) < 0.8);
  assert.equal(reply.course.length, 1);
  const told = (await tenant.events()).filter(({ type }) => type === 'experiment.ended');
  assert.equal(told.length, 1);

  // The step is free for another one, which nobody takes part in: it ends once its last window is over.
  const second = await start({ endsOn: day('2026-02-20') });
  tenant.on('2026-02-27');
  assert.deepEqual(await look(), { ended: 0 });
  tenant.on('2026-02-28');
  assert.deepEqual(await look(), { ended: 1 });
  const third = await start({ endsOn: addDays(day('2026-02-28'), 20) });
  const stop = (experimentId: string) =>
    ask('controller', contract.stopExperiment, { params: { experimentId }, body: { note: 'A mistake' } });
  assert.equal((await stop(third.experimentId)).status, 200);
  assert.equal((await stop(third.experimentId)).code, 'experiment_ended');
  assert.equal((await stop(customerId)).code, 'experiment_not_found');
  const { reply: list } = await ask('controller', contract.listExperiments, {});
  assert.deepEqual(
    list.rows.map(({ number, endKind, endNote }) => [number, endKind, endNote]),
    [
      [3, 'stopped', 'A mistake'],
      [2, 'over', null],
      [1, 'harm', null],
    ],
  );
  assert.equal(list.rows[1]?.experimentId, second.experimentId);
  assert.ok(list.steps.length > 0 && list.steps.every((step) => contract.TRIED_PHASES.includes(step.phase)));
});
