// Those who decide: how they are told, and to whom they delegate while they are away.

import { z } from 'zod';
import { day, dayText, idText, may, momentText, operation, textLine } from '#http/contract.ts';
import { TAG } from './contract-shapes.ts';
import { NOTICE_MODES } from './notice.ts';

export const readNotices = operation({
  id: 'read-approval-notices',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/approval-notices',
  summary: 'How one is told by mail that something waits for oneself.',
  tag: TAG,
  permission: 'approval.request',
  reply: z.object({ mode: z.enum(NOTICE_MODES) }),
});

export const changeNotices = operation({
  id: 'change-approval-notices',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/approval-notices',
  summary:
    'Sets how one is told by mail: at once (`each`), once a day (`daily`), or never (`off`). What lapses soon is told at once unless off.',
  tag: TAG,
  permission: 'approval.request',
  body: z.object({ mode: z.enum(NOTICE_MODES) }),
  reply: z.object({ mode: z.enum(NOTICE_MODES) }),
});

const delegation = z.object({
  delegationId: z.string(),
  fromUser: z.object({ id: z.string(), name: z.string() }),
  toUser: z.object({ id: z.string(), name: z.string() }),
  startsOn: dayText,
  endsOn: dayText,
  reason: z.string(),
  /** Whether it holds today. */
  isInForce: z.boolean(),
  endedAt: momentText.nullable(),
  may: z.object({ end: may }),
});

export const listDelegations = operation({
  id: 'list-delegations',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/delegations',
  summary: 'Who decides for whom and when, the latest first.',
  tag: TAG,
  permission: 'book.read',
  reply: z.object({
    delegations: z.array(delegation),
    /** Members who can decide. */
    people: z.array(z.object({ userId: z.string(), name: z.string(), role: z.string() })),
  }),
});

export const delegateDuties = operation({
  id: 'delegate-duties',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/delegations',
  summary: 'Lets somebody else decide in your place from one day to another, both included.',
  tag: TAG,
  permission: 'approval.decide',
  body: z.object({
    toUser: idText,
    startsOn: day,
    endsOn: day,
    reason: textLine(200),
  }),
  reply: z.object({ delegationId: z.string() }),
  refusals: {
    person_needed: [403, 'A person delegates; a key cannot.'],
    delegate_unknown: [404, 'This is no member who can decide. Choose an owner or a controller.'],
    delegation_to_oneself: [409, 'Duties are delegated to somebody else.'],
    delegation_ends_before_it_starts: [400, 'The last day is before the first.'],
    delegation_in_past: [409, 'The last day is over.'],
    delegation_too_long: [409, 'Duties are delegated for a year at most.'],
  },
});

export const endDelegation = operation({
  id: 'end-delegation',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/delegations/:delegationId/end',
  summary: 'Ends a delegation at once. Those it is from and to can, and whoever sets the rules.',
  tag: TAG,
  permission: 'approval.decide',
  params: z.object({ delegationId: idText }),
  reply: z.object({ delegationId: z.string() }),
  refusals: {
    delegation_not_found: [404, 'There is no delegation with this id.'],
    delegation_ended: [409, 'This delegation was ended before.'],
    not_your_delegation: [403, 'Only those it is from and to can end it, and whoever sets the rules.'],
  },
});
