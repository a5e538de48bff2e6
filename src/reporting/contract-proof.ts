// What reporting answers when asked to prove the books.

import { z } from 'zod';
import { dayText, momentText, moneyText, operation } from '#http/contract.ts';
import { TAG } from './contract-shapes.ts';

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
