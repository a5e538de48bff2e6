// Which accounts a policy is for: a rule over what is so of an account on a day. What is not known makes a rule neither true nor
// false, and a policy is for an account only where its rule is true: nobody is treated by what is not known of them.

import { SEGMENT_DEPTH_MAX, SEGMENT_PARTS_MAX } from '#kernel/limits.ts';
import { isCurrency, type Money, parseMoney, toDecimal } from '#kernel/money.ts';
import { foldTag } from '#tags/tag.ts';
import { type Account, daysLateOf, PAID_ITEMS_MAX, riskOf } from './account.ts';
import type { FileValue } from './file-reader.ts';
import { type Rates, worthOf } from './worth.ts';

/** What can be asked of an account, and what kind of answer it has. */
export const ATTRIBUTES = {
  open_amount: 'amount',
  overdue_amount: 'amount',
  oldest_days_overdue: 'number',
  overdue_items: 'number',
  terms_days: 'number',
  customer_for_days: 'number',
  average_days_late: 'number',
  broken_promises: 'number',
  country: 'word',
  language: 'word',
  company: 'word',
  debtor_kind: 'word',
  owner: 'word',
  risk_class: 'word',
  tags: 'words',
} as const;

export type Attribute = keyof typeof ATTRIBUTES;

export const ATTRIBUTE_NAMES = Object.keys(ATTRIBUTES) as readonly Attribute[];

const COMPARISONS = ['at_least', 'at_most', 'more_than', 'less_than'] as const;
const CHOICES = ['one_of', 'none_of'] as const;

type Comparison = (typeof COMPARISONS)[number];

/** An amount as files write it: `{ "currency": "EUR", "amount": "1000.00" }`. */
export type AmountText = { readonly currency: string; readonly amount: string };

/** One question about an account. */
export type Leaf =
  | { readonly attribute: Attribute; readonly is: Comparison; readonly value: AmountText }
  | {
      readonly attribute: Attribute;
      readonly is: Comparison;
      readonly value: number;
      /** Of how many paid items, the newest, the average is taken. */
      readonly last?: number;
    }
  | {
      readonly attribute: Attribute;
      readonly is: (typeof CHOICES)[number];
      readonly value: readonly string[];
    }
  | { readonly attribute: Attribute; readonly is: 'unknown' };

/** A rule, exactly as it stands in a file. */
export type Segment =
  | 'everybody'
  | { readonly all: readonly Segment[] }
  | { readonly any: readonly Segment[] }
  | { readonly not: Segment }
  | Leaf;

/** Whether a rule is true of an account; null where it is not known. */
export type Verdict = boolean | null;

/** Why a rule is true of an account or not: the same tree with what was seen at each leaf. */
export type Explained =
  | { readonly says: 'everybody'; readonly holds: Verdict }
  | { readonly says: 'all' | 'any' | 'not'; readonly holds: Verdict; readonly of: readonly Explained[] }
  | { readonly says: 'leaf'; readonly holds: Verdict; readonly leaf: Leaf; readonly seen: string | null };

/** Whether a rule is true of an account. */
export function isTrueOf(segment: Segment, account: Account, rates: Rates): Verdict {
  if (segment === 'everybody') return true;
  if ('all' in segment) return all(segment.all.map((one) => isTrueOf(one, account, rates)));
  if ('any' in segment) return not(all(segment.any.map((one) => not(isTrueOf(one, account, rates)))));
  if ('not' in segment) return not(isTrueOf(segment.not, account, rates));
  return judge(segment, seenIn(segment, account, rates));
}

/** The same with its reasons. */
export function explainSegment(segment: Segment, account: Account, rates: Rates): Explained {
  const holds = isTrueOf(segment, account, rates);
  if (segment === 'everybody') return { says: 'everybody', holds };
  const within = (of: readonly Segment[]) => of.map((one) => explainSegment(one, account, rates));
  if ('all' in segment) return { says: 'all', holds, of: within(segment.all) };
  if ('any' in segment) return { says: 'any', holds, of: within(segment.any) };
  if ('not' in segment) return { says: 'not', holds, of: within([segment.not]) };
  const seen = seenIn(segment, account, rates);
  return { says: 'leaf', holds, leaf: segment, seen: seenText(seen) };
}

/** The parts of an explained rule, each after what it is part of, with how deep it lies. */
export function linesOf(
  part: Explained,
  depth = 0,
): readonly { readonly depth: number; readonly part: Explained }[] {
  const within = 'of' in part ? part.of.flatMap((one) => linesOf(one, depth + 1)) : [];
  return [{ depth, part }, ...within];
}

function all(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes(false)) return false;
  return verdicts.includes(null) ? null : true;
}

function not(verdict: Verdict): Verdict {
  return verdict === null ? null : !verdict;
}

type Seen = Money | number | string | readonly string[] | null;

function seenIn(leaf: Leaf, account: Account, rates: Rates): Seen {
  switch (leaf.attribute) {
    case 'open_amount':
      return amountIn(account.open, leaf, rates);
    case 'overdue_amount':
      return amountIn(account.overdue, leaf, rates);
    case 'oldest_days_overdue':
      return account.oldestDaysOverdue;
    case 'overdue_items':
      return account.overdueItems;
    case 'terms_days':
      return account.termsDays;
    case 'customer_for_days':
      return account.customerForDays;
    case 'average_days_late':
      return daysLateOf(account, 'last' in leaf ? leaf.last : undefined);
    case 'broken_promises':
      return account.brokenPromises;
    case 'country':
      return account.country;
    case 'language':
      return account.language;
    case 'company':
      return account.company;
    case 'debtor_kind':
      return account.debtorKind;
    case 'owner':
      return account.owner;
    case 'risk_class':
      return riskOf(account);
    case 'tags':
      return account.tags;
  }
}

function amountIn(amounts: readonly Money[], leaf: Leaf, rates: Rates): Money | null {
  // An amount is always known in its own currencies: only in another one a rate may be missing.
  if (!('value' in leaf) || typeof leaf.value !== 'object' || !('currency' in leaf.value)) return null;
  return worthOf(amounts, leaf.value.currency, rates) ?? null;
}

function judge(leaf: Leaf, seen: Seen): Verdict {
  if (leaf.is === 'unknown') return seen === null;
  if (seen === null) return null;
  if (leaf.is === 'one_of' || leaf.is === 'none_of') {
    const { value } = leaf;
    const all = isSeveral(seen) ? seen : [String(seen)];
    return all.some((one) => value.includes(one)) === (leaf.is === 'one_of');
  }
  const [a, b] =
    typeof seen === 'object' && !isSeveral(seen) && typeof leaf.value === 'object' && 'amount' in leaf.value
      ? [seen.minor, moneyOf(leaf.value).minor]
      : [Number(seen), Number(leaf.value)];
  if (leaf.is === 'at_least') return a >= b;
  if (leaf.is === 'at_most') return a <= b;
  return leaf.is === 'more_than' ? a > b : a < b;
}

/** Whether an account can have several of it at once: then one of them is enough, and none of them is none at all. */
function isSeveral(seen: Seen): seen is readonly string[] {
  return Array.isArray(seen);
}

function seenText(seen: Seen): string | null {
  if (seen === null) return null;
  if (isSeveral(seen)) return seen.length === 0 ? 'none' : seen.join(', ');
  return typeof seen === 'object' ? `${toDecimal(seen)} ${seen.currency}` : String(seen);
}

// — reading a file —

/** Reads a rule from a file; what is wrong is noted. */
export function readSegment(given: FileValue): Segment {
  const room = { parts: SEGMENT_PARTS_MAX };
  const segment = readPart(given, room, 1);
  if (room.parts < 0) given.wrong(`has more than ${SEGMENT_PARTS_MAX} parts; make several policies of it`);
  return segment;
}

function readPart(given: FileValue, room: { parts: number }, depth: number): Segment {
  room.parts -= 1;
  if (room.parts < 0) return 'everybody';
  const { value } = given;
  if (value === 'everybody') return 'everybody';
  if (depth > SEGMENT_DEPTH_MAX) {
    given.wrong(`lies more than ${SEGMENT_DEPTH_MAX} levels deep; make it simpler`);
    return 'everybody';
  }
  const has = (name: string) => typeof value === 'object' && value !== null && Object.hasOwn(value, name);
  const several = (list: FileValue) =>
    list.list(SEGMENT_PARTS_MAX, 1).map((one) => readPart(one, room, depth + 1));
  if (has('all')) return { all: several(given.fields(['all']).all) };
  if (has('any')) return { any: several(given.fields(['any']).any) };
  if (has('not')) return { not: readPart(given.fields(['not']).not, room, depth + 1) };
  return readLeaf(given);
}

function readLeaf(given: FileValue): Segment {
  if (typeof given.value !== 'object' || given.value === null) {
    given.wrong('is no rule; give "everybody", or one of all, any, not, or attribute with is and value');
    return 'everybody';
  }
  const fields = given.fields(['attribute', 'is', 'value', 'last']);
  const attribute = fields.attribute.word(ATTRIBUTE_NAMES);
  // What else is wrong depends on what is asked for.
  if (attribute !== fields.attribute.value) return 'everybody';
  const kind = ATTRIBUTES[attribute];
  if (fields.last.given && attribute !== 'average_days_late')
    fields.last.wrong('is for average_days_late only');
  if (fields.is.value === 'unknown' && kind !== 'amount' && kind !== 'words') {
    if (fields.value.given) fields.value.wrong('is not asked for where a thing is unknown; leave it out');
    return { attribute, is: 'unknown' };
  }
  if (kind === 'word' || kind === 'words') {
    const value = fields.value.list(SEGMENT_PARTS_MAX, 1).map((one) => wordAsKept(attribute, one.text(60)));
    return { attribute, is: fields.is.word(CHOICES), value };
  }
  const is = fields.is.word(COMPARISONS);
  if (kind === 'amount') return { attribute, is, value: readAmount(fields.value) };
  const value = fields.value.whole({ min: -100_000, max: 100_000 });
  return fields.last.given
    ? { attribute, is, value, last: fields.last.whole({ min: 1, max: PAID_ITEMS_MAX }) }
    : { attribute, is, value };
}

/**
 * A word as accounts have it, however it is typed: `VIP` is asked of customers tagged `vip`, `de` of those in `DE`. Where it was
 * compared as typed, `none_of` would be true of everybody, and whom a rule was to spare would be chased.
 */
export function wordAsKept(attribute: Attribute, text: string): string {
  if (attribute === 'tags') return foldTag(text);
  if (attribute === 'country' || attribute === 'company') return text.trim().toUpperCase();
  const small = text.trim().toLowerCase();
  // A language may have a region, which is in capitals: `de-AT`.
  return attribute === 'language' ? small.replace(/-[a-z]{2}$/, (region) => region.toUpperCase()) : small;
}

/** Reads an amount from a file; what is wrong is noted. */
export function readAmount(given: FileValue): AmountText {
  const fields = given.fields(['currency', 'amount']);
  const currency = fields.currency.text(3);
  const amount = fields.amount.text(25);
  if (!isCurrency(currency)) {
    if (currency !== '') fields.currency.wrong('is no currency; give a code like EUR');
    return { currency: 'EUR', amount: '0' };
  }
  if (
    !/^\d{1,15}(\.\d+)?$/.test(amount) ||
    decimalsIn(amount) > toDecimal({ minor: 0n, currency }).length - 1
  ) {
    if (amount !== '') fields.amount.wrong(`is no amount of ${currency}; write it as text, like "1000.00"`);
    return { currency, amount: '0' };
  }
  return { currency, amount };
}

function decimalsIn(amount: string): number {
  return amount.includes('.') ? amount.length - amount.indexOf('.') : 0;
}

/** The amount a file writes. */
export function moneyOf({ amount, currency }: AmountText): Money {
  return parseMoney(amount, currency);
}

/** The currencies that a rule speaks of. */
export function currenciesOf(segment: Segment): readonly string[] {
  if (segment === 'everybody') return [];
  if ('all' in segment) return segment.all.flatMap(currenciesOf);
  if ('any' in segment) return segment.any.flatMap(currenciesOf);
  if ('not' in segment) return currenciesOf(segment.not);
  return 'value' in segment && typeof segment.value === 'object' && 'currency' in segment.value
    ? [segment.value.currency]
    : [];
}

/** Whether a rule asks for something of an account. */
export function asksFor(segment: Segment, attribute: Attribute): boolean {
  if (segment === 'everybody') return false;
  const within =
    'all' in segment ? segment.all : 'any' in segment ? segment.any : 'not' in segment ? [segment.not] : [];
  return 'attribute' in segment
    ? segment.attribute === attribute
    : within.some((one) => asksFor(one, attribute));
}
