// What the API offers on documents that customers want posted in a portal of their own (Ariba, Coupa, Tungsten, Basware and
// the like).

import { z } from 'zod';
import { ATTACHING } from '#attachments/contract.ts';
import {
  day,
  dayText,
  idText,
  may,
  momentText,
  moneyText,
  operation,
  pageOf,
  pageQuery,
  textLine,
} from '#http/contract.ts';
import type { InvoiceId } from '#kernel/id.ts';
import { PORTAL_DAYS_MAX, UPLOAD_ARCHIVE_DOCUMENTS_MAX, UPLOADS_MARKED_MAX } from '#kernel/limits.ts';
import { companyIdIn, customerIdIn } from '#parties/contract.ts';
import { UPLOADED_FILES } from './portal.ts';
import { REJECTION_REASONS, STEP_KINDS, UPLOAD_STATES } from './upload.ts';

export { REJECTION_REASONS };

const TAG = 'Portal uploads';

const documentIdIn = idText.transform((text) => text as InvoiceId);

/** What the list shows: what is to be posted (waiting or rejected), what of it is late, one state, what is done, or all. */
export const UPLOAD_VIEWS = ['to_post', 'late', 'waiting', 'rejected', 'uploaded', 'done', 'all'] as const;

const CUSTOMER = {
  customer_not_found: [404, 'There is no such customer. Search by number or name.'],
} as const;
const COMPANY = { company_not_found: [404, 'There is no such company.'] } as const;
const UPLOAD = {
  upload_not_found: [404, 'This document is not one that its customer wants posted in a portal.'],
  upload_named_twice: [400, 'A document is named twice.'],
} as const;
const STEP = {
  ...UPLOAD,
  upload_step_not_possible: [
    409,
    'The document named does not stand where this can be noted: somebody was quicker, or an earlier step is missing. Look at it again.',
  ],
  dated_in_future: [400, 'The day is not here yet. Give the day on which it happened.'],
  uploaded_before_issue: [400, 'A document is posted on the day of its issue or later.'],
} as const;

const person = z.object({ userId: z.string(), name: z.string() });

const uploadRow = z.object({
  documentId: z.string(),
  kind: z.enum(['invoice', 'credit_note']),
  number: z.string(),
  issuedOn: dayText,
  amount: moneyText,
  companyId: z.string(),
  customer: z.object({ id: z.string(), number: z.string(), name: z.string() }),
  portal: z.string(),
  /** The page to upload at. */
  address: z.string().nullable(),
  /** What the portal calls us. */
  supplierNumber: z.string().nullable(),
  state: z.enum(UPLOAD_STATES),
  /** The day by which it is to be posted, or was. */
  dueOn: dayText,
  isLate: z.boolean(),
  /** How often it was posted. */
  attempts: z.number().int(),
  /** What the portal calls the document. */
  portalNumber: z.string().nullable(),
  /** Of the latest step: why it was rejected or ended, and the words beside it. */
  reason: z.string().nullable(),
  note: z.string().nullable(),
  owner: person.nullable(),
  may: z.object({ upload: may, accept: may, reject: may, dropNeed: may, undo: may }),
});

const recorded = z.object({
  uploads: z.array(
    z.object({
      documentId: z.string(),
      number: z.string(),
      state: z.enum(UPLOAD_STATES),
      attempts: z.number().int(),
    }),
  ),
});

const shownPortal = z
  .object({
    portal: z.string(),
    address: z.string().nullable(),
    supplierNumber: z.string().nullable(),
    userId: z.string().nullable(),
    withinDays: z.number().int(),
    uploads: z.array(z.enum(UPLOADED_FILES)),
    from: dayText,
    instead: z.boolean(),
    chasesUnposted: z.boolean(),
  })
  .nullable();

const portalIn = z.object({
  /** With one of your companies; left out, with all that have nothing of their own. */
  companyId: companyIdIn.optional(),
  portal: textLine(80),
  address: textLine(500).nullable(),
  supplierNumber: textLine(80).nullable(),
  userId: z.string().max(100).nullable(),
  withinDays: z.number().int().min(0).max(PORTAL_DAYS_MAX).default(1),
  uploads: z.array(z.enum(UPLOADED_FILES)).max(UPLOADED_FILES.length).default(['pdf']),
  from: day,
  instead: z.boolean().default(false),
  chasesUnposted: z.boolean().default(false),
});

export const readPortal = operation({
  id: 'read-customer-portal',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/customers/:customerId/portal',
  summary:
    'The portal that a customer wants its documents posted in, where it is another with some companies those too, and who can be given the uploads.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ customerId: customerIdIn }),
  reply: z.object({
    /** What counts with all companies that have nothing of their own; null where it wants none. */
    setting: shownPortal,
    /** What counts with single companies before that; a setting of null is that it wants none with them. */
    own: z.array(z.object({ companyId: z.string(), setting: shownPortal })),
    people: z.array(person),
    may: z.object({ change: may, end: may }),
  }),
  refusals: CUSTOMER,
});

export const putPortal = operation({
  id: 'put-customer-portal',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/customers/:customerId/portal',
  summary:
    'States in which portal a customer wants its documents posted: where, by whom, within how many days of business, which files, from which day on.',
  tag: TAG,
  permission: 'customer.edit',
  params: z.object({ customerId: customerIdIn }),
  body: portalIn,
  reply: z.object({ customerId: z.string() }),
  refusals: {
    ...CUSTOMER,
    ...COMPANY,
    member_not_found: [404, 'There is no such member.'],
    portal_address_not_valid: [400, 'The address of a portal begins with https:// and holds no password.'],
    portal_uploads_nothing: [400, 'Name at least one kind of file that goes up.'],
    portal_days_too_many: [400, 'Give fewer days: what is posted later than that is not worth a clock.'],
  },
});

export const endPortal = operation({
  id: 'end-customer-portal',
  kind: 'command',
  method: 'DELETE',
  path: '/api/v1/customers/:customerId/portal',
  summary:
    'Ends that a customer’s documents are posted in a portal, with one company or with all that have nothing of their own. What still waits closes; what was posted stays.',
  tag: TAG,
  permission: 'customer.edit',
  params: z.object({ customerId: customerIdIn }),
  query: z.object({ companyId: companyIdIn.optional() }),
  reply: z.object({ customerId: z.string() }),
  refusals: {
    ...CUSTOMER,
    ...COMPANY,
    portal_not_in_use: [409, 'This customer’s documents are not posted in a portal.'],
  },
});

export const followPortal = operation({
  id: 'follow-customer-portal',
  kind: 'command',
  method: 'DELETE',
  path: '/api/v1/customers/:customerId/portal/companies/:companyId',
  summary:
    'Takes back what was stated of a customer’s portal with one company: what is stated for all counts again.',
  tag: TAG,
  permission: 'customer.edit',
  params: z.object({ customerId: customerIdIn, companyId: companyIdIn }),
  reply: z.object({ customerId: z.string() }),
  refusals: {
    ...CUSTOMER,
    ...COMPANY,
    portal_not_its_own: [409, 'Nothing is stated for this company alone: it goes by what is stated for all.'],
  },
});

export const listUploads = operation({
  id: 'list-portal-uploads',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/portal-uploads',
  summary: 'Documents that are posted in portals of customers, what is due first first.',
  tag: TAG,
  permission: 'book.read',
  query: pageQuery.extend({
    show: z.enum(UPLOAD_VIEWS).default('to_post'),
    portal: z.string().max(80).optional(),
    customerId: customerIdIn.optional(),
    companyId: companyIdIn.optional(),
    /** `true`: only those that are yours to post. */
    yours: z.enum(['true', 'false']).optional(),
  }),
  reply: pageOf(uploadRow),
});

const counts = {
  waiting: z.number().int(),
  rejected: z.number().int(),
  /** Of both, those past their day. */
  late: z.number().int(),
  /** Posted, and not answered yet. */
  uploaded: z.number().int(),
  yours: z.number().int(),
};

export const countUploads = operation({
  id: 'count-portal-uploads',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/portal-uploads/count',
  summary:
    'How many documents are to be posted in portals, how many of them are late and how many yours; by portal too.',
  tag: TAG,
  permission: 'book.read',
  reply: z.object({ ...counts, portals: z.array(z.object({ portal: z.string(), ...counts })) }),
});

export const readUpload = operation({
  id: 'read-portal-upload',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/portal-uploads/:documentId',
  summary: 'The upload of one document with each step; null where its customer wants none in a portal.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ documentId: documentIdIn }),
  reply: z.object({
    upload: uploadRow
      .extend({
        steps: z.array(
          z.object({
            stepNo: z.number().int(),
            kind: z.enum([...STEP_KINDS, 'undone']),
            happenedOn: dayText,
            portalNumber: z.string().nullable(),
            reason: z.string().nullable(),
            note: z.string().nullable(),
            /** The message that a posting is. */
            messageId: z.string().nullable(),
            isUndone: z.boolean(),
            by: z.string(),
            recordedAt: momentText,
            proofs: z.array(z.object({ id: z.string(), name: z.string(), bytes: z.number().int() })),
          }),
        ),
      })
      .nullable(),
  }),
  refusals: { document_not_found: [404, 'There is no invoice or credit note with this id.'] },
});

export const downloadUploadFiles = operation({
  id: 'download-portal-upload-files',
  kind: 'query',
  method: 'POST',
  path: '/api/v1/portal-upload-files',
  summary:
    'Everything that goes up for documents as one archive (.zip): the files that each customer wants, a folder for each document.',
  tag: TAG,
  permission: 'book.read',
  body: z.object({ documentIds: z.array(documentIdIn).min(1).max(UPLOAD_ARCHIVE_DOCUMENTS_MAX) }),
  produces: ['application/zip'],
  refusals: {
    upload_not_found: UPLOAD.upload_not_found,
    upload_files_too_large: [413, 'The files are too large for one archive. Choose fewer documents.'],
  },
});

export const recordUploaded = operation({
  id: 'record-portal-uploads',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/portal-uploads/postings',
  summary:
    'Notes that documents were posted in portals, all or none: each is a message from then on, with its proof. After a rejection it is another attempt.',
  tag: TAG,
  permission: 'reminder.send',
  body: z.object({
    uploads: z
      .array(z.object({ documentId: documentIdIn, portalNumber: textLine(100).optional() }))
      .min(1)
      .max(UPLOADS_MARKED_MAX),
    on: day.optional(),
    note: textLine(1000).optional(),
  }),
  reply: recorded,
  refusals: STEP,
});

export const recordUploadAnswers = operation({
  id: 'record-portal-answers',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/portal-uploads/answers',
  summary: 'Notes that portals accepted or rejected documents. What was rejected is to be posted anew.',
  tag: TAG,
  permission: 'reminder.send',
  body: z.object({
    documentIds: z.array(documentIdIn).min(1).max(UPLOADS_MARKED_MAX),
    answer: z.enum(['accepted', 'rejected']),
    reason: z.enum(REJECTION_REASONS).optional(),
    note: textLine(1000).optional(),
    on: day.optional(),
  }),
  reply: recorded,
  refusals: {
    ...STEP,
    rejection_without_reason: [400, 'Say why the portal rejected it.'],
    rejection_without_words: [400, 'Another reason needs words: write what the portal said.'],
  },
});

export const recordUploadNotNeeded = operation({
  id: 'record-portal-uploads-not-needed',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/portal-uploads/not-needed',
  summary: 'Notes why documents need not be posted after all.',
  tag: TAG,
  permission: 'reminder.send',
  body: z.object({
    documentIds: z.array(documentIdIn).min(1).max(UPLOADS_MARKED_MAX),
    note: textLine(1000),
  }),
  reply: recorded,
  refusals: STEP,
});

export const undoUploadStep = operation({
  id: 'undo-portal-upload-step',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/portal-uploads/:documentId/undo',
  summary: 'Takes back what was noted last of a document. Nothing is deleted.',
  tag: TAG,
  permission: 'reminder.send',
  params: z.object({ documentId: documentIdIn }),
  body: z.object({ reason: textLine(1000).optional() }),
  reply: recorded,
  refusals: {
    upload_not_found: UPLOAD.upload_not_found,
    upload_nothing_to_undo: [409, 'Nothing was noted of this document yet.'],
    upload_closed_by_itself: [
      409,
      'It closed by itself, because there is nothing to post any more. It opens again by itself if that changes.',
    ],
  },
});

export const addUploadProof = operation({
  id: 'add-portal-upload-proof',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/portal-uploads/:documentId/proofs',
  summary:
    'Adds a file that proves the latest posting of a document: a picture of the portal, its receipt. It goes into the evidence, and to nobody else.',
  tag: TAG,
  permission: 'reminder.send',
  params: z.object({ documentId: documentIdIn }),
  consumesFile: true,
  reply: z.object({ attachmentId: z.string(), name: z.string() }),
  refusals: {
    ...ATTACHING,
    upload_not_found: UPLOAD.upload_not_found,
    upload_not_posted: [409, 'The document was not posted yet, so there is nothing to prove.'],
  },
});
