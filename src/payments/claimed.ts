// What a remittance claims against what is open: which items its lines mean, and whether it can be applied exactly as claimed.

import type { ItemId } from '#kernel/id.ts';
import { type Money, money } from '#kernel/money.ts';
import type { ClaimedLine } from '#remittances/remittance.ts';
import type { Allocation } from './allocation.ts';
import type { MatchItem } from './receipt.ts';

/** How a claimed line stands against the books. Only `found` can be applied. */
export const CLAIM_STATES = [
  'found',
  /** No document has this number. */
  'unknown',
  /** Several documents have it. */
  'ambiguous',
  /** The document is claimed by another line too. */
  'repeated',
  /** Nothing of it is open any more. */
  'settled',
  'other_currency',
  /** A credit, or an amount that is not above zero. */
  'credit',
  /** More is claimed than is open. */
  'exceeds_open',
  /** Discount or deduction of a document in several instalments: of which, is not said. */
  'instalments',
] as const;
export type ClaimState = (typeof CLAIM_STATES)[number];

/** A claimed line with the items it means. */
export type Claim = {
  readonly line: ClaimedLine;
  readonly state: ClaimState;
  /** Open items of the one document, by due dates; empty unless one was found. */
  readonly items: readonly MatchItem[];
};

/** Why a remittance is not applied by the machine, in the order in which it is looked for. */
export const CLAIM_OBSTACLES = [
  'claims_not_all_found',
  'claims_of_several_customers',
  'claims_of_other_customer',
  'claims_differ_from_total',
  'claims_differ_from_receipt',
] as const;
export type ClaimObstacle = (typeof CLAIM_OBSTACLES)[number];

/** An amount kept back of an item. */
export type ClaimedDeduction = {
  readonly itemId: ItemId;
  readonly amount: Money;
  readonly line: ClaimedLine;
};

/** What a remittance would do to a receipt. */
export type Claimed = {
  readonly claims: readonly Claim[];
  readonly allocations: readonly Allocation[];
  readonly deductions: readonly ClaimedDeduction[];
  readonly obstacle: ClaimObstacle | undefined;
};

/**
 * Looks for what the lines of a remittance mean among the items that bear their numbers (keys as of `matchKey`) in the
 * same company.
 */
export function findClaims(
  lines: readonly ClaimedLine[],
  known: {
    readonly companyId: string;
    readonly keyOf: (document: string) => string;
    readonly byKey: ReadonlyMap<string, readonly MatchItem[]>;
  },
): readonly Claim[] {
  const named = lines.map((line) => {
    const items = known.byKey.get(known.keyOf(line.document)) ?? [];
    return items.filter((item) => item.companyId === known.companyId);
  });
  const times = new Map<string, number>();
  for (const items of named) {
    const id = items[0]?.documentId;
    if (id !== undefined) times.set(id, (times.get(id) ?? 0) + 1);
  }
  return lines.map((line, index) => {
    const items = named[index] ?? [];
    const [first] = items;
    if (first === undefined) return { line, state: 'unknown', items: [] };
    if (items.some((item) => item.documentId !== first.documentId))
      return { line, state: 'ambiguous', items: [] };
    const open = items.filter((item) => item.open.minor !== 0n).toSorted(byDueDate);
    const state = (times.get(first.documentId) ?? 0) > 1 ? 'repeated' : stateOf(line, open);
    return { line, state, items: open };
  });
}

function byDueDate(a: MatchItem, b: MatchItem): number {
  return Temporal.PlainDate.compare(a.dueOn, b.dueOn) || (a.id < b.id ? -1 : 1);
}

function stateOf(line: ClaimedLine, open: readonly MatchItem[]): ClaimState {
  if (open.length === 0) return 'settled';
  if (open.some((item) => item.open.currency !== line.amount.currency)) return 'other_currency';
  if (line.amount.minor <= 0n || open.some((item) => item.open.minor < 0n)) return 'credit';
  const takenOff = line.discount.minor + line.deduction.minor;
  const total = open.reduce((sum, item) => sum + item.open.minor, 0n);
  if (line.amount.minor + takenOff > total) return 'exceeds_open';
  return takenOff > 0n && open.length > 1 ? 'instalments' : 'found';
}

/**
 * What a remittance would do to a receipt, and what stands in the way of doing it without a person: every line must be
 * found, all of them of one customer, who is also who paid as far as that is known; and what the lines pay must be what the
 * remittance says in all, and exactly what is left of the receipt.
 */
export function decideClaims(
  claims: readonly Claim[],
  given: {
    readonly total: Money;
    readonly receipt: { readonly customerId: string | null; readonly left: Money } | undefined;
  },
): Claimed {
  const found = claims.filter((claim) => claim.state === 'found');
  return {
    claims,
    allocations: found.flatMap(allocationsOf),
    deductions: found.flatMap(({ line, items: [item] }) =>
      line.deduction.minor > 0n && item ? [{ itemId: item.id, amount: line.deduction, line }] : [],
    ),
    obstacle: obstacleOf(claims, given),
  };
}

/** A line's money over the instalments of its document, the first due first. */
function allocationsOf({ line, items }: Claim): readonly Allocation[] {
  const { currency } = line.amount;
  const allocations: Allocation[] = [];
  let rest = line.amount.minor;
  for (const item of items) {
    const taken = rest < item.open.minor ? rest : item.open.minor;
    if (taken <= 0n) break;
    rest -= taken;
    const discount = line.discount.minor > 0n ? { discount: line.discount } : {};
    allocations.push({ itemId: item.id, amount: money(taken, currency), ...discount });
  }
  return allocations;
}

function obstacleOf(
  claims: readonly Claim[],
  given: Parameters<typeof decideClaims>[1],
): ClaimObstacle | undefined {
  if (claims.some((claim) => claim.state !== 'found')) return 'claims_not_all_found';
  const customers = new Set(claims.flatMap((claim) => claim.items.map((item) => item.customerId)));
  if (customers.size !== 1) return 'claims_of_several_customers';
  const payer = given.receipt?.customerId ?? null;
  if (payer !== null && !customers.has(payer as never)) return 'claims_of_other_customer';
  const paid = claims.reduce((sum, claim) => sum + claim.line.amount.minor, 0n);
  if (paid !== given.total.minor) return 'claims_differ_from_total';
  const { receipt } = given;
  if (receipt && (receipt.left.minor !== paid || receipt.left.currency !== given.total.currency))
    return 'claims_differ_from_receipt';
  return undefined;
}

/** A remittance and a receipt that could belong together. */
export type Pair = {
  readonly remittanceId: string;
  readonly paymentId: string;
  readonly byReference: boolean;
};

/**
 * The pairs that are certain: a payment that bears the payment reference of the remittance goes before one that only fits by
 * payer, amount and day; on either rung, a pair is certain only where neither of the two has another. A remittance with
 * several payments of its reference, or a tie, waits for a person.
 */
export function certainPairs(pairs: readonly Pair[]): readonly Pair[] {
  const alone = (some: readonly Pair[]): readonly Pair[] => {
    const count = (key: 'remittanceId' | 'paymentId') => {
      const times = new Map<string, number>();
      for (const pair of some) times.set(pair[key], (times.get(pair[key]) ?? 0) + 1);
      return times;
    };
    const [remittances, payments] = [count('remittanceId'), count('paymentId')];
    return some.filter(
      (pair) => remittances.get(pair.remittanceId) === 1 && payments.get(pair.paymentId) === 1,
    );
  };
  const referring = pairs.filter((pair) => pair.byReference);
  const busy = new Set(referring.flatMap((pair) => [pair.remittanceId, pair.paymentId]));
  const others = pairs.filter((pair) => !busy.has(pair.remittanceId) && !busy.has(pair.paymentId));
  return [...alone(referring), ...alone(others)];
}
