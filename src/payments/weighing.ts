// Asking the engine what a receipt is for: who may have paid and what each of them owes goes in, what it decided comes back in the
// words of this module, with a certificate that a person can read.

import type { PlainDate } from '#kernel/calendar.ts';
import type { Json } from '#kernel/canonical.ts';
import type { CustomerId, ItemId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import type { CertifiedChoice } from '#matching/decision.ts';
import type { OpenDocument } from '#matching/documents.ts';
import { type Explanation, kindOf } from '#matching/explanations.ts';
import type { LearntWay } from '#matching/learnt-way.ts';
import { matchReceipt, type ReceiptDecision } from '#matching/receipt.ts';
import { readReferences } from '#matching/references.ts';
import { policyOf } from '#paying/matching-rules.ts';
import { discountOnOpen, lastDayOf } from '#terms/discount.ts';
import type { Allocation } from './allocation.ts';
import type { Named } from './naming.ts';
import type { Found, MatchItem, Receipt, Suggestion, WaitRule } from './receipt.ts';

/** Who may have paid, and whether something besides amount and text says so. */
export type Asked = { readonly customerIds: readonly CustomerId[]; readonly isSaid: boolean };

/**
 * Who is asked: whom a person named; else whose documents the text names; else those with the account or the name of the
 * payer or a word of theirs in the text, and those below them; else whoever owes just that amount.
 */
export function whoIsAsked(
  receipt: Pick<Receipt, 'customerId'>,
  found: Pick<Found, 'byAccount' | 'byName' | 'byWord' | 'below' | 'byAmount'>,
  named: Named,
): Asked {
  const { customerId: person } = receipt;
  if (person !== null)
    return { customerIds: [...new Set([person, ...belowOf(person, found)])], isSaid: true };
  const owners = [...named.values()].flat().flatMap(({ customerId, open }) => {
    return customerId === null || open.minor === 0n ? [] : [customerId];
  });
  if (owners.length > 0) return { customerIds: [...new Set(owners)], isSaid: true };
  const both = found.byAccount.filter((id) => found.byName.includes(id));
  const meant = (found.byWord ?? []).map(({ customerId }) => customerId);
  const signed = both.length > 0 ? both : [...found.byAccount, ...found.byName, ...meant];
  if (signed.length > 0) return { customerIds: [...new Set([...signed, ...found.below])], isSaid: true };
  return { customerIds: [...new Set(found.byAmount)], isSaid: false };
}

/** Those below a customer whom the signs of the payer point to as well. */
function belowOf(
  customerId: CustomerId,
  { byAccount, byName, below }: Pick<Found, 'byAccount' | 'byName' | 'below'>,
): readonly CustomerId[] {
  const signed = new Set([...byAccount, ...byName]);
  return signed.size === 1 && signed.has(customerId) ? below : [];
}

/** What the engine made of a receipt. */
export type Weighing = {
  readonly outcome: ReceiptDecision['outcome'];
  readonly rule: ReceiptDecision['certificate']['rule'];
  readonly probability: number;
  /** What it would apply or suggest first. */
  readonly best: Suggestion | undefined;
  readonly suggestions: readonly Suggestion[];
  readonly certificate: { readonly [key: string]: Json };
};

/** Items of one document list that a certificate names. */
const NAMED_MAX = 100;
const SUGGESTIONS_MAX = 5;

/**
 * Weighs a receipt against what those who are asked owe; nothing where nobody is asked or nothing is owed. Debts alone are
 * applied only where they stay as sure beside all sums that take credits off: else there are several sums.
 */
export function weigh(receipt: Receipt, found: Found, asked: Asked): Weighing | undefined {
  const alone = weighItems(receipt, found, asked, (id) => found.debts.get(id) ?? []);
  const credited = asked.customerIds.flatMap((id) => found.credits.get(id) ?? []);
  if (alone?.outcome !== 'apply' || credited.length === 0) return alone;
  const beside = weighItems(receipt, found, asked, (id) => [
    ...(found.debts.get(id) ?? []),
    ...(found.credits.get(id) ?? []),
  ]);
  const isSure = beside?.outcome === 'apply' && setOf(beside.best) === setOf(alone.best);
  const suggestions = alone.suggestions.map((one) => ({
    ...one,
    probability: beside?.suggestions.find((other) => setOf(other) === setOf(one))?.probability ?? null,
  }));
  return isSure
    ? { ...beside, best: alone.best, suggestions }
    : { ...alone, outcome: 'suggest', rule: 'several_sums', suggestions };
}

/** Which items a suggestion is of, to be compared. */
export function setOf(suggestion: Suggestion | undefined): string {
  return (suggestion?.items ?? [])
    .map(({ id }) => id)
    .sort()
    .join();
}

function weighItems(
  receipt: Receipt,
  found: Found,
  asked: Asked,
  itemsOfCustomer: (customerId: CustomerId) => readonly MatchItem[],
): Weighing | undefined {
  const { conduct } = found;
  const owing = asked.customerIds.filter((id) => (found.debts.get(id)?.length ?? 0) > 0);
  if (owing.length === 0) return undefined;
  const items = new Map(owing.flatMap(itemsOfCustomer).map((item) => [item.id, item]));
  const decision = matchReceipt(
    {
      amount: Number(receipt.amount.minor),
      day: dayNumber(receipt.paidOn),
      texts: receipt.texts,
    },
    owing.map((customer) => ({
      customer,
      open: itemsOfCustomer(customer).map((item) => documentOf(item, found)),
      own: conduct.habits(customer),
      isSaid: asked.isSaid,
      ways: waysOf(found, customer),
    })),
    { pool: conduct.pool, amounts: conduct.amounts, customers: conduct.customers },
    policyOf(conduct.rules),
  );
  const sums = suggestedSums(receipt, decision, { items, found });
  const explained = decision.explanations.flatMap((one) => explainedSuggestion(receipt, one, items));
  return {
    outcome: decision.outcome,
    rule: decision.certificate.rule,
    probability: decision.certificate.probability,
    best: decision.outcome === 'abstain' ? undefined : (sums[0] ?? explained[0]),
    suggestions: [...sums, ...explained].slice(0, SUGGESTIONS_MAX),
    certificate: certificateOf(decision, { asked, found, items, receipt }),
  };
}

/** Why a receipt waits that the engine did not apply. */
export function waitRuleOf(weighing: Weighing): WaitRule {
  const { rule } = weighing;
  if (rule === 'several_sums' || rule === 'no_sum' || rule === 'amounts_too_large') return rule;
  return 'could_be_coincidence';
}

/** Days from 1 January 1970. */
export function dayNumber(day: PlainDate): number {
  return Date.UTC(day.year, day.month - 1, day.day) / 86_400_000;
}

/** How a customer writes numbers, as far as anything is known of it. */
function waysOf({ conduct }: Found, customerId: CustomerId): readonly LearntWay[] {
  return conduct.ways?.(customerId) ?? [];
}

function documentOf(item: MatchItem, { rights, orders }: Found): OpenDocument {
  const discounts = (rights.get(item.id) ?? []).map((right) => ({
    untilDay: dayNumber(lastDayOf(right)),
    amount: Number(discountOnOpen(right, item).minor),
  }));
  return {
    id: item.id,
    amount: Number(item.open.minor),
    due: dayNumber(item.dueOn),
    issued: dayNumber(item.postedOn),
    number: item.reference,
    orders: orders?.get(item.id) ?? [],
    ...(discounts.length > 0 ? { discounts } : {}),
  };
}

type Items = ReadonlyMap<ItemId, MatchItem>;

/** The choices of a certificate that come to the amount, as a person can accept them; the one decided for comes first. */
function suggestedSums(
  receipt: Receipt,
  decision: ReceiptDecision,
  known: { readonly items: Items; readonly found: Found },
): readonly Suggestion[] {
  return decision.certificate.choices.flatMap((choice): readonly Suggestion[] => {
    const suggestion = sumOfChoice(receipt, choice, known);
    return suggestion === undefined ? [] : [suggestion];
  });
}

function sumOfChoice(
  receipt: Receipt,
  { ids, probability, over }: CertifiedChoice,
  { items, found }: { readonly items: Items; readonly found: Found },
): Suggestion | undefined {
  const chosen = itemsOf(ids, items);
  const [first] = chosen;
  if (first === undefined || first.customerId === null) return undefined;
  const { currency } = receipt.amount;
  const gross = chosen.reduce((sum, item) => sum + item.open.minor, 0n);
  const wanted = receipt.amount.minor + BigInt(over);
  // A choice comes to the amount as it stands, or with every discount of the day taken.
  const isNet = gross !== wanted;
  const allocations = chosen.map((item): Allocation => {
    const discount = isNet ? largestDiscount(item, found, receipt.paidOn) : 0n;
    if (discount === 0n) return { itemId: item.id, amount: item.open };
    return {
      itemId: item.id,
      amount: money(item.open.minor - discount, currency),
      discount: money(discount, currency),
    };
  });
  const paid = allocations.reduce((sum, { amount }) => sum + amount.minor, 0n);
  return {
    customerId: first.customerId,
    probability,
    kind: over === 0 ? 'sum' : 'rounding',
    short: money(paid - receipt.amount.minor, currency),
    allocations,
    items: chosen,
  };
}

/** As `lessDiscounts` of the engine takes it: the largest of the day, where it is less than the item. */
function largestDiscount(item: MatchItem, { rights }: Found, paidOn: PlainDate): bigint {
  const day = dayNumber(paidOn);
  const live = (rights.get(item.id) ?? []).filter((right) => dayNumber(lastDayOf(right)) >= day);
  const most = live.reduce((best, right) => {
    const { minor } = discountOnOpen(right, item);
    return minor > best ? minor : best;
  }, 0n);
  return most < item.open.minor ? most : 0n;
}

function explainedSuggestion(
  receipt: Receipt,
  { kind, documents, short }: Explanation,
  items: Items,
): readonly Suggestion[] {
  const chosen = itemsOf(
    documents.map(({ id }) => id),
    items,
  );
  const [first] = chosen;
  if (first === undefined || first.customerId === null) return [];
  const { currency } = receipt.amount;
  return [
    {
      customerId: first.customerId,
      probability: null,
      kind,
      short: money(BigInt(short), currency),
      allocations: chosen.map((item) => ({ itemId: item.id, amount: item.open })),
      items: chosen,
    },
  ];
}

/** What the documents named in full come to, where that is not the amount: a person sees first what the payer wrote. */
export function explainNamed(
  receipt: Receipt,
  found: Found,
  items: readonly MatchItem[],
): Suggestion | undefined {
  const open = items.filter((item) => item.open.minor > 0n);
  const [first] = open;
  if (first === undefined || first.customerId === null) return undefined;
  const { amount, paidOn } = receipt;
  const short = open.reduce((sum, item) => sum + item.open.minor, 0n) - amount.minor;
  const documents = open.map((item) => documentOf(item, found));
  return {
    customerId: first.customerId,
    probability: null,
    kind: kindOf(documents, Number(short), dayNumber(paidOn)),
    short: money(short, amount.currency),
    allocations: open.map((item) => ({ itemId: item.id, amount: item.open })),
    items: open,
  };
}

function itemsOf(ids: readonly string[], items: Items): readonly MatchItem[] {
  return ids.flatMap((id) => items.get(id as ItemId) ?? []);
}

/** Which words in the text stand for those who were asked, each with what was accepted. */
function learntWordsOf(asked: Asked, { byWord = [] }: Found): { readonly [key: string]: Json } {
  const used = byWord.filter(({ customerId }) => asked.customerIds.includes(customerId));
  return used.length === 0 ? {} : { payerWords: used.map(({ aliasId, written }) => ({ aliasId, written })) };
}

/** Numbers that were read as their customer is known to write them, each with the pattern that was accepted. */
function patternsOf(
  { customer }: Pick<ReceiptDecision, 'customer'>,
  { receipt, found, items }: { readonly receipt: Receipt; readonly found: Found; readonly items: Items },
): { readonly [key: string]: Json } {
  const ways = customer === undefined ? [] : waysOf(found, customer as CustomerId);
  if (ways.length === 0) return {};
  const own = [...items.values()].filter(({ customerId }) => customerId === customer);
  const documents = own.map((item) => documentOf(item, found));
  const read = readReferences(receipt.texts, documents, ways).named;
  const patterns = read.flatMap(({ token, documents: meant, learnt }): readonly Json[] =>
    learnt === undefined
      ? []
      : [
          {
            patternId: learnt.id,
            written: token,
            documents: meant.map(({ number = '' }) => number),
            right: learnt.right,
          },
        ],
  );
  return patterns.length === 0 ? {} : { patterns };
}

/** The certificate with the names of documents, which stay when ids say nothing any more. */
function certificateOf(
  decision: ReceiptDecision,
  given: { readonly asked: Asked; readonly found: Found; readonly items: Items; readonly receipt: Receipt },
): { readonly [key: string]: Json } {
  const { certificate } = decision;
  const { asked, found, items } = given;
  const { rules } = found.conduct;
  return {
    engine: certificate.version,
    rule: certificate.rule,
    proof: certificate.proof,
    probability: certificate.probability,
    applyFrom: rules.applyFrom,
    openDocuments: certificate.openDocuments,
    payers: asked.customerIds.length,
    payerIsSaid: asked.isSaid,
    ...learntWordsOf(asked, found),
    ...patternsOf(decision, given),
    paymentsLearntFrom: asked.customerIds.reduce(
      (sum, id) => sum + Math.round(found.conduct.habits(id).payments),
      0,
    ),
    sums: certificate.sums,
    nearSums: certificate.nearSums,
    unseen: certificate.unseen,
    disturbed: certificate.disturbed,
    elsewhere: certificate.elsewhere,
    choices: certificate.choices.map((choice) => ({
      documents: itemsOf(choice.ids.slice(0, NAMED_MAX), items).map(({ reference }) => reference),
      size: choice.ids.length,
      probability: choice.probability,
      habit: choice.generator,
      over: choice.over,
    })),
  };
}
