import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTenant } from '#db/transaction.ts';
import { type CustomerId, newId } from '#kernel/id.ts';
import { HIERARCHY_LEVELS_MAX } from '#kernel/limits.ts';
import { aCustomer } from '../../test/support/builders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { someTerms } from '../../test/support/terms.ts';
import { addCustomer } from './add-customers.ts';
import { archiveCustomer, changeCustomer, restoreCustomer } from './change-customer.ts';
import { readCustomer } from './read-customer.ts';
import { listCompanies, readContacts, readCustomers, readCustomersByNumber } from './take-party.ts';

const read = (tenant: TestTenant, id: CustomerId) =>
  inTenant(tenant.pool, tenant.tenantId, (tx) => readCustomer(tx, id));
const change = (
  tenant: TestTenant,
  customerId: CustomerId,
  wanted: Parameters<typeof changeCustomer.run>[1]['wanted'],
) => tenant.act('controller', changeCustomer, { customerId, wanted });

test('a customer is added with its contacts, terms and parent', async () => {
  const tenant = await newTenant();
  const paymentTermsId = await someTerms(tenant, 'net 30');
  const parentId = await aCustomer(tenant, { number: 'GROUP' });
  const id = await aCustomer(tenant, {
    number: 'A-1',
    name: 'Acme',
    parentId,
    paymentTermsId,
    country: 'CZ',
    language: 'cs',
    timeZone: 'Europe/Prague',
    contacts: [{ name: 'Jana', role: 'billing', email: 'jana@example.com' }],
  });
  const whole = await read(tenant, id);
  assert.equal(whole.customer.name, 'Acme');
  assert.equal(whole.parent?.number, 'GROUP');
  assert.equal(whole.customer.paymentTermsId, paymentTermsId);
  assert.deepEqual(
    whole.contacts.map((c) => [c.name, c.email, c.phone]),
    [['Jana', 'jana@example.com', null]],
  );
  assert.deepEqual(
    (await read(tenant, parentId)).children.map((c) => c.number),
    ['A-1'],
  );
  assert.equal((await tenant.events()).at(-1)?.type, 'customer.added');
});

test('adding a customer is refused, without a trace, for a taken number, unknown parent or terms, or a wrong address', async () => {
  const tenant = await newTenant();
  await aCustomer(tenant, { number: 'A-1' });
  const refused: readonly [Partial<Parameters<typeof addCustomer.run>[1]>, string][] = [
    [{ number: 'A-1' }, 'customer_number_taken'],
    [{ parentId: newId() }, 'parent_not_found'],
    [{ paymentTermsId: newId() }, 'payment_terms_not_found'],
    [{ contacts: [{ name: 'X', role: 'billing', email: 'nobody' }] }, 'email_not_valid'],
    [{ language: 'czech' }, 'language_not_valid'],
    [{ country: 'Czechia' }, 'country_not_valid'],
    [{ timeZone: 'Prague' }, 'time_zone_not_valid'],
  ];
  const before = await tenant.events();
  for (const [given, code] of refused) {
    await assert.rejects(
      tenant.act('owner', addCustomer, { number: 'A-2', name: 'A', ...given }),
      { code },
      code,
    );
  }
  assert.deepEqual(await tenant.events(), before);
  const known = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readCustomersByNumber(tx, ['A-1', 'A-2']),
  );
  assert.deepEqual([...known.keys()], ['A-1']);
});

test('two who take the same number at once: one is refused', async () => {
  const tenant = await newTenant();
  const tries = await Promise.allSettled(
    Array.from({ length: 6 }, () => tenant.act('owner', addCustomer, { number: 'SAME', name: 'A' })),
  );
  assert.equal(tries.filter((t) => t.status === 'fulfilled').length, 1);
  for (const t of tries) if (t.status === 'rejected') assert.equal(t.reason.code, 'customer_number_taken');
});

test('a change names the fields that differ and keeps what was before', async () => {
  const tenant = await newTenant();
  const id = await aCustomer(tenant, { number: 'A-1', name: 'Old name', taxId: 'CZ1' });
  const changed = await change(tenant, id, { name: 'New name', taxId: null, language: 'en' });
  assert.deepEqual(changed, { customerId: id, changed: ['name', 'taxId'] });
  const event = (await tenant.events()).at(-1);
  assert.equal(event?.type, 'customer.changed');
  assert.equal(event?.customerId, id);
  assert.deepEqual(event?.data, {
    changes: { name: { from: 'Old name', to: 'New name' }, taxId: { from: 'CZ1', to: null } },
  });
  assert.equal((await read(tenant, id)).customer.name, 'New name');
});

test('a change to what is so already changes nothing and leaves no event', async () => {
  const tenant = await newTenant();
  const id = await aCustomer(tenant, { number: 'A-1', name: 'Same' });
  const before = (await tenant.events()).length;
  assert.deepEqual((await change(tenant, id, { name: 'Same' })).changed, []);
  assert.equal((await tenant.events()).length, before);
});

test('changes are refused for unknown and archived customers, taken numbers and unknown terms', async () => {
  const tenant = await newTenant();
  const id = await aCustomer(tenant, { number: 'A-1' });
  await aCustomer(tenant, { number: 'A-2' });
  await assert.rejects(change(tenant, newId(), { name: 'X' }), { code: 'customer_not_found' });
  await assert.rejects(change(tenant, id, { number: 'A-2' }), { code: 'customer_number_taken' });
  await assert.rejects(change(tenant, id, { paymentTermsId: newId() }), { code: 'payment_terms_not_found' });
  await assert.rejects(change(tenant, id, { parentId: id }), { code: 'own_parent' });
  await tenant.act('owner', archiveCustomer, { customerId: id });
  await assert.rejects(change(tenant, id, { name: 'X' }), { code: 'customer_archived' });
  await assert.rejects(tenant.act('viewer', changeCustomer, { customerId: id, wanted: { name: 'X' } }), {
    code: 'not_permitted',
  });
});

test('a customer is archived once and restored once', async () => {
  const tenant = await newTenant();
  const id = await aCustomer(tenant);
  await assert.rejects(tenant.act('owner', restoreCustomer, { customerId: id }), {
    code: 'customer_not_archived',
  });
  await tenant.act('owner', archiveCustomer, { customerId: id });
  assert.notEqual((await read(tenant, id)).customer.archivedAt, null);
  await assert.rejects(tenant.act('owner', archiveCustomer, { customerId: id }), {
    code: 'customer_archived',
  });
  await tenant.act('owner', restoreCustomer, { customerId: id });
  assert.equal((await read(tenant, id)).customer.archivedAt, null);
  await assert.rejects(tenant.act('owner', archiveCustomer, { customerId: newId() }), {
    code: 'customer_not_found',
  });
});

test('a customer cannot be put below one that stands below it, nor deeper than levels allow', async () => {
  const tenant = await newTenant();
  const chain: CustomerId[] = [];
  for (let level = 0; level < HIERARCHY_LEVELS_MAX; level += 1) {
    chain.push(await aCustomer(tenant, level === 0 ? {} : { parentId: chain[level - 1] }));
  }
  const [top, second] = chain as [CustomerId, CustomerId];
  const bottom = chain.at(-1) as CustomerId;
  await assert.rejects(change(tenant, top, { parentId: bottom }), { code: 'parent_is_child' });
  await assert.rejects(change(tenant, top, { parentId: second }), { code: 'parent_is_child' });
  await assert.rejects(aCustomer(tenant, { parentId: bottom }), { code: 'hierarchy_too_deep' });
  const other = await aCustomer(tenant);
  await assert.rejects(change(tenant, top, { parentId: other }), { code: 'hierarchy_too_deep' });
  await assert.rejects(change(tenant, other, { parentId: newId() }), { code: 'parent_not_found' });
  await change(tenant, bottom, { parentId: null });
  assert.equal((await read(tenant, bottom)).parent, undefined);
});

test('moves at once, each allowed, never make a ring', async () => {
  for (let round = 0; round < 5; round += 1) {
    const tenant = await newTenant();
    const ids = await Promise.all(Array.from({ length: 4 }, () => aCustomer(tenant)));
    const moves = ids.map((id, index) => change(tenant, id, { parentId: ids[(index + 1) % ids.length] }));
    const done = await Promise.allSettled(moves);
    assert.equal(
      done.filter((d) => d.status === 'rejected').length,
      1,
      'the move that closes the ring is refused',
    );
  }
});

test('other tenants see nothing of a customer', async () => {
  const [one, other] = await Promise.all([newTenant(), newTenant()]);
  const id = await aCustomer(one, { contacts: [{ name: 'A', role: 'other' }] });
  await assert.rejects(read(other, id), { code: 'customer_not_found' });
  const seen = await inTenant(other.pool, other.tenantId, (tx) =>
    Promise.all([readCustomers(tx, [id]), readContacts(tx, [id]), listCompanies(tx)]),
  );
  assert.deepEqual([seen[0].size, seen[1].length, seen[2].length], [0, 0, 0]);
});
