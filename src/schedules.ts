// What is done when: the one table of what happens by the clock alone. Each entry becomes one job for each tenant and
// time; a worker that was down catches up with the latest time of the day, once.

import { ALERTS_QUEUE } from '#alerts/jobs.ts';
import { DAILY_NOTICE_QUEUE, NOTICE_QUEUE } from '#approvals/jobs.ts';
import { UNUSED_QUEUE } from '#attachments/jobs.ts';
import { RECURRING_QUEUE } from '#billing/jobs.ts';
import { BREACHES_QUEUE } from '#breaches/jobs.ts';
import { ESCALATE_QUEUE } from '#clocks/jobs.ts';
import { DAILY_QUEUE } from '#collections/jobs.ts';
import { LETTERS_QUEUE, NETWORK_QUEUE, RECOVER_QUEUE } from '#delivery/jobs.ts';
import { HANDED_OVER_QUEUE } from '#escalation/jobs.ts';
import { OLD_PACKS_QUEUE } from '#evidence/jobs.ts';
import { EXPERIMENTS_QUEUE } from '#experiments/jobs.ts';
import { HOLD_ENDS_QUEUE } from '#holds/jobs.ts';
import { TIDY_QUEUE } from '#integrations/jobs.ts';
import type { Schedule } from '#jobs/schedule.ts';
import { READ_ACCOUNTS_QUEUE } from '#mailboxes/jobs.ts';
import { APPLY_QUEUE, LEARN_QUEUE, REMITTANCES_QUEUE } from '#payments/queues.ts';
import { DRAWN_QUEUE } from '#printing/jobs.ts';
import { BREAKS_QUEUE } from '#promises/jobs.ts';
import { FIGURES_QUEUE } from '#reporting/jobs.ts';
import { DUE_QUEUE } from '#statements/jobs.ts';
import { TASKS_QUEUE } from '#tasks/jobs.ts';
import { THANKS_QUEUE } from '#thanks/jobs.ts';
import { SHADOW_QUEUE } from '#trials/jobs.ts';
import { ALIGN_QUEUE } from '#uploads/queues.ts';
import { WORKLIST_QUEUE } from '#worklist/jobs.ts';

/** All schedules, in the order of the day. */
export const SCHEDULES: readonly Schedule[] = [
  // Each company's reminders begin once its own day has come to the time of the cadence.
  { queue: DAILY_QUEUE, every: { minutes: 15 } },
  // Before the day's reminders: what other policies would have said.
  { queue: SHADOW_QUEUE, every: { minutes: 15 } },
  // People are told what waits for them: at once, or in the morning.
  { queue: NOTICE_QUEUE, every: { minutes: 5 } },
  { queue: DAILY_NOTICE_QUEUE, every: { dayAt: '07:30' } },
  { queue: RECOVER_QUEUE, every: { minutes: 5 } },
  // Mailboxes of companies are looked into.
  { queue: READ_ACCOUNTS_QUEUE, every: { minutes: 2 } },
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
  // Reminders that left are looked at again with what is known by now.
  { queue: BREACHES_QUEUE, every: { minutes: 60 } },
  // Customers are thanked for payments whose applying came to rest, where a policy wants that.
  { queue: THANKS_QUEUE, every: { minutes: 15 } },
  // Money that waited too long to be applied is told once, to whoever it is for and those above.
  { queue: ESCALATE_QUEUE, every: { minutes: 15 } },
  // What was paid of what is with agencies and lawyers is told.
  { queue: HANDED_OVER_QUEUE, every: { minutes: 15 } },
  // The order of customers by what they owe; the amounts themselves are always exact.
  { queue: FIGURES_QUEUE, every: { minutes: 5 } },
  // Who is to be looked at today: anew once a day has begun, else for customers to whom something happened.
  { queue: WORKLIST_QUEUE, every: { minutes: 5 } },
  // What wants a person becomes a task; what does not any more closes its task.
  { queue: TASKS_QUEUE, every: { minutes: 15 } },
  // People are told what is new for them: urgent things at once, the rest once a day at their hour.
  { queue: ALERTS_QUEUE, every: { minutes: 5 } },
  // Before people come to work: which promises were not kept.
  { queue: BREAKS_QUEUE, every: { dayAt: '04:30' } },
  // Before the day's reminders: experiments that have shown something end.
  { queue: EXPERIMENTS_QUEUE, every: { dayAt: '04:45' } },
  // Before people come to work: owners hear which of their holds are about to end.
  { queue: HOLD_ENDS_QUEUE, every: { dayAt: '06:30' } },
  // Before people come to work: what recurs is written or issued.
  { queue: RECURRING_QUEUE, every: { dayAt: '05:00' } },
  { queue: TIDY_QUEUE, every: { dayAt: '03:00' } },
  { queue: UNUSED_QUEUE, every: { dayAt: '03:30' } },
  { queue: DRAWN_QUEUE, every: { dayAt: '03:40' } },
  // Evidence packs that were kept for ten years.
  { queue: OLD_PACKS_QUEUE, every: { dayAt: '03:50' } },
];
