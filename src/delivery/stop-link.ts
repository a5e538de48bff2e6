// The link in reminders and statements by which whoever reads them stops them for an address, or says that another is right. Pure.

import type { Message } from './message.ts';
import type { DeliverySetting } from './sender.ts';

/** How somebody stopped messages: by one click of the mail program (RFC 8058), or by the button of the page. */
export type StopMeans = 'one_click' | 'page';

/** So many other addresses may be named by one link; more than that is no reader who corrects a typing error. */
export const REDIRECTS_MAX = 5;

/** The address of the page, on the server that people reach at `publicUrl`; `tag` is the mark of the tenant. */
export function stopAddressOf(publicUrl: string, tag: string, token: string): string {
  return `${publicUrl.replace(/\/+$/, '')}/stop/${tag}${token}`;
}

/**
 * Whether messages of this kind can be stopped by who gets them: mails that remind or tell. An invoice has to arrive, and so
 * has a charge.
 */
export function mayBeStopped({ purpose, channel }: Pick<Message, 'purpose' | 'channel'>): boolean {
  return channel === 'email' && (purpose === 'reminder' || purpose === 'statement');
}

/** Whether a message says how to stop it: it can be, and its company offers that. */
export function offersStop(
  message: Pick<Message, 'purpose' | 'channel'>,
  setting: Pick<DeliverySetting, 'offersStop'>,
): boolean {
  return setting.offersStop && mayBeStopped(message);
}

/**
 * Whether a link works: the mail went out. It works for ever, also where the company offers no links any more: who was told
 * that it can be stopped can stop it.
 */
export function isStopLinkOpen(message: Pick<Message, 'state' | 'purpose' | 'channel'>): boolean {
  return (message.state === 'sent' || message.state === 'unknown') && mayBeStopped(message);
}

/** Who got a message, in lower case, the reader first. */
export function readersOf({ recipient, copies }: Pick<Message, 'recipient' | 'copies'>): readonly string[] {
  return [...new Set([recipient, ...copies].map((address) => address.toLowerCase()))];
}

/**
 * Whether a mail program may stop it by one click: only where a single reader got the mail, because all readers of one mail
 * have the same link, and over TLS alone (RFC 8058, 3.1).
 */
export function mayBeOneClick(message: Pick<Message, 'recipient' | 'copies'>, url: string): boolean {
  return readersOf(message).length === 1 && url.startsWith('https://');
}
