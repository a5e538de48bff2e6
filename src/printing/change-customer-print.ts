// Choosing the second language of one customer's documents.

import type { Command } from '#command/command.ts';
import type { CustomerId } from '#kernel/id.ts';
import { takeCustomer } from '#parties/take-party.ts';
import type { SecondLanguage } from './language.ts';
import { saveCustomerLanguage } from './store-look.ts';

export type ChangeCustomerPrint = {
  readonly customerId: CustomerId;
  /** `null` leaves it to the company. */
  readonly secondLanguage: SecondLanguage | null;
};

/** Refuses: `customer_not_found`. */
export const changeCustomerPrint: Command<ChangeCustomerPrint, { readonly customerId: string }> = {
  name: 'change-customer-print',
  permission: 'customer.edit',
  async run(act, { customerId, secondLanguage }) {
    const customer = await takeCustomer(act, customerId);
    saveCustomerLanguage(act, customer.id, secondLanguage);
    act.record({ type: 'customer.print_changed', subjectId: customer.id, data: { secondLanguage } });
    return { customerId: customer.id };
  },
};
