// All SQL of parties. Rows in, domain values out.

import { type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import { q } from '#db/query.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import type { Company } from './company.ts';
import type { Contact, ContactRole, Customer } from './customer.ts';

function toCompany(row: Selectable<DB['company']>): Company {
  return {
    id: row.id as CompanyId,
    code: row.code,
    name: row.name,
    functionalCurrency: row.functional_currency,
    country: row.country,
    language: row.language,
    timeZone: row.time_zone,
    street: row.street,
    postalCode: row.postal_code,
    city: row.city,
    taxId: row.tax_id,
    registrationNo: row.registration_no,
    bankName: row.bank_name,
    iban: row.iban,
    bic: row.bic,
    email: row.email,
    phone: row.phone,
  };
}

function toCustomer(row: Selectable<DB['customer']>): Customer {
  return {
    id: row.id as CustomerId,
    number: row.number,
    name: row.name,
    parentId: row.parent_id as CustomerId | null,
    taxId: row.tax_id,
    country: row.country,
    language: row.language,
    timeZone: row.time_zone,
    paymentTermsId: row.payment_terms_id,
  };
}

/** The companies of the tenant, by code. */
export async function findCompanies(tx: Tx): Promise<readonly Company[]> {
  const rows = await tx.run(
    q.selectFrom('company').selectAll().where('tenant_id', '=', tx.tenantId).orderBy('code'),
  );
  return rows.map(toCompany);
}

/** One company by id. */
export async function findCompany(tx: Tx, id: CompanyId): Promise<Company | undefined> {
  const row = await tx.find(
    q.selectFrom('company').selectAll().where('tenant_id', '=', tx.tenantId).where('id', '=', id),
  );
  return row && toCompany(row);
}

/** Adds a company. */
export function insertCompany(act: Act, company: Company): void {
  act.insert('company', [
    {
      id: company.id,
      code: company.code,
      name: company.name,
      functional_currency: company.functionalCurrency,
      country: company.country,
      language: company.language,
      time_zone: company.timeZone,
      street: company.street,
      postal_code: company.postalCode,
      city: company.city,
      tax_id: company.taxId,
      registration_no: company.registrationNo,
      bank_name: company.bankName,
      iban: company.iban,
      bic: company.bic,
      email: company.email,
      phone: company.phone,
      created_at: act.now,
    },
  ]);
}

/** Customers by id, in no order. */
export async function findCustomers(tx: Tx, ids: readonly CustomerId[]): Promise<readonly Customer[]> {
  const rows = await tx.run(
    q
      .selectFrom('customer')
      .selectAll()
      .where('tenant_id', '=', tx.tenantId)
      .where('id', '=', sql<string>`any(${arrayLiteral(ids)}::uuid[])`),
  );
  return rows.map(toCustomer);
}

/** Customers by their numbers, in no order. */
export async function findCustomersByNumber(
  tx: Tx,
  numbers: readonly string[],
): Promise<readonly Customer[]> {
  const rows = await tx.run(
    q
      .selectFrom('customer')
      .selectAll()
      .where('tenant_id', '=', tx.tenantId)
      .where('number', '=', sql<string>`any(${arrayLiteral(numbers)}::text[])`),
  );
  return rows.map(toCustomer);
}

/** Adds customers. */
export function insertCustomers(act: Act, customers: readonly Customer[], batchId: string | null): void {
  act.insert(
    'customer',
    customers.map((customer) => ({
      id: customer.id,
      number: customer.number,
      name: customer.name,
      parent_id: customer.parentId,
      tax_id: customer.taxId,
      country: customer.country,
      language: customer.language,
      time_zone: customer.timeZone,
      payment_terms_id: customer.paymentTermsId,
      batch_id: batchId,
      created_at: act.now,
    })),
  );
}

/** Contacts of customers that are not archived. */
export async function findContacts(tx: Tx, customerIds: readonly CustomerId[]): Promise<readonly Contact[]> {
  const rows = await tx.run(
    q
      .selectFrom('contact')
      .selectAll()
      .where('tenant_id', '=', tx.tenantId)
      .where('customer_id', '=', sql<string>`any(${arrayLiteral(customerIds)}::uuid[])`)
      .where('archived_at', 'is', null)
      .orderBy('id'),
  );
  return rows.map((row) => ({
    id: row.id,
    customerId: row.customer_id as CustomerId,
    name: row.name,
    role: row.role as ContactRole,
    email: row.email,
    phone: row.phone,
    language: row.language,
  }));
}

/** Adds contacts. */
export function insertContacts(act: Act, contacts: readonly Contact[]): void {
  act.insert(
    'contact',
    contacts.map((c) => ({
      id: c.id,
      customer_id: c.customerId,
      name: c.name,
      role: c.role,
      email: c.email,
      phone: c.phone,
      language: c.language,
      created_at: act.now,
    })),
  );
}
