// What reporting answers on the first page: what is owed, what is late, what waits for somebody.

import { z } from 'zod';
import { dayText, idText, momentText, moneyText, operation } from '#http/contract.ts';
import { agingBucket, agingFigures, daysFigure, dsoPoint, REFUSALS, TAG } from './contract-shapes.ts';

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
