import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays, daysBetween, parseDate } from '#kernel/calendar.ts';
import {
  bucketIndex,
  bucketsOf,
  dueRangeOf,
  figuresOf,
  type OpenSum,
  readEdges,
  USUAL_EDGES,
} from './aging.ts';

const asOf = parseDate('2026-03-31');
const sum = (dueOn: string, minor: bigint, rest: Partial<OpenSum> = {}): OpenSum => ({
  companyId: 'c',
  currency: 'EUR',
  account: 'receivables',
  dueOn: parseDate(dueOn),
  isCredit: false,
  minor,
  functionalMinor: minor,
  ...rest,
});
const figures = (sums: readonly OpenSum[], edges = USUAL_EDGES) =>
  figuresOf(sums, { asOf, edges, currency: 'EUR' }, (s) => s.minor);

test('an invoice is current on its due date and overdue from the day after', () => {
  const sums = [sum('2026-04-01', 1n), sum('2026-03-31', 2n), sum('2026-03-30', 4n)];
  assert.deepEqual(
    figures(sums).buckets.map((b) => b.minor),
    [3n, 4n, 0n, 0n, 0n],
  );
});

test('a bucket holds its first and its last day', () => {
  const at = (days: number, minor: bigint) => sum(addDays(asOf, -days).toString(), minor);
  const sums = [
    at(1, 1n),
    at(30, 2n),
    at(31, 4n),
    at(60, 8n),
    at(61, 16n),
    at(90, 32n),
    at(91, 64n),
    at(999, 128n),
  ];
  assert.deepEqual(
    figures(sums).buckets.map((b) => b.minor),
    [0n, 3n, 12n, 48n, 192n],
  );
});

test('credit notes and unapplied cash stand in their own columns and are never aged', () => {
  const shown = figures([
    sum('2026-01-01', 100n),
    sum('2026-01-01', -30n, { isCredit: true }),
    sum('2026-01-01', -50n, { account: 'unapplied-cash', isCredit: true }),
    sum('2026-01-01', 5n, { account: 'unapplied-cash' }),
  ]);
  assert.equal(shown.gross.minor, 100n);
  assert.equal(shown.overdue.minor, 100n);
  assert.equal(shown.credits.minor, -30n);
  assert.equal(shown.unapplied.minor, -45n);
  assert.equal(shown.net.minor, 25n);
});

test('buckets are named by their days', () => {
  assert.deepEqual(
    bucketsOf(USUAL_EDGES).map((b) => b.key),
    ['current', '1-30', '31-60', '61-90', 'over-90'],
  );
  assert.deepEqual(
    bucketsOf([7]).map((b) => b.key),
    ['current', '1-7', 'over-7'],
  );
});

test('edges that do not ascend, are not whole days or are too many are refused', () => {
  assert.deepEqual(readEdges(undefined), USUAL_EDGES);
  assert.deepEqual(readEdges('7, 14,365'), [7, 14, 365]);
  for (const text of ['30,30', '60,30', '0,30', '1.5', 'a', '-3', '3651', '1,2,3,4,5,6,7,8,9,10,11,12'])
    assert.throws(() => readEdges(text), { code: 'aging_edges_not_valid' }, text);
});

test('a bucket that the edges do not make is refused', () => {
  assert.throws(() => dueRangeOf(USUAL_EDGES, '1-31', asOf), { code: 'aging_bucket_unknown' });
});

test('the due dates of a bucket are exactly the days that fall into it', () => {
  const edges = fc
    .uniqueArray(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 11 })
    .map((list) => list.sort((a, b) => a - b));
  fc.assert(
    fc.property(edges, fc.integer({ min: -500, max: 500 }), (chosen, late) => {
      const dueOn = addDays(asOf, -late);
      const index = bucketIndex(chosen, daysBetween(dueOn, asOf));
      bucketsOf(chosen).forEach((bucket, place) => {
        const { from, to } = dueRangeOf(chosen, bucket.key, asOf);
        const isIn =
          (from === null || daysBetween(from, dueOn) >= 0) && (to === null || daysBetween(dueOn, to) >= 0);
        assert.equal(isIn, place === index, bucket.key);
      });
    }),
  );
});
