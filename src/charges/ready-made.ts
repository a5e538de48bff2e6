// Terms to start from, by country: what the law gives where the contract is silent, and a common clause where there is no law.
// Facts of the law with their sources; each is to be checked by who relies on it, and can be changed before it is used.

import type { AmountText, FixedSum, Terms } from './policy.ts';

export type ReadyMade = {
  readonly code: string;
  readonly country: string;
  readonly terms: Terms;
};

const amount =
  (currency: string) =>
  (text: string): AmountText => ({ amount: text, currency });
const eur = amount('EUR');
const gbp = amount('GBP');
const pln = amount('PLN');

/** Article 6 of the directive: 40 euro for each claim. */
const FORTY_EURO: readonly FixedSum[] = [{ from: eur('0'), fee: eur('40') }];

const EUROPEAN: Terms = {
  name: 'Statutory interest (EU)',
  basis: 'statutory',
  legalSource: 'Directive 2011/7/EU, articles 2, 3 and 6: reference rate of the half-year + 8 points, 40 EUR',
  rate: {
    mode: 'reference',
    code: 'ecb-mro',
    margin: '8',
    moves: 'each_half_year',
    referenceDay: 'first_day',
  },
  dayCount: 'actual/365',
  graceDays: 0,
  startRule: 'day_after_due',
  dueShift: 'none',
  receiptDay: 'free',
  creditNotes: 'from_start',
  netCredits: true,
  paidLate: true,
  debtors: ['business', 'authority'],
  minimums: [],
  capPercent: null,
  capAmounts: [],
  maxDays: null,
  fixedSums: FORTY_EURO,
  reminderFees: [],
  paymentDays: 14,
};

type EuropeanTerms = {
  readonly country: string;
  readonly name: string;
  readonly legalSource: string;
  readonly margin?: string;
  readonly code?: string;
  readonly dayBefore?: true;
  readonly fixedSums?: readonly FixedSum[];
};

function european(given: EuropeanTerms): ReadyMade {
  return {
    code: given.country.toLowerCase(),
    country: given.country,
    terms: {
      ...EUROPEAN,
      name: given.name,
      legalSource: given.legalSource,
      rate: {
        mode: 'reference',
        code: given.code ?? 'ecb-mro',
        margin: given.margin ?? '8',
        moves: 'each_half_year',
        referenceDay: given.dayBefore ? 'day_before' : 'first_day',
      },
      fixedSums: given.fixedSums ?? FORTY_EURO,
    },
  };
}

/** All terms to start from. */
export const READY_MADE: readonly ReadyMade[] = [
  { code: 'eu', country: 'EU', terms: EUROPEAN },
  european({
    country: 'DE',
    name: 'Statutory interest (Germany)',
    legalSource: 'Section 288 (2) and (5) BGB: base rate + 9 points, 40 EUR, not from consumers',
    code: 'de-base',
    margin: '9',
  }),
  european({
    country: 'AT',
    name: 'Statutory interest (Austria)',
    legalSource:
      'Section 456 UGB: base rate of the last day of the half-year before + 9.2 points; section 458: 40 EUR',
    code: 'at-base',
    margin: '9.2',
    dayBefore: true,
  }),
  european({
    country: 'FR',
    name: 'Statutory interest (France)',
    legalSource:
      'Article L441-10 Code de commerce: ECB rate + 10 points where the contract is silent; D441-5: 40 EUR',
    margin: '10',
  }),
  european({
    country: 'IT',
    name: 'Statutory interest (Italy)',
    legalSource: 'D.Lgs. 231/2002, articles 5 and 6: ECB rate + 8 points, 40 EUR',
  }),
  european({
    country: 'ES',
    name: 'Statutory interest (Spain)',
    legalSource: 'Ley 3/2004, articles 7 and 8: ECB rate + 8 points, 40 EUR',
  }),
  european({
    country: 'NL',
    name: 'Statutory commercial interest (Netherlands)',
    legalSource: 'Articles 6:119a and 6:120 BW: ECB rate + 8 points; 6:96 (4) BW: 40 EUR',
  }),
  european({
    country: 'BE',
    name: 'Statutory interest (Belgium)',
    legalSource: 'Act of 2 August 2002, articles 5 and 6: ECB rate + 8 points, 40 EUR',
  }),
  european({
    country: 'PL',
    name: 'Statutory interest (Poland)',
    legalSource:
      'Act of 8 March 2013, articles 4, 7 and 10: reference rate + 10 points; 40, 70 or 100 EUR by amount',
    code: 'pl-nbp',
    margin: '10',
    fixedSums: [
      { from: pln('0'), fee: eur('40') },
      { from: pln('5000.01'), fee: eur('70') },
      { from: pln('50000'), fee: eur('100') },
    ],
  }),
  {
    code: 'gb',
    country: 'GB',
    terms: {
      ...EUROPEAN,
      name: 'Statutory interest (United Kingdom)',
      legalSource:
        'Late Payment of Commercial Debts (Interest) Act 1998, SI 2002/1675: Bank Rate of 30 June or 31 December before + 8 points, fixed for the life of the debt; 40, 70 or 100 GBP',
      rate: {
        mode: 'reference',
        code: 'boe-base',
        margin: '8',
        moves: 'fixed_at_start',
        referenceDay: 'day_before',
      },
      fixedSums: [
        { from: gbp('0'), fee: gbp('40') },
        { from: gbp('1000'), fee: gbp('70') },
        { from: gbp('10000'), fee: gbp('100') },
      ],
    },
  },
  {
    code: 'us',
    country: 'US',
    terms: {
      ...EUROPEAN,
      name: 'Contractual late charge, 1.5 % a month (United States)',
      basis: 'contract',
      legalSource:
        'The clause of your contract. There is no federal law between businesses; states set ceilings.',
      rate: { mode: 'monthly', percent: '1.5' },
      dayCount: '30/360',
      debtors: ['business'],
      fixedSums: [],
      paymentDays: 0,
    },
  },
];
