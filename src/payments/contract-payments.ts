// The operations on payments: recording, applying, taking back, returning.

import { z } from 'zod';
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
  textLine,
} from '#http/contract.ts';
import { ALLOCATIONS_MAX } from '#kernel/limits.ts';
import { itemIdIn } from '#ledger/contract.ts';
import { KEPT_BACK_KINDS } from '#ledger/settlement.ts';
import { companyIdIn, customerIdIn } from '#parties/contract.ts';
import { APPLYING_REMITTANCE } from '#remittances/contract.ts';
import { handoverRow } from './contract-handovers.ts';
import {
  allocations,
  applicationIdIn,
  applied,
  COMPANY,
  CUSTOMER,
  customerRef,
  LETTING_GO,
  lettingGo,
  lineIdIn,
  match,
  PAYMENT,
  PAYMENTS,
  paymentDirection,
  paymentIdIn,
  paymentMethod,
  paymentRow,
  paymentState,
  RATE,
  REVERSING,
  reasonText,
  returnCode,
  SETTLING,
  SETTLING_SHORT,
  settledItem,
  statementLine,
} from './contract-shapes.ts';

// — payments —

/** All payments, newest first. */
export const listPayments = operation({
  id: 'list-payments',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/payments',
  summary:
    'Payments, newest value date first; by state, customer, days, or how number, payer, account or reference begin.',
  tag: PAYMENTS,
  permission: 'book.read',
  query: pageQuery.extend({
    state: paymentState.optional(),
    direction: paymentDirection.optional(),
    companyId: companyIdIn.optional(),
    customerId: customerIdIn.optional(),
    /** `true`: only payments of which nobody knows who paid. */
    unidentified: z.enum(['true', 'false']).optional(),
    from: day.optional(),
    to: day.optional(),
    search: textLine(100).optional(),
  }),
  reply: pageOf(paymentRow),
});

const documentBrief = z.object({ kind: z.string(), documentId: z.string(), reference: z.string() });

/** One payment with all about it. */
export const getPayment = operation({
  id: 'get-payment',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/payments/:paymentId',
  summary:
    'A payment: what it was applied to, what happened to it, its bank line, what it could be for, and what you may do.',
  tag: PAYMENTS,
  permission: 'book.read',
  params: z.object({ paymentId: paymentIdIn }),
  reply: paymentRow.extend({
    /** The amount in the currency of the company's books. */
    functional: moneyText,
    returned: z
      .object({ on: dayText, reason: z.string().nullable(), statementLineId: z.string().nullable() })
      .nullable(),
    applications: z.array(
      z.object({
        applicationId: z.string(),
        itemId: z.string(),
        documentId: z.string(),
        /** Whose item it is: another company's where money was handed over to it. */
        companyId: z.string(),
        /** Kind of the item on the other side: invoice, credit_note, refund, return, … */
        kind: z.string(),
        reference: z.string(),
        customer: customerRef.nullable(),
        dueOn: dayText,
        amount: moneyText,
        discount: moneyText,
        difference: moneyText,
        differenceKind: z.enum(KEPT_BACK_KINDS),
        method: z.string(),
        /** Why a machine applied it: rule, what matched, which rivals were considered. */
        evidence: z.unknown(),
        appliedOn: dayText,
        recordedAt: momentText,
        /** The day it was taken back, if it was. */
        takenBackOn: dayText.nullable(),
      }),
    ),
    /** Credits that settled a part of items beside it, in the same act: which, and off what. */
    credits: z.array(
      z.object({
        applicationId: z.string(),
        credit: documentBrief,
        item: documentBrief,
        amount: moneyText,
        appliedOn: dayText,
        /** The day it was taken back, if it was. */
        takenBackOn: dayText.nullable(),
      }),
    ),
    events: z.array(
      z.object({
        eventId: z.string(),
        type: z.string(),
        actor: z.string(),
        recordedAt: momentText,
        data: z.unknown(),
      }),
    ),
    statementLine: statementLine.nullable(),
    /** Null when nothing is left to apply. */
    match: match.nullable(),
    /** Why a machine applied it: what was looked at, what else would fit, and how sure it was. Null where a person did. */
    certificate: z
      .object({ rule: z.string(), probability: z.string().nullable(), certificate: z.unknown() })
      .nullable(),
    /** What of it settled debts to other companies, and what came back from there. */
    handovers: z.array(handoverRow),
    /** Companies whose items it may settle, beside those of its own. */
    otherCompanies: z.array(z.object({ id: z.string(), name: z.string() })),
    may: z.object({ apply: may, unapply: may, return: may, identify: may, handOver: may }),
  }),
  refusals: PAYMENT,
});

/** Money received. */
export const recordPayment = operation({
  id: 'record-payment',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/payments',
  summary:
    'Records money received: on account until applied; allocations apply it at once. Refunds are granted, see `grant-refund`.',
  tag: PAYMENTS,
  permission: 'payment.record',
  body: z.object({
    companyId: companyIdIn,
    /** Left out while nobody knows who paid. */
    customerId: customerIdIn.optional(),
    /** Always `received`: money that goes back is recorded against a refund that was granted. */
    direction: paymentDirection.default('received'),
    /** Value date. */
    receivedOn: day,
    amount: amountIn,
    method: paymentMethod.default('transfer'),
    reference: z.string().trim().max(500).default(''),
    payerName: textLine(200).optional(),
    payerAccount: textLine(64).optional(),
    /** Id of the payment in another system; one payment only can have it. */
    externalId: textLine(200).optional(),
    /** What to settle at once. */
    allocations: allocations.optional(),
  }),
  reply: z.object({
    paymentId: z.string(),
    itemId: z.string(),
    number: z.string(),
    applied: applied.nullable(),
  }),
  refusals: {
    ...COMPANY,
    ...CUSTOMER,
    ...RATE,
    ...SETTLING_SHORT,
    amount_not_positive: [400, 'The amount of a payment is above zero.'],
    refund_not_granted: [
      409,
      'Money that goes back is not recorded here. Grant a refund, have it approved, then order it or record it as paid.',
    ],
    received_in_future: [409, 'The value date is after today.'],
    external_id_taken: [409, 'A payment with this external id is recorded already.'],
    series_not_found: [409, 'The company has no number series for payments.'],
  },
});

/** A payment settles open items. */
export const applyPayment = operation({
  id: 'apply-payment',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/payments/:paymentId/applications',
  summary: 'Applies a payment to the open items named. Add ?rehearse=1 to see what it would do.',
  tag: PAYMENTS,
  permission: 'payment.apply',
  params: z.object({ paymentId: paymentIdIn }),
  body: z.object({
    allocations,
    /** Grants what the payment earns by its value date, where no discount is asked for. */
    takeDiscounts: z.boolean().optional(),
    /** Drops what the company's rules let drop where the payment is short, where no difference is asked for. */
    takeTolerance: z.boolean().optional(),
    ...lettingGo,
    /**
     * Credits that settle a part of items before the payment does: credit notes, or what other payments have on account. They
     * are taken back with it.
     */
    credits: z
      .array(z.object({ creditItemId: itemIdIn, itemId: itemIdIn, amount: amountIn }))
      .max(ALLOCATIONS_MAX)
      .optional(),
    on: day.optional(),
  }),
  reply: applied,
  refusals: {
    ...LETTING_GO,
    ...PAYMENT,
    ...SETTLING_SHORT,
    wrong_customer: [
      409,
      'A credit belongs to another customer than the item it is named for. It settles items of its own customer, or of its group where the matching rules of the company say so.',
    ],
    credits_beside_refund: [
      409,
      'Credits go beside money that came in. A refund is taken from a credit: name that credit itself.',
    ],
    payment_returned: [409, 'This payment came back; nothing can be applied from it.'],
  },
});

/** A receipt is applied as its remittance says. */
export const applyRemittance = operation({
  id: 'apply-remittance',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/remittances/:remittanceId/apply',
  summary:
    'Applies the receipt of a remittance exactly as its lines say, and opens a deduction for what was kept back.',
  tag: 'Remittances',
  permission: 'payment.apply',
  params: z.object({ remittanceId: idText }),
  body: z.object({}),
  reply: applied,
  refusals: {
    ...PAYMENT,
    ...SETTLING,
    ...APPLYING_REMITTANCE,
    payment_returned: [409, 'This payment came back; nothing can be applied from it.'],
  },
});

/** Applications are taken back. */
export const unapplyPayment = operation({
  id: 'unapply-payment',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/payments/:paymentId/unapplications',
  summary: 'Takes applications of a payment back: those named, or all. Items are open again as they were.',
  tag: PAYMENTS,
  permission: 'payment.apply',
  params: z.object({ paymentId: paymentIdIn }),
  body: z.object({
    /** Left out: all that stand. */
    applicationIds: z.array(applicationIdIn).min(1).max(ALLOCATIONS_MAX).optional(),
    on: day.optional(),
  }),
  reply: z.object({
    paymentId: z.string(),
    unapplied: moneyText,
    on: dayText,
    takenBack: z.array(z.object({ applicationId: z.string(), itemId: z.string(), amount: moneyText })),
    items: z.array(settledItem),
  }),
  refusals: {
    ...PAYMENT,
    ...REVERSING,
    payment_returned: [409, 'This payment came back; its applications were taken back with it.'],
    application_not_found: [404, 'An application does not exist, was taken back, or is not of this payment.'],
    nothing_to_unapply: [409, 'Nothing of this payment is applied.'],
  },
});

/** The money came back to the payer. */
export const returnPayment = operation({
  id: 'return-payment',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/payments/:paymentId/return',
  summary: 'Books that a received payment bounced: what it settled is open again with its first due dates.',
  tag: PAYMENTS,
  permission: 'payment.return',
  params: z.object({ paymentId: paymentIdIn }),
  body: z.object({
    on: day.optional(),
    /** Why, as the bank said: `insufficient funds`, `AC04`. */
    reason: reasonText,
    /** The bank's code for it, of SEPA (`AM04`) or of the clearing house (`R01`). */
    code: returnCode.optional(),
    /** What the bank took on top: booked as a bank charge with the return. */
    fee: amountIn.optional(),
    /** The bank line that took the money, and the fee with it. */
    statementLineId: lineIdIn.optional(),
  }),
  reply: z.object({
    paymentId: z.string(),
    returnedOn: dayText,
    amount: moneyText,
    fee: moneyText,
    takenBack: z.number().int(),
    items: z.array(settledItem),
  }),
  refusals: {
    ...PAYMENT,
    ...REVERSING,
    ...SETTLING,
    payment_returned: [409, 'This payment was returned already.'],
    refund_was_granted: [409, 'This is a refund that was granted. Record under Refunds that it came back.'],
    statement_line_not_found: [404, 'There is no statement line with this id.'],
    statement_line_not_the_return: [
      409,
      'This statement line is not the return: it must take the same amount, and the fee on top, from an account of the same company.',
    ],
    return_fee_not_valid: [400, 'The fee is in the currency of the payment, and not below zero.'],
    ...RATE,
    statement_line_used: [409, 'This statement line is recorded as the return of another payment.'],
    statement_line_explained: [
      409,
      'This statement line was explained as something else. Take that back in the tie-out first.',
    ],
    returned_in_future: [409, 'The day of the return is after today.'],
  },
});

/** Who paid, or paid for whom. */
export const identifyPayment = operation({
  id: 'identify-payment',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/payments/:paymentId/customer',
  summary: 'Says whose money it is: what is unapplied of the payment then stands with that customer.',
  tag: PAYMENTS,
  permission: 'payment.apply',
  params: z.object({ paymentId: paymentIdIn }),
  body: z.object({
    /** Null: nobody knows whose it is, after all. */
    customerId: customerIdIn.nullable(),
    on: day.optional(),
  }),
  reply: z.object({
    paymentId: z.string(),
    customerId: z.string().nullable(),
    moved: moneyText,
    on: dayText,
  }),
  refusals: {
    ...PAYMENT,
    ...CUSTOMER,
    ...SETTLING,
    payment_returned: [409, 'This payment came back; it belongs to nobody any more.'],
    refund_not_movable: [409, 'A refund was paid to its customer and stays with it.'],
    dated_in_future: [409, 'The date is after today. Use today or an earlier date.'],
    payment_already_identified: [409, 'The payment stands there already.'],
  },
});

/** The automatic rule once more. */
export const applyReceipts = operation({
  id: 'apply-receipts',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/receipts/applications',
  summary:
    'Looks again at receipts that wait and applies those that only one set of invoices can be meant by.',
  tag: PAYMENTS,
  permission: 'payment.apply',
  body: z.object({
    /** Left out: all companies. */
    companyId: companyIdIn.optional(),
    /** The `next` of the call before. */
    after: z.string().max(400).optional(),
  }),
  reply: z.object({
    looked: z.number().int(),
    applied: z.number().int(),
    waiting: z.number().int(),
    /** Not null when there are more to look at. */
    next: z.string().nullable(),
  }),
  refusals: COMPANY,
});
