// Stating the risk class of a customer, or leaving it to be reckoned again.

import type { Command } from '#command/command.ts';
import type { CustomerId } from '#kernel/id.ts';
import { takeCustomer } from '#parties/take-party.ts';
import type { RiskClass } from './risk-class.ts';
import { insertRiskClass } from './store.ts';

export type ChangeRiskClass = {
  readonly customerId: CustomerId;
  /** Null: it is reckoned from how the customer pays. */
  readonly riskClass: RiskClass | null;
  readonly note: string;
};

/** Notes the risk class that somebody states, with why. The last word counts. Refuses: `customer_not_found`. */
export const changeRiskClass: Command<ChangeRiskClass, null> = {
  name: 'change-risk-class',
  permission: 'customer.edit',
  async run(act, { customerId, riskClass, note }) {
    await takeCustomer(act, customerId);
    insertRiskClass(act, { customerId, riskClass, note });
    act.record({
      type: 'customer.risk_class_stated',
      subjectId: customerId,
      customerId,
      data: { riskClass, note },
    });
    return null;
  },
};
