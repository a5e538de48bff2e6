// A mail taken apart for what it brings, in the thread of `read-mail-thread.ts`: who sent it, its words, its table in HTML, its files.

import PostalMime from 'postal-mime';
import { isInBusinessYears } from '#kernel/calendar.ts';
import { keepable } from '#kernel/keepable.ts';
import { INBOUND_MAIL_BYTES_MAX, MAIL_FILES_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { MailParts } from './read-mail-parts.ts';
import { withoutLongBlanks } from './read-returned-mail.ts';

/** A mail taken apart, as it goes from one thread to the other: days are text. */
export type PlainMailParts = Omit<MailParts, 'writtenOn'> & { readonly writtenOn: string | undefined };

/** Takes a mail apart, here and now, for as long as it takes. Refuses: `mail_file_too_large`, `mail_not_readable`. */
export async function takeMailApart(raw: Uint8Array): Promise<PlainMailParts> {
  if (raw.byteLength > INBOUND_MAIL_BYTES_MAX)
    throw new Refusal('mail_file_too_large', { bytesMax: INBOUND_MAIL_BYTES_MAX });
  const mail = await PostalMime.parse(withoutLongBlanks(raw)).catch((error: unknown) => {
    throw new Refusal('mail_not_readable', { reason: String(error).slice(0, 200) });
  });
  if (!mail.from?.address && !mail.messageId && !mail.subject)
    throw new Refusal('mail_not_readable', { reason: 'It has no headers.' });
  return {
    from: keepable(mail.from?.address ?? '')
      .toLowerCase()
      .slice(0, 320),
    subject: keepable(mail.subject ?? '').slice(0, 500),
    identifier: keepable(mail.messageId?.replace(/^<|>$/g, '') ?? '').slice(0, 500) || undefined,
    writtenOn: writtenOn(mail.headers.find(({ key }) => key === 'date')?.value ?? ''),
    text: keepable(mail.text ?? ''),
    html: keepable(mail.html ?? ''),
    files: mail.attachments.slice(0, MAIL_FILES_MAX).map(({ filename, content }, index) => ({
      name: keepable(filename ?? `attachment ${index + 1}`).slice(0, 255),
      bytes: typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content),
    })),
  };
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/**
 * The day of a `Date` header (RFC 5322, 3.3), in the writer's own zone: whoever writes `tomorrow` means the day after it. None in a
 * year the books cannot hold.
 */
function writtenOn(header: string): string | undefined {
  const [, day, name = '', year] = /\b(\d{1,2})\s+([A-Za-z]{3})\s+(\d{4})\b/.exec(header.slice(0, 100)) ?? [];
  const month = MONTHS.indexOf(name.toLowerCase()) + 1;
  if (month === 0 || Number(day) === 0) return undefined;
  const written = Temporal.PlainDate.from({ year: Number(year), month, day: Number(day) });
  return isInBusinessYears(written) ? written.toString() : undefined;
}
