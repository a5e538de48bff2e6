// The operations on announcements: what banks tell of money beside the statements that book it.

import { z } from 'zod';
import { dayText, idText, momentText, moneyText, operation, pageOf, pageQuery } from '#http/contract.ts';
import { companyIdIn } from '#parties/contract.ts';
import { FILES } from '#payments/contract.ts';

const TAG = 'Bank';

/** A file of a bank that announces. */
export const receiveAnnouncements = operation({
  id: 'receive-announcements',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/bank-announcements',
  summary:
    'Takes in what a bank announces (camt.052, camt.054, MT942, also zipped; lockbox files). Nothing is booked; booked sums are taken apart by it.',
  tag: TAG,
  permission: 'bank.import',
  consumesFile: true,
  query: z.object({
    /** The account of a file that does not name one. */
    bankAccountId: idText.optional(),
    /** Adds accounts that are not known, to this company. */
    addAccountsTo: companyIdIn.optional(),
  }),
  reply: z.object({
    fileName: z.string(),
    accounts: z.array(
      z.object({
        bankAccountId: z.string(),
        account: z.string(),
        currency: z.string(),
        /** Entries the file announces, and those of them that were not known. */
        announced: z.number().int(),
        newlyAnnounced: z.number().int(),
        /** Payments they are made of. */
        payments: z.number().int(),
        moneyIn: moneyText,
        moneyOut: moneyText,
      }),
    ),
  }),
  refusals: {
    ...FILES,
    lockbox_not_recognised: [
      415,
      'This is no lockbox file as BAI laid it down. Ask the bank for its layout.',
    ],
    lockbox_differs: [
      400,
      'The totals of the lockbox file do not hold, so cheques are missing or too many. Ask the bank for the file again.',
    ],
    lockbox_without_day: [
      400,
      'A batch of the lockbox file has no day of deposit. Ask the bank for a valid file.',
    ],
    nothing_announced: [400, 'This file is a statement, which is booked. Import it as a bank statement.'],
    company_not_found: [404, 'There is no company with this id.'],
    bank_account_unknown: [
      409,
      'The file is of an account that is not known. Add the account, or let it be added to a company.',
    ],
    bank_account_not_named: [409, 'The file does not name its account. Say which account it is of.'],
    bank_account_not_found: [404, 'There is no bank account with this id.'],
    bank_account_differs: [409, 'The file is of another account than the one named.'],
    bank_account_taken: [409, 'Somebody added this account at the same moment. Repeat.'],
    unknown_currency: [409, 'The file is in a currency that books cannot be kept in.'],
  },
});

export const ORIGINS = ['camt.052', 'camt.054', 'mt942', 'lockbox'] as const;

export const ANNOUNCEMENT_STATES = ['taken_apart', 'booked', 'expected', 'missing'] as const;

/** What was announced, latest first. */
export const listAnnouncements = operation({
  id: 'list-announcements',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/bank-announcements',
  summary: 'What banks announced, latest first, each with what became of it. Nothing of it is booked.',
  tag: TAG,
  permission: 'book.read',
  query: pageQuery.extend({
    bankAccountId: idText.optional(),
    state: z.enum(ANNOUNCEMENT_STATES).optional(),
  }),
  reply: pageOf(
    z.object({
      announcementId: z.string(),
      bankAccountId: z.string(),
      accountName: z.string(),
      origin: z.enum(ORIGINS),
      bookedOn: dayText,
      amount: moneyText,
      payments: z.number().int(),
      payerName: z.string().nullable(),
      remittance: z.string(),
      /** A booked sum was taken apart by it; the same entry is booked; it is expected; a statement reaches past its day without it. */
      state: z.enum(ANNOUNCEMENT_STATES),
      /** The statement that books it. */
      statementId: z.string().nullable(),
      fileName: z.string(),
      recordedAt: momentText,
    }),
  ),
});

/** A sum taken apart by a person's word. */
export const explainByAnnouncement = operation({
  id: 'explain-by-announcement',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/bank-announcements/:announcementId/lines',
  summary: 'Takes a booked sum apart into the payments announced for it: each becomes a receipt of its own.',
  tag: TAG,
  permission: 'bank.import',
  params: z.object({ announcementId: idText }),
  body: z.object({ lineId: idText }),
  reply: z.object({
    announcementId: z.string(),
    lineId: z.string(),
    payments: z.number().int(),
    applied: z.number().int(),
  }),
  refusals: {
    announcement_not_found: [404, 'There is no announcement with this id.'],
    announcement_used: [409, 'This announcement, or this line, was used for taking a sum apart already.'],
    announcement_differs: [
      409,
      'The announcement does not fit the line: account, currency and the sum of its payments must be the same, all of them money in.',
    ],
    statement_line_not_found: [404, 'There is no statement line with this id.'],
    line_explained: [409, 'The line is the return of a payment, or was explained at the same moment.'],
    line_in_other_currency: [409, 'The line is in another currency than its account.'],
    line_of_other_side: [400, 'A sum is taken apart only where it is money in.'],
    payments_not_named: [400, 'The announcement names no payments.'],
    payment_not_found: [404, 'A payment of the announcement is not there.'],
    payment_not_showable: [409, 'A payment of the announcement is shown by another line.'],
    payments_differ_from_line: [409, 'The payments do not come to the amount of the line.'],
    receipt_applied: [409, 'The receipt of this line is applied. Take the application back first.'],
    receipt_returned: [409, 'The receipt of this line was returned.'],
    bank_day_signed: [
      409,
      'The day of the line is signed off. Somebody else than who signed it has to open it again.',
    ],
    exchange_rate_missing: [409, 'There is no exchange rate for the day. Add it, then repeat.'],
    series_not_found: [409, 'The company has no number series for payments.'],
    period_locked: [409, 'The period of the line is locked.'],
  },
});
