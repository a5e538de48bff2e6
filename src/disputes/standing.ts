// What became of disputed money. It is worked out anew from what happened to the item, never stored: so an application taken
// back restores exactly what was, and any past day can be asked for.

import { assert } from '#kernel/assert.ts';

/** How part of an item was settled, as far as a dispute cares. */
export type SettledBy = 'paid' | 'credited' | 'writtenOff';

/**
 * One thing that happened to an item, amounts in minor units without sign. Things come in the order in which they
 * happened. `settled` counts applications that stand; `forDispute` names the dispute that the credit was made for.
 */
export type Happening =
  | { readonly kind: 'settled'; readonly by: SettledBy; readonly minor: bigint; readonly forDispute?: string }
  | { readonly kind: 'opened'; readonly disputeId: string; readonly minor: bigint }
  | { readonly kind: 'released'; readonly disputeId: string; readonly minor: bigint }
  | { readonly kind: 'closed'; readonly disputeId: string };

/**
 * What became of the amount a dispute began with, in minor units: `original` = `open` + `paid` + `credited` + `writtenOff` +
 * `released`, always (the amount identity of a dispute case, as SAP's dispute management has it).
 */
export type Amounts = {
  readonly original: bigint;
  /** Still disputed. */
  readonly open: bigint;
  readonly paid: bigint;
  readonly credited: bigint;
  readonly writtenOff: bigint;
  /** No more disputed, and owed as before. */
  readonly released: bigint;
  /** What of `released` was still disputed when it was decided. */
  readonly releasedAtClosing: bigint;
};

type Counting = { -readonly [K in keyof Amounts]: Amounts[K] };

/** Nothing yet. */
export const NOTHING: Amounts = {
  original: 0n,
  open: 0n,
  paid: 0n,
  credited: 0n,
  writtenOff: 0n,
  released: 0n,
  releasedAtClosing: 0n,
};

/**
 * Follows an item of `amount` through what happened to it. Money that settles it takes what is not disputed first, then the
 * disputes, the oldest first; a credit made for a dispute takes that dispute's part first. Closing a dispute
 * releases what is open of it then. Each item of each dispute is counted by itself.
 */
export function followItem(amount: bigint, happened: readonly Happening[]): ReadonlyMap<string, Amounts> {
  const disputes = new Map<string, Counting>();
  let open = amount;
  /** Money that took what was not disputed, the latest last. */
  const taken: { by: SettledBy; minor: bigint }[] = [];
  const disputed = (): bigint => [...disputes.values()].reduce((total, d) => total + d.open, 0n);

  for (const one of happened) {
    if (one.kind === 'settled') {
      assert(one.minor >= 0n && one.minor <= open, 'no more is settled of an item than is open', [one, open]);
      const undisputed = open - disputed();
      const own = one.forDispute === undefined ? undefined : disputes.get(one.forDispute);
      const aimed = own ? settle(own, one.by, one.minor) : 0n;
      const free = smaller(one.minor - aimed, undisputed);
      taken.push({ by: one.by, minor: free });
      let rest = one.minor - aimed - free;
      for (const dispute of disputes.values()) rest -= settle(dispute, one.by, rest);
      open -= one.minor;
    } else if (one.kind === 'opened') {
      const most = open - disputed();
      const dispute: Counting = { ...NOTHING, original: one.minor, open: one.minor };
      disputes.set(one.disputeId, dispute);
      // Less can be left than was disputed only where both happened at once, or on a past day: the money came first.
      takeOver(dispute, one.minor - smaller(one.minor, most), taken);
    } else {
      const dispute = disputes.get(one.disputeId);
      if (!dispute) continue;
      const part = one.kind === 'closed' ? dispute.open : smaller(dispute.open, one.minor);
      dispute.open -= part;
      dispute.released += part;
      if (one.kind === 'closed') dispute.releasedAtClosing += part;
    }
  }
  return disputes;
}

/** Settles as much of a dispute as there is, and says how much that was. */
function settle(dispute: Counting, by: SettledBy, most: bigint): bigint {
  const part = smaller(dispute.open, most);
  dispute.open -= part;
  dispute[by] += part;
  return part;
}

/** Money that came before counts for a dispute that it left no room for, the latest first. */
function takeOver(dispute: Counting, short: bigint, taken: { by: SettledBy; minor: bigint }[]): void {
  let rest = short;
  for (const one of taken.toReversed()) {
    const part = settle(dispute, one.by, smaller(one.minor, rest));
    one.minor -= part;
    rest -= part;
  }
  dispute.open -= rest;
  dispute.released += rest;
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

/** Amounts of several items together. */
export function sumOf(all: readonly Amounts[]): Amounts {
  return all.reduce(
    (sum, one) => ({
      original: sum.original + one.original,
      open: sum.open + one.open,
      paid: sum.paid + one.paid,
      credited: sum.credited + one.credited,
      writtenOff: sum.writtenOff + one.writtenOff,
      released: sum.released + one.released,
      releasedAtClosing: sum.releasedAtClosing + one.releasedAtClosing,
    }),
    NOTHING,
  );
}
