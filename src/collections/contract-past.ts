// The operations of a day that is past: what would have gone out by what was known then, beside what did.

import { z } from 'zod';
import { MESSAGE_STATES } from '#delivery/message.ts';
import {
  day,
  dayText,
  idText,
  momentText,
  operation,
  pageOf,
  pageQuery,
  type RefusalMeaning,
} from '#http/contract.ts';
import { LEFT_OUT_REASONS } from '#policies/reminder.ts';
import { PREVIEW_REFUSALS, plannedReminder, previewedReminder } from './contract-plan.ts';
import { DIFFERENCES } from './told.ts';

const TAG = 'Reminders';

const DAY_NOT_PAST: RefusalMeaning = [
  409,
  'That day is not over where the company is. Ask for its plan as it stands now instead.',
];
const COMPANY_NOT_FOUND: RefusalMeaning = [404, 'There is no company with this id.'];

const pastDay = z.object({
  companyId: idText,
  companyCode: z.string(),
  /** What had been recorded by this moment counts: right before the first run that began on that day, else its end. */
  knownAt: momentText,
  /** The run before which that moment is; null where none began on that day. */
  runId: idText.nullable(),
  /**
   * Of contacts, addresses, tags, ways of delivery and claims nothing is kept from before this moment: an earlier day is
   * planned with what was known of them then. Null where all of it is kept.
   */
  keptSince: momentText.nullable(),
  /**
   * `counted`: all of it. `counting`: a worker counts, and what follows is what it counted so far. `to_count`: there are many
   * customers, and what follows is of the first of them; have it counted.
   */
  state: z.enum(['counted', 'counting', 'to_count']),
  /** Customers looked at so far. */
  looked: z.number().int(),
  /** What would have gone out. */
  said: z.object({ messages: z.number().int(), customers: z.number().int(), items: z.number().int() }),
  leftOut: z.array(z.object({ reason: z.enum(LEFT_OUT_REASONS), items: z.number().int() })),
  /** Customers that were told exactly that on the day, and those that were told something else, or nothing. */
  same: z.number().int(),
  differing: z.number().int(),
});

/** What a past day comes to, by what was known then. */
export const reviewPastDay = operation({
  id: 'review-past-day',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/past-reminder-day',
  summary:
    'A past day by what was known then, company by company: what would have gone out, who would have been left out and why, and how many customers were told just that.',
  tag: TAG,
  permission: 'message.read',
  query: z.object({ on: day, companyId: idText.optional() }),
  reply: z.object({ on: dayText, rows: z.array(pastDay) }),
  refusals: { company_not_found: COMPANY_NOT_FOUND, day_not_past: DAY_NOT_PAST },
});

/** Has it counted where there are many customers. */
export const startPastCount = operation({
  id: 'start-past-count',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/past-reminder-day',
  summary:
    'Has a worker count what a past day comes to, where there are many customers; how far it is stands in the review of the day, and what it came to is kept there for a quarter of an hour.',
  tag: TAG,
  permission: 'reminder.send',
  body: z.object({ on: day, companyId: idText.optional() }),
  reply: z.object({
    /** Companies whose count was begun; the others are counted or being counted. */
    begun: z.number().int(),
  }),
  refusals: { company_not_found: COMPANY_NOT_FOUND, day_not_past: DAY_NOT_PAST },
});

const difference = z.object({
  itemId: idText,
  documentId: idText,
  reference: z.string(),
  /** See `DIFFERENCES`. */
  why: z.enum(DIFFERENCES),
  /** Why it was left out as the message left. */
  reason: z.enum(LEFT_OUT_REASONS).nullable(),
});

const toldMessage = z.object({
  messageId: idText,
  state: z.enum(MESSAGE_STATES),
  channel: z.string(),
  recipient: z.string(),
  /** When it left, or may have; null while it has not. What left after the day told nobody anything on it. */
  leftAt: momentText.nullable(),
  runId: idText,
  runStartedAt: momentText,
  /** Whether a person started the run for the steps that wait for one, too. */
  approved: z.boolean(),
  /** What it said, and what was left out of it as it left. */
  items: z.array(
    z.object({
      itemId: idText,
      reference: z.string(),
      step: z.number().int(),
      phase: z.string(),
      leftOut: z.enum(LEFT_OUT_REASONS).nullable(),
    }),
  ),
});

const pastReminder = plannedReminder.extend({
  /** The policy that counted then; null where nothing would have been said, and something was. */
  policy: plannedReminder.shape.policy.nullable(),
  /** The messages of runs for that day. */
  told: z.array(toldMessage),
  /** Nothing, where the customer was told exactly what would have been said. */
  differences: z.array(difference),
});

/** A past day, customer by customer. */
export const listPastReminders = operation({
  id: 'list-past-reminders',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/past-reminders',
  summary:
    'What would have been said on a past day by what was known then, and who would have been left out and why, each beside the messages of that day.',
  tag: TAG,
  permission: 'message.read',
  query: pageQuery.extend({ on: day, companyId: idText.optional() }),
  reply: pageOf(pastReminder),
  refusals: { company_not_found: COMPANY_NOT_FOUND, day_not_past: DAY_NOT_PAST },
});

/** The text of one such reminder. */
export const previewPastReminder = operation({
  id: 'preview-past-reminder',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/past-reminders/:companyId/:customerId',
  summary:
    'The words of one reminder as it would have been sent on a past day, by what was known and in the words that were in force then.',
  tag: TAG,
  permission: 'message.read',
  params: z.object({ companyId: idText, customerId: idText }),
  query: z.object({
    on: day,
    /** Which message, where the policy makes one of each invoice: from 1, the oldest invoice first. */
    message: z.coerce.number().int().min(1).default(1),
  }),
  reply: previewedReminder,
  refusals: { ...PREVIEW_REFUSALS, day_not_past: DAY_NOT_PAST },
});
