// How charges, terms and sheets are written in replies.

import type { Context } from '#command/command.ts';
import { absolute, decimalsOf, money } from '#kernel/money.ts';
import { decimalText } from '#kernel/percent.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import type { Customer } from '#parties/customer.ts';
import { mayDo } from '#parties/may.ts';
import type { Span } from './accrual.ts';
import { exactText, type Part } from './charging.ts';
import type { PlannedCharge } from './plan-charges.ts';
import type { Terms } from './policy.ts';
import type { NamedCharge, NamedPolicy, WholeCharge } from './read-charges.ts';
import type { InvoiceInterest } from './read-interest.ts';
import { waivable } from './waiving.ts';

/** A customer in a row. */
export function briefOf(customer: Customer) {
  return { id: customer.id, number: customer.number, name: customer.name };
}

/** Terms as replies carry them: lists of their own, which the contract may hand on. */
export function termsReply(terms: Terms) {
  return {
    ...terms,
    dueCalendar: terms.dueCalendar ?? null,
    debtors: [...terms.debtors],
    minimums: [...terms.minimums],
    capAmounts: [...terms.capAmounts],
    fixedSums: [...terms.fixedSums],
    reminderFees: [...terms.reminderFees],
  };
}

/** A version of terms. */
export function policyReply(policy: NamedPolicy) {
  return {
    policyId: policy.id,
    customer: policy.customer ? briefOf(policy.customer) : null,
    validFrom: policy.validFrom.toString(),
    terms: policy.terms && termsReply(policy.terms),
    exempt: policy.exempt,
    recordedBy: policy.recordedBy,
  };
}

/** A row of a sheet. */
export function spanReply(span: Span, currency: string) {
  return {
    from: span.from.toString(),
    to: span.to.toString(),
    days: span.days,
    yearDays: span.yearDays,
    base: shownMoney(money(span.baseMinor, currency)),
    percent: decimalText(span.percent),
    source: span.source,
    amount: exactText(span.exact, decimalsOf(currency)),
  };
}

/** A part of a charge with its sheet. */
export function partReply(part: Part) {
  return {
    kind: part.kind,
    itemId: part.itemId,
    documentId: part.documentId,
    reference: part.reference,
    from: part.from?.toString() ?? null,
    to: part.to?.toString() ?? null,
    amount: shownMoney(part.amount),
    spans: part.spans.map((span) => spanReply(span, part.amount.currency)),
  };
}

/** A row of a plan. */
export function planReply(planned: PlannedCharge) {
  const { interest, fees, credit } = planned;
  return {
    customer: briefOf(planned.customer),
    currency: planned.currency,
    interest: shownMoney(interest),
    fees: shownMoney(fees),
    total: shownMoney({ ...interest, minor: interest.minor + fees.minor }),
    credit: shownMoney(credit),
    items: planned.items,
    problem: planned.problem ?? null,
    facts: { ...planned.facts },
  };
}

/** A charge as a row of a list. */
export function chargeReply({ row, company, customer }: NamedCharge) {
  const amount = (minor: bigint) => shownMoney(money(minor, row.currency));
  return {
    chargeId: row.id,
    kind: row.kind,
    because: row.because,
    number: row.number,
    company: { id: company.id, code: company.code, name: company.name },
    customer: briefOf(customer),
    chargedOn: row.charged_on.toString(),
    through: row.through_on.toString(),
    dueOn: row.due_on.toString(),
    interest: amount(row.interest_minor),
    fees: amount(row.fee_minor),
    total: amount(row.total_minor),
    open: amount(absolute(row.open_minor)),
    undoneOn: row.undone_on?.toString() ?? null,
  };
}

/** One charge with all that belongs to it, and what the caller may do. */
export function wholeReply(charge: WholeCharge, context: Context) {
  const { row } = charge;
  const standing = charge.waivers.filter((waiver) => waiver.row.undone_on === null).map((w) => w.row);
  const left = waivable(row, { waivers: standing, writtenOff: charge.writtenOff });
  const mayWaive =
    row.kind === 'charge_credit'
      ? 'not_a_charge'
      : left.interest + left.fees === 0n
        ? 'nothing_to_waive'
        : undefined;
  const mayReinstate =
    row.because !== 'waiver' ? 'not_a_waiver' : row.undone_on !== null ? 'waiver_undone' : undefined;
  return {
    ...chargeReply(charge),
    itemId: row.item_id,
    writtenOff: shownMoney(money(charge.writtenOff, row.currency)),
    reason: row.reason,
    corrects: charge.corrects ? { chargeId: charge.corrects.id, number: charge.corrects.number } : null,
    parts: charge.parts.map(partReply),
    waivers: charge.waivers.map((waiver) => ({ ...chargeReply(waiver), reason: waiver.row.reason })),
    waivable: {
      interest: shownMoney(money(left.interest, row.currency)),
      fees: shownMoney(money(left.fees, row.currency)),
    },
    may: {
      waive: mayDo(context, 'charge.waive', mayWaive),
      reinstate: mayDo(context, 'charge.waive', mayReinstate),
    },
  };
}

/** The interest of an invoice. */
export function interestReply(interest: InvoiceInterest, context: Context) {
  const { fixedSum } = interest;
  const sumOf = (which: 'accrued' | 'charged' | 'daily') =>
    shownMoney({
      ...fixedSum,
      minor: interest.items.reduce((total, { standing }) => total + standing[which].minor, 0n),
    });
  return {
    on: interest.on.toString(),
    terms: interest.terms ? { name: interest.terms.name, legalSource: interest.terms.legalSource } : null,
    accrued: sumOf('accrued'),
    charged: sumOf('charged'),
    daily: sumOf('daily'),
    fixedSum: shownMoney(fixedSum),
    problem: interest.problem?.code ?? null,
    facts: { ...interest.problem?.facts },
    items: interest.items.map(({ item, instalment, standing }) => ({
      itemId: item.id,
      instalment,
      dueOn: item.dueOn.toString(),
      accrued: shownMoney(standing.accrued),
      spans: standing.spans.map((span) => spanReply(span, item.amount.currency)),
    })),
    growth: interest.growth.map(({ on, accrued }) => ({
      on: on.toString(),
      accrued: shownMoney(accrued).amount,
    })),
    exclusions: interest.exclusions.map((row) => ({
      exclusionId: row.id,
      itemId: row.item_id,
      amount: row.amount_minor === null ? null : shownMoney(money(row.amount_minor, row.currency)),
      from: row.from_on.toString(),
      to: row.to_on?.toString() ?? null,
      reason: row.reason,
      releasedAt: row.released_at?.toString() ?? null,
      annulled: row.annulled,
    })),
    may: { exclude: mayDo(context, 'charge.waive') },
  };
}
