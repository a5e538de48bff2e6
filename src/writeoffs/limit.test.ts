import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDate } from '#kernel/calendar.ts';
import { money } from '#kernel/money.ts';
import { isWithin, limitOn, mayAlone, readAmounts, type WriteOffLimit } from './limit.ts';

const TODAY = parseDate('2026-03-10');

function limit(given: Partial<WriteOffLimit>): WriteOffLimit {
  return {
    id: 'limit',
    role: 'controller',
    userId: null,
    currency: 'EUR',
    kind: null,
    stance: 'limit',
    amountMin: null,
    amountMax: money(100_00n, 'EUR'),
    validFrom: parseDate('2026-01-01'),
    ...given,
  };
}

const CARL = { role: 'controller', userId: 'carl' };
const of = { kind: 'bad_debt', currency: 'EUR', on: TODAY } as const;

test('a person’s own limit counts before the role’s, and one for the kind before one for all kinds', () => {
  const all = limit({ id: 'role' });
  const kind = limit({ id: 'role of kind', kind: 'bad_debt' });
  const own = limit({ id: 'own', role: null, userId: 'carl' });
  const ownKind = limit({ id: 'own of kind', role: null, userId: 'carl', kind: 'bad_debt' });
  const limits = [ownKind, own, kind, all];
  for (let from = 0; from < limits.length; from += 1)
    assert.equal(limitOn(limits.slice(from), CARL, of)?.id, limits[from]?.id);
  assert.equal(limitOn(limits, CARL, { ...of, kind: 'goodwill' })?.id, 'own');
  assert.equal(limitOn(limits, { role: 'controller', userId: null }, of)?.id, 'role of kind');
  assert.equal(limitOn(limits, { role: 'owner', userId: 'olga' }, of), undefined);
  assert.equal(limitOn(limits, CARL, { ...of, currency: 'USD' }), undefined);
});

test('the latest version of a day counts, later days not yet, and what is withdrawn no more', () => {
  const first = limit({ id: 'first' });
  const second = limit({ id: 'second' });
  const later = limit({ id: 'later', validFrom: parseDate('2026-03-11') });
  const gone = limit({ id: 'gone', stance: 'withdrawn', amountMax: null, validFrom: TODAY });
  assert.equal(limitOn([first, second, later], CARL, of)?.id, 'second');
  assert.equal(limitOn([first, second, gone], CARL, of), undefined);
  assert.equal(limitOn([gone, first], CARL, { ...of, on: parseDate('2026-03-09') })?.id, 'first');
});

test('an amount lies within from the least to the most, both included', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 500n), fc.bigInt(0n, 500n), fc.bigInt(1n, 600n), (a, b, minor) => {
      const [least, most] = a < b ? [a, b] : [b, a];
      const between = limit({ amountMin: money(least, 'EUR'), amountMax: money(most, 'EUR') });
      assert.equal(isWithin(between, money(minor, 'EUR')), least <= minor && minor <= most);
    }),
  );
});

test('what was written off of an item before counts, one part outside asks others, and no limit says nothing', () => {
  const eur = (minor: bigint) => money(minor, 'EUR');
  const hundred = () => limit({});
  assert.equal(mayAlone([{ amount: eur(100_00n), before: eur(0n) }], hundred), true);
  assert.equal(mayAlone([{ amount: eur(50_00n), before: eur(50_01n) }], hundred), false);
  const dollars = { amount: money(1n, 'USD'), before: money(0n, 'USD') };
  const euroOnly = (currency: string) => (currency === 'EUR' ? hundred() : undefined);
  assert.equal(mayAlone([{ amount: eur(1n), before: eur(0n) }, dollars], euroOnly), undefined);
  assert.equal(mayAlone([{ amount: eur(100_01n), before: eur(0n) }, dollars], euroOnly), false);
});

test('a limit that makes no sense is refused', () => {
  const read =
    (amountMin: bigint | null, amountMax: bigint | null, currency = 'EUR') =>
    () =>
      readAmounts(
        {
          amountMin: amountMin === null ? null : money(amountMin, currency),
          amountMax: amountMax === null ? null : money(amountMax, currency),
        },
        'EUR',
      );
  assert.throws(read(1n, null), { code: 'limit_without_most' });
  assert.throws(read(2n, 1n), { code: 'limit_upside_down' });
  assert.throws(read(-1n, 1n), { code: 'amount_negative' });
  assert.throws(read(null, 1n, 'USD'), { code: 'wrong_currency' });
  assert.deepEqual(read(1n, 1n)().amountMin, money(1n, 'EUR'));
});
