// Reading the parties that a command is about, or refusing when they are not there.

import type { Tx } from '#db/transaction.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Company } from './company.ts';
import type { Contact, Customer } from './customer.ts';
import {
  findCompanies,
  findCompany,
  findContacts,
  findCustomers,
  findCustomersByNumber,
  findGroup,
} from './store.ts';
import { findAbove, findMembers } from './store-groups.ts';

/** A company by id. Refuses: `company_not_found`. */
export async function takeCompany(tx: Tx, id: CompanyId): Promise<Company> {
  const company = await findCompany(tx, id);
  if (!company) throw new Refusal('company_not_found', { companyId: id });
  return company;
}

/** A company by its code, or the only one when no code is given. Refuses: `company_not_found`, `company_not_named`. */
export async function takeCompanyByCode(tx: Tx, code: string | undefined): Promise<Company> {
  const companies = await findCompanies(tx);
  const [first, second] = companies;
  if (code === undefined) {
    if (!first) throw new Refusal('company_not_found');
    if (second) throw new Refusal('company_not_named', { companies: companies.map((c) => c.code) });
    return first;
  }
  const company = companies.find((c) => c.code === code.toUpperCase());
  if (!company) throw new Refusal('company_not_found', { code, companies: companies.map((c) => c.code) });
  return company;
}

/** All companies of the tenant, by code. */
export async function listCompanies(tx: Tx): Promise<readonly Company[]> {
  return findCompanies(tx);
}

/** A customer by id. Refuses: `customer_not_found`. */
export async function takeCustomer(tx: Tx, id: CustomerId): Promise<Customer> {
  const [customer] = await findCustomers(tx, [id]);
  if (!customer) throw new Refusal('customer_not_found', { customerId: id });
  return customer;
}

/** Customers by id, as far as they exist. */
export async function readCustomers(
  tx: Tx,
  ids: readonly CustomerId[],
): Promise<ReadonlyMap<CustomerId, Customer>> {
  return new Map((await findCustomers(tx, ids)).map((customer) => [customer.id, customer]));
}

/** Customers by their numbers, as far as they exist. */
export async function readCustomersByNumber(
  tx: Tx,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, Customer>> {
  return new Map((await findCustomersByNumber(tx, numbers)).map((customer) => [customer.number, customer]));
}

/** Contacts of customers, archived ones left out. */
export async function readContacts(tx: Tx, customerIds: readonly CustomerId[]): Promise<readonly Contact[]> {
  return findContacts(tx, customerIds);
}

/**
 * A customer and all those below it, itself first, then level by level; at most so many.
 *
 * Refuses: `customer_not_found`.
 */
export async function takeGroup(tx: Tx, id: CustomerId, limit: number): Promise<readonly Customer[]> {
  const group = await findGroup(tx, id, limit);
  if (group.length === 0) throw new Refusal('customer_not_found', { customerId: id });
  return group;
}

/** Those above each of these customers, the nearest first. */
export async function readAbove(
  tx: Tx,
  ids: readonly CustomerId[],
): Promise<ReadonlyMap<CustomerId, readonly CustomerId[]>> {
  return ids.length === 0 ? new Map() : findAbove(tx, [...new Set(ids)]);
}

/** The topmost above each of these customers, itself where nobody is above it: who has the same one is of the same group. */
export async function readHeads(
  tx: Tx,
  ids: readonly CustomerId[],
): Promise<ReadonlyMap<CustomerId, CustomerId>> {
  const above = await readAbove(tx, ids);
  return new Map([...above].map(([id, those]) => [id, those.at(-1) ?? id]));
}

/** Customers each with all those below it, itself first; of each group at most so many. */
export async function readMembers(
  tx: Tx,
  ids: readonly CustomerId[],
  limit: number,
): Promise<ReadonlyMap<CustomerId, readonly CustomerId[]>> {
  return findMembers(tx, ids, limit);
}
