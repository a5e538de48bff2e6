// The operations on write-offs, late discounts and dropped differences.

import { z } from 'zod';
import { APPROVAL_REQUIRED } from '#approvals/contract.ts';
import {
  amountIn,
  day,
  dayText,
  idText,
  may,
  momentText,
  moneyText,
  operation,
  pageOf,
  pageQuery,
} from '#http/contract.ts';
import { WRITE_OFF_ITEMS_MAX } from '#kernel/limits.ts';
import { itemIdIn } from '#ledger/contract.ts';
import { companyIdIn, customerIdIn } from '#parties/contract.ts';
import {
  customerRef,
  DIFFERENCE_BASES,
  PAYMENTS,
  RATE,
  REVERSING,
  reasonText,
  settledItem,
  WRITE_OFFS,
  writeOffKind,
} from './contract-shapes.ts';

// — write-offs —

const writeOffRow = z.object({
  writeOffId: z.string(),
  number: z.string(),
  companyId: z.string(),
  customer: customerRef,
  kind: writeOffKind,
  reason: z.string(),
  amount: moneyText,
  writtenOffOn: dayText,
  recordedAt: momentText,
  /** The day it was undone, if it was. */
  undoneOn: dayText.nullable(),
});

/** Discounts that customers took after their day. */
export const listLateDiscounts = operation({
  id: 'list-late-discounts',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/late-discounts',
  summary:
    'Payments that were short by a discount whose day was past, the latest first; those still open, or all.',
  tag: PAYMENTS,
  permission: 'book.read',
  query: pageQuery.extend({
    state: z.enum(['open', 'all']).default('open'),
    customerId: customerIdIn.optional(),
  }),
  reply: pageOf(
    z.object({
      itemId: z.string(),
      documentId: z.string(),
      reference: z.string(),
      paymentId: z.string(),
      paymentNumber: z.string(),
      customer: customerRef.nullable(),
      discount: moneyText,
      /** What of the item is open now. */
      open: moneyText,
      /** The last day on which it would have been earned, days of grace counted in. */
      untilOn: dayText,
      paidOn: dayText,
      daysLate: z.number().int(),
      /** Whether the payment is applied no more. */
      takenBack: z.boolean(),
    }),
  ),
});

/** Differences that were dropped. */
export const listDroppedDifferences = operation({
  id: 'list-dropped-differences',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/dropped-differences',
  summary:
    'What payments were short by and was dropped, latest first: how much, of what, by whom and by which right.',
  tag: PAYMENTS,
  permission: 'book.read',
  query: pageQuery.extend({
    customerId: customerIdIn.optional(),
    basis: z.enum(DIFFERENCE_BASES).optional(),
  }),
  reply: pageOf(
    z.object({
      applicationId: z.string(),
      paymentId: z.string(),
      payment: z.string(),
      itemId: z.string(),
      documentId: z.string(),
      reference: z.string(),
      customer: customerRef.nullable(),
      difference: moneyText,
      basis: z.enum(DIFFERENCE_BASES),
      /** The rule as it was then, with what it allowed. */
      evidence: z.unknown(),
      droppedBy: z.string(),
      recordedAt: momentText,
      /** The application was taken back, and the difference with it. */
      isTakenBack: z.boolean(),
    }),
  ),
});

/** Write-offs, newest first. */
export const listWriteOffs = operation({
  id: 'list-write-offs',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/write-offs',
  summary: 'Write-offs, newest first; by customer, kind or days.',
  tag: WRITE_OFFS,
  permission: 'book.read',
  query: pageQuery.extend({
    companyId: companyIdIn.optional(),
    customerId: customerIdIn.optional(),
    kind: writeOffKind.optional(),
    from: day.optional(),
    to: day.optional(),
  }),
  reply: pageOf(writeOffRow),
});

/** One write-off with its items. */
export const getWriteOff = operation({
  id: 'get-write-off',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/write-offs/:writeOffId',
  summary: 'A write-off with the items it closed.',
  tag: WRITE_OFFS,
  permission: 'book.read',
  params: z.object({ writeOffId: idText }),
  reply: writeOffRow.extend({
    functional: moneyText,
    undoneReason: z.string().nullable(),
    items: z.array(
      z.object({
        itemId: z.string(),
        documentId: z.string(),
        reference: z.string(),
        dueOn: dayText,
        amount: moneyText,
      }),
    ),
    may: z.object({ undo: may }),
  }),
  refusals: { write_off_not_found: [404, 'There is no write-off with this id.'] },
});

/** What will not be paid any more is taken off the books. */
export const writeOffItems = operation({
  id: 'write-off-items',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/write-offs',
  summary:
    'Writes items of invoices and charges off, wholly or in part; one write-off for each customer and currency.',
  tag: WRITE_OFFS,
  permission: 'write_off.post',
  body: z.object({
    kind: writeOffKind,
    reason: reasonText,
    on: day.optional(),
    items: z
      .array(z.object({ itemId: itemIdIn, /** Left out: all that is open. */ amount: amountIn.optional() }))
      .min(1)
      .max(WRITE_OFF_ITEMS_MAX),
  }),
  reply: z.object({
    writeOffs: z.array(
      z.object({
        writeOffId: z.string(),
        number: z.string(),
        customerId: z.string(),
        amount: moneyText,
        items: z.array(settledItem),
      }),
    ),
  }),
  refusals: {
    item_not_found: [404, 'One of the open items does not exist.'],
    item_named_twice: [400, 'An item is named twice. Add its amounts together.'],
    not_an_invoice: [409, 'Only what is left of an invoice or a charge can be written off.'],
    nothing_open: [409, 'Nothing is open on the item.'],
    amount_not_positive: [400, 'The amount to write off is above zero.'],
    wrong_currency: [409, 'The amount is in another currency than the item.'],
    exceeds_open: [409, 'More is written off than is open on the item.'],
    applied_too_early: [409, 'On that date the invoice was not issued yet, or was paid. Use a later date.'],
    written_off_in_future: [409, 'The date is after today.'],
    series_not_found: [409, 'The company has no number series for write-offs.'],
    ...RATE,
    ...APPROVAL_REQUIRED,
  },
});

/** A write-off is taken back. */
export const undoWriteOff = operation({
  id: 'undo-write-off',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/write-offs/:writeOffId/undo',
  summary: 'Takes a write-off back: its items are open again with their first due dates.',
  tag: WRITE_OFFS,
  permission: 'write_off.post',
  params: z.object({ writeOffId: idText }),
  body: z.object({ reason: reasonText, on: day.optional() }),
  reply: z.object({
    writeOffId: z.string(),
    undoneOn: dayText,
    amount: moneyText,
    items: z.array(settledItem),
  }),
  refusals: {
    ...REVERSING,
    write_off_not_found: [404, 'There is no write-off with this id.'],
    write_off_undone: [409, 'This write-off was undone already.'],
    undone_in_future: [409, 'The date is after today.'],
  },
});
