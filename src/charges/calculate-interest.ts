// Interest on an example: what given terms would ask for one debt. What the editor of terms shows while they are typed.

import type { Tx } from '#db/transaction.ts';
import { daysBetween, type PlainDate } from '#kernel/calendar.ts';
import type { ItemId } from '#kernel/id.ts';
import { INTEREST_YEARS_MAX } from '#kernel/limits.ts';
import { type Money, money, toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { accrue, exactTotal, type LateItem, roundInterest, type Span } from './accrual.ts';
import { fixedSumFor } from './charging.ts';
import { type DebtorKind, readTerms, type Terms } from './policy.ts';
import { readHistories } from './read-charges.ts';

export type InterestExample = {
  readonly terms: Terms;
  readonly amount: Money;
  readonly dueOn: PlainDate;
  readonly through: PlainDate;
  readonly debtor: DebtorKind;
  readonly payments: readonly { readonly on: PlainDate; readonly amount: Money }[];
};

/** What an example comes to; the fixed sum in the currency the terms state it in. */
export type CalculatedInterest = {
  readonly spans: readonly Span[];
  readonly interest: Money;
  readonly daily: Money;
  readonly fixedSum: Money | undefined;
};

/**
 * Reckons an example by terms.
 *
 * Refuses: `amount_not_positive`, `wrong_currency`, `calculation_too_long`, `reference_rate_missing`, and what `readTerms`
 * refuses.
 */
export async function calculateInterest(tx: Tx, example: InterestExample): Promise<CalculatedInterest> {
  const { amount } = example;
  const { currency } = amount;
  for (const given of [amount, ...example.payments.map((p) => p.amount)]) {
    if (given.minor <= 0n) throw new Refusal('amount_not_positive', { amount: toDecimal(given) });
    if (given.currency !== currency)
      throw new Refusal('wrong_currency', { wanted: currency, given: given.currency });
  }
  if (daysBetween(example.dueOn, example.through) > INTEREST_YEARS_MAX * 366)
    throw new Refusal('calculation_too_long', { yearsMax: INTEREST_YEARS_MAX });
  const rules = readTerms(example.terms);
  const { histories } = await readHistories(tx);
  const item: LateItem = {
    id: 'example' as ItemId,
    documentId: 'example',
    reference: '',
    issuedOn: example.dueOn,
    dueOn: example.dueOn,
    amount,
    reductions: example.payments.map((p) => ({ on: p.on, minor: p.amount.minor, cause: 'money' })),
    exclusions: [],
  };
  const spans = rules.debtors.includes(example.debtor) ? accrue(item, rules, histories, example.through) : [];
  const [first] = spans;
  const last = spans.at(-1);
  const asksFixed = first && example.debtor !== 'consumer';
  return {
    spans,
    interest: money(roundInterest(exactTotal(item, rules, spans)), currency),
    daily: money(last && last.days > 0 ? roundInterest(last.exact / BigInt(last.days)) : 0n, currency),
    fixedSum: asksFixed ? fixedSumFor(rules, money(first.baseMinor, currency)) : undefined,
  };
}
