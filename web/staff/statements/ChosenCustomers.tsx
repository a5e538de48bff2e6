// The customers a schedule of statements names, added and taken out one by one.

import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { readCustomer } from '#parties/contract.ts';
import { useRead } from '../../lib/data.ts';
import { CustomerPicker } from '../../ui/CustomerPicker.tsx';

export function ChosenCustomers({
  value,
  onChange,
  error,
}: {
  readonly value: readonly string[];
  onChange(customerIds: readonly string[]): void;
  readonly error: string | undefined;
}) {
  // The picker keeps what was typed; after each choice a fresh one stands there.
  const [round, setRound] = useState(0);
  return (
    <Stack gap={6}>
      <CustomerPicker
        key={round}
        label="Add a customer"
        value={undefined}
        onChange={(customer) => {
          if (!customer) return;
          onChange([...new Set([...value, customer.id])]);
          setRound(round + 1);
        }}
        error={error}
      />
      {value.map((id) => (
        <Chosen key={id} customerId={id} onRemove={() => onChange(value.filter((one) => one !== id))} />
      ))}
    </Stack>
  );
}

function Chosen({ customerId, onRemove }: { readonly customerId: string; onRemove(): void }) {
  const customer = useRead(readCustomer, { params: { customerId } }).data;
  return (
    <Group justify="space-between" wrap="nowrap">
      <Text size="sm" truncate>
        {customer ? `${customer.number} · ${customer.name}` : '…'}
      </Text>
      <Button
        size="compact-xs"
        variant="subtle"
        aria-label={`Take out ${customer?.name ?? ''}`}
        onClick={onRemove}
      >
        Take out
      </Button>
    </Group>
  );
}
