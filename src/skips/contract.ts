// What the API offers on skips: what a person leaves out of the reminders of some days.

import { z } from 'zod';
import {
  day,
  dayText,
  idText,
  may,
  momentText,
  operation,
  pageOf,
  pageQuery,
  textLine,
} from '#http/contract.ts';
import type { ItemId } from '#kernel/id.ts';
import { companyIdIn, customerIdIn } from '#parties/contract.ts';
import { SKIPPED_AT_ONCE_MAX } from './skip.ts';

const TAG = 'Reminders';

/** A skip as people see it. */
export const shownSkip = z.object({
  skipId: idText,
  companyId: idText,
  customerId: idText,
  customerName: z.string(),
  /** Null: all that the company would tell the customer. */
  itemId: idText.nullable(),
  reference: z.string().nullable(),
  from: dayText,
  /** The last day whose reminders leave it out. */
  until: dayText,
  reason: z.string(),
  skippedBy: z.string(),
  skippedAt: momentText,
  takenBackBy: z.string().nullable(),
  takenBackAt: momentText.nullable(),
  may: z.object({ takeBack: may }),
});

/** Skips, the newest first. */
export const listReminderSkips = operation({
  id: 'list-reminder-skips',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/reminder-skips',
  summary: 'What people left out of the reminders of some days, who did so and why; the newest first.',
  tag: TAG,
  permission: 'message.read',
  query: pageQuery.extend({
    customerId: customerIdIn.optional(),
    /** `true`: neither over nor taken back. */
    standing: z.enum(['true', 'false']).optional(),
  }),
  reply: pageOf(shownSkip),
});

/** Leaves something out. */
export const skipReminders = operation({
  id: 'skip-reminders',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/reminder-skips',
  summary:
    'Leaves customers or items out of the reminders of some days, those that wait to be sent included. The first run after them says what is due then.',
  tag: TAG,
  permission: 'reminder.send',
  body: z.object({
    companyId: companyIdIn,
    of: z
      .array(
        z.object({
          customerId: customerIdIn,
          /** Left out: all that the company would tell the customer. */
          itemId: idText.transform((text) => text as ItemId).optional(),
        }),
      )
      .min(1)
      .max(SKIPPED_AT_ONCE_MAX),
    from: day,
    until: day,
    reason: textLine(300),
  }),
  reply: z.object({ skipIds: z.array(idText) }),
  refusals: {
    company_not_found: [404, 'There is no company with this id.'],
    customer_not_found: [404, 'There is no customer with this id.'],
    item_not_found: [404, 'The customer has no such item with this company.'],
    skip_ends_before_start: [409, 'The last day lies before the first.'],
    skip_over: [409, 'These days are past. Choose a last day that is still to come.'],
    skip_too_long: [
      409,
      'A skip lasts 92 days at most. What is not to be reminded for longer is put on hold, with somebody who looks after it.',
    ],
  },
});

/** Takes a skip back. */
export const takeSkipBack = operation({
  id: 'take-skip-back',
  kind: 'command',
  method: 'DELETE',
  path: '/api/v1/reminder-skips/:skipId',
  summary: 'Takes a skip back: what it left out is due again.',
  tag: TAG,
  permission: 'reminder.send',
  params: z.object({ skipId: idText }),
  reply: z.object({ skipId: idText }),
  refusals: {
    skip_not_found: [404, 'There is no skip with this id.'],
    skip_taken_back: [409, 'It was taken back before.'],
  },
});
