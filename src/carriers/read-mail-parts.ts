// A mail taken apart for what it brings: who sent it, its words, its table in HTML, its files.

import PostalMime from 'postal-mime';
import type { PlainDate } from '#kernel/calendar.ts';
import { keepable } from '#kernel/keepable.ts';
import { INBOUND_MAIL_BYTES_MAX, MAIL_FILES_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { withoutLongBlanks } from './read-returned-mail.ts';

/** What a mail brings. */
export type MailParts = {
  /** The address it says it is from; anybody can write any. */
  readonly from: string;
  readonly subject: string;
  /** Without brackets. */
  readonly identifier: string | undefined;
  /** The day its writer had when it was written, as the mail says; anybody can write any. */
  readonly writtenOn: PlainDate | undefined;
  readonly text: string;
  readonly html: string;
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
};

/** Takes a mail apart. Refuses: `mail_file_too_large`, `mail_not_readable`. */
export async function readMailParts(raw: Uint8Array): Promise<MailParts> {
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

/** The day of a `Date` header (RFC 5322, 3.3), in the writer's own zone: whoever writes `tomorrow` means the day after it. */
function writtenOn(header: string): PlainDate | undefined {
  const [, day, name = '', year] = /\b(\d{1,2})\s+([A-Za-z]{3})\s+(\d{4})\b/.exec(header.slice(0, 100)) ?? [];
  const month = MONTHS.indexOf(name.toLowerCase()) + 1;
  if (month === 0 || Number(day) === 0) return undefined;
  return Temporal.PlainDate.from({ year: Number(year), month, day: Number(day) });
}
