// Leaving customers or an item out of the reminders of some days.

import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { skipReminders } from '#skips/contract.ts';
import { useCommand } from '../../lib/data.ts';
import { countText, dayWords } from '../../lib/format.ts';
import { DayField } from '../../ui/DayField.tsx';
import { FormDialog } from '../../ui/FormTools.tsx';

/** What is skipped: customers of companies, or one item of one. */
export type ToSkip = {
  readonly companyId: string;
  readonly customerId: string;
  readonly itemId?: string | undefined;
  /** What people call it. */
  readonly name: string;
};

export function SkipDialog({
  of,
  on,
  onClose,
}: {
  readonly of: readonly ToSkip[];
  /** The day that is looked at. */
  readonly on: string;
  onClose(): void;
}) {
  const skip = useCommand(skipReminders);
  const [until, setUntil] = useState(on);
  const [reason, setReason] = useState('');
  const submit = async (): Promise<void> => {
    // One act for each company: what one of them refuses leaves the others as they were, and is told.
    for (const [companyId, some] of Map.groupBy(of, (one) => one.companyId))
      await skip.mutateAsync({
        body: {
          companyId,
          of: some.map(({ customerId, itemId }) => ({ customerId, ...(itemId ? { itemId } : {}) })),
          from: on,
          until,
          reason: reason.trim(),
        },
      });
    onClose();
  };
  const [first] = of;
  return (
    <FormDialog
      title={of.length === 1 && first ? `Skip ${first.name}` : `Skip ${countText(of.length)} customers`}
      opened
      onClose={onClose}
      onSubmit={() => void submit().catch(() => undefined)}
      submitLabel="Skip"
      busy={skip.isPending}
      problem={skip.error}
    >
      <Text size="sm">
        Left out of the reminders from {dayWords(on)} to the day below. The first run after that says what is
        due then; nothing is settled by it.
      </Text>
      <TextInput
        label="Why"
        description="Shown wherever it is left out."
        required
        maxLength={300}
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <DayField
        label="Until"
        description="The last day, included."
        required
        value={until}
        onChange={setUntil}
      />
    </FormDialog>
  );
}
