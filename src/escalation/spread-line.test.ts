import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { money } from '#kernel/money.ts';
import { type AgencyTerms, agreedOf, checkLine, type StatementLine, sumsOf } from './agency-statement.ts';
import { agreedOfParts, lossOf, spreadLine } from './spread-line.ts';

const eur = (minor: bigint) => money(minor, 'EUR');
const FEES = { shares: [{ upToDaysLate: null, percent: '20' }], taxPercent: '19' };
const NET: AgencyTerms = { remits: 'net', fees: FEES };
const GROSS: AgencyTerms = { remits: 'gross', fees: FEES };
const ON_TOP: AgencyTerms = { remits: 'net', fees: { ...FEES, bearer: 'debtor' } };

const lineOf = (collected: bigint, fee: bigint, tax: bigint, terms: AgencyTerms) => ({
  collected: eur(collected),
  fee: eur(fee),
  tax: eur(tax),
  remitted: eur(terms.remits === 'net' ? collected - fee - tax : collected),
});

const minors = (parts: ReturnType<typeof spreadLine>) =>
  parts.map(({ index, collected, fee, tax, remitted }) => [
    index,
    collected.minor,
    fee.minor,
    tax.minor,
    remitted.minor,
  ]);

test('an invoice in instalments is filled from the earliest on, and what is kept goes with the money', () => {
  const line = lineOf(100_00n, 20_00n, 3_80n, NET);
  assert.deepEqual(minors(spreadLine(line, NET, [60_00n, 40_00n])), [
    [0, 60_00n, 12_00n, 2_28n, 45_72n],
    [1, 40_00n, 8_00n, 1_52n, 30_48n],
  ]);
  assert.deepEqual(minors(spreadLine(line, NET, [0n, 30_00n, 90_00n])), [
    [1, 30_00n, 6_00n, 1_14n, 22_86n],
    [2, 70_00n, 14_00n, 2_66n, 53_34n],
  ]);
  assert.deepEqual(minors(spreadLine(line, NET, [100_00n, 40_00n])), [[0, 100_00n, 20_00n, 3_80n, 76_20n]]);
  assert.deepEqual(minors(spreadLine(line, NET, [0n, 0n])), [[1, 100_00n, 20_00n, 3_80n, 76_20n]]);
});

test('the parts add up as the line does and come to it, and none takes more than is open but the last', () => {
  const amount = fc.bigInt({ min: 0n, max: 10_000n });
  fc.assert(
    fc.property(
      fc.constantFrom(NET, GROSS, ON_TOP),
      amount,
      amount,
      amount,
      fc.array(fc.bigInt({ min: 0n, max: 5_000n }), { minLength: 1, maxLength: 6 }),
      (terms, passed, fee, tax, left) => {
        const collected = terms.remits === 'net' ? passed + fee + tax : passed;
        fc.pre(collected > 0n && (terms !== ON_TOP || passed > 0n));
        const line = lineOf(collected, fee, tax, terms);
        const parts = spreadLine(line, terms, left);
        for (const part of parts) checkLine({ ...part, reference: 'R-1' }, terms);
        assert.deepEqual(sumsOf(parts), sumsOf([line]));
        for (const part of parts)
          if (part.index < left.length - 1) assert.ok(lossOf(part, terms) <= (left[part.index] ?? 0n));
        assert.equal(new Set(parts.map(({ index }) => index)).size, parts.length);
      },
    ),
  );
});

test('a least sum is agreed of the debtor’s payment once, a fixed one of each item', () => {
  const terms: AgencyTerms = {
    remits: 'net',
    fees: { ...FEES, taxPercent: '0', currency: 'EUR', least: '15.00', fixed: '2.00' },
  };
  const line = (collected: bigint): StatementLine => ({
    ...lineOf(collected, 0n, 0n, terms),
    ...{ handOverId: 'h', itemId: 'i' as StatementLine['itemId'], reference: 'R-1', daysLate: 40 },
    ...{ handed: eur(collected), isFirst: true },
  });
  const agreed = (...amounts: bigint[]) =>
    agreedOfParts(amounts.map((minor) => ({ line: line(minor), terms }))).map(({ fee }) => fee.minor);
  assert.deepEqual(agreed(40_00n), [agreedOf(line(40_00n), terms).fee.minor]);
  assert.deepEqual(
    agreed(20_00n, 20_00n),
    [11_00n + 2_00n, 4_00n + 2_00n],
    'at least 15.00, and 2.00 of each',
  );
  assert.deepEqual(agreed(50_00n, 50_00n), [12_00n, 12_00n], 'more than the least');
});
