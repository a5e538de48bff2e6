// Booking what an agency collected: the receipt that brought the money settles each item by what was passed on of it, and what
// the agency kept of it is our cost, in the same act. Taking the applications back takes all of it back.

import { type Act, actorText, type Command } from '#command/command.ts';
import { present } from '#kernel/assert.ts';
import { isAfter, type PlainDate } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, newId, type PaymentId } from '#kernel/id.ts';
import { type Money, money, toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type ShownMoney, shownMoney } from '#ledger/amount-text.ts';
import { usesOf } from '#ledger/granted-credit.ts';
import { requireFreeCredit } from '#ledger/require-free-credit.ts';
import { settleItems } from '#ledger/settle-items.ts';
import type { Wanted } from '#ledger/settlement.ts';
import { takeCompany } from '#parties/take-party.ts';
import { type Allocation, wantedOf } from '#payments/allocation.ts';
import { describeApplied } from '#payments/apply-payment.ts';
import { leftOf } from '#payments/payment.ts';
import { dayOf, type PaymentInHand, refuseUnless, takePayment } from '#payments/take-payment.ts';
import type { AgencyColumns } from './agency-columns.ts';
import {
  checkLine,
  effectOf,
  isOtherFee,
  type LineEffect,
  type StatedTotals,
  sumsOf,
} from './agency-statement.ts';
import { itemsMeant, type LinePart, overOf, type ToldLine, ToldSoFar } from './line-parts.ts';
import { findAgencies } from './store.ts';
import {
  findAgencyItems,
  findBooked,
  insertColumns,
  insertStatement,
  lockAgency,
} from './store-statements.ts';

export type BookStatement = {
  readonly agencyId: string;
  readonly companyId: CompanyId;
  /** Their number of the statement. */
  readonly reference: string;
  readonly statedOn: PlainDate;
  /** The receipt that brought the money. */
  readonly paymentId: PaymentId;
  readonly lines: readonly ToldLine[];
  /** What they say all of it comes to, where they say so. */
  readonly totals?: StatedTotals | undefined;
  /** Why fees other than those agreed are let pass. */
  readonly note?: string | undefined;
  /** Which columns of their files say what, kept for the next one. */
  readonly columns?: AgencyColumns | undefined;
};

export type StatementBooked = {
  readonly statementId: string;
  readonly collected: ShownMoney;
  readonly fee: ShownMoney;
  readonly tax: ShownMoney;
  readonly remitted: ShownMoney;
  /** What of the receipt is left. */
  readonly unapplied: ShownMoney;
};

/** A part of a line, with what it does to its item. */
type ReadyLine = LinePart & { readonly effect: LineEffect };

/**
 * Books a statement of an agency. Each item is settled by what is passed on of it, and by what the agency kept where we bear
 * that: the fee goes to collection costs, its tax to input tax where the company is registered for tax, else to the costs.
 *
 * Refuses: `agency_not_found`, `company_not_found`, `agency_statement_booked` (with which), `agency_statement_in_future`,
 * `agency_line_unknown` (no such item with this agency), `agency_line_unclear` (an invoice, and another hand-over),
 * `agency_line_of_several` (a hand-over of several invoices),
 * `wrong_currency`, `wrong_company`, `agency_line_not_valid`, `agency_totals_differ`, `agency_fee_differs` (and no note says
 * why it is let pass), `payment_not_found`, `payment_returned`, `payment_not_received`, `credit_granted_back`, and what `wantedOf` and
 * `settleItems` refuse: `exceeds_unapplied`, `exceeds_open` above all.
 */
export const bookStatement: Command<BookStatement, StatementBooked> = {
  name: 'book-agency-statement',
  permission: 'payment.apply',
  async run(act, input) {
    await lockAgency(act, input.agencyId);
    const company = await takeCompany(act, input.companyId);
    if ((await findAgencies(act, input.agencyId)).length === 0)
      throw new Refusal('agency_not_found', { agencyId: input.agencyId });
    await checkNew(act, input);
    const lines = await takeLines(act, input, company.taxId !== null);
    checkTotals(input, lines);
    const hand = await takePayment(act, input.paymentId, [...new Set(lines.map(({ line }) => line.itemId))]);
    refuseUnless(hand.payment.returned_on === null ? true : 'payment_returned');
    if (hand.payment.direction !== 'received')
      throw new Refusal('payment_not_received', { paymentId: input.paymentId });
    const statementId = newId<'agency_statement'>();
    const unapplied = await settle(act, hand, lines, statementId);
    return save(act, input, { statementId, lines, unapplied });
  },
};

async function checkNew(
  act: Act,
  { agencyId, companyId, reference, statedOn }: BookStatement,
): Promise<void> {
  if (isAfter(statedOn, act.today))
    throw new Refusal('agency_statement_in_future', { on: statedOn.toString(), today: act.today.toString() });
  const booked = await findBooked(act, { agencyId, companyId, reference });
  if (booked !== null) throw new Refusal('agency_statement_booked', { reference, statementId: booked });
}

/** The items that lines mean, each with the terms under which it was handed over; an invoice in instalments has several. */
async function takeLines(
  act: Act,
  { agencyId, companyId, lines, note }: BookStatement,
  isTaxDeducted: boolean,
): Promise<readonly ReadyLine[]> {
  const names = [...new Set(lines.map(({ reference }) => reference))];
  const found = await findAgencyItems(act, agencyId, names);
  const told = new ToldSoFar();
  const all = lines.map((stated) => {
    const rows = itemsMeant(found, stated.reference, companyId);
    const [row] = rows;
    if (row.company_id !== companyId) throw new Refusal('wrong_company', { reference: stated.reference });
    checkCurrency(stated, row.currency);
    checkLine(stated, row);
    return told.take(stated, rows);
  });
  if (note === undefined) checkFeesOf(all);
  return all.flat().map((part) => ({ ...part, effect: effectOf(part.line, part.row, isTaxDeducted) }));
}

function checkCurrency({ reference, ...stated }: ToldLine, wanted: string): void {
  for (const amount of [stated.collected, stated.fee, stated.tax, stated.remitted])
    if (amount.currency !== wanted)
      throw new Refusal('wrong_currency', { item: reference, wanted, given: amount.currency });
}

/** Refuses: `agency_totals_differ`: what they say it comes to is not what the lines come to. */
function checkTotals({ totals = {} }: BookStatement, lines: readonly ReadyLine[]): void {
  const sums = sumsOf(lines.map(({ line }) => line));
  for (const key of ['collected', 'fee', 'tax', 'remitted'] as const) {
    const stated = totals[key];
    if (stated && stated.minor !== sums[key])
      throw new Refusal('agency_totals_differ', {
        of: key,
        stated: toDecimal(stated),
        comesTo: toDecimal(money(sums[key], stated.currency)),
      });
  }
}

/** Refuses: `agency_fee_differs`: they keep or ask for another fee than was agreed, and nobody says why that is let pass. */
function checkFeesOf(lines: readonly (readonly LinePart[])[]): void {
  const other = lines.flatMap((parts) => {
    const over = overOf(parts);
    return isOtherFee(over)
      ? [{ reference: present(parts[0], 'a line has a part').line.reference, over: toDecimal(over) }]
      : [];
  });
  if (other.length > 0) throw new Refusal('agency_fee_differs', { lines: other.slice(0, 20) });
}

/** Settles the items with the receipt; gives what is left of it. Refuses: `credit_granted_back`, what settling refuses. */
async function settle(
  act: Act,
  hand: PaymentInHand,
  lines: readonly ReadyLine[],
  statementId: string,
): Promise<Money> {
  const { payment, own, others } = hand;
  const byItem = [...Map.groupBy(lines, ({ line }) => line.itemId)].map(([itemId, ready]) => {
    const sum = (of: (effect: LineEffect) => Money): Money =>
      money(
        ready.reduce((total, { effect }) => total + of(effect).minor, 0n),
        payment.currency,
      );
    return { itemId, money: sum((e) => e.money), kept: sum((e) => e.kept), keptTax: sum((e) => e.keptTax) };
  });
  const allocations = byItem.map(
    ({ itemId, money: amount, kept }): Allocation => ({
      itemId,
      amount,
      ...(kept.minor > 0n ? { difference: kept } : {}),
    }),
  );
  const taxOf = new Map(byItem.map((one) => [one.itemId, one.keptTax]));
  const wanted = wantedOf(own, others, allocations, { method: 'agency', evidence: { statementId } }).map(
    (one): Wanted =>
      one.difference
        ? { ...one, differenceKind: 'agency_fee', differenceTax: taxOf.get(one.debitItemId) }
        : one,
  );
  await requireFreeCredit(act, usesOf(own, wanted));
  const on = dayOf(undefined, act.today, [...own, ...others]);
  const settlement = settleItems(act, [...own, ...others], wanted, {
    documentId: payment.id,
    kind: 'application',
    on,
  });
  act.record({
    type: 'payment.applied',
    subjectId: payment.id,
    customerId: payment.customer_id as CustomerId | null,
    data: describeApplied(payment.id, own, settlement),
  });
  const ownIds = new Set(own.map((item) => item.id));
  return leftOf(
    settlement.items.filter((item) => ownIds.has(item.id)),
    payment.currency,
  );
}

function save(
  act: Act,
  input: BookStatement,
  done: { readonly statementId: string; readonly lines: readonly ReadyLine[]; readonly unapplied: Money },
): StatementBooked {
  const { statementId, lines, unapplied } = done;
  const sums = sumsOf(lines.map(({ line }) => line));
  insertStatement(
    act,
    {
      id: statementId,
      agency_id: input.agencyId,
      company_id: input.companyId,
      reference: input.reference,
      stated_on: input.statedOn,
      currency: unapplied.currency,
      collected_minor: sums.collected,
      fee_minor: sums.fee,
      tax_minor: sums.tax,
      remitted_minor: sums.remitted,
      payment_id: input.paymentId,
      note: input.note ?? null,
      booked_by: actorText(act.actor),
      recorded_at: act.now,
    },
    lines.map(({ line, agreed }, index) => ({
      line_no: index + 1,
      hand_over_id: line.handOverId,
      item_id: line.itemId,
      collected_minor: line.collected.minor,
      fee_minor: line.fee.minor,
      tax_minor: line.tax.minor,
      remitted_minor: line.remitted.minor,
      agreed_fee_minor: agreed.fee.minor,
      agreed_tax_minor: agreed.tax.minor,
    })),
  );
  if (input.columns) insertColumns(act, input.agencyId, 'statement', input.columns);
  const shown = (minor: bigint): ShownMoney => shownMoney(money(minor, unapplied.currency));
  const booked: StatementBooked = {
    statementId,
    collected: shown(sums.collected),
    fee: shown(sums.fee),
    tax: shown(sums.tax),
    remitted: shown(sums.remitted),
    unapplied: shownMoney(unapplied),
  };
  for (const [handOverId, own] of Map.groupBy(lines, ({ row }) => row.hand_over_id))
    act.record({
      type: 'agency_statement.booked',
      subjectId: handOverId,
      customerId: own[0]?.row.customer_id as CustomerId,
      data: {
        statementId,
        reference: input.reference,
        paymentId: input.paymentId,
        lines: own.map(({ line }) => ({
          reference: line.reference,
          collected: shownMoney(line.collected),
          kept: shown(line.fee.minor + line.tax.minor),
        })),
        note: input.note,
      },
    });
  return booked;
}
