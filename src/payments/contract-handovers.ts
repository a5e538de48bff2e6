// One receipt for invoices of several companies: handing its money over, and which companies may.

import { z } from 'zod';
import { day, dayText, may, moneyText, operation } from '#http/contract.ts';
import { companyIdIn } from '#parties/contract.ts';
import {
  allocations,
  applied,
  COMPANY,
  customerRef,
  LETTING_GO,
  lettingGo,
  PAYMENT,
  PAYMENTS,
  paymentIdIn,
  RATE,
  SETTLING_SHORT,
} from './contract-shapes.ts';

const SAME_COMPANY = [409, 'This is one company with itself. Name two.'] as const;

/** What of a payment settled a debt to another company, and whether it came back. */
export const handoverRow = z.object({
  handoverId: z.string(),
  /** Whose customer's debt it settled. */
  company: z.object({ id: z.string(), name: z.string() }),
  customer: customerRef.nullable(),
  /** The application there: taking it back brings the money back. */
  applicationId: z.string(),
  itemId: z.string(),
  amount: moneyText,
  on: dayText,
  /** The day it came back, if it did. */
  takenBackOn: dayText.nullable(),
});

/** A receipt settles what another company is owed. */
export const handOverPayment = operation({
  id: 'hand-over-payment',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/payments/:paymentId/handovers',
  summary:
    'Settles open items of another company with money that this one received; each then owes the other as much. Add ?rehearse=1 to see what it would do. Take the applications back to undo it.',
  tag: PAYMENTS,
  permission: 'payment.apply',
  params: z.object({ paymentId: paymentIdIn }),
  body: z.object({
    /** Whose items they are: all of one company. */
    companyId: companyIdIn,
    allocations,
    /** Grants what the payment earns by its value date, by the terms there. */
    takeDiscounts: z.boolean().optional(),
    /** Drops what the rules of that company let drop where the receipt is short, where no difference is asked for. */
    takeTolerance: z.boolean().optional(),
    ...lettingGo,
    on: day.optional(),
  }),
  reply: applied
    .pick({
      ...{ applications: true, items: true, discounts: true, differences: true, deductions: true },
      ...{ writeOffs: true, unapplied: true, on: true },
    })
    .extend({ paymentId: z.string(), companyId: z.string(), handedOver: moneyText }),
  refusals: {
    ...LETTING_GO,
    ...PAYMENT,
    ...COMPANY,
    ...RATE,
    ...SETTLING_SHORT,
    wrong_company: [
      409,
      'An item is of another company than the one named. Hand over to one company at a time.',
    ],
    payment_returned: [409, 'This payment came back; nothing can be handed over from it.'],
    refund_not_movable: [409, 'A refund was paid to its customer; it settles nothing of another company.'],
    handover_same_company: [409, 'This is the company that received the money. Apply the payment instead.'],
    handover_not_allowed: [
      409,
      'Money that this company received may not be used for the other one. Both have to allow it under Companies.',
    ],
  },
});

const handoverPair = z.object({
  fromCompanyId: z.string(),
  toCompanyId: z.string(),
  /** What the company that receives the money states. */
  from: z.boolean(),
  /** What the company whose items it would settle states. */
  to: z.boolean(),
});

/** Which companies may receive money for which. */
export const listHandoverSettings = operation({
  id: 'list-handover-settings',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/handover-settings',
  summary:
    'Which companies may receive money for which others, as either side states it. Both have to allow it.',
  tag: PAYMENTS,
  permission: 'book.read',
  reply: z.object({ rows: z.array(handoverPair), may: z.object({ state: may }) }),
});

/** One side of two companies allows it, or does not any more. */
export const stateHandover = operation({
  id: 'state-handover',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/companies/:fromCompanyId/handovers/:toCompanyId/:side',
  summary:
    'States for one of two companies (`from` receives the money, `to` is owed it) whether the first may receive money for the second.',
  tag: PAYMENTS,
  permission: 'company.manage',
  params: z.object({ fromCompanyId: companyIdIn, toCompanyId: companyIdIn, side: z.enum(['from', 'to']) }),
  body: z.object({ allowed: z.boolean() }),
  reply: z.null(),
  refusals: { ...COMPANY, handover_same_company: SAME_COMPANY },
});
