// What charging would charge: the same reading and the same decision as charging itself, without storing anything.

import type { Tx } from '#db/transaction.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { PLAN_ROUNDS_MAX, PLANNED_CUSTOMERS } from '#kernel/limits.ts';
import { type Money, zero } from '#kernel/money.ts';
import { type Facts, Refusal } from '#kernel/refusal.ts';
import type { Customer } from '#parties/customer.ts';
import { readCustomers, takeCompany, takeCustomer } from '#parties/take-party.ts';
import { type Debtor, type Decision, decideCharge, isInterest, type Market, type Part } from './charging.ts';
import { readMarket, readSituations } from './read-situation.ts';
import { findConcernedCustomers } from './store-situation.ts';

/** What a customer would be charged in one currency. */
export type PlannedCharge = {
  readonly customer: Customer;
  readonly currency: string;
  readonly interest: Money;
  readonly fees: Money;
  /** Given back, positive. */
  readonly credit: Money;
  readonly items: number;
  /** Why it cannot be charged, or is held back. */
  readonly problem: string | undefined;
  readonly facts: Facts;
};

/** A page of a plan: `after` is the customer to go on from, where there may be more. */
export type PlanPage = { readonly rows: readonly PlannedCharge[]; readonly after: CustomerId | undefined };

export type PlanWish = {
  readonly companyId: CompanyId;
  readonly through: PlainDate;
  readonly today: PlainDate;
};

/**
 * A page of what charging customers through a day would charge, by customer. Customers with nothing to charge are passed
 * over, so that a page may look at many of them; after some rounds it is given as it is, with the place to go on from.
 *
 * Refuses: `company_not_found`.
 */
export async function planCharges(
  tx: Tx,
  wish: PlanWish,
  page: { readonly after: string | undefined; readonly limit: number },
): Promise<PlanPage> {
  const company = await takeCompany(tx, wish.companyId);
  const rows: PlannedCharge[] = [];
  let after = page.after as CustomerId | undefined;
  for (let round = 0; round < PLAN_ROUNDS_MAX; round += 1) {
    const ids = await findConcernedCustomers(tx, company.id, wish.through, {
      after,
      limit: PLANNED_CUSTOMERS,
    });
    const planned = await planFor(tx, wish, ids);
    for (const id of ids) {
      rows.push(...planned.filter((row) => row.customer.id === id));
      after = id;
      if (rows.length >= page.limit) return { rows, after };
    }
    if (ids.length < PLANNED_CUSTOMERS) return { rows, after: undefined };
  }
  return { rows, after };
}

async function planFor(
  tx: Tx,
  wish: PlanWish,
  ids: readonly CustomerId[],
): Promise<readonly PlannedCharge[]> {
  const situations = await readSituations(tx, wish.companyId, ids, wish.through);
  const [market, customers] = await Promise.all([
    readMarket(tx, situations, wish.through, wish.today),
    readCustomers(tx, ids),
  ]);
  return situations.flatMap(({ customerId, debtors }) => {
    const customer = customers.get(customerId);
    return customer ? debtors.flatMap((debtor) => plannedRow(customer, debtor, market, wish.through)) : [];
  });
}

const NOTHING: Decision = { charge: [], credit: [], paymentDays: 0, heldBack: undefined };

function plannedRow(
  customer: Customer,
  debtor: Debtor,
  market: Market,
  through: PlainDate,
): readonly PlannedCharge[] {
  const { decision, refusal } = decideOrRefusal(debtor, market, through);
  const problem = refusal?.code ?? decision.heldBack;
  if (decision.charge.length === 0 && decision.credit.length === 0 && problem === undefined) return [];
  const sumOf = (parts: readonly Part[]): Money => ({
    ...zero(debtor.currency),
    minor: parts.reduce((total, part) => total + part.amount.minor, 0n),
  });
  const credit = sumOf(decision.credit);
  return [
    {
      customer,
      currency: debtor.currency,
      interest: sumOf(decision.charge.filter(isInterest)),
      fees: sumOf(decision.charge.filter((part) => !isInterest(part))),
      credit: { ...credit, minor: -credit.minor },
      items: new Set([...decision.charge, ...decision.credit].map((part) => part.itemId ?? part.feeId)).size,
      problem,
      facts: refusal?.facts ?? {},
    },
  ];
}

/** A refusal concerns one customer of a plan and is told in their row. */
function decideOrRefusal(
  debtor: Debtor,
  market: Market,
  through: PlainDate,
): { readonly decision: Decision; readonly refusal: Refusal | undefined } {
  try {
    return { decision: decideCharge(debtor, market, through), refusal: undefined };
  } catch (error) {
    if (error instanceof Refusal) return { decision: NOTHING, refusal: error };
    throw error;
  }
}

/**
 * The parts of what one customer would be charged, with their sheets.
 *
 * Refuses: `company_not_found`, `customer_not_found`, `reference_rate_missing`, `exchange_rate_missing`.
 */
export async function planCustomerCharges(
  tx: Tx,
  wish: PlanWish & { readonly customerId: CustomerId },
): Promise<readonly Part[]> {
  const company = await takeCompany(tx, wish.companyId);
  const customer = await takeCustomer(tx, wish.customerId);
  const situations = await readSituations(tx, company.id, [customer.id], wish.through);
  const market = await readMarket(tx, situations, wish.through, wish.today);
  return situations
    .flatMap(({ debtors }) => debtors)
    .map((debtor) => decideCharge(debtor, market, wish.through))
    .flatMap((decision) => [...decision.charge, ...decision.credit]);
}
