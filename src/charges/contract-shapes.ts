// What the operations on late payment have in common: refusals, and the rows of a sheet.

import { z } from 'zod';
import { dayText, moneyText, type RefusalMeaning } from '#http/contract.ts';

export const TAG = 'Interest and fees';

export const COMPANY_NOT_FOUND: RefusalMeaning = [
  404,
  'There is no such company. See the list of companies.',
];
export const CUSTOMER_NOT_FOUND: RefusalMeaning = [
  404,
  'There is no such customer. Search by number or name.',
];
export const CHARGE_NOT_FOUND: RefusalMeaning = [404, 'There is no such charge.'];
export const RATE_MISSING: RefusalMeaning = [
  409,
  'Nobody stated the reference rate for this day. Record it with its source, or choose an earlier day.',
];
export const EXCHANGE_RATE_MISSING: RefusalMeaning = [
  409,
  'There is no exchange rate for this day or before. Record one first.',
];

/** A row of a calculation sheet: days on which base and rate were the same. */
export const spanReply = z
  .object({
    from: dayText,
    to: dayText,
    days: z.number().int(),
    yearDays: z.number().int(),
    base: moneyText,
    percent: z.string(),
    source: z.string(),
    /** Not rounded: six more decimals than needed, cut off. */
    amount: z.string(),
  })
  .meta({ id: 'InterestSpan' });

export const TERMS_REFUSALS = {
  number_not_decimal: [400, 'A rate is a decimal number with a point, such as 9.2.'],
  rate_too_precise: [400, 'A rate has at most six decimals.'],
  rate_too_high: [400, 'No rate is above 100 percent a year. Check the percentage.'],
  rate_negative: [400, 'A rate of a contract is not negative.'],
  cap_not_positive: [400, 'A cap is above zero. Leave it out for none.'],
  fixed_sum_twice: [400, 'Two fixed sums begin at the same amount.'],
  currency_twice: [400, 'Give one amount for each currency.'],
  amount_negative: [400, 'The amount is negative.'],
  unknown_currency: [400, 'This is not the code of a currency.'],
  amount_not_decimal: [400, 'An amount is a decimal number with a point, such as 40.00.'],
  amount_too_many_decimals: [400, 'The amount has more decimals than its currency.'],
  amount_too_large: [400, 'The amount is larger than the books can hold.'],
} as const;
