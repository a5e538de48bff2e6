// The operations on what accounting systems have of receipts: which are to be posted there, handing them out, and what it answered.

import { z } from 'zod';
import {
  day,
  dayText,
  idText,
  momentText,
  moneyText,
  operation,
  pageOf,
  pageQuery,
  textLine,
} from '#http/contract.ts';
import { POSTINGS_AT_ONCE_MAX } from '#kernel/limits.ts';
import { companyIdIn } from '#parties/contract.ts';
import { POSTING_PARTS, POSTING_STATES } from './posting.ts';

export { POSTING_STATES } from './posting.ts';

const TAG = 'Bank';

const COMPANY = {
  company_not_found: [404, 'There is no company with this id.'],
} as const;
const USED = {
  ...COMPANY,
  postings_not_used: [
    409,
    'Receipts of this company are posted in no other system. Say from which day on they are.',
  ],
} as const;
const ANSWERS = {
  ...USED,
  answers_wrong: [
    409,
    'Nothing was kept: each answer named is of a receipt that is not to be posted, lacks its number or reason, comes twice, names an export it was ' +
      'not in, or would post again under another number what is posted. Put these right and send all again.',
  ],
} as const;

const posting = z.object({
  paymentId: z.string(),
  /** The receipt, that it came back, or money of it between companies. */
  part: z.enum(POSTING_PARTS),
  /** The handing over or taking back that it is of, where it is of one. */
  handoverId: z.string().nullable(),
  number: z.string(),
  companyId: z.string(),
  on: dayText,
  /** Negative where it came back. */
  amount: moneyText,
  who: z.string().nullable(),
  state: z.enum(POSTING_STATES),
  /** The export it went out with, while it is sent. */
  exportId: z.string().nullable(),
  /** Its number there. */
  reference: z.string().nullable(),
  /** Why it was refused there. */
  reason: z.string().nullable(),
  postedOn: dayText.nullable(),
  since: momentText.nullable(),
});

export const listPostings = operation({
  id: 'list-postings',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/postings',
  summary:
    'Receipts, returns, and money between companies with whether the accounting system of their company has them, the oldest first.',
  tag: TAG,
  permission: 'book.read',
  query: pageQuery.extend({ companyId: companyIdIn.optional(), state: z.enum(POSTING_STATES).optional() }),
  reply: pageOf(posting).extend({
    counts: z.object({
      to_post: z.number().int(),
      sent: z.number().int(),
      posted: z.number().int(),
      refused: z.number().int(),
    }),
    /** From which value date on each posts its receipts elsewhere; null: not at all. */
    companies: z.array(z.object({ companyId: z.string(), name: z.string(), fromOn: dayText.nullable() })),
  }),
});

export const getPaymentPosting = operation({
  id: 'get-payment-posting',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/payments/:paymentId/posting',
  summary:
    'Whether the accounting systems have one receipt, its return and what of it is between companies, and what was done and said of it.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ paymentId: idText }),
  reply: z.object({
    rows: z.array(posting),
    steps: z.array(
      z.object({
        part: z.enum(POSTING_PARTS),
        handoverId: z.string().nullable(),
        state: z.enum(['sent', 'posted', 'refused']),
        reference: z.string().nullable(),
        reason: z.string().nullable(),
        postedOn: dayText.nullable(),
        by: z.string(),
        at: momentText,
      }),
    ),
  }),
  refusals: { payment_not_found: [404, 'There is no payment with this id.'] },
});

export const setPostings = operation({
  id: 'set-postings',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/companies/:companyId/postings',
  summary:
    'States from which value date on receipts of a company are posted in another system; null: none any more.',
  tag: TAG,
  permission: 'company.manage',
  params: z.object({ companyId: companyIdIn }),
  body: z.object({ fromOn: day.nullable() }),
  reply: z.object({ companyId: z.string() }),
  refusals: COMPANY,
});

export const exportPostings = operation({
  id: 'export-postings',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/companies/:companyId/posting-exports',
  summary:
    'Takes what is to be posted of a company, the oldest first, as one export: it is sent from now on.',
  tag: TAG,
  permission: 'payment.apply',
  params: z.object({ companyId: companyIdIn }),
  /** `refused`: what was refused, once it was put right. */
  body: z.object({ state: z.enum(['to_post', 'refused']).default('to_post') }),
  reply: z.object({
    exportId: z.string(),
    receipts: z.number().int(),
    /** False where more are left for another export. */
    isAll: z.boolean(),
  }),
  refusals: { ...USED, nothing_to_post: [409, 'No receipt of the company is in this state.'] },
});

export const getPostingExport = operation({
  id: 'get-posting-export',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/posting-exports/:exportId',
  summary:
    'The file of an export (CSV): a row for each receipt, return, and money between companies that has no answer yet, with columns for it.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ exportId: idText }),
  produces: ['text/csv'],
  reply: z.object({}),
  refusals: { posting_export_not_found: [404, 'There is no export with this id.'] },
});

export const listPostingExports = operation({
  id: 'list-posting-exports',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/posting-exports',
  summary: 'The latest exports, with how much of each is without an answer: their files can be had again.',
  tag: TAG,
  permission: 'book.read',
  query: z.object({ companyId: companyIdIn.optional() }),
  reply: z.object({
    rows: z.array(
      z.object({
        exportId: z.string(),
        companyId: z.string(),
        by: z.string(),
        at: momentText,
        receipts: z.number().int(),
        /** Receipts and returns that nothing was said or done of since: what its file still has. */
        open: z.number().int(),
      }),
    ),
  }),
});

const counted = z.object({
  posted: z.number().int(),
  refused: z.number().int(),
  /** Answers that were known. */
  unchanged: z.number().int(),
  /** Refusals of an export after which the receipt was handed out again: they change nothing. */
  outdated: z.number().int(),
});

export const recordAnswers = operation({
  id: 'record-posting-answers',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/companies/:companyId/posting-answers',
  summary: 'Keeps what the accounting system says of receipts, by their numbers: all of it or nothing.',
  tag: TAG,
  permission: 'payment.apply',
  params: z.object({ companyId: companyIdIn }),
  body: z.object({
    answers: z
      .array(
        z.object({
          number: textLine(100),
          part: z.enum(POSTING_PARTS).default('receipt'),
          state: z.enum(['posted', 'refused']),
          reference: textLine(100).optional(),
          reason: textLine(500).optional(),
          postedOn: day.optional(),
          exportId: idText.optional().meta({
            description:
              'The export it answers. Left out, the answer counts as new: a refusal of an older export refuses what went out again since.',
          }),
        }),
      )
      .min(1)
      .max(POSTINGS_AT_ONCE_MAX),
  }),
  reply: counted,
  refusals: ANSWERS,
});

export const importAnswers = operation({
  id: 'import-posting-answers',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/posting-answer-files',
  summary:
    'Keeps what a file (CSV) says of receipts: columns receipt, state, and part, reference, reason, posted_on, export. All of it or nothing. ' +
    'A row without its export counts as a new answer.',
  tag: TAG,
  permission: 'payment.apply',
  consumesFile: true,
  query: z.object({ companyId: companyIdIn }),
  reply: counted,
  refusals: {
    ...ANSWERS,
    answers_columns_missing: [400, 'The first row has to name the columns. These are missing.'],
    answers_unreadable: [
      400,
      'Nothing was kept: this cell cannot be understood. Put it right and hand the file in again.',
    ],
    answers_too_many: [400, 'The file has more rows than are taken at once. Split it.'],
  },
});
