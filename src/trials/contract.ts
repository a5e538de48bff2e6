// The operations of trying policies out: compared with those in force, put in force by what was seen, planned in the shadow.

import { z } from 'zod';
import {
  day,
  dayText,
  idText,
  momentText,
  moneyText,
  operation,
  type RefusalMeaning,
} from '#http/contract.ts';
import { DIFFERENCES } from './comparison.ts';

const TAG = 'Policies';

const SET_NOT_FOUND: RefusalMeaning = [404, 'There is no set of policies with this id. See the list.'];

const tally = { accounts: z.number().int(), sums: z.array(moneyText) };
const told = z
  .object({
    /** Of the step that leads the message. */
    phase: z.string(),
    channel: z.string(),
    recipient: z.string(),
    messages: z.number().int(),
    items: z.number().int(),
    totals: z.array(moneyText),
  })
  .nullable();

const compared = z.object({
  on: dayText,
  /** The set in force; null where a tenant goes by the policies that Quittance comes with. */
  live: z.object({ setId: idText, number: z.number().int(), name: z.string() }).nullable(),
  /** Stands for what was compared and found; asked for when the set is put in force. */
  fingerprint: z.string(),
  policies: z.array(
    z.object({ code: z.string(), name: z.string(), before: z.object(tally), after: z.object(tally) }),
  ),
  moves: z.array(z.object({ from: z.string(), to: z.string(), ...tally })),
  said: z.array(z.object({ difference: z.enum(DIFFERENCES), messages: z.number().int(), ...tally })),
  rows: z.array(
    z.object({
      companyId: idText,
      customerId: idText,
      customerNumber: z.string(),
      customerName: z.string(),
      from: z.string(),
      to: z.string(),
      open: z.array(moneyText),
      /** Null where it hears nothing under either. */
      difference: z.enum(DIFFERENCES).nullable(),
      before: told,
      after: told,
    }),
  ),
  /** How many accounts there are besides those listed. */
  more: z.number().int(),
});

/** What a set would say more, less or otherwise. */
export const comparePolicies = operation({
  id: 'compare-policies',
  kind: 'query',
  method: 'POST',
  path: '/api/v1/policy-comparisons',
  summary:
    'A set of policies beside the one in force, on real accounts and a day: who moves, and what would be said more, less or otherwise.',
  tag: TAG,
  permission: 'message.read',
  body: z.object({
    /** A stored set, or a file that need not be stored. */
    setId: idText.optional(),
    file: z.record(z.string(), z.unknown()).optional(),
    companyId: idText.optional(),
    on: day.optional(),
    show: z.enum(DIFFERENCES).optional(),
  }),
  reply: compared,
  refusals: {
    policy_set_not_found: SET_NOT_FOUND,
    nothing_to_compare: [400, 'Name a set, or give a file.'],
    company_not_found: [404, 'There is no company with this id.'],
    policies_not_valid: [
      422,
      'Something in the file is wrong. Each problem says where it is and what to do.',
    ],
    policy_tests_failed: [
      409,
      'The policies do not do what their tests expect. See what each expects and what was found.',
    ],
  },
});

/** Puts a set in force by what its comparison showed. */
export const putPoliciesLive = operation({
  id: 'put-policies-live',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/policy-sets/:setId/live',
  summary:
    'Puts a set in force in the place of the one that is, by the fingerprint of the comparison of today that whoever decides has seen.',
  tag: TAG,
  permission: 'cadence.edit',
  params: z.object({ setId: idText }),
  body: z.object({
    /** The set in force when this was decided; null where there was none. */
    replaces: idText.nullable(),
    /** Of today's comparison of all companies; see `compare-policies`. */
    fingerprint: z.string().max(64),
  }),
  reply: z.object({ setId: idText }),
  refusals: {
    policy_set_not_found: SET_NOT_FOUND,
    not_a_draft: [409, 'The set is or was in force and is kept as it is. Make a new draft from it.'],
    policy_tests_failed: [409, 'The policies do not do what their tests expect. Change the draft.'],
    changed_meanwhile: [409, 'Another set was put live meanwhile. Look at it and decide again.'],
    comparison_changed: [
      409,
      'What the set would do is no longer what was looked at. Compare again, and decide by the new fingerprint.',
    ],
  },
});

/** What a set would have said, day by day. */
export const listShadowDays = operation({
  id: 'list-shadow-days',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/policy-sets/:setId/shadow-days',
  summary: 'What a set in the shadow would have said each day beside the set in force, the newest first.',
  tag: TAG,
  permission: 'message.read',
  params: z.object({ setId: idText }),
  reply: z.object({
    rows: z.array(
      z.object({
        companyId: idText,
        companyCode: z.string(),
        on: dayText,
        recordedAt: momentText,
        /** Planned by a file that the set has no more. */
        earlier: z.boolean(),
        summary: compared,
      }),
    ),
  }),
  refusals: { policy_set_not_found: SET_NOT_FOUND },
});
