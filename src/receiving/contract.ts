// The operations on numbers of accounts that companies give to customers (virtual accounts).

import { z } from 'zod';
import { idText, operation, pageOf, pageQuery } from '#http/contract.ts';
import { companyIdIn, customerIdIn } from '#parties/contract.ts';

const TAG = 'Bank';

/** Numbers of one list. */
export const RECEIVING_ROWS_MAX = 5_000;

const currencyText = z.string().regex(/^[A-Z]{3}$/);
const optional = (max: number) => z.string().trim().min(1).max(max).nullable().default(null);

const GIVING = {
  company_not_found: [404, 'There is no company with this id.'],
  customer_not_found: [404, 'There is no customer of this number or id.'],
  unknown_currency: [400, 'There is no currency of this code.'],
  receiving_account_given: [
    409,
    'The number was given to another customer, who may still pay to it. Choose another.',
  ],
  receiving_account_twice: [409, 'The customer has a number in this currency. Retire that first.'],
  changed_meanwhile: [409, 'Somebody added or gave one of these numbers at the same moment. Repeat.'],
} as const;

/** A list of numbers. */
export const addReceivingAccounts = operation({
  id: 'add-receiving-accounts',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/companies/:companyId/receiving-accounts',
  summary:
    'Takes in numbers of accounts that a company gives to customers (virtual accounts), with the customers they are given to.',
  tag: TAG,
  permission: 'company.manage',
  params: z.object({ companyId: companyIdIn }),
  body: z.object({
    currency: currencyText,
    rows: z
      .array(
        z.object({
          /** An IBAN, or the bank's own number. */
          account: z.string().trim().min(1).max(60),
          /** The number of the customer it is given to; left out, it waits to be given. */
          customer: z.string().trim().min(1).max(100).optional(),
          bankName: optional(100),
          bic: optional(11),
          routingNumber: optional(40),
        }),
      )
      .min(1)
      .max(RECEIVING_ROWS_MAX),
  }),
  reply: z.object({ added: z.number().int(), given: z.number().int(), known: z.number().int() }),
  refusals: {
    ...GIVING,
    receiving_account_not_valid: [
      400,
      'A number has six to thirty-four letters and figures, and the check digits of an IBAN have to be right.',
    ],
    bic_not_valid: [400, 'This is no BIC. It has eight or eleven characters.'],
  },
});

/** The next free number for a customer. */
export const giveReceivingAccount = operation({
  id: 'give-receiving-account',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/customers/:customerId/receiving-accounts',
  summary:
    'Gives a customer the next free number of a company; its invoices show it from then on, and what is paid to it names the payer.',
  tag: TAG,
  permission: 'customer.edit',
  params: z.object({ customerId: customerIdIn }),
  body: z.object({ companyId: companyIdIn, currency: currencyText }),
  reply: z.object({ accountId: z.string(), account: z.string() }),
  refusals: {
    ...GIVING,
    no_receiving_account_free: [
      409,
      'No number is free. Ask the bank for more, and take them in with the company.',
    ],
  },
});

/** A number that is shown no more. */
export const retireReceivingAccount = operation({
  id: 'retire-receiving-account',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/receiving-accounts/:accountId/retirement',
  summary:
    'Shows a number no more. What is still paid to it names its customer as before, and nobody else is given it.',
  tag: TAG,
  permission: 'customer.edit',
  params: z.object({ accountId: idText }),
  body: z.object({}),
  reply: z.object({ accountId: z.string() }),
  refusals: {
    receiving_account_not_found: [404, 'No customer was given a number of this id.'],
    receiving_account_retired: [409, 'The number is shown no more already.'],
  },
});

/** Numbers, with how many are free. */
export const listReceivingAccounts = operation({
  id: 'list-receiving-accounts',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/receiving-accounts',
  summary:
    'Numbers of accounts that companies give to customers, with whom they were given to, and how many are free.',
  tag: TAG,
  permission: 'book.read',
  query: pageQuery.extend({ companyId: idText.optional(), customerId: idText.optional() }),
  reply: pageOf(
    z.object({
      accountId: z.string(),
      companyId: z.string(),
      companyName: z.string(),
      currency: z.string(),
      account: z.string(),
      customer: z.object({ customerId: z.string(), name: z.string() }).nullable(),
      /** Retired: its customer pays to it perhaps, and is not shown it any more. */
      state: z.enum(['free', 'shown', 'retired']),
    }),
  ).extend({
    free: z.array(z.object({ companyId: z.string(), currency: z.string(), free: z.number().int() })),
  }),
});
