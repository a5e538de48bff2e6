// Turns a message into the very bytes that go over the wire (RFC 5322, MIME). They are made once, kept, shown in the
// outbox and sent: what a person sees there is what the customer got.

import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { Instant } from '#kernel/calendar.ts';
import { checkMail, type Mailbox, type MailMessage } from './mail-message.ts';
import { type MimePart, writeMime } from './write-mime.ts';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** A moment as mail headers write it, in universal time: `Tue, 24 Nov 2026 08:15:00 +0000`. */
export function mailDate(instant: Instant): string {
  const t = instant.toZonedDateTimeISO('UTC');
  const two = (part: number): string => String(part).padStart(2, '0');
  const clock = [t.hour, t.minute, t.second].map(two).join(':');
  return `${DAYS[t.dayOfWeek - 1]}, ${two(t.day)} ${MONTHS[t.month - 1]} ${t.year} ${clock} +0000`;
}

function mailbox({ name, address }: Mailbox): { name: string; address: string } {
  return { name: name ?? '', address };
}

/** What stands in a style sheet is no text: there a number would not be read as its character. */
const BEYOND_ASCII = /<(?:style|STYLE)\b[\s\S]*?<\/(?:style|STYLE)>|\P{ASCII}/gu;

/**
 * HTML that says the same in ASCII, with other characters written by their number, so that it goes over the wire as it is:
 * nothing on the way can spoil it, and it is smaller than it would be encoded.
 */
export function inAscii(html: string): string {
  return html
    .toWellFormed()
    .replace(BEYOND_ASCII, (found) => (found.startsWith('<') ? found : `&#${found.codePointAt(0)};`));
}

/**
 * Composes a message: text and HTML as alternatives, then the attachments. The same message gives the same bytes.
 *
 * Refuses what `checkMail` refuses.
 */
export function composeMime(message: MailMessage): Uint8Array {
  checkMail(message);
  const follows = (message.follows ?? []).map((identifier) => `<${identifier}>`);
  const composer = new MailComposer({
    messageId: `<${message.messageId}>`,
    date: mailDate(message.writtenAt),
    from: mailbox(message.from),
    to: message.to.map(mailbox),
    ...(message.cc && message.cc.length > 0 ? { cc: message.cc.map(mailbox) } : {}),
    ...(message.replyTo ? { replyTo: mailbox(message.replyTo) } : {}),
    ...(follows.length > 0 ? { inReplyTo: follows.at(-1) ?? '', references: follows } : {}),
    subject: message.subject,
    text: message.text,
    ...(message.html === undefined ? {} : { html: inAscii(message.html) }),
    attachments: message.attachments.map((attachment) => ({
      filename: attachment.name,
      contentType: attachment.mediaType,
      content: Buffer.from(attachment.content),
    })),
    headers: {
      'Content-Language': message.language,
      ...(message.receiptTo ? { 'Disposition-Notification-To': `<${message.receiptTo.address}>` } : {}),
      ...(message.unsubscribe ? { 'List-Unsubscribe': `<${message.unsubscribe.url}>` } : {}),
      ...(message.unsubscribe?.byOneClick ? { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {}),
      ...(message.automatic ? { 'Auto-Submitted': 'auto-generated' } : {}),
    },
    // Parts are told apart by a text made from the identifier rather than by chance.
    baseBoundary: createHash('sha256').update(message.messageId).digest('hex').slice(0, 32),
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return writeMime(composer.compile() as unknown as MimePart);
}
