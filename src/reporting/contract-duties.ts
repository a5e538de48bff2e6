// What reporting answers on the separation of duties: who did two things that two people should do.

import { z } from 'zod';
import { momentText, operation } from '#http/contract.ts';
import { TAG } from './contract-shapes.ts';
import { APART_DAYS_MAX } from './duties.ts';

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
