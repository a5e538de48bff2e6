// Giving accounts to people by what they can do in a day and have already. Pure.

/** Somebody accounts can be given to: how many they have, and how many they can deal with in a day. */
export type Load = { readonly userId: string; readonly accounts: number; readonly capacity: number };

/**
 * Who gets which account: the first goes to whoever has the fewest for what they can do, and so on; equal ones by id, so
 * that the same question has the same answer. Accounts come in the order of their worth: everybody gets some of the best.
 */
export function balance<A>(
  accounts: readonly A[],
  people: readonly Load[],
): readonly { readonly account: A; readonly userId: string }[] {
  const loads = people.map((one) => ({ ...one })).toSorted((a, b) => (a.userId < b.userId ? -1 : 1));
  return accounts.flatMap((account) => {
    const least = loads.reduce<(typeof loads)[number] | undefined>(
      (best, one) =>
        best === undefined || one.accounts * best.capacity < best.accounts * one.capacity ? one : best,
      undefined,
    );
    if (least === undefined) return [];
    least.accounts += 1;
    return [{ account, userId: least.userId }];
  });
}
