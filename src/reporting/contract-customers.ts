// What reporting answers on customers: their balances, one customer at a glance, and the customer's items.

import { z } from 'zod';
import {
  currencyCode,
  dayText,
  idText,
  momentText,
  moneyText,
  operation,
  pageOf,
  pageQuery,
  type RefusalMeaning,
  textLine,
} from '#http/contract.ts';
import {
  AGING_REFUSALS,
  agingBucket,
  agingTotal,
  edges,
  itemRow,
  REFUSALS,
  stamp,
  when,
} from './contract-shapes.ts';

const CUSTOMER_REFUSALS: Readonly<Record<string, RefusalMeaning>> = {
  ...REFUSALS,
  customer_not_found: [404, 'There is no such customer.'],
};

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
