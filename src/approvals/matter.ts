// What a request is about, in a form in which it can be shown, compared and hashed.

import { canonicalJson, type Json } from '#kernel/canonical.ts';
import { type Money, toDecimal } from '#kernel/money.ts';

/** An amount as text. */
export type AmountText = { readonly amount: string; readonly currency: string };

/** One thing that is credited, written off, paid back …: by the name people know it by. */
export type MatterPart = { readonly label: string; readonly amount: AmountText };

/** What a command is about to do: the kind of decision, the amounts by currency, and the parts they are made of. */
export type Matter = {
  readonly kind: string;
  readonly amounts: readonly AmountText[];
  readonly customerIds: readonly string[];
  readonly parts: readonly MatterPart[];
};

/** The same with amounts as a command has them. */
export type GivenMatter = {
  readonly kind: string;
  readonly customerIds: readonly string[];
  readonly parts: readonly { readonly label: string; readonly amount: Money }[];
};

const amountText = (amount: Money): AmountText => ({
  amount: toDecimal(amount),
  currency: amount.currency,
});

/** What a command is about to do, its parts added up by currency. */
export function matterOf(given: GivenMatter): Matter {
  return {
    kind: given.kind,
    amounts: totalsOf(given).map(amountText),
    customerIds: [...new Set(given.customerIds)],
    parts: given.parts.map(({ label, amount }) => ({ label, amount: amountText(amount) })),
  };
}

/** The parts added up, one amount for each currency, in the order of the alphabet. */
export function totalsOf(given: Pick<GivenMatter, 'parts'>): readonly Money[] {
  const totals = new Map<string, bigint>();
  for (const { amount } of given.parts)
    totals.set(amount.currency, (totals.get(amount.currency) ?? 0n) + amount.minor);
  return [...totals].sort(([a], [b]) => (a < b ? -1 : 1)).map(([currency, minor]) => ({ minor, currency }));
}

/** The amounts in one line: `1,000.00 EUR and 20.00 USD` without separators. */
export function amountWords(amounts: readonly AmountText[]): string {
  return amounts.map(({ amount, currency }) => `${amount} ${currency}`).join(' and ');
}

/** What somebody asks to be done: an operation of the API and what it is called with, word for word. */
export type Asked = {
  readonly operation: string;
  readonly params: { readonly [key: string]: Json | undefined };
  readonly body: { readonly [key: string]: Json | undefined };
};

/** The one text that an approval is about; its SHA-256 binds the decision to it. */
export function contentText(asked: Asked, matter: Matter): string {
  return canonicalJson({ ...asked, matter });
}
