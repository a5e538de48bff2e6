// Putting accounts off until a day, with the reason.

import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { snoozeAccounts } from '#worklist/contract.ts';
import { useCommand } from '../../lib/data.ts';
import { countText } from '../../lib/format.ts';
import { DayField } from '../../ui/DayField.tsx';
import { FormDialog } from '../../ui/FormTools.tsx';

export type Account = { readonly companyId: string; readonly customerId: string };

type SnoozeDialogProps = {
  readonly accounts: readonly Account[];
  /** The day that is proposed. */
  readonly day?: string | undefined;
  onClose(): void;
  onDone(): void;
};

export function SnoozeDialog({ accounts, day = '', onClose, onDone }: SnoozeDialogProps) {
  const snooze = useCommand(snoozeAccounts);
  const [until, setUntil] = useState(day);
  const [reason, setReason] = useState('');
  return (
    <FormDialog
      title={accounts.length === 1 ? 'Put it off' : `Put ${countText(accounts.length)} accounts off`}
      opened
      onClose={onClose}
      onSubmit={() =>
        snooze.mutate({ body: { accounts: [...accounts], until, reason } }, { onSuccess: onDone })
      }
      submitLabel="Put off"
      busy={snooze.isPending}
      problem={snooze.error}
    >
      <TextInput
        label="Why"
        required
        data-autofocus
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <DayField label="Until" required value={until} onChange={setUntil} />
      <Text size="sm" c="dimmed">
        A promise that breaks or a dispute that is closed brings it back before. Reminders go out as before.
      </Text>
    </FormDialog>
  );
}
