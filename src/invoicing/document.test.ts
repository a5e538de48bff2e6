import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDate } from '#kernel/calendar.ts';
import { INSTALMENTS_MAX, INVOICE_LINES_MAX } from '#kernel/limits.ts';
import { allocate, money, sum } from '#kernel/money.ts';
import { type Decimal, decimalText, parseDecimal } from '#kernel/percent.ts';
import {
  addUpLines,
  checkInstalments,
  lastDue,
  type NewLine,
  pricedByTotal,
  pricedRefusal,
  priceLines,
} from './document.ts';

function line(quantity: string, unitPrice: string, taxPercent = '0', taxCategory?: string): NewLine {
  return {
    description: 'Goods',
    quantity: parseDecimal(quantity),
    unitPrice: parseDecimal(unitPrice),
    taxCategory: taxCategory ?? (taxPercent === '0' ? 'Z' : 'S'),
    taxPercent: parseDecimal(taxPercent),
  };
}

const totals = (lines: readonly NewLine[], currency = 'EUR') => {
  const { net, tax, total } = addUpLines(lines, currency);
  return [net.minor, tax.minor, total.minor];
};

test('lines are rounded one by one, half away from zero, in the decimals of the currency', () => {
  for (const [quantity, price, currency, minor] of [
    ['1', '100', 'EUR', 100_00n],
    ['3', '33.3333', 'EUR', 100_00n],
    ['0.5', '0.01', 'EUR', 1n],
    ['0.49', '0.01', 'EUR', 0n],
    ['-0.5', '0.01', 'EUR', -1n],
    ['1', '-2.675', 'EUR', -2_68n],
    ['1.005', '1', 'EUR', 1_01n],
    ['2.5', '1', 'JPY', 3n],
    ['1', '0.0005', 'KWD', 1n],
    ['0', '99', 'EUR', 0n],
  ] as const) {
    const [priced] = addUpLines([line(quantity, price)], currency).lines;
    assert.equal(priced?.net.minor, minor, `${quantity} × ${price} ${currency}`);
  }
});

test('tax is taken once per category and percentage, over the sum of its lines', () => {
  const priced = addUpLines(
    [
      line('1', '0.99', '21'),
      line('1', '0.99', '21.00'),
      line('1', '0.99', '10'),
      line('1', '5', '0', 'E'),
      line('1', '5', '0'),
    ],
    'EUR',
  );
  assert.deepEqual(
    priced.taxes.map((t) => [t.category, decimalText(t.percent), t.net.minor, t.tax.minor]),
    [
      ['S', '21', 198n, 42n],
      ['S', '10', 99n, 10n],
      ['E', '0', 500n, 0n],
      ['Z', '0', 500n, 0n],
    ],
  );
});

test('a negative line takes its tax with it, rounded as the positive one would be', () => {
  assert.deepEqual(totals([line('1', '100', '21'), line('-1', '33.33', '21')]), [6667n, 1400n, 8067n]);
  assert.deepEqual(totals([line('-1', '0.50', '1')]), [-50n, -1n, -51n]);
  assert.deepEqual(totals([line('1', '0.50', '1')]), [50n, 1n, 51n]);
});

const price = fc
  .tuple(fc.bigInt(-(10n ** 5n), 10n ** 5n), fc.integer({ min: 0, max: 6 }))
  .map(([digits, scale]): Decimal => ({ digits, scale }));
const lines = fc.array(
  fc.record({
    description: fc.constant('Goods'),
    quantity: price,
    unitPrice: price,
    taxCategory: fc.constant('S'),
    taxPercent: fc.constantFrom('0', '5.5', '10', '21', '19').map(parseDecimal),
  }),
  { minLength: 1, maxLength: 12 },
);

test('lines sum to the net, tax rows to the tax, and net and tax to the total; changing every sign changes only the signs', () => {
  fc.assert(
    fc.property(lines, fc.constantFrom('EUR', 'JPY', 'KWD'), (given, currency) => {
      const priced = addUpLines(given, currency);
      const added = (amounts: readonly { readonly minor: bigint; readonly currency: string }[]) =>
        sum(amounts, currency).minor;
      assert.equal(added(priced.lines.map((l) => l.net)), priced.net.minor);
      assert.equal(added(priced.taxes.map((t) => t.net)), priced.net.minor);
      assert.equal(added(priced.taxes.map((t) => t.tax)), priced.tax.minor);
      assert.equal(priced.net.minor + priced.tax.minor, priced.total.minor);
      const turned = addUpLines(
        given.map((l) => ({ ...l, quantity: { ...l.quantity, digits: -l.quantity.digits } })),
        currency,
      );
      assert.deepEqual(
        [turned.net.minor, turned.tax.minor, turned.total.minor],
        [-priced.net.minor, -priced.tax.minor, -priced.total.minor],
      );
    }),
  );
});

test('what cannot be issued is refused by its code', () => {
  const refused: readonly [string, readonly NewLine[]][] = [
    ['no_lines', []],
    ['too_many_lines', Array.from({ length: INVOICE_LINES_MAX + 1 }, () => line('1', '1'))],
    ['total_not_positive', [line('1', '0')]],
    ['total_not_positive', [line('-1', '5')]],
    // More than nothing together, but with negative tax.
    ['total_not_positive', [line('1', '100'), line('-1', '10', '21')]],
    ['tax_percent_negative', [line('1', '5', '-1')]],
    ['tax_percent_too_high', [line('1', '5', '100.1')]],
    ['tax_percent_too_precise', [line('1', '5', '21.00001')]],
    ['tax_percent_not_zero', [line('1', '5', '21', 'E')]],
    ['amount_too_large', [line('1000000000', '1000000000')]],
    ['amount_too_large', [line('1', '9999999999999'), line('1', '9999999999999')]],
  ];
  for (const [code, given] of refused) assert.throws(() => priceLines(given, 'EUR'), { code }, code);
  priceLines([line('1', '5', '21.0000000'), line('1', '5', '100')], 'EUR');
  assert.equal(pricedRefusal(addUpLines([line('-1', '5')], 'EUR')), 'total_not_positive');
  assert.equal(pricedRefusal(addUpLines([line('1', '5')], 'EUR')), undefined);
});

test('a document known by its totals has no lines, and no more tax than total', () => {
  assert.deepEqual(pricedByTotal(money(121n, 'EUR'), money(21n, 'EUR')), {
    lines: [],
    taxes: [],
    net: money(100n, 'EUR'),
    tax: money(21n, 'EUR'),
    total: money(121n, 'EUR'),
  });
  assert.throws(() => pricedByTotal(money(0n, 'EUR')), { code: 'total_not_positive' });
  assert.throws(() => pricedByTotal(money(5n, 'EUR'), money(6n, 'EUR')), /no more tax than itself/);
});

test('instalments sum to the total, are above zero, in its currency, and not due before the day of issue', () => {
  const day = parseDate('2026-01-15');
  const total = money(100n, 'EUR');
  const part = (minor: bigint, dueOn = '2026-02-01', currency = 'EUR') => ({
    dueOn: parseDate(dueOn),
    amount: money(minor, currency),
  });
  for (const [code, parts] of [
    ['no_instalments', []],
    ['too_many_instalments', Array.from({ length: INSTALMENTS_MAX + 1 }, () => part(1n))],
    ['instalment_not_positive', [part(100n), part(0n)]],
    ['instalments_not_total', [part(50n), part(49n)]],
    ['instalment_currency', [part(100n, '2026-02-01', 'USD')]],
    ['due_before_issue', [part(100n, '2026-01-14')]],
  ] as const) {
    assert.throws(() => checkInstalments(parts, total, day), { code }, code);
  }
  checkInstalments([part(60n, '2026-03-01'), part(40n, '2026-01-15')], total, day);
  assert.equal(lastDue([part(60n, '2026-03-01'), part(40n, '2026-01-15')]).toString(), '2026-03-01');
  // What was taken over from elsewhere may be due before it was issued.
  checkInstalments([part(100n, '2025-01-01')], total, undefined);
});

test('any total splits into any instalments to the cent', () => {
  fc.assert(
    fc.property(
      fc.bigInt(1_000n, 10n ** 12n),
      fc.array(fc.bigInt(1n, 100n), { minLength: 1, maxLength: 12 }),
      (minor, weights) => {
        const total = money(minor, 'EUR');
        const dueOn = parseDate('2026-02-01');
        const parts = allocate(total, weights).map((amount) => ({ dueOn, amount }));
        fc.pre(parts.every((p) => p.amount.minor > 0n));
        checkInstalments(parts, total, dueOn);
      },
    ),
  );
});
