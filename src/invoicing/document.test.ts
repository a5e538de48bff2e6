import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDate } from '#kernel/calendar.ts';
import { INSTALMENTS_MAX, INVOICE_LINES_MAX } from '#kernel/limits.ts';
import { absolute, allocate, type Money, money, sum } from '#kernel/money.ts';
import { type Decimal, decimalText, parseDecimal } from '#kernel/percent.ts';
import { sumOf } from './allowance.ts';
import {
  addUpLines,
  checkInstalments,
  lastDue,
  linesTotal,
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
const percent = fc.constantFrom('0.5', '2', '10', '33.3333', '150').map(parseDecimal);
const amount = fc.bigInt(0n, 10n ** 4n).map((digits): Decimal => ({ digits, scale: 0 }));
const allowance = fc
  .tuple(fc.constantFrom('allowance' as const, 'charge' as const), percent, amount, fc.boolean())
  .map(([kind, share, fixed, asPercent]) => ({
    kind,
    reason: 'agreed',
    ...(asPercent ? { percent: share } : { amount: fixed }),
  }));
const rate = fc.constantFrom('5.5', '10', '21').map(parseDecimal);
const documents = fc.record({
  lines: fc.array(
    fc.record({
      description: fc.constant('Goods'),
      quantity: price,
      unitPrice: price,
      baseQuantity: fc.constantFrom(undefined, '3', '1000', '0.7').map((b) => (b ? parseDecimal(b) : b)),
      taxCategory: fc.constant('S'),
      taxPercent: rate,
      allowances: fc.array(allowance, { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 12 },
  ),
  allowances: fc.array(
    fc.tuple(allowance, rate).map(([given, taxPercent]) => ({ ...given, taxCategory: 'S', taxPercent })),
    { maxLength: 4 },
  ),
  roundToMinor: fc.constantFrom(undefined, 5n, 10n, 100n),
});

test('lines, allowances and charges sum to the net, tax rows to the tax, and all to the total, whatever the document', () => {
  fc.assert(
    fc.property(documents, fc.constantFrom('EUR', 'JPY', 'KWD'), (given, currency) => {
      const priced = addUpLines(given.lines, currency, given);
      const added = (amounts: readonly Money[]) => sum(amounts, currency).minor;
      const ofLines = added(priced.lines.map((l) => l.net));
      // BR-CO-10 to BR-CO-15.
      assert.equal(linesTotal(priced).minor, ofLines);
      assert.equal(
        ofLines -
          sumOf('allowance', priced.allowances, currency).minor +
          sumOf('charge', priced.allowances, currency).minor,
        priced.net.minor,
      );
      assert.equal(added(priced.taxes.map((t) => t.net)), priced.net.minor);
      assert.equal(added(priced.taxes.map((t) => t.tax)), priced.tax.minor);
      assert.equal(priced.net.minor + priced.tax.minor + priced.rounding.minor, priced.total.minor);
      const step = given.roundToMinor ?? 1n;
      assert.equal(priced.total.minor % step, 0n);
      assert.ok(absolute(priced.rounding.minor) * 2n <= step || step === 1n);
      for (const row of priced.taxes) {
        // BR-CO-17: each row is its base times its rate, rounded once.
        const exact = row.net.minor * row.percent.digits;
        const unit = 100n * 10n ** BigInt(row.percent.scale);
        assert.ok(absolute(row.tax.minor * unit - exact) * 2n <= unit);
      }
    }),
  );
});

test('the order of lines and of allowances does not matter for any total', () => {
  fc.assert(
    fc.property(documents, (given) => {
      const one = addUpLines(given.lines, 'EUR', given);
      const other = addUpLines([...given.lines].reverse(), 'EUR', {
        ...given,
        allowances: [...given.allowances].reverse(),
      });
      const key = (priced: typeof one) => [
        priced.net.minor,
        priced.tax.minor,
        priced.total.minor,
        priced.taxes.map((t) => `${decimalText(t.percent)} ${t.net.minor} ${t.tax.minor}`).sort(),
      ];
      assert.deepEqual(key(one), key(other));
    }),
  );
});

test('a document with all its quantities and fixed amounts turned round comes to exactly the negative', () => {
  fc.assert(
    fc.property(documents, (given) => {
      const turn = <T extends { amount?: Decimal | undefined; kind: 'allowance' | 'charge' }>(a: T): T =>
        // A fixed amount is turned by its kind; a percentage follows its base.
        'percent' in a ? a : { ...a, kind: a.kind === 'allowance' ? 'charge' : 'allowance' };
      const priced = addUpLines(given.lines, 'EUR', given);
      const turned = addUpLines(
        given.lines.map((l) => ({
          ...l,
          quantity: { ...l.quantity, digits: -l.quantity.digits },
          allowances: l.allowances.map(turn),
        })),
        'EUR',
        { ...given, allowances: given.allowances.map(turn) },
      );
      assert.deepEqual(
        [turned.net.minor, turned.tax.minor, turned.rounding.minor, turned.total.minor],
        [priced.net.minor, priced.tax.minor, priced.rounding.minor, priced.total.minor].map((m) => -m),
      );
    }),
  );
});

test('a price for many units, an allowance of a line and one of the document, each taxed where it belongs', () => {
  const priced = addUpLines(
    [
      {
        ...line('250', '12.40', '21'),
        baseQuantity: parseDecimal('100'),
        allowances: [
          { kind: 'allowance', percent: parseDecimal('10'), reason: 'Quantity' },
          { kind: 'charge', amount: parseDecimal('1.50'), reasonCode: 'PC' },
        ],
      },
      line('1', '100', '10'),
    ],
    'EUR',
    {
      allowances: [
        {
          kind: 'allowance',
          percent: parseDecimal('2'),
          base: parseDecimal('100'),
          reason: 'Loyalty',
          taxCategory: 'S',
          taxPercent: parseDecimal('10'),
        },
      ],
    },
  );
  // 250 × 12.40 / 100 = 31.00; less 3.10, with 1.50: 29.40.
  assert.deepEqual(
    priced.lines.map((l) => l.net.minor),
    [29_40n, 100_00n],
  );
  assert.deepEqual(
    priced.taxes.map((t) => [decimalText(t.percent), t.net.minor, t.tax.minor]),
    [
      ['21', 29_40n, 6_17n],
      ['10', 98_00n, 9_80n],
    ],
  );
  assert.deepEqual([priced.net.minor, priced.total.minor], [127_40n, 143_37n]);
});

test('a total is rounded to five Rappen either way, and what it was rounded by is kept', () => {
  const rounded = (text: string) => {
    const { rounding, total } = addUpLines([line('1', text)], 'CHF', { roundToMinor: 5n });
    return [rounding.minor, total.minor];
  };
  assert.deepEqual(['1.00', '1.02', '1.03', '1.07', '1.08'].map(rounded), [
    [0n, 100n],
    [-2n, 100n],
    [2n, 105n],
    [-2n, 105n],
    [2n, 110n],
  ]);
});

test('why no tax is taken stands with the category it is said for', () => {
  const { taxes } = addUpLines([line('1', '5', '0', 'E'), line('1', '5', '21')], 'EUR', {
    exemptions: [{ category: 'E', reason: 'Lessons', code: 'VATEX-EU-132-1I' }],
  });
  assert.deepEqual(
    taxes.map((t) => [t.category, t.exemptionReason, t.exemptionCode]),
    [
      ['E', 'Lessons', 'VATEX-EU-132-1I'],
      ['S', undefined, undefined],
    ],
  );
});

test('an allowance that says too little or too much is refused', () => {
  const five = parseDecimal('5');
  const refused = [
    ['allowance_without_reason', { amount: five }],
    ['allowance_incomplete', { reason: 'x' }],
    ['allowance_incomplete', { reason: 'x', amount: five, percent: five }],
    ['allowance_negative', { reason: 'x', amount: parseDecimal('-1') }],
    ['allowance_negative', { reason: 'x', percent: parseDecimal('-1') }],
    ['amount_too_many_decimals', { reason: 'x', amount: parseDecimal('1.001') }],
  ] as const;
  for (const [code, given] of refused) {
    const allowances = [{ kind: 'allowance' as const, ...given }];
    assert.throws(() => addUpLines([{ ...line('1', '5'), allowances }], 'EUR'), { code }, code);
    const ofDocument = allowances.map((a) => ({ ...a, taxCategory: 'Z', taxPercent: parseDecimal('0') }));
    assert.throws(() => addUpLines([line('1', '5')], 'EUR', { allowances: ofDocument }), { code }, code);
  }
  assert.throws(() => addUpLines([{ ...line('1', '5'), baseQuantity: parseDecimal('0') }], 'EUR'), {
    code: 'base_quantity_not_positive',
  });
  const [periodFrom, periodTo] = [parseDate('2026-02-01'), parseDate('2026-01-31')];
  assert.throws(() => addUpLines([{ ...line('1', '5'), periodFrom, periodTo }], 'EUR'), {
    code: 'period_ends_before_start',
  });
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
    allowances: [],
    taxes: [],
    net: money(100n, 'EUR'),
    tax: money(21n, 'EUR'),
    rounding: money(0n, 'EUR'),
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
