// Reading risk classes: what is stated of customers, and the history of one.

import type { Tx } from '#db/transaction.ts';
import { readActorNames } from '#identity/read-people.ts';
import type { CustomerId } from '#kernel/id.ts';
import { takeCustomer } from '#parties/take-party.ts';
import { RISK_RULE, type RiskClass } from './risk-class.ts';
import { findHistory, findRiskClasses } from './store.ts';

/** So many of the latest words on a customer are shown. */
const STATED_SHOWN = 20;

/** The classes stated of customers; those of whom nothing is stated are left out. */
export function readRiskClasses(
  tx: Tx,
  customerIds: readonly CustomerId[],
): Promise<ReadonlyMap<CustomerId, RiskClass>> {
  return findRiskClasses(tx, customerIds);
}

/** What was stated of one customer, the latest first. Refuses: `customer_not_found`. */
export async function readRiskClass(tx: Tx, customerId: CustomerId, permissions: ReadonlySet<string>) {
  const { id } = await takeCustomer(tx, customerId);
  const rows = await findHistory(tx, id, STATED_SHOWN);
  const names = await readActorNames(
    tx,
    rows.map(({ statedBy }) => statedBy),
  );
  const history = rows.map(({ riskClass, note, statedBy, recordedAt }) => ({
    riskClass,
    note,
    statedBy: names.get(statedBy) ?? statedBy,
    statedAt: recordedAt.toString(),
  }));
  const may: true | string = permissions.has('customer.edit') ? true : 'not_permitted';
  return { stated: history[0]?.riskClass ?? null, history, rule: RISK_RULE, may: { change: may } };
}
