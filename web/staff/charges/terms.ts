// Terms for late payment in words, and as the texts of a form.

import type { readChargeSettings } from '#charges/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { amountText } from '../../lib/format.ts';

export type Terms = Reply<typeof readChargeSettings>['readyMade'][number]['terms'];
type AmountText = Terms['minimums'][number];

const money = ({ amount, currency }: AmountText): string => `${amountText(amount, currency)} ${currency}`;

/** Terms in one sentence. */
export function termsWords(terms: Terms): string {
  const words = [rateWords(terms.rate)];
  if (terms.graceDays > 0) words.push(`${terms.graceDays} days of grace`);
  if (terms.fixedSums.length > 0)
    words.push(`fixed sum ${terms.fixedSums.map(({ fee }) => money(fee)).join(' / ')}`);
  if (terms.capPercent !== null) words.push(`at most ${terms.capPercent} % of the amount`);
  return `${words.join(', ')}.`;
}

function rateWords(rate: Terms['rate']): string {
  if (rate.mode === 'fixed') return `${rate.percent} % a year`;
  if (rate.mode === 'monthly') return `${rate.percent} % a month`;
  const moves = rate.moves === 'each_half_year' ? 'anew each half-year' : 'fixed when interest starts';
  return `${rate.code} + ${rate.margin} points, ${moves}`;
}

/** Amounts as one line of text: `40.00 EUR, 35.00 GBP`. */
export function amountsText(amounts: readonly AmountText[]): string {
  return amounts.map(({ amount, currency }) => `${amount} ${currency}`).join(', ');
}

/** Reads `40.00 EUR, 35.00 GBP`; what is no amount is left for the server to refuse. */
export function readAmounts(text: string): AmountText[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(readAmount);
}

function readAmount(text: string): AmountText {
  const [amount = '', currency = ''] = text.split(/\s+/);
  return { amount, currency: currency.toUpperCase() };
}

/** Fixed sums as lines of text: `0 EUR: 40 EUR`, one for each size of debt. */
export function fixedSumsText(sums: Terms['fixedSums']): string {
  return sums
    .map(({ from, fee }) => `${from.amount} ${from.currency}: ${fee.amount} ${fee.currency}`)
    .join('\n');
}

/** Reads fixed sums as `fixedSumsText` writes them. */
export function readFixedSums(text: string): Terms['fixedSums'] {
  return linesOf(text).map((line) => {
    const [from = '', fee = ''] = line.split(':');
    return { from: readAmount(from.trim()), fee: readAmount(fee.trim()) };
  });
}

/** Reminder fees as lines of text: `demand: 5 EUR`. */
export function reminderFeesText(fees: Terms['reminderFees']): string {
  return fees.map(({ phase, fee }) => `${phase}: ${fee.amount} ${fee.currency}`).join('\n');
}

/** Reads reminder fees as `reminderFeesText` writes them. */
export function readReminderFees(text: string): Terms['reminderFees'] {
  return linesOf(text).map((line) => {
    const [phase = '', fee = ''] = line.split(':');
    return { phase: phase.trim(), fee: readAmount(fee.trim()) };
  });
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
