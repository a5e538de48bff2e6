// What the operations on statements of account have in common: what is refused, and what a statement says.

import { z } from 'zod';
import { dayText, momentText, moneyText, type RefusalMeaning } from '#http/contract.ts';
import { customerIdIn } from '#parties/contract.ts';
import { LEFT_OUT_REASONS } from './schedule.ts';
import { STATEMENT_KINDS } from './statement.ts';

export const TAG = 'Statements';

export const COMPANY_NOT_FOUND: RefusalMeaning = [
  404,
  'There is no such company. See the list of companies.',
];

export const CUSTOMER_NOT_FOUND: RefusalMeaning = [
  404,
  'There is no such customer. Search by number or name.',
];

export const TOO_LONG: RefusalMeaning = [
  409,
  'The statement would have more lines or customers than anybody reads. Ask for one company, one customer or a shorter period.',
];

export const customerParams = z.object({ customerId: customerIdIn });

export const customerRef = z.object({ id: z.string(), number: z.string(), name: z.string() });

export const DAYS: Readonly<Record<string, RefusalMeaning>> = {
  statement_day_in_future: [409, 'That day is not over yet. Choose today or an earlier day.'],
};

export const statementRow = z.object({
  statementId: z.string(),
  /** Null: sent by hand. */
  runId: z.string().nullable(),
  company: z.object({ id: z.string() }),
  customer: customerRef,
  kind: z.enum(STATEMENT_KINDS),
  isGroup: z.boolean(),
  allCompanies: z.boolean(),
  from: dayText,
  asOf: dayText,
  state: z.enum(['planned', 'left_out', 'queued']),
  reason: z.enum(LEFT_OUT_REASONS).nullable(),
  /** By currency, when it was planned. */
  balances: z.array(moneyText),
  messageId: z.string().nullable(),
  /** Where its message stands. */
  messageState: z.string().nullable(),
  recipient: z.string().nullable(),
  madeAt: momentText,
  sentAt: momentText.nullable(),
});
