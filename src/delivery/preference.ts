// By which way a message reaches a customer: what the customer wants, what the company does otherwise, and what is possible.

import { isMailAddress } from '#carriers/mail-message.ts';
import { isLeitweg, looksLikeLeitweg } from '#einvoice/check-digits.ts';
import { endpointProblem } from '#einvoice/endpoint.ts';
import type { WrittenProfile } from '#einvoice/written-profile.ts';
import { isBefore, type PlainDate } from '#kernel/calendar.ts';
import { DELIVERY_COPIES_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import {
  type Address,
  billingAddress,
  type Contact,
  type ContactRole,
  type Customer,
} from '#parties/customer.ts';
import type { Channel } from './message.ts';
import type { AttachedFormat, DeliverySetting } from './sender.ts';

/** What a customer wants; what is null goes by the company's setting. */
export type DeliveryPreference = {
  readonly channels: readonly Channel[] | null;
  /** Whether the next way may be gone where one failed. */
  readonly fallsBack: boolean;
  /** Where invoices go by mail; the contact for billing where null. */
  readonly emailTo: string | null;
  readonly copies: readonly string[];
  readonly attaches: readonly AttachedFormat[] | null;
  /** In international form: `+420601234567`. */
  readonly smsNumber: string | null;
  /** The address in the network of e-invoices, with its scheme: `0088:7300010000001`. */
  readonly networkAddress: string | null;
  /** The e-invoice the customer wants: nothing is issued that is not one by these rules. Null where none is wanted. */
  readonly eInvoice: WrittenProfile | null;
  /** What stands on documents that name no reference of the buyer (BT-10) or no order (BT-13) of their own. */
  readonly buyerReference: string | null;
  readonly purchaseOrder: string | null;
  /** When the customer agreed to get invoices electronically, where that was asked. */
  readonly consentOn: PlainDate | null;
  readonly consentNote: string | null;
};

/** A customer who never said anything. */
export const NO_PREFERENCE: DeliveryPreference = {
  channels: null,
  fallsBack: true,
  emailTo: null,
  copies: [],
  attaches: null,
  smsNumber: null,
  networkAddress: null,
  eInvoice: null,
  buyerReference: null,
  purchaseOrder: null,
  consentOn: null,
  consentNote: null,
};

/** E.164: a plus sign and up to 15 digits, the first not 0. */
const TELEPHONE = /^\+[1-9]\d{6,14}$/;
/**
 * Makes sure a customer can be reached like that.
 *
 * Refuses: `delivery_address_not_valid` (field, address), `channel_twice`, `too_many_copies`, `network_address_not_valid`
 * (address, why), `leitweg_id_not_valid`.
 */
export function checkPreference(wanted: DeliveryPreference): void {
  const wrong = (field: string, address: string): Refusal =>
    new Refusal('delivery_address_not_valid', { field, address: address.slice(0, 260) });
  if (wanted.emailTo !== null && !isMailAddress(wanted.emailTo)) throw wrong('emailTo', wanted.emailTo);
  for (const copy of wanted.copies) if (!isMailAddress(copy)) throw wrong('copies', copy);
  if (wanted.copies.length > DELIVERY_COPIES_MAX)
    throw new Refusal('too_many_copies', { copiesMax: DELIVERY_COPIES_MAX });
  if (wanted.smsNumber !== null && !TELEPHONE.test(wanted.smsNumber))
    throw wrong('smsNumber', wanted.smsNumber);
  checkNetworkAddress(wanted.networkAddress);
  const { buyerReference } = wanted;
  if (buyerReference !== null && looksLikeLeitweg(buyerReference) && !isLeitweg(buyerReference))
    throw new Refusal('leitweg_id_not_valid', { buyerReference });
  if (wanted.channels && new Set(wanted.channels).size !== wanted.channels.length)
    throw new Refusal('channel_twice');
}

/** Refuses: `network_address_not_valid`, for an unknown scheme or an identifier whose check digits are wrong. */
export function checkNetworkAddress(address: string | null): void {
  const why = address === null ? undefined : endpointProblem(address);
  if (address !== null && why !== undefined)
    throw new Refusal('network_address_not_valid', { address: address.slice(0, 160), why });
}

/** Where a message of one channel goes. */
export type Way = {
  readonly channel: Channel;
  readonly recipient: string;
  /** The person, where it is one. */
  readonly name: string | undefined;
  readonly language: string | null;
  readonly copies: readonly string[];
};

/** What is known of a customer's reach. */
export type Reach = {
  readonly customer: Customer;
  readonly contacts: readonly Contact[];
  readonly addresses: readonly Address[];
  readonly setting: DeliverySetting;
  readonly preference: DeliveryPreference;
  /** Addresses nothing is sent to, in lower case. */
  readonly suppressed: ReadonlySet<string>;
  /** Where a person posts this customer's documents instead. */
  readonly byPortal: ByPortal | null;
};

/**
 * A customer's AP portal that documents issued from a day on are posted in by a person, so that they are not sent by themselves.
 */
export type ByPortal = { readonly portal: string; readonly from: PlainDate };

/** Whether a document issued on a day is posted in a portal instead of being sent. */
export function isPostedInstead(reach: Pick<Reach, 'byPortal'>, issuedOn: PlainDate): boolean {
  return reach.byPortal !== null && !isBefore(issuedOn, reach.byPortal.from);
}

const INVOICE_ROLES: readonly ContactRole[] = ['billing', 'management', 'other', 'reminders'];

/** The contact that invoices go to by mail: for billing, else whom we know; the first by name of equals. */
export function invoiceContact(
  contacts: readonly Contact[],
): (Contact & { readonly email: string }) | undefined {
  const reachable = contacts.filter(
    (c): c is Contact & { readonly email: string } => c.email !== null && isMailAddress(c.email),
  );
  return [...reachable].sort(
    (a, b) =>
      INVOICE_ROLES.indexOf(a.role) - INVOICE_ROLES.indexOf(b.role) ||
      (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1),
  )[0];
}

/** The lines of a postal address, name first; nothing where there is none. */
export function postalLines(customer: Customer, addresses: readonly Address[]): readonly string[] {
  const address = billingAddress(addresses);
  if (!address) return [];
  const town = [address.postalCode, address.city].filter((part) => part !== '').join(' ');
  return [customer.name, address.street, town, address.region ?? '', address.country].filter((l) => l !== '');
}

/** The way of one channel; nothing where it cannot be gone: no address, or one that nothing is sent to. */
export function wayBy(channel: Channel, reach: Reach): Way | undefined {
  const { customer, contacts, addresses, preference } = reach;
  const isOpen = (address: string): boolean => !reach.suppressed.has(address.toLowerCase());
  const way = (recipient: string | null | undefined, more: Partial<Way> = {}): Way | undefined =>
    recipient && isOpen(recipient)
      ? { channel, recipient, name: undefined, language: null, copies: [], ...more }
      : undefined;
  switch (channel) {
    case 'email': {
      const copies = preference.copies.filter(isOpen);
      if (preference.emailTo !== null && isOpen(preference.emailTo))
        return way(preference.emailTo, { copies });
      const contact = invoiceContact(contacts.filter((c) => c.email !== null && isOpen(c.email)));
      return contact && way(contact.email, { name: contact.name, language: contact.language, copies });
    }
    case 'post':
      return way(postalLines(customer, addresses).join(', '));
    case 'sms':
      return way(preference.smsNumber);
    case 'network':
      return way(preference.networkAddress);
  }
}

/** The channels of a customer in order: its own, else the company's. */
export function channelsOf(reach: Pick<Reach, 'setting' | 'preference'>): readonly Channel[] {
  return reach.preference.channels ?? reach.setting.channels;
}

/**
 * The way a message goes: by the first channel of the customer that can be gone. After one failed, by the first of those
 * behind it; nothing where there is none, or the customer wants no other.
 */
export function chooseWay(reach: Reach, failed?: Channel): Way | undefined {
  const channels = channelsOf(reach);
  if (failed === undefined) return firstOpen(channels, reach);
  if (!reach.preference.fallsBack) return undefined;
  return firstOpen(channels.slice(channels.indexOf(failed) + 1), reach);
}

function firstOpen(channels: readonly Channel[], reach: Reach): Way | undefined {
  for (const channel of channels) {
    const way = wayBy(channel, reach);
    if (way) return way;
  }
  return undefined;
}
