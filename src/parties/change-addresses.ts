// Where a customer is: addresses are added, changed and archived, never deleted.

import type { Act, Command } from '#command/command.ts';
import { type CustomerId, newId } from '#kernel/id.ts';
import { CONTACTS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { changeOf } from './changes.ts';
import { checkCountry } from './company.ts';
import type { Address } from './customer.ts';
import { archiveRow, findAddresses, insertAddress, lockAddress, updateAddress } from './store.ts';
import { takeCustomer } from './take-party.ts';

export type AddAddress = Omit<Address, 'id' | 'region'> & { readonly region?: string | null | undefined };

/** Adds an address. Refuses: `customer_not_found`, `too_many_addresses`, `country_not_valid`. */
export const addAddress: Command<AddAddress, { readonly addressId: string }> = {
  name: 'add-address',
  permission: 'customer.edit',
  async run(act, input) {
    const customer = await takeCustomer(act, input.customerId);
    checkCountry(input.country);
    if ((await findAddresses(act, [customer.id])).length >= CONTACTS_MAX)
      throw new Refusal('too_many_addresses', { addressesMax: CONTACTS_MAX });
    const address: Address = { ...input, id: newId(), region: input.region ?? null };
    insertAddress(act, address);
    const { kind, street, postalCode, city, region, country } = address;
    recordAddress(act, 'address.added', address, { kind, street, postalCode, city, region, country });
    return { addressId: address.id };
  },
};

type Changeable = Omit<Address, 'id' | 'customerId'>;

export type ChangeAddress = {
  readonly addressId: string;
  /** Fields left out stay. */
  readonly wanted: { readonly [K in keyof Changeable]?: Changeable[K] | undefined };
};

/** Changes an address. Refuses: `address_not_found`, `country_not_valid`. */
export const changeAddress: Command<
  ChangeAddress,
  { readonly addressId: string; readonly changed: readonly string[] }
> = {
  name: 'change-address',
  permission: 'customer.edit',
  async run(act, input) {
    const address = await takeAddress(act, input.addressId);
    const { after, fields, changes } = changeOf(address, input.wanted);
    if (fields.length > 0) {
      checkCountry(after.country);
      updateAddress(act, after);
      recordAddress(act, 'address.changed', address, { changes });
    }
    return { addressId: address.id, changed: fields };
  },
};

/** Archives an address. Refuses: `address_not_found`. */
export const archiveAddress: Command<{ readonly addressId: string }, { readonly addressId: string }> = {
  name: 'archive-address',
  permission: 'customer.edit',
  async run(act, input) {
    const address = await takeAddress(act, input.addressId);
    archiveRow(act, 'address', address.id);
    recordAddress(act, 'address.archived', address, {});
    return { addressId: address.id };
  },
};

async function takeAddress(act: Act, id: string): Promise<Address> {
  const address = await lockAddress(act, id);
  if (!address) throw new Refusal('address_not_found', { addressId: id });
  return address;
}

function recordAddress(
  act: Act,
  type: string,
  address: Pick<Address, 'id'> & { readonly customerId: CustomerId },
  data: Parameters<Act['record']>[0]['data'],
): void {
  act.record({ type, subjectId: address.id, customerId: address.customerId, data });
}
