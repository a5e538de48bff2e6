// Sums: all choices of documents that add up to an amount. Meeting in the middle over two sorted lists of sums: exact, and
// complete as long as neither list outgrows its limit. Sums that no further document can bring to the amount are dropped.

import { type Choice, sumOf, type Twins } from './documents.ts';

export type SumLimits = {
  /** Sums held in each of the two lists. */
  readonly list: number;
  /** Choices wanted; where there are more, the search is not complete. */
  readonly choices: number;
  /** Minor units by which a sum may miss the amount and still be found. */
  readonly tolerance: number;
};

/** A choice and how much more than the amount it has: nothing, or a few minor units. */
export type NearChoice = { readonly choice: Choice; readonly over: number };

export type SumsFound = { readonly choices: readonly NearChoice[]; readonly isComplete: boolean };

/** Which groups may be chosen freely; the others are as the base has them. */
export type Freedom = { readonly base: Choice; readonly free: readonly number[] };

/** Sums near the amount may be so many times as many as those that are exact. */
const NEAR_SHARE = 4;

/** What groups of twins can be added to a list of sums. */
type Addend = { readonly index: number; readonly amount: number; readonly count: number };

/** Sums in ascending order; `codes` say, as digits of mixed radix, how many of each addend a sum has. */
type SumList = {
  readonly sums: Float64Array;
  readonly codes: Float64Array;
  readonly addends: readonly Addend[];
  /** How many codes there are. */
  readonly codesEnd: number;
  readonly slot: number;
};

type Sums = Pick<SumList, 'sums' | 'codes' | 'slot'>;

/**
 * Room for lists, used again by each search: millions of sums are written in a second, and memory for them need not be taken
 * anew. Each half has three slots: the list it had, and two that are merged from one to the other.
 */
const SLOTS = Array.from({ length: 6 }, () => ({ sums: new Float64Array(64), codes: new Float64Array(64) }));

function roomIn(slot: number, size: number): Sums {
  const room = SLOTS[slot];
  if (room === undefined) throw new RangeError('there are six slots');
  if (room.sums.length < size) {
    const length = 2 ** Math.ceil(Math.log2(size));
    room.sums = new Float64Array(length);
    room.codes = new Float64Array(length);
  }
  return { sums: room.sums.subarray(0, size), codes: room.codes.subarray(0, size), slot };
}

function listOfNothing(slot: number): SumList {
  const room = roomIn(slot, 1);
  room.sums[0] = 0;
  room.codes[0] = 0;
  return { ...room, addends: [], codesEnd: 1 };
}

/** All choices with the sum, or as many as the limits allow. The empty choice is none. */
export function findSums(
  twins: readonly Twins[],
  amount: number,
  limits: SumLimits,
  freedom?: Freedom,
): SumsFound {
  const base = freedom?.base ?? twins.map(() => 0);
  const free = (freedom?.free ?? twins.map((_, index) => index)).map((index): Addend => {
    const group = twins[index];
    return { index, amount: group?.amount ?? 0, count: group?.documents.length ?? 0 };
  });
  const fixed = [...base];
  for (const { index } of free) fixed[index] = 0;
  const target = amount - sumOf(twins, fixed);
  const all = free.map((addend) => addend.amount * addend.count);
  const most = all.reduce((sum, value) => sum + Math.max(value, 0), 0);
  const least = all.reduce((sum, value) => sum + Math.min(value, 0), 0);
  if (target > most + limits.tolerance || target < least - limits.tolerance)
    return { choices: [], isComplete: true };
  // What is left out has a sum as well; the smaller of both is quicker to find.
  const byRest = target - least > most - target;
  const found = meet(free, byRest ? most + least - target : target, limits, least);
  const choices = found.sums.map(({ counts, over }): NearChoice => {
    const choice = [...fixed];
    for (const { index, count } of free) {
      const taken = counts.get(index) ?? 0;
      choice[index] = byRest ? count - taken : taken;
    }
    return { choice, over: byRest ? 0 - over : over };
  });
  return {
    choices: choices.filter(({ choice }) => choice.some((n) => n > 0)),
    isComplete: found.isComplete,
  };
}

type Sum = { readonly counts: ReadonlyMap<number, number>; readonly over: number };
type SumsMet = { readonly sums: readonly Sum[]; readonly isComplete: boolean };

function meet(free: readonly Addend[], target: number, limits: SumLimits, least: number): SumsMet {
  const most = target - least + limits.tolerance;
  const usable = free
    .filter(({ amount }) => amount <= most)
    .sort((a, b) => Math.abs(b.amount) - Math.abs(a.amount) || a.index - b.index);
  let [left, right] = [listOfNothing(0), listOfNothing(3)];
  for (const addend of usable) {
    const isLeft = left.sums.length <= right.sums.length;
    const longer = extended(isLeft ? left : right, addend, { most, list: limits.list });
    if (longer === undefined) return { sums: [], isComplete: false };
    if (isLeft) left = longer;
    else right = longer;
  }
  return pairs(left, right, target, limits);
}

/** A list with one more addend, or nothing when it would be too long. */
function extended(
  list: SumList,
  addend: Addend,
  limits: { readonly most: number; readonly list: number },
): SumList | undefined {
  const codesEnd = list.codesEnd * (addend.count + 1);
  if (codesEnd > Number.MAX_SAFE_INTEGER) return undefined;
  const side = list.slot < 3 ? 0 : 3;
  const others = [side, side + 1, side + 2].filter((slot) => slot !== list.slot);
  let merged: Sums = list;
  for (let taken = 1; taken <= addend.count; taken += 1) {
    const shift = { sum: taken * addend.amount, code: taken * list.codesEnd, most: limits.most };
    const slot = others[taken % 2] ?? side;
    const longer = mergedWith(merged, list, { ...shift, limit: limits.list, slot });
    if (longer === undefined) return undefined;
    merged = longer;
  }
  return { ...merged, addends: [...list.addends, addend], codesEnd: codesEnd };
}

/** One sorted list merged with another that is shifted by a sum; what exceeds the most is left out; nothing when it is too long. */
function mergedWith(
  a: Sums,
  b: Sums,
  shift: {
    readonly sum: number;
    readonly code: number;
    readonly most: number;
    readonly limit: number;
    readonly slot: number;
  },
): Sums | undefined {
  const endA = a.sums.length;
  let endB = b.sums.length;
  while (endB > 0 && (b.sums[endB - 1] as number) + shift.sum > shift.most) endB -= 1;
  if (endA + endB > shift.limit) return undefined;
  const merged = roomIn(shift.slot, endA + endB);
  const { sums, codes } = merged;
  let [i, j] = [0, 0];
  for (let at = 0; at < sums.length; at += 1) {
    const x = i < endA ? (a.sums[i] as number) : Number.POSITIVE_INFINITY;
    const y = j < endB ? (b.sums[j] as number) + shift.sum : Number.POSITIVE_INFINITY;
    if (x <= y) {
      sums[at] = x;
      codes[at] = a.codes[i] as number;
      i += 1;
    } else {
      sums[at] = y;
      codes[at] = (b.codes[j] as number) + shift.code;
      j += 1;
    }
  }
  return merged;
}

/** Every pair of a sum of each list that makes the target, or nearly. */
function pairs(left: SumList, right: SumList, target: number, limits: SumLimits): SumsMet {
  const sums: Sum[] = [];
  const { tolerance } = limits;
  let exact = 0;
  let high = right.sums.length - 1;
  for (let low = 0; low < left.sums.length; low += 1) {
    const need = target - (left.sums[low] as number);
    while (high >= 0 && (right.sums[high] as number) > need + tolerance) high -= 1;
    for (let at = high; at >= 0 && (right.sums[at] as number) >= need - tolerance; at -= 1) {
      const over = (right.sums[at] as number) - need;
      if (over === 0) exact += 1;
      if (exact > limits.choices || sums.length > NEAR_SHARE * limits.choices)
        return { sums, isComplete: false };
      const counts = new Map<number, number>();
      decode(left, left.codes[low] as number, counts);
      decode(right, right.codes[at] as number, counts);
      sums.push({ counts, over });
    }
  }
  return { sums, isComplete: true };
}

function decode(list: SumList, code: number, into: Map<number, number>): void {
  let rest = code;
  for (const { index, count } of list.addends) {
    into.set(index, rest % (count + 1));
    rest = Math.floor(rest / (count + 1));
  }
}

/** Places of groups by amount, the smallest first. */
export function byAmount(twins: readonly Twins[]): readonly number[] {
  return twins.map((_, index) => index).sort((a, b) => (twins[a]?.amount ?? 0) - (twins[b]?.amount ?? 0));
}

/** What can change in a base: one document less (`by` -1) or more of a group, by what it adds to the sum, ascending. */
type Steps = { readonly amounts: Float64Array; readonly indices: Int32Array; readonly by: Int8Array };

function stepsFrom(twins: readonly Twins[], base: Choice, order: readonly number[]): Steps {
  const less = order.filter((index) => (base[index] ?? 0) > 0).reverse();
  const more = order.filter((index) => (base[index] ?? 0) < (twins[index]?.documents.length ?? 0));
  const size = less.length + more.length;
  const steps = {
    amounts: new Float64Array(size),
    indices: new Int32Array(size),
    by: new Int8Array(size),
  };
  let [l, m] = [0, 0];
  for (let at = 0; at < size; at += 1) {
    const down = l < less.length ? -(twins[less[l] ?? 0]?.amount ?? 0) : Number.POSITIVE_INFINITY;
    const up = m < more.length ? (twins[more[m] ?? 0]?.amount ?? 0) : Number.POSITIVE_INFINITY;
    const isDown = down <= up;
    steps.amounts[at] = isDown ? down : up;
    steps.indices[at] = (isDown ? less[l] : more[m]) ?? 0;
    steps.by[at] = isDown ? -1 : 1;
    if (isDown) l += 1;
    else m += 1;
  }
  return steps;
}

/**
 * Choices that differ from a base by one document more or less of at most two groups, and come to the amount or as near to
 * it as the tolerance allows. `order` is `byAmount(twins)`, which serves for many bases.
 */
export function findNear(
  twins: readonly Twins[],
  amount: number,
  base: Choice,
  given: { readonly tolerance: number; readonly order: readonly number[] },
): readonly NearChoice[] {
  const { tolerance } = given;
  const { amounts, indices, by } = stepsFrom(twins, base, given.order);
  const need = amount - sumOf(twins, base);
  const found: NearChoice[] = Math.abs(need) <= tolerance ? [{ choice: base, over: 0 - need }] : [];
  const add = (...taken: readonly number[]): void => {
    const choice = [...base];
    let over = 0 - need;
    for (const at of taken) {
      const index = indices[at] as number;
      choice[index] = (choice[index] ?? 0) + (by[at] as number);
      over += amounts[at] as number;
    }
    found.push({ choice, over });
  };
  let high = amounts.length - 1;
  for (let low = 0; low < amounts.length; low += 1) {
    const rest = need - (amounts[low] as number);
    if (Math.abs(rest) <= tolerance) add(low);
    while (high > low && (amounts[high] as number) > rest + tolerance) high -= 1;
    for (let at = high; at > low && (amounts[at] as number) >= rest - tolerance; at -= 1)
      if (indices[at] !== indices[low]) add(low, at);
  }
  return found;
}
