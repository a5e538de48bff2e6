// What the API offers on the books of a company: opening it, its accounts, periods, number series, rates and journal.

import { z } from 'zod';
import {
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
  textLine,
} from '#http/contract.ts';
import type { ItemId } from '#kernel/id.ts';
import { RATES_MAX } from '#kernel/limits.ts';
import { companyIdIn, customerIdIn, newCompanyBody } from '#parties/contract.ts';
import { ENTRY_KINDS } from './journal.ts';
import { NUMBERED_KINDS } from './number-pattern.ts';

const TAG = 'Ledger';

/** An open item of the books, named in a request. */
export const itemIdIn = idText.transform((text) => text as ItemId);

const COMPANY_NOT_FOUND = [404, 'There is no such company. See the list of companies.'] as const;

export const openCompany = operation({
  id: 'open-company',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/companies',
  summary: 'Opens the books of a company: the legal entity, its accounts and its number series.',
  tag: TAG,
  permission: 'company.manage',
  body: newCompanyBody,
  reply: z.object({ companyId: z.string() }),
  refusals: {
    company_code_taken: [409, 'Another company has this code. Choose another code.'],
    company_code_not_valid: [
      400,
      'A code has up to 20 capital letters, digits, hyphens and underscores, like MAIN.',
    ],
    unknown_currency: [400, 'This is no currency of ISO 4217. Write three capital letters, like EUR.'],
    country_not_valid: [400, 'This is no country code. Write two capital letters, like CZ.'],
    time_zone_not_valid: [400, 'This is no IANA time zone. Write it like Europe/Prague.'],
    iban_not_valid: [400, 'This IBAN has a mistake: its check digits or its length do not fit.'],
    bic_not_valid: [400, 'This is no BIC. It has 8 or 11 letters and digits, like DEUTDEFF.'],
    email_not_valid: [400, 'This is no e-mail address. Write one, like accounts@example.com.'],
  },
});

// — accounts and numbers —

export const listAccounts = operation({
  id: 'list-accounts',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/companies/:companyId/accounts',
  summary: 'The chart of accounts of a company, by code.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ companyId: companyIdIn }),
  query: pageQuery,
  reply: pageOf(
    z.object({
      account: z.string(),
      code: z.string(),
      name: z.string(),
      kind: z.enum(['asset', 'liability', 'income', 'expense']),
      control: z.boolean(),
    }),
  ),
  refusals: { company_not_found: COMPANY_NOT_FOUND },
});

const documentKind = z.enum(NUMBERED_KINDS);

export const listNumberSeries = operation({
  id: 'list-number-series',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/companies/:companyId/number-series',
  summary: 'The number series of a company, with the number that comes next.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ companyId: companyIdIn }),
  query: pageQuery,
  reply: pageOf(
    z.object({
      documentKind,
      series: z.string(),
      pattern: z.string(),
      nextCount: z.string(),
      /** What the next document would be numbered, were it issued today. */
      nextNumber: z.string(),
    }),
  ),
  refusals: { company_not_found: COMPANY_NOT_FOUND },
});

export const addNumberSeries = operation({
  id: 'add-number-series',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/companies/:companyId/number-series',
  summary: 'Adds a number series; it counts from 1 without gaps.',
  tag: TAG,
  permission: 'company.manage',
  params: z.object({ companyId: companyIdIn }),
  body: z.object({
    documentKind,
    series: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,19}$/, 'series_name_not_valid'),
    pattern: textLine(40),
  }),
  reply: z.object({ series: z.string(), firstNumber: z.string() }),
  refusals: {
    company_not_found: COMPANY_NOT_FOUND,
    series_taken: [
      409,
      'The company has a series of this name for this kind of document. Choose another name.',
    ],
    number_pattern_taken: [409, 'Another series gives numbers of the same form. Choose another pattern.'],
    number_pattern_without_count: [400, 'The pattern must have a place for the count, like {nnnnn}.'],
    number_pattern_too_long: [400, 'The pattern has at most 40 characters.'],
  },
});

// — periods —

const periodReply = z.object({
  id: z.string(),
  companyId: z.string(),
  startsOn: dayText,
  endsOn: dayText,
  lockedAt: momentText.nullable(),
  lockedBy: z.string().nullable(),
  may: z.object({ lock: may, unlock: may }),
});

export const listPeriods = operation({
  id: 'list-periods',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/companies/:companyId/periods',
  summary: 'The accounting periods of a company, newest first.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ companyId: companyIdIn }),
  query: pageQuery,
  reply: pageOf(periodReply),
  refusals: { company_not_found: COMPANY_NOT_FOUND },
});

export const addPeriod = operation({
  id: 'add-period',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/companies/:companyId/periods',
  summary: 'Adds an accounting period. Days in no period are open for posting.',
  tag: TAG,
  permission: 'period.lock',
  params: z.object({ companyId: companyIdIn }),
  body: z.object({ startsOn: day, endsOn: day }),
  reply: z.object({ periodId: z.string() }),
  refusals: {
    company_not_found: COMPANY_NOT_FOUND,
    period_ends_before_start: [400, 'The last day of the period is before its first. Change one of them.'],
    period_overlaps: [409, 'Another period has some of these days. Periods of a company do not overlap.'],
  },
});

export const lockPeriod = operation({
  id: 'lock-period',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/periods/:periodId/lock',
  summary: 'Locks a period: nothing more is posted on its days.',
  tag: TAG,
  permission: 'period.lock',
  params: z.object({ periodId: idText }),
  reply: z.object({ periodId: z.string() }),
  refusals: {
    period_not_found: [404, 'There is no such period.'],
    period_locked_already: [409, 'This period is locked already.'],
  },
});

export const unlockPeriod = operation({
  id: 'unlock-period',
  kind: 'command',
  method: 'DELETE',
  path: '/api/v1/periods/:periodId/lock',
  summary: 'Unlocks a period for posting. The history keeps who did it and why.',
  tag: TAG,
  permission: 'period.lock',
  params: z.object({ periodId: idText }),
  body: z.object({ reason: textLine(500) }),
  reply: z.object({ periodId: z.string() }),
  refusals: {
    period_not_found: [404, 'There is no such period.'],
    period_not_locked: [409, 'This period is not locked.'],
  },
});

// — exchange rates —

const rateReply = z.object({
  id: z.string(),
  base: z.string(),
  quote: z.string(),
  validOn: dayText,
  /** One unit of `base` is worth that many of `quote`. */
  rate: z.string(),
  source: z.string(),
  recordedAt: momentText,
});

export const listRates = operation({
  id: 'list-exchange-rates',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/exchange-rates',
  summary: 'Exchange rates, newest day first; a rate recorded later for the same day counts.',
  tag: TAG,
  permission: 'book.read',
  query: pageQuery.extend({
    base: currencyCode.optional(),
    quote: currencyCode.optional(),
    from: day.optional(),
    to: day.optional(),
  }),
  reply: pageOf(rateReply),
});

export const recordRates = operation({
  id: 'record-exchange-rates',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/exchange-rates',
  summary:
    'Records exchange rates, one or many. A rate is never changed; a later one for the same day counts instead.',
  tag: TAG,
  permission: 'rate.record',
  body: z.object({
    rates: z
      .array(
        z.object({
          base: currencyCode,
          quote: currencyCode,
          validOn: day,
          rate: z.string().meta({ examples: ['1.0853'] }),
          source: textLine(60).optional(),
        }),
      )
      .min(1)
      .max(RATES_MAX),
  }),
  reply: z.object({ recorded: z.number().int() }),
  refusals: {
    number_not_decimal: [400, 'A rate is written with a point and at most twelve decimals, like 1.0853.'],
    rate_not_positive: [400, 'A rate is above zero.'],
    rate_of_same_currency: [400, 'A rate is between two currencies. Name two different ones.'],
    rate_out_of_range: [400, 'This rate is too large or too small to be one. Check the direction.'],
    rate_named_twice: [400, 'The same pair and day stands twice in the list. Leave one out.'],
  },
});

// — journal —

/** An entry as people read it; amounts are signed, debit positive. */
export const entryReply = z
  .object({
    id: z.string(),
    companyId: z.string(),
    kind: z.enum(ENTRY_KINDS),
    documentId: z.string(),
    postedOn: dayText,
    recordedAt: momentText,
    reversesId: z.string().nullable(),
    lines: z.array(
      z.object({
        account: z.string(),
        code: z.string(),
        name: z.string(),
        amount: moneyText,
        functional: moneyText,
        itemId: z.string().nullable(),
        /** The document whose item the line moves. */
        reference: z.string().nullable(),
      }),
    ),
    /** How many lines the entry has; long ones are shown in part. */
    lineCount: z.number().int(),
  })
  .meta({ id: 'JournalEntry' });

export const listEntries = operation({
  id: 'list-journal-entries',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/journal-entries',
  summary: 'Journal entries that concern a document or a customer, newest first.',
  tag: TAG,
  permission: 'book.read',
  query: pageQuery.extend({ documentId: idText.optional(), customerId: customerIdIn.optional() }),
  reply: pageOf(entryReply),
  refusals: {
    journal_of_what: [400, 'Name either a documentId or a customerId.'],
  },
});
