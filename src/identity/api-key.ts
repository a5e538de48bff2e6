// An API key is a password for a machine: `qt_<prefix>_<secret>`. The prefix may be shown, so that people know which
// key is meant; the secret is shown once and never stored.

import type { Instant } from '#kernel/calendar.ts';
import type { Role } from './permission.ts';

export type ApiKey = {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly role: Role;
  /** Who made it: kind and id, as in the audit trail. */
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant | null;
  readonly revokedAt: Instant | null;
  readonly lastUsedAt: Instant | null;
};

/** Characters of the visible part, and bytes of the secret part: too many to guess. */
export const PREFIX_CHARACTERS = 8;
export const SECRET_BYTES = 32;

const KEY = /^qt_([a-z0-9]{8})_[A-Za-z0-9_-]{43}$/;

/** Whether a text has the form of a key of ours; says nothing about whether it is one. */
export function looksLikeKey(text: string): boolean {
  return KEY.test(text);
}

/** The text of a key from its parts. */
export function keyText(prefix: string, secret: string): string {
  return `qt_${prefix}_${secret}`;
}

/** Whether a key opens anything at a moment: neither revoked nor expired. */
export function isUsable(key: Pick<ApiKey, 'expiresAt' | 'revokedAt'>, now: Instant): boolean {
  if (key.revokedAt !== null) return false;
  return key.expiresAt === null || Temporal.Instant.compare(now, key.expiresAt) < 0;
}

const NOTE_EVERY_SECONDS = 60;

/** Whether the last use is worth writing down again: once a minute is enough to see that a key is in use. */
export function isUseWorthNoting(lastUsedAt: Instant | null, now: Instant): boolean {
  return (
    lastUsedAt === null || Temporal.Instant.compare(now, lastUsedAt.add({ seconds: NOTE_EVERY_SECONDS })) >= 0
  );
}
