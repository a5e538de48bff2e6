// The operations of the clocks: receipts that wait, whose they are to apply, what a company allows, and figures of each month.

import { z } from 'zod';
import {
  idText,
  may,
  momentText,
  moneyText,
  operation,
  type RefusalMeaning,
  textLine,
} from '#http/contract.ts';
import { ASSIGNED_MAX } from '#kernel/limits.ts';
import { companyIdIn } from '#parties/contract.ts';
import { CLOCK_STATES } from './clock.ts';

const TAG = 'Waiting receipts';

const setting = z.object({
  applyHours: z.number().int().min(1).max(720),
  escalateHours: z.number().int().min(1).max(2160),
  /** `business`: days without business do not count. */
  counts: z.enum(['business', 'all']),
});

const person = z.object({ userId: z.string(), name: z.string() });
const team = z.object({ teamId: z.string(), name: z.string() });

const TEAM: Readonly<Record<string, RefusalMeaning>> = {
  receipt_team_not_found: [404, 'There is no such team, or it ended.'],
};

/** Members of a team, the lead not counted. */
const TEAM_MEMBERS_MAX = 199;

/** What waits. */
export const listWaitingReceipts = operation({
  id: 'list-receipt-clocks',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/waiting-receipts',
  summary:
    'Receipts that are not applied, the longest waiting first, with whose they are to apply and what their company allows.',
  tag: TAG,
  permission: 'book.read',
  query: z.object({ companyId: companyIdIn.optional() }),
  reply: z.object({
    counts: z.object({ running: z.number().int(), late: z.number().int(), escalated: z.number().int() }),
    rows: z.array(
      z.object({
        paymentId: z.string(),
        number: z.string(),
        companyId: z.string(),
        who: z.string().nullable(),
        amount: moneyText,
        unapplied: moneyText,
        recordedAt: momentText,
        /** Since when it waits: since it was recorded, or since it was to be looked at again after it had been kept on account. */
        since: momentText,
        /** Hours that count by the company's clock. */
        hours: z.number(),
        state: z.enum(CLOCK_STATES),
        owner: person.nullable(),
        /** The team it waits for, where it is no one person's. */
        team: team.nullable(),
        escalatedAt: momentText.nullable(),
      }),
    ),
    clocks: z.array(setting.extend({ companyId: z.string(), companyName: z.string() })),
    /** Who can be given receipts. */
    people: z.array(person),
    /** Teams that can be given receipts; what waits too long for one is told to its lead. */
    teams: z.array(team.extend({ lead: person, members: z.array(person) })),
    may: z.object({ assign: may, set: may }),
  }),
});

/** What is kept on account. */
export const listKeptReceipts = operation({
  id: 'list-kept-receipts',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/kept-receipts',
  summary:
    'Receipts kept on account on purpose, the longest kept first, with whose they are and when they are looked at again: from then on they wait once more.',
  tag: TAG,
  permission: 'book.read',
  query: z.object({ companyId: companyIdIn.optional() }),
  reply: z.object({
    rows: z.array(
      z.object({
        paymentId: z.string(),
        number: z.string(),
        companyId: z.string(),
        who: z.string().nullable(),
        unapplied: moneyText,
        recordedAt: momentText,
        keptAt: momentText,
        keptBy: z.string(),
        note: z.string(),
        lookAgainAt: momentText,
        /** Whole days since it was recorded. */
        days: z.number().int(),
        owner: person.nullable(),
        team: team.nullable(),
      }),
    ),
  }),
});

/** How many waited too long: for the dashboard. */
export const countWaitingReceipts = operation({
  id: 'count-waiting-receipts',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/waiting-receipts/count',
  summary:
    'How many receipts are not applied in time, how many of them were escalated, and how many are yours.',
  tag: TAG,
  permission: 'book.read',
  query: z.object({ companyId: companyIdIn.optional() }),
  reply: z.object({
    running: z.number().int(),
    late: z.number().int(),
    escalated: z.number().int(),
    yours: z.number().int(),
  }),
});

/** Gives them to somebody. */
export const assignWaitingReceipts = operation({
  id: 'assign-waiting-receipts',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/waiting-receipts/owners',
  summary: 'Gives receipts to a member or a team to apply; null takes them from whoever has them.',
  tag: TAG,
  permission: 'payment.apply',
  body: z.object({
    paymentIds: z.array(idText).min(1).max(ASSIGNED_MAX),
    userId: z.string().max(100).nullable(),
    /** A team instead of a member. */
    teamId: idText.nullable().default(null),
  }),
  reply: z.object({ assigned: z.number().int() }),
  refusals: {
    payment_not_found: [404, 'One of these is no receipt, or it came back.'],
    member_not_found: [404, 'There is no such member.'],
    receipt_owner_twice: [400, 'A receipt is a member’s or a team’s. Name one of them.'],
    ...TEAM,
  },
});

/** Says a team. */
export const keepReceiptTeam = operation({
  id: 'keep-receipt-team',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/receipt-teams',
  summary:
    'Says who is in a team that receipts can be given to, and who leads it; with its id, says it anew.',
  tag: TAG,
  permission: 'company.manage',
  body: z.object({
    teamId: idText.optional(),
    name: textLine(100),
    /** Told of what waits too long. */
    leadId: z.string().max(100),
    /** Members besides the lead. */
    memberIds: z.array(z.string().max(100)).max(TEAM_MEMBERS_MAX),
  }),
  reply: z.object({ teamId: z.string(), version: z.number().int() }),
  refusals: {
    ...TEAM,
    receipt_team_name_taken: [409, 'Another team has this name. Choose another one.'],
    member_not_found: [404, 'There is no such member.'],
  },
});

/** Ends it. */
export const endReceiptTeam = operation({
  id: 'end-receipt-team',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/receipt-teams/:teamId/end',
  summary: 'Ends a team. What it has to apply is nobody’s from then on.',
  tag: TAG,
  permission: 'company.manage',
  params: z.object({ teamId: idText }),
  body: z.object({}),
  reply: z.object({ teamId: z.string() }),
  refusals: TEAM,
});

/** What a company allows. */
export const setReceiptClock = operation({
  id: 'set-receipt-clock',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/companies/:companyId/receipt-clock',
  summary:
    'States within how many hours receipts are to be applied, after how many they escalate, and which hours count.',
  tag: TAG,
  permission: 'company.manage',
  params: z.object({ companyId: companyIdIn }),
  body: setting,
  reply: z.object({ companyId: z.string() }),
  refusals: {
    company_not_found: [404, 'There is no company with this id.'],
    clock_out_of_order: [
      400,
      'Receipts cannot escalate before they are to be applied. Give more hours for escalation.',
    ],
  },
});

/** Figures. */
export const readReceiptFigures = operation({
  id: 'read-receipt-figures',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/reports/receipts',
  summary:
    'By month: how fast receipts were applied, how many payers and invoices the machine found, and how much of that was taken back.',
  tag: TAG,
  permission: 'report.read',
  query: z.object({ companyId: companyIdIn.optional() }),
  reply: z.object({
    months: z.array(
      z.object({
        month: z.string(),
        /** Receipts recorded in the month that are wholly applied, and those of them that were in time. */
        applied: z.number().int(),
        inTime: z.number().int(),
        medianHours: z.number().nullable(),
        /** Receipts of bank lines of the month. */
        receipts: z.number().int(),
        /** Header level: whose payer is known without a person having said so. */
        payerFound: z.number().int(),
        /** Invoice level: wholly applied by the machine. */
        appliedByMachine: z.number().int(),
        /** Applications that the machine made, and those taken back later though the money stayed. */
        machineMade: z.number().int(),
        machineReversed: z.number().int(),
        /** Share of what the machine made that stood: 0 to 1; null where it made nothing. */
        precision: z.number().nullable(),
      }),
    ),
  }),
});
