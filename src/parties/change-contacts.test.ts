import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTenant } from '#db/transaction.ts';
import { type CustomerId, newId } from '#kernel/id.ts';
import { CONTACTS_MAX } from '#kernel/limits.ts';
import { aCustomer } from '../../test/support/builders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { addAddress, archiveAddress, changeAddress } from './change-addresses.ts';
import {
  addCustomerBankAccount,
  archiveCustomerBankAccount,
  readPayersByAccount,
} from './change-bank-accounts.ts';
import { addContact, archiveContact, changeContact } from './change-contacts.ts';
import { readAddresses, readCustomer } from './read-customer.ts';

const IBAN = 'DE89 3704 0044 0532 0130 00';

const read = (tenant: TestTenant, id: CustomerId) =>
  inTenant(tenant.pool, tenant.tenantId, (tx) => readCustomer(tx, id));

test('a contact is added, changed and archived, each with its event', async () => {
  const tenant = await newTenant();
  const customerId = await aCustomer(tenant);
  const { contactId } = await tenant.act('collector', addContact, {
    customerId,
    name: 'Ann',
    role: 'billing',
    email: 'ann@example.com',
  });
  const { changed } = await tenant.act('collector', changeContact, {
    contactId,
    wanted: { email: null, phone: '+420 1', role: 'billing' },
  });
  assert.deepEqual(changed, ['email', 'phone']);
  const [contact] = (await read(tenant, customerId)).contacts;
  assert.deepEqual([contact?.email, contact?.phone, contact?.name], [null, '+420 1', 'Ann']);
  await tenant.act('collector', archiveContact, { contactId });
  assert.deepEqual((await read(tenant, customerId)).contacts, []);
  const events = (await tenant.events()).filter((e) => e.type.startsWith('contact.'));
  assert.deepEqual(
    events.map((e) => [e.type, e.subjectId, e.customerId]),
    ['contact.added', 'contact.changed', 'contact.archived'].map((type) => [type, contactId, customerId]),
  );
  assert.deepEqual(events[1]?.data, {
    changes: { email: { from: 'ann@example.com', to: null }, phone: { from: null, to: '+420 1' } },
  });
});

test('contacts are refused that cannot be, are not there any more, or are too many', async () => {
  const tenant = await newTenant();
  const customerId = await aCustomer(tenant, {
    contacts: Array.from({ length: CONTACTS_MAX - 1 }, (_, i) => ({ name: `C${i}`, role: 'other' as const })),
  });
  const wanted = { name: 'A', role: 'other' } as const;
  await assert.rejects(tenant.act('owner', addContact, { customerId: newId<'customer'>(), ...wanted }), {
    code: 'customer_not_found',
  });
  await assert.rejects(tenant.act('owner', addContact, { customerId, ...wanted, email: 'x' }), {
    code: 'email_not_valid',
  });
  const { contactId } = await tenant.act('owner', addContact, { customerId, ...wanted });
  await assert.rejects(tenant.act('owner', addContact, { customerId, ...wanted }), {
    code: 'too_many_contacts',
  });
  await assert.rejects(tenant.act('owner', changeContact, { contactId, wanted: { language: 'x' } }), {
    code: 'language_not_valid',
  });
  await tenant.act('owner', archiveContact, { contactId });
  await assert.rejects(tenant.act('owner', archiveContact, { contactId }), { code: 'contact_not_found' });
  await assert.rejects(tenant.act('owner', changeContact, { contactId, wanted: { name: 'B' } }), {
    code: 'contact_not_found',
  });
});

test('an address is added, changed and archived', async () => {
  const tenant = await newTenant();
  const customerId = await aCustomer(tenant);
  const address = {
    customerId,
    kind: 'billing',
    street: 'Long 1',
    postalCode: '60200',
    city: 'Brno',
    country: 'CZ',
  } as const;
  const { addressId } = await tenant.act('owner', addAddress, address);
  const { changed } = await tenant.act('owner', changeAddress, {
    addressId,
    wanted: { street: 'Short 2', city: 'Brno' },
  });
  assert.deepEqual(changed, ['street']);
  const [kept] = await inTenant(tenant.pool, tenant.tenantId, (tx) => readAddresses(tx, [customerId]));
  assert.deepEqual(kept, { ...address, id: addressId, region: null, street: 'Short 2' });
  assert.deepEqual((await tenant.events()).at(-1)?.data, {
    changes: { street: { from: 'Long 1', to: 'Short 2' } },
  });
  await assert.rejects(tenant.act('owner', changeAddress, { addressId, wanted: { country: 'cz' } }), {
    code: 'country_not_valid',
  });
  await tenant.act('owner', archiveAddress, { addressId });
  await assert.rejects(tenant.act('owner', archiveAddress, { addressId }), { code: 'address_not_found' });
  await assert.rejects(tenant.act('owner', addAddress, { ...address, customerId: newId<'customer'>() }), {
    code: 'customer_not_found',
  });
  await assert.rejects(tenant.act('owner', addAddress, { ...address, country: '??' }), {
    code: 'country_not_valid',
  });
});

test('a bank account is kept in one form, once per customer, and can come back after it was archived', async () => {
  const tenant = await newTenant();
  const customerId = await aCustomer(tenant);
  const { bankAccountId } = await tenant.act('owner', addCustomerBankAccount, { customerId, account: IBAN });
  await assert.rejects(
    tenant.act('owner', addCustomerBankAccount, {
      customerId,
      account: IBAN.replaceAll(' ', '').toLowerCase(),
    }),
    { code: 'bank_account_known' },
  );
  await assert.rejects(
    tenant.act('owner', addCustomerBankAccount, { customerId, account: IBAN.replace('89', '88') }),
    {
      code: 'iban_not_valid',
    },
  );
  await assert.rejects(tenant.act('owner', addCustomerBankAccount, { customerId: newId(), account: IBAN }), {
    code: 'customer_not_found',
  });
  await tenant.act('owner', archiveCustomerBankAccount, { bankAccountId });
  await assert.rejects(tenant.act('owner', archiveCustomerBankAccount, { bankAccountId }), {
    code: 'bank_account_not_found',
  });
  await tenant.act('owner', addCustomerBankAccount, { customerId, account: IBAN });
  assert.deepEqual(
    (await read(tenant, customerId)).bankAccounts.map((a) => [a.account, a.source]),
    [['DE89370400440532013000', 'typed']],
  );
});

test('accounts tell who pays from them; one may serve several', async () => {
  const tenant = await newTenant();
  const [a, b] = await Promise.all([aCustomer(tenant), aCustomer(tenant)]);
  const add = (customerId: CustomerId, account: string) =>
    tenant.act('owner', addCustomerBankAccount, { customerId, account });
  await add(a, IBAN);
  await add(b, IBAN);
  await add(b, '12 34');
  const payers = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readPayersByAccount(tx, [IBAN, '1234', '9']),
  );
  assert.deepEqual(payers.get('1234'), [b]);
  assert.deepEqual([...(payers.get('DE89370400440532013000') ?? [])].sort(), [a, b].sort());
  assert.equal(payers.size, 2);
});

test('two who add the same account at once: one is told that it is known', async () => {
  const tenant = await newTenant();
  const customerId = await aCustomer(tenant);
  const tries = await Promise.allSettled(
    Array.from({ length: 6 }, () =>
      tenant.act('owner', addCustomerBankAccount, { customerId, account: IBAN }),
    ),
  );
  assert.equal(tries.filter((t) => t.status === 'fulfilled').length, 1);
  for (const t of tries) if (t.status === 'rejected') assert.equal(t.reason.code, 'bank_account_known');
});
