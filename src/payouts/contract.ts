// The operations on payouts: what gateways sent to the bank, and by which line of the bank it arrived. Their reports are taken in as files
// of the account at the gateway (`import-bank-statement`).

import { z } from 'zod';
import { dayText, idText, moneyText, operation, pageOf, pageQuery } from '#http/contract.ts';

const TAG = 'Bank';

export const ARRIVAL_RULES = ['reference', 'name', 'person'] as const;

const bankLine = z.object({
  lineId: z.string(),
  statementId: z.string(),
  bookedOn: dayText,
  accountName: z.string(),
  said: z.string(),
});

/** What gateways paid out. */
export const listPayouts = operation({
  id: 'list-payouts',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/payouts',
  summary:
    'What gateways paid out, latest first: what customers paid, what was taken off, and the bank line that brought it.',
  tag: TAG,
  permission: 'book.read',
  query: pageQuery.extend({ state: z.enum(['arrived', 'on_its_way']).optional() }),
  reply: pageOf(
    z.object({
      /** The line of the account at the gateway by which the payout left. */
      gatewayLineId: z.string(),
      statementId: z.string(),
      /** As the gateway calls it. */
      payout: z.string(),
      gatewayName: z.string(),
      paidOn: dayText,
      /** What was sent to the bank; negative where the gateway took it from there. */
      amount: moneyText,
      /** How many payments of customers it is made of, and what they come to. */
      charges: z.number().int(),
      charged: moneyText,
      /** Refunds and chargebacks less what came back of them, fees, and all else: each as it changes the payout. */
      takenBack: moneyText,
      fees: moneyText,
      other: moneyText,
      /** The line that brought it, and how it was known. */
      arrived: bankLine.extend({ rule: z.enum(ARRIVAL_RULES) }).nullable(),
      /** Of one that is on its way: lines of its amount that may have brought it. */
      fitting: z.array(bankLine),
    }),
  ),
});

/** A payout joined to its line by a person's word. */
export const joinPayout = operation({
  id: 'join-payout',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/payouts/:gatewayLineId/arrival',
  summary:
    'Says which line of the bank brought a payout. The line is a transfer between accounts of ours then.',
  tag: TAG,
  permission: 'bank.import',
  params: z.object({ gatewayLineId: idText }),
  body: z.object({ bankLineId: idText }),
  reply: z.object({ gatewayLineId: z.string(), bankLineId: z.string(), explanationId: z.string() }),
  refusals: {
    payout_not_found: [404, 'This line is no payout of a gateway.'],
    payout_arrived: [
      409,
      'The payout arrived by another line, or this line brought another payout. Undo that first.',
    ],
    payout_differs_from_line: [
      409,
      'A payout arrives at another account of its company, with its amount and currency. Choose another line.',
    ],
    statement_line_not_found: [404, 'There is no statement line with this id.'],
    line_explained: [409, 'The line is the return of a payment, or was explained at the same moment.'],
    receipt_applied: [409, 'The receipt of this line is applied. Take the application back first.'],
    receipt_returned: [409, 'The receipt of this line was returned.'],
    line_not_explained: [409, 'The line was explained otherwise at the same moment. Repeat.'],
    bank_day_signed: [
      409,
      'The day of the line is signed off. Somebody else than who signed it has to open it again.',
    ],
    exchange_rate_missing: [409, 'There is no exchange rate for the day. Add it, then repeat.'],
    period_locked: [409, 'The period of the line is locked.'],
  },
});
