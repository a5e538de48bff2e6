import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDate } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { parseDecimal } from '#kernel/percent.ts';
import {
  type DifferenceLimit,
  limitOn,
  mostOf,
  readCeiling,
  type ToleranceRule,
  toleranceOn,
} from './difference-rules.ts';

const eur = (minor: bigint) => money(minor, 'EUR');
const customer = 'c' as CustomerId;

const tolerance = (id: string, given: Partial<ToleranceRule> = {}): ToleranceRule => ({
  id,
  kind: 'small_balance',
  customerId: null,
  currency: 'EUR',
  stance: 'limit',
  amountMax: eur(5_00n),
  percentMax: null,
  validFrom: parseDate('2026-01-01'),
  ...given,
});

test('the version in force on the value date counts; of two from one day the later recorded', () => {
  const rules = [
    tolerance('first'),
    tolerance('summer', { validFrom: parseDate('2026-06-01') }),
    tolerance('again', { validFrom: parseDate('2026-06-01') }),
    tolerance('dollars', { currency: 'USD', amountMax: money(1_00n, 'USD') }),
  ];
  const on = (day: string, currency = 'EUR') =>
    toleranceOn(rules, { customerId: customer, currency, on: parseDate(day) })?.id;
  assert.deepEqual(
    [on('2025-12-31'), on('2026-01-01'), on('2026-05-31'), on('2026-06-01'), on('2026-06-01', 'USD')],
    [undefined, 'first', 'first', 'again', 'dollars'],
  );
  assert.equal(on('2026-06-01', 'GBP'), undefined, 'a currency of which nothing is said has none');
});

test('a customer has its own, is blocked in every currency, or goes by the company again', () => {
  const at = (...own: readonly Partial<ToleranceRule>[]) => {
    const rules = [
      tolerance('company'),
      ...own.map((one, n) => tolerance(`own${n}`, { customerId: customer, ...one })),
    ];
    return toleranceOn(rules, { customerId: customer, currency: 'EUR', on: parseDate('2026-02-01') })?.id;
  };
  const none = { amountMax: null, currency: null };
  assert.equal(at(), 'company');
  assert.equal(at({}), 'own0');
  assert.equal(at({ stance: 'blocked', ...none }), undefined);
  assert.equal(at({ stance: 'blocked', ...none }, { stance: 'as_company', ...none }), 'company');
  assert.equal(at({ validFrom: parseDate('2026-03-01') }), 'company', 'not in force yet');
});

test('a company that takes its tolerance back drops nothing', () => {
  const rules = [tolerance('some'), tolerance('none', { stance: 'blocked', amountMax: null })];
  assert.equal(
    toleranceOn(rules, { customerId: null, currency: 'EUR', on: parseDate('2026-02-01') }),
    undefined,
  );
});

test('a person’s limit comes before the role’s, and that before the usual one of five percent', () => {
  const limit = (given: Partial<DifferenceLimit>): DifferenceLimit => ({
    id: 'limit',
    role: null,
    userId: null,
    currency: 'EUR',
    stance: 'limit',
    amountMax: eur(1_00n),
    percentMax: null,
    validFrom: parseDate('2026-01-01'),
    ...given,
  });
  const of = { currency: 'EUR', on: parseDate('2026-02-01') };
  const who = { role: 'cash_applier', userId: 'ann' };
  const role = limit({ id: 'role', role: 'cash_applier' });
  const own = limit({ id: 'own', userId: 'ann' });
  const withdrawn = limit({ id: 'gone', userId: 'ann', stance: 'withdrawn', amountMax: null });
  assert.equal(mostOf(limitOn([], who, of), eur(200_00n)).minor, 10_00n);
  assert.equal(limitOn([role], who, of).id, 'role');
  assert.equal(limitOn([own, role], who, of).id, 'own');
  assert.equal(limitOn([own, role], { ...who, userId: 'bob' }, of).id, 'role');
  assert.equal(
    limitOn([own, role], { ...who, userId: null }, of).id,
    'role',
    'a key has the limit of its role',
  );
  assert.equal(limitOn([own, withdrawn, role], who, of).id, 'role');
  assert.equal(limitOn([role], { role: 'controller', userId: 'ann' }, of).id, null);
});

test('the smaller of amount and percentage counts, rounded down; nothing stated is nothing', () => {
  const most = (amountMax: bigint | null, percent: string | null, minor = 199_99n) =>
    mostOf(
      {
        amountMax: amountMax === null ? null : eur(amountMax),
        percentMax: percent === null ? null : parseDecimal(percent),
      },
      eur(minor),
    ).minor;
  assert.equal(most(5_00n, null), 5_00n);
  assert.equal(most(null, '1'), 1_99n);
  assert.equal(most(5_00n, '1'), 1_99n);
  assert.equal(most(1_00n, '1'), 1_00n);
  assert.equal(most(null, null), 0n);
  assert.equal(most(0n, '5'), 0n);
  assert.equal(most(5_00n, null, 3_00n), 3_00n, 'never more than the item');
});

test('a ceiling that cannot be meant is refused', () => {
  const refuse = (code: string, stated: Parameters<typeof readCeiling>[0]) =>
    assert.throws(() => readCeiling(stated, 'EUR'), { code });
  refuse('ceiling_missing', {});
  refuse('amount_negative', { amountMax: eur(-1n) });
  refuse('wrong_currency', { amountMax: money(1n, 'USD') });
  refuse('percent_not_valid', { percentMax: '100.1' });
  refuse('percent_not_valid', { percentMax: '-1' });
  refuse('percent_not_valid', { percentMax: '0.12345' });
  refuse('number_not_decimal', { percentMax: 'five' });
});
