// Open items that a person may want to see for a receipt, the likeliest first.

import { CANDIDATES_MAX } from '#kernel/limits.ts';
import { discountOf, type Named } from './naming.ts';
import {
  type Candidate,
  type CandidateReason,
  type Found,
  type MatchItem,
  type Payer,
  type Receipt,
  type Suggestion,
  unique,
} from './receipt.ts';

/** What each reason is worth; a candidate has at most 100. */
const WORTH: Readonly<Record<CandidateReason, number>> = {
  reference_named: 50,
  suggested: 40,
  sum_exact: 25,
  amount_exact: 25,
  amount_less_discount: 25,
  same_customer: 20,
  payer_account: 20,
  payer_name: 10,
  payer_word: 10,
  similar_name: 5,
};

const REASON_OF_PAYER = {
  known: 'same_customer',
  account: 'payer_account',
  name: 'payer_name',
  word: 'payer_word',
} as const;

/** What is known of a receipt when its candidates are put in order. */
export type Seen = {
  readonly payer: Payer | undefined;
  readonly named: Named;
  readonly best: Suggestion | undefined;
};

/** Candidates of a receipt, in its company and currency; those due first come first among equals. */
export function rankCandidates(receipt: Receipt, found: Found, seen: Seen): readonly Candidate[] {
  const named = unique([...seen.named.values()].flat()).filter((item) => item.open.minor !== 0n);
  const namedIds = new Set(named.map((item) => item.id));
  const suggested = new Set(seen.best?.items.map((item) => item.id));
  const sum = named.reduce((total, item) => total + item.open.minor, 0n);
  const debts = seen.payer === undefined ? [] : (found.debts.get(seen.payer.customerId) ?? []);
  const all = unique([...named, ...(seen.best?.items ?? []), ...debts, ...found.others]).filter(
    (item) =>
      item.companyId === receipt.companyId &&
      item.open.minor > 0n &&
      item.open.currency === receipt.amount.currency,
  );
  const ranked = all.map((item) => {
    const reasons: CandidateReason[] = [];
    if (namedIds.has(item.id)) reasons.push('reference_named');
    if (namedIds.has(item.id) && sum === receipt.amount.minor) reasons.push('sum_exact');
    if (suggested.has(item.id)) reasons.push('suggested');
    if (item.open.minor === receipt.amount.minor) reasons.push('amount_exact');
    else if (isAmountLessDiscount(item, receipt, found)) reasons.push('amount_less_discount');
    if (seen.payer !== undefined && item.customerId === seen.payer.customerId)
      reasons.push(REASON_OF_PAYER[seen.payer.by]);
    else if (found.alike !== undefined && item.customerId === found.alike) reasons.push('similar_name');
    const score = reasons.reduce((total, reason) => total + WORTH[reason], 0);
    return { item, reasons, score: Math.min(score, 100) };
  });
  return ranked.sort(likelier).slice(0, CANDIDATES_MAX);
}

function isAmountLessDiscount(item: MatchItem, receipt: Receipt, found: Found): boolean {
  const discount = discountOf(item, found.rights, receipt.paidOn);
  return discount > 0n && item.open.minor - discount === receipt.amount.minor;
}

/** Higher scores first; of equals the one due first. */
function likelier(a: Candidate, b: Candidate): number {
  return (
    b.score - a.score ||
    Temporal.PlainDate.compare(a.item.dueOn, b.item.dueOn) ||
    (a.item.id < b.item.id ? -1 : 1)
  );
}
