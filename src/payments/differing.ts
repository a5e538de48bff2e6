// Differences, where a payment meets items: what it is short by stays open unless it is dropped by a rule of the company, by
// hand within a limit, or with an approval. Nothing is dropped without saying by which.

import { type Ceiling, ceilingText, mostOf, type ToleranceRule } from '#differences/difference-rules.ts';
import type { CustomerId, ItemId } from '#kernel/id.ts';
import { type Money, money, toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { isDebit, left, type OpenItem } from '#ledger/open-item.ts';
import type { DifferenceKind } from '#ledger/settlement.ts';
import type { Allocation } from './allocation.ts';

/**
 * By which right a difference is dropped: a rule of the company, what the bank's statement says it kept, the limit of who acts, or
 * others who approved it.
 */
export type DifferenceBasis = 'tolerance' | 'stated' | 'limit' | 'approval';

/** A difference that an application has to do with. `available` could be dropped by rule, and stays open. */
export type NotedDifference = {
  readonly itemId: ItemId;
  readonly reference: string;
  readonly customerId: CustomerId | null;
  readonly kind: DifferenceKind;
  readonly state: DifferenceBasis | 'available';
  readonly difference: Money;
  /** The most that the rule, or the limit of who acts, lets drop of the item. */
  readonly allowed: Money;
  readonly evidence: {
    readonly ruleId: string | null;
    readonly amountMax: string | null;
    readonly percentMax: string | null;
    readonly allowed: string;
    /** What was dropped of the item by hand before, and stands. */
    readonly droppedBefore: string;
  };
};

/** What is known of the items that a payment is to settle. */
export type KnownDifferences = {
  readonly tolerance: (customerId: CustomerId | null, currency: string) => ToleranceRule | undefined;
  /** The rule on what banks keep on the way. */
  readonly charge: (customerId: CustomerId | null, currency: string) => ToleranceRule | undefined;
  /** What the bank's statement says was kept of this payment, in minor units of its currency; nothing where it says nothing. */
  readonly stated: bigint;
  /** Whether a bank charge was dropped with the same payment before, and stands. */
  readonly isCharged: boolean;
  readonly limit: (currency: string) => Ceiling & { readonly id: string | null };
  /** What was dropped of items before, and stands. */
  readonly dropped: ReadonlyMap<ItemId, bigint>;
};

export type DifferenceHow = {
  /** Drops what the rules let drop, where no difference is asked for. */
  readonly take: boolean;
  /** A machine drops by rule only. */
  readonly isAutomatic: boolean;
};

/** Allocations with their differences, and what is to be said of them. */
export type DecidedDifferences = {
  readonly allocations: readonly Allocation[];
  readonly noted: readonly NotedDifference[];
};

/**
 * Whether a receipt is short: nothing of it is left after these allocations. Where money is left, what stays open of an item is
 * somebody's choice, and no rule drops it.
 */
export function isUsedUp(own: readonly OpenItem[], allocations: readonly Allocation[]): boolean {
  const given = allocations.reduce((total, one) => total + one.amount.minor, 0n);
  return given === own.reduce((total, item) => total + left(item), 0n);
}

/** What the rules let drop of each item that a receipt is short of; items of which nothing may be dropped are left out. */
export function toleratedOf(
  items: readonly OpenItem[],
  known: Pick<KnownDifferences, 'tolerance'>,
): ReadonlyMap<ItemId, Money> {
  return new Map(
    items.filter(isDebit).flatMap((item) => {
      const rule = known.tolerance(item.customerId, item.amount.currency);
      const most = rule && mostOf(rule, item.amount);
      return most && most.minor > 0n ? [[item.id, most]] : [];
    }),
  );
}

/** The items a payment stands in, and those it shall settle. */
export type Sides = { readonly own: readonly OpenItem[]; readonly items: readonly OpenItem[] };

/**
 * Decides the differences of allocations whose discounts are decided. A tolerance closes an item or does nothing; by hand a
 * part may be dropped too. What exceeds the limit of who acts is left for others to approve.
 *
 * Refuses: `difference_exceeds_tolerance` (by a machine), `difference_negative`.
 */
export function decideDifferences(
  { own, items }: Sides,
  allocations: readonly Allocation[],
  known: KnownDifferences,
  how: DifferenceHow,
): DecidedDifferences {
  const usedUp = isUsedUp(own, allocations);
  const tolerated = usedUp ? toleratedOf(items, known) : new Map<ItemId, Money>();
  // What banks kept of a payment they kept once.
  let charges = usedUp && !known.isCharged ? 1 : 0;
  const decided = allocations.map((allocation) => {
    const item = items.find((one) => one.id === allocation.itemId);
    // What does not fit together is refused by allocating and settling, which say why.
    const fits = item && isDebit(item) && allocation.amount.currency === item.open.currency;
    if (!fits) return { allocation };
    const rules = { known, how, tolerated: tolerated.get(item.id), mayBeCharge: charges > 0 };
    const one = decideOne(item, allocation, rules);
    if (one.noted?.kind === 'bank_charge') charges -= 1;
    return one;
  });
  return {
    allocations: decided.map((one) => one.allocation),
    noted: decided.flatMap((one) => one.noted ?? []),
  };
}

type Deciding = {
  readonly known: KnownDifferences;
  readonly how: DifferenceHow;
  readonly tolerated: Money | undefined;
  readonly mayBeCharge: boolean;
};

function decideOne(
  item: OpenItem,
  allocation: Allocation,
  { known, how, tolerated, mayBeCharge }: Deciding,
): { readonly allocation: Allocation; readonly noted?: NotedDifference } {
  const { currency } = item.open;
  const asked = allocation.difference;
  if (asked && asked.currency !== currency) return { allocation };
  if (asked && asked.minor < 0n) throw new Refusal('difference_negative', { item: item.reference });
  const rest = left(item) - allocation.amount.minor - (allocation.discount?.minor ?? 0n);
  const rule = known.tolerance(item.customerId, currency);
  const wanted = asked?.minor ?? 0n;
  const kind = allocation.differenceKind ?? 'small_balance';
  // What banks kept is looked at first: it explains what is missing, a tolerance only forgives it.
  const isWhole = rest > 0n && (wanted === 0n || wanted === rest);
  if (mayBeCharge && isWhole && (wanted === 0n || kind === 'bank_charge')) {
    const by = chargeBy(item, rest, known);
    if (by) return dropped(item, allocation, money(rest, currency), { by, take: wanted > 0n || how.take });
  }
  if (
    kind === 'small_balance' &&
    rule &&
    tolerated &&
    rest > 0n &&
    rest <= tolerated.minor &&
    (wanted === 0n || wanted === rest)
  ) {
    const difference = money(rest, currency);
    const drops = wanted > 0n || how.take;
    const noted = noteOf(item, drops ? 'tolerance' : 'available', difference, {
      kind: 'small_balance',
      ceiling: rule,
      allowed: tolerated,
      before: 0n,
    });
    return { allocation: drops ? { ...allocation, difference } : allocation, noted };
  }
  if (!asked || wanted === 0n) return { allocation };
  if (how.isAutomatic)
    throw new Refusal('difference_exceeds_tolerance', { item: item.reference, dropped: toDecimal(asked) });
  const limit = known.limit(currency);
  const allowed = mostOf(limit, item.amount);
  const before = known.dropped.get(item.id) ?? 0n;
  const state = before + wanted <= allowed.minor ? 'limit' : 'approval';
  return { allocation, noted: noteOf(item, state, asked, { kind, ceiling: limit, allowed, before }) };
}

/** By which right what is missing of an item is what banks kept: their statement says so, or a rule allows it. */
export type ChargeBy = {
  readonly basis: 'stated' | 'tolerance';
  readonly ceiling: Ceiling & { readonly id: string | null };
  readonly allowed: Money;
};

const NO_CEILING = { id: null, amountMax: null, percentMax: null } as const;

/** The right by which so much may be missing of an item because banks kept it; none where it is not. */
export function chargeBy(
  item: Pick<OpenItem, 'customerId' | 'amount'>,
  missing: bigint,
  known: Pick<KnownDifferences, 'charge' | 'stated'>,
): ChargeBy | undefined {
  const { currency } = item.amount;
  if (missing > 0n && missing === known.stated)
    return { basis: 'stated', ceiling: NO_CEILING, allowed: money(missing, currency) };
  const rule = known.charge(item.customerId, currency);
  const allowed = rule && mostOf(rule, item.amount);
  return rule && allowed && missing <= allowed.minor
    ? { basis: 'tolerance', ceiling: rule, allowed }
    : undefined;
}

function dropped(
  item: OpenItem,
  allocation: Allocation,
  difference: Money,
  { by, take }: { readonly by: ChargeBy; readonly take: boolean },
): { readonly allocation: Allocation; readonly noted: NotedDifference } {
  const noted = noteOf(item, take ? by.basis : 'available', difference, {
    kind: 'bank_charge',
    ceiling: by.ceiling,
    allowed: by.allowed,
    before: 0n,
  });
  return {
    allocation: take ? { ...allocation, difference, differenceKind: 'bank_charge' } : allocation,
    noted,
  };
}

/** A difference that a rule of the company drops of an item, as it is kept. */
export function notedByRule(
  item: Pick<OpenItem, 'id' | 'reference' | 'customerId'>,
  by: { readonly rule: ToleranceRule; readonly difference: Money; readonly allowed: Money },
): NotedDifference {
  return noteOf(item, 'tolerance', by.difference, {
    kind: 'small_balance',
    ceiling: by.rule,
    allowed: by.allowed,
    before: 0n,
  });
}

/** What banks kept of a payment, as it is kept with the item it is dropped of. */
export function notedCharge(
  item: Pick<OpenItem, 'id' | 'reference' | 'customerId'>,
  difference: Money,
  by: ChargeBy,
): NotedDifference {
  return noteOf(item, by.basis, difference, {
    kind: 'bank_charge',
    ceiling: by.ceiling,
    allowed: by.allowed,
    before: 0n,
  });
}

function noteOf(
  item: Pick<OpenItem, 'id' | 'reference' | 'customerId'>,
  state: NotedDifference['state'],
  difference: Money,
  by: {
    readonly kind: DifferenceKind;
    readonly ceiling: Ceiling & { readonly id: string | null };
    readonly allowed: Money;
    readonly before: bigint;
  },
): NotedDifference {
  return {
    itemId: item.id,
    reference: item.reference,
    customerId: item.customerId,
    kind: by.kind,
    state,
    difference,
    allowed: by.allowed,
    evidence: {
      ruleId: by.ceiling.id,
      ...ceilingText(by.ceiling),
      allowed: toDecimal(by.allowed),
      droppedBefore: toDecimal(money(by.before, difference.currency)),
    },
  };
}
