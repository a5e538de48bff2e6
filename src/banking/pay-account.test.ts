import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { CompanyId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Company } from '#parties/company.ts';
import {
  type AccountDetails,
  bankOf,
  checkPayAccount,
  type PayAccount,
  paidIn,
  paidInAll,
} from './pay-account.ts';

const NONE: AccountDetails = {
  bankName: null,
  iban: null,
  bic: null,
  accountNumber: null,
  routingNumber: null,
};
const USUAL = { ...NONE, iban: 'DE89370400440532013000', bic: 'COBADEFFXXX', bankName: 'Commerzbank' };
const DOLLARS = {
  ...NONE,
  accountNumber: '000123456789',
  routingNumber: '021000021',
  bankName: 'First Bank',
};

const company = { id: 'c' as CompanyId, name: 'Nordlicht', ...USUAL } as Company;
const dollars: PayAccount = { companyId: company.id, currency: 'USD', ...DOLLARS };

test('a currency goes to its own account whole, every other to the usual one', () => {
  const others = [{ ...dollars, companyId: 'other' as CompanyId }, dollars];
  assert.deepEqual(bankOf(paidIn(company, others, 'USD')), {
    holder: 'Nordlicht',
    iban: undefined,
    bic: undefined,
    bankName: 'First Bank',
    accountNumber: '000123456789',
    routingNumber: '021000021',
  });
  assert.equal(paidIn(company, others, 'EUR').iban, USUAL.iban);
  assert.equal(paidIn(company, [{ ...dollars, companyId: 'other' as CompanyId }], 'USD').iban, USUAL.iban);
});

test('of several currencies an account is only named where all of them go to it', () => {
  assert.equal(paidInAll(company, [dollars], ['EUR', 'GBP']).iban, USUAL.iban);
  assert.equal(paidInAll(company, [dollars], ['USD', 'USD']).accountNumber, DOLLARS.accountNumber);
  assert.equal(bankOf(paidInAll(company, [dollars], ['EUR', 'USD'])), undefined);
  assert.equal(paidInAll(company, [dollars], []).iban, USUAL.iban);
});

test('whatever the accounts, a currency is never shown a part of two of them', () => {
  const currency = fc.constantFrom('EUR', 'USD', 'GBP', 'CHF');
  const text = fc.option(fc.string({ minLength: 1, maxLength: 10 }), { nil: null });
  const account = fc.record({
    companyId: fc.constantFrom('c' as CompanyId, 'd' as CompanyId),
    currency,
    bankName: text,
    iban: text,
    bic: text,
    accountNumber: text,
    routingNumber: text,
  });
  fc.assert(
    fc.property(
      fc.uniqueArray(account, { selector: (a) => a.companyId + a.currency }),
      currency,
      (accounts, asked) => {
        const { bankName, iban, bic, accountNumber, routingNumber } = paidIn(company, accounts, asked);
        const own = accounts.find((a) => a.companyId === company.id && a.currency === asked);
        const { companyId: _, currency: __, ...details } = own ?? { companyId: '', currency: '', ...USUAL };
        assert.deepEqual({ bankName, iban, bic, accountNumber, routingNumber }, details);
      },
    ),
  );
});

test('what nobody can pay to is refused by what is wrong with it', () => {
  const cases: [string, Partial<AccountDetails>, string][] = [
    ['XXZ', { iban: USUAL.iban }, 'unknown_currency'],
    ['EUR', {}, 'account_missing'],
    ['EUR', { bic: 'COBADEFF' }, 'account_missing'],
    ['USD', { routingNumber: '021000021' }, 'account_number_missing'],
    ['EUR', { iban: 'DE89370400440532013001' }, 'iban_not_valid'],
    ['EUR', { iban: USUAL.iban, bic: 'COBA' }, 'bic_not_valid'],
  ];
  for (const [currency, given, code] of cases)
    assert.throws(
      () => checkPayAccount(currency, { ...NONE, ...given }),
      (error) => error instanceof Refusal && error.code === code,
      code,
    );
  checkPayAccount('GBP', {
    ...NONE,
    iban: 'GB29NWBK60161331926819',
    accountNumber: '31926819',
    routingNumber: '60-16-13',
  });
});
