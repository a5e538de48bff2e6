// The operations of payments: money in and out, applying it and taking back, returns, write-offs, bank accounts and
// statements. Receipts that a machine may not apply by itself show what they could be for.

import { z } from 'zod';
import { APPROVAL_REQUIRED } from '#approvals/contract.ts';
import { DISPUTING, disputeOpened, disputeSaid } from '#disputes/contract.ts';
import {
  amountIn,
  currencyCode,
  day,
  dayText,
  idText,
  may,
  momentText,
  moneyText,
  operation,
  pageOf,
  pageQuery,
  type RefusalMeaning,
  textLine,
} from '#http/contract.ts';
import type { ApplicationId, PaymentId, StatementLineId } from '#kernel/id.ts';
import { ALLOCATIONS_MAX, COLUMNS_MAX, WRITE_OFF_ITEMS_MAX } from '#kernel/limits.ts';
import { itemIdIn } from '#ledger/contract.ts';
import { companyIdIn, customerIdIn } from '#parties/contract.ts';
import { APPLYING_REMITTANCE } from '#remittances/contract.ts';

const PAYMENTS = 'Payments';
const WRITE_OFFS = 'Write-offs';
const BANK = 'Bank';

export const PAYMENT_STATES = ['unapplied', 'applied', 'returned'] as const;
export const PAYMENT_DIRECTIONS = ['received', 'refunded'] as const;
export const PAYMENT_METHODS = ['transfer', 'direct_debit', 'card', 'cheque', 'cash', 'other'] as const;
export const WRITE_OFF_KINDS = ['bad_debt', 'small_balance', 'dispute', 'goodwill'] as const;

/** Why an open item is a candidate for a receipt. */
export const CANDIDATE_REASONS = [
  'reference_named',
  'amount_exact',
  'amount_less_discount',
  'sum_exact',
  'suggested',
  'same_customer',
  'payer_account',
  'payer_name',
] as const;

/** What a look at a receipt found: the first eight are applied, for all others the receipt waits. */
export const MATCH_RULES = [
  'reference_sum_exact',
  'reference_sum_less_discount',
  'reference_sum_within_tolerance',
  'only_sum',
  'likeliest_of_all_sums',
  'likeliest_by_habit',
  'oldest_first',
  'proportional',
  'nothing_found',
  'reference_of_several_customers',
  'reference_ambiguous',
  'reference_names_credit',
  'reference_amount_differs',
  'reference_discount_late',
  'reference_in_other_currency',
  'reference_already_settled',
  'payer_of_several_customers',
  'payer_unknown',
  'several_sums',
  'could_be_coincidence',
  'no_sum',
  'amounts_too_large',
  'customer_by_reference',
  'customer_by_hand',
  'too_many_candidates',
  'returned_by_bank',
] as const;

const paymentState = z.enum(PAYMENT_STATES);
const paymentDirection = z.enum(PAYMENT_DIRECTIONS);
const paymentMethod = z.enum(PAYMENT_METHODS);
const writeOffKind = z.enum(WRITE_OFF_KINDS);
const reasonText = textLine(500);

// — refusals that several operations share —

const PAYMENT: Readonly<Record<string, RefusalMeaning>> = {
  payment_not_found: [404, 'There is no payment with this id.'],
};
const CUSTOMER: Readonly<Record<string, RefusalMeaning>> = {
  customer_not_found: [404, 'There is no customer with this id.'],
};
const COMPANY: Readonly<Record<string, RefusalMeaning>> = {
  company_not_found: [404, 'There is no company with this id.'],
};
const RATE: Readonly<Record<string, RefusalMeaning>> = {
  exchange_rate_missing: [
    409,
    'There is no exchange rate for this currency and day. Record one, then repeat.',
  ],
  amount_too_large: [409, 'At its exchange rate the amount is larger than the books can hold.'],
};

/** What applying refuses, whichever way it is asked for. */
const SETTLING: Readonly<Record<string, RefusalMeaning>> = {
  item_not_found: [404, 'One of the open items does not exist.'],
  nothing_to_apply: [409, 'There is nothing to apply: name items with amounts above zero.'],
  too_many_allocations: [400, 'Too many items at once. Apply in several steps.'],
  item_named_twice: [400, 'An item is named twice. Add its amounts together.'],
  own_item_named: [400, 'A payment cannot be applied to itself.'],
  wrong_company: [409, 'Payment and item belong to different companies.'],
  wrong_currency: [409, 'Payment and item are in different currencies.'],
  not_a_debit: [409, 'A received payment settles what is owed to us; this item is a credit.'],
  not_a_credit: [409, 'A refund pays back a credit; this item is owed to us.'],
  dated_in_future: [409, 'The date is after today. Use today or an earlier date.'],
  applied_too_early: [
    409,
    'On that date the payment or the item was not booked yet, or was applied otherwise. Use a later date.',
  ],
  exceeds_open: [409, 'More is given than is open on the item. Give at most what is open.'],
  exceeds_unapplied: [409, 'More is given than the payment has left.'],
  discount_exceeds_tolerance: [
    409,
    'The discount is too large to be given in passing. Issue a credit note, which needs its own right.',
  ],
  discount_not_earned: [
    409,
    'The payment did not earn this discount: it came too late or was too small, and the company refuses to grant it.',
  ],
  difference_exceeds_tolerance: [
    409,
    'The machine drops a difference only by a rule of the company. Apply the rest by hand.',
  ],
  difference_negative: [
    400,
    'A difference is what was paid too little. What was paid too much stays on account.',
  ],
  ...APPROVAL_REQUIRED,
};

const REVERSING: Readonly<Record<string, RefusalMeaning>> = {
  discount_taken_back: [
    409,
    'A credit note takes back a discount that goes with this payment. Void the credit note first, and give it again after.',
  ],
  dated_in_future: [409, 'The date is after today. Use today or an earlier date.'],
  reversed_too_early: [409, 'The date is before what is taken back was booked. Use a later date.'],
  changed_meanwhile: [409, 'Somebody else changed this at the same moment. Look again and repeat.'],
};

// — pieces —

const paymentIdIn = idText.transform((text) => text as PaymentId);
const applicationIdIn = idText.transform((text) => text as ApplicationId);
const lineIdIn = idText.transform((text) => text as StatementLineId);

/** A customer as shown beside an amount. */
const customerRef = z.object({ id: z.string(), number: z.string(), name: z.string() });

const allocation = z.object({
  itemId: itemIdIn,
  amount: amountIn,
  /** Early-payment discount granted on top of the amount. */
  discount: amountIn.optional(),
  /** An underpayment dropped on top of the amount: by rule, within the limit of who acts, or with an approval. */
  difference: amountIn.optional(),
});

const allocations = z.array(allocation).max(ALLOCATIONS_MAX);

/** An item after something was settled with it. */
const settledItem = z.object({ itemId: z.string(), reference: z.string(), open: moneyText });

export const DISCOUNT_STATES = ['earned', 'available', 'unearned', 'late'] as const;

/**
 * A discount that an application had to do with: granted by right, to be had (not taken), granted without right, or missed
 * (the item stays open by it).
 */
const notedDiscount = z.object({
  itemId: z.string(),
  reference: z.string(),
  state: z.enum(DISCOUNT_STATES),
  discount: moneyText,
  /** What of it the payment earned. */
  earned: moneyText,
  untilOn: dayText.nullable(),
  percent: z.string().nullable(),
});

export const DIFFERENCE_BASES = ['tolerance', 'limit', 'approval'] as const;

/**
 * What a payment was short by: dropped by rule, within the limit of who acts, or by approval; or it could be dropped by rule
 * and stays open.
 */
const notedDifference = z.object({
  itemId: z.string(),
  reference: z.string(),
  state: z.enum([...DIFFERENCE_BASES, 'available']),
  difference: moneyText,
  /** The most that the rule, or the limit, lets drop of this item. */
  allowed: moneyText,
});

/** What applying did. */
const applied = z.object({
  paymentId: z.string(),
  unapplied: moneyText,
  /** Business date of the application. */
  on: dayText,
  applications: z.array(
    z.object({ applicationId: z.string(), itemId: z.string(), reference: z.string(), amount: moneyText }),
  ),
  items: z.array(settledItem),
  /** Discounts for paying early that were granted, could be granted, or were missed. */
  discounts: z.array(notedDiscount),
  /** What the payment was short by and was dropped, or could be dropped by rule. */
  differences: z.array(notedDifference),
  /** Deductions that were opened for what was kept back. */
  deductions: z.array(disputeOpened),
});

const paymentRow = z.object({
  paymentId: z.string(),
  number: z.string(),
  direction: paymentDirection,
  state: paymentState,
  companyId: z.string(),
  /** Null while nobody knows who paid. */
  customer: customerRef.nullable(),
  receivedOn: dayText,
  amount: moneyText,
  /** What is not applied yet; of a refund: what is not yet backed by a credit. Never negative. */
  unapplied: moneyText,
  method: paymentMethod,
  payerName: z.string().nullable(),
  payerAccount: z.string().nullable(),
  reference: z.string(),
  externalId: z.string().nullable(),
  statementLineId: z.string().nullable(),
  recordedAt: momentText,
});

const candidate = z.object({
  itemId: z.string(),
  documentId: z.string(),
  kind: z.string(),
  reference: z.string(),
  customer: customerRef.nullable(),
  dueOn: dayText,
  amount: moneyText,
  open: moneyText,
  /** 0 to 100, higher is likelier; for ordering, not a probability. */
  score: z.number().int(),
  reasons: z.array(z.enum(CANDIDATE_REASONS)),
});

/** What a suggestion is: documents that come to the amount, or what the amount is less or more than they come to. */
export const SUGGESTION_KINDS = [
  'sum',
  'rounding',
  'discount',
  'late_discount',
  'percent',
  'fee',
  'short',
  'over',
] as const;

const suggestion = z.object({
  customer: customerRef,
  /** 0 to 1; null where it explains an amount that is the sum of nothing. */
  probability: z.number().nullable(),
  kind: z.enum(SUGGESTION_KINDS),
  /** What the documents come to above the amount, discounts taken off before; below zero where more was paid. */
  short: moneyText,
  allocations: z.array(
    z.object({
      itemId: z.string(),
      documentId: z.string(),
      kind: z.string(),
      reference: z.string(),
      dueOn: dayText,
      open: moneyText,
      amount: moneyText,
      discount: moneyText.nullable(),
    }),
  ),
});

/** What matching says of a receipt, what it may be for, and the items it weighed, likeliest first. */
const match = z.object({
  decision: z.enum(['apply', 'wait']),
  rule: z.enum(MATCH_RULES),
  /** Who the payer seems to be, if exactly one customer. */
  payer: customerRef.nullable(),
  /** The likeliest first. */
  suggestions: z.array(suggestion),
  candidates: z.array(candidate),
});

const statementLine = z.object({
  lineId: z.string(),
  statementId: z.string(),
  bankAccountId: z.string(),
  lineNo: z.number().int(),
  bookedOn: dayText,
  valueOn: dayText,
  /** Money in is positive, money out negative. */
  amount: moneyText,
  payerName: z.string().nullable(),
  payerAccount: z.string().nullable(),
  endToEndId: z.string().nullable(),
  bankReference: z.string().nullable(),
  structuredReference: z.string().nullable(),
  remittance: z.string(),
  /** The bank says that this takes an earlier payment back. */
  returned: z.boolean(),
  paymentId: z.string().nullable(),
  /** For a line that takes a payment back: the payment it was recorded as the return of. */
  returnsPaymentId: z.string().nullable(),
});

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
        /** Kind of the item on the other side: invoice, credit_note, refund, return, … */
        kind: z.string(),
        reference: z.string(),
        customer: customerRef.nullable(),
        dueOn: dayText,
        amount: moneyText,
        discount: moneyText,
        difference: moneyText,
        method: z.string(),
        /** Why a machine applied it: rule, what matched, which rivals were considered. */
        evidence: z.unknown(),
        appliedOn: dayText,
        recordedAt: momentText,
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
    may: z.object({ apply: may, unapply: may, return: may, identify: may }),
  }),
  refusals: PAYMENT,
});

/** Money received or refunded. */
export const recordPayment = operation({
  id: 'record-payment',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/payments',
  summary:
    'Records money received (on account until applied; allocations apply it at once) or refunded from credit of a customer.',
  tag: PAYMENTS,
  permission: 'payment.record',
  body: z.object({
    companyId: companyIdIn,
    /** Left out while nobody knows who paid. A refund needs it. */
    customerId: customerIdIn.optional(),
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
    /**
     * What to settle at once. A refund is always taken from credits: those named here, which must add up to it, or, left
     * out, the oldest first.
     */
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
    ...SETTLING,
    amount_not_positive: [
      400,
      'The amount of a payment is above zero; say by `direction` which way it went.',
    ],
    received_in_future: [409, 'The value date is after today.'],
    refund_without_customer: [409, 'A refund names the customer it is paid to.'],
    refund_exceeds_credit: [409, 'A refund cannot be more than the credit the customer has.'],
    refund_not_backed: [400, 'The credits named do not add up to the refund.'],
    credit_of_other_customer: [409, 'A refund pays back credit of the customer it is paid to.'],
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
    /** What the payer kept back of these items, and why: each becomes a deduction. */
    deductions: z
      .array(disputeSaid.extend({ itemId: itemIdIn, amount: amountIn }))
      .max(ALLOCATIONS_MAX)
      .optional(),
    on: day.optional(),
  }),
  reply: applied,
  refusals: {
    ...DISPUTING,
    ...PAYMENT,
    ...SETTLING,
    deduction_of_other_item: [400, 'A deduction is named for an item that the payment does not settle.'],
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
    /** The bank line that took the money. */
    statementLineId: lineIdIn.optional(),
  }),
  reply: z.object({
    paymentId: z.string(),
    returnedOn: dayText,
    amount: moneyText,
    takenBack: z.number().int(),
    items: z.array(settledItem),
  }),
  refusals: {
    ...PAYMENT,
    ...REVERSING,
    ...SETTLING,
    payment_returned: [409, 'This payment was returned already.'],
    refund_not_returnable: [409, 'A refund that comes back is recorded as a payment received.'],
    statement_line_not_found: [404, 'There is no statement line with this id.'],
    statement_line_not_the_return: [
      409,
      'This statement line is not the return: it must take the same amount from an account of the same company.',
    ],
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
  body: z.object({ customerId: customerIdIn, on: day.optional() }),
  reply: z.object({ paymentId: z.string(), customerId: z.string(), moved: moneyText, on: dayText }),
  refusals: {
    ...PAYMENT,
    ...CUSTOMER,
    ...SETTLING,
    payment_returned: [409, 'This payment came back; it belongs to nobody any more.'],
    refund_not_movable: [409, 'A refund was paid to its customer and stays with it.'],
    dated_in_future: [409, 'The date is after today. Use today or an earlier date.'],
    payment_already_identified: [409, 'The payment stands with this customer already.'],
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

// — bank —

const bankAccount = z.object({
  bankAccountId: z.string(),
  companyId: z.string(),
  name: z.string(),
  /** IBAN without blanks, or the number the bank writes in its statements. */
  account: z.string(),
  currency: z.string(),
  createdAt: momentText,
});

/** The bank accounts of the tenant. */
export const listBankAccounts = operation({
  id: 'list-bank-accounts',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/bank-accounts',
  summary: 'The bank accounts of all companies, each with the day its statements reach to.',
  tag: BANK,
  permission: 'book.read',
  query: z.object({ companyId: companyIdIn.optional() }),
  reply: z.object({
    rows: z.array(
      bankAccount.extend({ lastStatementTo: dayText.nullable(), lastClosing: moneyText.nullable() }),
    ),
  }),
});

/** A bank account of a company. */
export const addBankAccount = operation({
  id: 'add-bank-account',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/bank-accounts',
  summary: 'Adds a bank account of a company, so that its statements are known.',
  tag: BANK,
  permission: 'bank.import',
  body: z.object({
    companyId: companyIdIn,
    name: textLine(100),
    account: textLine(64),
    currency: currencyCode,
  }),
  reply: z.object({ bankAccountId: z.string() }),
  refusals: {
    ...COMPANY,
    bank_account_taken: [409, 'This account and currency is known already.'],
    iban_not_valid: [400, 'This IBAN has a mistake: its check digits or its length do not fit.'],
    unknown_currency: [400, 'This is no currency of ISO 4217.'],
  },
});

const column = z.union([textLine(100), z.number().int().min(0).max(COLUMNS_MAX)]);
const columnOrFixed = z.union([z.object({ column }), z.object({ fixed: textLine(100) })]);
const words = z.array(textLine(60)).min(1).max(20);

/** What the columns of a bank's CSV mean; columns by their name in the header, or by their place counted from 0. */
const csvProfile = z.object({
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  skipLines: z.number().int().min(0).max(100).optional(),
  skipLastRows: z.number().int().min(0).max(100).optional(),
  hasHeader: z.boolean(),
  dateOrder: z.enum(['year_month_day', 'day_month_year', 'month_day_year']),
  decimalMark: z.enum(['.', ',']),
  amount: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('signed'), column, isInverted: z.boolean().optional() }),
    z.object({ kind: z.literal('flagged'), column, flag: column, debitWords: words, creditWords: words }),
    z.object({ kind: z.literal('two_columns'), debit: column, credit: column }),
  ]),
  currency: columnOrFixed,
  account: columnOrFixed.optional(),
  bookingDate: column,
  valueDate: column.optional(),
  counterpartyName: column.optional(),
  counterpartyAccount: column.optional(),
  text: z.array(column).max(20),
  bankReference: column.optional(),
  endToEndId: column.optional(),
  balanceAfter: column.optional(),
  balanceBefore: column.optional(),
  status: z.object({ column, bookedWords: words }).optional(),
});

/** How the CSV files of an account are read. */
export const setCsvProfile = operation({
  id: 'set-csv-profile',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/bank-accounts/:bankAccountId/csv-profile',
  summary: 'Says once what the columns of the CSV statements of a bank account mean.',
  tag: BANK,
  permission: 'bank.import',
  params: z.object({ bankAccountId: idText }),
  body: csvProfile,
  reply: z.object({ bankAccountId: z.string() }),
  refusals: { bank_account_not_found: [404, 'There is no bank account with this id.'] },
});

/** What readers of files refuse: the file is damaged, too large, or not what it seems. */
export const FILES: Readonly<Record<string, RefusalMeaning>> = {
  file_too_large: [413, 'The file is too large.'],
  bank_file_format_unknown: [
    415,
    'This is no statement in a format that is read. Download it as camt.053, MT940, BAI2, OFX or CSV.',
  ],
  bank_line_too_long: [400, 'A line of the file has no end. Download the file again, with its line ends.'],
  mt940_not_recognised: [
    415,
    'No SWIFT message begins in the file. Download the statement as MT940 or camt.053.',
  ],
  mt940_currency_missing: [
    400,
    'No balance of the statement names its currency. Ask the bank for a valid file.',
  ],
  mt940_field_too_long: [400, 'A field of the message does not end. Download the statement again.'],
  bai_not_recognised: [415, 'A BAI2 file begins with a file header (01). Download the file again.'],
  bai_record_too_long: [400, 'A record of the file does not end. Download the file again.'],
  bai_currency_unknown: [400, 'The currency of an account is not known, so that its amounts cannot be read.'],
  ofx_not_recognised: [415, 'This is no OFX file. Download the statement again.'],
  ofx_without_statement: [400, 'The bank answered with an error instead of a statement. Download it again.'],
  ofx_currency_missing: [400, 'The statement does not name its currency. Download it in another format.'],
  ofx_field_too_long: [400, 'A field of the file does not end. Download the file again.'],
  bank_file_needs_profile: [409, 'Say once what the columns of this CSV mean, then repeat.'],
  bank_csv_unclear: [
    409,
    'The columns of this CSV cannot be told for sure. Say what they mean, then repeat.',
  ],
  bank_csv_column_missing: [400, 'The CSV has no column of the name its profile says.'],
  bank_csv_accounts_mixed: [400, 'Rows of several accounts are mixed. Download each account by itself.'],
  csv_field_too_long: [400, 'A field of the CSV is too long. Perhaps a quotation mark is missing.'],
  csv_quote_misplaced: [400, 'A quotation mark stands where none may be.'],
  csv_quote_not_closed: [400, 'A quotation mark is not closed.'],
  csv_too_many_columns: [400, 'The CSV has too many columns.'],
  text_binary: [400, 'This is not a text file.'],
  text_encoding_unknown: [400, 'The encoding of the text is not known. Save it as UTF-8.'],
  text_encoding_wrong: [400, 'The text is not in the encoding it says. Save it as UTF-8.'],
  archive_damaged: [400, 'The archive is damaged. Download it again.'],
  archive_encrypted: [400, 'The archive is encrypted. Unpack it first.'],
  archive_suspicious: [400, 'The archive unpacks to far more than it is. Unpack it first.'],
  archive_too_large: [413, 'The archive unpacks to too much.'],
  archive_too_many_files: [413, 'The archive holds too many files.'],
  xml_not_well_formed: [400, 'The XML is broken. Download the file again.'],
  xml_dtd_refused: [400, 'The XML has a document type definition, which no bank writes.'],
  xml_entity_refused: [400, 'The XML refers to something outside itself.'],
  xml_part_too_large: [413, 'One entry of the file is too large.'],
  xml_text_too_long: [413, 'One text of the file is too long.'],
  xml_too_deep: [400, 'The XML is nested too deep.'],
  camt_not_recognised: [415, 'This XML is no bank statement (camt.053).'],
  camt_version_unknown: [415, 'This version of camt is not read. Ask the bank for version 08.'],
  camt_without_statement: [400, 'The file holds no statement at all.'],
  camt_amount_wrong: [400, 'An amount in the file cannot be read.'],
  camt_currency_missing: [400, 'An amount in the file has no currency.'],
  camt_sign_wrong: [400, 'An entry does not say whether money came or went.'],
  statement_too_many_entries: [413, 'The file holds too many entries. Split it.'],
  statement_too_many_details: [413, 'One entry of the file holds too many payments.'],
  too_many_lines: [413, 'The file holds too many entries. Split it.'],
  not_a_statement: [
    409,
    'This file announces or explains bookings (camt.052, camt.054, MT942) and is not booked. Hand it in as an announcement.',
  ],
  statement_not_readable: [
    400,
    'The file holds entries that cannot be booked as they are. The problems say where.',
  ],
};

/** A bank statement file. */
export const importStatement = operation({
  id: 'import-statement',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/bank-statements',
  summary:
    'Imports a bank statement file (camt.053, MT940, BAI2, OFX or CSV, also zipped), all of it or nothing. The same statement twice changes nothing.',
  tag: BANK,
  permission: 'bank.import',
  consumesFile: true,
  query: z.object({
    /** The account of a file that does not name one (CSV). */
    bankAccountId: idText.optional(),
    /** Adds accounts that are not known, to this company. */
    addAccountsTo: companyIdIn.optional(),
    /** `false`: only records the receipts and applies none. */
    apply: z.enum(['true', 'false']).default('true'),
  }),
  reply: z.object({
    fileName: z.string(),
    format: z.string(),
    sha256: z.string(),
    statements: z.array(
      z.object({
        /** Null when nothing in it was new. */
        statementId: z.string().nullable(),
        bankAccountId: z.string(),
        account: z.string(),
        /** The account was added by this import. */
        accountAdded: z.boolean(),
        currency: z.string(),
        statementRef: z.string(),
        sequenceNo: z.string().nullable(),
        from: dayText.nullable(),
        to: dayText.nullable(),
        opening: moneyText.nullable(),
        closing: moneyText.nullable(),
        /** Sum of the booked entries. */
        entries: moneyText,
        /** Opening + entries − closing: zero when the statement agrees, null when it gives no balances. */
        difference: moneyText.nullable(),
        lines: z.number().int(),
        newLines: z.number().int(),
        knownLines: z.number().int(),
        /** Entries that are announced only (pending, information) and not booked. */
        notBooked: z.number().int(),
        payments: z.number().int(),
        applied: z.number().int(),
        waiting: z.number().int(),
        returns: z.number().int(),
      }),
    ),
    /** What could not be read exactly as it stands; the list is bounded, `problemCount` is not. */
    problems: z.array(
      z.object({
        code: z.string(),
        message: z.string(),
        line: z.number().int().optional(),
        column: z.string().optional(),
        value: z.string().optional(),
      }),
    ),
    problemCount: z.number().int(),
    /** Entries in files of the same archive that announce only: hand the archive in as announcements too. */
    announced: z.number().int(),
  }),
  refusals: {
    ...FILES,
    ...COMPANY,
    ...RATE,
    bank_day_signed: [
      409,
      'The file has new lines for a day of this account that is signed off. Somebody else than who signed it has to open it again.',
    ],
    bank_account_unknown: [
      409,
      'The file is of an account that is not known. Add the account, or let the import add it to a company.',
    ],
    bank_account_not_named: [409, 'The file does not name its account. Say which account it is of.'],
    bank_account_not_found: [404, 'There is no bank account with this id.'],
    bank_account_differs: [409, 'The file is of another account than the one named.'],
    bank_account_taken: [409, 'Somebody added this account at the same moment. Repeat.'],
    unknown_currency: [409, 'The file is in a currency that books cannot be kept in.'],
    series_not_found: [409, 'The company has no number series for payments.'],
  },
});

const statementRow = z.object({
  statementId: z.string(),
  bankAccountId: z.string(),
  account: z.string(),
  accountName: z.string(),
  companyId: z.string(),
  statementRef: z.string(),
  sequenceNo: z.string().nullable(),
  from: dayText.nullable(),
  to: dayText.nullable(),
  opening: moneyText.nullable(),
  closing: moneyText.nullable(),
  entries: moneyText,
  /** Opening + entries − closing; zero when the statement agrees, null when it gives no balances. */
  difference: moneyText.nullable(),
  lines: z.number().int(),
  fileName: z.string(),
  recordedAt: momentText,
});

/** Imported statements, newest first. */
export const listBankStatements = operation({
  id: 'list-bank-statements',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/bank-statements',
  summary: 'Imported bank statements, newest first, each with what it is off by.',
  tag: BANK,
  permission: 'book.read',
  query: pageQuery.extend({
    bankAccountId: idText.optional(),
    /** `true`: only statements whose balances and entries do not agree. */
    differing: z.enum(['true', 'false']).optional(),
  }),
  reply: pageOf(statementRow),
});

/** One statement. */
export const getBankStatement = operation({
  id: 'get-bank-statement',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/bank-statements/:statementId',
  summary: 'An imported bank statement with its balances.',
  tag: BANK,
  permission: 'book.read',
  params: z.object({ statementId: idText }),
  reply: statementRow,
  refusals: { statement_not_found: [404, 'There is no bank statement with this id.'] },
});

/** Lines of statements. */
export const listStatementLines = operation({
  id: 'list-statement-lines',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/bank-statements/:statementId/lines',
  summary: 'The lines of an imported bank statement, in the order of the bank.',
  tag: BANK,
  permission: 'book.read',
  params: z.object({ statementId: idText }),
  query: pageQuery,
  reply: pageOf(statementLine),
  refusals: { statement_not_found: [404, 'There is no bank statement with this id.'] },
});

/** One line. */
export const getStatementLine = operation({
  id: 'get-statement-line',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/statement-lines/:lineId',
  summary:
    'A line of a bank statement; for money the bank took back, the payments that it may be the return of.',
  tag: BANK,
  permission: 'book.read',
  params: z.object({ lineId: idText }),
  reply: statementLine.extend({
    /** All that the bank said, as the file had it. */
    details: z.unknown(),
    returnCandidates: z.array(paymentRow),
  }),
  refusals: { statement_line_not_found: [404, 'There is no statement line with this id.'] },
});
