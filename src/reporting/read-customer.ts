// One customer's page: the aging strip and how they pay.

import type { Tx } from '#db/transaction.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type Bucket, bucketsOf, type Edges, USUAL_EDGES } from '#ledger/aging.ts';
import { type Figure, ratio, undefinedFigure } from './dso.ts';
import { type AgingTotal, type CustomerRef, companiesOf, totalsOf, withDisputed } from './read-aging.ts';
import { readDisputedSums } from './read-disputed.ts';
import { readOpenSums, type When } from './store-aging.ts';
import { findHeld } from './store-customers.ts';
import {
  findCustomerName,
  findLastPayment,
  findLastReminder,
  type LastMessage,
  type LastPayment,
  readBehaviour,
} from './store-history.ts';
import { countItems } from './store-items.ts';

export type CustomerOverview = {
  readonly customer: CustomerRef;
  readonly buckets: readonly Bucket[];
  readonly totals: readonly AgingTotal[];
  readonly openItems: number;
  /** Weighted by amount; early payment counts negative. */
  readonly averageDaysLate: Figure;
  readonly payments: number;
  readonly lastPayment: LastPayment | undefined;
  readonly lastReminder: LastMessage | undefined;
  readonly onHold: boolean;
};

export type CustomerScope = When & { readonly customerId: string; readonly companyId?: string | undefined };

/** What a customer owes and how they pay. Refuses: `customer_not_found`, `company_not_found`. */
export async function readOverview(
  tx: Tx,
  scope: CustomerScope,
  edges: Edges = USUAL_EDGES,
): Promise<CustomerOverview> {
  const customer = await takeName(tx, scope.customerId);
  const companies = await companiesOf(tx, scope);
  const [sums, disputed, behaviour, lastPayment, lastReminder, held, openItems] = await Promise.all([
    readOpenSums(tx, scope),
    readDisputedSums(tx, scope),
    readBehaviour(tx, scope.customerId, scope),
    findLastPayment(tx, scope.customerId, scope),
    findLastReminder(tx, scope.customerId, scope),
    findHeld(tx, [scope.customerId], scope.asOf),
    countItems(tx, scope),
  ]);
  const weight = BigInt(behaviour.weight);
  return {
    customer,
    buckets: bucketsOf(edges),
    totals: withDisputed(totalsOf(sums, companies, { asOf: scope.asOf, edges }), (total) =>
      disputed.all(total.company.id, total.currency),
    ),
    openItems,
    averageDaysLate:
      weight === 0n ? undefinedFigure('no_payments') : ratio(BigInt(behaviour.weighted_days), weight, 1),
    payments: behaviour.payments,
    lastPayment,
    lastReminder,
    onHold: held.has(scope.customerId),
  };
}

/** A customer by name. Refuses: `customer_not_found`. */
export async function takeName(tx: Tx, customerId: string): Promise<CustomerRef> {
  const customer = await findCustomerName(tx, customerId);
  if (!customer) throw new Refusal('customer_not_found', { customerId });
  return customer;
}
