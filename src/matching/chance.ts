// Chance: sums of probabilities kept as logarithms, so that a product of hundreds of them does not vanish.

const logFactorials: number[] = [0];

/** The logarithm of the number of ways to take so many out of so many. */
export function logChoose(all: number, taken: number): number {
  if (taken === 0 || taken === all) return 0;
  for (let n = logFactorials.length; n <= all; n += 1)
    logFactorials.push((logFactorials[n - 1] ?? 0) + Math.log(n));
  return (logFactorials[all] ?? 0) - (logFactorials[taken] ?? 0) - (logFactorials[all - taken] ?? 0);
}

/** The logarithm of the sum of numbers that are given by their logarithms. */
export function logSum(logs: readonly number[]): number {
  let top = Number.NEGATIVE_INFINITY;
  for (const log of logs) if (log > top) top = log;
  if (top === Number.NEGATIVE_INFINITY) return top;
  let sum = 0;
  for (const log of logs) sum += Math.exp(log - top);
  return top + Math.log(sum);
}

/** Weights as shares of their sum. */
export function normalised(weights: readonly number[]): readonly number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
