// What the API offers on refunds that we order: granting, the waiting time of new accounts, the file for the bank.

import { z } from 'zod';
import { APPROVAL_REQUIRED } from '#approvals/contract.ts';
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
import { REFUNDS_OF_A_FILE_MAX } from '#kernel/limits.ts';
import { companyIdIn, customerIdIn } from '#parties/contract.ts';
import { PAYMENT_METHODS } from '#payments/contract.ts';
import { REFUND_STATES } from './refund.ts';

const TAG = 'Refunds';

const COMPANY = { company_not_found: [404, 'There is no such company. See the list of companies.'] } as const;
const REFUND = {
  refund_not_found: [404, 'There is no such refund.'],
  refund_ended: [409, 'This refund was paid or withdrawn already.'],
} as const;
const CUSTOMER_ACCOUNT = {
  bank_account_not_found: [404, 'This account is not in use. Choose an account that is.'],
} as const;
const EXCEEDS = {
  refund_exceeds_credit: [
    409,
    'The customer has less credit that nothing was applied of, besides refunds granted already.',
  ],
} as const;

export const grantRefund = operation({
  id: 'grant-refund',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/refunds',
  summary:
    'Grants a refund of credit to an account of the customer; a second person approves it. It is booked once ordered.',
  tag: TAG,
  permission: 'refund.pay',
  body: z.object({
    companyId: companyIdIn,
    customerId: customerIdIn,
    amount: amountIn,
    bankAccountId: idText,
    reason: textLine(500),
  }),
  reply: z.object({
    refundId: z.string(),
    amount: moneyText,
    account: z.string(),
    /** The first day on which it may be ordered. */
    payableFrom: dayText,
  }),
  refusals: {
    ...COMPANY,
    ...CUSTOMER_ACCOUNT,
    ...EXCEEDS,
    ...APPROVAL_REQUIRED,
    customer_not_found: [404, 'There is no such customer. Search by number or name.'],
    amount_not_positive: [400, 'The amount of a refund is above zero.'],
    exchange_rate_missing: [
      409,
      'There is no exchange rate for this currency and day. Record one, then repeat.',
    ],
  },
});

export const listRefunds = operation({
  id: 'list-refunds',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/refunds',
  summary:
    'Refunds that were granted, newest first: which wait and until when, which may be ordered, which are ordered and paid.',
  tag: TAG,
  permission: 'book.read',
  query: pageQuery.extend({
    companyId: companyIdIn.optional(),
    customerId: customerIdIn.optional(),
    /** `true`: only those neither paid nor withdrawn; what is ordered is paid once the bank shows it. */
    open: z.enum(['true', 'false']).optional(),
  }),
  reply: pageOf(
    z.object({
      refundId: z.string(),
      companyId: z.string(),
      customer: z.object({ id: z.string(), number: z.string(), name: z.string() }).nullable(),
      amount: moneyText,
      account: z.string(),
      reason: z.string(),
      state: z.enum(REFUND_STATES),
      /** The day the account became known, and the first day on which the refund may be ordered. */
      accountSince: dayText,
      payableFrom: dayText,
      shortenedBecause: z.string().nullable(),
      withdrawnBecause: z.string().nullable(),
      returned: z.object({ on: dayText, reason: z.string() }).nullable(),
      payment: z.object({ paymentId: z.string(), number: z.string() }).nullable(),
      fileId: z.string().nullable(),
      grantedBy: z.string(),
      grantedOn: dayText,
      recordedAt: momentText,
      may: z.object({ shorten: may, withdraw: may, order: may, return: may }),
      /** Whether who asks granted it: then somebody else makes sure of its account. */
      grantedByMe: z.boolean(),
    }),
  ),
});

export const getRefundable = operation({
  id: 'get-refundable',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/customers/:customerId/refundable',
  summary:
    'What could be refunded to a customer: credit that nothing was applied of, and accounts it can go to.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ customerId: customerIdIn }),
  reply: z.object({
    /** By company and currency. */
    credits: z.array(
      z.object({
        company: z.object({ id: z.string(), name: z.string() }),
        credit: moneyText,
        /** Refunds that are granted and not paid yet. */
        granted: moneyText,
        /** What may still be granted. */
        free: moneyText,
        /** Since when the oldest of the credit stands. */
        oldestOn: dayText,
        accounts: z.array(
          z.object({
            bankAccountId: z.string(),
            account: z.string(),
            /** The first day on which a refund granted today may be ordered. */
            payableFrom: dayText,
          }),
        ),
      }),
    ),
  }),
  refusals: { customer_not_found: [404, 'There is no such customer. Search by number or name.'] },
});

export const listRefundLines = operation({
  id: 'list-refund-lines',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/refunds/:refundId/bank-lines',
  summary:
    'Bank lines that may show a refund and that nobody explained: money out, or money that came back, perhaps less a fee.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ refundId: idText }),
  query: z.object({ side: z.enum(['out', 'in']).default('out') }),
  reply: z.object({
    rows: z.array(
      z.object({
        lineId: z.string(),
        bookedOn: dayText,
        payerName: z.string().nullable(),
        /** The account the money went to, or came from. */
        account: z.string().nullable(),
        text: z.string(),
        /** What a bank on the way kept of money that came back; zero where the line is of the whole amount. */
        kept: moneyText,
        /** Its receipt is applied to something: that is taken back before the line shows a refund. */
        isApplied: z.boolean(),
      }),
    ),
  }),
  refusals: { refund_not_found: REFUND.refund_not_found },
});

/** What a line of the bank may be refused for, where it shows a refund or its return. */
const OF_A_LINE = {
  statement_line_not_found: [404, 'There is no such bank line.'],
  line_explained: [
    409,
    'Somebody said already what this line is. Take that back first, or choose another line.',
  ],
  line_not_the_refund: [
    409,
    'The line is of another company, currency, amount or side than the refund. What a bank kept is stated as its fee.',
  ],
  line_in_other_currency: [409, 'This line is in another currency than its account; it can show no payment.'],
  receipt_applied: [409, 'Money of this line is applied to invoices. Take that back first.'],
  receipt_returned: [409, 'The receipt of this line came back already.'],
  bank_day_signed: [409, 'The day of this line is signed off. Open it again first.'],
  payment_not_showable: [409, 'A bank line shows the payment of this refund already.'],
} as const;

export const recordRefundPaid = operation({
  id: 'record-refund-paid',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/refunds/:refundId/payment',
  summary:
    'Records that a granted refund was paid otherwise than by a file of ours: at the bank itself, in cash, by cheque.',
  tag: TAG,
  permission: 'refund.pay',
  params: z.object({ refundId: idText }),
  body: z.object({
    /** The day the money left; left out, that of the bank line, else today. */
    paidOn: day.optional(),
    method: z.enum(PAYMENT_METHODS).default('transfer'),
    reference: textLine(500).optional(),
    /** The line of the bank that shows it: of its amount, to its account. */
    statementLineId: idText.optional(),
  }),
  reply: z.object({
    refundId: z.string(),
    paymentId: z.string(),
    payment: z.string(),
    paidOn: dayText,
    amount: moneyText,
  }),
  refusals: {
    ...COMPANY,
    ...REFUND,
    ...EXCEEDS,
    ...OF_A_LINE,
    refund_waiting: [
      409,
      'The account became known lately. Wait until the day named, or let a second person shorten it.',
    ],
    refund_to_other_account: [
      409,
      'The money went to another account than was approved. Withdraw this refund, and grant one to that account.',
    ],
    received_in_future: [409, 'The day the money left is after today.'],
    exchange_rate_missing: [
      409,
      'There is no exchange rate for this currency and day. Record one, then repeat.',
    ],
    period_locked: [409, 'The day is in a locked period.'],
    series_not_found: [409, 'The company has no number series for payments.'],
  },
});

export const recordRefundReturned = operation({
  id: 'record-refund-returned',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/refunds/:refundId/return',
  summary: 'Records that the money of a refund came back: the credit is open again as it was.',
  tag: TAG,
  permission: 'payment.return',
  params: z.object({ refundId: idText }),
  body: z.object({
    reason: textLine(500),
    /** The day the money was back; left out, that of the bank line, else today. */
    on: day.optional(),
    /** What a bank on the way kept of it: booked as a bank charge. The line is of the amount less this. */
    fee: amountIn.optional(),
    /** The line of the bank that brought the money; a receipt that an import made of it is given up. */
    statementLineId: idText.optional(),
    /** `true`: no line of the bank that stands there brought it. Asked for where one fits and none is named. */
    isOnNoLine: z.boolean().optional(),
  }),
  reply: z.object({ refundId: z.string(), returnedOn: dayText }),
  refusals: {
    refund_not_found: REFUND.refund_not_found,
    ...OF_A_LINE,
    refund_not_paid: [409, 'This refund was not paid, or came back already.'],
    refund_line_fits: [
      409,
      'A line of the bank may have brought this money. Choose it, or say that none of the lines did.',
    ],
    refund_line_named: [
      409,
      'The bank says that a line brought this refund back. Choose that line, so that the money is booked once.',
    ],
    return_fee_not_valid: [400, 'The fee is in the currency of the refund, and less than it.'],
    exchange_rate_missing: [
      409,
      'There is no exchange rate for this currency and day. Record one, then repeat.',
    ],
    payment_returned: [409, 'The payment of this refund came back already.'],
    returned_in_future: [409, 'The day it came back is after today.'],
    reversed_too_early: [409, 'The refund was paid after that day. Choose a later one.'],
    applied_too_early: [409, 'The refund was paid after that day. Choose a later one.'],
    period_locked: [409, 'The day is in a locked period.'],
  },
});

export const shortenRefund = operation({
  id: 'shorten-refund',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/refunds/:refundId/shortening',
  summary:
    'Lets a refund be ordered before the waiting time of its account is over, because somebody made sure of the account.',
  tag: TAG,
  permission: 'refund.pay',
  params: z.object({ refundId: idText }),
  body: z.object({ reason: textLine(500) }),
  reply: z.object({ refundId: z.string() }),
  refusals: {
    ...REFUND,
    refund_not_waiting: [409, 'This refund does not wait. It may be ordered.'],
    second_person_needed: [
      403,
      'You granted this refund, or added the account. Somebody else has to make sure of it.',
    ],
  },
});

export const withdrawRefund = operation({
  id: 'withdraw-refund',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/refunds/:refundId/withdrawal',
  summary: 'Withdraws a refund that is not ordered yet: the credit is free again.',
  tag: TAG,
  permission: 'refund.pay',
  params: z.object({ refundId: idText }),
  body: z.object({ reason: textLine(500) }),
  reply: z.object({ refundId: z.string() }),
  refusals: REFUND,
});

export const exportRefunds = operation({
  id: 'export-refunds',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/refund-files',
  summary:
    'Orders refunds of one company and currency, all or none: books each as a payment and makes the file for the bank.',
  tag: TAG,
  permission: 'refund.pay',
  body: z.object({
    companyId: companyIdIn,
    /** Our account that pays. */
    bankAccountId: idText,
    refundIds: z.array(idText).min(1).max(REFUNDS_OF_A_FILE_MAX),
  }),
  reply: z.object({
    fileId: z.string(),
    messageId: z.string(),
    total: moneyText,
    refunds: z.array(
      z.object({ refundId: z.string(), paymentId: z.string(), payment: z.string(), amount: moneyText }),
    ),
  }),
  refusals: {
    ...COMPANY,
    ...REFUND,
    ...CUSTOMER_ACCOUNT,
    ...EXCEEDS,
    refund_named_twice: [400, 'A refund is named twice.'],
    transfers_missing: [400, 'A file for the bank pays at least one refund. Name the refunds.'],
    transfers_in_several_currencies: [409, 'A file for the bank is in one currency. Order each by itself.'],
    transfer_not_positive: [409, 'A transfer pays more than nothing.'],
    transfer_id_not_valid: [
      409,
      'The number of a payment has characters that banks do not take. Change the number series of payments.',
    ],
    refund_waiting: [
      409,
      'The account became known lately. Wait until the day named, or let a second person shorten it.',
    ],
    refund_of_other_company: [409, 'The refund is of another company than the account that pays.'],
    wrong_currency: [409, 'The refund is in another currency than the account that pays.'],
    exchange_rate_missing: [
      409,
      'There is no exchange rate for this currency and day. Record one, then repeat.',
    ],
    series_not_found: [409, 'The company has no number series for payments.'],
  },
});

export const downloadRefundFile = operation({
  id: 'download-refund-file',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/refund-files/:fileId/content',
  summary: 'The file for the bank (pain.001.001.09), as it was made.',
  tag: TAG,
  permission: 'refund.pay',
  params: z.object({ fileId: idText }),
  produces: ['application/xml'],
  refusals: { refund_file_not_found: [404, 'There is no such file.'] },
});

export const getRefundSetting = operation({
  id: 'get-refund-setting',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/companies/:companyId/refund-setting',
  summary: 'How many days a new account of a customer waits for its first refund.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ companyId: companyIdIn }),
  reply: z.object({ waitingDays: z.number().int() }),
  refusals: COMPANY,
});

export const putRefundSetting = operation({
  id: 'put-refund-setting',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/companies/:companyId/refund-setting',
  summary: 'States how many days a new account of a customer waits for its first refund.',
  tag: TAG,
  permission: 'approval.manage',
  params: z.object({ companyId: companyIdIn }),
  body: z.object({ waitingDays: z.number().int().min(0).max(90) }),
  reply: z.object({ companyId: z.string() }),
  refusals: COMPANY,
});
