// Changing a customer, archiving and restoring it. What was before is kept in the event.

import type { Act, Command } from '#command/command.ts';
import type { CustomerId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { CUSTOMER_CONSTRAINTS } from './add-customers.ts';
import { changeOf } from './changes.ts';
import { archivedRefusal, type Customer, checkCustomer } from './customer.ts';
import { findCustomersByNumber, lockCustomer, updateCustomer } from './store.ts';
import { takeParent } from './take-parent.ts';

type Changeable = Omit<Customer, 'id' | 'addedAt' | 'archivedAt'>;

export type ChangeCustomer = {
  readonly customerId: CustomerId;
  /** Fields left out stay; `null` empties one. */
  readonly wanted: { readonly [K in keyof Changeable]?: Changeable[K] | undefined };
};

/** The id of what was changed, and the fields that differ from before; none when it was so already. */
export type CustomerChanged = { readonly customerId: string; readonly changed: readonly string[] };

/**
 * Changes what is known of a customer. A new parent must not stand below it.
 *
 * Refuses: `customer_not_found`, `customer_archived`, `customer_number_taken`, `payment_terms_not_found`, what `takeParent`
 * and `checkCustomer` refuse.
 */
export const changeCustomer: Command<ChangeCustomer, CustomerChanged> = {
  name: 'change-customer',
  permission: 'customer.edit',
  constraints: CUSTOMER_CONSTRAINTS,
  async run(act, input) {
    const customer = await takeCustomerToChange(act, input.customerId);
    const refusal = archivedRefusal(customer);
    if (refusal) throw new Refusal(refusal);

    const { after, fields, changes } = changeOf(customer, input.wanted);
    if (fields.length === 0) return { customerId: customer.id, changed: [] };
    checkCustomer(after);
    await checkLinks(act, after, changes);

    updateCustomer(act, after);
    act.record({
      type: 'customer.changed',
      subjectId: customer.id,
      customerId: customer.id,
      data: { changes },
    });
    return { customerId: customer.id, changed: fields };
  },
};

async function checkLinks(
  act: Act,
  after: Customer,
  changes: Readonly<Record<string, unknown>>,
): Promise<void> {
  if ('number' in changes) {
    const [taken] = await findCustomersByNumber(act, [after.number]);
    if (taken) throw new Refusal('customer_number_taken', { number: after.number });
  }
  if ('parentId' in changes && after.parentId !== null) await takeParent(act, after.parentId, after.id);
}

/**
 * Archives a customer: it gets no new invoices and is not suggested. What it owes stays owed.
 *
 * Refuses: `customer_not_found`, `customer_archived`.
 */
export const archiveCustomer: Command<{ readonly customerId: CustomerId }, { readonly customerId: string }> =
  {
    name: 'archive-customer',
    permission: 'customer.edit',
    async run(act, input) {
      const customer = await takeCustomerToChange(act, input.customerId);
      const refusal = archivedRefusal(customer);
      if (refusal) throw new Refusal(refusal);
      updateCustomer(act, { ...customer, archivedAt: act.now });
      act.record({ type: 'customer.archived', subjectId: customer.id, customerId: customer.id, data: {} });
      return { customerId: customer.id };
    },
  };

/** Brings an archived customer back. Refuses: `customer_not_found`, `customer_not_archived`. */
export const restoreCustomer: Command<{ readonly customerId: CustomerId }, { readonly customerId: string }> =
  {
    name: 'restore-customer',
    permission: 'customer.edit',
    async run(act, input) {
      const customer = await takeCustomerToChange(act, input.customerId);
      if (customer.archivedAt === null) throw new Refusal('customer_not_archived');
      updateCustomer(act, { ...customer, archivedAt: null });
      act.record({ type: 'customer.restored', subjectId: customer.id, customerId: customer.id, data: {} });
      return { customerId: customer.id };
    },
  };

async function takeCustomerToChange(act: Act, id: CustomerId): Promise<Customer> {
  const customer = await lockCustomer(act, id);
  if (!customer) throw new Refusal('customer_not_found', { customerId: id });
  return customer;
}
