// What the API offers on payment terms: the terms themselves, what they would mean for an invoice, what a company gives by
// default, and the tenant's own days of business. Pure; the web reads it too.

import { z } from 'zod';
import {
  amountIn,
  day,
  dayText,
  idText,
  moneyText,
  operation,
  pageOf,
  pageQuery,
  type RefusalMeaning,
  textLine,
} from '#http/contract.ts';
import { SHIFTS } from '#kernel/calendar.ts';
import { DISCOUNT_TIERS_MAX, INSTALMENTS_MAX, OWN_DAYS_MAX } from '#kernel/limits.ts';
import { companyIdIn, customerIdIn } from '#parties/contract.ts';

const TAG = 'Payment terms';

// — rules —

const days = z.number().int().min(0).max(730);
const months = z.number().int().min(0).max(24);
const dayOfMonth = z.number().int().min(1).max(31);
const cutOffDay = dayOfMonth.nullable().default(null);
const decimal = z
  .string()
  .regex(/^\d{1,12}(\.\d{1,4})?$/, 'number_not_decimal')
  .meta({ examples: ['2'] });

const dueRule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('days'), days }),
  z.object({ kind: z.literal('months'), months: months.min(1) }),
  /** Days after issue, then the end of the month (or of one some months later), then some days more. */
  z.object({
    kind: z.literal('month_end'),
    daysBefore: days.default(0),
    months: months.default(0),
    daysAfter: days.default(0),
    cutOffDay,
  }),
  /** With months, that day of the month so many later; without, the next of the days on or after issue. */
  z.object({
    kind: z.literal('fixed_day'),
    days: z.array(dayOfMonth).min(1).max(6),
    daysBefore: days.default(0),
    months: months.default(0),
    cutOffDay,
  }),
]);

const calendarCode = z
  .string()
  .regex(/^(none|company|customer|t2|fed|bacs|sic|[A-Z]{2}(-[A-Z0-9]{1,3})?)$/, 'calendar_not_valid')
  .meta({ examples: ['company', 'DE-BY'] });

export const termsRules = z.object({
  instalments: z
    .array(
      z.object({
        /** A fixed amount in the invoice’s currency, or a weight in what fixed amounts leave. */
        share: z.union([z.object({ amount: decimal }), z.object({ weight: decimal })]),
        due: dueRule,
      }),
    )
    .min(1)
    .max(INSTALMENTS_MAX),
  discounts: z
    .array(z.object({ percent: decimal, until: dueRule }))
    .max(DISCOUNT_TIERS_MAX)
    .default([]),
  graceDays: z.number().int().min(0).max(60).default(0),
  shift: z.enum(SHIFTS).default('none'),
  calendar: calendarCode.default('none'),
});

/** Rules, or the short notation people write them in. */
const rulesOrNotation = {
  rules: termsRules.optional(),
  notation: textLine(100)
    .optional()
    .meta({ examples: ['2/10, 1/20, net 30'] }),
};

const RULES_REFUSALS: Readonly<Record<string, RefusalMeaning>> = {
  rules_missing: [400, 'Give the rules, or a notation like “2/10 net 30”; one of the two.'],
  terms_not_understood: [
    400,
    'This notation was not understood. Write it like “net 30”, “2/10, 1/20, net 30”, “EOM+30”, “15th next month” or “50/50 30/60”.',
  ],
  instalments_missing: [400, 'Terms have at least one instalment.'],
  share_not_positive: [400, 'The share of an instalment is above zero.'],
  share_without_rest: [400, 'Not all instalments can be fixed amounts: one must take what is left.'],
  discount_percent_not_valid: [400, 'A discount is above 0 and at most 20 percent.'],
  fixed_days_not_valid: [
    400,
    'Name each day of the month once; several days only where no months are counted.',
  ],
  calendar_not_valid: [
    400,
    'There is no such calendar. Name a country (DE) or a state (DE-BY) that is known.',
  ],
};

// — terms —

export const paymentTermsReply = z
  .object({
    id: z.string(),
    code: z.string(),
    name: z.string(),
    version: z.number().int(),
    rules: termsRules,
    /** The rules in English words. */
    words: z.string(),
  })
  .meta({ id: 'PaymentTerms' });

export const listPaymentTerms = operation({
  id: 'list-payment-terms',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/payment-terms',
  summary: 'Payment terms, by code.',
  tag: TAG,
  permission: 'book.read',
  query: pageQuery,
  reply: pageOf(paymentTermsReply),
});

export const addPaymentTerms = operation({
  id: 'add-payment-terms',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/payment-terms',
  summary: 'Adds payment terms that customers can be given.',
  tag: TAG,
  permission: 'customer.edit',
  body: z.object({ code: textLine(20), name: textLine(100), ...rulesOrNotation }),
  reply: z.object({ paymentTermsId: z.string() }),
  refusals: {
    payment_terms_code_taken: [409, 'There are payment terms with this code. Choose another code.'],
    ...RULES_REFUSALS,
  },
});

export const changePaymentTerms = operation({
  id: 'change-payment-terms',
  kind: 'command',
  method: 'PATCH',
  path: '/api/v1/payment-terms/:paymentTermsId',
  summary:
    'Changes payment terms for invoices to come: rules become a new version; issued invoices keep their due dates.',
  tag: TAG,
  permission: 'customer.edit',
  params: z.object({ paymentTermsId: idText }),
  body: z.object({ name: textLine(100).optional(), ...rulesOrNotation }),
  reply: z.object({ paymentTermsId: z.string(), changed: z.array(z.string()) }),
  refusals: {
    payment_terms_not_found: [404, 'There are no such payment terms.'],
    ...RULES_REFUSALS,
  },
});

// — what they would mean —

export const plannedInstalment = z.object({
  dueOn: dayText,
  amount: moneyText,
  discounts: z.array(
    z.object({
      untilOn: dayText,
      percent: z.string(),
      discount: moneyText,
      /** What is to be paid by then. */
      pay: moneyText,
    }),
  ),
});

export const previewPaymentTerms = operation({
  id: 'preview-payment-terms',
  kind: 'query',
  method: 'POST',
  path: '/api/v1/payment-terms-previews',
  summary: 'What terms would mean for an invoice: instalments, discount dates, and the terms in words.',
  tag: TAG,
  permission: 'book.read',
  body: z.object({
    ...rulesOrNotation,
    /** Left out, today. */
    issuedOn: day.optional(),
    amount: amountIn,
    /** Whose calendars count, where the rules say so. */
    companyId: companyIdIn.optional(),
    customerId: customerIdIn.optional(),
    language: z.enum(['en', 'de', 'fr', 'cs']).default('en'),
  }),
  reply: z.object({
    rules: termsRules,
    words: z.string(),
    issuedOn: dayText,
    instalments: z.array(plannedInstalment),
    /** The yearly cost of each discount of the first instalment, in percent, on 365 and 360 days; by tier. */
    costs: z.array(
      z.object({ percent: z.string(), daysEarlier: z.number().int(), on365: z.string(), on360: z.string() }),
    ),
  }),
  refusals: {
    ...RULES_REFUSALS,
    amount_not_positive: [400, 'The amount is above zero.'],
    amount_too_many_decimals: [400, 'A fixed amount has more decimals than the currency.'],
    company_not_found: [404, 'There is no such company. See the list of companies.'],
    customer_not_found: [404, 'There is no such customer. Search by number or name.'],
  },
});

// — what a company says —

const base = z.enum(['gross', 'net']);
const policy = z.object({
  /** What a percentage is taken of: the amount with tax, or without. */
  base,
  /** Whether a discount takes off tax in proportion. */
  correctsTax: z.boolean(),
  /** Whether a part payment in time earns its part of the discount. */
  proRata: z.boolean(),
  /** What becomes of a discount that was not earned: granted and marked, or refused. */
  unearned: z.enum(['mark', 'refuse']),
});
const discountCountry = z.object({
  country: z.string().regex(/^[A-Z]{2}$/, 'country_not_valid'),
  base,
  correctsTax: z.boolean(),
});
const setting = z.object({
  /** The terms of customers who have none of their own. */
  paymentTermsId: idText.nullable(),
  policy,
  /** Countries of customers for which base and tax are other. */
  countries: z.array(discountCountry).max(300),
});

const COMPANY_NOT_FOUND: Readonly<Record<string, RefusalMeaning>> = {
  company_not_found: [404, 'There is no such company. See the list of companies.'],
};

export const readTermsSetting = operation({
  id: 'read-terms-setting',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/companies/:companyId/terms-setting',
  summary:
    'The terms that customers of a company get by default, and how it treats discounts for paying early.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ companyId: companyIdIn }),
  reply: setting,
  refusals: COMPANY_NOT_FOUND,
});

export const changeTermsSetting = operation({
  id: 'change-terms-setting',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/companies/:companyId/terms-setting',
  summary:
    'Says anew what terms a company gives by default and how it treats discounts, for invoices to come.',
  tag: TAG,
  permission: 'company.manage',
  params: z.object({ companyId: companyIdIn }),
  body: setting,
  reply: z.object({ companyId: z.string() }),
  refusals: {
    ...COMPANY_NOT_FOUND,
    payment_terms_not_found: [404, 'There are no such payment terms.'],
  },
});

// — own days —

const ownDay = z.object({ on: dayText, isOpen: z.boolean(), name: z.string() });

export const listOwnDays = operation({
  id: 'list-own-days',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/own-days',
  summary: 'The days that the tenant keeps closed or open whatever calendars say.',
  tag: TAG,
  permission: 'book.read',
  reply: z.object({ rows: z.array(ownDay) }),
});

export const setOwnDay = operation({
  id: 'set-own-day',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/own-days',
  summary: 'Keeps a day closed, or open, for dates planned from now on.',
  tag: TAG,
  permission: 'company.manage',
  body: z.object({ on: day, isOpen: z.boolean(), name: textLine(100) }),
  reply: z.object({ on: dayText }),
  refusals: {
    too_many_own_days: [409, `A tenant keeps at most ${OWN_DAYS_MAX} days. Remove old ones.`],
  },
});

export const removeOwnDay = operation({
  id: 'remove-own-day',
  kind: 'command',
  method: 'DELETE',
  path: '/api/v1/own-days',
  summary: 'Leaves a day to the calendars again.',
  tag: TAG,
  permission: 'company.manage',
  query: z.object({ on: day }),
  reply: z.object({ on: dayText }),
  refusals: { own_day_not_found: [404, 'Nothing was said about this day.'] },
});
