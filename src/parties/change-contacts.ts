// Whom at a customer we write to: contacts are added, changed and archived, never deleted.

import type { Act, Command } from '#command/command.ts';
import type { CustomerId } from '#kernel/id.ts';
import { CONTACTS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type NewContact, newContact } from './add-customers.ts';
import { changeOf } from './changes.ts';
import { type Contact, checkContact } from './customer.ts';
import { archiveRow, findContacts, insertContacts, lockContact, updateContact } from './store.ts';
import { takeCustomer } from './take-party.ts';

export type AddContact = NewContact & { readonly customerId: CustomerId };

/** Adds a contact. Refuses: `customer_not_found`, `too_many_contacts`, what `checkContact` refuses. */
export const addContact: Command<AddContact, { readonly contactId: string }> = {
  name: 'add-contact',
  permission: 'customer.edit',
  async run(act, input) {
    const customer = await takeCustomer(act, input.customerId);
    if ((await findContacts(act, [customer.id])).length >= CONTACTS_MAX)
      throw new Refusal('too_many_contacts', { contactsMax: CONTACTS_MAX });
    const contact = newContact(customer.id, input);
    insertContacts(act, [contact]);
    recordContact(act, 'contact.added', contact, {
      name: contact.name,
      role: contact.role,
      email: contact.email,
    });
    return { contactId: contact.id };
  },
};

type Changeable = Omit<Contact, 'id' | 'customerId'>;

export type ChangeContact = {
  readonly contactId: string;
  /** Fields left out stay; `null` empties one. */
  readonly wanted: { readonly [K in keyof Changeable]?: Changeable[K] | undefined };
};

/** Changes a contact. Refuses: `contact_not_found`, what `checkContact` refuses. */
export const changeContact: Command<
  ChangeContact,
  { readonly contactId: string; readonly changed: readonly string[] }
> = {
  name: 'change-contact',
  permission: 'customer.edit',
  async run(act, input) {
    const contact = await takeContact(act, input.contactId);
    const { after, fields, changes } = changeOf(contact, input.wanted);
    if (fields.length > 0) {
      checkContact(after);
      updateContact(act, after);
      recordContact(act, 'contact.changed', contact, { changes });
    }
    return { contactId: contact.id, changed: fields };
  },
};

/** Archives a contact: nothing is sent there any more. Refuses: `contact_not_found`. */
export const archiveContact: Command<{ readonly contactId: string }, { readonly contactId: string }> = {
  name: 'archive-contact',
  permission: 'customer.edit',
  async run(act, input) {
    const contact = await takeContact(act, input.contactId);
    archiveRow(act, 'contact', contact.id);
    recordContact(act, 'contact.archived', contact, { name: contact.name });
    return { contactId: contact.id };
  },
};

async function takeContact(act: Act, id: string): Promise<Contact> {
  const contact = await lockContact(act, id);
  if (!contact) throw new Refusal('contact_not_found', { contactId: id });
  return contact;
}

function recordContact(
  act: Act,
  type: string,
  contact: Contact,
  data: Parameters<Act['record']>[0]['data'],
): void {
  act.record({ type, subjectId: contact.id, customerId: contact.customerId, data });
}
