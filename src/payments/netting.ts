// Credits that a payer took off: a payment that is invoices less open credit notes settles the invoices, the credits a part of
// them and the money the rest. By a machine only where the payer names them all, or where one choice alone comes to the amount.

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

/**
 * Settles debts with credits and money that come to them exactly: the credits take the debts due first. Nothing where they do
 * not come to the amount, belong to several, or the credits would be all of it.
 */
export function netCredits(
  receipt: Pick<Receipt, 'amount'>,
  items: readonly MatchItem[],
): Netted | undefined {
  const { currency, minor } = receipt.amount;
  const [first] = items;
  const total = items.reduce((sum, item) => sum + item.open.minor, 0n);
  const isOne = items.every(
    (item) => item.customerId === first?.customerId && item.open.currency === currency,
  );
  const debts = items.filter((item) => item.open.minor > 0n).toSorted(dueFirst);
  const credits = items.filter((item) => item.open.minor < 0n).toSorted(dueFirst);
  if (first === undefined || first.customerId === null || !isOne || total !== minor || debts.length === 0)
    return undefined;
  const open = debts.map((item) => ({ item, left: item.open.minor }));
  const nettings = credits.flatMap((credit) => {
    let given = -credit.open.minor;
    return open.flatMap((debt): readonly Netting[] => {
      const part = given < debt.left ? given : debt.left;
      if (part <= 0n) return [];
      debt.left -= part;
      given -= part;
      return [{ creditItemId: credit.id, debitItemId: debt.item.id, amount: money(part, currency) }];
    });
  });
  const allocations = open.flatMap(({ item, left }): readonly Allocation[] =>
    left > 0n ? [{ itemId: item.id, amount: money(left, currency) }] : [],
  );
  return { customerId: first.customerId, items: [...debts, ...credits], allocations, nettings };
}

function dueFirst(a: MatchItem, b: MatchItem): number {
  return Temporal.PlainDate.compare(a.dueOn, b.dueOn) || (a.id < b.id ? -1 : 1);
}

/** What a search among debts and credits came to. */
export type NettedFound = {
  /** The only choice there is, and sure enough; else what a person may look at. */
  readonly isCertain: boolean;
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
  found: Pick<Found, 'debts' | 'credits' | 'conduct'>,
  customerId: CustomerId,
): NettedFound | undefined {
  const { conduct } = found;
  const [debts, credits] = [found.debts.get(customerId) ?? [], found.credits.get(customerId) ?? []];
  // More credits than are read: nobody could say that a choice is the only one.
  if (debts.length === 0 || credits.length === 0 || credits.length > MATCH_DEBTS_MAX) return undefined;
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
    const one = over === 0 ? netCredits(receipt, chosen) : undefined;
    return one === undefined || one.nettings.length === 0 ? [] : [one];
  });
  const [only] = netted;
  if (only === undefined) return undefined;
  const isCertain =
    outcome === 'apply' &&
    certificate.rule === 'only_sum' &&
    certificate.proof === 'all_sums_known' &&
    certificate.nearSums === 0 &&
    netted.length === 1;
  return {
    isCertain,
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
      ...nettedFacts(only),
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
