// Reading one customer with all that belongs to it.

import type { Tx } from '#db/transaction.ts';
import type { CustomerId } from '#kernel/id.ts';
import { CHILDREN_SHOWN } from '#kernel/limits.ts';
import type { Address, Contact, Customer, CustomerBankAccount } from './customer.ts';
import { findAddresses, findBankAccounts, findChildren, findContacts, findCustomers } from './store.ts';
import { takeCustomer } from './take-party.ts';

/** A customer with its surroundings. Children beyond `CHILDREN_SHOWN` are left out. */
export type WholeCustomer = {
  readonly customer: Customer;
  readonly parent: Customer | undefined;
  readonly children: readonly Customer[];
  readonly contacts: readonly Contact[];
  readonly addresses: readonly Address[];
  readonly bankAccounts: readonly CustomerBankAccount[];
};

/** One customer with parent, children, contacts, addresses and bank accounts. Refuses: `customer_not_found`. */
export async function readCustomer(tx: Tx, id: CustomerId): Promise<WholeCustomer> {
  const customer = await takeCustomer(tx, id);
  const [parents, children, contacts, addresses, bankAccounts] = await Promise.all([
    customer.parentId === null ? [] : findCustomers(tx, [customer.parentId]),
    findChildren(tx, id, CHILDREN_SHOWN),
    findContacts(tx, [id]),
    findAddresses(tx, [id]),
    findBankAccounts(tx, [id]),
  ]);
  return { customer, parent: parents[0], children, contacts, addresses, bankAccounts };
}

/** Addresses of customers in use, the newest last. */
export async function readAddresses(tx: Tx, ids: readonly CustomerId[]): Promise<readonly Address[]> {
  return findAddresses(tx, ids);
}
