// What the API says of files: how they are shown, what they are refused for, and how they are fetched.

import { z } from 'zod';
import { idText, momentText, operation } from '#http/contract.ts';
import type { AttachmentId } from './attachment.ts';

export const attachmentIdIn = idText.transform((text) => text as AttachmentId);

/** A file of a draft or document. */
export const attachment = z
  .object({
    id: z.string(),
    name: z.string(),
    /** Told from its bytes. */
    mediaType: z.string(),
    bytes: z.number().int(),
    sha256: z.string(),
    /** Added after the document was issued. */
    isSupplement: z.boolean(),
    /** Whether an e-invoice of the document carries it inside. */
    inEInvoice: z.boolean(),
    /** Whether a mail takes it along; what is too much for one mail has to go another way. */
    inMail: z.boolean(),
    addedBy: z.string(),
    addedAt: momentText,
  })
  .meta({ id: 'Attachment' });

/** What a file is refused for. */
export const ATTACHING = {
  attachment_too_large: [413, 'A file may have 10 MB. Make it smaller, or split it.'],
  attachment_empty: [422, 'The file is empty.'],
  attachment_is_program: [422, 'Programs are not attached. Attach PDF, pictures, tables or text.'],
  attachment_is_malware: [422, 'A virus scanner would stop this file, and with it the mail that carries it.'],
  attachment_has_macros: [
    422,
    'The workbook holds macros, which mail programs refuse. Save it without them.',
  ],
  attachment_kind_unknown: [
    422,
    'This kind of file is not attached. Use PDF, PNG, JPEG, CSV, text, XML, XLSX or ODS.',
  ],
  too_many_attachments: [409, 'The document has as many files as it may have. Put some together.'],
  attachment_there_already: [409, 'This file is there already, under the name given.'],
} as const;

export const ATTACHMENT_NOT_FOUND = {
  attachment_not_found: [404, 'There is no such file here.'],
} as const;

export const readAttachmentFile = operation({
  id: 'read-attachment-file',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/attachments/:attachmentId/file',
  summary: 'A file of a draft or document, byte by byte as it was handed in.',
  tag: 'Attachments',
  permission: 'book.read',
  params: z.object({ attachmentId: attachmentIdIn }),
  produces: ['application/octet-stream'],
  refusals: ATTACHMENT_NOT_FOUND,
});
