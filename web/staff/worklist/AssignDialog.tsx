// Giving accounts to a collector, or to nobody.

import { Checkbox, Select } from '@mantine/core';
import { useState } from 'react';
import { assignAccounts, listCollectors } from '#worklist/contract.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { countText } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { FormDialog } from '../../ui/FormTools.tsx';
import type { Account } from './SnoozeDialog.tsx';

type AssignDialogProps = { readonly accounts: readonly Account[]; onClose(): void; onDone(): void };

export function AssignDialog({ accounts, onClose, onDone }: AssignDialogProps) {
  const assign = useCommand(assignAccounts);
  const people = useRead(listCollectors).data?.rows ?? [];
  const [userId, setUserId] = useState<string | null>(null);
  const [isProtected, setProtected] = useState(false);
  const mayProtect = useMay('cadence.edit');
  return (
    <FormDialog
      title={accounts.length === 1 ? 'Give the account to' : `Give ${countText(accounts.length)} accounts to`}
      opened
      onClose={onClose}
      onSubmit={() =>
        assign.mutate({ body: { accounts: [...accounts], userId, isProtected } }, { onSuccess: onDone })
      }
      submitLabel="Give"
      busy={assign.isPending}
      problem={assign.error}
    >
      <Select
        label="Whom"
        placeholder="nobody"
        clearable
        searchable
        data-autofocus
        data={people.map((one) => ({
          value: one.userId,
          label: `${one.name}, ${countText(one.accounts)} accounts`,
        }))}
        value={userId}
        onChange={setUserId}
      />
      {mayProtect ? (
        <Checkbox
          label="Protected: given to another only by who may change policies"
          checked={isProtected}
          onChange={(event) => setProtected(event.currentTarget.checked)}
        />
      ) : null}
    </FormDialog>
  );
}
