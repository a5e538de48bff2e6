// Who moves up and down when other rules give points: two orders of the same accounts side by side. Pure.

import type { PlainDate } from '#kernel/calendar.ts';
import { type AccountFacts, type PointReason, type PointRule, pointsOf, reasonsOf } from './points.ts';

/** An account that both sets of rules look at; `key` tells it apart and settles ties the same way each time. */
export type Judged = { readonly key: string; readonly facts: AccountFacts };

/** Where an account stands by the rules in force and by others; places count from 1 among the accounts looked at. */
export type Moved<J extends Judged> = {
  readonly judged: J;
  readonly points: number;
  readonly pointsBefore: number;
  readonly place: number;
  readonly placeBefore: number;
  /** Why it has its new points. */
  readonly reasons: readonly PointReason[];
};

/** Two orders of the same accounts. */
export type Reordered<J extends Judged> = {
  /** In the new order. */
  readonly moved: readonly Moved<J>[];
  /** Of how many accounts each new rule is true, in the order of the rules. */
  readonly counts: readonly number[];
};

/**
 * The order of accounts by new rules beside that by the rules in force: the most points first, of equal ones the one with the
 * greater expected value.
 */
export function reorder<J extends Judged>(
  accounts: readonly J[],
  rules: { readonly before: readonly PointRule[]; readonly after: readonly PointRule[] },
  today: PlainDate,
): Reordered<J> {
  const scored = accounts.map((judged) => {
    const reasons = reasonsOf(rules.after, judged.facts, today);
    const pointsBefore = pointsOf(reasonsOf(rules.before, judged.facts, today));
    return { judged, reasons, points: pointsOf(reasons), pointsBefore };
  });
  const placesBefore = new Map(
    inOrder(scored, (one) => one.pointsBefore).map((one, index) => [one.judged.key, index + 1]),
  );
  const moved = inOrder(scored, (one) => one.points).map((one, index) => ({
    ...one,
    place: index + 1,
    placeBefore: placesBefore.get(one.judged.key) ?? 0,
  }));
  const counts = rules.after.map(
    ({ name }) => scored.filter(({ reasons }) => reasons.some((one) => one.name === name)).length,
  );
  return { moved, counts };
}

function inOrder<S extends { readonly judged: Judged }>(
  scored: readonly S[],
  points: (one: S) => number,
): readonly S[] {
  return scored.toSorted(
    (a, b) =>
      points(b) - points(a) ||
      Number(b.judged.facts.expectedMinor - a.judged.facts.expectedMinor) ||
      (a.judged.key < b.judged.key ? -1 : 1),
  );
}
