// What documents named in a text say for certain: a receipt that names them and pays exactly what is open of them (all of it, or
// less the discounts it earns) is for them. What they say is never outweighed by an amount that happens to fit something else.

import type { PlainDate } from '#kernel/calendar.ts';
import { type DiscountRight, discountOnOpen, isTooLate } from '#terms/discount.ts';
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

/** What names come to: items that are paid, or why they do not settle it. */
export type NamedOutcome =
  | { readonly rule: ApplyRule; readonly items: readonly MatchItem[] }
  | { readonly rule: WaitRule; readonly items?: undefined };

/** What the documents named come to; nothing where none is named. */
export function decideByNames(receipt: Receipt, found: Found, named: Named): NamedOutcome | undefined {
  if (named.size === 0) return undefined;
  const items = unique([...named.values()].flat());
  const customers = new Set(items.map((item) => item.customerId));
  // What a person said of the payer is not overruled by a number in a text.
  if (receipt.customerId !== null) customers.add(receipt.customerId);
  if (customers.size > 1) return { rule: 'reference_of_several_customers' };
  for (const some of named.values())
    if (new Set(some.map((item) => item.documentId)).size > 1) return { rule: 'reference_ambiguous' };
  const open = items.filter((item) => item.open.minor !== 0n);
  if (open.length === 0) return { rule: 'reference_already_settled' };
  if (open.some((item) => item.open.currency !== receipt.amount.currency))
    return { rule: 'reference_in_other_currency' };
  if (open.some((item) => item.open.minor < 0n)) return { rule: 'reference_names_credit' };
  const total = open.reduce((sum, item) => sum + item.open.minor, 0n);
  if (total === receipt.amount.minor) return { rule: 'reference_sum_exact', items: open };
  const short = total - receipt.amount.minor;
  if (short > 0n && short === discountsOf(open, found.rights, receipt.paidOn))
    return { rule: 'reference_sum_less_discount', items: open };
  if (short > 0n && open.some((item) => isShortBy(item, short, found.rights)))
    return { rule: 'reference_discount_late' };
  return { rule: 'reference_amount_differs' };
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

/** The discounts of several items together. */
export function discountsOf(items: readonly MatchItem[], rights: Rights, paidOn: PlainDate): bigint {
  return items.reduce((total, item) => total + discountOf(item, rights, paidOn), 0n);
}

/** Whether a discount of the item, whatever its day, is what a receipt is short by. */
function isShortBy(item: MatchItem, short: bigint, rights: Rights): boolean {
  return rightsOf(item, rights).some((right) => discountOnOpen(right, item).minor === short);
}
