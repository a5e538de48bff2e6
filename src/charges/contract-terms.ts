// What is asked for late payment: terms, reference rates, how customers are charged, and an example reckoned.

import { z } from 'zod';
import { amountIn, day, dayText, may, momentText, moneyText, operation, textLine } from '#http/contract.ts';
import { FIXED_SUMS_MAX, REFERENCE_RATES_MAX } from '#kernel/limits.ts';
import { companyIdIn, customerBrief, customerIdIn } from '#parties/contract.ts';
import { SETTLEMENT_CALENDARS } from '#terms/settlement-calendar.ts';
import {
  COMPANY_NOT_FOUND,
  CUSTOMER_NOT_FOUND,
  RATE_MISSING,
  spanReply,
  TAG,
  TERMS_REFUSALS,
} from './contract-shapes.ts';
import { DAY_COUNTS } from './day-count.ts';
import { DEBTOR_KINDS } from './policy.ts';

const amountText = z.object({ amount: z.string().max(30), currency: z.string().length(3) });
const decimalText = z.string().max(30);

/** The code of a reference rate: `ecb-mro`, or one of your own. */
const rateCode = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,29}$/, 'rate_code_not_valid')
  .meta({ examples: ['ecb-mro'] });

const rateTerms = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('fixed'), percent: decimalText }),
  z.object({ mode: z.literal('monthly'), percent: decimalText }),
  z.object({
    mode: z.literal('reference'),
    code: rateCode,
    margin: decimalText,
    moves: z.enum(['each_half_year', 'fixed_at_start']),
    referenceDay: z.enum(['first_day', 'day_before']),
  }),
]);

/** Terms for late payment, in requests and replies alike. */
export const termsText = z
  .object({
    name: textLine(100),
    basis: z.enum(['contract', 'statutory']),
    /** The law or clause it rests on. */
    legalSource: textLine(500),
    rate: rateTerms,
    dayCount: z.enum(DAY_COUNTS),
    graceDays: z.number().int().min(0).max(365),
    startRule: z.enum(['day_after_due', 'day_after_grace']),
    /** Where a due date that is no business day moves to. */
    dueShift: z.enum(['none', 'following', 'modified_following', 'preceding']),
    /** Whose closing days are no business days, besides Saturdays and Sundays. */
    dueCalendar: z.enum(SETTLEMENT_CALENDARS).nullable().optional(),
    /** Whether the day money is received still bears interest. */
    receiptDay: z.enum(['free', 'charged']),
    creditNotes: z.enum(['from_their_day', 'from_start']),
    netCredits: z.boolean(),
    paidLate: z.boolean(),
    debtors: z.array(z.enum(DEBTOR_KINDS)).max(DEBTOR_KINDS.length),
    /** Below it nothing is charged yet; one for each currency. */
    minimums: z.array(amountText).max(FIXED_SUMS_MAX),
    /** The most that is asked on one item as interest, in percent of its amount. */
    capPercent: decimalText.nullable(),
    capAmounts: z.array(amountText).max(FIXED_SUMS_MAX),
    /** Interest ends so many days after the due date. */
    maxDays: z.number().int().min(1).max(36_500).nullable(),
    /** Fixed sums for debts of so much or more. */
    fixedSums: z.array(z.object({ from: amountText, fee: amountText })).max(FIXED_SUMS_MAX),
    /** Fees for reminders by phase. */
    reminderFees: z.array(z.object({ phase: textLine(40), fee: amountText })).max(FIXED_SUMS_MAX),
    /** Days until a charge is due itself. */
    paymentDays: z.number().int().min(0).max(365),
  })
  .meta({ id: 'LateTerms' });

const policyReply = z.object({
  policyId: z.string(),
  /** Null: for everybody without terms of their own. */
  customer: customerBrief.nullable(),
  /** Counts for what is issued from this day on. */
  validFrom: dayText,
  terms: termsText.nullable(),
  exempt: z.boolean(),
  recordedBy: z.string(),
});

const missingRate = z.object({ code: z.string(), name: z.string(), on: dayText });

export const readChargeSettings = operation({
  id: 'read-charge-settings',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/charge-policies',
  summary:
    'What a company asks for late payment, by its versions; terms to start from; reference rates that are missing.',
  tag: TAG,
  permission: 'book.read',
  query: z.object({ companyId: companyIdIn }),
  reply: z.object({
    policies: z.array(policyReply),
    readyMade: z.array(z.object({ code: z.string(), country: z.string(), terms: termsText })),
    /** Rates that terms in force need for the present half-year and nobody stated. */
    missingRates: z.array(missingRate),
    may: z.object({ configure: may, post: may }),
  }),
  refusals: { company_not_found: COMPANY_NOT_FOUND },
});

export const replaceChargePolicy = operation({
  id: 'replace-charge-policy',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/charge-policies',
  summary:
    'Puts terms for late payment in force for what is issued from a day on. Earlier versions are kept.',
  tag: TAG,
  permission: 'charge.configure',
  body: z.object({
    companyId: companyIdIn,
    /** Left out: everybody without terms of their own. */
    customerId: customerIdIn.optional(),
    validFrom: day,
    /** Null: nothing is asked; of a customer, the company’s terms count again. */
    terms: termsText.nullable(),
    /** Nothing is asked of this customer, whatever the company’s terms. */
    exempt: z.boolean().optional(),
  }),
  reply: z.object({ policyId: z.string() }),
  refusals: {
    company_not_found: COMPANY_NOT_FOUND,
    customer_not_found: CUSTOMER_NOT_FOUND,
    exempt_without_customer: [400, 'Only a customer can be exempt. For everybody, give no terms.'],
    exempt_with_terms: [400, 'A customer who is exempt has no terms.'],
    ...TERMS_REFUSALS,
  },
});

export const calculateInterest = operation({
  id: 'calculate-interest',
  kind: 'query',
  method: 'POST',
  path: '/api/v1/interest-calculations',
  summary: 'Reckons interest on an example by given terms, without storing anything.',
  tag: TAG,
  permission: 'book.read',
  body: z.object({
    terms: termsText,
    amount: amountIn,
    dueOn: day,
    through: day,
    debtor: z.enum(DEBTOR_KINDS).default('business'),
    payments: z
      .array(z.object({ on: day, amount: amountIn }))
      .max(FIXED_SUMS_MAX)
      .default([]),
  }),
  reply: z.object({
    spans: z.array(spanReply),
    interest: moneyText,
    daily: moneyText,
    /** Null where none is asked. */
    fixedSum: moneyText.nullable(),
  }),
  refusals: {
    ...TERMS_REFUSALS,
    amount_not_positive: [400, 'Amounts are above zero.'],
    wrong_currency: [400, 'Payments are in the currency of the debt.'],
    calculation_too_long: [400, 'At most a hundred years are reckoned.'],
    reference_rate_missing: RATE_MISSING,
  },
});

// — reference rates —

export const readReferenceRates = operation({
  id: 'read-reference-rates',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/reference-rates',
  summary:
    'Reference rates with their days and sources: those Quittance comes with, and those recorded here.',
  tag: TAG,
  permission: 'book.read',
  reply: z.object({
    histories: z.array(
      z.object({
        code: z.string(),
        name: z.string(),
        knownThrough: dayText,
        rates: z.array(
          z.object({
            validFrom: dayText,
            percent: z.string(),
            source: z.string(),
            /** Null for what Quittance comes with. */
            recordedAt: momentText.nullable(),
          }),
        ),
      }),
    ),
    may: z.object({ record: may }),
  }),
});

export const recordReferenceRates = operation({
  id: 'record-reference-rates',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/reference-rates',
  summary:
    'States reference rates: from that day on, so many percent. Stated again for a day, the later statement counts.',
  tag: TAG,
  permission: 'charge.configure',
  body: z.object({
    rates: z
      .array(
        z.object({
          code: rateCode,
          validFrom: day,
          percent: decimalText,
          source: textLine(200),
        }),
      )
      .min(1)
      .max(REFERENCE_RATES_MAX),
  }),
  reply: z.object({ recorded: z.number().int() }),
  refusals: {
    number_not_decimal: TERMS_REFUSALS.number_not_decimal,
    rate_too_precise: TERMS_REFUSALS.rate_too_precise,
    rate_too_high: [400, 'No reference rate is above 100 percent, or as far below zero.'],
    rate_named_twice: [400, 'The same rate and day stand twice in the list.'],
  },
});

// — customers —

export const readCustomerCharging = operation({
  id: 'read-customer-charging',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/customers/:customerId/charging',
  summary:
    'How a customer is charged for late payment: kind of debtor, own terms, what was charged and is open of it.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ customerId: customerIdIn }),
  reply: z.object({
    debtorKind: z.enum(DEBTOR_KINDS),
    policies: z.array(policyReply),
    may: z.object({ configure: may }),
  }),
  refusals: { customer_not_found: CUSTOMER_NOT_FOUND },
});

export const changeDebtorKind = operation({
  id: 'change-debtor-kind',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/customers/:customerId/debtor-kind',
  summary: 'Says whether a customer is a business, a public authority or a consumer.',
  tag: TAG,
  permission: 'charge.configure',
  params: z.object({ customerId: customerIdIn }),
  body: z.object({ kind: z.enum(DEBTOR_KINDS) }),
  reply: z.object({ customerId: z.string(), kind: z.string() }),
  refusals: { customer_not_found: CUSTOMER_NOT_FOUND },
});
