import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { inTenant } from '#db/transaction.ts';
import { placeHold } from '#holds/place-hold.ts';
import { addDays, parseDate } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { readPolicies } from '#policies/take-policies.ts';
import { takePromise } from '#promises/take-promise.ts';
import { skipReminders } from '#skips/place-skips.ts';
import { aCompany, anInvoice } from '../../test/support/builders.ts';
import { aReader, goLive, remindOn, stepsSaid } from '../../test/support/reminders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { readCalendar } from './read-calendar.ts';
import { readForecast } from './read-forecast.ts';
import { readSummary } from './read-summary.ts';

const START = '2026-03-02';

async function forecast(tenant: TestTenant, customerId: CustomerId, months = 2) {
  return inTenant(tenant.pool, tenant.tenantId, async (tx) => {
    const { policies } = await readPolicies(tx);
    return readForecast(tx, { customerId, policies, months, now: tenant.as('collector').now });
  });
}

/** What a forecast says, in the words of `stepsSaid`. */
function stepsOf(seen: Awaited<ReturnType<typeof forecast>>, phaseOf: (offset: number) => string) {
  return seen.companies.flatMap(({ messages }) =>
    messages.flatMap(({ on, items }) =>
      items.map(({ reference, offsetDays }) => `${on} ${reference} ${phaseOf(offsetDays)}`),
    ),
  );
}

const TWO = [
  {
    code: 'long_overdue',
    segment: { attribute: 'oldest_days_overdue', is: 'at_least', value: 21 },
    minimumGapDays: 5,
    afterCarrier: 'continue_level',
    steps: [
      { offsetDays: 2, phase: 'reminder' },
      { offsetDays: 24, phase: 'demand', everyDays: 6 },
      { offsetDays: 40, phase: 'final_notice', required: true },
    ],
  },
  {
    code: 'everybody',
    segment: 'everybody',
    minimumGapDays: 3,
    grouping: 'invoice',
    steps: [
      { offsetDays: -10, phase: 'upcoming', everyDays: 4 },
      { offsetDays: 0, phase: 'due' },
      { offsetDays: 7, phase: 'reminder' },
      { offsetDays: 14, phase: 'demand', required: true },
    ],
  },
] as const;

const phaseOf = (offset: number): string =>
  offset < 0
    ? 'upcoming'
    : offset < 2
      ? 'due'
      : offset < 14
        ? 'reminder'
        : offset < 40
          ? 'demand'
          : 'final_notice';

test('what is forecast is what runs of these days say, whatever is due when', async () => {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant);
  await goLive(tenant, ...TWO);
  const someDays = fc.array(fc.integer({ min: -28, max: 40 }), { minLength: 1, maxLength: 4 });
  const customers: CustomerId[] = [];
  for (const days of fc.sample(someDays, { numRuns: 5, seed: 7 })) {
    const customerId = await aReader(tenant);
    customers.push(customerId);
    for (const day of days) {
      const dueOn = addDays(parseDate(START), day).toString();
      await anInvoice(tenant, { companyId, customerId, issuedOn: '2026-01-02', dueOn });
    }
  }
  tenant.on(START);
  const seen = [];
  for (const customerId of customers) seen.push(...stepsOf(await forecast(tenant, customerId, 1), phaseOf));
  const last = '2026-03-22';
  for (let on = parseDate(START); on.toString() <= last; on = addDays(on, 1))
    await remindOn(tenant, on.toString());
  const said = await stepsSaid(tenant);
  assert.ok(said.length > 15, String(said.length));
  assert.deepEqual(seen.filter((one) => one.slice(0, 10) <= last).sort(), [...said].sort());
});

test('a hold that ends, a promise that breaks and a skip are seen on their days', async () => {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant);
  await goLive(tenant, {
    code: 'everybody',
    segment: 'everybody',
    steps: [{ offsetDays: 7, phase: 'reminder' }],
  });
  const make = async () => {
    const customerId = await aReader(tenant);
    const invoice = await anInvoice(tenant, { companyId, customerId, dueOn: '2026-02-26' });
    return { ...invoice, customerId };
  };
  const [held, promised, skipped, free] = [await make(), await make(), await make(), await make()];
  tenant.on(START);
  await tenant.act('collector', placeHold, {
    customerId: held.customerId,
    reason: 'in_talks',
    until: parseDate('2026-03-09'),
  });
  await tenant.act('collector', takePromise, {
    items: [{ itemId: promised.itemId, on: parseDate('2026-03-10'), amount: money(100_00n, 'EUR') }],
    way: 'phone',
  });
  await tenant.act('collector', skipReminders, {
    companyId,
    of: [{ customerId: skipped.customerId }],
    from: parseDate('2026-03-04'),
    until: parseDate('2026-03-06'),
    reason: 'asked to wait',
  });
  const first = async (one: { readonly customerId: CustomerId }) => {
    const [company] = (await forecast(tenant, one.customerId)).companies;
    return [company?.messages[0]?.on, company?.leftOut.map(({ on, reason }) => `${on} ${reason}`)];
  };
  assert.deepEqual(await first(free), ['2026-03-05', []]);
  assert.deepEqual(await first(held), ['2026-03-10', ['2026-03-05 on_hold']]);
  assert.deepEqual(await first(skipped), ['2026-03-07', ['2026-03-05 skipped']]);
  const [on, left] = await first(promised);
  assert.ok(String(on) > '2026-03-10', String(on));
  assert.ok(String(left).startsWith('2026-03-05 promised'));
});

test('the calendar counts what goes out by itself and what is for a person, each once, on its day', async () => {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant);
  await goLive(tenant, {
    code: 'everybody',
    segment: 'everybody',
    steps: [
      { offsetDays: 7, phase: 'reminder' },
      { offsetDays: 14, phase: 'demand', automatic: false },
    ],
  });
  for (const dueOn of ['2026-02-25', '2026-02-25', '2026-02-26'])
    await anInvoice(tenant, { companyId, customerId: await aReader(tenant), dueOn });
  tenant.on(START);
  const now = tenant.as('collector').now;
  const seen = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readCalendar(tx, { companyId: undefined, weeks: 3, now }),
  );
  assert.deepEqual([seen.from, seen.to, seen.accounts, seen.more], [START, '2026-03-22', 3, false]);
  const busy = seen.days.filter(({ said, forPerson }) => said.messages + forPerson.messages > 0);
  assert.deepEqual(
    busy.map(({ on, said, forPerson }) => [on, said.messages, said.sums[0]?.amount, forPerson.messages]),
    [
      ['2026-03-04', 2, '200.00', 0],
      ['2026-03-05', 1, '100.00', 0],
      ['2026-03-11', 0, undefined, 2],
      ['2026-03-12', 0, undefined, 1],
    ],
  );
  assert.deepEqual(
    busy[2]?.byPhase.map(({ phase, channel, count }) => [phase, channel, count.messages]),
    [['demand', 'email', 2]],
  );
});

test('a summary says how many items wait for a person, whether they are said with the others or not', async () => {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant);
  await goLive(tenant, {
    code: 'everybody',
    segment: 'everybody',
    steps: [
      { offsetDays: 7, phase: 'reminder' },
      { offsetDays: 14, phase: 'demand', automatic: false },
    ],
  });
  for (const dueOn of ['2026-02-25', '2026-02-18', '2026-02-18'])
    await anInvoice(tenant, { companyId, customerId: await aReader(tenant), dueOn });
  tenant.on('2026-03-04');
  const { now } = tenant.as('collector');
  const summaryOf = (approved: boolean) =>
    inTenant(tenant.pool, tenant.tenantId, (tx) =>
      readSummary(tx, { companyId: undefined, on: undefined, approved, now }),
    );
  const [alone, both] = [await summaryOf(false), await summaryOf(true)];
  assert.deepEqual([alone.said.items, alone.forPerson], [1, 2]);
  assert.deepEqual([both.said.items, both.forPerson], [3, 2]);
});

test('a tenant that has no company yet has an empty calendar', async () => {
  const tenant = await newTenant({ on: START });
  const { now } = tenant.as('viewer');
  const calendar = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readCalendar(tx, { companyId: undefined, weeks: 2, now }),
  );
  assert.deepEqual([calendar.from, calendar.days.length, calendar.accounts], [START, 14, 0]);
});
