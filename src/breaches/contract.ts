// What the API offers on breaches: the report that must read zero, as a list and as a file.

import { z } from 'zod';
import { dayText, momentText, operation } from '#http/contract.ts';
import { BREACH_WEEKS_MAX } from '#kernel/limits.ts';
import { BREACH_KINDS } from './breach.ts';

const TAG = 'Send gate';

const query = z.object({ weeks: z.coerce.number().int().min(1).max(BREACH_WEEKS_MAX).default(13) });

/** The report. */
export const listBreaches = operation({
  id: 'list-breaches',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/reminder-breaches',
  summary:
    'Reminders of the last weeks that should not have been sent, the latest first: of those knowable there must be none.',
  tag: TAG,
  permission: 'report.read',
  query,
  reply: z.object({
    /** When they were last looked for, and at how many messages. */
    search: z.object({ at: momentText, since: momentText, messages: z.number().int() }).nullable(),
    counts: z.object({ knowable: z.number().int(), notKnowable: z.number().int() }),
    weeks: z.array(
      z.object({
        monday: dayText,
        messages: z.number().int(),
        knowable: z.number().int(),
        notKnowable: z.number().int(),
      }),
    ),
    rows: z.array(
      z.object({
        breachId: z.string(),
        kind: z.enum(BREACH_KINDS),
        wasKnowable: z.boolean(),
        messageId: z.string(),
        customer: z.object({ id: z.string(), number: z.string(), name: z.string() }),
        reference: z.string().nullable(),
        seen: z.record(z.string(), z.unknown()),
        handedOverAt: momentText,
        foundAt: momentText,
      }),
    ),
  }),
});

/** How many there are: it must read zero. */
export const countBreaches = operation({
  id: 'count-breaches',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/reminder-breaches/count',
  summary:
    'How many reminders of the last weeks should not have been sent, by what could be known when they left.',
  tag: TAG,
  permission: 'report.read',
  reply: z.object({ messages: z.number().int(), weeks: z.number().int() }),
});

/** The report as a file. */
export const exportBreaches = operation({
  id: 'export-breaches',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/reminder-breaches.csv',
  summary: 'The report on reminders that should not have been sent as delimited text.',
  tag: TAG,
  permission: 'report.read',
  query,
  produces: ['text/csv'],
});
