// What the API offers on experiments: registering and stopping one, and what they have shown.

import { z } from 'zod';
import {
  day,
  dayText,
  idText,
  may,
  moment,
  momentText,
  operation,
  pageOf,
  pageQuery,
  textLine,
} from '#http/contract.ts';
import { EXPERIMENT_DAYS_MAX } from '#kernel/limits-collecting.ts';
import { customerBrief } from '#parties/contract.ts';
import { ARM_CUSTOMERS_MIN, VERDICTS } from './comparison.ts';
import { ESTIMATE_FORMULA } from './estimate.ts';
import { ARMS, END_KINDS, EXPERIMENT_KINDS, METRICS, TRIED_PHASES } from './experiment.ts';

export { ARM_CUSTOMERS_MIN, EXPERIMENT_KINDS, METRICS, TRIED_PHASES };

const TAG = 'Experiments';

const NOT_FOUND = {
  experiment_not_found: [404, 'There is no such experiment. See the list of experiments.'],
} as const;

const interval = z.object({ low: z.number(), high: z.number() });

const armFigures = z.object({
  /** Customers who take part, and those whose window is over: only these are compared. */
  entered: z.number().int(),
  of: z.number().int(),
  /** Those who paid all that was open when they entered, within the window. */
  paid: z.number().int(),
  /** Days until they had; the whole window for who had not. */
  meanDays: z.number().nullable(),
});

const when = { asOf: day.optional(), knownAt: moment.optional() };

const experiment = z.object({
  experimentId: z.string(),
  number: z.number().int(),
  name: z.string(),
  note: z.string(),
  policyCode: z.string(),
  offsetDays: z.number().int(),
  kind: z.enum(EXPERIMENT_KINDS),
  laterDays: z.number().int().nullable(),
  sharePercent: z.number().int(),
  /** From which, with the customer's id, anybody can reckon who is in which part. */
  seed: z.string(),
  metric: z.enum(METRICS),
  windowDays: z.number().int(),
  expected: z.number().int(),
  startsOn: dayText,
  endsOn: dayText,
  registeredBy: z.string(),
  registeredAt: momentText,
  state: z.enum(['planned', 'running', 'waiting', 'ended']),
  endKind: z.enum(END_KINDS).nullable(),
  endedOn: dayText.nullable(),
  endNote: z.string().nullable(),
  asOf: dayText,
  arms: z.object({ usual: armFigures, tried: armFigures }),
  /** What saying the step as usual brings over what is tried: positive is better to say it. Shares as parts of one, or days gained. */
  uplift: z
    .object({
      difference: z.number(),
      /** For one look, at the end: 95 percent. */
      atEnd: interval,
      /** For any number of looks: 95 percent; null before both parts are large enough. */
      always: interval.nullable(),
    })
    .nullable(),
  verdict: z.enum(VERDICTS),
  /** The interval for any number of looks, day by day. */
  course: z.array(interval.extend({ on: dayText, difference: z.number() })),
  formula: z.literal(ESTIMATE_FORMULA),
  may: z.object({ stop: may }),
});

/** All of them. */
export const listExperiments = operation({
  id: 'list-experiments',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/experiments',
  summary: 'Experiments with steps of policies, the latest first, with what they have shown.',
  tag: TAG,
  permission: 'report.read',
  query: z.object(when),
  reply: z.object({
    rows: z.array(experiment),
    /** Steps in force that an experiment may be about: not required, no demand and no final notice. */
    steps: z.array(
      z.object({
        policyCode: z.string(),
        policyName: z.string(),
        offsetDays: z.number().int(),
        phase: z.enum(TRIED_PHASES),
        /** How many days later it may be said at most: the next step comes after; null where none does. */
        laterDaysMax: z.number().int().nullable(),
      }),
    ),
    may: z.object({ start: may }),
  }),
});

/** One. */
export const readExperiment = operation({
  id: 'read-experiment',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/experiments/:experimentId',
  summary: 'One experiment, with what it has shown, as of any day.',
  tag: TAG,
  permission: 'report.read',
  params: z.object({ experimentId: idText }),
  query: z.object(when),
  reply: experiment,
  refusals: NOT_FOUND,
});

/** Who takes part. */
export const listExperimentEntries = operation({
  id: 'list-experiment-entries',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/experiments/:experimentId/entries',
  summary: 'Customers who take part in an experiment, with what became of them, the latest first.',
  tag: TAG,
  permission: 'report.read',
  params: z.object({ experimentId: idText }),
  query: pageQuery.extend(when),
  reply: pageOf(
    z.object({
      customer: customerBrief,
      arm: z.enum(ARMS),
      enteredOn: dayText,
      /** The last day of the window. */
      until: dayText,
      paid: z.boolean(),
      days: z.number().int(),
    }),
  ),
  refusals: NOT_FOUND,
});

/** Registering one. */
export const startExperiment = operation({
  id: 'start-experiment',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/experiments',
  summary:
    'Registers an experiment with a step of a policy: what is tried, with which share of customers, what is measured, from when to when.',
  tag: TAG,
  permission: 'cadence.edit',
  body: z.object({
    name: textLine(100),
    /** What is expected to be seen, and why. */
    note: textLine(1000),
    policyCode: z.string().min(1).max(100),
    /** The step, by its day after the due date. */
    offsetDays: z.number().int().min(-365).max(3650),
    kind: z.enum(EXPERIMENT_KINDS),
    laterDays: z.number().int().min(1).max(60).optional(),
    sharePercent: z.number().int().min(1).max(50),
    metric: z.enum(METRICS),
    windowDays: z.number().int().min(1).max(120),
    /** The difference hoped for, in percentage points or days. */
    expected: z.number().int().min(1).max(100),
    startsOn: day.optional(),
    endsOn: day,
  }),
  reply: z.object({ experimentId: z.string(), number: z.number().int() }),
  refusals: {
    experiment_policy_unknown: [404, 'No policy in force has this code. See the policies.'],
    experiment_step_unknown: [404, 'This policy has no step on that day. See its steps.'],
    experiment_step_required: [
      409,
      'This step is required, a demand or a final notice, and is never left out. Choose one before it.',
    ],
    experiment_later_missing: [400, 'Say how many days later it is said.'],
    experiment_later_needless: [400, 'Days are for what is told later. Leave them away.'],
    experiment_words_missing: [
      409,
      'Nobody wrote other words for this step. Write them under Templates first.',
    ],
    experiment_words_not_mail: [
      409,
      'The step goes by post or text message alone, and other words are those of mails. Choose another step.',
    ],
    experiment_later_too_long: [409, 'The next step would come before. Choose fewer days.'],
    experiment_start_past: [400, 'It begins today at the earliest: what is measured is said before.'],
    experiment_days_reversed: [400, 'The last day lies before the first. Change one of them.'],
    experiment_too_long: [400, `It takes customers in for ${EXPERIMENT_DAYS_MAX} days at most.`],
    experiment_overlaps: [
      409,
      'Another experiment is about this step in these days. Wait until it has ended, or stop it.',
    ],
  },
});

/** Stopping one. */
export const stopExperiment = operation({
  id: 'stop-experiment',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/experiments/:experimentId/end',
  summary: 'Stops an experiment: from now on everybody is told as usual. What it has shown stays.',
  tag: TAG,
  permission: 'cadence.edit',
  params: z.object({ experimentId: idText }),
  body: z.object({ note: textLine(1000) }),
  reply: z.null(),
  refusals: { ...NOT_FOUND, experiment_ended: [409, 'It has ended already.'] },
});
