import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId } from '#kernel/id.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { someTerms } from '../../test/support/terms.ts';
import * as contract from './contract.ts';
import { routes } from './routes.ts';

test('a customer’s life over the API: added, reached, changed, found, archived', async () => {
  const tenant = await newTenant();
  const ask = await serveTo(tenant, routes);
  const paymentTermsId = await someTerms(tenant, 'net 14');
  const parent = await ask('owner', contract.addCustomer, { body: { number: 'G', name: 'Group' } });
  const added = await ask('owner', contract.addCustomer, {
    body: {
      number: 'K-1',
      name: 'Acme',
      parentId: parent.reply.customerId,
      contacts: [{ name: 'Ann', role: 'other' }],
    },
  });
  assert.equal(added.status, 200);
  const params = { customerId: added.reply.customerId };

  await ask('owner', contract.changeCustomer, {
    params,
    body: { paymentTermsId },
  });
  const contact = await ask('owner', contract.addContact, {
    params,
    body: { name: 'Bea', role: 'reminders', email: 'bea@example.com' },
  });
  await ask('owner', contract.changeContact, { params: contact.reply, body: { phone: '1' } });
  const address = await ask('owner', contract.addAddress, {
    params,
    body: { kind: 'billing', street: 'S 1', postalCode: '1', city: 'C', country: 'CZ' },
  });
  await ask('owner', contract.changeAddress, { params: address.reply, body: { city: 'D' } });
  const account = await ask('owner', contract.addCustomerBankAccount, {
    params,
    body: { account: '19-123/0800' },
  });

  const read = await ask('viewer', contract.readCustomer, { params });
  assert.equal(read.status, 200);
  assert.equal(read.reply.parent?.number, 'G');
  assert.equal(read.reply.paymentTermsId, paymentTermsId);
  assert.deepEqual(
    read.reply.contacts.map((c) => [c.name, c.receivesReminders]),
    [
      ['Ann', false],
      ['Bea', true],
    ],
  );
  assert.equal(read.reply.addresses[0]?.city, 'D');
  assert.equal(read.reply.bankAccounts[0]?.account, '19123/0800');
  assert.deepEqual(read.reply.may, {
    change: 'not_permitted',
    archive: 'not_permitted',
    restore: 'not_permitted',
    invoice: 'not_permitted',
  });
  const byOwner = await ask('owner', contract.readCustomer, { params });
  assert.deepEqual(byOwner.reply.may, {
    change: true,
    archive: true,
    restore: 'customer_not_archived',
    invoice: true,
  });

  const found = await ask('viewer', contract.searchCustomers, { query: { q: 'acm' } });
  assert.deepEqual(
    found.reply.rows.map((r) => [r.number, r.archived]),
    [['K-1', false]],
  );

  await ask('owner', contract.archiveContact, { params: contact.reply });
  await ask('owner', contract.archiveAddress, { params: address.reply });
  await ask('owner', contract.archiveCustomerBankAccount, { params: account.reply });
  await ask('owner', contract.archiveCustomer, { params });
  const archived = await ask('owner', contract.readCustomer, { params });
  assert.deepEqual(
    [archived.reply.contacts.length, archived.reply.addresses, archived.reply.bankAccounts],
    [1, [], []],
  );
  assert.equal(archived.reply.may.invoice, 'customer_archived');
  await ask('owner', contract.restoreCustomer, { params });
  const unknown = await ask('owner', contract.readCustomer, { params: { customerId: newId() } });
  assert.deepEqual([unknown.status, unknown.code], [404, 'customer_not_found']);
});

test('companies are listed by code, a page at a time', async () => {
  const tenant = await newTenant();
  const ask = await serveTo(tenant, routes);
  for (const code of ['C', 'A', 'B']) {
    await aCompany(tenant, { code });
  }
  const first = await ask('viewer', contract.listCompanies, { query: { limit: 2 } });
  assert.deepEqual(
    first.reply.rows.map((r) => r.code),
    ['A', 'B'],
  );
  const second = await ask('viewer', contract.listCompanies, {
    query: { limit: 2, after: first.reply.next ?? '' },
  });
  assert.deepEqual([second.reply.rows.map((r) => r.code), second.reply.next], [['C'], null]);
  const wrong = await ask('viewer', contract.listCompanies, { query: { after: '%' } });
  assert.deepEqual([wrong.status, wrong.code], [400, 'bad_input']);
});

test('a company’s details change, its IBAN is checked, and what was before is kept', async () => {
  const tenant = await newTenant();
  const ask = await serveTo(tenant, routes);
  const params = { companyId: await aCompany(tenant) };
  const changed = await ask('owner', contract.changeCompany, {
    params,
    body: {
      name: 'New Ltd',
      iban: 'de89 3704 0044 0532 0130 00',
      bic: 'COBADEFF',
      email: 'ar@example.com',
      city: null,
    },
  });
  assert.deepEqual(changed.reply.changed, ['name', 'iban', 'bic', 'email']);
  const again = await ask('owner', contract.changeCompany, { params, body: { name: 'New Ltd' } });
  assert.deepEqual(again.reply.changed, []);
  const read = await ask('owner', contract.readCompany, { params });
  assert.deepEqual([read.reply.iban, read.reply.may.change], ['DE89370400440532013000', true]);
  for (const [body, code] of [
    [{ iban: 'DE88370400440532013000' }, 'iban_not_valid'],
    [{ bic: 'X' }, 'bic_not_valid'],
    [{ email: 'x' }, 'email_not_valid'],
    [{ timeZone: 'Mars' }, 'time_zone_not_valid'],
  ] as const) {
    const refused = await ask('owner', contract.changeCompany, { params, body });
    assert.deepEqual([refused.status, refused.code], [400, code]);
  }
  const collector = await ask('collector', contract.changeCompany, { params, body: { name: 'X' } });
  assert.deepEqual([collector.status, collector.code], [403, 'not_permitted']);
  const unknown = await ask('owner', contract.changeCompany, { params: { companyId: newId() }, body: {} });
  assert.deepEqual([unknown.status, unknown.code], [404, 'company_not_found']);
});

test('a change can be rehearsed, and the same command id acts once', async () => {
  const tenant = await newTenant();
  const ask = await serveTo(tenant, routes);
  const body = { number: 'K-1', name: 'Acme' };
  const shown = await ask('owner', contract.addCustomer, { body, rehearse: true });
  assert.equal(shown.status, 200);
  const commandId = newId();
  const [one, two] = [
    await ask('owner', contract.addCustomer, { body, commandId }),
    await ask('owner', contract.addCustomer, { body, commandId }),
  ];
  assert.equal(one.reply.customerId, two.reply.customerId);
  assert.notEqual(one.reply.customerId, shown.reply.customerId);
  const other = await ask('owner', contract.addCustomer, { body: { ...body, name: 'Other' }, commandId });
  assert.equal(other.code, 'command_id_reused');
});
