// All SQL of parties. Rows in, domain values out.

import { type Selectable, sql, type Updateable } from 'kysely';
import type { Act } from '#command/command.ts';
import { q } from '#db/query.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { ReferenceScheme } from '#formats/payment-reference.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { COMPANIES_MAX, HIERARCHY_LEVELS_MAX } from '#kernel/limits.ts';
import type { Company } from './company.ts';
import type {
  Address,
  AddressKind,
  Contact,
  ContactRole,
  Customer,
  CustomerBankAccount,
} from './customer.ts';
import { searchTextOf } from './search-text.ts';

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
    accountNumber: row.account_number,
    routingNumber: row.routing_number,
    email: row.email,
    phone: row.phone,
    referenceScheme: row.reference_scheme as ReferenceScheme | null,
    networkAddress: row.network_address,
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
    addedAt: row.created_at,
    archivedAt: row.archived_at,
  };
}

/** A page of companies, by code. */
export async function findCompanyPage(tx: Tx, page: Page): Promise<readonly Company[]> {
  return (await companiesByCode(tx, page)).map(toCompany);
}

/** The companies of the tenant, by code. */
export async function findCompanies(tx: Tx): Promise<readonly Company[]> {
  return findCompanyPage(tx, { after: undefined, limit: COMPANIES_MAX });
}

/** One company by id. */
export async function findCompany(tx: Tx, id: CompanyId): Promise<Company | undefined> {
  const [row] = await rowsById(tx, 'company', [id]);
  return row && toCompany(row);
}

/** One company by id, locked against other changes of its details, not against postings. */
export async function lockCompany(tx: Tx, id: CompanyId): Promise<Company | undefined> {
  const row = await lockRow(tx, 'company', id);
  return row && toCompany(row);
}

/** What of a company may change. */
function companyDetails(company: Company) {
  return {
    name: company.name,
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
    account_number: company.accountNumber,
    routing_number: company.routingNumber,
    email: company.email,
    phone: company.phone,
    reference_scheme: company.referenceScheme,
    network_address: company.networkAddress,
  };
}

/** Adds a company. */
export function insertCompany(act: Act, company: Company): void {
  act.insert('company', [
    {
      id: company.id,
      code: company.code,
      functional_currency: company.functionalCurrency,
      country: company.country,
      ...companyDetails(company),
      created_at: act.now,
    },
  ]);
}

/** Writes the details of a company as they are now. */
export function updateCompany(act: Act, company: Company): void {
  updateRow(act, 'company', company.id, companyDetails(company));
}

/** Customers by id, in no order. */
export async function findCustomers(tx: Tx, ids: readonly CustomerId[]): Promise<readonly Customer[]> {
  return (await rowsById(tx, 'customer', ids)).map(toCustomer);
}

/** Customers by their numbers, in no order. */
export async function findCustomersByNumber(
  tx: Tx,
  numbers: readonly string[],
): Promise<readonly Customer[]> {
  const rows = await tx.run(sql<Selectable<DB['customer']>>`
    select * from customer where tenant_id = ${tx.tenantId} and number in (select unnest(${arrayLiteral(numbers)}::text[]))`);
  return rows.map(toCustomer);
}

function customerColumns(customer: Customer) {
  return {
    number: customer.number,
    name: customer.name,
    parent_id: customer.parentId,
    tax_id: customer.taxId,
    country: customer.country,
    language: customer.language,
    time_zone: customer.timeZone,
    payment_terms_id: customer.paymentTermsId,
    archived_at: customer.archivedAt,
    search_text: searchTextOf(customer),
  };
}

/** Adds customers. */
export function insertCustomers(act: Act, customers: readonly Customer[], batchId: string | null): void {
  act.insert(
    'customer',
    customers.map((customer) => ({
      id: customer.id,
      ...customerColumns(customer),
      batch_id: batchId,
      created_at: act.now,
    })),
  );
}

/** One customer by id, locked against other changes of it, not against new documents. */
export async function lockCustomer(tx: Tx, id: CustomerId): Promise<Customer | undefined> {
  const row = await lockRow(tx, 'customer', id);
  return row && toCustomer(row);
}

/** Writes a customer as it is now. */
export function updateCustomer(act: Act, customer: Customer): void {
  updateRow(act, 'customer', customer.id, customerColumns(customer));
}

/** Contacts of customers that are not archived. */
export async function findContacts(tx: Tx, customerIds: readonly CustomerId[]): Promise<readonly Contact[]> {
  return (await rowsInUse(tx, 'contact', customerIds)).map(toContact);
}

function toContact(row: Selectable<DB['contact']>): Contact {
  return {
    id: row.id,
    customerId: row.customer_id as CustomerId,
    name: row.name,
    role: row.role as ContactRole,
    email: row.email,
    phone: row.phone,
    language: row.language,
  };
}

function contactColumns(contact: Contact) {
  return {
    name: contact.name,
    role: contact.role,
    email: contact.email,
    phone: contact.phone,
    language: contact.language,
  };
}

/** Adds contacts. */
export function insertContacts(act: Act, contacts: readonly Contact[]): void {
  act.insert(
    'contact',
    contacts.map((c) => ({
      id: c.id,
      customer_id: c.customerId,
      ...contactColumns(c),
      created_at: act.now,
    })),
  );
}

/** One contact that is not archived, locked. */
export async function lockContact(tx: Tx, id: string): Promise<Contact | undefined> {
  const row = await lockRow(tx, 'contact', id);
  return row && row.archived_at === null ? toContact(row) : undefined;
}

/** Writes a contact as it is now. */
export function updateContact(act: Act, contact: Contact): void {
  updateRow(act, 'contact', contact.id, contactColumns(contact));
}

/** Customers directly below one, by name. */
export async function findChildren(
  tx: Tx,
  parentId: CustomerId,
  limit: number,
): Promise<readonly Customer[]> {
  const rows = await tx.run(sql<Selectable<DB['customer']>>`
    select * from customer where tenant_id = ${tx.tenantId} and parent_id = ${parentId}
    order by name, id limit ${limit}`);
  return rows.map(toCustomer);
}

/** A customer and all those below it: itself first, then level by level, by name; at most so many. */
export async function findGroup(tx: Tx, id: CustomerId, limit: number): Promise<readonly Customer[]> {
  const rows = await tx.run(sql<Selectable<DB['customer']>>`
    with recursive below (id, level) as (
      select ${id}::uuid, 1
      union all
      select c.id, b.level + 1 from customer c join below b on c.parent_id = b.id
      where c.tenant_id = ${tx.tenantId} and b.level <= ${HIERARCHY_LEVELS_MAX}
    ) select c.* from below b join customer c on c.tenant_id = ${tx.tenantId} and c.id = b.id
    order by b.level, c.name, c.id limit ${limit}`);
  return rows.map(toCustomer);
}

/** One after the other: changes of who stands below whom, in a tenant. Held until the commit. */
export async function lockHierarchy(act: Act): Promise<void> {
  await act.run(
    sql`select pg_advisory_xact_lock(hashtextextended(${`customer hierarchy ${act.tenantId}`}, 0))`,
  );
}

/** A customer and those above it, from the bottom up; nothing when there is no such customer. */
export async function findAncestors(tx: Tx, id: CustomerId): Promise<readonly CustomerId[]> {
  const rows = await tx.run(sql<{ id: CustomerId }>`
    with recursive above (id, parent_id, level) as (
      select id, parent_id, 1 from customer where tenant_id = ${tx.tenantId} and id = ${id}
      union all
      select c.id, c.parent_id, a.level + 1 from customer c join above a on c.id = a.parent_id
      where c.tenant_id = ${tx.tenantId} and a.level <= ${HIERARCHY_LEVELS_MAX}
    ) select id from above order by level`);
  return rows.map((row) => row.id);
}

/** How many levels a customer and those below it make. */
export async function findDescendantLevels(tx: Tx, id: CustomerId): Promise<number> {
  const rows = await tx.run(sql<{ levels: number }>`
    with recursive below (id, level) as (
      select ${id}::uuid, 1
      union all
      select c.id, b.level + 1 from customer c join below b on c.parent_id = b.id
      where c.tenant_id = ${tx.tenantId} and b.level <= ${HIERARCHY_LEVELS_MAX}
    ) select max(level) as levels from below`);
  return rows[0]?.levels ?? 1;
}

/** A customer as it is suggested. */
export type Suggestion = Pick<Customer, 'id' | 'number' | 'name' | 'archivedAt'>;

/** How suggestions are sought: by the beginning of the number, of the folded name, or by any part of either. */
export type Sought = {
  readonly by: 'number' | 'name' | 'part';
  readonly text: string;
  readonly archived: boolean;
  readonly limit: number;
};

/** Customers to suggest. By number and name an index answers; by part all customers are read until there are enough. */
export async function findSuggestions(tx: Tx, sought: Sought): Promise<readonly Suggestion[]> {
  const { by, text } = sought;
  const condition = {
    number: sql`number ^@ ${text}`,
    name: sql`search_text ^@ ${text}`,
    part: sql`position(${text} in search_text) > 0`,
  }[by];
  const order = {
    number: sql`order by number using ~<~`,
    name: sql`order by search_text using ~<~`,
    part: sql``,
  }[by];
  const rows = await tx.run(
    sql<Selectable<DB['customer']>>`
      select * from customer where tenant_id = ${tx.tenantId} and ${condition}
        ${sought.archived ? sql`` : sql`and archived_at is null`} ${order} limit ${sought.limit}`,
    { plan: 'fresh' },
  );
  return rows.map(toCustomer);
}

function toAddress(row: Selectable<DB['address']>): Address {
  return {
    id: row.id,
    customerId: row.customer_id as CustomerId,
    kind: row.kind as AddressKind,
    street: row.street,
    postalCode: row.postal_code,
    city: row.city,
    region: row.region,
    country: row.country,
  };
}

/** Addresses of customers that are not archived. */
export async function findAddresses(tx: Tx, customerIds: readonly CustomerId[]): Promise<readonly Address[]> {
  return (await rowsInUse(tx, 'address', customerIds)).map(toAddress);
}

/** One address that is not archived, locked. */
export async function lockAddress(tx: Tx, id: string): Promise<Address | undefined> {
  const row = await lockRow(tx, 'address', id);
  return row && row.archived_at === null ? toAddress(row) : undefined;
}

function addressColumns(address: Address) {
  return {
    kind: address.kind,
    street: address.street,
    postal_code: address.postalCode,
    city: address.city,
    region: address.region,
    country: address.country,
  };
}

/** Adds an address. */
export function insertAddress(act: Act, address: Address): void {
  act.insert('address', [
    { id: address.id, customer_id: address.customerId, ...addressColumns(address), created_at: act.now },
  ]);
}

/** Writes an address as it is now. */
export function updateAddress(act: Act, address: Address): void {
  updateRow(act, 'address', address.id, addressColumns(address));
}

function toBankAccount(row: Selectable<DB['customer_bank_account']>): CustomerBankAccount {
  return {
    id: row.id,
    customerId: row.customer_id as CustomerId,
    account: row.account,
    source: row.source as CustomerBankAccount['source'],
    addedAt: row.created_at,
  };
}

/** Bank accounts of customers that are not archived. */
export async function findBankAccounts(
  tx: Tx,
  customerIds: readonly CustomerId[],
): Promise<readonly CustomerBankAccount[]> {
  return (await rowsInUse(tx, 'customer_bank_account', customerIds)).map(toBankAccount);
}

/** Who pays from accounts, by account number; archived ones left out. */
export async function findByAccounts(
  tx: Tx,
  accounts: readonly string[],
): Promise<readonly CustomerBankAccount[]> {
  const rows = await tx.run(sql<Selectable<DB['customer_bank_account']>>`
    select * from customer_bank_account where tenant_id = ${tx.tenantId}
      and account in (select unnest(${arrayLiteral(accounts)}::text[])) and archived_at is null order by id`);
  return rows.map(toBankAccount);
}

/** One bank account that is not archived, locked. */
export async function lockBankAccount(tx: Tx, id: string): Promise<CustomerBankAccount | undefined> {
  const row = await lockRow(tx, 'customer_bank_account', id);
  return row && row.archived_at === null ? toBankAccount(row) : undefined;
}

/** Adds bank accounts; those a customer has in use already stay as they are. */
export function insertBankAccounts(
  act: Act,
  accounts: readonly Omit<CustomerBankAccount, 'addedAt'>[],
): void {
  act.write(sql`
    insert into customer_bank_account (tenant_id, id, customer_id, account, source, created_at)
    select ${act.tenantId}, n.id, n.customer_id, n.account, n.source, ${act.now}::timestamptz
    from unnest(${arrayLiteral(accounts.map((a) => a.id))}::uuid[], ${arrayLiteral(accounts.map((a) => a.customerId))}::uuid[],
      ${arrayLiteral(accounts.map((a) => a.account))}::text[], ${arrayLiteral(accounts.map((a) => a.source))}::text[])
      as n(id, customer_id, account, source)
    on conflict (tenant_id, customer_id, account) where archived_at is null do nothing`);
}

/** Tables whose rows people change. */
type Kept = 'company' | 'customer' | 'contact' | 'address' | 'customer_bank_account';

/** Part of a list by code: what comes after a code. */
type Page = { readonly after: string | undefined; readonly limit: number };

async function rowsById<T extends Kept>(
  tx: Tx,
  table: T,
  ids: readonly string[],
): Promise<readonly Selectable<DB[T]>[]> {
  return tx.run(sql<Selectable<DB[T]>>`
    select * from ${sql.table(table)} where tenant_id = ${tx.tenantId} and id in (select unnest(${arrayLiteral(ids)}::uuid[]))`);
}

async function companiesByCode(tx: Tx, page: Page): Promise<readonly Selectable<DB['company']>[]> {
  return tx.run(sql<Selectable<DB['company']>>`
    select * from company where tenant_id = ${tx.tenantId} and code > ${page.after ?? ''} order by code limit ${page.limit}`);
}

async function rowsInUse<T extends 'contact' | 'address' | 'customer_bank_account'>(
  tx: Tx,
  table: T,
  customerIds: readonly CustomerId[],
): Promise<readonly Selectable<DB[T]>[]> {
  return tx.run(sql<Selectable<DB[T]>>`
    select * from ${sql.table(table)} where tenant_id = ${tx.tenantId}
      and customer_id in (select unnest(${arrayLiteral(customerIds)}::uuid[])) and archived_at is null order by id`);
}

/** One row by id, locked against other changes of it. New rows that refer to it are not kept waiting. */
async function lockRow<T extends Kept>(tx: Tx, table: T, id: string): Promise<Selectable<DB[T]> | undefined> {
  return tx.find(sql<Selectable<DB[T]>>`
    select * from ${sql.table(table)} where tenant_id = ${tx.tenantId} and id = ${id} for no key update`);
}

function updateRow<T extends Kept>(act: Act, table: T, id: string, columns: Updateable<DB[T]>): void {
  act.write(
    q
      .updateTable(table as Kept)
      .set(columns as Updateable<DB['company']>)
      .where('tenant_id', '=', act.tenantId)
      .where('id', '=', id),
    { rows: 1, rule: 'the row to change is there' },
  );
}

/** Takes a contact, address or bank account out of use; the row stays. */
export function archiveRow(
  act: Act,
  table: 'contact' | 'address' | 'customer_bank_account',
  id: string,
): void {
  act.write(
    sql`update ${sql.table(table)} set archived_at = ${act.now}
      where tenant_id = ${act.tenantId} and id = ${id} and archived_at is null`,
    { rows: 1, rule: 'what is archived was in use' },
  );
}
