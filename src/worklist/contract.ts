// What the API offers on the worklist: the list, its rules, taking the next account, dealing with it, putting it off.

import { z } from 'zod';
import { recordCall } from '#calls/contract.ts';
import {
  amountIn,
  day,
  dayText,
  may,
  momentText,
  moneyText,
  operation,
  pageOf,
  pageQuery,
  textLine,
} from '#http/contract.ts';
import { SNOOZE_DAYS_MAX, WORKLIST_CHANGED_MAX } from '#kernel/limits.ts';
import { companyIdIn, customerBrief, customerIdIn } from '#parties/contract.ts';
import { NEXT_BARS, NEXT_WAYS } from './next-action.ts';
import { RULE_KINDS, RULE_NEEDS } from './points.ts';
import { RANKS, WHOSE } from './rank.ts';
import { ACTIONS } from './suggestion.ts';

export { ACTIONS, NEXT_BARS, NEXT_WAYS, RANKS, RULE_KINDS, RULE_NEEDS, WHOSE };

const TAG = 'Worklist';

export const account = z.object({ companyId: companyIdIn, customerId: customerIdIn });

const reason = z.object({ name: z.string(), points: z.number().int(), seen: z.string() });

const row = z.object({
  companyId: z.string(),
  companyCode: z.string(),
  customer: customerBrief,
  points: z.number().int(),
  /** Which rules gave points, and what they saw. */
  reasons: z.array(reason),
  /** Money likely past due and unpaid 14 days on. */
  expected: moneyText,
  /** Overdue, and neither promised, disputed nor covered by credit. */
  overdue: moneyText,
  overdueItems: z.number().int(),
  oldestDueOn: dayText.nullable(),
  lastSpokenOn: dayText.nullable(),
  owner: z.object({ userId: z.string(), name: z.string() }).nullable(),
  isProtected: z.boolean(),
  /** Who has it in hand, where that is somebody else. */
  inHandOf: z.string().nullable(),
  snoozedUntil: dayText.nullable(),
  snoozeReason: z.string().nullable(),
  /** Agreed in a call to be looked at again on this day. */
  hiddenUntil: dayText.nullable(),
  /** A rule on calls forbids a call before this moment; null where one may call now. */
  notBefore: momentText.nullable(),
  isDone: z.boolean(),
  /** How long it takes as a rule: as a call where somebody can be called. */
  minutes: z.number().int(),
});

/** Minutes an account takes; learnt from so many of the latest, 0 where it is what Quittance states. */
const takes = z.object({ minutes: z.number().int(), learntFrom: z.number().int() });

const NOT_FOUND = {
  customer_not_found: [404, 'There is no such customer. Search by number or name.'],
  company_not_found: [404, 'There is no such company. See the list of companies.'],
} as const;
const IN_HAND = {
  account_in_hand: [409, 'Somebody else has this account in hand. Take the next one, or come back later.'],
} as const;

/** The list. */
export const listWorklist = operation({
  id: 'list-worklist',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/worklist',
  summary:
    'Accounts to look at today, by points or by expected value, each with the rules that gave it points.',
  tag: TAG,
  permission: 'book.read',
  query: pageQuery.extend({
    rank: z.enum(RANKS).default('points'),
    whose: z.enum(WHOSE).default('all'),
    companyId: companyIdIn.optional(),
    /** `true`: those done today or put off, too. */
    withHidden: z.enum(['true', 'false']).default('false'),
  }),
  reply: pageOf(row).extend({
    /** The day the list is for; null before there is one. */
    listedOn: dayText.nullable(),
    refreshedAt: momentText.nullable(),
    /** False: the list of the day is still being made, and some rows are those of the day before. */
    isWhole: z.boolean(),
    /** The number of the set of rules; 0 for the one Quittance comes with. */
    rules: z.number().int(),
    /** Accounts the caller dealt with today. */
    doneToday: z.number().int(),
    /** The caller’s day; null where no minutes are stated. */
    day: z.object({
      minutesADay: z.number().int().nullable(),
      minutesLeft: z.number().int().nullable(),
      call: takes,
      other: takes,
    }),
    may: z.object({ work: may, setRules: may }),
  }),
});

/** One account. */
export const readWorklistAccount = operation({
  id: 'read-worklist-account',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/worklist/:companyId/:customerId',
  summary: 'One account of the list: why it is on it, whom to call, what to do and what to say.',
  tag: TAG,
  permission: 'book.read',
  params: account,
  reply: z.object({
    company: z.object({ id: z.string(), code: z.string(), name: z.string() }),
    customer: customerBrief,
    language: z.string(),
    row: row.nullable(),
    numbers: z.array(
      z.object({
        contactId: z.string(),
        name: z.string(),
        role: z.string(),
        phone: z.string().nullable(),
        isWrong: z.boolean(),
      }),
    ),
    dialTemplate: z.string(),
    action: z.enum(ACTIONS),
    /** What could be done next: open ways by what each is expected to bring, then those that something speaks against. */
    next: z.array(
      z.object({
        way: z.enum(NEXT_WAYS),
        /** Expected to come by it within 14 days that would not by itself: an estimate for the order. */
        uplift: moneyText,
        /** Past contacts it was learnt from; 0 where it is what Quittance states. */
        learntFrom: z.number().int(),
        bars: z.array(z.object({ reason: z.enum(NEXT_BARS), until: momentText.nullable() })),
      }),
    ),
    script: z.object({ language: z.string(), text: z.string() }),
    /** Days that are proposed for calling back and for a promise: of business, not of the weekend. */
    proposed: z.object({ callBack: dayText, promise: dayText }),
    may: z.object({ work: may, promise: may, dispute: may, hold: may, send: may }),
  }),
  refusals: NOT_FOUND,
});

const inHand = z.object({
  next: z.object({ companyId: z.string(), customerId: z.string(), until: momentText }).nullable(),
});

/** The next one. */
export const takeNextAccount = operation({
  id: 'take-next-account',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/worklist/next',
  summary:
    'Takes the first account of the list in hand that nobody else has; what was in hand before is laid down.',
  tag: TAG,
  permission: 'call.record',
  body: z.object({
    rank: z.enum(RANKS).default('points'),
    whose: z.enum(WHOSE).default('all'),
    companyId: companyIdIn.optional(),
    passed: z.array(account).max(WORKLIST_CHANGED_MAX).optional(),
  }),
  reply: inHand,
});

/** A chosen one. */
export const takeAccount = operation({
  id: 'take-account',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/worklist/:companyId/:customerId/claim',
  summary: 'Takes one account in hand.',
  tag: TAG,
  permission: 'call.record',
  params: account,
  reply: inHand,
  refusals: { ...NOT_FOUND, ...IN_HAND },
});

/** Dealt with. */
export const finishAccount = operation({
  id: 'finish-account',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/worklist/:companyId/:customerId/done',
  summary:
    'Notes that an account was dealt with today, with the call by which it was; a promise or dispute is taken in the same act.',
  tag: TAG,
  permission: 'call.record',
  params: account,
  body: z.object({
    note: textLine(1000).optional(),
    call: recordCall.body.omit({ customerId: true, companyId: true }).optional(),
  }),
  reply: z.object({ call: recordCall.reply.nullable() }),
  refusals: { ...recordCall.refusals, ...NOT_FOUND, ...IN_HAND },
});

/** Put off. */
export const snoozeAccounts = operation({
  id: 'snooze-accounts',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/worklist/snoozes',
  summary: 'Puts accounts off until a day, for a reason; without a day they are back.',
  tag: TAG,
  permission: 'call.record',
  body: z.object({
    accounts: z.array(account).min(1).max(WORKLIST_CHANGED_MAX),
    until: day.optional(),
    reason: textLine(500).optional(),
  }),
  reply: z.object({ changed: z.number().int() }),
  refusals: {
    account_not_listed: [404, 'One of the accounts is not on the list any more.'],
    snooze_reason_missing: [400, 'Say why it is put off.'],
    snooze_past: [400, 'Choose a day after today.'],
    snooze_too_long: [400, `It is put off for ${SNOOZE_DAYS_MAX} days at most.`],
  },
});

const rule = z.object({
  name: textLine(100),
  when: z.enum(RULE_KINDS),
  points: z.number().int().min(1).max(1000),
  /** Whole units of the currency in which a company keeps its books. */
  amount: z.number().int().min(0).max(1_000_000_000).optional(),
  days: z.number().int().min(0).max(3650).optional(),
  percent: z.number().int().min(1).max(100).optional(),
  onlyFrom: z.number().int().min(0).max(1_000_000_000).optional(),
});

const NOT_VALID = {
  worklist_rules_not_valid: [400, 'Some rules are wrong. Each problem names the rule and what to mend.'],
} as const;

/** Its rules. */
export const readWorklistRules = operation({
  id: 'read-worklist-rules',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/worklist-rules',
  summary: 'The rules that give points.',
  tag: TAG,
  permission: 'book.read',
  reply: z.object({
    number: z.number().int(),
    rules: z.array(rule),
    statedAt: momentText.nullable(),
    may: z.object({ set: may }),
  }),
});

export const setWorklistRules = operation({
  id: 'set-worklist-rules',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/worklist-rules',
  summary: 'States the rules that give points, as a whole; what was before is kept.',
  tag: TAG,
  permission: 'cadence.edit',
  body: z.object({
    rules: z.array(rule).min(1).max(50),
    note: textLine(500).optional(),
    /** The number of the set that was looked at: where another is in force by now, nothing is stated. */
    basedOn: z.number().int().min(0).optional(),
  }),
  reply: z.object({ number: z.number().int() }),
  refusals: {
    ...NOT_VALID,
    worklist_rules_changed: [409, 'Somebody else stated rules meanwhile. Load the page again to see theirs.'],
  },
});

const moved = z.object({
  companyId: z.string(),
  companyCode: z.string(),
  customer: customerBrief,
  overdue: moneyText,
  points: z.number().int(),
  pointsBefore: z.number().int(),
  /** Among the accounts looked at, from 1. */
  place: z.number().int(),
  placeBefore: z.number().int(),
  reasons: z.array(reason),
});

/** What others would do. */
export const previewWorklistRules = operation({
  id: 'preview-worklist-rules',
  kind: 'query',
  method: 'POST',
  path: '/api/v1/worklist-rule-previews',
  summary:
    'The list by other rules beside the one by the rules in force, on real accounts: who moves up and down. Nothing is changed.',
  tag: TAG,
  permission: 'book.read',
  body: z.object({ rules: z.array(rule).min(1).max(50) }),
  reply: z.object({
    /** Accounts on the list. */
    listed: z.number().int(),
    /** Of these, those that come first now by points and by expected value. */
    lookedAt: z.number().int(),
    up: z.number().int(),
    down: z.number().int(),
    /** Of how many of them each rule is true. */
    rules: z.array(z.object({ name: z.string(), accounts: z.number().int() })),
    first: z.array(moved),
    /** Those that come first now and would not any more. */
    noLongerFirst: z.array(moved),
  }),
  refusals: NOT_VALID,
});

/** Anew. */
export const refreshWorklist = operation({
  id: 'refresh-worklist',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/worklist/refresh',
  summary: 'Brings the list up to date at once, without waiting for the next quarter of an hour.',
  tag: TAG,
  permission: 'call.record',
  reply: z.object({
    written: z.number().int(),
    /** False: there are many customers, and the rest of them are looked at in the background. */
    isWhole: z.boolean(),
  }),
});

const MEMBER_NOT_FOUND = [404, 'There is no such member.'] as const;

/** Whose they are. */
export const assignAccounts = operation({
  id: 'assign-accounts',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/worklist/owners',
  summary:
    'Gives accounts to a member, or to nobody; a protected one is given to another only by who may change policies.',
  tag: TAG,
  permission: 'call.record',
  body: z.object({
    accounts: z.array(account).min(1).max(WORKLIST_CHANGED_MAX),
    userId: z.string().max(100).nullable(),
    isProtected: z.boolean().default(false),
  }),
  reply: z.object({ assigned: z.number().int() }),
  refusals: {
    ...NOT_FOUND,
    member_not_found: MEMBER_NOT_FOUND,
    account_protected: [
      409,
      'A protected account is given to another, and protected, only by somebody who may change policies.',
    ],
  },
});

/** Spread. */
export const balanceAccounts = operation({
  id: 'balance-accounts',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/worklist/balance',
  summary:
    'Spreads accounts that are nobody’s and not protected over collectors by what they have and can do. Rehearse it to see the outcome.',
  tag: TAG,
  permission: 'cadence.edit',
  reply: z.object({
    people: z.array(
      z.object({ userId: z.string(), name: z.string(), before: z.number().int(), given: z.number().int() }),
    ),
  }),
  refusals: { no_collectors: [409, 'Nobody collects, or all who do are away. State who collects first.'] },
});

/** Who collects. */
export const listCollectors = operation({
  id: 'list-collectors',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/collectors',
  summary:
    'Members who may collect: what they can do in a day, have, did today, and reached of their targets this month.',
  tag: TAG,
  permission: 'book.read',
  reply: z.object({
    rows: z.array(
      z.object({
        userId: z.string(),
        name: z.string(),
        /** Accounts are spread over those who collect. */
        collects: z.boolean(),
        customersADay: z.number().int().nullable(),
        minutesADay: z.number().int().nullable(),
        /** What was dealt with today, in minutes as accounts take them. */
        minutesToday: z.number().int(),
        accounts: z.number().int(),
        doneToday: z.number().int(),
        callsToday: z.number().int(),
        callsADay: z.number().int().nullable(),
        /** In the currency of the targets; null without one. */
        promised: moneyText.nullable(),
        promisedAMonth: moneyText.nullable(),
        collected: moneyText.nullable(),
        collectedAMonth: moneyText.nullable(),
        away: z
          .object({
            from: dayText,
            to: dayText,
            substituteId: z.string(),
            substitute: z.string(),
            isNow: z.boolean(),
          })
          .nullable(),
      }),
    ),
    may: z.object({ assign: may, set: may }),
  }),
});

export const setCollector = operation({
  id: 'set-collector',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/collectors/:userId',
  summary:
    'States whether accounts are spread over a member, what they can do in a day, what is aimed at, and who stands in while they are away.',
  tag: TAG,
  permission: 'cadence.edit',
  params: z.object({ userId: z.string().max(100) }),
  body: z.object({
    /** False: nothing is spread over them any more; what they have stays theirs. */
    collects: z.boolean().default(true),
    customersADay: z.number().int().min(1).max(1000).optional(),
    /** For the worklist: accounts are spread, and said to fit, by it where it is given. */
    minutesADay: z.number().int().min(10).max(1440).optional(),
    away: z.object({ from: day, to: day, substituteId: z.string().max(100) }).optional(),
    callsADay: z.number().int().min(1).max(1000).optional(),
    promisedAMonth: amountIn.optional(),
    collectedAMonth: amountIn.optional(),
  }),
  reply: z.object({ userId: z.string() }),
  refusals: {
    member_not_found: MEMBER_NOT_FOUND,
    substitute_is_self: [400, 'Somebody else stands in.'],
    absence_ends_before_start: [400, 'The absence ends before it begins.'],
    absence_too_long: [400, 'An absence is a year at most.'],
    targets_of_two_currencies: [400, 'Give both targets in one currency.'],
    amount_not_positive: [400, 'A target is above zero.'],
  },
});
