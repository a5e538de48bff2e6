import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { money } from '#kernel/money.ts';
import { type AgencyFees, checkFees, splitFee } from './agency-fee.ts';

/** A claim so many days late of which 1,000.00 was open. */
const late = (daysLate: number, isFirst = true) => ({ daysLate, handed: money(1_000_00n, 'EUR'), isFirst });

const FEES: AgencyFees = {
  shares: [
    { upToDaysLate: 90, percent: '12.5' },
    { upToDaysLate: 365, percent: '20' },
    { upToDaysLate: null, percent: '35' },
  ],
  taxPercent: '19',
};

test('the share goes by how late the item was; fee and tax are rounded half up, each once', () => {
  assert.deepEqual(splitFee(100_00n, late(90), FEES), {
    gross: 100_00n,
    fee: 12_50n,
    tax: 2_38n,
    net: 85_12n,
  });
  assert.deepEqual(splitFee(100_00n, late(91), FEES), {
    gross: 100_00n,
    fee: 20_00n,
    tax: 3_80n,
    net: 76_20n,
  });
  assert.equal(splitFee(100_00n, late(4_000), FEES).fee, 35_00n);
});

test('shares that are no percentages, take more than there is, or have no last one are refused', () => {
  const refused = (fees: Partial<AgencyFees>) =>
    assert.throws(() => checkFees({ ...FEES, ...fees }), { code: 'fee_not_valid' });
  refused({ shares: [] });
  refused({ shares: [{ upToDaysLate: 90, percent: '10' }] });
  refused({ shares: [{ upToDaysLate: null, percent: '100.01' }] });
  refused({ shares: [{ upToDaysLate: null, percent: '90' }] });
  refused({ taxPercent: '-1' });
  refused({
    shares: [
      { upToDaysLate: 90, percent: '10' },
      { upToDaysLate: 90, percent: '11' },
      { upToDaysLate: null, percent: '12' },
    ],
  });
  checkFees(FEES);
});

const somePercent = fc.integer({ min: 0, max: 10_000 }).map((points) => (points / 100).toFixed(2));

test('whatever comes in, fee, tax and what is ours are all of it, to the cent, and none is below nothing', () => {
  fc.assert(
    fc.property(
      fc.bigInt(0n, 10n ** 12n),
      fc.nat(2_000),
      somePercent,
      somePercent,
      (gross, days, percent, tax) => {
        const fees = { shares: [{ upToDaysLate: null, percent }], taxPercent: tax };
        try {
          checkFees(fees);
        } catch {
          return;
        }
        const split = splitFee(gross, late(days), fees);
        assert.equal(split.fee + split.tax + split.net, gross);
        assert.ok(split.fee >= 0n && split.tax >= 0n && split.net >= 0n);
      },
    ),
  );
});

test('where fee and tax would come to a cent more than came in, the part with the smaller rest is rounded down', () => {
  const all = (percent: string, taxPercent: string): AgencyFees => ({
    shares: [{ upToDaysLate: null, percent }],
    taxPercent,
  });
  // 0.5 and 0.5 of a cent: the fee is rounded up first.
  assert.deepEqual(splitFee(1n, late(0), all('50', '100')), { gross: 1n, fee: 1n, tax: 0n, net: 0n });
  // 1.5 and 1.5: 2 and 2 would be 4 of 3.
  assert.deepEqual(splitFee(3n, late(0), all('50', '100')), { gross: 3n, fee: 2n, tax: 1n, net: 0n });
  // 4.2 stays 4.2; nothing changes where there is enough.
  assert.deepEqual(splitFee(5n, late(0), all('84', '19')), { gross: 5n, fee: 4n, tax: 1n, net: 0n });
});

const BANDS: AgencyFees = {
  shares: [
    { upToDaysLate: 90, upToAmount: '500', percent: '25' },
    { upToDaysLate: 90, percent: '15' },
    { upToDaysLate: null, percent: '30' },
  ],
  taxPercent: '19',
  currency: 'EUR',
  least: '10.00',
  fixed: '25.00',
};

test('shares go by age and amount; a least is taken of each payment, a fixed sum of the first of an item', () => {
  const of = (daysLate: number, handed: bigint, isFirst: boolean) => ({
    daysLate,
    handed: money(handed, 'EUR'),
    isFirst,
  });
  const feeOf = (gross: bigint, claim: ReturnType<typeof of>) => splitFee(gross, claim, BANDS).fee;
  assert.equal(feeOf(200_00n, of(30, 500_00n, false)), 50_00n);
  assert.equal(feeOf(200_00n, of(30, 500_01n, false)), 30_00n);
  assert.equal(feeOf(200_00n, of(91, 100_00n, false)), 60_00n);
  assert.equal(feeOf(40_00n, of(30, 600_00n, false)), 10_00n, 'the least');
  assert.equal(feeOf(200_00n, of(30, 600_00n, true)), 55_00n, 'with the fixed sum');
  // 10.00 and 25.00 with tax are more than came in: all of it is theirs, with its tax.
  assert.deepEqual(splitFee(20_00n, of(30, 600_00n, true), BANDS), {
    gross: 20_00n,
    fee: 16_81n,
    tax: 3_19n,
    net: 0n,
  });
});

test('a band that is never reached, an amount without a currency and a last share with a limit are refused', () => {
  const refused = (fees: Partial<AgencyFees>) =>
    assert.throws(() => checkFees({ ...BANDS, ...fees }), { code: 'fee_not_valid' });
  checkFees(BANDS);
  refused({ currency: undefined });
  refused({ shares: [{ upToDaysLate: null, upToAmount: '500', percent: '10' }] });
  refused({
    shares: [
      { upToDaysLate: 90, percent: '10' },
      { upToDaysLate: 60, upToAmount: '500', percent: '20' },
      { upToDaysLate: null, percent: '12' },
    ],
  });
});

test('whatever is agreed, fee, tax and what is ours are all that came in, and none is below nothing', () => {
  fc.assert(
    fc.property(
      fc.bigInt(0n, 10n ** 9n),
      fc.bigInt(0n, 10n ** 6n),
      fc.bigInt(0n, 10n ** 6n),
      fc.integer({ min: 0, max: 5_000 }),
      fc.boolean(),
      (gross, least, fixed, points, isFirst) => {
        const text = (minor: bigint) => `${minor / 100n}.${(minor % 100n).toString().padStart(2, '0')}`;
        const fees: AgencyFees = {
          shares: [{ upToDaysLate: null, percent: (points / 100).toFixed(2) }],
          taxPercent: '19',
          currency: 'EUR',
          least: text(least),
          fixed: text(fixed),
        };
        checkFees(fees);
        const split = splitFee(gross, late(0, isFirst), fees);
        assert.equal(split.fee + split.tax + split.net, gross);
        assert.ok(split.fee >= 0n && split.tax >= 0n && split.net >= 0n);
      },
    ),
  );
});
