// What reporting answers: aging, days sales outstanding, the proof of the books, customers with their balances, the
// dashboard. Everything is read; every figure that can be asked as of a day can be asked as known at a moment too.

import { z } from 'zod';
import {
  currencyCode,
  day,
  dayText,
  idText,
  moment,
  momentText,
  moneyText,
  operation,
  pageOf,
  pageQuery,
  type RefusalMeaning,
  textLine,
} from '#http/contract.ts';
import { APART_DAYS_MAX } from './duties.ts';

export * from './contract-timeline.ts';

const TAG = 'Reports';

const REFUSALS: Readonly<Record<string, RefusalMeaning>> = {
  company_not_found: [404, 'There is no such company.'],
};

const CUSTOMER_REFUSALS: Readonly<Record<string, RefusalMeaning>> = {
  ...REFUSALS,
  customer_not_found: [404, 'There is no such customer.'],
};

const AGING_REFUSALS: Readonly<Record<string, RefusalMeaning>> = {
  ...REFUSALS,
  aging_edges_not_valid: [
    400,
    'Edges are whole days, each larger than the one before, such as 30,60,90; at most eleven of them.',
  ],
  aging_bucket_unknown: [400, 'There is no such bucket. The buckets follow from the edges, e.g. 1-30.'],
};

// — pieces —

/** When: as of a business day (left out, today), as known at a moment (left out, now), for one company or all. */
const when = {
  asOf: day.optional(),
  knownAt: moment.optional(),
  companyId: idText.optional(),
};

/** The moment a report speaks of, repeated in the answer so that a print-out says what it is. */
const stamp = {
  asOf: dayText,
  /** Null: all that is known now. */
  knownAt: momentText.nullable(),
};

const companyRef = z.object({ id: z.string(), code: z.string(), name: z.string(), currency: z.string() });

/** Null where money came from somebody not identified yet. */
const customerRef = z.object({ id: z.string(), number: z.string(), name: z.string() }).nullable();

/** Edges of the aging buckets in days past due: `30,60,90` gives current, 1-30, 31-60, 61-90, over 90. */
const edges = z.string().max(80).optional();

/** Days with two decimals, as text; null where the figure is undefined, and then `reason` says why. */
const daysFigure = z.object({ days: z.string().nullable(), reason: z.string().nullable() });

// — aging —

const agingBucket = z.object({
  /** `current`, `1-30`, … `over-90`; handed back as `bucket` to see the items. */
  key: z.string(),
  fromDays: z.number().nullable(),
  toDays: z.number().nullable(),
});

/** What is open, split: `net` = `gross` + `credits` + `unapplied` = the control accounts. Credits and cash are negative. */
const agingFigures = z.object({
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

const agingRow = z.object({
  customer: customerRef,
  company: companyRef,
  currency: z.string(),
  figures: agingFigures,
  /** The same in the company's functional currency. */
  functional: agingFigures,
  /** What of the invoices is in dispute: it stands in the buckets too, and is neither chased nor bears interest. */
  disputed: moneyText,
});

const agingTotal = agingRow.omit({ customer: true });

const agingQuery = z.object({
  ...when,
  customerId: idText.optional(),
  currency: currencyCode.optional(),
  edges,
});

export const readAging = operation({
  id: 'read-aging',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/reports/aging',
  summary: 'Aging per customer, as of any day and as known at any time.',
  tag: TAG,
  permission: 'report.read',
  query: agingQuery.extend({
    ...pageQuery.shape,
    /**
     * Amounts come largest first, in the functional currency of most companies; texts in alphabetical order. A page has
     * `limit` customers, each with a row for every company and currency.
     */
    sort: z.enum(['net', 'overdue', 'number', 'name']).default('net'),
  }),
  reply: pageOf(agingRow).extend({
    ...stamp,
    buckets: z.array(agingBucket),
    /** Per company and currency, over all customers asked for (not only this page). */
    totals: z.array(agingTotal),
    /** Per company in its functional currency. */
    companies: z.array(z.object({ company: companyRef, figures: agingFigures })),
    customers: z.number(),
  }),
  refusals: AGING_REFUSALS,
});

export const exportAging = operation({
  id: 'export-aging',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/reports/aging.csv',
  summary: 'Aging per customer as delimited text, all rows.',
  tag: TAG,
  permission: 'report.read',
  query: agingQuery,
  produces: ['text/csv'],
  refusals: AGING_REFUSALS,
});

/** Which items of an aging: by bucket (invoices only), or by column. Nothing given: all of them. */
const agingItemFilter = {
  bucket: z.string().max(40).optional(),
  column: z.enum(['gross', 'overdue', 'credits', 'unapplied']).optional(),
};

const itemRow = z.object({
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

export const listAgingItems = operation({
  id: 'list-aging-items',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/reports/aging/items',
  summary: 'The open items behind a figure of the aging, oldest due first.',
  tag: TAG,
  permission: 'report.read',
  query: agingQuery.extend({ ...agingItemFilter, ...pageQuery.shape }),
  reply: pageOf(itemRow).extend(stamp),
  refusals: AGING_REFUSALS,
});

export const exportAgingItems = operation({
  id: 'export-aging-items',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/reports/aging/items.csv',
  summary: 'The open items behind a figure of the aging as delimited text, all rows.',
  tag: TAG,
  permission: 'report.read',
  query: agingQuery.extend(agingItemFilter),
  produces: ['text/csv'],
  refusals: AGING_REFUSALS,
});

// — days sales outstanding —

/** Which receivables count: `receivables` is invoices less credit notes; `net` takes unapplied cash off as well. */
const basis = z.enum(['receivables', 'net']).default('receivables');

const dsoWindow = z.object({
  window: z.enum(['30_days', '90_days', '365_days', 'month', 'three_months']),
  fromOn: dayText,
  /** Days counted; fewer than the window where the first sale came later. */
  days: z.number(),
  /** Invoices less credit notes issued in the window, tax included. */
  sales: moneyText,
  /** Receivables the day before the window began. */
  opening: moneyText,
  /** Balance ÷ sales × days. */
  standard: daysFigure,
  /** The same with the average of opening and closing receivables. */
  average: daysFigure,
  /** The same with receivables not yet due: what it would be if everybody paid on time. */
  bestPossible: daysFigure,
  /** Average days delinquent: standard less best possible. */
  delinquent: daysFigure,
  /** Collection effectiveness, per cent: what was cleared of what could have been. */
  effectiveness: z.object({ percent: z.string().nullable(), reason: z.string().nullable() }),
});

const countback = z.object({
  total: daysFigure,
  bestPossible: daysFigure,
  delinquent: daysFigure,
  /** Sales on record ended before the receivables did: the figure is at least that many days. */
  atLeast: z.boolean(),
});

const dsoOfCompany = z.object({
  company: companyRef,
  basis: z.enum(['receivables', 'net']),
  balance: moneyText,
  /** The part that is not past due. */
  notDue: moneyText,
  unapplied: moneyText,
  windows: z.array(dsoWindow),
  /** Sales are taken off the balance month by month, newest first, with real month lengths. */
  countbackMonthly: countback,
  /** The same day by day. */
  countbackDaily: countback,
});

export const readDso = operation({
  id: 'read-dso',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/reports/dso',
  summary: 'Days sales outstanding, every variant side by side, per company.',
  tag: TAG,
  permission: 'report.read',
  query: z.object({ ...when, basis }),
  reply: z.object({ ...stamp, companies: z.array(dsoOfCompany) }),
  refusals: REFUSALS,
});

const dsoPoint = z.object({
  asOf: dayText,
  balance: moneyText,
  sales: moneyText,
  /** Standard over three calendar months. */
  standard: daysFigure,
  countback: daysFigure,
});

export const readDsoTrend = operation({
  id: 'read-dso-trend',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/reports/dso/trend',
  summary: 'Days sales outstanding at the end of each of the last months, and on the day asked for.',
  tag: TAG,
  permission: 'report.read',
  query: z.object({ ...when, basis, months: z.coerce.number().int().min(1).max(36).default(12) }),
  reply: z.object({
    ...stamp,
    companies: z.array(z.object({ company: companyRef, points: z.array(dsoPoint) })),
  }),
  refusals: REFUSALS,
});

// — the proof of the books —

const verificationCheck = z.object({
  rule: z.string(),
  /** What must hold, in one sentence. */
  says: z.string(),
  holds: z.boolean(),
  rows: z.number(),
  offenders: z.number(),
  /** The first of them, with ids and values. */
  examples: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))),
  seconds: z.number(),
});

export const verifyBooks = operation({
  id: 'verify-books',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/books/verification',
  summary: 'Recomputes everything from the journal and the applications and says what does not hold.',
  tag: TAG,
  permission: 'books.verify',
  query: z.object({
    /** Past days to prove as well, comma separated; left out, the month ends of the ledger. */
    dates: z.string().max(2_000).optional(),
  }),
  reply: z.object({
    holds: z.boolean(),
    at: momentText,
    today: dayText,
    checks: z.array(verificationCheck),
    counts: z.record(z.string(), z.number()),
    /** Per day proven, company and currency: three ways to the same figure. */
    totals: z.array(
      z.object({
        asOf: dayText,
        companyId: z.string(),
        companyCode: z.string(),
        currency: z.string(),
        openItems: moneyText,
        controlAccounts: moneyText,
        aging: moneyText,
        holds: z.boolean(),
      }),
    ),
    /** Over the canonical books; the same books give the same text wherever they are kept. */
    sha256: z.string(),
    seconds: z.number(),
  }),
  refusals: {
    date_not_valid: [400, 'A date is written 2026-02-28.'],
    too_many_dates: [400, 'Fewer dates, please.'],
  },
});

// — customers —

/** A customer's position in one functional currency, over all companies that keep their books in it. */
const customerPosition = z.object({
  /** Invoices open, credit notes and unapplied cash not deducted. */
  open: moneyText,
  overdue: moneyText,
  /** Open credit notes and unapplied cash; negative. */
  credit: moneyText,
  net: moneyText,
});

const customerListRow = z.object({
  id: z.string(),
  number: z.string(),
  name: z.string(),
  country: z.string().nullable(),
  archived: z.boolean(),
  openItems: z.number(),
  oldestDueOn: dayText.nullable(),
  /** Days past due of the oldest open invoice; 0 when nothing is overdue. */
  daysLate: z.number(),
  onHold: z.boolean(),
  /** Exact at the moment of asking; empty when nothing is open. */
  positions: z.array(customerPosition),
});

export const listCustomerBalances = operation({
  id: 'list-customer-balances',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/customer-balances',
  summary: 'Customers with what they owe: searched, filtered, sorted.',
  tag: 'Customers',
  permission: 'book.read',
  query: pageQuery.extend({
    /** The beginning of a number, or any part of a name. */
    search: textLine(100).optional(),
    hasOverdue: z.stringbool().optional(),
    hasCredit: z.stringbool().optional(),
    hasOpen: z.stringbool().optional(),
    archived: z.stringbool().default(false),
    companyId: idText.optional(),
    /** `open` and `overdue` come largest first. */
    sort: z.enum(['number', 'name', 'open', 'overdue']).default('name'),
    /** The functional currency whose amounts sort; left out, that of most companies. */
    currency: currencyCode.optional(),
  }),
  reply: pageOf(customerListRow).extend({
    /** When the order by open or overdue was last made; null for the other orders, which are exact. */
    orderedAt: momentText.nullable(),
  }),
  refusals: REFUSALS,
});

const customerParams = z.object({ customerId: idText });

export const readCustomerOverview = operation({
  id: 'read-customer-overview',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/customers/:customerId/overview',
  summary: 'What a customer owes and how they pay.',
  tag: 'Customers',
  permission: 'book.read',
  params: customerParams,
  query: z.object({ ...when, edges }),
  reply: z.object({
    ...stamp,
    customer: z.object({ id: z.string(), number: z.string(), name: z.string() }),
    buckets: z.array(agingBucket),
    /** The aging strip: per company and currency. */
    totals: z.array(agingTotal),
    openItems: z.number(),
    /** Over payments of the last 365 days, weighted by amount; early payment counts negative. */
    averageDaysLate: z.object({
      days: z.string().nullable(),
      reason: z.string().nullable(),
      payments: z.number(),
    }),
    lastPayment: z
      .object({ id: z.string(), number: z.string(), receivedOn: dayText, amount: moneyText })
      .nullable(),
    lastReminder: z
      .object({ messageId: z.string(), subject: z.string().nullable(), state: z.string(), at: momentText })
      .nullable(),
    onHold: z.boolean(),
  }),
  refusals: { ...CUSTOMER_REFUSALS, ...AGING_REFUSALS },
});

export const listCustomerItems = operation({
  id: 'list-customer-items',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/customers/:customerId/open-items',
  summary: 'A customer’s open items as of a day, oldest due first.',
  tag: 'Customers',
  permission: 'book.read',
  params: customerParams,
  query: z.object({ ...when, ...pageQuery.shape }),
  reply: pageOf(itemRow).extend(stamp),
  refusals: CUSTOMER_REFUSALS,
});

// — the dashboard —

const countAndAmount = z.object({ count: z.number(), amounts: z.array(moneyText) });

export const readDashboard = operation({
  id: 'read-dashboard',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/dashboard',
  summary: 'Where receivables stand and what wants doing today.',
  tag: TAG,
  permission: 'report.read',
  query: z.object({ companyId: idText.optional() }),
  reply: z.object({
    /** When these figures were read; they are kept for some seconds and renewed behind the scenes. */
    at: momentText,
    today: dayText,
    buckets: z.array(agingBucket),
    /** One part per functional currency, over all companies that keep their books in it. */
    currencies: z.array(
      z.object({
        currency: z.string(),
        figures: agingFigures,
        /** Open and due today or within the six days after. */
        dueThisWeek: moneyText,
        openInvoices: z.number(),
        overdueInvoices: z.number(),
        dso: daysFigure,
        dsoTrend: z.array(dsoPoint),
        trendAt: momentText,
      }),
    ),
    work: z.object({
      dueToday: countAndAmount,
      /** Became overdue since yesterday. */
      newlyOverdue: countAndAmount,
      /** Payments not yet applied, and of these the ones older than 48 hours. */
      unapplied: countAndAmount,
      unappliedOld: countAndAmount,
      failedMessages: z.number(),
      queuedMessages: z.number(),
    }),
    lastReminders: z.array(
      z.object({
        messageId: z.string(),
        customer: z.object({ id: z.string(), number: z.string(), name: z.string() }),
        subject: z.string().nullable(),
        state: z.string(),
        at: momentText,
      }),
    ),
  }),
  refusals: REFUSALS,
});

// — duties —

const dutiesQuery = z.object({
  /** How far back one looks. */
  lookBackDays: z.coerce.number().int().min(1).max(APART_DAYS_MAX).default(90),
  /** How many days may lie between the two sides. */
  apartDays: z.coerce.number().int().min(0).max(APART_DAYS_MAX).default(30),
});

const deed = z.object({ type: z.string(), subjectId: z.string(), at: momentText });

export const readDuties = operation({
  id: 'read-duties',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/reports/duties',
  summary:
    'Duties that should lie in different hands: who could do both, as roles and keys are, and who did both within some days.',
  tag: TAG,
  permission: 'report.read',
  query: dutiesQuery,
  reply: z.object({
    pairs: z.array(
      z.object({
        code: z.string(),
        title: z.string(),
        /** What somebody with both could do. */
        risk: z.string(),
        holders: z.array(
          z.object({
            kind: z.enum(['member', 'api_key']),
            id: z.string(),
            name: z.string(),
            role: z.string(),
          }),
        ),
        /** Whether rules ask a second person about it, above some amount at least. */
        guarded: z.boolean(),
        conflicts: z.array(
          z.object({
            person: z.string(),
            customer: z.object({ id: z.string(), number: z.string(), name: z.string() }).nullable(),
            one: deed,
            other: deed,
          }),
        ),
        /** Whether there are more than are listed. */
        hasMore: z.boolean(),
      }),
    ),
  }),
});

export const exportDuties = operation({
  id: 'export-duties',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/reports/duties.csv',
  summary: 'The report on duties as delimited text.',
  tag: TAG,
  permission: 'report.read',
  query: dutiesQuery,
  produces: ['text/csv'],
});
