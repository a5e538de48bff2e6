import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Money, money } from '#kernel/money.ts';
import { statementOf, tableOf } from './agency-columns.ts';
import { agreedOf, checkLine, effectOf, isOtherFee, type StatementLine, sumsOf } from './agency-statement.ts';

const eur = (minor: bigint): Money => money(minor, 'EUR');
const FEES = { shares: [{ upToDaysLate: null, percent: '20' }], taxPercent: '19' };
const NET = { remits: 'net', fees: FEES } as const;
const GROSS = { remits: 'gross', fees: FEES } as const;
const ON_TOP = { remits: 'net', fees: { ...FEES, bearer: 'debtor' } } as const;

const line = (collected: bigint, fee: bigint, tax: bigint, remitted: bigint): StatementLine => ({
  collected: eur(collected),
  fee: eur(fee),
  tax: eur(tax),
  remitted: eur(remitted),
  handOverId: 'h',
  itemId: 'i' as StatementLine['itemId'],
  reference: 'R-1',
  daysLate: 40,
  handed: eur(collected),
  isFirst: true,
});

test('a line adds up: what is passed on with what is kept, or all of it where they ask for their fee', () => {
  checkLine(line(100_00n, 20_00n, 3_80n, 76_20n), NET);
  checkLine(line(100_00n, 20_00n, 3_80n, 100_00n), GROSS);
  const refused = (...of: Parameters<typeof checkLine>) =>
    assert.throws(() => checkLine(...of), { code: 'agency_line_not_valid' });
  refused(line(100_00n, 20_00n, 3_80n, 76_21n), NET);
  refused(line(100_00n, 20_00n, 3_80n, 76_20n), GROSS);
  refused(line(0n, 0n, 0n, 0n), NET);
  refused(line(100_00n, -20_00n, 0n, 120_00n), NET);
});

test('what they keep of our money is our cost; what the debtor pays on top never was of the item', () => {
  const one = line(100_00n, 20_00n, 3_80n, 76_20n);
  const shown = (terms: typeof NET | typeof GROSS | typeof ON_TOP, isTaxDeducted: boolean, of = one) => {
    const effect = effectOf(of, terms, isTaxDeducted);
    return [effect.money.minor, effect.kept.minor, effect.keptTax.minor];
  };
  assert.deepEqual(shown(NET, true), [76_20n, 23_80n, 3_80n]);
  assert.deepEqual(shown(NET, false), [76_20n, 23_80n, 0n]);
  assert.deepEqual(shown(ON_TOP, true), [76_20n, 0n, 0n]);
  assert.deepEqual(shown(GROSS, true, line(100_00n, 20_00n, 3_80n, 100_00n)), [100_00n, 0n, 0n]);
});

test('another fee than the one agreed is told; a cent of rounding on fee and tax is none', () => {
  const over = (fee: bigint, tax: bigint) => agreedOf(line(100_00n, fee, tax, 0n), NET).over;
  assert.equal(over(20_00n, 3_80n).minor, 0n);
  assert.ok(!isOtherFee(over(20_01n, 3_81n)));
  assert.ok(isOtherFee(over(20_02n, 3_81n)));
  assert.ok(isOtherFee(over(15_00n, 2_85n)));
});

test('lines are read on over empty rows; one below the totals is refused, never left out', () => {
  const read = (...texts: string[]) => {
    const rows = ['Invoice;Collected;Fee;Net', ...texts].map((text, index) => ({
      line: index + 1,
      cells: text.split(';'),
    }));
    return statementOf(tableOf(rows, 'statement', null), null, { currency: 'EUR', remits: 'net' });
  };
  const [one, two, total] = ['A-1;100.00;20.00;80.00', 'A-2;50.00;10.00;40.00', ';150.00;30.00;120.00'];
  const file = read(one, ';;;', ';;;see over', two, total, ';;;');
  assert.deepEqual(
    file.lines.map((told) => told.reference),
    ['A-1', 'A-2'],
  );
  assert.equal(file.totals.remitted?.minor, 120_00n);
  assert.throws(() => read(one, 'Total;100.00;20.00;80.00', two, total), {
    code: 'agency_line_below_totals',
    facts: { line: 4, reference: 'A-2' },
  });
});

test('money that comes in is what items lose less fees and tax on them, to the cent', () => {
  const amounts = fc.tuple(fc.bigInt(1n, 10n ** 9n), fc.bigInt(0n, 10n ** 9n), fc.bigInt(0n, 10n ** 9n));
  const lines = fc.array(amounts, { minLength: 1, maxLength: 30 }).map((all) =>
    all.map(([collected, f, t]) => {
      const fee = f % (collected + 1n);
      const tax = t % (collected - fee + 1n);
      return line(collected, fee, tax, collected - fee - tax);
    }),
  );
  fc.assert(
    fc.property(lines, fc.boolean(), (all, isTaxDeducted) => {
      for (const one of all) checkLine(one, NET);
      const effects = all.map((one) => effectOf(one, NET, isTaxDeducted));
      const total = (of: (effect: (typeof effects)[number]) => Money) =>
        effects.reduce((sum, effect) => sum + of(effect).minor, 0n);
      const sums = sumsOf(all);
      const lost = total((e) => e.money) + total((e) => e.kept);
      assert.equal(sums.remitted, lost - sums.fee - sums.tax);
      assert.equal(lost, sums.collected);
      assert.equal(
        total((e) => e.keptTax),
        isTaxDeducted ? sums.tax : 0n,
      );
    }),
  );
});
