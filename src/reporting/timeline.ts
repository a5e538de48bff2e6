// The timeline of a customer: the kinds of things that happen, and how one of them is told in an answer and in a table.

import type { Instant, PlainDate } from '#kernel/calendar.ts';
import { money, toDecimal } from '#kernel/money.ts';
import { shownMoney } from '#ledger/amount-text.ts';

/** All kinds, the documents and the money first, then what was said, then what people do about it. */
export const TIMELINE_KINDS = [
  'invoice',
  'credit_note',
  'payment',
  'application',
  'write_off',
  'message',
  'mail',
  'call',
  'promise',
  'dispute',
  'hold',
  'hand_over',
  'news',
  'task',
  'note',
  'event',
] as const;

export type TimelineKind = (typeof TIMELINE_KINDS)[number];

/** What our own people write for each other: it proves nothing and is nobody else's to read. */
const OWN_KINDS: ReadonlySet<TimelineKind> = new Set(['task', 'note']);

/** The kinds that are told to others, in an evidence pack. */
export const TOLD_TO_OTHERS: readonly TimelineKind[] = TIMELINE_KINDS.filter((kind) => !OWN_KINDS.has(kind));

/** Kinds that only those may read who may read messages: they quote what was written. */
const WORDS_KINDS: ReadonlySet<TimelineKind> = new Set(['mail', 'note']);

/** Of the kinds asked for (left out, all), those that somebody with these permissions may read. */
export function readableKinds(
  wanted: readonly TimelineKind[] | undefined,
  permissions: ReadonlySet<string>,
): readonly TimelineKind[] {
  const mayReadWords = permissions.has('message.read');
  return (wanted ?? TIMELINE_KINDS).filter((kind) => mayReadWords || !WORDS_KINDS.has(kind));
}

/** What a mail server, a carrier or a reader said of a message, and when. */
export type TimelineProof = {
  readonly kind: string;
  readonly at: string;
  readonly severity: string | null;
  readonly detail: string;
};

/** Something that happened. */
export type TimelineRow = {
  readonly kind: TimelineKind;
  readonly id: string;
  /** The day it counts for, and when we learned it. */
  readonly on: PlainDate;
  readonly at: Instant;
  readonly title: string;
  readonly minor: bigint | null;
  readonly currency: string | null;
  readonly subject_id: string;
  readonly details: Readonly<Record<string, string | null>>;
  readonly proofs: readonly TimelineProof[];
};

/** One thing that happened, in words of the outside. */
export function shownTimelineRow(row: TimelineRow) {
  return {
    kind: row.kind,
    id: row.id,
    on: row.on.toString(),
    at: row.at.toString(),
    title: row.title,
    amount: row.minor === null || row.currency === null ? null : shownMoney(money(row.minor, row.currency)),
    subjectId: row.subject_id,
    details: { ...row.details },
    proofs: row.proofs.map((proof) => ({ ...proof, at: Temporal.Instant.from(proof.at).toString() })),
  };
}

/** The columns of a timeline as a table. */
export const TIMELINE_HEADING: readonly string[] = [
  'day',
  'known_at',
  'kind',
  'what',
  'amount',
  'currency',
  'details',
  'proofs',
  'id',
];

/** One thing that happened as cells: details as `name=value`, proofs as `kind moment`, each divided by `; `. */
export function timelineCells(row: TimelineRow): readonly string[] {
  const shown = shownTimelineRow(row);
  const details = Object.entries(row.details).flatMap(([name, value]) =>
    value === null ? [] : [`${name}=${value}`],
  );
  return [
    shown.on,
    shown.at,
    row.kind,
    row.title,
    row.minor === null || row.currency === null ? '' : toDecimal(money(row.minor, row.currency)),
    row.currency ?? '',
    details.join('; '),
    shown.proofs.map((proof) => [proof.kind, proof.severity, proof.at].filter(Boolean).join(' ')).join('; '),
    row.id,
  ];
}
