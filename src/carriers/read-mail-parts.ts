// A mail taken apart for what it brings: who sent it, its words, its table in HTML, its files.

import PostalMime from 'postal-mime';
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
    from: mail.from?.address?.toLowerCase().slice(0, 320) ?? '',
    subject: (mail.subject ?? '').slice(0, 500),
    identifier: mail.messageId?.replace(/^<|>$/g, '').slice(0, 500) || undefined,
    text: mail.text ?? '',
    html: mail.html ?? '',
    files: mail.attachments.slice(0, MAIL_FILES_MAX).map(({ filename, content }, index) => ({
      name: (filename ?? `attachment ${index + 1}`).slice(0, 255),
      bytes: typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content),
    })),
  };
}
