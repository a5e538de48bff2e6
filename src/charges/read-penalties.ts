// Reading what late payment brings a customer by the terms, for reminders that tell it before it comes.

import type { Tx } from '#db/transaction.ts';
import { later, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import type { Money } from '#kernel/money.ts';
import { KNOWN_RATES } from './known-rates.ts';
import { type Penalties, penaltiesOf } from './penalties.ts';
import { policyOn, readTerms } from './policy.ts';
import { histories } from './reference-rate.ts';
import { findDebtorKinds, findPolicies, findRecordedRates } from './store-situation.ts';

/**
 * What the terms ask of a customer for items that are or would be paid late, by the terms of the item that was issued last,
 * as fees of reminders go; nothing where none are in force.
 */
export async function readPenalties(
  tx: Tx,
  about: {
    readonly companyId: CompanyId;
    readonly customerId: CustomerId;
    readonly items: readonly {
      readonly issuedOn: PlainDate;
      readonly dueOn: PlainDate;
      readonly open: Money;
    }[];
    readonly day: PlainDate;
  },
): Promise<Penalties> {
  const { companyId, customerId, items, day } = about;
  const [first] = items;
  if (!first) return {};
  const [policies, kinds, recorded] = await Promise.all([
    findPolicies(tx, companyId, [customerId]),
    findDebtorKinds(tx, [customerId]),
    findRecordedRates(tx),
  ]);
  const issuedOn = items.map((item) => item.issuedOn).reduce(later, first.issuedOn);
  const policy = policyOn(policies, customerId, issuedOn);
  if (!policy) return {};
  const debtor = kinds.get(customerId) ?? 'business';
  return penaltiesOf(readTerms(policy.terms), histories(KNOWN_RATES, recorded), { items, debtor, day });
}
