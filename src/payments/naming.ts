// What documents named in a text say for certain: a receipt that names them and pays exactly what is open of them (all of it, or
// less the discounts it earns) is for them. What they say is never outweighed by an amount that happens to fit something else.

import { mostOf } from '#differences/difference-rules.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { type DiscountRight, discountOnOpen, isTooLate } from '#terms/discount.ts';
import type { Allocation } from './allocation.ts';
import {
  chargeBy,
  type KnownDifferences,
  type NotedDifference,
  notedByRule,
  notedCharge,
} from './differing.ts';
import { groupOf } from './group.ts';
import { type Netted, netCredits, type PayingForGroup } from './netting.ts';
import type { ApplyRule, Found, MatchItem, Receipt, WaitRule } from './receipt.ts';
import { unique } from './receipt.ts';
import { namedKeys } from './reference.ts';

/** Documents of the receipt's company that it names, by key. */
export type Named = ReadonlyMap<string, readonly MatchItem[]>;

/** Which documents a receipt names. */
export function namedItems(
  receipt: Pick<Receipt, 'companyId' | 'tokens'>,
  found: Pick<Found, 'byKey'>,
): Named {
  const ofCompany = (key: string): readonly MatchItem[] =>
    (found.byKey.get(key) ?? []).filter((item) => item.companyId === receipt.companyId);
  const keys = namedKeys(receipt.tokens, (key) => ofCompany(key).length > 0);
  return new Map(keys.map((key) => [key, ofCompany(key)]));
}

/** What names come to: items that are paid and how, or why they do not settle it. */
export type NamedOutcome =
  | {
      readonly rule: ApplyRule;
      readonly items: readonly MatchItem[];
      readonly allocations: readonly Allocation[];
      readonly differences: readonly NotedDifference[];
      /** Credits named beside them, taken off first. */
      readonly netted?: Netted | undefined;
      /** Who pays for several of a group. */
      readonly group?: PayingForGroup | undefined;
    }
  | { readonly rule: WaitRule; readonly items?: undefined };

/**
 * What the documents named come to; nothing where none is named. Documents of several customers count only where they and the
 * payer are one group, the company lets that be, and all of them are paid to the cent, less discounts earned.
 */
export function decideByNames(
  receipt: Receipt,
  found: Found,
  named: Named,
  payerId?: CustomerId,
): NamedOutcome | undefined {
  if (named.size === 0) return undefined;
  const items = unique([...named.values()].flat());
  const customers = new Set(items.map((item) => item.customerId));
  // What a person said of the payer is not overruled by a number in a text.
  if (receipt.customerId !== null) customers.add(receipt.customerId);
  const group = customers.size > 1 ? groupOf(found, payerId, [...customers]) : undefined;
  if (customers.size > 1 && group === undefined) return { rule: 'reference_of_several_customers' };
  for (const some of named.values())
    if (new Set(some.map((item) => item.documentId)).size > 1) return { rule: 'reference_ambiguous' };
  const open = items.filter((item) => item.open.minor !== 0n);
  if (open.length === 0) return { rule: 'reference_already_settled' };
  if (open.some((item) => item.open.currency !== receipt.amount.currency))
    return { rule: 'reference_in_other_currency' };
  if (open.some((item) => item.open.minor < 0n)) return lessCredits(receipt, open, group);
  const outcome = decideBySum(receipt, found, open);
  if (group === undefined || outcome.items === undefined) return outcome;
  // What is a little short of what several owe is for a person: whose it is short of, nobody wrote.
  if (outcome.differences.length > 0) return { rule: 'reference_amount_differs' };
  return { ...outcome, rule: 'reference_sum_of_group', group };
}

/** Credits and debts that are named together and come to the receipt exactly; else a person looks at them. */
function lessCredits(
  receipt: Receipt,
  open: readonly MatchItem[],
  group: PayingForGroup | undefined,
): NamedOutcome {
  const netted = netCredits(receipt, open, group);
  if (netted === undefined) return { rule: 'reference_names_credit' };
  const { items, allocations } = netted;
  const rule = group ? 'reference_sum_of_group' : 'reference_sum_less_credit';
  return { rule, items, allocations, differences: [], netted, group };
}

/** Whether the open amounts of documents come to the receipt: as they are, less discounts, or but for what a rule lets drop. */
function decideBySum(receipt: Receipt, found: Found, open: readonly MatchItem[]): NamedOutcome {
  const { rights } = found;
  const total = open.reduce((sum, item) => sum + item.open.minor, 0n);
  const short = total - receipt.amount.minor;
  const none = open.map(() => 0n);
  if (short === 0n) return settling('reference_sum_exact', open, { discounts: none, differences: [] });
  const discounts = open.map((item) => discountOf(item, rights, receipt.paidOn));
  const net = short - discounts.reduce((sum, minor) => sum + minor, 0n);
  if (net === 0n) return settling('reference_sum_less_discount', open, { discounts, differences: [] });
  if (short > 0n && open.some((item) => isShortBy(item, short, rights)))
    return { rule: 'reference_discount_late' };
  const kept = keptByBanks(open, net, { ...found, stated: receipt.stated });
  if (kept) return settling('reference_sum_less_charge', open, { discounts, differences: [kept] });
  const differences = dropByRule(open, net, found);
  if (differences === undefined) return { rule: 'reference_amount_differs' };
  return settling('reference_sum_within_tolerance', open, { discounts, differences });
}

/** Each document paid wholly: by money, by its discount, and by what is dropped of it. */
function settling(
  rule: ApplyRule,
  open: readonly MatchItem[],
  less: { readonly discounts: readonly bigint[]; readonly differences: readonly NotedDifference[] },
): NamedOutcome {
  const dropped = new Map(less.differences.map((one) => [one.itemId, one.difference.minor]));
  const charged = new Set(
    less.differences.filter((one) => one.kind === 'bank_charge').map((one) => one.itemId),
  );
  const allocations = open.map((item, index): Allocation => {
    const { currency } = item.open;
    const discount = less.discounts[index] ?? 0n;
    const difference = dropped.get(item.id) ?? 0n;
    return {
      itemId: item.id,
      amount: money(item.open.minor - discount - difference, currency),
      ...(discount > 0n ? { discount: money(discount, currency) } : {}),
      ...(difference > 0n ? { difference: money(difference, currency) } : {}),
      ...(charged.has(item.id) ? { differenceKind: 'bank_charge' } : {}),
    };
  });
  return { rule, items: open, allocations, differences: less.differences };
}

/** What is missing of documents, where banks kept it: it is dropped of the largest of them. */
function keptByBanks(
  open: readonly MatchItem[],
  net: bigint,
  known: Pick<KnownDifferences, 'charge' | 'stated'>,
): NotedDifference | undefined {
  const largest = open.reduce((best, item) => (item.open.minor > best.open.minor ? item : best));
  if (net <= 0n || net >= largest.open.minor) return undefined;
  const by = chargeBy(largest, net, known);
  return by && notedCharge(largest, money(net, largest.open.currency), by);
}

/**
 * What is missing of documents, dropped by the rules of the company: within what the rule lets drop of each, and in all within
 * its amount, where it states one. Wholly or not at all.
 */
function dropByRule(
  open: readonly MatchItem[],
  net: bigint,
  { tolerance }: Found,
): readonly NotedDifference[] | undefined {
  if (net <= 0n) return undefined;
  let left = net;
  const differences = open.flatMap((item): readonly NotedDifference[] => {
    const { currency } = item.open;
    const rule = tolerance(item.customerId, currency);
    if (rule === undefined || (rule.amountMax !== null && net > rule.amountMax.minor)) return [];
    const allowed = mostOf(rule, item.amount);
    const minor = left < allowed.minor ? left : allowed.minor;
    if (minor <= 0n || minor >= item.open.minor) return [];
    left -= minor;
    const difference = money(minor, currency);
    return [notedByRule(item, { rule, difference, allowed })];
  });
  return left === 0n ? differences : undefined;
}

type Rights = Found['rights'];

function rightsOf(item: MatchItem, rights: Rights): readonly DiscountRight[] {
  return rights.get(item.id) ?? [];
}

/** The largest discount an item gives whoever pays all of it on a day, in minor units. */
export function discountOf(item: MatchItem, rights: Rights, paidOn: PlainDate): bigint {
  const live = rightsOf(item, rights).filter((right) => !isTooLate(right, paidOn));
  const discounts = live.map((right) => discountOnOpen(right, item).minor);
  return discounts.reduce((best, minor) => (minor > best ? minor : best), 0n);
}

/** Whether a discount of the item, whatever its day, is what a receipt is short by. */
function isShortBy(item: MatchItem, short: bigint, rights: Rights): boolean {
  return rightsOf(item, rights).some((right) => discountOnOpen(right, item).minor === short);
}
