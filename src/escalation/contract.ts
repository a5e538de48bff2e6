// What the API offers on escalation: how far an account is, what can be handed over to whom, and what became of it.

import { z } from 'zod';
import { APPROVAL_REQUIRED } from '#approvals/contract.ts';
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
  textLine,
} from '#http/contract.ts';
import type { ItemId } from '#kernel/id.ts';
import { companyIdIn, customerIdIn } from '#parties/contract.ts';
import { CONDITION_CODES, ESCALATION_PHASES, ROUTES } from './condition.ts';
import { AGENCY_LINES_MAX, lookAtAgencyStatement } from './contract-statements.ts';

export * from './contract-statements.ts';

const TAG = 'Escalation';

const itemIdIn = idText.transform((text) => text as ItemId);
const percent = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,2})?$/, 'fee_not_valid')
  .meta({ examples: ['15'] });

const condition = z.object({
  code: z.enum(CONDITION_CODES),
  isMet: z.boolean(),
  /** Nobody may pass over it. */
  isFirm: z.boolean(),
  needed: z.string(),
  found: z.string(),
  /** The messages that prove it. */
  messageIds: z.array(z.string()),
  /** Documents it fails for. */
  failing: z.array(z.string()),
  /** Where the law says so. */
  source: z.string().nullable(),
});

/** How far accounts of a customer are. */
export const readEscalation = operation({
  id: 'read-escalation',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/customers/:customerId/escalation',
  summary:
    'How far each account of a customer is, from reminder to court: overdue items, the notices they heard with their proof, and each condition for handing over, met or not.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ customerId: customerIdIn }),
  reply: z.object({
    accounts: z.array(
      z.object({
        company: z.object({ id: z.string(), code: z.string(), name: z.string() }),
        currency: z.string(),
        phase: z.enum(ESCALATION_PHASES),
        /** The first day on which the wait after the final notice is over. */
        ripeOn: dayText.nullable(),
        conditions: z.array(condition),
        items: z.array(
          z.object({
            itemId: z.string(),
            documentId: z.string(),
            reference: z.string(),
            dueOn: dayText,
            daysLate: z.number().int(),
            open: moneyText,
            phase: z.enum(ESCALATION_PHASES),
            handOverId: z.string().nullable(),
            /** The last day before it is barred by time. */
            barredAfter: dayText,
            notices: z.array(
              z.object({
                messageId: z.string(),
                phase: z.string(),
                sentOn: dayText,
                proof: z.string().nullable(),
              }),
            ),
          }),
        ),
      }),
    ),
    may: z.object({ handOver: may }),
  }),
  refusals: { customer_not_found: [404, 'There is no such customer. Search by number or name.'] },
});

/** Hands items over. */
export const handOverItems = operation({
  id: 'hand-over-items',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/hand-overs',
  summary:
    'Hands overdue items of one account over to an agency or to lawyers. They are not reminded of any more; what was looked at is kept.',
  tag: TAG,
  permission: 'claim.hand_over',
  body: z.object({
    companyId: companyIdIn,
    customerId: customerIdIn,
    route: z.enum(ROUTES),
    /** Needed where it goes to an agency. */
    agencyId: idText.optional(),
    itemIds: z.array(itemIdIn).min(1).max(500),
    interest: z.enum(['goes_on', 'cut_off']).default('goes_on'),
    /** Conditions that are not met and passed over; the note says why. */
    accepting: z.array(z.enum(CONDITION_CODES)).default([]),
    note: textLine(2000).optional(),
  }),
  reply: z.object({ handOverId: z.string(), number: z.string(), amount: moneyText }),
  refusals: {
    customer_not_found: [404, 'There is no such customer. Search by number or name.'],
    item_not_found: [404, 'One of the items does not exist.'],
    hand_over_of_several: [
      409,
      'What is handed over together is overdue, of one customer, one company and one currency.',
    ],
    item_handed_over: [409, 'One of the items is with an agency or lawyers already. Recall it first.'],
    agency_missing: [400, 'Name the agency it goes to.'],
    agency_not_found: [404, 'There is no such agency in use.'],
    agency_other_currency: [
      409,
      'The fees of this agency name amounts in another currency. Agree on fees in the currency of the claim first.',
    ],
    agency_is_law_firm: [409, 'That is a law firm. Name an agency, or hand it over to lawyers.'],
    hand_over_not_ripe: [
      409,
      'Not all conditions are met. Those that are not firm can be passed over by name, with a note that says why.',
    ],
    hand_over_note_missing: [400, 'Say why conditions are passed over.'],
    // Of the interest that is cut off.
    exchange_rate_missing: [
      409,
      'There is no exchange rate for this currency and day. Record one, then repeat.',
    ],
    ...APPROVAL_REQUIRED,
  },
});

const brief = z.object({
  handOverId: z.string(),
  number: z.string(),
  route: z.enum(ROUTES),
  company: z.object({ id: z.string(), code: z.string() }),
  customer: z.object({ id: z.string(), number: z.string(), name: z.string() }),
  agency: z.object({ agencyId: z.string(), name: z.string() }).nullable(),
  handedOn: dayText,
  handedBy: z.string(),
  interest: z.enum(['goes_on', 'cut_off']),
  note: z.string().nullable(),
  /** Whether anything of it is still there. */
  isStanding: z.boolean(),
  /** What was told last. */
  status: z.string().nullable(),
  handed: moneyText,
  /** What is open of it now, without what was recalled. */
  open: moneyText,
  may: z.object({ recall: may, tell: may }),
});

/** Hand-overs, the newest first. */
export const listHandOvers = operation({
  id: 'list-hand-overs',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/hand-overs',
  summary: 'What is or was with agencies and lawyers, the newest first.',
  tag: TAG,
  permission: 'book.read',
  query: z.object({
    customerId: customerIdIn.optional(),
    /** Those with an item of this invoice; `show`, `handed` and `open` are about its items alone then. */
    documentId: idText.optional(),
    show: z.enum(['standing', 'ended', 'all']).default('standing'),
    after: z
      .string()
      .regex(/^\d{1,15}$/)
      .optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  reply: z.object({ rows: z.array(brief), next: z.string().nullable() }),
});

const NOT_FOUND = { hand_over_not_found: [404, 'There is no such hand-over.'] } as const;

/** One hand-over. */
export const getHandOver = operation({
  id: 'get-hand-over',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/hand-overs/:handOverId',
  summary: 'One hand-over: its items then and now, the conditions as they were, and what became of it.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ handOverId: idText }),
  reply: brief.extend({
    conditions: z.array(condition),
    items: z.array(
      z.object({
        itemId: z.string(),
        documentId: z.string(),
        reference: z.string(),
        dueOn: dayText,
        daysLate: z.number().int(),
        handed: moneyText,
        open: moneyText,
        endedOn: dayText.nullable(),
        ended: z.enum(['recalled', 'closed']).nullable(),
        /** What the agency takes if all that is open comes in, with tax. */
        expectedFee: moneyText.nullable(),
      }),
    ),
    news: z.array(
      z.object({
        newsId: z.string(),
        status: z.string(),
        on: dayText,
        /** The invoice it is of, where several were handed over and it names one. */
        invoice: z.string().nullable(),
        reference: z.string().nullable(),
        note: z.string().nullable(),
        fee: moneyText.nullable(),
        by: z.string(),
        at: momentText,
      }),
    ),
  }),
  refusals: NOT_FOUND,
});

const FILE_REFUSALS = {
  ...NOT_FOUND,
  company_not_found: [404, 'There is no such company. See the list of companies.'],
  customer_not_found: [404, 'There is no such customer. Search by number or name.'],
} as const;

/** A hand-over as data. */
export const downloadHandOver = operation({
  id: 'download-hand-over',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/hand-overs/:handOverId/hand-over.json',
  summary:
    'A hand-over as its agency or lawyers take it in: who is owed what by whom, since when, and through which day interest is asked for. The fields are in the manual.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ handOverId: idText }),
  produces: ['application/json'],
  refusals: FILE_REFUSALS,
});

/** The same as rows. */
export const downloadHandOverRows = operation({
  id: 'download-hand-over-rows',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/hand-overs/:handOverId/hand-over.csv',
  summary: 'A hand-over as rows, one for each invoice that is not ended.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ handOverId: idText }),
  produces: ['text/csv'],
  refusals: FILE_REFUSALS,
});

const FEE_REFUSALS = {
  wrong_currency: [400, 'The fee is in another currency than the claim.'],
  amount_not_positive: [400, 'A fee is above zero. Leave it out where there is none.'],
} as const;

/** Takes a hand-over back. */
export const recallHandOver = operation({
  id: 'recall-hand-over',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/hand-overs/:handOverId/recall',
  summary:
    'Takes what still stands of a hand-over back: reminders, and interest where it was cut off, go on from today.',
  tag: TAG,
  permission: 'claim.hand_over',
  params: z.object({ handOverId: idText }),
  body: z.object({ reason: textLine(2000), fee: amountIn.optional() }),
  reply: z.object({ handOverId: z.string(), items: z.number().int() }),
  refusals: {
    ...NOT_FOUND,
    ...FEE_REFUSALS,
    hand_over_ended: [409, 'Nothing of it stands any more: it was recalled or paid.'],
    item_not_found: [404, 'One of the items does not exist.'],
    exclusion_not_found: [409, 'What was cut off of interest is not there any more.'],
  },
});

/** What can be told; that it was recalled or closed is known by itself. */
export const NEWS_STATUSES = [
  'accepted',
  'rejected',
  'in_progress',
  'instalments',
  'part_paid',
  'paid',
  'order_for_payment',
  'judgment',
  'enforcement',
  'insolvent',
  'uncollectible',
  /** They give it back: it ends there. */
  'returned',
  /** We asked for it back; it stays with them until they give it back, or it is recalled. */
  'recall_asked',
] as const;
export type NewsStatus = (typeof NEWS_STATUSES)[number];

/** Keeps what was told. */
export const recordHandOverNews = operation({
  id: 'record-hand-over-news',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/hand-overs/:handOverId/news',
  summary: 'Keeps what an agency, a lawyer or a court says about a claim, with what it costs.',
  tag: TAG,
  permission: 'claim.hand_over',
  params: z.object({ handOverId: idText }),
  body: z.object({
    status: z.enum(NEWS_STATUSES),
    on: day,
    reference: textLine(100).optional(),
    note: textLine(2000).optional(),
    fee: amountIn.optional(),
  }),
  reply: z.object({ newsId: z.string() }),
  refusals: {
    ...NOT_FOUND,
    ...FEE_REFUSALS,
    news_in_future: [400, 'That day is not here yet.'],
    item_not_found: [404, 'One of the items does not exist.'],
    exclusion_not_found: [409, 'What was cut off of interest is not there any more.'],
  },
});

const NEWS_FILE = {
  agency_not_found: [404, 'There is no such agency.'],
  agency_line_unknown: [
    409,
    'Nothing, or more than one thing, with that number was handed over to this agency. Name the invoice, or its hand-over, by a number of its own.',
  ],
} as const;

const named = z.object({
  /** The number of the hand-over, or of an invoice in it. */
  name: textLine(100),
  status: z.enum(NEWS_STATUSES),
  on: day,
  reference: textLine(100).optional(),
  note: textLine(2000).optional(),
});

const statusColumns = z.object({
  headings: z.object({
    reference: textLine(100).optional(),
    status: textLine(100).optional(),
    on: textLine(100).optional(),
    number: textLine(100).optional(),
    note: textLine(100).optional(),
  }),
  dateOrder: z.enum(['day_month_year', 'month_day_year', 'year_month_day']).optional(),
  /** Their words for what becomes of a claim, and what that is here. */
  statuses: z.record(textLine(100), z.enum(NEWS_STATUSES)).optional(),
});

/** Keeps what a file of an agency tells. */
export const receiveAgencyNews = operation({
  id: 'receive-agency-news',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/agencies/:agencyId/news',
  summary:
    'Keeps what an agency tells of many claims at once; what was told before is not kept twice. What it gives back ends there.',
  tag: TAG,
  permission: 'claim.hand_over',
  params: z.object({ agencyId: idText }),
  body: z.object({ lines: z.array(named).min(1).max(AGENCY_LINES_MAX), columns: statusColumns.optional() }),
  reply: z.object({ kept: z.number().int(), known: z.number().int() }),
  refusals: {
    ...NOT_FOUND,
    ...FEE_REFUSALS,
    ...NEWS_FILE,
    news_in_future: [400, 'That day is not here yet.'],
    item_not_found: [404, 'One of the items does not exist.'],
    exclusion_not_found: [409, 'What was cut off of interest is not there any more.'],
  },
});

/** Looks at one. */
export const lookAtAgencyNews = operation({
  id: 'look-at-agency-news',
  kind: 'query',
  method: 'POST',
  path: '/api/v1/agencies/:agencyId/news-looks',
  summary:
    'Reads a file of news of an agency (CSV, .xlsx, PDF): each line with the hand-over it means. Nothing is changed.',
  tag: TAG,
  permission: 'claim.hand_over',
  consumesFile: true,
  params: z.object({ agencyId: idText }),
  query: z.object({
    /** Headings and words, where they are not known yet: JSON of what `columns` takes. */
    columns: z.string().max(4000).optional(),
  }),
  reply: z.object({
    headings: z.array(z.string()),
    columns: statusColumns,
    lines: z.array(
      z.object({
        name: z.string(),
        /** Their word; `status` is null where nobody said what it means. */
        word: z.string(),
        status: z.enum(NEWS_STATUSES).nullable(),
        on: dayText,
        reference: z.string().nullable(),
        note: z.string().nullable(),
        handOver: z.string().nullable(),
      }),
    ),
  }),
  refusals: {
    ...lookAtAgencyStatement.refusals,
    date_not_understood: [422, 'A cell says no date.'],
    date_not_valid: [422, 'A cell says a day that does not exist.'],
    agency_dates_unclear: [422, 'Dates can be read in two ways. Say in which order day and month stand.'],
  },
});

const decimalText = z
  .string()
  .regex(/^\d{1,12}(\.\d{1,3})?$/, 'fee_not_valid')
  .meta({ examples: ['25.00'] });

const fees = z.object({
  /**
   * Shares of what comes in, by days late and what was open when it was handed over: the first that fits; the last has no
   * limit.
   */
  shares: z
    .array(
      z.object({
        upToDaysLate: z.number().int().min(0).max(36_500).nullable(),
        upToAmount: decimalText.nullable().optional(),
        percent,
      }),
    )
    .min(1)
    .max(20)
    .meta({ examples: [[{ upToDaysLate: null, percent: '15' }]] }),
  taxPercent: percent,
  /** Of the amounts here; needed where there is any. */
  currency: currencyCode.optional(),
  /** The least that is taken of each payment of a debtor. */
  least: decimalText.optional(),
  /** A fixed sum for each item, taken with the first that comes in of it. */
  fixed: decimalText.optional(),
  /** `debtor`: they collect their fee on top of what is owed. */
  bearer: z.enum(['us', 'debtor']).optional(),
});

const agencyFields = {
  kind: z.enum(['agency', 'lawyer']),
  name: textLine(200),
  email: textLine(254).optional(),
  clientNumber: textLine(60).optional(),
  fees,
  /** `net`: they keep their fee of what they pay on. `gross`: they pay on all and ask for the fee. */
  remits: z.enum(['net', 'gross']),
};

/** Agencies and law firms. */
export const listAgencies = operation({
  id: 'list-agencies',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/agencies',
  summary: 'Agencies and law firms that claims go to, with what they take.',
  tag: TAG,
  permission: 'book.read',
  reply: z.object({
    rows: z.array(
      z.object({
        ...agencyFields,
        agencyId: z.string(),
        email: z.string().nullable(),
        clientNumber: z.string().nullable(),
        inUse: z.boolean(),
      }),
    ),
    may: z.object({ put: may }),
  }),
});

/** Adds or changes an agency. */
export const putAgency = operation({
  id: 'put-agency',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/agencies',
  summary:
    'Adds an agency or a law firm, or changes one. What was handed over before goes by the fees of then.',
  tag: TAG,
  permission: 'company.manage',
  body: z.object({ ...agencyFields, agencyId: idText.optional(), inUse: z.boolean().default(true) }),
  reply: z.object({ agencyId: z.string() }),
  refusals: {
    agency_not_found: [404, 'There is no such agency.'],
    email_not_valid: [400, 'This is no mail address.'],
    fee_not_valid: [
      400,
      'A share is a percentage from 0 to 100 with two decimals at most; each can be reached, and the last has no limit. Amounts need a currency.',
    ],
    amount_too_many_decimals: [400, 'That currency has fewer decimals.'],
    amount_too_large: [400, 'That amount is too large.'],
  },
});
