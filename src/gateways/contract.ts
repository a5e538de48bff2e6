// The operations on what the columns of gateways' payout reports mean.

import { z } from 'zod';
import { PAYOUT_KINDS } from '#formats/payout-kinds.ts';
import { idText, momentText, operation, type RefusalMeaning } from '#http/contract.ts';
import { COLUMNS_MAX } from '#kernel/limits.ts';

export { PAYOUT_KINDS } from '#formats/payout-kinds.ts';

const TAG = 'Bank';

const name = z.string().trim().min(1).max(200);
const columnOrFixed = z.union([
  z.object({ column: name }).strict(),
  z.object({ fixed: z.string().trim().min(1).max(100) }).strict(),
]);

/** What the columns of a payout report mean, by their names in the header. */
export const payoutColumns = z
  .object({
    /** Which payout a row went into; its cells are empty while a row waits for one. */
    payout: name,
    payoutOn: name.optional(),
    /** The gateway's name of the row, the same whenever it is sent again. */
    id: name,
    on: name,
    type: name,
    gross: name,
    fee: name,
    net: name,
    /** The charge that a row is or takes back; left out: its id. */
    charge: name.optional(),
    payer: name.optional(),
    texts: z.array(name).max(10),
    currency: columnOrFixed,
    /** Number of the account at the gateway. Left out: it is asked for with each file. */
    account: columnOrFixed.optional(),
    dateOrder: z.enum(['year_month_day', 'day_month_year', 'month_day_year']),
    decimalMark: z.enum(['.', ',']),
    /** Fees stand as what they change the balance by. */
    isFeeNegative: z.boolean(),
    /** Refunds, chargebacks, payouts and fees by themselves stand without a minus: their type says that they take money. */
    isTakenPositive: z.boolean().optional(),
    /** What each word of the column of types means. */
    words: z
      .array(z.object({ word: z.string().trim().max(100), kind: z.enum(PAYOUT_KINDS) }).strict())
      .min(1)
      .max(100),
  })
  .strict();

/** What is wrong with what is said of columns. */
const SAYING: Readonly<Record<string, RefusalMeaning>> = {
  payout_report_known: [422, 'Reports with these headings are known anyway. Hand the file in as it is.'],
  payout_columns_not_there: [422, 'The headings have no column of this name. Choose one of the file.'],
  payout_column_doubled: [
    422,
    'Two headings of the file have this name. Rename one of them before the file is handed in.',
  ],
  payout_word_twice: [422, 'One word was said to mean two things. Say one.'],
};

const ONE: Readonly<Record<string, RefusalMeaning>> = {
  payout_columns_not_found: [404, 'Nothing was said of such columns. See the list.'],
  payout_columns_ended: [409, 'This was said anew or forgotten meanwhile. Load the list again.'],
};

const headings = z.array(z.string().max(500)).min(1).max(COLUMNS_MAX);

/** What people said. */
export const listPayoutColumns = operation({
  id: 'list-payout-columns',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/payout-columns',
  summary: 'What people said of the columns of gateways’ payout reports, by the name of the gateway.',
  tag: TAG,
  permission: 'book.read',
  reply: z.object({
    rows: z.array(
      z.object({
        columnsId: z.string(),
        gateway: z.string(),
        headings: z.array(z.string()),
        columns: payoutColumns,
        version: z.number().int(),
        saidBy: z.string(),
        saidAt: momentText,
      }),
    ),
  }),
});

/** Says it. */
export const keepPayoutColumns = operation({
  id: 'keep-payout-columns',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/payout-columns',
  summary:
    'Says once what the columns under some headings of a gateway mean; said again, it is another version. Files handed in from then on are read so.',
  tag: TAG,
  permission: 'bank.import',
  body: z.object({ gateway: z.string().trim().min(1).max(100), headings, columns: payoutColumns }),
  reply: z.object({ columnsId: z.string(), version: z.number().int() }),
  refusals: SAYING,
});

/** Forgets it. */
export const endPayoutColumns = operation({
  id: 'end-payout-columns',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/payout-columns/:columnsId/end',
  summary: 'Forgets what was said of the columns of a gateway. What was booked stays.',
  tag: TAG,
  permission: 'bank.import',
  params: z.object({ columnsId: idText }),
  body: z.object({}),
  reply: z.object({ columnsId: z.string() }),
  refusals: ONE,
});
