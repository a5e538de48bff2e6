// Matching: what a receipt is for. The first rule only: a receipt is applied when it names its invoices and pays exactly what
// is open of them (all of it, or less the discounts it earns), or when its payer is known and exactly one of their debts has
// that amount. On any tie it waits.

import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';
import { CANDIDATES_MAX } from '#kernel/limits.ts';
import { type Money, money, toDecimal } from '#kernel/money.ts';
import type { OpenItem } from '#ledger/open-item.ts';
import { type DiscountRight, discountOnOpen, isTooLate } from '#terms/discount.ts';
import type { Allocation } from './allocation.ts';
import { namedKeys, type ReferenceToken } from './reference.ts';

/** What is known of money received when it is asked what it is for. */
export type Receipt = {
  readonly companyId: CompanyId;
  readonly amount: Money;
  /** Value date: what it earns of discounts goes by it. */
  readonly paidOn: PlainDate;
  /** What the payer wrote that could name documents. */
  readonly tokens: readonly ReferenceToken[];
  /** Whose it is, when somebody said so. */
  readonly customerId: CustomerId | null;
  /** The bank says that this is an earlier payment coming back. */
  readonly isReturn: boolean;
};

/** A document's item as matching sees it; `open` is signed. */
export type MatchItem = Pick<
  OpenItem,
  | 'id'
  | 'companyId'
  | 'customerId'
  | 'kind'
  | 'documentId'
  | 'reference'
  | 'amount'
  | 'open'
  | 'postedOn'
  | 'dueOn'
>;

/** What was found for a receipt. */
export type Found = {
  /** Items of invoices and credit notes, open or settled, by the keys that name them. */
  readonly byKey: ReadonlyMap<string, readonly MatchItem[]>;
  /** Customers known to pay from the account the money came from, and customers of exactly the payer's name. */
  readonly byAccount: readonly CustomerId[];
  readonly byName: readonly CustomerId[];
  /** Debts of the payer with exactly the receipt's amount open, or as much less a discount. */
  readonly sameAmount: readonly MatchItem[];
  /** Rights to discounts of the items found, by item. */
  readonly rights: ReadonlyMap<ItemId, readonly DiscountRight[]>;
  /** Other debts that a person may want to see: of the payer, or of this amount. Nothing is applied by them. */
  readonly others: readonly MatchItem[];
  /** False when there was more to find than was read: then nothing is applied. */
  readonly isComplete: boolean;
};

export type ApplyRule =
  | 'reference_sum_exact'
  | 'reference_sum_less_discount'
  | 'payer_amount_unique'
  | 'payer_amount_less_discount';

/** Why a receipt waits. */
export type WaitRule =
  | 'nothing_found'
  | 'reference_of_several_customers'
  | 'reference_ambiguous'
  | 'reference_names_credit'
  | 'reference_amount_differs'
  | 'reference_discount_late'
  | 'reference_in_other_currency'
  | 'reference_already_settled'
  | 'payer_of_several_customers'
  | 'payer_amount_differs'
  | 'payer_amount_not_unique'
  | 'too_many_candidates'
  | 'returned_by_bank';

/** Who seems to have paid, and how that is known. */
export type Payer = { readonly customerId: CustomerId; readonly by: 'known' | 'account' | 'name' };

export type CandidateReason =
  | 'reference_named'
  | 'amount_exact'
  | 'amount_less_discount'
  | 'sum_exact'
  | 'same_customer'
  | 'payer_account'
  | 'payer_name';

export type Candidate = {
  readonly item: MatchItem;
  readonly score: number;
  readonly reasons: readonly CandidateReason[];
};

/** Why a machine applied a receipt, kept with the application. Ids and text only. */
export type Evidence = {
  readonly rule: ApplyRule;
  readonly version: number;
  readonly amount: string;
  readonly currency: string;
  /** The numbers the payer wrote, as they were compared, and the documents they name. */
  readonly named: readonly { readonly key: string; readonly reference: string }[];
  readonly payer: Payer | null;
  /** The discounts that the receipt earned and was short by, together; null where it was not. */
  readonly discount: string | null;
  /** Debts of the payer with the same amount, counted with those applied to, and other debts that were looked at. */
  readonly rivals: { readonly sameAmount: number; readonly others: readonly string[] };
};

/** What is to be done with a receipt. */
export type Match =
  | {
      readonly decision: 'apply';
      readonly rule: ApplyRule;
      readonly customerId: CustomerId;
      readonly paidOn: PlainDate;
      readonly payer: Payer | undefined;
      readonly allocations: readonly Allocation[];
      readonly evidence: Evidence;
      readonly candidates: readonly Candidate[];
    }
  | {
      readonly decision: 'wait';
      readonly rule: WaitRule;
      readonly payer: Payer | undefined;
      readonly candidates: readonly Candidate[];
    };

/** Counted up whenever the rule changes, so that an application says by which it was made. */
const RULE_VERSION = 2;

/**
 * Who paid, if the signs point to exactly one customer: who somebody said it is, else the one customer known to pay from
 * the account, else the one customer of that name. Signs that disagree point to nobody (`several`).
 */
export function identifyPayer(
  receipt: Pick<Receipt, 'customerId'>,
  found: Pick<Found, 'byAccount' | 'byName'>,
): Payer | 'several' | undefined {
  const accounts = new Set(found.byAccount);
  const names = new Set(found.byName);
  if (receipt.customerId !== null) {
    const { customerId } = receipt;
    const by = accounts.has(customerId) ? 'account' : names.has(customerId) ? 'name' : 'known';
    return { customerId, by };
  }
  const both = [...accounts].filter((id) => names.has(id));
  const [first] = both.length === 1 ? both : accounts.size > 0 ? accounts : names;
  if (first === undefined) return undefined;
  if (both.length === 1) return { customerId: first, by: 'account' };
  const certain = accounts.size === 1 ? names.size === 0 : accounts.size === 0 && names.size === 1;
  if (!certain) return 'several';
  return { customerId: first, by: accounts.size === 1 ? 'account' : 'name' };
}

/**
 * What a receipt is for, by the first rule. Documents it names come first: what they say is never outweighed by an amount
 * that happens to fit something else. `rules` can leave the payer's amount out, for when the references of a whole file are
 * to be honoured before amounts are looked at.
 */
export function decideMatch(
  receipt: Receipt,
  found: Found,
  rules: { readonly byAmount: boolean } = { byAmount: true },
): Match {
  const seen = identifyPayer(receipt, found);
  const payer = seen === 'several' ? undefined : seen;
  const named = namedItems(receipt, found);
  const outcome = decideRule(receipt, found, { seen, named, byAmount: rules.byAmount });
  const candidates = rankCandidates(receipt, found, { payer, named });
  if (outcome.items === undefined) return { decision: 'wait', rule: outcome.rule, payer, candidates };
  const customerId = outcome.items[0]?.customerId;
  if (customerId === null || customerId === undefined)
    return { decision: 'wait', rule: 'nothing_found', payer, candidates };
  return {
    decision: 'apply',
    rule: outcome.rule,
    customerId,
    paidOn: receipt.paidOn,
    payer,
    allocations: outcome.items.map((item) => allocationOf(item, receipt, found, outcome.rule)),
    evidence: evidenceOf(receipt, found, { rule: outcome.rule, payer, named, items: outcome.items }),
    candidates,
  };
}

/** Documents of the receipt's company that it names, by key. */
type Named = ReadonlyMap<string, readonly MatchItem[]>;

function namedItems(receipt: Receipt, found: Found): Named {
  const ofCompany = (key: string): readonly MatchItem[] =>
    (found.byKey.get(key) ?? []).filter((item) => item.companyId === receipt.companyId);
  const keys = namedKeys(receipt.tokens, (key) => ofCompany(key).length > 0);
  return new Map(keys.map((key) => [key, ofCompany(key)]));
}

type Outcome =
  | { readonly rule: ApplyRule; readonly items: readonly MatchItem[] }
  | { readonly rule: WaitRule; readonly items?: undefined };

function decideRule(
  receipt: Receipt,
  found: Found,
  seen: { readonly seen: Payer | 'several' | undefined; readonly named: Named; readonly byAmount: boolean },
): Outcome {
  if (receipt.isReturn) return { rule: 'returned_by_bank' };
  if (!found.isComplete) return { rule: 'too_many_candidates' };
  if (seen.named.size > 0) return decideByReference(receipt, found, seen.named);
  if (seen.seen === 'several') return { rule: 'payer_of_several_customers' };
  if (seen.seen === undefined || !seen.byAmount) return { rule: 'nothing_found' };
  return decideByAmount(receipt, found, seen.seen);
}

function decideByReference(receipt: Receipt, found: Found, named: Named): Outcome {
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
  if (short > 0n && short === discountsOf(open, found, receipt.paidOn))
    return { rule: 'reference_sum_less_discount', items: open };
  if (short > 0n && open.some((item) => isShortBy(item, short, found)))
    return { rule: 'reference_discount_late' };
  return { rule: 'reference_amount_differs' };
}

/** The largest discount an item gives whoever pays all of it on a day, in minor units. */
function discountOf(item: MatchItem, found: Found, paidOn: PlainDate): bigint {
  const rights = (found.rights.get(item.id) ?? []).filter((right) => !isTooLate(right, paidOn));
  const discounts = rights.map((right) => discountOnOpen(right, item).minor);
  return discounts.reduce((best, minor) => (minor > best ? minor : best), 0n);
}

function discountsOf(items: readonly MatchItem[], found: Found, paidOn: PlainDate): bigint {
  return items.reduce((total, item) => total + discountOf(item, found, paidOn), 0n);
}

/** Whether a discount of the item, whatever its day, is what a receipt is short by. */
function isShortBy(item: MatchItem, short: bigint, found: Found): boolean {
  return (found.rights.get(item.id) ?? []).some((right) => discountOnOpen(right, item).minor === short);
}

function hasAmountLessDiscount(item: MatchItem, receipt: Receipt, found: Found): boolean {
  const discount = discountOf(item, found, receipt.paidOn);
  const { amount } = receipt;
  return (
    discount > 0n && item.open.currency === amount.currency && item.open.minor - discount === amount.minor
  );
}

const LESS_DISCOUNT: ReadonlySet<string> = new Set<ApplyRule>([
  'reference_sum_less_discount',
  'payer_amount_less_discount',
]);

function allocationOf(item: MatchItem, receipt: Receipt, found: Found, rule: ApplyRule): Allocation {
  if (!LESS_DISCOUNT.has(rule)) return { itemId: item.id, amount: item.open };
  const { currency } = item.open;
  const discount = discountOf(item, found, receipt.paidOn);
  return {
    itemId: item.id,
    amount: money(item.open.minor - discount, currency),
    discount: money(discount, currency),
  };
}

function decideByAmount(receipt: Receipt, found: Found, payer: Payer): Outcome {
  const same = debtsOfAmount(receipt, found).filter((item) => item.customerId === payer.customerId);
  if (same.length === 0) return { rule: 'payer_amount_differs' };
  const [only] = same;
  if (only === undefined || same.length > 1) return { rule: 'payer_amount_not_unique' };
  const rule = hasAmount(only, receipt.amount) ? 'payer_amount_unique' : 'payer_amount_less_discount';
  return { rule, items: [only] };
}

function debtsOfAmount(receipt: Receipt, found: Found): readonly MatchItem[] {
  return unique(found.sameAmount).filter(
    (item) =>
      item.companyId === receipt.companyId &&
      (hasAmount(item, receipt.amount) || hasAmountLessDiscount(item, receipt, found)),
  );
}

function hasAmount(item: MatchItem, amount: Money): boolean {
  return item.open.currency === amount.currency && item.open.minor === amount.minor;
}

function unique(items: readonly MatchItem[]): readonly MatchItem[] {
  return [...new Map(items.map((item) => [item.id, item])).values()];
}

function evidenceOf(
  receipt: Receipt,
  found: Found,
  given: {
    readonly rule: ApplyRule;
    readonly payer: Payer | undefined;
    readonly named: Named;
    readonly items: readonly MatchItem[];
  },
): Evidence {
  const taken = new Set<ItemId>(given.items.map((item) => item.id));
  const rivals = unique([...given.named.values(), found.sameAmount].flat()).filter(
    (item) => !taken.has(item.id),
  );
  return {
    rule: given.rule,
    version: RULE_VERSION,
    amount: toDecimal(receipt.amount),
    currency: receipt.amount.currency,
    named: [...given.named].flatMap(([key, items]) =>
      [...new Set(items.map((item) => item.reference))].map((reference) => ({ key, reference })),
    ),
    payer: given.payer ?? null,
    discount: LESS_DISCOUNT.has(given.rule)
      ? toDecimal(money(discountsOf(given.items, found, receipt.paidOn), receipt.amount.currency))
      : null,
    rivals: {
      sameAmount: debtsOfAmount(receipt, found).length,
      others: rivals.slice(0, CANDIDATES_MAX).map((item) => item.reference),
    },
  };
}

/** What each reason is worth; a candidate has at most 100. */
const WORTH: Readonly<Record<CandidateReason, number>> = {
  reference_named: 50,
  sum_exact: 25,
  amount_exact: 25,
  amount_less_discount: 25,
  same_customer: 20,
  payer_account: 20,
  payer_name: 10,
};

function rankCandidates(
  receipt: Receipt,
  found: Found,
  seen: { readonly payer: Payer | undefined; readonly named: Named },
): readonly Candidate[] {
  const named = unique([...seen.named.values()].flat()).filter((item) => item.open.minor !== 0n);
  const namedIds = new Set(named.map((item) => item.id));
  const sum = named.reduce((total, item) => total + item.open.minor, 0n);
  const all = unique([...named, ...found.sameAmount, ...found.others]).filter(
    (item) =>
      item.companyId === receipt.companyId &&
      item.open.minor > 0n &&
      item.open.currency === receipt.amount.currency,
  );
  const ranked = all.map((item) => {
    const reasons: CandidateReason[] = [];
    if (namedIds.has(item.id)) reasons.push('reference_named');
    if (namedIds.has(item.id) && sum === receipt.amount.minor) reasons.push('sum_exact');
    if (hasAmount(item, receipt.amount)) reasons.push('amount_exact');
    else if (hasAmountLessDiscount(item, receipt, found)) reasons.push('amount_less_discount');
    if (seen.payer !== undefined && item.customerId === seen.payer.customerId)
      reasons.push(REASON_OF_PAYER[seen.payer.by]);
    const score = reasons.reduce((total, reason) => total + WORTH[reason], 0);
    return { item, reasons, score: Math.min(score, 100) };
  });
  return ranked.sort(likelier).slice(0, CANDIDATES_MAX);
}

const REASON_OF_PAYER = { known: 'same_customer', account: 'payer_account', name: 'payer_name' } as const;

/** Higher scores first; of equals the one due first. */
function likelier(a: Candidate, b: Candidate): number {
  return (
    b.score - a.score ||
    Temporal.PlainDate.compare(a.item.dueOn, b.item.dueOn) ||
    (a.item.id < b.item.id ? -1 : 1)
  );
}

/** Whether a payer known from signs is certain enough to record the money as that customer's. */
export function recordedPayer(match: Match): CustomerId | null {
  if (match.decision === 'apply') return match.customerId;
  return match.rule === 'returned_by_bank' ? null : (match.payer?.customerId ?? null);
}
