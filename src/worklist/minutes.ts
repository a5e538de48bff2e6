// How long it takes to deal with an account, and how many fit into what is left of a day. Pure.

import type { Instant } from '#kernel/calendar.ts';

/** `call`: by a call that is noted; `other`: without one. */
export const WORK_KINDS = ['call', 'other'] as const;
export type WorkKind = (typeof WORK_KINDS)[number];

/** Minutes where too little was learnt: a few rings or a short talk and a note; a look and a note. Stated, not measured. */
export const MINUTES_STATED: Readonly<Record<WorkKind, number>> = { call: 6, other: 3 };

/** So many accounts of a kind have to be dealt with before their median says more than what is stated. */
export const LEARNT_MIN = 20;

/** What is in hand for longer was left lying. */
export const IN_HAND_MINUTES_MAX = 60;

/** What was seen of accounts that were dealt with. */
export type SeenWork = { readonly kind: WorkKind; readonly accounts: number; readonly medianSeconds: number };

/** Whole minutes that an account takes, by kind; `learntFrom` accounts, 0 where it is what is stated. */
export type WorkMinutes = Readonly<
  Record<WorkKind, { readonly minutes: number; readonly learntFrom: number }>
>;

const SECONDS = 60;

/** How long an account takes: the median of what was seen lately, rounded to whole minutes and at least one; else what is stated. */
export function minutesOf(seen: readonly SeenWork[]): WorkMinutes {
  const of = (kind: WorkKind) => {
    const found = seen.find((one) => one.kind === kind);
    return found === undefined || found.accounts < LEARNT_MIN
      ? { minutes: MINUTES_STATED[kind], learntFrom: 0 }
      : { minutes: Math.max(1, Math.round(found.medianSeconds / SECONDS)), learntFrom: found.accounts };
  };
  return { call: of('call'), other: of('other') };
}

/** Accounts dealt with, by kind. */
export type DoneCounts = Readonly<Record<WorkKind, number>>;

/** Minutes that dealing with accounts took, as far as is known. */
export function minutesSpent(done: DoneCounts, takes: WorkMinutes): number {
  return WORK_KINDS.reduce((sum, kind) => sum + done[kind] * takes[kind].minutes, 0);
}

/** Accounts that fit into the minutes of a day, taken as calls: at least one. */
export function accountsIn(minutesADay: number, takes: WorkMinutes): number {
  return Math.max(1, Math.floor(minutesADay / takes.call.minutes));
}

/** Since when somebody had an account in hand; undefined where it was left lying, or nobody knows. */
export function takenAt(claimed: Instant | undefined, done: Instant): Instant | undefined {
  if (claimed === undefined) return undefined;
  const minutes = done.since(claimed).total('minutes');
  return minutes >= 0 && minutes <= IN_HAND_MINUTES_MAX ? claimed : undefined;
}
