// Leaving an instalment, or part of it, out of interest for some days.

import { Group, Select, TextInput } from '@mantine/core';
import { placeExclusion, type readInvoiceInterest } from '#charges/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand } from '../../lib/data.ts';
import { filled, useFields } from '../../lib/fields.ts';
import { dayWords } from '../../lib/format.ts';
import { DayField } from '../../ui/DayField.tsx';
import { FormDialog } from '../../ui/FormTools.tsx';

export function ExclusionDialog({
  interest,
  opened,
  onClose,
}: {
  readonly interest: Reply<typeof readInvoiceInterest>;
  readonly opened: boolean;
  onClose(): void;
}) {
  const first = interest.items[0]?.itemId ?? '';
  const form = useFields({ itemId: first, amount: '', from: interest.on, to: '', reason: '' });
  const place = useCommand(placeExclusion);
  const { itemId, from, reason } = form.values;
  const amount = filled(form.values.amount);
  const to = filled(form.values.to);
  const submit = (): void =>
    place.mutate(
      {
        body: {
          itemId,
          from,
          reason,
          ...(to ? { to } : {}),
          ...(amount ? { amount: { amount, currency: interest.accrued.currency } } : {}),
        },
      },
      {
        onSuccess: () => {
          form.reset();
          onClose();
        },
      },
    );
  return (
    <FormDialog
      title="Leave out of interest"
      opened={opened}
      onClose={onClose}
      onSubmit={submit}
      submitLabel="Leave out"
      busy={place.isPending}
      problem={place.error}
    >
      {interest.items.length > 1 ? (
        <Select
          label="Instalment"
          data={interest.items.map((item) => ({
            value: item.itemId,
            label: `${item.instalment}, due ${dayWords(item.dueOn)}`,
          }))}
          value={itemId}
          onChange={(id) => form.put({ itemId: id ?? first })}
          allowDeselect={false}
        />
      ) : null}
      <TextInput
        label={`Amount (${interest.accrued.currency})`}
        description="Left out: all of it."
        inputMode="decimal"
        {...form.text('amount')}
      />
      <Group grow align="flex-start">
        <DayField label="From" required value={from} onChange={(day) => form.put({ from: day })} />
        <DayField label="To" value={form.values.to} onChange={(day) => form.put({ to: day })} />
      </Group>
      <TextInput label="Why" required data-autofocus {...form.text('reason')} />
    </FormDialog>
  );
}
