// What a change changes: only fields that were given and differ. Kept in the history with what was there before.

import type { Json } from '#kernel/canonical.ts';

/** A field before and after. */
export type Change = { readonly from: Json; readonly to: Json };

/** A thing as it is after the change, and the fields that differ, in the order they were given. */
export type Changed<T> = {
  readonly after: T;
  readonly fields: readonly string[];
  readonly changes: Readonly<Record<string, Change>>;
};

/** Applies the fields that were given (not undefined) to a thing; `null` empties one. Values are plain. */
export function changeOf<T extends object>(
  before: T,
  wanted: { readonly [K in keyof T]?: T[K] | undefined },
): Changed<T> {
  const changes: Record<string, Change> = {};
  const after = { ...before };
  for (const key of Object.keys(wanted) as (keyof T & string)[]) {
    const value = wanted[key];
    if (value === undefined || value === before[key]) continue;
    changes[key] = { from: before[key] as Json, to: value as Json };
    after[key] = value;
  }
  return { after, fields: Object.keys(changes), changes };
}
