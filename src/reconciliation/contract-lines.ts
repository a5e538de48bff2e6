// Lines of the bank that are no receipts: explained one by one, or by rules that explain them.

import { z } from 'zod';
import {
  day,
  dayText,
  idText,
  moneyText,
  operation,
  pageOf,
  pageQuery,
  type RefusalMeaning,
  textLine,
} from '#http/contract.ts';
import { SHOWN_PAYMENTS_MAX } from '#kernel/limits.ts';
import { RULE_DIRECTIONS } from './bank-rule.ts';
import { ACCOUNT, TAG } from './contract-shapes.ts';
import { LINE_KINDS, OTHER_KINDS, SHOWN_KINDS } from './line-kind.ts';

const SIGNED: Readonly<Record<string, RefusalMeaning>> = {
  bank_day_signed: [
    409,
    'This day of the bank account is signed off. Somebody else than who signed it has to open it again first.',
  ],
};

const LINE: Readonly<Record<string, RefusalMeaning>> = {
  ...SIGNED,
  statement_line_not_found: [404, 'There is no such bank line.'],
};

const line = z.object({
  lineId: z.string(),
  statementId: z.string(),
  kind: z.enum(LINE_KINDS),
  amount: moneyText,
  booked: moneyText,
  valueOn: dayText,
  payerName: z.string().nullable(),
  text: z.string(),
  payment: z.object({ paymentId: z.string(), number: z.string() }).nullable(),
  customer: z.object({ id: z.string(), number: z.string(), name: z.string() }).nullable(),
  unapplied: moneyText.nullable(),
  /** Numbers of payments recorded by hand that it shows. */
  shows: z.array(z.string()),
  note: z.string().nullable(),
  /** The text of the rule that explained it. */
  rule: z.string().nullable(),
  explainedBy: z.string().nullable(),
  /** Whether somebody said what it is, and can take that back. */
  isExplained: z.boolean(),
});

/** The lines of a day. */
export const listTieOutLines = operation({
  id: 'list-tie-out-lines',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/tie-out/:bankAccountId/:day/lines',
  summary: 'The bank lines of a day with what each is, the largest first.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ bankAccountId: idText, day }),
  query: pageQuery.extend({ kind: z.enum(LINE_KINDS).optional() }),
  reply: pageOf(line),
  refusals: ACCOUNT,
});

/** Says what a line is. */
export const explainBankLine = operation({
  id: 'explain-bank-line',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/bank-lines/:lineId/explanation',
  summary:
    'Says what a bank line is: of other books (fee, interest, transfer, sweep, other), or what was recorded by hand before.',
  tag: TAG,
  permission: 'bank.import',
  params: z.object({ lineId: idText }),
  body: z.object({
    kind: z.enum([...OTHER_KINDS, ...SHOWN_KINDS]),
    paymentIds: z.array(idText).max(SHOWN_PAYMENTS_MAX).optional(),
    note: textLine(500).optional(),
  }),
  reply: z.object({ explanationId: z.string(), lineId: z.string(), kind: z.string(), amount: moneyText }),
  refusals: {
    ...LINE,
    line_explained: [409, 'This line takes a payment back, or somebody explained it at the same moment.'],
    line_in_other_currency: [
      409,
      'This line is in another currency than its account; it can show no payment.',
    ],
    receipt_applied: [
      409,
      'Money of this line is applied to invoices. Take that back first, if no customer paid it.',
    ],
    receipt_returned: [409, 'The receipt of this line came back already.'],
    line_of_other_side: [400, 'A deposit is money in, a refund money out.'],
    payments_not_named: [400, 'Name the payments that the line shows.'],
    payment_not_found: [404, 'There is no such payment.'],
    payment_not_showable: [
      409,
      'This payment is of another company, currency or direction, or a bank line shows it already.',
    ],
    payments_differ_from_line: [409, 'The payments do not come to the amount of the line. Choose others.'],
    reversed_too_early: [
      409,
      'The receipt was moved or applied after its day, so that it cannot be given up.',
    ],
    applied_too_early: [409, 'The receipt was moved after its day, so that it cannot be given up.'],
    returned_in_future: [409, 'The value date of the line has not come yet. Explain it on that day.'],
    discount_taken_back: [409, 'A credit note takes back a discount that goes with this payment.'],
    exchange_rate_missing: [409, 'There is no exchange rate for this currency and day. Record one first.'],
    amount_too_large: [409, 'At its exchange rate the amount is larger than the books can hold.'],
  },
});

/** Takes back what was said. */
export const undoBankLine = operation({
  id: 'undo-bank-line-explanation',
  kind: 'command',
  method: 'DELETE',
  path: '/api/v1/bank-lines/:lineId/explanation',
  summary:
    'Takes back what was said of a bank line; what an import took for a receipt is one again, of nobody yet.',
  tag: TAG,
  permission: 'bank.import',
  params: z.object({ lineId: idText }),
  body: z.object({ note: textLine(500) }),
  reply: z.object({ lineId: z.string(), paymentId: z.string().nullable() }),
  refusals: {
    ...LINE,
    line_explained: [409, 'This line takes a payment back; it is not explained by hand.'],
    line_not_explained: [409, 'Nobody said what this line is, so there is nothing to take back.'],
    exchange_rate_missing: [409, 'There is no exchange rate for this currency and day. Record one first.'],
    amount_too_large: [409, 'At its exchange rate the amount is larger than the books can hold.'],
    series_not_found: [409, 'The company has no number series for payments.'],
  },
});

const newRule = z.object({
  text: textLine(100),
  direction: z.enum(RULE_DIRECTIONS).default('both'),
  kind: z.enum(OTHER_KINDS),
  /** Left out, lines of all accounts. */
  bankAccountId: idText.optional(),
});

const RULES: Readonly<Record<string, RefusalMeaning>> = {
  ...ACCOUNT,
  rule_text_too_short: [400, 'The text is too short: it would fit by chance. Give three letters or more.'],
};

/** The rules. */
export const listBankRules = operation({
  id: 'list-bank-rules',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/bank-rules',
  summary: 'Rules that say by its text what a bank line is.',
  tag: TAG,
  permission: 'book.read',
  reply: z.object({
    rows: z.array(
      z.object({
        ruleId: z.string(),
        text: z.string(),
        direction: z.enum(RULE_DIRECTIONS),
        kind: z.enum(OTHER_KINDS),
        bankAccountId: z.string().nullable(),
        addedBy: z.string(),
      }),
    ),
  }),
});

const ruleLine = z.object({
  lineId: z.string(),
  accountName: z.string(),
  bookedOn: dayText,
  amount: moneyText,
  payerName: z.string().nullable(),
  text: z.string(),
});

/** Tries a rule. */
export const previewBankRule = operation({
  id: 'preview-bank-rule',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/bank-rules/preview',
  summary:
    'What a rule would do: lines it would explain, and those that are customers’ money and stay receipts.',
  tag: TAG,
  permission: 'book.read',
  query: newRule,
  reply: z.object({
    from: dayText,
    isWhole: z.boolean(),
    waiting: z.array(ruleLine),
    waitingCount: z.number().int(),
    matched: z.array(ruleLine),
    matchedCount: z.number().int(),
    explainedCount: z.number().int(),
  }),
  refusals: RULES,
});

/** Adds a rule. */
export const addBankRule = operation({
  id: 'add-bank-rule',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/bank-rules',
  summary:
    'Adds a rule; lines that wait are explained by it a moment later. What matching found a payer for stays a receipt.',
  tag: TAG,
  permission: 'bank.import',
  body: newRule,
  reply: z.object({ ruleId: z.string() }),
  refusals: {
    ...RULES,
    rule_known: [409, 'There is a rule for this text already. Take it out of use first.'],
    too_many_rules: [409, 'There are as many rules as there may be. Take some out of use.'],
  },
});

/** Takes a rule out of use. */
export const removeBankRule = operation({
  id: 'remove-bank-rule',
  kind: 'command',
  method: 'DELETE',
  path: '/api/v1/bank-rules/:ruleId',
  summary: 'Takes a rule out of use; what it explained stays.',
  tag: TAG,
  permission: 'bank.import',
  params: z.object({ ruleId: idText }),
  reply: z.object({ ruleId: z.string() }),
  refusals: { rule_not_found: [404, 'There is no such rule in use.'] },
});
