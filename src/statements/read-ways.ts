// How statements reach customers, read in one place: for a plan, for a run, by hand, and again in the moment one leaves.

import type { Tx } from '#db/transaction.ts';
import type { Way } from '#delivery/preference.ts';
import { readReach, readSuppressed } from '#delivery/read-reach.ts';
import { present } from '#kernel/assert.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import type { Customer } from '#parties/customer.ts';
import { type StatementPreference, wayFor } from './schedule.ts';
import { findPreferences } from './store.ts';

export type StatementReach = {
  readonly customer: Customer;
  readonly preference: StatementPreference;
  /** Nothing, where the customer cannot be reached by mail or post. */
  readonly way: Way | undefined;
};

/**
 * How a statement of a company would reach some customers now, those that exist. Addresses named for statements alone are looked
 * up among the stopped ones like all others.
 */
export async function readWays(
  tx: Tx,
  companyId: CompanyId,
  customerIds: readonly CustomerId[],
): Promise<ReadonlyMap<CustomerId, StatementReach>> {
  const preferences = await findPreferences(tx, customerIds);
  const own = [...preferences.values()].flatMap(({ emailTo, copies }) => [
    ...(emailTo === null ? [] : [emailTo]),
    ...copies,
  ]);
  const [reaches, stopped] = await Promise.all([
    readReach(tx, companyId, customerIds, 'statement'),
    readSuppressed(tx, [...new Set(own)], 'statement'),
  ]);
  return new Map(
    [...reaches].map(([id, reach]) => {
      const preference = present(preferences.get(id), 'every customer wants something');
      const suppressed = new Set([...reach.suppressed, ...stopped]);
      return [
        id,
        { customer: reach.customer, preference, way: wayFor({ ...reach, suppressed }, preference) },
      ];
    }),
  );
}
