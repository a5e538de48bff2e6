// What the API offers on money that comes for what was written off.

import { z } from 'zod';
import { amountIn, day, dayText, idText, moneyText, operation } from '#http/contract.ts';
import { RECOVERABLE_MAX } from '#kernel/limits.ts';
import { itemIdIn } from '#ledger/contract.ts';
import { paymentIdIn } from '#payments/contract.ts';
import { WRITE_OFF_KINDS } from '#writeoffs/contract.ts';

const TAG = 'Write-offs';
const params = z.object({ paymentId: paymentIdIn });
const PAYMENT = { payment_not_found: [404, 'There is no payment with this id.'] } as const;

/** What a payment could be for. */
export const listRecoverable = operation({
  id: 'list-recoverable',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/payments/:paymentId/recoverable',
  summary:
    'What was written off of a payment’s customer, in its company and currency, and is not recovered; the latest first.',
  tag: TAG,
  permission: 'book.read',
  params,
  reply: z.object({
    items: z.array(
      z.object({
        writeOffId: z.string(),
        number: z.string(),
        kind: z.enum(WRITE_OFF_KINDS),
        writtenOffOn: dayText,
        itemId: z.string(),
        documentId: z.string(),
        reference: z.string(),
        writtenOff: moneyText,
        left: moneyText,
      }),
    ),
  }),
  refusals: PAYMENT,
});

/** The payment is for what was written off. */
export const recoverWriteOff = operation({
  id: 'recover-write-off',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/payments/:paymentId/recoveries',
  summary:
    'Applies what is left of a payment to what was written off: it is booked as recovered, and tax relief goes back in proportion.',
  tag: TAG,
  permission: 'payment.apply',
  params,
  body: z.object({
    items: z
      .array(
        z.object({
          writeOffId: idText,
          itemId: itemIdIn,
          /** Left out: all that is not recovered of it. */
          amount: amountIn.optional(),
        }),
      )
      .min(1)
      .max(RECOVERABLE_MAX),
    on: day.optional(),
  }),
  reply: z.object({
    paymentId: z.string(),
    unapplied: moneyText,
    on: dayText,
    recoveries: z.array(
      z.object({
        recoveryId: z.string(),
        writeOffId: z.string(),
        number: z.string(),
        reference: z.string(),
        amount: moneyText,
      }),
    ),
  }),
  refusals: {
    ...PAYMENT,
    payment_returned: [409, 'The payment was returned. There is nothing left of it.'],
    not_received: [409, 'Only money received recovers something.'],
    write_off_not_found: [404, 'There is no write-off with this id.'],
    write_off_undone: [409, 'The write-off was undone: apply the payment to the item, which is open again.'],
    not_written_off: [409, 'The write-off did not write this item off.'],
    item_named_twice: [400, 'An item is named twice. Add its amounts together.'],
    wrong_company: [409, 'Payment and write-off are of different companies.'],
    wrong_currency: [409, 'Payment, item and amount are not in one currency.'],
    amount_not_positive: [400, 'The amount is above zero.'],
    exceeds_written_off: [409, 'More than was written off and is not recovered. `most` says what is.'],
    exceeds_unapplied: [409, 'More is given than the payment has left.'],
    credit_granted_back: [
      409,
      'This money was granted back as a refund. Use what is left beside it, or withdraw the refund first.',
    ],
    applied_too_early: [409, 'On that date the payment was not there yet. Use a later date.'],
    dated_before_write_off: [409, 'The date is before the write-off. Use a later date.'],
    dated_in_future: [409, 'The date is after today. Use today or an earlier date.'],
  },
});
