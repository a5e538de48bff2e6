// The receipt in hand: what is chosen for it, and what would become of the rest. The server decides; this only shows while
// one chooses.

import { add, type Money, subtract, zero } from '#kernel/money.ts';
import type { applyPayment } from '#payments/contract.ts';
import type { Reply } from '../../lib/api.ts';
import type { MoneyValue } from '../../ui/Money.tsx';
import type { Choice } from '../payments/ApplyForm.tsx';
import { size, smaller, toMoney, toValue, typedAmount } from '../payments/amounts.ts';
import type { Payment } from '../payments/PaymentPage.tsx';
import { differenceWords } from '../payments/rest.ts';
import type { Suggested } from '../payments/Suggestions.tsx';

/** Amounts as typed, by item, and the reasons why items are paid short. */
export type Chosen = {
  readonly typed: Readonly<Record<string, string>>;
  readonly reasons: Readonly<Record<string, string>>;
  /** Items of which what is short is dropped by hand. */
  readonly dropped: ReadonlySet<string>;
};

export const NOTHING: Chosen = { typed: {}, reasons: {}, dropped: new Set() };

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
  const dropped = new Set([...chosen.dropped].filter((id) => id !== itemId));
  return { typed: keep(chosen.typed), reasons: keep(chosen.reasons), dropped };
}

/** Chooses what a suggestion says, as far as the money goes. */
export function taken(payment: Payment, { allocations }: Suggested): Chosen {
  let left = toMoney(payment.unapplied);
  const typed = allocations.map((one): [string, string] => {
    const amount = smaller(toMoney(one.amount), left);
    left = subtract(left, amount);
    return [one.itemId, toValue(amount).amount];
  });
  return { ...NOTHING, typed: Object.fromEntries(typed) };
}

/** Says why an item is short: that becomes a deduction, and is not dropped. */
export function deducting(chosen: Chosen, itemId: string, reason: string): Chosen {
  const dropped = new Set([...chosen.dropped].filter((id) => id !== itemId));
  return { ...chosen, reasons: { ...chosen.reasons, [itemId]: reason }, dropped };
}

/** Drops by hand what an item is short by, or no more. A deduction for it is given up. */
export function dropping(chosen: Chosen, itemId: string): Chosen {
  const dropped = new Set(chosen.dropped);
  if (!dropped.delete(itemId)) dropped.add(itemId);
  const reasons = Object.fromEntries(Object.entries(chosen.reasons).filter(([id]) => id !== itemId));
  return { ...chosen, reasons, dropped };
}

/** What an item stays short by with what is chosen for it; nothing where it is not chosen or paid in full. */
export function shortOf(choice: Choice, { typed }: Chosen): Money | undefined {
  const text = typed[choice.itemId];
  const amount = text === undefined ? undefined : typedAmount(text, choice.open.currency);
  if (amount === undefined || amount.minor === 0n) return undefined;
  const short = subtract(toMoney(choice.open), amount);
  return short.minor > 0n ? short : undefined;
}

/**
 * What applying is asked for: amounts, the discounts that are earned, what the rules let drop, deductions for what is short with a
 * reason, and what is dropped by hand.
 */
export function applyInput(payment: Payment, choices: readonly Choice[], chosen: Chosen) {
  const { currency } = payment.amount;
  const allocations = Object.entries(chosen.typed).flatMap(([itemId, text]) => {
    const amount = typedAmount(text, currency);
    if (!amount || amount.minor <= 0n) return [];
    const choice = choices.find((one) => one.itemId === itemId);
    const short = choice && chosen.dropped.has(itemId) ? shortOf(choice, chosen) : undefined;
    return [{ itemId, amount: toValue(amount), ...(short ? { difference: toValue(short) } : {}) }];
  });
  const deductions = choices.flatMap((choice) => {
    const [short, reason] = [shortOf(choice, chosen), chosen.reasons[choice.itemId]];
    return short && reason ? [{ itemId: choice.itemId, amount: toValue(short), reason }] : [];
  });
  return {
    params: { paymentId: payment.paymentId },
    body: {
      allocations,
      takeDiscounts: true,
      // A deduction says what became of what is short: then no rule drops it.
      ...(deductions.length === 0 ? { takeTolerance: true } : { deductions }),
    },
  };
}

/** What is chosen, together. */
export function givenOf(payment: Payment, chosen: Chosen): Money {
  return subtract(toMoney(payment.unapplied), restOf(payment, chosen));
}

type Applied = Reply<typeof applyPayment>;

const said = ({ amount, currency }: MoneyValue): string => `${amount} ${currency}`;

/** What would become of the receipt, in a few words: before the server was asked as far as one can tell, then as it said. */
export function outcomeWords(
  payment: Payment,
  choices: readonly Choice[],
  chosen: Chosen,
  told: Applied | undefined,
): string {
  const rest = restOf(payment, chosen);
  if (Object.keys(chosen.typed).length === 0) return 'Nothing chosen yet';
  if (rest.minor < 0n) return 'More than there is';
  const words = told ? toldWords(told) : guessedWords(choices, chosen);
  if (rest.minor > 0n) words.unshift(`${toValue(rest).amount} stays on account`);
  return words.length === 0 ? 'Exact' : words.join(', ');
}

function toldWords({ discounts, differences, deductions, items }: Applied): string[] {
  const granted = discounts.filter(({ state }) => state === 'earned');
  const late = discounts.filter(({ state }) => state === 'late' || state === 'unearned');
  return [
    ...granted.map(({ discount }) => `discount ${said(discount)}`),
    ...late.map(({ reference }) => `discount of ${reference} too late`),
    ...differences.map((noted) => `${said(noted.difference)} ${differenceWords(noted)}`),
    ...deductions.map(({ amount, reason }) => `deduction ${said(amount)} (${reason.replaceAll('_', ' ')})`),
    ...items
      .filter(({ open }) => !/^-?[0.]*$/.test(open.amount))
      .map(({ open, reference }) => `${said(open)} of ${reference} stays open`),
  ];
}

function guessedWords(choices: readonly Choice[], chosen: Chosen): string[] {
  const short = choices.flatMap((choice) => shortOf(choice, chosen) ?? []);
  const [first] = short;
  return first === undefined ? [] : [`${toValue(short.reduce(add, zero(first.currency))).amount} short`];
}
