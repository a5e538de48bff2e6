// Waiving a charge, wholly or in part, and taking a waiver back; both for a reason.

import { Group, SegmentedControl, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type readCharge, undoWaiver, waiveCharge } from '#charges/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand } from '../../lib/data.ts';
import { filled, useFields } from '../../lib/fields.ts';
import { FormDialog } from '../../ui/FormTools.tsx';
import { Money } from '../../ui/Money.tsx';

type DialogProps = {
  readonly charge: Reply<typeof readCharge>;
  readonly opened: boolean;
  onClose(): void;
};

export function WaiveDialog({ charge, opened, onClose }: DialogProps) {
  const { waivable } = charge;
  const form = useFields({ reason: '', interest: '', fees: '' });
  const [part, setPart] = useState('all');
  const waive = useCommand(waiveCharge);
  const amountOf = (text: string) => {
    const amount = filled(text);
    return amount === undefined ? undefined : { amount, currency: charge.total.currency };
  };
  const submit = (): void =>
    waive.mutate(
      {
        params: { chargeId: charge.chargeId },
        body: {
          reason: form.values.reason,
          ...(part === 'all'
            ? {}
            : { interest: amountOf(form.values.interest), fees: amountOf(form.values.fees) }),
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
      title={`Waive ${charge.number}`}
      opened={opened}
      onClose={onClose}
      onSubmit={submit}
      submitLabel="Waive"
      busy={waive.isPending}
      problem={waive.error}
    >
      <Text size="sm">
        Left to waive: interest <Money value={waivable.interest} />, fees <Money value={waivable.fees} />. A
        credit settles what is open; the charge stays on record.
      </Text>
      <SegmentedControl
        aria-label="How much"
        value={part}
        onChange={setPart}
        data={[
          { value: 'all', label: 'All of it' },
          { value: 'part', label: 'A part' },
        ]}
      />
      {part === 'part' ? (
        <Group grow>
          <TextInput label="Interest" inputMode="decimal" {...form.text('interest')} />
          <TextInput label="Fees" inputMode="decimal" {...form.text('fees')} />
        </Group>
      ) : null}
      <TextInput label="Why" required data-autofocus {...form.text('reason')} />
    </FormDialog>
  );
}

export function ReinstateDialog({ charge, opened, onClose }: DialogProps) {
  const form = useFields({ reason: '' });
  const undo = useCommand(undoWaiver);
  const submit = (): void =>
    undo.mutate(
      { params: { chargeId: charge.chargeId }, body: { reason: form.values.reason } },
      { onSuccess: onClose },
    );
  return (
    <FormDialog
      title={`Take ${charge.number} back`}
      opened={opened}
      onClose={onClose}
      onSubmit={submit}
      submitLabel="Reinstate"
      busy={undo.isPending}
      problem={undo.error}
    >
      <Text size="sm">
        <Money value={charge.total} /> is owed again, and what this credit settled is open again.
      </Text>
      <TextInput label="Why" required data-autofocus {...form.text('reason')} />
    </FormDialog>
  );
}
