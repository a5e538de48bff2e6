import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CustomerId } from '#kernel/id.ts';
import {
  type Address,
  billingAddress,
  type Contact,
  checkContact,
  checkCustomer,
  isEmail,
  reminderContact,
} from './customer.ts';

const customerId = 'c' as CustomerId;

function contact(given: Partial<Contact>): Contact {
  return {
    id: '1',
    customerId,
    name: 'A',
    role: 'other',
    email: 'a@example.com',
    phone: null,
    language: null,
    ...given,
  };
}

function address(id: string, kind: Address['kind']): Address {
  return { id, customerId, kind, street: 'S', postalCode: '1', city: 'C', region: null, country: 'CZ' };
}

test('reminders go to who is named for them, else to billing, and to nobody who cannot be reached', () => {
  const billing = contact({ id: '1', role: 'billing', name: 'Zoe' });
  const reminders = contact({ id: '2', role: 'reminders', name: 'Ann' });
  assert.equal(reminderContact([billing, reminders])?.id, '2');
  assert.equal(reminderContact([billing, { ...reminders, email: null }])?.id, '1');
  assert.equal(reminderContact([contact({ email: 'not an address' })]), undefined);
  assert.equal(reminderContact([contact({ id: '9', name: 'B' }), contact({ id: '8', name: 'B' })])?.id, '8');
});

test('invoices go to the newest billing address, else to the newest of any kind', () => {
  assert.equal(
    billingAddress([address('1', 'billing'), address('2', 'billing'), address('3', 'delivery')])?.id,
    '2',
  );
  assert.equal(billingAddress([address('1', 'delivery'), address('2', 'delivery')])?.id, '2');
  assert.equal(billingAddress([]), undefined);
});

test('what no contact and no customer can be is refused', () => {
  assert.throws(() => checkContact(contact({ email: 'a@b' })), { code: 'email_not_valid' });
  assert.throws(() => checkContact(contact({ language: 'German' })), { code: 'language_not_valid' });
  const customer = {
    id: customerId,
    parentId: null,
    country: 'CZ',
    language: 'cs',
    timeZone: 'Europe/Prague',
  };
  checkCustomer(customer);
  assert.throws(() => checkCustomer({ ...customer, country: 'Czechia' }), { code: 'country_not_valid' });
  assert.throws(() => checkCustomer({ ...customer, timeZone: 'Prague' }), { code: 'time_zone_not_valid' });
  assert.throws(() => checkCustomer({ ...customer, parentId: customerId }), { code: 'own_parent' });
});

test('an e-mail address has a name, one at sign and a domain with a dot', () => {
  for (const email of ['a@example.com', 'first.last+tag@sub.example.co.uk']) assert.ok(isEmail(email), email);
  for (const text of [
    '',
    'a',
    'a@b',
    'a b@example.com',
    'a@example.com, b@example.com',
    '<a@example.com>',
    'a@@example.com',
  ])
    assert.equal(isEmail(text), false, text);
});
