// The receipt in hand: what is chosen for it, and what would become of the rest. The server decides; this only shows while
// one chooses.

import { add, type Money, subtract, zero } from '#kernel/money.ts';
import type { Choice } from '../payments/ApplyForm.tsx';
import { size, smaller, toMoney, toValue, typedAmount } from '../payments/amounts.ts';
import type { Payment } from '../payments/PaymentPage.tsx';
import type { Suggested } from '../payments/Suggestions.tsx';

/** Amounts as typed, by item, and the reasons why items are paid short. */
export type Chosen = {
  readonly typed: Readonly<Record<string, string>>;
  readonly reasons: Readonly<Record<string, string>>;
};

export const NOTHING: Chosen = { typed: {}, reasons: {} };

/** What is left of the receipt once what is chosen is applied; below zero where more is given than there is. */
export function restOf(payment: Payment, { typed }: Chosen): Money {
  const { currency } = payment.amount;
  return Object.values(typed)
    .map((text) => typedAmount(text, currency) ?? zero(currency))
    .reduce(subtract, toMoney(payment.unapplied));
}

/** Chooses an item with as much as there is for it, or takes it out again. */
export function toggled(payment: Payment, chosen: Chosen, choice: Choice): Chosen {
  if (chosen.typed[choice.itemId] !== undefined) return without(chosen, choice.itemId);
  const rest = restOf(payment, chosen);
  const amount = smaller(size(toMoney(choice.open)), rest.minor > 0n ? rest : zero(rest.currency));
  if (amount.minor === 0n) return chosen;
  return { ...chosen, typed: { ...chosen.typed, [choice.itemId]: toValue(amount).amount } };
}

function without(chosen: Chosen, itemId: string): Chosen {
  const keep = (all: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
    Object.fromEntries(Object.entries(all).filter(([id]) => id !== itemId));
  return { typed: keep(chosen.typed), reasons: keep(chosen.reasons) };
}

/** Chooses what a suggestion says, as far as the money goes. */
export function taken(payment: Payment, { allocations }: Suggested): Chosen {
  let left = toMoney(payment.unapplied);
  const typed = allocations.map((one): [string, string] => {
    const amount = smaller(toMoney(one.amount), left);
    left = subtract(left, amount);
    return [one.itemId, toValue(amount).amount];
  });
  return { typed: Object.fromEntries(typed), reasons: {} };
}

/** What an item stays short by with what is chosen for it; nothing where it is not chosen or paid in full. */
export function shortOf(choice: Choice, { typed }: Chosen): Money | undefined {
  const text = typed[choice.itemId];
  const amount = text === undefined ? undefined : typedAmount(text, choice.open.currency);
  if (amount === undefined || amount.minor === 0n) return undefined;
  const short = subtract(toMoney(choice.open), amount);
  return short.minor > 0n ? short : undefined;
}

/** What applying is asked for: amounts, the discounts that are earned, and deductions for what is short with a reason. */
export function applyInput(payment: Payment, choices: readonly Choice[], chosen: Chosen) {
  const { currency } = payment.amount;
  const allocations = Object.entries(chosen.typed).flatMap(([itemId, text]) => {
    const amount = typedAmount(text, currency);
    return amount && amount.minor > 0n ? [{ itemId, amount: toValue(amount) }] : [];
  });
  const deductions = choices.flatMap((choice) => {
    const [short, reason] = [shortOf(choice, chosen), chosen.reasons[choice.itemId]];
    return short && reason ? [{ itemId: choice.itemId, amount: toValue(short), reason }] : [];
  });
  return {
    params: { paymentId: payment.paymentId },
    body: { allocations, takeDiscounts: true, ...(deductions.length === 0 ? {} : { deductions }) },
  };
}

/** What is chosen, together. */
export function givenOf(payment: Payment, chosen: Chosen): Money {
  return subtract(toMoney(payment.unapplied), restOf(payment, chosen));
}

/** What would become of the difference, in a few words. */
export function outcomeWords(payment: Payment, choices: readonly Choice[], chosen: Chosen): string {
  const rest = restOf(payment, chosen);
  if (Object.keys(chosen.typed).length === 0) return 'Nothing chosen yet';
  if (rest.minor < 0n) return 'More than there is';
  const short = choices.flatMap((choice) => {
    const left = shortOf(choice, chosen);
    return left && chosen.reasons[choice.itemId] === undefined ? [left] : [];
  });
  const words: string[] = [];
  if (rest.minor > 0n) words.push(`${toValue(rest).amount} stays on account`);
  if (short.length > 0) {
    const total = short.reduce(add, zero(rest.currency));
    words.push(`${toValue(total).amount} stays open unless a discount covers it`);
  }
  if (Object.keys(chosen.reasons).length > 0) words.push('with a deduction');
  return words.length === 0 ? 'Exact' : words.join(', ');
}
