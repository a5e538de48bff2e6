// The operations on what did not arrive, addresses that are stopped, and what became of one document.

import { z } from 'zod';
import { idText, may, momentText, operation, pageOf, pageQuery, textLine } from '#http/contract.ts';
import {
  attempt,
  MESSAGE_REASON_CHARACTERS_MAX,
  messageRow,
  SEVERITIES,
  signal,
} from './contract-messages.ts';
import { ADDRESS_NOT_VALID } from './contract-setting.ts';
import { PROBLEM_KINDS, SUPPRESSION_REASONS } from './fate.ts';
import { MESSAGE_CHANNELS, MESSAGE_STATES, STOPPED_PURPOSES } from './message.ts';

// — what did not arrive —

/** Work for a person: what did not arrive. */
export const listDeliveryProblems = operation({
  id: 'list-delivery-problems',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/delivery-problems',
  summary:
    'What did not arrive and wants a person: why, what was done by itself, and what can be done. The newest first.',
  tag: 'Delivery',
  permission: 'message.read',
  query: pageQuery.extend({
    open: z.enum(['yes', 'no']).default('yes'),
    customerId: idText.optional(),
    documentId: idText.optional(),
  }),
  reply: pageOf(
    z.object({
      problemId: idText,
      kind: z.enum(PROBLEM_KINDS),
      severity: z.enum(SEVERITIES).nullable(),
      companyId: idText,
      customerId: idText,
      customerName: z.string(),
      messageId: idText.nullable(),
      documentId: idText.nullable(),
      subject: z.string().nullable(),
      channel: z.enum(MESSAGE_CHANNELS).nullable(),
      address: z.string().nullable(),
      detail: z.string(),
      openedAt: momentText,
      closedAt: momentText.nullable(),
      resolution: z.string().nullable(),
      /** The message that took its place by another way. */
      replacedBy: z
        .object({ messageId: idText, channel: z.enum(MESSAGE_CHANNELS), state: z.enum(MESSAGE_STATES) })
        .nullable(),
      /** The stop of the address in force. */
      suppressionId: idText.nullable(),
      may: z.object({ settle: may, lift: may }),
    }),
  ),
});

/** How many problems are open. */
export const countDeliveryProblems = operation({
  id: 'count-delivery-problems',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/delivery-problem-count',
  summary: 'How many messages did not arrive and want a person.',
  tag: 'Delivery',
  permission: 'message.read',
  reply: z.object({ open: z.number().int() }),
});

/** Closes a problem. */
export const settleDeliveryProblem = operation({
  id: 'settle-delivery-problem',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/delivery-problems/:problemId/settlements',
  summary: 'Closes a delivery problem with what was done about it.',
  tag: 'Delivery',
  permission: 'reminder.send',
  params: z.object({ problemId: idText }),
  body: z.object({ resolution: textLine(MESSAGE_REASON_CHARACTERS_MAX) }),
  reply: z.object({ problemId: idText }),
  refusals: {
    problem_not_found: [404, 'There is no such delivery problem.'],
    problem_closed: [409, 'Somebody closed it already.'],
  },
});

const suppression = z.object({
  suppressionId: idText,
  address: z.string(),
  /** Null: nothing at all is sent to it. */
  purpose: z.enum(STOPPED_PURPOSES).nullable(),
  reason: z.enum(SUPPRESSION_REASONS),
  detail: z.string(),
  messageId: idText.nullable(),
  addedBy: z.string(),
  addedAt: momentText,
  liftedAt: momentText.nullable(),
  liftReason: z.string().nullable(),
  may: z.object({ lift: may }),
});

/** Addresses nothing is sent to. */
export const listSuppressions = operation({
  id: 'list-suppressions',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/suppressions',
  summary: 'Addresses that nothing is sent to: since when, why, and who lifted it. The newest first.',
  tag: 'Delivery',
  permission: 'message.read',
  query: pageQuery.extend({ lifted: z.enum(['yes', 'no']).default('no'), q: z.string().max(254).optional() }),
  reply: pageOf(suppression),
});

/** Stops an address by hand. */
export const addSuppression = operation({
  id: 'add-suppression',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/suppressions',
  summary: 'Stops an address: nothing more is sent to it, at all or for one purpose, until that is lifted.',
  tag: 'Delivery',
  permission: 'customer.edit',
  body: z.object({
    address: textLine(254),
    purpose: z.enum(STOPPED_PURPOSES).nullable().default(null),
    reason: z.enum(['by_hand', 'opt_out']).default('by_hand'),
    detail: textLine(300),
  }),
  reply: z.object({ address: z.string() }),
  refusals: { delivery_address_not_valid: ADDRESS_NOT_VALID },
});

/** Lets things be sent to an address again. */
export const liftSuppression = operation({
  id: 'lift-suppression',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/suppressions/:suppressionId/lifts',
  summary: 'Lets things be sent to an address again, for a reason.',
  tag: 'Delivery',
  permission: 'customer.edit',
  params: z.object({ suppressionId: idText }),
  body: z.object({ reason: textLine(300) }),
  reply: z.object({ address: z.string() }),
  refusals: {
    suppression_not_found: [404, 'There is no such stop.'],
    suppression_lifted: [409, 'It was lifted already.'],
  },
});

// — what became of one document —

/** How a document was sent, and what became of that. */
export const listDeliveries = operation({
  id: 'list-deliveries',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/deliveries',
  summary:
    'How an invoice or credit note was sent: each message, each try, what was learned afterwards. The newest first.',
  tag: 'Delivery',
  permission: 'message.read',
  query: z.object({ documentId: idText }),
  reply: z.object({
    rows: z.array(
      messageRow.extend({
        attempts: z.array(attempt),
        signals: z.array(signal),
        /** Files that prove what became of it; fetched as files of documents are. */
        proofs: z.array(z.object({ id: z.string(), name: z.string(), bytes: z.number().int() })),
      }),
    ),
  }),
});

/** The proof that a document was sent. */
export const downloadEvidence = operation({
  id: 'download-evidence',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/documents/:documentId/evidence',
  summary:
    'The proof of sending as one archive (.zip): the bytes handed over, what servers answered, mails that came back, and a list of all with SHA-256.',
  tag: 'Delivery',
  permission: 'message.read',
  params: z.object({ documentId: idText }),
  produces: ['application/zip'],
  refusals: {
    evidence_missing: [404, 'Nothing was sent about this document yet, so there is no proof.'],
    evidence_too_large: [413, 'The proof is too large for one archive. Download the messages one by one.'],
  },
});
