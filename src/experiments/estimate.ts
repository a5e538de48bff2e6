// How far apart two parts of an experiment are, and how sure that is: intervals of 95 percent. Two are told: one for a single look at
// the end (Newcombe for shares, Welch for means), and one that stays right however often somebody looks. Pure; these are
// estimates, not amounts, so they are floating-point numbers.

import { assert } from '#kernel/assert.ts';

/** By which rules intervals are made; a change gets another number. */
export const ESTIMATE_FORMULA = 'newcombe-welch-msprt/1';

/** How sure intervals are: they miss the truth in at most so many of a thousand. */
const ALPHA = 0.05;

export type Interval = { readonly low: number; readonly high: number };

/** A difference with its intervals: for one look at the end, and for any number of looks. */
export type Estimate = { readonly difference: number; readonly atEnd: Interval; readonly always: Interval };

/** How many of how many paid. */
export type Share = { readonly count: number; readonly of: number };

/** Figures of a mean: how many, their sum, and the sum of their squares. */
export type Moments = { readonly of: number; readonly sum: number; readonly squares: number };

// Coefficients of the rational approximations by P. J. Acklam (2003), relative error below 1.15e-9.
const A = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
  2.506628277459239,
];
const B = [
  -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1,
];
const C = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
];
const D = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1];

const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduce((sum, one) => sum * x + one, 0);

const TAIL = 0.02425;

/** The value below which a standard normal variable is with a probability between nought and one. */
export function normalQuantile(p: number): number {
  assert(p > 0 && p < 1, 'a probability of a quantile lies between nought and one', p);
  if (p < TAIL) {
    const q = Math.sqrt(-2 * Math.log(p));
    return polynomial(C, q) / polynomial(D, q);
  }
  if (p > 1 - TAIL) return -normalQuantile(1 - p);
  const q = p - 0.5;
  return (polynomial(A, q * q) * q) / polynomial(B, q * q);
}

/** The logarithm of the gamma function, by Lanczos with g = 7 and nine terms. */
function logGamma(x: number): number {
  const terms = [
    676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
    -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
  ];
  const y = x - 1;
  const sum = terms.reduce((all, term, at) => all + term / (y + at + 1), 0.9999999999998099);
  const t = y + terms.length - 0.5;
  return 0.5 * Math.log(2 * Math.PI) + (y + 0.5) * Math.log(t) - t + Math.log(sum);
}

const FRACTION_STEPS = 300;
const TINY = 1e-300;

/** The regularised incomplete beta function, by its continued fraction (Lentz). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front =
    Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x)) / a;
  const safe = (value: number) => (Math.abs(value) < TINY ? TINY : value);
  let c = 1;
  let d = 1 / safe(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= FRACTION_STEPS; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / safe(1 + even * d);
    c = safe(1 + even / c);
    fraction *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / safe(1 + odd * d);
    c = safe(1 + odd / c);
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return front * fraction;
}

const HALVINGS = 200;

/** The value above which Student's t lies with probability `upper`, below a half; degrees of freedom need not be whole. */
export function studentQuantile(upper: number, degrees: number): number {
  assert(upper > 0 && upper < 0.5 && degrees > 0, 'an upper tail and degrees of freedom', { upper, degrees });
  // P(|T| > t) = I(v / (v + t²); v/2, 1/2), which falls with t: halved until it is exact.
  let low = 0;
  let high = 1;
  const tail = (t: number) => incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5) / 2;
  while (tail(high) > upper) high *= 2;
  for (let n = 0; n < HALVINGS && high - low > 1e-12 * high; n += 1) {
    const middle = (low + high) / 2;
    if (tail(middle) > upper) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Wilson's interval of one share (1927). */
export function wilson({ count, of }: Share, alpha = ALPHA): Interval {
  const z = normalQuantile(1 - alpha / 2);
  const p = count / of;
  const centre = p + (z * z) / (2 * of);
  const half = z * Math.sqrt((p * (1 - p)) / of + (z * z) / (4 * of * of));
  const whole = 1 + (z * z) / of;
  // Nobody and everybody are the ends themselves, whatever rounding makes of them.
  return {
    low: count === 0 ? 0 : Math.max(0, (centre - half) / whole),
    high: count === of ? 1 : Math.min(1, (centre + half) / whole),
  };
}

/**
 * The interval of a difference of two shares: R. G. Newcombe, Interval estimation for the difference between independent
 * proportions, Statistics in Medicine 17 (1998), method 10, which joins Wilson's intervals of both.
 */
export function newcombe(first: Share, second: Share, alpha = ALPHA): Interval {
  const [p, q] = [first.count / first.of, second.count / second.of];
  const [one, two] = [wilson(first, alpha), wilson(second, alpha)];
  return {
    low: p - q - Math.hypot(p - one.low, two.high - q),
    high: p - q + Math.hypot(one.high - p, q - two.low),
  };
}

const meanOf = ({ of, sum }: Moments): number => sum / of;

/** The variance of a sample, with one degree of freedom gone for the mean. */
function varianceOf({ of, sum, squares }: Moments): number {
  return Math.max(0, (squares - (sum * sum) / of) / (of - 1));
}

/** The interval of a difference of two means: B. L. Welch, Biometrika 34 (1947), with the degrees of freedom of Satterthwaite. */
export function welch(first: Moments, second: Moments, alpha = ALPHA): Interval {
  const [v, w] = [varianceOf(first) / first.of, varianceOf(second) / second.of];
  const difference = meanOf(first) - meanOf(second);
  if (v + w === 0) return { low: difference, high: difference };
  const degrees = (v + w) ** 2 / (v ** 2 / (first.of - 1) + w ** 2 / (second.of - 1));
  const half = studentQuantile(alpha / 2, degrees) * Math.sqrt(v + w);
  return { low: difference - half, high: difference + half };
}

/**
 * The half width of an interval that holds at every look at once, whenever somebody stops: R. Johari, P. Koomen, L. Pekelis and
 * D. Walsh, Peeking at A/B Tests, KDD 2017, the mixture sequential probability ratio test of a normal mean, turned into an interval.
 * `variance` is that of the estimate so far; `scale` is the difference hoped for: it says where the interval is narrowest, not what is found.
 */
export function alwaysHalfWidth(variance: number, scale: number, alpha = ALPHA): number {
  const both = variance + scale * scale;
  return Math.sqrt(
    ((variance * both) / (scale * scale)) * (2 * Math.log(1 / alpha) + Math.log(both / variance)),
  );
}

/** The interval of a difference of shares that may be looked at any day; one payer and one that did not pay are added to each part, as Agresti and Caffo do (2000), so that it is no point where all or none paid. */
export function alwaysShares(first: Share, second: Share, scale: number): Interval {
  const varianceOfShare = ({ count, of }: Share) => {
    const p = (count + 1) / (of + 2);
    return (p * (1 - p)) / (of + 2);
  };
  const difference = first.count / first.of - second.count / second.of;
  const half = alwaysHalfWidth(varianceOfShare(first) + varianceOfShare(second), scale);
  return { low: Math.max(-1, difference - half), high: Math.min(1, difference + half) };
}

/** The same of a difference of means; where all figures of both parts are alike, nothing is said. */
export function alwaysMeans(first: Moments, second: Moments, scale: number): Interval | undefined {
  const variance = varianceOf(first) / first.of + varianceOf(second) / second.of;
  if (variance === 0) return undefined;
  const difference = meanOf(first) - meanOf(second);
  const half = alwaysHalfWidth(variance, scale);
  return { low: difference - half, high: difference + half };
}
