// Testimony: what a text is worth as evidence for and against a choice. It is believed, but not blindly: people forget a
// document, a bank loses a digit, and a number that is a date can look like a document's.

import type { Choice, Twins } from './documents.ts';
import type { Named, Reading, Way } from './references.ts';

export type Testimony = {
  /** The logarithm of how much less likely the text is when the payment is for a choice than when it is what it says. */
  readonly weigh: (choice: Choice) => number;
  /** The logarithm of how likely slips like those in the text are: an exact number of one customer outweighs a near one of another. */
  readonly slips: number;
  /** As `weigh`, for choices that have nothing to do with the text. */
  readonly floor: number;
  /** What the text names, or nothing where it names nothing. */
  readonly named: Choice | undefined;
};

/** A text that says nothing of documents. */
export const SILENCE: Testimony = { weigh: () => 0, slips: 0, floor: 0, named: undefined };

/** How likely it is that a piece which names a document in this way does so though the payment is not for it. */
const MISTAKEN: Readonly<Record<Exclude<Way, 'learnt'>, number>> = {
  exact: 0.001,
  digits: 0.003,
  joined: 0.003,
  cut: 0.02,
  slip: 0.02,
};
/** How likely it is that who pays for a document names it in this way. */
const WRITTEN: Readonly<Record<Exclude<Way, 'learnt'>, number>> = {
  exact: 1,
  digits: 0.1,
  joined: 0.05,
  cut: 0.02,
  slip: 0.02,
};

/** What was learnt is believed as often as it was right; it is never surer than a number that stands there in full. */
function mistaken({ way, learnt }: Named): number {
  return way === 'learnt' ? Math.max(MISTAKEN.exact, 1 - (learnt?.right ?? 0)) : MISTAKEN[way];
}

function written({ way, learnt }: Named): number {
  return way === 'learnt' ? (learnt?.right ?? 0) : WRITTEN[way];
}
/** How likely it is that a document is paid and not named, where others are. */
const UNNAMED = 0.05;
/** Nothing a text says is believed more than this. */
const FLOOR_MIN = -60;

/** What a reading of a text is worth for the choices among groups of twins. */
export function testimonyOf(twins: readonly Twins[], { named }: Reading): Testimony {
  if (named.length === 0) return SILENCE;
  const places = new Map(
    twins.flatMap(({ documents }, index) => documents.map(({ id }) => [id, index] as const)),
  );
  const pieces = named.map((piece) => ({
    log: Math.log(mistaken(piece)),
    groups: [...new Set(piece.documents.flatMap(({ id }) => places.get(id) ?? []))],
  }));
  const ids = new Set(named.flatMap(({ documents }) => documents.map(({ id }) => id)));
  const counts = twins.map(({ documents }) => documents.filter(({ id }) => ids.has(id)).length);
  const weigh = (choice: Choice): number => {
    let log = 0;
    for (const piece of pieces) if (!piece.groups.some((index) => (choice[index] ?? 0) > 0)) log += piece.log;
    choice.forEach((taken, index) => {
      log += Math.max(0, taken - (counts[index] ?? 0)) * Math.log(UNNAMED);
    });
    return Math.max(FLOOR_MIN, log);
  };
  const floor = Math.max(
    FLOOR_MIN,
    pieces.reduce((sum, { log }) => sum + log, 0),
  );
  const slips = named.reduce((sum, piece) => sum + Math.log(written(piece)), 0);
  return { weigh, slips, floor, named: counts };
}
