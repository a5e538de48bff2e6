// What the API offers on companies, customers and how customers are reached. Pure; the web reads it too.

import { z } from 'zod';
import { REFERENCE_SCHEMES } from '#formats/payment-reference.ts';
import { idText, may, momentText, operation, pageOf, pageQuery, textLine } from '#http/contract.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { SUGGESTIONS_MAX } from '#kernel/limits.ts';

const TAG = 'Customers and companies';

/** An id of a company in a request. */
export const companyIdIn = idText.transform((text) => text as CompanyId);
/** An id of a customer in a request. */
export const customerIdIn = idText.transform((text) => text as CustomerId);

const country = z.string().regex(/^[A-Z]{2}$/, 'country_not_valid');
const language = z.string().regex(/^[a-z]{2,3}(-[A-Z]{2})?$/, 'language_not_valid');
const timeZone = z.string().min(1).max(60);
const email = z.string().trim().max(254);
const optionalLine = (max: number) => textLine(max).nullable().optional();

// — companies —

export const companyReply = z
  .object({
    id: z.string(),
    code: z.string(),
    name: z.string(),
    functionalCurrency: z.string(),
    country: z.string(),
    language: z.string(),
    timeZone: z.string(),
    street: z.string().nullable(),
    postalCode: z.string().nullable(),
    city: z.string().nullable(),
    taxId: z.string().nullable(),
    registrationNo: z.string().nullable(),
    bankName: z.string().nullable(),
    iban: z.string().nullable(),
    bic: z.string().nullable(),
    accountNumber: z.string().nullable(),
    routingNumber: z.string().nullable(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    /** In which structured form payers are to quote its invoices. */
    referenceScheme: z.enum(REFERENCE_SCHEMES).nullable(),
    /** Its electronic address for e-invoices, with the scheme. */
    networkAddress: z.string().nullable(),
  })
  .meta({ id: 'Company' });

const companyDetails = {
  language: language.optional(),
  timeZone: timeZone.optional(),
  street: optionalLine(200),
  postalCode: optionalLine(20),
  city: optionalLine(100),
  taxId: optionalLine(40),
  registrationNo: optionalLine(100),
  bankName: optionalLine(100),
  iban: optionalLine(42),
  bic: optionalLine(11),
  accountNumber: optionalLine(40),
  routingNumber: optionalLine(40),
  email: email.nullable().optional(),
  phone: optionalLine(40),
  referenceScheme: z.enum(REFERENCE_SCHEMES).nullable().optional(),
  networkAddress: optionalLine(150),
};

/** What a new company says of itself; its code, currency and country stay as they are. The ledger opens it. */
export const newCompanyBody = z.object({
  code: z.string().regex(/^[A-Z0-9][A-Z0-9_-]{0,19}$/, 'company_code_not_valid'),
  name: textLine(200),
  functionalCurrency: z.string(),
  country,
  ...companyDetails,
});

const COMPANY_REFUSALS = {
  company_not_found: [404, 'There is no such company. See the list of companies.'],
  time_zone_not_valid: [400, 'This is no IANA time zone. Write it like Europe/Prague.'],
  iban_not_valid: [
    400,
    'This IBAN has a mistake: its check digits or its length do not fit. Compare it with the bank’s paper.',
  ],
  bic_not_valid: [400, 'This is no BIC. It has 8 or 11 letters and digits, like DEUTDEFF.'],
  email_not_valid: [400, 'This is no e-mail address. Write one, like accounts@example.com.'],
  network_address_not_valid: [
    400,
    'This is no electronic address: its scheme is unknown, or its check digits do not fit. Write it like 9930:DE123456789.',
  ],
} as const;

export const listCompanies = operation({
  id: 'list-companies',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/companies',
  summary: 'The companies of the tenant, by code.',
  tag: TAG,
  permission: 'book.read',
  query: pageQuery,
  reply: pageOf(companyReply),
});

export const readCompany = operation({
  id: 'read-company',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/companies/:companyId',
  summary: 'One company, with what the caller may do with it.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ companyId: companyIdIn }),
  reply: companyReply.extend({ may: z.object({ change: may }) }),
  refusals: { company_not_found: COMPANY_REFUSALS.company_not_found },
});

export const changeCompany = operation({
  id: 'change-company',
  kind: 'command',
  method: 'PATCH',
  path: '/api/v1/companies/:companyId',
  summary:
    'Changes name, address, bank and contact details of a company. Fields left out stay; null empties a field.',
  tag: TAG,
  permission: 'company.manage',
  params: z.object({ companyId: companyIdIn }),
  body: z.object({ name: textLine(200).optional(), ...companyDetails }),
  reply: z.object({ companyId: z.string(), changed: z.array(z.string()) }),
  refusals: COMPANY_REFUSALS,
});

// — customers —

/** A customer in a few words, as it stands beside other things. */
export const customerBrief = z
  .object({ id: z.string(), number: z.string(), name: z.string() })
  .meta({ id: 'CustomerBrief' });

const contactRole = z.enum(['billing', 'reminders', 'management', 'other']);

const contactReply = z.object({
  id: z.string(),
  name: z.string(),
  role: contactRole,
  email: z.string().nullable(),
  phone: z.string().nullable(),
  language: z.string().nullable(),
  /** Whether reminders go to this one. */
  receivesReminders: z.boolean(),
});

const addressReply = z.object({
  id: z.string(),
  kind: z.enum(['billing', 'delivery']),
  street: z.string(),
  postalCode: z.string(),
  city: z.string(),
  region: z.string().nullable(),
  country: z.string(),
});

const bankAccountReply = z.object({
  id: z.string(),
  account: z.string(),
  source: z.enum(['typed', 'import', 'learned']),
  addedAt: momentText,
});

export const customerReply = customerBrief.extend({
  parent: customerBrief.nullable(),
  children: z.array(customerBrief),
  taxId: z.string().nullable(),
  country: z.string().nullable(),
  language: z.string(),
  timeZone: z.string(),
  /** Null where the company’s default terms count. */
  paymentTermsId: z.string().nullable(),
  contacts: z.array(contactReply),
  addresses: z.array(addressReply),
  bankAccounts: z.array(bankAccountReply),
  addedAt: momentText,
  archivedAt: momentText.nullable(),
  may: z.object({ change: may, archive: may, restore: may, invoice: may }),
});

const contactBody = {
  name: textLine(200),
  role: contactRole,
  email: email.nullable().optional(),
  phone: optionalLine(40),
  language: language.nullable().optional(),
};

const CUSTOMER_REFUSALS = {
  customer_not_found: [404, 'There is no such customer. Search by number or name.'],
  customer_number_taken: [409, 'Another customer has this number. Choose another number.'],
  language_not_valid: [400, 'This is no language tag. Write it like en or de-AT.'],
  country_not_valid: [400, 'This is no country code. Write two capital letters, like CZ.'],
  time_zone_not_valid: [400, 'This is no IANA time zone. Write it like Europe/Prague.'],
  email_not_valid: [400, 'This is no e-mail address. Write one, like accounts@example.com.'],
  payment_terms_not_found: [404, 'There are no such payment terms.'],
  parent_not_found: [404, 'There is no such parent customer.'],
  own_parent: [409, 'A customer cannot be its own parent. Choose another one.'],
  parent_is_child: [
    409,
    'That customer stands below this one already. Move it first, or choose another parent.',
  ],
  hierarchy_too_deep: [409, 'Customers can stand at most ten levels deep. Choose a parent higher up.'],
  customer_archived: [409, 'This customer is archived. Restore it first.'],
  customer_not_archived: [409, 'This customer is not archived.'],
} as const;

export const searchCustomers = operation({
  id: 'search-customers',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/customer-suggestions',
  summary: 'Customers whose number begins with the text or whose name contains it, the likeliest first.',
  tag: TAG,
  permission: 'book.read',
  query: z.object({
    q: z.string().trim().max(100),
    limit: z.coerce.number().int().min(1).max(SUGGESTIONS_MAX).default(SUGGESTIONS_MAX),
    archived: z.enum(['yes', 'no']).default('no'),
  }),
  reply: z.object({ rows: z.array(customerBrief.extend({ archived: z.boolean() })) }),
});

export const addCustomer = operation({
  id: 'add-customer',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/customers',
  summary: 'Adds a customer, with contacts if given.',
  tag: TAG,
  permission: 'customer.edit',
  body: z.object({
    number: textLine(64),
    name: textLine(200),
    parentId: customerIdIn.optional(),
    taxId: textLine(40).optional(),
    country: country.optional(),
    language: language.optional(),
    timeZone: timeZone.optional(),
    paymentTermsId: idText.optional(),
    contacts: z
      .array(
        z.object({
          name: textLine(200),
          role: contactRole,
          email: email.optional(),
          phone: textLine(40).optional(),
          language: language.optional(),
        }),
      )
      .max(50)
      .optional(),
  }),
  reply: z.object({ customerId: z.string() }),
  refusals: CUSTOMER_REFUSALS,
});

export const readCustomer = operation({
  id: 'read-customer',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/customers/:customerId',
  summary: 'One customer with parent and children, contacts, addresses, bank accounts and terms.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ customerId: customerIdIn }),
  reply: customerReply,
  refusals: { customer_not_found: CUSTOMER_REFUSALS.customer_not_found },
});

export const changeCustomer = operation({
  id: 'change-customer',
  kind: 'command',
  method: 'PATCH',
  path: '/api/v1/customers/:customerId',
  summary:
    'Changes a customer. Fields left out stay; null empties a field. What was before is kept in its history.',
  tag: TAG,
  permission: 'customer.edit',
  params: z.object({ customerId: customerIdIn }),
  body: z.object({
    number: textLine(64).optional(),
    name: textLine(200).optional(),
    parentId: customerIdIn.nullable().optional(),
    taxId: optionalLine(40),
    country: country.nullable().optional(),
    language: language.optional(),
    timeZone: timeZone.optional(),
    paymentTermsId: idText.nullable().optional(),
  }),
  reply: z.object({ customerId: z.string(), changed: z.array(z.string()) }),
  refusals: CUSTOMER_REFUSALS,
});

export const archiveCustomer = operation({
  id: 'archive-customer',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/customers/:customerId/archive',
  summary: 'Archives a customer: no new invoices, left out of suggestions. What it owes stays owed.',
  tag: TAG,
  permission: 'customer.edit',
  params: z.object({ customerId: customerIdIn }),
  reply: z.object({ customerId: z.string() }),
  refusals: CUSTOMER_REFUSALS,
});

export const restoreCustomer = operation({
  id: 'restore-customer',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/customers/:customerId/restore',
  summary: 'Brings an archived customer back.',
  tag: TAG,
  permission: 'customer.edit',
  params: z.object({ customerId: customerIdIn }),
  reply: z.object({ customerId: z.string() }),
  refusals: CUSTOMER_REFUSALS,
});

// — how a customer is reached and pays —

const CONTACT_REFUSALS = {
  customer_not_found: CUSTOMER_REFUSALS.customer_not_found,
  contact_not_found: [404, 'There is no such contact, or it was archived.'],
  email_not_valid: CUSTOMER_REFUSALS.email_not_valid,
  language_not_valid: CUSTOMER_REFUSALS.language_not_valid,
  too_many_contacts: [409, 'This customer has as many contacts as one can have. Archive one first.'],
} as const;

export const addContact = operation({
  id: 'add-contact',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/customers/:customerId/contacts',
  summary: 'Adds a contact to a customer.',
  tag: TAG,
  permission: 'customer.edit',
  params: z.object({ customerId: customerIdIn }),
  body: z.object(contactBody),
  reply: z.object({ contactId: z.string() }),
  refusals: CONTACT_REFUSALS,
});

export const changeContact = operation({
  id: 'change-contact',
  kind: 'command',
  method: 'PATCH',
  path: '/api/v1/contacts/:contactId',
  summary: 'Changes a contact. Fields left out stay; null empties a field.',
  tag: TAG,
  permission: 'customer.edit',
  params: z.object({ contactId: idText }),
  body: z.object({ ...contactBody, name: contactBody.name.optional(), role: contactBody.role.optional() }),
  reply: z.object({ contactId: z.string(), changed: z.array(z.string()) }),
  refusals: CONTACT_REFUSALS,
});

export const archiveContact = operation({
  id: 'archive-contact',
  kind: 'command',
  method: 'DELETE',
  path: '/api/v1/contacts/:contactId',
  summary: 'Archives a contact: nothing is sent there any more.',
  tag: TAG,
  permission: 'customer.edit',
  params: z.object({ contactId: idText }),
  reply: z.object({ contactId: z.string() }),
  refusals: CONTACT_REFUSALS,
});

const addressBody = {
  kind: z.enum(['billing', 'delivery']),
  street: textLine(200),
  postalCode: textLine(20),
  city: textLine(100),
  region: optionalLine(100),
  country,
};

const ADDRESS_REFUSALS = {
  customer_not_found: CUSTOMER_REFUSALS.customer_not_found,
  address_not_found: [404, 'There is no such address, or it was archived.'],
  country_not_valid: CUSTOMER_REFUSALS.country_not_valid,
  too_many_addresses: [409, 'This customer has as many addresses as one can have. Archive one first.'],
} as const;

export const addAddress = operation({
  id: 'add-address',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/customers/:customerId/addresses',
  summary: 'Adds an address to a customer. Invoices go to the newest billing address.',
  tag: TAG,
  permission: 'customer.edit',
  params: z.object({ customerId: customerIdIn }),
  body: z.object(addressBody),
  reply: z.object({ addressId: z.string() }),
  refusals: ADDRESS_REFUSALS,
});

export const changeAddress = operation({
  id: 'change-address',
  kind: 'command',
  method: 'PATCH',
  path: '/api/v1/addresses/:addressId',
  summary: 'Changes an address. Fields left out stay.',
  tag: TAG,
  permission: 'customer.edit',
  params: z.object({ addressId: idText }),
  body: z.object({
    kind: addressBody.kind.optional(),
    street: addressBody.street.optional(),
    postalCode: addressBody.postalCode.optional(),
    city: addressBody.city.optional(),
    region: addressBody.region,
    country: addressBody.country.optional(),
  }),
  reply: z.object({ addressId: z.string(), changed: z.array(z.string()) }),
  refusals: ADDRESS_REFUSALS,
});

export const archiveAddress = operation({
  id: 'archive-address',
  kind: 'command',
  method: 'DELETE',
  path: '/api/v1/addresses/:addressId',
  summary: 'Archives an address.',
  tag: TAG,
  permission: 'customer.edit',
  params: z.object({ addressId: idText }),
  reply: z.object({ addressId: z.string() }),
  refusals: ADDRESS_REFUSALS,
});

const BANK_ACCOUNT_REFUSALS = {
  customer_not_found: CUSTOMER_REFUSALS.customer_not_found,
  bank_account_not_found: [404, 'There is no such bank account, or it was archived.'],
  bank_account_known: [409, 'This customer has this bank account already.'],
  iban_not_valid: COMPANY_REFUSALS.iban_not_valid,
  too_many_bank_accounts: [
    409,
    'This customer has as many bank accounts as one can have. Archive one first.',
  ],
} as const;

export const addCustomerBankAccount = operation({
  id: 'add-customer-bank-account',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/customers/:customerId/bank-accounts',
  summary: 'Adds a bank account a customer pays from, by which its payments are recognised.',
  tag: TAG,
  permission: 'customer.edit',
  params: z.object({ customerId: customerIdIn }),
  body: z.object({ account: textLine(42) }),
  reply: z.object({ bankAccountId: z.string() }),
  refusals: BANK_ACCOUNT_REFUSALS,
});

export const archiveCustomerBankAccount = operation({
  id: 'archive-customer-bank-account',
  kind: 'command',
  method: 'DELETE',
  path: '/api/v1/customer-bank-accounts/:bankAccountId',
  summary: 'Archives a bank account: payments from it are no longer recognised by it.',
  tag: TAG,
  permission: 'customer.edit',
  params: z.object({ bankAccountId: idText }),
  reply: z.object({ bankAccountId: z.string() }),
  refusals: BANK_ACCOUNT_REFUSALS,
});
