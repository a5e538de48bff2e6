// Looking at files of banks before they are booked.

import { z } from 'zod';
import { payoutColumns } from '#gateways/contract.ts';
import { idText, jsonIn, operation } from '#http/contract.ts';
import { csvProfile, FILES } from '#payments/contract-bank.ts';

const sum = z.object({ amount: z.string(), currency: z.string() });

/** Characters of a profile as it is given in the address of a request. */
const PROFILE_CHARACTERS_MAX = 6_000;
const PAYOUT_COLUMNS_CHARACTERS_MAX = 12_000;

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

const looked = z.object({
  /** None: rows that wait for a payout, which are told and not booked. */
  payout: z.string().nullable(),
  paidOn: z.string().nullable(),
  account: z.string().nullable(),
  charges: z.number().int(),
  charged: sum,
  takenBack: sum,
  fees: sum,
  other: sum,
  sent: sum,
});

const proposedColumn = z.string().optional();

/** A payout report of a gateway, tried out. */
export const lookAtPayoutReport = operation({
  id: 'look-at-payout-report',
  kind: 'query',
  method: 'POST',
  path: '/api/v1/payout-report-looks',
  summary:
    'Reads a gateway’s payout report by what is given, or was kept, of its columns, and shows each payout as it would be booked. Nothing is changed.',
  tag: 'Bank',
  permission: 'bank.import',
  consumesFile: true,
  query: z.object({
    /** What the columns mean, as JSON (see `keep-payout-columns`). */
    columns: jsonIn(payoutColumns, PAYOUT_COLUMNS_CHARACTERS_MAX).optional(),
    /** The column of types, while the rest is not said yet: its words are told. */
    typeColumn: z.string().max(500).optional(),
  }),
  reply: z.object({
    header: z.array(z.string()),
    /** The first rows as they stand, headings included. */
    rows: z.array(z.object({ line: z.number().int(), cells: z.array(z.string()) })),
    /** By what it was read; null: nothing was said yet. */
    columns: payoutColumns.nullable(),
    /** What headings and cells say by themselves. */
    proposal: z.object({
      payout: proposedColumn,
      payoutOn: proposedColumn,
      id: proposedColumn,
      on: proposedColumn,
      type: proposedColumn,
      gross: proposedColumn,
      fee: proposedColumn,
      net: proposedColumn,
      payer: proposedColumn,
      currency: proposedColumn,
      dateOrder: payoutColumns.shape.dateOrder.optional(),
      decimalMark: payoutColumns.shape.decimalMark.optional(),
    }),
    /** Words of the column of types, each with how many rows have it. */
    words: z.array(z.object({ word: z.string(), rows: z.number().int() })),
    payouts: z.array(looked),
    payoutCount: z.number().int(),
    /** Gross less fee is net only with the fees the other way round. */
    isFeeTurned: z.boolean(),
    /** It proves itself only where refunds, chargebacks and payouts are said to stand without a minus, or with one after all. */
    isTakenTurned: z.boolean(),
    /** Why it cannot be read so. */
    refusal: z
      .object({
        code: z.string(),
        line: z.number().int().nullable(),
        column: z.string().nullable(),
        value: z.string().nullable(),
        payout: z.string().nullable(),
        difference: z.string().nullable(),
      })
      .nullable(),
  }),
  refusals: FILES,
});
