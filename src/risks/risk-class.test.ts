import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { RISK_CLASSES, reckonRisk } from './risk-class.ts';

test('a class follows from how late was paid and which promises were kept', () => {
  const cases: readonly (readonly [readonly number[], number, string | null])[] = [
    [[], 0, null],
    [[], 1, 'medium'],
    [[], 2, 'high'],
    [[0, 0], 0, 'medium'],
    [[5, 5, 5], 0, 'low'],
    [[5, 5, 6], 0, 'medium'],
    [[5, 5, 5], 1, 'medium'],
    [[30, 30], 0, 'medium'],
    [[30, 31], 0, 'high'],
    [[0, 0, 0], 2, 'high'],
    [[...Array<number>(12).fill(0), 900], 0, 'low'],
  ];
  for (const [paidDaysLate, brokenPromises, expected] of cases)
    assert.equal(reckonRisk({ paidDaysLate, brokenPromises }), expected, `${paidDaysLate} ${brokenPromises}`);
});

test('who pays later or breaks more promises is never in a lower class', () => {
  const place = (of: Parameters<typeof reckonRisk>[0]) => RISK_CLASSES.indexOf(reckonRisk(of) ?? 'low');
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -30, max: 90 }), { minLength: 1, maxLength: 20 }),
      fc.nat(3),
      fc.nat(40),
      fc.nat(2),
      (paidDaysLate, brokenPromises, later, more) => {
        const worse = {
          paidDaysLate: paidDaysLate.map((days) => days + later),
          brokenPromises: brokenPromises + more,
        };
        assert.ok(place(worse) >= place({ paidDaysLate, brokenPromises }));
      },
    ),
  );
});
