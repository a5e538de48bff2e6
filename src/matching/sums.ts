// Sums: all choices of documents that add up to an amount. Meeting in the middle over two sorted lists of sums: exact, and
// complete as long as neither list outgrows its limit. Sums that no further document can bring to the amount are dropped.

import { type Choice, sumOf, type Twins } from './documents.ts';

export type SumLimits = {
  /** Sums held in each of the two lists. */
  readonly list: number;
  /** Choices wanted; where there are more, the search is not complete, and what it has found so far is any of them. */
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
};

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
  const empty: SumList = { sums: Float64Array.of(0), codes: Float64Array.of(0), addends: [], codesEnd: 1 };
  let [left, right] = [empty, empty];
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
  let merged: Pick<SumList, 'sums' | 'codes'> = list;
  for (let taken = 1; taken <= addend.count; taken += 1) {
    const shift = { sum: taken * addend.amount, code: taken * list.codesEnd, most: limits.most };
    merged = mergedWith(merged, list, shift);
    if (merged.sums.length > limits.list) return undefined;
  }
  return { ...merged, addends: [...list.addends, addend], codesEnd: codesEnd };
}

/** One sorted list merged with another that is shifted by a sum; what exceeds the most is left out. */
function mergedWith(
  a: Pick<SumList, 'sums' | 'codes'>,
  b: Pick<SumList, 'sums' | 'codes'>,
  shift: { readonly sum: number; readonly code: number; readonly most: number },
): Pick<SumList, 'sums' | 'codes'> {
  const endA = a.sums.length;
  let endB = b.sums.length;
  while (endB > 0 && (b.sums[endB - 1] as number) + shift.sum > shift.most) endB -= 1;
  const sums = new Float64Array(endA + endB);
  const codes = new Float64Array(endA + endB);
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
  return { sums, codes };
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

type Step = { readonly index: number; readonly by: 1 | -1; readonly amount: number };

/**
 * Choices that differ from a base by one document more or less of at most two groups, and come to the amount or as near to
 * it as the tolerance allows.
 */
export function findNear(
  twins: readonly Twins[],
  amount: number,
  base: Choice,
  tolerance: number,
): readonly NearChoice[] {
  const steps = twins.flatMap((group, index): Step[] => {
    const taken = base[index] ?? 0;
    const more: Step = { index, by: 1, amount: group.amount };
    const less: Step = { index, by: -1, amount: -group.amount };
    return [...(taken > 0 ? [less] : []), ...(taken < group.documents.length ? [more] : [])];
  });
  const need = amount - sumOf(twins, base);
  const found: NearChoice[] = Math.abs(need) <= tolerance ? [{ choice: base, over: -need }] : [];
  const sorted = steps.sort((a, b) => a.amount - b.amount);
  const add = (taken: readonly Step[]): void => {
    const choice = [...base];
    let over = -need;
    for (const step of taken) {
      choice[step.index] = (choice[step.index] ?? 0) + step.by;
      over += step.amount;
    }
    found.push({ choice, over });
  };
  for (const step of sorted) if (Math.abs(step.amount - need) <= tolerance) add([step]);
  let high = sorted.length - 1;
  for (const [low, a] of sorted.entries()) {
    while (high > low && a.amount + (sorted[high]?.amount ?? 0) > need + tolerance) high -= 1;
    for (let at = high; at > low; at -= 1) {
      const b = sorted[at];
      if (b === undefined || a.amount + b.amount < need - tolerance) break;
      if (a.index !== b.index) add([a, b]);
    }
  }
  return found;
}
