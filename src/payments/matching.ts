// Matching: what a receipt is for. Documents that it names and pays exactly come first; then all that speaks for it is weighed
// (module `matching`), and it is applied where that is sure enough for its company. On any tie it waits.

import type { Json } from '#kernel/canonical.ts';
import type { CustomerId } from '#kernel/id.ts';
import { money, toDecimal } from '#kernel/money.ts';
import { type CustomerMatching, START_MATCHING } from '#paying/matching-rules.ts';
import type { Allocation } from './allocation.ts';
import { rankCandidates } from './candidates.ts';
import type { NotedDifference } from './differing.ts';
import { groupFacts, groupOf, isOneGroup } from './group.ts';
import { decideByNames, type Named, type NamedOutcome, namedItems } from './naming.ts';
import {
  type Netted,
  type NettedFound,
  type Netting,
  nettedFacts,
  searchNetted,
  searchOfGroup,
} from './netting.ts';
import {
  type ApplyRule,
  type Found,
  type Match,
  type MatchItem,
  type Payer,
  type Receipt,
  type Suggestion,
  unique,
  type WaitRule,
} from './receipt.ts';
import { payableDebts, spreadAlike, spreadOldestFirst } from './spreading.ts';
import { type Asked, explainNamed, setOf, type Weighing, waitRuleOf, weigh, whoIsAsked } from './weighing.ts';

/** Counted up whenever a rule changes, so that an application says by which it was made. */
const RULE_VERSION = 6;

/**
 * Who paid, if the signs point to exactly one customer: who somebody said it is, else the one customer known to pay from
 * the account, else the one customer of that name, else the one whom words in the text stand for. Signs that disagree point to
 * nobody (`several`).
 */
export function identifyPayer(
  receipt: Pick<Receipt, 'customerId'>,
  found: Pick<Found, 'byAccount' | 'byName' | 'byWord'>,
): Payer | 'several' | undefined {
  const accounts = new Set(found.byAccount);
  const names = new Set(found.byName);
  if (receipt.customerId !== null) {
    const { customerId } = receipt;
    const by = accounts.has(customerId) ? 'account' : names.has(customerId) ? 'name' : 'known';
    return { customerId, by };
  }
  const both = [...accounts].filter((id) => names.has(id));
  const words = new Set((found.byWord ?? []).map(({ customerId }) => customerId));
  const [first] = both.length === 1 ? both : accounts.size > 0 ? accounts : names.size > 0 ? names : words;
  if (first === undefined) return undefined;
  if ([...words].some((id) => id !== first)) return 'several';
  if (accounts.size + names.size === 0) return { customerId: first, by: 'word' };
  if (both.length === 1) return { customerId: first, by: 'account' };
  const certain = accounts.size === 1 ? names.size === 0 : accounts.size === 0 && names.size === 1;
  if (!certain) return 'several';
  return { customerId: first, by: accounts.size === 1 ? 'account' : 'name' };
}

/** Reasons to wait that no weighing outweighs: what the payer wrote, or the bank, says that it is something else. */
const FINAL: ReadonlySet<WaitRule> = new Set<WaitRule>([
  'reference_of_several_customers',
  'reference_ambiguous',
  'reference_discount_late',
  'reference_in_other_currency',
  'reference_already_settled',
]);

/**
 * What a receipt is for. `rules` can leave weighing out, for when the references of a whole file are to be honoured before
 * amounts are looked at.
 */
export function decideMatch(
  receipt: Receipt,
  found: Found,
  rules: { readonly byAmount: boolean } = { byAmount: true },
): Match {
  const seen = identifyPayer(receipt, found);
  const payer = seen === 'several' ? undefined : seen;
  const named = namedItems(receipt, found);
  if (receipt.isReturn) return waiting('returned_by_bank', receipt, found, { payer, named });
  if (!found.isComplete) return waiting('too_many_candidates', receipt, found, { payer, named });
  const said = decideByNames(receipt, found, named, payer?.customerId);
  const asked = whoIsAsked(receipt, found, named);
  const matching = matchingOf(found, asked);
  if (matching.method === 'manual') {
    const weighing = rules.byAmount ? weigh(receipt, found, asked) : undefined;
    return waiting('customer_by_hand', receipt, found, { payer, named, weighing });
  }
  if (said?.items !== undefined) return applyNamed(receipt, found, { payer, named, ...said });
  if (!rules.byAmount) return waiting(said?.rule ?? 'nothing_found', receipt, found, { payer, named });
  const isLookedAt = asked.isSaid || found.conduct.rules.unknownPayers !== 'never';
  const alone = isLookedAt ? weigh(receipt, found, asked) : undefined;
  const weighing = besideGroup(receipt, found, { payer, asked }, alone);
  const known = { payer, named, weighing, said, asked, matching };
  const applied = applyWeighed(receipt, found, known) ?? applySpread(receipt, found, known);
  if (applied !== undefined) return applied;
  const less = lookForNetted(receipt, found, known) ?? lookForGroup(receipt, found, known);
  return applyNetted(receipt, found, { ...known, less }) ?? wait(receipt, found, { ...known, less });
}

/** How receipts of those who are asked are applied: as the one of them is, or by hand where any of several wants that. */
function matchingOf({ conduct }: Found, { customerIds }: Asked): CustomerMatching {
  const all = customerIds.map(conduct.matching);
  const [only] = all;
  if (all.length === 1 && only !== undefined) return only;
  return all.find(({ method }) => method === 'manual') ?? START_MATCHING;
}

type Looked = {
  readonly payer: Payer | undefined;
  readonly named: Named;
  readonly weighing?: Weighing | undefined;
};
type Known = Looked & {
  readonly less?: NettedFound | undefined;
  readonly said: NamedOutcome | undefined;
  readonly asked: Asked;
  readonly matching: CustomerMatching;
};

function shownOf(receipt: Receipt, found: Found, { payer, named, weighing }: Looked) {
  const best = weighing?.best;
  const candidates = rankCandidates(receipt, found, { payer, named, best });
  return { payer, candidates, suggestions: weighing?.suggestions ?? [] };
}

const DIFFERS: ReadonlySet<WaitRule> = new Set<WaitRule>([
  'reference_amount_differs',
  'reference_discount_late',
]);

function waiting(rule: WaitRule, receipt: Receipt, found: Found, looked: Looked): Match {
  const shown = shownOf(receipt, found, looked);
  const named = namedSuggestion(rule, receipt, found, looked);
  if (named === undefined) return { decision: 'wait', rule, ...shown };
  const others = shown.suggestions.filter((one) => setOf(one) !== setOf(named));
  return { decision: 'wait', rule, ...shown, suggestions: [named, ...others] };
}

/** What the payer named, as a person may take it where a machine does not. */
function namedSuggestion(
  rule: WaitRule,
  receipt: Receipt,
  found: Found,
  { named, payer }: Looked,
): Suggestion | undefined {
  const items = unique([...named.values()].flat());
  if (DIFFERS.has(rule)) return explainNamed(receipt, found, items);
  if (rule !== 'reference_of_several_customers') return undefined;
  // A third party that pays for several who are no group: taken together only where they come to the amount, by a person.
  const open = items.filter((item) => item.open.minor > 0n && item.open.currency === receipt.amount.currency);
  const sum = open.reduce((total, item) => total + item.open.minor, 0n);
  const customerId = payer?.customerId ?? open[0]?.customerId;
  if (sum !== receipt.amount.minor || !customerId) return undefined;
  const allocations = open.map((item) => ({ itemId: item.id, amount: item.open }));
  const short = money(0n, receipt.amount.currency);
  return { customerId, probability: null, kind: 'sum', short, allocations, items: open };
}

// — by names —

function applyNamed(
  receipt: Receipt,
  found: Found,
  looked: Looked & Extract<NamedOutcome, { readonly allocations: unknown }>,
): Match {
  const { rule, items, allocations, differences, netted, group } = looked;
  const customerId = group?.customerId ?? items[0]?.customerId ?? undefined;
  if (customerId === undefined) return waiting('nothing_found', receipt, found, looked);
  const certificate = {
    rule,
    proof: 'documents_named',
    documents: items.map(({ reference }) => reference),
    ...(netted ? nettedFacts(netted) : {}),
    ...(group
      ? groupFacts(
          found,
          customerId,
          items.map((item) => item.customerId),
        )
      : {}),
  };
  const nettings = netted?.nettings ?? [];
  const applied = {
    rule,
    customerId,
    allocations,
    items,
    differences,
    nettings,
    certificate,
    probability: null,
  };
  return applying(receipt, found, looked, applied);
}

// — by weighing —

function applyWeighed(receipt: Receipt, found: Found, known: Known): Match | undefined {
  const { weighing, said, asked, named, matching } = known;
  if (weighing?.outcome !== 'apply' || weighing.best === undefined) return undefined;
  // Several may have been asked; what counts is the method of the one whose debts fit.
  const { method } = found.conduct.matching(weighing.best.customerId);
  if (matching.method === 'by_reference' || method === 'by_reference') return undefined;
  if (said !== undefined && FINAL.has(said.rule as WaitRule)) return undefined;
  if (!asked.isSaid && found.conduct.rules.unknownPayers !== 'apply') return undefined;
  if (!hasAllNamed(weighing.best, named)) return undefined;
  const { customerId, allocations, items } = weighing.best;
  return applying(receipt, found, known, {
    rule: weighing.rule as ApplyRule,
    customerId,
    allocations,
    items,
    certificate: weighing.certificate,
    probability: weighing.probability,
  });
}

/**
 * What one customer owes is applied where the payer may pay for all of a group only if nothing that several of them owe comes
 * to the amount too: else there are several sums.
 */
function besideGroup(
  receipt: Receipt,
  found: Found,
  { payer, asked }: Pick<Known, 'payer' | 'asked'>,
  weighing: Weighing | undefined,
): Weighing | undefined {
  if (weighing?.outcome !== 'apply' || asked.customerIds.length < 2) return weighing;
  const group = groupOf(found, payer?.customerId, asked.customerIds);
  if (group === undefined) return weighing;
  const all = searchOfGroup(receipt, found, asked.customerIds, group);
  const best = setOf(weighing.best);
  const others = (all?.netted ?? [])
    .map((one) => nettedSuggestion(receipt, one))
    .filter((one) => setOf(one) !== best);
  if (all?.isKnown && others.length === 0) return weighing;
  const suggestions = [...weighing.suggestions, ...others];
  return { ...weighing, outcome: 'suggest', rule: 'several_sums', suggestions };
}

/** What the payer wrote in full is never left out by a machine. */
function hasAllNamed(best: Suggestion, named: Named): boolean {
  const chosen = new Set(best.items.map((item) => item.id));
  return [...named.values()].flat().every((item) => item.open.minor === 0n || chosen.has(item.id));
}

// — by the customer's method —

function applySpread(receipt: Receipt, found: Found, known: Known): Match | undefined {
  const { payer, matching, named } = known;
  const { method } = matching;
  if (payer === undefined || named.size > 0) return undefined;
  if (method !== 'oldest_first' && method !== 'proportional') return undefined;
  const debts = payableDebts(found.debts.get(payer.customerId) ?? [], matching, found.disputed);
  const spread = method === 'oldest_first' ? spreadOldestFirst : spreadAlike;
  const allocations = spread(debts, receipt.amount);
  if (allocations.length === 0) return undefined;
  const paid = new Set(allocations.map(({ itemId }) => itemId));
  const items = debts.filter((item) => paid.has(item.id));
  return applying(receipt, found, known, {
    rule: method,
    customerId: payer.customerId,
    allocations,
    items,
    certificate: {
      rule: method,
      proof: 'method_of_the_customer',
      withDisputed: matching.withDisputed,
      documents: items.map(({ reference }) => reference),
      weighed: known.weighing?.certificate ?? null,
    },
    probability: null,
  });
}

// — less credits —

/**
 * Debts less credits of the one payer who is said, where no document is named: certain only where no sum of debts alone comes
 * to it; beside several sums, what a person may look at.
 */
function lookForNetted(receipt: Receipt, found: Found, known: Known): NettedFound | undefined {
  const { asked, said, weighing } = known;
  const [payer, other] = asked.customerIds;
  if (!asked.isSaid || said !== undefined || payer === undefined || other !== undefined) return undefined;
  if (weighing === undefined || weighing.rule === 'no_sum') return searchNetted(receipt, found, payer);
  if (weighing.rule !== 'several_sums') return undefined;
  const less = searchNetted(receipt, found, payer);
  return less && { ...less, isCertain: false };
}

/**
 * Debts of several of the group that is below the payer, less credits, where no document is named and nothing that one of them
 * owes alone comes to it. Where the company lets no such receipt be applied, it is what a person may look at.
 */
function lookForGroup(receipt: Receipt, found: Found, known: Known): NettedFound | undefined {
  const { asked, said, weighing, payer } = known;
  const isSeveral = asked.customerIds.length > 1 && isOneGroup(found, asked.customerIds);
  if (!asked.isSaid || said !== undefined || payer === undefined || !isSeveral) return undefined;
  if (weighing?.rule !== 'no_sum') return undefined;
  const may = groupOf(found, payer.customerId, asked.customerIds);
  const group = may ?? { customerId: payer.customerId, across: false };
  const less = searchOfGroup(receipt, found, asked.customerIds, group);
  if (less === undefined) return undefined;
  const of = less.netted[0]?.items.map((item) => item.customerId) ?? [];
  const certificate = { ...less.certificate, ...groupFacts(found, payer.customerId, of) };
  return { ...less, certificate, isOfGroup: true, isCertain: less.isCertain && may !== undefined };
}

function applyNetted(receipt: Receipt, found: Found, known: Known): Match | undefined {
  const { less, matching } = known;
  const [netted] = less?.netted ?? [];
  if (less === undefined || netted === undefined || !less.isCertain) return undefined;
  const methods = [matching, ...[netted, ...netted.items].map((one) => methodOf(found, one))];
  if (methods.some(({ method }) => method === 'by_reference')) return undefined;
  const { customerId, allocations, items, nettings } = netted;
  const { certificate } = less;
  const probability = typeof certificate.probability === 'number' ? certificate.probability : null;
  const rule = less.isOfGroup ? 'only_sum_of_group' : 'only_sum_less_credit';
  return applying(receipt, found, known, {
    ...{ rule, customerId, allocations, items, nettings, certificate, probability },
  });
}

function methodOf(
  { conduct }: Found,
  { customerId }: { readonly customerId: CustomerId | null },
): CustomerMatching {
  return customerId === null ? START_MATCHING : conduct.matching(customerId);
}

/** Debts with what the money pays of them, where the payer took credits off; the credits are among the items. */
function nettedSuggestion(
  receipt: Receipt,
  { customerId, allocations, nettings, items }: Omit<Netted, 'items'> & Pick<Suggestion, 'items'>,
): Suggestion {
  const short = money(0n, receipt.amount.currency);
  return { customerId, probability: null, kind: 'sum', short, allocations, nettings, items };
}

// — waiting —

function wait(receipt: Receipt, found: Found, known: Known): Match {
  const match = waiting(waitingRule(receipt, found, known), receipt, found, known);
  const less = (known.less?.netted ?? []).map((one) => nettedSuggestion(receipt, one));
  return { ...match, suggestions: [...match.suggestions, ...less] };
}

function waitingRule(receipt: Receipt, found: Found, known: Known): WaitRule {
  const { said, weighing, asked, matching } = known;
  if (said !== undefined) return said.rule as WaitRule;
  if (weighing === undefined)
    return identifyPayer(receipt, found) === 'several' ? 'payer_of_several_customers' : 'nothing_found';
  const best = weighing.best && found.conduct.matching(weighing.best.customerId);
  if (weighing.outcome === 'apply' && best?.method === 'by_reference') return 'customer_by_reference';
  if (matching.method === 'by_reference') return 'customer_by_reference';
  if (!asked.isSaid) return 'payer_unknown';
  if (identifyPayer(receipt, found) === 'several') return 'payer_of_several_customers';
  return waitRuleOf(weighing);
}

// — applying —

function applying(
  receipt: Receipt,
  found: Found,
  looked: Looked,
  applied: {
    readonly rule: ApplyRule;
    readonly customerId: CustomerId;
    readonly allocations: readonly Allocation[];
    readonly items: readonly MatchItem[];
    readonly differences?: readonly NotedDifference[];
    readonly nettings?: readonly Netting[];
    readonly certificate: { readonly [key: string]: Json };
    readonly probability: number | null;
  },
): Match {
  const { rule, customerId, allocations, items, differences = [], nettings = [] } = applied;
  const { certificate, probability } = applied;
  const { currency } = receipt.amount;
  const shown = shownOf(receipt, found, looked);
  const discount = allocations.reduce((sum, one) => sum + (one.discount?.minor ?? 0n), 0n);
  const difference = differences.reduce((sum, one) => sum + one.difference.minor, 0n);
  return {
    decision: 'apply',
    rule,
    customerId,
    paidOn: receipt.paidOn,
    allocations,
    nettings,
    differences,
    items,
    certificate,
    evidence: {
      rule,
      version: RULE_VERSION,
      amount: toDecimal(receipt.amount),
      currency,
      named: [...looked.named].flatMap(([key, some]) =>
        [...new Set(some.map((item) => item.reference))].map((reference) => ({ key, reference })),
      ),
      payer: looked.payer ?? null,
      discount: discount > 0n ? toDecimal(money(discount, currency)) : null,
      difference: difference > 0n ? toDecimal(money(difference, currency)) : null,
      probability,
    },
    ...shown,
    suggestions: withApplied(nettedSuggestion(receipt, { ...applied, nettings }), shown.suggestions),
  };
}

/** What a machine would apply is what a person who comes first may take by one key. */
function withApplied(applied: Suggestion, others: readonly Suggestion[]): readonly Suggestion[] {
  const set = setOf(applied);
  const known = others.find((one) => setOf(one) === set);
  // Weighed, it says how sure that was; what credits go with it, and what discounts are taken, it says as it would be applied.
  const first = known && (applied.nettings ?? []).length === 0 ? known : applied;
  return [first, ...others.filter((one) => setOf(one) !== set)];
}

/** Whether a receipt that waits may be applied once all references of a file were honoured. */
export function mayBeWeighed(match: Match): boolean {
  if (match.decision === 'apply') return false;
  return !FINAL.has(match.rule) && !SETTLED_OTHERWISE.has(match.rule);
}

const SETTLED_OTHERWISE: ReadonlySet<WaitRule> = new Set<WaitRule>([
  'returned_by_bank',
  'customer_by_hand',
  'too_many_candidates',
]);

/** Whether a payer known from signs is certain enough to record the money as that customer's. */
export function recordedPayer(match: Match): CustomerId | null {
  if (match.decision === 'apply') return match.customerId;
  return match.rule === 'returned_by_bank' ? null : (match.payer?.customerId ?? null);
}
