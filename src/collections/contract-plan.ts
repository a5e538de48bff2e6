// The operations of the plan: a run that is not carried out.

import { z } from 'zod';
import { COVER_REASONS } from '#gate/cover.ts';
import {
  day,
  dayText,
  idText,
  moneyText,
  operation,
  pageOf,
  pageQuery,
  type RefusalMeaning,
} from '#http/contract.ts';
import { PHASES, STEP_CHANNELS } from '#policies/cadence.ts';
import { LEFT_OUT_REASONS } from '#policies/reminder.ts';
import { WINDOW_REFUSAL } from '#printing/contract.ts';
import { shownSkip } from '#skips/contract.ts';

const phase = z.enum(PHASES);
const leftOutReason = z.enum(LEFT_OUT_REASONS);

const COMPANY_NOT_FOUND: RefusalMeaning = [404, 'There is no company with this id.'];
const CUSTOMER_NOT_FOUND: RefusalMeaning = [404, 'There is no customer with this id.'];

const plannedItem = z.object({
  itemId: idText,
  documentId: idText,
  reference: z.string(),
  dueOn: dayText,
  daysLate: z.number().int(),
  /** What is asked for. */
  open: moneyText,
  /** What of it is in dispute, and not asked for; null where nothing is. */
  disputed: moneyText.nullable(),
  step: z.number().int(),
  phase,
  /** Money that came, is not applied and could be for it: the send gate would leave it out now. */
  waitingMoney: z
    .object({
      source: z.enum(['receipt', 'announced']),
      id: idText,
      name: z.string(),
      reason: z.enum(COVER_REASONS),
    })
    .nullable(),
});

const leftOutItem = z.object({
  itemId: idText,
  documentId: idText,
  reference: z.string(),
  dueOn: dayText,
  open: moneyText,
  /** The step it would have been told. */
  step: z.number().int(),
  reason: leftOutReason,
  /** Who left it out of that day's reminders and why, where a person did. */
  skip: shownSkip.nullable(),
});

/** What one customer would be told by one company, and what is left out. */
export const plannedReminder = z.object({
  /** The policy that counts for the customer on that day. */
  policy: z.object({ code: z.string(), name: z.string() }),
  customerId: idText,
  customerNumber: z.string(),
  customerName: z.string(),
  companyId: idText,
  /** Null when nothing is said: everything is left out, or there is nobody to write to. */
  phase: phase.nullable(),
  template: z.string().nullable(),
  /** A mail address or a postal one; null when there is none, and the items are listed as left out for `no_email`. */
  recipient: z.string().nullable(),
  channel: z.enum(STEP_CHANNELS).nullable(),
  language: z.string(),
  totals: z.array(moneyText),
  /** Waiting money could pay all of it: the send gate would let it wait. */
  waits: z.boolean(),
  items: z.array(plannedItem),
  leftOut: z.array(leftOutItem),
});

/** `true`: what a run would say that a person starts for the steps that wait for one, too. */
const approvedPlan = z.enum(['true', 'false']).optional();

/** What a run would say on a day, and who is left out and why; changes nothing. */
export const planReminders = operation({
  id: 'plan-reminders',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/reminder-plan',
  summary: 'A reminder run that is not carried out: who would be told what, and who is left out and why.',
  tag: 'Reminders',
  permission: 'message.read',
  query: pageQuery.extend({ on: day.optional(), companyId: idText.optional(), approved: approvedPlan }),
  reply: pageOf(plannedReminder),
  refusals: { company_not_found: COMPANY_NOT_FOUND },
});

/** Why there are no words to look at. */
export const PREVIEW_REFUSALS: Readonly<Record<string, RefusalMeaning>> = {
  company_not_found: COMPANY_NOT_FOUND,
  customer_not_found: CUSTOMER_NOT_FOUND,
  ...WINDOW_REFUSAL,
  nothing_to_say: [409, 'There is nothing to say to this customer on that day, or not so many messages.'],
  no_email: [
    409,
    'There is nobody to write to: no contact with an e-mail address, and no way by letter with a postal address. Add one to remind them.',
  ],
};

/** The words of one planned reminder. */
export const previewedReminder = z.object({
  recipient: z.string(),
  language: z.string(),
  subject: z.string(),
  text: z.string(),
  /** Null where the words are plain text alone. */
  html: z.string().nullable(),
  attachments: z.array(z.object({ fileName: z.string() })),
  /** How many messages the customer would hear. */
  messages: z.number().int(),
});

/** The text of one planned reminder. */
export const previewReminder = operation({
  id: 'preview-reminder',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/reminder-plan/:companyId/:customerId',
  summary:
    'The words of one planned reminder, exactly as they would be sent now; of several messages to the customer, one.',
  tag: 'Reminders',
  permission: 'message.read',
  params: z.object({ companyId: idText, customerId: idText }),
  query: z.object({
    on: day.optional(),
    approved: approvedPlan,
    /** Which message, where the policy makes one of each invoice: from 1, the oldest invoice first. */
    message: z.coerce.number().int().min(1).default(1),
  }),
  reply: previewedReminder,
  refusals: PREVIEW_REFUSALS,
});
