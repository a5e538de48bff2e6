// What the API offers on write-offs.

import { z } from 'zod';
import { APPROVAL_REQUIRED } from '#approvals/contract.ts';
import {
  amountIn,
  currencyCode,
  day,
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
import { ROLES } from '#identity/permission.ts';
import { WRITE_OFF_ITEMS_MAX } from '#kernel/limits.ts';
import { itemIdIn } from '#ledger/contract.ts';
import { companyIdIn, customerIdIn } from '#parties/contract.ts';
import { LIMIT_STANCES } from './limit.ts';
import { RELIEF_GAPS } from './relief.ts';
import { WRITE_OFF_KINDS } from './writing-off.ts';

export { WRITE_OFF_KINDS } from './writing-off.ts';

const TAG = 'Write-offs';

const reasonText = textLine(500);
const writeOffKind = z.enum(WRITE_OFF_KINDS);
const customerRef = z.object({ id: z.string(), number: z.string(), name: z.string() });
const settledItem = z.object({ itemId: z.string(), reference: z.string(), open: moneyText });

/** What is known of a bad debt beside the books, by which its tax may be taken back. */
export const writeOffFacts = {
  /** Insolvency proceedings over the customer's assets were opened, or refused for want of assets. */
  insolvency: z.boolean().optional(),
  /** Collecting it was tried and did not succeed. */
  enforcementFailed: z.boolean().optional(),
  /** The customer was told in writing that the tax is taken back. */
  noticeGiven: z.boolean().optional(),
};

/** What of an item's tax comes back, by which law, or why not. */
export const reliefShape = z.object({
  itemId: z.string(),
  reference: z.string(),
  state: z.enum(['claimed', 'none']),
  tax: moneyText,
  /** What made it a bad debt for the tax: `overdue`, `insolvency`, `enforcement_failed`, `written_off`. */
  ground: z.string().nullable(),
  /** Why nothing is claimed. */
  gap: z.enum(RELIEF_GAPS).nullable(),
  /** The day from which time alone is enough, where it is still to come. */
  from: dayText.nullable(),
  /** The country of the company, whose rule counts, and the law it follows. */
  country: z.string(),
  source: z.string().nullable(),
});

const RATE: Readonly<Record<string, RefusalMeaning>> = {
  exchange_rate_missing: [
    409,
    'There is no exchange rate for this currency and day. Record one, then repeat.',
  ],
  amount_too_large: [409, 'At its exchange rate the amount is larger than the books can hold.'],
};

const COMPANY: Readonly<Record<string, RefusalMeaning>> = {
  company_not_found: [404, 'There is no such company. See the list of companies.'],
};

const UNDOING: Readonly<Record<string, RefusalMeaning>> = {
  reversed_too_early: [409, 'The date is before what is taken back was booked. Use a later date.'],
  changed_meanwhile: [409, 'Somebody else changed this at the same moment. Look again and repeat.'],
};

const writeOffRow = z.object({
  writeOffId: z.string(),
  number: z.string(),
  companyId: z.string(),
  customer: customerRef,
  kind: writeOffKind,
  reason: z.string(),
  amount: moneyText,
  writtenOffOn: dayText,
  recordedAt: momentText,
  /** The day it was undone, if it was. */
  undoneOn: dayText.nullable(),
});

/** Write-offs, newest first. */
export const listWriteOffs = operation({
  id: 'list-write-offs',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/write-offs',
  summary: 'Write-offs, newest first; by customer, kind or days.',
  tag: TAG,
  permission: 'book.read',
  query: pageQuery.extend({
    companyId: companyIdIn.optional(),
    customerId: customerIdIn.optional(),
    kind: writeOffKind.optional(),
    from: day.optional(),
    to: day.optional(),
  }),
  reply: pageOf(writeOffRow),
});

/** One write-off with its items. */
export const getWriteOff = operation({
  id: 'get-write-off',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/write-offs/:writeOffId',
  summary: 'A write-off with the items it closed.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ writeOffId: idText }),
  reply: writeOffRow.extend({
    functional: moneyText,
    undoneReason: z.string().nullable(),
    items: z.array(
      z.object({
        itemId: z.string(),
        kind: z.enum(['invoice', 'charge']),
        documentId: z.string(),
        reference: z.string(),
        dueOn: dayText,
        amount: moneyText,
      }),
    ),
    /** What of the tax was taken back and went back, in the order it happened. */
    relief: z.array(
      z.object({
        itemId: z.string(),
        why: z.enum(['claimed', 'undone', 'recovered', 'recovery_undone']),
        tax: moneyText,
        postedOn: dayText,
        rule: z.object({ country: z.string(), source: z.string(), ground: z.string() }).nullable(),
      }),
    ),
    /** What of it stands. */
    reliefLeft: moneyText,
    /** Money that came for it after all, and what of it went back. */
    recoveries: z.array(
      z.object({
        recoveryId: z.string(),
        itemId: z.string(),
        paymentId: z.string(),
        payment: z.string(),
        amount: moneyText,
        undone: moneyText,
        recoveredOn: dayText,
      }),
    ),
    /** What of it was recovered and stands. */
    recovered: moneyText,
    may: z.object({ undo: may, relieve: may }),
  }),
  refusals: { write_off_not_found: [404, 'There is no write-off with this id.'] },
});

/** What will not be paid any more is taken off the books. */
export const writeOffItems = operation({
  id: 'write-off-items',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/write-offs',
  summary:
    'Writes items of invoices and charges off, wholly or in part; one write-off for each customer and currency.',
  tag: TAG,
  permission: 'write_off.post',
  body: z.object({
    kind: writeOffKind,
    reason: reasonText,
    on: day.optional(),
    facts: z.object(writeOffFacts).optional(),
    items: z
      .array(z.object({ itemId: itemIdIn, /** Left out: all that is open. */ amount: amountIn.optional() }))
      .min(1)
      .max(WRITE_OFF_ITEMS_MAX),
  }),
  reply: z.object({
    writeOffs: z.array(
      z.object({
        writeOffId: z.string(),
        number: z.string(),
        customerId: z.string(),
        amount: moneyText,
        items: z.array(settledItem),
        /** What of the tax is taken back of each item, or why not. */
        relief: z.array(reliefShape),
      }),
    ),
  }),
  refusals: {
    item_not_found: [404, 'One of the open items does not exist.'],
    item_named_twice: [400, 'An item is named twice. Add its amounts together.'],
    not_an_invoice: [409, 'Only what is left of an invoice or a charge can be written off.'],
    nothing_open: [409, 'Nothing is open on the item.'],
    amount_not_positive: [400, 'The amount to write off is above zero.'],
    wrong_currency: [409, 'The amount is in another currency than the item.'],
    exceeds_open: [409, 'More is written off than is open on the item.'],
    applied_too_early: [409, 'On that date the invoice was not issued yet, or was paid. Use a later date.'],
    written_off_in_future: [409, 'The date is after today.'],
    series_not_found: [409, 'The company has no number series for write-offs.'],
    ...RATE,
    ...APPROVAL_REQUIRED,
  },
});

/** A write-off is taken back. */
export const undoWriteOff = operation({
  id: 'undo-write-off',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/write-offs/:writeOffId/undo',
  summary:
    'Takes a write-off back: its items are open again with their first due dates, and so is a dispute that it had ended.',
  tag: TAG,
  permission: 'write_off.post',
  params: z.object({ writeOffId: idText }),
  body: z.object({ reason: reasonText, on: day.optional() }),
  reply: z.object({
    writeOffId: z.string(),
    undoneOn: dayText,
    amount: moneyText,
    items: z.array(settledItem),
    /** The dispute that it had ended, which is open again. */
    reopened: z.object({ disputeId: z.string(), number: z.string() }).nullable(),
  }),
  refusals: {
    ...UNDOING,
    write_off_not_found: [404, 'There is no write-off with this id.'],
    write_off_undone: [409, 'This write-off was undone already.'],
    write_off_recovered: [409, 'Money came for it. Take the payment’s application to it back first.'],
    undone_in_future: [409, 'The date is after today.'],
  },
});

/** The tax on a bad debt is taken back later. */
export const takeTaxRelief = operation({
  id: 'take-tax-relief',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/write-offs/:writeOffId/tax-relief',
  summary: 'Takes the tax on a bad debt back that was written off before the rule of the country was met.',
  tag: TAG,
  permission: 'write_off.post',
  params: z.object({ writeOffId: idText }),
  body: z.object({ on: day.optional(), ...writeOffFacts }),
  reply: z.object({ writeOffId: z.string(), relief: z.array(reliefShape) }),
  refusals: {
    write_off_not_found: [404, 'There is no write-off with this id.'],
    write_off_undone: [409, 'This write-off was undone already.'],
    relief_claimed: [409, 'The tax on all of it is taken back already.'],
    relief_not_due: [
      409,
      'The rule of the country is not met: `gap` says what is missing, `from` from which day time alone is enough.',
    ],
    dated_in_future: [409, 'The date is after today. Use today or an earlier date.'],
    dated_before_write_off: [409, 'The date is before the write-off. Use a later date.'],
  },
});

/** What was lost in a time. */
export const getBadDebt = operation({
  id: 'get-bad-debt',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/companies/:companyId/bad-debt',
  summary:
    'What a company lost from one day to another, less what came back, and what part of what was invoiced that is.',
  tag: TAG,
  permission: 'report.read',
  params: z.object({ companyId: companyIdIn }),
  query: z.object({ from: day, to: day }),
  reply: z.object({
    from: dayText,
    to: dayText,
    /** As bad debt, for a dispute or as goodwill, in the functional currency. */
    writtenOff: moneyText,
    undone: moneyText,
    recovered: moneyText,
    /** Tax taken back, less what went back. */
    relief: moneyText,
    net: moneyText,
    /** Invoices less credit notes, with tax. */
    invoiced: moneyText,
    /** The net loss in per cent of that; null where nothing was invoiced. */
    percent: z.string().nullable(),
  }),
  refusals: COMPANY,
});

// — limits —

/** What counts, and all versions there were. */
export const getWriteOffLimits = operation({
  id: 'get-write-off-limits',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/companies/:companyId/write-off-limits',
  summary: 'How much roles and people may write off alone, by kind and currency; all versions, newest first.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ companyId: companyIdIn }),
  reply: z.object({
    limits: z.array(
      z.object({
        limitId: z.string(),
        role: z.string().nullable(),
        userId: z.string().nullable(),
        currency: z.string(),
        /** Null: every kind of which nothing else is said. */
        kind: writeOffKind.nullable(),
        stance: z.enum(LIMIT_STANCES),
        amountMin: moneyText.nullable(),
        amountMax: moneyText.nullable(),
        validFrom: dayText,
        recordedBy: z.string(),
        recordedAt: momentText,
        /** Whether it is the version that counts today. */
        isInForce: z.boolean(),
      }),
    ),
  }),
  refusals: COMPANY,
});

/** How much somebody may write off alone. */
export const putWriteOffLimit = operation({
  id: 'put-write-off-limit',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/companies/:companyId/write-off-limits',
  summary:
    'States how much of an item a role or one person may write off alone, by kind and currency, from a least to a most; outside of that others decide.',
  tag: TAG,
  permission: 'approval.manage',
  params: z.object({ companyId: companyIdIn }),
  body: z.object({
    role: z.enum(ROLES).optional(),
    userId: idText.optional(),
    currency: currencyCode,
    /** Left out: every kind of which nothing else is said. */
    kind: writeOffKind.optional(),
    /** Withdrawn: the person goes by the role's limit again, the role by the rules of approvals alone. */
    stance: z.enum(LIMIT_STANCES),
    amountMin: amountIn.nullish(),
    amountMax: amountIn.nullish(),
    /** The first day it counts on. */
    validFrom: day,
  }),
  reply: z.object({ limitId: z.string() }),
  refusals: {
    ...COMPANY,
    limit_of_whom: [400, 'Name either a role or a person.'],
    limit_without_most: [400, 'State the most that may be written off.'],
    limit_upside_down: [400, 'The least is above the most.'],
    amount_negative: [400, 'The amount is zero or more.'],
    wrong_currency: [400, 'The amount is in another currency than the limit is for.'],
  },
});
