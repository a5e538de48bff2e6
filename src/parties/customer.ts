// A customer is the debtor: who owes, how they are reached and what was agreed on paying.

import type { Instant } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { checkCountry, checkTimeZone } from './company.ts';

export type Customer = {
  readonly id: CustomerId;
  /** The number people know the customer by. */
  readonly number: string;
  readonly name: string;
  readonly parentId: CustomerId | null;
  readonly taxId: string | null;
  readonly country: string | null;
  /** BCP 47 language of messages to the customer. */
  readonly language: string;
  readonly timeZone: string;
  readonly paymentTermsId: string | null;
  readonly addedAt: Instant;
  /** Archived customers get no new invoices and are not suggested; what they owe stays owed. */
  readonly archivedAt: Instant | null;
};

/** What a contact is for. */
export const CONTACT_ROLES = ['billing', 'reminders', 'management', 'other'] as const;

export type ContactRole = (typeof CONTACT_ROLES)[number];

export type Contact = {
  readonly id: string;
  readonly customerId: CustomerId;
  readonly name: string;
  readonly role: ContactRole;
  readonly email: string | null;
  readonly phone: string | null;
  readonly language: string | null;
};

export type AddressKind = 'billing' | 'delivery';

export type Address = {
  readonly id: string;
  readonly customerId: CustomerId;
  readonly kind: AddressKind;
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
  readonly region: string | null;
  readonly country: string;
};

/** An account a customer pays from: how its payments are recognised. `learned` ones come from payments it made. */
export type CustomerBankAccount = {
  readonly id: string;
  readonly customerId: CustomerId;
  readonly account: string;
  readonly source: 'typed' | 'import' | 'learned';
  readonly addedAt: Instant;
};

/** Refuses what no customer can be: `language_not_valid`, `country_not_valid`, `time_zone_not_valid`, `own_parent`. */
export function checkCustomer(
  customer: Pick<Customer, 'id' | 'parentId' | 'country' | 'language' | 'timeZone'>,
): void {
  checkLanguage(customer.language);
  if (customer.country !== null) checkCountry(customer.country);
  checkTimeZone(customer.timeZone);
  if (customer.parentId === customer.id) throw new Refusal('own_parent');
}

/** Refuses: `language_not_valid` for what is not a language tag with at most a region. */
export function checkLanguage(language: string): void {
  if (!/^[a-z]{2,3}(-[A-Z]{2})?$/.test(language)) throw new Refusal('language_not_valid', { language });
}

/** Refuses what no contact can be: `email_not_valid`, `language_not_valid`. */
export function checkContact(contact: Pick<Contact, 'email' | 'language'>): void {
  if (contact.email !== null && !isEmail(contact.email))
    throw new Refusal('email_not_valid', { email: contact.email });
  if (contact.language !== null) checkLanguage(contact.language);
}

/** Why a customer cannot be invoiced or changed, if so. */
export function archivedRefusal(customer: Pick<Customer, 'archivedAt'>): 'customer_archived' | undefined {
  return customer.archivedAt === null ? undefined : 'customer_archived';
}

/** Where invoices go: the newest billing address, since people move; else the newest of any kind. */
export function billingAddress(addresses: readonly Address[]): Address | undefined {
  const newestFirst = [...addresses].sort((a, b) => (a.id < b.id ? 1 : -1));
  return newestFirst.find((a) => a.kind === 'billing') ?? newestFirst[0];
}

const EMAIL = /^[^\s@<>,;:"()[\]\\]{1,64}@[^\s@<>,;:"()[\]\\]{1,190}\.[^\s@.<>,;:"()[\]\\]{2,63}$/;

/** Whether the text can be an e-mail address to send to; says nothing on whether anybody is there. */
export function isEmail(text: string): boolean {
  return EMAIL.test(text);
}

/**
 * The contact that reminders go to: who is named for reminders, else for billing, else anybody with an e-mail address;
 * the first by name of equals, so that it is always the same. A role that is `wanted` comes before all.
 */
export function reminderContact(
  contacts: readonly Contact[],
  wanted?: ContactRole | null,
): (Contact & { readonly email: string }) | undefined {
  const usual: readonly ContactRole[] = ['reminders', 'billing', 'management', 'other'];
  const rank = wanted ? [wanted, ...usual.filter((role) => role !== wanted)] : usual;
  const reachable = contacts.filter(
    (c): c is Contact & { readonly email: string } => c.email !== null && isEmail(c.email),
  );
  return [...reachable].sort(
    (a, b) =>
      rank.indexOf(a.role) - rank.indexOf(b.role) ||
      (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1),
  )[0];
}
