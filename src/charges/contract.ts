// What the API offers on late payment: what is asked by which terms, what would be charged, charging, waiving, and the sheet
// that shows how each cent was reckoned.

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
  type RefusalMeaning,
  textLine,
} from '#http/contract.ts';
import type { ItemId } from '#kernel/id.ts';
import {
  CHARGED_CUSTOMERS_MAX,
  DELIVER_INVOICES_MAX,
  FIXED_SUMS_MAX,
  REFERENCE_RATES_MAX,
} from '#kernel/limits.ts';
import { companyIdIn, customerBrief, customerIdIn } from '#parties/contract.ts';
import { SETTLEMENT_CALENDARS } from '#terms/settlement-calendar.ts';
import { CHARGE_CHANNELS } from './charge-mail.ts';
import { PART_KINDS } from './charging.ts';
import { DAY_COUNTS } from './day-count.ts';
import { DEBTOR_KINDS } from './policy.ts';

export { CHARGE_CHANNELS };

const TAG = 'Interest and fees';

const COMPANY_NOT_FOUND: RefusalMeaning = [404, 'There is no such company. See the list of companies.'];
const CUSTOMER_NOT_FOUND: RefusalMeaning = [404, 'There is no such customer. Search by number or name.'];
const CHARGE_NOT_FOUND: RefusalMeaning = [404, 'There is no such charge.'];
const RATE_MISSING: RefusalMeaning = [
  409,
  'Nobody stated the reference rate for this day. Record it with its source, or choose an earlier day.',
];
const EXCHANGE_RATE_MISSING: RefusalMeaning = [
  409,
  'There is no exchange rate for this day or before. Record one first.',
];

// — terms —

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

const TERMS_REFUSALS = {
  number_not_decimal: [400, 'A rate is a decimal number with a point, such as 9.2.'],
  rate_too_precise: [400, 'A rate has at most six decimals.'],
  rate_too_high: [400, 'No rate is above 100 percent a year. Check the percentage.'],
  rate_negative: [400, 'A rate of a contract is not negative.'],
  cap_not_positive: [400, 'A cap is above zero. Leave it out for none.'],
  fixed_sum_twice: [400, 'Two fixed sums begin at the same amount.'],
  currency_twice: [400, 'Give one amount for each currency.'],
  amount_negative: [400, 'The amount is negative.'],
  unknown_currency: [400, 'This is not the code of a currency.'],
  amount_not_decimal: [400, 'An amount is a decimal number with a point, such as 40.00.'],
  amount_too_many_decimals: [400, 'The amount has more decimals than its currency.'],
  amount_too_large: [400, 'The amount is larger than the books can hold.'],
} as const;

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

// — the sheet —

/** A row of a calculation sheet: days on which base and rate were the same. */
const spanReply = z
  .object({
    from: dayText,
    to: dayText,
    days: z.number().int(),
    yearDays: z.number().int(),
    base: moneyText,
    percent: z.string(),
    source: z.string(),
    /** Not rounded: six more decimals than needed, cut off. */
    amount: z.string(),
  })
  .meta({ id: 'InterestSpan' });

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

// — what would be charged —

const planRow = z.object({
  customer: customerBrief,
  currency: z.string(),
  interest: moneyText,
  fees: moneyText,
  total: moneyText,
  /** What is given back of earlier charges. */
  credit: moneyText,
  items: z.number().int(),
  /** Why it cannot be charged, as a refusal's code, or why it is held back: `below_minimum`. */
  problem: z.string().nullable(),
  /** What the refusal said, for people. */
  facts: z.record(z.string(), z.unknown()),
});

export const planCharges = operation({
  id: 'plan-charges',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/charge-plan',
  summary: 'What charging through a day would charge, customer by customer. Nothing is stored.',
  tag: TAG,
  permission: 'book.read',
  query: pageQuery.extend({ companyId: companyIdIn, through: day }),
  reply: pageOf(planRow),
  refusals: { company_not_found: COMPANY_NOT_FOUND },
});

const partReply = z.object({
  kind: z.enum(PART_KINDS),
  itemId: z.string().nullable(),
  documentId: z.string().nullable(),
  reference: z.string(),
  from: dayText.nullable(),
  to: dayText.nullable(),
  amount: moneyText,
  spans: z.array(spanReply),
});

export const planCustomerCharges = operation({
  id: 'plan-customer-charges',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/charge-plan/:customerId',
  summary: 'What one customer would be charged through a day, with the sheet of each item.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ customerId: customerIdIn }),
  query: z.object({ companyId: companyIdIn, through: day }),
  reply: z.object({ parts: z.array(partReply) }),
  refusals: {
    company_not_found: COMPANY_NOT_FOUND,
    customer_not_found: CUSTOMER_NOT_FOUND,
    reference_rate_missing: RATE_MISSING,
    exchange_rate_missing: EXCHANGE_RATE_MISSING,
  },
});

// — charges —

const shownCharge = z.object({
  chargeId: z.string(),
  kind: z.enum(['charge', 'charge_credit']),
  number: z.string(),
  customerId: z.string(),
  interest: z.string(),
  fees: z.string(),
  /** Negative for a credit. */
  total: z.string(),
  currency: z.string(),
});

export const postCharges = operation({
  id: 'post-charges',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/charges',
  summary: 'Charges customers through a day, all of them or none. Days charged before are not charged again.',
  tag: TAG,
  permission: 'charge.post',
  body: z.object({
    companyId: companyIdIn,
    customerIds: z.array(customerIdIn).min(1).max(CHARGED_CUSTOMERS_MAX),
    /** The last day interest is reckoned for. */
    through: day,
    /** Date of the charges; left out, today. */
    on: day.optional(),
  }),
  reply: z.object({ charges: z.array(shownCharge) }),
  refusals: {
    company_not_found: COMPANY_NOT_FOUND,
    charged_in_future: [409, 'Days that are not over yet are not charged. Choose today or an earlier day.'],
    charged_before_interest: [409, 'A charge is not dated before the last day it is for.'],
    already_charged: [409, 'Somebody else charged the same days at the same moment. Look again.'],
    item_not_found: [409, 'An item changed at the same moment. Look again and repeat.'],
    reference_rate_missing: RATE_MISSING,
    exchange_rate_missing: EXCHANGE_RATE_MISSING,
    amount_too_large: [409, 'In the currency of the books the amount is too large.'],
    series_not_found: [404, 'The company has no number series `main` for charges. Add one.'],
  },
});

const chargeRow = z.object({
  chargeId: z.string(),
  kind: z.enum(['charge', 'charge_credit']),
  because: z.enum(['correction', 'waiver']).nullable(),
  number: z.string(),
  company: z.object({ id: z.string(), code: z.string(), name: z.string() }),
  customer: customerBrief,
  chargedOn: dayText,
  through: dayText,
  dueOn: dayText,
  interest: moneyText,
  fees: moneyText,
  /** Positive for both kinds. */
  total: moneyText,
  /** What is left to pay of a charge, or left of a credit; positive for both. */
  open: moneyText,
  /** For a waiver taken back. */
  undoneOn: dayText.nullable(),
});

export const listCharges = operation({
  id: 'list-charges',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/charges',
  summary: 'Charges and their credits, the latest first.',
  tag: TAG,
  permission: 'book.read',
  query: pageQuery.extend({
    companyId: companyIdIn.optional(),
    customerId: customerIdIn.optional(),
    openOnly: z.stringbool().default(false),
  }),
  reply: pageOf(chargeRow),
});

export const readCharge = operation({
  id: 'read-charge',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/charges/:chargeId',
  summary: 'One charge or credit with its parts, its sheet, and what the caller may do with it.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ chargeId: idText }),
  reply: chargeRow.extend({
    reason: z.string().nullable(),
    /** The charge that a waiver is of. */
    corrects: z.object({ chargeId: z.string(), number: z.string() }).nullable(),
    parts: z.array(partReply),
    waivers: z.array(chargeRow.extend({ reason: z.string().nullable() })),
    /** What can still be waived. */
    /** Its open item. */
    itemId: z.string(),
    writtenOff: moneyText,
    waivable: z.object({ interest: moneyText, fees: moneyText }),
    may: z.object({ waive: may, reinstate: may }),
  }),
  refusals: { charge_not_found: CHARGE_NOT_FOUND },
});

export const deliverCharges = operation({
  id: 'deliver-charges',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/charge-deliveries',
  summary:
    'Sends charges and credits with their calculation sheet, each by mail or letter as its customer wants invoices. Tells what was queued, and why not.',
  tag: TAG,
  permission: 'reminder.send',
  body: z.object({
    chargeIds: z.array(idText).min(1).max(DELIVER_INVOICES_MAX),
    channel: z.enum(CHARGE_CHANNELS).optional(),
  }),
  reply: z.object({
    queued: z.number().int(),
    results: z.array(
      z.object({
        chargeId: idText,
        number: z.string(),
        messageId: idText.nullable(),
        channel: z.enum(CHARGE_CHANNELS).nullable(),
        recipient: z.string().nullable(),
        /** Why it was not queued. Where the customer cannot be reached, a delivery problem is open. */
        reason: z.enum(['no_way', 'waived', 'already_on_its_way']).nullable(),
      }),
    ),
  }),
  refusals: { charge_not_found: [404, 'One of the charges does not exist. None was sent.'] },
});

export const printCharge = operation({
  id: 'print-charge',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/charges/:chargeId/pdf',
  summary: 'The charge or credit as PDF/A with its calculation sheet.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ chargeId: idText }),
  produces: ['application/pdf'],
  refusals: { charge_not_found: CHARGE_NOT_FOUND },
});

export const exportSheet = operation({
  id: 'export-charge-sheet',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/charges/:chargeId/sheet',
  summary: 'The calculation sheet of a charge as CSV.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ chargeId: idText }),
  produces: ['text/csv'],
  refusals: { charge_not_found: CHARGE_NOT_FOUND },
});

export const waiveCharge = operation({
  id: 'waive-charge',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/charges/:chargeId/waivers',
  summary: 'Waives a charge or part of it, by a credit of its own. The charge stays as it was.',
  tag: TAG,
  permission: 'charge.waive',
  params: z.object({ chargeId: idText }),
  body: z.object({
    reason: textLine(500),
    /** How much of the interest and of the fees; both left out, all that is left. */
    interest: amountIn.optional(),
    fees: amountIn.optional(),
  }),
  reply: shownCharge,
  refusals: {
    charge_not_found: CHARGE_NOT_FOUND,
    not_a_charge: [409, 'This is a credit. Only charges can be waived.'],
    wrong_currency: [400, 'The amount is in another currency than the charge.'],
    amount_negative: TERMS_REFUSALS.amount_negative,
    nothing_to_waive: [409, 'There is nothing left to waive, or the amounts are zero.'],
    exceeds_charge: [409, 'This is more than is left of the charge. Waive less.'],
    series_not_found: [404, 'The company has no number series `main` for charge credits. Add one.'],
  },
});

export const undoWaiver = operation({
  id: 'undo-waiver',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/charges/:chargeId/reinstatement',
  summary: 'Takes a waiver back: what it settled is open again.',
  tag: TAG,
  permission: 'charge.waive',
  params: z.object({ chargeId: idText }),
  body: z.object({ reason: textLine(500) }),
  reply: z.object({ chargeId: z.string(), undoneOn: dayText }),
  refusals: {
    charge_not_found: CHARGE_NOT_FOUND,
    not_a_waiver: [409, 'Only waivers can be taken back.'],
    waiver_undone: [409, 'This waiver was taken back before.'],
    credit_granted_back: [
      409,
      'The credit of this waiver was granted back as a refund. Withdraw the refund first.',
    ],
    changed_meanwhile: [409, 'Somebody else changed this at the same moment. Look again and repeat.'],
  },
});

// — one invoice —

const exclusionReply = z.object({
  exclusionId: z.string(),
  itemId: z.string(),
  /** Null: all of the item. */
  amount: moneyText.nullable(),
  from: dayText,
  to: dayText.nullable(),
  reason: z.string(),
  releasedAt: momentText.nullable(),
  annulled: z.boolean(),
});

export const readInvoiceInterest = operation({
  id: 'read-invoice-interest',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/invoices/:invoiceId/interest',
  summary: 'The interest an invoice has borne through a day, charged or not, with its sheet and how it grew.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ invoiceId: idText }),
  query: z.object({ on: day.optional() }),
  reply: z.object({
    on: dayText,
    /** Null where nothing is asked. */
    terms: z.object({ name: z.string(), legalSource: z.string() }).nullable(),
    accrued: moneyText,
    charged: moneyText,
    /** One day of interest now, rounded; the whole is rounded once and may differ from days times this. */
    daily: moneyText,
    /** The fixed sum charged for the invoice. */
    fixedSum: moneyText,
    /** Set where a rate is missing: interest is shown through the last day that can be reckoned. */
    problem: z.string().nullable(),
    facts: z.record(z.string(), z.unknown()),
    items: z.array(
      z.object({
        itemId: z.string(),
        instalment: z.number().int(),
        dueOn: dayText,
        accrued: moneyText,
        spans: z.array(spanReply),
      }),
    ),
    /** How the interest grew, for a picture: sums on days. */
    growth: z.array(z.object({ on: dayText, accrued: z.string() })),
    exclusions: z.array(exclusionReply),
    may: z.object({ exclude: may }),
  }),
  refusals: { invoice_not_found: [404, 'There is no such invoice.'] },
});

export const placeExclusion = operation({
  id: 'place-interest-exclusion',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/interest-exclusions',
  summary:
    'Leaves an item, or part of it, out of interest for some days: it is disputed, or was handed over.',
  tag: TAG,
  permission: 'charge.waive',
  body: z.object({
    itemId: idText.transform((text) => text as ItemId),
    /** Left out: all of it. */
    amount: amountIn.optional(),
    from: day,
    /** Left out: until it is released. */
    to: day.optional(),
    reason: textLine(500),
  }),
  reply: z.object({ exclusionId: z.string() }),
  refusals: {
    item_not_found: [404, 'There is no such open item.'],
    not_an_invoice: [409, 'Only items of invoices bear interest.'],
    wrong_currency: [400, 'The amount is in another currency than the item.'],
    amount_not_positive: [400, 'The amount is above zero.'],
    exceeds_amount: [409, 'This is more than the item.'],
    ends_before_start: [400, 'The last day is before the first.'],
  },
});

export const releaseExclusion = operation({
  id: 'release-interest-exclusion',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/interest-exclusions/:exclusionId/release',
  summary: 'Ends an exclusion from interest, from a day on or as if it had never been.',
  tag: TAG,
  permission: 'charge.waive',
  params: z.object({ exclusionId: idText }),
  body: z.object({
    /** The last day left out; left out, today. */
    to: day.optional(),
    /** Interest is caught up for its days. */
    annul: z.boolean().optional(),
  }),
  reply: z.object({ exclusionId: z.string() }),
  refusals: {
    exclusion_not_found: [404, 'There is no such exclusion.'],
    exclusion_released: [409, 'It was released before.'],
    ends_before_start: [400, 'The last day is before the first.'],
  },
});
