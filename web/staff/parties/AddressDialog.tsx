// An address of a customer.

import { Group, Select, TextInput } from '@mantine/core';
import { addAddress, changeAddress } from '#parties/contract.ts';
import { useCommand } from '../../lib/data.ts';
import { filled, useFields } from '../../lib/fields.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { FormDialog } from '../../ui/FormTools.tsx';
import type { Customer } from './Contacts.tsx';

type Address = Customer['addresses'][number];

const FIELDS = ['kind', 'street', 'postalCode', 'city', 'region', 'country'];
const CODES = { country_not_valid: 'country' };

export function AddressDialog({
  customer,
  address,
  onClose,
}: {
  readonly customer: Customer;
  readonly address: Address | undefined;
  onClose(): void;
}) {
  const add = useCommand(addAddress);
  const change = useCommand(changeAddress);
  const form = useFields({
    kind: address?.kind ?? 'billing',
    street: address?.street ?? '',
    postalCode: address?.postalCode ?? '',
    city: address?.city ?? '',
    region: address?.region ?? '',
    country: address?.country ?? customer.country ?? '',
  });
  const command = address ? change : add;
  const { at, rest } = placeTrouble(command.error, FIELDS, CODES);
  const submit = (): void => {
    const { kind, region, country, ...texts } = form.values;
    const body = {
      ...texts,
      kind: kind === 'delivery' ? ('delivery' as const) : ('billing' as const),
      region: filled(region) ?? null,
      country: country.trim().toUpperCase(),
    };
    if (address) change.mutate({ params: { addressId: address.id }, body }, { onSuccess: onClose });
    else add.mutate({ params: { customerId: customer.id }, body }, { onSuccess: onClose });
  };
  return (
    <FormDialog
      title={address ? 'Change the address' : 'Add an address'}
      opened
      onClose={onClose}
      onSubmit={submit}
      submitLabel={address ? 'Save' : 'Add'}
      busy={command.isPending}
      problem={rest}
    >
      <Select
        label="Kind"
        data={[
          { value: 'billing', label: 'Billing' },
          { value: 'delivery', label: 'Delivery' },
        ]}
        value={form.values.kind}
        onChange={(kind) => form.put({ kind: kind === 'delivery' ? 'delivery' : 'billing' })}
        allowDeselect={false}
      />
      <TextInput
        label="Street and number"
        required
        data-autofocus
        {...form.text('street')}
        error={at('street')}
      />
      <Group grow align="flex-start">
        <TextInput label="Postal code" required {...form.text('postalCode')} error={at('postalCode')} />
        <TextInput label="City" required {...form.text('city')} error={at('city')} />
      </Group>
      <Group grow align="flex-start">
        <TextInput label="Region" {...form.text('region')} error={at('region')} />
        <TextInput
          label="Country"
          required
          placeholder="DE"
          maxLength={2}
          {...form.text('country')}
          error={at('country')}
        />
      </Group>
    </FormDialog>
  );
}
