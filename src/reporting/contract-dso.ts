// What reporting answers on days sales outstanding, on one day and as a curve.

import { z } from 'zod';
import { dayText, moneyText, operation } from '#http/contract.ts';
import { companyRef, daysFigure, dsoPoint, REFUSALS, stamp, TAG, when } from './contract-shapes.ts';

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
