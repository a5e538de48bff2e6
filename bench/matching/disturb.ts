// Disturbed payments: amounts that are not the sum of what they pay, changed by a seeded rule. None of them may be applied.

import type { Payment } from './replay.ts';

export const DISTURBANCES = [
  'fee',
  'discount',
  'deduction',
  'part payment',
  'unknown extra',
  'rounding',
] as const;
export type Disturbance = (typeof DISTURBANCES)[number];

/** Numbers from 0 to 1 that are the same in each run (xorshift). */
export function seeded(seed: number): () => number {
  let state = seed | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** A payment's amount with one disturbance, or nothing where it makes no difference or nothing is left. */
export function disturb(
  payment: Payment,
  random: () => number,
): { readonly kind: Disturbance; readonly amount: number } | undefined {
  const kind = DISTURBANCES[Math.floor(random() * DISTURBANCES.length)] ?? 'fee';
  const share = random();
  const one = payment.paid[Math.floor(random() * payment.paid.length)]?.amount ?? 0;
  const amount = Math.round(payment.amount + changeOf(kind, { share, one, amount: payment.amount }));
  return amount > 0 && amount !== payment.amount ? { kind, amount } : undefined;
}

function changeOf(kind: Disturbance, by: { share: number; one: number; amount: number }): number {
  switch (kind) {
    case 'fee':
      return -(500 + by.share * 3_000);
    case 'discount':
      return -by.amount * (0.01 + 0.02 * by.share);
    case 'deduction':
      return -by.one * (0.05 + 0.55 * by.share);
    case 'part payment':
      return -by.one * (0.1 + 0.8 * by.share);
    case 'unknown extra':
      return by.amount * (0.02 + 0.5 * by.share);
    case 'rounding':
      return [-2, -1, 1, 2][Math.floor(by.share * 4)] ?? 1;
  }
}
