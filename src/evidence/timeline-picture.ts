// The picture of what happened: one line for each sort of happening, a mark where each stands between the first day and the
// last. Pure.

import { daysBetween, earlier, later, type PlainDate } from '#kernel/calendar.ts';
import { formatDate } from '#printing/print-format.ts';
import { printable, type TimelineBlock } from '#printing/print-page.ts';

/** What is drawn of a happening. */
type Drawn = { readonly on: PlainDate; readonly kind: string };

/** Lines from above to below, and the kinds of happenings that stand on each; what is of none stands on the last. */
const LANES: readonly { readonly label: string; readonly kinds: readonly string[] }[] = [
  { label: 'Invoices and credits', kinds: ['invoice', 'credit_note', 'write_off'] },
  { label: 'Money', kinds: ['payment', 'application'] },
  { label: 'Messages', kinds: ['message'] },
  { label: 'Calls and mails', kinds: ['call', 'mail'] },
  { label: 'Promises and disputes', kinds: ['promise', 'dispute', 'hold'] },
  { label: 'Agencies and courts', kinds: ['hand_over', 'news'] },
];
const OTHERS = 'Other';

/** Days that are named under the picture at most, the first and the last among them. */
const TICKS = 5;
/** Places are rounded to this many parts of the width, so that the same facts draw the same bytes. */
const PARTS = 1000;

/**
 * Draws happenings from the first day to the day the report is of. Nothing that happened, or all of it on one day, makes no
 * picture. Several on one day stand in one place.
 */
export function timelinePicture(happenings: readonly Drawn[], asOf: PlainDate): TimelineBlock | undefined {
  if (happenings.length === 0) return undefined;
  const days = happenings.map(({ on }) => on);
  const first = days.reduce(earlier);
  const length = daysBetween(first, days.reduce(later, asOf));
  if (length === 0) return undefined;
  const placeOf = (on: PlainDate): number => Math.round((daysBetween(first, on) * PARTS) / length) / PARTS;
  const laneOf = (kind: string): string => LANES.find(({ kinds }) => kinds.includes(kind))?.label ?? OTHERS;
  const byLane = Map.groupBy(happenings, ({ kind }) => laneOf(kind));
  const lanes = [...LANES.map(({ label }) => label), OTHERS].flatMap((label) => {
    const own = byLane.get(label) ?? [];
    const marks = [...new Set(own.map(({ on }) => placeOf(on)))].toSorted((a, b) => a - b);
    return own.length === 0 ? [] : [{ label: printable(`${label} (${own.length})`), marks }];
  });
  const count = Math.min(TICKS, length + 1);
  const ticks = Array.from({ length: count }, (_, index) => {
    const on = first.add({ days: Math.round((index * length) / (count - 1)) });
    return { at: placeOf(on), label: formatDate(on, 'en') };
  });
  return { type: 'timeline', title: 'What happened, at a glance', lanes, ticks };
}
