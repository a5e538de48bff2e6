// What is done when: the one table of what happens by the clock alone. Each entry becomes one job for each tenant and
// time; a worker that was down catches up with the latest time of the day, once.

import { DAILY_NOTICE_QUEUE, NOTICE_QUEUE } from '#approvals/jobs.ts';
import { UNUSED_QUEUE } from '#attachments/jobs.ts';
import { RECURRING_QUEUE } from '#billing/jobs.ts';
import { ESCALATE_QUEUE } from '#clocks/jobs.ts';
import { DAILY_QUEUE } from '#collections/jobs.ts';
import { LETTERS_QUEUE, NETWORK_QUEUE, RECOVER_QUEUE } from '#delivery/jobs.ts';
import { TIDY_QUEUE } from '#integrations/jobs.ts';
import type { Schedule } from '#jobs/schedule.ts';
import { APPLY_QUEUE, LEARN_QUEUE, REMITTANCES_QUEUE } from '#payments/jobs.ts';
import { BREAKS_QUEUE } from '#promises/jobs.ts';
import { FIGURES_QUEUE } from '#reporting/jobs.ts';
import { DUE_QUEUE } from '#statements/jobs.ts';
import { ALIGN_QUEUE } from '#uploads/jobs.ts';

/** All schedules, in the order of the day. */
export const SCHEDULES: readonly Schedule[] = [
  // Each company's reminders begin once its own day has come to the time of the cadence.
  { queue: DAILY_QUEUE, every: { minutes: 15 } },
  // People are told what waits for them: at once, or in the morning.
  { queue: NOTICE_QUEUE, every: { minutes: 5 } },
  { queue: DAILY_NOTICE_QUEUE, every: { dayAt: '07:30' } },
  { queue: RECOVER_QUEUE, every: { minutes: 5 } },
  { queue: NETWORK_QUEUE, every: { minutes: 5 } },
  // Each letter is asked about hourly until it is in the post, then daily in case it comes back.
  { queue: LETTERS_QUEUE, every: { minutes: 15 } },
  // Statements of a day that is over go out once the next one has begun where their company is.
  { queue: DUE_QUEUE, every: { minutes: 15 } },
  // Documents that were taken over from another system may be wanted in a portal; those issued here are seen at once.
  { queue: ALIGN_QUEUE, every: { minutes: 15 } },
  // Receipts that waited may be meant by an invoice issued or a payer's account learned since.
  { queue: APPLY_QUEUE, every: { minutes: 15 } },
  // What was applied tells how customers pay, for receipts that come later.
  { queue: LEARN_QUEUE, every: { minutes: 15 } },
  // Payments that are recorded one by one find their remittances here; an import looks at once.
  { queue: REMITTANCES_QUEUE, every: { minutes: 15 } },
  // Money that waited too long to be applied is told once, to whoever it is for and those above.
  { queue: ESCALATE_QUEUE, every: { minutes: 15 } },
  // The order of customers by what they owe; the amounts themselves are always exact.
  { queue: FIGURES_QUEUE, every: { minutes: 5 } },
  // Before people come to work: which promises were not kept.
  { queue: BREAKS_QUEUE, every: { dayAt: '04:30' } },
  // Before people come to work: what recurs is written or issued.
  { queue: RECURRING_QUEUE, every: { dayAt: '05:00' } },
  { queue: TIDY_QUEUE, every: { dayAt: '03:00' } },
  { queue: UNUSED_QUEUE, every: { dayAt: '03:30' } },
];
