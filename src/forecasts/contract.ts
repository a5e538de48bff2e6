// The operations of looking ahead: what a day's reminders come to, the days to come as a calendar, what an account would
// hear over
// months under policies that need not be in force, and what was seen for a run and not said.

import { z } from 'zod';
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
import { companyIdIn, customerIdIn } from '#parties/contract.ts';
import { PHASES, STEP_CHANNELS } from '#policies/cadence.ts';
import { FORECAST_MONTHS_MAX, FORECAST_WEEKS_MAX } from '#policies/forecast.ts';
import { LEFT_OUT_REASONS } from '#policies/reminder.ts';

const TAG = 'Reminders';

const COMPANY_NOT_FOUND: RefusalMeaning = [404, 'There is no company with this id.'];

const phase = z.enum(PHASES);
const channel = z.enum(STEP_CHANNELS);
const count = z.object({
  customers: z.number().int(),
  messages: z.number().int(),
  items: z.number().int(),
  sums: z.array(moneyText),
});

/** What the plan of a day comes to. */
export const summarizePlan = operation({
  id: 'summarize-reminder-plan',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/reminder-plan-summary',
  summary:
    'What the reminders of a day come to, by phase and way, and how much is left out and why; with the fingerprint to send exactly that by.',
  tag: TAG,
  permission: 'message.read',
  query: z.object({
    on: day.optional(),
    companyId: companyIdIn.optional(),
    /** `true`: with the steps that wait for a person. */
    approved: z.enum(['true', 'false']).optional(),
  }),
  reply: z.object({
    on: dayText,
    /** Stands for everything that would be said, to whom and about which amounts; see `start-reminder-run`. */
    fingerprint: z.string(),
    said: count,
    byPhase: z.array(z.object({ phase, channel, count })),
    leftOut: z.array(z.object({ reason: z.enum(LEFT_OUT_REASONS), count })),
    /** Items whose step waits for a person: said with the others where `approved`, else left out for that. */
    forPerson: z.number().int(),
    /** Of what would be said, what the send gate would hold back now: money waits that could be for it. */
    held: count,
  }),
  refusals: { company_not_found: COMPANY_NOT_FOUND },
});

/** Days to come. */
export const readCalendar = operation({
  id: 'read-reminder-calendar',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/reminder-calendar',
  summary:
    'What would go out on each day of the weeks to come, if nobody paid: messages and amounts by phase and way, and what is for a person to do.',
  tag: TAG,
  permission: 'message.read',
  query: z.object({
    companyId: companyIdIn.optional(),
    weeks: z.coerce.number().int().min(1).max(FORECAST_WEEKS_MAX).default(6),
  }),
  reply: z.object({
    from: dayText,
    to: dayText,
    /** How many customers that owe something were looked at, and whether there are more than are looked at at once. */
    accounts: z.number().int(),
    more: z.boolean(),
    /** Whether runs go by themselves each day; where they do not, this is what they would say if somebody started them. */
    runsDaily: z.boolean(),
    days: z.array(
      z.object({
        on: dayText,
        /** What goes out by itself. */
        said: count,
        /** What waits for a person, counted on the day its step comes. */
        forPerson: count,
        /** Both, by what leads each message. */
        byPhase: z.array(z.object({ phase, channel, count })),
        /** Items with a step that day which something stops. */
        leftOut: z.number().int(),
      }),
    ),
  }),
  refusals: { company_not_found: COMPANY_NOT_FOUND },
});

/** One account over months. */
export const forecastAccount = operation({
  id: 'forecast-account',
  kind: 'query',
  method: 'POST',
  path: '/api/v1/policy-forecasts',
  summary:
    'Given an account: on which days of the months to come which messages, under policies in force, stored, or not even saved, if nothing is paid.',
  tag: 'Policies',
  permission: 'message.read',
  body: z.object({
    customerId: customerIdIn,
    /** A stored set, or a file that need not be stored; left out, the policies in force. */
    setId: idText.optional(),
    file: z.record(z.string(), z.unknown()).optional(),
    months: z.number().int().min(1).max(FORECAST_MONTHS_MAX).default(6),
  }),
  reply: z.object({
    companies: z.array(
      z.object({
        companyId: idText,
        companyName: z.string(),
        from: dayText,
        to: dayText,
        messages: z.array(
          z.object({
            on: dayText,
            policy: z.object({ code: z.string(), name: z.string() }),
            phase,
            template: z.string(),
            channel,
            recipient: z.string(),
            /** In whose name, where it is not the company's. */
            sender: z.string().nullable(),
            forPerson: z.boolean(),
            totals: z.array(moneyText),
            items: z.array(
              z.object({
                reference: z.string(),
                dueOn: dayText,
                offsetDays: z.number().int(),
                open: moneyText,
              }),
            ),
          }),
        ),
        /** What has a step and is not said, on the first day it is so for that reason. */
        leftOut: z.array(
          z.object({
            on: dayText,
            reference: z.string(),
            offsetDays: z.number().int(),
            reason: z.enum(LEFT_OUT_REASONS),
          }),
        ),
      }),
    ),
  }),
  refusals: {
    customer_not_found: [404, 'There is no customer with this id.'],
    policy_set_not_found: [404, 'There is no set of policies with this id. See the list.'],
    policies_not_valid: [
      422,
      'Something in the file is wrong. Each problem says where it is and what to do.',
    ],
  },
});

/** What was seen for a run and not said. */
export const listRunChanges = operation({
  id: 'list-run-changes',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/reminder-runs/:runId/changes',
  summary:
    'Customers to whom a run said nothing because something else would be said than was seen: what was seen, and what is due now.',
  tag: TAG,
  permission: 'message.read',
  params: z.object({ runId: idText }),
  query: pageQuery,
  reply: pageOf(
    z.object({
      customerId: idText,
      customerNumber: z.string(),
      customerName: z.string(),
      seen: z.object({
        phase: z.string().nullable(),
        channel: z.string().nullable(),
        recipient: z.string().nullable(),
        messages: z.number().int(),
        items: z.number().int(),
        totals: z.array(moneyText),
      }),
      /** Null where nothing would be said any more. */
      now: z
        .object({
          phase: z.string().nullable(),
          channel: z.string().nullable(),
          recipient: z.string().nullable(),
          messages: z.number().int(),
          items: z.number().int(),
          totals: z.array(moneyText),
        })
        .nullable(),
    }),
  ),
  refusals: { run_not_found: [404, 'There is no reminder run with this id.'] },
});
