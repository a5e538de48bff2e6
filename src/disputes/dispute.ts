// A dispute: what a customer says is not owed, of which items, and why. A deduction is a dispute that began with a payment
// that was short. Deciding whether one can be opened, narrowed or closed is here.

import { isAfter, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId, PaymentId } from '#kernel/id.ts';
import { type Money, money, toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { isDebit, type OpenItem } from '#ledger/open-item.ts';
import type { Amounts } from './standing.ts';

/** Who said that something is disputed. */
export const DISPUTE_SOURCES = ['person', 'short_payment', 'portal', 'message', 'import'] as const;
export type DisputeSource = (typeof DISPUTE_SOURCES)[number];

/**
 * How a dispute ended. `valid`: the customer was right, and was credited. `invalid`: the customer was wrong; the item is owed
 * as it was, by its own due date. `goodwill`: given without being owed. `withdrawn`: the customer took it back. `settled`:
 * paid after all. `undone`: what it began with was taken back.
 */
export const DISPUTE_OUTCOMES = ['valid', 'invalid', 'goodwill', 'withdrawn', 'settled', 'undone'] as const;
export type DisputeOutcome = (typeof DISPUTE_OUTCOMES)[number];

/** Outcomes that a person can state. */
export const STATED_OUTCOMES = ['valid', 'invalid', 'goodwill', 'withdrawn', 'settled'] as const;
export type StatedOutcome = (typeof STATED_OUTCOMES)[number];

/** `open`: something is disputed. `settled`: nothing is any more, and nobody decided yet. `closed`: it was decided. */
export const DISPUTE_STATES = ['open', 'settled', 'closed'] as const;
export type DisputeState = (typeof DISPUTE_STATES)[number];

export type Dispute = {
  readonly id: string;
  readonly kind: 'dispute' | 'deduction';
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly currency: string;
  readonly openedOn: PlainDate;
  readonly source: DisputeSource;
  readonly paymentId: PaymentId | null;
  readonly claimNumber: string | null;
  readonly claimCode: string | null;
  readonly duplicateOf: string | null;
};

/** What of an item is disputed. */
export type DisputedPart = { readonly item: OpenItem; readonly amount: Money };

/** What is wanted of an item; without an amount all of it that is not disputed yet. */
export type DisputeWish = { readonly itemId: ItemId; readonly amount?: Money | undefined };

/** What was decided: whose dispute, and over what. */
export type Opening = {
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly currency: string;
  readonly parts: readonly DisputedPart[];
};

/**
 * Decides what is disputed of items that are locked. `disputed` is what is in dispute of them already.
 *
 * Refuses: `not_a_debit`, `item_without_customer`, `dispute_of_several` (items of several companies, customers or
 * currencies), `item_named_twice`, `wrong_currency`, `amount_not_positive`, `exceeds_undisputed` (with what can be disputed still).
 */
export function decideOpening(
  items: readonly OpenItem[],
  wishes: readonly DisputeWish[],
  disputed: ReadonlyMap<ItemId, bigint>,
): Opening {
  const byId = new Map(items.map((item) => [item.id, item]));
  const parts = wishes.map(({ itemId, amount }): DisputedPart => {
    const item = byId.get(itemId);
    if (!item) throw new Refusal('item_not_found', { items: [itemId] });
    return { item, amount: partOf(item, amount, disputed.get(itemId) ?? 0n) };
  });
  if (new Set(wishes.map((wish) => wish.itemId)).size !== wishes.length)
    throw new Refusal('item_named_twice');
  const [first] = parts;
  if (!first) throw new Refusal('item_not_found', { items: [] });
  const { companyId, customerId, amount } = first.item;
  if (customerId === null) throw new Refusal('item_without_customer', { item: first.item.reference });
  const other = parts.find(
    ({ item }) =>
      item.companyId !== companyId ||
      item.customerId !== customerId ||
      item.amount.currency !== amount.currency,
  );
  if (other) throw new Refusal('dispute_of_several', { items: [first.item.reference, other.item.reference] });
  return { companyId, customerId, currency: amount.currency, parts };
}

function partOf(item: OpenItem, wanted: Money | undefined, disputed: bigint): Money {
  const facts = { item: item.reference };
  if (!isDebit(item)) throw new Refusal('not_a_debit', facts);
  const most = money(item.open.minor - disputed, item.open.currency);
  const amount = wanted ?? most;
  if (amount.currency !== most.currency)
    throw new Refusal('wrong_currency', { ...facts, wanted: most.currency, given: amount.currency });
  if (most.minor <= 0n || amount.minor > most.minor)
    throw new Refusal('exceeds_undisputed', { ...facts, given: toDecimal(amount), most: toDecimal(most) });
  if (amount.minor <= 0n) throw new Refusal('amount_not_positive', { ...facts, amount: toDecimal(amount) });
  return amount;
}

/** The day something is said to have happened: today, or an earlier one. Refuses: `dated_in_future`. */
export function statedDay(asked: PlainDate | undefined, today: PlainDate): PlainDate {
  if (asked !== undefined && isAfter(asked, today))
    throw new Refusal('dated_in_future', { on: asked.toString(), last: today.toString() });
  return asked ?? today;
}

/** How a dispute stands. */
export function disputeState(amounts: Amounts, isClosed: boolean): DisputeState {
  if (isClosed) return 'closed';
  return amounts.open > 0n ? 'open' : 'settled';
}

/**
 * Checks that a dispute can end so. Right for the customer means that it was credited or written off, paid means paid: with
 * something still open neither is true.
 *
 * Refuses: `dispute_closed`, `dispute_still_open` (with what is).
 */
export function checkClosing(
  outcome: StatedOutcome,
  dispute: { readonly amounts: Amounts; readonly isClosed: boolean; readonly currency: string },
): void {
  if (dispute.isClosed) throw new Refusal('dispute_closed');
  const { open } = dispute.amounts;
  if (open > 0n && (outcome === 'valid' || outcome === 'goodwill' || outcome === 'settled'))
    throw new Refusal('dispute_still_open', { outcome, open: toDecimal(money(open, dispute.currency)) });
}
