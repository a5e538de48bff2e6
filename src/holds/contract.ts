// What the API offers on holds: who or what is not chased, why, whose it is, and until when.

import { z } from 'zod';
import {
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
import { HOLD_REASON_CHARACTERS_MAX } from '#kernel/limits.ts';
import { companyIdIn, customerIdIn } from '#parties/contract.ts';
import { HOLD_SCOPES, HOLD_STATES } from './hold.ts';

const TAG = 'Holds';

const itemIdIn = idText.transform((text) => text as ItemId);
const reasonCode = z
  .string()
  .regex(/^[a-z][a-z0-9_]{1,39}$/, 'hold_reason_not_valid')
  .meta({ examples: ['in_talks'] });
const note = textLine(HOLD_REASON_CHARACTERS_MAX);

/** What the list can be narrowed to besides a state: holds that stand, and those that stand for long. */
export const HOLD_VIEWS = ['standing', 'old', ...HOLD_STATES] as const;

const hold = z.object({
  holdId: idText,
  /** How far it reaches: everything of the tenant, a company, a customer, an item, or messages to one contact. */
  scope: z.enum(HOLD_SCOPES),
  companyId: idText.nullable(),
  companyCode: z.string().nullable(),
  customerId: idText.nullable(),
  customerNumber: z.string().nullable(),
  customerName: z.string().nullable(),
  itemId: idText.nullable(),
  documentId: idText.nullable(),
  reference: z.string().nullable(),
  contactId: idText.nullable(),
  contactName: z.string().nullable(),
  reason: z.string(),
  reasonName: z.string(),
  note: z.string().nullable(),
  owner: z.object({ userId: z.string(), name: z.string() }),
  startsOn: dayText,
  /** The last day it holds. */
  endsOn: dayText,
  placedBy: z.string(),
  placedAt: momentText,
  releasedAt: momentText.nullable(),
  state: z.enum(HOLD_STATES),
  /** Whether it holds today. */
  inForce: z.boolean(),
  /** What is open and not asked for because of it, by currency. */
  held: z.array(moneyText),
  changes: z.array(
    z.object({
      kind: z.enum(['extended', 'given', 'released']),
      endsOn: dayText,
      note: z.string().nullable(),
      by: z.string(),
      at: momentText,
    }),
  ),
  may: z.object({ release: may, change: may }),
});

const HOLD_GONE = {
  hold_not_found: [404, 'There is no hold with this id.'],
  hold_released: [409, 'The hold was released before.'],
} as const;
const HOLD_ENDS = {
  hold_ends_before_start: [409, 'The last day of the hold is already over.'],
  hold_too_long: [409, 'A hold lasts a year at most, so that nothing is forgotten. It can be extended.'],
} as const;
const HOLD_OVER = {
  hold_over: [409, 'The hold ended by itself. Place a new one if it is still meant.'],
} as const;
const MEMBER = {
  member_not_found: [404, 'There is no such member. Choose one of the people offered.'],
} as const;

/** Holds, the newest first. */
export const listHolds = operation({
  id: 'list-holds',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/holds',
  summary:
    'Holds: who or what is not chased, why, until when, whose they are and what money they hold; the newest first.',
  tag: TAG,
  permission: 'book.read',
  query: pageQuery.extend({
    state: z.enum(HOLD_VIEWS).optional(),
    /** `wide`: those of everything and of companies. */
    scope: z.enum([...HOLD_SCOPES, 'wide']).optional(),
    customerId: customerIdIn.optional(),
    itemId: itemIdIn.optional(),
    documentId: idText.optional(),
    ownerId: z.string().max(64).optional(),
    reason: reasonCode.optional(),
  }),
  reply: pageOf(hold),
});

const group = z.object({
  key: z.string(),
  name: z.string(),
  holds: z.number().int(),
  held: z.array(moneyText),
});

/** Holds at a glance. */
export const readHoldOverview = operation({
  id: 'read-hold-overview',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/hold-overview',
  summary:
    'How many holds stand, run out, are old or ended by themselves; by owner and reason, with the money they hold.',
  tag: TAG,
  permission: 'book.read',
  reply: z.object({
    /** `over`: ended by themselves in the last thirty days. */
    counts: z.object({
      standing: z.number().int(),
      runningOut: z.number().int(),
      old: z.number().int(),
      over: z.number().int(),
    }),
    /** An item under several holds counts once. */
    held: z.array(moneyText),
    owners: z.array(group),
    reasons: z.array(group),
    /** Holds that stand, by the week they end in; the last has all that end later. */
    ends: z.array(z.object({ from: dayText, isLast: z.boolean(), holds: z.number().int() })),
    people: z.array(z.object({ userId: z.string(), name: z.string() })),
    allReasons: z.array(
      z.object({ code: z.string(), name: z.string(), inUse: z.boolean(), isBuiltIn: z.boolean() }),
    ),
    may: z.object({ place: may, placeWide: may, putReason: may }),
  }),
});

/** Puts something on hold. */
export const placeHold = operation({
  id: 'place-hold',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/holds',
  summary:
    'Stops chasing until a day: a customer, one item, messages to one contact; or a company or everything, by those who may change the cadence.',
  tag: TAG,
  permission: 'hold.place',
  body: z.object({
    companyId: companyIdIn.optional(),
    customerId: customerIdIn.optional(),
    /** With the customer. */
    itemId: itemIdIn.optional(),
    /** With the customer: others of its contacts are still written to. */
    contactId: idText.optional(),
    /** Nobody is chased at all. */
    everything: z.boolean().optional(),
    reason: reasonCode,
    note: note.optional(),
    /** Whose it is to look after; left out, whoever places it. */
    ownerId: z.string().max(64).optional(),
    /** The last day it holds. */
    until: day,
  }),
  reply: z.object({ holdId: idText }),
  refusals: {
    hold_of_nothing: [400, 'Name a customer, an item, a contact or a company, or say `everything`.'],
    hold_of_several: [400, 'A hold is about one thing. Place one for each.'],
    hold_customer_missing: [400, 'Name the customer that the item or contact belongs to.'],
    company_not_found: [404, 'There is no company with this id.'],
    customer_not_found: [404, 'There is no customer with this id.'],
    item_not_found: [404, 'The customer has no item with this id.'],
    contact_not_found: [404, 'The customer has no such contact, or it was archived.'],
    hold_reason_unknown: [400, 'Choose one of the reasons in use.'],
    hold_note_missing: [400, 'Say in words why it is on hold.'],
    hold_owner_missing: [400, 'Name an owner: nobody stands behind this key.'],
    ...MEMBER,
    ...HOLD_ENDS,
  },
});

/** Lets a hold last longer. */
export const extendHold = operation({
  id: 'extend-hold',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/holds/:holdId/extensions',
  summary: 'Lets a hold that stands end later. The end before stays known.',
  tag: TAG,
  permission: 'hold.place',
  params: z.object({ holdId: idText }),
  body: z.object({ until: day, note: note.optional() }),
  reply: z.object({ holdId: idText }),
  refusals: {
    ...HOLD_GONE,
    ...HOLD_OVER,
    ...HOLD_ENDS,
    hold_not_extended: [409, 'The day is no later than the last day it has. Release it to end it earlier.'],
  },
});

/** Gives a hold to somebody else. */
export const giveHold = operation({
  id: 'give-hold',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/holds/:holdId/owners',
  summary: 'Gives a hold that stands to another member to look after.',
  tag: TAG,
  permission: 'hold.place',
  params: z.object({ holdId: idText }),
  body: z.object({ ownerId: z.string().max(64), note: note.optional() }),
  reply: z.object({ holdId: idText }),
  refusals: { ...HOLD_GONE, ...HOLD_OVER, ...MEMBER },
});

/** Releases a hold. */
export const releaseHold = operation({
  id: 'release-hold',
  kind: 'command',
  method: 'DELETE',
  path: '/api/v1/holds/:holdId',
  summary: 'Ends a hold now. The next run says the latest step that is due, once.',
  tag: TAG,
  permission: 'hold.place',
  params: z.object({ holdId: idText }),
  reply: z.object({ holdId: idText }),
  refusals: HOLD_GONE,
});

/** Adds or changes a reason. */
export const putHoldReason = operation({
  id: 'put-hold-reason',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/hold-reasons',
  summary: 'Adds a reason for holds, renames one, or takes it out of use. Holds that have it keep it.',
  tag: TAG,
  permission: 'company.manage',
  body: z.object({ code: reasonCode, name: textLine(80), inUse: z.boolean().default(true) }),
  reply: z.object({ code: z.string() }),
  refusals: {
    hold_reason_needed: [409, 'Something else stays: it is what people choose who know no better.'],
  },
});
