// Remittance texts: the numbers of the documents paid, with seeded slips. Each kind of slip befalls a share of the lines.

import type { Payment } from './replay.ts';

/** The text of a payment: the numbers of its documents, one of them with a slip where chance says so. */
export function remittanceOf(payment: Payment, random: () => number, slipShare: number): string {
  const numbers = [...new Set(payment.paid.map(({ reference }) => reference))];
  const kind = Math.floor(random() / Math.max(slipShare, 1e-9));
  const which = Math.floor(random() * numbers.length);
  const place = random();
  const number = numbers[which] ?? '';
  const at = Math.min(number.length - 2, Math.floor(place * number.length));
  if (kind === 0 && number.length > 1) numbers[which] = number.slice(0, at) + number.slice(at + 1);
  if (kind === 1 && number.length > 1)
    numbers[which] = number.slice(0, at) + number[at + 1] + number[at] + number.slice(at + 2);
  if (kind === 2 && number.length > 2)
    numbers[which] = number.slice(1 + Math.floor(place * Math.min(3, number.length - 1)));
  const isJoined = kind === 3 && numbers.length > 1;
  return isJoined ? [`${numbers[0]}${numbers[1]}`, ...numbers.slice(2)].join(' ') : numbers.join(' ');
}
