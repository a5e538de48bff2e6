// The operations on letters to print.

import { z } from 'zod';
import { day, dayText, idText, may, momentText, operation, pageQuery } from '#http/contract.ts';
import { BATCH_FORMS } from './batch-form.ts';
import { COMPANY_NOT_FOUND } from './contract-setting.ts';

// — letters to print —

/** Batches of letters, and what lies ready. */
export const listPostBatches = operation({
  id: 'list-post-batches',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/post-batches',
  summary: 'Batches of letters to print, the newest first, and how many letters of each company lie ready.',
  tag: 'Delivery',
  permission: 'message.read',
  query: pageQuery,
  reply: z.object({
    rows: z.array(
      z.object({
        batchId: idText,
        companyId: idText,
        letters: z.number().int(),
        madeAt: momentText,
        postedOn: dayText.nullable(),
        form: z.enum(BATCH_FORMS),
        /** Of one file to print. */
        pages: z.number().int().nullable(),
        sheets: z.number().int().nullable(),
        /** Its file is there; otherwise its letters are still being put together. */
        isMade: z.boolean(),
        /** Since then its file stays as it is and can be saved; null where its letters are looked at once more before that. */
        printedAt: momentText.nullable(),
        /** While it is made: how many of its letters were looked at, of how many. */
        looked: z.number().int(),
        toLook: z.number().int(),
        /** Letters that could not be read or joined, and are delivery problems now. */
        setAside: z.number().int(),
        /** It is still to be made and no worker was at it since: begin it again. */
        stalledSince: momentText.nullable(),
      }),
    ),
    next: z.string().nullable(),
    ready: z.array(z.object({ companyId: idText, letters: z.number().int() })),
    may: z.object({ make: may, post: may }),
  }),
});

const batchMade = z.object({
  batchId: idText,
  letters: z.number().int(),
  /** Of one file to print. */
  pages: z.number().int().nullable(),
  sheets: z.number().int().nullable(),
  /** `false`: letters changed since it was made; a worker makes it anew first. */
  isPrinted: z.boolean(),
});

/** Puts letters together to be printed. */
export const makePostBatch = operation({
  id: 'make-post-batch',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/post-batches',
  summary:
    'Puts the letters of a company that lie ready into one batch to print: at most 200 letters, 64 MB with the files behind them, and 4,000 pages. A worker looks at them, writes anew what changed, drops what was settled, sets aside what cannot be read, and joins the rest; list-post-batches says how far it is. What has no room stays for the next.',
  tag: 'Delivery',
  permission: 'reminder.send',
  body: z.object({
    companyId: idText,
    /** One file to print (`pdf`), or an archive of single letters (`zip`). */
    form: z.enum(BATCH_FORMS).default('pdf'),
    /** Of one file: printed on both sides, so that each letter begins on a front. */
    isDuplex: z.boolean().default(true),
    /** Of one file: an empty sheet between letters. */
    separates: z.boolean().default(false),
  }),
  reply: z.object({ batchId: idText, letters: z.number().int() }),
  refusals: {
    company_not_found: COMPANY_NOT_FOUND,
    no_letters_ready: [409, 'No letter lies ready that is not in a batch already.'],
  },
});

/** A batch whose worker was lost is begun again. */
export const beginPostBatchAgain = operation({
  id: 'begin-post-batch-again',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/post-batches/:batchId/makings',
  summary:
    'Has a batch made at which no worker was for five minutes: its letters are looked at and joined from the beginning. list-post-batches says which stand still (stalledSince).',
  tag: 'Delivery',
  permission: 'reminder.send',
  params: z.object({ batchId: idText }),
  reply: z.object({ batchId: idText }),
  refusals: {
    post_batch_not_found: [404, 'There is no such batch.'],
    post_batch_made: [409, 'The batch is made. Print it.'],
    post_batch_in_hand: [409, 'A worker is at this batch, or will be in a moment. Wait for five minutes.'],
  },
});

/** A batch is printed. */
export const printPostBatch = operation({
  id: 'print-post-batch',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/post-batches/:batchId/printings',
  summary:
    'Looks at the letters of a batch once more and lets its file go to be printed; from then on it stays as it is. Where letters changed since it was made, a worker makes it anew first: print it again then.',
  tag: 'Delivery',
  permission: 'reminder.send',
  params: z.object({ batchId: idText }),
  reply: batchMade,
  refusals: {
    post_batch_not_found: [404, 'There is no such batch.'],
    post_batch_not_made: [
      409,
      'The letters of this batch are still being put together, or changed since and are written anew. Try again in a moment.',
    ],
    post_batch_empty: [
      409,
      'Nothing is left to print: what the letters asked for was paid or settled meanwhile, or they wait in another batch.',
    ],
  },
});

/** The letters of a batch. */
export const downloadPostBatch = operation({
  id: 'download-post-batch',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/post-batches/:batchId/file',
  summary:
    'The letters of a batch as one file to print (.pdf), or as an archive of numbered PDFs in the order of posting (.zip).',
  tag: 'Delivery',
  permission: 'message.read',
  params: z.object({ batchId: idText }),
  produces: ['application/pdf', 'application/zip'],
  refusals: {
    post_batch_not_found: [404, 'There is no such batch.'],
    post_batch_not_made: [
      409,
      'The letters of this batch are still being put together, or changed since and are written anew. Try again in a moment.',
    ],
    post_batch_not_printed: [
      409,
      'The letters are looked at once more before they are printed. Print the batch (print-post-batch) first.',
    ],
    post_batch_empty: [
      409,
      'Nothing is left to print: what the letters asked for was paid or settled meanwhile, or they wait in another batch.',
    ],
  },
});

/** What is in a batch. */
export const listBatchLetters = operation({
  id: 'list-batch-letters',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/post-batches/:batchId/letters',
  summary:
    'The letters of a batch in the order of posting: about what, to whom, on which pages, how many sheets.',
  tag: 'Delivery',
  permission: 'message.read',
  params: z.object({ batchId: idText }),
  reply: z.object({
    rows: z.array(
      z.object({
        messageId: idText,
        about: z.string(),
        to: z.string(),
        /** Of one file to print: its first page, its pages with the files behind it, its sheets, files that could not be read. */
        print: z
          .object({
            firstPage: z.number().int(),
            pages: z.number().int(),
            sheets: z.number().int(),
            notPrinted: z.array(z.string()),
          })
          .nullable(),
      }),
    ),
  }),
  refusals: { post_batch_not_found: [404, 'There is no such batch.'] },
});

/** The list of a batch, to check the envelopes by. */
export const downloadBatchList = operation({
  id: 'download-batch-list',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/post-batches/:batchId/list',
  summary: 'The list of a batch (.csv): letter by letter, to whom, on which pages, how many sheets.',
  tag: 'Delivery',
  permission: 'message.read',
  params: z.object({ batchId: idText }),
  produces: ['text/csv'],
  refusals: { post_batch_not_found: [404, 'There is no such batch.'] },
});

/** Letters are in the post. */
export const markBatchPosted = operation({
  id: 'mark-batch-posted',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/post-batches/:batchId/postings',
  summary: 'Notes that the letters of a batch are in the post, which is the proof of their sending.',
  tag: 'Delivery',
  permission: 'reminder.send',
  params: z.object({ batchId: idText }),
  body: z.object({ on: day.optional() }),
  reply: z.object({ batchId: idText, letters: z.number().int() }),
  refusals: {
    post_batch_not_found: [404, 'There is no such batch.'],
    post_batch_not_printed: [
      409,
      'The letters are looked at once more before they are printed. Print the batch (print-post-batch) first.',
    ],
    post_batch_posted: [409, 'The batch is in the post already.'],
    posted_in_future: [400, 'The day of posting has not come yet.'],
  },
});
