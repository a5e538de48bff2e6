// Looking at files of banks before they are booked.

import { z } from 'zod';
import { idText, jsonIn, operation } from '#http/contract.ts';
import { csvProfile, FILES } from '#payments/contract-bank.ts';

const sum = z.object({ amount: z.string(), currency: z.string() });

/** Characters of a profile as it is given in the address of a request. */
const PROFILE_CHARACTERS_MAX = 6_000;

/** A CSV of a bank, tried out. */
export const lookAtBankCsv = operation({
  id: 'look-at-bank-csv',
  kind: 'query',
  method: 'POST',
  path: '/api/v1/bank-csv-looks',
  summary:
    'Reads a CSV of a bank by a profile that is given, kept with the account or proposed, and shows its first entries as they would be booked. Nothing is changed.',
  tag: 'Bank',
  permission: 'bank.import',
  consumesFile: true,
  query: z.object({
    bankAccountId: idText.optional(),
    /** What the columns mean, as JSON (see `set-csv-profile`). */
    profile: jsonIn(csvProfile, PROFILE_CHARACTERS_MAX).optional(),
  }),
  reply: z.object({
    delimiter: z.string(),
    encoding: z.string().nullable(),
    /** The first rows as they stand. */
    rows: z.array(z.object({ line: z.number().int(), cells: z.array(z.string()) })),
    header: z.array(z.string()),
    headerLine: z.number().int().nullable(),
    profile: csvProfile.nullable(),
    profileFrom: z.enum(['given', 'kept', 'proposed']).nullable(),
    /** What a proposed profile leaves open. */
    questions: z.array(z.object({ code: z.string(), message: z.string(), value: z.string() })),
    entries: z.array(
      z.object({
        line: z.number().int(),
        bookedOn: z.string().nullable(),
        valueOn: z.string().nullable(),
        amount: sum,
        payerName: z.string().nullable(),
        payerAccount: z.string().nullable(),
        text: z.string(),
        balanceAfter: sum.nullable(),
        original: sum.nullable(),
        isPending: z.boolean(),
      }),
    ),
    statements: z.array(
      z.object({
        account: z.string().nullable(),
        entries: z.number().int(),
        moneyIn: z.array(sum),
        moneyOut: z.array(sum),
        opening: sum.nullable(),
        closing: sum.nullable(),
        /** Whether the balances prove the entries, signs too. */
        proof: z.enum(['agrees', 'differs', 'broken', 'none']),
      }),
    ),
    /** The balances follow only with the signs turned round. */
    isSignTurned: z.boolean(),
    problems: z.array(
      z.object({
        code: z.string(),
        message: z.string(),
        line: z.number().int().nullable(),
        column: z.string().nullable(),
        value: z.string().nullable(),
      }),
    ),
    problemCount: z.number().int(),
    /** Why the file as a whole does not fit the profile. */
    refusal: z
      .object({
        code: z.string(),
        message: z.string(),
        line: z.number().int().nullable(),
        columns: z.array(z.string()),
      })
      .nullable(),
  }),
  refusals: { ...FILES, bank_account_not_found: [404, 'There is no bank account with this id.'] },
});
