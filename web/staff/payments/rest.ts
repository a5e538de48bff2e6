// What becomes of what a payment leaves open of an item: the choices of a row of the apply screen, what is sent for them, and what
// the server says of it.

import { type Money, subtract } from '#kernel/money.ts';
import type { applyPayment } from '#payments/contract.ts';
import type { Input, Reply } from '../../lib/api.ts';
import { toValue } from './amounts.ts';

export const RESTS = [
  { value: 'open', label: 'stays open' },
  { value: 'small', label: 'is dropped: small difference' },
  { value: 'charge', label: 'is a bank charge' },
  { value: 'discount', label: 'is early-payment discount' },
  { value: 'deduction', label: 'is kept back for a reason' },
  { value: 'written_off', label: 'is written off' },
] as const;

export type RestKind = (typeof RESTS)[number]['value'];

/** What is chosen for a row: what the rest is, and for a deduction its reason. */
export type Rest = { readonly kind: RestKind; readonly reason?: string };

/** A row that money goes to: what is open of the item, what is given, and what the rest is. */
export type Row = {
  readonly itemId: string;
  readonly open: Money;
  readonly given: Money;
  readonly rest: Rest | undefined;
};

/** What is left of the item by the money alone. Never below nothing. */
export function missingOf({ open, given }: Pick<Row, 'open' | 'given'>): Money {
  const left = subtract(open, given);
  return left.minor > 0n ? left : { ...left, minor: 0n };
}

type Body = NonNullable<Input<typeof applyPayment>['body']>;

/** As what and why the rests that are written off are. */
export type WrittenOff = Pick<NonNullable<Body['writeOff']>, 'kind' | 'reason' | 'facts'>;

/** What of the rows is written off, in all. */
export function writtenOffOf(
  rows: readonly Row[],
): readonly { readonly itemId: string; readonly amount: Money }[] {
  return rows
    .filter((row) => row.rest?.kind === 'written_off')
    .map((row) => ({ itemId: row.itemId, amount: missingOf(row) }))
    .filter(({ amount }) => amount.minor > 0n);
}

/** What is sent for the rows: allocations with what the rests are, deductions for what was kept back, and what is written off. */
export function bodyOf(
  rows: readonly Row[],
  how: WrittenOff,
): Pick<Body, 'allocations' | 'deductions' | 'writeOff'> {
  const written = writtenOffOf(rows);
  const deductions = rows.flatMap((row) => {
    const missing = missingOf(row);
    return row.rest?.kind === 'deduction' && missing.minor > 0n
      ? [
          {
            itemId: row.itemId,
            amount: toValue(missing),
            ...(row.rest.reason ? { reason: row.rest.reason } : {}),
          },
        ]
      : [];
  });
  return {
    allocations: rows.map((row) => {
      const missing = missingOf(row);
      const plain = { itemId: row.itemId, amount: toValue(row.given) };
      if (missing.minor === 0n) return plain;
      if (row.rest?.kind === 'discount') return { ...plain, discount: toValue(missing) };
      if (row.rest?.kind === 'small')
        return { ...plain, difference: toValue(missing), differenceKind: 'small_balance' as const };
      if (row.rest?.kind === 'charge')
        return { ...plain, difference: toValue(missing), differenceKind: 'bank_charge' as const };
      return plain;
    }),
    ...(deductions.length > 0 ? { deductions } : {}),
    ...(written.length > 0
      ? {
          writeOff: {
            ...how,
            items: written.map(({ itemId, amount }) => ({ itemId, amount: toValue(amount) })),
          },
        }
      : {}),
  };
}

const BASES: Readonly<Record<string, string>> = {
  tolerance: 'dropped by rule',
  stated: 'dropped, as the bank’s statement says',
  limit: 'dropped within your limit',
  approval: 'dropped as approved',
  available: 'could be dropped by rule; stays open',
};

/** What a difference is, and by which right it is dropped. */
export function differenceWords({ kind, state }: Reply<typeof applyPayment>['differences'][number]): string {
  const what = kind === 'bank_charge' ? 'bank charge' : 'small difference';
  return `${what} ${BASES[state] ?? state}`;
}
