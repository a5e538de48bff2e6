import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTenant } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import { money } from '#kernel/money.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { recordRates } from './record-rates.ts';
import { rateText, takeRate, toFunctional } from './take-rate.ts';

const record = (tenant: TestTenant, base: string, quote: string, on: string, rate: string) =>
  tenant.act('owner', recordRates, { rates: [{ base, quote, validOn: parseDate(on), rate }] });

const take = (tenant: TestTenant, from: string, to: string, on: string) =>
  inTenant(tenant.pool, tenant.tenantId, (tx) => takeRate(tx, from, to, parseDate(on))).then(rateText);

test('a rate is in force from its day until the next one', async () => {
  const tenant = await newTenant();
  await record(tenant, 'USD', 'EUR', '2026-01-10', '0.9');
  await record(tenant, 'USD', 'EUR', '2026-01-20', '0.8');
  assert.equal(await take(tenant, 'USD', 'EUR', '2026-01-10'), '0.9');
  assert.equal(await take(tenant, 'USD', 'EUR', '2026-01-19'), '0.9');
  assert.equal(await take(tenant, 'USD', 'EUR', '2026-01-20'), '0.8');
  assert.equal(await take(tenant, 'EUR', 'EUR', '2020-01-01'), '1');
  await assert.rejects(take(tenant, 'USD', 'EUR', '2026-01-09'), { code: 'exchange_rate_missing' });
  await assert.rejects(take(tenant, 'CZK', 'EUR', '2026-01-20'), { code: 'exchange_rate_missing' });
});

test('of two rates for one day the one recorded later counts', async () => {
  const tenant = await newTenant();
  await record(tenant, 'USD', 'EUR', '2026-01-10', '9');
  await record(tenant, 'USD', 'EUR', '2026-01-10', '0.9');
  assert.equal(await take(tenant, 'USD', 'EUR', '2026-01-10'), '0.9');
});

test('a rate stated the other way round is turned, and the newer of both directions counts', async () => {
  const tenant = await newTenant();
  await record(tenant, 'EUR', 'CZK', '2026-01-10', '25');
  assert.equal(await take(tenant, 'CZK', 'EUR', '2026-01-12'), '0.04');
  await record(tenant, 'CZK', 'EUR', '2026-01-11', '0.05');
  assert.equal(await take(tenant, 'CZK', 'EUR', '2026-01-12'), '0.05');
  await record(tenant, 'EUR', 'CZK', '2026-01-12', '10');
  assert.equal(await take(tenant, 'CZK', 'EUR', '2026-01-12'), '0.1');
});

test('amounts are converted half up, with the decimals of both currencies', () => {
  const rate = (digits: bigint, scale: number, functionalCurrency = 'EUR') => ({
    rate: { digits, scale },
    functionalCurrency,
  });
  assert.deepEqual(toFunctional(money(101n, 'USD'), rate(5n, 1)), money(51n, 'EUR'));
  assert.deepEqual(toFunctional(money(-101n, 'USD'), rate(5n, 1)), money(-51n, 'EUR'));
  assert.deepEqual(toFunctional(money(1000n, 'JPY'), rate(6n, 3)), money(600n, 'EUR'));
  assert.deepEqual(toFunctional(money(1000n, 'KWD'), rate(3n, 0)), money(300n, 'EUR'));
  assert.deepEqual(toFunctional(money(7n, 'EUR'), rate(2n, 0)), money(7n, 'EUR'));
});

test('an amount that its rate makes larger than the books can hold is refused, not lost in the database', () => {
  const rate = { rate: { digits: 90_000n, scale: 0 }, functionalCurrency: 'LBP' };
  assert.throws(() => toFunctional(money(10n ** 15n, 'EUR'), rate), { code: 'amount_too_large' });
  assert.throws(() => toFunctional(money(-(10n ** 15n), 'EUR'), rate), { code: 'amount_too_large' });
});

test('recording rates needs the permission, keeps all or none, and is said once', async () => {
  const tenant = await newTenant();
  const rates = [
    { base: 'EUR', quote: 'USD', validOn: parseDate('2026-01-10'), rate: '1.1' },
    { base: 'EUR', quote: 'CZK', validOn: parseDate('2026-01-10'), rate: '0' },
  ];
  await assert.rejects(tenant.act('viewer', recordRates, { rates }), { code: 'not_permitted' });
  await assert.rejects(tenant.act('owner', recordRates, { rates }), { code: 'rate_not_positive' });
  await assert.rejects(take(tenant, 'EUR', 'USD', '2026-01-10'), { code: 'exchange_rate_missing' });
  assert.deepEqual(await tenant.act('owner', recordRates, { rates: rates.slice(0, 1) }), { recorded: 1 });
  const [event, ...rest] = await tenant.events();
  assert.deepEqual(
    [event?.type, event?.data, rest.length],
    ['exchange_rates.recorded', { recorded: 1, pairs: ['EUR/USD'] }, 0],
  );
});
