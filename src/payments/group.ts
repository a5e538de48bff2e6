// Customers of one group: below the same topmost one. One of them may pay for the others where the company lets that be.

import type { Json } from '#kernel/canonical.ts';
import type { CustomerId } from '#kernel/id.ts';
import type { PayingForGroup } from './netting.ts';
import type { Found } from './receipt.ts';

/** Whether customers are of one group, as far as is known; whoever is nobody's is of none. */
export function isOneGroup(
  { group }: Pick<Found, 'group'>,
  customerIds: readonly (CustomerId | null)[],
): boolean {
  const heads = new Set(customerIds.map((id) => (id === null ? undefined : group?.get(id)?.head)));
  return heads.size === 1 && !heads.has(undefined);
}

/** Who pays for these customers, where payer and they are one group and the company lets it be applied; else nothing. */
export function groupOf(
  found: Pick<Found, 'group' | 'conduct'>,
  payerId: CustomerId | undefined,
  customerIds: readonly (CustomerId | null)[],
): PayingForGroup | undefined {
  const { rules, matching } = found.conduct;
  if (payerId === undefined || rules.groupPayments === 'never') return undefined;
  if (matching(payerId).method === 'manual' || !isOneGroup(found, [payerId, ...customerIds]))
    return undefined;
  return { customerId: payerId, across: rules.groupPayments === 'net' };
}

/** What a certificate says of a group that was paid for: who paid, for whom, and who leads them. */
export function groupFacts(
  { group, conduct }: Pick<Found, 'group' | 'conduct'>,
  payerId: CustomerId,
  customerIds: readonly (CustomerId | null)[],
): { readonly [key: string]: Json } {
  const nameOf = (id: CustomerId | undefined): string =>
    (id === undefined ? undefined : group?.get(id)?.name) ?? '';
  return {
    groupPayments: conduct.rules.groupPayments,
    paidBy: nameOf(payerId),
    ledBy: nameOf(group?.get(payerId)?.head),
    paidFor: [...new Set(customerIds)].map((id) => nameOf(id ?? undefined)),
  };
}
