// The receipt in hand: what is chosen for it, and what would become of the rest. The server decides; this only shows while
// one chooses.

import { add, type Money, money, subtract, zero } from '#kernel/money.ts';
import type { applyPayment } from '#payments/contract.ts';
import type { Reply } from '../../lib/api.ts';
import type { MoneyValue } from '../../ui/Money.tsx';
import type { Choice } from '../payments/ApplyForm.tsx';
import { size, smaller, toMoney, toValue, typedAmount } from '../payments/amounts.ts';
import { aboutOf, amountsOf, isCredit, lessCreditsOf, type Part } from '../payments/credits.ts';
import type { Payment } from '../payments/PaymentPage.tsx';
import { differenceWords, type WrittenOff } from '../payments/rest.ts';
import type { Suggested } from '../payments/Suggestions.tsx';

type Typed = Readonly<Record<string, string>>;

/** Amounts as typed, by item and by credit that is taken off, and the reasons why items are paid short. */
export type Chosen = {
  /** What each item gets, of the money and of credits together. */
  readonly typed: Typed;
  /** How much of each credit is taken off. */
  readonly less: Typed;
  readonly reasons: Readonly<Record<string, string>>;
  /** Items of which what is short is dropped by hand, and what it is. */
  readonly dropped: ReadonlyMap<string, Dropped>;
  /** Items of which it was said that what is short stays due. */
  readonly open: ReadonlySet<string>;
  /** Items of which what is short is written off, and as what and why: one answer for all of them. */
  readonly written: ReadonlySet<string>;
  readonly how: WrittenOff | undefined;
};

export const NOTHING: Chosen = {
  ...{ typed: {}, less: {}, reasons: {}, dropped: new Map() },
  ...{ open: new Set(), written: new Set(), how: undefined },
};

/** What is dropped: a little that is missing, or what banks kept on the way. */
type DroppedKind = Applied['differences'][number]['kind'];
/** What is dropped of an item, and whether it is the other kind than was proposed. */
type Dropped = { readonly kind: DroppedKind; readonly isOther: boolean };
const OTHER: Readonly<Record<DroppedKind, DroppedKind>> = {
  small_balance: 'bank_charge',
  bank_charge: 'small_balance',
};

function sumTyped(typed: Typed, currency: string): Money {
  return Object.values(typed)
    .map((text) => typedAmount(text, currency) ?? zero(currency))
    .reduce(add, zero(currency));
}

/** What is left of the receipt once what is chosen is applied; below zero where more is given than there is. */
export function restOf(payment: Payment, { typed, less }: Chosen): Money {
  const { currency } = payment.amount;
  const there = add(toMoney(payment.unapplied), sumTyped(less, currency));
  return subtract(there, sumTyped(typed, currency));
}

/** Whether something is typed for an item or credit that is no amount; what is left empty is none. */
export function isNoAmount(text: string | undefined, currency: string): boolean {
  return text !== undefined && typedAmount(text, currency) === undefined;
}

/** Why what is chosen cannot be applied as it is; nothing where it can. */
export function hindranceOf(payment: Payment, chosen: Chosen): string | undefined {
  const { currency } = payment.amount;
  if (Object.keys(chosen.typed).length === 0) return 'Nothing chosen yet';
  // Taken for nothing, what was mistyped would be left out while the rest is applied.
  const all = [...Object.values(chosen.typed), ...Object.values(chosen.less)];
  if (all.some((text) => isNoAmount(text, currency))) return 'What is typed is no amount';
  if (restOf(payment, chosen).minor < 0n) return 'More than there is';
  const [given, off] = [sumTyped(chosen.typed, currency), sumTyped(chosen.less, currency)];
  return off.minor > 0n && off.minor >= given.minor
    ? 'The credits are not less than what they are taken off'
    : undefined;
}

/** Chooses an item with as much as there is for it, or takes it out again; a credit with as much as is missing. */
export function toggled(
  payment: Payment,
  chosen: Chosen,
  choice: Choice,
  choices: readonly Choice[] = [],
): Chosen {
  if (isCredit(choice)) return toggledCredit(payment, chosen, choice, choices);
  if (chosen.typed[choice.itemId] !== undefined) return without(chosen, choice.itemId);
  const rest = restOf(payment, chosen);
  const amount = smaller(size(toMoney(choice.open)), rest.minor > 0n ? rest : zero(rest.currency));
  if (amount.minor === 0n) return chosen;
  return { ...chosen, typed: { ...chosen.typed, [choice.itemId]: toValue(amount).amount } };
}

/** Takes a credit off, for what the items chosen are short by, those due first; or gives it back, and the items are as short again. */
function toggledCredit(payment: Payment, chosen: Chosen, credit: Choice, choices: readonly Choice[]): Chosen {
  const items = choices
    .filter((one) => chosen.typed[one.itemId] !== undefined)
    .toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1));
  if (chosen.less[credit.itemId] !== undefined) {
    const less = leftOut(chosen.less, credit.itemId);
    const rest = restOf(payment, { ...chosen, less }).minor;
    return shifted({ ...chosen, less }, items.toReversed(), rest < 0n ? rest : 0n);
  }
  const missing = items.reduce((sum, one) => sum + (shortOf(one, chosen)?.minor ?? 0n), 0n);
  const open = size(toMoney(credit.open));
  const amount = missing > 0n ? smaller(open, money(missing, open.currency)) : open;
  const less = { ...chosen.less, [credit.itemId]: toValue(amount).amount };
  return shifted({ ...chosen, less }, items, missing > 0n ? amount.minor : 0n);
}

/** Gives so much more to items that are short, one after the other; below zero, takes it from them. */
function shifted(chosen: Chosen, items: readonly Choice[], by: bigint): Chosen {
  let left = by;
  const typed = { ...chosen.typed };
  for (const item of items) {
    const { currency } = item.open;
    const has = typedAmount(typed[item.itemId] ?? '', currency) ?? zero(currency);
    const room = left < 0n ? -has.minor : toMoney(item.open).minor - has.minor;
    const part = left < 0n ? (left > room ? left : room) : left < room ? left : room;
    if (part === 0n || (left > 0n && room < 0n)) continue;
    left -= part;
    const amount = money(has.minor + part, currency);
    if (amount.minor === 0n) delete typed[item.itemId];
    else typed[item.itemId] = toValue(amount).amount;
  }
  return { ...chosen, typed };
}

function leftOut(all: Typed, itemId: string): Typed {
  return Object.fromEntries(Object.entries(all).filter(([id]) => id !== itemId));
}

/** Forgets what was said of what an item is short by. */
function unsaid(chosen: Chosen, itemId: string): Chosen {
  const isOther = (id: string): boolean => id !== itemId;
  return {
    ...chosen,
    reasons: leftOut(chosen.reasons, itemId),
    dropped: new Map([...chosen.dropped].filter(([id]) => isOther(id))),
    open: new Set([...chosen.open].filter(isOther)),
    written: new Set([...chosen.written].filter(isOther)),
  };
}

function without(chosen: Chosen, itemId: string): Chosen {
  return { ...unsaid(chosen, itemId), typed: leftOut(chosen.typed, itemId) };
}

/** Notes what was typed for an item, or for a credit. */
export function typing(chosen: Chosen, choice: Choice, text: string): Chosen {
  const key = isCredit(choice) ? 'less' : 'typed';
  return { ...chosen, [key]: { ...chosen[key], [choice.itemId]: text } };
}

/** Chooses what a suggestion says, credits too, as far as the money goes. */
export function taken(payment: Payment, suggestion: Suggested): Chosen {
  const { items, credits } = amountsOf(suggestion, toMoney(payment.unapplied));
  const typed = (all: ReadonlyMap<string, Money>): Typed =>
    Object.fromEntries([...all].map(([id, amount]) => [id, toValue(amount).amount]));
  return { ...NOTHING, typed: typed(items), less: typed(credits) };
}

/** Says why an item is short: that becomes a deduction, and is not dropped. */
export function deducting(chosen: Chosen, itemId: string, reason: string): Chosen {
  return { ...unsaid(chosen, itemId), reasons: { ...chosen.reasons, [itemId]: reason } };
}

/** Says that an item is paid in part: the rest stays due. */
export function staying(chosen: Chosen, itemId: string): Chosen {
  return { ...unsaid(chosen, itemId), open: new Set([...chosen.open, itemId]) };
}

/** Writes off what an item is short by; as what and why counts for all that are. */
export function writingOff(chosen: Chosen, itemId: string, how: WrittenOff): Chosen {
  return { ...unsaid(chosen, itemId), written: new Set([...chosen.written, itemId]), how };
}

/**
 * The first item chosen that the money does not pay in full, of which nobody said yet what is missing, and which nothing that is
 * earned or dropped by rule closes. Money that is left on account was left on purpose: then nothing is asked.
 */
export function unsaidShort(
  payment: Payment,
  choices: readonly Choice[],
  chosen: Chosen,
  told: Applied | undefined,
): Choice | undefined {
  if (restOf(payment, chosen).minor !== 0n) return undefined;
  return choices.find(({ itemId, ...choice }) => {
    const isSaid =
      chosen.open.has(itemId) ||
      chosen.written.has(itemId) ||
      chosen.dropped.has(itemId) ||
      chosen.reasons[itemId] !== undefined;
    if (isSaid || shortOf({ itemId, ...choice }, chosen) === undefined) return false;
    const after = told?.items.find((item) => item.itemId === itemId);
    return after === undefined || !/^-?[0.]*$/.test(after.open.amount);
  });
}

/**
 * Drops by hand what an item is short by: first as what the server said it is (a bank charge, where the bank's statement or a rule says
 * so), then as the other, then no more. A deduction for it is given up.
 */
export function dropping(chosen: Chosen, itemId: string, told: Applied | undefined): Chosen {
  const said = told?.differences.find((one) => one.itemId === itemId)?.kind;
  const dropped = new Map(chosen.dropped);
  const before = dropped.get(itemId);
  dropped.delete(itemId);
  if (before === undefined) dropped.set(itemId, { kind: said ?? 'small_balance', isOther: false });
  else if (!before.isOther) dropped.set(itemId, { kind: OTHER[before.kind], isOther: true });
  return { ...unsaid(chosen, itemId), dropped };
}

/** What an item stays short by with what is chosen for it; nothing where it is not chosen or paid in full. */
export function shortOf(choice: Choice, { typed }: Pick<Chosen, 'typed'>): Money | undefined {
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
  const about = aboutOf(choices);
  const whole = Object.entries(chosen.typed).flatMap(([itemId, text]) => {
    const amount = typedAmount(text, currency);
    if (!amount || amount.minor <= 0n) return [];
    const choice = choices.find((one) => one.itemId === itemId);
    const kind = chosen.dropped.get(itemId)?.kind;
    const short = choice && kind ? shortOf(choice, chosen) : undefined;
    const difference = short ? { difference: toValue(short), differenceKind: kind } : {};
    return [{ itemId, amount: toValue(amount), ...difference }];
  });
  const credits = Object.entries(chosen.less).flatMap(([itemId, text]): readonly Part[] => {
    const amount = typedAmount(text, currency);
    return amount && amount.minor > 0n ? [{ itemId, ...about(itemId), amount }] : [];
  });
  const deductions = choices.flatMap((choice) => {
    const [short, reason] = [shortOf(choice, chosen), chosen.reasons[choice.itemId]];
    return short && reason ? [{ itemId: choice.itemId, amount: toValue(short), reason }] : [];
  });
  const written = choices.flatMap((choice) => {
    const short = chosen.written.has(choice.itemId) ? shortOf(choice, chosen) : undefined;
    return short ? [{ itemId: choice.itemId, amount: toValue(short) }] : [];
  });
  const writeOff = chosen.how && written.length > 0 ? { writeOff: { ...chosen.how, items: written } } : {};
  const less = lessCreditsOf(whole, about, credits);
  const asked = {
    allocations: [...less.allocations],
    ...(less.credits ? { credits: [...less.credits] } : {}),
  };
  return {
    params: { paymentId: payment.paymentId },
    body: {
      ...asked,
      ...writeOff,
      takeDiscounts: true,
      // A deduction or a write-off says what became of what is short: then no rule drops it.
      ...(deductions.length === 0 ? { takeTolerance: written.length === 0 } : { deductions }),
    },
  };
}

/** What is chosen of the receipt's money, together. */
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
  const hindrance = hindranceOf(payment, chosen);
  if (hindrance !== undefined) return hindrance;
  const words = told ? toldWords(told) : guessedWords(choices, chosen);
  const off = sumTyped(chosen.less, rest.currency);
  if (off.minor > 0n) words.unshift(`credits of ${toValue(off).amount} taken off`);
  if (rest.minor > 0n) words.unshift(`${toValue(rest).amount} stays on account`);
  return words.length === 0 ? 'Exact' : words.join(', ');
}

function toldWords({ discounts, differences, deductions, writeOffs, items }: Applied): string[] {
  const granted = discounts.filter(({ state }) => state === 'earned');
  const late = discounts.filter(({ state }) => state === 'late' || state === 'unearned');
  return [
    ...granted.map(({ discount }) => `discount ${said(discount)}`),
    ...late.map(({ reference }) => `discount of ${reference} too late`),
    ...differences.map((noted) => `${said(noted.difference)} ${differenceWords(noted)}`),
    ...deductions.map(({ amount, reason }) => `deduction ${said(amount)} (${reason.replaceAll('_', ' ')})`),
    ...writeOffs.map(({ amount }) => `${said(amount)} written off`),
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
