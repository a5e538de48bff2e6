// Words about bank statements that their pages share.

import { dayWords } from '../../lib/format.ts';
import type { MoneyValue } from '../../ui/Money.tsx';

/** Whether an amount is nothing, whatever its currency. */
export function isZero(value: MoneyValue): boolean {
  return /^-?[0.]*$/.test(value.amount);
}

/** `3 Mar 2026 – 5 Mar 2026`: the days a statement covers. */
export function spanWords(span: { readonly from: string | null; readonly to: string | null }): string {
  if (span.from === null || span.to === null) {
    const day = span.to ?? span.from;
    return day === null ? '–' : dayWords(day);
  }
  return span.from === span.to ? dayWords(span.to) : `${dayWords(span.from)} – ${dayWords(span.to)}`;
}
