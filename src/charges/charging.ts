// What a customer is charged on a day: for each late item the interest it has borne in all, less what was charged
// before, and the fixed sum once for each invoice; reminder fees not yet charged. What turns out to be too much is
// given back by a credit. No day of an item is ever charged twice; what was charged is never edited.

import { present } from '#kernel/assert.ts';
import { addDays, isAfter, later, type PlainDate } from '#kernel/calendar.ts';
import type { ItemId } from '#kernel/id.ts';
import { type Currency, type Money, money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import {
  accrue,
  EXACT,
  exactTotal,
  type LateItem,
  roundInterest,
  type Span,
  spansAfter,
  spansThrough,
} from './accrual.ts';
import { type DebtorKind, type PolicyVersion, type Rules, readTerms, type Terms } from './policy.ts';
import type { RateHistory } from './reference-rate.ts';

/** Parts of a charge. `correction`: what was charged for days of the past turned out to be too little or too much. */
export const PART_KINDS = [
  'interest',
  'fixed_sum',
  'reminder_fee',
  'return_fee',
  'correction',
  'fee_correction',
  'waiver',
] as const;
export type PartKind = (typeof PART_KINDS)[number];

/** One part: so much for an item and its days, with the sheet that shows how it was reckoned. Negative where it is given back. */
export type Part = {
  readonly kind: PartKind;
  readonly itemId: ItemId | null;
  readonly documentId: string | null;
  readonly feeId: string | null;
  readonly reference: string;
  /** The days it is for, where it is for days. */
  readonly from: PlainDate | null;
  readonly to: PlainDate | null;
  readonly amount: Money;
  readonly policyId: string | null;
  readonly spans: readonly Span[];
};

/** What was charged before for an item or its invoice; what was waived counts as charged. */
export type Charged = {
  /** The last day charged; nothing when none was. */
  readonly through: PlainDate | null;
  /** Interest charged less interest given back, minor units. */
  readonly interestMinor: bigint;
  /** The fixed sum charged for the invoice less what was given back; null when never charged. */
  readonly fixedMinor: bigint | null;
};

/** A fee for a reminder that was sent and not charged yet. */
export type PendingFee = {
  readonly id: string;
  readonly reference: string;
  readonly incurredOn: PlainDate;
  readonly amount: Money;
};

/** A customer of a company as far as charging goes: one currency. */
export type Debtor = {
  readonly kind: DebtorKind;
  readonly currency: Currency;
  readonly items: readonly (LateItem & {
    readonly policy: (PolicyVersion & { readonly terms: Terms }) | undefined;
    readonly charged: Charged;
  })[];
  readonly fees: readonly PendingFee[];
};

/** What the world outside the customer says: rates, and what fees in other currencies are worth in the customer's. */
export type Market = {
  readonly rates: ReadonlyMap<string, RateHistory>;
  /** A fee in the currency of the debt. Refuses: `exchange_rate_missing`. */
  readonly feeIn: (fee: Money, currency: Currency) => Money;
};

/** What is charged, what is given back, and why nothing is charged where something would be. */
export type Decision = {
  readonly charge: readonly Part[];
  readonly credit: readonly Part[];
  readonly paymentDays: number;
  readonly heldBack: 'below_minimum' | undefined;
};

/**
 * Decides what a customer is charged through a day.
 *
 * Interest of an item is reckoned anew from its first day and rounded once; what was charged before is taken off. So
 * runs on the first and the last of a month come to the same cent as one run, and a payment that becomes known later
 * corrects what was charged for the days it had already paid.
 *
 * Refuses: `reference_rate_missing`, `exchange_rate_missing`.
 */
export function decideCharge(debtor: Debtor, market: Market, through: PlainDate): Decision {
  const all = reckonParts(debtor, market, through);
  const charge = all.filter((part) => part.amount.minor > 0n);
  const credit = all.filter((part) => part.amount.minor < 0n);
  const latest = debtor.items.findLast((item) => item.policy)?.policy;
  const rules = latest && readTerms(latest.terms);
  const whole = charge.reduce((total, part) => total + part.amount.minor, 0n);
  const minimum = rules?.minimums.find((m) => m.currency === debtor.currency)?.minor ?? 0n;
  const isBelow = charge.length > 0 && whole < minimum;
  return {
    charge: isBelow ? [] : charge,
    credit,
    paymentDays: rules?.paymentDays ?? 0,
    heldBack: isBelow ? 'below_minimum' : undefined,
  };
}

/**
 * Everything that is to be asked for, or given back, through a day: what is new of interest and fixed sums, and fees of
 * reminders, whatever it comes to.
 *
 * Refuses: `reference_rate_missing`, `exchange_rate_missing`.
 */
export function reckonParts(debtor: Debtor, market: Market, through: PlainDate): readonly Part[] {
  const rulesOf = rememberRules();
  const reckoned = debtor.items.map((item) => {
    const rules = item.policy && rulesOf(item.policy);
    const asks = rules?.debtors.includes(debtor.kind) ? rules : undefined;
    return { item, rules: asks, spans: reckon(item, asks, market, through) };
  });
  const interest = reckoned.flatMap(interestParts);
  const fixed = [...Map.groupBy(reckoned, ({ item }) => item.documentId).values()].flatMap((ofDocument) =>
    fixedSum(ofDocument, debtor.kind, market),
  );
  const fees = debtor.fees.filter((fee) => !isAfter(fee.incurredOn, through)).map(feePart);
  // What belongs to one document stands together, the oldest due first; fees of reminders come last.
  const places = new Map(debtor.items.map((item, index) => [item.documentId, debtor.items.length - index]));
  const placeOf = (part: Part): number => -(places.get(part.documentId ?? '') ?? 0);
  return [...interest, ...fixed, ...fees].sort((a, b) => placeOf(a) - placeOf(b));
}

function rememberRules(): (policy: PolicyVersion & { readonly terms: Terms }) => Rules {
  const known = new Map<string, Rules>();
  return (policy) => {
    const rules = known.get(policy.id) ?? readTerms(policy.terms);
    known.set(policy.id, rules);
    return rules;
  };
}

/** An item with its rules, where anything is asked on it, and its sheet. */
type Reckoned = {
  readonly item: Debtor['items'][number];
  readonly rules: Rules | undefined;
  readonly spans: readonly Span[];
};

/** The sheet of an item through the day asked for, or through the last day charged before if that is later. */
function reckon(
  item: LateItem & { readonly charged: Charged },
  rules: Rules | undefined,
  market: Market,
  asked: PlainDate,
): readonly Span[] {
  const through = item.charged.through ? later(asked, item.charged.through) : asked;
  return rules ? accrue(item, rules, market.rates, through) : [];
}

function interestParts({ item, rules, spans }: Reckoned): readonly Part[] {
  const { currency } = item.amount;
  const { through, interestMinor } = item.charged;
  const common = {
    itemId: item.id,
    documentId: item.documentId,
    feeId: null,
    reference: item.reference,
    policyId: item.policy?.id ?? null,
  } as const;
  const old = through && rules ? spansThrough(spans, through, rules) : [];
  const fresh = through && rules ? spansAfter(spans, through, rules) : spans;
  const oldMinor = rules ? roundInterest(exactTotal(item, rules, old)) : 0n;
  const wholeMinor = rules ? roundInterest(exactTotal(item, rules, spans)) : 0n;
  const parts: Part[] = [];
  const [first] = fresh;
  const last = fresh.at(-1);
  if (first && last && wholeMinor > oldMinor)
    parts.push({
      ...common,
      kind: 'interest',
      from: through ? addDays(through, 1) : first.from,
      to: last.to,
      amount: money(wholeMinor - oldMinor, currency),
      spans: fresh,
    });
  if (through && oldMinor !== interestMinor)
    parts.push({
      ...common,
      kind: 'correction',
      from: old[0]?.from ?? null,
      to: through,
      amount: money(oldMinor - interestMinor, currency),
      spans: old,
    });
  return parts;
}

/**
 * The fixed sum of an invoice: due with the first day of interest on any of its instalments, once; given back when no day
 * was late after all. What was asked once is not changed by a later rate of exchange or a smaller debt.
 */
function fixedSum(ofDocument: readonly Reckoned[], debtor: DebtorKind, market: Market): readonly Part[] {
  const late = ofDocument.find(({ spans }) => spans.length > 0);
  const { item, rules, spans } = late ?? present(ofDocument[0], 'a document has an item');
  const { currency } = item.amount;
  const before = item.charged.fixedMinor;
  const [first] = spans;
  const fee =
    first && rules && debtor !== 'consumer'
      ? fixedSumFor(rules, money(first.baseMinor, currency))
      : undefined;
  const wanted = fee ? before || market.feeIn(fee, currency).minor : 0n;
  if (wanted === (before ?? 0n)) return [];
  return [
    {
      kind: before === null ? 'fixed_sum' : 'fee_correction',
      itemId: item.id,
      documentId: item.documentId,
      feeId: null,
      reference: item.reference,
      from: null,
      to: null,
      amount: money(wanted - (before ?? 0n), currency),
      policyId: item.policy?.id ?? null,
      spans: [],
    },
  ];
}

/** The fixed sum for a debt: that of the highest tier it reaches; none in a currency without tiers. */
export function fixedSumFor(rules: Pick<Rules, 'fixedSums'>, debt: Money): Money | undefined {
  return rules.fixedSums
    .filter(({ from }) => from.currency === debt.currency && from.minor <= debt.minor)
    .reduce<Rules['fixedSums'][number] | undefined>(
      (highest, tier) => (highest && highest.from.minor >= tier.from.minor ? highest : tier),
      undefined,
    )?.fee;
}

function feePart(fee: PendingFee): Part {
  return {
    kind: 'reminder_fee',
    itemId: null,
    documentId: null,
    feeId: fee.id,
    reference: fee.reference,
    from: null,
    to: null,
    amount: fee.amount,
    policyId: null,
    spans: [],
  };
}

/** Whether a part is interest, rather than a fee: the two stand on accounts of their own. */
export function isInterest(part: Pick<Part, 'kind'>): boolean {
  return part.kind === 'interest' || part.kind === 'correction';
}

/** The interest of an item as of a day, charged or not, for who looks at it: exact sum, rounded sum and what a day costs. */
export type Standing = {
  readonly spans: readonly Span[];
  readonly accrued: Money;
  readonly charged: Money;
  /** One day of interest at the end, rounded to the minor unit, as letters like to say it. */
  readonly daily: Money;
};

/** How the interest of an item stands on a day. Refuses: `reference_rate_missing`. */
export function standingOf(
  item: Debtor['items'][number],
  kind: DebtorKind,
  market: Pick<Market, 'rates'>,
  on: PlainDate,
): Standing {
  const { currency } = item.amount;
  const rules = item.policy && readTerms(item.policy.terms);
  const asks = rules?.debtors.includes(kind) ? rules : undefined;
  const spans = asks ? accrue(item, asks, market.rates, on) : [];
  const last = spans.at(-1);
  const runs = last?.to.equals(on) === true && last.days > 0;
  return {
    spans,
    accrued: money(asks ? roundInterest(exactTotal(item, asks, spans)) : 0n, currency),
    charged: money(item.charged.interestMinor, currency),
    daily: money(runs ? roundInterest(last.exact / BigInt(last.days)) : 0n, currency),
  };
}

/** Interest of a span as decimal text with six places, for sheets: cut off, since only the whole is rounded. */
export function exactText(exact: bigint, decimals: number): string {
  const digits = (exact * 1_000_000n) / (EXACT * 10n ** BigInt(decimals));
  const sign = digits < 0n ? '-' : '';
  const text = (digits < 0n ? -digits : digits).toString().padStart(7, '0');
  return `${sign}${text.slice(0, -6)}.${text.slice(-6)}`;
}

/** Refuses `charged_in_future` when charges are asked for days that are not over yet. */
export function checkDay(through: PlainDate, today: PlainDate): void {
  if (isAfter(through, today))
    throw new Refusal('charged_in_future', { on: through.toString(), today: today.toString() });
}
