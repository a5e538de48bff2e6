import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type AgencyFees, checkFees, splitFee } from './agency-fee.ts';

const FEES: AgencyFees = {
  shares: [
    { upToDaysLate: 90, percent: '12.5' },
    { upToDaysLate: 365, percent: '20' },
    { upToDaysLate: null, percent: '35' },
  ],
  taxPercent: '19',
};

test('the share goes by how late the item was; fee and tax are rounded half up, each once', () => {
  assert.deepEqual(splitFee(100_00n, 90, FEES), { gross: 100_00n, fee: 12_50n, tax: 2_38n, net: 85_12n });
  assert.deepEqual(splitFee(100_00n, 91, FEES), { gross: 100_00n, fee: 20_00n, tax: 3_80n, net: 76_20n });
  assert.equal(splitFee(100_00n, 4_000, FEES).fee, 35_00n);
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
      (gross, late, percent, tax) => {
        const fees = { shares: [{ upToDaysLate: null, percent }], taxPercent: tax };
        try {
          checkFees(fees);
        } catch {
          return;
        }
        const split = splitFee(gross, late, fees);
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
  assert.deepEqual(splitFee(1n, 0, all('50', '100')), { gross: 1n, fee: 1n, tax: 0n, net: 0n });
  // 1.5 and 1.5: 2 and 2 would be 4 of 3.
  assert.deepEqual(splitFee(3n, 0, all('50', '100')), { gross: 3n, fee: 2n, tax: 1n, net: 0n });
  // 4.2 stays 4.2; nothing changes where there is enough.
  assert.deepEqual(splitFee(5n, 0, all('84', '19')), { gross: 5n, fee: 4n, tax: 1n, net: 0n });
});
