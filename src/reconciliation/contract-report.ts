// The bank reconciliation report: read, exported, printed.

import { z } from 'zod';
import { day, dayText, idText, moneyText, operation } from '#http/contract.ts';
import { ACCOUNT, account, signature, TAG } from './contract-shapes.ts';
import { SHOWN_KINDS } from './line-kind.ts';

const between = z.object({
  documentId: z.string(),
  kind: z.enum(SHOWN_KINDS),
  number: z.string(),
  who: z.string(),
  on: dayText,
  days: z.number().int(),
  amount: moneyText,
});

const reconciliationQuery = z.object({
  /** Left out, today. */
  asOf: day.optional(),
});

/** The reconciliation. */
export const readBankReconciliation = operation({
  id: 'read-bank-reconciliation',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/bank-accounts/:bankAccountId/reconciliation',
  summary:
    'From the balance at the bank to the balance in the books as of any day, and what stands between them.',
  tag: TAG,
  permission: 'report.read',
  params: z.object({ bankAccountId: idText }),
  query: reconciliationQuery,
  reply: z.object({
    account,
    companyName: z.string(),
    asOf: dayText,
    startsOn: dayText.nullable(),
    opening: moneyText.nullable(),
    isProved: z.boolean(),
    bank: moneyText,
    deposits: moneyText,
    refunds: moneyText,
    returns: moneyText,
    unexplained: moneyText,
    early: moneyText,
    expected: moneyText,
    books: moneyText,
    off: moneyText,
    /** The ledger account of the company in this currency, all bank accounts together. */
    ledger: moneyText,
    ages: z.array(z.object({ upToDays: z.number().int().nullable(), amount: moneyText })),
    /** The latest day up to this one that is signed off, and by whom; null where none is. */
    lastSigned: signature.extend({ day: dayText }).nullable(),
    inTransit: z.array(between),
    datedLater: z.array(between),
    unexplainedLines: z.array(
      z.object({
        lineId: z.string(),
        bookedOn: dayText,
        amount: moneyText,
        payerName: z.string().nullable(),
        text: z.string(),
      }),
    ),
  }),
  refusals: ACCOUNT,
});

/** The reconciliation for a spreadsheet. */
export const exportBankReconciliation = operation({
  id: 'export-bank-reconciliation',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/bank-accounts/:bankAccountId/reconciliation.csv',
  summary: 'The reconciliation of a bank account as delimited text, all rows.',
  tag: TAG,
  permission: 'report.read',
  params: z.object({ bankAccountId: idText }),
  query: reconciliationQuery,
  produces: ['text/csv'],
  refusals: ACCOUNT,
});

/** The reconciliation on paper. */
export const printBankReconciliation = operation({
  id: 'print-bank-reconciliation',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/bank-accounts/:bankAccountId/reconciliation.pdf',
  summary: 'The reconciliation of a bank account as a PDF, with the letterhead of its company.',
  tag: TAG,
  permission: 'report.read',
  params: z.object({ bankAccountId: idText }),
  query: reconciliationQuery,
  produces: ['application/pdf'],
  refusals: ACCOUNT,
});
