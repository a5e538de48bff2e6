// Choosing a customer by number or name, as one types.

import { Combobox, Loader, Text, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { readCustomer, searchCustomers } from '#parties/contract.ts';
import { useRead } from '../lib/data.ts';

const PAUSE_MS = 200;

type Picked = { readonly id: string; readonly number: string; readonly name: string };

export function CustomerPicker({
  label,
  value,
  onChange,
  required = false,
  description,
  error,
  isFirst = false,
}: {
  readonly label: string;
  readonly value: string | undefined;
  onChange(customer: Picked | undefined): void;
  readonly required?: boolean;
  readonly description?: string | undefined;
  readonly error?: string | undefined;
  /** The field of a dialog where one begins to type. */
  readonly isFirst?: boolean;
}) {
  const [text, setText] = useState('');
  const [query] = useDebouncedValue(text.trim(), PAUSE_MS);
  const combobox = useCombobox();
  const known = useRead(
    readCustomer,
    { params: { customerId: value ?? '' } },
    { enabled: value !== undefined },
  );
  const found = useRead(
    searchCustomers,
    { query: { q: query } },
    { enabled: query !== '' && value === undefined },
  );
  useEffect(() => {
    if (value !== undefined && known.data?.id === value) setText(`${known.data.number} · ${known.data.name}`);
  }, [value, known.data]);
  const rows = found.data?.rows ?? [];
  // Enter takes the likeliest one.
  const likeliest = rows[0]?.id;
  const { selectFirstOption } = combobox;
  useEffect(() => {
    if (likeliest !== undefined) selectFirstOption();
  }, [likeliest, selectFirstOption]);
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(id) => {
        const customer = rows.find((row) => row.id === id);
        if (customer) onChange(customer);
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target>
        <TextInput
          label={label}
          required={required}
          description={description}
          error={error}
          placeholder="Number or name"
          {...(isFirst ? { 'data-autofocus': true } : {})}
          value={text}
          rightSection={found.isFetching ? <Loader size="xs" /> : null}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
          onChange={(event) => {
            setText(event.currentTarget.value);
            if (value !== undefined) onChange(undefined);
            combobox.openDropdown();
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={query === '' || value !== undefined}>
        <Combobox.Options>
          {rows.map((row) => (
            <Combobox.Option key={row.id} value={row.id}>
              <Text size="sm">{row.name}</Text>
              <Text size="xs" c="dimmed">
                {row.number}
              </Text>
            </Combobox.Option>
          ))}
          {rows.length === 0 && !found.isFetching ? <Combobox.Empty>No customer fits</Combobox.Empty> : null}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
