// How a company writes to its customers: who it is as a sender, which ways it goes first, and what it attaches.

import { isMailAddress } from '#carriers/mail-message.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Channel } from './message.ts';

/** What can go with an invoice. */
export const ATTACHED_FORMATS = ['pdf', 'xml'] as const;
export type AttachedFormat = (typeof ATTACHED_FORMATS)[number];

/** How a company sends. */
export type DeliverySetting = {
  /** The ways invoices go, the first first; what comes later is taken where those before it cannot be gone. */
  readonly channels: readonly Channel[];
  /** Whether an invoice is sent as soon as it is issued. */
  readonly deliversOnIssue: boolean;
  /** Who mails come from; the company's own name and address where left out. */
  readonly fromName: string | null;
  readonly fromAddress: string | null;
  readonly replyTo: string | null;
  /** Lines under each mail. */
  readonly signature: string | null;
  /** The address bounces come back to, with a mark of its own for each message; without one they go to the sender. */
  readonly bounceAddress: string | null;
  /** Whether mail programs are asked to say that the mail was displayed (RFC 8098). */
  readonly asksForReceipt: boolean;
  readonly attaches: readonly AttachedFormat[];
  /** For how many days after sending the link in a mail shows its documents to whoever has it; null for no link. */
  readonly viewDays: number | null;
  /** Whether reminders and statements carry a link by which their reader stops them or names another address. */
  readonly offersStop: boolean;
};

/** How a company sends that never said how: by mail or post, on demand, with the PDF. */
export const DEFAULT_SETTING: DeliverySetting = {
  channels: ['email', 'post'],
  deliversOnIssue: false,
  fromName: null,
  fromAddress: null,
  replyTo: null,
  signature: null,
  bounceAddress: null,
  asksForReceipt: false,
  attaches: ['pdf'],
  viewDays: null,
  offersStop: false,
};

/** So long may the part before the @ of the bounce address be: 35 characters of mark are added to it, and 64 is the end. */
const BOUNCE_LOCAL_CHARACTERS_MAX = 29;

/**
 * Makes sure a company can send like that.
 *
 * Refuses: `delivery_address_not_valid` (field, address), `bounce_address_too_long`, `channel_twice`.
 */
export function checkSetting(setting: DeliverySetting): void {
  const { fromAddress, replyTo, bounceAddress } = setting;
  for (const [field, address] of Object.entries({ fromAddress, replyTo, bounceAddress }))
    if (address !== null && !isMailAddress(address))
      throw new Refusal('delivery_address_not_valid', { field, address: address.slice(0, 260) });
  if (bounceAddress !== null && bounceAddress.lastIndexOf('@') > BOUNCE_LOCAL_CHARACTERS_MAX)
    throw new Refusal('bounce_address_too_long', { charactersMax: BOUNCE_LOCAL_CHARACTERS_MAX });
  if (new Set(setting.channels).size !== setting.channels.length) throw new Refusal('channel_twice');
}
