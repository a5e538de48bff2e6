// The operations of the workbench: the queue of receipts that wait for a person, and what is said about them.

import { z } from 'zod';
import {
  dayText,
  idText,
  momentText,
  moneyText,
  operation,
  pageOf,
  pageQuery,
  textLine,
} from '#http/contract.ts';
import type { PaymentId } from '#kernel/id.ts';
import { KEPT_DAYS_MAX } from '#kernel/limits-collecting.ts';
import { companyIdIn } from '#parties/contract.ts';
import { MATCH_RULES, SUGGESTION_KINDS } from '#payments/contract.ts';

const TAG = 'Workbench';

export const QUEUE_ORDERS = ['oldest', 'largest', 'surest'] as const;

/** Which receipts: all but those kept on account that are not to be looked at again yet, those nobody is asked about, those the caller is asked about, or those kept. */
export const QUEUE_PARTS = ['open', 'free', 'mine', 'asked', 'kept'] as const;

export const MARK_KINDS = ['asked', 'kept'] as const;

const customerRef = z.object({ id: z.string(), number: z.string(), name: z.string() });
const paymentIdIn = idText.transform((text) => text as PaymentId);

const mark = z.object({
  kind: z.enum(MARK_KINDS),
  /** Who is asked; null where it is kept. */
  person: z.object({ userId: z.string(), name: z.string() }).nullable(),
  note: z.string(),
  markedBy: z.string(),
  markedAt: momentText,
  /** When what is kept on account is looked at again; from then on it waits once more. */
  lookAgainAt: momentText.nullable(),
});

export const listWaitingReceipts = operation({
  id: 'list-waiting-receipts',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/workbench/receipts',
  summary: 'Receipts of which something is left to apply, each with what it is likeliest for.',
  tag: TAG,
  permission: 'book.read',
  query: pageQuery.extend({
    companyId: companyIdIn.optional(),
    /** `surest` weighs the two hundred oldest and gives them in one page. */
    order: z.enum(QUEUE_ORDERS).default('oldest'),
    part: z.enum(QUEUE_PARTS).default('open'),
  }),
  reply: pageOf(
    z.object({
      paymentId: z.string(),
      number: z.string(),
      companyId: z.string(),
      receivedOn: dayText,
      amount: moneyText,
      /** What nothing was applied of and no refund speaks for. */
      unapplied: moneyText,
      /** What was granted back as a refund that is not paid yet: it is not free. */
      grantedBack: moneyText,
      payerName: z.string().nullable(),
      payerAccount: z.string().nullable(),
      text: z.string(),
      customer: customerRef.nullable(),
      /** What matching says of it. */
      rule: z.enum(MATCH_RULES),
      likeliest: z
        .object({
          customer: customerRef,
          /** 0 to 1; null where it explains an amount that is the sum of nothing. */
          probability: z.number().nullable(),
          kind: z.enum(SUGGESTION_KINDS),
          references: z.array(z.string()),
        })
        .nullable(),
      remittanceId: z.string().nullable(),
      mark: mark.nullable(),
    }),
  ).extend({
    /** All that wait in this part, however many are shown. */
    waiting: z.number().int(),
  }),
});

export const listColleagues = operation({
  id: 'list-colleagues',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/workbench/colleagues',
  summary: 'Whom one can ask about a receipt: members who may read it.',
  tag: TAG,
  permission: 'book.read',
  reply: z.object({ rows: z.array(z.object({ userId: z.string(), name: z.string(), role: z.string() })) }),
});

const RECEIPT = {
  payment_not_found: [404, 'There is no payment with this id.'],
} as const;

export const markReceipt = operation({
  id: 'mark-receipt',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/workbench/receipts/:paymentId/mark',
  summary: 'Asks a colleague about a receipt, or keeps it on account. What was said before ends.',
  tag: TAG,
  permission: 'payment.apply',
  params: z.object({ paymentId: paymentIdIn }),
  body: z.object({
    kind: z.enum(MARK_KINDS),
    /** Who is asked. */
    userId: textLine(100).optional(),
    note: z.string().trim().max(1000).default(''),
    /** After how many days what is kept is looked at again; left out, after 30. */
    lookAgainInDays: z.number().int().min(1).max(KEPT_DAYS_MAX).optional(),
  }),
  reply: z.object({ markId: z.string() }),
  refusals: {
    ...RECEIPT,
    nothing_left_to_apply: [409, 'Nothing is left to apply of this receipt, or it came back.'],
    colleague_not_named: [400, 'Say who is asked; whoever keeps a receipt on account asks nobody.'],
    colleague_unknown: [404, 'There is no such member. See the list of colleagues.'],
    changed_meanwhile: [409, 'Somebody else said something of it at the same moment. Look again and repeat.'],
  },
});

export const endMark = operation({
  id: 'end-receipt-mark',
  kind: 'command',
  method: 'DELETE',
  path: '/api/v1/workbench/receipts/:paymentId/mark',
  summary: 'Ends what was said of a receipt: nobody is asked, and it is not kept on account.',
  tag: TAG,
  permission: 'payment.apply',
  params: z.object({ paymentId: paymentIdIn }),
  reply: z.object({ markId: z.string() }),
  refusals: { receipt_not_marked: [409, 'Nothing is said of this receipt.'] },
});
