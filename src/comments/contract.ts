// What the API offers on comments: saying something to colleagues, and reading what was said.

import { z } from 'zod';
import { idText, may, momentText, operation, pageOf, pageQuery } from '#http/contract.ts';
import { COMMENTED_KINDS, MENTIONS_MAX } from './comment.ts';

const TAG = 'Tasks';
const NOT_FOUND = { commented_not_found: [404, 'There is no such customer, dispute or task.'] } as const;

/** What was said. */
export const listComments = operation({
  id: 'list-comments',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/comments',
  summary:
    'What colleagues said of a customer, a dispute or a task, the latest first; customers never see it.',
  tag: TAG,
  permission: 'book.read',
  query: pageQuery.extend({ kind: z.enum(COMMENTED_KINDS), subjectId: idText }),
  reply: pageOf(
    z.object({
      commentId: z.string(),
      words: z.string(),
      by: z.string(),
      at: momentText,
      /** Names of who was told. */
      mentions: z.array(z.string()),
    }),
  ).extend({
    /** Who can be mentioned. */
    people: z.array(z.object({ userId: z.string(), name: z.string() })),
    may: z.object({ comment: may }),
  }),
  refusals: NOT_FOUND,
});

/** Saying something. */
export const addComment = operation({
  id: 'add-comment',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/comments',
  summary:
    'Says something to colleagues about a customer, a dispute or a task; whoever is mentioned is told by mail.',
  tag: TAG,
  permission: 'comment.write',
  body: z.object({
    kind: z.enum(COMMENTED_KINDS),
    subjectId: idText,
    words: z.string().trim().min(1).max(4000),
    mentions: z.array(idText).max(MENTIONS_MAX).default([]),
  }),
  reply: z.object({ commentId: z.string() }),
  refusals: { ...NOT_FOUND, member_not_found: [404, 'Somebody who is mentioned is no member.'] },
});
