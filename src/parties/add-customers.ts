// New customers: one typed in, or thousands taken over from a file.

import type { Act, Command } from '#command/command.ts';
import { type CustomerId, newId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type Contact, type ContactRole, type Customer, checkCustomer, isEmail } from './customer.ts';
import { findCustomersByNumber, insertContacts, insertCustomers } from './store.ts';
import { takeCustomer } from './take-party.ts';

export type NewCustomer = {
  readonly number: string;
  readonly name: string;
  readonly parentId?: CustomerId | undefined;
  readonly taxId?: string | undefined;
  readonly country?: string | undefined;
  readonly language?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly paymentTermsId?: string | undefined;
  readonly contacts?: readonly {
    readonly name: string;
    readonly role: ContactRole;
    readonly email?: string | undefined;
    readonly phone?: string | undefined;
    readonly language?: string | undefined;
  }[];
};

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
    };
    checkCustomer(customer);
    customers.push(customer);
    for (const contact of given.contacts ?? []) {
      if (contact.email !== undefined && !isEmail(contact.email))
        throw new Refusal('email_not_valid', { email: contact.email });
      contacts.push({
        id: newId(),
        customerId: customer.id,
        name: contact.name,
        role: contact.role,
        email: contact.email ?? null,
        phone: contact.phone ?? null,
        language: contact.language ?? null,
      });
    }
  }
  insertCustomers(act, customers, batchId);
  insertContacts(act, contacts);
  return customers;
}

/** Adds one customer. Refuses: `customer_number_taken`, `customer_not_found` (the parent), and what `addCustomers` refuses. */
export const addCustomer: Command<NewCustomer, { readonly customerId: string }> = {
  name: 'add-customer',
  permission: 'customer.edit',
  constraints: { customer_tenant_id_number_key: 'customer_number_taken' },
  async run(act, input) {
    const [taken] = await findCustomersByNumber(act, [input.number]);
    if (taken) throw new Refusal('customer_number_taken', { number: input.number });
    if (input.parentId !== undefined) await takeCustomer(act, input.parentId);
    const [customer] = addCustomers(act, [input]);
    if (!customer) throw new Refusal('customer_not_found');
    act.record({
      type: 'customer.added',
      subjectId: customer.id,
      customerId: customer.id,
      data: { number: customer.number, name: customer.name },
    });
    return { customerId: customer.id };
  },
};
