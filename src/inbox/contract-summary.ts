// What the API offers on the summary of a conversation.

import { z } from 'zod';
import { dayText, idText, momentText, moneyText, operation } from '#http/contract.ts';
import { PROPOSED } from './proposal.ts';
import { SUMMARY_STATES, SUMMARY_TOPICS } from './summary.ts';

const line = z.object({
  topic: z.enum(SUMMARY_TOPICS),
  intent: z.enum(PROPOSED),
  state: z.enum(SUMMARY_STATES),
  /** Who wrote it, and when it came in. */
  by: z.string(),
  at: momentText,
  /** The words of the mail that say it, and where they stand in it. */
  mailId: idText,
  proposalId: idText,
  from: z.number().int(),
  to: z.number().int(),
  quote: z.string(),
  /** Who decided that it is meant so. */
  decidedBy: z.string().nullable(),
  decidedAt: momentText.nullable(),
  /** The promise it became, as it stands in the books now. */
  promise: z
    .object({
      promiseId: idText,
      state: z.string(),
      amount: moneyText,
      kept: moneyText,
      next: dayText.nullable(),
    })
    .nullable(),
  /** The dispute it became, with what is still in dispute. */
  dispute: z.object({ disputeId: idText, number: z.string(), state: z.string(), open: moneyText }).nullable(),
});

/** What a conversation comes to. */
export const summarizeConversation = operation({
  id: 'summarize-conversation',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/inbox/:conversationId/summary',
  summary:
    'What a conversation comes to, by fixed rules: what was asked, promised and disputed, by whom and when, and what of it is open; each line with the words it was read from and the promise or dispute it became.',
  tag: 'Inbox',
  permission: 'message.read',
  params: z.object({ conversationId: idText }),
  reply: z.object({
    /** The earliest first. What somebody said is not meant so is left out. */
    lines: z.array(line),
    /** Earlier lines that are not listed. */
    hasMore: z.boolean(),
    /** Documents that its mails name and that are open now, the earliest due first. */
    items: z.array(
      z.object({
        itemId: idText,
        documentId: idText,
        reference: z.string(),
        dueOn: dayText,
        open: moneyText,
      }),
    ),
    /** Since when somebody waits for an answer. */
    waitingSince: momentText.nullable(),
  }),
  refusals: { conversation_not_found: [404, 'There is no such conversation. See the inbox.'] },
});
