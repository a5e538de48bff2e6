// A mailbox at a mail server of the company's own: what may be set up, from where reading goes on, how much at a time. Pure.

import type { Instant } from '#kernel/calendar.ts';
import { Refusal } from '#kernel/refusal.ts';

/** What the mails of an account are: answers of customers, or lists of what payments are for. */
export const BRINGS = ['inbox', 'remittances'] as const;
export type Brings = (typeof BRINGS)[number];

/** What is done at the mail server with a mail that was taken. */
export const AFTERWARDS = ['leave', 'mark_seen', 'move'] as const;
export type Afterwards = (typeof AFTERWARDS)[number];

/** How a mailbox is signed in to. */
export const SIGN_INS = ['password', 'oauth2'] as const;
export type SignIn = (typeof SIGN_INS)[number];

const HOST =
  /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$|^[0-9a-f:.]{2,45}$/i;
const OWN_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '::1']);

/**
 * Makes sure that a place can be read: a password crosses no network unencrypted.
 *
 * Refuses: `mail_host_not_valid`, `mail_not_encrypted`, `mail_folder_missing` (moving into none, or into the one that is read).
 */
export function checkPlace(place: {
  readonly host: string;
  readonly security: string;
  readonly folder: string;
  readonly afterwards: Afterwards;
  readonly moveTo: string | null;
}): void {
  if (!HOST.test(place.host)) throw new Refusal('mail_host_not_valid', { host: place.host.slice(0, 80) });
  if (place.security === 'none' && !OWN_HOSTS.has(place.host.toLowerCase()))
    throw new Refusal('mail_not_encrypted', { host: place.host });
  const isMoved = place.afterwards === 'move';
  if (isMoved !== (place.moveTo !== null) || place.moveTo === place.folder)
    throw new Refusal('mail_folder_missing', { folder: place.moveTo });
}

/** How far a folder was read. */
export type Position = { readonly validity: bigint | null; readonly lastUid: number };

/**
 * From where reading goes on: after the last UID, or, where the folder's UIDs mean other mails than before (a new validity), from
 * its first day again. What was taken before is known by its bytes and its Message-ID, and is not taken twice.
 */
export function goOnFrom(position: Position, validity: bigint): Position {
  return position.validity === validity ? position : { validity, lastUid: 0 };
}

/** Readings that end at a mail we fail to keep, for whatever reason of our own, before it is put aside for a person. */
export const KEEP_TRIES_MAX = 5;
/** What a mail counts as that was begun with care and whose end nobody heard: its third time is its last. */
const BEGUN_COUNTS = 2;

/** How often the next mail failed, once a reading ended without a word: often enough that the next one is read with care. */
export function afterDeath(failedTries: number): number {
  return Math.max(failedTries, 1);
}

/** How often a mail failed, noted before it is begun: what it is if the worker dies of it. */
export function begunWithCare(failedTries: number): number {
  return failedTries + BEGUN_COUNTS;
}

/** Minutes a worker has an account in hand before another may think it dead; longer than any reading goes on. */
export const IN_HAND_MINUTES = 10;
/** Mails taken by one reading; the next goes on. */
export const MAILS_A_READING = 200;
/** Seconds after which no further mail is begun; the next reading goes on, after those of other mailboxes that wait. */
export const BEGIN_SECONDS_MAX = 30;
/** How far it got is saved after so many: what is read again after an end without warning. */
export const MAILS_A_NOTE = 10;

/** Minutes a worker waits at a mailbox before it must say that it still does; another may take over then. */
export const WATCH_MINUTES = 10;

/** A wait that ended sooner was no wait: the mail server hangs up. */
const WAIT_SECONDS_MIN = 60;
const PAUSE_SECONDS_MAX = 30 * 60;

/**
 * Seconds to leave a mail server alone before it is waited at again: none after a wait that was one, and none after the first
 * that was not; then half a minute, twice as long each time, up to half an hour. `short`: waits in a row that were none, with
 * the last.
 */
export function pauseAfter(waitedSeconds: number, shortBefore: number): { short: number; seconds: number } {
  if (waitedSeconds >= WAIT_SECONDS_MIN) return { short: 0, seconds: 0 };
  const short = shortBefore + 1;
  return { short, seconds: short === 1 ? 0 : Math.min(30 * 2 ** (short - 2), PAUSE_SECONDS_MAX) };
}

/** Whether an account can be taken in hand. */
export function isFree(inHandUntil: Instant | null, now: Instant): boolean {
  return inHandUntil === null || Temporal.Instant.compare(inHandUntil, now) <= 0;
}

/**
 * What the operator of the server allows: `QUITTANCE_IMAP_OWN_NETWORKS=1` lets mail servers of this machine and of private networks
 * be read, which tenants of a shared server must not reach.
 */
export function imapOptionsOf(env: Readonly<Record<string, string | undefined>>): {
  readonly ownNetworks: boolean;
} {
  return { ownNetworks: env.QUITTANCE_IMAP_OWN_NETWORKS === '1' };
}
