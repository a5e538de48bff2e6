// Asking somebody else, and deciding: who would have to agree, what waits, yes or no, and taking it back.

import { z } from 'zod';
import {
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
import type { Json } from '#kernel/canonical.ts';
import { plannedSteps, TAG } from './contract-shapes.ts';

export const APPROVAL_STATES = [
  'requested',
  'carried_out',
  'rejected',
  'withdrawn',
  'failed',
  'expired',
] as const;

export const VIEWS = ['to_decide', 'requested', 'decided', 'all'] as const;

/** The refusal of operations that a second person has to decide, for the contracts of later modules. */
export const APPROVAL_REQUIRED: Readonly<Record<string, RefusalMeaning>> = {
  approval_required: [
    409,
    'This needs the approval of somebody else. Ask for it with POST /api/v1/approvals, naming this operation.',
  ],
};

/** Why something approved was refused when it was to be carried out, besides what its operation refuses. */
export const CARRYING_OUT_FAILURES = {
  requester_gone: 'Who asked for it is not a member any more, or their key was revoked.',
  approved_content_differs: 'What would be done now is not what was approved. Ask again.',
} as const;

const verdict = z.enum(['approved', 'rejected']);

const jsonObject = z.record(z.string(), z.unknown()).transform((given) => given as { [key: string]: Json });

const note = z.string().trim().max(500);

const hashText = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'hash_not_valid')
  .meta({ examples: ['0'.repeat(64)] });

const askedShape = {
  /** The operation to be carried out, by its id, e.g. `credit-invoice`. */
  operation: z
    .string()
    .max(100)
    .meta({ examples: ['credit-invoice'] }),
  /** What its address names, e.g. `{ "invoiceId": … }`. */
  params: jsonObject.default({}),
  /** Its body, exactly as one would send it to the operation itself. */
  body: jsonObject.default({}),
  /** Why, for those who decide. */
  reason: textLine(500),
};

const requested = z.object({
  approvalId: z.string(),
  state: z.literal('requested'),
  version: z.number().int(),
  /** SHA-256 of operation, request and amounts; who decides names it. */
  contentHash: z.string(),
  expiresAt: momentText,
});

const asked = z.object({
  params: z.record(z.string(), z.unknown()),
  body: z.record(z.string(), z.unknown()),
});

const parts = z.array(z.object({ label: z.string(), amount: moneyText }));

const approval = z
  .object({
    approvalId: z.string(),
    operation: z.string(),
    kind: z.string(),
    title: z.string(),
    state: z.enum(APPROVAL_STATES),
    version: z.number().int(),
    contentHash: z.string(),
    reason: z.string(),
    requestedBy: z.object({ kind: z.enum(['user', 'api_key', 'system']), id: z.string(), name: z.string() }),
    requestedAt: momentText,
    expiresAt: momentText,
    endedAt: momentText.nullable(),
    customerId: z.string().nullable(),
    customerName: z.string().nullable(),
    /** What it is about, one amount for each currency. */
    amounts: z.array(moneyText),
    parts,
    request: asked,
    order: z.enum(['serial', 'parallel']),
    steps: z.array(
      z.object({
        roles: z.array(z.string()),
        people: z.number().int(),
        approved: z.number().int(),
        isOpen: z.boolean(),
        /** Members who could decide, by name. */
        couldDecide: z.array(z.string()),
      }),
    ),
    decisions: z.array(
      z.object({
        by: z.string(),
        onBehalfOf: z.string().nullable(),
        step: z.number().int(),
        /** The version it was about; those about earlier versions count no more. */
        version: z.number().int(),
        verdict,
        note: z.string().nullable(),
        recordedAt: momentText,
      }),
    ),
    /** What the operation answered, once it was carried out. */
    result: z.unknown(),
    /** Why it was refused when it was to be carried out. */
    failure: z
      .object({ code: z.string(), says: z.string(), facts: z.record(z.string(), z.unknown()) })
      .nullable(),
    may: z.object({ decide: may, change: may }),
  })
  .meta({ id: 'Approval' });

const NOT_FOUND: Readonly<Record<string, RefusalMeaning>> = {
  approval_not_found: [404, 'There is no request with this id.'],
};

const ENDED: Readonly<Record<string, RefusalMeaning>> = {
  approval_ended: [409, 'This request has ended: it was decided or taken back.'],
  approval_expired: [409, 'Nobody decided in time. Ask again.'],
};

const ASKING: Readonly<Record<string, RefusalMeaning>> = {
  operation_not_approvable: [404, 'This operation cannot be asked for.'],
  request_not_understood: [
    400,
    'The operation would not understand this request. The facts name the fields.',
  ],
  would_be_refused: [409, 'Carried out now it would be refused. The facts say why.'],
  approval_not_needed: [409, 'You may do this without anybody else. Do it.'],
  approvers_missing: [
    409,
    'The rules name more people than there are to decide. Add members in these roles, or change the rules.',
  ],
};

export const planApproval = operation({
  id: 'plan-approval',
  kind: 'query',
  method: 'POST',
  path: '/api/v1/approval-plan',
  summary: 'Whether an operation would need the approval of others, and whose. Nothing is asked or stored.',
  tag: TAG,
  permission: 'approval.request',
  body: z.object({
    operation: askedShape.operation,
    params: jsonObject.default({}),
    body: jsonObject.default({}),
  }),
  reply: z.object({
    /** False: who asks may do it alone. */
    needed: z.boolean(),
    kind: z.string().nullable(),
    title: z.string().nullable(),
    amounts: z.array(moneyText),
    parts,
    order: z.enum(['serial', 'parallel']),
    expiryDays: z.number().int(),
    steps: plannedSteps,
    /** Whether there are enough people for all steps. */
    enoughPeople: z.boolean(),
  }),
  refusals: {
    operation_not_approvable: ASKING.operation_not_approvable as RefusalMeaning,
    request_not_understood: ASKING.request_not_understood as RefusalMeaning,
    would_be_refused: ASKING.would_be_refused as RefusalMeaning,
  },
});

export const listApprovals = operation({
  id: 'list-approvals',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/approvals',
  summary:
    'Requests for a decision, the newest first: those you can decide, those you made, those you decided, or all.',
  tag: TAG,
  permission: 'book.read',
  query: pageQuery.extend({ after: idText.optional(), view: z.enum(VIEWS).default('all') }),
  reply: pageOf(approval),
});

export const countApprovals = operation({
  id: 'count-approvals',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/approvals-waiting',
  summary: 'How many requests wait for you; 100 stands for more.',
  tag: TAG,
  permission: 'book.read',
  reply: z.object({ waiting: z.number().int() }),
});

export const readApproval = operation({
  id: 'read-approval',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/approvals/:approvalId',
  summary: 'One request: what it asks for in all its versions, who decided, for whom it waits.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ approvalId: idText }),
  reply: approval.extend({
    versions: z.array(
      z.object({
        version: z.number().int(),
        reason: z.string(),
        amounts: z.array(moneyText),
        parts,
        request: asked,
        contentHash: z.string(),
        recordedAt: momentText,
      }),
    ),
  }),
  refusals: NOT_FOUND,
});

export const requestApproval = operation({
  id: 'request-approval',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/approvals',
  summary:
    'Asks for an operation to be carried out in your name once others have approved it. It is rehearsed at once and kept word for word.',
  tag: TAG,
  permission: 'approval.request',
  body: z.object(askedShape),
  reply: requested,
  refusals: ASKING,
});

export const changeApproval = operation({
  id: 'change-approval',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/approvals/:approvalId',
  summary: 'Changes what is asked for. Approvals given so far count no more.',
  tag: TAG,
  permission: 'approval.request',
  params: z.object({ approvalId: idText }),
  body: z.object(askedShape),
  reply: requested,
  refusals: {
    ...NOT_FOUND,
    ...ENDED,
    ...ASKING,
    not_the_requester: [403, 'Only who asked can change the request.'],
    operation_differs: [409, 'The request is about another operation. Take it back and ask anew.'],
  },
});

export const decideApproval = operation({
  id: 'decide-approval',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/approvals/:approvalId/decisions',
  summary:
    'Approves or rejects what somebody else asked for. The last approval carries it out; where the books refuse it by then, the request has failed.',
  tag: TAG,
  permission: 'approval.decide',
  params: z.object({ approvalId: idText }),
  body: z.object({
    verdict,
    /** The content hash that was shown: what is approved is what was seen. */
    contentHash: hashText,
    /** Said to who asked; a rejection should say why. */
    note: note.optional(),
  }),
  reply: z.object({
    approvalId: z.string(),
    state: z.enum(['requested', 'carried_out', 'rejected', 'failed']),
    waitingRoles: z.array(z.string()),
    result: z.unknown(),
    failure: z.unknown(),
  }),
  refusals: {
    ...NOT_FOUND,
    ...ENDED,
    own_request: [403, 'Nobody decides about what they asked for themselves.'],
    decided_before: [409, 'You have decided about this before.'],
    not_an_approver: [403, 'This waits for people in other roles.'],
    approval_content_changed: [409, 'The request was changed meanwhile. Look at it again.'],
    person_needed: [403, 'A person decides; a key cannot.'],
  },
});

export const withdrawApproval = operation({
  id: 'withdraw-approval',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/approvals/:approvalId/withdrawal',
  summary: 'Takes a request of your own back.',
  tag: TAG,
  permission: 'approval.request',
  params: z.object({ approvalId: idText }),
  reply: z.object({ approvalId: z.string(), state: z.literal('withdrawn') }),
  refusals: {
    ...NOT_FOUND,
    ...ENDED,
    not_the_requester: [403, 'Only who asked can take the request back.'],
  },
});
