// An amount in a currency that is given.

import { Text, TextInput } from '@mantine/core';

export function AmountField({
  label,
  currency,
  value,
  onChange,
  error,
  required = false,
}: {
  readonly label: string;
  readonly currency: string;
  readonly value: string;
  onChange(value: string): void;
  readonly error?: React.ReactNode;
  readonly required?: boolean;
}) {
  return (
    <TextInput
      label={label}
      required={required}
      inputMode="decimal"
      rightSection={<Text size="xs">{currency}</Text>}
      rightSectionWidth={48}
      value={value}
      onChange={(e) => onChange(e.currentTarget.value)}
      error={error}
    />
  );
}
