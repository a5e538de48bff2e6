// Recurring invoices: an agreement, its periods, and each period issued once.

import { z } from 'zod';
import {
  currencyCode,
  day,
  dayText,
  idText,
  moneyText,
  operation,
  pageOf,
  pageQuery,
  textLine,
} from '#http/contract.ts';
import { parseDecimal } from '#kernel/percent.ts';
import { companyIdIn, customerBrief, customerIdIn } from '#parties/contract.ts';
import { draftBodyIn, draftState, INCOMPLETE, PARTY_REFUSALS, refusalReply, TAG } from './contract-shapes.ts';
import type { RecurringId } from './recurring.ts';

const recurringIdIn = idText.transform((text) => text as RecurringId);

const percentIn = z
  .string()
  .regex(/^-?\d{1,3}(\.\d{1,4})?$/, 'number_not_decimal')
  .transform(parseDecimal);

const agreementIn = z.object({
  name: textLine(200),
  companyId: companyIdIn,
  customerId: customerIdIn,
  /** What an invoice over a whole period says, as for issuing one, without its dates; `dueDays` says when it is due, else the customer’s terms. */
  body: draftBodyIn,
  unit: z.enum(['week', 'month', 'year']),
  /** Every so many weeks, months or years: 3 with `month` is quarterly. */
  every: z.number().int().min(1).max(60).default(1),
  startsOn: day,
  endsOn: day.optional(),
  /** The day of the month that periods begin on; in shorter months the last one. Left out, the day of the start. */
  anchorDay: z.number().int().min(1).max(31).optional(),
  /** Invoiced on the first day of the period, or on its last. */
  timing: z.enum(['advance', 'arrears']).default('advance'),
  /** A first or last period that is shorter than whole costs its share of days. */
  prorates: z.boolean().default(true),
  priceSteps: z
    .array(z.object({ from: day, percent: percentIn }))
    .max(100)
    .default([]),
  yearlyPercent: percentIn.optional(),
  mode: z.enum(['draft', 'issue']).default('draft'),
  stopsWhenUnpaid: z.boolean().default(false),
});

const nextReply = z.object({
  from: dayText,
  to: dayText,
  issueOn: dayText,
  /** So many days, of how many a whole period would have. */
  days: z.number().int(),
  ofDays: z.number().int(),
  total: moneyText.nullable(),
});

const invoicedReply = z.object({
  from: dayText,
  to: dayText,
  draftId: z.string(),
  state: draftState,
  invoiceId: z.string().nullable(),
  number: z.string().nullable(),
  refusal: refusalReply.nullable(),
});

const recurringReply = z.object({
  id: z.string(),
  version: z.number().int(),
  name: z.string(),
  companyId: z.string(),
  customer: customerBrief.nullable(),
  body: z.record(z.string(), z.unknown()),
  unit: z.enum(['week', 'month', 'year']),
  every: z.number().int(),
  startsOn: dayText,
  endsOn: dayText.nullable(),
  anchorDay: z.number().int().nullable(),
  timing: z.enum(['advance', 'arrears']),
  prorates: z.boolean(),
  priceSteps: z.array(z.object({ from: dayText, percent: z.string() })),
  yearlyPercent: z.string().nullable(),
  mode: z.enum(['draft', 'issue']),
  stopsWhenUnpaid: z.boolean(),
  pausedOn: dayText.nullable(),
  /** What comes next, the oldest first; what is before today was not yet written. */
  next: z.array(nextReply),
  /** How many periods were invoiced. */
  invoicedCount: z.number().int(),
});

const AGREEMENT_REFUSALS = {
  ...PARTY_REFUSALS,
  ...INCOMPLETE,
  recurrence_not_valid: [
    400,
    'Periods last 1 to 60 units; a day of the month is 1 to 31, and weeks have none.',
  ],
  ends_before_start: [400, 'The end is before the start.'],
  too_many_price_steps: [400, 'There are too many changes of price.'],
  price_step_not_valid: [400, 'A price changes by more than −100 and at most 100 per cent at a time.'],
} as const;

const RECURRING_NOT_FOUND = {
  recurring_not_found: [404, 'There is no such recurring invoice.'],
} as const;

const recurringKept = z.object({ recurringId: z.string(), version: z.number().int() });

export const addRecurring = operation({
  id: 'add-recurring',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/recurring-invoices',
  summary:
    'Agrees on an invoice that comes again and again. Each period is invoiced once, when its day has come.',
  tag: TAG,
  permission: 'invoice.issue',
  body: agreementIn,
  reply: recurringKept,
  refusals: AGREEMENT_REFUSALS,
});

export const changeRecurring = operation({
  id: 'change-recurring',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/recurring-invoices/:recurringId',
  summary: 'Changes what is agreed, for periods that were not invoiced yet.',
  tag: TAG,
  permission: 'invoice.issue',
  params: z.object({ recurringId: recurringIdIn }),
  body: agreementIn.extend({ version: z.number().int().min(1).optional() }),
  reply: recurringKept,
  refusals: {
    ...AGREEMENT_REFUSALS,
    ...RECURRING_NOT_FOUND,
    recurring_changed_meanwhile: [409, 'Somebody else changed this meanwhile. Read it again, then repeat.'],
  },
});

export const pauseRecurring = operation({
  id: 'pause-recurring',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/recurring-invoices/:recurringId/pause',
  summary: 'Pauses a recurring invoice, or lets it go on; periods missed meanwhile are then invoiced.',
  tag: TAG,
  permission: 'invoice.issue',
  params: z.object({ recurringId: recurringIdIn }),
  body: z.object({ paused: z.boolean() }),
  reply: z.object({ recurringId: z.string(), paused: z.boolean() }),
  refusals: RECURRING_NOT_FOUND,
});

export const issuePeriod = operation({
  id: 'issue-period',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/recurring-invoices/:recurringId/periods',
  summary: 'Writes the draft of a period that is due, without waiting for the morning. Each period has one.',
  tag: TAG,
  permission: 'invoice.issue',
  params: z.object({ recurringId: recurringIdIn }),
  /** The first day of the period. */
  body: z.object({ from: day }),
  reply: z.object({ draftId: z.string() }),
  refusals: {
    ...RECURRING_NOT_FOUND,
    recurring_paused: [409, 'This recurring invoice is paused. Let it go on first.'],
    period_not_due: [409, 'No period that begins on this day is due yet.'],
    period_already_invoiced: [409, 'This period has its invoice already.'],
    previous_unpaid: [409, 'An invoice before is overdue, and it was agreed to stop then.'],
  },
});

export const listRecurring = operation({
  id: 'list-recurring',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/recurring-invoices',
  summary: 'Recurring invoices, the newest first, each with its next period.',
  tag: TAG,
  permission: 'book.read',
  query: pageQuery.extend({ customerId: customerIdIn.optional() }),
  reply: pageOf(recurringReply),
});

export const readRecurring = operation({
  id: 'read-recurring',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/recurring-invoices/:recurringId',
  summary: 'One recurring invoice: what is agreed, what was invoiced, and what comes next.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ recurringId: recurringIdIn }),
  reply: recurringReply.extend({ invoiced: z.array(invoicedReply) }),
  refusals: RECURRING_NOT_FOUND,
});

export const previewRecurring = operation({
  id: 'preview-recurring',
  kind: 'query',
  method: 'POST',
  path: '/api/v1/recurring-previews',
  summary: 'The periods an agreement would have, and what each would cost, without storing anything.',
  tag: TAG,
  permission: 'book.read',
  body: agreementIn
    .pick({
      unit: true,
      every: true,
      startsOn: true,
      endsOn: true,
      anchorDay: true,
      timing: true,
      prorates: true,
      priceSteps: true,
      yearlyPercent: true,
    })
    .extend({ currency: currencyCode, body: draftBodyIn }),
  reply: z.object({ next: z.array(nextReply) }),
  refusals: {
    recurrence_not_valid: AGREEMENT_REFUSALS.recurrence_not_valid,
    ends_before_start: AGREEMENT_REFUSALS.ends_before_start,
    number_not_decimal: [
      400,
      'A price is no number. Write it with a point and without thousands separators.',
    ],
  },
});
