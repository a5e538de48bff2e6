// What reporting answers on aging: what is open by age, customer and company, and the items behind each figure.

import { z } from 'zod';
import { currencyCode, idText, operation, pageOf, pageQuery } from '#http/contract.ts';
import {
  AGING_REFUSALS,
  agingBucket,
  agingFigures,
  agingRow,
  agingTotal,
  companyRef,
  edges,
  itemRow,
  stamp,
  TAG,
  when,
} from './contract-shapes.ts';

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
