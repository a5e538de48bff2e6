// Days of the tie-out: how bank, receipts and ledger agree, signing a day off and opening it again.

import { z } from 'zod';
import {
  amountIn,
  day,
  dayText,
  idText,
  may,
  momentText,
  moneyText,
  operation,
  textLine,
} from '#http/contract.ts';
import { companyIdIn } from '#parties/contract.ts';
import { ACCOUNT, account, signature, TAG } from './contract-shapes.ts';
import { DAY_REASONS, DAY_STATES } from './day.ts';
import { LINE_KINDS } from './line-kind.ts';

const reason = z.enum(DAY_REASONS);

const tiedDay = z
  .object({
    day: dayText,
    state: z.enum(DAY_STATES),
    reasons: z.array(reason),
    /** Null while no statement has said a balance. */
    opening: moneyText.nullable(),
    closing: moneyText.nullable(),
    /** All lines of the day, money in less money out. */
    moved: moneyText,
    /** What the opening differs from the closing before. */
    carriedOff: moneyText,
    /** What the closing differs from opening and lines. */
    closingOff: moneyText,
    /** What explained lines differ from the books. */
    booksOff: moneyText,
    lines: z.number().int(),
    unexplained: moneyText,
    unexplainedLines: z.number().int(),
    signed: signature.nullable(),
  })
  .meta({ id: 'TiedDay' });

const finding = z.object({
  kind: z.enum(['numbers_missing', 'overlap', 'contradiction']),
  day: dayText,
  statementId: z.string(),
  /** The first and the last of the missing numbers. */
  numbers: z.array(z.number().int()).nullable(),
});

/** All accounts with their days. */
export const listTieOut = operation({
  id: 'list-tie-out',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/tie-out',
  summary:
    'How the days of the bank accounts tie out: balances, lines and books of each day, and what is off.',
  tag: TAG,
  permission: 'book.read',
  query: z.object({
    companyId: companyIdIn.optional(),
    bankAccountId: idText.optional(),
    /** Left out, the half year before `to`. */
    from: day.optional(),
    /** Left out, today. */
    to: day.optional(),
  }),
  reply: z.object({
    from: dayText,
    to: dayText,
    accounts: z.array(
      account.extend({
        days: z.array(tiedDay),
        findings: z.array(finding),
        knownFrom: dayText.nullable(),
        knownTo: dayText.nullable(),
        counts: z.object({ tied: z.number().int(), open: z.number().int(), off: z.number().int() }),
      }),
    ),
  }),
  refusals: {
    ...ACCOUNT,
    days_not_valid: [400, 'The days end before they begin, or are too many to show at once.'],
  },
});

const kindSum = z.object({
  kind: z.enum(LINE_KINDS),
  lines: z.number().int(),
  amount: moneyText,
  booked: moneyText,
  /** Of receipts: what is not applied yet. */
  unapplied: moneyText,
  unappliedCount: z.number().int(),
});

/** One day of an account. */
export const readTieOutDay = operation({
  id: 'read-tie-out-day',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/tie-out/:bankAccountId/:day',
  summary:
    'One day of a bank account: what moved at the bank, what it was, what the books have, and who vouches for it.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ bankAccountId: idText, day }),
  reply: tiedDay.extend({
    account,
    kinds: z.array(kindSum),
    explained: moneyText,
    booked: moneyText,
    otherCurrencyLines: z.number().int(),
    findings: z.array(finding),
    /** The days beside it of which something is known. */
    before: dayText.nullable(),
    after: dayText.nullable(),
    history: z.array(
      z.object({
        signOffId: z.string(),
        signedBy: z.string(),
        signedAt: momentText,
        note: z.string().nullable(),
        sha256: z.string(),
        reopenedBy: z.string().nullable(),
        reopenedAt: momentText.nullable(),
        reopenedReason: z.string().nullable(),
      }),
    ),
    may: z.object({ explain: may, sign: may, reopen: may }),
  }),
  refusals: ACCOUNT,
});

/** Signs a day. */
export const signTieOutDay = operation({
  id: 'sign-tie-out-day',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/tie-out/:bankAccountId/:day/signature',
  summary:
    'Signs off a day of a bank account: its figures are kept with who vouches for them, and the day is locked.',
  tag: TAG,
  permission: 'bank.sign_off',
  params: z.object({ bankAccountId: idText, day }),
  body: z.object({
    /** What stands on the account at the bank, where no statement says it. */
    closing: amountIn.optional(),
    note: textLine(500).optional(),
  }),
  reply: z.object({
    signOffId: z.string(),
    day: dayText,
    closing: moneyText.nullable(),
    sha256: z.string(),
  }),
  refusals: {
    ...ACCOUNT,
    day_signed_already: [409, 'The day is signed off already.'],
    day_not_over: [409, 'The day is not over: more can come in. Sign it off tomorrow.'],
    day_not_tied: [409, 'The day does not tie out yet. The reasons say what is open.'],
    closing_differs: [
      409,
      'The balance you saw is not what the lines come to. A line is missing or too many.',
    ],
    wrong_currency: [400, 'The balance is in another currency than the account.'],
  },
});

/** Opens a day again. */
export const reopenTieOutDay = operation({
  id: 'reopen-tie-out-day',
  kind: 'command',
  method: 'DELETE',
  path: '/api/v1/tie-out/:bankAccountId/:day/signature',
  summary: 'Opens a signed day again, by somebody else than who signed it and for a reason.',
  tag: TAG,
  permission: 'bank.sign_off',
  params: z.object({ bankAccountId: idText, day }),
  body: z.object({ reason: textLine(500) }),
  reply: z.object({ day: dayText }),
  refusals: {
    ...ACCOUNT,
    day_not_signed: [409, 'The day is not signed off, so that it is open already.'],
    second_person_needed: [403, 'You signed this day off yourself. Somebody else has to open it again.'],
  },
});
