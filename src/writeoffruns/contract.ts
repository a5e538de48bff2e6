// What the API offers on runs of write-offs.

import { z } from 'zod';
import { APPROVAL_REQUIRED } from '#approvals/contract.ts';
import {
  amountIn,
  dayText,
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
import { WRITE_OFF_RULE_CURRENCIES_MAX, WRITE_OFF_RUN_ITEMS_MAX } from '#kernel/limits.ts';
import { itemIdIn } from '#ledger/contract.ts';
import { companyIdIn, customerIdIn } from '#parties/contract.ts';
import { reliefShape, WRITE_OFF_KINDS, writeOffFacts, writeOffItems } from '#writeoffs/contract.ts';
import { OBSTACLES, type Obstacle } from './obstacle.ts';
import { RUN_STATES } from './state-of-run.ts';

const TAG = 'Write-offs';

/** Why an item is left out of a run, in words. */
export const OBSTACLE_MEANINGS: Readonly<Record<Obstacle, string>> = {
  changed: 'More or less is open than when it was looked at. Look again.',
  in_run: 'It waits in another run.',
  disputed: 'The customer disputes it. Decide the dispute first.',
  promised: 'The customer promised to pay it, and still can in time.',
  handed_over: 'It is with an agency or lawyers. Recall it first.',
  money_waits: 'The customer has money or credit that is not applied. Apply or refund it first.',
};

const reasonText = textLine(500);
const writeOffKind = z.enum(WRITE_OFF_KINDS);
const itemKind = z.enum(['invoice', 'charge']);
const customerRef = z.object({ id: z.string(), number: z.string(), name: z.string() });
const runParams = z.object({ runId: idText });

const obstacleShape = z.object({
  code: z.string(),
  /** What it means and what to do. */
  message: z.string(),
  facts: z.record(z.string(), z.string()),
});

const COMPANY: Readonly<Record<string, RefusalMeaning>> = {
  company_not_found: [404, 'There is no such company. See the list of companies.'],
};
const RUN: Readonly<Record<string, RefusalMeaning>> = {
  write_off_run_not_found: [404, 'There is no such run. See the list of runs.'],
};

/** What a run would do. */
export const planWriteOffRun = operation({
  id: 'plan-write-off-run',
  kind: 'query',
  method: 'POST',
  path: '/api/v1/write-off-plan',
  summary:
    'Which items a rule means, and what writing each off would come to: tax that comes back, limits, or why it is left out. Nothing is stored.',
  tag: TAG,
  permission: 'book.read',
  body: z.object({
    companyId: companyIdIn,
    customerId: customerIdIn.optional(),
    itemKind: itemKind.optional(),
    /** At least so many days past the due date. */
    overdueDaysMin: z.number().int().min(0).max(100_000).optional(),
    /** Open up to so much, for each currency meant; left out, whatever is open in any currency. */
    upTo: z.array(amountIn).max(WRITE_OFF_RULE_CURRENCIES_MAX).default([]),
    kind: writeOffKind,
    facts: z.object(writeOffFacts).optional(),
  }),
  reply: z.object({
    rows: z.array(
      z.object({
        itemId: z.string(),
        reference: z.string(),
        documentId: z.string(),
        itemKind,
        customer: customerRef,
        dueOn: dayText,
        daysLate: z.number().int(),
        open: moneyText,
        relief: reliefShape,
        /** Whether who asks may write it off alone by their limits; null where no limit speaks of it. */
        isWithinLimit: z.boolean().nullable(),
        /** Why a run would leave it out; null: it would be written off. */
        obstacle: z.enum(OBSTACLES).nullable(),
      }),
    ),
    /** Whether the rule means more items than one run takes; the longest due are shown. */
    isMore: z.boolean(),
  }),
  refusals: COMPANY,
});

/** Many items are written off. */
export const startWriteOffRun = operation({
  id: 'start-write-off-run',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/write-off-runs',
  summary:
    'Writes many items of a company off in the background, each by a write-off of its own. One approval covers the run; what changed by its turn is left out.',
  tag: TAG,
  permission: 'write_off.post',
  body: z.object({
    companyId: companyIdIn,
    kind: writeOffKind,
    reason: reasonText,
    facts: z.object(writeOffFacts).optional(),
    items: z
      .array(
        z.object({ itemId: itemIdIn, /** What was open of it when it was looked at. */ amount: amountIn }),
      )
      .min(1)
      .max(WRITE_OFF_RUN_ITEMS_MAX),
  }),
  reply: z.object({ runId: z.string(), items: z.number().int() }),
  refusals: {
    ...COMPANY,
    ...APPROVAL_REQUIRED,
    item_not_found: [404, 'One of the open items does not exist.'],
    item_named_twice: [400, 'An item is named twice. Name it once.'],
    not_an_invoice: [409, 'Only what is left of an invoice or a charge can be written off.'],
    item_of_other_company: [409, 'A run is of one company. Start one for each.'],
    wrong_currency: [409, 'The amount is in another currency than the item.'],
    amount_not_positive: [400, 'The amount to write off is above zero.'],
    item_in_run: [409, 'One of the items waits in another run. Let that one end first.'],
    exchange_rate_missing: writeOffItems.refusals.exchange_rate_missing as RefusalMeaning,
    amount_too_large: writeOffItems.refusals.amount_too_large as RefusalMeaning,
  },
});

const runReply = z.object({
  runId: z.string(),
  companyId: z.string(),
  kind: writeOffKind,
  reason: z.string(),
  state: z.enum(RUN_STATES),
  items: z.number().int(),
  waiting: z.number().int(),
  writtenOff: z.number().int(),
  leftOut: z.number().int(),
  /** Written off and not taken back since, by whatever way. */
  standing: z.number().int(),
  /** By currency. */
  amounts: z.array(z.object({ asked: moneyText, writtenOff: moneyText, standing: moneyText })),
  startedBy: z.string(),
  startedAt: momentText,
  finishedAt: momentText.nullable(),
  undo: z.object({ by: z.string(), reason: z.string(), finishedAt: momentText.nullable() }).nullable(),
  may: z.object({ undo: may }),
});

export const listWriteOffRuns = operation({
  id: 'list-write-off-runs',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/write-off-runs',
  summary: 'Runs that wrote many items off, the newest first.',
  tag: TAG,
  permission: 'book.read',
  reply: z.object({ runs: z.array(runReply) }),
});

export const getWriteOffRun = operation({
  id: 'get-write-off-run',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/write-off-runs/:runId',
  summary: 'How far a run is, and what it comes to.',
  tag: TAG,
  permission: 'book.read',
  params: runParams,
  reply: runReply,
  refusals: RUN,
});

export const listWriteOffRunItems = operation({
  id: 'list-write-off-run-items',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/write-off-runs/:runId/items',
  summary: 'The items of a run in order, with how each ended: its write-off, or why it was left out.',
  tag: TAG,
  permission: 'book.read',
  params: runParams,
  query: pageQuery.extend({
    /** `left_out`: what was not written off; `kept`: what could not be taken back. */
    show: z.enum(['all', 'left_out', 'kept']).default('all'),
  }),
  reply: pageOf(
    z.object({
      itemId: z.string(),
      reference: z.string(),
      documentId: z.string(),
      itemKind,
      customer: customerRef,
      dueOn: dayText,
      amount: moneyText,
      outcome: z.enum(['waiting', 'written_off', 'left_out']),
      /** Why it was left out. */
      obstacle: obstacleShape.nullable(),
      writeOff: z.object({ writeOffId: z.string(), number: z.string(), isUndone: z.boolean() }).nullable(),
      /** Why its write-off stays although the run was taken back. */
      kept: obstacleShape.nullable(),
    }),
  ),
  refusals: RUN,
});

/** A whole run is taken back. */
export const undoWriteOffRun = operation({
  id: 'undo-write-off-run',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/write-off-runs/:runId/undo',
  summary: 'Takes what stands of a run back in the background, write-off after write-off.',
  tag: TAG,
  permission: 'write_off.post',
  params: runParams,
  body: z.object({ reason: reasonText }),
  reply: z.object({ runId: z.string(), items: z.number().int() }),
  refusals: {
    ...RUN,
    write_off_run_working: [409, 'The run is at work. Wait until it has ended.'],
    nothing_to_undo: [409, 'Nothing of the run stands any more.'],
  },
});
