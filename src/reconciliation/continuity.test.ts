import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays, parseDate } from '#kernel/calendar.ts';
import { followBalances, type StatedBalance } from './continuity.ts';

let made = 0;

function stated(from: string, to: string, given: Partial<StatedBalance> = {}): StatedBalance {
  made += 1;
  return {
    statementId: `s${made}`,
    reference: `R${made}`,
    sequenceNo: null,
    from: parseDate(from),
    to: parseDate(to),
    openingMinor: null,
    closingMinor: null,
    ...given,
  };
}

const on = (
  day: string,
  openingMinor: bigint | null,
  closingMinor: bigint | null,
  sequenceNo: string | null = null,
) => stated(day, day, { openingMinor, closingMinor, sequenceNo });

test('statements that go on where the one before ended prove every day', () => {
  const { days, findings } = followBalances(
    [on('2026-01-05', 10_00n, 15_00n, '1'), on('2026-01-06', 15_00n, 12_00n, '2')],
    new Map([
      ['2026-01-05', 5_00n],
      ['2026-01-06', -3_00n],
    ]),
  );
  assert.deepEqual(
    days.map((day) => [
      day.openingMinor,
      day.closingMinor,
      day.carriedOffMinor,
      day.closingOffMinor,
      day.isProved,
    ]),
    [
      [10_00n, 15_00n, 0n, 0n, true],
      [15_00n, 12_00n, 0n, 0n, true],
    ],
  );
  assert.deepEqual(findings, []);
});

test('a missing statement shows as the opening that does not follow, by exactly what it moved, and spoils that day only', () => {
  const { days, findings } = followBalances(
    [
      on('2026-01-05', 0n, 5_00n, '11'),
      on('2026-01-07', 7_50n, 8_50n, '13'),
      on('2026-01-08', 8_50n, 8_50n, '14'),
    ],
    new Map([
      ['2026-01-05', 5_00n],
      ['2026-01-07', 1_00n],
    ]),
  );
  assert.deepEqual(
    days.map((day) => [day.carriedOffMinor, day.closingOffMinor]),
    [
      [0n, 0n],
      [2_50n, 0n],
      [0n, 0n],
    ],
  );
  assert.equal(days[0]?.isProved, true, 'its own closing balance was reached');
  assert.deepEqual(
    findings.map(({ kind, numbers }) => ({ kind, numbers })),
    [{ kind: 'numbers_missing', numbers: [12, 12] }],
  );
});

test('a line too many shows as a closing that differs; the days of a week without balances of their own wait for the next', () => {
  const { days } = followBalances(
    [stated('2026-01-05', '2026-01-09', { openingMinor: 0n, closingMinor: 9_00n })],
    new Map([
      ['2026-01-05', 4_00n],
      ['2026-01-07', 6_00n],
    ]),
  );
  assert.deepEqual(
    days.map((day) => [day.day.toString(), day.closingOffMinor, day.isProved]),
    [
      ['2026-01-05', 0n, false],
      ['2026-01-07', 0n, false],
      ['2026-01-09', -1_00n, false],
    ],
  );
});

test('several statements of one day are parts of it, whatever order they came in', () => {
  const parts = [
    on('2026-01-05', 10_00n, 12_00n),
    on('2026-01-05', 12_00n, 9_00n),
    on('2026-01-05', 9_00n, 9_50n),
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(parts, { minLength: 3 }), (statements) => {
      const { days, findings } = followBalances(statements, new Map([['2026-01-05', -50n]]));
      assert.deepEqual(
        days.map((day) => [day.openingMinor, day.closingMinor, day.closingOffMinor, day.isProved]),
        [[10_00n, 9_50n, 0n, true]],
      );
      assert.deepEqual(findings, []);
    }),
  );
});

test('two closing balances of one day contradict each other; days that two statements share are told', () => {
  const { findings } = followBalances(
    [on('2026-01-05', 0n, 1_00n), on('2026-01-05', 0n, 2_00n)],
    new Map([['2026-01-05', 1_00n]]),
  );
  assert.deepEqual(
    findings.map((f) => f.kind),
    ['contradiction'],
  );
  const shared = followBalances(
    [
      stated('2026-01-05', '2026-01-07', { openingMinor: 0n, closingMinor: 3n }),
      stated('2026-01-06', '2026-01-08', { openingMinor: 1n, closingMinor: 4n }),
    ],
    new Map(['05', '06', '07', '08'].map((d) => [`2026-01-${d}`, 1n])),
  );
  assert.deepEqual(
    shared.findings.map((f) => f.kind),
    ['overlap'],
  );
  assert.ok(shared.days.every((day) => day.carriedOffMinor === 0n && day.closingOffMinor === 0n));
});

test('before any balance was said nothing is proved, and a closing alone says what stood before', () => {
  const none = followBalances([], new Map([['2026-01-05', 1_00n]]));
  assert.deepEqual([none.days[0]?.openingMinor, none.days[0]?.isProved], [null, false]);
  const { days } = followBalances([on('2026-01-05', null, 9_00n)], new Map([['2026-01-05', 1_00n]]));
  assert.deepEqual([days[0]?.openingMinor, days[0]?.closingMinor, days[0]?.isProved], [8_00n, 9_00n, true]);
});

test('however days are cut into statements, true balances prove all, and one wrong amount is off by itself in total', () => {
  const amounts = fc.array(fc.bigInt({ min: -100_00n, max: 100_00n }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(
      amounts,
      fc.infiniteStream(fc.boolean()),
      fc.nat(),
      fc.bigInt({ min: 1n, max: 500n }),
      (moves, cut, at, wrong) => {
        const start = parseDate('2026-03-02');
        const days = moves.map((minor, index) => ({ day: addDays(start, index), minor }));
        const statements: StatedBalance[] = [];
        let opening = 7_00n;
        let from = start;
        let balance = opening;
        for (const { day, minor } of days) {
          balance += minor;
          if (!cut.next().value && day !== days.at(-1)?.day) continue;
          statements.push(
            stated(from.toString(), day.toString(), { openingMinor: opening, closingMinor: balance }),
          );
          opening = balance;
          from = addDays(day, 1);
        }
        const lines = new Map(days.map(({ day, minor }) => [day.toString(), minor]));
        const good = followBalances(statements, lines);
        assert.ok(
          good.days.every((day) => day.isProved && day.carriedOffMinor === 0n && day.closingOffMinor === 0n),
        );
        const spoilt = days[at % days.length]?.day.toString() ?? '';
        lines.set(spoilt, (lines.get(spoilt) ?? 0n) + wrong);
        const bad = followBalances(statements, lines);
        const off = bad.days
          .map((day) => day.carriedOffMinor + day.closingOffMinor)
          .filter((minor) => minor !== 0n);
        assert.deepEqual(off, [-wrong], 'one day is off, by exactly what is wrong');
      },
    ),
  );
});
