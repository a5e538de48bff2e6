// How much: an amount, a percentage of the item, or both, of which the smaller counts.

import { Group, Text, TextInput } from '@mantine/core';
import type { useFields } from '../../lib/fields.ts';
import type { PlacedTrouble } from '../../lib/trouble.ts';

/** Beside which field a refusal of a ceiling stands. */
export const CEILING_CODES = {
  ceiling_missing: 'amountMax',
  amount_negative: 'amountMax',
  wrong_currency: 'amountMax',
  percent_not_valid: 'percentMax',
} as const;

type Form = Pick<ReturnType<typeof useFields<{ amount: string; percent: string }>>, 'text'>;

export function CeilingFields({
  currency,
  form,
  at,
}: {
  readonly currency: string;
  readonly form: Form;
  readonly at: PlacedTrouble['at'];
}) {
  return (
    <div>
      <Group grow align="flex-start">
        <TextInput
          label="Amount"
          inputMode="decimal"
          data-autofocus
          placeholder="no amount"
          rightSection={<Text size="xs">{currency}</Text>}
          rightSectionWidth={48}
          {...form.text('amount')}
          error={at('amountMax') ?? at('amountMax/amount')}
        />
        <TextInput
          label="Percent of the item"
          inputMode="decimal"
          placeholder="no percentage"
          rightSection={<Text size="xs">%</Text>}
          {...form.text('percent')}
          error={at('percentMax')}
        />
      </Group>
      <Text size="xs" c="dimmed" mt={4}>
        With both, the smaller counts for each item.
      </Text>
    </div>
  );
}
