// The operations of policies: sets of them, as files, from draft to live.

import { z } from 'zod';
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

const TAG = 'Policies';

const SET_NOT_FOUND: RefusalMeaning = [404, 'There is no set of policies with this id. See the list.'];
const NOT_DRAFT: RefusalMeaning = [
  409,
  'The set is or was in force and is kept as it is. Make a new draft from it.',
];

/** What reading a file can refuse. */
const FILE_REFUSALS: Readonly<Record<string, RefusalMeaning>> = {
  policies_not_valid: [422, 'Something in the file is wrong. Each problem says where it is and what to do.'],
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
  stage: z.enum(['draft', 'live', 'retired']),
  note: z.string(),
  policies: z.array(z.object({ code: z.string(), name: z.string(), steps: z.number().int() })),
  tests: z.number().int(),
  madeBy: z.string(),
  madeAt: momentText,
  changedAt: momentText,
  liveBy: z.string().nullable(),
  liveAt: momentText.nullable(),
  retiredAt: momentText.nullable(),
  may: z.object({ change: may, putLive: may, drop: may }),
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
      }),
    ),
  }),
  refusals: FILE_REFUSALS,
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
  summary: 'Gives a draft another file.',
  tag: TAG,
  permission: 'cadence.edit',
  params: z.object({ setId: idText }),
  body: z.object({ file: fileIn, note }),
  reply: z.object({ setId: idText }),
  refusals: { ...FILE_REFUSALS, policy_set_not_found: SET_NOT_FOUND, not_a_draft: NOT_DRAFT },
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

/** Puts a draft in force. */
export const putPoliciesLive = operation({
  id: 'put-policies-live',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/policy-sets/:setId/live',
  summary:
    'Puts a draft in force in the place of the set that is. What was said counts: no step is said twice.',
  tag: TAG,
  permission: 'cadence.edit',
  params: z.object({ setId: idText }),
  body: z.object({
    /** The set in force when this was decided; null where there was none. */
    replaces: idText.nullable(),
  }),
  reply: z.object({ setId: idText }),
  refusals: {
    policy_set_not_found: SET_NOT_FOUND,
    not_a_draft: NOT_DRAFT,
    policy_tests_failed: [409, 'The policies do not do what their tests expect. Change the draft.'],
    changed_meanwhile: [409, 'Another set was put live meanwhile. Look at it and decide again.'],
  },
});
