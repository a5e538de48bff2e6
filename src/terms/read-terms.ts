// Reading the terms that an invoice is issued under, with all that planning its payment needs.

import type { Tx } from '#db/transaction.ts';
import type { BusinessCalendar, PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, ItemId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { DiscountRight } from './discount.ts';
import { type DiscountPolicy, discountPolicy } from './discount-policy.ts';
import { dayByRule } from './due-rule.ts';
import { type CalendarSides, readCalendar } from './find-holidays.ts';
import type { PaymentTerms, TermsRules } from './payment-terms.ts';
import { findIssuedTerms, findItemDiscounts, findTerms, findTermsFor } from './store.ts';

/** Terms in hand: the rules, the days of business they go by, and the company's rules for discounts. */
export type TermsInHand = {
  readonly terms: PaymentTerms;
  readonly calendar: BusinessCalendar;
  readonly policy: DiscountPolicy;
};

/** The two sides of an invoice, as far as terms are concerned. */
export type TermsSides = {
  readonly company: { readonly id: CompanyId; readonly country: string };
  readonly customer: { readonly paymentTermsId: string | null; readonly country: string | null };
};

/** The customer's terms, or else those the company gives by default, for an invoice of a day; nothing when there are none. */
export async function readTermsFor(
  tx: Tx,
  sides: TermsSides,
  issuedOn: PlainDate,
): Promise<TermsInHand | undefined> {
  const { company, customer } = sides;
  const { terms, policy } = await findTermsFor(tx, company.id, customer);
  if (!terms) return undefined;
  const calendar = await readRulesCalendar(tx, terms.rules, {
    issuedOn,
    sides: { company: company.country, customer: customer.country },
  });
  return { terms, calendar, policy: discountPolicy(policy) };
}

/** The company's rules for discounts to customers of a country. */
export async function readDiscountPolicy(
  tx: Tx,
  companyId: CompanyId,
  country: string | null,
): Promise<DiscountPolicy> {
  const { policy } = await findTermsFor(tx, companyId, { paymentTermsId: null, country });
  return discountPolicy(policy);
}

/** The days of business that rules go by for an invoice of a day; none are read for rules that move no date. */
export async function readRulesCalendar(
  tx: Tx,
  rules: TermsRules,
  given: { readonly issuedOn: PlainDate; readonly sides: CalendarSides },
): Promise<BusinessCalendar> {
  if (rules.shift === 'none') return { holidays: new Set() };
  const { issuedOn, sides } = given;
  const dueRules = [...rules.instalments.map((i) => i.due), ...rules.discounts.map((d) => d.until)];
  const last = Math.max(...dueRules.map((rule) => dayByRule(rule, issuedOn).year));
  // A date at a year's end may move into the next year.
  const years = Array.from({ length: last + 2 - issuedOn.year }, (_, index) => issuedOn.year + index);
  return readCalendar(tx, rules.calendar, sides, years);
}

/** Payment terms by id. Refuses: `payment_terms_not_found`. */
export async function takeTerms(tx: Tx, id: string): Promise<PaymentTerms> {
  const terms = await findTerms(tx, id);
  if (!terms) throw new Refusal('payment_terms_not_found', { paymentTermsId: id });
  return terms;
}

/** The terms that documents were issued under, as they were then, by document. */
export async function readIssuedTerms(
  tx: Tx,
  documentIds: readonly string[],
): Promise<ReadonlyMap<string, PaymentTerms>> {
  const found = await findIssuedTerms(tx, documentIds);
  return new Map(found.map((terms) => [terms.documentId, terms]));
}

/** The rights to discounts that items carry, by item, the earliest day first; items without any are left out. */
export async function readItemDiscounts(
  tx: Tx,
  itemIds: readonly ItemId[],
): Promise<ReadonlyMap<ItemId, readonly DiscountRight[]>> {
  const rights = new Map<ItemId, DiscountRight[]>();
  if (itemIds.length === 0) return rights;
  for (const [itemId, right] of await findItemDiscounts(tx, itemIds))
    rights.set(itemId, [...(rights.get(itemId) ?? []), right]);
  return rights;
}
