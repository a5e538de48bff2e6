// A receipt as matching sees it, what is found for it, and what becomes of it.

import type { PlainDate } from '#kernel/calendar.ts';
import type { Json } from '#kernel/canonical.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';
import type { Money } from '#kernel/money.ts';
import type { OpenItem } from '#ledger/open-item.ts';
import type { AmountHabits } from '#matching/amounts.ts';
import type { ExplanationKind } from '#matching/explanations.ts';
import type { Habits } from '#matching/habits.ts';
import type { LearntWay } from '#matching/learnt-way.ts';
import type { CustomerMatching, MatchingRules } from '#paying/matching-rules.ts';
import type { LearntWord } from '#paying/read-aliases.ts';
import type { DiscountRight } from '#terms/discount.ts';
import type { Allocation } from './allocation.ts';
import type { KnownDifferences, NotedDifference } from './differing.ts';
import type { Netting } from './netting.ts';
import type { ReferenceToken } from './reference.ts';

/** What is known of money received when it is asked what it is for. */
export type Receipt = {
  readonly companyId: CompanyId;
  readonly amount: Money;
  /** Value date: what it earns of discounts goes by it. */
  readonly paidOn: PlainDate;
  /** All that the payer wrote, and what of it could name documents. */
  readonly texts: readonly string[];
  readonly tokens: readonly ReferenceToken[];
  /** Whose it is, when somebody said so. */
  readonly customerId: CustomerId | null;
  /** The bank says that this is an earlier payment coming back. */
  readonly isReturn: boolean;
  /** What the bank says was kept of it on its way, in minor units of its currency. */
  readonly stated: bigint;
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

/** How customers pay the receipt's company, and how far the machine may go by it. */
export type Conduct = {
  readonly rules: MatchingRules;
  readonly matching: (customerId: CustomerId) => CustomerMatching;
  readonly habits: (customerId: CustomerId) => Habits;
  /** How they write numbers of documents, as people accepted it; left out, as they stand. */
  readonly ways?: (customerId: CustomerId) => readonly LearntWay[];
  readonly pool: Habits;
  readonly amounts: AmountHabits;
  /** How many customers there are. */
  readonly customers: number;
};

/** What was found for a receipt. */
export type Found = {
  /** Items of invoices and credit notes, open or settled, by the keys that name them. */
  readonly byKey: ReadonlyMap<string, readonly MatchItem[]>;
  /** Customers known to pay from the account the money came from, and customers of exactly the payer's name. */
  readonly byAccount: readonly CustomerId[];
  readonly byName: readonly CustomerId[];
  /** Customers whom words in the payer's texts stand for, as people accepted it. */
  readonly byWord?: readonly LearntWord[] | undefined;
  /** Customers below those: a parent pays for its subsidiaries. */
  readonly below: readonly CustomerId[];
  /** Customers who owe exactly the amount in one sum, where nothing else says who paid. */
  readonly byAmount: readonly CustomerId[];
  /** All debts of those who may have paid, in the receipt's company and currency. */
  readonly debts: ReadonlyMap<CustomerId, readonly MatchItem[]>;
  /** Open credit notes of those who may have paid, in the receipt's company and currency. */
  readonly credits: ReadonlyMap<CustomerId, readonly MatchItem[]>;
  /** Of these debts, the items of which something is disputed. */
  readonly disputed: ReadonlySet<ItemId>;
  /** Rights to discounts of the items found, by item. */
  readonly rights: ReadonlyMap<ItemId, readonly DiscountRight[]>;
  /** Purchase orders on the debts of those who name them in place of our numbers. */
  readonly orders?: ReadonlyMap<ItemId, readonly string[]> | undefined;
  /** Other debts that a person may want to see. Nothing is applied by them. */
  readonly others: readonly MatchItem[];
  /** The customer whose name is nearly the payer's, where a person looks and nobody else is known. */
  readonly alike?: CustomerId | undefined;
  /** False when there was more to find than was read: then nothing is applied. */
  readonly isComplete: boolean;
  /** Of customers named beside others, and of who may have paid for them: whom their group is led by, and their name. */
  readonly group?: ReadonlyMap<CustomerId, GroupMember> | undefined;
  /** What may be dropped by rule of an item of a customer, on the receipt's value date. */
  readonly tolerance: KnownDifferences['tolerance'];
  /** What banks may have kept of it on its way, likewise. */
  readonly charge: KnownDifferences['charge'];
  readonly conduct: Conduct;
};

/** A customer as one of a group: the topmost above it, or itself. */
export type GroupMember = { readonly head: CustomerId; readonly name: string };

/** By which rule a machine applied a receipt. */
export type ApplyRule =
  | 'reference_sum_exact'
  | 'reference_sum_less_discount'
  | 'reference_sum_less_charge'
  | 'reference_sum_within_tolerance'
  | 'reference_sum_less_credit'
  | 'reference_sum_of_group'
  | 'only_sum'
  | 'only_sum_less_credit'
  | 'only_sum_of_group'
  | 'likeliest_of_all_sums'
  | 'likeliest_by_habit'
  | 'oldest_first'
  | 'proportional';

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
  | 'payer_unknown'
  | 'several_sums'
  | 'could_be_coincidence'
  | 'no_sum'
  | 'amounts_too_large'
  | 'customer_by_reference'
  | 'customer_by_hand'
  | 'too_many_candidates'
  | 'returned_by_bank';

/** Who seems to have paid, and how that is known. */
export type Payer = { readonly customerId: CustomerId; readonly by: 'known' | 'account' | 'name' | 'word' };

export type CandidateReason =
  | 'reference_named'
  | 'amount_exact'
  | 'amount_less_discount'
  | 'sum_exact'
  | 'suggested'
  | 'same_customer'
  | 'payer_account'
  | 'payer_word'
  | 'payer_name'
  | 'similar_name';

export type Candidate = {
  readonly item: MatchItem;
  readonly score: number;
  readonly reasons: readonly CandidateReason[];
};

/** What a receipt may be for, for a person to accept. */
export type Suggestion = {
  readonly customerId: CustomerId;
  /** How probable it is; null where it explains an amount that is the sum of nothing. */
  readonly probability: number | null;
  /** A sum of documents, or what the amount is less or more than one. */
  readonly kind: 'sum' | ExplanationKind;
  /** What the documents come to above the amount; below zero where more was paid. Discounts are taken off before. */
  readonly short: Money;
  readonly allocations: readonly Allocation[];
  /** Credits taken off first; none where the money pays all. */
  readonly nettings?: readonly Netting[];
  readonly items: readonly MatchItem[];
};

/** Why a machine applied a receipt, kept with each application. Ids and text only; `certificate` is kept once. */
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
  /** What was dropped by rule; null where nothing was. */
  readonly difference: string | null;
  /** How probable it was taken to be; null where it was not weighed. */
  readonly probability: number | null;
};

type Shown = {
  readonly payer: Payer | undefined;
  readonly candidates: readonly Candidate[];
  readonly suggestions: readonly Suggestion[];
};

/** What is to be done with a receipt. */
export type Match =
  | (Shown & {
      readonly decision: 'apply';
      readonly rule: ApplyRule;
      readonly customerId: CustomerId;
      readonly paidOn: PlainDate;
      readonly allocations: readonly Allocation[];
      /** Credits that settle a part of the items beside the money. */
      readonly nettings: readonly Netting[];
      /** What is dropped of them, and by which rule. */
      readonly differences: readonly NotedDifference[];
      /** The items as they were looked at: they must be so still when it is done. */
      readonly items: readonly MatchItem[];
      readonly evidence: Evidence;
      /** What was looked at, what else would fit, and how sure it is. */
      readonly certificate: { readonly [key: string]: Json };
    })
  | (Shown & { readonly decision: 'wait'; readonly rule: WaitRule });

/** Items, each once. */
export function unique(items: readonly MatchItem[]): readonly MatchItem[] {
  return [...new Map(items.map((item) => [item.id, item])).values()];
}
