// The link in a mail to see and save its documents without signing in: what it looks like, and how long it works. Pure.

import type { Instant } from '#kernel/calendar.ts';
import type { Message } from './message.ts';
import type { DeliverySetting } from './sender.ts';

/** A link as it is kept. */
export type ViewLink = { readonly token: string; readonly endedAt: Instant | null };

/** Why a link does not work (any more): ended by a person, its time is over, the company has none, not sent at all. */
export type ViewClosed = 'ended' | 'expired' | 'off' | 'not_sent';

const KEY = /^([a-z2-7]{8})([a-z2-7]{26})$/;

/** The address of the page, on the server that people reach at `publicUrl`; `tag` is the mark of the tenant. */
export function viewAddress(publicUrl: string, tag: string, token: string): string {
  return `${publicUrl.replace(/\/+$/, '')}/view/${tag}${token}`;
}

/** What the last part of the address says: whose it is, and which message. Nothing where it is none of ours. */
export function readViewKey(text: string): { readonly tag: string; readonly token: string } | undefined {
  const found = KEY.exec(text);
  return found?.[1] && found[2] ? { tag: found[1], token: found[2] } : undefined;
}

/** Whether a message has a link: it is a mail that carries a document, and its company gives links. */
export function hasView(
  message: Pick<Message, 'purpose' | 'channel'>,
  setting: Pick<DeliverySetting, 'viewDays'>,
): boolean {
  return setting.viewDays !== null && mayHaveView(message);
}

/** Whether it is a mail that carries a document; no other message has a link. */
export function mayHaveView({ purpose, channel }: Pick<Message, 'purpose' | 'channel'>): boolean {
  return channel === 'email' && (purpose === 'invoice' || purpose === 'charge');
}

/**
 * When a link ends by itself: so many days of 24 hours after the message was sent. A message of unknown fate may have arrived;
 * its days count from when it was made.
 */
export function viewUntil(message: Pick<Message, 'sentAt' | 'createdAt'>, viewDays: number): Instant {
  return (message.sentAt ?? message.createdAt).add({ hours: 24 * viewDays });
}

/** Whether a link works now, or why not. */
export function judgeView(
  link: Pick<ViewLink, 'endedAt'>,
  about: {
    readonly message: Pick<Message, 'state' | 'sentAt' | 'createdAt' | 'purpose' | 'channel'>;
    readonly setting: Pick<DeliverySetting, 'viewDays'>;
    readonly now: Instant;
  },
): true | ViewClosed {
  const { message, setting, now } = about;
  if (link.endedAt !== null) return 'ended';
  if (message.state !== 'sent' && message.state !== 'unknown') return 'not_sent';
  if (setting.viewDays === null || !hasView(message, setting)) return 'off';
  const until = viewUntil(message, setting.viewDays);
  return Temporal.Instant.compare(now, until) < 0 ? true : 'expired';
}
