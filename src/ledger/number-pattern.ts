// Document numbers: a series counts without gaps; its pattern turns the count into what is printed.

import { Refusal } from '#kernel/refusal.ts';

/** Documents that are numbered in series. */
export const NUMBERED_KINDS = [
  'invoice',
  'credit_note',
  'payment',
  'write_off',
  'charge',
  'charge_credit',
  'dispute',
] as const;

export type NumberedKind = (typeof NUMBERED_KINDS)[number];

const PLACE = /\{(year|n+)\}/g;

/**
 * The printed number: `{year}` is the year of issue, `{nnnnn}` the count with leading zeros (it grows beyond them).
 * `INV-{year}-{nnnnn}` and 42 in 2026 give `INV-2026-00042`.
 */
export function formatNumber(pattern: string, count: bigint, year: number): string {
  return pattern.replace(PLACE, (_, place: string) =>
    place === 'year' ? String(year).padStart(4, '0') : count.toString().padStart(place.length, '0'),
  );
}

/** Refuses a pattern that could give one number twice or none at all: `number_pattern_without_count`, `number_pattern_too_long`. */
export function checkPattern(pattern: string): void {
  if (!/\{n+\}/.test(pattern)) throw new Refusal('number_pattern_without_count', { pattern });
  if (pattern.length > 40) throw new Refusal('number_pattern_too_long', { pattern: pattern.slice(0, 60) });
}
