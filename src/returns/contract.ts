// The operations on payments that come back: what told of it, booking it with all that follows, and what is done about it.

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
  pageOf,
  pageQuery,
  textLine,
} from '#http/contract.ts';
import { companyIdIn, customerIdIn } from '#parties/contract.ts';
import { FILES, paymentIdIn, returnCode, returnPayment } from '#payments/contract.ts';
import { explainBankLine } from '#reconciliation/contract.ts';
import { NOTICE_KINDS, NOTICE_ORIGINS } from './notice.ts';
import { SIGNS } from './original.ts';
import { NEXT_STEPS, RISKS, SCHEMES } from './reason.ts';

const TAG = 'Returns';

const COMPANY = { company_not_found: [404, 'There is no company with this id.'] } as const;
const NOTICE = {
  return_notice_not_found: [404, 'There is no notice of a return with this id.'],
  return_notice_decided: [
    409,
    'What became of this notice is decided, or its bank line was explained otherwise.',
  ],
} as const;

const reason = z.object({
  code: z.string(),
  scheme: z.enum(SCHEMES),
  /** What the code means, in our words. */
  meaning: z.string(),
  /** What is done next. */
  next: z.enum(NEXT_STEPS),
  /** How much it speaks against the payer. */
  risk: z.enum(RISKS),
  /** The payer brought it about: a fee may be asked where the company has one. */
  isTheirDoing: z.boolean(),
  /** From when the code has this meaning, where it had another before. */
  since: z.string().nullable(),
});
const customerBrief = z.object({ id: z.string(), number: z.string(), name: z.string() }).nullable();
const paymentBrief = z.object({
  paymentId: z.string(),
  number: z.string(),
  receivedOn: dayText,
  amount: moneyText,
});

export const listReturnReasons = operation({
  id: 'list-return-reasons',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/return-reasons',
  summary:
    'The codes by which banks say why a payment came back, with what each means and what follows from it.',
  tag: TAG,
  permission: 'book.read',
  reply: z.object({ rows: z.array(reason) }),
});

export const NOTICE_STATES = ['waiting', 'decided'] as const;

export const listReturnNotices = operation({
  id: 'list-return-notices',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/return-notices',
  summary:
    'What banks told of returns, latest first: what waits, with the payments that may be meant, and what was decided.',
  tag: TAG,
  permission: 'book.read',
  query: pageQuery.extend({ state: z.enum(NOTICE_STATES).default('waiting') }),
  reply: pageOf(
    z.object({
      noticeId: z.string(),
      companyId: z.string(),
      origin: z.enum(NOTICE_ORIGINS),
      kind: z.enum(NOTICE_KINDS),
      /** Money of ours came back, a refund say: no receipt is taken back for it. */
      isOurs: z.boolean(),
      returnedOn: dayText,
      /** What came back of the payment, and what the bank is known to have taken on top. */
      amount: moneyText,
      fee: moneyText,
      reason,
      payerName: z.string().nullable(),
      payerAccount: z.string().nullable(),
      said: z.string(),
      statementLineId: z.string().nullable(),
      fileName: z.string().nullable(),
      /** Payments that may be meant, the likeliest first; none once it is decided. */
      suggestions: z.array(
        paymentBrief.extend({
          customer: customerBrief,
          signs: z.array(z.enum(SIGNS)),
          /** What the bank then took on top. */
          fee: moneyText,
          /** It is booked as returned: this is another word of it. */
          isReturned: z.boolean(),
        }),
      ),
      outcome: z
        .object({
          kind: z.enum(['booked', 'known', 'set_aside', 'kept']),
          payment: paymentBrief.nullable(),
          note: z.string().nullable(),
          decidedBy: z.string().nullable(),
          decidedAt: momentText.nullable(),
        })
        .nullable(),
    }),
  ),
});

export const recordReturn = operation({
  id: 'record-return',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/returns',
  summary:
    'Books that a payment came back: what it settled is open again when it was due, the bank’s fee is booked, and the payer is asked for one by rule.',
  tag: TAG,
  permission: 'payment.return',
  body: z.object({
    paymentId: paymentIdIn,
    /** What told of it; left out where a person knows it otherwise. */
    noticeId: idText.optional(),
    on: day.optional(),
    code: returnCode.optional(),
    reason: textLine(500).optional(),
    /** What the bank took on top; left out, what the notice states. */
    fee: amountIn.optional(),
    /** Whether the payer is asked for the company’s fee, where the reason is the payer’s doing. */
    asksFee: z.boolean().default(true),
  }),
  reply: z.object({
    paymentId: z.string(),
    /** `known`: it was booked before, and the notice is another word of it. */
    outcome: z.enum(['booked', 'known']),
    returnedOn: dayText.nullable(),
    amount: moneyText.nullable(),
    bankFee: moneyText.nullable(),
    items: z.array(z.object({ itemId: z.string(), reference: z.string(), open: moneyText })),
    charge: z.object({ chargeId: z.string(), number: z.string(), total: moneyText }).nullable(),
  }),
  refusals: {
    ...explainBankLine.refusals,
    ...returnPayment.refusals,
    ...NOTICE,
    ...COMPANY,
    own_credit_came_back: [
      409,
      'This is money you paid out. Record that it came back with its refund, and set the notice aside.',
    ],
    return_of_other_company: [
      409,
      'The payment was received by another company than the one told of the return.',
    ],
    series_not_found: [409, 'The company has no number series for charges.'],
  },
});

export const setAsideReturnNotice = operation({
  id: 'set-aside-return-notice',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/return-notices/:noticeId/set-aside',
  summary:
    'Says that a notice is no return of a payment kept here. Its bank line is explained in the tie-out.',
  tag: TAG,
  permission: 'payment.return',
  params: z.object({ noticeId: idText }),
  body: z.object({ note: textLine(500) }),
  reply: z.object({ noticeId: z.string() }),
  refusals: { ...NOTICE },
});

export const RETURN_STATES = ['to_follow_up', 'done', 'all'] as const;

export const listReturnedPayments = operation({
  id: 'list-returned-payments',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/returns',
  summary:
    'Payments that came back, latest first: why, what is to be done next, and how often it happened to the payer.',
  tag: TAG,
  permission: 'book.read',
  query: pageQuery.extend({
    state: z.enum(RETURN_STATES).default('to_follow_up'),
    customerId: customerIdIn.optional(),
  }),
  reply: pageOf(
    paymentBrief.extend({
      returnedOn: dayText,
      customer: customerBrief,
      bankFee: moneyText,
      reason,
      /** Words kept with the return. */
      said: z.string(),
      /** How many payments of this customer came back in the twelve months up to this one, for reasons that speak against the payer. */
      risky: z.number().int(),
      charge: z.object({ chargeId: z.string(), number: z.string() }).nullable(),
      followUp: z.object({ note: z.string(), doneBy: z.string(), doneAt: momentText }).nullable(),
    }),
  ),
});

export const followUpReturn = operation({
  id: 'follow-up-return',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/returns/:paymentId/follow-up',
  summary: 'Notes that somebody did what a returned payment asks for.',
  tag: TAG,
  permission: 'payment.return',
  params: z.object({ paymentId: paymentIdIn }),
  body: z.object({ note: textLine(500) }),
  reply: z.object({ paymentId: z.string() }),
  refusals: {
    payment_not_returned: [404, 'There is no returned payment with this id.'],
    return_followed_up: [409, 'Somebody noted this already.'],
  },
});

export const listReturnFees = operation({
  id: 'list-return-fees',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/companies/:companyId/return-fees',
  summary: 'What payers are asked for a payment that came back by their doing, by currency.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ companyId: companyIdIn }),
  reply: z.object({ rows: z.array(z.object({ fee: moneyText, validFrom: dayText })) }),
  refusals: { ...COMPANY },
});

export const putReturnFee = operation({
  id: 'put-return-fee',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/companies/:companyId/return-fees',
  summary: 'States what payers are asked for a payment that came back by their doing; zero asks nothing.',
  tag: TAG,
  permission: 'charge.configure',
  params: z.object({ companyId: companyIdIn }),
  body: z.object({ amount: amountIn, validFrom: day }),
  reply: z.object({ companyId: z.string() }),
  refusals: {
    ...COMPANY,
    return_fee_below_zero: [400, 'The fee is zero or more.'],
  },
});

/** A file of the ACH network. */
export const receiveAchReturns = operation({
  id: 'receive-ach-returns',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/ach-returns',
  summary:
    'Takes in a file of returns and notices of change of the ACH network (Nacha). Returns are booked a moment later where they are certain.',
  tag: TAG,
  permission: 'bank.import',
  consumesFile: true,
  query: z.object({
    companyId: companyIdIn,
    /** The day the money came back; left out, today. */
    on: day.optional(),
  }),
  reply: z.object({
    fileName: z.string(),
    returns: z.number().int(),
    dishonoured: z.number().int(),
    contested: z.number().int(),
    corrections: z.number().int(),
    /** Of these, what was not kept before. */
    newlyKept: z.number().int(),
    cameBack: moneyText,
    /** Totals of the file that do not hold. */
    problems: z.array(z.string()),
  }),
  refusals: {
    ...COMPANY,
    ...FILES,
    no_returns_in_file: [400, 'The file holds no return and no notice of change.'],
    too_many_notices: [400, 'The file holds more notices than are taken in at once. Split it.'],
    returned_in_future: [409, 'The day of the return is after today.'],
    ach_not_recognised: [415, 'This is no ACH file: it begins with no file header. Download it again.'],
    ach_columns_shifted: [
      400,
      'A character is missing or too many in a line, so that an amount could be wrong. Download the file again.',
    ],
    ach_record_misplaced: [400, 'A record stands where none of its kind may stand. Download the file again.'],
  },
});

export const listAccountCorrections = operation({
  id: 'list-account-corrections',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/account-corrections',
  summary: 'What banks want changed before the next payment (notices of change), latest first.',
  tag: TAG,
  permission: 'book.read',
  query: pageQuery.extend({ state: z.enum(NOTICE_STATES).default('waiting') }),
  reply: pageOf(
    z.object({
      correctionId: z.string(),
      code: z.string(),
      meaning: z.string(),
      account: z.string().nullable(),
      routing: z.string().nullable(),
      holder: z.string().nullable(),
      /** What is right, as the bank wrote it. */
      said: z.string(),
      rightAccount: z.string().nullable(),
      rightRouting: z.string().nullable(),
      fileName: z.string(),
      recordedAt: momentText,
      /** Accounts of customers that are meant, each as it would be. */
      accounts: z.array(
        z.object({
          bankAccountId: z.string(),
          account: z.string(),
          becomes: z.string().nullable(),
          customer: z.object({ id: z.string(), number: z.string(), name: z.string() }),
        }),
      ),
      outcome: z
        .object({
          kind: z.enum(['changed', 'noted']),
          account: z.string().nullable(),
          note: z.string().nullable(),
          decidedBy: z.string(),
          decidedAt: momentText,
        })
        .nullable(),
      /** Whether who asks may change the account: whoever took the file in may not. */
      mayChange: may,
    }),
  ),
});

export const decideAccountCorrection = operation({
  id: 'decide-account-correction',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/account-corrections/:correctionId/decision',
  summary: 'Puts a customer’s account right by a notice of change, as a second person, or notes the notice.',
  tag: TAG,
  permission: 'customer.edit',
  params: z.object({ correctionId: idText }),
  body: z.object({
    /** The account that is put right; left out, the notice is noted only. */
    bankAccountId: idText.optional(),
    note: textLine(500).optional(),
  }),
  reply: z.object({
    correctionId: z.string(),
    kind: z.enum(['changed', 'noted']),
    account: z.string().nullable(),
  }),
  refusals: {
    account_correction_not_found: [404, 'There is no notice of change with this id.'],
    account_correction_ended: [409, 'This notice of change is decided.'],
    same_person: [403, 'Who took the file in does not change accounts by it. Ask somebody else.'],
    bank_account_not_found: [404, 'The notice does not speak of this account, or it is in use no more.'],
    account_not_corrected: [409, 'The notice changes nothing of this account. Note it only.'],
    iban_not_valid: [400, 'What would become of the account is no valid IBAN.'],
    bank_account_known: [409, 'The customer has the right account already. Note the notice only.'],
    too_many_bank_accounts: [409, 'The customer has too many accounts. Archive some first.'],
    customer_not_found: [404, 'There is no customer with this id.'],
  },
});
