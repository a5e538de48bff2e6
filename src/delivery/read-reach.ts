// Reading how customers can be reached, with all that decides it: what they want, what the company does, who is there, and which
// addresses nothing is sent to.

import type { Tx } from '#db/transaction.ts';
import { present } from '#kernel/assert.ts';
import type { CompanyId, CustomerId, MessageId } from '#kernel/id.ts';
import { readAddresses } from '#parties/read-customer.ts';
import { readContacts, readCustomers } from '#parties/take-party.ts';
import type { MessagePurpose } from './message.ts';
import type { DeliveryPreference, Reach } from './preference.ts';
import { DEFAULT_SETTING, type DeliverySetting } from './sender.ts';
import { findOnTheirWay, findReplacement, findThread } from './store.ts';
import { findByPortal, findPreferences, findSetting } from './store-channels.ts';
import { findSuppressed } from './store-fate.ts';

/** How a company sends; as companies do that never said how, where it did not. */
export function readSetting(tx: Tx, companyId: CompanyId): Promise<DeliverySetting> {
  return findSetting(tx, companyId);
}

/** How customers of a company can be reached, those that exist; without a company, as one that never said how it sends. */
export async function readReach(
  tx: Tx,
  companyId: CompanyId | null,
  customerIds: readonly CustomerId[],
  purpose: MessagePurpose,
): Promise<ReadonlyMap<CustomerId, Reach>> {
  const [setting, customers, contacts, addresses, preferences, portals] = await Promise.all([
    companyId === null ? DEFAULT_SETTING : findSetting(tx, companyId),
    readCustomers(tx, customerIds),
    readContacts(tx, customerIds),
    readAddresses(tx, customerIds),
    findPreferences(tx, customerIds),
    findByPortal(tx, companyId, customerIds),
  ]);
  const addressed = [
    ...contacts.flatMap((contact) => contact.email ?? []),
    ...[...preferences.values()].flatMap((p) => [
      ...(p.emailTo === null ? [] : [p.emailTo]),
      ...p.copies,
      ...(p.smsNumber === null ? [] : [p.smsNumber]),
    ]),
  ];
  const suppressed = await findSuppressed(tx, [...new Set(addressed)], purpose);
  const contactsOf = Map.groupBy(contacts, (contact) => contact.customerId);
  const addressesOf = Map.groupBy(addresses, (address) => address.customerId);
  return new Map(
    [...customers].map(([id, customer]) => [
      id,
      {
        customer,
        contacts: contactsOf.get(id) ?? [],
        addresses: addressesOf.get(id) ?? [],
        setting,
        preference: present(
          preferences.get(id),
          'every customer wants something, if only what the company does',
        ),
        suppressed,
        byPortal: portals.get(id) ?? null,
      },
    ]),
  );
}

/** What a customer wants of how its documents come; nothing, where it never said anything. */
export async function readPreference(tx: Tx, customerId: CustomerId): Promise<DeliveryPreference> {
  const found = await findPreferences(tx, [customerId]);
  return present(found.get(customerId), 'every customer wants something, if only what the company does');
}

/** Of some mail addresses those that nothing is sent to for a purpose, in lower case. */
export function readSuppressed(
  tx: Tx,
  addresses: readonly string[],
  purpose: MessagePurpose,
): Promise<ReadonlySet<string>> {
  return findSuppressed(tx, addresses, purpose);
}

/** Message-IDs of mails that carried a document, the latest last, so that what follows is shown with them. */
export function readThread(tx: Tx, documentIds: readonly string[]): Promise<readonly string[]> {
  return findThread(tx, documentIds);
}

/** Of some documents those with a message that may still go out, and which. */
export function readOnTheirWay(
  tx: Tx,
  documentIds: readonly string[],
): Promise<ReadonlyMap<string, MessageId>> {
  return findOnTheirWay(tx, documentIds);
}

/** The message that took the place of one that did not arrive. */
export function readReplacement(tx: Tx, messageId: MessageId): Promise<MessageId | undefined> {
  return findReplacement(tx, messageId);
}
