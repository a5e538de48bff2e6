// The operations of collections: the cadence of reminders, what a run would say, runs, and what was said about an item.

import { z } from 'zod';
import { TEST_REFUSALS, testAsked } from '#delivery/contract.ts';
import {
  day,
  dayText,
  idText,
  may,
  momentText,
  moneyText,
  operation,
  pageOf,
  pageQuery,
  type RefusalMeaning,
  textLine,
} from '#http/contract.ts';
import { CADENCE_STEPS_MAX } from '#kernel/limits.ts';
import { PHASES, STEP_ATTACHMENTS } from '#policies/cadence.ts';
import { LEFT_OUT_REASONS } from '#policies/reminder.ts';
import { draftWords, NOT_RENDERED, previewed } from '#wording/contract.ts';
import { REMINDER_PHASES } from '#wording/reminder-phrases.ts';

export * from './contract-past.ts';
export * from './contract-plan.ts';

const phase = z.enum(PHASES);
const leftOutReason = z.enum(LEFT_OUT_REASONS);

const COMPANY_NOT_FOUND: RefusalMeaning = [404, 'There is no company with this id.'];
const CUSTOMER_NOT_FOUND: RefusalMeaning = [404, 'There is no customer with this id.'];

// — cadence —

const cadenceStep = z.object({
  step: z.number().int(),
  /** Days after the due date; negative is before it. */
  offsetDays: z.number().int(),
  phase,
  template: z.string(),
  /** Said again every so many days until the next step; null is said once. */
  everyDays: z.number().int().nullable(),
  /** No later step is said before it. */
  required: z.boolean(),
  /** Whether it goes out by itself, or waits for a person. */
  automatic: z.boolean(),
  /** Whether it tells interest and fees to date that are not charged yet. */
  showsCosts: z.boolean(),
  /** Whether it tells what late payment brings by the terms. */
  showsPenalties: z.boolean(),
  /** What goes with it by mail. */
  attaches: z.array(z.enum(STEP_ATTACHMENTS)),
});

const cadence = z.object({
  /** Null while the tenant still goes by the cadence that Quittance comes with. */
  cadenceId: idText.nullable(),
  name: z.string(),
  /** How many policies there are; of several this is the one for everybody, and it is not replaced by itself. */
  policies: z.number().int(),
  createdAt: momentText.nullable(),
  /** Whether reminders go out by themselves every day; not before somebody started a first run or set a cadence. */
  runsDaily: z.boolean(),
  /** From what time of the company's day on, e.g. `07:00`. */
  runsAt: z.string(),
  steps: z.array(cadenceStep),
  /** The templates a step can use. */
  templates: z.array(z.string()),
  may: z.object({ replace: may }),
});

/** The cadence in force. */
export const readCadence = operation({
  id: 'read-cadence',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/cadence',
  summary: 'The cadence in force: how many days before or after the due date what is said.',
  tag: 'Reminders',
  permission: 'book.read',
  reply: cadence,
});

/** A new version of the cadence. */
export const replaceCadence = operation({
  id: 'replace-cadence',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/cadence',
  summary: 'Puts a new cadence in the place of the one in force, which is kept for what was said by it.',
  tag: 'Reminders',
  permission: 'cadence.edit',
  body: z.object({
    name: textLine(100),
    runsDaily: z.boolean().default(true),
    runsAt: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'time_not_valid')
      .default('07:00'),
    steps: z
      .array(
        z.object({
          offsetDays: z.number().int().min(-365).max(3650),
          phase,
          template: textLine(60).optional(),
          everyDays: z.number().int().min(1).max(365).nullable().optional(),
          required: z.boolean().optional(),
          automatic: z.boolean().optional(),
          showsCosts: z.boolean().optional(),
          showsPenalties: z.boolean().optional(),
          attaches: z.array(z.enum(STEP_ATTACHMENTS)).optional(),
        }),
      )
      .min(1)
      .max(CADENCE_STEPS_MAX),
  }),
  reply: z.object({ cadenceId: idText }),
  refusals: {
    offset_twice: [409, 'Two steps have the same day. Each day has one step.'],
    phase_goes_back: [409, 'A later step is in a milder phase than the one before it.'],
    phase_not_before_due: [409, 'A step before the due date can only announce it (phase "upcoming").'],
    phase_only_before_due: [409, 'Phase "upcoming" is for steps before the due date.'],
    template_unknown: [409, 'There is no template of this name.'],
    repetition_not_valid: [409, 'A step is repeated every 1 to 365 days.'],
    policy_tests_failed: [
      409,
      'The policies carry tests that would fail then. Change the policies with their tests.',
    ],
    several_policies: [409, 'There are several policies. Change them on the page Policies, all together.'],
    no_steps: [400, 'A cadence has at least one step.'],
    too_many_steps: [400, 'The cadence has too many steps.'],
    changed_meanwhile: [409, 'Somebody else replaced the cadence just now. Look at it and decide again.'],
  },
});

// — words that are looked at —

const reminderWords = draftWords.extend({ companyId: idText, template: z.enum(REMINDER_PHASES) });
/** Text messages are looked at with any customer, also one without a number for them. */
const mailOrText = z.enum(['email', 'sms']).default('email');

const WORDS_REFUSALS: Readonly<Record<string, RefusalMeaning>> = {
  company_not_found: COMPANY_NOT_FOUND,
  customer_not_found: CUSTOMER_NOT_FOUND,
  nothing_to_say: [
    409,
    'Nothing is open of this customer, so there is nothing to remind of. Choose another.',
  ],
  no_email: [409, 'No contact of the customer has an e-mail address. Choose another customer to look at.'],
  template_not_rendered: NOT_RENDERED,
};

/** Looks at a reminder in words that need not be kept. */
export const previewWords = operation({
  id: 'preview-reminder-words',
  kind: 'query',
  method: 'POST',
  path: '/api/v1/customers/:customerId/reminder-previews',
  summary:
    'A reminder about all that is open of a customer, in words that need not be kept, whether it is planned or not. Nothing is sent.',
  tag: 'Reminders',
  permission: 'message.read',
  params: z.object({ customerId: idText }),
  body: reminderWords.extend({ channel: mailOrText }),
  reply: previewed,
  refusals: WORDS_REFUSALS,
});

/** Looks at a reminder on paper in words that need not be kept. */
export const previewLetterWords = operation({
  id: 'preview-letter-words',
  kind: 'query',
  method: 'POST',
  path: '/api/v1/customers/:customerId/letter-previews',
  summary:
    'A reminder on paper (.pdf) about all that is open of a customer, in words that need not be kept, whether it is planned or not. Nothing is sent.',
  tag: 'Reminders',
  permission: 'message.read',
  params: z.object({ customerId: idText }),
  body: reminderWords,
  produces: ['application/pdf'],
  refusals: {
    ...WORDS_REFUSALS,
    no_email: [409, 'The customer has no postal address. Choose another to look at.'],
  },
});

/** Sends such a reminder to oneself. */
export const testReminder = operation({
  id: 'test-reminder',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/customers/:customerId/test-mails',
  summary:
    'Sends a reminder, marked as a test, to the person who asks, never to the customer. It counts as no reminder.',
  tag: 'Reminders',
  permission: 'reminder.send',
  params: z.object({ customerId: idText }),
  body: reminderWords,
  reply: testAsked,
  refusals: { ...TEST_REFUSALS, ...WORDS_REFUSALS },
});

// — runs —

const run = z.object({
  runId: idText,
  /** The day whose reminders were said. */
  runOn: dayText,
  companyId: idText,
  companyCode: z.string(),
  startedBy: z.string(),
  startedAt: momentText,
  /** Null while it goes on. */
  finishedAt: momentText.nullable(),
  /** Messages made and items they speak about. */
  messages: z.number().int(),
  items: z.number().int(),
  /** Customers to whom something was due and nobody could be written to. */
  withoutEmail: z.number().int(),
  /** Items with a step due that were left out for any reason. */
  leftOut: z.number().int(),
  /** How many of them were left out because their step waits for a person. */
  forPerson: z.number().int(),
  /** Whether a person started it for the steps that wait for one, too. */
  approved: z.boolean(),
  /** Whether it was started by what somebody saw, and says that alone. */
  lookedAt: z.boolean(),
  /** Customers that were told nothing because something else would be said than was seen; and those that nobody saw. */
  changed: z.number().int(),
  appeared: z.number().int(),
  /** Why it ended before its time: others are in force than those that were approved. Look again and start anew. */
  stoppedFor: z.enum(['policies_replaced']).nullable(),
});

/** Starts a reminder run. */
export const startReminderRun = operation({
  id: 'start-reminder-run',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/reminder-runs',
  summary:
    'Reminds every customer of what is due to be said on a day. Run twice, late or at the same time, each step is said once.',
  tag: 'Reminders',
  permission: 'reminder.send',
  body: z.object({
    /** Left out: today where the company is. */
    on: day.optional(),
    /** Left out: all companies. */
    companyId: idText.optional(),
    /** Steps that wait for a person are said too; whoever asks for it is a person and has looked at them. */
    approved: z.boolean().optional(),
    /**
     * Of the plan that was looked at, see `summarize-reminder-plan`: that is said and nothing else. Left out: what is
     * due when it runs.
     */
    fingerprint: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
  }),
  reply: z.object({
    runs: z.array(
      z.object({
        runId: idText,
        companyId: idText,
        runOn: dayText,
        /** What the books say is due now; what is left out is known when the run is done. */
        customers: z.number().int(),
        items: z.number().int(),
      }),
    ),
  }),
  refusals: {
    company_not_found: COMPANY_NOT_FOUND,
    run_in_future: [409, 'That day is not here yet. A plan can be asked for any day; a run cannot.'],
    plan_changed: [409, 'Something changed since you looked at the plan. Look at it again and decide anew.'],
    person_needed: [403, 'Steps that wait for a person are sent by a person; a key cannot.'],
  },
});

/** Reminder runs, the newest first. */
export const listReminderRuns = operation({
  id: 'list-reminder-runs',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/reminder-runs',
  summary: 'Reminder runs and what they came to, the newest first.',
  tag: 'Reminders',
  permission: 'message.read',
  query: pageQuery.extend({
    companyId: idText.optional(),
    /** Runs that said the steps of that day. */
    on: day.optional(),
  }),
  reply: pageOf(run),
});

/** One reminder run. */
export const getReminderRun = operation({
  id: 'get-reminder-run',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/reminder-runs/:runId',
  summary: 'One reminder run: how far it is and what it came to.',
  tag: 'Reminders',
  permission: 'message.read',
  params: z.object({ runId: idText }),
  reply: run,
  refusals: { run_not_found: [404, 'There is no reminder run with this id.'] },
});

// — what was said —

const saidItem = z.object({
  messageId: idText,
  itemId: idText,
  documentId: idText,
  reference: z.string(),
  dueOn: dayText,
  step: z.number().int(),
  offsetDays: z.number().int(),
  phase,
  runOn: dayText,
  /** What was open in the moment of sending; null until then. */
  open: moneyText.nullable(),
  /** Why it was left out of the message after all; null where it is in it. */
  leftOut: leftOutReason.nullable(),
});

/** What a reminder speaks about. */
export const listMessageItems = operation({
  id: 'list-message-items',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/messages/:messageId/items',
  summary:
    'The items a reminder speaks about, and those left out of it in the moment of sending, with the reason.',
  tag: 'Reminders',
  permission: 'message.read',
  params: z.object({ messageId: idText }),
  reply: z.object({ rows: z.array(saidItem) }),
  refusals: { message_not_found: [404, 'There is no message with this id.'] },
});

/** What was said about a document. */
export const listDocumentReminders = operation({
  id: 'list-document-reminders',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/documents/:documentId/reminders',
  summary: 'Which steps were said about the items of an invoice, and in which messages.',
  tag: 'Reminders',
  permission: 'book.read',
  params: z.object({ documentId: idText }),
  reply: z.object({ rows: z.array(saidItem) }),
  refusals: { document_not_found: [404, 'There is no invoice or other document with this id.'] },
});
