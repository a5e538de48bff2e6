// Turns a message into the very bytes that go over the wire (RFC 5322, MIME). They are made once, kept, shown in the
// outbox and sent: what a person sees there is what the customer got.

import { hash } from 'node:crypto';
import { foldLines } from 'nodemailer/lib/mime-funcs';
import MimeNode from 'nodemailer/lib/mime-node';
import type { Instant } from '#kernel/calendar.ts';
import { checkMail, type Mailbox, type MailMessage } from './mail-message.ts';
import { fileParts, wordsPart, writeMime } from './write-mime.ts';

/** A moment as mail headers write it, in universal time: `Tue, 24 Nov 2026 08:15:00 +0000`. */
export function mailDate(instant: Instant): string {
  return new Date(instant.epochMilliseconds).toUTCString().replace('GMT', '+0000');
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

/** Encodes and folds the headers of all messages; it is no part of any. */
const ENCODER = new MimeNode(undefined, { baseBoundary: 'none' });
const LINE_CHARACTERS = 76;

type Header = readonly [key: string, value: string | Mailbox | readonly Mailbox[] | undefined];

/** The lines of headers in the characters of the wire; those without a value are left out. */
function linesOf(headers: readonly Header[]): string[] {
  return headers.flatMap(([key, value]) => {
    if (value === undefined || value === '') return [];
    const wired = typeof value === 'string' ? value : [value].flat().map(mailbox);
    return foldLines(`${key}: ${ENCODER.encodeHeaderValue(key, wired)}`, LINE_CHARACTERS);
  });
}

/**
 * Composes a message: text and HTML as alternatives, then the attachments. The same message gives the same bytes.
 *
 * Refuses what `checkMail` refuses.
 */
export function composeMime(message: MailMessage): Uint8Array {
  checkMail(message);
  const { cc = [], unsubscribe, receiptTo, attachments } = message;
  const follows = (message.follows ?? []).map((identifier) => `<${identifier}>`);
  const headers = linesOf([
    ['Content-Language', message.language],
    ['Disposition-Notification-To', receiptTo && `<${receiptTo.address}>`],
    ['List-Unsubscribe', unsubscribe && `<${unsubscribe.url}>`],
    ['List-Unsubscribe-Post', unsubscribe?.byOneClick ? 'List-Unsubscribe=One-Click' : undefined],
    ['Auto-Submitted', message.automatic ? 'auto-generated' : undefined],
    ['From', message.from],
    ['To', message.to],
    ['Cc', cc.length > 0 ? cc : undefined],
    ['Reply-To', message.replyTo],
    ['In-Reply-To', follows.at(-1)],
    ['References', follows.join(' ')],
    ['Subject', message.subject],
    ['Message-ID', `<${message.messageId}>`],
    ['Date', mailDate(message.writtenAt)],
  ]);
  const html = message.html === undefined ? undefined : inAscii(message.html);
  const words = [wordsPart('text/plain', message.text), wordsPart('text/html', html)].flat();
  // Parts are told apart by a text made from the identifier rather than by chance.
  const mark = hash('sha256', message.messageId).slice(0, 32);
  return writeMime(headers, { mark, words, files: fileParts(attachments) });
}
