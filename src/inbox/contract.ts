// What the API offers on the inbox: conversations with customers, what their mails propose, and what people do about it.

import { z } from 'zod';
import {
  amountIn,
  day,
  dayText,
  idText,
  may,
  momentText,
  moneyText,
  operation,
  pageOf,
  pageQuery,
  textLine,
} from '#http/contract.ts';
import type { ItemId } from '#kernel/id.ts';
import { customerIdIn } from '#parties/contract.ts';
import { CONVERSATION_STATES, KNOWN_BY } from './conversation.ts';
import { PROPOSED, WITH_BAR } from './proposal.ts';

export * from './contract-replies.ts';
export * from './contract-summary.ts';
export { PROPOSED, WITH_BAR };

const TAG = 'Inbox';

/** Open ones, those somebody waits in, mine (or a note names me), nobody's, those that are done, or all. */
export const INBOX_VIEWS = ['open', 'waiting', 'mine', 'unassigned', 'done', 'all'] as const;

const CONVERSATION = {
  conversation_not_found: [404, 'There is no such conversation. See the inbox.'],
} as const;
const MOVED_ON = {
  conversation_moved_on: [
    409,
    'Something happened in this conversation since you saw it. Look at it again before you go on.',
  ],
} as const;
const MEMBER = { member_not_found: [404, 'Somebody named is no member. See the list of people.'] } as const;

const conversation = z.object({
  conversationId: idText,
  version: z.number().int(),
  subject: z.string(),
  state: z.enum(CONVERSATION_STATES),
  companyId: z.string().nullable(),
  /** Null where nobody knows yet who writes. */
  customer: z.object({ id: z.string(), number: z.string(), name: z.string() }).nullable(),
  assignedTo: z.object({ userId: z.string(), name: z.string() }).nullable(),
  /** Since when somebody waits for an answer. */
  waitingSince: momentText.nullable(),
  /** Whole hours that an answer has been waited for. */
  waitingHours: z.number().int().nullable(),
  lastAt: momentText,
});

export const listConversations = operation({
  id: 'list-conversations',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/inbox',
  summary: 'Conversations with customers: who waits longest first, then the newest.',
  tag: TAG,
  permission: 'message.read',
  query: pageQuery.extend({
    show: z.enum(INBOX_VIEWS).default('open'),
    customerId: customerIdIn.optional(),
  }),
  reply: pageOf(
    conversation.extend({
      sender: z.string().nullable(),
      /** How the last mail begins. */
      words: z.string(),
      mails: z.number().int(),
      /** What its mails propose and nobody decided about. */
      proposals: z.array(z.enum(PROPOSED)),
    }),
  ).extend({
    counts: z.object({
      open: z.number().int(),
      waiting: z.number().int(),
      mine: z.number().int(),
      unassigned: z.number().int(),
    }),
  }),
});

const proposal = z.object({
  proposalId: idText,
  intent: z.enum(PROPOSED),
  /** Where in the words of the mail the quotation stands. */
  from: z.number().int(),
  to: z.number().int(),
  quote: z.string(),
  confidence: z.number(),
  parts: z.array(z.object({ on: dayText.nullable(), amount: moneyText.nullable() })),
  /** Whether a day or amount in it reads in two ways. */
  isUncertain: z.boolean(),
  reason: z.string().nullable(),
  address: z.string().nullable(),
  /** What it is about in the books: items that the mail names, else all that are open. */
  items: z.array(z.object({ itemId: z.string(), reference: z.string(), dueOn: dayText, open: moneyText })),
  decision: z.enum(['accepted', 'rejected']).nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: momentText.nullable(),
  may: z.object({ accept: may, reject: may }),
});

const entry = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('mail'),
    mailId: idText,
    inboundMailId: idText,
    isAutomatic: z.boolean(),
    sender: z.string(),
    subject: z.string(),
    /** Its words as plain text; of HTML its text. Nothing of it is fetched or run. */
    words: z.string(),
    files: z.array(z.object({ name: z.string(), bytes: z.number().int() })),
    knownBy: z.enum(KNOWN_BY).nullable(),
    at: momentText,
    proposals: z.array(proposal),
  }),
  z.object({
    kind: z.literal('message'),
    messageId: idText,
    purpose: z.string(),
    subject: z.string(),
    recipient: z.string(),
    state: z.string(),
    at: momentText,
  }),
  /** What one of us answered. */
  z.object({
    kind: z.literal('reply'),
    messageId: idText,
    subject: z.string(),
    words: z.string(),
    recipient: z.string(),
    state: z.string(),
    /** Numbers of invoices whose copies went with it, and the day of a statement. */
    invoices: z.array(z.string()),
    statementOn: dayText.nullable(),
    by: z.string(),
    at: momentText,
  }),
  z.object({
    kind: z.literal('note'),
    noteId: idText,
    words: z.string(),
    /** Colleagues it is for. */
    mentions: z.array(z.object({ userId: z.string(), name: z.string() })),
    by: z.string(),
    at: momentText,
  }),
]);

export const readConversation = operation({
  id: 'read-conversation',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/inbox/:conversationId',
  summary: 'A conversation: whose it is, who looks after it, and whether somebody waits.',
  tag: TAG,
  permission: 'message.read',
  params: z.object({ conversationId: idText }),
  reply: conversation.extend({
    /** Customers it may be of, by its latest mails, where nobody knows yet. */
    candidates: z.array(z.object({ id: z.string(), number: z.string(), name: z.string() })),
    people: z.array(z.object({ userId: z.string(), name: z.string() })),
    may: z.object({ work: may }),
  }),
  refusals: CONVERSATION,
});

export const listConversationEntries = operation({
  id: 'list-conversation-entries',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/inbox/:conversationId/entries',
  summary:
    'What is in a conversation: mails of the customer with what they propose, messages of ours they answer, and notes; the latest first.',
  tag: TAG,
  permission: 'message.read',
  params: z.object({ conversationId: idText }),
  query: pageQuery,
  reply: pageOf(entry),
  refusals: CONVERSATION,
});

const changed = z.object({ conversationId: z.string(), version: z.number().int() });
const params = z.object({ conversationId: idText });
const seen = z.number().int().min(1).optional();

export const assignConversation = operation({
  id: 'assign-conversation',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/inbox/:conversationId/assignee',
  summary: 'Gives a conversation to somebody, or to nobody.',
  tag: TAG,
  permission: 'hold.place',
  params,
  body: z.object({ userId: idText.nullable(), seen }),
  reply: changed,
  refusals: { ...CONVERSATION, ...MOVED_ON, ...MEMBER },
});

export const nameCustomer = operation({
  id: 'name-conversation-customer',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/inbox/:conversationId/customer',
  summary: 'Says whose a conversation is. Mails from the same address are that customer’s from then on.',
  tag: TAG,
  permission: 'hold.place',
  params,
  body: z.object({ customerId: customerIdIn }),
  reply: changed,
  refusals: {
    ...CONVERSATION,
    customer_not_found: [404, 'There is no such customer. Search by number or name.'],
  },
});

export const endConversation = operation({
  id: 'end-conversation',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/inbox/:conversationId/end',
  summary: 'Ends a conversation: nobody waits any more. It is open again when the customer writes.',
  tag: TAG,
  permission: 'hold.place',
  params,
  body: z.object({ seen }),
  reply: changed,
  refusals: { ...CONVERSATION, ...MOVED_ON, conversation_done: [409, 'This conversation is done already.'] },
});

export const reopenConversation = operation({
  id: 'reopen-conversation',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/inbox/:conversationId/reopen',
  summary: 'Opens a conversation again.',
  tag: TAG,
  permission: 'hold.place',
  params,
  body: z.object({}),
  reply: changed,
  refusals: { ...CONVERSATION, conversation_open: [409, 'This conversation is open.'] },
});

export const addNote = operation({
  id: 'add-inbox-note',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/inbox/:conversationId/notes',
  summary: 'Notes something for colleagues in a conversation. Customers never see it.',
  tag: TAG,
  permission: 'hold.place',
  params,
  body: z.object({
    words: z.string().trim().min(1).max(4000),
    mentions: z.array(idText).max(20).default([]),
  }),
  reply: z.object({ noteId: z.string() }),
  refusals: { ...CONVERSATION, ...MEMBER },
});

const DECIDING = {
  proposal_not_found: [404, 'There is no such proposal. See its conversation.'],
  proposal_decided: [409, 'Somebody decided about this proposal already.'],
} as const;

export const acceptProposal = operation({
  id: 'accept-proposal',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/inbox-proposals/:proposalId/acceptance',
  summary:
    'Does what a mail proposes, as proposed or changed: takes the promise, opens the dispute, sends the copy, lets chasing rest, adds or stops the address.',
  tag: TAG,
  permission: 'hold.place',
  params: z.object({ proposalId: idText }),
  body: z.object({
    /** Of a promise its day; of a rest its last day. */
    on: day.optional(),
    /** Of a promise. */
    amount: amountIn.optional(),
    /** Items meant; left out, those the mail names, else all that are open. */
    itemIds: z
      .array(idText.transform((text) => text as ItemId))
      .min(1)
      .max(50)
      .optional(),
    /** Of a dispute, by its code. */
    reason: textLine(40).optional(),
    address: textLine(254).optional(),
    name: textLine(200).optional(),
  }),
  reply: z.object({ proposalId: z.string(), intent: z.string(), outcome: z.unknown() }),
  refusals: {
    ...DECIDING,
    conversation_without_customer: [409, 'Say first whose conversation this is.'],
    promise_without_day: [400, 'The mail names no day. Say by which day it is promised.'],
    nothing_promised: [400, 'Nothing is open that could be promised.'],
    wrong_currency: [400, 'The amount is in another currency than the items.'],
    exceeds_open: [409, 'More is named than is open. Change the amount, or choose the items.'],
    promised_day_past: [400, 'The day is past. Say by which day it is promised.'],
    promised_too_far_ahead: [400, 'The day is more than a year ahead.'],
    promise_of_several: [409, 'A promise is about one company and one currency. Choose the items.'],
    proposal_without_address: [400, 'The mail names no address. Say which one.'],
    proposal_without_contact: [409, 'The sender is no contact of the customer: a person decides about it.'],
    proposal_without_documents: [409, 'Nothing open is named. Begin from the page of the document.'],
    remittance_not_read: [409, 'The mail was not read as a remittance.'],
    conversation_without_company: [
      409,
      'There are several companies, and none is known for this conversation.',
    ],
    too_many_contacts: [409, 'The customer has as many contacts as it can have. Archive one.'],
    delivery_address_not_valid: [400, 'This is no mail address.'],
    contact_email_not_valid: [400, 'This is no mail address.'],
    hold_ends_before_start: [400, 'The day is past.'],
    hold_too_long: [400, 'The day is more than a year ahead.'],
    claim_known: [409, 'A dispute says the same already. Put the proposal aside.'],
    reason_unknown: [400, 'There is no such reason. See the reasons of disputes.'],
    mail_not_readable: [400, 'The mail cannot be read as a remittance.'],
  },
});

export const rejectProposal = operation({
  id: 'reject-proposal',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/inbox-proposals/:proposalId/rejection',
  summary: 'Puts a proposal aside. Nothing is done, and it is learnt that these words do not say it.',
  tag: TAG,
  permission: 'hold.place',
  params: z.object({ proposalId: idText }),
  body: z.object({}),
  reply: z.object({ proposalId: z.string(), intent: z.string(), outcome: z.unknown() }),
  refusals: DECIDING,
});

const bar = z.object({
  intent: z.enum(WITH_BAR),
  /** Null: never. */
  bar: z.number().min(0.8).max(1).nullable(),
});

export const listBars = operation({
  id: 'list-inbox-bars',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/inbox-bars',
  summary: 'From which confidence on proposals are accepted unasked. Nothing is, unless somebody set it.',
  tag: TAG,
  permission: 'message.read',
  reply: z.object({
    rows: z.array(
      z.object({
        intent: z.enum(PROPOSED),
        /** Null: never. */
        bar: z.number().nullable(),
        /** Whether a bar can be set at all: the others always wait for a person. */
        mayHaveBar: z.boolean(),
        /** What people did with proposals so far. */
        accepted: z.number().int(),
        changed: z.number().int(),
        rejected: z.number().int(),
        /** What was accepted without anybody looking. */
        unasked: z.number().int(),
        /** Of those that people decided about, how many were as sure as this, and how many of them were right as they were. */
        from: z.array(z.object({ bar: z.number(), decided: z.number().int(), right: z.number().int() })),
      }),
    ),
    may: z.object({ set: may }),
  }),
});

export const setBar = operation({
  id: 'set-inbox-bar',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/inbox-bars',
  summary: 'Sets from which confidence on proposals of one kind are accepted unasked; null for never.',
  tag: TAG,
  permission: 'cadence.edit',
  body: bar,
  reply: z.object({ intent: z.string() }),
});
