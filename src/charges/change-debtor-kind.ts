// Saying what kind of debtor a customer is: the law of late payment is for business; consumers are left out unless the terms
// name them.

import type { Command } from '#command/command.ts';
import type { CustomerId } from '#kernel/id.ts';
import { takeCustomer } from '#parties/take-party.ts';
import type { DebtorKind } from './policy.ts';
import { insertDebtorKind } from './store.ts';

export type ChangeDebtorKind = { readonly customerId: CustomerId; readonly kind: DebtorKind };

/** Notes whether a customer is a business, a public authority or a consumer. Refuses: `customer_not_found`. */
export const changeDebtorKind: Command<
  ChangeDebtorKind,
  { readonly customerId: string; readonly kind: string }
> = {
  name: 'change-debtor-kind',
  permission: 'charge.configure',
  async run(act, { customerId, kind }) {
    await takeCustomer(act, customerId);
    insertDebtorKind(act, customerId, kind);
    act.record({ type: 'debtor_kind.changed', subjectId: customerId, customerId, data: { kind } });
    return { customerId, kind };
  },
};
