// Charging: what would be charged, charges and their credits, waiving.

import { z } from 'zod';
import {
  amountIn,
  day,
  dayText,
  idText,
  may,
  moneyText,
  operation,
  pageOf,
  pageQuery,
  textLine,
} from '#http/contract.ts';
import { CHARGED_CUSTOMERS_MAX, DELIVER_INVOICES_MAX } from '#kernel/limits.ts';
import { companyIdIn, customerBrief, customerIdIn } from '#parties/contract.ts';
import { CHARGE_CHANNELS } from './charge-mail.ts';
import { PART_KINDS } from './charging.ts';
import {
  CHARGE_NOT_FOUND,
  COMPANY_NOT_FOUND,
  CUSTOMER_NOT_FOUND,
  EXCHANGE_RATE_MISSING,
  RATE_MISSING,
  spanReply,
  TAG,
  TERMS_REFUSALS,
} from './contract-shapes.ts';

const planRow = z.object({
  customer: customerBrief,
  currency: z.string(),
  interest: moneyText,
  fees: moneyText,
  total: moneyText,
  /** What is given back of earlier charges. */
  credit: moneyText,
  items: z.number().int(),
  /** Why it cannot be charged, as a refusal's code, or why it is held back: `below_minimum`. */
  problem: z.string().nullable(),
  /** What the refusal said, for people. */
  facts: z.record(z.string(), z.unknown()),
});

export const planCharges = operation({
  id: 'plan-charges',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/charge-plan',
  summary: 'What charging through a day would charge, customer by customer. Nothing is stored.',
  tag: TAG,
  permission: 'book.read',
  query: pageQuery.extend({ companyId: companyIdIn, through: day }),
  reply: pageOf(planRow),
  refusals: { company_not_found: COMPANY_NOT_FOUND },
});

const partReply = z.object({
  kind: z.enum(PART_KINDS),
  itemId: z.string().nullable(),
  documentId: z.string().nullable(),
  reference: z.string(),
  from: dayText.nullable(),
  to: dayText.nullable(),
  amount: moneyText,
  spans: z.array(spanReply),
});

export const planCustomerCharges = operation({
  id: 'plan-customer-charges',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/charge-plan/:customerId',
  summary: 'What one customer would be charged through a day, with the sheet of each item.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ customerId: customerIdIn }),
  query: z.object({ companyId: companyIdIn, through: day }),
  reply: z.object({ parts: z.array(partReply) }),
  refusals: {
    company_not_found: COMPANY_NOT_FOUND,
    customer_not_found: CUSTOMER_NOT_FOUND,
    reference_rate_missing: RATE_MISSING,
    exchange_rate_missing: EXCHANGE_RATE_MISSING,
  },
});

// — charges —

const shownCharge = z.object({
  chargeId: z.string(),
  kind: z.enum(['charge', 'charge_credit']),
  number: z.string(),
  customerId: z.string(),
  interest: z.string(),
  fees: z.string(),
  /** Negative for a credit. */
  total: z.string(),
  currency: z.string(),
});

export const postCharges = operation({
  id: 'post-charges',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/charges',
  summary: 'Charges customers through a day, all of them or none. Days charged before are not charged again.',
  tag: TAG,
  permission: 'charge.post',
  body: z.object({
    companyId: companyIdIn,
    customerIds: z.array(customerIdIn).min(1).max(CHARGED_CUSTOMERS_MAX),
    /** The last day interest is reckoned for. */
    through: day,
    /** Date of the charges; left out, today. */
    on: day.optional(),
  }),
  reply: z.object({ charges: z.array(shownCharge) }),
  refusals: {
    company_not_found: COMPANY_NOT_FOUND,
    charged_in_future: [409, 'Days that are not over yet are not charged. Choose today or an earlier day.'],
    charged_before_interest: [409, 'A charge is not dated before the last day it is for.'],
    already_charged: [409, 'Somebody else charged the same days at the same moment. Look again.'],
    item_not_found: [409, 'An item changed at the same moment. Look again and repeat.'],
    reference_rate_missing: RATE_MISSING,
    exchange_rate_missing: EXCHANGE_RATE_MISSING,
    amount_too_large: [409, 'In the currency of the books the amount is too large.'],
    series_not_found: [404, 'The company has no number series `main` for charges. Add one.'],
  },
});

const chargeRow = z.object({
  chargeId: z.string(),
  kind: z.enum(['charge', 'charge_credit']),
  because: z.enum(['correction', 'waiver']).nullable(),
  number: z.string(),
  company: z.object({ id: z.string(), code: z.string(), name: z.string() }),
  customer: customerBrief,
  chargedOn: dayText,
  through: dayText,
  dueOn: dayText,
  interest: moneyText,
  fees: moneyText,
  /** Positive for both kinds. */
  total: moneyText,
  /** What is left to pay of a charge, or left of a credit; positive for both. */
  open: moneyText,
  /** For a waiver taken back. */
  undoneOn: dayText.nullable(),
});

export const listCharges = operation({
  id: 'list-charges',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/charges',
  summary: 'Charges and their credits, the latest first.',
  tag: TAG,
  permission: 'book.read',
  query: pageQuery.extend({
    companyId: companyIdIn.optional(),
    customerId: customerIdIn.optional(),
    openOnly: z.stringbool().default(false),
  }),
  reply: pageOf(chargeRow),
});

export const readCharge = operation({
  id: 'read-charge',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/charges/:chargeId',
  summary: 'One charge or credit with its parts, its sheet, and what the caller may do with it.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ chargeId: idText }),
  reply: chargeRow.extend({
    reason: z.string().nullable(),
    /** The charge that a waiver is of. */
    corrects: z.object({ chargeId: z.string(), number: z.string() }).nullable(),
    parts: z.array(partReply),
    waivers: z.array(chargeRow.extend({ reason: z.string().nullable() })),
    /** What can still be waived. */
    /** Its open item. */
    itemId: z.string(),
    writtenOff: moneyText,
    waivable: z.object({ interest: moneyText, fees: moneyText }),
    may: z.object({ waive: may, reinstate: may }),
  }),
  refusals: { charge_not_found: CHARGE_NOT_FOUND },
});

export const deliverCharges = operation({
  id: 'deliver-charges',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/charge-deliveries',
  summary:
    'Sends charges and credits with their calculation sheet, each by mail or letter as its customer wants invoices. Tells what was queued, and why not.',
  tag: TAG,
  permission: 'reminder.send',
  body: z.object({
    chargeIds: z.array(idText).min(1).max(DELIVER_INVOICES_MAX),
    channel: z.enum(CHARGE_CHANNELS).optional(),
  }),
  reply: z.object({
    queued: z.number().int(),
    results: z.array(
      z.object({
        chargeId: idText,
        number: z.string(),
        messageId: idText.nullable(),
        channel: z.enum(CHARGE_CHANNELS).nullable(),
        recipient: z.string().nullable(),
        /** Why it was not queued. Where the customer cannot be reached, a delivery problem is open. */
        reason: z.enum(['no_way', 'waived', 'already_on_its_way']).nullable(),
      }),
    ),
  }),
  refusals: { charge_not_found: [404, 'One of the charges does not exist. None was sent.'] },
});

export const printCharge = operation({
  id: 'print-charge',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/charges/:chargeId/pdf',
  summary: 'The charge or credit as PDF/A with its calculation sheet.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ chargeId: idText }),
  produces: ['application/pdf'],
  refusals: { charge_not_found: CHARGE_NOT_FOUND },
});

export const exportSheet = operation({
  id: 'export-charge-sheet',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/charges/:chargeId/sheet',
  summary: 'The calculation sheet of a charge as CSV.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ chargeId: idText }),
  produces: ['text/csv'],
  refusals: { charge_not_found: CHARGE_NOT_FOUND },
});

export const waiveCharge = operation({
  id: 'waive-charge',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/charges/:chargeId/waivers',
  summary: 'Waives a charge or part of it, by a credit of its own. The charge stays as it was.',
  tag: TAG,
  permission: 'charge.waive',
  params: z.object({ chargeId: idText }),
  body: z.object({
    reason: textLine(500),
    /** How much of the interest and of the fees; both left out, all that is left. */
    interest: amountIn.optional(),
    fees: amountIn.optional(),
  }),
  reply: shownCharge,
  refusals: {
    charge_not_found: CHARGE_NOT_FOUND,
    not_a_charge: [409, 'This is a credit. Only charges can be waived.'],
    wrong_currency: [400, 'The amount is in another currency than the charge.'],
    amount_negative: TERMS_REFUSALS.amount_negative,
    nothing_to_waive: [409, 'There is nothing left to waive, or the amounts are zero.'],
    exceeds_charge: [409, 'This is more than is left of the charge. Waive less.'],
    series_not_found: [404, 'The company has no number series `main` for charge credits. Add one.'],
  },
});

export const undoWaiver = operation({
  id: 'undo-waiver',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/charges/:chargeId/reinstatement',
  summary: 'Takes a waiver back: what it settled is open again.',
  tag: TAG,
  permission: 'charge.waive',
  params: z.object({ chargeId: idText }),
  body: z.object({ reason: textLine(500) }),
  reply: z.object({ chargeId: z.string(), undoneOn: dayText }),
  refusals: {
    charge_not_found: CHARGE_NOT_FOUND,
    not_a_waiver: [409, 'Only waivers can be taken back.'],
    waiver_undone: [409, 'This waiver was taken back before.'],
    credit_granted_back: [
      409,
      'The credit of this waiver was granted back as a refund. Withdraw the refund first.',
    ],
    changed_meanwhile: [409, 'Somebody else changed this at the same moment. Look again and repeat.'],
  },
});
