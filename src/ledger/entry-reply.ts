// How an entry is written in a reply.

import type { Money } from '#kernel/money.ts';
import { shownMoney } from './amount-text.ts';

/** What of an entry is written; the reading of entries gives it. */
type Shown = {
  readonly postedOn: { toString(): string };
  readonly recordedAt: { toString(): string };
  readonly lines: readonly { readonly amount: Money; readonly functional: Money }[];
};

/** An entry with days, moments and amounts as text. */
export function entryText<E extends Shown>(entry: E) {
  return {
    ...entry,
    postedOn: entry.postedOn.toString(),
    recordedAt: entry.recordedAt.toString(),
    lines: (entry.lines as readonly E['lines'][number][]).map((line) => ({
      ...line,
      amount: shownMoney(line.amount),
      functional: shownMoney(line.functional),
    })),
  };
}
