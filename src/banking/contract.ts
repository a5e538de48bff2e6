// The operations on accounts that customers pay to.

import { z } from 'zod';
import { idText, may, operation } from '#http/contract.ts';
import type { CompanyId } from '#kernel/id.ts';

const TAG = 'Banking';

const line = (max: number) => z.string().trim().min(1).max(max).nullable();

const accountReply = z.object({
  bankName: z.string().nullable(),
  iban: z.string().nullable(),
  bic: z.string().nullable(),
  accountNumber: z.string().nullable(),
  routingNumber: z.string().nullable(),
});

const ofCurrency = z.object({
  companyId: idText.transform((text) => text as CompanyId),
  currency: z.string().regex(/^[A-Z]{3}$/, 'unknown_currency'),
});

/** Where a company is paid to. */
export const listPayAccounts = operation({
  id: 'list-pay-accounts',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/companies/:companyId/pay-accounts',
  summary:
    'The accounts customers of a company pay to: the usual one, which stands with the company, and those of single currencies.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ companyId: idText }),
  reply: z.object({
    usual: accountReply.nullable(),
    accounts: z.array(accountReply.extend({ currency: z.string() })),
    may: z.object({ change: may }),
  }),
  refusals: { company_not_found: [404, 'There is no such company. See the list of companies.'] },
});

/** Sets the account of a currency. */
export const changePayAccount = operation({
  id: 'change-pay-account',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/companies/:companyId/pay-accounts/:currency',
  summary:
    'Sets to which account a company is paid in a currency: an IBAN, or a number and the code of its bank. Documents issued from now on show it; those issued before keep theirs.',
  tag: TAG,
  permission: 'company.manage',
  params: ofCurrency,
  body: z.object({
    bankName: line(100),
    iban: line(42),
    bic: line(11),
    accountNumber: line(40),
    routingNumber: line(40),
  }),
  reply: z.object({ companyId: z.string(), currency: z.string() }),
  refusals: {
    company_not_found: [404, 'There is no such company. See the list of companies.'],
    unknown_currency: [400, 'This is no currency. Write its three letters, like EUR.'],
    account_missing: [400, 'Give an IBAN, or the number of the account where it has no IBAN.'],
    account_number_missing: [400, 'A bank code alone names no account. Give the number of the account too.'],
    iban_not_valid: [
      400,
      'This IBAN has a mistake: its check digits or its length do not fit. Compare it with the bank’s paper.',
    ],
    bic_not_valid: [400, 'This is no BIC. It has 8 or 11 letters and digits, like DEUTDEFF.'],
  },
});

/** Takes the account of a currency away. */
export const removePayAccount = operation({
  id: 'remove-pay-account',
  kind: 'command',
  method: 'DELETE',
  path: '/api/v1/companies/:companyId/pay-accounts/:currency',
  summary: 'Takes the account of a currency away, so that it is paid to the usual account of the company.',
  tag: TAG,
  permission: 'company.manage',
  params: ofCurrency,
  reply: z.object({ companyId: z.string(), currency: z.string() }),
  refusals: {
    company_not_found: [404, 'There is no such company. See the list of companies.'],
    pay_account_not_found: [404, 'This company has no account of its own for this currency.'],
  },
});
