// What the answers of reporting have in common: when they speak of, whom they name, and what is refused.

import { z } from 'zod';
import { day, dayText, idText, moment, momentText, moneyText, type RefusalMeaning } from '#http/contract.ts';

export const TAG = 'Reports';

export const REFUSALS: Readonly<Record<string, RefusalMeaning>> = {
  company_not_found: [404, 'There is no such company.'],
};

export const AGING_REFUSALS: Readonly<Record<string, RefusalMeaning>> = {
  ...REFUSALS,
  aging_edges_not_valid: [
    400,
    'Edges are whole days, each larger than the one before, such as 30,60,90; at most eleven of them.',
  ],
  aging_bucket_unknown: [400, 'There is no such bucket. The buckets follow from the edges, e.g. 1-30.'],
};

/** When: as of a business day (left out, today), as known at a moment (left out, now), for one company or all. */
export const when = {
  asOf: day.optional(),
  knownAt: moment.optional(),
  companyId: idText.optional(),
};

/** The moment a report speaks of, repeated in the answer so that a print-out says what it is. */
export const stamp = {
  asOf: dayText,
  /** Null: all that is known now. */
  knownAt: momentText.nullable(),
};

export const companyRef = z.object({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  currency: z.string(),
});

/** Null where money came from somebody not identified yet. */
export const customerRef = z.object({ id: z.string(), number: z.string(), name: z.string() }).nullable();

/** Edges of the aging buckets in days past due: `30,60,90` gives current, 1-30, 31-60, 61-90, over 90. */
export const edges = z.string().max(80).optional();

/** Days with two decimals, as text; null where the figure is undefined, and then `reason` says why. */
export const daysFigure = z.object({ days: z.string().nullable(), reason: z.string().nullable() });

export const agingBucket = z.object({
  /** `current`, `1-30`, … `over-90`; handed back as `bucket` to see the items. */
  key: z.string(),
  fromDays: z.number().nullable(),
  toDays: z.number().nullable(),
});

/** What is open, split: `net` = `gross` + `credits` + `unapplied` = the control accounts. Credits and cash are negative. */
export const agingFigures = z.object({
  /** Invoices by days past due, in the order of `buckets`. They sum to `gross`. */
  buckets: z.array(moneyText),
  gross: moneyText,
  /** The part of `gross` that is past due. */
  overdue: moneyText,
  /** Open credit notes. */
  credits: moneyText,
  /** Payments not yet applied, less refunds not yet settled. */
  unapplied: moneyText,
  net: moneyText,
});

export const agingRow = z.object({
  customer: customerRef,
  company: companyRef,
  currency: z.string(),
  figures: agingFigures,
  /** The same in the company's functional currency. */
  functional: agingFigures,
  /** What of the invoices is in dispute: it stands in the buckets too, and is neither chased nor bears interest. */
  disputed: moneyText,
});

export const agingTotal = agingRow.omit({ customer: true });

export const itemRow = z.object({
  id: z.string(),
  kind: z.enum([
    'invoice',
    'credit_note',
    'payment',
    'refund',
    'write_off',
    'void',
    'return',
    'transfer',
    'charge',
    'charge_credit',
    'recovery',
    'handover',
  ]),
  /** The invoice, credit note or payment behind the item. */
  documentId: z.string(),
  reference: z.string(),
  instalment: z.number(),
  customer: customerRef,
  companyId: z.string(),
  postedOn: dayText,
  dueOn: dayText,
  /** Days past due on the day asked for; negative before it. */
  daysLate: z.number(),
  amount: moneyText,
  /** What was open then; negative for credits and cash. */
  open: moneyText,
  openFunctional: moneyText,
  /** What is open now. */
  openNow: moneyText,
});

export const dsoPoint = z.object({
  asOf: dayText,
  balance: moneyText,
  sales: moneyText,
  /** Standard over three calendar months. */
  standard: daysFigure,
  countback: daysFigure,
});
