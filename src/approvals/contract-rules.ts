// The authority matrix: from which amount on who has to agree.

import { z } from 'zod';
import {
  amountIn,
  currencyCode,
  momentText,
  moneyText,
  operation,
  type RefusalMeaning,
} from '#http/contract.ts';
import { ROLES } from '#identity/permission.ts';
import { plannedSteps, TAG } from './contract-shapes.ts';
import { BANDS_MAX, DECIDING_ROLES, EXPIRY_DAYS_MAX, STEP_PEOPLE_MAX, STEPS_MAX } from './policy.ts';

const step = {
  roles: z.array(z.enum(DECIDING_ROLES)).min(1).max(DECIDING_ROLES.length),
  people: z.number().int().min(1).max(STEP_PEOPLE_MAX),
};

const policyShape = {
  order: z.enum(['serial', 'parallel']),
  expiryDays: z.number().int().min(1).max(EXPIRY_DAYS_MAX),
};

export const listPolicies = operation({
  id: 'list-approval-policies',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/approval-policies',
  summary:
    'Who decides what, for every kind of decision: bands by amount, and who decides alone or with others.',
  tag: TAG,
  permission: 'book.read',
  reply: z.object({
    policies: z.array(
      z.object({
        kind: z.string(),
        title: z.string(),
        /** 0: nobody set rules for this kind; what is shown is what holds in their place. */
        version: z.number().int(),
        /** The kind whose rules hold where this one has none of its own; null for the default. */
        from: z.string().nullable(),
        currency: z.string().nullable(),
        ...policyShape,
        bands: z.array(
          z.object({
            upTo: moneyText.nullable(),
            alone: z.array(z.enum(ROLES)),
            steps: z.array(z.object({ roles: z.array(z.enum(ROLES)), people: z.number().int() })),
          }),
        ),
        recordedBy: z.string().nullable(),
        recordedAt: momentText.nullable(),
      }),
    ),
  }),
});

const rulesShape = {
  currency: currencyCode.nullable(),
  ...policyShape,
  bands: z
    .array(
      z.object({
        /** The largest amount of the band; null for the last. */
        upTo: amountIn.nullable(),
        alone: z.array(z.enum(DECIDING_ROLES)).max(DECIDING_ROLES.length),
        steps: z.array(z.object(step)).min(1).max(STEPS_MAX),
      }),
    )
    .min(1)
    .max(BANDS_MAX),
};

const RULES_REFUSED: Readonly<Record<string, RefusalMeaning>> = {
  policy_currency_missing: [400, 'Several bands need a currency in which their limits are written.'],
  bands_not_ascending: [400, 'The limits rise from band to band and are in the currency of the rules.'],
  last_band_limited: [400, 'The last band has no limit, and only the last.'],
};

export const planPolicy = operation({
  id: 'plan-approval-policy',
  kind: 'query',
  method: 'POST',
  path: '/api/v1/approval-policy-plan',
  summary: 'Who would decide about an amount by rules that are not set yet. Nothing is stored.',
  tag: TAG,
  permission: 'book.read',
  body: z.object({ ...rulesShape, amount: amountIn }),
  reply: z.object({
    /** From 1. */
    band: z.number().int(),
    alone: z.array(z.string()),
    steps: plannedSteps,
    /** Whether a member who is not among those deciding alone finds enough others, whoever they are. */
    enoughPeople: z.boolean(),
  }),
  refusals: {
    ...RULES_REFUSED,
    wrong_currency: [400, 'Try an amount in the currency of the rules.'],
  },
});

export const changePolicy = operation({
  id: 'change-approval-policy',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/approval-policies/:kind',
  summary:
    'Sets who decides about one kind, for requests to come. Waiting ones go on by the rules they were made under.',
  tag: TAG,
  permission: 'approval.manage',
  params: z.object({ kind: z.string().max(80) }),
  body: z.object({
    /** The version that was looked at, so that two changes at once do not undo each other. */
    version: z.number().int().min(0).max(1_000_000),
    ...rulesShape,
  }),
  reply: z.object({ kind: z.string(), version: z.number().int() }),
  refusals: {
    decision_kind_unknown: [404, 'There is no such kind of decision.'],
    policy_changed_meanwhile: [409, 'Somebody else changed these rules. Look again.'],
    ...RULES_REFUSED,
  },
});
