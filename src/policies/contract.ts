// The operations of policies: sets of them, as files, from draft to live.

import { z } from 'zod';
import { DEBTOR_KINDS } from '#charges/policy.ts';
import {
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
import { CONTACT_ROLES } from '#parties/customer.ts';
import { RISK_CLASSES } from '#risks/risk-class.ts';
import { REMINDER_PHASES } from '#wording/reminder-phrases.ts';
import { AFTER_CARRIER, PHASES, STEP_ATTACHMENTS, STEP_CHANNELS, USUAL_ATTACHMENTS } from './cadence.ts';
import { GROUPINGS, THANKS } from './policy.ts';
import { DISPUTE_PAUSES, LEFT_OUT_REASONS, PROMISE_PAUSES } from './reminder.ts';
import { ATTRIBUTES } from './segment.ts';

const TAG = 'Policies';

/** The words that files of policies are written with, for whoever builds one; what each means stands in the manual. */
export const POLICY_CHOICES = {
  phases: PHASES,
  templates: REMINDER_PHASES,
  channels: STEP_CHANNELS,
  recipients: CONTACT_ROLES,
  groupings: GROUPINGS,
  attachments: STEP_ATTACHMENTS,
  usualAttachments: USUAL_ATTACHMENTS,
  thanks: THANKS,
  afterCarrier: AFTER_CARRIER,
  promisePauses: PROMISE_PAUSES,
  disputePauses: DISPUTE_PAUSES,
  attributes: ATTRIBUTES,
  /** What the answer can be, where it is one of few words. */
  words: { risk_class: RISK_CLASSES, debtor_kind: DEBTOR_KINDS },
  leftOut: LEFT_OUT_REASONS,
} as const;

const SET_NOT_FOUND: RefusalMeaning = [404, 'There is no set of policies with this id. See the list.'];
const NOT_DRAFT: RefusalMeaning = [
  409,
  'The set is or was in force and is kept as it is. Make a new draft from it.',
];

const NOT_VALID: RefusalMeaning = [
  422,
  'Something in the file is wrong. Each problem says where it is and what to do.',
];

/** What reading a file can refuse. */
const FILE_REFUSALS: Readonly<Record<string, RefusalMeaning>> = {
  policies_not_valid: NOT_VALID,
  policy_tests_failed: [
    409,
    'The policies do not do what their tests expect. See what each expects and what was found; mend the one that is wrong.',
  ],
};

/** A file of policies; what it must be is told by `policies_not_valid`. */
const fileIn = z.record(z.string(), z.unknown());
const note = textLine(500).optional();

const set = z.object({
  setId: idText,
  number: z.number().int(),
  name: z.string(),
  stage: z.enum(['draft', 'shadow', 'live', 'retired']),
  /** How often its file was changed, from 1; asked for when it is changed again. */
  revision: z.number().int(),
  note: z.string(),
  policies: z.array(z.object({ code: z.string(), name: z.string(), steps: z.number().int() })),
  tests: z.number().int(),
  madeBy: z.string(),
  madeAt: momentText,
  changedAt: momentText,
  liveBy: z.string().nullable(),
  liveAt: momentText.nullable(),
  retiredAt: momentText.nullable(),
  may: z.object({ change: may, putLive: may, drop: may, shadow: may, unshadow: may }),
});

/** Sets of policies, the newest first. */
export const listPolicySets = operation({
  id: 'list-policy-sets',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/policy-sets',
  summary: 'Sets of policies with their stage, the newest first.',
  tag: TAG,
  permission: 'book.read',
  query: pageQuery,
  reply: pageOf(set),
});

/** One set with its file. */
export const getPolicySet = operation({
  id: 'get-policy-set',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/policy-sets/:setId',
  summary: 'One set of policies, with the file that makes the same set elsewhere.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ setId: idText }),
  reply: set.extend({ file: z.record(z.string(), z.unknown()) }),
  refusals: { policy_set_not_found: SET_NOT_FOUND },
});

/** Policies to start from. */
export const listReadyPolicies = operation({
  id: 'list-ready-policies',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/ready-policies',
  summary: 'Sets of policies to start from, as files with their tests.',
  tag: TAG,
  permission: 'book.read',
  reply: z.object({
    rows: z.array(z.object({ key: z.string(), name: z.string(), file: z.record(z.string(), z.unknown()) })),
  }),
});

/** Reads a file and runs its tests; keeps nothing. */
export const checkPolicies = operation({
  id: 'check-policies',
  kind: 'query',
  method: 'POST',
  path: '/api/v1/policy-checks',
  summary: 'Reads a file of policies and runs its tests. Nothing is kept.',
  tag: TAG,
  permission: 'book.read',
  body: z.object({ file: fileIn }),
  reply: z.object({ name: z.string(), policies: z.number().int(), tests: z.number().int() }),
  refusals: FILE_REFUSALS,
});

/** Which accounts each policy of a file would have today. */
export const countSegments = operation({
  id: 'count-segments',
  kind: 'query',
  method: 'POST',
  path: '/api/v1/policy-counts',
  summary:
    'How many customers that owe something each policy of a file would have, and what they owe, beside the policy they have now.',
  tag: TAG,
  permission: 'book.read',
  body: z.object({ file: fileIn }),
  reply: z.object({
    on: dayText,
    rows: z.array(
      z.object({
        code: z.string(),
        name: z.string(),
        accounts: z.number().int(),
        /** How many of them are under a policy of another code now. */
        moved: z.number().int(),
        open: z.array(moneyText),
        /** The first few of them. */
        sample: z.array(
          z.object({ customerId: idText, customerNumber: z.string(), customerName: z.string() }),
        ),
      }),
    ),
  }),
  refusals: { policies_not_valid: NOT_VALID },
});

/** Why a customer has the policy it has. */
export const explainPolicies = operation({
  id: 'explain-policies',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/customers/:customerId/policies',
  summary:
    'The policy of a customer today with each company it owes, and why: each policy up to the one that counts, with what was seen.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ customerId: idText }),
  reply: z.object({
    /** The set in force; null where a tenant goes by the policies that Quittance comes with. */
    set: z.object({ setId: idText, number: z.number().int(), name: z.string() }).nullable(),
    rows: z.array(
      z.object({
        company: z.object({ id: idText, code: z.string(), name: z.string() }),
        on: dayText,
        /** In their order; the last one counts. */
        policies: z.array(
          z.object({
            code: z.string(),
            name: z.string(),
            counts: z.boolean(),
            /** The rule part by part, each after what it is part of. */
            lines: z.array(
              z.object({
                depth: z.number().int(),
                says: z.enum(['everybody', 'all', 'any', 'not', 'leaf']),
                /** Null where it is not known. */
                holds: z.boolean().nullable(),
                /** The question, as it stands in the file; of a leaf only. */
                rule: z.record(z.string(), z.unknown()).nullable(),
                /** What was seen, in words of the file; null where it is not known. */
                seen: z.string().nullable(),
              }),
            ),
          }),
        ),
      }),
    ),
  }),
  refusals: { customer_not_found: [404, 'There is no customer with this id.'] },
});

/** Makes a draft from a file. */
export const importPolicies = operation({
  id: 'import-policies',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/policy-sets',
  summary:
    'Makes a draft of a file of policies that passes its own tests. It does nothing before it is put live.',
  tag: TAG,
  permission: 'cadence.edit',
  body: z.object({ file: fileIn, note }),
  reply: z.object({ setId: idText, number: z.number().int() }),
  refusals: FILE_REFUSALS,
});

/** Changes a draft. */
export const changePolicies = operation({
  id: 'change-policies',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/policy-sets/:setId',
  summary: 'Gives a draft another file in the place of the one that was read.',
  tag: TAG,
  permission: 'cadence.edit',
  params: z.object({ setId: idText }),
  body: z.object({
    file: fileIn,
    note,
    /** Of the draft that was read; see `get-policy-set`. */
    revision: z.number().int().min(1),
  }),
  reply: z.object({ setId: idText }),
  refusals: {
    ...FILE_REFUSALS,
    policy_set_not_found: SET_NOT_FOUND,
    not_a_draft: NOT_DRAFT,
    changed_meanwhile: [409, 'Somebody else changed the draft meanwhile. Read it again and decide anew.'],
  },
});

/** Drops a draft. */
export const dropPolicies = operation({
  id: 'drop-policies',
  kind: 'command',
  method: 'DELETE',
  path: '/api/v1/policy-sets/:setId',
  summary: 'Drops a draft.',
  tag: TAG,
  permission: 'cadence.edit',
  params: z.object({ setId: idText }),
  reply: z.object({ setId: idText }),
  refusals: { policy_set_not_found: SET_NOT_FOUND, not_a_draft: NOT_DRAFT },
});

/** Plans a draft beside the set in force. */
export const shadowPolicies = operation({
  id: 'shadow-policies',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/policy-sets/:setId/shadow',
  summary: 'Plans a draft each day beside the set in force, in the place of any other. It says nothing.',
  tag: TAG,
  permission: 'cadence.edit',
  params: z.object({ setId: idText }),
  reply: z.object({ setId: idText }),
  refusals: { policy_set_not_found: SET_NOT_FOUND, not_a_draft: NOT_DRAFT },
});

/** Makes a draft again of the set in the shadow. */
export const unshadowPolicies = operation({
  id: 'unshadow-policies',
  kind: 'command',
  method: 'DELETE',
  path: '/api/v1/policy-sets/:setId/shadow',
  summary: 'Makes a draft again of the set that was planned beside the one in force.',
  tag: TAG,
  permission: 'cadence.edit',
  params: z.object({ setId: idText }),
  reply: z.object({ setId: idText }),
  refusals: {
    policy_set_not_found: SET_NOT_FOUND,
    not_in_shadow: [409, 'This set is not planned beside the one in force.'],
  },
});
