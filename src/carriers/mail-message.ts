// What an e-mail is, before it is bytes: who writes to whom, what it says, what is attached. One that could smuggle a
// header, has no reader or is too large to be taken is refused here, before anything is composed or sent.

import type { Instant } from '#kernel/calendar.ts';
import { ATTACHMENT_BYTES_MAX, RECIPIENTS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';

/** A mail address with the name people see. */
export type Mailbox = { readonly name?: string | undefined; readonly address: string };

/** A file that goes with a message. */
export type MailAttachment = {
  readonly name: string;
  /** `application/pdf`. */
  readonly mediaType: string;
  readonly content: Uint8Array;
  /** A PDF that is signed before it leaves, where its company signs such. */
  readonly signedAs?: 'statement' | 'invoice';
};

/** An e-mail. Its identifier and time are given, so that composing it again gives the same bytes. */
export type MailMessage = {
  /** Unique for ever, without angle brackets: `018f…@mail.example.com`. Replies are matched by it. */
  readonly messageId: string;
  readonly writtenAt: Instant;
  readonly from: Mailbox;
  readonly to: readonly Mailbox[];
  readonly cc?: readonly Mailbox[];
  readonly replyTo?: Mailbox | undefined;
  /** Where bounces go; the address of `from` if absent. */
  readonly envelopeSender?: string | undefined;
  /** Whether mail servers are asked to say what became of it (RFC 3461); only with an envelope sender that takes such mail in. */
  readonly reportsWanted?: boolean;
  /** Where mail programs may say that it was displayed (RFC 8098). */
  readonly receiptTo?: Mailbox | undefined;
  /** Identifiers of the messages this one answers or follows, the nearest last. */
  readonly follows?: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html?: string | undefined;
  readonly attachments: readonly MailAttachment[];
  /** BCP 47 language it is written in. */
  readonly language: string;
  /** Whether a program wrote it on its own, so that out-of-office replies are not sent to it (RFC 3834). */
  readonly automatic: boolean;
  /** Where readers stop such mail (RFC 2369), and whether a mail program may do so by one click (RFC 8058). */
  readonly unsubscribe?: { readonly url: string; readonly byOneClick: boolean } | undefined;
};

/** Who hands a message to the mail server, and for whom: what is on the envelope rather than in the letter. */
export type Envelope = {
  readonly from: string;
  readonly to: readonly string[];
  /** Name of the message in delivery reports, where these are wanted. */
  readonly reportsAs?: string | undefined;
};

const LOCAL_PART = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$/u;

/**
 * Whether mail can be sent to the text as an address. Pragmatic RFC 5321: a plain local part of up to 64
 * characters, a domain with a dot (letters of any script), 254 characters in all. Quoted local parts, address
 * literals and local parts beyond ASCII exist but are typing errors in practice, and many servers refuse them;
 * `localhost` is let through.
 */
export function isMailAddress(text: string): boolean {
  if (text.length > 254) return false;
  const at = text.lastIndexOf('@');
  const local = text.slice(0, Math.max(at, 0));
  const labels = text.slice(at + 1).split('.');
  if (local.length > 64 || !LOCAL_PART.test(local)) return false;
  if (!labels.every((label) => LABEL.test(label))) return false;
  return labels.length > 1 ? !/^\d+$/.test(labels.at(-1) ?? '') : labels[0] === 'localhost';
}

/** Anything that could end a header line: also the line ends of Unicode, which some programs take for one. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const NOT_CLEAN = /[\u0000-\u0008\u000a-\u001f\u007f\u0085\u2028\u2029]/;
const IDENTIFIER = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+$/;
/** A web address without anything that could end the angle brackets it stands in. */
const WEB_ADDRESS = /^https?:\/\/[A-Za-z0-9._~:/?#[\]@!$&'()*+,;=%-]{1,500}$/;
const MEDIA_TYPE = /^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+$/i;

function assertClean(header: string, value: string | undefined): void {
  if (value !== undefined && NOT_CLEAN.test(value)) {
    throw new Refusal('mail_header_not_clean', { header, value: value.slice(0, 80) });
  }
}

function assertMailbox(header: string, mailbox: Mailbox): void {
  assertClean(header, mailbox.name);
  assertClean(header, mailbox.address);
  if (!isMailAddress(mailbox.address)) {
    throw new Refusal('mail_address_not_valid', { header, address: mailbox.address.slice(0, 260) });
  }
}

function assertIdentifier(header: string, identifier: string): void {
  if (!IDENTIFIER.test(identifier) || identifier.length > 250) {
    throw new Refusal('mail_header_not_clean', { header, value: identifier.slice(0, 80) });
  }
}

function assertAttachments(attachments: readonly MailAttachment[]): void {
  for (const attachment of attachments) {
    assertClean('attachment', attachment.name);
    if (attachment.name.trim() === '' || !MEDIA_TYPE.test(attachment.mediaType)) {
      throw new Refusal('mail_header_not_clean', {
        header: 'attachment',
        value: attachment.name.slice(0, 80),
      });
    }
  }
  const bytes = attachments.reduce((total, attachment) => total + attachment.content.length, 0);
  if (bytes > ATTACHMENT_BYTES_MAX) {
    throw new Refusal('mail_too_large', { bytes, bytesMax: ATTACHMENT_BYTES_MAX });
  }
}

/**
 * Makes sure that a message can be sent as it is.
 *
 * Refuses: `mail_header_not_clean` (header, value), `mail_address_not_valid` (header, address),
 * `mail_without_recipient`, `mail_too_many_recipients`, `mail_too_large` (bytes, bytesMax).
 */
export function checkMail(message: MailMessage): void {
  const cc = message.cc ?? [];
  assertMailbox('from', message.from);
  for (const mailbox of message.to) assertMailbox('to', mailbox);
  for (const mailbox of cc) assertMailbox('cc', mailbox);
  if (message.replyTo) assertMailbox('reply-to', message.replyTo);
  if (message.receiptTo) assertMailbox('disposition-notification-to', message.receiptTo);
  if (message.envelopeSender !== undefined) assertMailbox('envelope', { address: message.envelopeSender });
  if (message.to.length === 0) throw new Refusal('mail_without_recipient');
  if (message.to.length + cc.length > RECIPIENTS_MAX) {
    throw new Refusal('mail_too_many_recipients', { recipients: message.to.length + cc.length });
  }
  assertIdentifier('message-id', message.messageId);
  for (const identifier of message.follows ?? []) assertIdentifier('references', identifier);
  assertClean('subject', message.subject);
  if (message.unsubscribe && !WEB_ADDRESS.test(message.unsubscribe.url))
    throw new Refusal('mail_header_not_clean', {
      header: 'list-unsubscribe',
      value: message.unsubscribe.url.slice(0, 80),
    });
  assertAttachments(message.attachments);
}

/** The envelope of a message: bounces go to its own sender address, a reader named twice gets it once. */
export function envelopeOf(message: MailMessage): Envelope {
  const to = [...message.to, ...(message.cc ?? [])].map((mailbox) => mailbox.address);
  return {
    from: message.envelopeSender ?? message.from.address,
    to: [...new Set(to)],
    ...(message.reportsWanted ? { reportsAs: message.messageId } : {}),
  };
}
