// New customers: one typed in, or thousands taken over from a file.

import type { Act, Command } from '#command/command.ts';
import { present } from '#kernel/assert.ts';
import { type CustomerId, newId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type Contact, type ContactRole, type Customer, checkContact, checkCustomer } from './customer.ts';
import { findCustomersByNumber, insertContacts, insertCustomers } from './store.ts';
import { takeParent } from './take-parent.ts';

export type NewCustomer = {
  readonly number: string;
  readonly name: string;
  readonly parentId?: CustomerId | undefined;
  readonly taxId?: string | undefined;
  readonly country?: string | undefined;
  readonly language?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly paymentTermsId?: string | undefined;
  readonly contacts?: readonly NewContact[] | undefined;
};

export type NewContact = {
  readonly name: string;
  readonly role: ContactRole;
  readonly email?: string | null | undefined;
  readonly phone?: string | null | undefined;
  readonly language?: string | null | undefined;
};

/** A contact as it is kept. Refuses what `checkContact` refuses. */
export function newContact(customerId: CustomerId, given: NewContact): Contact {
  const contact: Contact = {
    id: newId(),
    customerId,
    name: given.name,
    role: given.role,
    email: given.email ?? null,
    phone: given.phone ?? null,
    language: given.language ?? null,
  };
  checkContact(contact);
  return contact;
}

/**
 * Adds customers with their contacts, inside a command. The caller knows that the numbers are free.
 *
 * Refuses: `language_not_valid`, `country_not_valid`, `time_zone_not_valid`, `email_not_valid`.
 */
export function addCustomers(
  act: Act,
  wanted: readonly NewCustomer[],
  batchId: string | null = null,
): readonly Customer[] {
  const customers: Customer[] = [];
  const contacts: Contact[] = [];
  for (const given of wanted) {
    const customer: Customer = {
      id: newId(),
      number: given.number,
      name: given.name,
      parentId: given.parentId ?? null,
      taxId: given.taxId ?? null,
      country: given.country ?? null,
      language: given.language ?? 'en',
      timeZone: given.timeZone ?? 'UTC',
      paymentTermsId: given.paymentTermsId ?? null,
      addedAt: act.now,
      archivedAt: null,
    };
    checkCustomer(customer);
    customers.push(customer);
    for (const contact of given.contacts ?? []) contacts.push(newContact(customer.id, contact));
  }
  insertCustomers(act, customers, batchId);
  insertContacts(act, contacts);
  return customers;
}

/** What the database says no to when a customer is written. */
export const CUSTOMER_CONSTRAINTS = {
  customer_tenant_id_number_key: 'customer_number_taken',
  customer_tenant_id_payment_terms_id_fkey: 'payment_terms_not_found',
} as const;

/**
 * Adds one customer.
 *
 * Refuses: `customer_number_taken`, `parent_not_found`, `hierarchy_too_deep`, `payment_terms_not_found`, and what
 * `addCustomers` refuses.
 */
export const addCustomer: Command<NewCustomer, { readonly customerId: string }> = {
  name: 'add-customer',
  permission: 'customer.edit',
  constraints: CUSTOMER_CONSTRAINTS,
  async run(act, input) {
    const [taken] = await findCustomersByNumber(act, [input.number]);
    if (taken) throw new Refusal('customer_number_taken', { number: input.number });
    if (input.parentId !== undefined) await takeParent(act, input.parentId);

    const customer = present(addCustomers(act, [input])[0], 'one customer in, one customer out');

    act.record({
      type: 'customer.added',
      subjectId: customer.id,
      customerId: customer.id,
      data: { number: customer.number, name: customer.name },
    });
    return { customerId: customer.id };
  },
};
