// What requests and replies on payments are made of, and the refusals that several operations share.

import { z } from 'zod';
import { APPROVAL_REQUIRED } from '#approvals/contract.ts';
import { DISPUTING, disputeOpened, disputeSaid } from '#disputes/contract.ts';
import {
  amountIn,
  dayText,
  idText,
  momentText,
  moneyText,
  type RefusalMeaning,
  textLine,
} from '#http/contract.ts';
import type { ApplicationId, PaymentId, StatementLineId } from '#kernel/id.ts';
import { ALLOCATIONS_MAX } from '#kernel/limits.ts';
import { itemIdIn } from '#ledger/contract.ts';
import { DIFFERENCE_KINDS } from '#ledger/settlement.ts';
import { WRITE_OFF_KINDS, writeOffFacts } from '#writeoffs/contract.ts';

export const PAYMENTS = 'Payments';
export const BANK = 'Bank';

export const PAYMENT_STATES = ['unapplied', 'applied', 'returned'] as const;
export const PAYMENT_DIRECTIONS = ['received', 'refunded'] as const;
export const PAYMENT_METHODS = ['transfer', 'direct_debit', 'card', 'cheque', 'cash', 'other'] as const;

/** Why an open item is a candidate for a receipt. */
export const CANDIDATE_REASONS = [
  'reference_named',
  'amount_exact',
  'amount_less_discount',
  'sum_exact',
  'suggested',
  'same_customer',
  'payer_account',
  'payer_word',
  'payer_name',
  'similar_name',
] as const;

/** What a look at a receipt found: up to `proportional` it is applied, for all others it waits. */
export const MATCH_RULES = [
  'reference_sum_exact',
  'reference_sum_less_discount',
  'reference_sum_less_charge',
  'reference_sum_within_tolerance',
  'reference_sum_less_credit',
  'reference_sum_of_group',
  'only_sum',
  'only_sum_less_credit',
  'only_sum_of_group',
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

export const paymentState = z.enum(PAYMENT_STATES);
export const paymentDirection = z.enum(PAYMENT_DIRECTIONS);
export const paymentMethod = z.enum(PAYMENT_METHODS);
export const reasonText = textLine(500);
/** Why a payment came back, in a bank's code. */
export const returnCode = z.string().regex(/^[A-Z0-9]{2,8}$/);

// — refusals that several operations share —

export const PAYMENT: Readonly<Record<string, RefusalMeaning>> = {
  payment_not_found: [404, 'There is no payment with this id.'],
};
export const CUSTOMER: Readonly<Record<string, RefusalMeaning>> = {
  customer_not_found: [404, 'There is no customer with this id.'],
};
export const COMPANY: Readonly<Record<string, RefusalMeaning>> = {
  company_not_found: [404, 'There is no company with this id.'],
};
export const RATE: Readonly<Record<string, RefusalMeaning>> = {
  exchange_rate_missing: [
    409,
    'There is no exchange rate for this currency and day. Record one, then repeat.',
  ],
  amount_too_large: [409, 'At its exchange rate the amount is larger than the books can hold.'],
};

/** What settling refuses, whichever way it is asked for. */
export const SETTLING: Readonly<Record<string, RefusalMeaning>> = {
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
  credit_granted_back: [
    409,
    'This credit was granted back as a refund. Use what is left beside it, or withdraw the refund first.',
  ],
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
};

/** What applying refuses where a difference beyond the limit of who acts may be dropped, or the rest written off. */
export const SETTLING_SHORT: Readonly<Record<string, RefusalMeaning>> = {
  ...SETTLING,
  ...APPROVAL_REQUIRED,
};

export const REVERSING: Readonly<Record<string, RefusalMeaning>> = {
  discount_taken_back: [
    409,
    'A credit note takes back a discount that goes with this payment. Void the credit note first, and give it again after.',
  ],
  dated_in_future: [409, 'The date is after today. Use today or an earlier date.'],
  reversed_too_early: [409, 'The date is before what is taken back was booked. Use a later date.'],
  changed_meanwhile: [409, 'Somebody else changed this at the same moment. Look again and repeat.'],
};

// — pieces —

export const paymentIdIn = idText.transform((text) => text as PaymentId);
export const applicationIdIn = idText.transform((text) => text as ApplicationId);
export const lineIdIn = idText.transform((text) => text as StatementLineId);

/** A customer as shown beside an amount. */
export const customerRef = z.object({ id: z.string(), number: z.string(), name: z.string() });

const allocation = z.object({
  itemId: itemIdIn,
  amount: amountIn,
  /** Early-payment discount granted on top of the amount. */
  discount: amountIn.optional(),
  /** An underpayment dropped on top of the amount: by rule, within the limit of who acts, or with an approval. */
  difference: amountIn.optional(),
  /** What the difference is: a small balance, or what banks kept on the way (booked to bank charges). */
  differenceKind: z.enum(DIFFERENCE_KINDS).optional(),
});

export const allocations = z.array(allocation).max(ALLOCATIONS_MAX);

/** An item after something was settled with it. */
export const settledItem = z.object({ itemId: z.string(), reference: z.string(), open: moneyText });

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

export const DIFFERENCE_BASES = ['tolerance', 'stated', 'limit', 'approval'] as const;

/**
 * What a payment was short by: dropped by rule, because the bank's statement says what was kept, within the limit of who acts, or by approval; or it could be dropped by rule
 * and stays open.
 */
const notedDifference = z.object({
  itemId: z.string(),
  reference: z.string(),
  kind: z.enum(DIFFERENCE_KINDS),
  state: z.enum([...DIFFERENCE_BASES, 'available']),
  difference: moneyText,
  /** The most that the rule, or the limit, lets drop of this item. */
  allowed: moneyText,
});

/** What applying did. */
export const applied = z.object({
  paymentId: z.string(),
  unapplied: moneyText,
  /** Business date of the application. */
  on: dayText,
  applications: z.array(
    z.object({ applicationId: z.string(), itemId: z.string(), reference: z.string(), amount: moneyText }),
  ),
  items: z.array(settledItem),
  /** Credits that settled a part of these items beside the payment: which, of what, and how much. */
  credits: z.array(
    z.object({
      applicationId: z.string(),
      credit: z.string(),
      itemId: z.string(),
      reference: z.string(),
      amount: moneyText,
    }),
  ),
  /** Discounts for paying early that were granted, could be granted, or were missed. */
  discounts: z.array(notedDiscount),
  /** What the payment was short by and was dropped, or could be dropped by rule. */
  differences: z.array(notedDifference),
  /** Deductions that were opened for what was kept back. */
  deductions: z.array(disputeOpened),
  /** What was written off of what was left open. */
  writeOffs: z.array(
    z.object({
      writeOffId: z.string(),
      number: z.string(),
      kind: z.enum(WRITE_OFF_KINDS),
      amount: moneyText,
    }),
  ),
});

export const paymentRow = z.object({
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
  /** What of it no refund speaks for that was granted and is not paid yet: so much can be used. */
  free: moneyText,
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
      customer: customerRef.nullable(),
      dueOn: dayText,
      open: moneyText,
      amount: moneyText,
      discount: moneyText.nullable(),
    }),
  ),
  /** Credit notes that the sum is less: they are applied to its documents in the same act, the payment is for the rest of them. */
  credits: z.array(
    z.object({
      itemId: z.string(),
      documentId: z.string(),
      reference: z.string(),
      customer: customerRef.nullable(),
      dueOn: dayText,
      open: moneyText,
    }),
  ),
  /** How the credits go to the documents. */
  nettings: z.array(
    z.object({
      creditItemId: z.string(),
      itemId: z.string(),
      reference: z.string(),
      customer: customerRef.nullable(),
      dueOn: dayText,
      open: moneyText,
      amount: moneyText,
    }),
  ),
});

/** What matching says of a receipt, what it may be for, and the items it weighed, likeliest first. */
export const match = z.object({
  decision: z.enum(['apply', 'wait']),
  rule: z.enum(MATCH_RULES),
  /** Who the payer seems to be, if exactly one customer. */
  payer: customerRef.nullable(),
  /** The likeliest first. */
  suggestions: z.array(suggestion),
  candidates: z.array(candidate),
});

export const statementLine = z.object({
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

/** What is let go of items beside a payment that settles them. */
export const lettingGo = {
  /** What the payer kept back of these items, and why: each becomes a deduction. */
  deductions: z
    .array(disputeSaid.extend({ itemId: itemIdIn, amount: amountIn }))
    .max(ALLOCATIONS_MAX)
    .optional(),
  /** What the payment leaves open of these items and is written off in the same act; it goes with the application. */
  writeOff: z
    .object({
      kind: z.enum(WRITE_OFF_KINDS),
      reason: textLine(500),
      facts: z.object(writeOffFacts).optional(),
      items: z
        .array(z.object({ itemId: itemIdIn, amount: amountIn }))
        .min(1)
        .max(ALLOCATIONS_MAX),
    })
    .optional(),
};

/** What that refuses. */
export const LETTING_GO: Readonly<Record<string, RefusalMeaning>> = {
  ...DISPUTING,
  write_off_of_other_item: [400, 'A write-off is named for an item that the payment does not settle.'],
  not_an_invoice: [409, 'Only what is left of an invoice or a charge can be written off.'],
  series_not_found: [409, 'The company has no number series for write-offs.'],
  deduction_of_other_item: [400, 'A deduction is named for an item that the payment does not settle.'],
};
