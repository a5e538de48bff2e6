import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  alwaysHalfWidth,
  alwaysMeans,
  alwaysShares,
  type Moments,
  newcombe,
  normalQuantile,
  type Share,
  studentQuantile,
  welch,
  wilson,
} from './estimate.ts';

const near = (seen: number, wanted: number, by: number, what = '') =>
  assert.ok(Math.abs(seen - wanted) <= by, `${what} ${seen} is not ${wanted}`);

const share = (count: number, of: number): Share => ({ count, of });

/** Chance that is the same for a seed: xorshift of 32 bits. */
function chanceOf(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}

test('quantiles are those of the tables', () => {
  near(normalQuantile(0.975), 1.959963985, 1e-8);
  near(normalQuantile(0.001), -3.090232306, 1e-8);
  near(normalQuantile(0.5), 0, 1e-12);
  for (const [degrees, wanted] of [
    [1, 12.7062047],
    [2, 4.30265273],
    [10, 2.22813885],
    [30, 2.04227246],
    [1000, 1.96233908],
  ] as const)
    near(studentQuantile(0.025, degrees), wanted, 1e-6, `t of ${degrees}`);
  near(studentQuantile(0.005, 5), 4.03214298, 1e-6);
});

test("Newcombe's intervals are those of his paper", () => {
  // Table II of the paper: 56 of 70 and 48 of 80, 9 of 10 and 3 of 10.
  const first = newcombe(share(56, 70), share(48, 80));
  near(first.low, 0.0524, 5e-5);
  near(first.high, 0.3339, 5e-5);
  const second = newcombe(share(9, 10), share(3, 10));
  near(second.low, 0.1705, 5e-5);
  near(second.high, 0.809, 5e-5);
});

test("Welch's interval is the one of the sleep data of Student", () => {
  // Student 1908: hours of sleep gained by two drugs; R gives -3.3654832 to 0.2054832 with 17.776 degrees of freedom.
  const moments = (hours: readonly number[]): Moments => ({
    of: hours.length,
    sum: hours.reduce((sum, one) => sum + one, 0),
    squares: hours.reduce((sum, one) => sum + one * one, 0),
  });
  const first = moments([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2]);
  const second = moments([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]);
  const interval = welch(first, second);
  near(interval.low, -3.3654832, 1e-6);
  near(interval.high, 0.2054832, 1e-6);
});

test('intervals hold the difference, turn round with the parts, and never end beyond what a share can be', () => {
  const arm = fc
    .tuple(fc.integer({ min: 1, max: 400 }), fc.nat(400))
    .map(([of, n]) => share(n % (of + 1), of));
  fc.assert(
    fc.property(arm, arm, (first, second) => {
      const difference = first.count / first.of - second.count / second.of;
      for (const make of [
        (a: Share, b: Share) => newcombe(a, b),
        (a: Share, b: Share) => alwaysShares(a, b, 0.1),
      ]) {
        const { low, high } = make(first, second);
        assert.ok(low <= difference + 1e-12 && difference <= high + 1e-12, `${low} ${difference} ${high}`);
        assert.ok(low >= -1 - 1e-12 && high <= 1 + 1e-12);
        const turned = make(second, first);
        near(turned.low, -high, 1e-12);
        near(turned.high, -low, 1e-12);
      }
      const { low, high } = wilson(first);
      assert.ok(0 <= low && low <= first.count / first.of && first.count / first.of <= high && high <= 1);
    }),
  );
});

test('what may be looked at any day is wider than one look, and grows narrower with more customers', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-6, max: 0.5, noNaN: true }),
      fc.integer({ min: 1, max: 50 }),
      (variance, points) => {
        const scale = points / 100;
        assert.ok(alwaysHalfWidth(variance, scale) > 1.96 * Math.sqrt(variance));
        assert.ok(alwaysHalfWidth(variance, scale) > alwaysHalfWidth(variance / 2, scale));
      },
    ),
  );
});

test('where all figures are alike, nothing is said of means', () => {
  const same: Moments = { of: 60, sum: 60 * 14, squares: 60 * 14 * 14 };
  assert.equal(alwaysMeans(same, same, 2), undefined);
  assert.deepEqual(welch(same, same), { low: 0, high: 0 });
});

/** Chances of each count of a binomial variable. */
function binomial(of: number, p: number): readonly number[] {
  const chances = [(1 - p) ** of];
  for (let count = 1; count <= of; count += 1)
    chances.push(((chances[count - 1] ?? 0) * (of - count + 1) * p) / (count * (1 - p)));
  return chances;
}

test('at the end the interval of shares holds the truth in 94 of 100 cases and more, on average over shares, reckoned exactly', () => {
  const covered: number[] = [];
  for (const p of [0.15, 0.35, 0.5, 0.7, 0.9])
    for (const q of [0.1, 0.3, 0.55, 0.8]) {
      const [first, second] = [binomial(70, p), binomial(40, q)];
      let chance = 0;
      first.forEach((a, i) => {
        second.forEach((b, j) => {
          const { low, high } = newcombe(share(i, 70), share(j, 40));
          if (low <= p - q && p - q <= high) chance += a * b;
        });
      });
      covered.push(chance);
    }
  const mean = covered.reduce((sum, one) => sum + one, 0) / covered.length;
  assert.ok(mean >= 0.94, `covers ${mean}`);
  assert.ok(Math.min(...covered) >= 0.92, `covers ${Math.min(...covered)} somewhere`);
});

const PEOPLE = 1_500;
const LOOK_EVERY = 25;
const TRIALS = 600;
const MIN = 50;

/** Runs experiments and looks at each every few customers; tells how often the truth was out of the interval at any look. */
function peeked(
  seed: number,
  one: {
    readonly truth: number;
    readonly share: number;
    draw(arm: 'usual' | 'tried', chance: () => number): number;
    interval(usual: Moments, tried: Moments): { readonly low: number; readonly high: number } | undefined;
  },
): number {
  const chance = chanceOf(seed);
  let missed = 0;
  for (let trial = 0; trial < TRIALS; trial += 1) {
    const sums = { usual: { of: 0, sum: 0, squares: 0 }, tried: { of: 0, sum: 0, squares: 0 } };
    for (let n = 1; n <= PEOPLE; n += 1) {
      const arm = chance() < one.share ? 'tried' : 'usual';
      const value = one.draw(arm, chance);
      sums[arm].of += 1;
      sums[arm].sum += value;
      sums[arm].squares += value * value;
      if (n % LOOK_EVERY > 0 || sums.usual.of < MIN || sums.tried.of < MIN) continue;
      const found = one.interval(sums.usual, sums.tried);
      if (found === undefined || (found.low <= one.truth && one.truth <= found.high)) continue;
      missed += 1;
      break;
    }
  }
  return missed / TRIALS;
}

const ofShares = (usual: Moments, tried: Moments) =>
  alwaysShares(share(usual.sum, usual.of), share(tried.sum, tried.of), 0.1);

test('looked at again and again, nothing is found where there is nothing in at least 95 of 100 experiments', () => {
  for (const [p, part] of [
    [0.4, 0.5],
    [0.8, 0.2],
    [0.1, 0.3],
  ] as const) {
    const falsely = peeked(1, {
      truth: 0,
      share: part,
      draw: (_, chance) => (chance() < p ? 1 : 0),
      interval: ofShares,
    });
    assert.ok(falsely <= 0.05, `${falsely} of experiments with ${p} paid found something`);
  }
});

test('looked at again and again, the interval holds the truth throughout in at least 94 of 100 experiments', () => {
  const missed = peeked(2, {
    truth: 0.1,
    share: 0.3,
    draw: (arm, chance) => (chance() < (arm === 'usual' ? 0.6 : 0.5) ? 1 : 0),
    interval: ofShares,
  });
  assert.ok(missed <= 0.06, `missed in ${missed}`);
  // Days to pay are skewed and cut off at the end of the window of 14 days.
  const days = (mean: number, chance: () => number) =>
    Math.min(14, Math.floor(-mean * Math.log(1 - chance())));
  const meanOf = (mean: number) => {
    let sum = 0;
    for (let day = 1; day <= 14; day += 1) sum += Math.exp(-day / mean);
    return sum;
  };
  const gained = meanOf(9) - meanOf(6);
  const missedDays = peeked(3, {
    truth: gained,
    share: 0.5,
    draw: (arm, chance) => days(arm === 'usual' ? 6 : 9, chance),
    interval: (usual, tried) => alwaysMeans(tried, usual, 2),
  });
  assert.ok(missedDays <= 0.06, `missed days in ${missedDays}`);
});

test('one look after the other with the interval for a single look finds something where there is nothing: the test can fail', () => {
  const falsely = peeked(4, {
    truth: 0,
    share: 0.5,
    draw: (_, chance) => (chance() < 0.4 ? 1 : 0),
    interval: (usual, tried) => newcombe(share(usual.sum, usual.of), share(tried.sum, tried.of)),
  });
  assert.ok(falsely > 0.15, `only ${falsely}`);
});
