// What the API offers on the send gate: what is asked before a reminder leaves, and what was seen of a message.

import { z } from 'zod';
import { idText, may, momentText, operation } from '#http/contract.ts';
import { QUIET_HOLIDAYS, WEEK_HOURS, WITHOUT_BANK } from './setting.ts';

export { WEEK_HOURS };

const TAG = 'Send gate';

const setting = z.object({
  /** Hours of bank business that statements may be old; null: however old. */
  freshHours: z.number().int().min(1).max(720).nullable(),
  withoutBank: z.enum(WITHOUT_BANK),
  /** Bank accounts that nobody waits for. */
  unwatched: z.array(idText).max(1000),
  /** Contacts with a customer in so many days at most, of all companies and by all ways. */
  cap: z
    .object({ contactsMax: z.number().int().min(1).max(1000), days: z.number().int().min(1).max(366) })
    .nullable(),
  /** One sign for each hour of a week from Monday 0:00 on: 1 where messages may leave, in the customer's time. */
  openHours: z.string().max(WEEK_HOURS).nullable(),
  quietHolidays: z.enum(QUIET_HOLIDAYS),
  packs: z.array(z.string().max(40)).max(20),
});

/** What is asked. */
export const readSendGate = operation({
  id: 'read-send-gate',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/send-gate',
  summary:
    'What is asked before a reminder leaves, the bank accounts and rule packs to choose from, and what waits now.',
  tag: TAG,
  permission: 'book.read',
  reply: z.object({
    setting,
    accounts: z.array(
      z.object({
        bankAccountId: z.string(),
        name: z.string(),
        /** The last day its statements reach. */
        upTo: z.string(),
      }),
    ),
    packs: z.array(
      z.object({
        code: z.string(),
        name: z.string(),
        source: z.string(),
        countries: z.array(z.string()),
        /** Calls alone: attempts in so many days, and days without a call after a conversation. */
        calls: z
          .object({ max: z.number().int(), days: z.number().int(), afterConversationDays: z.number().int() })
          .nullable(),
      }),
    ),
    waiting: z.array(z.object({ reason: z.string(), messages: z.number().int() })),
    may: z.object({ set: may }),
  }),
});

/** States it. */
export const setSendGate = operation({
  id: 'set-send-gate',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/send-gate',
  summary:
    'States what is asked before a reminder leaves: fresh bank data, contacts, hours, quiet days, rule packs.',
  tag: TAG,
  permission: 'company.manage',
  body: setting,
  reply: z.null(),
  refusals: {
    hours_not_valid: [
      400,
      `Give one sign for each of the ${WEEK_HOURS} hours of a week, 1 for open and 0 for quiet.`,
    ],
    no_hour_open: [400, 'No hour is open: nothing would ever leave. Open one at least.'],
    rule_pack_not_found: [400, 'There is no such rule pack. Choose from those that are listed.'],
    bank_account_not_found: [404, 'One of the accounts that nobody waits for has no statements here.'],
  },
});

const check = z.object({
  check: z.string(),
  verdict: z.enum(['passed', 'held', 'not_asked']),
  /** What was seen, by its names. */
  seen: z.record(z.string(), z.unknown()),
});

/** What was seen of a message. */
export const listGateResults = operation({
  id: 'list-gate-results',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/messages/:messageId/gate-results',
  summary: 'What the send gate saw of a message each time it was about to leave, the latest first.',
  tag: TAG,
  permission: 'message.read',
  params: z.object({ messageId: idText }),
  reply: z.object({
    rows: z.array(
      z.object({
        resultId: z.string(),
        verdict: z.enum(['passed', 'waits', 'dropped']),
        attemptNo: z.number().int().nullable(),
        reason: z.string().nullable(),
        waitsUntil: momentText.nullable(),
        checks: z.array(check),
        recordedAt: momentText,
      }),
    ),
  }),
  refusals: { message_not_found: [404, 'There is no message with this id.'] },
});
