// Credits that a payer took off: a payment that is invoices less open credit notes settles the invoices, the credits a part of
// them and the money the rest. By a machine only where the payer names them all, or where one choice alone comes to the amount.
// Of several customers only where they are one group and the company lets that be.

import type { Json } from '#kernel/canonical.ts';
import type { CustomerId, ItemId } from '#kernel/id.ts';
import { MATCH_DEBTS_MAX } from '#kernel/limits.ts';
import { type Money, money, toDecimal } from '#kernel/money.ts';
import { matchReceipt } from '#matching/receipt.ts';
import { policyOf } from '#paying/matching-rules.ts';
import type { Allocation } from './allocation.ts';
import type { Found, MatchItem, Receipt } from './receipt.ts';
import { dayNumber } from './weighing.ts';

/** This much of a credit for that debt. */
export type Netting = { readonly creditItemId: ItemId; readonly debitItemId: ItemId; readonly amount: Money };

/** Debts that are paid wholly, by credits first and by money for the rest. */
export type Netted = {
  readonly customerId: CustomerId;
  /** Debts and credits, as they were looked at. */
  readonly items: readonly MatchItem[];
  readonly allocations: readonly Allocation[];
  readonly nettings: readonly Netting[];
};

/** Who pays for a group, and whether credits of one of it may be taken off what another owes. */
export type PayingForGroup = { readonly customerId: CustomerId; readonly across: boolean };

/**
 * Settles debts with credits and money that come to them exactly: the credits take the debts due first, in a group those of their
 * own customer before the others. Nothing where they do not come to the amount, belong to several that are no group, or the
 * credits would be all of it.
 */
export function netCredits(
  receipt: Pick<Receipt, 'amount'>,
  items: readonly MatchItem[],
  group?: PayingForGroup,
): Netted | undefined {
  const { currency, minor } = receipt.amount;
  const [first] = items;
  const total = items.reduce((sum, item) => sum + item.open.minor, 0n);
  const isOne = items.every(
    ({ customerId, open }) =>
      open.currency === currency && customerId !== null && (group || customerId === first?.customerId),
  );
  const debts = items.filter((item) => item.open.minor > 0n).toSorted(dueFirst);
  const credits = items.filter((item) => item.open.minor < 0n).toSorted(dueFirst);
  if (first === undefined || first.customerId === null || !isOne || total !== minor || debts.length === 0)
    return undefined;
  const open = debts.map((item) => ({ item, left: item.open.minor }));
  const left = credits.map((item) => ({ item, left: -item.open.minor }));
  const nettings = [
    ...takeOff(left, open, (credit, debt) => credit.customerId === debt.customerId),
    ...(group?.across ? takeOff(left, open, () => true) : []),
  ];
  if (left.some((credit) => credit.left > 0n)) return undefined;
  const allocations = open.flatMap(({ item, left }): readonly Allocation[] =>
    left > 0n ? [{ itemId: item.id, amount: money(left, currency) }] : [],
  );
  const customerId = group?.customerId ?? first.customerId;
  return { customerId, items: [...debts, ...credits], allocations, nettings };
}

type Left = { readonly item: MatchItem; left: bigint };

/** Takes credits off debts that they may go to, one after the other, as much of both as there is left. */
function takeOff(
  credits: readonly Left[],
  debts: readonly Left[],
  mayGo: (credit: MatchItem, debt: MatchItem) => boolean,
): readonly Netting[] {
  return credits.flatMap((credit) =>
    debts.flatMap((debt): readonly Netting[] => {
      const part = credit.left < debt.left ? credit.left : debt.left;
      if (part <= 0n || !mayGo(credit.item, debt.item)) return [];
      debt.left -= part;
      credit.left -= part;
      const amount = money(part, debt.item.open.currency);
      return [{ creditItemId: credit.item.id, debitItemId: debt.item.id, amount }];
    }),
  );
}

function dueFirst(a: MatchItem, b: MatchItem): number {
  return Temporal.PlainDate.compare(a.dueOn, b.dueOn) || (a.id < b.id ? -1 : 1);
}

/** What a search among debts and credits came to. */
export type NettedFound = {
  /** The only choice there is, and sure enough; else what a person may look at. */
  readonly isCertain: boolean;
  /** Every choice that comes to it is known. */
  readonly isKnown: boolean;
  /** Several customers of a group owe it. */
  readonly isOfGroup?: boolean;
  readonly netted: readonly Netted[];
  readonly certificate: { readonly [key: string]: Json };
};

const CHOICES_MAX = 3;

/**
 * Looks for debts of a customer less credits of the same that come to a receipt which no debts alone come to. Certain is the
 * only one of all choices, as sure as the company asks.
 */
export function searchNetted(
  receipt: Receipt,
  found: Known,
  customerId: CustomerId,
): NettedFound | undefined {
  const credits = found.credits.get(customerId) ?? [];
  return credits.length === 0 ? undefined : searchAmong(receipt, found, [customerId], { customerId });
}

/**
 * Looks for debts of several customers of a group, less credits of theirs, that come to a receipt which no debts of one of them
 * come to. Certain is the only one of all choices. Credits of one are taken off what another owes only where that may be.
 */
export function searchOfGroup(
  receipt: Receipt,
  found: Known,
  customerIds: readonly CustomerId[],
  group: PayingForGroup,
): NettedFound | undefined {
  return searchAmong(receipt, found, customerIds, { customerId: group.customerId, group });
}

type Known = Pick<Found, 'debts' | 'credits' | 'conduct'>;

function searchAmong(
  receipt: Receipt,
  found: Known,
  customerIds: readonly CustomerId[],
  payer: { readonly customerId: CustomerId; readonly group?: PayingForGroup },
): NettedFound | undefined {
  const { conduct } = found;
  const { customerId, group } = payer;
  const debts = customerIds.flatMap((id) => found.debts.get(id) ?? []);
  const credits = customerIds.flatMap((id) => found.credits.get(id) ?? []);
  // More than are read: nobody could say that a choice is the only one.
  const isTooMany = credits.length > MATCH_DEBTS_MAX || debts.length > MATCH_DEBTS_MAX;
  if (debts.length === 0 || isTooMany) return undefined;
  const items = new Map<string, MatchItem>([...debts, ...credits].map((item) => [item.id, item]));
  const open = [...items.values()].map((item) => ({
    id: item.id,
    amount: Number(item.open.minor),
    due: dayNumber(item.dueOn),
    issued: dayNumber(item.postedOn),
    number: item.reference,
  }));
  const { certificate, outcome } = matchReceipt(
    { amount: Number(receipt.amount.minor), day: dayNumber(receipt.paidOn), texts: receipt.texts },
    [{ customer: customerId, open, own: conduct.habits(customerId), isSaid: true }],
    { pool: conduct.pool, amounts: conduct.amounts, customers: conduct.customers },
    policyOf(conduct.rules),
  );
  const netted = certificate.choices.flatMap(({ ids, over }): readonly Netted[] => {
    const chosen = ids.flatMap((id) => items.get(id) ?? []);
    const one = over === 0 ? netCredits(receipt, chosen, group) : undefined;
    return one === undefined || (!group && one.nettings.length === 0) ? [] : [one];
  });
  const [only] = netted;
  const isCertain =
    outcome === 'apply' &&
    certificate.rule === 'only_sum' &&
    certificate.proof === 'all_sums_known' &&
    certificate.nearSums === 0 &&
    netted.length === 1 &&
    certificate.choices.length === 1;
  return {
    isCertain,
    isKnown: certificate.proof === 'all_sums_known',
    netted: netted.slice(0, CHOICES_MAX),
    certificate: {
      engine: certificate.version,
      rule: certificate.rule,
      proof: certificate.proof,
      probability: certificate.probability,
      applyFrom: conduct.rules.applyFrom,
      openDocuments: certificate.openDocuments,
      payers: 1,
      payerIsSaid: true,
      sums: certificate.sums,
      nearSums: certificate.nearSums,
      unseen: certificate.unseen,
      disturbed: certificate.disturbed,
      elsewhere: certificate.elsewhere,
      ...(only ? nettedFacts(only) : {}),
    },
  };
}

/** What a certificate says of credits that were netted. */
export function nettedFacts({ items, nettings }: Netted): { readonly [key: string]: Json } {
  const referenceOf = (id: ItemId): string => items.find((item) => item.id === id)?.reference ?? '';
  return {
    documents: items.filter((item) => item.open.minor > 0n).map(({ reference }) => reference),
    creditsNetted: nettings.map(({ creditItemId, debitItemId, amount }) => ({
      credit: referenceOf(creditItemId),
      of: referenceOf(debitItemId),
      amount: toDecimal(amount),
    })),
  };
}
